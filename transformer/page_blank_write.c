/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_blank_write - blocks of a table without rulings to one table.
 *
 * The blocks stand below each other; the columns of the table are those of
 * all, and cells span what their block does not part.
 */
#include <math.h>
#include <stdlib.h>

#include "common/limits.h"
#include "transformer/page_blank.h"

static int by_value(const void *a, const void *b)
{
    const float *x = a;
    const float *y = b;

    return (*x > *y) - (*x < *y);
}

static uint32_t column_at(const struct page_table *t, float x)
{
    uint32_t best = 0;

    for (uint32_t i = 1; i <= t->col_n; i++)
        if (fabsf(t->x[i] - x) < fabsf(t->x[best] - x))
            best = i;
    return best;
}

/* Left of column `i` of a block, labels and values counted together. */
static float block_edge(
    const struct page_table *t, const struct block *b, uint32_t i)
{
    if (i == 0)
        return t->x0;
    if (i >= b->label_col_n + b->col_n)
        return t->x1;
    return i < b->label_col_n ? b->label_edge[i] : b->edge[i - b->label_col_n];
}

/* The boundaries of all blocks. */
static void unite_edges(struct page_table *t, const struct block *blocks,
    uint32_t n, struct arena *arena)
{
    uint32_t all = 2;
    uint32_t kept = 0;

    for (uint32_t i = 0; i < n; i++)
        all += blocks[i].label_col_n + blocks[i].col_n;
    t->x = arena_alloc_n(arena, all, sizeof(*t->x));
    all = 0;
    t->x[all++] = t->x0;
    t->x[all++] = t->x1;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 1; k < blocks[i].label_col_n + blocks[i].col_n; k++)
            t->x[all++] = block_edge(t, &blocks[i], k);
    qsort(t->x, all, sizeof(*t->x), by_value);
    for (uint32_t i = 0; i < all; i++)
        if (kept == 0 || t->x[i] - t->x[kept - 1] > BLANK_SAME_EDGE)
            t->x[kept++] = t->x[i];
    t->col_n = kept - 1;
}

/* A cell over columns from..to-1 of the block, in row `row` of the table. */
static void put(struct page_table *t, const struct block *b,
    const struct blank_cell *c, uint32_t row, uint32_t from, uint32_t to,
    struct arena *arena)
{
    struct page_cell *out = &t->cells[t->cell_n];
    uint32_t col = column_at(t, block_edge(t, b, from));
    uint32_t end = column_at(t, block_edge(t, b, to));

    if (end <= col)
        return;
    for (uint32_t i = t->cell_n; i-- > 0 && t->cells[i].row == row;)
        if (t->cells[i].col < end &&
            col < t->cells[i].col + t->cells[i].colspan)
            return;
    *out = (struct page_cell){ .row = row,
        .col = col,
        .rowspan = 1,
        .colspan = end - col,
        .page = t->page,
        .doubtful = c && c->doubtful };
    out->x0 = t->x[col];
    out->x1 = t->x[end];
    if (c) {
        out->y0 = c->y0;
        out->y1 = c->y1;
        out->line_n = c->line_n;
        out->lines = arena_alloc_n(arena, c->line_n, sizeof(*out->lines));
        memcpy(out->lines, c->lines, c->line_n * sizeof(*out->lines));
    }
    cell_text(arena, out, 0);
    t->cell_n++;
}

static int by_row(const void *a, const void *b)
{
    const struct blank_cell *c = a;
    const struct blank_cell *d = b;

    if (c->row != d->row)
        return c->row < d->row ? -1 : 1;
    if (c->is_value != d->is_value)
        return c->is_value ? 1 : -1;
    return (c->from > d->from) - (c->from < d->from);
}

/* Empty cells of a row for the columns from..to-1 of values. */
static void put_empty(struct page_table *t, struct block *b, uint32_t row,
    uint32_t from, uint32_t to, struct arena *arena)
{
    for (; from < to; from++)
        put(t, b, NULL, t->row_n + row, b->label_col_n + from,
            b->label_col_n + from + 1, arena);
}

static void put_header(
    struct page_table *t, struct block *b, uint32_t level, struct arena *arena)
{
    uint32_t label_n = b->label_col_n;

    if (b->corner && level + 1 == b->level_n && label_n > 0)
        put(t, b, b->corner, t->row_n + level, 0, label_n, arena);
    for (uint32_t i = 0; i < b->head_n; i++)
        if (b->head[i].row == level)
            put(t, b, &b->head[i], t->row_n + level, label_n + b->head[i].from,
                label_n + b->head[i].to, arena);
}

/* The cells of one row from number `i` on; the first of the next row. */
static uint32_t put_row(struct page_table *t, struct block *b, uint32_t row,
    uint32_t i, struct arena *arena)
{
    uint32_t next = 0;

    for (; i < b->cell_n && b->cells[i].row == row; i++) {
        const struct blank_cell *c = &b->cells[i];
        uint32_t shift = c->is_value ? b->label_col_n : 0;

        if (c->is_value) {
            put_empty(t, b, row, next, c->from, arena);
            next = c->to;
        }
        put(t, b, c, t->row_n + row, c->from + shift, c->to + shift, arena);
    }
    put_empty(t, b, row, next, b->col_n, arena);
    return i;
}

/* Header and rows of one block below what the table has. */
static void put_block(
    struct page_table *t, struct block *b, struct arena *arena)
{
    uint32_t i = 0;

    for (uint32_t level = 0; level < b->level_n; level++)
        put_header(t, b, level, arena);
    t->row_n += b->level_n;
    if (b->cell_n > 0)
        qsort(b->cells, b->cell_n, sizeof(*b->cells), by_row);
    for (uint32_t row = 0; row < b->row_n; row++)
        i = put_row(t, b, row, i, arena);
    t->row_n += b->row_n;
}

static int by_place(const void *a, const void *b)
{
    const struct page_cell *c = a;
    const struct page_cell *d = b;

    if (c->row != d->row)
        return c->row < d->row ? -1 : 1;
    return (c->col > d->col) - (c->col < d->col);
}

struct page_table *blank_write(struct block *blocks, uint32_t n,
    const struct band *b, uint32_t band_n, struct arena *arena)
{
    struct page_table *t = arena_alloc(arena, sizeof(*t));
    size_t cells = 0;

    t->is_blank = true;
    t->starts_torn = blocks[0].starts_torn;
    t->x0 = b[0].x0;
    t->y0 = b[0].y0;
    for (uint32_t i = 0; i < band_n; i++) {
        t->x0 = fminf(t->x0, b[i].x0 - 1);
        t->x1 = fmaxf(t->x1, b[i].x1 + 1);
        t->y1 = fmaxf(t->y1, b[i].y1);
    }
    unite_edges(t, blocks, n, arena);
    if (t->col_n > LIMIT_TABLE_COLS)
        return NULL;
    for (uint32_t i = 0; i < n; i++)
        cells += blocks[i].head_n + 1 + blocks[i].cell_n +
                 (size_t)blocks[i].row_n * blocks[i].col_n;
    t->cells = arena_alloc_n(arena, cells + 1, sizeof(*t->cells));
    for (uint32_t i = 0; i < n; i++)
        put_block(t, &blocks[i], arena);
    if (t->cell_n > 1)
        qsort(t->cells, t->cell_n, sizeof(*t->cells), by_place);
    t->y = arena_alloc_n(arena, (size_t)t->row_n + 1, sizeof(*t->y));
    for (uint32_t i = 0; i <= t->row_n; i++)
        t->y[i] = t->y1;
    for (uint32_t i = t->cell_n; i-- > 0;)
        if (t->cells[i].line_n > 0)
            t->y[t->cells[i].row] = t->cells[i].y0;
    return t->row_n > 0 && t->cell_n > 1 ? t : NULL;
}
