/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_page_blank - tables that only white space shows.
 */
#include "tests/page.h"

#include "transformer/page_parts.h"

/* Three labels of columns and two rows. */
static void draw_proactive(struct drawing *d, float y)
{
    draw_text(d, 60, y, "信息内容");
    draw_text(d, 200, y, "本年制发件数");
    draw_text(d, 300, y, "本年废止件数");
    draw_text(d, 400, y, "现行有效件数");
    draw_text(d, 60, y + 20, "规章");
    draw_text(d, 230, y + 20, "1");
    draw_text(d, 325, y + 20, "30");
    draw_text(d, 430, y + 20, "4");
    draw_text(d, 60, y + 40, "行政规范性文件");
    draw_text(d, 225, y + 40, "12");
    draw_text(d, 330, y + 40, "0");
    draw_text(d, 420, y + 40, "4567");
}

static void numbers_below_each_other_are_columns(void **state)
{
    struct drawing d;

    (void)state;
    draw_init(&d);
    draw_text(&d, 60, 60, "二、主动公开政府信息情况");
    draw_proactive(&d, 100);
    draw_text(&d, 60, 200, "三、其他情况");
    draw_done(&d);
    assert_int_equal(d.doc.table_n, 1);
    assert_int_equal(d.doc.block_n, 3);
    assert_int_equal(d.doc.tables[0].row_n, 3);
    assert_int_equal(d.doc.tables[0].col_n, 4);
    assert_string_equal(draw_cell(&d, 0, 0, 2), "本年废止件数");
    assert_string_equal(draw_cell(&d, 0, 1, 0), "规章");
    assert_string_equal(draw_cell(&d, 0, 1, 2), "30");
    assert_string_equal(draw_cell(&d, 0, 2, 3), "4567");
    assert_int_equal(draw_find(&d, 0, "4567")->reading, READING_TEXT);
    draw_clear(&d);
}

static void blank_cell_stays_blank(void **state)
{
    struct drawing d;

    (void)state;
    draw_init(&d);
    draw_proactive(&d, 100);
    draw_text(&d, 60, 160, "其他文件");
    draw_text(&d, 230, 160, "7");
    draw_text(&d, 430, 160, "8");
    draw_done(&d);
    assert_string_equal(draw_cell(&d, 0, 3, 1), "7");
    assert_string_equal(draw_cell(&d, 0, 3, 2), "");
    assert_string_equal(draw_cell(&d, 0, 3, 3), "8");
    draw_clear(&d);
}

static void numbers_stand_at_the_middle_of_a_label(void **state)
{
    struct drawing d;

    (void)state;
    draw_init(&d);
    draw_proactive(&d, 100);
    draw_text(&d, 60, 160, "其他对外管理");
    draw_text(&d, 230, 167, "5");
    draw_text(&d, 330, 167, "6");
    draw_text(&d, 430, 167, "7");
    draw_text(&d, 60, 174, "服务事项");
    draw_done(&d);
    assert_string_equal(draw_cell(&d, 0, 3, 0), "其他对外管理服务事项");
    assert_string_equal(draw_cell(&d, 0, 3, 3), "7");
    assert_int_equal(draw_find(&d, 0, "7")->reading, READING_TEXT);
    draw_clear(&d);
}

static void number_that_may_be_broken_is_doubtful(void **state)
{
    struct drawing d;

    (void)state;
    draw_init(&d);
    draw_proactive(&d, 100);
    draw_text(&d, 425, 152, "89");
    draw_done(&d);
    assert_int_equal(d.doc.tables[0].row_n, 3);
    assert_int_equal(draw_find(&d, 0, "4567\n89")->reading, READING_DOUBTFUL);
    assert_int_equal(draw_find(&d, 0, "12")->reading, READING_TEXT);
    draw_clear(&d);
}

static void rest_of_a_number_on_the_next_page_makes_it_doubtful(void **state)
{
    struct drawing d;

    (void)state;
    draw_init(&d);
    draw_proactive(&d, 740);
    draw_page(&d);
    draw_text(&d, 425, 80, "89");
    draw_done(&d);
    assert_int_equal(draw_find(&d, 0, "4567")->reading, READING_DOUBTFUL);
    assert_int_equal(draw_find(&d, 0, "30")->reading, READING_TEXT);
    draw_clear(&d);
}

static void other_number_of_labels_makes_values_doubtful(void **state)
{
    struct drawing d;

    (void)state;
    draw_init(&d);
    draw_text(&d, 60, 80, "信息内容");
    draw_text(&d, 200, 80, "本年制发件数");
    draw_text(&d, 300, 80, "现行有效件数");
    for (int i = 0; i < 4; i++) {
        float y = 100 + 20 * (float)i;

        draw_text(&d, 60, y, "规章");
        draw_text(&d, 230, y, "1");
        draw_text(&d, 330, y, "2");
        draw_text(&d, 430, y, "3");
    }
    draw_done(&d);
    assert_int_equal(draw_find(&d, 0, "1")->reading, READING_DOUBTFUL);
    assert_int_equal(draw_find(&d, 0, "3")->reading, READING_DOUBTFUL);
    draw_clear(&d);
}

static void group_label_spans_the_columns_it_is_centred_over(void **state)
{
    static const char *const leaf[] = { "维持", "纠正", "其他", "维持", "纠正",
        "其他" };
    struct drawing d;

    (void)state;
    draw_init(&d);
    draw_text(&d, 160, 80, "行政复议");
    draw_text(&d, 340, 80, "行政诉讼");
    for (int i = 0; i < 6; i++) {
        draw_text(&d, 110 + 60 * (float)i, 97, leaf[i]);
        draw_text(&d, 118 + 60 * (float)i, 115, "3");
    }
    draw_done(&d);
    assert_int_equal(d.doc.table_n, 1);
    assert_int_equal(draw_find(&d, 0, "行政复议")->colspan, 3);
    assert_int_equal(draw_find(&d, 0, "行政诉讼")->col, 3);
    assert_int_equal(draw_find(&d, 0, "行政诉讼")->colspan, 3);
    assert_string_equal(draw_cell(&d, 0, 1, 5), "其他");
    assert_string_equal(draw_cell(&d, 0, 2, 0), "3");
    draw_clear(&d);
}

static void prose_with_numbers_stays_prose(void **state)
{
    struct drawing d;

    (void)state;
    draw_init(&d);
    for (int i = 0; i < 6; i++)
        draw_text(&d, 60, 100 + 16 * (float)i,
            "本年共收到申请 28 件，其中予以公开 12 件，部分公开 3 件，共计 15");
    draw_done(&d);
    assert_int_equal(d.doc.table_n, 0);
    draw_clear(&d);
}

static void list_of_contents_is_no_table(void **state)
{
    struct drawing d;

    (void)state;
    draw_init(&d);
    for (int i = 0; i < 6; i++) {
        draw_text(&d, 60, 100 + 16 * (float)i, "一、总体情况");
        draw_text(&d, 500, 100 + 16 * (float)i, "3");
    }
    draw_done(&d);
    assert_int_equal(d.doc.table_n, 0);
    draw_clear(&d);
}

/* Labels in the middle of their columns, values at the left edges: they need
 * not lie below each other. */
static void values_may_keep_to_the_left_of_their_labels(void **state)
{
    struct drawing d;

    (void)state;
    draw_init(&d);
    draw_text(&d, 140, 100, "信息内容");
    draw_text(&d, 230, 100, "上一年项目数量");
    draw_text(&d, 350, 100, "本年增/减");
    draw_text(&d, 430, 100, "处理决定数量");
    draw_text(&d, 60, 120, "行政处罚");
    draw_text(&d, 220, 120, "1");
    draw_text(&d, 325, 120, "0");
    draw_text(&d, 422, 120, "2");
    draw_text(&d, 60, 140, "行政强制");
    draw_text(&d, 220, 140, "13");
    draw_text(&d, 325, 140, "-11");
    draw_text(&d, 422, 140, "0");
    draw_done(&d);
    assert_int_equal(d.doc.table_n, 1);
    assert_int_equal(draw_find(&d, 0, "-11")->reading, READING_TEXT);
    assert_int_equal(
        draw_find(&d, 0, "-11")->col, draw_find(&d, 0, "本年增/减")->col);
    assert_int_equal(
        draw_find(&d, 0, "13")->col, draw_find(&d, 0, "上一年项目数量")->col);
    draw_clear(&d);
}

/* Titles in the middle of the table, the corner in the middle of its column:
 * neither is the label of a column. */
static void titles_of_blocks_are_no_labels_of_columns(void **state)
{
    struct drawing d;

    (void)state;
    draw_init(&d);
    draw_text(&d, 215, 80, "第二十条第（一）项");
    draw_text(&d, 140, 100, "信息内容");
    draw_text(&d, 260, 100, "本年制发件数");
    draw_text(&d, 360, 100, "本年废止件数");
    draw_text(&d, 60, 120, "规章");
    draw_text(&d, 290, 120, "1");
    draw_text(&d, 385, 120, "30");
    draw_text(&d, 60, 140, "行政规范性文件");
    draw_text(&d, 285, 140, "12");
    draw_text(&d, 390, 140, "0");
    draw_text(&d, 215, 160, "第二十条第（五）项");
    draw_text(&d, 140, 180, "信息内容");
    draw_text(&d, 310, 180, "本年处理决定数量");
    draw_text(&d, 60, 200, "行政许可");
    draw_text(&d, 340, 200, "77");
    draw_done(&d);
    assert_int_equal(d.doc.table_n, 1);
    assert_int_equal(draw_find(&d, 0, "12")->reading, READING_TEXT);
    assert_int_equal(
        draw_find(&d, 0, "12")->col, draw_find(&d, 0, "本年制发件数")->col);
    assert_int_equal(draw_find(&d, 0, "77")->reading, READING_TEXT);
    assert_int_equal(
        draw_find(&d, 0, "77")->col, draw_find(&d, 0, "本年处理决定数量")->col);
    draw_clear(&d);
}

/* At the left edge the title of a block looks like a label of a row. */
static void a_title_at_the_left_ends_the_rows_above(void **state)
{
    struct drawing d;

    (void)state;
    draw_init(&d);
    draw_proactive(&d, 100);
    draw_text(&d, 60, 160, "第二十条第（五）项");
    draw_text(&d, 60, 180, "信息内容");
    draw_text(&d, 290, 180, "本年处理决定数量");
    draw_text(&d, 60, 200, "行政许可");
    draw_text(&d, 320, 200, "77");
    draw_done(&d);
    assert_int_equal(d.doc.table_n, 1);
    assert_int_equal(draw_find(&d, 0, "12")->reading, READING_TEXT);
    assert_int_equal(draw_find(&d, 0, "77")->reading, READING_TEXT);
    draw_clear(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_below_each_other_are_columns),
        cmocka_unit_test(blank_cell_stays_blank),
        cmocka_unit_test(numbers_stand_at_the_middle_of_a_label),
        cmocka_unit_test(number_that_may_be_broken_is_doubtful),
        cmocka_unit_test(rest_of_a_number_on_the_next_page_makes_it_doubtful),
        cmocka_unit_test(other_number_of_labels_makes_values_doubtful),
        cmocka_unit_test(group_label_spans_the_columns_it_is_centred_over),
        cmocka_unit_test(values_may_keep_to_the_left_of_their_labels),
        cmocka_unit_test(titles_of_blocks_are_no_labels_of_columns),
        cmocka_unit_test(a_title_at_the_left_ends_the_rows_above),
        cmocka_unit_test(prose_with_numbers_stays_prose),
        cmocka_unit_test(list_of_contents_is_no_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
