/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sheet_format - the parts of number formats, for each other only.
 *
 *   sheet_format.c      a number as its format shows it
 *   sheet_decimals.c    its digits, General
 *   sheet_tokens.c      goes through the code of a format
 *   sheet_date.c        dates
 *
 * ECMA-376 part 1, 18.8.30 and 18.8.31.
 */
#ifndef TRANSFORMER_SHEET_FORMAT_H
#define TRANSFORMER_SHEET_FORMAT_H

#include <stdbool.h>

#include "common/buf.h"
#include "common/slice.h"

/* ---- decimals ----------------------------------------------------------- */

#define SHEET_DIGITS 15 /* of a number that count */

/* A number not below 0 as 0.DDDDD times 10 to the power of `point`. */
struct sheet_decimals {
    char digit[SHEET_DIGITS + 1];
    int point;
};

void sheet_decimals_of(double value, struct sheet_decimals *d);

/* Round to `places` behind the point, half up. */
void sheet_decimals_round(struct sheet_decimals *d, int places);

/* The digit with the value 10 to the power of `power`. */
char sheet_digit_at(const struct sheet_decimals *d, int power);
bool sheet_decimals_are_zero(const struct sheet_decimals *d);

/* Append the number as the format General shows it. */
void sheet_put_general(double value, struct buf *out);

/* ---- tokens -------------------------------------------------------------- */

enum sheet_token_kind {
    SHEET_TOKEN_END,
    SHEET_TOKEN_LITERAL, /* text to show */
    SHEET_TOKEN_SPACE,   /* room that shows nothing: _x and *x */
    SHEET_TOKEN_DIGIT,   /* 0 # ? */
    SHEET_TOKEN_POINT,
    SHEET_TOKEN_COMMA,
    SHEET_TOKEN_PERCENT,
    SHEET_TOKEN_TEXT, /* @ */
    SHEET_TOKEN_GENERAL,
    SHEET_TOKEN_DATE,    /* a run of one letter */
    SHEET_TOKEN_ELAPSED, /* [h] */
    SHEET_TOKEN_HALF,    /* AM/PM and the like */
    SHEET_TOKEN_OTHER,   /* conditions, powers, fractions: not shown here */
};

struct sheet_token {
    enum sheet_token_kind kind;
    struct slice text;
};

/* Does `s` begin with `word`, any case? */
bool sheet_starts(struct slice s, const char *word);

/* The next token of a section; SHEET_TOKEN_END at its end. */
struct sheet_token sheet_next_token(struct slice *s);

/* Section `n` of a format, or false when it has fewer. */
bool sheet_section(struct slice format, int n, struct slice *out);

/* What a section is made of. */
struct sheet_shape {
    int whole_zeros, places, zero_places; /* 0 before, digits, 0 behind '.' */
    int percents, thousands;              /* % and scaling commas */
    bool digits, grouped, date, general, other;
};

void sheet_shape_of(struct slice s, struct sheet_shape *shape);

/* ---- dates --------------------------------------------------------------- */

struct sheet_date {
    int year, month, day, hour, minute, second;
    long hours; /* since the beginning, for [h] */
};

/* False for what Excel shows as "####". */
bool sheet_date_of(double serial, bool from_1904, struct sheet_date *d);

/* Append the date as section `s` of a format shows it. */
void sheet_put_date(
    struct slice s, const struct sheet_date *d, struct buf *out);

#endif
