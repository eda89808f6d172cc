/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_write_csv - RFC 4180, null and empty, and no formula.
 */
#include "loader/writer.h"
#include "tests/loader_case.h"

static const struct field fields[] = {
    { "name", FIELD_TEXT, false, "t", "l", "d", NULL },
    { "value", FIELD_DECIMAL, false, "t", "l", "d", NULL },
};
static const struct table table = {
    .name = "t", .field = fields, .field_n = 2
};

/* The file that these cells make, without its header. */
static struct slice written(
    struct loader_case *c, const char *name, const char *value)
{
    const char *const cell[] = { name, value };
    void *state = NULL;
    struct slice text;
    struct err err;

    must(csv_writer.open(&state, case_path(c, "t.csv"), &table, &err));
    must(csv_writer.row(state, cell, &err));
    must(csv_writer.finish(state, &err));
    csv_writer.close(state);
    text = case_read(c, "t.csv");
    assert_true(slice_starts(text, SLICE_LIT("name,value\r\n")));
    return slice_from(text, 12);
}

static void plain_text_stands_as_it_is(void **state)
{
    assert_true(
        slice_eq_str(written(*state, "年报", "12.50"), "年报,12.50\r\n"));
}

static void null_is_nothing_and_empty_is_quoted(void **state)
{
    assert_true(slice_eq_str(written(*state, NULL, NULL), ",\r\n"));
    assert_true(slice_eq_str(written(*state, "", NULL), "\"\",\r\n"));
}

static void comma_quote_and_line_break_are_quoted(void **state)
{
    assert_true(slice_eq_str(written(*state, "a,b", "1"), "\"a,b\",1\r\n"));
    assert_true(
        slice_eq_str(written(*state, "a\nb\r\nc", "1"), "\"a\nb\r\nc\",1\r\n"));
    assert_true(slice_eq_str(
        written(*state, "\"a\" \"", "1"), "\"\"\"a\"\" \"\"\",1\r\n"));
}

static void formulas_are_guarded(void **state)
{
    static const char *const texts[] = { "=1+1", "+1", "-1", "@x", "\tx", "'x",
        "-", " =1", "＝1" };
    size_t i;

    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct slice line = written(*state, texts[i], "1");

        assert_true(slice_starts(line, SLICE_LIT("'")));
        assert_true(slice_starts(slice_from(line, 1), slice_str(texts[i])));
    }
}

static void the_guard_stands_inside_of_the_quotes(void **state)
{
    assert_true(slice_eq_str(
        written(*state, "=A1,\"x\"", "1"), "\"'=A1,\"\"x\"\"\",1\r\n"));
    assert_true(slice_eq_str(written(*state, "\r", "1"), "\"'\r\",1\r\n"));
}

static void numbers_are_never_guarded(void **state)
{
    assert_true(slice_eq_str(written(*state, "a", "-5"), "a,-5\r\n"));
}

static void a_full_disk_is_worth_a_retry(void **state)
{
    void *writer = NULL;
    const char *const cell[] = { "a", "1" };
    struct err err = { 0 };
    int rc;

    (void)state;
    rc = csv_writer.open(&writer, "/dev/full", &table, &err);
    if (rc == 0)
        rc = csv_writer.row(writer, cell, &err);
    if (rc == 0)
        rc = csv_writer.finish(writer, &err);
    assert_int_equal(rc, -1);
    assert_int_equal(err.kind, ERR_RETRY);
    csv_writer.close(writer);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, case_setup, case_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(plain_text_stands_as_it_is),
        TEST(null_is_nothing_and_empty_is_quoted),
        TEST(comma_quote_and_line_break_are_quoted),
        TEST(formulas_are_guarded),
        TEST(the_guard_stands_inside_of_the_quotes),
        TEST(numbers_are_never_guarded),
        TEST(a_full_disk_is_worth_a_retry),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
