/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cells - read tables to the cells of the record.
 */
#ifndef TRANSFORMER_CELLS_H
#define TRANSFORMER_CELLS_H

#include "common/document.h"
#include "common/record.h"
#include "transformer/table_read.h"

/* Rows of a table that a document lists: all but local rows it lacks and
 * rows that those replace. */
bool cells_row_is_listed(const struct table_read *t, uint32_t item);

/* Append every cell of `t` to rec->cells, which has room for them; with
 * `t->claim_n` 0 all are missing. */
void cells_add(
    const struct document *doc, const struct table_read *t, struct record *rec);

#endif
