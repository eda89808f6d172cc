/* SPDX-License-Identifier: Apache-2.0 */
/*
 * charset - bytes of any Chinese page to UTF-8, counting what is lost.
 *
 * Declarations lie (GB18030 bytes under charset=gb2312, UTF-8 under gbk),
 * so the bytes decide first: BOM, UTF-8 validity, then what is declared if
 * it decodes without loss, GB18030, Big5.  Where nothing decodes without
 * loss the reading with the fewest bad bytes is taken, and they are counted.
 */
#ifndef TRANSFORMER_CHARSET_H
#define TRANSFORMER_CHARSET_H

#include <stdint.h>

#include "common/arena.h"
#include "common/buf.h"
#include "common/slice.h"

struct charset_text {
    struct slice text;   /* UTF-8 without BOM and NUL */
    const char *name;    /* "UTF-8", "GB18030", "Big5", "UTF-16LE", ... */
    uint32_t replaced_n; /* bad bytes, each now U+FFFD */
};

/* Open the converters now: inside the sandbox no file can be opened.
 * Calling it again does nothing. */
void charset_open(void);

/*
 * Decode `in`; the text points into `in` or into `arena`.  `declared` is
 * the HTTP header's charset, or empty; what a <meta> or an XML declaration
 * says in the first bytes is looked up here.
 */
struct charset_text charset_decode(
    struct slice in, struct slice declared, struct arena *arena);

/* Append a character as UTF-8; a surrogate becomes U+FFFD. */
void charset_add_char(struct buf *out, uint32_t c);

/*
 * Append bytes of a Windows code page as UTF-8; those that do not decode
 * become U+FFFD, and their number is returned.  Known are 936 and 54936
 * (as GB18030), 950 (as Big5), 1252 and 65001; of others ASCII only.
 */
uint32_t charset_add(struct buf *out, struct slice in, uint32_t codepage);

/* Name of a code page as in struct charset_text, "" for unknown ones. */
const char *charset_codepage_name(uint32_t codepage);

#endif
