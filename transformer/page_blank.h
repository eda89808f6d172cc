/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_blank - what the steps to a table without rulings hand to each other.
 *
 * page_blank finds where on the page such a table is and writes it down,
 * page_blank_columns finds the columns of a block of it, page_blank_rows its
 * rows.  A block is some header lines and the rows below them: tables of one
 * form have several, each with columns of its own.
 */
#ifndef TRANSFORMER_PAGE_BLANK_H
#define TRANSFORMER_PAGE_BLANK_H

#include "transformer/page_parts.h"

/* Boundaries of columns nearer than this are one, in points. */
#define BLANK_SAME_EDGE 1.5f

/* Columns of values in one block, cells of its header, columns of labels:
 * beyond them it is no table that we know. */
#define BLANK_COLS_MAX 40u
#define BLANK_HEADER_MAX 120u
#define BLANK_LABELS_MAX 4u

/* Words that stand together, apart from others in their line. */
struct chunk {
    struct page_line text;
    bool is_value;
};

/* A line of the page in its chunks; the values are the last ones. */
struct band {
    uint32_t chunk_n, value_n;
    struct chunk *chunks; /* left to right */
    float x0, y0, x1, y1;
    float size;
};

/* A cell of the header, or one of labels or values. */
struct blank_cell {
    uint32_t line_n, line_cap;
    struct page_line *lines; /* top to bottom */
    float x0, y0, x1, y1;
    uint32_t from, to; /* columns it stands over: from..to-1 */
    uint32_t row;
    bool is_group; /* over labels of columns */
    bool is_value;
    bool doubtful;
};

struct block {
    struct band *bands;
    uint32_t header_n, body_n; /* bands: header first */
    float label_x1;            /* where labels of rows end */
    bool has_labels;
    uint32_t col_n;                               /* of values */
    float x0[BLANK_COLS_MAX], x1[BLANK_COLS_MAX]; /* their ink */
    float edge[BLANK_COLS_MAX];                   /* left of each */
    float end;                                    /* right of the last */
    bool doubtful;    /* which label belongs to which column */
    bool starts_torn; /* as in page_table */
    uint32_t head_n, level_n;
    struct blank_cell *head;   /* cells of the header; `row` is their level */
    struct blank_cell *corner; /* above the labels of rows, or NULL */
    uint32_t label_col_n, row_n;
    float label_edge[BLANK_LABELS_MAX]; /* left of each but the first */
    uint32_t cell_n, cell_cap;
    struct blank_cell *cells; /* values and labels, in any order */
};

/* Part chunk `at` of a band, a label, before its run `run`; false when the
 * first part is a value or the second is not what `is_value` says. */
bool band_part(struct band *b, uint32_t at, uint32_t run, bool is_value,
    struct arena *arena);

/* Put one more line at the end of a cell, or at its start. */
void blank_cell_add(struct blank_cell *c, const struct page_line *line,
    bool first, struct arena *arena);

/* The table of `n` blocks over all those bands, or NULL. */
struct page_table *blank_write(struct block *blocks, uint32_t n,
    const struct band *b, uint32_t band_n, struct arena *arena);

/* Columns and header cells of a block; false when it is no table. */
bool blank_columns(struct block *b, struct arena *scratch);

/* Columns of labels of a block; labels that touch are parted there. */
void blank_labels(struct block *b, struct arena *scratch, struct arena *arena);

/* The column of labels that holds `x`. */
uint32_t blank_label_column(const struct block *b, float x);

/* Rows of a block: its cells. */
void blank_rows(struct block *b, struct arena *scratch, struct arena *arena);

#endif
