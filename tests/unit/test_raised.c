/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_raised - digits beside others that are raised.
 */
#include "tests/check.h"

#include "transformer/raised.h"

/* The texts between bars one after another; those in braces are raised. */
static void assert_raised(const char *parts, const char *expected)
{
    struct raised r = { .on = false };
    struct buf b;

    buf_init(&b, 4096);
    while (*parts) {
        bool is_raised = *parts == '{';
        size_t from = b.len, len;

        parts += is_raised;
        len = strcspn(parts, "|}");
        buf_add(&b, parts, len);
        raised_take(&r, &b, from, is_raised);
        parts += len + (parts[len] != '\0');
    }
    buf_add_char(&b, '\0');
    assert_string_equal(b.p, expected);
    buf_clear(&b);
}

static void raised_digits_behind_others_are_marks(void **state)
{
    (void)state;
    assert_raised("12|{1}", "12¹");
    assert_raised("12|{1|{0}", "12¹⁰");
    assert_raised("1|2|{1}|件", "12¹件");
    assert_raised("12|{a}", "12a");
    assert_raised("m|{2}", "m2");
    assert_raised("12 |{1}", "12 1");
}

static void raised_digits_before_others_are_marks(void **state)
{
    (void)state;
    assert_raised("{1}12", "¹12");
    assert_raised("{1|{2}34|5", "¹²345");
    assert_raised("件|{1}2", "件¹2");
}

static void what_is_raised_as_a_whole_stays(void **state)
{
    (void)state;
    assert_raised("{12}", "12");
    assert_raised("{1|{2|{3}", "123");
    assert_raised("共|{12}|件", "共12件");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(raised_digits_behind_others_are_marks),
        cmocka_unit_test(raised_digits_before_others_are_marks),
        cmocka_unit_test(what_is_raised_as_a_whole_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
