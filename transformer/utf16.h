/* SPDX-License-Identifier: Apache-2.0 */
/*
 * utf16 - UTF-16 as it comes, unit by unit, to UTF-8.
 */
#ifndef TRANSFORMER_UTF16_H
#define TRANSFORMER_UTF16_H

#include <stdint.h>

#include "common/buf.h"

struct utf16 {
    uint32_t high;       /* first half of a pair, or 0 */
    uint32_t replaced_n; /* halves without the other, now U+FFFD */
};

/* A character, no half of a pair. */
static inline void utf16_put_char(struct buf *out, uint32_t c)
{
    if (c < 0x80) {
        buf_add_char(out, (char)c);
    } else if (c < 0x800) {
        buf_add_char(out, (char)(0xc0 | c >> 6));
        buf_add_char(out, (char)(0x80 | (c & 0x3f)));
    } else if (c < 0x10000) {
        buf_add_char(out, (char)(0xe0 | c >> 12));
        buf_add_char(out, (char)(0x80 | (c >> 6 & 0x3f)));
        buf_add_char(out, (char)(0x80 | (c & 0x3f)));
    } else {
        buf_add_char(out, (char)(0xf0 | c >> 18));
        buf_add_char(out, (char)(0x80 | (c >> 12 & 0x3f)));
        buf_add_char(out, (char)(0x80 | (c >> 6 & 0x3f)));
        buf_add_char(out, (char)(0x80 | (c & 0x3f)));
    }
}

/* A half that waits for its other one is alone. */
static inline void utf16_end(struct utf16 *u, struct buf *out)
{
    if (u->high) {
        utf16_put_char(out, 0xfffd);
        u->replaced_n++;
    }
    u->high = 0;
}

static inline void utf16_put(struct utf16 *u, struct buf *out, uint32_t unit)
{
    if (unit >= 0xdc00 && unit < 0xe000 && u->high) {
        utf16_put_char(
            out, 0x10000 + ((u->high - 0xd800) << 10) + (unit - 0xdc00));
        u->high = 0;
        return;
    }
    utf16_end(u, out);
    if (unit >= 0xd800 && unit < 0xdc00) {
        u->high = unit;
    } else if (unit >= 0xdc00 && unit < 0xe000) {
        utf16_put_char(out, 0xfffd);
        u->replaced_n++;
    } else {
        utf16_put_char(out, unit);
    }
}

#endif
