/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_layout - one page: its tables with their text, and all other lines.
 *
 * Each run goes to the innermost table whose cell holds its middle; what is
 * in none makes lines.  A frame with a single cell is no table, unless a
 * page break left it of one: that is for page_join to see.
 */
#include <math.h>
#include <stdlib.h>

#include "transformer/page_parts.h"

/* Where page numbers stand: parts of the height from either edge. */
#define EDGE 0.12f

/* Between the characters of a page number, in parts of their height. */
#define PAGE_NUMBER_GAP 1.2f

/* Text keeps so far from borders, in points: Word's 5.4 and half a pen;
 * one text in FEW keeps less, without telling what is usual. */
#define PADDING_MAX 6.0f
#define FEW 20u

/* A line is cut off the table when it starts no lower below its end where
 * that is open, or so far above it where a border runs through the line; in
 * heights of letters. */
#define HANGS 0.25f
#define OVERLAPS 0.1f

/* Digits of one number are no farther apart, in heights of letters. */
#define FOLLOWS 0.15f

struct tables {
    uint32_t n;
    struct page_table *of[PAGE_TABLES_MAX];
};

/* The runs of one cell, or those in no cell. */
struct share {
    bool is_crossed; /* a number runs over its border */
    uint32_t n;
    const struct page_run **runs;
};

static float area(const struct page_table *t)
{
    return (t->x1 - t->x0) * (t->y1 - t->y0);
}

/* ---- tables -------------------------------------------------------------- */

static void find_tables(const struct page *page, struct arena *scratch,
    struct arena *arena, struct tables *out)
{
    struct segments s;
    uint32_t h = 0;
    uint32_t v = 0;

    segments_find(page, scratch, &s);
    while (h < s.h_n && v < s.v_n && out->n < PAGE_TABLES_MAX) {
        uint32_t set = s.h[h].set < s.v[v].set ? s.h[h].set : s.v[v].set;
        uint32_t h0 = h;
        uint32_t v0 = v;
        struct page_table *t;

        while (h < s.h_n && s.h[h].set == set)
            h++;
        while (v < s.v_n && s.v[v].set == set)
            v++;
        t = cells_find(s.h + h0, h - h0, s.v + v0, v - v0, scratch, arena);
        if (t)
            out->of[out->n++] = t;
    }
}

static int by_area(const void *a, const void *b)
{
    const struct page_table *const *t = a;
    const struct page_table *const *u = b;
    float x = area(*t);
    float y = area(*u);

    return (x > y) - (x < y);
}

/* The last of n + 1 rising boundaries that is not behind `v`, or n. */
static uint32_t between(const float *at, uint32_t n, float v)
{
    uint32_t low = 0;
    uint32_t high = n;

    if (v < at[0] || v >= at[n])
        return n;
    while (high - low > 1) {
        uint32_t mid = low + (high - low) / 2;

        if (at[mid] <= v)
            low = mid;
        else
            high = mid;
    }
    return low;
}

/* Which cell covers each place of the grid: index + 1. */
static uint32_t *place_cells(const struct page_table *t, struct arena *scratch)
{
    uint32_t *at =
        arena_alloc_n(scratch, (size_t)t->row_n * t->col_n, sizeof(*at));

    for (uint32_t i = 0; i < t->cell_n; i++) {
        const struct page_cell *c = &t->cells[i];

        for (uint32_t r = c->row; r < c->row + c->rowspan; r++)
            for (uint32_t k = c->col; k < c->col + c->colspan; k++)
                at[r * t->col_n + k] = i + 1;
    }
    return at;
}

/* Where a run stands: by its middle, but a line that a page break has cut
 * may hang out of the table. */
static float height_of(const struct page_table *t, const struct page_run *r)
{
    float y = (r->y0 + r->y1) / 2;

    if (y < t->y1 ||
        r->y0 > t->y1 + (t->is_cut ? HANGS : -OVERLAPS) * (r->y1 - r->y0))
        return y;
    return nextafterf(t->y1, t->y0);
}

static uint32_t cell_at(
    const struct page_table *t, const uint32_t *places, float x, float y)
{
    uint32_t c = between(t->x, t->col_n, x);
    uint32_t r = between(t->y, t->row_n, y);

    if (c == t->col_n || r == t->row_n)
        return 0;
    return places[r * t->col_n + c];
}

/* A table whose cell holds another is a layout table, or only a frame. */
static void nest(struct tables *tables, uint32_t *const *places)
{
    for (uint32_t i = 0; i < tables->n; i++) {
        struct page_table *in = tables->of[i];

        for (uint32_t k = i + 1; k < tables->n; k++) {
            struct page_table *out = tables->of[k];
            uint32_t first = cell_at(out, places[k], in->x0, in->y0);

            if (first == 0 || first != cell_at(out, places[k], in->x1, in->y1))
                continue;
            out->is_layout = true;
            in->depth += out->cell_n > 1 ? 1 : 0;
        }
    }
}

/* ---- text into tables ---------------------------------------------------- */

/* Order the runs by the cell they stand in: counted, then placed.  `cell`
 * has the number of each run's cell, 0 for none. */
static struct share *share_out(const struct page *page, const uint32_t *cell,
    uint32_t cell_n, struct arena *arena, struct arena *scratch)
{
    struct share *shares =
        arena_alloc_n(scratch, (size_t)cell_n + 1, sizeof(*shares));
    const struct page_run **runs = arena_alloc_n(
        arena, (size_t)page->run_n + 1, sizeof(struct page_run *));

    for (uint32_t i = 0; i < page->run_n; i++)
        if (cell[i] != UINT32_MAX)
            shares[cell[i]].n++;
    for (uint32_t i = 0; i <= cell_n; i++) {
        shares[i].runs = runs;
        runs += shares[i].n;
        shares[i].n = 0;
    }
    for (uint32_t i = 0; i < page->run_n; i++)
        if (cell[i] != UINT32_MAX)
            shares[cell[i]].runs[shares[cell[i]].n++] = &page->runs[i];
    return shares;
}

/* Digits that follow each other closely in the content are of one number,
 * and where a border lies between them it is too wide for its cell: neither
 * cell tells what it says. */
static void find_crossed(
    const struct page *page, const uint32_t *cell, struct share *shares)
{
    for (uint32_t i = 1; i < page->run_n; i++) {
        const struct page_run *a = &page->runs[i - 1];
        const struct page_run *b = &page->runs[i];
        float size = b->y1 - b->y0;

        if (cell[i - 1] == cell[i] || cell[i - 1] == UINT32_MAX ||
            cell[i] == UINT32_MAX || fabsf(a->y0 - b->y0) > FOLLOWS * size ||
            fabsf(b->x0 - a->x1) > FOLLOWS * size || !text_is_digits(a->text) ||
            !text_is_digits(b->text))
            continue;
        shares[cell[i - 1]].is_crossed = shares[cell[i]].is_crossed = true;
    }
}

/* Corners beside tables that stand on each other are no cells. */
static void drop_corners(struct page_table *t)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < t->cell_n; i++)
        if (t->cells[i].line_n > 0 || !t->cells[i].is_open)
            t->cells[kept++] = t->cells[i];
    t->cell_n = kept;
}

bool line_is_cut_off(const struct page_line *line, float page_width)
{
    const struct page_run *first = line->runs[0];
    const struct page_run *last = line->runs[line->run_n - 1];

    return line->x1 + (last->x1 - last->x0) > page_width ||
           line->x0 < first->x1 - first->x0;
}

static int by_value(const void *a, const void *b)
{
    const float *x = a;
    const float *y = b;

    return (*x > *y) - (*x < *y);
}

/* How near to their borders texts come; a few in boundaries that were
 * snapped to others come nearer. */
static float find_padding(const struct page_table *t, struct arena *scratch)
{
    size_t n = 0;
    float *gap;

    for (uint32_t i = 0; i < t->cell_n; i++)
        n += t->cells[i].line_n;
    gap = arena_alloc_n(scratch, n + 1, sizeof(*gap));
    n = 0;
    for (uint32_t i = 0; i < t->cell_n; i++)
        for (uint32_t k = 0; k < t->cells[i].line_n; k++)
            gap[n++] = t->cells[i].lines[k].x0 - t->cells[i].x0;
    qsort(gap, n, sizeof(*gap), by_value);
    return n ? fminf(PADDING_MAX, fmaxf(0, gap[n / FEW])) : 0;
}

static void fill_table(struct page_table *t, struct share *shares,
    float page_width, struct arena *scratch, struct arena *arena)
{
    for (uint32_t i = 0; i < t->cell_n; i++) {
        struct page_cell *c = &t->cells[i];

        c->page = t->page;
        c->doubtful = shares[i].is_crossed;
        c->lines = page_lines_make(
            shares[i].runs, shares[i].n, c->x1 - c->x0, arena, &c->line_n);
        for (uint32_t k = 0; k < c->line_n; k++)
            c->doubtful =
                c->doubtful || line_is_cut_off(&c->lines[k], page_width);
    }
    t->padding = find_padding(t, scratch);
    for (uint32_t i = 0; i < t->cell_n; i++)
        cell_text(arena, &t->cells[i], t->padding);
    drop_corners(t);
    strips_remove(t);
    numbers_split(t, scratch, arena);
}

static void cut_stacks(struct tables *tables, struct arena *arena)
{
    for (uint32_t i = 0; i < tables->n && tables->n < PAGE_TABLES_MAX; i++) {
        struct page_table *rest = stack_cut(tables->of[i], arena);

        if (rest)
            tables->of[tables->n++] = rest;
    }
}

/* ---- page numbers -------------------------------------------------------- */

/* Set aside the runs of `line` if it is — 3 — close together. */
static void skip_page_number(
    const struct page *page, const struct page_line *line, uint32_t *cell)
{
    const struct page_run *last = NULL;

    if (!text_is_page_number(line->text, false))
        return;
    for (uint32_t i = 0; i < line->run_n; i++) {
        if (text_is_blank(line->runs[i]->text))
            continue;
        if (last && line->runs[i]->x0 - last->x1 > PAGE_NUMBER_GAP * line->size)
            return;
        last = line->runs[i];
    }
    for (uint32_t i = 0; i < line->run_n; i++)
        cell[line->runs[i] - page->runs] = UINT32_MAX;
}

/* Where a table goes on over a page break its open cells may reach down to
 * the page number, which is none of their text. */
static void skip_page_numbers(
    const struct page *page, struct arena *scratch, uint32_t *cell)
{
    const struct page_run **runs = arena_alloc_n(
        scratch, (size_t)page->run_n + 1, sizeof(struct page_run *));

    for (int top = 0; top < 2; top++) {
        struct page_line *lines;
        uint32_t n = 0;

        for (uint32_t i = 0; i < page->run_n; i++) {
            float y = (page->runs[i].y0 + page->runs[i].y1) / 2;

            if (top ? y < page->height * EDGE : y > page->height * (1 - EDGE))
                runs[n++] = &page->runs[i];
        }
        lines = page_lines_make(runs, n, 0, scratch, &n);
        if (n > 0)
            skip_page_number(page, &lines[top ? 0 : n - 1], cell);
    }
}

/* ---- the page ------------------------------------------------------------ */

static bool has_text(const struct page_table *t)
{
    for (uint32_t i = 0; i < t->cell_n; i++)
        if (t->cells[i].line_n > 0)
            return true;
    return false;
}

static void add_lines(
    struct page_layout *out, const struct page_line *lines, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        out->items[out->item_n++] =
            (struct page_item){ .y = lines[i].y0, .line = lines[i] };
}

/* What stands in a layout table is text of the page as well, cell by cell:
 * its lines lie between the tables in it. */
static void add_table(struct page_layout *out, struct page_table *t)
{
    if (t->cell_n > 1 || !t->is_layout)
        out->items[out->item_n++] =
            (struct page_item){ .y = t->y0, .table = t };
    if (t->is_layout)
        for (uint32_t i = 0; i < t->cell_n; i++)
            add_lines(out, t->cells[i].lines, t->cells[i].line_n);
}

static int by_top(const void *a, const void *b)
{
    const struct page_item *i = a;
    const struct page_item *k = b;

    if (i->y != k->y)
        return i->y < k->y ? -1 : 1;
    return (!i->table) - (!k->table);
}

static void make_items(struct page_layout *out, struct tables *tables,
    const struct share *rest, struct arena *scratch, struct arena *arena)
{
    uint32_t n = 0;
    struct page_line *lines =
        page_lines_make(rest->runs, rest->n, 0, arena, &n);
    size_t max;

    tables->n += blank_find(out, lines, &n, scratch, arena,
        tables->of + tables->n, PAGE_TABLES_MAX - tables->n);
    max = n;
    for (uint32_t i = 0; i < tables->n; i++) {
        max++;
        for (uint32_t k = 0; k < tables->of[i]->cell_n; k++)
            max += tables->of[i]->cells[k].line_n;
    }
    out->items = arena_alloc_n(arena, max + 1, sizeof(*out->items));
    add_lines(out, lines, n);
    for (uint32_t i = 0; i < tables->n; i++)
        if (has_text(tables->of[i]))
            add_table(out, tables->of[i]);
    if (out->item_n > 1)
        qsort(out->items, out->item_n, sizeof(*out->items), by_top);
}

/* The number of the cell each run stands in, counted over all tables. */
static uint32_t *find_cells(const struct page *page,
    const struct tables *tables, uint32_t *const *places, const uint32_t *first,
    struct arena *scratch)
{
    uint32_t *cell =
        arena_alloc_n(scratch, (size_t)page->run_n + 1, sizeof(*cell));

    skip_page_numbers(page, scratch, cell);
    for (uint32_t i = 0; i < page->run_n; i++) {
        const struct page_run *r = &page->runs[i];

        for (uint32_t t = 0; t < tables->n && cell[i] == 0; t++) {
            uint32_t at = cell_at(tables->of[t], places[t], (r->x0 + r->x1) / 2,
                height_of(tables->of[t], r));

            if (at > 0)
                cell[i] = first[t] + at;
        }
    }
    return cell;
}

void layout_make(const struct page *page, uint32_t number,
    struct arena *scratch, struct arena *arena, struct page_layout *out)
{
    struct tables tables = { 0 };
    uint32_t *places[PAGE_TABLES_MAX] = { NULL };
    uint32_t first[PAGE_TABLES_MAX + 1] = { 0 };
    struct share *shares;
    const uint32_t *cell;

    *out = (struct page_layout){
        .page = number, .width = page->width, .height = page->height
    };
    find_tables(page, scratch, arena, &tables);
    if (tables.n > 1)
        qsort(tables.of, tables.n, sizeof(struct page_table *), by_area);
    for (uint32_t i = 0; i < tables.n; i++) {
        tables.of[i]->page = number;
        places[i] = place_cells(tables.of[i], scratch);
        first[i + 1] = first[i] + tables.of[i]->cell_n;
    }
    out->cell_n = first[tables.n];
    nest(&tables, places);
    cell = find_cells(page, &tables, places, first, scratch);
    shares = share_out(page, cell, first[tables.n], arena, scratch);
    find_crossed(page, cell, shares);
    for (uint32_t i = 0; i < tables.n; i++)
        fill_table(
            tables.of[i], shares + first[i] + 1, page->width, scratch, arena);
    cut_stacks(&tables, arena);
    make_items(out, &tables, &shares[0], scratch, arena);
}
