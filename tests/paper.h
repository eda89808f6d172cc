/* SPDX-License-Identifier: Apache-2.0 */
/*
 * paper - pages of a scan drawn pixel by pixel.
 */
#ifndef TESTS_PAPER_H
#define TESTS_PAPER_H

#include "tests/check.h"

#include "common/mem.h"
#include "transformer/ocr_cells.h"

#define WIDE 1240 /* A4 at 150 dpi */
#define HIGH 1754

static inline struct picture blank_page(void)
{
    struct picture p = { WIDE, HIGH, 150, mem_alloc_n(WIDE, HIGH) };

    memset(p.gray, 255, (size_t)WIDE * HIGH);
    return p;
}

static inline void ink(
    struct picture *p, int x0, int y0, int x1, int y1, uint8_t v)
{
    for (int y = y0; y < y1; y++)
        memset(p->gray + (size_t)y * WIDE + x0, v, (size_t)(x1 - x0));
}

/* Three columns of 200, four rows of 40 pixels, from (200, 300); lines one
 * pixel wide. */
static inline void draw_table(struct picture *p, uint8_t v)
{
    for (int i = 0; i <= 4; i++)
        ink(p, 200, 300 + 40 * i, 801, 301 + 40 * i, v);
    for (int i = 0; i <= 3; i++)
        ink(p, 200 + 200 * i, 300, 201 + 200 * i, 461, v);
}

static inline void look(
    struct picture *p, struct ocr_sheet *s, struct ocr_cells *cells)
{
    ocr_sheet_init(s, p, 595);
    ocr_find_rulings(s);
    ocr_find_marks(s);
    ocr_find_cells(s, cells);
}

static inline void done(
    struct picture *p, struct ocr_sheet *s, struct ocr_cells *cells)
{
    ocr_cells_clear(cells);
    ocr_sheet_clear(s);
    mem_free(p->gray);
}

/* A ring like a 0, 10 wide and 16 high. */
static inline void draw_ring(struct picture *p, int x, int y, uint8_t v)
{
    ink(p, x + 2, y, x + 8, y + 2, v);
    ink(p, x + 2, y + 14, x + 8, y + 16, v);
    ink(p, x, y + 2, x + 2, y + 14, v);
    ink(p, x + 8, y + 2, x + 10, y + 14, v);
}

static inline const struct ocr_cell *cell_at(
    const struct ocr_cells *cells, int x, int y)
{
    for (uint32_t i = 0; i < cells->n; i++) {
        const struct ocr_cell *c = &cells->items[i];

        if (x > c->box.x0 && x < c->box.x1 && y > c->box.y0 && y < c->box.y1)
            return c;
    }
    fail_msg("no cell at %d,%d", x, y);
    return NULL;
}

#endif
