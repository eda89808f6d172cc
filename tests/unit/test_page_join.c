/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/page.h"

static const float x3[] = { 50, 150, 200, 250 };

/* The rest of a table at the top of the next page. */
static void next_page(struct drawing *d, int rows, const char *const *text)
{
    draw_page(d);
    draw_grid(d, 60, x3, 3, rows, text);
}

static void first_page(struct drawing *d, int rows, const char *const *text)
{
    draw_init(d);
    draw_grid(d, 780 - (float)rows * 20, x3, 3, rows, text);
}

static void a_table_goes_on_on_the_next_page(void **state)
{
    static const char *const a[] = { "项目", "甲", "乙", "1.属于国家秘密", "1",
        "2" };
    static const char *const b[] = { "2.重复申请", "3", "4" };
    struct drawing d;

    (void)state;
    first_page(&d, 2, a);
    draw_text(&d, 290, 810, "- 1 -");
    next_page(&d, 1, b);
    draw_text(&d, 290, 810, "- 2 -");
    draw_done(&d);
    assert_int_equal(d.doc.table_n, 1);
    assert_int_equal(d.doc.block_n, 1);
    assert_int_equal(d.doc.tables[0].row_n, 3);
    assert_string_equal(draw_cell(&d, 0, 2, 1), "3");
    assert_int_equal(draw_find(&d, 0, "4")->page, 2);
    draw_clear(&d);
}

static void a_repeated_header_is_left_out(void **state)
{
    static const char *const a[] = { "项目", "甲", "乙", "1.属于国家秘密", "1",
        "2" };
    static const char *const b[] = { "项目", "甲", "乙", "2.重复申请", "3",
        "4" };
    struct drawing d;

    (void)state;
    first_page(&d, 2, a);
    next_page(&d, 2, b);
    draw_done(&d);
    assert_int_equal(d.doc.tables[0].row_n, 3);
    assert_string_equal(draw_cell(&d, 0, 2, 0), "2.重复申请");
    draw_clear(&d);
}

/* Three rows at the top of a page: a header of two, whose last cell spans
 * both, and one row. */
static void draw_headed(struct drawing *d, float y, const char *total,
    const char *label, const char *value)
{
    draw_line(d, 50, y, 350, y);
    draw_line(d, 50, y + 20, 250, y + 20);
    draw_line(d, 50, y + 40, 350, y + 40);
    draw_line(d, 50, y + 60, 350, y + 60);
    for (int i = 0; i <= 3; i++)
        draw_line(d, 50 + 100 * (float)i, y, 50 + 100 * (float)i, y + 60);
    draw_text(d, 55, y + 10, "申请人");
    draw_text(d, 155, y + 10, "情况");
    draw_text(d, 55, y + 30, "项目");
    draw_text(d, 155, y + 30, "自然人");
    draw_text(d, 255, y + 20, total);
    draw_text(d, 55, y + 50, label);
    draw_text(d, 155, y + 50, value);
    draw_text(d, 255, y + 50, value);
}

static void a_repeated_header_may_lack_texts_that_span_rows(void **state)
{
    struct drawing d;

    (void)state;
    draw_init(&d);
    draw_headed(&d, 700, "总计", "1.属于国家秘密", "1");
    draw_page(&d);
    draw_headed(&d, 70, "", "2.重复申请", "3");
    draw_done(&d);
    assert_int_equal(d.doc.table_n, 1);
    assert_int_equal(d.doc.tables[0].row_n, 4);
    assert_string_equal(draw_cell(&d, 0, 3, 0), "2.重复申请");
    draw_clear(&d);
}

static void text_between_keeps_tables_apart(void **state)
{
    static const char *const a[] = { "1.属于国家秘密", "1", "2" };
    struct drawing d;

    (void)state;
    first_page(&d, 1, a);
    draw_page(&d);
    draw_text(&d, 50, 120, "四、政府信息公开行政复议、行政诉讼情况");
    draw_grid(&d, 150, x3, 3, 1, a);
    draw_done(&d);
    assert_int_equal(d.doc.table_n, 2);
    draw_clear(&d);
}

static void other_columns_are_another_table(void **state)
{
    static const float other[] = { 50, 90, 130, 170, 250 };
    static const char *const a[] = { "1.属于国家秘密", "1", "2" };
    static const char *const b[] = { "甲", "乙", "丙", "丁" };
    struct drawing d;

    (void)state;
    first_page(&d, 1, a);
    draw_page(&d);
    draw_grid(&d, 60, other, 4, 1, b);
    draw_done(&d);
    assert_int_equal(d.doc.table_n, 2);
    draw_clear(&d);
}

static void a_torn_label_is_one_again(void **state)
{
    static const char *const a[] = { "4.无正当理由大量", "1", "2" };
    static const char *const b[] = { "反复申请", NULL, NULL, "5.其他", "3",
        "4" };
    struct drawing d;

    (void)state;
    first_page(&d, 1, a);
    next_page(&d, 2, b);
    draw_done(&d);
    assert_int_equal(d.doc.tables[0].row_n, 2);
    assert_string_equal(draw_cell(&d, 0, 0, 0), "4.无正当理由大量反复申请");
    assert_string_equal(draw_cell(&d, 0, 1, 1), "3");
    draw_clear(&d);
}

static void whole_rows_without_numbering_stay_apart(void **state)
{
    static const char *const a[] = { "规章", "1", "2" };
    static const char *const b[] = { "规范性文件", NULL, NULL };
    struct drawing d;

    (void)state;
    first_page(&d, 1, a);
    next_page(&d, 1, b);
    draw_done(&d);
    assert_int_equal(d.doc.tables[0].row_n, 2);
    assert_string_equal(draw_cell(&d, 0, 0, 0), "规章");
    draw_clear(&d);
}

static void a_number_torn_in_a_full_cell_is_one_again(void **state)
{
    static const char *const a[] = { "1.属于国家秘密", "12345678", "2" };
    static const char *const b[] = { NULL, "9", NULL };
    struct drawing d;

    (void)state;
    first_page(&d, 1, a);
    next_page(&d, 1, b);
    draw_done(&d);
    assert_int_equal(d.doc.tables[0].row_n, 1);
    assert_string_equal(draw_cell(&d, 0, 0, 1), "123456789");
    assert_int_equal(draw_find(&d, 0, "123456789")->reading, READING_TEXT);
    draw_clear(&d);
}

static void a_number_that_may_be_torn_is_doubtful(void **state)
{
    static const char *const a[] = { "1.属于国家秘密", "12", "2" };
    static const char *const b[] = { NULL, "9", NULL };
    struct drawing d;

    (void)state;
    first_page(&d, 1, a);
    next_page(&d, 1, b);
    draw_done(&d);
    assert_int_equal(d.doc.tables[0].row_n, 2);
    assert_int_equal(draw_find(&d, 0, "12")->reading, READING_DOUBTFUL);
    assert_int_equal(draw_find(&d, 0, "9")->reading, READING_DOUBTFUL);
    assert_int_equal(draw_find(&d, 0, "2")->reading, READING_TEXT);
    draw_clear(&d);
}

/* The number fills its cell, and its row and label are below the break. */
static void the_start_of_a_number_above_its_row_is_doubtful(void **state)
{
    static const char *const a[][3] = { { NULL, "12345678", NULL },
        { "1.申请人无正当", "12345678", NULL } };
    static const char *const b[][3] = { { "（七）总计", "9", "4" },
        { "理由逾期不补正", "9", "4" } };

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct drawing d;

        first_page(&d, 1, a[i]);
        next_page(&d, 1, b[i]);
        draw_done(&d);
        assert_int_equal(
            draw_find(&d, 0, "12345678")->reading, READING_DOUBTFUL);
        assert_int_equal(draw_find(&d, 0, "9")->reading, READING_DOUBTFUL);
        assert_int_equal(draw_find(&d, 0, "4")->reading, READING_TEXT);
        draw_clear(&d);
    }
}

static void rows_of_numbers_with_room_are_sure(void **state)
{
    static const char *const a[] = { "规章", "12", "2" };
    static const char *const b[] = { "规范性文件", "9", "4" };
    struct drawing d;

    (void)state;
    first_page(&d, 1, a);
    next_page(&d, 1, b);
    draw_done(&d);
    assert_int_equal(draw_find(&d, 0, "12")->reading, READING_TEXT);
    assert_int_equal(draw_find(&d, 0, "9")->reading, READING_TEXT);
    draw_clear(&d);
}

static void a_label_over_rows_goes_on(void **state)
{
    struct drawing d;

    (void)state;
    draw_init(&d);
    draw_box(&d, 50, 740, 250, 780);
    draw_line(&d, 150, 740, 150, 780);
    draw_line(&d, 200, 740, 200, 780);
    draw_line(&d, 150, 760, 250, 760);
    draw_text(&d, 60, 760, "（三）不予");
    draw_text(&d, 155, 750, "1.甲");
    draw_text(&d, 205, 750, "1");
    draw_text(&d, 155, 770, "2.乙");
    draw_text(&d, 205, 770, "2");
    draw_page(&d);
    draw_box(&d, 50, 60, 250, 100);
    draw_line(&d, 150, 60, 150, 100);
    draw_line(&d, 200, 60, 200, 100);
    draw_line(&d, 150, 80, 250, 80);
    draw_text(&d, 60, 80, "公开");
    draw_text(&d, 155, 70, "3.丙");
    draw_text(&d, 205, 70, "3");
    draw_text(&d, 155, 90, "4.丁");
    draw_text(&d, 205, 90, "4");
    draw_done(&d);
    assert_int_equal(d.doc.tables[0].row_n, 4);
    assert_int_equal(draw_find(&d, 0, "（三）不予公开")->rowspan, 4);
    draw_clear(&d);
}

static void a_row_alone_without_borders_is_kept(void **state)
{
    static const char *const a[] = { "1.属于国家秘密", "1", "2" };
    static const char *const b[] = { "3.其他", "5", "6" };
    struct drawing d;

    (void)state;
    first_page(&d, 1, a);
    draw_page(&d);
    for (int i = 0; i < 4; i++)
        draw_line(&d, x3[i], 60, x3[i], 80);
    draw_text(&d, 55, 70, "2.重复申请");
    draw_text(&d, 155, 70, "3");
    draw_text(&d, 205, 70, "4");
    next_page(&d, 1, b);
    draw_done(&d);
    assert_int_equal(d.doc.table_n, 1);
    assert_string_equal(draw_cell(&d, 0, 1, 2), "4");
    assert_string_equal(draw_cell(&d, 0, 2, 2), "6");
    draw_clear(&d);
}

/* Cells of a row and the lines beside them, with the lines above and below
 * only where they are asked for. */
static void open_row(
    struct drawing *d, float y, bool above, bool below, const char *const *text)
{
    for (int i = 0; i < 4; i++)
        draw_line(d, x3[i], y, x3[i], y + 20);
    if (above)
        draw_line(d, x3[0], y, x3[3], y);
    if (below)
        draw_line(d, x3[0], y + 20, x3[3], y + 20);
    for (int i = 0; i < 3; i++)
        if (text[i])
            draw_text(d, x3[i] + 5, y + 10, text[i]);
}

static void a_label_below_the_break_is_of_the_values_above(void **state)
{
    static const char *const a[] = { "1.属于国家秘密", "1", "2", NULL, "3",
        "4" };
    static const char *const b[] = { "2.重复申请", NULL, NULL,
        "3.要求提供公开出版物", "5", "6" };
    struct drawing d;

    (void)state;
    first_page(&d, 2, a);
    next_page(&d, 2, b);
    draw_done(&d);
    assert_int_equal(d.doc.tables[0].row_n, 3);
    assert_string_equal(draw_cell(&d, 0, 1, 0), "2.重复申请");
    assert_string_equal(draw_cell(&d, 0, 1, 2), "4");
    assert_string_equal(draw_cell(&d, 0, 2, 2), "6");
    draw_clear(&d);
}

/* A label beside the values: what is below is a row of its own. */
static void a_label_below_a_labelled_row_is_of_another(void **state)
{
    static const char *const a[] = { "一、甲", "乙", "1", NULL, "总计", "2" };
    static const char *const b[] = { "四、结转", NULL, NULL, "五、丙", "丁",
        "3" };
    struct drawing d;

    (void)state;
    first_page(&d, 2, a);
    next_page(&d, 2, b);
    draw_done(&d);
    assert_int_equal(d.doc.tables[0].row_n, 4);
    assert_int_equal(draw_find(&d, 0, "四、结转")->row, 2);
    draw_clear(&d);
}

/* The label of a group stands in the middle of its rows. */
static void a_group_named_below_the_break_reaches_above_it(void **state)
{
    struct drawing d;

    (void)state;
    draw_init(&d);
    for (int i = 0; i < 4; i++)
        draw_line(&d, x3[i], 740, x3[i], 780);
    draw_line(&d, x3[0], 740, x3[3], 740);
    draw_line(&d, x3[1], 760, x3[3], 760);
    draw_line(&d, x3[0], 780, x3[3], 780);
    draw_text(&d, 155, 750, "甲");
    draw_text(&d, 205, 750, "1");
    draw_text(&d, 155, 770, "乙在");
    draw_page(&d);
    for (int i = 0; i < 4; i++)
        draw_line(&d, x3[i], 60, x3[i], 100);
    draw_line(&d, x3[0], 60, x3[3], 60);
    draw_line(&d, x3[1], 80, x3[3], 80);
    draw_line(&d, x3[0], 100, x3[3], 100);
    draw_text(&d, 55, 80, "（三）不予公开");
    draw_text(&d, 155, 70, "此");
    draw_text(&d, 205, 70, "2");
    draw_text(&d, 155, 90, "3.丙");
    draw_text(&d, 205, 90, "3");
    draw_done(&d);
    assert_int_equal(draw_find(&d, 0, "（三）不予公开")->row, 0);
    assert_int_equal(draw_find(&d, 0, "（三）不予公开")->rowspan, 4);
    draw_clear(&d);
}

static void a_line_that_hangs_out_at_the_break_is_of_its_cell(void **state)
{
    static const char *const a[] = { "项目", "自然", "总" };
    static const char *const b[] = { "1.属于国家秘密", "1", "2" };
    struct drawing d;

    (void)state;
    for (int border = 0; border < 2; border++) {
        draw_init(&d);
        open_row(&d, 760, true, border, a);
        draw_text(&d, 155, border ? 781 : 783, "人");
        draw_text(&d, 205, border ? 781 : 783, "计");
        draw_page(&d);
        open_row(&d, 60, true, true, b);
        draw_done(&d);
        assert_int_equal(d.doc.table_n, 1);
        assert_string_equal(draw_cell(&d, 0, 0, 1), "自然人");
        draw_clear(&d);
    }
}

/* Where labels beside go on, the cells of the group begin below the break. */
static void a_strip_above_a_break_is_no_row(void **state)
{
    static const float x5[] = { 50, 90, 130, 170, 210, 250 };
    struct drawing d;

    (void)state;
    draw_init(&d);
    for (int i = 0; i <= 3; i++)
        draw_line(&d, x5[i], 740, x5[i], 780);
    draw_line(&d, x5[5], 740, x5[5], 780);
    draw_line(&d, x5[0], 740, x5[5], 740);
    draw_line(&d, x5[3], 760, x5[5], 760);
    draw_text(&d, 55, 770, "结果");
    draw_text(&d, 95, 770, "尚未");
    draw_text(&d, 135, 770, "总计");
    draw_text(&d, 175, 750, "复议后起诉");
    draw_page(&d);
    for (int i = 0; i <= 5; i++)
        draw_line(&d, x5[i], 60, x5[i], 100);
    draw_line(&d, x5[0], 80, x5[5], 80);
    draw_line(&d, x5[0], 100, x5[5], 100);
    draw_text(&d, 55, 70, "维持");
    draw_text(&d, 95, 70, "审结");
    draw_text(&d, 175, 70, "维持");
    draw_text(&d, 215, 70, "纠正");
    for (int i = 0; i < 5; i++)
        draw_text(&d, x5[i] + 5, 90, "7");
    draw_done(&d);
    assert_int_equal(d.doc.table_n, 1);
    assert_int_equal(d.doc.tables[0].row_n, 3);
    assert_int_equal(draw_find(&d, 0, "结果维持")->rowspan, 2);
    assert_int_equal(draw_find(&d, 0, "纠正")->row, 1);
    draw_clear(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_goes_on_on_the_next_page),
        cmocka_unit_test(a_repeated_header_is_left_out),
        cmocka_unit_test(a_repeated_header_may_lack_texts_that_span_rows),
        cmocka_unit_test(text_between_keeps_tables_apart),
        cmocka_unit_test(other_columns_are_another_table),
        cmocka_unit_test(a_torn_label_is_one_again),
        cmocka_unit_test(whole_rows_without_numbering_stay_apart),
        cmocka_unit_test(a_number_torn_in_a_full_cell_is_one_again),
        cmocka_unit_test(a_number_that_may_be_torn_is_doubtful),
        cmocka_unit_test(the_start_of_a_number_above_its_row_is_doubtful),
        cmocka_unit_test(rows_of_numbers_with_room_are_sure),
        cmocka_unit_test(a_label_over_rows_goes_on),
        cmocka_unit_test(a_row_alone_without_borders_is_kept),
        cmocka_unit_test(a_label_below_the_break_is_of_the_values_above),
        cmocka_unit_test(a_label_below_a_labelled_row_is_of_another),
        cmocka_unit_test(a_group_named_below_the_break_reaches_above_it),
        cmocka_unit_test(a_line_that_hangs_out_at_the_break_is_of_its_cell),
        cmocka_unit_test(a_strip_above_a_break_is_no_row),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
