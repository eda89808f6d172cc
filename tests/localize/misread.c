/* SPDX-License-Identifier: Apache-2.0 */
/*
 * misread - what people and programs make of a number by one error.
 */
#include "tests/localize/misread.h"

#include <stdio.h>
#include <string.h>

static size_t anywhere(struct rng *r, size_t n)
{
    return rng_below(r, (uint32_t)n);
}

static void copy(char out[MISREAD_MAX], const char *text)
{
    snprintf(out, MISREAD_MAX, "%s", text);
}

/* No number starts with a zero that it does not need. */
static bool is_plain(const char *text)
{
    return text[0] != '0' || text[1] == '\0';
}

static bool digit_changed(struct rng *r, const char *printed, char *out)
{
    size_t n = strlen(printed);
    size_t at;

    if (n == 0)
        return false;
    at = anywhere(r, n);
    copy(out, printed);
    while (out[at] == printed[at])
        out[at] = (char)('0' + rng_below(r, 10));
    return is_plain(out);
}

static bool swap_like(
    struct rng *r, const char *printed, char *out, const char *pair)
{
    size_t n = strlen(printed);
    size_t at;
    const char *hit;

    if (n == 0)
        return false;
    at = anywhere(r, n);
    hit = strchr(pair, printed[at]);
    copy(out, printed);
    if (hit == NULL)
        return false;
    memcpy(out + at, hit == pair ? pair + 1 : pair, 1);
    return is_plain(out);
}

static bool one_seven(struct rng *r, const char *printed, char *out)
{
    return swap_like(r, printed, out, "17");
}

static bool zero_eight(struct rng *r, const char *printed, char *out)
{
    return swap_like(r, printed, out, "08");
}

static bool three_eight(struct rng *r, const char *printed, char *out)
{
    return swap_like(r, printed, out, "38");
}

static bool digit_lost(struct rng *r, const char *printed, char *out)
{
    size_t n = strlen(printed);
    size_t at;

    if (n < 2)
        return false;
    at = anywhere(r, n);
    copy(out, printed);
    memmove(out + at, out + at + 1, n - at);
    return is_plain(out);
}

static bool put_in(const char *printed, size_t at, char c, char *out)
{
    size_t n = strlen(printed);

    if (n + 2 > MISREAD_MAX)
        return false;
    copy(out, printed);
    memmove(out + at + 1, out + at, n - at + 1);
    out[at] = c;
    return is_plain(out);
}

static bool digit_added(struct rng *r, const char *printed, char *out)
{
    size_t n = strlen(printed);
    char digit = (char)('0' + rng_below(r, 10));

    /* A zero for a blank says the same. */
    return (n > 0 || digit != '0') &&
           put_in(printed, anywhere(r, n + 1), digit, out);
}

static bool digit_doubled(struct rng *r, const char *printed, char *out)
{
    size_t n = strlen(printed);
    size_t at;

    if (n == 0)
        return false;
    at = anywhere(r, n);
    return put_in(printed, at, printed[at], out);
}

static bool digits_exchanged(struct rng *r, const char *printed, char *out)
{
    size_t n = strlen(printed);
    size_t at;

    if (n < 2)
        return false;
    at = anywhere(r, n - 1);
    copy(out, printed);
    out[at] = printed[at + 1];
    out[at + 1] = printed[at];
    return out[at] != out[at + 1] && is_plain(out);
}

static bool zero_lost(struct rng *r, const char *printed, char *out)
{
    size_t n = strlen(printed);

    (void)r;
    copy(out, printed);
    if (n < 2 || printed[n - 1] != '0')
        return false;
    out[n - 1] = '\0';
    return true;
}

static bool zero_added(struct rng *r, const char *printed, char *out)
{
    size_t n = strlen(printed);

    (void)r;
    return n > 0 && put_in(printed, n, '0', out);
}

static bool sign_added(struct rng *r, const char *printed, char *out)
{
    (void)r;
    return printed[0] != '\0' && strcmp(printed, "0") != 0 &&
           snprintf(out, MISREAD_MAX, "-%s", printed) > 0;
}

static bool blank(struct rng *r, const char *printed, char *out)
{
    (void)r;
    copy(out, "");
    return printed[0] != '\0';
}

static bool unreadable(struct rng *r, const char *printed, char *out)
{
    static const char *const marks[] = { "?", "…", "l?", "?2", "#", "★" };

    (void)printed;
    copy(out, marks[rng_below(r, 6)]);
    return true;
}

const struct misread misreads[] = {
    { "digit changed", digit_changed },
    { "1 for 7, 7 for 1", one_seven },
    { "0 for 8, 8 for 0", zero_eight },
    { "3 for 8, 8 for 3", three_eight },
    { "digit lost", digit_lost },
    { "digit added", digit_added },
    { "digit doubled", digit_doubled },
    { "digits exchanged", digits_exchanged },
    { "zero lost", zero_lost },
    { "zero added", zero_added },
    { "sign added", sign_added },
    { "blank", blank },
    { "unreadable", unreadable },
    { NULL, NULL },
};
