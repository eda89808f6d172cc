/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_text - what is UTF-8, a number, a day; and what is not.
 */
#include <string.h>

#include "loader/text.h"
#include "tests/check.h"

static bool is_utf8(const char *s)
{
    return text_utf8_len(slice_str(s)) == strlen(s);
}

static void characters_of_every_length_are_utf8(void **state)
{
    (void)state;
    assert_true(is_utf8(""));
    assert_true(is_utf8("a\x7f"));
    assert_true(is_utf8("\xc2\x80\xdf\xbf"));
    assert_true(is_utf8("\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf"));
    assert_true(is_utf8("\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"));
}

static void overlong_surrogate_and_cut_characters_are_none(void **state)
{
    static const char *const bad[] = { "\x80", "\xbf", "\xc0\x80", "\xc1\xbf",
        "\xc2", "\xc2\x41", "\xe0\x9f\xbf", "\xe4\xb8", "\xed\xa0\x80",
        "\xed\xbf\xbf", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80", "\xff" };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_int_equal(text_utf8_len(slice_str(bad[i])), 0);
}

static void nul_is_no_text(void **state)
{
    (void)state;
    assert_int_equal(text_utf8_len((struct slice){ "a\0b", 3 }), 1);
}

static void scrubbing_replaces_each_bad_byte(void **state)
{
    struct buf out;

    (void)state;
    buf_init(&out, 100);
    text_scrub(slice_str("caf\xe9 \xe4\xb8\xad\xe4\xb8"), &out);
    assert_true(slice_eq_str(buf_slice(&out),
        "caf\xef\xbf\xbd \xe4\xb8\xad\xef\xbf\xbd\xef\xbf\xbd"));
    buf_clear(&out);
}

static bool fits(const char *s)
{
    return text_is_decimal(slice_str(s), 3, 2);
}

static void a_number_of_the_columns_width_is_a_decimal(void **state)
{
    (void)state;
    assert_true(fits("0"));
    assert_true(fits("-999"));
    assert_true(fits("12.5"));
    assert_true(fits("007.25"));
}

static void anything_else_is_no_decimal(void **state)
{
    static const char *const bad[] = { "", "-", "+1", "1234", "1.", ".5",
        "1.234", "1,5", "1 ", " 1", "1e3", "--1", "1.-5", "nan" };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_false(fits(bad[i]));
}

static void only_days_of_the_calendar_are_dates(void **state)
{
    (void)state;
    assert_true(text_is_date(SLICE_LIT("2024-02-29")));
    assert_true(text_is_date(SLICE_LIT("2000-02-29")));
    assert_true(text_is_date(SLICE_LIT("2023-12-31")));
    assert_false(text_is_date(SLICE_LIT("2023-02-29")));
    assert_false(text_is_date(SLICE_LIT("1900-02-29")));
    assert_false(text_is_date(SLICE_LIT("2023-13-01")));
    assert_false(text_is_date(SLICE_LIT("2023-04-31")));
    assert_false(text_is_date(SLICE_LIT("2023-4-1")));
    assert_false(text_is_date(SLICE_LIT("2023-04-0x")));
    assert_false(text_is_date(SLICE_LIT("0000-01-01")));
    assert_false(text_is_date(SLICE_LIT("2023/04/01")));
    assert_false(text_is_date(SLICE_LIT("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_of_every_length_are_utf8),
        cmocka_unit_test(overlong_surrogate_and_cut_characters_are_none),
        cmocka_unit_test(nul_is_no_text),
        cmocka_unit_test(scrubbing_replaces_each_bad_byte),
        cmocka_unit_test(a_number_of_the_columns_width_is_a_decimal),
        cmocka_unit_test(anything_else_is_no_decimal),
        cmocka_unit_test(only_days_of_the_calendar_are_dates),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
