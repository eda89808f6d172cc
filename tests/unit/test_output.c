/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_output - files that appear whole or not at all.
 */
#include "tests/loader_case.h"

static void a_file_takes_the_place_of_a_file(void **state)
{
    struct err err;

    case_write(*state, "new", "new");
    case_write(*state, "old", "old");
    must(output_place(case_path(*state, "new"), case_path(*state, "old"),
        case_path(*state, "aside"), &err));
    assert_true(slice_eq_str(case_read(*state, "old"), "new"));
    assert_false(case_exists(*state, "new"));
    assert_false(case_exists(*state, "aside"));
}

static void a_full_folder_steps_aside_for_another(void **state)
{
    struct err err;

    case_make_dir(*state, "new/data");
    case_write(*state, "new/data/a", "new");
    case_make_dir(*state, "old");
    case_write(*state, "old/b", "old");
    must(output_place(case_path(*state, "new"), case_path(*state, "old"),
        case_path(*state, "aside"), &err));
    assert_true(slice_eq_str(case_read(*state, "old/data/a"), "new"));
    assert_true(slice_eq_str(case_read(*state, "aside/b"), "old"));
}

static void only_temporary_folders_are_removed(void **state)
{
    struct loader_case *c = *state;

    case_make_dir(c, ".tmp-run/tree/data");
    case_write(c, ".tmp-run/tree/data/a", "half");
    case_write(c, "kept", "whole");
    case_make_dir(c, "tree");
    output_remove_temporary(c->dir);
    assert_false(case_exists(c, ".tmp-run"));
    assert_true(case_exists(c, "kept"));
    assert_true(case_exists(c, "tree"));
}

static void removing_what_is_not_there_is_fine(void **state)
{
    output_remove(case_path(*state, "nothing"));
}

static void removing_a_link_keeps_what_it_names(void **state)
{
    case_make_dir(*state, "precious");
    case_write(*state, "precious/a", "x");
    case_make_dir(*state, "gone");
    assert_int_equal(
        symlink(case_path(*state, "precious"), case_path(*state, "gone/l")), 0);
    output_remove(case_path(*state, "gone"));
    assert_false(case_exists(*state, "gone"));
    assert_true(case_exists(*state, "precious/a"));
}

static int note(void *ctx, const struct output_entry *e, struct err *err)
{
    (void)err;
    buf_printf(ctx, "%s%s %d|", e->name, e->is_dir ? "/" : "", (int)e->size);
    return 0;
}

static void a_walk_is_in_the_order_of_names(void **state)
{
    struct loader_case *c = *state;
    struct buf seen;
    struct err err;

    case_make_dir(c, "data");
    case_write(c, "data/b", "22");
    case_write(c, "data/B", "1");
    case_write(c, "z", "");
    case_write(c, "a", "333");
    buf_init(&seen, 1000);
    must(output_walk(c->dir, note, &seen, &err));
    assert_true(
        slice_eq_str(buf_slice(&seen), "a 3|data/ 0|data/B 1|data/b 2|z 0|"));
    buf_clear(&seen);
}

static int stop(void *ctx, const struct output_entry *e, struct err *err)
{
    (void)ctx;
    return err_set(err, ERR_FATAL, "at %s", e->name);
}

static void a_walk_stops_when_told(void **state)
{
    struct loader_case *c = *state;
    struct err err = { 0 };

    case_write(c, "a", "");
    case_write(c, "b", "");
    assert_int_equal(output_walk(c->dir, stop, NULL, &err), -1);
    assert_string_equal(err.msg, "at a");
}

static void a_digest_is_that_of_the_standard(void **state)
{
    char hex[OUTPUT_SHA256_LEN + 1];
    struct err err;

    case_write(*state, "abc", "abc");
    must(output_sha256(case_path(*state, "abc"), hex, &err));
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223"
                             "b00361a396177a9cb410ff61f20015ad");
}

static void a_full_disk_is_worth_a_retry(void **state)
{
    struct err err = { 0 };

    (void)state;
    assert_int_equal(output_write("/dev/full", SLICE_LIT("x"), &err), -1);
    assert_int_equal(err.kind, ERR_RETRY);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, case_setup, case_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_file_takes_the_place_of_a_file),
        TEST(a_full_folder_steps_aside_for_another),
        TEST(only_temporary_folders_are_removed),
        TEST(removing_what_is_not_there_is_fine),
        TEST(removing_a_link_keeps_what_it_names),
        TEST(a_walk_is_in_the_order_of_names),
        TEST(a_walk_stops_when_told),
        TEST(a_digest_is_that_of_the_standard),
        TEST(a_full_disk_is_worth_a_retry),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
