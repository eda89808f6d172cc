/* SPDX-License-Identifier: Apache-2.0 */
/*
 * print_grid - texts in columns on a terminal.
 *
 * Widths are those of the terminal, where an ideograph takes two columns;
 * printf's own padding counts bytes.
 */
#include "transformer/print_grid.h"

#include <assert.h>
#include <string.h>

void grid_init(struct grid *g, struct arena *a, size_t col_n, size_t row_max)
{
    assert(col_n >= 1 && col_n <= GRID_COLS_MAX);
    *g = (struct grid){ .arena = a, .col_n = col_n, .row_max = row_max };
    g->cell = arena_alloc_n(a, row_max * col_n + 1, sizeof(*g->cell));
}

struct grid_cell *grid_row(struct grid *g)
{
    assert(g->row_n < g->row_max);
    return &g->cell[g->row_n++ * g->col_n];
}

void grid_colour(const struct print *p, enum grid_look look)
{
    static const char *const codes[] = {
        [LOOK_PLAIN] = "\033[0m",
        [LOOK_HEAD] = "\033[1m",
        [LOOK_FAINT] = "\033[2m",
        [LOOK_WARN] = "\033[33m",
        [LOOK_BAD] = "\033[31m",
    };

    if (p->colour)
        fputs(codes[look], p->out);
}

static void pad(FILE *out, size_t n)
{
    while (n-- > 0)
        fputc(' ', out);
}

/* Text of a cell as shown: on one line, the label not too long. */
static struct slice shown(
    const struct grid *g, const struct grid_cell *cell, size_t col)
{
    struct slice s = cell->text;
    char *out;

    if (col == 0 && print_width(s) > GRID_LABEL_WIDTH) {
        s = print_fit(s, GRID_LABEL_WIDTH - 2);
        return arena_printf(g->arena, "%.*s..", SLICE_ARG(s));
    }
    if (slice_find(s, SLICE_LIT("\n")) < 0)
        return s;
    out = arena_alloc(g->arena, s.len + 1);
    memcpy(out, s.p, s.len);
    for (size_t i = 0; i < s.len; i++)
        if (out[i] == '\n')
            out[i] = ' ';
    return (struct slice){ out, s.len };
}

static void print_cell(const struct grid *g, const struct print *p,
    const struct grid_cell *cell, size_t col, size_t width, bool is_last)
{
    struct slice s = shown(g, cell, col);
    size_t gap = width - print_width(s);

    if (col > 0)
        pad(p->out, gap + 2);
    if (cell->look != LOOK_PLAIN)
        grid_colour(p, cell->look);
    fwrite(s.p ? s.p : "", 1, s.len, p->out);
    if (cell->look != LOOK_PLAIN)
        grid_colour(p, LOOK_PLAIN);
    if (col == 0 && !is_last)
        pad(p->out, gap);
}

void grid_print(const struct grid *g, const struct print *p)
{
    size_t width[GRID_COLS_MAX] = { 0 };

    for (size_t i = 0; i < g->row_n * g->col_n; i++) {
        size_t w = print_width(shown(g, &g->cell[i], i % g->col_n));
        if (w > width[i % g->col_n])
            width[i % g->col_n] = w;
    }
    for (size_t row = 0; row < g->row_n; row++) {
        fputs("  ", p->out);
        size_t last = 0;
        for (size_t col = 0; col < g->col_n; col++)
            last = g->cell[row * g->col_n + col].text.len > 0 ? col : last;
        for (size_t col = 0; col <= last; col++)
            print_cell(g, p, &g->cell[row * g->col_n + col], col, width[col],
                col == last);
        fputc('\n', p->out);
    }
}
