/* SPDX-License-Identifier: Apache-2.0 */
/*
 * decimal - exact arithmetic on numbers as printed.
 *
 * Money and counts never touch binary floating point.  A number has up to
 * 15 digits before or behind the point, and sums of a few hundred of them
 * stay far inside 128 bits.
 */
#ifndef TRANSFORMER_DECIMAL_H
#define TRANSFORMER_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/slice.h"

#define DECIMAL_DIGITS 15u /* of a printed number, all together */

__extension__ typedef __int128 decimal_int;

struct decimal {
    decimal_int units; /* value times ten to the power of scale */
    uint32_t scale;    /* digits behind the point, at most DECIMAL_DIGITS */
};

/* "-12.50" and the like: ASCII, no blanks, at most DECIMAL_DIGITS digits.
 * False leaves *out at 0. */
bool decimal_parse(struct slice text, struct decimal *out);

struct decimal decimal_add(struct decimal a, struct decimal b);
struct decimal decimal_sub(struct decimal a, struct decimal b);

/* Below, at or above 0 as a is less than, equal to or more than b. */
int decimal_compare(struct decimal a, struct decimal b);

/* Times 10,000: 万元 to 元. */
struct decimal decimal_10k(struct decimal a);

/* Decimal text with exactly `scale` digits behind the point. */
struct slice decimal_text(struct arena *arena, struct decimal a);

#endif
