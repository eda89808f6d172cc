/* SPDX-License-Identifier: Apache-2.0 */
/*
 * text - the few questions a writer asks about a text.
 */
#ifndef LOADER_TEXT_H
#define LOADER_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "common/buf.h"
#include "common/slice.h"

/* Length in bytes of the longest beginning that is UTF-8 (RFC 3629: no
 * surrogates, nothing overlong or above U+10FFFF) and holds no NUL. */
size_t text_utf8_len(struct slice s);

/* Append `s` to `out` with every byte that is not part of UTF-8 replaced by
 * U+FFFD.  For texts that strangers chose and nobody checked: headers. */
void text_scrub(struct slice s, struct buf *out);

/* An optional '-', 1 to int_max digits, and at most fraction_max digits
 * after a '.'. */
bool text_is_decimal(struct slice s, size_t int_max, size_t fraction_max);

/* A day of the calendar as YYYY-MM-DD. */
bool text_is_date(struct slice s);

#endif
