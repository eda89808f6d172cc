/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_renderings - which of several documents is the report, and when two
 * cells say the same.
 */
#include "tests/check.h"

#include "common/renderings.h"

static void a_valid_one_is_preferred_to_any_flagged(void **state)
{
    const struct rendering scan = { true, RENDERING_SCAN, 3,
        SLICE_LIT("http://z"), SLICE_LIT("s") };
    const struct rendering page = { false, RENDERING_TEXT, 300,
        SLICE_LIT("http://a"), SLICE_LIT("s") };

    (void)state;
    assert_true(rendering_compare(&scan, &page) < 0);
    assert_true(rendering_compare(&page, &scan) > 0);
}

static void among_equals_the_format_then_numbers_then_address_decide(
    void **state)
{
    const struct rendering in_order[] = {
        { true, RENDERING_TEXT, 9, SLICE_LIT("http://b"), SLICE_LIT("s") },
        { true, RENDERING_TEXT, 8, SLICE_LIT("http://a"), SLICE_LIT("s") },
        { true, RENDERING_TEXT, 8, SLICE_LIT("http://ab"), SLICE_LIT("s") },
        { true, RENDERING_TEXT, 8, SLICE_LIT("http://ab"), SLICE_LIT("t") },
        { true, RENDERING_PDF, 9, SLICE_LIT("http://a"), SLICE_LIT("s") },
        { true, RENDERING_OFD, 9, SLICE_LIT("http://a"), SLICE_LIT("s") },
        { true, RENDERING_SCAN, 9, SLICE_LIT("http://a"), SLICE_LIT("s") },
    };
    size_t n = sizeof(in_order) / sizeof(in_order[0]);

    (void)state;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            assert_int_equal(
                (rendering_compare(&in_order[i], &in_order[k]) > 0) -
                    (rendering_compare(&in_order[i], &in_order[k]) < 0),
                (i > k) - (i < k));
}

static void readers_have_their_rank(void **state)
{
    (void)state;
    assert_int_equal(rendering_rank_of(SLICE_LIT("html")), RENDERING_TEXT);
    assert_int_equal(rendering_rank_of(SLICE_LIT("xls")), RENDERING_TEXT);
    assert_int_equal(rendering_rank_of(SLICE_LIT("pdf")), RENDERING_PDF);
    assert_int_equal(rendering_rank_of(SLICE_LIT("ofd")), RENDERING_OFD);
    assert_int_equal(rendering_rank_of(SLICE_LIT("pdf-ocr")), RENDERING_SCAN);
}

/* 1: agree, 0: differ, -1: not to be compared. */
static int compare(
    const char *a, const char *a_cny, const char *b, const char *b_cny)
{
    const struct rendering_cell x = { .value = slice_str(a),
        .value_cny = slice_str(a_cny) };
    const struct rendering_cell y = { .value = slice_str(b),
        .value_cny = slice_str(b_cny) };
    bool agree = true;

    return rendering_cells_compare(&x, &y, &agree) ? agree : -1;
}

static void numbers_are_compared_by_value(void **state)
{
    (void)state;
    assert_int_equal(compare("12", NULL, "12", NULL), 1);
    assert_int_equal(compare("12.50", NULL, "012.5", NULL), 1);
    assert_int_equal(compare("-0", NULL, "0.00", NULL), 1);
    assert_int_equal(compare("-1", NULL, "1", NULL), 0);
    assert_int_equal(compare("1", NULL, "10", NULL), 0);
    assert_int_equal(compare("0.1", NULL, "0.01", NULL), 0);
    assert_int_equal(compare("1", NULL, NULL, NULL), -1);
}

static void amounts_are_compared_in_yuan(void **state)
{
    (void)state;
    assert_int_equal(compare("1.2", "12000", "12000", "12000.00"), 1);
    assert_int_equal(compare("1.2", "12000", "1.2", "1.2"), 0);
}

static void a_blank_that_is_proved_zero_is_a_zero(void **state)
{
    const struct slice none = { NULL, 0 };

    (void)state;
    assert_true(
        slice_eq_str(rendering_value(none, CELL_BLANK, SLICE_LIT("0")), "0"));
    assert_null(rendering_value(none, CELL_BLANK, none).p);
    assert_null(rendering_value(none, CELL_UNREADABLE, SLICE_LIT("0")).p);
    assert_true(slice_eq_str(
        rendering_value(SLICE_LIT("3"), CELL_READ, SLICE_LIT("5")), "3"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_valid_one_is_preferred_to_any_flagged),
        cmocka_unit_test(
            among_equals_the_format_then_numbers_then_address_decide),
        cmocka_unit_test(readers_have_their_rank),
        cmocka_unit_test(numbers_are_compared_by_value),
        cmocka_unit_test(amounts_are_compared_in_yuan),
        cmocka_unit_test(a_blank_that_is_proved_zero_is_a_zero),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
