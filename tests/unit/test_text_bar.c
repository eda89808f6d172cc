/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_text_bar - tables drawn with characters.
 */
#include "tests/check.h"

#include "common/limits.h"
#include "transformer/text_bar.h"

static void expect(const char *line, const char *cells)
{
    struct arena a;
    struct slice got;

    arena_init(&a, LIMIT_ARENA_BYTES);
    got = text_unbar(&a, slice_str(line));
    assert_int_equal(got.len, strlen(cells));
    assert_memory_equal(got.p, cells, got.len);
    arena_clear(&a);
}

static void bars_become_tabs(void **state)
{
    (void)state;
    expect("| 规章 | 0 | 1 |", " 规章 \t 0 \t 1 ");
    expect("│规章│0│", "规章\t0");
    expect("  |a||b|  ", "a\t\tb");
}

static void lines_not_between_bars_stay(void **state)
{
    (void)state;
    expect("首页 | 新闻 | 公开", "首页 | 新闻 | 公开");
    expect("| 首页 | 新闻", "| 首页 | 新闻");
    expect("|", "|");
    expect("", "");
}

static void rulings_are_seen(void **state)
{
    (void)state;
    assert_true(text_is_rule(SLICE_LIT("+-----+----+")));
    assert_true(text_is_rule(SLICE_LIT("|---|:--:|")));
    assert_true(text_is_rule(SLICE_LIT("├────┼────┤")));
    assert_false(text_is_rule(SLICE_LIT("-----")));
    assert_false(text_is_rule(SLICE_LIT("| - | - | - | - |")));
    assert_false(text_is_rule(SLICE_LIT("|---| 1 |")));
    assert_false(text_is_rule(SLICE_LIT("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bars_become_tabs),
        cmocka_unit_test(lines_not_between_bars_stay),
        cmocka_unit_test(rulings_are_seen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
