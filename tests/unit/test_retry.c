/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_retry - how long to wait before asking again.
 */
#include "tests/check.h"

#include "collector/retry.h"

/* Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110, 5.6.7. */
#define EXAMPLE_S INT64_C(784111777)

static int64_t after(const char *text, int64_t now_s)
{
    return retry_after_s(slice_str(text), now_s);
}

static void seconds_are_seconds(void **state)
{
    (void)state;
    assert_int_equal(after("0", 0), 0);
    assert_int_equal(after("120", 99), 120);
    assert_int_equal(after("  7 ", 0), 7);
}

static void endless_digits_are_far_away_but_finite(void **state)
{
    (void)state;
    assert_int_equal(after("99999999999999999999999999", 0), 1000000000);
}

static void all_three_date_forms_are_read(void **state)
{
    (void)state;
    assert_int_equal(
        after("Sun, 06 Nov 1994 08:49:37 GMT", EXAMPLE_S - 30), 30);
    assert_int_equal(
        after("Sunday, 06-Nov-94 08:49:37 GMT", EXAMPLE_S - 30), 30);
    assert_int_equal(after("Sun Nov  6 08:49:37 1994", EXAMPLE_S - 30), 30);
}

static void a_date_gone_by_means_now(void **state)
{
    (void)state;
    assert_int_equal(after("Sun, 06 Nov 1994 08:49:37 GMT", EXAMPLE_S + 9), 0);
}

static void other_text_is_no_time(void **state)
{
    (void)state;
    assert_int_equal(after("", 0), -1);
    assert_int_equal(after("soon", 0), -1);
    assert_int_equal(after("-5", 0), -1);
    assert_int_equal(after("3.5", 0), -1);
    assert_int_equal(after("Sun, 06 Nov 1994 08:49:37 GMT, or later", 0), -1);
}

static void waits_double_up_to_a_ceiling(void **state)
{
    (void)state;
    assert_int_equal(retry_backoff_s(1), 1);
    assert_int_equal(retry_backoff_s(2), 2);
    assert_int_equal(retry_backoff_s(5), 16);
    assert_int_equal(retry_backoff_s(9), 256);
    assert_int_equal(retry_backoff_s(10), 300);
    assert_int_equal(retry_backoff_s(UINT32_MAX), 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seconds_are_seconds),
        cmocka_unit_test(endless_digits_are_far_away_but_finite),
        cmocka_unit_test(all_three_date_forms_are_read),
        cmocka_unit_test(a_date_gone_by_means_now),
        cmocka_unit_test(other_text_is_no_time),
        cmocka_unit_test(waits_double_up_to_a_ceiling),
    };

    return cmocka_run_group_tests_name("retry", tests, NULL, NULL);
}
