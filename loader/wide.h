/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wide - one row a report revision, one column a key.
 *
 * A merge of two walks over the ledger in the same order: first every
 * report (wide_report), whose first columns wait in a file, then every cell
 * (wide_cell).  In memory is one row.
 */
#ifndef LOADER_WIDE_H
#define LOADER_WIDE_H

#include <stdint.h>

#include "common/err.h"
#include "loader/keys.h"
#include "loader/schema.h"

/* Takes a complete row: a cell for each field of wide_table. */
typedef int wide_row_fn(void *ctx, const char *const *cell, struct err *err);

struct wide;

/* `spool` is the path of a new file for what waits; `keys` is lent. */
struct wide *wide_open(
    const struct keys *keys, const char *spool, struct err *err);
/* Free; the spool file is removed. */
void wide_close(struct wide *w);

/* Its fields: those of reports that it repeats, then the keys.  An amount
 * has a second column `<key>.cny` in yuan. */
const struct table *wide_table(const struct wide *w);

/* A report, as a row of schema_table(EXPORT_REPORTS). */
int wide_report(struct wide *w, const char *const *cell, struct err *err);

/* A cell, as a row of schema_table(EXPORT_CELLS).  Complete rows go to
 * `row`. */
int wide_cell(struct wide *w, const char *const *cell, wide_row_fn *row,
    void *ctx, struct err *err);

/* The rows that are left. */
int wide_finish(struct wide *w, wide_row_fn *row, void *ctx, struct err *err);

/* Cells of tables that the forms do not know: in `cells` only. */
uint64_t wide_unknown_n(const struct wide *w);

#endif
