/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ocr_rulings - the lines of tables on scans.
 */
#include "tests/paper.h"

#include "tests/gen/rng.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_beside_a_line_are_no_part_of_it),
        cmocka_unit_test(a_letter_above_a_line_hides_it_not),
        cmocka_unit_test(a_line_that_goes_on_fainter_is_found),
        cmocka_unit_test(hairlines_are_found_in_noise),
        cmocka_unit_test(strokes_between_rows_are_no_lines),
        cmocka_unit_test(strokes_of_letters_in_a_row_are_no_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
