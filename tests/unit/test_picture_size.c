/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_picture_size - sizes out of headers, and what they tell.
 */
#include "tests/check.h"

#include "common/picture_size.h"

static void sizes_are_read_from_headers(void **state)
{
    uint32_t width = 7, height = 7;

    (void)state;
    assert_false(picture_size(SLICE_LIT("II*\0"), &width, &height));
    assert_false(picture_size(
        SLICE_LIT("\xff\xd8\xff\xe0\0\1........"), &width, &height));
    assert_int_equal(width, 7);
    assert_true(picture_size(SLICE_LIT("\xff\xd8\xff\xe0\0\4ab\xff\xff\xc2\0\21"
                                       "\10\1\2\3\4...."),
        &width, &height));
    assert_int_equal(width, 0x304);
    assert_int_equal(height, 0x102);
    assert_true(picture_size(
        (struct slice){ "BM................\2\1\0\0\xfe\xff\xff\xff", 26 },
        &width, &height));
    assert_int_equal(width, 0x102);
    assert_int_equal(height, 2);
}

static void size_tells_icons_from_pages(void **state)
{
    static const char small[] =
        "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\2\x2f\0\0\2\x2f";
    static const char page[] =
        "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\2\x30\0\0\3\0";
    static const char strip[] =
        "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\3\0\0\0\0\x30";

    (void)state;
    assert_true(picture_is_icon((struct slice){ small, 24 }));
    assert_false(picture_may_be_page((struct slice){ small, 24 }));
    assert_false(picture_is_icon((struct slice){ page, 24 }));
    assert_true(picture_may_be_page((struct slice){ page, 24 }));
    assert_false(picture_is_icon((struct slice){ strip, 24 }));
    assert_false(picture_may_be_page((struct slice){ strip, 24 }));
    assert_true(picture_may_be_page(SLICE_LIT("II*")));
    assert_false(picture_is_icon(SLICE_LIT("II*")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_are_read_from_headers),
        cmocka_unit_test(size_tells_icons_from_pages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
