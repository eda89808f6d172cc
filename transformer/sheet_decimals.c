/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sheet_decimals - a number as the 15 digits that a spreadsheet keeps.
 *
 * Excel rounds those half up; printf would round the binary number.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "transformer/sheet_format.h"

#define EXPONENT_MAX 20 /* above, numbers are shown with a power of ten */

void sheet_decimals_of(double value, struct sheet_decimals *d)
{
    char text[32];

    /* "D.DDDDDDDDDDDDDDe+XX" */
    snprintf(text, sizeof(text), "%.*e", SHEET_DIGITS - 1, value);
    d->digit[0] = text[0];
    memcpy(d->digit + 1, text + 2, SHEET_DIGITS - 1);
    d->digit[SHEET_DIGITS] = '\0';
    d->point = (int)strtol(text + SHEET_DIGITS + 2, NULL, 10) + 1;
    if (value == 0)
        d->point = 1;
}

void sheet_decimals_round(struct sheet_decimals *d, int places)
{
    int keep = d->point + places;
    int i;

    if (keep >= SHEET_DIGITS)
        return;
    if (keep < 0) {
        memset(d->digit, '0', SHEET_DIGITS);
        return;
    }
    i = keep;
    if (d->digit[keep] >= '5') {
        while (i > 0 && d->digit[i - 1] == '9')
            d->digit[--i] = '0';
        if (i > 0) {
            d->digit[i - 1]++;
        } else {
            memmove(d->digit + 1, d->digit, SHEET_DIGITS - 1);
            d->digit[0] = '1';
            d->point++;
            keep++;
        }
    }
    for (i = keep; i < SHEET_DIGITS; i++)
        d->digit[i] = '0';
}

char sheet_digit_at(const struct sheet_decimals *d, int power)
{
    int i = d->point - 1 - power;

    if (i < 0 || i >= SHEET_DIGITS)
        return '0';
    return d->digit[i];
}

bool sheet_decimals_are_zero(const struct sheet_decimals *d)
{
    return strspn(d->digit, "0") == SHEET_DIGITS;
}

/* ---- General --------------------------------------------------------- */

void sheet_put_general(double value, struct buf *out)
{
    struct sheet_decimals d;
    int places;

    sheet_decimals_of(fabs(value), &d);
    if (d.point > EXPONENT_MAX || d.point < -10) {
        buf_printf(out, "%.*g", SHEET_DIGITS, value);
        return;
    }
    if (value < 0)
        buf_add_char(out, '-');
    for (int power = d.point > 0 ? d.point - 1 : 0; power >= 0; power--)
        buf_add_char(out, sheet_digit_at(&d, power));
    places = SHEET_DIGITS - d.point;
    while (places > 0 && sheet_digit_at(&d, -places) == '0')
        places--;
    if (places > 0)
        buf_add_char(out, '.');
    for (int i = 1; i <= places; i++)
        buf_add_char(out, sheet_digit_at(&d, -i));
}
