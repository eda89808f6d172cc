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

/* Physical columns of the values in fragments without a header, learnt from
 * rows that have just as many values as there are columns. */
#define PLACES_TABLES 16u

struct places {
    struct {
        uint32_t table, n, rows;
        uint32_t col[HEADER_LEAVES];
        bool same; /* in all those rows */
    } of[PLACES_TABLES];
    uint32_t n;
};

void places_learn(
    struct places *p, const struct band *b, uint32_t from, uint32_t n);

/* `h` with the columns of the band's own table in `out`; false when nothing
 * was learnt, or `h` already stands in that table. */
bool places_apply(const struct places *p, const struct margins *m,
    const struct band *b, const struct header *h, struct header *out);

/* Learn from a band whose tokens from `from` on are values of `h`. */
void margins_learn(struct margins *m, const struct band *b, uint32_t from,
    const struct header *h);

/* True when each leaf of `h` got its token in `out` (h->n of them); NULL for
 * a column of the publisher's own whose cell is not there. */
bool assign_values(const struct band *b, uint32_t from, const struct header *h,
    const struct margins *m, const struct token **out);

/* The ways to lay `n` columns over the values of a band so that only blanks
 * are left out: how many, the first starting at value `*first`. */
uint32_t assign_windows(
    const struct band *b, uint32_t from, uint32_t n, uint32_t *first);

#endif
