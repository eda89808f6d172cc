/* SPDX-License-Identifier: Apache-2.0 */
/*
 * decimal - exact arithmetic on numbers as printed.
 */
#include "transformer/decimal.h"

bool decimal_parse(struct slice text, struct decimal *out)
{
    bool minus = text.len > 0 && text.p[0] == '-';
    struct decimal d = { 0, 0 };
    uint32_t digits = 0;
    bool point = false;

    *out = d;
    for (size_t i = minus ? 1 : 0; i < text.len; i++) {
        char c = text.p[i];

        if (c == '.' && !point && digits > 0) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9' || ++digits > DECIMAL_DIGITS)
            return false;
        d.units = d.units * 10 + (c - '0');
        d.scale += point ? 1 : 0;
    }
    if (digits == 0 || (point && d.scale == 0))
        return false;
    if (minus)
        d.units = -d.units;
    *out = d;
    return true;
}

static struct decimal scaled(struct decimal a, uint32_t scale)
{
    while (a.scale < scale) {
        a.units *= 10;
        a.scale++;
    }
    return a;
}

struct decimal decimal_add(struct decimal a, struct decimal b)
{
    a = scaled(a, b.scale);
    b = scaled(b, a.scale);
    a.units += b.units;
    return a;
}

struct decimal decimal_sub(struct decimal a, struct decimal b)
{
    b.units = -b.units;
    return decimal_add(a, b);
}

int decimal_compare(struct decimal a, struct decimal b)
{
    struct decimal d = decimal_sub(a, b);

    return d.units < 0 ? -1 : d.units > 0 ? 1 : 0;
}

struct decimal decimal_10k(struct decimal a)
{
    for (int i = 0; i < 4; i++) {
        if (a.scale > 0)
            a.scale--;
        else
            a.units *= 10;
    }
    return a;
}

struct slice decimal_text(struct arena *arena, struct decimal a)
{
    char text[64];
    size_t at = sizeof(text);
    decimal_int rest = a.units < 0 ? -a.units : a.units;
    uint32_t digits = 0;

    do {
        if (digits == a.scale && digits > 0)
            text[--at] = '.';
        text[--at] = (char)('0' + (int)(rest % 10));
        rest /= 10;
        digits++;
    } while (rest > 0 || digits <= a.scale);
    if (a.units < 0)
        text[--at] = '-';
    return arena_slice(arena, (struct slice){ text + at, sizeof(text) - at });
}
