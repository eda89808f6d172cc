/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_formula - claims about common/formula.c
 */
#include "tests/check.h"

#include "common/formula.h"

static void what_a_spreadsheet_runs_is_a_formula(void **state)
{
    static const char *const texts[] = { "=1+1", "+1", "-1+cmd|' /C calc'!A0",
        "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1＋1", "＋1", "－1", "＠x" };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_true(formula_is(slice_str(texts[i])));
}

static void spaces_and_quotes_before_it_hide_nothing(void **state)
{
    static const char *const texts[] = { " =1", "\"=1", "  \" =1", "\xc2\xa0=1",
        "\xe3\x80\x80=1", "\xef\xbb\xbf=1", " \t=1" };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_true(formula_is(slice_str(texts[i])));
}

static void other_texts_are_none(void **state)
{
    static const char *const texts[] = { "", " ", "\"", "12", "1-1", "（一）",
        "——", "'=1", "a=b" };

    (void)state;
    assert_false(formula_is((struct slice){ NULL, 0 }));
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_false(formula_is(slice_str(texts[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_spreadsheet_runs_is_a_formula),
        cmocka_unit_test(spaces_and_quotes_before_it_hide_nothing),
        cmocka_unit_test(other_texts_are_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
