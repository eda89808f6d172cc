/* SPDX-License-Identifier: Apache-2.0 */
/*
 * print_grid - texts in columns on a terminal.
 */
#ifndef TRANSFORMER_PRINT_GRID_H
#define TRANSFORMER_PRINT_GRID_H

#include "common/arena.h"
#include "transformer/print.h"

#define GRID_COLS_MAX 16u
#define GRID_LABEL_WIDTH 44u /* longer labels are cut */

enum grid_look {
    LOOK_PLAIN,
    LOOK_HEAD,  /* bold */
    LOOK_FAINT, /* a proven zero */
    LOOK_WARN,  /* yellow: not certain */
    LOOK_BAD,   /* red: wrong or absent */
};

struct grid_cell {
    struct slice text;
    enum grid_look look;
};

struct grid {
    struct arena *arena;
    size_t col_n, row_n, row_max;
    struct grid_cell *cell; /* row by row */
};

/* Room for row_max rows of col_n columns (at most GRID_COLS_MAX). */
void grid_init(struct grid *g, struct arena *a, size_t col_n, size_t row_max);

/* The cells of a new, empty row. */
struct grid_cell *grid_row(struct grid *g);

/* First column to the left, the others to the right. */
void grid_print(const struct grid *g, const struct print *p);

/* Switch the terminal to `look`, or back with LOOK_PLAIN. */
void grid_colour(const struct print *p, enum grid_look look);

#endif
