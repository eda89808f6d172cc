/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_clock - recorded time can be fixed, passing time cannot.
 */
#include "common/clock.h"

#include "tests/check.h"

static void fixed_time_is_recorded_to_the_second(void **state)
{
    struct err err;
    char text[21];

    (void)state;
    assert_int_equal(clock_fix("2026-01-31T10:20:30Z", &err), 0);
    clock_format(clock_now_s(), text);
    assert_string_equal(text, "2026-01-31T10:20:30Z");
    assert_int_equal(clock_fix("", &err), 0);
    assert_true(clock_now_s() != 1769854830);
}

static void text_that_is_no_time_is_refused(void **state)
{
    static const char *const bad[] = { "2026-01-31", "2026-01-31T10:20:30",
        "2026-01-31 10:20:30Z", "2026-02-31T00:00:00Z", "now",
        "2026-01-31T10:20:30Z ", "2026-01-31T24:00:00Z" };
    struct err err;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(clock_fix(bad[i], &err), -1);
        assert_int_equal(err.kind, ERR_FATAL);
    }
}

static void monotonic_time_goes_on_when_the_clock_is_fixed(void **state)
{
    struct err err;
    int64_t before = clock_mono_ms();

    (void)state;
    assert_int_equal(clock_fix("2000-01-01T00:00:00Z", &err), 0);
    assert_true(clock_mono_ms() >= before);
    assert_int_equal(clock_fix(NULL, &err), 0);
}

static void times_beyond_the_text_are_clamped(void **state)
{
    char text[21];

    (void)state;
    clock_format(INT64_MAX, text);
    assert_string_equal(text, "9999-12-31T23:59:59Z");
    clock_format(-1, text);
    assert_string_equal(text, "1970-01-01T00:00:00Z");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixed_time_is_recorded_to_the_second),
        cmocka_unit_test(text_that_is_no_time_is_refused),
        cmocka_unit_test(monotonic_time_goes_on_when_the_clock_is_fixed),
        cmocka_unit_test(times_beyond_the_text_are_clamped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
