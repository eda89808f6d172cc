/* SPDX-License-Identifier: Apache-2.0 */
/*
 * table_read - the bands of one table, read by one form.
 */
#ifndef TRANSFORMER_TABLE_READ_H
#define TRANSFORMER_TABLE_READ_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "transformer/align.h"
#include "transformer/grid.h"
#include "transformer/label.h"

enum slot_state {
    SLOT_EMPTY,   /* no band claims this row */
    SLOT_VALUE,   /* `tok` is the cell */
    SLOT_UNCLEAR, /* the band is there, its values do not fit the columns */
    SLOT_CLASH,   /* two bands claim it and differ: tok and other */
};

struct slot {
    enum slot_state state;
    const struct band *band;
    const struct token *tok, *other;
    const struct token *header; /* of its column, for the unit, or NULL */
};

/* Doubts that flag the report though values were read; see doubt_words. */
enum doubt {
    DOUBT_HEADER = 1 << 0, /* column labels lost or torn */
    DOUBT_LABEL = 1 << 1,  /* a row read by its place alone, unproven */
    DOUBT_REPEAT = 1 << 2, /* a second, different table of this kind */
    DOUBT_LOOSE = 1 << 3,  /* a row of numbers that no row of the form is */
};

struct table_read {
    const struct form_view *view;
    uint32_t width;    /* slots of one row */
    struct slot *slot; /* item_n * width */
    bool claimed[FORM_ROWS];
    uint32_t claim_n;
    uint32_t doubts; /* of enum doubt */
    int score;       /* how well the form fits */
    bool whole;      /* every row that a document must have is filled */
};

struct slot *table_slot(
    const struct table_read *t, uint32_t item, uint32_t column);

/* What a slot's number is: count, change or amount. */
enum number_kind table_number_kind(
    const struct form_view *view, uint32_t item, uint32_t column);

/* True when both cells say the same. */
bool token_same(
    const struct token *a, const struct token *b, enum number_kind kind);

/*
 * Read the bands of one kind by one form.  There may be several tables of
 * the kind in a document: the best is given, and DOUBT_REPEAT when another
 * contradicts it.  False when no row of the form was found.
 */
bool table_read(const struct labels *labels, const struct form_view *view,
    struct arena *arena, const struct band *const *bands, uint32_t n,
    struct table_read *out);

#endif
