/* SPDX-License-Identifier: Apache-2.0 */
/*
 * raised - digits above the line, or below it, beside those on it.
 */
#include "transformer/raised.h"

#include <string.h>

#include "common/mem.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Do two digits meet at `at`? */
static bool digits_meet(const struct buf *b, size_t at)
{
    return at > 0 && at < b->len && is_digit(b->p[at - 1]) &&
           is_digit(b->p[at]);
}

const char *raised_digit(char digit)
{
    static const char *const digits[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶",
        "⁷", "⁸", "⁹" };

    return digits[digit - '0'];
}

/* The digits from `from` to before `end` become raised ones. */
static void raise(struct buf *b, size_t from, size_t end)
{
    size_t len = b->len - from;
    char *copy = mem_alloc(len + 1);

    memcpy(copy, b->p + from, len);
    b->len = from;
    for (size_t i = 0; i < len; i++)
        if (from + i < end && is_digit(copy[i]))
            buf_add_str(b, raised_digit(copy[i]));
        else
            buf_add_char(b, copy[i]);
    mem_free(copy);
}

void raised_take(struct raised *r, struct buf *to, size_t from, bool is_raised)
{
    if (to->failed || from >= to->len)
        return;
    if (is_raised) {
        if (!r->on || from == 0)
            *r = (struct raised){ true, digits_meet(to, from), from };
        if (r->marks)
            raise(to, from, to->len);
        return;
    }
    if (r->on && !r->marks && r->at < from && digits_meet(to, from))
        raise(to, r->at, from);
    r->on = false;
}
