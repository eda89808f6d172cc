/* SPDX-License-Identifier: Apache-2.0 */
/*
 * readers_light - the formats that nianbao-reader reads.
 */
#include "transformer/page_picture.h"
#include "transformer/reader.h"

extern const struct reader container_reader, doc_reader, docx_reader,
    html_reader, mhtml_reader, ofd_reader, rtf_reader, text_reader,
    wordml_reader, sheetxml_reader, xls_reader, xlsx_reader;

const char readers_program[] = "nianbao-reader";

const struct reader *const readers[] = { &doc_reader, &docx_reader,
    &xlsx_reader, &xls_reader, &sheetxml_reader, &rtf_reader, &mhtml_reader,
    &ofd_reader, &wordml_reader, &html_reader, &text_reader, &container_reader,
    NULL };

sandbox_fn *const readers_sandbox = sandbox_enter;
page_recognize_fn *const page_recognize = NULL;
picture_decode_fn *const picture_decode = NULL;
