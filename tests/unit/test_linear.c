/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_linear - small systems of sums: solved, checked, or left open.
 */
#include "tests/check.h"

#include "transformer/linear.h"

static struct linear l;

static struct linear_column in(uint32_t row, int32_t factor)
{
    return (struct linear_column){ 1, { row }, { factor } };
}

static struct linear_column in_two(
    uint32_t a, int32_t fa, uint32_t b, int32_t fb)
{
    return (struct linear_column){ 2, { a, b }, { fa, fb } };
}

static uint32_t row_of(uint32_t id)
{
    for (uint32_t i = 0; i < l.row_n; i++)
        if (l.lead[i] != 0 && l.owner[i] == id)
            return i;
    fail_msg("no row for %u", id);
    return 0;
}

static void value_is(uint32_t id, int64_t want)
{
    int64_t value;

    assert_int_equal(linear_value(&l, row_of(id), &value), LINEAR_WHOLE);
    assert_int_equal(value, want);
}

static void sums_that_hold_need_no_unknown(void **state)
{
    const int64_t good[] = { 0, 0 };
    const int64_t bad[] = { 0, 3 };

    (void)state;
    linear_init(&l, good, 2);
    assert_true(linear_holds(&l));
    linear_init(&l, bad, 2);
    assert_false(linear_holds(&l));
    assert_int_equal(linear_broken(&l), 1);
}

static void an_unknown_in_two_sums_is_checked_by_the_second(void **state)
{
    const int64_t agree[] = { 5, -5 };
    const int64_t differ[] = { 5, -4 };
    struct linear_column x = in_two(0, 1, 1, -1);

    (void)state;
    linear_init(&l, agree, 2);
    linear_add(&l, 7, &x);
    assert_true(linear_holds(&l));
    value_is(7, 5);
    linear_init(&l, differ, 2);
    linear_add(&l, 7, &x);
    assert_false(linear_holds(&l));
}

static void unknowns_that_hang_together_are_solved(void **state)
{
    /* x + y = 7, x - y = 1 */
    const int64_t rhs[] = { 7, 1 };
    struct linear_column x = in_two(0, 1, 1, 1);
    struct linear_column y = in_two(0, 1, 1, -1);

    (void)state;
    linear_init(&l, rhs, 2);
    linear_add(&l, 0, &x);
    linear_add(&l, 1, &y);
    value_is(0, 4);
    value_is(1, 3);
}

static void what_sums_do_not_determine_stays_loose(void **state)
{
    const int64_t rhs[] = { 7 };
    struct linear_column x = in(0, 1);
    int64_t value;

    (void)state;
    linear_init(&l, rhs, 1);
    linear_add(&l, 0, &x);
    linear_add(&l, 1, &x);
    assert_int_equal(linear_value(&l, row_of(0), &value), LINEAR_LOOSE);
}

static void halves_are_fractions(void **state)
{
    const int64_t rhs[] = { 7, 0 };
    struct linear_column x = in_two(0, 1, 1, 1);
    struct linear_column y = in_two(0, 1, 1, -1);
    int64_t value;

    (void)state;
    linear_init(&l, rhs, 2);
    linear_add(&l, 0, &x);
    linear_add(&l, 1, &y);
    assert_int_equal(linear_value(&l, row_of(0), &value), LINEAR_FRACTION);
}

static void one_number_explains_what_lies_on_it(void **state)
{
    const int64_t rhs[] = { 3, -3, 0 };
    struct linear_column both = in_two(0, 1, 1, -1);
    struct linear_column one = in(0, 1);
    struct linear_column more = in_two(0, 1, 2, 1);

    (void)state;
    linear_init(&l, rhs, 3);
    assert_true(linear_explains(&l, &both));
    assert_false(linear_explains(&l, &one));
    assert_false(linear_explains(&l, &more));
}

static void checks_see_only_what_is_in_them(void **state)
{
    const int64_t rhs[] = { 0, 0 };
    struct linear_column x = in(0, 1);
    struct linear_column y = in(1, 1);

    (void)state;
    linear_init(&l, rhs, 2);
    linear_add(&l, 0, &x);
    assert_false(linear_sees(&l, &x));
    assert_true(linear_sees(&l, &y));
}

static void numbers_too_large_are_given_up(void **state)
{
    const int64_t rhs[] = { LINEAR_MAX + 1 };

    (void)state;
    linear_init(&l, rhs, 1);
    assert_true(l.given_up);
    assert_false(linear_holds(&l));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_that_hold_need_no_unknown),
        cmocka_unit_test(an_unknown_in_two_sums_is_checked_by_the_second),
        cmocka_unit_test(unknowns_that_hang_together_are_solved),
        cmocka_unit_test(what_sums_do_not_determine_stays_loose),
        cmocka_unit_test(halves_are_fractions),
        cmocka_unit_test(one_number_explains_what_lies_on_it),
        cmocka_unit_test(checks_see_only_what_is_in_them),
        cmocka_unit_test(numbers_too_large_are_given_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
