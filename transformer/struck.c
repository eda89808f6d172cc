/* SPDX-License-Identifier: Apache-2.0 */
/*
 * struck - digits with a line through them.
 */
#include "transformer/struck.h"

#include <stdbool.h>
#include <string.h>

#include "common/mem.h"

static const char line_through[] = "\xcc\xb6"; /* U+0336 */

/* Bytes of the digit at the head of `p`, ASCII or full width; or 0. */
static size_t digit_len(const char *p, size_t len)
{
    if (len && p[0] >= '0' && p[0] <= '9')
        return 1;
    /* U+FF10 to U+FF19 */
    if (len >= 3 && memcmp(p, "\xef\xbc", 2) == 0 &&
        (unsigned char)p[2] >= 0x90 && (unsigned char)p[2] <= 0x99)
        return 3;
    return 0;
}

static bool has_digit(const char *p, size_t len)
{
    for (; len; p++, len--)
        if (digit_len(p, len))
            return true;
    return false;
}

void struck_take(struct buf *text, size_t from)
{
    size_t len;
    char *copy;

    if (text->failed || from >= text->len ||
        !has_digit(text->p + from, text->len - from))
        return;
    len = text->len - from;
    copy = mem_alloc(len);
    memcpy(copy, text->p + from, len);
    text->len = from;
    for (size_t i = 0; i < len;) {
        size_t digit = digit_len(copy + i, len - i);

        buf_add(text, copy + i, digit ? digit : 1);
        if (digit)
            buf_add_str(text, line_through);
        i += digit ? digit : 1;
    }
    mem_free(copy);
}
