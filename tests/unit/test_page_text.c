/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/page.h"

#include "transformer/page_parts.h"

/* A table with one wide cell above two; what is drawn in them is tested. */
static void draw_cells(struct drawing *d)
{
    draw_init(d);
    draw_box(d, 50, 100, 250, 180);
    draw_line(d, 50, 140, 250, 140);
    draw_line(d, 150, 140, 150, 180);
    draw_text(d, 155, 160, "7");
}

static void lines_of_a_cell_are_joined(void **state)
{
    struct drawing d;

    (void)state;
    draw_cells(&d);
    draw_text(&d, 55, 110, "一、本年新收政府");
    draw_text(&d, 55, 125, "信息公开申请数量");
    draw_text(&d, 55, 150, "Page");
    draw_text(&d, 55, 165, "two");
    draw_done(&d);
    assert_string_equal(
        draw_cell(&d, 0, 0, 0), "一、本年新收政府信息公开申请数量");
    assert_string_equal(draw_cell(&d, 0, 1, 0), "Page two");
    draw_clear(&d);
}

static void two_numbers_in_a_cell_stay_two(void **state)
{
    struct drawing d;

    (void)state;
    draw_cells(&d);
    draw_text(&d, 55, 110, "12");
    draw_text(&d, 55, 125, "3");
    draw_done(&d);
    assert_string_equal(draw_cell(&d, 0, 0, 0), "12\n3");
    assert_int_equal(draw_find(&d, 0, "12\n3")->reading, READING_DOUBTFUL);
    draw_clear(&d);
}

static void a_small_digit_off_the_line_is_a_mark(void **state)
{
    struct drawing d;
    float x;

    (void)state;
    draw_cells(&d);
    x = draw_text(&d, 55, 120, "12");
    x = draw_sized(&d, x, 117.5f, 6, "31");
    draw_text(&d, x + 20, 120, "5");
    x = draw_text(&d, 55, 160, "8");
    draw_sized(&d, x, 163, 6, "4");
    draw_done(&d);
    assert_string_equal(draw_cell(&d, 0, 0, 0), "12³¹ 5");
    assert_string_equal(draw_cell(&d, 0, 1, 0), "8⁴");
    draw_clear(&d);
}

static void digits_of_two_sizes_on_one_line_are_one_number(void **state)
{
    struct drawing d;
    float x;

    (void)state;
    draw_cells(&d);
    x = draw_text(&d, 55, 120, "1");
    draw_sized(&d, x, 121.5f, 6, "2");
    x = draw_sized(&d, 55, 157.5f, 6, "1");
    draw_text(&d, x, 160, "9");
    draw_done(&d);
    assert_string_equal(draw_cell(&d, 0, 0, 0), "12");
    assert_string_equal(draw_cell(&d, 0, 1, 0), "¹9");
    draw_clear(&d);
}

static void lines_of_digits_may_be_one_number(void **state)
{
    struct drawing d;

    (void)state;
    draw_cells(&d);
    draw_text(&d, 55, 110, "2，");
    draw_text(&d, 55, 125, "136");
    draw_done(&d);
    assert_string_equal(draw_find(&d, 0, "2，\n136")->alternatives.p, "2，136");
    draw_clear(&d);
}

static void a_number_over_a_border_is_doubtful(void **state)
{
    struct drawing d;

    (void)state;
    draw_cells(&d);
    draw_text(&d, 140, 172, "1234");
    draw_done(&d);
    assert_int_equal(draw_find(&d, 0, "12")->reading, READING_DOUBTFUL);
    assert_int_equal(draw_find(&d, 0, "7\n34")->reading, READING_DOUBTFUL);
    draw_clear(&d);
}

static void bold_by_drawing_twice_is_read_once(void **state)
{
    struct drawing d;

    (void)state;
    draw_cells(&d);
    draw_text(&d, 55, 120, "22");
    draw_text(&d, 55.4f, 120, "22");
    draw_done(&d);
    assert_string_equal(draw_cell(&d, 0, 0, 0), "22");
    assert_int_equal(draw_find(&d, 0, "22")->reading, READING_TEXT);
    draw_clear(&d);
}

static void numbers_on_each_other_are_doubtful(void **state)
{
    struct drawing d;

    (void)state;
    draw_cells(&d);
    draw_text(&d, 55, 120, "22");
    draw_text(&d, 55.4f, 120, "31");
    draw_done(&d);
    for (uint32_t i = 0; i < d.doc.tables[0].cell_n; i++)
        if (d.doc.tables[0].cells[i].row == 0)
            assert_int_equal(
                d.doc.tables[0].cells[i].reading, READING_DOUBTFUL);
    draw_clear(&d);
}

static void text_written_downwards_keeps_its_order(void **state)
{
    struct drawing d;
    struct page_run run = { .x0 = 60, .x1 = 70, .vertical = true };
    static const char *const text[] = { "办", "理", "结", "果" };

    (void)state;
    draw_cells(&d);
    for (int i = 0; i < 4; i++) {
        run.x0 = i < 2 ? 75 : 60;
        run.x1 = run.x0 + 10;
        run.y0 = 105 + (float)(i % 2) * 10;
        run.y1 = run.y0 + 10;
        run.text = slice_str(text[i]);
        page_add_run(&d.pages, d.page, &run);
    }
    draw_done(&d);
    assert_string_equal(draw_cell(&d, 0, 0, 0), "办理结果");
    draw_clear(&d);
}

static void stacked_letters_are_a_word(void **state)
{
    struct drawing d;

    (void)state;
    draw_cells(&d);
    draw_text(&d, 60, 106, "总");
    draw_text(&d, 60, 118, "计");
    draw_done(&d);
    assert_string_equal(draw_cell(&d, 0, 0, 0), "总计");
    draw_clear(&d);
}

static void numbers_of_two_columns_in_one_cell_are_parted(void **state)
{
    struct drawing d;
    const struct document_cell *c;

    (void)state;
    draw_cells(&d);
    draw_text(&d, 60, 120, "22");
    draw_text(&d, 200, 120, "5");
    draw_done(&d);
    c = draw_find(&d, 0, "5");
    assert_int_equal(c->row, 0);
    assert_int_equal(c->col, 1);
    assert_string_equal(draw_cell(&d, 0, 0, 0), "22");
    draw_clear(&d);
}

static void columns_without_a_ruling_are_parted(void **state)
{
    struct drawing d;

    (void)state;
    draw_init(&d);
    for (int r = 0; r < 5; r++)
        draw_line(&d, 50, 100 + (float)r * 20, 350, 100 + (float)r * 20);
    draw_line(&d, 50, 100, 50, 180);
    draw_line(&d, 150, 100, 150, 180);
    draw_line(&d, 350, 100, 350, 180);
    for (int r = 0; r < 4; r++) {
        draw_text(&d, 55, 110 + (float)r * 20, "规章");
        draw_text(&d, 180, 110 + (float)r * 20, r % 2 ? "1" : "123");
        draw_text(&d, 280, 110 + (float)r * 20, "4");
    }
    draw_done(&d);
    assert_int_equal(d.doc.tables[0].col_n, 3);
    assert_string_equal(draw_cell(&d, 0, 2, 1), "123");
    assert_string_equal(draw_cell(&d, 0, 3, 2), "4");
    draw_clear(&d);
}

static void a_number_at_the_edge_of_the_page_is_doubtful(void **state)
{
    struct drawing d;

    (void)state;
    draw_init(&d);
    draw_box(&d, 400, 100, 595, 120);
    draw_line(&d, 500, 100, 500, 120);
    draw_text(&d, 405, 110, "1");
    draw_text(&d, 577, 110, "212");
    draw_done(&d);
    assert_int_equal(draw_find(&d, 0, "1")->reading, READING_TEXT);
    assert_int_equal(draw_find(&d, 0, "212")->reading, READING_DOUBTFUL);
    draw_clear(&d);
}

static void enumerators_are_known(void **state)
{
    static const char *const yes[] = { "（一）予以公开", "一、总体", "1.属于",
        "1．属于", "(3)不予", "㈠予以", "①甲", "第八条", "12、其他" };
    static const char *const no[] = { "第三方", "2209", "公开", "一般", "3件",
        "", "（其中" };

    (void)state;
    for (size_t i = 0; i < sizeof(yes) / sizeof(*yes); i++)
        assert_true(text_is_enumerated(slice_str(yes[i])));
    for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++)
        assert_false(text_is_enumerated(slice_str(no[i])));
}

static void page_numbers_are_known(void **state)
{
    (void)state;
    assert_true(text_is_page_number(SLICE_LIT("- 3 -"), false));
    assert_true(text_is_page_number(SLICE_LIT("— 4 —"), false));
    assert_true(text_is_page_number(SLICE_LIT("第 3 页 共 5 页"), false));
    assert_true(text_is_page_number(SLICE_LIT("3"), true));
    assert_true(text_is_page_number(SLICE_LIT("3/5"), true));
    assert_false(text_is_page_number(SLICE_LIT("3"), false));
    assert_false(text_is_page_number(SLICE_LIT("-3"), false));
    assert_false(text_is_page_number(SLICE_LIT("20235"), true));
    assert_false(text_is_page_number(SLICE_LIT("共 3 件"), true));
}

static void full_lines_make_a_paragraph(void **state)
{
    struct drawing d;

    (void)state;
    draw_init(&d);
    draw_text(&d, 100, 100, "本年度收到政府信息公开申请");
    draw_text(&d, 80, 116, "一共若干件，均已按期答复处理完");
    draw_text(&d, 80, 132, "毕。");
    draw_text(&d, 100, 148, "二、主动公开");
    draw_done(&d);
    assert_int_equal(d.doc.block_n, 2);
    assert_string_equal(d.doc.blocks[0].text.p,
        "本年度收到政府信息公开申请一共若干件，均已按期答复处理完毕。");
    draw_clear(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_a_cell_are_joined),
        cmocka_unit_test(two_numbers_in_a_cell_stay_two),
        cmocka_unit_test(a_small_digit_off_the_line_is_a_mark),
        cmocka_unit_test(digits_of_two_sizes_on_one_line_are_one_number),
        cmocka_unit_test(lines_of_digits_may_be_one_number),
        cmocka_unit_test(a_number_over_a_border_is_doubtful),
        cmocka_unit_test(bold_by_drawing_twice_is_read_once),
        cmocka_unit_test(numbers_on_each_other_are_doubtful),
        cmocka_unit_test(text_written_downwards_keeps_its_order),
        cmocka_unit_test(stacked_letters_are_a_word),
        cmocka_unit_test(numbers_of_two_columns_in_one_cell_are_parted),
        cmocka_unit_test(columns_without_a_ruling_are_parted),
        cmocka_unit_test(a_number_at_the_edge_of_the_page_is_doubtful),
        cmocka_unit_test(enumerators_are_known),
        cmocka_unit_test(page_numbers_are_known),
        cmocka_unit_test(full_lines_make_a_paragraph),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
