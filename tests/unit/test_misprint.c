/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_misprint - which numbers one typing error makes of another.
 */
#include "tests/check.h"

#include "transformer/misprint.h"

static const char *words(const char *printed, const char *meant)
{
    return misprint_words(slice_str(printed), slice_str(meant));
}

static bool is_parted(
    const char *left, const char *right, const char *l, const char *r)
{
    return misprint_is_parted(
        slice_str(left), slice_str(right), slice_str(l), slice_str(r));
}

static void one_error_has_its_words(void **state)
{
    (void)state;
    assert_string_equal(words("72", "12"), "one digit changed");
    assert_string_equal(words("0", "8"), "one digit changed");
    assert_string_equal(words("1", "12"), "one digit lost");
    assert_string_equal(words("2", "12"), "one digit lost");
    assert_string_equal(words("10", "100"), "one zero lost");
    assert_string_equal(words("123", "12"), "one digit added");
    assert_string_equal(words("120", "12"), "one zero added");
    assert_string_equal(words("112", "12"), "one digit doubled");
    assert_string_equal(words("1000", "100"), "one zero doubled");
    assert_string_equal(words("21", "12"), "two digits exchanged");
    assert_string_equal(words("1324", "1234"), "two digits exchanged");
    assert_string_equal(words("-12", "12"), "a sign added");
    assert_string_equal(words("12", "-12"), "its sign lost");
    assert_string_equal(words("1.2", "12"), "a decimal point added");
    assert_string_equal(words("12", "1.2"), "its decimal point lost");
}

static void two_errors_have_none(void **state)
{
    (void)state;
    assert_null(words("12", "34"));
    assert_null(words("12", "1"
                            "234"));
    assert_null(words("1234", "2143"));
    assert_null(words("12", "31"));
    assert_null(words("102", "201"));
}

static void nothing_is_no_error(void **state)
{
    (void)state;
    assert_null(words("12", "12"));
    assert_null(words("", "1"));
    assert_null(words("1", ""));
}

static void digits_may_slip_to_the_neighbour(void **state)
{
    (void)state;
    assert_true(is_parted("123", "", "12", "3"));
    assert_true(is_parted("1", "23", "12", "3"));
    assert_true(is_parted("", "12", "1", "2"));
    assert_false(is_parted("12", "3", "12", "3"));
    assert_false(is_parted("123", "", "12", "4"));
    assert_false(is_parted("123", "0", "12", "3"));
    assert_false(is_parted("", "", "", ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_error_has_its_words),
        cmocka_unit_test(two_errors_have_none),
        cmocka_unit_test(nothing_is_no_error),
        cmocka_unit_test(digits_may_slip_to_the_neighbour),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
