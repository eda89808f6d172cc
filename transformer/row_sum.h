/* SPDX-License-Identifier: Apache-2.0 */
/*
 * row_sum - the printed sum of a row, to choose between ways to read it.
 */
#ifndef TRANSFORMER_ROW_SUM_H
#define TRANSFORMER_ROW_SUM_H

#include <stdbool.h>
#include <stdint.h>

#include "transformer/header.h"
#include "transformer/label.h"

enum row_sum {
    ROW_SUM_UNKNOWN, /* the form has none, or a cell of it is not read */
    ROW_SUM_HOLDS,
    ROW_SUM_FAILS,
};

/* The sum over the leaves of `h` that belong to `item` (-1: a labelled row
 * of a matrix), read from `tok`.  Blank parts count as 0, a total must be
 * printed. */
enum row_sum row_sum(const struct form_view *view, const struct header *h,
    const struct token *const *tok, int32_t item);

/* True when a lone blank at an edge of the row, together with its sum, says
 * that the values are shifted by one. */
bool row_is_shifted(const struct form_view *view, const struct header *h,
    const struct token *const *tok);

#endif
