/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ocr_sheet - scanned pages made straight and even.
 */
#include "tests/paper.h"

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
        cmocka_unit_test(a_faint_line_between_gray_letters_is_ink),
        cmocka_unit_test(faint_ink_is_ink),
        cmocka_unit_test(specks_are_no_marks),
        cmocka_unit_test(turned_pages_are_made_straight),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
