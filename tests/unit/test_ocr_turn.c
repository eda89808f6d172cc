/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ocr_turn - pages that lie on their side.
 */
#include "tests/paper.h"

#include "transformer/ocr_turn.h"

static void turned_pictures_keep_their_pixels(void **state)
{
    uint8_t px[] = { 1, 2, 3, 4, 5, 6 }; /* three wide, two high */
    const struct picture p = { 3, 2, 0, px };
    static const uint8_t want[][6] = { { 4, 1, 5, 2, 6, 3 },
        { 6, 5, 4, 3, 2, 1 }, { 3, 6, 2, 5, 1, 4 } };

    (void)state;
    for (int quarters = 1; quarters <= 3; quarters++) {
        struct picture t = ocr_turned(&p, quarters);

        assert_int_equal(t.width, quarters == 2 ? 3 : 2);
        assert_memory_equal(t.gray, want[quarters - 1], sizeof(px));
        mem_free(t.gray);
    }
}

static void words_of_reports_make_sense(void **state)
{
    struct page_run upright[] = {
        { .text = SLICE_LIT("(一)本年新收政府信息公开申请数量") },
        { .text = SLICE_LIT("(二)部分公开，不计其他情形 12") },
    };
    struct page_run turned[] = {
        { .text = SLICE_LIT("坟困捕泥淡茶桐箱芽翁") },
        { .text = SLICE_LIT("胀轧帘柿朽刃刁弋丫匕亏兀尢屮") },
    };
    struct page page = { .run_n = 2, .runs = upright };

    (void)state;
    assert_true(ocr_sense(&page) >= OCR_SENSIBLE);
    page.runs = turned;
    assert_int_equal(ocr_sense(&page), 0);
    page.run_n = 1;
    assert_int_equal(ocr_sense(&page), -1); /* too little to tell */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(turned_pictures_keep_their_pixels),
        cmocka_unit_test(words_of_reports_make_sense),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
