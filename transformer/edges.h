/* SPDX-License-Identifier: Apache-2.0 */
/*
 * edges - rows whose cells have boundaries of their own, to one grid.
 *
 * In RTF and DOC each row says where its cells begin and end, and rows of
 * one table differ.  The columns of the table are the boundaries of all its
 * rows together; those nearer than EDGES_NEAR are one.
 */
#ifndef TRANSFORMER_EDGES_H
#define TRANSFORMER_EDGES_H

#include <stdbool.h>
#include <stdint.h>

#include "common/slice.h"
#include "transformer/tree.h"

/* Twips (1/1440 inch): what rounding and dragging leave between edges that
 * are meant to be one. */
#define EDGES_NEAR 20

/* How a cell goes with the one above it or to the left. */
enum edges_merge {
    EDGES_ALONE,
    EDGES_FIRST, /* a merged cell begins */
    EDGES_NEXT,  /* it goes on here; this cell's own text is not shown */
};

struct edges_cell {
    uint32_t row;
    int32_t left, right; /* twips; right is beyond left */
    enum edges_merge down;
    struct slice text; /* lives as long as the document */
};

/* A table being gathered. */
struct edges {
    struct edges_cell *cell; /* in order of row, then left */
    uint32_t cell_n, cell_cap;
    uint32_t row_n;
};

/* Append a cell to row `e->row_n`, whose next row begins with edges_row.
 * A cell with `across` EDGES_NEXT widens the one before it.  More than
 * LIMIT_CELLS are trouble of the tree. */
void edges_add(struct edges *e, struct tree *tree,
    const struct edges_cell *cell, enum edges_merge across);
void edges_row(struct edges *e);

/* Put all rows into `table` of the tree, and empty the edges. */
void edges_put(struct edges *e, struct tree *tree, struct tree_table *table);

void edges_clear(struct edges *e);

#endif
