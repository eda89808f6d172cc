/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_norm - labels reduced to what identifies them.
 */
#include "tests/check.h"

#include <string.h>

#include "common/limits.h"
#include "transformer/norm.h"

static struct norm norm(const char *text, struct norm_room *room)
{
    struct norm n;

    assert_true(norm_make(slice_str(text), room, &n));
    return n;
}

static void same(const char *a, const char *b)
{
    struct norm_room x;
    struct norm_room y;
    struct norm n = norm(a, &x);
    struct norm m = norm(b, &y);

    if (!norm_equal(n.cp, n.n, m.cp, m.n))
        fail_msg("'%s' and '%s' differ", a, b);
    assert_true(n.hash == m.hash);
}

static void white_space_and_punctuation_do_not_matter(void **state)
{
    (void)state;
    same("商 业\n企\u00a0业", "商业企业");
    same("结\u3000果维\u200b持", "结果维持");
    same("本年增/减", "本年增减");
    same("危及“三安全一稳定”", "危及\"三安全一稳定\"");
    same("采购总金额（万元）", "采购总金额(万元)");
}

static void width_and_compatibility_forms_are_folded(void **state)
{
    (void)state;
    same("ＡＢＣ１２", "abc12");
    same("㈠予以公开", "(一)予以公开");
    same("⼆○二二", "二〇二二");
}

static void enumerators_are_evidence_not_text(void **state)
{
    struct norm_room room;
    struct norm n;

    (void)state;
    n = norm("（三）不予公开", &room);
    assert_int_equal(n.mark, MARK_BRACKET);
    assert_int_equal(n.number, 3);
    assert_int_equal(n.n, 4);
    n = norm("1、属于国家秘密", &room);
    assert_int_equal(n.mark, MARK_DIGIT);
    assert_int_equal(n.number, 1);
    n = norm("①属于国家秘密", &room);
    assert_int_equal(n.mark, MARK_DIGIT);
    n = norm("四、结转下年度继续办理", &room);
    assert_int_equal(n.mark, MARK_CHINESE);
    assert_int_equal(n.number, 4);
    n = norm("十二、其他", &room);
    assert_int_equal(n.number, 12);
}

static void numbers_inside_a_label_stay(void **state)
{
    struct norm_room room;
    struct norm n;

    (void)state;
    n = norm("三安全一稳定", &room);
    assert_int_equal(n.mark, MARK_NONE);
    assert_int_equal(n.n, 6);
    n = norm("2022年度", &room);
    assert_int_equal(n.mark, MARK_NONE);
    assert_int_equal(n.n, 6);
}

static void brackets_can_be_left_out(void **state)
{
    struct norm_room room;
    struct norm n = norm("（二）部分公开（区分处理的，只计这一情形）", &room);

    (void)state;
    assert_int_equal(n.bare_n, 4);
    assert_true(n.n > n.bare_n);
    assert_true(n.bare_hash == norm_hash(n.bare, n.bare_n));
}

static void long_or_broken_text_is_no_label(void **state)
{
    static char text[4 * NORM_MAX];
    struct norm_room room;
    struct norm n;

    (void)state;
    memset(text, 'a', sizeof(text) - 1);
    assert_false(norm_make(slice_str(text), &room, &n));
    assert_false(norm_make(slice_str("\xe4\xb8"), &room, &n));
    assert_false(norm_make(slice_str("\xff"), &room, &n));
    assert_true(norm_make(SLICE_LIT("a\0b"), &room, &n));
    assert_int_equal(n.n, 2);
}

static uint32_t likeness(const char *a, const char *b, uint32_t least)
{
    struct norm_room x;
    struct norm_room y;
    struct norm n = norm(a, &x);
    struct norm m = norm(b, &y);

    return norm_similarity(n.cp, n.n, m.cp, m.n, least);
}

static void typos_lower_likeness_by_their_share(void **state)
{
    (void)state;
    assert_int_equal(likeness("重复申请", "重复申请", 50), 100);
    assert_int_equal(likeness("重复中请", "重复申请", 50), 75);
    assert_int_equal(likeness("重复申", "重复申请", 50), 75);
    assert_int_equal(likeness("行政检查", "行政处罚", 60), 0);
    assert_int_equal(likeness("", "行政处罚", 0), 0);
}

static void distance_stops_at_its_bound(void **state)
{
    const uint32_t a[] = { 1, 2, 3, 4 };
    const uint32_t b[] = { 1, 9, 3, 8 };

    (void)state;
    assert_int_equal(norm_distance(a, 4, b, 4, 4), 2);
    assert_int_equal(norm_distance(a, 4, b, 4, 1), 2);
    assert_int_equal(norm_distance(a, 4, b, 0, 2), 3);
}

static void text_of_any_length_is_normalised(void **state)
{
    struct arena a;
    struct slice s;

    (void)state;
    arena_init(&a, LIMIT_ARENA_BYTES);
    s = norm_text(&a, SLICE_LIT("（一） 予 以\u00a0公开，ＡB"));
    assert_true(slice_eq_str(s, "一予以公开ab"));
    arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(white_space_and_punctuation_do_not_matter),
        cmocka_unit_test(width_and_compatibility_forms_are_folded),
        cmocka_unit_test(enumerators_are_evidence_not_text),
        cmocka_unit_test(numbers_inside_a_label_stay),
        cmocka_unit_test(brackets_can_be_left_out),
        cmocka_unit_test(long_or_broken_text_is_no_label),
        cmocka_unit_test(typos_lower_likeness_by_their_share),
        cmocka_unit_test(distance_stops_at_its_bound),
        cmocka_unit_test(text_of_any_length_is_normalised),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
