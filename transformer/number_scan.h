/* SPDX-License-Identifier: Apache-2.0 */
/*
 * number_scan - a number in the text of a cell, and what stands behind it.
 */
#ifndef TRANSFORMER_NUMBER_SCAN_H
#define TRANSFORMER_NUMBER_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "transformer/cell_text.h"
#include "transformer/number.h"

/* A number found in a cell's text. */
struct number_found {
    char text[NUMBER_TEXT];    /* clean: sign, digits, point */
    uint32_t digits, fraction; /* how many, and behind the point */
    bool minus, plus, dashed;  /* what stood before it */
    bool spaced;   /* groups of three kept apart by ordinary spaces */
    bool zero_led; /* 007 */
};

/* What follows the number: a unit, a note, both or nothing. */
struct number_tail {
    bool words;      /* something follows */
    bool understood; /* and it leaves the number as it is */
    enum number_unit unit;
};

/* Nothing but dashes, slashes or 无. */
bool number_scan_is_dashes(const struct cell_text *t);

/* — 4 —, 第4页. */
bool number_scan_is_page_number(const struct cell_text *t);

/* The number at i with its sign, groups and decimals.  The place behind it,
 * or i when there is none. */
uint32_t number_scan(
    const struct cell_text *t, uint32_t i, struct number_found *f);

/* The unit and the note from i to the end. */
struct number_tail number_scan_tail(
    const struct cell_text *t, uint32_t i, enum number_kind kind);

/* Append to the text of a number (NUMBER_TEXT bytes): its digits are counted
 * before, so it always fits. */
void number_put(char *text, const char *more);

#endif
