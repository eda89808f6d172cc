/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_doc_grid - rows to the cells of a table.
 *
 * Each row has edges of its own.  The columns of the table are all edges
 * of all rows, those within EDGE_NEAR of each other being one: rows that
 * were drawn alike differ by some twips.
 */
#include "transformer/read_doc.h"

#include <stdlib.h>

enum {
    EDGE_NEAR = 20, /* twips, 1/72 inch is 20 of them */
    CELL_LEAST = EDGE_NEAR + 1,
    CELL_USUAL = 1440, /* of rows that do not say how they are divided */
};

void doc_grid_open(struct doc_grid *g, struct tree *tree, uint32_t depth)
{
    *g = (struct doc_grid){ .row_n = 0 };
    g->table = tree_table_open(tree, depth);
}

/* ---- rows
 * ------------------------------------------------------------------- */

static struct doc_grid_row *add_row(struct doc_grid *g, struct tree *tree)
{
    if (g->row_n == LIMIT_TABLE_ROWS)
        tree_fail(tree, "reader.size: a table of more than %u rows",
            LIMIT_TABLE_ROWS);
    if (tree_failed(tree))
        return NULL;
    if (g->row_n == g->row_cap) {
        uint32_t cap = g->row_cap ? g->row_cap * 2 : 16;
        struct doc_grid_row *more =
            arena_alloc_n(tree->doc->arena, cap, sizeof(*more));

        if (g->row_n)
            memcpy(more, g->row, g->row_n * sizeof(*more));
        g->row = more;
        g->row_cap = cap;
    }
    return &g->row[g->row_n++];
}

/* Cells beyond the definition go on to the right; a row without one is
 * divided like the row above when that has as many. */
static struct doc_row complete(
    const struct doc_grid *g, const struct doc_row *row, uint32_t n)
{
    const struct doc_grid_row *before =
        g->row_n > 1 ? &g->row[g->row_n - 2] : NULL;
    struct doc_row r = *row;

    if (r.n == 0 && before && before->n == n) {
        r = (struct doc_row){ .n = n };
        for (uint32_t i = 0; i < n; i++) {
            r.edge[i] = before->cell[i].left;
            r.edge[i + 1] = before->cell[i].right;
        }
    }
    for (; r.n < n; r.n++) {
        r.edge[r.n + 1] = r.edge[r.n] + CELL_USUAL;
        r.across[r.n] = 0;
        r.down[r.n] = DOC_DOWN_NONE;
    }
    return r;
}

/* How many cells from `i` on are one.  The descriptions of the format do
 * not agree which of 1 and 2 is the first cell and which goes on: whatever
 * comes first is the first. */
static uint32_t run_across(const struct doc_row *row, uint32_t i, uint32_t n)
{
    uint32_t first = row->across[i];
    uint32_t end = i + 1;

    if (first == 0)
        return 1;
    while (end < n && row->across[end] != 0 && row->across[end] != first)
        end++;
    return end - i;
}

/* A cell too narrow for a column of its own is none, unless it says
 * something. */
static void add_cell(struct doc_grid_row *to, struct doc_cell cell)
{
    if (to->n && cell.left < to->cell[to->n - 1].right)
        cell.left = to->cell[to->n - 1].right;
    if (cell.right < cell.left + CELL_LEAST) {
        if (cell.text.len == 0)
            return;
        cell.right = cell.left + CELL_LEAST;
    }
    to->cell[to->n++] = cell;
}

void doc_grid_row(struct doc_grid *g, struct tree *tree,
    const struct doc_row *row, const struct slice *text, uint32_t n)
{
    struct doc_grid_row *to = add_row(g, tree);
    struct doc_row r;

    if (!to)
        return;
    r = complete(g, row, n);
    *to = (struct doc_grid_row){ .n = 0 };
    to->cell =
        arena_alloc_n(tree->doc->arena, (size_t)n + 1, sizeof(*to->cell));
    for (uint32_t i = 0; i < n;) {
        uint32_t many = run_across(&r, i, n);

        add_cell(to, (struct doc_cell){ .left = r.edge[i],
                         .right = r.edge[i + many],
                         .down = r.down[i],
                         .text = text[i] });
        i += many;
    }
    g->cell_n += to->n;
    if (g->cell_n > LIMIT_CELLS)
        tree_fail(tree, "reader.size: more than %u cells", LIMIT_CELLS);
}

/* ---- columns
 * ---------------------------------------------------------------- */

struct columns {
    uint32_t n;
    int32_t *start;
};

static int compare_edges(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

    return (x > y) - (x < y);
}

static struct columns find_columns(const struct doc_grid *g, struct arena *a)
{
    struct columns c = { .n = 0 };
    uint32_t edge_n = 0;

    c.start = arena_alloc_n(a, (size_t)2 * g->cell_n + 1, sizeof(*c.start));
    for (uint32_t i = 0; i < g->row_n; i++)
        for (uint32_t k = 0; k < g->row[i].n; k++) {
            c.start[edge_n++] = g->row[i].cell[k].left;
            c.start[edge_n++] = g->row[i].cell[k].right;
        }
    if (edge_n)
        qsort(c.start, edge_n, sizeof(*c.start), compare_edges);
    for (uint32_t i = 0; i < edge_n; i++)
        if (c.n == 0 || c.start[i] - c.start[c.n - 1] > EDGE_NEAR)
            c.start[c.n++] = c.start[i];
    return c;
}

/* The column that begins at `edge`. */
static uint32_t column_at(const struct columns *c, int32_t edge)
{
    uint32_t low = 0, high = c->n;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (c->start[middle] <= edge)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* ---- cells
 * ------------------------------------------------------------------ */

/* Where cells are placed: per column, the cell that was last merged
 * downwards, plus 1. */
struct placing {
    struct tree *tree;
    struct doc_grid *g;
    struct columns columns;
    uint32_t merged[LIMIT_TABLE_COLS];
};

/* The cell above that this one continues, or NULL. */
static struct document_cell *above(struct placing *p,
    const struct doc_cell *cell, uint32_t row, uint32_t col, uint32_t span)
{
    struct document_table *t = &p->tree->doc->tables[p->g->table.index];
    struct document_cell *c;

    if (cell->down != DOC_DOWN_MORE || col >= LIMIT_TABLE_COLS ||
        !p->merged[col])
        return NULL;
    c = &t->cells[p->merged[col] - 1];
    return c->row + c->rowspan == row && c->colspan == span ? c : NULL;
}

static void place(struct placing *p, const struct doc_cell *cell, uint32_t row)
{
    uint32_t col = column_at(&p->columns, cell->left);
    uint32_t span = column_at(&p->columns, cell->right) - col;
    struct document_cell *c = above(p, cell, row, col, span);

    if (c) {
        c->rowspan++;
        return;
    }
    c = tree_cell(p->tree, &p->g->table, row, col, 1, span);
    if (!c)
        return;
    c->text = cell->text;
    for (uint32_t i = 0; i < span; i++)
        p->merged[col + i] = 0;
    if (cell->down != DOC_DOWN_NONE)
        p->merged[col] = p->tree->doc->tables[p->g->table.index].cell_n;
}

void doc_grid_close(struct doc_grid *g, struct tree *tree)
{
    struct placing p = { .tree = tree, .g = g };

    if (tree_failed(tree))
        return;
    p.columns = find_columns(g, tree->doc->arena);
    for (uint32_t i = 0; i < g->row_n && !tree_failed(tree); i++) {
        tree_rows(tree, &g->table, i + 1);
        for (uint32_t k = 0; k < g->row[i].n && !tree_failed(tree); k++)
            place(&p, &g->row[i].cell[k], i);
    }
}
