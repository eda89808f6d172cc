/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_cells - lines that hang together to cells with spans.
 *
 * The coordinates of all lines make elementary cells.  Neighbours with no
 * line between them are one cell, and its span is how many it covers.
 * Where a table goes on on the next page its border is often left out: if
 * lines run past the last one across them, there is an edge at their end.
 */
#include <math.h>
#include <stdlib.h>

#include "common/limits.h"
#include "transformer/page_parts.h"

/* Share of a side that must be drawn to part two cells; and in cells that
 * come out with corners, where the line has gaps. */
#define DRAWN 0.6f
#define DRAWN_PARTLY 0.15f

/* Points: lower is no row of text. */
#define ROW_HEIGHT 8.0f

struct lattice {
    uint32_t row_n, col_n;
    float *x, *y;
    float *across;   /* how much of each side is drawn: line, then column */
    float *down;     /* row, then line */
    uint32_t *up;    /* union-find of elementary cells */
    uint32_t *cells; /* 1 + number of the cell, 0 for none yet */
    /* The outermost line is none that is drawn. */
    bool hidden_left, hidden_right, hidden_top, hidden_bottom;
};

static int by_value(const void *a, const void *b)
{
    const float *x = a;
    const float *y = b;

    return (*x > *y) - (*x < *y);
}

/* Where the lines across end that run past `edge`, the last of `line_n`: an
 * edge that is not drawn there.  One of them is enough if it runs as far as a
 * row is high: a row without a border may have two cells only.  `sign` 1 for
 * the end, -1 for the start. */
static bool hidden_edge(const struct segment *across, uint32_t n,
    uint32_t line_n, float edge, float sign, float *at)
{
    uint32_t past = 0;

    for (uint32_t i = 0; i < n; i++) {
        float end = sign > 0 ? across[i].to : across[i].from;

        if ((end - edge) * sign <= THIN)
            continue;
        if (past == 0 || (end - *at) * sign > 0)
            *at = end;
        past++;
    }
    return past >= 2 ||
           (past == 1 && line_n >= 2 && (*at - edge) * sign >= ROW_HEIGHT);
}

/* The coordinates of `lines` in order, with hidden edges; their number. */
static uint32_t coordinates(const struct segment *lines, uint32_t n,
    const struct segment *across, uint32_t across_n, float *at, bool *first,
    bool *last)
{
    uint32_t kept = 0;
    float end;

    for (uint32_t i = 0; i < n; i++)
        at[i] = lines[i].at;
    qsort(at, n, sizeof(*at), by_value);
    *first = hidden_edge(across, across_n, n, at[0], -1, &end);
    if (*first)
        at[n++] = end;
    qsort(at, n, sizeof(*at), by_value);
    *last = hidden_edge(across, across_n, n, at[n - 1], 1, &end);
    if (*last)
        at[n++] = end;
    for (uint32_t i = 0; i < n; i++) {
        float before = kept ? at[kept - 1] : 0;

        if (kept && at[i] - before < THIN)
            at[kept - 1] = (before + at[i]) / 2;
        else
            at[kept++] = at[i];
    }
    return kept;
}

/* The coordinate nearest to `v`. */
static uint32_t nearest(const float *at, uint32_t n, float v)
{
    uint32_t low = 0;
    uint32_t high = n - 1;

    while (low < high) {
        uint32_t mid = low + (high - low) / 2;

        if (at[mid] < v)
            low = mid + 1;
        else
            high = mid;
    }
    return low > 0 && v - at[low - 1] < at[low] - v ? low - 1 : low;
}

static float overlap(float a0, float a1, float b0, float b1)
{
    return fmaxf(0, fminf(a1, b1) - fmaxf(a0, b0));
}

/* How much of each side is drawn.  Hidden edges count as whole. */
static void measure(struct lattice *l, const struct segment *h, uint32_t h_n,
    const struct segment *v, uint32_t v_n)
{
    for (uint32_t i = 0; i < h_n; i++) {
        uint32_t k = nearest(l->y, l->row_n + 1, h[i].at);

        for (uint32_t c = 0; c < l->col_n; c++)
            l->across[k * l->col_n + c] +=
                overlap(h[i].from, h[i].to, l->x[c], l->x[c + 1]);
    }
    for (uint32_t i = 0; i < v_n; i++) {
        uint32_t k = nearest(l->x, l->col_n + 1, v[i].at);

        for (uint32_t r = 0; r < l->row_n; r++)
            l->down[r * (l->col_n + 1) + k] +=
                overlap(v[i].from, v[i].to, l->y[r], l->y[r + 1]);
    }
}

/* Is nothing drawn on the outer sides of an elementary cell? */
static bool is_open_outside(const struct lattice *l, uint32_t r, uint32_t c)
{
    float w = DRAWN_PARTLY * (l->x[c + 1] - l->x[c]);
    float h = DRAWN_PARTLY * (l->y[r + 1] - l->y[r]);
    const float *down = l->down + (size_t)r * (l->col_n + 1);

    return (c == 0 && !l->hidden_left && down[0] < h) ||
           (c + 1 == l->col_n && !l->hidden_right && down[l->col_n] < h) ||
           (r == 0 && !l->hidden_top && l->across[c] < w) ||
           (r + 1 == l->row_n && !l->hidden_bottom &&
               l->across[(r + 1) * l->col_n + c] < w);
}

static uint32_t root(uint32_t *up, uint32_t i)
{
    while (up[i] != i) {
        up[i] = up[up[i]];
        i = up[i];
    }
    return i;
}

static bool is_open_right(
    const struct lattice *l, uint32_t r, uint32_t c, float drawn)
{
    return c + 1 < l->col_n && l->down[r * (l->col_n + 1) + c + 1] <
                                   drawn * (l->y[r + 1] - l->y[r]);
}

static bool is_open_below(
    const struct lattice *l, uint32_t r, uint32_t c, float drawn)
{
    return r + 1 < l->row_n &&
           l->across[(r + 1) * l->col_n + c] < drawn * (l->x[c + 1] - l->x[c]);
}

static void unite(struct lattice *l)
{
    uint32_t n = l->row_n * l->col_n;

    for (uint32_t i = 0; i < n; i++)
        l->up[i] = i;
    for (uint32_t r = 0; r < l->row_n; r++)
        for (uint32_t c = 0; c < l->col_n; c++) {
            uint32_t i = r * l->col_n + c;

            if (is_open_right(l, r, c, DRAWN))
                l->up[root(l->up, i + 1)] = root(l->up, i);
            if (is_open_below(l, r, c, DRAWN))
                l->up[root(l->up, i + l->col_n)] = root(l->up, i);
        }
}

/* Is the elementary cell free and of the same set? */
static bool can_take(
    const struct lattice *l, uint32_t r, uint32_t c, uint32_t set)
{
    uint32_t i = r * l->col_n + c;

    return l->cells[i] == 0 && root(l->up, i) == set;
}

/* All of row `r` under c..c+w-1 is open to the row above and within. */
static bool can_grow(const struct lattice *l, uint32_t r, uint32_t c,
    uint32_t w, uint32_t set, float drawn)
{
    for (uint32_t i = 0; i < w; i++)
        if (!can_take(l, r, c + i, set) ||
            !is_open_below(l, r - 1, c + i, drawn) ||
            (i + 1 < w && !is_open_right(l, r, c + i, drawn)))
            return false;
    return true;
}

static void take(
    struct lattice *l, const struct page_cell *cell, uint32_t number)
{
    for (uint32_t r = 0; r < cell->rowspan; r++)
        for (uint32_t c = 0; c < cell->colspan; c++)
            l->cells[(cell->row + r) * l->col_n + cell->col + c] = number;
}

/* The rectangle from (r, c) that the lines leave open. */
static struct page_cell grow(
    const struct lattice *l, uint32_t r, uint32_t c, float drawn)
{
    uint32_t set = root(l->up, r * l->col_n + c);
    struct page_cell cell = { .row = r, .col = c, .rowspan = 1, .colspan = 1 };

    while (is_open_right(l, r, c + cell.colspan - 1, drawn) &&
           can_take(l, r, c + cell.colspan, set))
        cell.colspan++;
    while (r + cell.rowspan < l->row_n &&
           can_grow(l, r + cell.rowspan, c, cell.colspan, set, drawn))
        cell.rowspan++;
    return cell;
}

/* Elementary cells of each set, at its root. */
static uint32_t *set_sizes(struct lattice *l, struct arena *scratch)
{
    uint32_t n = l->row_n * l->col_n;
    uint32_t *size = arena_alloc_n(scratch, n, sizeof(*size));

    for (uint32_t i = 0; i < n; i++)
        size[root(l->up, i)]++;
    return size;
}

/* A set that is no rectangle is one whose lines have gaps: then a short
 * piece of a line parts cells as well. */
static void make_cells(
    struct lattice *l, struct page_table *t, struct arena *scratch)
{
    uint32_t n = l->row_n * l->col_n;
    const uint32_t *size = set_sizes(l, scratch);

    for (uint32_t i = 0; i < n; i++) {
        uint32_t r = i / l->col_n;
        uint32_t c = i % l->col_n;
        struct page_cell cell;

        if (l->cells[i])
            continue;
        cell = grow(l, r, c, DRAWN);
        if (cell.rowspan * cell.colspan != size[root(l->up, i)])
            cell = grow(l, r, c, DRAWN_PARTLY);
        for (uint32_t k = 0; k < cell.rowspan * cell.colspan; k++)
            cell.is_open =
                cell.is_open ||
                is_open_outside(l, r + k / cell.colspan, c + k % cell.colspan);
        cell.x0 = l->x[cell.col];
        cell.x1 = l->x[cell.col + cell.colspan];
        cell.y0 = l->y[cell.row];
        cell.y1 = l->y[cell.row + cell.rowspan];
        t->cells[t->cell_n++] = cell;
        take(l, &cell, t->cell_n);
    }
}

static float *keep(struct arena *arena, const float *at, uint32_t n)
{
    float *copy = arena_alloc_n(arena, n, sizeof(*copy));

    memcpy(copy, at, n * sizeof(*copy));
    return copy;
}

struct page_table *cells_find(const struct segment *h, uint32_t h_n,
    const struct segment *v, uint32_t v_n, struct arena *scratch,
    struct arena *arena)
{
    struct lattice l = { 0 };
    struct page_table *t;
    struct page_cell *all;
    uint32_t n;

    if (h_n == 0 || v_n == 0)
        return NULL;
    l.x = arena_alloc_n(scratch, v_n + 2, sizeof(*l.x));
    l.y = arena_alloc_n(scratch, h_n + 2, sizeof(*l.y));
    l.col_n = coordinates(v, v_n, h, h_n, l.x, &l.hidden_left, &l.hidden_right);
    l.row_n = coordinates(h, h_n, v, v_n, l.y, &l.hidden_top, &l.hidden_bottom);
    if (l.col_n < 2 || l.row_n < 2)
        return NULL;
    l.col_n--;
    l.row_n--;
    if (l.col_n > LIMIT_TABLE_COLS || l.row_n > PAGE_ROWS_MAX)
        return NULL;
    n = l.row_n * l.col_n;
    l.across = arena_alloc_n(scratch, (size_t)n + l.col_n, sizeof(*l.across));
    l.down = arena_alloc_n(scratch, (size_t)n + l.row_n, sizeof(*l.down));
    l.up = arena_alloc_n(scratch, n, sizeof(*l.up));
    l.cells = arena_alloc_n(scratch, n, sizeof(*l.cells));
    all = arena_alloc_n(scratch, n, sizeof(*all));
    measure(&l, h, h_n, v, v_n);
    unite(&l);
    t = arena_alloc(arena, sizeof(*t));
    t->cells = all;
    make_cells(&l, t, scratch);
    t->cells = arena_alloc_n(arena, t->cell_n, sizeof(*t->cells));
    memcpy(t->cells, all, t->cell_n * sizeof(*all));
    t->col_n = l.col_n;
    t->row_n = l.row_n;
    t->x = keep(arena, l.x, l.col_n + 1);
    t->y = keep(arena, l.y, l.row_n + 1);
    t->x0 = t->x[0];
    t->x1 = t->x[t->col_n];
    t->y0 = t->y[0];
    t->y1 = t->y[t->row_n];
    t->is_cut = l.hidden_bottom;
    return t;
}
