/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_err - messages say where before what, and never overflow.
 */
#include "common/err.h"

#include <errno.h>
#include <string.h>

#include "tests/check.h"

static void where_goes_before_what(void **state)
{
    struct err err = { .kind = ERR_NONE };

    (void)state;
    assert_int_equal(err_set(&err, ERR_INPUT, "line %d: no cells", 3), -1);
    assert_int_equal(err_in(&err, "%s: page %d", "a.pdf", 2), -1);
    assert_string_equal(err.msg, "a.pdf: page 2: line 3: no cells");
    assert_int_equal(err.kind, ERR_INPUT);
}

static void errno_text_comes_last_and_errno_survives(void **state)
{
    struct err err = { .kind = ERR_NONE };

    (void)state;
    errno = ENOENT;
    err_set_errno(&err, ERR_FATAL, "open %s", "x");
    assert_string_equal(err.msg, "open x: No such file or directory");
    assert_int_equal(errno, ENOENT);
}

static void long_messages_are_cut_at_the_end(void **state)
{
    struct err err = { .kind = ERR_NONE };
    char long_text[2000];

    (void)state;
    memset(long_text, 'a', sizeof(long_text) - 1);
    long_text[sizeof(long_text) - 1] = '\0';
    err_set(&err, ERR_LIMIT, "%s", long_text);
    assert_int_equal(strlen(err.msg), sizeof(err.msg) - 1);
    err_in(&err, "%s", long_text);
    assert_int_equal(strlen(err.msg), sizeof(err.msg) - 1);
    errno = EIO;
    err_set_errno(&err, ERR_FATAL, "%s", long_text);
    assert_int_equal(strlen(err.msg), sizeof(err.msg) - 1);
    err_clear(&err);
    assert_int_equal(err.kind, ERR_NONE);
    assert_string_equal(err.msg, "");
}

static void kinds_have_names(void **state)
{
    (void)state;
    assert_string_equal(err_kind_name(ERR_NONE), "none");
    assert_string_equal(err_kind_name(ERR_INPUT), "input");
    assert_string_equal(err_kind_name(ERR_LIMIT), "limit");
    assert_string_equal(err_kind_name(ERR_RETRY), "retry");
    assert_string_equal(err_kind_name(ERR_FATAL), "fatal");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(where_goes_before_what),
        cmocka_unit_test(errno_text_comes_last_and_errno_survives),
        cmocka_unit_test(long_messages_are_cut_at_the_end),
        cmocka_unit_test(kinds_have_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
