/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sniff - what bytes are, by their content and never by their name.
 */
#ifndef TRANSFORMER_SNIFF_H
#define TRANSFORMER_SNIFF_H

#include <stdbool.h>
#include <stddef.h>

#include "common/slice.h"

/* Bytes that a bid may look at, and the names in a zip file. */
#define SNIFF_BYTES 16384u

#define SNIFF_DOCX                                                             \
    "application/vnd.openxmlformats-officedocument."                           \
    "wordprocessingml.document"
#define SNIFF_OLE "application/x-ole-storage"
#define SNIFF_OLE_ENCRYPTED "application/x-ole-encrypted-package"
#define SNIFF_DOC "application/msword"
#define SNIFF_ODT "application/vnd.oasis.opendocument.text"
#define SNIFF_XLS "application/vnd.ms-excel"
#define SNIFF_XLSX                                                             \
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#define SNIFF_OFD "application/ofd"
#define SNIFF_MHTML "multipart/related"
#define SNIFF_RTF "application/rtf"

/* Media type of a format that is not text, "application/octet-stream" for
 * other binary bytes, NULL for what may be text.  Static text. */
const char *sniff_binary(struct slice in);

/* The first bytes in lower-case ASCII, without BOM, NUL (so UTF-16 markup
 * shows) and leading white space; other bytes as they are.  `out` holds
 * SNIFF_BYTES. */
struct slice sniff_head(struct slice in, char *out);

#endif
