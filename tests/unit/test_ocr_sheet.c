/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ocr_sheet - rulings, cells and ink of pages drawn pixel by pixel.
 */
#include "tests/check.h"

#include <leptonica/allheaders.h>
#include <math.h>

#include "common/mem.h"
#include "tests/gen/rng.h"
#include "transformer/ocr_cells.h"
#include "transformer/ocr_shapes.h"
#include "transformer/ocr_turn.h"

#define WIDE 1240 /* A4 at 150 dpi */
#define HIGH 1754

static struct picture blank_page(void)
{
    struct picture p = { WIDE, HIGH, 150, mem_alloc_n(WIDE, HIGH) };

    memset(p.gray, 255, (size_t)WIDE * HIGH);
    return p;
}

static void ink(struct picture *p, int x0, int y0, int x1, int y1, uint8_t v)
{
    for (int y = y0; y < y1; y++)
        memset(p->gray + (size_t)y * WIDE + x0, v, (size_t)(x1 - x0));
}

/* Three columns of 200, four rows of 40 pixels, from (200, 300); lines one
 * pixel wide. */
static void draw_table(struct picture *p, uint8_t v)
{
    for (int i = 0; i <= 4; i++)
        ink(p, 200, 300 + 40 * i, 801, 301 + 40 * i, v);
    for (int i = 0; i <= 3; i++)
        ink(p, 200 + 200 * i, 300, 201 + 200 * i, 461, v);
}

static void add_noise(struct picture *p, int most)
{
    struct rng r;

    rng_init(&r, 1, 2);
    for (size_t i = 0; i < (size_t)WIDE * HIGH; i++) {
        int v = p->gray[i];

        for (int k = 0; k < 4; k++)
            v += (int)rng_below(&r, (uint32_t)most) - most / 2;
        p->gray[i] = (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v);
    }
}

static void look(
    struct picture *p, struct ocr_sheet *s, struct ocr_cells *cells)
{
    ocr_sheet_init(s, p, 595);
    ocr_find_rulings(s);
    ocr_find_marks(s);
    ocr_find_cells(s, cells);
}

static void done(
    struct picture *p, struct ocr_sheet *s, struct ocr_cells *cells)
{
    ocr_cells_clear(cells);
    ocr_sheet_clear(s);
    mem_free(p->gray);
}

static void digits_beside_a_line_are_no_part_of_it(void **state)
{
    struct picture p = blank_page();
    struct ocr_sheet s;
    struct ocr_cells cells;

    (void)state;
    draw_table(&p, 120);
    for (int row = 0; row < 4; row++)
        ink(&p, 403, 303 + 40 * row, 407, 338 + 40 * row, 0);
    look(&p, &s, &cells);
    assert_int_equal(s.v.n, 4);
    assert_int_equal(cells.n, 12);
    for (uint32_t i = 0; i < s.v.n; i++)
        assert_true(s.v.items[i].x1 - s.v.items[i].x0 <= 8);
    done(&p, &s, &cells);
}

/* A line ends where a letter of the cell above it goes on. */
static void a_letter_above_a_line_hides_it_not(void **state)
{
    struct picture p = blank_page();
    struct ocr_sheet s;
    struct ocr_cells cells;

    (void)state;
    draw_table(&p, 60);
    ink(&p, 200, 244, 801, 245, 60);
    ink(&p, 200, 244, 201, 301, 60);
    ink(&p, 800, 244, 801, 301, 60);
    ink(&p, 408, 244, 412, 272, 0);
    ink(&p, 403, 268, 407, 301, 0);
    look(&p, &s, &cells);
    assert_int_equal(s.v.n, 4);
    assert_int_equal(cells.n, 13);
    done(&p, &s, &cells);
}

/* Black in the table, and beyond its edge gray around something else. */
static void a_line_that_goes_on_fainter_is_found(void **state)
{
    struct picture p = blank_page();
    struct ocr_sheet s;
    struct ocr_cells cells;

    (void)state;
    for (int i = 0; i < 3; i++)
        ink(&p, 200, 300 + 100 * i, 803, 303 + 100 * i, 0);
    for (int i = 0; i < 4; i++)
        ink(&p, 200 + 200 * i, 300, 203 + 200 * i, 503, 0);
    ink(&p, 400, 560, 803, 562, 205);
    ink(&p, 400, 503, 402, 562, 205);
    ink(&p, 801, 503, 803, 562, 205);
    look(&p, &s, &cells);
    assert_int_equal(s.v.n, 4);
    assert_in_range(cells.n, 6, 8);
    done(&p, &s, &cells);
}

static void a_slash_leans(void **state)
{
    struct picture p = blank_page();
    struct ocr_box upright = { 300, 300, 312, 324 };
    struct ocr_box slash = { 400, 300, 413, 324 };
    struct ocr_sheet s;

    (void)state;
    ink(&p, 305, 300, 308, 324, 0);
    ink(&p, 302, 303, 305, 305, 0);
    ink(&p, 302, 322, 311, 324, 0);
    for (int i = 0; i < 24; i++)
        ink(&p, 411 - i * 11 / 24, 300 + i, 414 - i * 11 / 24, 301 + i, 0);
    ocr_sheet_init(&s, &p, 8.27f * 72);
    assert_true(fabsf(ocr_lean(&s, &upright)) < 0.15f);
    assert_true(ocr_lean(&s, &slash) > 0.35f);
    ocr_sheet_clear(&s);
    mem_free(p.gray);
}

/* Gray from blurred letters is no paper. */
static void a_faint_line_between_gray_letters_is_ink(void **state)
{
    struct picture p = blank_page();
    struct ocr_sheet s;

    (void)state;
    for (int y = 300; y < 500; y += 20)
        ink(&p, 200, y, 800, y + 14, 170);
    ink(&p, 200, 397, 800, 398, 200);
    ocr_sheet_init(&s, &p, 8.27f * 72);
    assert_true(s.lines.px[397 * s.lines.w + 500] < 255 - 40);
    ocr_sheet_clear(&s);
    mem_free(p.gray);
}

/* Marks too low for digits are strokes of letters. */
static void low_marks_are_words(void **state)
{
    struct picture p = blank_page();
    struct ocr_sheet s;
    struct ocr_cells cells;
    int words = 0;

    (void)state;
    draw_table(&p, 60);
    ink(&p, 410, 308, 420, 330, 0);
    ink(&p, 424, 314, 434, 330, 0);
    ink(&p, 438, 314, 448, 330, 0);
    look(&p, &s, &cells);
    for (uint32_t i = 0; i < cells.n; i++) {
        assert_int_not_equal(cells.items[i].content, OCR_NUMBER);
        words += cells.items[i].content == OCR_WORDS;
    }
    assert_int_equal(words, 1);
    done(&p, &s, &cells);
}

static void hairlines_are_found_in_noise(void **state)
{
    struct picture p = blank_page();
    struct ocr_sheet s;
    struct ocr_cells cells;

    (void)state;
    draw_table(&p, 150);
    add_noise(&p, 30);
    look(&p, &s, &cells);
    assert_int_equal(s.h.n, 5);
    assert_int_equal(s.v.n, 4);
    assert_int_equal(cells.n, 12);
    for (uint32_t i = 0; i < cells.n; i++)
        assert_int_equal(cells.items[i].content, OCR_BLANK);
    done(&p, &s, &cells);
}

static void strokes_between_rows_are_no_lines(void **state)
{
    struct picture p = blank_page();
    struct ocr_sheet s;
    struct ocr_cells cells;

    (void)state;
    draw_table(&p, 0);
    /* As tall as its row but for five pixels at each end. */
    ink(&p, 300, 345, 303, 376, 0);
    look(&p, &s, &cells);
    assert_int_equal(s.v.n, 4);
    assert_int_equal(cells.n, 12);
    done(&p, &s, &cells);
}

static void strokes_of_letters_in_a_row_are_no_lines(void **state)
{
    struct picture p = blank_page();
    struct ocr_sheet s;
    struct ocr_cells cells;

    (void)state;
    draw_table(&p, 0);
    /* Nine letters of three strokes each, hardly apart and nearly level. */
    for (int i = 0; i < 9; i++)
        for (int k = 0; k < 3; k++) {
            int x = 210 + 19 * i, y = 352 + 6 * k + i % 2;

            ink(&p, x, y, x + 16, y + 2, 0);
            ink(&p, x + 7, 352, x + 9, 366, 0);
        }
    look(&p, &s, &cells);
    assert_int_equal(s.h.n, 5);
    assert_int_equal(s.v.n, 4);
    assert_int_equal(cells.n, 12);
    done(&p, &s, &cells);
}

/* A ring like a 0, 10 wide and 16 high. */
static void draw_ring(struct picture *p, int x, int y, uint8_t v)
{
    ink(p, x + 2, y, x + 8, y + 2, v);
    ink(p, x + 2, y + 14, x + 8, y + 16, v);
    ink(p, x, y + 2, x + 2, y + 14, v);
    ink(p, x + 8, y + 2, x + 10, y + 14, v);
}

static void digits_that_touch_are_taken_apart(void **state)
{
    struct picture p = blank_page();
    struct ocr_sheet s;
    struct ocr_cells cells;
    uint32_t joined = 0;

    (void)state;
    draw_table(&p, 0);
    for (int i = 0; i < 3; i++)
        draw_ring(&p, 300, 352 + 40 * i, 0);
    for (int i = 0; i < 3; i++) {
        draw_ring(&p, 700 + 11 * i, 352, 0); /* three that touch */
        draw_ring(&p, 490 + 11 * i, 352, 0); /* the same and a point */
    }
    ink(&p, 524, 365, 527, 368, 0);
    look(&p, &s, &cells);
    for (uint32_t i = 0; i < cells.n; i++)
        if (cells.items[i].marks.n) {
            const struct ocr_cell *c = &cells.items[i];

            assert_int_equal(c->content, OCR_NUMBER);
            assert_int_equal(c->joined, c->box.x0 > 390);
            assert_int_equal(c->marks.n, c->box.x0 > 590   ? 3
                                         : c->box.x0 > 390 ? 4
                                                           : 1);
            joined += c->joined;
        }
    assert_int_equal(joined, 2);
    done(&p, &s, &cells);
}

static void faint_ink_is_ink(void **state)
{
    struct picture p = blank_page();
    struct ocr_sheet s;
    struct ocr_cells cells;
    uint32_t numbers = 0;

    (void)state;
    draw_table(&p, 150);
    for (int i = 0; i < 3; i++)
        draw_ring(&p, 300, 352 + 40 * i, 150);
    look(&p, &s, &cells);
    for (uint32_t i = 0; i < cells.n; i++)
        if (cells.items[i].content == OCR_NUMBER) {
            assert_int_equal(cells.items[i].marks.n, 1);
            numbers++;
        }
    assert_int_equal(numbers, 3);
    for (int y = 354; y < 364; y++)
        assert_true(s.gray.px[(size_t)y * WIDE + 300] < 60);
    done(&p, &s, &cells);
}

static void specks_are_no_marks(void **state)
{
    struct picture p = blank_page();
    struct ocr_sheet s;
    struct ocr_cells cells;

    (void)state;
    draw_table(&p, 0);
    for (int i = 0; i < 8; i++)
        ink(&p, 300 + 11 * i, 355 + i, 301 + 11 * i, 356 + i, 0);
    ink(&p, 700, 355, 703, 358, 0); /* a point */
    look(&p, &s, &cells);
    for (uint32_t i = 0; i < cells.n; i++)
        assert_int_equal(cells.items[i].marks.n,
            cells.items[i].box.x0 > 590 && cells.items[i].box.y0 < 355 &&
                cells.items[i].box.y1 > 355);
    done(&p, &s, &cells);
}

static const struct ocr_cell *cell_at(
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

static bool is_raised(const struct ocr_cells *cells, int x, int y)
{
    return cell_at(cells, x, y)->raised;
}

/* Rulings and digits blurred into each other are not one. */
static void a_digit_near_the_gray_of_a_ruling_is_whole(void **state)
{
    struct picture p = blank_page();
    struct ocr_sheet s;
    struct ocr_cells cells;
    const struct ocr_cell *c;

    (void)state;
    draw_table(&p, 100);
    ink(&p, 399, 300, 400, 461, 200);
    ink(&p, 401, 300, 402, 461, 200);
    ink(&p, 402, 312, 403, 328, 195);
    draw_ring(&p, 403, 312, 60);
    look(&p, &s, &cells);
    c = cell_at(&cells, 500, 320);
    assert_int_equal(c->content, OCR_NUMBER);
    assert_false(c->cut);
    done(&p, &s, &cells);
}

/* In the lower row each digit is beside its own edge of narrow columns. */
static void a_number_over_a_ruling_is_in_doubt_on_both_sides(void **state)
{
    struct picture p = blank_page();
    struct ocr_sheet s;
    struct ocr_cells cells;

    (void)state;
    draw_table(&p, 100);
    draw_ring(&p, 387, 312, 0);
    draw_ring(&p, 404, 312, 0);
    draw_ring(&p, 382, 352, 0);
    draw_ring(&p, 404, 352, 0);
    look(&p, &s, &cells);
    assert_true(cell_at(&cells, 300, 320)->cut);
    assert_true(cell_at(&cells, 500, 320)->cut);
    assert_false(cell_at(&cells, 300, 360)->cut);
    assert_false(cell_at(&cells, 500, 360)->cut);
    done(&p, &s, &cells);
}

/* The box of a line that is not quite upright holds more than the line. */
static void a_digit_in_the_box_of_a_leaning_ruling_is_whole(void **state)
{
    struct picture p = blank_page();
    struct ocr_sheet s;
    struct ocr_cells cells;
    const struct ocr_cell *c;

    (void)state;
    for (int i = 0; i <= 20; i++)
        ink(&p, 200, 300 + 60 * i, 801, 302 + 60 * i, 100);
    for (int i = 0; i <= 3; i++)
        for (int y = 300; y < 1502; y++)
            ink(&p, 200 + 200 * i + (y - 300) / 200, y,
                202 + 200 * i + (y - 300) / 200, y + 1, 100);
    draw_ring(&p, 405, 320, 60);
    look(&p, &s, &cells);
    c = cell_at(&cells, 500, 330);
    assert_int_equal(c->content, OCR_NUMBER);
    assert_false(c->cut);
    assert_int_equal(c->marks.n, 1);
    assert_in_range(c->marks.items[0].x1 - c->marks.items[0].x0, 10, 12);
    done(&p, &s, &cells);
}

static void a_small_mark_off_the_line_is_seen(void **state)
{
    struct picture p = blank_page();
    struct ocr_sheet s;
    struct ocr_cells cells;

    (void)state;
    draw_table(&p, 0);
    /* Two marks of one height; a raised one; one on the line; a point. */
    ink(&p, 250, 312, 258, 328, 0);
    ink(&p, 262, 312, 270, 328, 0);
    ink(&p, 450, 314, 458, 330, 0);
    ink(&p, 462, 308, 468, 318, 0);
    ink(&p, 650, 312, 658, 328, 0);
    ink(&p, 662, 318, 668, 328, 0);
    ink(&p, 250, 352, 258, 368, 0);
    ink(&p, 262, 364, 266, 368, 0);
    look(&p, &s, &cells);
    assert_false(is_raised(&cells, 300, 320));
    assert_true(is_raised(&cells, 500, 320));
    assert_false(is_raised(&cells, 700, 320));
    assert_false(is_raised(&cells, 300, 360));
    done(&p, &s, &cells);
}

static void turned_pictures_keep_their_pixels(void **state)
{
    uint8_t px[] = { 1, 2, 3, 4, 5, 6 }; /* three wide, two high */
    const struct picture p = { 3, 2, 0, px };
    static const uint8_t want[][6] = { { 4, 1, 5, 2, 6, 3 },
        { 6, 5, 4, 3, 2, 1 }, { 3, 6, 2, 5, 1, 4 } };

    (void)state;
    for (int quarters = 1; quarters <= 3; quarters++) {
        struct picture t = ocr_turned(&p, quarters);

        assert_int_equal(t.width, quarters == 2 ? 3 : 2);
        assert_memory_equal(t.gray, want[quarters - 1], sizeof(px));
        mem_free(t.gray);
    }
}

static void words_of_reports_make_sense(void **state)
{
    struct page_run upright[] = {
        { .text = SLICE_LIT("(一)本年新收政府信息公开申请数量") },
        { .text = SLICE_LIT("(二)部分公开，不计其他情形 12") },
    };
    struct page_run turned[] = {
        { .text = SLICE_LIT("坟困捕泥淡茶桐箱芽翁") },
        { .text = SLICE_LIT("胀轧帘柿朽刃刁弋丫匕亏兀尢屮") },
    };
    struct page page = { .run_n = 2, .runs = upright };

    (void)state;
    assert_true(ocr_sense(&page) >= OCR_SENSIBLE);
    page.runs = turned;
    assert_int_equal(ocr_sense(&page), 0);
    page.run_n = 1;
    assert_int_equal(ocr_sense(&page), -1); /* too little to tell */
}

/* `n` letters of 20 by 20 pixels, 4 apart. */
static void draw_words(struct picture *p, int x, int y, int n)
{
    for (int i = 0; i < n; i++)
        ink(p, x + 24 * i, y, x + 24 * i + 20, y + 20, 0);
}

/* A number of `n` digits of 9 by 15 pixels. */
static void draw_number(struct picture *p, int x, int y, int n)
{
    for (int i = 0; i < n; i++)
        ink(p, x + 12 * i, y + 3, x + 12 * i + 9, y + 18, 0);
}

/* Five lines of a label and two numbers each. */
static void draw_bare(struct picture *p)
{
    for (int i = 0; i < 5; i++) {
        draw_words(p, 200, 300 + 36 * i, 6);
        draw_number(p, 500, 300 + 36 * i, 1 + i % 3);
        draw_number(p, 700, 300 + 36 * i, 1);
    }
}

static void numbers_side_by_side_are_cells_without_rulings(void **state)
{
    struct picture p = blank_page();
    struct ocr_sheet s;
    struct ocr_cells cells;

    (void)state;
    draw_bare(&p);
    look(&p, &s, &cells);
    assert_int_equal(cells.strips.n, 0);
    assert_int_equal(cells.n, 15);
    assert_int_equal(cell_at(&cells, 210, 310)->content, OCR_WORDS);
    assert_int_equal(cell_at(&cells, 505, 310)->content, OCR_NUMBER);
    assert_int_equal(cell_at(&cells, 505, 382)->marks.n, 3);
    done(&p, &s, &cells);
}

static void numbers_in_prose_make_no_cells(void **state)
{
    struct picture p = blank_page();
    struct ocr_sheet s;
    struct ocr_cells cells;

    (void)state;
    for (int i = 0; i < 5; i++) {
        draw_words(&p, 200, 300 + 36 * i, 6);
        draw_number(&p, 360, 300 + 36 * i, 3);
        draw_words(&p, 410, 300 + 36 * i, 10);
    }
    look(&p, &s, &cells);
    assert_int_equal(cells.strips.n, 1);
    assert_int_equal(cells.n, 0);
    done(&p, &s, &cells);
}

/* 12 with its unit behind it; a comma with the gap of its letter; a number in
 * front of a label. */
static void pieces_of_one_text_are_one(void **state)
{
    struct picture p = blank_page();
    struct ocr_sheet s;
    struct ocr_cells cells;

    (void)state;
    draw_bare(&p);
    draw_number(&p, 500, 500, 2);
    draw_words(&p, 536, 500, 1);
    ink(&p, 344, 316, 348, 321, 0); /* comma behind the first label */
    draw_words(&p, 362, 300, 2);
    draw_number(&p, 200, 540, 1);
    ink(&p, 212, 555, 215, 558, 0); /* point */
    draw_words(&p, 220, 540, 4);
    look(&p, &s, &cells);
    assert_int_equal(cell_at(&cells, 505, 510)->content, OCR_WORDS);
    assert_ptr_equal(cell_at(&cells, 210, 310), cell_at(&cells, 370, 310));
    assert_true(cell_at(&cells, 204, 550)->ordinal);
    assert_int_equal(cell_at(&cells, 230, 550)->content, OCR_WORDS);
    done(&p, &s, &cells);
}

/* Digits that touch, or a dash, close behind a number are none of its unit. */
static void narrow_columns_of_numbers_are_not_joined(void **state)
{
    struct picture p = blank_page();
    struct ocr_sheet s;
    struct ocr_cells cells;

    (void)state;
    draw_bare(&p);
    draw_number(&p, 500, 500, 1);
    ink(&p, 526, 503, 556, 518, 0);
    draw_number(&p, 700, 500, 1);
    draw_number(&p, 500, 540, 1);
    ink(&p, 526, 550, 546, 552, 0);
    look(&p, &s, &cells);
    assert_int_equal(cell_at(&cells, 504, 510)->content, OCR_NUMBER);
    assert_int_equal(cell_at(&cells, 504, 510)->marks.n, 1);
    assert_int_equal(cell_at(&cells, 504, 550)->content, OCR_NUMBER);
    assert_int_equal(cell_at(&cells, 504, 550)->marks.n, 1);
    done(&p, &s, &cells);
}

/* Text beside a ruled table is none of it, and read as lines. */
static void text_around_tables_is_left_in_strips(void **state)
{
    struct picture p = blank_page();
    struct ocr_sheet s;
    struct ocr_cells cells;

    (void)state;
    draw_table(&p, 0);
    draw_words(&p, 200, 200, 10);
    look(&p, &s, &cells);
    assert_int_equal(cells.n, 12);
    assert_int_equal(cells.strips.n, 2);
    assert_in_range(cells.strips.items[0].y1, 290, 301);
    assert_in_range(cells.strips.items[1].y0, 460, 470);
    done(&p, &s, &cells);
}

static void merged_cells_are_one(void **state)
{
    struct picture p = blank_page();
    struct ocr_sheet s;
    struct ocr_cells cells;

    (void)state;
    draw_table(&p, 0);
    ink(&p, 400, 301, 401, 340, 255); /* first and second of the first row */
    look(&p, &s, &cells);
    assert_int_equal(cells.n, 11);
    done(&p, &s, &cells);
}

static void open_ends_of_a_table_are_closed(void **state)
{
    struct picture p = blank_page();
    struct ocr_sheet s;
    struct ocr_cells cells;

    (void)state;
    draw_table(&p, 0);
    ink(&p, 202, 460, 400, 461, 255);
    ink(&p, 402, 460, 600, 461, 255);
    ink(&p, 602, 460, 800, 461, 255);
    look(&p, &s, &cells);
    assert_int_equal(cells.n, 12);
    done(&p, &s, &cells);
}

static void ink_on_a_ruling_is_cut(void **state)
{
    struct picture p = blank_page();
    struct ocr_sheet s;
    struct ocr_cells cells;
    uint32_t cut = 0;

    (void)state;
    draw_table(&p, 0);
    ink(&p, 395, 350, 410, 370, 0); /* across the line at 400 */
    ink(&p, 700, 350, 710, 370, 0); /* free */
    look(&p, &s, &cells);
    for (uint32_t i = 0; i < cells.n; i++)
        cut += cells.items[i].cut;
    assert_true(cut >= 1);
    for (uint32_t i = 0; i < cells.n; i++)
        if (cells.items[i].box.x0 > 590)
            assert_false(cells.items[i].cut);
    done(&p, &s, &cells);
}

static void turned_pages_are_made_straight(void **state)
{
    struct picture p = blank_page();
    struct ocr_sheet s;
    struct ocr_cells cells;

    (void)state;
    /* Lines at 1 degree: a pixel down every 57. */
    for (int i = 0; i < 12; i++)
        for (int x = 150; x < 1050; x++)
            ink(&p, x, 300 + 40 * i + x / 57, x + 1, 302 + 40 * i + x / 57, 0);
    for (int i = 0; i < 4; i++)
        for (int y = 0; y < 440; y++) {
            int x = 150 + 299 * i - y / 57;

            ink(&p, x, 300 + y + x / 57, x + 2, 301 + y + x / 57, 0);
        }
    look(&p, &s, &cells);
    assert_int_equal(s.h.n, 12);
    assert_int_equal(s.v.n, 4);
    assert_int_equal(cells.n, 33);
    done(&p, &s, &cells);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_beside_a_line_are_no_part_of_it),
        cmocka_unit_test(a_letter_above_a_line_hides_it_not),
        cmocka_unit_test(a_line_that_goes_on_fainter_is_found),
        cmocka_unit_test(a_slash_leans),
        cmocka_unit_test(a_faint_line_between_gray_letters_is_ink),
        cmocka_unit_test(low_marks_are_words),
        cmocka_unit_test(hairlines_are_found_in_noise),
        cmocka_unit_test(strokes_between_rows_are_no_lines),
        cmocka_unit_test(strokes_of_letters_in_a_row_are_no_lines),
        cmocka_unit_test(digits_that_touch_are_taken_apart),
        cmocka_unit_test(faint_ink_is_ink),
        cmocka_unit_test(specks_are_no_marks),
        cmocka_unit_test(a_digit_near_the_gray_of_a_ruling_is_whole),
        cmocka_unit_test(a_number_over_a_ruling_is_in_doubt_on_both_sides),
        cmocka_unit_test(a_digit_in_the_box_of_a_leaning_ruling_is_whole),
        cmocka_unit_test(a_small_mark_off_the_line_is_seen),
        cmocka_unit_test(turned_pictures_keep_their_pixels),
        cmocka_unit_test(words_of_reports_make_sense),
        cmocka_unit_test(numbers_side_by_side_are_cells_without_rulings),
        cmocka_unit_test(numbers_in_prose_make_no_cells),
        cmocka_unit_test(pieces_of_one_text_are_one),
        cmocka_unit_test(narrow_columns_of_numbers_are_not_joined),
        cmocka_unit_test(text_around_tables_is_left_in_strips),
        cmocka_unit_test(merged_cells_are_one),
        cmocka_unit_test(open_ends_of_a_table_are_closed),
        cmocka_unit_test(ink_on_a_ruling_is_cut),
        cmocka_unit_test(turned_pages_are_made_straight),
    };

    setMsgSeverity(L_SEVERITY_NONE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
