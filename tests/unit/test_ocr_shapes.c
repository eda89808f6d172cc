/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ocr_shapes - what digits of a scan look like.
 */
#include "tests/paper.h"

#include <math.h>

#include "transformer/ocr_shapes.h"

static void a_slash_leans(void **state)
{
    struct picture p = blank_page();
    struct ocr_box upright = { 300, 300, 312, 324 };
    struct ocr_box slash = { 400, 300, 413, 324 };
    struct ocr_sheet s;

    (void)state;
    ink(&p, 305, 300, 308, 324, 0);
    ink(&p, 302, 303, 305, 305, 0);
    ink(&p, 302, 322, 311, 324, 0);
    for (int i = 0; i < 24; i++)
        ink(&p, 411 - i * 11 / 24, 300 + i, 414 - i * 11 / 24, 301 + i, 0);
    ocr_sheet_init(&s, &p, 8.27f * 72);
    assert_true(fabsf(ocr_lean(&s, &upright)) < 0.15f);
    assert_true(ocr_lean(&s, &slash) > 0.35f);
    ocr_sheet_clear(&s);
    mem_free(p.gray);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slash_leans),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
