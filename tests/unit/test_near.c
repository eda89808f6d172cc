/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_near - claims about cli/near.c
 */
#include "tests/check.h"

#include <string.h>

#include "cli/near.h"

static const char *const names[] = { "run", "extract", "status", "audit" };

static const char *find(const char *word)
{
    return near_find(word, names, 4);
}

static void a_typo_finds_its_name(void **state)
{
    (void)state;
    assert_string_equal(find("rnu"), "run");
    assert_string_equal(find("statsu"), "status");
    assert_string_equal(find("extrct"), "extract");
}

static void a_beginning_finds_its_name(void **state)
{
    (void)state;
    assert_string_equal(find("ex"), "extract");
}

static void another_word_finds_nothing(void **state)
{
    (void)state;
    assert_null(find("publish"));
    assert_null(find("x"));
    assert_null(find(""));
}

static void distance_counts_changes(void **state)
{
    (void)state;
    assert_int_equal(near_distance("", "abc"), 3);
    assert_int_equal(near_distance("abc", "abc"), 0);
    assert_int_equal(near_distance("acb", "abc"), 1);
    assert_int_equal(near_distance("kitten", "sitting"), 3);
}

static void a_long_word_is_compared_at_its_beginning(void **state)
{
    char word[1000];

    (void)state;
    memset(word, 'a', sizeof(word) - 1);
    word[sizeof(word) - 1] = '\0';
    assert_int_equal(near_distance(word, word), 0);
    assert_null(find(word));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_typo_finds_its_name),
        cmocka_unit_test(a_beginning_finds_its_name),
        cmocka_unit_test(another_word_finds_nothing),
        cmocka_unit_test(distance_counts_changes),
        cmocka_unit_test(a_long_word_is_compared_at_its_beginning),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
