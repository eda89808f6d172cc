/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_decimal - exact arithmetic on printed numbers.
 */
#include "tests/check.h"

#include "common/limits.h"
#include "transformer/decimal.h"

static struct arena arena;

static struct decimal dec(const char *text)
{
    struct decimal d;

    assert_true(decimal_parse(slice_str(text), &d));
    return d;
}

static void is(struct decimal d, const char *text)
{
    struct slice s = decimal_text(&arena, d);

    if (!slice_eq_str(s, text))
        fail_msg("%.*s, expected %s", SLICE_ARG(s), text);
}

static void text_survives_parsing(void **state)
{
    static const char *const texts[] = { "0", "7", "-7", "0.5950", "-0.01",
        "123456789012345", "17167.6909", "10" };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        is(dec(texts[i]), texts[i]);
}

static void anything_else_is_no_number(void **state)
{
    static const char *const texts[] = { "", "-", ".", "1.", ".5", "1.2.3",
        "1,2", " 1", "+1", "1234567890123456", "0.1234567890123456", "1e3" };
    struct decimal d;

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (decimal_parse(slice_str(texts[i]), &d))
            fail_msg("'%s' was taken", texts[i]);
}

static void sums_are_exact(void **state)
{
    (void)state;
    is(decimal_add(dec("0.1"), dec("0.2")), "0.3");
    is(decimal_add(dec("999999999999999"), dec("0.000000000001")),
        "999999999999999.000000000001");
    is(decimal_sub(dec("1"), dec("1.50")), "-0.50");
    assert_int_equal(decimal_compare(dec("1.0"), dec("1.000")), 0);
    assert_true(decimal_compare(dec("-2"), dec("1")) < 0);
    assert_true(decimal_compare(dec("0.11"), dec("0.1")) > 0);
}

static void wan_yuan_become_yuan(void **state)
{
    (void)state;
    is(decimal_10k(dec("9116.36")), "91163600");
    is(decimal_10k(dec("0.5950")), "5950");
    is(decimal_10k(dec("18651.064104")), "186510641.04");
    is(decimal_10k(dec("0")), "0");
}

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, LIMIT_ARENA_BYTES);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_survives_parsing),
        cmocka_unit_test(anything_else_is_no_number),
        cmocka_unit_test(sums_are_exact),
        cmocka_unit_test(wan_yuan_become_yuan),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
