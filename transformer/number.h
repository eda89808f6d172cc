/* SPDX-License-Identifier: Apache-2.0 */
/*
 * number - the text of a cell to a value, or to the reason why not.
 *
 * A value is given only when the text cannot mean anything else.  Where it
 * is clear what is meant but not certain, the reading is a proposal.
 */
#ifndef TRANSFORMER_NUMBER_H
#define TRANSFORMER_NUMBER_H

#include <stdbool.h>

#include "common/record.h"
#include "common/slice.h"

enum number_kind {
    NUMBER_COUNT,  /* whole */
    NUMBER_CHANGE, /* whole, may be below zero */
    NUMBER_AMOUNT, /* money, may have decimals */
};

enum number_unit {
    NUMBER_UNIT_NONE, /* the cell states none */
    NUMBER_UNIT_CNY,
    NUMBER_UNIT_CNY_10K,
};

/* Room for sign, digits, point and terminator of the widest number. */
#define NUMBER_TEXT 24u

struct number {
    enum cell_state state;      /* never CELL_MISSING */
    enum number_unit unit;      /* as stated in the cell */
    char value[NUMBER_TEXT];    /* decimal text; empty: null */
    char proposed[NUMBER_TEXT]; /* empty without */
    const char *evidence;       /* static words, NULL without */
};

/* What a cell is, before it is known what it should be. */
enum number_look {
    LOOK_BLANK,
    LOOK_NUMBER, /* a number, perhaps with a unit or a note */
    LOOK_DASH,
    LOOK_ODD,  /* short, has digits, but no sure number: 约12, 12/13, l0 */
    LOOK_PAGE, /* a page number: -3-, — 4 —, 第5页 */
    LOOK_TEXT,
};

/* Cheap; decides which cells of a row are values. */
enum number_look number_look(struct slice text);

void number_read(struct slice text, enum number_kind kind, struct number *out);

/* The unit that a header or caption states: 万元, 元, or none. */
enum number_unit number_unit_find(struct slice text);

#endif
