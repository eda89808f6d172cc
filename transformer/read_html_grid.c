/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_html_grid - rows and cells to their places in a table.
 *
 * As in the HTML standard, section 4.9.12 (forming a table): a cell goes to
 * the first free column, spans of rows end with their row group.  For every
 * column one number is kept, the row until which it is taken.
 */
#include "transformer/read_html.h"

/* The largest colspan of the standard; browsers cut larger ones, which
 * nobody writes but to do harm. */
static const uint32_t colspan_max = 1000;

void html_grid_open(struct html_grid *g, struct tree *tree, uint32_t depth)
{
    *g = (struct html_grid){ .tree = tree };
    g->table = tree_table_open(tree, depth);
}

static void end_row(struct html_grid *g)
{
    if (g->in_row) {
        g->row++;
        tree_rows(g->tree, &g->table, g->row);
    }
    g->in_row = false;
}

void html_grid_row(struct html_grid *g)
{
    end_row(g);
    g->in_row = true;
    g->col = 0;
}

struct document_cell *html_grid_cell(
    struct html_grid *g, uint32_t rowspan, uint32_t colspan)
{
    struct document_cell *cell;

    if (!g->in_row)
        html_grid_row(g);
    while (g->col < LIMIT_TABLE_COLS && g->taken[g->col] > g->row)
        g->col++;
    if (colspan > colspan_max)
        tree_fail(
            g->tree, "reader.size: a colspan of more than %u", colspan_max);
    if (colspan == 0)
        colspan = 1;
    /* 201 to 1000: "over the whole table", to the last column we keep. */
    if (g->col < LIMIT_TABLE_COLS && colspan > LIMIT_TABLE_COLS - g->col)
        colspan = LIMIT_TABLE_COLS - g->col;
    cell = tree_cell(g->tree, &g->table, g->row, g->col, 1, colspan);
    if (!cell)
        return NULL;
    if (rowspan == 0 || rowspan > LIMIT_TABLE_ROWS - g->row)
        rowspan = LIMIT_TABLE_ROWS - g->row;
    cell->rowspan = rowspan; /* cut to its group in html_grid_group_end */
    for (uint32_t c = g->col; c < g->col + colspan; c++)
        if (g->taken[c] < g->row + rowspan)
            g->taken[c] = g->row + rowspan;
    g->col += colspan;
    return cell;
}

void html_grid_group_end(struct html_grid *g)
{
    struct document_table *t;

    end_row(g);
    if (tree_failed(g->tree))
        return;
    t = &g->tree->doc->tables[g->table.index];
    for (uint32_t i = g->group_cell; i < t->cell_n; i++) {
        struct document_cell *cell = &t->cells[i];

        if (cell->rowspan > g->row - cell->row)
            cell->rowspan = g->row - cell->row;
    }
    g->group_cell = t->cell_n;
    for (uint32_t c = 0; c < LIMIT_TABLE_COLS; c++)
        if (g->taken[c] > g->row)
            g->taken[c] = g->row;
}

void html_grid_close(struct html_grid *g)
{
    html_grid_group_end(g);
}
