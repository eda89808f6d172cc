/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ocr_jbig2 - JBIG2 pictures, whole and broken.
 */
#include "tests/check.h"

#include "common/limits.h"
#include "common/mem.h"
#include "transformer/ocr_picture.h"

/* The page's segment: number, kind, page, length; then width and height in
 * 4 bytes each, resolution, flags. */
#define PAGE(height)                                                           \
    "\0\0\0\0\x30\0\1\0\0\0\x13\0\0\0\x10" height "\0\0\0\0\0\0\0\0\0\0\0"
#define REGION                                                                 \
    "\0\0\0\1\x26\0\1\0\0\0\x19\0\0\0\x10\0\0\0\x08\0\0\0\0\0\0\0\0\0\1"       \
    "\xcc\x17\xf1\xd4\0\x40\4"
#define END "\0\0\0\2\x31\0\1\0\0\0\0\0\0\0\3\x33\0\0\0\0\0\0"
#define HEAD "\x97JB2\r\n\x1a\n\1\0\0\0\1"

/* 16 x 8 dots: 3,2 to 8,4 and the last one are black. */
static void check_decoded(struct slice in)
{
    struct picture picture = { .width = 0 };
    struct err err = { ERR_NONE, "" };

    assert_int_equal(ocr_picture_decode(in, 0, &picture, &err), 1);
    assert_int_equal(picture.width, 16);
    assert_int_equal(picture.height, 8);
    for (uint32_t y = 0; y < 8; y++)
        for (uint32_t x = 0; x < 16; x++) {
            bool is_black =
                (x >= 3 && x <= 8 && y >= 2 && y <= 4) || (x == 15 && y == 7);

            assert_int_equal(picture.gray[y * 16 + x], is_black ? 0 : 255);
        }
    mem_free(picture.gray);
    assert_int_equal(ocr_picture_decode(in, 1, &picture, &err), 0);
}

static void check_reason(struct slice in, const char *reason)
{
    struct picture picture = { .width = 0 };
    struct err err = { ERR_NONE, "" };

    assert_int_equal(ocr_picture_decode(in, 0, &picture, &err), -1);
    assert_null(picture.gray);
    if (strncmp(err.msg, reason, strlen(reason)) != 0)
        fail_msg("%s, not %s", err.msg, reason);
}

static void files_are_decoded(void **state)
{
    (void)state;
    check_decoded(SLICE_LIT(HEAD PAGE("\0\0\0\x08") REGION END));
}

static void segments_alone_are_decoded(void **state)
{
    (void)state;
    check_decoded(SLICE_LIT(PAGE("\0\0\0\x08") REGION));
}

static void half_a_picture_is_none(void **state)
{
    static const char whole[] = HEAD PAGE("\0\0\0\x08") REGION END;

    (void)state;
    for (size_t n = sizeof(HEAD) - 1; n < sizeof(whole) - sizeof(END); n++)
        check_reason((struct slice){ whole, n }, "reader.broken");
}

/* A region of text with a billion letters and no shape for any: the decoder
 * complains of each. */
static void a_text_without_end_is_given_up(void **state)
{
    static const char text[] =
        "\x97\x4a\x42\x32\x0d\x0a\x1a\x0a\x01\x00\x00\x00\x01\x00\x00\x00"
        "\x00\x30\x00\x01\x00\x00\x00\x13\x00\x00\x00\x10\x00\x00\x00\x08"
        "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x06"
        "\x00\x01\x00\x00\x00\x19\x00\x00\x00\xf1\x00\x00\x05\x08\x00\x00"
        "\x00\x00\x00\x00\x00\x00\x00\x01\xcc\x17\xf1\xd4\x00\xff\xff\xff"
        "\x69\x00\x02\x30\x00\x01\x00\x00\x00\x00\x3b\x33\x00\x00\x00\x00"
        "\x00\x00";

    (void)state;
    check_reason((struct slice){ text, sizeof(text) - 1 }, "reader.broken");
}

static void pages_beyond_the_limits_are_refused(void **state)
{
    (void)state;
    check_reason(SLICE_LIT(HEAD PAGE("\0\1\0\0") REGION END), "reader.size");
    check_reason(
        SLICE_LIT(HEAD PAGE("\x7f\0\0\0") REGION END), "reader.broken");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_decoded),
        cmocka_unit_test(segments_alone_are_decoded),
        cmocka_unit_test(half_a_picture_is_none),
        cmocka_unit_test(a_text_without_end_is_given_up),
        cmocka_unit_test(pages_beyond_the_limits_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
