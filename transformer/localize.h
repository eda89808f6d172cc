/* SPDX-License-Identifier: Apache-2.0 */
/*
 * localize - where the error is when sums do not hold.
 */
#ifndef TRANSFORMER_LOCALIZE_H
#define TRANSFORMER_LOCALIZE_H

#include <stdbool.h>
#include <stdint.h>

#include "transformer/equations.h"
#include "transformer/linear.h"

#define LOCALIZE_SET_MAX 2u /* printed cells changed together */
#define LOCALIZE_CELLS 256u /* in one part; the requests table has 175 */

/* A cell among the sums. */
struct seat {
    struct operand *operand;
    struct linear_column column; /* rows are places in part.sum */
    int64_t base;                /* as printed, blanks 0; scaled */
};

/* Sums that hang together by the cells they share. */
struct part {
    uint32_t sum_n;
    const struct equation *sum[LINEAR_ROWS];
    int64_t rest[LINEAR_ROWS]; /* what each lacks, unknowns as 0; scaled */
    uint32_t seat_n;
    struct seat seat[LOCALIZE_CELLS];
    uint32_t scale;      /* digits behind the point of all bases */
    bool given_up;       /* too large, or numbers too long */
    struct linear known; /* cells without a number are its unknowns */
};

/* Cells that change together. */
struct set {
    uint32_t n;
    uint32_t seat[LOCALIZE_SET_MAX];
};

/* Sets of the smallest size that make every sum hold; counting stops at
 * two. */
struct search {
    uint32_t found;
    struct set set; /* the first */
};

/*
 * The next part that has a sum which does not hold or cannot be made.
 * `place` has one zeroed number for each operand of `e`, `done` one for each
 * equation; both are kept from call to call.  False when there is none.
 */
bool part_next(
    const struct equations *e, uint32_t *place, bool *done, struct part *p);

/* Counts are whole and nothing is below 0: could this (scaled) be its
 * number? */
bool seat_may_be(const struct part *p, const struct seat *s, int64_t value);

/* True when every sum holds and every unknown is possible. */
bool part_is_solved(const struct part *p, const struct linear *l);

/* In this sum, is what is known of every cell but `own` at worst `most`? */
bool part_is_alone(const struct part *p, uint32_t sum, const struct seat *own,
    enum known most);

/* What a cell without a number must be (scaled) by the sums in which it is
 * alone; how many those are, 0 when they do not agree. */
uint32_t part_alone(const struct part *p, const struct seat *s, enum known most,
    int64_t *value);

/* Cells that are no unknowns and in which no check would show an error. */
struct blind {
    uint32_t n;
    uint32_t seat[LOCALIZE_CELLS];
};

void part_find_blind(
    const struct part *p, const struct linear *l, struct blind *b);

/* A scaled number as decimal text. */
struct slice part_text(
    const struct part *p, int64_t value, struct arena *arena);

/* The names of the sums over a cell. */
struct slice part_sums(
    const struct part *p, const struct seat *s, struct arena *arena);

/* Add the cells of `set` to the unknowns. */
void part_add_set(
    const struct part *p, const struct set *set, struct linear *l);

/* An amount, which may be a fraction; all others are counts. */
bool seat_is_money(const struct seat *s);

/* The cell has no number at all: not printed, and no blank. */
bool seat_is_unknown(const struct seat *s);

/* The smallest sets of cells whose change makes every sum of `p` hold.
 * found 1 with an empty set: the unknowns alone explain all. */
struct search localize(const struct part *p);

/* Write to the cells what `s` says of them. */
void localize_propose(
    struct part *p, const struct search *s, struct arena *arena);

#endif
