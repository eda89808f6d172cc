/* SPDX-License-Identifier: Apache-2.0 */
/*
 * text - the few questions a writer asks about a text.
 *
 * Written here because the answers must be those of the strictest reader of
 * our archives: what passes is accepted by Parquet, JSON and PostgreSQL.
 */
#include "loader/text.h"

#include <stdint.h>

/* Bytes of the character at `p`, 0 when it is none. */
static size_t char_len(const unsigned char *p, size_t left)
{
    size_t n, i;
    uint32_t c, least;

    if (p[0] < 0x80)
        return p[0] != 0;
    if (p[0] >= 0xc2 && p[0] <= 0xdf) {
        n = 2;
        c = p[0] & 0x1fu;
        least = 0x80;
    } else if (p[0] >= 0xe0 && p[0] <= 0xef) {
        n = 3;
        c = p[0] & 0x0fu;
        least = 0x800;
    } else if (p[0] >= 0xf0 && p[0] <= 0xf4) {
        n = 4;
        c = p[0] & 0x07u;
        least = 0x10000;
    } else {
        return 0;
    }
    if (left < n)
        return 0;
    for (i = 1; i < n; i++) {
        if ((p[i] & 0xc0u) != 0x80)
            return 0;
        c = c << 6 | (p[i] & 0x3fu);
    }
    if (c < least || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
        return 0;
    return n;
}

size_t text_utf8_len(struct slice s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t at = 0;

    if (!p)
        return 0;
    while (at < s.len) {
        size_t n = char_len(p + at, s.len - at);

        if (n == 0)
            break;
        at += n;
    }
    return at;
}

void text_scrub(struct slice s, struct buf *out)
{
    while (s.len > 0) {
        size_t n = text_utf8_len(s);

        buf_add(out, s.p, n);
        if (n < s.len) {
            buf_add_str(out, "\xef\xbf\xbd");
            n++;
        }
        s = slice_from(s, n);
    }
}

/* Number of ASCII digits from `p` on. */
static size_t digit_n(const char *p, const char *end)
{
    const char *from = p;

    while (p < end && *p >= '0' && *p <= '9')
        p++;
    return (size_t)(p - from);
}

bool text_is_decimal(struct slice s, size_t int_max, size_t fraction_max)
{
    const char *p = s.p, *end;
    size_t n;

    if (!p)
        return false;
    end = p + s.len;
    if (p < end && *p == '-')
        p++;
    n = digit_n(p, end);
    if (n == 0 || n > int_max)
        return false;
    p += n;
    if (p == end)
        return true;
    if (*p++ != '.')
        return false;
    n = digit_n(p, end);
    return n > 0 && n <= fraction_max && p + n == end;
}

/* The number in `n` digits at `p`, -1 when one is no digit. */
static int digits(const char *p, size_t n)
{
    int v = 0;
    size_t i;

    if (digit_n(p, p + n) != n)
        return -1;
    for (i = 0; i < n; i++)
        v = v * 10 + (p[i] - '0');
    return v;
}

static int days_of(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
        31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && leap ? 29 : days[month - 1];
}

bool text_is_date(struct slice s)
{
    int year, month, day;

    if (!s.p || s.len != 10 || s.p[4] != '-' || s.p[7] != '-')
        return false;
    year = digits(s.p, 4);
    month = digits(s.p + 5, 2);
    day = digits(s.p + 8, 2);
    return year >= 1 && month >= 1 && month <= 12 && day >= 1 &&
           day <= days_of(year, month);
}
