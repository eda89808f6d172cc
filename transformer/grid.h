/* SPDX-License-Identifier: Apache-2.0 */
/*
 * grid - the document's tables as bands of tokens, whatever their shape.
 *
 * A band is one physical row of a grid, or, in a text dump with one cell a
 * line, the texts and the numbers that belong together.  Everything after
 * this step works on bands and no longer knows where they came from.
 */
#ifndef TRANSFORMER_GRID_H
#define TRANSFORMER_GRID_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/document.h"
#include "transformer/label.h"
#include "transformer/number.h"

struct token {
    const struct document_cell *cell;
    enum number_look look;
    struct norm norm;          /* of LOOK_TEXT; n 0 for prose */
    const struct label *label; /* labels with this text, or NULL */
};

struct band {
    uint32_t table, row; /* in the document tree */
    uint32_t tok_n;
    struct token *tok;
    uint32_t value_n; /* tokens that are numbers, dashes or odd */
    uint32_t text_n;
    bool stream; /* made of one-cell rows: columns mean nothing */
    bool dump;   /* of a text file: its columns are only counted */
    bool orphan; /* its table names no form; the kind is a neighbour's */
    bool header; /* names columns, has no values */
    enum table_kind kind;
    uint32_t fragment; /* run of bands of one kind in one table */
};

struct bands {
    struct band *band;
    uint32_t n;
};

/* Band the tables of `doc`, in document order; all in `arena`. */
void bands_make(const struct document *doc, const struct labels *labels,
    struct arena *arena, struct bands *out);

/* The first label of the token with this role in this form's table, or
 * NULL. */
const struct label *token_label(
    const struct token *t, enum label_role role, const struct form_view *view);

/* True when any form's table of this kind has the token as `role`. */
bool token_has_role(
    const struct token *t, enum label_role role, enum table_kind kind);

/* Whether a token holds a value rather than words or nothing. */
static inline bool token_is_value(const struct token *t)
{
    return t->look == LOOK_NUMBER || t->look == LOOK_DASH ||
           t->look == LOOK_ODD;
}

/* Labels over several tokens: the bodies of texts from..to joined, blanks
 * left out.  NULL when nothing has that label or it is too long. */
const struct label *band_joined_label(const struct labels *labels,
    const struct band *b, uint32_t from, uint32_t to);

/* The bodies of texts from..to joined; code points written to `cp` (room
 * for NORM_MAX), 0 when too long. */
uint32_t band_join(
    const struct band *b, uint32_t from, uint32_t to, uint32_t *cp);

#endif
