/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_read_text - claims about transformer/read_text.c and text_lines.c
 */
#include "tests/check.h"

#include "common/buf.h"
#include "common/limits.h"
#include "tests/reading.h"

static void lines_are_paragraphs(void **state)
{
    (void)state;
    assert_reads(
        "一、总体情况\r\n\r\n  本报告\rx\n", "P 一、总体情况\nP 本报告\nP x\n");
}

static void tabs_part_cells_and_leading_tabs_are_empty_cells(void **state)
{
    (void)state;
    assert_reads("信息内容\t本年\t\n规章\t0\t1\n\t行政确认\t2\n说明\n",
        "TABLE 0: 3 rows, 3 columns, 9 cells, depth 0\n"
        "  0,0 信息内容 | 0,1 本年 | 0,2 \n"
        "  1,0 规章 | 1,1 0 | 1,2 1\n"
        "  2,0  | 2,1 行政确认 | 2,2 2\n"
        "P 说明\n");
}

static void a_title_parts_tables(void **state)
{
    (void)state;
    assert_reads("a\t1\nb\t2\n三、收到和处理政府信息公开申请情况\nc\t3\nd\t4\n",
        "TABLE 0: 2 rows, 2 columns, 4 cells, depth 0\n"
        "  0,0 a | 0,1 1\n  1,0 b | 1,1 2\n"
        "P 三、收到和处理政府信息公开申请情况\n"
        "TABLE 1: 2 rows, 2 columns, 4 cells, depth 0\n"
        "  0,0 c | 0,1 3\n  1,0 d | 1,1 4\n");
}

static void a_row_that_lost_its_tabs_is_a_row(void **state)
{
    (void)state;
    assert_reads("a\t1\t2\n第二十条第（五）项\nb\t3\t4\n",
        "TABLE 0: 3 rows, 3 columns, 7 cells, depth 0\n"
        "  0,0 a | 0,1 1 | 0,2 2\n"
        "  1,0 第二十条第（五）项\n"
        "  2,0 b | 2,1 3 | 2,2 4\n");
}

static void an_empty_line_parts_tables_with_tabs(void **state)
{
    (void)state;
    assert_reads("a\t1\t2\nb\t3\t4\n\nc\t5\t6\nd\t7\t8\n",
        "TABLE 0: 2 rows, 3 columns, 6 cells, depth 0\n"
        "  0,0 a | 0,1 1 | 0,2 2\n  1,0 b | 1,1 3 | 1,2 4\n"
        "TABLE 1: 2 rows, 3 columns, 6 cells, depth 0\n"
        "  0,0 c | 0,1 5 | 0,2 6\n  1,0 d | 1,1 7 | 1,2 8\n");
}

static void double_spaced_rows_are_one_table(void **state)
{
    (void)state;
    assert_reads("a\t1\t2\n\nb\t3\t4\n\nc\t5\t6\n",
        "TABLE 0: 3 rows, 3 columns, 9 cells, depth 0\n"
        "  0,0 a | 0,1 1 | 0,2 2\n  1,0 b | 1,1 3 | 1,2 4\n"
        "  2,0 c | 2,1 5 | 2,2 6\n");
}

static void a_cell_a_line_makes_rows_between_empty_lines(void **state)
{
    (void)state;
    assert_reads("\t信息内容\n\t本年制发件数\n\n\t规章\n\t0\n\n\t\n\t7\n",
        "TABLE 0: 3 rows, 2 columns, 6 cells, depth 0\n"
        "  0,0 信息内容 | 0,1 本年制发件数\n  1,0 规章 | 1,1 0\n"
        "  2,0  | 2,1 7\n");
}

static void torn_labels_are_joined(void **state)
{
    (void)state;
    assert_reads(
        "\t商业\n企业\n\t总计\n\n\t（三）不予\n\n公开\n\t1.属于国家秘密\n\t0\n"
        "\n\t结\n果\n维\n持\n\t5\n",
        "TABLE 0: 3 rows, 3 columns, 7 cells, depth 0\n"
        "  0,0 商业\\n企业 | 0,1 总计\n"
        "  1,0 （三）不予\\n公开 | 1,1 1.属于国家秘密 | 1,2 0\n"
        "  2,0 结\\n果\\n维\\n持 | 2,1 5\n");
}

static void a_note_goes_on_with_its_number(void **state)
{
    (void)state;
    assert_reads("\t规章\n\t22\n（其中修订16件）\n\t3\n",
        "TABLE 0: 1 rows, 3 columns, 3 cells, depth 0\n"
        "  0,0 规章 | 0,1 22\\n（其中修订16件） | 0,2 3\n");
}

static void a_title_behind_a_number_is_no_rest_of_it(void **state)
{
    (void)state;
    assert_reads(
        "\t规章\n\t22\n\n\n收到和处理政府信息公开申请情况\n\n\t申请人\n\t3\n",
        "TABLE 0: 1 rows, 2 columns, 2 cells, depth 0\n  0,0 规章 | 0,1 22\n"
        "P 收到和处理政府信息公开申请情况\n"
        "TABLE 1: 1 rows, 2 columns, 2 cells, depth 0\n  0,0 申请人 | 0,1 3\n");
    assert_reads("\t规章\n\t22\n四、存在的问题\n\t申请人\n\t3\n",
        "TABLE 0: 1 rows, 2 columns, 2 cells, depth 0\n  0,0 规章 | 0,1 22\n"
        "P 四、存在的问题\n"
        "TABLE 1: 1 rows, 2 columns, 2 cells, depth 0\n  0,0 申请人 | 0,1 3\n");
}

static void indented_prose_is_no_table(void **state)
{
    (void)state;
    assert_reads("\t一、总体情况\n\n\t（一）主动公开\n署名\t单位\n",
        "P 一、总体情况\nP （一）主动公开\nP 署名\t单位\n");
}

static void a_run_of_bare_cells_is_one_column(void **state)
{
    (void)state;
    assert_reads(
        "这一段文字很长，长得不能是一个单元格，所以它是一个段落，不管它后面跟着"
        "什么样的"
        "行，也不管那些行里有没有数字，它都是一个段落。\n"
        "主动公开政府信息情况\n信息内容\n本年制发件数\n\n规章\n0\n1,234\n\n"
        "行政许可\n８８\n-3\n\u200b无\n0 元\n五、存在的主要问题及改进情况\n",
        "P "
        "这一段文字很长，长得不能是一个单元格，所以它是一个段落，不管它后面跟着"
        "什么样的行，"
        "也不管那些行里有没有数字，它都是一个段落。\n"
        "P 主动公开政府信息情况\n"
        "TABLE 0: 12 rows, 1 columns, 12 cells, depth 0\n"
        "  0,0 信息内容\n  1,0 本年制发件数\n  2,0 \n  3,0 规章\n  4,0 0\n"
        "  5,0 1,234\n  6,0 \n  7,0 行政许可\n  8,0 ８８\n  9,0 -3\n"
        "  10,0 \u200b无\n  11,0 0 元\nP 五、存在的主要问题及改进情况\n");
}

static void an_enumerator_torn_off_is_no_value(void **state)
{
    (void)state;
    assert_reads("\t总计\n\t2\n\n.重复申请\n\t0\n",
        "TABLE 0: 1 rows, 3 columns, 3 cells, depth 0\n"
        "  0,0 总计 | 0,1 2\\n.重复申请 | 0,2 0\n");
    assert_reads("规章\n1\n2\n3\n2\n.重复申请\n4\n",
        "TABLE 0: 6 rows, 1 columns, 6 cells, depth 0\n"
        "  0,0 规章\n  1,0 1\n  2,0 2\n  3,0 3\n  4,0 2\\n.重复申请\n"
        "  5,0 4\n");
}

static void few_numbers_make_no_table(void **state)
{
    (void)state;
    assert_reads("标题\n1\n第一章\n2\n第二章\n",
        "P 标题\nP 1\nP 第一章\nP 2\nP 第二章\n");
}

static void binary_bytes_have_no_reader(void **state)
{
    (void)state;
    assert_reads(
        "%PDF-1.7\n", "input: reader.none: no reader for application/pdf\n");
    assert_reads("\r\n%PDF-1.7\n",
        "input: reader.none: no reader for application/pdf\n");
    /* Cut off behind the name of the first part. */
    assert_reads("PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                 "\7\0\0\0OFD.xml",
        "input: reader.broken: the zip file: Unrecognized archive format\n");
    assert_reads("PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                 "\7\0\0\0word/ab",
        "input: reader.broken: the zip file: Unrecognized archive format\n");
    assert_reads("PK\x03\x04word/document.xml",
        "input: reader.none: application/zip holds documents, but is none "
        "itself\n");
    assert_reads("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1<html>",
        "input: reader.broken: OLE2 file: sizes in its header make no "
        "sense\n");
    assert_reads("Rar!\x1a\x07\x01",
        "input: reader.none: application/vnd.rar holds documents, but is "
        "none itself\n");
    assert_reads(
        "\x89PNG\r\n\x1a\n", "input: reader.none: no reader for image/png\n");
    assert_reads("MIME-Version: 1.0\nContent-Type: multipart/related;\n<html>",
        "input: reader.broken: no part of it is a web page\n");
    assert_reads("\1\2\3\0\0\0\0\4<p>\0\0\0",
        "input: reader.none: no reader for application/octet-stream\n");
}

static void nothing_is_no_document(void **state)
{
    (void)state;
    assert_reads("", "input: reader.none: the document is empty\n");
    assert_reads(" \r\n\t", "input: reader.none: the document is empty\n");
}

static void endless_lines_end_in_their_limit(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, LIMIT_PAGE_BYTES + 1);
    while (b.len < LIMIT_PAGE_BYTES)
        buf_add_str(&b, "1\n");
    assert_reading(
        buf_slice(&b), NULL, "limit: reader.size: more than 200000 lines\n");
    buf_add_char(&b, '1');
    assert_reading(buf_slice(&b), NULL,
        "limit: reader.size: a text of more than 8388608 bytes\n");
    buf_reset(&b);
    for (int i = 0; i < 2001; i++)
        buf_add_str(&b, "1\t2\n");
    assert_reading(buf_slice(&b), NULL,
        "limit: reader.size: a table of more than 2000 rows\n");
    buf_reset(&b);
    for (int i = 0; i < 201; i++)
        buf_add_str(&b, "1\t");
    assert_reading(buf_slice(&b), NULL,
        "limit: reader.size: a table of more than 200 columns\n");
    buf_clear(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_paragraphs),
        cmocka_unit_test(tabs_part_cells_and_leading_tabs_are_empty_cells),
        cmocka_unit_test(a_title_parts_tables),
        cmocka_unit_test(a_row_that_lost_its_tabs_is_a_row),
        cmocka_unit_test(an_empty_line_parts_tables_with_tabs),
        cmocka_unit_test(double_spaced_rows_are_one_table),
        cmocka_unit_test(a_cell_a_line_makes_rows_between_empty_lines),
        cmocka_unit_test(torn_labels_are_joined),
        cmocka_unit_test(a_note_goes_on_with_its_number),
        cmocka_unit_test(a_title_behind_a_number_is_no_rest_of_it),
        cmocka_unit_test(indented_prose_is_no_table),
        cmocka_unit_test(a_run_of_bare_cells_is_one_column),
        cmocka_unit_test(an_enumerator_torn_off_is_no_value),
        cmocka_unit_test(few_numbers_make_no_table),
        cmocka_unit_test(binary_bytes_have_no_reader),
        cmocka_unit_test(nothing_is_no_document),
        cmocka_unit_test(endless_lines_end_in_their_limit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
