/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sheet_tables - a sheet's cells to paragraphs and tables.
 *
 * A sheet has no tables, only cells.  Blank rows part regions.  Columns of
 * a region are those in which anything begins or ends: exports spread a
 * table of 10 columns over 27, all labels merged.  A row with one text and
 * no ruling is a title, a heading or a note and becomes a paragraph:
 *   ruled region     always
 *   without rulings  when it comes first; when it is merged over columns
 *                    and has a section's number, or no table goes on below.
 *                    Where one does, the text is its first row as well.
 */
#include "transformer/sheet.h"

#include <stdlib.h>

#include "common/limits.h"
#include "common/mem.h"

/* Narrowed columns of a region, before those that are the same become one:
 * what LibreOffice makes of a page in layout tables has 300. */
#define EDGES_MAX 1000u

struct region {
    const struct sheet *sheet;
    struct tree *tree;
    uint32_t first, last; /* items: from, first beyond */
    uint32_t row, row_n;
    uint32_t col, col_end; /* of the items with text */
    bool ruled;            /* has a ruled row */
    uint32_t *edge;        /* columns where the narrowed ones begin */
    uint32_t edge_n;
    uint32_t col_n;           /* narrowed */
    uint32_t *place;          /* row_n * col_n: item + 1, or 0 */
    uint32_t keep[EDGES_MAX]; /* columns of place[] to show */
    uint32_t keep_n;
    bool used[EDGES_MAX]; /* columns of place[] with any item */
    struct row *rows;
};

/* What a row of a region is. */
struct row {
    uint32_t text_n;   /* items with text that begin here */
    uint32_t single;   /* the last of them */
    bool under, ruled; /* a merged range comes from above; a cell is ruled */
};

/* ---- rows ------------------------------------------------------------ */

/* Ruled rows from `from` to before `to`. */
static uint32_t ruled_between(const struct sheet *s, uint32_t from, uint32_t to)
{
    uint32_t low = 0, high = s->ruled_n, n = 0;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (s->ruled[middle] < from)
            low = middle + 1;
        else
            high = middle;
    }
    while (low + n < s->ruled_n && s->ruled[low + n] < to)
        n++;
    return n;
}

/* Take the items up to the next blank row; false when there are none. */
static bool next_region(struct region *g, uint32_t from)
{
    const struct sheet *s = g->sheet;
    uint32_t end = 0;

    while (from < s->item_n && !s->item[from].text.len)
        from++;
    if (from == s->item_n)
        return false;
    g->first = from;
    g->row = s->item[from].row;
    g->col = UINT32_MAX;
    g->col_end = 0;
    /* A merged range without text that begins to the left of it. */
    while (g->first && s->item[g->first - 1].row == g->row)
        g->first--;
    for (g->last = from; g->last < s->item_n; g->last++) {
        const struct sheet_item *item = &s->item[g->last];

        if (!item->text.len)
            continue;
        if (g->last > from && item->row > end &&
            ruled_between(s, end, item->row) < item->row - end)
            break;
        if (end < item->row_end)
            end = item->row_end;
        if (g->col > item->col)
            g->col = item->col;
        if (g->col_end < item->col_end)
            g->col_end = item->col_end;
    }
    g->row_n = end - g->row;
    g->ruled = ruled_between(s, g->row, end) > 0;
    return true;
}

/* ---- columns --------------------------------------------------------- */

/* The part of an item that lies in the region; false when there is none. */
static bool clip(const struct region *g, uint32_t i, struct sheet_item *out)
{
    *out = g->sheet->item[i];
    if (out->row >= g->row + g->row_n || out->col >= g->col_end ||
        out->col_end <= g->col)
        return false;
    if (out->row_end > g->row + g->row_n)
        out->row_end = g->row + g->row_n;
    if (out->col < g->col)
        out->col = g->col;
    if (out->col_end > g->col_end)
        out->col_end = g->col_end;
    return true;
}

static int compare_numbers(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static void find_edges(struct region *g)
{
    struct sheet_item item;
    uint32_t n = 0;

    g->edge_n = 0;
    g->edge = mem_alloc_n((size_t)(g->last - g->first) * 2, sizeof(*g->edge));
    for (uint32_t i = g->first; i < g->last; i++)
        if (clip(g, i, &item)) {
            g->edge[g->edge_n++] = item.col;
            g->edge[g->edge_n++] = item.col_end;
        }
    qsort(g->edge, g->edge_n, sizeof(*g->edge), compare_numbers);
    for (uint32_t i = 0; i < g->edge_n; i++)
        if (n == 0 || g->edge[n - 1] != g->edge[i])
            g->edge[n++] = g->edge[i];
    g->edge_n = n;
    g->col_n = n - 1;
}

/* The narrowed column that begins at `col`, which is an edge. */
static uint32_t narrow(const struct region *g, uint32_t col)
{
    const uint32_t *hit =
        bsearch(&col, g->edge, g->edge_n, sizeof(*g->edge), compare_numbers);

    return (uint32_t)(hit - g->edge);
}

/* ---- places ---------------------------------------------------------- */

static bool is_free(const struct region *g, uint32_t row, uint32_t row_end,
    uint32_t col, uint32_t col_end)
{
    for (uint32_t r = row; r < row_end; r++)
        for (uint32_t c = col; c < col_end; c++)
            if (g->place[r * g->col_n + c])
                return false;
    return true;
}

/* Items go where nothing is yet: cells under a merged range are not shown,
 * ranges that overlap are nobody's. */
static void place(struct region *g, uint32_t i)
{
    struct sheet_item item;
    uint32_t row, row_end, col, col_end;

    if (!clip(g, i, &item))
        return;
    row = item.row - g->row;
    row_end = item.row_end - g->row;
    col = narrow(g, item.col);
    col_end = narrow(g, item.col_end);
    if (!is_free(g, row, row_end, col, col_end))
        return;
    for (uint32_t r = row; r < row_end; r++)
        for (uint32_t c = col; c < col_end; c++) {
            g->place[r * g->col_n + c] = i + 1;
            g->used[c] = true;
        }
    if (item.text.len) {
        g->rows[row].text_n++;
        g->rows[row].single = i;
    }
    for (uint32_t r = row + 1; r < row_end; r++)
        g->rows[r].under = true;
}

/* ---- what rows are --------------------------------------------------- */

static bool is_single(const struct region *g, uint32_t r)
{
    const struct row *row = &g->rows[r];
    const struct sheet_item *item = &g->sheet->item[row->single];

    return row->text_n == 1 && !row->under && !row->ruled &&
           item->row_end == item->row + 1;
}

/* Does a text begin with a number like those of sections: "三、"? */
static bool is_numbered(struct slice s)
{
    static const char digits[] = "一二三四五六七八九十";
    bool any = false;

    while (s.len >= 3 && memmem(digits, sizeof(digits) - 1, s.p, 3)) {
        s = slice_skip(s, 3);
        any = true;
    }
    return any && (slice_starts(s, SLICE_LIT("、")) ||
                      slice_starts(s, SLICE_LIT("．")) ||
                      slice_starts(s, SLICE_LIT(".")));
}

/* Does the row leave the table, as a paragraph?  `begun`: the table has
 * rows above it. */
static bool is_paragraph(const struct region *g, uint32_t r, bool begun)
{
    const struct sheet_item *item = &g->sheet->item[g->rows[r].single];
    bool last = r + 1 == g->row_n || is_single(g, r + 1);

    if (!is_single(g, r))
        return false;
    if (g->ruled || !begun)
        return true;
    return item->col_end > item->col + 1 && (last || is_numbered(item->text));
}

/* ---- out ------------------------------------------------------------- */

static uint32_t at(const struct region *g, uint32_t r, uint32_t c)
{
    return g->place[r * g->col_n + c];
}

/* Do two columns show the same cells in all these rows, and some at all? */
static bool is_same(
    const struct region *g, uint32_t c, uint32_t d, uint32_t from, uint32_t to)
{
    bool some = false;

    for (uint32_t r = from; r < to; r++) {
        if (at(g, r, c) != at(g, r, d))
            return false;
        some = some || at(g, r, c);
    }
    return some;
}

/* The columns of a table: no gaps, and one of those that are the same. */
static void keep_columns(struct region *g, uint32_t from, uint32_t to)
{
    g->keep_n = 0;
    for (uint32_t c = 0; c < g->col_n; c++) {
        uint32_t last = g->keep_n ? g->keep[g->keep_n - 1] : 0;

        if (g->used[c] && !(g->keep_n && is_same(g, last, c, from, to)))
            g->keep[g->keep_n++] = c;
    }
}

/* Rows and columns that the cell at row `r`, kept column `k` takes. */
static void extent(const struct region *g, uint32_t r, uint32_t k,
    uint32_t row_end, uint32_t *rowspan, uint32_t *colspan)
{
    uint32_t is = at(g, r, g->keep[k]);

    *rowspan = *colspan = 1;
    if (!is)
        return;
    while (k + *colspan < g->keep_n && at(g, r, g->keep[k + *colspan]) == is)
        ++*colspan;
    while (r + *rowspan < row_end && at(g, r + *rowspan, g->keep[k]) == is)
        ++*rowspan;
}

static void put_row(const struct region *g, struct tree_table *table,
    uint32_t r, uint32_t from, uint32_t to)
{
    struct tree *tree = g->tree;
    uint32_t rowspan, colspan;

    for (uint32_t k = 0; k < g->keep_n; k += colspan) {
        uint32_t is = at(g, r, g->keep[k]);
        struct document_cell *cell;

        extent(g, r, k, to, &rowspan, &colspan);
        if (is && r > from && at(g, r - 1, g->keep[k]) == is)
            continue; /* from above */
        cell = tree_cell(tree, table, r - from, k, rowspan, colspan);
        if (!cell)
            return;
        if (is)
            cell->text = tree_text(tree, g->sheet->item[is - 1].text);
    }
}

/* Rows from `from` to before `to` as a table; none when they are blank. */
static void put_table(struct region *g, uint32_t from, uint32_t to)
{
    struct tree_table table;

    while (to > from && !g->rows[to - 1].text_n && !g->rows[to - 1].under)
        to--;
    while (from < to && !g->rows[from].text_n)
        from++;
    if (from == to)
        return;
    keep_columns(g, from, to);
    table = tree_table_open(g->tree, 0);
    for (uint32_t r = from; r < to && !tree_failed(g->tree); r++)
        put_row(g, &table, r, from, to);
}

static void put_region(struct region *g)
{
    uint32_t from = 0;

    for (uint32_t r = 0; r < g->row_n; r++) {
        struct slice text = g->sheet->item[g->rows[r].single].text;

        if (!is_paragraph(g, r, r > from))
            continue;
        put_table(g, from, r);
        tree_paragraph(g->tree, 0, text);
        from = r + 1;
        if (!g->ruled && r + 1 < g->row_n && !is_single(g, r + 1) &&
            g->sheet->item[g->rows[r].single].merged)
            from = r;
    }
    put_table(g, from, g->row_n);
}

static void read_region(struct region *g)
{
    if (g->row_n > LIMIT_TABLE_ROWS) {
        tree_fail(g->tree, "reader.size: a table of more than %u rows",
            LIMIT_TABLE_ROWS);
        return;
    }
    find_edges(g);
    if (g->col_n > EDGES_MAX) {
        tree_fail(
            g->tree, "reader.size: a table of more than %u columns", EDGES_MAX);
        mem_free(g->edge);
        return;
    }
    memset(g->used, 0, sizeof(g->used));
    g->place = mem_alloc_n((size_t)g->row_n * g->col_n, sizeof(*g->place));
    g->rows = mem_alloc_n(g->row_n, sizeof(*g->rows));
    for (uint32_t i = g->first; i < g->last; i++)
        place(g, i);
    for (uint32_t r = 0; r < g->row_n; r++)
        g->rows[r].ruled =
            ruled_between(g->sheet, g->row + r, g->row + r + 1) > 0;
    put_region(g);
    mem_free(g->place);
    mem_free(g->rows);
    mem_free(g->edge);
}

void sheet_tables(const struct sheet *s, struct tree *tree)
{
    struct region g = { .sheet = s, .tree = tree };

    for (uint32_t i = 0; !tree_failed(tree) && next_region(&g, i); i = g.last)
        read_region(&g);
}
