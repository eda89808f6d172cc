/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_read_ofd_values - numbers, matrices and colours of OFD.
 */
#include "tests/check.h"

#include <math.h>

#include "transformer/read_ofd.h"

static void numbers_are_read_as_programs_print_them(void **state)
{
    static const struct {
        const char *text;
        double is;
    } cases[] = { { "12", 12 }, { " -3.25", -3.25 }, { "+.5", 0.5 },
        { "7.", 7 }, { "1.5E-3", 0.0015 }, { "2e2", 200 }, { "-0", 0 },
        { "99999999999999999999", 1e7 }, { "1e999999999", 1e7 },
        { "1e-999999999", 0 } };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const char *at = cases[i].text;
        double is = -1;

        assert_true(ofd_next_number(&at, &is));
        assert_true(fabs(is - cases[i].is) < 1e-9);
        assert_int_equal(*at, 0);
    }
}

static void what_is_no_number_is_none(void **state)
{
    static const char *const cases[] = { "", " ", "-", ".", "e5", "g", "NaN",
        "inf", "--1" };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_true(ofd_number(cases[i], 42) == 42);
    assert_true(ofd_number(NULL, 42) == 42);
}

static void lists_are_whole_or_not_taken(void **state)
{
    double is[4] = { 9, 9, 9, 9 };

    (void)state;
    assert_false(ofd_numbers("1 2 3", is, 4));
    assert_true(is[0] == 9);
    assert_true(ofd_numbers("1,2\n3  4 5", is, 4));
    assert_true(is[0] == 1 && is[3] == 4);
}

static void sizes_without_area_are_none(void **state)
{
    double w = 1, h = 1;

    (void)state;
    assert_false(ofd_size("0 0 0 297", &w, &h));
    assert_false(ofd_size("0 0 -210 297", &w, &h));
    assert_false(ofd_size("210 297", &w, &h));
    assert_true(ofd_size("0 0 210 297", &w, &h));
    assert_true(w == 210 && h == 297);
}

static void matrices_apply_the_inner_one_first(void **state)
{
    struct ofd_matrix inner = { 2, 0, 0, 2, 1, 0 };
    struct ofd_matrix outer = { 0, 1, -1, 0, 10, 20 };
    struct ofd_matrix both = ofd_multiply(&inner, &outer);
    double x = 3, y = 4;

    (void)state;
    ofd_apply(&both, &x, &y);
    assert_true(x == 2 && y == 27);
}

static enum ofd_ink ink(const char *value, const char *alpha)
{
    const char *attributes[5] = { NULL };
    int n = 0;

    if (value) {
        attributes[n++] = "Value";
        attributes[n++] = value;
    }
    if (alpha) {
        attributes[n++] = "Alpha";
        attributes[n] = alpha;
    }
    return ofd_ink(attributes);
}

static void white_and_transparent_are_told_from_ink(void **state)
{
    (void)state;
    assert_int_equal(ink("255 255 255", NULL), OFD_INK_WHITE);
    assert_int_equal(ink("#FF #ff #FE", NULL), OFD_INK_WHITE);
    assert_int_equal(ink("255", NULL), OFD_INK_WHITE);
    assert_int_equal(ink("0 0 0 0", NULL), OFD_INK_WHITE);
    assert_int_equal(ink("0 0 0", "0"), OFD_INK_NONE);
    assert_int_equal(ink("0 0 0", "1"), OFD_INK_SEEN);
    assert_int_equal(ink("255 255 0", NULL), OFD_INK_SEEN);
    assert_int_equal(ink("#7F #7F #7F", NULL), OFD_INK_SEEN);
    assert_int_equal(ink("0 0 0 255", NULL), OFD_INK_SEEN);
    assert_int_equal(ink(NULL, NULL), OFD_INK_SEEN);
}

static void short_texts_are_whole_or_empty(void **state)
{
    static struct ofd_leaf leaf;
    char many[600];

    (void)state;
    memset(many, 'x', sizeof(many));
    ofd_leaf_add(&leaf, SLICE_LIT("not open"));
    ofd_leaf_open(&leaf);
    ofd_leaf_add(&leaf, SLICE_LIT(" a"));
    ofd_leaf_add(&leaf, SLICE_LIT("b\n"));
    assert_true(slice_eq_str(ofd_leaf_take(&leaf), "ab"));
    assert_int_equal(ofd_leaf_take(&leaf).len, 0);
    ofd_leaf_open(&leaf);
    ofd_leaf_add(&leaf, (struct slice){ many, sizeof(many) });
    ofd_leaf_add(&leaf, (struct slice){ many, sizeof(many) });
    assert_int_equal(ofd_leaf_take(&leaf).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_as_programs_print_them),
        cmocka_unit_test(what_is_no_number_is_none),
        cmocka_unit_test(lists_are_whole_or_not_taken),
        cmocka_unit_test(sizes_without_area_are_none),
        cmocka_unit_test(matrices_apply_the_inner_one_first),
        cmocka_unit_test(white_and_transparent_are_told_from_ink),
        cmocka_unit_test(short_texts_are_whole_or_empty),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
