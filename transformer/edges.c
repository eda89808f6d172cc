/* SPDX-License-Identifier: Apache-2.0 */
/*
 * edges - rows whose cells have boundaries of their own, to one grid.
 */
#include "transformer/edges.h"

#include <assert.h>
#include <stdlib.h>

#include "common/limits.h"
#include "common/mem.h"

/* Boundaries of a table, ascending. */
struct columns {
    int32_t *edge;
    uint32_t n;
};

void edges_clear(struct edges *e)
{
    mem_free(e->cell);
    *e = (struct edges){ .cell = NULL };
}

void edges_row(struct edges *e)
{
    e->row_n++;
}

void edges_add(struct edges *e, struct tree *tree,
    const struct edges_cell *cell, enum edges_merge across)
{
    struct edges_cell *last = e->cell_n ? &e->cell[e->cell_n - 1] : NULL;
    struct edges_cell *to;

    if (across == EDGES_NEXT && last && last->row == e->row_n &&
        last->right == cell->left) {
        last->right = cell->right;
        return;
    }
    if (e->cell_n == LIMIT_CELLS) {
        tree_fail(tree, "reader.size: more than %u cells", LIMIT_CELLS);
        return;
    }
    if (e->cell_n == e->cell_cap) {
        e->cell_cap = e->cell_cap ? e->cell_cap * 2 : 64;
        e->cell = mem_realloc_n(e->cell, e->cell_cap, sizeof(*e->cell));
    }
    assert(e->cell);
    to = &e->cell[e->cell_n++];
    *to = *cell;
    to->row = e->row_n;
    if (to->right <= to->left)
        to->right = to->left + 1;
}

/* ---- columns -------------------------------------------------------------
 */

static int compare(const void *a, const void *b)
{
    const int32_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* The boundaries of all cells, those within `near` as one. */
static void find_columns(const struct edges *e, int64_t near, struct columns *c)
{
    uint32_t all = 0;

    c->n = 0;
    c->edge = mem_alloc_n((size_t)e->cell_n * 2 + 1, sizeof(*c->edge));
    for (uint32_t i = 0; i < e->cell_n; i++) {
        c->edge[all++] = e->cell[i].left;
        c->edge[all++] = e->cell[i].right;
    }
    qsort(c->edge, all, sizeof(*c->edge), compare);
    for (uint32_t i = 0; i < all; i++)
        if (c->n == 0 || c->edge[i] > (int64_t)c->edge[c->n - 1] + near)
            c->edge[c->n++] = c->edge[i];
}

/* The last boundary not beyond `x`. */
static uint32_t column_of(const struct columns *c, int32_t x)
{
    uint32_t low = 0, high = c->n;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (c->edge[middle] <= x)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Does every cell take a column at least? */
static bool all_fit(const struct edges *e, const struct columns *c)
{
    for (uint32_t i = 0; i < e->cell_n; i++)
        if (column_of(c, e->cell[i].left) == column_of(c, e->cell[i].right))
            return false;
    return true;
}

/* ---- out ------------------------------------------------------------------
 */

/* The cell above that this one continues, or NULL; `merged` holds for each
 * column the cell that was merged downwards there last, plus 1. */
static struct document_cell *above(const struct document_table *t,
    const uint32_t *merged, const struct edges_cell *cell, uint32_t col,
    uint32_t colspan)
{
    struct document_cell *up;

    if (cell->down != EDGES_NEXT || !merged[col])
        return NULL;
    up = &t->cells[merged[col] - 1];
    return up->row + up->rowspan == cell->row && up->colspan == colspan ? up
                                                                        : NULL;
}

static void put_cell(const struct edges_cell *cell, const struct columns *c,
    uint32_t *merged, struct tree *tree, struct tree_table *table)
{
    uint32_t col = column_of(c, cell->left);
    uint32_t colspan = column_of(c, cell->right) - col;
    struct document_cell *up, *to;

    up = above(&tree->doc->tables[table->index], merged, cell, col, colspan);
    if (up) {
        up->rowspan++;
        tree_rows(tree, table, cell->row + 1);
        return;
    }
    to = tree_cell(tree, table, cell->row, col, 1, colspan);
    if (!to)
        return;
    to->text = cell->text;
    for (uint32_t i = 0; i < colspan; i++)
        merged[col + i] = 0;
    if (cell->down != EDGES_ALONE)
        merged[col] = tree->doc->tables[table->index].cell_n;
}

void edges_put(struct edges *e, struct tree *tree, struct tree_table *table)
{
    struct columns c;
    uint32_t *merged;

    if (tree_failed(tree)) {
        edges_clear(e);
        return;
    }
    find_columns(e, EDGES_NEAR, &c);
    if (!all_fit(e, &c)) {
        mem_free(c.edge);
        find_columns(e, 0, &c); /* cells so narrow are meant */
    }
    merged = mem_alloc_n((size_t)c.n + 1, sizeof(*merged));
    for (uint32_t i = 0; i < e->cell_n && !tree_failed(tree); i++)
        put_cell(&e->cell[i], &c, merged, tree, table);
    tree_rows(tree, table, e->row_n);
    mem_free(merged);
    mem_free(c.edge);
    edges_clear(e);
}
