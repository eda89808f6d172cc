/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_checks - the arithmetic of the forms over read tables: what passes,
 * what fails, which blanks are zeros, which cell a failure accuses.
 */
#include "tests/check.h"

#include <stdio.h>

#include "tests/sheet.h"
#include "transformer/extract.h"

#define HEAD                                                                   \
    "项目|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计\n"
#define ZERO "|0|0|0|0|0|0|0\n"

/* A requests table of the 2019 form; five rows are given, the rest is 0. */
#define TABLE(new, over, granted, total, forward)                                          \
    HEAD "一、本年新收政府信息公开申请数量|" new "\n二、上年结转政府信息公开"  \
                                                 "申请数量|" over                          \
                                                 "\n（一）予以公开|" granted               \
                                                 "\n（二）部分公开" ZERO                   \
                                                 "1.属于国家秘密" ZERO "2."                \
                                                 "其他法律行政法规禁止公"       \
                                                 "开" ZERO                                 \
                                                 "3.危及“三安全一稳定”" ZERO               \
                                                 "4.保护第三方合法权益" ZERO               \
                                                 "5.属于三类内部事务信息" ZERO             \
                                                 "6.属于四类过程性信息" ZERO               \
                                                 "7.属于行政执法案卷" ZERO                 \
                                                 "8.属于行政查询事项" ZERO                 \
                                                 "1."                                      \
                                                 "本机关不掌握相关政府信"       \
                                                 "息" ZERO "2."                            \
                                                 "没有现成信息需要"                \
                                                 "另行制作" ZERO "3."                      \
                                                 "补正后申请内容仍不明确" ZERO             \
                                                 "1.信访举报投诉类申请" ZERO               \
                                                 "2.重复申请" ZERO                         \
                                                 "3.要求提供公开出版物" ZERO               \
                                                 "4."                                      \
                                                 "无正当理由大量反复申请" ZERO             \
                                                 "5."                                      \
                                                 "要求行政机关确认或重新出具" \
                                                 "已获取信息" ZERO                         \
                                                 "（六）其他处理" ZERO                     \
                                                 "（七）总计|" total                       \
                                                 "\n四、结转下年度继续办理"     \
                                                 "|" forward

static struct forms *forms;
static struct arena arena;
static struct document doc;
static struct record rec;

static void read(const char *table)
{
    struct err err = { .kind = ERR_NONE };

    arena_clear(&arena);
    doc_init(&doc, &arena);
    memset(&rec, 0, sizeof(rec));
    rec.arena = &arena;
    rec.year = 2019;
    doc_sheet(&doc, table);
    assert_int_equal(extract_tables(&doc, forms, &rec, &err), 0);
    extract_checks(forms, &rec);
    extract_verdict(&rec);
}

static const struct check *check_named(const char *rule)
{
    for (uint32_t i = 0; i < rec.check_n; i++)
        if (slice_eq_str(rec.checks[i].rule, rule))
            return &rec.checks[i];
    fail_msg("no check %s", rule);
    return NULL;
}

static const struct cell *cell_named(const char *row, const char *column)
{
    for (uint32_t i = 0; i < rec.cell_n; i++)
        if (slice_eq_str(rec.cells[i].table, "requests") &&
            slice_eq_str(rec.cells[i].row, row) &&
            slice_eq_str(rec.cells[i].column, column))
            return &rec.cells[i];
    fail_msg("no cell %s.%s", row, column);
    return NULL;
}

static void status_is(const char *rule, enum check_status status)
{
    const struct check *c = check_named(rule);

    if (c->status != status)
        fail_msg("%s: %s, %.*s", rule, check_status_name(c->status),
            SLICE_ARG(c->message));
}

static void a_table_that_adds_up_passes(void **state)
{
    const struct check *c;

    (void)state;
    read(TABLE("3|1|0|0|0|0|4", "1|0|0|0|0|0|1", "3|1|0|0|0|0|4",
        "3|1|0|0|0|0|4", "1|0|0|0|0|0|1"));
    c = check_named("requests.balance.total");
    assert_int_equal(c->status, CHECK_PASS);
    assert_true(slice_eq_str(c->left, "5"));
    assert_true(slice_eq_str(c->right, "5"));
    assert_true(slice_eq_str(c->difference, "0"));
    assert_true(slice_eq_str(
        c->left_cells, "requests.new.total + requests.carried_over.total"));
    assert_true(slice_eq_str(c->form, "2019"));
    status_is("requests.results.natural_person", CHECK_PASS);
    status_is("requests.row.granted", CHECK_PASS);
}

static void both_sums_of_a_failure_are_told(void **state)
{
    const struct check *c;
    bool told = false;

    (void)state;
    read(TABLE("3|1|0|0|0|0|5", "1|0|0|0|0|0|1", "3|1|0|0|0|0|4",
        "3|1|0|0|0|0|4", "1|0|0|0|0|0|1"));
    c = check_named("requests.row.new");
    assert_int_equal(c->status, CHECK_FAIL);
    assert_true(slice_eq_str(c->difference, "-1"));
    for (uint32_t i = 0; i < rec.reason_n; i++)
        told = told ||
               slice_eq_str(rec.reasons[i],
                   "check.failed: requests.row.new: 4 printed on one side, 5 "
                   "on the other");
    assert_true(told);
    assert_int_equal(rec.status, REPORT_FLAGGED);
}

static void the_only_cell_that_mends_all_is_accused(void **state)
{
    const struct cell *c;

    (void)state;
    read(TABLE("3|1|0|0|0|0|5", "1|0|0|0|0|0|1", "3|1|0|0|0|0|4",
        "3|1|0|0|0|0|4", "1|0|0|0|0|0|1"));
    c = cell_named("new", "total");
    assert_true(slice_eq_str(c->value, "5"));
    assert_true(slice_eq_str(c->proposed, "4"));
    assert_true(c->evidence.len > 0);
}

static void blanks_that_a_total_proves_are_zeros(void **state)
{
    const struct cell *c;

    (void)state;
    read(TABLE("3|1|||||4", "1||||||1", "3|1|||||4", "3|1|||||4", "1||||||1"));
    c = cell_named("granted", "research");
    assert_int_equal(c->state, CELL_BLANK);
    assert_null(c->value.p);
    assert_true(slice_eq_str(c->proposed, "0"));
    status_is("requests.results.research", CHECK_PASS);
    status_is("requests.balance.ngo", CHECK_PASS);
}

static void a_blank_total_is_not_proven_by_its_parts(void **state)
{
    (void)state;
    read(TABLE("3|1|0|0|0|0|", "1|0|0|0|0|0|", "3|1|0|0|0|0|", "3|1|0|0|0|0|",
        "1|0|0|0|0|0|"));
    assert_false(slice_eq_str(cell_named("new", "total")->proposed, "0"));
    status_is("requests.row.new", CHECK_NOT_EVALUABLE);
    assert_int_equal(rec.status, REPORT_FLAGGED);
}

static void a_blank_total_of_nothing_is_not_proven_either(void **state)
{
    (void)state;
    read(TABLE("0|0|0|0|0|0|", "0|0|0|0|0|0|", "0|0|0|0|0|0|", "0|0|0|0|0|0|",
        "0|0|0|0|0|0|"));
    assert_false(slice_eq_str(cell_named("new", "total")->proposed, "0"));
    assert_int_equal(rec.status, REPORT_FLAGGED);
}

static void dashes_count_as_blanks(void **state)
{
    (void)state;
    read(TABLE("3|1|—|/|无|－|4", "1|0|0|0|0|0|1", "3|1|0|0|0|0|4",
        "3|1|0|0|0|0|4", "1|0|0|0|0|0|1"));
    assert_int_equal(cell_named("new", "ngo")->state, CELL_DASH);
    assert_true(slice_eq_str(cell_named("new", "ngo")->proposed, "0"));
    status_is("requests.row.new", CHECK_PASS);
}

static void an_unreadable_cell_is_solved_but_not_written(void **state)
{
    const struct cell *c;

    (void)state;
    read(TABLE("约3|1|0|0|0|0|4", "1|0|0|0|0|0|1", "3|1|0|0|0|0|4",
        "3|1|0|0|0|0|4", "1|0|0|0|0|0|1"));
    c = cell_named("new", "natural_person");
    assert_int_equal(c->state, CELL_UNREADABLE);
    assert_null(c->value.p);
    assert_true(slice_eq_str(c->proposed, "3"));
    status_is("requests.balance.natural_person", CHECK_NOT_EVALUABLE);
}

static int set_up(void **state)
{
    struct err err = { .kind = ERR_NONE };

    (void)state;
    forms = forms_read("conf/forms", &err);
    return forms ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_clear(&arena);
    forms_free(forms);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_that_adds_up_passes),
        cmocka_unit_test(both_sums_of_a_failure_are_told),
        cmocka_unit_test(the_only_cell_that_mends_all_is_accused),
        cmocka_unit_test(blanks_that_a_total_proves_are_zeros),
        cmocka_unit_test(a_blank_total_is_not_proven_by_its_parts),
        cmocka_unit_test(a_blank_total_of_nothing_is_not_proven_either),
        cmocka_unit_test(dashes_count_as_blanks),
        cmocka_unit_test(an_unreadable_cell_is_solved_but_not_written),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
