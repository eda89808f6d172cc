/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_number - cell texts to values, or to reasons why not.
 */
#include "tests/check.h"

#include "transformer/number.h"

struct sample {
    const char *text;
    enum number_kind kind;
    enum cell_state state;
    const char *value, *proposed;
};

static void check(const struct sample *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct number got;

        number_read(slice_str(s[i].text), s[i].kind, &got);
        if (got.state != s[i].state || strcmp(got.value, s[i].value) != 0 ||
            strcmp(got.proposed, s[i].proposed) != 0)
            fail_msg("'%s': %s '%s' proposed '%s', expected %s '%s' '%s'",
                s[i].text, cell_state_name(got.state), got.value, got.proposed,
                cell_state_name(s[i].state), s[i].value, s[i].proposed);
    }
}

#define CHECK(samples) check(samples, sizeof(samples) / sizeof((samples)[0]))

static void clean_numbers_are_read_as_printed(void **state)
{
    static const struct sample samples[] = {
        { "0", NUMBER_COUNT, CELL_READ, "0", "" },
        { " 2061\n", NUMBER_COUNT, CELL_READ, "2061", "" },
        { "\u00a012\u3000", NUMBER_COUNT, CELL_READ, "12", "" },
        { "２０６１", NUMBER_COUNT, CELL_READ, "2061", "" },
        { "1,234", NUMBER_COUNT, CELL_READ, "1234", "" },
        { "1，234，567", NUMBER_COUNT, CELL_READ, "1234567", "" },
        { "1\u2009234", NUMBER_COUNT, CELL_READ, "1234", "" },
        { "-3", NUMBER_CHANGE, CELL_READ, "-3", "" },
        { "－18", NUMBER_CHANGE, CELL_READ, "-18", "" },
        { "−15", NUMBER_CHANGE, CELL_READ, "-15", "" },
        { "+5", NUMBER_CHANGE, CELL_READ, "5", "" },
        { "0.5950", NUMBER_AMOUNT, CELL_READ, "0.5950", "" },
        { "18651.064104", NUMBER_AMOUNT, CELL_READ, "18651.064104", "" },
        { "1,234.50", NUMBER_AMOUNT, CELL_READ, "1234.50", "" },
    };

    (void)state;
    CHECK(samples);
}

static void blanks_and_dashes_are_no_zeros(void **state)
{
    static const struct sample samples[] = {
        { "", NUMBER_COUNT, CELL_BLANK, "", "" },
        { " \u00a0\u3000\n", NUMBER_COUNT, CELL_BLANK, "", "" },
        { "—", NUMBER_COUNT, CELL_DASH, "", "" },
        { "——", NUMBER_COUNT, CELL_DASH, "", "" },
        { "-", NUMBER_COUNT, CELL_DASH, "", "" },
        { "－", NUMBER_COUNT, CELL_DASH, "", "" },
        { "/", NUMBER_AMOUNT, CELL_DASH, "", "" },
        { "／", NUMBER_COUNT, CELL_DASH, "", "" },
        { " 无 ", NUMBER_COUNT, CELL_DASH, "", "" },
    };

    (void)state;
    CHECK(samples);
}

static void units_and_notes_are_annotations(void **state)
{
    static const struct sample samples[] = {
        { "22（其中修订16件）", NUMBER_COUNT, CELL_ANNOTATED, "22", "" },
        { "55\n(含自然失效29件)", NUMBER_COUNT, CELL_ANNOTATED, "55", "" },
        { "2笔", NUMBER_COUNT, CELL_ANNOTATED, "2", "" },
        { "12 件", NUMBER_COUNT, CELL_ANNOTATED, "12", "" },
        { "共12件", NUMBER_COUNT, CELL_ANNOTATED, "12", "" },
        { "984361元", NUMBER_AMOUNT, CELL_ANNOTATED, "984361", "" },
        { "12万元", NUMBER_AMOUNT, CELL_ANNOTATED, "12", "" },
        { "￥12.5", NUMBER_AMOUNT, CELL_ANNOTATED, "12.5", "" },
    };

    (void)state;
    CHECK(samples);
}

static void what_is_not_certain_is_at_most_proposed(void **state)
{
    static const struct sample samples[] = {
        { "12,34", NUMBER_COUNT, CELL_UNREADABLE, "", "" },
        { "1234,567", NUMBER_COUNT, CELL_UNREADABLE, "", "" },
        { "1 234", NUMBER_COUNT, CELL_UNREADABLE, "", "1234" },
        { "12 13", NUMBER_COUNT, CELL_UNREADABLE, "", "" },
        { "12\n13", NUMBER_COUNT, CELL_UNREADABLE, "", "" },
        { "12/13", NUMBER_COUNT, CELL_UNREADABLE, "", "" },
        { "12+1", NUMBER_COUNT, CELL_UNREADABLE, "", "" },
        { "约12", NUMBER_COUNT, CELL_UNREADABLE, "", "" },
        { "12%", NUMBER_COUNT, CELL_UNREADABLE, "", "" },
        { "10-12", NUMBER_COUNT, CELL_UNREADABLE, "", "" },
        { "l0", NUMBER_COUNT, CELL_UNREADABLE, "", "10" },
        { "O", NUMBER_COUNT, CELL_UNREADABLE, "", "0" },
        { "3千", NUMBER_COUNT, CELL_UNREADABLE, "", "3000" },
        { "3.5万", NUMBER_COUNT, CELL_UNREADABLE, "", "35000" },
        { "增3", NUMBER_CHANGE, CELL_UNREADABLE, "", "3" },
        { "减少3项", NUMBER_CHANGE, CELL_UNREADABLE, "", "-3" },
        { "3.5", NUMBER_COUNT, CELL_UNREADABLE, "", "" },
        { "3.0", NUMBER_COUNT, CELL_UNREADABLE, "", "3" },
        { "007", NUMBER_COUNT, CELL_UNREADABLE, "", "7" },
        { "+5", NUMBER_COUNT, CELL_UNREADABLE, "", "5" },
        { "—5", NUMBER_CHANGE, CELL_UNREADABLE, "", "-5" },
        { "22（15）", NUMBER_COUNT, CELL_UNREADABLE, "", "" },
        { "12²", NUMBER_COUNT, CELL_UNREADABLE, "", "" },
        { "12①", NUMBER_COUNT, CELL_UNREADABLE, "", "" },
        { "1.2.3", NUMBER_AMOUNT, CELL_UNREADABLE, "", "" },
        { "1234567890123456", NUMBER_COUNT, CELL_UNREADABLE, "", "" },
        { "-3-", NUMBER_COUNT, CELL_UNREADABLE, "", "" },
        { "见附件", NUMBER_COUNT, CELL_UNREADABLE, "", "" },
        { "\xff", NUMBER_COUNT, CELL_UNREADABLE, "", "" },
    };

    (void)state;
    CHECK(samples);
}

static void units_in_the_cell_are_told(void **state)
{
    struct number n;

    (void)state;
    number_read(slice_str("12万元"), NUMBER_AMOUNT, &n);
    assert_int_equal(n.unit, NUMBER_UNIT_CNY_10K);
    number_read(slice_str("12元"), NUMBER_AMOUNT, &n);
    assert_int_equal(n.unit, NUMBER_UNIT_CNY);
    number_read(slice_str("12"), NUMBER_AMOUNT, &n);
    assert_int_equal(n.unit, NUMBER_UNIT_NONE);
}

static void units_in_headers_are_found(void **state)
{
    (void)state;
    assert_int_equal(
        number_unit_find(slice_str("采购总金额（万元，保留四位小数）")),
        NUMBER_UNIT_CNY_10K);
    assert_int_equal(
        number_unit_find(slice_str("采购总金额（ 元 ）")), NUMBER_UNIT_CNY);
    assert_int_equal(number_unit_find(slice_str("单位：元")), NUMBER_UNIT_CNY);
    assert_int_equal(
        number_unit_find(slice_str("公元2020年")), NUMBER_UNIT_NONE);
    assert_int_equal(
        number_unit_find(slice_str("采购总金额")), NUMBER_UNIT_NONE);
}

static void looks_part_values_from_labels(void **state)
{
    static const struct {
        const char *text;
        enum number_look look;
    } samples[] = {
        { "", LOOK_BLANK },
        { "12", LOOK_NUMBER },
        { "2笔", LOOK_NUMBER },
        { "984361元", LOOK_NUMBER },
        { "无", LOOK_DASH },
        { "约12", LOOK_ODD },
        { "12/13", LOOK_ODD },
        { "l0", LOOK_ODD },
        { "- 3 -", LOOK_PAGE },
        { "— 4 —", LOOK_PAGE },
        { "第5页", LOOK_PAGE },
        { "1.属于国家秘密", LOOK_TEXT },
        { "3、其他", LOOK_TEXT },
        { "3.", LOOK_TEXT },
        { "第二十条第（一）项", LOOK_TEXT },
        { "自然人", LOOK_TEXT },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++)
        if (number_look(slice_str(samples[i].text)) != samples[i].look)
            fail_msg("'%s' looks like %d", samples[i].text,
                (int)number_look(slice_str(samples[i].text)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clean_numbers_are_read_as_printed),
        cmocka_unit_test(blanks_and_dashes_are_no_zeros),
        cmocka_unit_test(units_and_notes_are_annotations),
        cmocka_unit_test(what_is_not_certain_is_at_most_proposed),
        cmocka_unit_test(units_in_the_cell_are_told),
        cmocka_unit_test(units_in_headers_are_found),
        cmocka_unit_test(looks_part_values_from_labels),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
