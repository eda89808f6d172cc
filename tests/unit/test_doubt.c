/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_doubt - cells seen in a picture: which readings the sums choose, and
 * which stay open.
 *
 * In the tables here ~12 is a recognized cell, ?12/72 a doubtful one that
 * may say 12 or 72.
 */
#include "tests/check.h"

#include "tests/requests.h"
#include "tests/sheet.h"
#include "transformer/doubt.h"
#include "transformer/extract.h"

static struct forms *forms;
static struct arena arena;
static struct document doc;
static struct record rec;

static const struct requests sound = {
    .received = "12|3|0|0|0|1|16",
    .over = "2|0|0|0|0|0|2",
    .granted = "10|1|0|0|0|0|11",
    .partial = "3|2|0|0|0|0|5",
    .total = "13|3|0|0|0|0|16",
    .forward = "1|0|0|0|0|1|2",
};

static void mark(struct document_cell *c)
{
    struct slice others;
    ptrdiff_t slash;

    if (c->text.len == 0 || !char_is_one_of(c->text.p[0], "~?"))
        return;
    c->reading = c->text.p[0] == '~' ? READING_RECOGNIZED : READING_DOUBTFUL;
    c->text = slice_skip(c->text, 1);
    slash = slice_find(c->text, SLICE_LIT("/"));
    if (slash < 0)
        return;
    others = arena_slice(&arena, slice_skip(c->text, (size_t)slash + 1));
    c->alternatives = others;
    c->text.len = (size_t)slash;
}

static void read_sheet(const char *sheet)
{
    struct err err = { .kind = ERR_NONE };

    arena_clear(&arena);
    doc_init(&doc, &arena);
    memset(&rec, 0, sizeof(rec));
    rec.arena = &arena;
    rec.year = 2019;
    doc_sheet(&doc, sheet);
    for (uint32_t i = 0; i < doc.tables[0].cell_n; i++)
        mark(&doc.tables[0].cells[i]);
    assert_int_equal(extract_tables(&doc, forms, &rec, &err), 0);
    extract_checks(forms, &rec);
    extract_verdict(&rec);
}

static void read_requests(const struct requests *r)
{
    read_sheet(requests_sheet(r));
}

static const struct cell *cell_named(
    const char *table, const char *row, const char *column)
{
    for (uint32_t i = 0; i < rec.cell_n; i++)
        if (slice_eq_str(rec.cells[i].table, table) &&
            slice_eq_str(rec.cells[i].row, row) &&
            slice_eq_str(rec.cells[i].column, column))
            return &rec.cells[i];
    fail_msg("no cell %s.%s.%s", table, row, column);
    return NULL;
}

static void value_is(const char *row, const char *column, const char *value)
{
    const struct cell *c = cell_named("requests", row, column);

    if (value ? !slice_eq_str(c->value, value) : c->value.p != NULL)
        fail_msg("%s.%s is '%.*s' (%.*s)", row, column, SLICE_ARG(c->value),
            SLICE_ARG(c->evidence));
}

static bool says(const char *row, const char *column, const char *words)
{
    return slice_find(cell_named("requests", row, column)->evidence,
               slice_str(words)) >= 0;
}

static bool has_reason(const char *code)
{
    for (uint32_t i = 0; i < rec.reason_n; i++)
        if (slice_starts(rec.reasons[i], slice_str(code)))
            return true;
    return false;
}

/* No requests cell is missing or open, no sum of that table fails. */
static bool requests_are_whole(void)
{
    for (uint32_t i = 0; i < rec.cell_n; i++)
        if (slice_eq_str(rec.cells[i].table, "requests") &&
            !rec.cells[i].value.p)
            return false;
    for (uint32_t i = 0; i < rec.check_n; i++)
        if (slice_starts(rec.checks[i].rule, SLICE_LIT("requests.")) &&
            rec.checks[i].status != CHECK_PASS)
            return false;
    return true;
}

static void recognized_cells_are_read_as_text_is(void **state)
{
    struct requests r = sound;

    (void)state;
    r.granted = "~10|~1|0|0|0|0|~11";
    read_requests(&r);
    value_is("granted", "natural_person", "10");
    assert_int_equal(
        cell_named("requests", "granted", "natural_person")->source.reading,
        READING_RECOGNIZED);
    assert_true(requests_are_whole());
}

static void the_sums_choose_a_reading(void **state)
{
    struct requests r = sound;

    (void)state;
    r.granted = "?70/10|1|0|0|0|0|11";
    read_requests(&r);
    value_is("granted", "natural_person", "10");
    assert_true(slice_eq_str(
        cell_named("requests", "granted", "natural_person")->raw, "10"));
    assert_true(says("granted", "natural_person", "'70' or '10'"));
    assert_true(says("granted", "natural_person", "requests.row.granted"));
    assert_true(requests_are_whole());
    assert_false(has_reason("cells.doubtful"));
}

static void several_doubtful_cells_are_chosen_together(void **state)
{
    struct requests r = sound;

    (void)state;
    r.received = "12|?8/3|0|0|0|1|16";
    r.granted = "10|?7/1|0|0|0|0|11";
    r.partial = "?3/8|2|0|0|0|0|5";
    r.total = "13|?3/8|0|0|0|0|?76/16";
    read_requests(&r);
    value_is("new", "business", "3");
    value_is("granted", "business", "1");
    value_is("partial", "natural_person", "3");
    value_is("total", "business", "3");
    value_is("total", "total", "16");
    assert_true(requests_are_whole());
}

static void a_reading_that_the_sums_deny_is_not_taken(void **state)
{
    struct requests r = sound;

    (void)state;
    r.granted = "?70/16|1|0|0|0|0|11";
    read_requests(&r);
    value_is("granted", "natural_person", NULL);
    assert_null(
        cell_named("requests", "granted", "natural_person")->proposed.p);
    assert_true(says("granted", "natural_person", "the sums need 10"));
    assert_true(has_reason("cells.doubtful"));
    assert_false(has_reason("cells.unreadable"));
    assert_int_equal(rec.status, REPORT_FLAGGED);
}

/* All of 1 are misread as 7, and everything adds up. */
static void cells_misread_alike_are_not_valid_by_luck(void **state)
{
    const struct requests r = {
        .received = "?7/1|0|0|0|0|0|?7/1",
        .granted = "?7|0|0|0|0|0|?7/1",
        .total = "?7/1|0|0|0|0|0|?7/1",
    };

    (void)state;
    read_requests(&r);
    value_is("new", "natural_person", NULL);
    value_is("granted", "natural_person", NULL);
    value_is("total", "total", NULL);
    assert_true(has_reason("cells.doubtful"));
}

static void a_part_and_its_total_in_doubt_need_other_sums(void **state)
{
    (void)state;
    read_sheet("项目|结果维持|结果纠正|其他结果|尚未审结|总计\n"
               "行政复议|?3/8|1|0|0|?4/9\n"
               "未经复议直接起诉|?7/1|0|0|0|1\n"
               "复议后起诉|2|0|0|0|2");
    assert_null(cell_named("review", "reconsideration", "upheld")->value.p);
    assert_null(cell_named("review", "reconsideration", "total")->value.p);
    assert_true(slice_eq_str(
        cell_named("review", "litigation_direct", "upheld")->value, "1"));
}

static void a_recognized_cell_with_the_same_digits_proves_nothing(void **state)
{
    (void)state;
    read_sheet("项目|结果维持|结果纠正|其他结果|尚未审结|总计\n"
               "行政复议|~7|~0|~0|~0|?7/1\n"
               "未经复议直接起诉|7|0|0|0|?7/1\n"
               "复议后起诉|~2|~0|~0|~3|?5/6");
    assert_null(cell_named("review", "reconsideration", "total")->value.p);
    assert_true(slice_eq_str(
        cell_named("review", "litigation_direct", "total")->value, "7"));
    assert_true(slice_eq_str(
        cell_named("review", "litigation_after_reconsideration", "total")
            ->value,
        "5"));
}

static void a_cell_that_no_sum_covers_stays_open(void **state)
{
    const struct cell *c;

    (void)state;
    read_sheet("信息内容|本年新制作数量|本年新公开数量|对外公开总数量\n"
               "规章|0|0|0\n"
               "规范性文件|?7/1|1|5");
    c = cell_named("proactive", "normative_documents", "made");
    assert_null(c->value.p);
    assert_int_equal(c->state, CELL_UNREADABLE);
    assert_true(slice_eq_str(c->raw, "7"));
    assert_true(slice_find(c->evidence, SLICE_LIT("'7' or '1'")) >= 0);
    assert_true(has_reason("cells.doubtful"));
}

static void where_sums_fail_elsewhere_a_doubtful_cell_may_be_chosen(
    void **state)
{
    struct requests r = sound;

    (void)state;
    r.received = "72|3|0|0|0|1|16";
    r.partial = "3|?2/7|0|0|0|0|5";
    read_requests(&r);
    value_is("new", "natural_person", "72");
    value_is("partial", "business", "2");
}

static void in_a_sum_that_fails_nothing_is_chosen(void **state)
{
    struct requests r = sound;

    (void)state;
    r.granted = "10|?1/7|0|0|0|0|17";
    read_requests(&r);
    value_is("granted", "business", NULL);
    value_is("granted", "total", "17");
}

static void nothing_or_zero_is_nothing(void **state)
{
    struct requests r = sound;

    (void)state;
    r.granted = "10|1|?/0|0|0|0|11";
    read_requests(&r);
    value_is("granted", "research", NULL);
    assert_int_equal(
        cell_named("requests", "granted", "research")->state, CELL_BLANK);
    assert_true(slice_eq_str(
        cell_named("requests", "granted", "research")->proposed, "0"));
}

static void digits_apart_are_one_number_where_the_sums_say_so(void **state)
{
    struct requests r = sound;

    (void)state;
    r.total = "?1 3|3|0|0|0|0|16";
    read_requests(&r);
    value_is("total", "natural_person", "13");
}

static void labels_misread_are_found_by_likeness(void **state)
{
    char text[8192];
    char *at;

    (void)state;
    snprintf(text, sizeof(text), "%s", requests_sheet(&sound));
    at = strstr(text, "（六）其他处理");
    assert_non_null(at);
    /* Nine bytes of （六） make way for (A) and spaces. */
    memcpy(at, "?(A)     ", 9);
    read_sheet(text);
    value_is("other", "total", "0");
    assert_true(requests_are_whole());
}

static void a_reading_is_found_by_its_number(void **state)
{
    struct cell c = { .raw = SLICE_LIT("12"),
        .alternatives = SLICE_LIT("72\n1，234\n") };

    (void)state;
    assert_true(slice_eq_str(doubt_reading(&c, SLICE_LIT("72")), "72"));
    assert_true(slice_eq_str(doubt_reading(&c, SLICE_LIT("12")), "12"));
    assert_non_null(doubt_reading(&c, SLICE_LIT("0")).p);
    assert_null(doubt_reading(&c, SLICE_LIT("13")).p);
    assert_null(doubt_reading(&c, SLICE_LIT("x")).p);
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
        cmocka_unit_test(recognized_cells_are_read_as_text_is),
        cmocka_unit_test(the_sums_choose_a_reading),
        cmocka_unit_test(several_doubtful_cells_are_chosen_together),
        cmocka_unit_test(a_reading_that_the_sums_deny_is_not_taken),
        cmocka_unit_test(cells_misread_alike_are_not_valid_by_luck),
        cmocka_unit_test(a_part_and_its_total_in_doubt_need_other_sums),
        cmocka_unit_test(a_recognized_cell_with_the_same_digits_proves_nothing),
        cmocka_unit_test(a_cell_that_no_sum_covers_stays_open),
        cmocka_unit_test(
            where_sums_fail_elsewhere_a_doubtful_cell_may_be_chosen),
        cmocka_unit_test(in_a_sum_that_fails_nothing_is_chosen),
        cmocka_unit_test(nothing_or_zero_is_nothing),
        cmocka_unit_test(digits_apart_are_one_number_where_the_sums_say_so),
        cmocka_unit_test(labels_misread_are_found_by_likeness),
        cmocka_unit_test(a_reading_is_found_by_its_number),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
