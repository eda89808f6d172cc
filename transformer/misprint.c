/* SPDX-License-Identifier: Apache-2.0 */
/*
 * misprint - whether one typing error makes one number of another.
 *
 * Only errors that happen to people who type and to programs that read
 * pictures; anything further from what is printed is no evidence.
 */
#include "transformer/misprint.h"

#include <stddef.h>

/* How far both agree from the first digit on. */
static size_t same_start(struct slice a, struct slice b)
{
    size_t n = 0;

    while (n < a.len && n < b.len && a.p[n] == b.p[n])
        n++;
    return n;
}

/* True when `more` is `less` with one character put in at `at`. */
static bool is_one_more(struct slice less, struct slice more, size_t at)
{
    return slice_eq(slice_skip(less, at), slice_skip(more, at + 1));
}

static const char *lost(struct slice printed, struct slice meant, size_t at)
{
    char gone = meant.p[at];

    if (!is_one_more(printed, meant, at))
        return NULL;
    if (gone == '-')
        return "its sign lost";
    if (gone == '.')
        return "its decimal point lost";
    return gone == '0' ? "one zero lost" : "one digit lost";
}

static const char *added(struct slice printed, struct slice meant, size_t at)
{
    char more = printed.p[at];

    if (!is_one_more(meant, printed, at))
        return NULL;
    if (more == '-')
        return "a sign added";
    if (more == '.')
        return "a decimal point added";
    if (at > 0 && printed.p[at - 1] == more)
        return more == '0' ? "one zero doubled" : "one digit doubled";
    return more == '0' ? "one zero added" : "one digit added";
}

static const char *changed(struct slice printed, struct slice meant, size_t at)
{
    struct slice rest = slice_skip(printed, at);
    struct slice meant_rest = slice_skip(meant, at);

    if (slice_eq(slice_skip(rest, 1), slice_skip(meant_rest, 1)))
        return "one digit changed";
    if (rest.len >= 2 && rest.p[0] == meant_rest.p[1] &&
        rest.p[1] == meant_rest.p[0] &&
        slice_eq(slice_skip(rest, 2), slice_skip(meant_rest, 2)))
        return "two digits exchanged";
    return NULL;
}

const char *misprint_words(struct slice printed, struct slice meant)
{
    size_t at = same_start(printed, meant);

    if (printed.len == 0 || meant.len == 0)
        return NULL;
    if (printed.len + 1 == meant.len)
        return lost(printed, meant, at);
    if (printed.len == meant.len + 1)
        return added(printed, meant, at);
    if (printed.len != meant.len || at == printed.len)
        return NULL;
    return changed(printed, meant, at);
}

/* The character at `i` of both texts in a row. */
static const char *at_of(struct slice left, struct slice right, size_t i)
{
    return i < left.len ? left.p + i : right.p + (i - left.len);
}

bool misprint_is_parted(struct slice left, struct slice right,
    struct slice meant_left, struct slice meant_right)
{
    size_t n = left.len + right.len;

    if (meant_left.len + meant_right.len != n || left.len == meant_left.len)
        return false;
    for (size_t i = 0; i < n; i++)
        if (*at_of(left, right, i) != *at_of(meant_left, meant_right, i))
            return false;
    return n > 0;
}
