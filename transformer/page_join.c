/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_join - one table from its fragments on following pages.
 *
 * The last thing on a page and the first on the next are one table when
 * they are equally wide and their columns agree; the columns of the whole
 * are those of all fragments.  Header rows that are printed again are left
 * out, and what the break tore is put together as page_torn says.
 */
#include <math.h>
#include <stdlib.h>

#include "common/limits.h"
#include "transformer/page_parts.h"

/* How far boundaries of one column may lie apart, in points. */
#define SHIFT 4.0f

/* Share of the columns' boundaries that must agree. */
#define AGREE 0.7f

/* Above this, in parts of the height, the rest of a table starts.  It may
 * have ended anywhere: rows that must not be torn leave room. */
#define HIGH 0.4f

/* ---- do they fit? -------------------------------------------------------- */

static bool has_boundary(const struct page_table *t, float x)
{
    for (uint32_t i = 0; i <= t->col_n; i++)
        if (fabsf(t->x[i] - x) <= SHIFT)
            return true;
    return false;
}

static bool columns_agree(
    const struct page_table *a, const struct page_table *b)
{
    const struct page_table *coarse = a->col_n < b->col_n ? a : b;
    const struct page_table *fine = coarse == a ? b : a;
    uint32_t same = 0;

    if (fabsf(a->x0 - b->x0) > SHIFT || fabsf(a->x1 - b->x1) > SHIFT)
        return false;
    for (uint32_t i = 0; i <= coarse->col_n; i++)
        same += has_boundary(fine, coarse->x[i]) ? 1 : 0;
    return (float)same >= AGREE * (float)(coarse->col_n + 1);
}

/* ---- common columns ------------------------------------------------------ */

static uint32_t nearest(const float *x, uint32_t n, float v)
{
    uint32_t best = 0;

    for (uint32_t i = 1; i < n; i++)
        if (fabsf(x[i] - v) < fabsf(x[best] - v))
            best = i;
    return best;
}

static int by_value(const void *a, const void *b)
{
    const float *x = a;
    const float *y = b;

    return (*x > *y) - (*x < *y);
}

/* Boundaries of both tables; their number. */
static uint32_t unite(
    const struct page_table *a, const struct page_table *b, float *x)
{
    uint32_t n = 0;
    uint32_t kept = 0;

    for (uint32_t i = 0; i <= a->col_n; i++)
        x[n++] = a->x[i];
    for (uint32_t i = 0; i <= b->col_n; i++)
        if (!has_boundary(a, b->x[i]))
            x[n++] = b->x[i];
    qsort(x, n, sizeof(*x), by_value);
    for (uint32_t i = 0; i < n; i++)
        if (kept == 0 || x[i] > x[kept - 1])
            x[kept++] = x[i];
    return kept;
}

/* Let the cells of `t` count the columns of `x`. */
static void recount(struct page_table *t, const float *x, uint32_t n)
{
    uint32_t place[LIMIT_TABLE_COLS + 1];

    for (uint32_t i = 0; i <= t->col_n; i++) {
        place[i] = nearest(x, n, t->x[i]);
        /* Two boundaries never fall together. */
        if (i > 0 && place[i] <= place[i - 1])
            place[i] = place[i - 1] + 1;
    }
    for (uint32_t i = 0; i < t->cell_n; i++) {
        struct page_cell *c = &t->cells[i];
        uint32_t end = place[c->col + c->colspan];

        c->col = place[c->col];
        c->colspan = end - c->col;
    }
}

/* False when there would be too many. */
static bool share_columns(
    struct page_table *a, struct page_table *b, struct arena *arena)
{
    float *x =
        arena_alloc_n(arena, (size_t)a->col_n + b->col_n + 2, sizeof(*x));
    uint32_t n = unite(a, b, x);

    if (n > LIMIT_TABLE_COLS + 1)
        return false;
    if (n != a->col_n + 1)
        recount(a, x, n);
    recount(b, x, n);
    a->x = b->x = x;
    a->col_n = b->col_n = n - 1;
    return true;
}

/* ---- repeated headers ---------------------------------------------------- */

static uint32_t next_row(const struct page_table *t, uint32_t cell)
{
    uint32_t row = t->cells[cell].row;

    while (cell < t->cell_n && t->cells[cell].row == row)
        cell++;
    return cell;
}

/* Is `b` the cell `a` of a header again?  Some writers leave out the text of
 * those that span rows. */
static bool is_same_cell(const struct page_cell *a, const struct page_cell *b)
{
    return a->row == b->row && a->col == b->col && a->colspan == b->colspan &&
           a->rowspan == b->rowspan &&
           (slice_eq(a->text, b->text) || (b->rowspan > 1 && b->line_n == 0));
}

static bool has_digit(struct slice s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9')
            return true;
    return false;
}

/* How many rows at the top of `b` are those at the top of `a` again. */
static uint32_t repeated_rows(
    const struct page_table *a, const struct page_table *b)
{
    uint32_t rows = 0;
    uint32_t reach = 0; /* below the cells seen so far */
    bool words = false;

    for (uint32_t i = 0; i < b->cell_n;) {
        uint32_t end = next_row(b, i);

        for (; i < end; i++) {
            const struct page_cell *c = &b->cells[i];

            if (i >= a->cell_n || !is_same_cell(&a->cells[i], c) ||
                has_digit(c->text))
                return rows;
            words = words || c->text.len > 0;
            if (c->row + c->rowspan > reach)
                reach = c->row + c->rowspan;
        }
        if (words && (i == b->cell_n || b->cells[i].row >= reach) &&
            (i == a->cell_n || a->cells[i].row >= reach))
            rows = reach;
    }
    return rows;
}

/* ---- put together -------------------------------------------------------- */

static void append_lines(
    struct page_cell *a, const struct page_cell *b, struct arena *arena)
{
    struct page_line *lines =
        arena_alloc_n(arena, (size_t)a->line_n + b->line_n + 1, sizeof(*lines));

    if (a->line_n)
        memcpy(lines, a->lines, a->line_n * sizeof(*lines));
    if (b->line_n)
        memcpy(lines + a->line_n, b->lines, b->line_n * sizeof(*lines));
    a->lines = lines;
    a->line_n += b->line_n;
    a->doubtful = a->doubtful || b->doubtful;
}

static void push(
    struct page_table *t, const struct page_cell *c, struct arena *arena)
{
    if (t->cell_n >= t->cell_cap) {
        struct page_cell *more;

        t->cell_cap = t->cell_n * 2 + 64;
        more = arena_alloc_n(arena, t->cell_cap, sizeof(*more));
        memcpy(more, t->cells, t->cell_n * sizeof(*more));
        t->cells = more;
    }
    t->cells[t->cell_n++] = *c;
}

/* Take out cells without text where others of their row came below the
 * break: `c` is one of those. */
static void displace(struct page_table *a, uint32_t n, struct page_cell *c)
{
    for (uint32_t i = 0; i < n; i++) {
        struct page_cell *strip = &a->cells[i];

        if (strip->row == c->row && strip->line_n == 0 && strip->rowspan == 1 &&
            strip->col <= c->col &&
            strip->col + strip->colspan >= c->col + c->colspan)
            strip->colspan = 0;
    }
}

static void drop_displaced(struct page_table *a)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < a->cell_n; i++)
        if (a->cells[i].colspan > 0)
            a->cells[kept++] = a->cells[i];
    a->cell_n = kept;
}

/* Rows of `b` from `first` on, as rows of `a` from `at` on. */
static void append_rows(struct page_table *a, struct page_table *b,
    uint32_t first, uint32_t at, const struct torn *torn, struct arena *arena)
{
    uint32_t above_n = a->cell_n;

    for (uint32_t i = 0; i < b->cell_n; i++) {
        struct page_cell *c = &b->cells[i];

        if (c->row < first)
            continue;
        c->row = c->row - first + at;
        if (torn->partner[i]) {
            struct page_cell *up = &a->cells[torn->partner[i] - 1];

            if (!slice_eq(up->text, c->text))
                append_lines(up, c, arena);
            if (c->row + c->rowspan > up->row + up->rowspan)
                up->rowspan = c->row + c->rowspan - up->row;
            cell_text(arena, up, a->padding);
        } else if (!torn->row || c->row > at || c->line_n > 0) {
            if (torn->row && c->row == at)
                displace(a, above_n, c);
            push(a, c, arena);
        }
    }
    drop_displaced(a);
    a->row_n = at + b->row_n - first;
    a->y = b->y;
    a->y1 = b->y1;
}

static bool absorb(
    struct page_table *a, struct page_table *b, struct arena *arena)
{
    uint32_t first;
    struct torn torn;

    if (!columns_agree(a, b) || a->row_n + b->row_n > LIMIT_TABLE_ROWS ||
        !share_columns(a, b, arena))
        return false;
    a->padding = fminf(a->padding, b->padding);
    first = repeated_rows(a, b);
    torn = torn_find(a, b, first, arena);
    append_rows(a, b, first, a->row_n - (torn.row ? 1 : 0), &torn, arena);
    return true;
}

/* ---- over the pages ------------------------------------------------------ */

/* 续表 above the next fragment. */
static bool says_continued(const struct page_item *item)
{
    return !item->table && item->line.text.len < 24 &&
           slice_find(item->line.text, SLICE_LIT("续表")) >= 0;
}

static uint32_t first_item(const struct page_layout *p)
{
    uint32_t i = 0;

    while (i < p->item_n &&
           (p->items[i].furniture || says_continued(&p->items[i])))
        i++;
    return i;
}

/* The table that ends the page, or NULL. */
static struct page_table *last_table(const struct page_layout *p)
{
    for (uint32_t i = p->item_n; i-- > 0;)
        if (!p->items[i].furniture)
            return p->items[i].table && !p->items[i].table->is_layout &&
                           p->items[i].table->depth == 0
                       ? p->items[i].table
                       : NULL;
    return NULL;
}

/* True when the page begins with numbers without a label.  Bare digits at
 * its edge are a page number more often than not, but nothing proves it. */
static bool starts_with_numbers(const struct page_layout *p)
{
    uint32_t first = first_item(p);

    for (uint32_t i = 0; i < p->item_n && i <= first; i++) {
        const struct page_item *item = &p->items[i];

        if (item->table ? item->table->starts_torn
                        : text_is_digits(item->line.text))
            return true;
    }
    return false;
}

/* Numbers without a label at the top of a page may be the rest of those in
 * the last row before it, where no rulings tell. */
static void doubt_last(struct page_table *t, const struct page_layout *next)
{
    if (!t || !t->is_blank || !starts_with_numbers(next))
        return;
    for (uint32_t i = 0; i < t->cell_n; i++)
        if (t->cells[i].row + 1 == t->row_n)
            t->cells[i].doubtful = true;
}

void tables_join(
    struct page_layout *pages, uint32_t page_n, struct arena *arena)
{
    struct page_table *open = page_n ? last_table(&pages[0]) : NULL;

    for (uint32_t p = 1; p < page_n; p++) {
        struct page_layout *page = &pages[p];
        uint32_t first = first_item(page);
        struct page_table *t =
            first < page->item_n ? page->items[first].table : NULL;
        struct page_table *end = last_table(page);

        doubt_last(open, page);
        if (open && t && !t->is_layout && t->depth == 0 &&
            t->y0 < HIGH * page->height && absorb(open, t, arena)) {
            for (uint32_t i = 0; i <= first; i++)
                page->items[i].furniture = true;
            open = end == t ? open : end;
        } else {
            open = end;
        }
    }
}
