/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_archive - the same files are the same tar.zst, whatever their times.
 */
#include <sys/stat.h>
#include <time.h>

#include "loader/archive.h"
#include "tests/loader_case.h"

static void make_tree(struct loader_case *c, const char *tree, mode_t mode)
{
    const struct timespec old[2] = { { .tv_sec = (long)mode },
        { .tv_sec = (long)mode } };
    const char *file = arena_printf(&c->a, "%s/data/a.csv", tree).p;

    case_make_dir(c, arena_printf(&c->a, "%s/data", tree).p);
    case_write(c, file, "a,b\r\n");
    assert_int_equal(chmod(case_path(c, file), mode), 0);
    assert_int_equal(utimensat(0, case_path(c, file), old, 0), 0);
    case_write(c, arena_printf(&c->a, "%s/README.md", tree).p, "read");
}

static void times_and_modes_do_not_show(void **state)
{
    struct err err;

    make_tree(*state, "one", 0600);
    make_tree(*state, "two", 0644);
    must(archive_pack(case_path(*state, "one"), "nianbao-x", 1000,
        case_path(*state, "1.tar.zst"), &err));
    must(archive_pack(case_path(*state, "two"), "nianbao-x", 1000,
        case_path(*state, "2.tar.zst"), &err));
    assert_true(slice_eq(
        case_read(*state, "1.tar.zst"), case_read(*state, "2.tar.zst")));
}

static void it_is_zstd(void **state)
{
    struct err err;

    make_tree(*state, "one", 0600);
    must(archive_pack(case_path(*state, "one"), "nianbao-x", 1000,
        case_path(*state, "1.tar.zst"), &err));
    assert_true(slice_starts(
        case_read(*state, "1.tar.zst"), SLICE_LIT("\x28\xb5\x2f\xfd")));
}

static void a_name_that_is_not_ascii_is_refused(void **state)
{
    struct err err = { 0 };

    case_make_dir(*state, "one");
    case_write(*state, "one/表格.csv", "x");
    assert_int_equal(archive_pack(case_path(*state, "one"), "nianbao-x", 1000,
                         case_path(*state, "1.tar.zst"), &err),
        -1);
    assert_int_equal(err.kind, ERR_FATAL);
}

static void a_full_disk_is_worth_a_retry(void **state)
{
    struct err err = { 0 };

    make_tree(*state, "one", 0600);
    assert_int_equal(archive_pack(case_path(*state, "one"), "nianbao-x", 1000,
                         "/dev/full", &err),
        -1);
    assert_int_equal(err.kind, ERR_RETRY);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, case_setup, case_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(times_and_modes_do_not_show),
        TEST(it_is_zstd),
        TEST(a_name_that_is_not_ascii_is_refused),
        TEST(a_full_disk_is_worth_a_retry),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
