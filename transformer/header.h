/* SPDX-License-Identifier: Apache-2.0 */
/*
 * header - header bands to the order of the columns of values.
 *
 * Labels decide which value belongs to which column; the form's own order
 * is used only where the labels that are left agree with it.
 */
#ifndef TRANSFORMER_HEADER_H
#define TRANSFORMER_HEADER_H

#include <stdbool.h>
#include <stdint.h>

#include "transformer/grid.h"
#include "transformer/label.h"

#define HEADER_LEAVES 64u /* columns of values side by side */

struct header_leaf {
    int32_t item;   /* row of the form, in wide headers; else -1 */
    int32_t column; /* of the block; -1: a column that the form lacks */
    uint32_t col;   /* physical */
    uint32_t times; /* its label stands in so many cells side by side */
    const struct token *tok; /* NULL when it was not printed */
};

struct header {
    uint32_t n;
    struct header_leaf leaf[HEADER_LEAVES];
    uint32_t cells; /* of the band with the leaves, from the first one on;
                     * 0 when they stand in several bands */
    uint32_t table; /* whose physical columns these are */
    bool stream;
    bool usable;      /* every column has its place */
    bool doubtful;    /* columns were lost; the form's order fills the gaps */
    bool contradicts; /* not usable, and the form's order is not its own */
};

/* Columns of `block` as named by the header bands; not usable when they
 * name too few or contradict the form. */
void header_read(const struct labels *labels, const struct form_view *view,
    uint32_t block, const struct band *const *bands, uint32_t n,
    struct header *out);

/* The same for a table that lies wide: (row, column) pairs from left to
 * right. */
void header_read_wide(const struct labels *labels, const struct form_view *view,
    const struct band *const *bands, uint32_t n, struct header *out);

/* A merged header cell may be printed as several with the same text; then
 * its value may be, too.  `h` with a leaf for each: false when none is. */
bool header_expand(const struct header *h, struct header *out);

/* The form's own order, when no header is left: usable and doubtful. */
void header_default(
    const struct form_view *view, uint32_t block, struct header *out);
void header_default_wide(const struct form_view *view, struct header *out);

#endif
