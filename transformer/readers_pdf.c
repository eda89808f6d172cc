/* SPDX-License-Identifier: Apache-2.0 */
/*
 * readers_pdf - the format that nianbao-reader-pdf reads.
 */
#include "transformer/page_picture.h"
#include "transformer/reader.h"

extern const struct reader pdf_reader;

const char readers_program[] = "nianbao-reader-pdf";

const struct reader *const readers[] = { &pdf_reader, NULL };

sandbox_fn *const readers_sandbox = sandbox_enter;
page_recognize_fn *const page_recognize = NULL;
picture_decode_fn *const picture_decode = NULL;
