/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_align - bands to rows of a form: by label, by likeness, by place.
 */
#include "tests/check.h"

#include "tests/sheet.h"
#include "transformer/align.h"

#define VALUES "|1|2|3|4|5|6|21\n"

static struct forms *forms;
static struct arena arena;
static struct document doc;
static struct bands bands;
static struct claim claims[SHEET_SIDE];

/* Align a requests table of the 2021 form. */
static void align(const char *table)
{
    const struct form_view *view = labels_view(forms->labels, 1, KIND_REQUESTS);
    const struct band *list[SHEET_SIDE];

    arena_clear(&arena);
    doc_init(&doc, &arena);
    doc_sheet(&doc, table);
    bands_make(&doc, forms->labels, &arena, &bands);
    for (uint32_t i = 0; i < bands.n; i++) {
        bands.band[i].kind = KIND_REQUESTS;
        list[i] = &bands.band[i];
    }
    align_exact(forms->labels, view, list, bands.n, claims);
    align_rest(forms->labels, view, &arena, false, claims, bands.n);
}

static void is(uint32_t band, enum claim_how how, const char *key)
{
    const struct form_view *view = labels_view(forms->labels, 1, KIND_REQUESTS);

    assert_int_equal(claims[band].how, how);
    if (key)
        assert_string_equal(view->items[claims[band].item].row->key, key);
}

static void exact_labels_are_anchors_in_any_order(void **state)
{
    (void)state;
    align("2.重复申请" VALUES "1.属于国家秘密" VALUES "3.其他" VALUES);
    is(0, CLAIM_EXACT, "rejected_repeat");
    is(1, CLAIM_EXACT, "denied_state_secret");
    is(2, CLAIM_EXACT, "other_misc");
}

static void the_innermost_label_counts(void **state)
{
    (void)state;
    align("三、本年度办理结果|（六）其他处理|3.其他" VALUES);
    is(0, CLAIM_EXACT, "other_misc");
    assert_int_equal(claims[0].from, 3);
}

static void likeness_respects_the_order_of_the_form(void **state)
{
    (void)state;
    align("（一）予以公开" VALUES "（二）邮分公开" VALUES
          "1.属于国家秘密" VALUES);
    is(1, CLAIM_LIKE, "partial");
    align("1.属于国家秘密" VALUES "（一）予似公开" VALUES
          "2.其他法律行政法规禁止公开" VALUES);
    is(1, CLAIM_NONE, NULL);
}

static void an_enumerator_supports_a_weak_likeness(void **state)
{
    (void)state;
    align("1.信访举报投诉类申请" VALUES "2.重夏中请" VALUES
          "3.要求提供公开出版物" VALUES);
    is(1, CLAIM_LIKE, "rejected_repeat");
    align("1.信访举报投诉类申请" VALUES "重夏中请" VALUES
          "3.要求提供公开出版物" VALUES);
    is(1, CLAIM_NONE, NULL);
}

static void a_label_merged_over_two_rows_claims_both(void **state)
{
    (void)state;
    align("1.信访举报投诉类申请{1,2}" VALUES "7|0|0|0|0|0|7\n"
          "3.要求提供公开出版物" VALUES);
    is(0, CLAIM_EXACT, "rejected_petition");
    is(1, CLAIM_PLACE, "rejected_petition");
}

static void words_without_values_claim_nothing(void **state)
{
    (void)state;
    align("1.信访举报投诉类申请|2.重复申请\n2.重复申请" VALUES);
    is(0, CLAIM_NONE, NULL);
    is(1, CLAIM_EXACT, "rejected_repeat");
}

static int set_up(void **state)
{
    struct err err = { .kind = ERR_NONE };

    (void)state;
    forms = forms_read("conf/forms", &err);
    return forms ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_clear(&arena);
    forms_free(forms);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_labels_are_anchors_in_any_order),
        cmocka_unit_test(the_innermost_label_counts),
        cmocka_unit_test(likeness_respects_the_order_of_the_form),
        cmocka_unit_test(an_enumerator_supports_a_weak_likeness),
        cmocka_unit_test(a_label_merged_over_two_rows_claims_both),
        cmocka_unit_test(words_without_values_claim_nothing),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
