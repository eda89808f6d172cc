/* SPDX-License-Identifier: Apache-2.0 */
/*
 * doubt - cells that may be read in several ways.
 *
 * A doubtful cell has no value until sums over certain cells force one, and
 * that is one of its readings.
 */
#ifndef TRANSFORMER_DOUBT_H
#define TRANSFORMER_DOUBT_H

#include <stdbool.h>

#include "common/arena.h"
#include "common/document.h"
#include "common/record.h"

/* Readings of one cell that are looked at. */
#define DOUBT_READINGS_MAX 16u

/* Make `cell` one in doubt: no value, its readings as evidence. */
void doubt_set(
    const struct document_cell *from, struct arena *arena, struct cell *cell);

/* The reading of a doubtful cell that says this number (decimal text), or
 * { NULL, 0 }.  A reading of nothing says 0 and comes before any other. */
struct slice doubt_reading(const struct cell *cell, struct slice number);

/* True for a doubtful cell in which a number may stand. */
bool doubt_may_be_number(const struct document_cell *cell);

#endif
