/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_strips - lines left over where a row was moved.
 *
 * Some writers draw a border again a little above or below where it is, so
 * that cells of a row come in two, an empty one too low for any text and the
 * true one, beside cells that span both.  The two rows are made one.
 */
#include <stdlib.h>

#include "transformer/page_parts.h"

static int by_place(const void *a, const void *b)
{
    const struct page_cell *c = a;
    const struct page_cell *d = b;

    if (c->row != d->row)
        return c->row < d->row ? -1 : 1;
    return (c->col > d->col) - (c->col < d->col);
}

/* No line of letters like those in `full` has room in the empty `c`.  In
 * pictures such lines are strokes of letters, which cannot be read then: a
 * row with values and no label is better than one with a wrong label. */
static bool is_too_low(const struct page_cell *c, const struct page_cell *full)
{
    return c->line_n == 0 &&
           (full->line_n == 0 ||
               (c->y1 - c->y0 < full->lines[0].size &&
                   full->lines[0].runs[0]->reading == READING_TEXT));
}

/* Cells from `a` on start in row `row`, those from `b` to `end` in the next
 * one.  Is each of the former that ends there a part of one of the latter? */
static bool is_strip(
    const struct page_table *t, uint32_t a, uint32_t b, uint32_t end)
{
    uint32_t k = b;
    bool any = false;

    for (uint32_t i = a; i < b; i++) {
        const struct page_cell *c = &t->cells[i];
        const struct page_cell *d = &t->cells[k];

        if (c->rowspan > 1)
            continue;
        if (k == end || d->rowspan > 1 || c->col != d->col ||
            c->colspan != d->colspan || !(is_too_low(c, d) || is_too_low(d, c)))
            return false;
        any = any || c->line_n + d->line_n > 0;
        k++;
    }
    return any && k == end;
}

/* Make row `row` and the next one; cells from `a` and `b` on as above. */
static void unite(struct page_table *t, uint32_t row, uint32_t a, uint32_t b)
{
    uint32_t k = b;
    uint32_t kept = 0;
    uint32_t end = a;

    for (uint32_t i = a; i < b; i++) {
        struct page_cell *c = &t->cells[i];

        if (c->rowspan > 1)
            continue;
        if (t->cells[k].line_n > 0) {
            t->cells[k].y0 = c->y0;
            t->cells[k].row = row;
            c->colspan = 0; /* it goes */
        } else {
            c->y1 = t->cells[k].y1;
            t->cells[k].colspan = 0;
        }
        k++;
    }
    for (uint32_t i = 0; i < t->cell_n; i++) {
        struct page_cell c = t->cells[i];

        if (c.colspan == 0)
            continue;
        if (c.row > row)
            c.row--;
        else if (c.row + c.rowspan > row + 1)
            c.rowspan--;
        t->cells[kept++] = c;
    }
    t->cell_n = kept;
    for (uint32_t r = row + 1; r < t->row_n; r++)
        t->y[r] = t->y[r + 1];
    t->row_n--;
    while (end < t->cell_n && t->cells[end].row == row)
        end++;
    qsort(t->cells + a, end - a, sizeof(*t->cells), by_place);
}

/* Does a cell of an earlier row end with row `row`? */
static bool has_end(const struct page_table *t, uint32_t before, uint32_t row)
{
    for (uint32_t i = 0; i < before; i++)
        if (t->cells[i].rowspan > 1 &&
            t->cells[i].row + t->cells[i].rowspan == row + 1)
            return true;
    return false;
}

/* The first cell from `i` on that starts in row `row` or later. */
static uint32_t row_start(const struct page_table *t, uint32_t i, uint32_t row)
{
    while (i < t->cell_n && t->cells[i].row < row)
        i++;
    return i;
}

void strips_remove(struct page_table *t)
{
    uint32_t a = 0;

    for (uint32_t row = 0; row + 1 < t->row_n; row++) {
        uint32_t b, end;

        a = row_start(t, a, row);
        b = row_start(t, a, row + 1);
        end = row_start(t, b, row + 2);
        if (is_strip(t, a, b, end) && !has_end(t, b, row))
            unite(t, row, a, b);
    }
}
