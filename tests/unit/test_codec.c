/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_codec - claims about common/codec.c
 */
#include "tests/check.h"

#include <math.h>

#include "common/codec.h"

static void integers_are_little_endian(void **state)
{
    struct buf b;
    struct codec c;
    uint32_t v = 0x01020304;

    (void)state;
    buf_init(&b, 100);
    codec_init_encode(&c, &b);
    codec_u32(&c, &v);
    assert_memory_equal(b.p, "\4\3\2\1", 4);
    assert_int_equal(b.len, 4);
    buf_clear(&b);
}

static void every_kind_comes_back_as_it_was(void **state)
{
    struct buf b;
    struct codec c;
    struct err err = { 0 };
    uint8_t u8 = 255;
    uint32_t u32 = UINT32_MAX;
    int32_t i32 = INT32_MIN;
    int64_t i64 = INT64_MIN;
    float f32 = -0.5f;
    struct slice text = SLICE_LIT("a\0b"), none = { NULL, 0 };
    struct slice empty = SLICE_LIT("");

    (void)state;
    buf_init(&b, 100);
    for (int decoding = 0; decoding < 2; decoding++) {
        if (decoding) {
            u8 = 0, u32 = 0, i32 = 0, i64 = 0, f32 = 0;
            text = empty = none;
            none = SLICE_LIT("x");
            codec_init_decode(&c, buf_slice(&b));
        } else {
            codec_init_encode(&c, &b);
        }
        codec_u8(&c, &u8);
        codec_u32(&c, &u32);
        codec_i32(&c, &i32);
        codec_i64(&c, &i64);
        codec_f32(&c, &f32);
        codec_text(&c, &text);
        codec_text(&c, &none);
        codec_text(&c, &empty);
        assert_int_equal(codec_end(&c, "test", &err), 0);
    }
    assert_int_equal(u8, 255);
    assert_int_equal(u32, UINT32_MAX);
    assert_int_equal(i32, INT32_MIN);
    assert_true(i64 == INT64_MIN);
    assert_true(f32 == -0.5f);
    assert_true(slice_eq(text, SLICE_LIT("a\0b")));
    assert_null(none.p);
    assert_non_null(empty.p);
    assert_int_equal(empty.len, 0);
    buf_clear(&b);
}

static void a_count_beyond_the_bytes_is_refused(void **state)
{
    struct codec c;
    struct err err = { 0 };
    uint32_t n = 7;

    (void)state;
    codec_init_decode(&c, SLICE_LIT("\3\0\0\0"
                                    "12345678"));
    codec_count(&c, &n, 1000, 4);
    assert_int_equal(n, 0);
    assert_int_equal(codec_end(&c, "test", &err), -1);
    assert_int_equal(err.kind, ERR_INPUT);
}

static void a_count_beyond_the_limit_is_refused(void **state)
{
    struct codec c;
    uint32_t n = 7;

    (void)state;
    codec_init_decode(&c, SLICE_LIT("\2\0\0\0"
                                    "12345678"));
    codec_count(&c, &n, 1, 4);
    assert_int_equal(n, 0);
    assert_non_null(c.trouble);
}

static void numbers_that_are_none_are_refused(void **state)
{
    struct codec c;
    struct buf b;
    float f = NAN;

    (void)state;
    buf_init(&b, 100);
    codec_init_encode(&c, &b);
    codec_f32(&c, &f);
    assert_non_null(c.trouble);
    codec_init_decode(&c, SLICE_LIT("\0\0\x80\x7f"));
    codec_f32(&c, &f);
    assert_non_null(c.trouble);
    assert_true(f == 0.0f);
    buf_clear(&b);
}

static void left_over_bytes_are_trouble(void **state)
{
    struct codec c;
    struct err err = { 0 };
    uint8_t v = 0;

    (void)state;
    codec_init_decode(&c, SLICE_LIT("ab"));
    codec_u8(&c, &v);
    assert_int_equal(v, 'a');
    assert_int_equal(codec_end(&c, "test", &err), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_are_little_endian),
        cmocka_unit_test(every_kind_comes_back_as_it_was),
        cmocka_unit_test(a_count_beyond_the_bytes_is_refused),
        cmocka_unit_test(a_count_beyond_the_limit_is_refused),
        cmocka_unit_test(numbers_that_are_none_are_refused),
        cmocka_unit_test(left_over_bytes_are_trouble),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
