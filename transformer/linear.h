/* SPDX-License-Identifier: Apache-2.0 */
/*
 * linear - small systems of sums in whole numbers, solved exactly.
 *
 * Each row is a sum that must hold, each unknown a number in some of them.
 * Rows are combined until each unknown has a row of its own; the rows that
 * are left hold no unknown and check the others.  What became of each row
 * is kept, so the effect of one more unknown is known without solving anew.
 */
#ifndef TRANSFORMER_LINEAR_H
#define TRANSFORMER_LINEAR_H

#include <stdbool.h>
#include <stdint.h>

#define LINEAR_ROWS 48u     /* the requests table has 39 sums */
#define LINEAR_WEIGHT 4u    /* sums that one number is part of; real: 3 */
#define LINEAR_UNKNOWNS 64u /* more say too little of each other */

/* Larger numbers are given up, so that nothing overflows. */
#define LINEAR_MAX ((int64_t)1 << 40)

/* The sums that a number is part of, and with which sign. */
struct linear_column {
    uint32_t n;
    uint32_t row[LINEAR_WEIGHT];
    int32_t factor[LINEAR_WEIGHT];
};

struct linear {
    uint32_t row_n;
    bool given_up;                         /* too large: says nothing */
    int64_t rhs[LINEAR_ROWS];              /* what the row must make */
    int64_t mix[LINEAR_ROWS][LINEAR_ROWS]; /* of which first rows it is */
    int64_t lead[LINEAR_ROWS];             /* factor of its own unknown;
                                            * 0: it has none, a check */
    uint32_t owner[LINEAR_ROWS];           /* id of that unknown */
    const struct linear_column *loose[LINEAR_UNKNOWNS]; /* without a row */
    uint32_t loose_n;
};

/* `n` rows without unknowns, n at most LINEAR_ROWS. */
void linear_init(struct linear *l, const int64_t *rhs, uint32_t n);

/* One more unknown; `id` finds it again, `column` is borrowed. */
void linear_add(
    struct linear *l, uint32_t id, const struct linear_column *column);

/* Factor that a number has in a combined row. */
int64_t linear_at(
    const struct linear *l, uint32_t row, const struct linear_column *column);

/* True when every check holds, whatever the unknowns are. */
bool linear_holds(const struct linear *l);

/* A check that does not hold, or row_n. */
uint32_t linear_broken(const struct linear *l);

/* True when changing this number alone makes every check hold. */
bool linear_explains(
    const struct linear *l, const struct linear_column *column);

/* True when a change of this number breaks a check. */
bool linear_sees(const struct linear *l, const struct linear_column *column);

enum linear_answer {
    LINEAR_LOOSE,    /* the sums do not determine it */
    LINEAR_FRACTION, /* they do, and it is no whole number */
    LINEAR_WHOLE,
};

/* The unknown of a row that has one. */
enum linear_answer linear_value(
    const struct linear *l, uint32_t row, int64_t *value);

#endif
