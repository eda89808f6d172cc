/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_write_parquet - a file, the same each time, or an error.  What is in
 * it is checked by another reader: tests/flow/archive.sh.
 */
#include "loader/writer.h"
#include "tests/loader_case.h"

static const struct field fields[] = {
    { "name", FIELD_TEXT, true, "t", "l", "d", NULL },
    { "a.b \"c\"", FIELD_DECIMAL, false, "t", "l", "d", NULL },
    { "day", FIELD_DATE, false, "t", "l", "d", NULL },
    { "at", FIELD_TIME, false, "t", "l", "d", NULL },
    { "sum", FIELD_SUM, false, "t", "l", "d", NULL },
    { "n", FIELD_BIGINT, false, "t", "l", "d", NULL },
};
static const struct table table = {
    .name = "t", .field = fields, .field_n = 6
};

static int write_rows(struct loader_case *c, const char *name, const char *day,
    size_t row_n, struct err *err)
{
    const char *const cell[] = { "年报 'x'", "-12.5", day,
        "2026-01-31T00:00:00Z", "123456789012345678.000001",
        "9007199254740993" };
    const char *const nulls[] = { "", NULL, NULL, NULL, NULL, NULL };
    void *state = NULL;
    int rc;
    size_t i;

    rc = parquet_writer.open(&state, case_path(c, name), &table, err);
    for (i = 0; rc == 0 && i < row_n; i++)
        rc = parquet_writer.row(state, i % 2 ? nulls : cell, err);
    if (rc == 0)
        rc = parquet_writer.finish(state, err);
    parquet_writer.close(state);
    return rc;
}

static void a_file_of_many_row_groups_is_whole(void **state)
{
    struct slice file;
    struct err err;

    must(write_rows(*state, "a.parquet", "2024-02-29", 300000, &err));
    file = case_read(*state, "a.parquet");
    assert_true(slice_starts(file, SLICE_LIT("PAR1")));
    assert_true(slice_eq_str(slice_from(file, file.len - 4), "PAR1"));
}

static void the_same_rows_are_the_same_bytes(void **state)
{
    struct err err;

    must(write_rows(*state, "a.parquet", "2024-02-29", 5000, &err));
    must(write_rows(*state, "b.parquet", "2024-02-29", 5000, &err));
    assert_true(slice_eq(
        case_read(*state, "a.parquet"), case_read(*state, "b.parquet")));
}

static void a_table_without_rows_is_a_file(void **state)
{
    struct err err;

    must(write_rows(*state, "a.parquet", NULL, 0, &err));
    assert_true(case_read(*state, "a.parquet").len > 8);
}

static void nothing_but_the_file_is_left(void **state)
{
    struct err err;

    must(write_rows(*state, "a.parquet", NULL, 3, &err));
    assert_false(case_exists(*state, "a.parquet.spool"));
    assert_false(case_exists(*state, "a.parquet.spill"));
}

static void a_value_that_is_not_of_its_type_stops_it(void **state)
{
    struct err err = { 0 };

    assert_int_equal(
        write_rows(*state, "a.parquet", "2023-02-30", 2, &err), -1);
    assert_int_equal(err.kind, ERR_FATAL);
    assert_non_null(strstr(err.msg, "2023-02-30"));
    assert_false(case_exists(*state, "a.parquet.spool"));
}

static void a_folder_that_is_not_there_is_worth_a_retry(void **state)
{
    struct err err = { 0 };

    assert_int_equal(write_rows(*state, "no/a.parquet", NULL, 1, &err), -1);
    assert_int_equal(err.kind, ERR_RETRY);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, case_setup, case_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_file_of_many_row_groups_is_whole),
        TEST(the_same_rows_are_the_same_bytes),
        TEST(a_table_without_rows_is_a_file),
        TEST(nothing_but_the_file_is_left),
        TEST(a_value_that_is_not_of_its_type_stops_it),
        TEST(a_folder_that_is_not_there_is_worth_a_retry),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
