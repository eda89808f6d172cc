/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/page.h"

#include <math.h>

#include "common/limits.h"

static const float x4[] = { 50, 150, 250, 350, 450 };

static void a_ruled_grid_is_a_table(void **state)
{
    static const char *const text[] = { "项目", "甲", "乙", "总计", "新收", "1",
        "22", "23", "结转", "0", NULL, "0" };
    struct drawing d;

    (void)state;
    draw_init(&d);
    draw_text(&d, 70, 60, "三、收到和处理政府信息公开申请情况");
    draw_grid(&d, 100, x4, 4, 3, text);
    draw_done(&d);
    assert_int_equal(d.doc.table_n, 1);
    assert_int_equal(d.doc.tables[0].row_n, 3);
    assert_int_equal(d.doc.tables[0].col_n, 4);
    assert_int_equal(d.doc.tables[0].cell_n, 12);
    assert_string_equal(draw_cell(&d, 0, 1, 2), "22");
    assert_string_equal(draw_cell(&d, 0, 2, 2), "");
    assert_int_equal(d.doc.block_n, 2);
    assert_int_equal(d.doc.blocks[0].kind, BLOCK_PARAGRAPH);
    assert_int_equal(d.doc.blocks[1].page, 1);
    draw_clear(&d);
}

static void radicals_are_the_characters_they_look_like(void **state)
{
    struct drawing d;

    (void)state;
    draw_init(&d);
    /* As browsers write what is printed with fonts of all of China. */
    draw_text(&d, 70, 60, "⻘⼭市⼈⺠政府⻛⻚ 〸—⼀⿕⺀⺾");
    draw_done(&d);
    assert_int_equal(d.doc.block_n, 1);
    assert_string_equal(
        d.doc.blocks[0].text.p, "青山市人民政府风页 〸—一龠⺀艹");
    draw_clear(&d);
}

static void cells_have_page_and_box(void **state)
{
    static const char *const text[] = { "甲", "1", "乙", "2", "丙", "3", "丁",
        "4" };
    struct drawing d;
    const struct document_cell *c;

    (void)state;
    draw_init(&d);
    draw_page(&d);
    draw_grid(&d, 100, x4, 2, 4, text);
    draw_done(&d);
    c = draw_find(&d, 0, "2");
    assert_int_equal(c->page, 2);
    assert_float_equal(c->box[0], 150, 1);
    assert_float_equal(c->box[1], 120, 1);
    assert_float_equal(c->box[2], 250, 1);
    assert_float_equal(c->box[3], 140, 1);
    draw_clear(&d);
}

/* No border around the table, and two cells in its first and last row. */
static void a_line_alone_runs_through_rows_without_borders(void **state)
{
    struct drawing d;

    (void)state;
    draw_init(&d);
    draw_line(&d, 50, 120, 450, 120);
    draw_line(&d, 50, 140, 450, 140);
    draw_line(&d, 50, 160, 450, 160);
    draw_line(&d, 150, 100, 150, 180);
    draw_line(&d, 250, 120, 250, 160);
    draw_text(&d, 55, 110, "信息内容");
    draw_text(&d, 300, 110, "数量");
    draw_text(&d, 55, 130, "甲");
    draw_text(&d, 200, 130, "1");
    draw_text(&d, 300, 130, "2");
    draw_text(&d, 55, 150, "乙");
    draw_text(&d, 200, 150, "3");
    draw_text(&d, 300, 150, "4");
    draw_text(&d, 55, 170, "收费");
    draw_text(&d, 300, 170, "0.8");
    draw_done(&d);
    assert_int_equal(d.doc.table_n, 1);
    assert_int_equal(d.doc.tables[0].row_n, 4);
    assert_int_equal(draw_find(&d, 0, "数量")->colspan, 2);
    assert_int_equal(draw_find(&d, 0, "数量")->row, 0);
    assert_int_equal(draw_find(&d, 0, "0.8")->colspan, 2);
    assert_int_equal(draw_find(&d, 0, "0.8")->row, 3);
    draw_clear(&d);
}

static void sides_not_drawn_make_spans(void **state)
{
    struct drawing d;
    const struct document_cell *c;

    (void)state;
    draw_init(&d);
    draw_box(&d, 50, 100, 350, 160);
    draw_line(&d, 50, 120, 350, 120);
    draw_line(&d, 150, 140, 350, 140);
    draw_line(&d, 150, 120, 150, 160);
    draw_line(&d, 250, 120, 250, 160);
    draw_text(&d, 60, 110, "第二十条第（一）项");
    draw_text(&d, 60, 140, "规章");
    draw_text(&d, 160, 130, "7");
    draw_done(&d);
    c = draw_find(&d, 0, "第二十条第（一）项");
    assert_int_equal(c->colspan, 3);
    assert_int_equal(c->rowspan, 1);
    c = draw_find(&d, 0, "规章");
    assert_int_equal(c->rowspan, 2);
    assert_int_equal(c->colspan, 1);
    assert_int_equal(d.doc.tables[0].cell_n, 6);
    draw_clear(&d);
}

static void boxes_drawn_around_each_cell_are_one_table(void **state)
{
    struct drawing d;

    (void)state;
    draw_init(&d);
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 3; c++) {
            float x = 50 + (float)c * 100;
            float y = 100 + (float)r * 20;

            draw_box(&d, x, y, x + 97.5f, y + 17.5f);
            draw_text(&d, x + 5, y + 9, r == c ? "1" : "0");
        }
    draw_done(&d);
    assert_int_equal(d.doc.table_n, 1);
    assert_int_equal(d.doc.tables[0].row_n, 3);
    assert_int_equal(d.doc.tables[0].col_n, 3);
    assert_string_equal(draw_cell(&d, 0, 1, 1), "1");
    assert_string_equal(draw_cell(&d, 0, 2, 1), "0");
    draw_clear(&d);
}

static void borders_missing_outside_are_where_lines_end(void **state)
{
    struct drawing d;

    (void)state;
    draw_init(&d);
    for (int r = 0; r < 4; r++)
        draw_line(&d, 50, 100 + (float)r * 20, 350, 100 + (float)r * 20);
    draw_line(&d, 150, 90, 150, 180);
    draw_line(&d, 250, 90, 250, 180);
    draw_text(&d, 60, 95, "上");
    draw_text(&d, 60, 110, "左");
    draw_text(&d, 260, 110, "5");
    draw_text(&d, 260, 170, "6");
    draw_done(&d);
    assert_int_equal(d.doc.tables[0].col_n, 3);
    assert_int_equal(d.doc.tables[0].row_n, 5);
    assert_string_equal(draw_cell(&d, 0, 0, 0), "上");
    assert_string_equal(draw_cell(&d, 0, 1, 2), "5");
    assert_string_equal(draw_cell(&d, 0, 4, 2), "6");
    draw_clear(&d);
}

static void columns_that_no_line_crosses_are_of_the_table(void **state)
{
    static const float x[] = { 150, 200, 250 };
    static const char *const text[] = { "1.属于", "1", "2.其他", "2" };
    struct drawing d;

    (void)state;
    draw_init(&d);
    draw_grid(&d, 60, x, 2, 2, text);
    draw_line(&d, 50, 60, 50, 100);
    draw_line(&d, 100, 60, 100, 100);
    draw_text(&d, 55, 80, "三、");
    draw_done(&d);
    assert_int_equal(d.doc.table_n, 1);
    assert_int_equal(d.doc.tables[0].col_n, 4);
    assert_int_equal(draw_find(&d, 0, "三、")->rowspan, 2);
    assert_int_equal(draw_find(&d, 0, "2")->col, 3);
    draw_clear(&d);
}

static void a_line_left_over_parts_no_row(void **state)
{
    static const float x[] = { 50, 150, 200, 250 };
    struct drawing d;

    (void)state;
    draw_init(&d);
    for (int i = 0; i < 4; i++)
        draw_line(&d, x[i], 60, x[i], 100);
    draw_line(&d, 50, 60, 250, 60);
    draw_line(&d, 50, 67, 150, 67);
    draw_line(&d, 50, 80, 250, 80);
    draw_line(&d, 50, 100, 250, 100);
    draw_text(&d, 55, 74, "一、甲");
    draw_text(&d, 155, 70, "1");
    draw_text(&d, 205, 70, "2");
    draw_text(&d, 55, 90, "二、乙");
    draw_text(&d, 155, 90, "3");
    draw_text(&d, 205, 90, "4");
    draw_done(&d);
    assert_int_equal(d.doc.tables[0].row_n, 2);
    assert_string_equal(draw_cell(&d, 0, 0, 0), "一、甲");
    assert_int_equal(draw_find(&d, 0, "1")->rowspan, 1);
    assert_string_equal(draw_cell(&d, 0, 1, 2), "4");
    draw_clear(&d);
}

static void underlines_part_no_cells(void **state)
{
    static const float x[] = { 50, 150, 250 };
    static const char *const text[] = { "项目", "12", "人数", "34" };
    struct drawing d;

    (void)state;
    draw_init(&d);
    draw_grid(&d, 60, x, 2, 2, text);
    draw_text(&d, 52, 64, "一二三四五六七八九");
    draw_line(&d, 52, 69, 142, 69);
    draw_done(&d);
    assert_int_equal(d.doc.tables[0].row_n, 2);
    assert_string_equal(draw_cell(&d, 0, 1, 1), "34");
    draw_clear(&d);
}

/* As long as the text, longer by hand, and a border that text stands on. */
static void struck_digits_keep_their_line(void **state)
{
    static const float x[] = { 50, 150, 250 };
    static const char *const text[] = { "94", "12", "34", "56" };
    struct drawing d;

    (void)state;
    draw_init(&d);
    draw_grid(&d, 60, x, 2, 2, text);
    draw_line(&d, 55, 71, 60, 71);
    draw_line(&d, 152, 71.5f, 180, 71.5f);
    draw_line(&d, 100, 91, 250, 91);
    draw_done(&d);
    assert_string_equal(draw_cell(&d, 0, 0, 0), "9\u03364");
    assert_string_equal(draw_cell(&d, 0, 0, 1), "1\u03362\u0336");
    assert_non_null(draw_find(&d, 0, "56"));
    draw_clear(&d);
}

static void what_cannot_be_reckoned_with_is_ignored(void **state)
{
    struct drawing d;
    struct page_run run = {
        .x0 = NAN, .x1 = 5, .y1 = 5, .text = SLICE_LIT("1")
    };

    (void)state;
    draw_init(&d);
    page_add_run(&d.pages, d.page, &run);
    run.x0 = 1e30f;
    page_add_run(&d.pages, d.page, &run);
    draw_line(&d, 0, 0, INFINITY, 0);
    draw_line(&d, 0, 0, 100, 100);
    assert_int_equal(d.page->run_n, 0);
    assert_int_equal(d.page->ruling_n, 0);
    draw_done(&d);
    assert_int_equal(d.doc.block_n, 0);
    draw_clear(&d);
}

static void too_many_pages_are_a_limit(void **state)
{
    struct drawing d;

    (void)state;
    draw_init(&d);
    for (uint32_t i = 1; i < LIMIT_PAGES; i++)
        draw_page(&d);
    assert_null(pages_add(&d.pages, 595, 842));
    assert_int_equal(pages_to_tree(&d.pages, &d.doc, &d.err), -1);
    assert_int_equal(d.err.kind, ERR_LIMIT);
    draw_clear(&d);
}

static void too_many_glyphs_on_a_page_are_a_limit(void **state)
{
    struct drawing d;
    struct page_run run = {
        .x0 = 10, .x1 = 15, .y0 = 10, .y1 = 20, .text = SLICE_LIT("1")
    };

    (void)state;
    draw_init(&d);
    for (uint32_t i = 0; i <= LIMIT_PAGE_RUNS; i++)
        page_add_run(&d.pages, d.page, &run);
    assert_int_equal(d.page->run_n, LIMIT_PAGE_RUNS);
    assert_int_equal(pages_to_tree(&d.pages, &d.doc, &d.err), -1);
    assert_int_equal(d.err.kind, ERR_LIMIT);
    draw_clear(&d);
}

static void a_full_page_of_lines_and_glyphs_ends(void **state)
{
    struct drawing d;
    struct page_run run = {
        .x0 = 10, .x1 = 15, .y0 = 10, .y1 = 20, .text = SLICE_LIT("1")
    };

    (void)state;
    draw_init(&d);
    for (uint32_t i = 0; i < LIMIT_PAGE_RUNS; i++)
        page_add_run(&d.pages, d.page, &run);
    for (uint32_t i = 0; i < LIMIT_PAGE_RULINGS / 2; i++) {
        draw_line(&d, 0, (float)i * 6, 15000, (float)i * 6);
        draw_line(&d, (float)i * 6, 0, (float)i * 6, 15000);
    }
    draw_done(&d);
    draw_clear(&d);
}

static void too_many_cells_are_a_limit(void **state)
{
    struct drawing d;

    (void)state;
    draw_init(&d);
    for (int page = 0; page < 20; page++) {
        for (int i = 0; i <= 200; i++) {
            draw_line(&d, 0, (float)i * 8, 1600, (float)i * 8);
            draw_line(&d, (float)i * 8, 0, (float)i * 8, 1600);
        }
        draw_page(&d);
    }
    assert_int_equal(pages_to_tree(&d.pages, &d.doc, &d.err), -1);
    assert_int_equal(d.err.kind, ERR_LIMIT);
    draw_clear(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ruled_grid_is_a_table),
        cmocka_unit_test(radicals_are_the_characters_they_look_like),
        cmocka_unit_test(cells_have_page_and_box),
        cmocka_unit_test(a_line_alone_runs_through_rows_without_borders),
        cmocka_unit_test(sides_not_drawn_make_spans),
        cmocka_unit_test(boxes_drawn_around_each_cell_are_one_table),
        cmocka_unit_test(borders_missing_outside_are_where_lines_end),
        cmocka_unit_test(columns_that_no_line_crosses_are_of_the_table),
        cmocka_unit_test(a_line_left_over_parts_no_row),
        cmocka_unit_test(underlines_part_no_cells),
        cmocka_unit_test(struck_digits_keep_their_line),
        cmocka_unit_test(what_cannot_be_reckoned_with_is_ignored),
        cmocka_unit_test(too_many_pages_are_a_limit),
        cmocka_unit_test(too_many_glyphs_on_a_page_are_a_limit),
        cmocka_unit_test(too_many_cells_are_a_limit),
        cmocka_unit_test(a_full_page_of_lines_and_glyphs_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
