/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_admit - what no archive could hold is refused at the door.
 */
#include <string.h>

#include "loader/admit.h"
#include "tests/check.h"

/* A record with one of everything; tests spoil one field. */
struct whole {
    struct record rec;
    struct slice reason;
    struct cell cell;
    struct check check;
    struct section section;
};

static void make(struct whole *w)
{
    *w = (struct whole){ .reason = SLICE_LIT("a.b: c") };
    w->cell = (struct cell){ .table = SLICE_LIT("requests"),
        .row = SLICE_LIT("new"),
        .column = SLICE_LIT("total"),
        .value = SLICE_LIT("-123456789012.123456"),
        .value_cny = SLICE_LIT("123456789012345678.123456"),
        .raw = SLICE_LIT("１２"),
        .unit = SLICE_LIT("count") };
    w->check = (struct check){ .rule = SLICE_LIT("r"),
        .left = SLICE_LIT("1"),
        .right = SLICE_LIT("2"),
        .difference = SLICE_LIT("-1") };
    w->section = (struct section){ 1, SLICE_LIT("h"), SLICE_LIT("t") };
    w->rec = (struct record){ .title = SLICE_LIT("年报"),
        .year = 2022,
        .published = SLICE_LIT("2023-01-31"),
        .reason_n = 1,
        .reasons = &w->reason,
        .cell_n = 1,
        .cells = &w->cell,
        .check_n = 1,
        .checks = &w->check,
        .section_n = 1,
        .sections = &w->section };
}

static void refused(const struct whole *w, const char *field)
{
    struct err err = { 0 };

    assert_int_equal(admit_record(&w->rec, &err), -1);
    assert_int_equal(err.kind, ERR_INPUT);
    assert_true(strncmp(err.msg, "record.broken: ", 15) == 0);
    assert_non_null(strstr(err.msg, field));
}

static void a_whole_record_is_admitted(void **state)
{
    struct whole w;
    struct err err;

    (void)state;
    make(&w);
    assert_int_equal(admit_record(&w.rec, &err), 0);
}

static void nulls_are_admitted(void **state)
{
    struct whole w;
    struct err err;

    (void)state;
    make(&w);
    w.cell.value = w.cell.raw = w.cell.value_cny = (struct slice){ NULL, 0 };
    w.check.left = w.check.message = (struct slice){ NULL, 0 };
    w.rec.published = (struct slice){ NULL, 0 };
    assert_int_equal(admit_record(&w.rec, &err), 0);
}

static void a_text_that_is_no_utf8_is_refused_wherever_it_is(void **state)
{
    struct whole w;
    struct slice *const texts[] = { &w.rec.title, &w.rec.organization,
        &w.rec.form_review, &w.reason, &w.cell.raw, &w.cell.evidence,
        &w.check.message, &w.check.left_cells, &w.section.heading,
        &w.section.text };
    static const char *const names[] = { "title", "organization", "form_review",
        "reason", "raw", "evidence", "message", "left_cells", "heading",
        "text" };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        make(&w);
        *texts[i] = SLICE_LIT("\xb9\xab");
        refused(&w, names[i]);
    }
}

static void nul_in_a_text_is_refused(void **state)
{
    struct whole w;

    (void)state;
    make(&w);
    w.cell.raw = (struct slice){ "1\0002", 3 };
    refused(&w, "raw");
}

static void a_number_wider_than_its_column_is_refused(void **state)
{
    struct whole w;
    struct slice *const numbers[] = { &w.cell.value, &w.cell.proposed,
        &w.cell.value_cny, &w.check.left, &w.check.right, &w.check.difference };
    static const char *const wide[] = { "1234567890123", "1.1234567",
        "1234567890123456789", "1234567890123456789", "1.1234567", "abc" };
    static const char *const names[] = { "value", "proposed", "value_cny",
        "left", "right", "difference" };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        make(&w);
        *numbers[i] = slice_str(wide[i]);
        refused(&w, names[i]);
    }
}

static void an_empty_text_is_no_number(void **state)
{
    struct whole w;

    (void)state;
    make(&w);
    w.cell.value = SLICE_LIT("");
    refused(&w, "value");
}

static void an_impossible_day_or_year_is_refused(void **state)
{
    struct whole w;

    (void)state;
    make(&w);
    w.rec.published = SLICE_LIT("2023-02-30");
    refused(&w, "published");
    make(&w);
    w.rec.year = 20222;
    refused(&w, "year");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_record_is_admitted),
        cmocka_unit_test(nulls_are_admitted),
        cmocka_unit_test(a_text_that_is_no_utf8_is_refused_wherever_it_is),
        cmocka_unit_test(nul_in_a_text_is_refused),
        cmocka_unit_test(a_number_wider_than_its_column_is_refused),
        cmocka_unit_test(an_empty_text_is_no_number),
        cmocka_unit_test(an_impossible_day_or_year_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
