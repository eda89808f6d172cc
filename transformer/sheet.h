/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sheet - a sheet of a workbook, whatever its format: cells in, paragraphs
 * and tables out.
 *
 *   sheet.c           cells, merges, hidden rows and columns put in order
 *   sheet_tables.c    a sheet's cells to paragraphs and tables
 *   sheet_format.c    a number as its format shows it
 *
 * Shared by the readers of XLSX and XLS, so that the same sheet is the same
 * tree in both.
 */
#ifndef TRANSFORMER_SHEET_H
#define TRANSFORMER_SHEET_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/buf.h"
#include "common/err.h"
#include "common/slice.h"
#include "transformer/tree.h"

/* What Excel allows (ECMA-376 leaves it open). */
#define SHEET_ROWS 1048576u
#define SHEET_COLS 16384u

/* ---- format -------------------------------------------------------------- */

/* Append `value` as `format` shows it; an empty format is General.
 * `from_1904` says where days begin. */
void sheet_format(
    struct slice format, double value, bool from_1904, struct buf *out);

/* The format behind a number that the book does not define; empty for
 * General. */
struct slice sheet_builtin_format(uint32_t id);

/* ---- sheet --------------------------------------------------------------- */

/* A cell with text, or a merged range; rows and columns count from 0 and
 * only those that are shown, once the sheet has ended. */
struct sheet_item {
    uint32_t row, col, row_end, col_end; /* ends are the first beyond */
    struct slice text;
    bool merged;
    bool out; /* hidden, or under a merged range */
};

struct sheet_range {
    uint32_t row, col, row_end, col_end; /* ends are the first beyond */
};

struct sheet {
    struct arena *arena;
    size_t *text_total;      /* bytes of texts in all sheets of the book */
    struct sheet_item *item; /* in order of row, then column, at the end */
    uint32_t item_n, item_cap;
    uint32_t *ruled; /* rows with a bordered cell, ascending at the end */
    uint32_t ruled_n, ruled_cap;
    struct sheet_range *merge;
    uint32_t merge_n, merge_cap;
    uint32_t *hidden; /* rows */
    uint32_t hidden_n, hidden_cap;
    bool *col_is_out;  /* SHEET_COLS of them */
    char trouble[128]; /* "reader.size: ...", empty while all is well */
};

/* Texts are copied to `arena`.  Clear it in any case. */
void sheet_init(struct sheet *s, struct arena *arena, size_t *text_total);
void sheet_clear(struct sheet *s);

/* More than the limit of `what`: the first trouble stays. */
void sheet_fail(struct sheet *s, uint32_t max, const char *what);

/* A cell shows this text; white space at its ends goes, and a cell without
 * text is nothing.  The place lies in SHEET_ROWS and SHEET_COLS. */
void sheet_cell(struct sheet *s, uint32_t row, uint32_t col, struct slice text);
void sheet_merge(struct sheet *s, const struct sheet_range *range);

/* A row has a bordered cell; a row, columns are hidden. */
void sheet_rule_row(struct sheet *s, uint32_t row);
void sheet_hide_row(struct sheet *s, uint32_t row);
void sheet_hide_cols(struct sheet *s, uint32_t from, uint32_t to_beyond);

/* All has been said: put it in order.  ERR_LIMIT with the trouble. */
int sheet_end(struct sheet *s, struct err *err);

/* ---- tables -------------------------------------------------------------- */

/* Append what the sheet shows; trouble stays in `tree`. */
void sheet_tables(const struct sheet *s, struct tree *tree);

#endif
