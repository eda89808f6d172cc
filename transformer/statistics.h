/* SPDX-License-Identifier: Apache-2.0 */
/*
 * statistics - the statistics table of reports on 2018 and earlier.
 *
 * 政府信息公开情况统计表 lists indicators, one a row: a label, a unit, and
 * one or more columns of numbers.  Provinces print their own versions, so
 * every row is read, known or not; the form file (conf/forms/2014.yaml)
 * says which rows are known, what adds up, and what means the same as a cell
 * of the later forms.
 */
#ifndef TRANSFORMER_STATISTICS_H
#define TRANSFORMER_STATISTICS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/document.h"
#include "common/record.h"
#include "transformer/equations.h"
#include "transformer/form.h"

/* Columns and rows that are looked at: the widest version seen has six, the
 * longest 70. */
#define STATISTICS_COLUMNS 24u
#define STATISTICS_ROWS 600u
#define STATISTICS_TABLES 16u
#define STATISTICS_BLOCKS 4u /* side by side in one table */

/* ---- statistics_labels.c: known rows ---------------------------------------
 */

/* The labels of a form with indicators, normalised; free with
 * indicators_free. */
struct indicators *indicators_new(const struct form *f);
void indicators_free(struct indicators *in);

/* The indicator with this label, or with one much like it (*exactly: false),
 * or -1; of several with the same label, the one that is a part of `parent`
 * (an index, or -1). */
int32_t statistics_indicator(const struct indicators *in, struct slice label,
    int32_t parent, bool *exactly);

/* `label` without 其中： at its start; *opens: it was there. */
struct slice statistics_among(struct slice label, bool *opens);

/* ---- statistics_layout.c: where labels, units and numbers stand ---------- */

/* A document's table laid out: each cell wherever its span reaches. */
struct stat_grid {
    const struct document_table *table;
    uint32_t index; /* in the document */
    uint32_t row_n, col_n;
    const struct document_cell **at; /* row by row; NULL: no cell */
};

struct stat_column {
    uint32_t col;
    uint32_t place;   /* among the cells of the header */
    struct slice key; /* the header without white space, or its number */
};

/* A block of labels and numbers; a table may have several side by side. */
struct stat_layout {
    uint32_t first_row;            /* of data */
    uint32_t label_from, label_to; /* columns of labels, the last excluded */
    int32_t unit_col;              /* -1 without */
    uint32_t unit_place;
    bool has_header;
    uint32_t head_n; /* cells of the header, 0 when they are in two rows */
    uint32_t value_n;
    struct stat_column value[STATISTICS_COLUMNS];
};

const struct document_cell *stat_at(
    const struct stat_grid *g, uint32_t row, uint32_t col);

/* The cell of a row below one of the header: where the row has as many cells
 * they are counted, for the columns of a table put together of parts that are
 * laid out on their own need not meet. */
const struct document_cell *stat_below(const struct stat_grid *g,
    const struct stat_layout *l, uint32_t row, uint32_t col, uint32_t place);

/* `text` without white space, otherwise as printed. */
struct slice stat_key(struct arena *a, struct slice text);

/* What is known when a table is looked at. */
struct stat_context {
    const struct indicators *in;
    const struct stat_layout *before; /* blocks of the statistics table */
    uint32_t before_n;                /* before it, which it may continue */
    bool beside; /* others are statistics tables without doubt */
};

/* The blocks of a statistics table, from left to right, 0 when it is none:
 * the grid and at most STATISTICS_BLOCKS layouts are filled.  Beside others,
 * a table of unknown labels is one, too, when it has a column of units. */
uint32_t statistics_layout(const struct document *doc, uint32_t table,
    const struct stat_context *known, struct arena *a, struct stat_grid *grid,
    struct stat_layout *out);

/* True when a line of the header says that it heads the labels. */
bool statistics_is_header(struct arena *a, struct slice text);

/* ---- statistics_rows.c: what each row is --------------------------------- */

struct stat_row {
    struct slice label; /* as printed, without white space */
    uint32_t level;     /* 1 for 一、; deeper ones are parts of it */
    uint32_t mark;      /* enum norm_mark of its number, which is */
    uint32_t number;
    int32_t parent;    /* index of the row that it is a part of, or -1 */
    int32_t indicator; /* index in the form, or -1 */
    bool exactly;      /* its label is the indicator's, letter by letter */
    struct slice unit; /* as printed, empty without */
    bool heading;      /* a title without numbers */
    const struct stat_grid *grid;
    const struct stat_layout *layout;
    uint32_t row; /* in the grid */
};

struct stat_rows {
    uint32_t n;
    uint32_t unlabelled_n; /* rows with numbers and without a label */
    struct stat_row *row;
};

/* Append the rows of one table. */
void statistics_rows(const struct indicators *in, const struct stat_grid *grid,
    const struct stat_layout *layout, struct arena *a, struct stat_rows *out);

/* ---- statistics.c: the step -----------------------------------------------
 */

/* Statistics tables in the document. */
uint32_t statistics_count(
    const struct document *doc, const struct forms *forms, struct arena *a);

/* Read the tables into rec->cells and rec->form_statistics, make the checks
 * of the form, and give cells of later forms what means the same. */
void extract_statistics(
    const struct document *doc, const struct forms *forms, struct record *rec);

/* ---- statistics_sums.c: what adds up --------------------------------------
 */

/* What ties cells to rows: cell i of the record, from `first`, is of row
 * row[i - first] and has the key of its column. */
struct stat_cells {
    uint32_t first, n;
    uint32_t *row;
};

/* All sums of the form over the cells; arrays live in rec->arena. */
void statistics_equations(const struct form *form, const struct stat_rows *rows,
    const struct stat_cells *cells, struct record *rec, struct equations *out);

#endif
