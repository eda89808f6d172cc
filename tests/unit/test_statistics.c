/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_statistics - claims about transformer/statistics*.c
 *
 * With the real forms: the tests run in the root of the project.
 */
#include "tests/check.h"

#include "tests/doc.h"
#include "transformer/extract.h"
#include "transformer/statistics.h"

struct fixture {
    struct arena arena;
    struct document doc;
    struct record rec;
    struct forms *forms;
};

static int setup(void **state)
{
    static struct fixture f;
    struct err err = { .kind = ERR_NONE };

    memset(&f, 0, sizeof(f));
    doc_init(&f.doc, &f.arena);
    f.rec.arena = &f.arena;
    f.rec.year = 2017;
    f.forms = forms_read("conf/forms", &err);
    if (!f.forms)
        fail_msg("%s", err.msg);
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    arena_clear(&f->arena);
    forms_free(f->forms);
    return 0;
}

static const struct cell *cell(const struct fixture *f, const char *table,
    const char *row, const char *col)
{
    for (uint32_t i = 0; i < f->rec.cell_n; i++)
        if (slice_eq_str(f->rec.cells[i].table, table) &&
            slice_eq_str(f->rec.cells[i].row, row) &&
            slice_eq_str(f->rec.cells[i].column, col))
            return &f->rec.cells[i];
    return NULL;
}

static const struct check *check(const struct fixture *f, const char *rule)
{
    for (uint32_t i = 0; i < f->rec.check_n; i++)
        if (slice_eq_str(f->rec.checks[i].rule, rule))
            return &f->rec.checks[i];
    fail_msg("no check %s", rule);
    return NULL;
}

static void every_row_is_a_cell_under_its_printed_label(void **state)
{
    struct fixture *f = *state;
    static const char *const cells[] = { "统计指标", "单位", "统计数",
        "（一） 收到申请数", "件", "3", "从未见过的\n指标数", "人次", "1,234",
        "六、举报投诉数量", "件", "0", NULL };

    doc_table(&f->doc, 3, cells);
    extract_statistics(&f->doc, f->forms, &f->rec);
    assert_true(slice_eq_str(f->rec.form_statistics, "2014"));
    assert_true(slice_eq_str(
        cell(f, "statistics", "（一）收到申请数", "统计数")->value, "3"));
    assert_true(slice_eq_str(
        cell(f, "statistics", "从未见过的指标数", "统计数")->value, "1234"));
    assert_true(slice_eq_str(
        cell(f, "statistics", "从未见过的指标数", "统计数")->unit, "人次"));
    assert_int_equal(f->rec.reason_n, 0);
}

static void what_means_the_same_is_given_under_the_later_key(void **state)
{
    struct fixture *f = *state;
    static const char *const cells[] = { "指标名称", "计量单位", "2017年度",
        "历年累计", "申请总数", "条", "7", "90", "行政复议数", "件", "1", "5",
        NULL };

    doc_table(&f->doc, 4, cells);
    extract_statistics(&f->doc, f->forms, &f->rec);
    assert_true(slice_eq_str(cell(f, "requests", "new", "total")->value, "7"));
    assert_true(slice_eq_str(
        cell(f, "review", "reconsideration", "total")->value, "1"));
    assert_int_equal(cell(f, "requests", "new", "total")->source.row, 1);
}

static void a_column_of_another_year_is_not_this_year(void **state)
{
    struct fixture *f = *state;
    static const char *const cells[] = { "指标名称", "计量单位", "2016年度",
        "历年累计", "申请总数", "条", "7", "90", NULL };

    doc_table(&f->doc, 4, cells);
    extract_statistics(&f->doc, f->forms, &f->rec);
    assert_null(cell(f, "requests", "new", "total"));
    assert_non_null(cell(f, "statistics", "申请总数", "2016年度"));
}

static void an_unknown_row_that_continues_a_list_is_a_part_of_its_sum(
    void **state)
{
    struct fixture *f = *state;
    static const char *const cells[] = { "统计指标", "单位", "统计数",
        "申请总数", "件", "10", "其中：1.当面申请数", "件", "3", "2.信函申请数",
        "件", "4", "3.托梦申请数", "件", "3", "对申请的答复总数", "件", "9",
        "其中：1.同意公开答复数", "件", "8", "2.部分公开答复数", "件", "2",
        NULL };

    doc_table(&f->doc, 3, cells);
    extract_statistics(&f->doc, f->forms, &f->rec);
    assert_int_equal(
        check(f, "statistics.received.统计数")->status, CHECK_PASS);
    assert_int_equal(
        check(f, "statistics.answered.统计数")->status, CHECK_FAIL);
    assert_true(
        slice_eq_str(check(f, "statistics.answered.统计数")->difference, "-1"));
}

static void labels_that_stand_twice_are_told_apart_by_the_row_above(
    void **state)
{
    struct fixture *f = *state;
    static const char *const cells[] = { "统计指标", "单位", "统计数",
        "四、行政复议数量", "件", "1", "（一）被依法纠错数", "件", "1",
        "五、行政诉讼数量", "件", "2", "（一）被依法纠错数", "件", "2", NULL };

    doc_table(&f->doc, 3, cells);
    extract_statistics(&f->doc, f->forms, &f->rec);
    assert_true(slice_eq_str(
        cell(f, "statistics", "四、行政复议数量/（一）被依法纠错数", "统计数")
            ->value,
        "1"));
    assert_true(slice_eq_str(
        cell(f, "statistics", "五、行政诉讼数量/（一）被依法纠错数", "统计数")
            ->value,
        "2"));
    assert_true(slice_eq_str(
        cell(f, "review", "reconsideration", "corrected")->value, "1"));
}

static void a_row_printed_twice_with_other_numbers_has_none(void **state)
{
    struct fixture *f = *state;
    static const char *const cells[] = { "统计指标", "单位", "统计数",
        "收到申请数", "件", "1", "申请办结数", "件", "4", "收到申请数", "件",
        "2", "申请办结数", "件", "4", NULL };

    doc_table(&f->doc, 3, cells);
    extract_statistics(&f->doc, f->forms, &f->rec);
    assert_null(cell(f, "statistics", "收到申请数", "统计数")->value.p);
    assert_int_equal(
        cell(f, "statistics", "收到申请数", "统计数")->state, CELL_UNREADABLE);
    assert_true(slice_eq_str(
        cell(f, "statistics", "申请办结数", "统计数")->value, "4"));
}

static void a_misprinted_label_adds_up_but_is_no_cell_of_later_forms(
    void **state)
{
    struct fixture *f = *state;
    static const char *const cells[] = { "统计指标", "单位", "统计数",
        "（三）申请答复数", "件", "5", "2．同意公开答腹数", "件", "3",
        "4．不同意公开答腹数", "件", "2", NULL };

    doc_table(&f->doc, 3, cells);
    extract_statistics(&f->doc, f->forms, &f->rec);
    assert_int_equal(
        check(f, "statistics.answered.统计数")->status, CHECK_PASS);
    assert_non_null(cell(f, "statistics", "2．同意公开答腹数", "统计数"));
    assert_null(cell(f, "requests", "granted", "total"));
}

static void amounts_have_their_value_in_yuan(void **state)
{
    struct fixture *f = *state;
    static const char *const cells[] = { "统计指标", "单位", "统计数",
        "七、依申请公开信息收取的费用", "万元", "0.25", NULL };

    doc_table(&f->doc, 3, cells);
    extract_statistics(&f->doc, f->forms, &f->rec);
    assert_true(slice_eq_str(f->rec.cells[0].unit, "cny_10k"));
    assert_true(slice_eq_str(f->rec.cells[0].value_cny, "2500"));
}

static void numbers_without_a_label_are_no_cell_but_a_reason(void **state)
{
    struct fixture *f = *state;
    static const char *const cells[] = { "统计指标", "单位", "统计数",
        "收到申请数", "件", "1", "", "件", "4", NULL };

    doc_table(&f->doc, 3, cells);
    extract_statistics(&f->doc, f->forms, &f->rec);
    assert_int_equal(f->rec.reason_n, 1);
    assert_true(slice_starts(f->rec.reasons[0], SLICE_LIT("label.missing:")));
}

static void reports_of_2018_and_earlier_are_recognized(void **state)
{
    struct fixture *f = *state;
    const struct extract_hints hints = { .title = { NULL, 0 } };
    static const char *const cells[] = { "指标名称", "计量单位", "2017年度",
        "历年累计", "主动公开文件数", "条", "10", "90", NULL };
    struct err err = { .kind = ERR_NONE };

    f->rec.year = 0;
    doc_text(&f->doc, "云岭县2017年政府信息公开工作年度报告");
    doc_text(&f->doc, "一、概述");
    doc_table(&f->doc, 4, cells);
    assert_int_equal(extract(&f->doc, f->forms, &hints, &f->rec, &err), 0);
    assert_int_equal(f->rec.status, REPORT_VALID);
    assert_int_equal(f->rec.year, 2017);
    assert_int_equal(f->rec.cell_n, 3);
}

static void other_tables_are_none(void **state)
{
    struct fixture *f = *state;
    static const char *const plan[] = { "项目", "单位", "数量", "桥梁", "座",
        "3", "道路", "公里", "12", NULL };

    doc_table(&f->doc, 3, plan);
    assert_int_equal(statistics_count(&f->doc, f->forms, &f->arena), 0);
    extract_statistics(&f->doc, f->forms, &f->rec);
    assert_null(f->rec.form_statistics.p);
    assert_true(slice_eq_str(f->rec.reasons[0], "table.missing: statistics"));
}

static void tables_of_counts_beside_are_read_and_lists_are_not(void **state)
{
    struct fixture *f = *state;
    static const char *const known[] = { "统计指标", "单位", "统计数",
        "收到申请数", "件", "3", NULL };
    static const char *const counts[] = { "指标", "单位", "2017年度",
        "接待来访数", "人次", "12", "来访咨询数", "次", "", NULL };
    static const char *const offices[] = { "名称", "单位", "电话", "受理点一",
        "办公室", "5551201", "受理点二", "管理所", "5551202", NULL };

    doc_table(&f->doc, 3, counts);
    doc_table(&f->doc, 3, known);
    doc_table(&f->doc, 3, offices);
    extract_statistics(&f->doc, f->forms, &f->rec);
    assert_true(slice_eq_str(
        cell(f, "statistics", "接待来访数", "2017年度")->value, "12"));
    assert_non_null(cell(f, "statistics", "来访咨询数", "2017年度"));
    assert_non_null(cell(f, "statistics", "收到申请数", "统计数"));
    assert_null(cell(f, "statistics", "受理点一", "电话"));
    assert_int_equal(f->rec.cell_n, 4); /* one means the same as another */
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(every_row_is_a_cell_under_its_printed_label),
        CASE(what_means_the_same_is_given_under_the_later_key),
        CASE(a_column_of_another_year_is_not_this_year),
        CASE(an_unknown_row_that_continues_a_list_is_a_part_of_its_sum),
        CASE(labels_that_stand_twice_are_told_apart_by_the_row_above),
        CASE(a_row_printed_twice_with_other_numbers_has_none),
        CASE(a_misprinted_label_adds_up_but_is_no_cell_of_later_forms),
        CASE(amounts_have_their_value_in_yuan),
        CASE(numbers_without_a_label_are_no_cell_but_a_reason),
        CASE(reports_of_2018_and_earlier_are_recognized),
        CASE(other_tables_are_none),
        CASE(tables_of_counts_beside_are_read_and_lists_are_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
