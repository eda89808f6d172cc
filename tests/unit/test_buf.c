/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_buf - growing bytes stop at their ceiling and say so.
 */
#include "common/buf.h"

#include <string.h>

#include "common/mem.h"
#include "tests/check.h"

static void appends_in_order_and_grows(void **state)
{
    struct buf b;
    struct err err = { .kind = ERR_NONE };

    (void)state;
    buf_init(&b, 1 << 20);
    for (int i = 0; i < 1000; i++)
        buf_printf(&b, "%03d,", i);
    assert_int_equal(b.len, 4000);
    assert_memory_equal(b.p + 3996, "999,", 4);
    assert_int_equal(buf_check(&b, "numbers", &err), 0);
    buf_clear(&b);
}

static void append_past_the_ceiling_fails_once_and_for_all(void **state)
{
    struct buf b;
    struct err err = { .kind = ERR_NONE };

    (void)state;
    buf_init(&b, 8);
    buf_add_str(&b, "12345678");
    assert_int_equal(buf_check(&b, "row", &err), 0);
    buf_add_char(&b, '9');
    buf_add_str(&b, "");
    assert_int_equal(b.len, 8);
    assert_int_equal(buf_check(&b, "row", &err), -1);
    assert_int_equal(err.kind, ERR_LIMIT);
    assert_string_equal(err.msg, "row: over 8 bytes");
    buf_clear(&b);
}

static void reset_makes_it_usable_again(void **state)
{
    struct buf b;
    struct err err = { .kind = ERR_NONE };

    (void)state;
    buf_init(&b, 4);
    buf_add_str(&b, "12345");
    buf_reset(&b);
    buf_add_str(&b, "1234");
    assert_int_equal(buf_check(&b, "x", &err), 0);
    assert_true(slice_eq_str(buf_slice(&b), "1234"));
    buf_clear(&b);
}

static void taken_bytes_are_terminated_and_gone(void **state)
{
    struct buf b;
    size_t len = 7;
    char *p;

    (void)state;
    buf_init(&b, 64);
    p = buf_take(&b, &len);
    assert_string_equal(p, "");
    assert_int_equal(len, 0);
    mem_free(p);
    buf_add(&b, "a\0b", 3);
    p = buf_take(&b, &len);
    assert_int_equal(len, 3);
    assert_memory_equal(p, "a\0b", 4);
    assert_int_equal(b.len, 0);
    mem_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(appends_in_order_and_grows),
        cmocka_unit_test(append_past_the_ceiling_fails_once_and_for_all),
        cmocka_unit_test(reset_makes_it_usable_again),
        cmocka_unit_test(taken_bytes_are_terminated_and_gone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
