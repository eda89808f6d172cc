/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_struck - digits with a line through them.
 */
#include "tests/check.h"

#include "transformer/struck.h"

static void assert_struck(
    const char *before, const char *struck, const char *expected)
{
    struct buf b;
    size_t from;

    buf_init(&b, 4096);
    buf_add_str(&b, before);
    from = b.len;
    buf_add_str(&b, struck);
    struck_take(&b, from);
    buf_add_char(&b, '\0');
    assert_string_equal(b.p, expected);
    buf_clear(&b);
}

static void each_digit_gets_its_line(void **state)
{
    (void)state;
    assert_struck("", "12", "1\u03362\u0336");
    assert_struck("3", "1.5件", "31\u0336.5\u0336件");
    assert_struck("", "\uff10\uff19", "\uff10\u0336\uff19\u0336");
}

static void other_text_stays(void **state)
{
    (void)state;
    assert_struck("3", "", "3");
    assert_struck("3", "件，：", "3件，：");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_digit_gets_its_line),
        cmocka_unit_test(other_text_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
