/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_zip_package - zip files as they should be, and as they should not.
 */
#include "tests/check.h"

#include <archive.h>
#include <archive_entry.h>

#include "common/limits.h"
#include "common/mem.h"
#include "tests/package.h"
#include "transformer/zip_package.h"

struct zip {
    struct arena arena;
    struct buf bytes, got;
    struct zip_package package;
    struct err err;
};

static int setup(void **state)
{
    struct zip *z = mem_alloc(sizeof(*z));

    arena_init(&z->arena, 0);
    buf_init(&z->bytes, 64u << 20);
    buf_init(&z->got, LIMIT_PACKAGE_BYTES);
    *state = z;
    return 0;
}

static int teardown(void **state)
{
    struct zip *z = *state;

    buf_clear(&z->bytes);
    buf_clear(&z->got);
    arena_clear(&z->arena);
    mem_free(z);
    return 0;
}

static int open_zip(struct zip *z)
{
    return zip_package_open(
        &z->package, buf_slice(&z->bytes), &z->arena, &z->err);
}

static int take(void *to, struct slice block, struct err *err)
{
    (void)err;
    buf_add_slice(to, block);
    return 0;
}

static int read_part(struct zip *z, const char *name)
{
    return zip_package_read(
        &z->package, slice_str(name), take, &z->got, &z->err);
}

#define assert_says(z, kind_, code)                                            \
    do {                                                                       \
        assert_int_equal((z)->err.kind, kind_);                                \
        assert_memory_equal((z)->err.msg, code ":", sizeof(code));             \
    } while (0)

static void parts_are_found_by_name_in_any_case(void **state)
{
    static const struct package_part parts[] = { PACKAGE_PART("b/two.xml", "2"),
        PACKAGE_PART("a\\one.xml", "1") };
    struct zip *z = *state;

    package_zip(&z->bytes, parts, 2);
    assert_int_equal(open_zip(z), 0);
    assert_true(zip_package_has(&z->package, SLICE_LIT("B/Two.xml")));
    assert_false(zip_package_has(&z->package, SLICE_LIT("two.xml")));
    assert_int_equal(read_part(z, "a/one.xml"), 0);
    assert_int_equal(read_part(z, "b/two.xml"), 0);
    assert_int_equal(z->got.len, 2);
    assert_memory_equal(z->got.p, "12", 2);
}

static void a_missing_part_is_named(void **state)
{
    static const struct package_part parts[] = { PACKAGE_PART("a", "1") };
    struct zip *z = *state;

    package_zip(&z->bytes, parts, 1);
    assert_int_equal(open_zip(z), 0);
    assert_int_equal(read_part(z, "b"), -1);
    assert_says(z, ERR_INPUT, "reader.broken");
}

static void two_parts_of_one_name_are_refused(void **state)
{
    static const struct package_part parts[] = { PACKAGE_PART("a/b", "1"),
        PACKAGE_PART("A/B", "2") };
    struct zip *z = *state;

    package_zip(&z->bytes, parts, 2);
    assert_int_equal(open_zip(z), -1);
    assert_says(z, ERR_INPUT, "reader.broken");
}

static void encrypted_parts_are_told(void **state)
{
    static const struct package_part parts[] = { PACKAGE_PART("a", "1"),
        { "b", { "2", 1 }, 1 } };
    struct zip *z = *state;

    package_zip(&z->bytes, parts, 2);
    assert_int_equal(open_zip(z), -1);
    assert_says(z, ERR_INPUT, "reader.encrypted");
}

static void a_changed_byte_is_noticed(void **state)
{
    static const struct package_part parts[] = { PACKAGE_PART("a", "12345") };
    struct zip *z = *state;

    package_zip(&z->bytes, parts, 1);
    z->bytes.p[30 + 1 + 2] = '9';
    assert_int_equal(open_zip(z), 0);
    assert_int_equal(read_part(z, "a"), -1);
    assert_says(z, ERR_INPUT, "reader.broken");
}

static void a_file_cut_anywhere_is_refused_or_read_whole(void **state)
{
    static const struct package_part parts[] = { PACKAGE_PART("a", "12345"),
        PACKAGE_PART("b", "67890") };
    struct zip *z = *state;
    size_t whole;

    package_zip(&z->bytes, parts, 2);
    whole = z->bytes.len;
    for (size_t len = 0; len < whole; len++) {
        z->bytes.len = len;
        buf_reset(&z->got);
        if (open_zip(z) == 0 && read_part(z, "a") == 0)
            assert_memory_equal(z->got.p, "12345", 5);
    }
    z->bytes.len = whole;
}

/* The directory's offset of the second part is that of the first. */
static void overlapping_parts_do_no_harm(void **state)
{
    static const struct package_part parts[] = { PACKAGE_PART("a", "12345"),
        PACKAGE_PART("b", "12345") };
    struct zip *z = *state;
    char *second;

    package_zip(&z->bytes, parts, 2);
    second = z->bytes.p + z->bytes.len - 22 - 47;
    memset(second + 42, 0, 4);
    assert_int_equal(open_zip(z), 0);
    if (read_part(z, "b") == 0)
        assert_memory_equal(z->got.p, "12345", 5);
}

static void a_size_that_is_not_true_is_not_believed(void **state)
{
    static const struct package_part parts[] = { PACKAGE_PART("a", "12345") };
    struct zip *z = *state;
    char *entry;

    package_zip(&z->bytes, parts, 1);
    entry = z->bytes.p + z->bytes.len - 22 - 47;
    memset(entry + 20, 0x7f, 8);
    memset(z->bytes.p + 18, 0x7f, 8);
    if (open_zip(z) == 0)
        assert_int_equal(read_part(z, "a"), -1);
    assert_says(z, ERR_INPUT, "reader.broken");
}

static void bytes_that_are_no_zip_file_are_refused(void **state)
{
    struct zip *z = *state;

    buf_add_str(&z->bytes, "PK\3\4 and nothing more");
    assert_int_equal(open_zip(z), -1);
    assert_says(z, ERR_INPUT, "reader.broken");
}

/* A packed part of `n` zero bytes. */
static void pack_zeros(struct buf *out, size_t n)
{
    static const char zeros[65536];
    struct archive *a = archive_write_new();
    struct archive_entry *e = archive_entry_new();
    size_t used = 0, room = 1u << 20;
    char *to = mem_alloc(room);

    assert_int_equal(archive_write_set_format_zip(a), ARCHIVE_OK);
    assert_int_equal(archive_write_open_memory(a, to, room, &used), ARCHIVE_OK);
    archive_entry_set_pathname(e, "bomb");
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_perm(e, 0644);
    archive_entry_set_size(e, (int64_t)n);
    assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
    for (; n > 0; n -= sizeof(zeros))
        assert_int_equal(
            archive_write_data(a, zeros, sizeof(zeros)), sizeof(zeros));
    archive_write_close(a);
    archive_write_free(a);
    archive_entry_free(e);
    buf_add(out, to, used);
    mem_free(to);
}

static void a_part_that_grows_too_much_is_stopped_early(void **state)
{
    struct zip *z = *state;

    pack_zeros(&z->bytes, 64u << 20);
    assert_int_equal(open_zip(z), 0);
    assert_int_equal(read_part(z, "bomb"), -1);
    assert_says(z, ERR_LIMIT, "reader.ratio");
    assert_true(z->got.len < (2u << 20));
}

static void a_small_part_may_grow(void **state)
{
    struct zip *z = *state;

    pack_zeros(&z->bytes, 1u << 20);
    assert_int_equal(open_zip(z), 0);
    assert_int_equal(read_part(z, "bomb"), 0);
    assert_int_equal(z->got.len, 1u << 20);
}

static void all_parts_together_have_a_ceiling(void **state)
{
    struct zip *z = *state;
    int status = 0;

    pack_zeros(&z->bytes, 1u << 20);
    assert_int_equal(open_zip(z), 0);
    for (int i = 0; i < 200 && status == 0; i++) {
        buf_reset(&z->got);
        status = read_part(z, "bomb");
    }
    assert_int_equal(status, -1);
    assert_says(z, ERR_LIMIT, "reader.size");
}

static void names_are_found_beside_the_part_that_says_them(void **state)
{
    static const char *const cases[][3] = {
        { "a/b.xml", "c.xml", "a/c.xml" },
        { "a/b.xml", "/c.xml", "c.xml" },
        { "a/b.xml", "./c/d.xml", "a/c/d.xml" },
        { "a/b/c.xml", "../../d.xml", "d.xml" },
        { "a.xml", "../../b.xml", "b.xml" },
        { "a/b.xml", "c\\d.xml", "a/c/d.xml" },
        { "", "\\a\\..\\b.xml", "b.xml" },
        { "a/b", "", "a/" },
    };
    struct zip *z = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct slice name = zip_package_resolve(
            &z->arena, slice_str(cases[i][0]), slice_str(cases[i][1]));

        assert_true(slice_eq_str(name, cases[i][2]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            parts_are_found_by_name_in_any_case, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_missing_part_is_named, setup, teardown),
        cmocka_unit_test_setup_teardown(
            two_parts_of_one_name_are_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(
            encrypted_parts_are_told, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_changed_byte_is_noticed, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_file_cut_anywhere_is_refused_or_read_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(
            overlapping_parts_do_no_harm, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_size_that_is_not_true_is_not_believed, setup, teardown),
        cmocka_unit_test_setup_teardown(
            bytes_that_are_no_zip_file_are_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_part_that_grows_too_much_is_stopped_early, setup, teardown),
        cmocka_unit_test_setup_teardown(a_small_part_may_grow, setup, teardown),
        cmocka_unit_test_setup_teardown(
            all_parts_together_have_a_ceiling, setup, teardown),
        cmocka_unit_test_setup_teardown(
            names_are_found_beside_the_part_that_says_them, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
