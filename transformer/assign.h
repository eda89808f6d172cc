/* SPDX-License-Identifier: Apache-2.0 */
/*
 * assign - the values of a band to the columns of its header.
 *
 * Order decides when the numbers of values and columns agree; physical
 * columns where they do not; and where neither is certain nothing is read:
 * a shifted row looks like any other.
 */
#ifndef TRANSFORMER_ASSIGN_H
#define TRANSFORMER_ASSIGN_H

#include <stdbool.h>
#include <stdint.h>

#include "transformer/grid.h"
#include "transformer/header.h"

/* How the rows of a table stand beside the values, learnt from all of them:
 * blanks at an edge of a row may then be no values at all. */
struct margins {
    bool left, right;
};

/* Learn from a band whose tokens from `from` on are `n` values. */
void margins_learn(
    struct margins *m, const struct band *b, uint32_t from, uint32_t n);

/* True when each leaf of `h` got its token in `out` (h->n of them). */
bool assign_values(const struct band *b, uint32_t from, const struct header *h,
    const struct margins *m, const struct token **out);

/* The ways to lay `n` columns over the values of a band so that only blanks
 * are left out: how many, the first starting at value `*first`. */
uint32_t assign_windows(
    const struct band *b, uint32_t from, uint32_t n, uint32_t *first);

#endif
