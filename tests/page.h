/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page - pages drawn for tests: ruled tables with text in their cells.
 */
#ifndef TESTS_PAGE_H
#define TESTS_PAGE_H

#include "tests/check.h"

#include "transformer/page.h"

struct drawing {
    struct arena arena;
    struct pages pages;
    struct page *page; /* the one that is drawn on */
    struct document doc;
    struct err err;
};

static inline void draw_page(struct drawing *d)
{
    d->page = pages_add(&d->pages, 595, 842);
    assert_non_null(d->page);
}

static inline void draw_init(struct drawing *d)
{
    *d = (struct drawing){ 0 };
    arena_init(&d->arena, 0);
    pages_init(&d->pages, &d->arena);
    d->doc.arena = &d->arena;
    draw_page(d);
}

static inline void draw_clear(struct drawing *d)
{
    arena_clear(&d->arena);
}

/* One glyph a run, from `x` on, `high` points high around `y`; digits and
 * other ASCII take half of that, all else as much.  The end on the right. */
static inline float draw_sized(
    struct drawing *d, float x, float y, float high, const char *text)
{
    while (*text) {
        size_t n = 1;
        float width = (unsigned char)*text < 0x80 ? high / 2 : high;
        struct page_run run = {
            .x0 = x, .x1 = x + width, .y0 = y - high / 2, .y1 = y + high / 2
        };

        while (((unsigned char)text[n] & 0xc0) == 0x80)
            n++;
        run.text = (struct slice){ text, n };
        page_add_run(&d->pages, d->page, &run);
        x += width;
        text += n;
    }
    return x;
}

/* 10 points high. */
static inline float draw_text(
    struct drawing *d, float x, float y, const char *text)
{
    return draw_sized(d, x, y, 10, text);
}

static inline void draw_line(
    struct drawing *d, float x0, float y0, float x1, float y1)
{
    page_add_ruling(&d->pages, d->page, x0, y0, x1, y1);
}

static inline void draw_box(
    struct drawing *d, float x0, float y0, float x1, float y1)
{
    draw_line(d, x0, y0, x1, y0);
    draw_line(d, x0, y1, x1, y1);
    draw_line(d, x0, y0, x0, y1);
    draw_line(d, x1, y0, x1, y1);
}

/* A whole grid of rows of 20 points: cells from `text` in order of row,
 * then column, NULL for an empty one. */
static inline void draw_grid(struct drawing *d, float y, const float *x,
    int cols, int rows, const char *const *text)
{
    for (int r = 0; r <= rows; r++)
        draw_line(d, x[0], y + (float)r * 20, x[cols], y + (float)r * 20);
    for (int c = 0; c <= cols; c++)
        draw_line(d, x[c], y, x[c], y + (float)rows * 20);
    for (int i = 0; i < rows * cols; i++)
        if (text[i])
            draw_text(
                d, x[i % cols] + 5, y + (float)(i / cols) * 20 + 10, text[i]);
}

static inline void draw_done(struct drawing *d)
{
    assert_int_equal(pages_to_tree(&d->pages, &d->doc, &d->err), 0);
}

/* The text of the cell that starts at (row, col) of a table. */
static inline const char *draw_cell(
    const struct drawing *d, uint32_t table, uint32_t row, uint32_t col)
{
    assert_true(table < d->doc.table_n);
    for (uint32_t i = 0; i < d->doc.tables[table].cell_n; i++) {
        const struct document_cell *c = &d->doc.tables[table].cells[i];

        if (c->row == row && c->col == col)
            return c->text.p;
    }
    return "(no cell)";
}

static inline const struct document_cell *draw_find(
    const struct drawing *d, uint32_t table, const char *text)
{
    assert_true(table < d->doc.table_n);
    for (uint32_t i = 0; i < d->doc.tables[table].cell_n; i++)
        if (slice_eq_str(d->doc.tables[table].cells[i].text, text))
            return &d->doc.tables[table].cells[i];
    fail_msg("no cell says %s", text);
    return NULL;
}

#endif
