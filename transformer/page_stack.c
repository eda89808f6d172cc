/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_stack - tables that stand directly on each other.
 *
 * Their borders touch, so they come as one grid; what tells them apart is
 * that above a line across the whole grid there are columns that are not
 * below it, and the other way round.
 */
#include "common/limits.h"
#include "transformer/page_parts.h"

/* Boundaries of columns that only one of the two has. */
#define OWN_MIN 2u

/* In which rows a boundary parts cells: none when last is less. */
struct use {
    uint32_t first, last;
};

static void find_use(const struct page_table *t, struct use *use)
{
    for (uint32_t i = 0; i <= t->col_n; i++)
        use[i] = (struct use){ t->row_n, 0 };
    for (uint32_t i = 0; i < t->cell_n; i++) {
        const struct page_cell *c = &t->cells[i];

        for (uint32_t k = 0; k < 2; k++) {
            struct use *u = &use[k ? c->col + c->colspan : c->col];

            if (u->first > c->row)
                u->first = c->row;
            if (u->last < c->row)
                u->last = c->row;
        }
    }
}

/* Are the columns above `row` others than those below? */
static bool are_strangers(
    const struct page_table *t, const struct use *use, uint32_t row)
{
    uint32_t only_above = 0;
    uint32_t only_below = 0;
    uint32_t both = 0;

    for (uint32_t i = 1; i < t->col_n; i++) {
        if (use[i].first == t->row_n)
            continue;
        if (use[i].last < row)
            only_above++;
        else if (use[i].first >= row)
            only_below++;
        else
            both++;
    }
    return only_above >= OWN_MIN && only_below >= OWN_MIN &&
           both < only_above && both < only_below;
}

/* Let the cells of `t` count only the boundaries that they use. */
static void shrink(struct page_table *t, struct arena *arena)
{
    struct use use[LIMIT_TABLE_COLS + 1];
    uint32_t place[LIMIT_TABLE_COLS + 1];
    float *x = arena_alloc_n(arena, (size_t)t->col_n + 1, sizeof(*x));
    uint32_t n = 0;

    find_use(t, use);
    for (uint32_t i = 0; i <= t->col_n; i++) {
        place[i] = n;
        if (use[i].first < t->row_n)
            x[n++] = t->x[i];
    }
    for (uint32_t i = 0; i < t->cell_n; i++) {
        struct page_cell *c = &t->cells[i];
        uint32_t end = place[c->col + c->colspan];

        c->col = place[c->col];
        c->colspan = end - c->col;
    }
    t->x = x;
    t->col_n = n - 1;
    t->x0 = x[0];
    t->x1 = x[n - 1];
}

/* Cells from `at` on, which start in row `row`, are a table of their own. */
static struct page_table *cut(
    struct page_table *t, uint32_t at, uint32_t row, struct arena *arena)
{
    struct page_table *rest = arena_alloc(arena, sizeof(*rest));

    *rest = *t;
    rest->cells += at;
    rest->cell_n -= at;
    rest->row_n -= row;
    rest->y += row;
    rest->y0 = rest->y[0];
    for (uint32_t i = 0; i < rest->cell_n; i++)
        rest->cells[i].row -= row;
    t->cell_n = at;
    t->row_n = row;
    t->y1 = t->y[row];
    shrink(t, arena);
    shrink(rest, arena);
    return rest;
}

struct page_table *stack_cut(struct page_table *t, struct arena *arena)
{
    struct use use[LIMIT_TABLE_COLS + 1];
    uint32_t reach = 0;

    find_use(t, use);
    for (uint32_t i = 0; i < t->cell_n; i++) {
        const struct page_cell *c = &t->cells[i];

        if (i > 0 && c->row == reach && c->row > c[-1].row &&
            are_strangers(t, use, c->row))
            return cut(t, i, c->row, arena);
        if (c->row + c->rowspan > reach)
            reach = c->row + c->rowspan;
    }
    return NULL;
}
