/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_read_picture - bytes of pictures to gray, right and wrong.
 */
#include "tests/check.h"

#include <leptonica/allheaders.h>

#include "common/limits.h"
#include "common/mem.h"
#include "tests/reading.h"
#include "transformer/ocr_picture.h"

/* A picture of 40 x 30 pixels, white but for one of each colour. */
static PIX *make_picture(void)
{
    PIX *pix = pixCreate(40, 30, 32);

    pixSetAll(pix);
    pixSetRGBPixel(pix, 5, 5, 0, 0, 0);
    pixSetRGBPixel(pix, 6, 5, 220, 40, 40);
    pixSetRGBPixel(pix, 7, 5, 30, 30, 160);
    pixSetResolution(pix, 200, 200);
    return pix;
}

static struct slice encoded(PIX *pix, int format)
{
    l_uint8 *data = NULL;
    size_t len = 0;

    assert_int_equal(pixWriteMem(&data, &len, pix, format), 0);
    return (struct slice){ (const char *)data, len };
}

static void release(struct slice bytes)
{
    union {
        const char *lent;
        void *owned;
    } p = { .lent = bytes.p };

    lept_free(p.owned);
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

static void red_ink_is_paper_and_blue_ink_is_not(void **state)
{
    static const int formats[] = { IFF_PNG, IFF_BMP, IFF_TIFF_LZW };
    PIX *pix = make_picture();

    (void)state;
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        struct slice in = encoded(pix, formats[i]);
        struct picture p = { .width = 0 };
        struct err err = { ERR_NONE, "" };

        assert_int_equal(ocr_picture_decode(in, 0, &p, &err), 1);
        assert_int_equal(p.width, 40);
        assert_int_equal(p.height, 30);
        assert_true(p.gray[5 * 40 + 5] == 0);
        assert_true(p.gray[5 * 40 + 6] == 255);
        assert_true(p.gray[5 * 40 + 7] < 80);
        assert_true(p.gray[0] == 255);
        mem_free(p.gray);
        release(in);
    }
    pixDestroy(&pix);
}

static void one_bit_a_pixel_is_black_and_white(void **state)
{
    PIX *pix = pixCreate(33, 9, 1);
    struct slice in;
    struct picture p = { .width = 0 };
    struct err err = { ERR_NONE, "" };

    (void)state;
    pixSetPixel(pix, 32, 8, 1);
    in = encoded(pix, IFF_TIFF_G4);
    assert_int_equal(ocr_picture_decode(in, 0, &p, &err), 1);
    assert_int_equal(p.gray[8 * 33 + 32], 0);
    assert_int_equal(p.gray[0], 255);
    assert_int_equal(ocr_picture_decode(in, 1, &p, &err), 0);
    mem_free(p.gray);
    release(in);
    pixDestroy(&pix);
}

static void truncated_pictures_are_refused_at_every_length(void **state)
{
    static const int formats[] = { IFF_PNG, IFF_JFIF_JPEG, IFF_TIFF_LZW,
        IFF_BMP };
    PIX *pix = make_picture();

    (void)state;
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        struct slice in = encoded(pix, formats[i]);

        /* What stands behind the pixels of a PNG (12) and a JPEG (2) is not
         * missed; the other half is. */
        for (size_t len = 0; len + len / 8 < in.len; len += 7)
            check_reason((struct slice){ in.p, len }, "reader.");
        release(in);
    }
    pixDestroy(&pix);
}

static void huge_pictures_are_refused_before_they_are_decoded(void **state)
{
    static const char png[] =
        "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\x86\xa0\0\1\x86\xa0\1\0\0\0\0"
        "\x17\x5f\x12\x41\0\0\0\0IDAT\0\0\0\0";
    static const char bmp[] =
        "BM\x7a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\xa0\x86\1\0\xa0\x86\1\0"
        "\1\0\x18\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

    (void)state;
    check_reason((struct slice){ png, sizeof(png) - 1 }, "reader.size: ");
    check_reason((struct slice){ bmp, sizeof(bmp) - 1 }, "reader.");
}

static void directories_of_a_tiff_that_go_round_end(void **state)
{
    /* One directory of no entries, whose next is itself. */
    static const char tiff[] = "II*\0\x08\0\0\0\0\0\x08\0\0\0";

    (void)state;
    check_reason((struct slice){ tiff, sizeof(tiff) - 1 }, "reader.broken: ");
}

static void other_bytes_are_no_picture(void **state)
{
    (void)state;
    check_reason(SLICE_LIT("GIF89a\1\0\1\0\0\0\0;"), "reader.broken: ");
    check_reason(SLICE_LIT("\xff\xd8\xff\xd9"), "reader.broken: ");
    check_reason(SLICE_LIT(""), "reader.broken: ");
}

static void pictures_too_coarse_to_read_say_so(void **state)
{
    PIX *pix = make_picture();
    struct slice in = encoded(pix, IFF_PNG);

    (void)state;
    assert_reading(in, NULL,
        "input: reader.scan: picture of 40 pixels for 842 points, too "
        "coarse\n");
    release(in);
    pixDestroy(&pix);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(red_ink_is_paper_and_blue_ink_is_not),
        cmocka_unit_test(one_bit_a_pixel_is_black_and_white),
        cmocka_unit_test(truncated_pictures_are_refused_at_every_length),
        cmocka_unit_test(huge_pictures_are_refused_before_they_are_decoded),
        cmocka_unit_test(directories_of_a_tiff_that_go_round_end),
        cmocka_unit_test(other_bytes_are_no_picture),
        cmocka_unit_test(pictures_too_coarse_to_read_say_so),
    };

    setMsgSeverity(L_SEVERITY_NONE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
