/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_docx_grid - rows and cells to their places in a table.
 *
 * A cell's column is what the cells before it in its row span (w:gridSpan,
 * w:gridBefore).  A cell that continues a vertical merge (w:vMerge) belongs
 * to the one above when that one starts and ends in the same columns; its
 * own text is never shown.  One that fits no cell above stands for itself.
 */
#include "transformer/read_docx.h"

void docx_grid_open(struct docx_grid *g, struct tree *tree, uint32_t depth)
{
    *g = (struct docx_grid){ .span = 1 };
    g->table = tree_table_open(tree, depth);
}

void docx_grid_row(struct docx_grid *g)
{
    g->col = 0;
    g->row_is_out = false;
}

void docx_grid_row_end(struct docx_grid *g, struct tree *tree)
{
    if (g->row_is_out)
        return;
    g->row++;
    tree_rows(tree, &g->table, g->row);
}

void docx_grid_cell(struct docx_grid *g)
{
    g->span = 1;
    g->down = g->across = DOCX_MERGE_NONE;
}

/* The cell above that this one continues, or NULL. */
static struct document_cell *above(
    const struct docx_grid *g, const struct document_table *t)
{
    struct document_cell *c;

    if (g->down != DOCX_MERGE_CONTINUE || g->col >= LIMIT_TABLE_COLS ||
        !g->merged[g->col])
        return NULL;
    c = &t->cells[g->merged[g->col] - 1];
    return c->row + c->rowspan == g->row && c->colspan == g->span ? c : NULL;
}

/* The cell to the left that this one continues (w:hMerge), or NULL. */
static struct document_cell *left(
    const struct docx_grid *g, const struct document_table *t)
{
    struct document_cell *c = t->cell_n ? &t->cells[t->cell_n - 1] : NULL;

    if (g->across != DOCX_MERGE_CONTINUE || !c || c->row != g->row ||
        c->col + c->colspan != g->col || g->span > LIMIT_TABLE_COLS - g->col)
        return NULL;
    return c;
}

static void place(struct docx_grid *g, struct tree *tree, struct slice text)
{
    struct document_cell *c =
        tree_cell(tree, &g->table, g->row, g->col, 1, g->span);

    if (!c)
        return;
    c->text = tree_text(tree, text);
    for (uint32_t i = 0; i < g->span; i++)
        g->merged[g->col + i] = 0;
    if (g->down != DOCX_MERGE_NONE)
        g->merged[g->col] = tree->doc->tables[g->table.index].cell_n;
}

void docx_grid_cell_end(
    struct docx_grid *g, struct tree *tree, struct slice text)
{
    struct document_table *t;
    struct document_cell *c;

    if (tree_failed(tree))
        return;
    t = &tree->doc->tables[g->table.index];
    if ((c = left(g, t))) {
        c->colspan += g->span;
        if (t->col_n < c->col + c->colspan)
            t->col_n = c->col + c->colspan;
    } else if ((c = above(g, t))) {
        c->rowspan++;
        tree_rows(tree, &g->table, g->row + 1);
    } else {
        place(g, tree, text);
    }
    if (!tree_failed(tree))
        g->col += g->span;
}
