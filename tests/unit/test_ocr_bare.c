/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ocr_bare - tables without rulings on scans.
 */
#include "tests/paper.h"

#include <leptonica/allheaders.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_side_by_side_are_cells_without_rulings),
        cmocka_unit_test(numbers_in_prose_make_no_cells),
        cmocka_unit_test(pieces_of_one_text_are_one),
        cmocka_unit_test(narrow_columns_of_numbers_are_not_joined),
        cmocka_unit_test(text_around_tables_is_left_in_strips),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
