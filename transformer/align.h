/* SPDX-License-Identifier: Apache-2.0 */
/*
 * align - bands of one table to the rows of a form.
 *
 * Labels decide.  Exact labels are anchors; between them a dynamic
 * programme over the whole table places labels with typos in the form's
 * order; a band without any label is placed only where exactly one row is
 * left for exactly one band.
 */
#ifndef TRANSFORMER_ALIGN_H
#define TRANSFORMER_ALIGN_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "transformer/grid.h"
#include "transformer/label.h"

/* Bands of one table that are aligned; real tables have 40.  What comes
 * after is left out, and then its rows are missing. */
#define ALIGN_BANDS_MAX 600u

enum claim_how {
    CLAIM_NONE,  /* no row of the form */
    CLAIM_EXACT, /* by its label or a known variant */
    CLAIM_LIKE,  /* by a label with typos, torn or merged */
    CLAIM_PLACE, /* without label, the only row that fits */
};

/* What one band says it is. */
struct claim {
    const struct band *band;
    enum claim_how how;
    uint32_t item;             /* row of the form */
    uint32_t from;             /* first token behind the label */
    const struct token *label; /* last token of the label, or NULL */
};

/* Find by exact labels which row each band claims; `out` has room for n. */
void align_exact(const struct labels *labels, const struct form_view *view,
    const struct band *const *bands, uint32_t n, struct claim *out);

/* Fill in the other claims of one instance of the table.  `strict`: a label
 * with typos must be nearly right, as nothing proves its values. */
void align_rest(const struct labels *labels, const struct form_view *view,
    struct arena *arena, bool strict, struct claim *claims, uint32_t n);

#endif
