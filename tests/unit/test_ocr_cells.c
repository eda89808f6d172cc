/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ocr_cells - cells between rulings, and the ink in them.
 */
#include "tests/paper.h"

#include <leptonica/allheaders.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(low_marks_are_words),
        cmocka_unit_test(digits_that_touch_are_taken_apart),
        cmocka_unit_test(a_digit_near_the_gray_of_a_ruling_is_whole),
        cmocka_unit_test(a_number_over_a_ruling_is_in_doubt_on_both_sides),
        cmocka_unit_test(a_digit_in_the_box_of_a_leaning_ruling_is_whole),
        cmocka_unit_test(a_small_mark_off_the_line_is_seen),
        cmocka_unit_test(merged_cells_are_one),
        cmocka_unit_test(open_ends_of_a_table_are_closed),
        cmocka_unit_test(ink_on_a_ruling_is_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
