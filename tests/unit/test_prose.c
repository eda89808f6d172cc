/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "tests/doc.h"
#include "transformer/prose.h"

struct fixture {
    struct arena arena;
    struct document doc;
    struct record rec;
    struct extract_hints hints;
    struct section section;
};

static int setup(void **state)
{
    static struct fixture f;

    memset(&f, 0, sizeof(f));
    doc_init(&f.doc, &f.arena);
    f.rec.arena = &f.arena;
    f.rec.year = 2022;
    f.rec.organization = SLICE_LIT("云岭县");
    f.rec.cells = arena_alloc_n(&f.arena, 256, sizeof(struct cell));
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    arena_clear(&f->arena);
    return 0;
}

static void cell(struct fixture *f, const char *table, const char *row,
    const char *column, const char *value)
{
    f->rec.cells[f->rec.cell_n++] = (struct cell){ .table = slice_str(table),
        .row = slice_str(row),
        .column = slice_str(column),
        .value = slice_str(value),
        .raw = slice_str(value) };
}

/* 74 new, 1 carried over, 75 decided: 21 granted, 9 partial, 4 denied. */
static void whole_tables(struct fixture *f)
{
    static const char *const denied[] = { "denied_state_secret", "denied_law",
        "denied_safety_stability", "denied_third_party", "denied_process",
        "denied_enforcement_file", "denied_admin_query", NULL };

    cell(f, "requests", "new", "total", "74");
    cell(f, "requests", "carried_over", "total", "1");
    cell(f, "requests", "total", "total", "75");
    cell(f, "requests", "granted", "natural_person", "20");
    cell(f, "requests", "granted", "total", "21");
    cell(f, "requests", "partial", "total", "9");
    cell(f, "requests", "denied_internal", "total", "4");
    for (size_t i = 0; denied[i]; i++)
        cell(f, "requests", denied[i], "total", "0");
    cell(f, "review", "reconsideration", "total", "2");
    cell(f, "review", "litigation_direct", "total", "1");
    cell(f, "review", "litigation_after_reconsideration", "total", "0");
    cell(f, "proactive", "regulations", "issued", "0");
}

static const struct check *find_check(const struct fixture *f, const char *rule)
{
    static const struct check none;

    for (uint32_t i = 0; i < f->rec.check_n; i++) {
        if (slice_eq_str(f->rec.checks[i].rule, rule))
            return &f->rec.checks[i];
    }
    fail_msg("no check %s", rule);
    return &none;
}

static void assert_status(
    const struct fixture *f, const char *rule, enum check_status want)
{
    const struct check *c = find_check(f, rule);

    if (c->status != want)
        fail_msg("%s is %d: %.*s", rule, (int)c->status, SLICE_ARG(c->message));
}

static void check_prose(struct fixture *f)
{
    struct outline o;

    outline_make(&f->doc, doc_forms(), &f->hints, &f->arena, &o);
    extract_prose(&f->doc, &o, REPORT_TABLES, &f->rec);
}

static void say(struct fixture *f, const char *text)
{
    f->section = (struct section){ 1, SLICE_LIT("总体情况"), slice_str(text) };
    f->rec.sections = &f->section;
    f->rec.section_n = 1;
    whole_tables(f);
    check_prose(f);
}

static void received_may_be_new(void **state)
{
    struct fixture *f = *state;

    say(f,
        "2022年，全区受理公民、法人或其他组织提出的政府信息公开申请 74 件。");
    assert_status(f, "text.requests_new", CHECK_PASS);
    assert_true(slice_eq_str(
        find_check(f, "text.requests_new")->right_cells, "requests.new.total"));
}

static void received_may_be_new_and_carried_over(void **state)
{
    struct fixture *f = *state;

    say(f, "2022年，全区收到政府信息公开申请75件，涉及自然人72件。");
    assert_status(f, "text.requests_new", CHECK_PASS);
    assert_true(slice_eq_str(find_check(f, "text.requests_new")->right_cells,
        "requests.new.total + requests.carried_over.total"));
}

static void received_that_is_no_sum_warns(void **state)
{
    struct fixture *f = *state;
    const struct check *c;

    say(f, "2022年，共收到政府信息公开申请1,017件。");
    c = find_check(f, "text.requests_new");
    assert_int_equal(c->status, CHECK_FAIL);
    assert_int_equal(c->severity, SEVERITY_WARNING);
    assert_true(slice_eq_str(c->left, "1017"));
    assert_true(slice_eq_str(c->right, "74"));
    assert_true(slice_eq_str(c->difference, "943"));
}

static void parts_and_other_years_are_left_alone(void **state)
{
    struct fixture *f = *state;

    say(f, "其中，区政府办公室收到政府信息公开申请17件。"
           "2021年，收到政府信息公开申请90件。较上年收到申请公开件数增加12件。"
           "通过网络收到政府信息公开申请30件、信函收到公开申请44件。"
           "约收到公开申请70余件。受理行政许可申请9000件。"
           "办理行政复议案件120件。");
    assert_status(f, "text.requests_new", CHECK_NOT_EVALUABLE);
    assert_status(f, "text.reconsideration", CHECK_NOT_EVALUABLE);
}

static void none_received_is_zero(void **state)
{
    struct fixture *f = *state;

    say(f, "本年度未收到政府信息公开申请。");
    assert_status(f, "text.requests_new", CHECK_FAIL);
}

static void results_and_cases_are_compared(void **state)
{
    struct fixture *f = *state;

    say(f, "对申请的答复中，予以公开21件、部分公开9件，不予公开的5件。"
           "政府信息公开工作方面共有行政诉讼案件1件、行政复议案件2件。");
    assert_status(f, "text.granted", CHECK_PASS);
    assert_status(f, "text.partial", CHECK_PASS);
    assert_status(f, "text.denied", CHECK_FAIL);
    assert_status(f, "text.reconsideration", CHECK_PASS);
    assert_status(f, "text.litigation", CHECK_PASS);
    assert_status(f, "text.unable", CHECK_NOT_EVALUABLE);
}

static void granted_and_partial_may_be_one_number(void **state)
{
    struct fixture *f = *state;

    say(f, "答复申请75件，予以公开及部分公开30件。");
    assert_status(f, "text.granted", CHECK_PASS);
    assert_status(f, "text.partial", CHECK_NOT_EVALUABLE);
}

static void blank_cells_evaluate_nothing(void **state)
{
    struct fixture *f = *state;

    say(f, "无法提供申请3件。");
    assert_status(f, "text.unable", CHECK_NOT_EVALUABLE);
}

/* ---- report.* -------------------------------------------------------------
 */

static void run(struct fixture *f)
{
    whole_tables(f);
    check_prose(f);
}

static void agreeing_witnesses_pass(void **state)
{
    struct fixture *f = *state;

    doc_text(&f->doc, "云岭县2022年政府信息公开工作年度报告");
    doc_text(
        &f->doc, "本报告中所列数据统计时限为2022年1月1日至2022年12月31日。");
    f->rec.published = SLICE_LIT("2023-01-28");
    run(f);
    for (uint32_t i = 0; i < f->rec.check_n; i++) {
        if (f->rec.checks[i].status == CHECK_FAIL)
            fail_msg("%.*s: %.*s", SLICE_ARG(f->rec.checks[i].rule),
                SLICE_ARG(f->rec.checks[i].message));
    }
    assert_status(f, "report.period", CHECK_PASS);
    assert_status(f, "report.published", CHECK_PASS);
}

static void period_of_another_year_fails(void **state)
{
    struct fixture *f = *state;

    doc_text(&f->doc, "云岭县2022年政府信息公开工作年度报告");
    doc_text(&f->doc, "统计期限自2021年1月1日起至12月31日止。");
    run(f);
    assert_status(f, "report.period", CHECK_FAIL);
    assert_int_equal(find_check(f, "report.period")->severity, SEVERITY_ERROR);
}

static void date_of_publication_sides_with_the_title(void **state)
{
    struct fixture *f = *state;

    doc_text(&f->doc, "云岭县2022年政府信息公开工作年度报告");
    doc_text(&f->doc, "统计期限自2021年1月1日起至12月31日止。");
    f->rec.published = SLICE_LIT("2023-01-28");
    run(f);
    assert_status(f, "report.period", CHECK_FAIL);
    assert_int_equal(
        find_check(f, "report.period")->severity, SEVERITY_WARNING);
}

static void titles_of_two_years_fail(void **state)
{
    struct fixture *f = *state;

    doc_meta(&f->doc, "ArticleTitle", "云岭县2022年政府信息公开工作年度报告");
    doc_text(&f->doc, "云岭县2021年政府信息公开工作年度报告");
    run(f);
    assert_status(f, "report.year", CHECK_FAIL);
}

static void unknown_year_and_body_are_errors(void **state)
{
    struct fixture *f = *state;

    f->rec.year = 0;
    f->rec.organization = (struct slice){ NULL, 0 };
    f->rec.published = SLICE_LIT("2020-01-31");
    run(f);
    assert_status(f, "report.year", CHECK_FAIL);
    assert_true(
        text_has(find_check(f, "report.year")->message, "may be on 2019"));
    assert_status(f, "report.organization", CHECK_FAIL);
    assert_status(f, "report.published", CHECK_NOT_EVALUABLE);
}

static void missing_cells_fail_the_tables(void **state)
{
    struct fixture *f = *state;

    cell(f, "review", "reconsideration", "upheld", NULL);
    f->rec.cells[0].state = CELL_MISSING;
    run(f);
    assert_status(f, "report.tables", CHECK_FAIL);
    assert_true(text_has(
        find_check(f, "report.tables")->message, "review lacks 1 of 4"));
}

static void lost_bytes_are_told(void **state)
{
    struct fixture *f = *state;

    f->doc.replaced_n = 2;
    run(f);
    assert_status(f, "report.decoding", CHECK_FAIL);
    assert_int_equal(
        find_check(f, "report.decoding")->severity, SEVERITY_WARNING);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(received_may_be_new),
        CASE(received_may_be_new_and_carried_over),
        CASE(received_that_is_no_sum_warns),
        CASE(parts_and_other_years_are_left_alone),
        CASE(none_received_is_zero),
        CASE(results_and_cases_are_compared),
        CASE(granted_and_partial_may_be_one_number),
        CASE(blank_cells_evaluate_nothing),
        CASE(agreeing_witnesses_pass),
        CASE(period_of_another_year_fails),
        CASE(date_of_publication_sides_with_the_title),
        CASE(titles_of_two_years_fail),
        CASE(unknown_year_and_body_are_errors),
        CASE(missing_cells_fail_the_tables),
        CASE(lost_bytes_are_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
