/* SPDX-License-Identifier: Apache-2.0 */
/*
 * readers_ocr - what nianbao-reader-ocr reads: pictures, and the formats that
 * may hold pictures of pages once more for those.
 */
#include "transformer/ocr.h"
#include "transformer/ocr_picture.h"
#include "transformer/reader.h"

extern const struct reader html_reader, mhtml_reader, ofd_reader, pdf_reader,
    picture_reader;

const char readers_program[] = "nianbao-reader-ocr";

const struct reader *const readers[] = { &picture_reader, &ofd_reader,
    &mhtml_reader, &html_reader,
#if WITH_PDF
    &pdf_reader,
#endif
    NULL };

sandbox_fn *const readers_sandbox = sandbox_enter;
page_recognize_fn *const page_recognize = ocr_page;
picture_decode_fn *const picture_decode = ocr_picture_decode;
