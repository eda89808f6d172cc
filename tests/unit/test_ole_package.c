/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ole_package - streams of compound files, sound and hostile.
 */
#include "tests/check.h"

#include "tests/ole.h"
#include "transformer/bytes.h"
#include "transformer/ole_package.h"

enum {
    LARGE_LEN = 9000,
};

struct fixture {
    char large[LARGE_LEN];
    struct buf file;
    struct arena arena;
    struct ole_package package;
    struct err err;
};

static void *at(struct fixture *f, size_t offset)
{
    assert_true(offset < f->file.len);
    return f->file.p + offset;
}

static int set_up(void **state)
{
    static struct fixture f;
    struct ole_stream streams[] = {
        { "Small", SLICE_LIT("few bytes") },
        { "Large", { f.large, LARGE_LEN } },
        { "Empty", { "", 0 } },
        { "Other", SLICE_LIT("0123456789012345678901234567890123456789"
                             "0123456789012345678901234567890123456789") },
    };

    for (size_t i = 0; i < LARGE_LEN; i++)
        f.large[i] = (char)(i * 7 / 5);
    buf_init(&f.file, 1u << 20);
    ole_make(&f.file, streams, 4);
    arena_init(&f.arena, 0);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    ole_package_close(&f->package);
    arena_clear(&f->arena);
    buf_clear(&f->file);
    return 0;
}

static int open_file(struct fixture *f)
{
    return ole_package_open(
        &f->package, buf_slice(&f->file), &f->arena, &f->err);
}

static int read_stream(struct fixture *f, const char *name, struct slice *s)
{
    return ole_package_stream(&f->package, name, s, &f->err);
}

static void streams_come_back_as_they_were_written(void **state)
{
    struct fixture *f = *state;
    struct slice s;

    assert_int_equal(open_file(f), 0);
    assert_int_equal(read_stream(f, "Small", &s), 0);
    assert_true(slice_eq_str(s, "few bytes"));
    assert_int_equal(read_stream(f, "Large", &s), 0);
    assert_true(slice_eq(s, (struct slice){ f->large, LARGE_LEN }));
    assert_int_equal(read_stream(f, "Other", &s), 0);
    assert_int_equal(s.len, 80);
    assert_int_equal(s.p[79], '9');
    assert_int_equal(read_stream(f, "Empty", &s), 0);
    assert_int_equal(s.len, 0);
}

static void names_are_of_any_case(void **state)
{
    struct fixture *f = *state;
    struct slice s;

    assert_int_equal(open_file(f), 0);
    assert_true(ole_package_has(&f->package, "SMALL"));
    assert_false(ole_package_has(&f->package, "Smal"));
    assert_int_equal(read_stream(f, "sMALL", &s), 0);
    assert_int_equal(s.len, 9);
    assert_int_equal(read_stream(f, "None", &s), -1);
    assert_string_equal(
        f->err.msg, "reader.broken: OLE2 file: it has no stream \"None\"");
}

static void a_short_last_sector_counts(void **state)
{
    struct fixture *f = *state;
    struct slice s;

    f->file.len -= 100; /* of the directory's empty entries */
    assert_int_equal(open_file(f), 0);
    assert_int_equal(read_stream(f, "Large", &s), 0);
}

static void loops_of_sectors_end(void **state)
{
    struct fixture *f = *state;
    struct slice s;

    /* The large stream comes first behind the table. */
    ole_put(at(f, OLE_TABLE + 4 * 3), 1, 4);
    assert_int_equal(open_file(f), 0);
    assert_int_equal(read_stream(f, "Large", &s), -1);
    assert_string_equal(f->err.msg, "reader.broken: OLE2 file: the sectors "
                                    "of \"Large\" loop or end early");
}

static void chains_that_end_early_are_broken(void **state)
{
    struct fixture *f = *state;
    struct slice s;

    ole_put(at(f, OLE_TABLE + 4 * 3), 0xfffffffeu, 4);
    assert_int_equal(open_file(f), 0);
    assert_int_equal(read_stream(f, "Large", &s), -1);
}

/* Where the directory lies, as the header says. */
static size_t directory(struct fixture *f)
{
    return ((size_t)bytes_u32(buf_slice(&f->file), 48) + 1) * 512;
}

static void sizes_larger_than_the_file_are_refused(void **state)
{
    struct fixture *f = *state;
    struct slice s;

    ole_put(at(f, directory(f) + 256 + 120), 0x7fffffff, 4);
    assert_int_equal(open_file(f), 0);
    assert_int_equal(read_stream(f, "Large", &s), -1);
    assert_string_equal(f->err.msg,
        "reader.broken: OLE2 file: \"Large\" is larger than the file");
}

static void loops_of_names_are_refused(void **state)
{
    struct fixture *f = *state;

    ole_put(at(f, directory(f) + 512 + 72), 1, 4);
    assert_int_equal(open_file(f), -1);
    assert_string_equal(
        f->err.msg, "reader.broken: OLE2 file: its directory loops");
}

static void an_endless_directory_is_refused(void **state)
{
    struct fixture *f = *state;
    uint32_t first = bytes_u32(buf_slice(&f->file), 48);

    ole_put(at(f, OLE_TABLE + (size_t)4 * first), first, 4);
    assert_int_equal(open_file(f), -1);
    assert_int_equal(f->err.kind, ERR_LIMIT);
}

static void mini_chains_that_loop_are_broken(void **state)
{
    struct fixture *f = *state;
    size_t mini = ((size_t)bytes_u32(buf_slice(&f->file), 60) + 1) * 512;
    struct slice s;

    ole_put(at(f, mini + 8), 1, 4); /* "Other" has blocks 1 and 2 */
    assert_int_equal(open_file(f), 0);
    assert_int_equal(read_stream(f, "Other", &s), -1);
    assert_int_equal(read_stream(f, "Small", &s), 0);
}

/* Every cut and every header byte: an answer, whichever. */
static void damaged_files_get_an_answer(void **state)
{
    struct fixture *f = *state;
    size_t whole = f->file.len;
    struct slice s;

    for (f->file.len = 0; f->file.len < whole; f->file.len += 128) {
        if (open_file(f) == 0)
            read_stream(f, "Large", &s);
        ole_package_close(&f->package);
    }
    f->file.len = whole;
    for (size_t i = 8; i < 512; i++) {
        char was = f->file.p[i];

        f->file.p[i] = (char)(was + 1);
        if (open_file(f) == 0) {
            read_stream(f, "Large", &s);
            read_stream(f, "Small", &s);
        }
        ole_package_close(&f->package);
        f->file.p[i] = was;
    }
}

int main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(streams_come_back_as_they_were_written),
        TEST(names_are_of_any_case),
        TEST(a_short_last_sector_counts),
        TEST(loops_of_sectors_end),
        TEST(chains_that_end_early_are_broken),
        TEST(sizes_larger_than_the_file_are_refused),
        TEST(loops_of_names_are_refused),
        TEST(an_endless_directory_is_refused),
        TEST(mini_chains_that_loop_are_broken),
        TEST(damaged_files_get_an_answer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
