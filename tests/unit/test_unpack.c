/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_unpack - containers through the real cage: what is in them, and what
 * hostile ones come to.
 */
#include "tests/check.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>

#include "common/limits.h"
#include "common/mem.h"
#include "common/unpack.h"
#include "tests/rar.h"

static char reader[4096]; /* path of nianbao-reader */

struct box {
    struct cage *cage;
    struct buf in;
    struct buf told; /* a line for each part */
    uint32_t part_n, good_n;
    uint64_t bytes;
    bool is_container;
    struct err err;
};

static int find_reader(void **state)
{
    ssize_t len = readlink("/proc/self/exe", reader, sizeof(reader) - 32);

    (void)state;
    assert_true(len > 0);
    reader[len] = '\0';
    for (int i = 0; i < 3; i++)
        *strrchr(reader, '/') = '\0';
    strncat(reader, "/nianbao-reader", 31);
    return access(reader, X_OK);
}

static int setup(void **state)
{
    static const struct cage_limits limits = {
        .cpu_s = 10, .wall_ms = 60000, .memory_bytes = 512ull * 1024 * 1024
    };
    struct box *b = mem_alloc(sizeof(*b));

    b->cage = cage_new(reader, &limits);
    buf_init(&b->in, LIMIT_BODY_BYTES);
    buf_init(&b->told, 1 << 20);
    *state = b;
    return 0;
}

static int teardown(void **state)
{
    struct box *b = *state;

    cage_free(b->cage);
    buf_clear(&b->in);
    buf_clear(&b->told);
    mem_free(b);
    return 0;
}

/* "1 in 0: path = bytes" or "1 in 0: path ! code". */
static int take(void *ctx, const struct unpack_part *p, struct err *err)
{
    struct box *b = ctx;
    ptrdiff_t code = slice_find(p->reason, SLICE_LIT(":"));

    (void)err;
    b->part_n++;
    b->good_n += !p->reason.len;
    b->bytes += p->bytes.len;
    buf_printf(
        &b->told, "%u in %u: %.*s ", p->index, p->within, SLICE_ARG(p->path));
    if (p->reason.len)
        buf_printf(&b->told, "! %.*s\n", (int)code, p->reason.p);
    else if (p->is_container)
        buf_add_str(&b->told, "holds\n");
    else
        buf_printf(&b->told, "= %.*s\n",
            p->bytes.len < 40 ? (int)p->bytes.len : 40, p->bytes.p);
    return 0;
}

static int unpack_it(struct box *b)
{
    buf_reset(&b->told);
    return unpack(b->cage, buf_slice(&b->in), SLICE_LIT("http://x/a.gz"), take,
        b, &b->is_container, &b->err);
}

static void assert_told(struct box *b, const char *want)
{
    if (unpack_it(b) < 0)
        fail_msg("%s", b->err.msg);
    assert_true(b->is_container);
    buf_add_char(&b->told, '\0');
    assert_string_equal(b->told.p, want);
}

#define assert_refused(b, kind_, code)                                         \
    do {                                                                       \
        assert_int_equal(unpack_it(b), -1);                                    \
        assert_int_equal((b)->err.kind, kind_);                                \
        assert_memory_equal((b)->err.msg, code ":", sizeof(code));             \
    } while (0)

/* ---- zip ---------------------------------------------------------------- */

static void names_are_read_as_gbk_unless_they_say_utf8(void **state)
{
    /* the second byte of the first character of "俓" is a backslash */
    static const struct package_part parts[] = {
        PACKAGE_PART("\xc4\xda\xb2\xbf\\\xb1\xa8\xb8\xe6\x82\x5c.doc", "1"),
        { "内部/报告.doc", { "2", 1 }, 0x800 }, PACKAGE_PART("a.txt", "3")
    };

    package_zip(&((struct box *)*state)->in, parts, 3);
    assert_told(*state, "1 in 0: 内部/报告俓.doc = 1\n"
                        "2 in 0: 内部/报告.doc = 2\n3 in 0: a.txt = 3\n");
}

static void a_name_that_lies_about_its_charset_loses_nothing(void **state)
{
    static const struct package_part parts[] = {
        { "\xc4\xda\xb2\xbf/\xb1\xa8.doc", { "1", 1 }, 0x800 },
        { "\xc4\xda\xb2\xbf/", { "", 0 }, 0x800 }, PACKAGE_PART("a.txt", "2")
    };

    package_zip(&((struct box *)*state)->in, parts, 3);
    assert_told(*state, "1 in 0: (unnamed 1) = 1\n2 in 0: a.txt = 2\n");
}

static void what_is_no_document_is_left_out(void **state)
{
    static const struct package_part parts[] = { PACKAGE_PART("dir/", ""),
        PACKAGE_PART("dir/Thumbs.db", "x"), PACKAGE_PART(".DS_Store", "x"),
        PACKAGE_PART("__MACOSX/dir/._a.doc", "x"),
        PACKAGE_PART("dir/~$a.doc", "x"), PACKAGE_PART("dir/a.doc", "1"),
        PACKAGE_PART("desktop.ini", "x") };

    package_zip(&((struct box *)*state)->in, parts, 7);
    assert_told(*state, "1 in 0: dir/a.doc = 1\n");
}

static void paths_that_lead_out_are_only_names(void **state)
{
    static const struct package_part parts[] = {
        PACKAGE_PART("../../etc/passwd", "1"), PACKAGE_PART("/etc/shadow", "2"),
        PACKAGE_PART("C:\\boot.ini", "3"), PACKAGE_PART("a\nb\033[m", "4")
    };

    package_zip(&((struct box *)*state)->in, parts, 4);
    assert_told(*state,
        "1 in 0: ../../etc/passwd = 1\n2 in 0: /etc/shadow = 2\n"
        "3 in 0: C:/boot.ini = 3\n4 in 0: a_b_[m = 4\n");
}

static void an_encrypted_entry_does_not_stop_the_others(void **state)
{
    static const struct package_part parts[] = { PACKAGE_PART("a", "1"),
        { "b", { "2", 1 }, 1 }, PACKAGE_PART("c", "3") };

    package_zip(&((struct box *)*state)->in, parts, 3);
    assert_told(
        *state, "1 in 0: a = 1\n2 in 0: b ! reader.encrypted\n3 in 0: c = 3\n");
}

static void a_damaged_entry_does_not_stop_the_others(void **state)
{
    static const struct package_part parts[] = { PACKAGE_PART("a", "12345"),
        PACKAGE_PART("b", "67890") };
    struct box *b = *state;

    package_zip(&b->in, parts, 2);
    b->in.p[30 + 1 + 2] = '9';
    assert_told(b, "1 in 0: a ! reader.broken\n2 in 0: b = 67890\n");
}

static void a_zip_file_cut_anywhere_is_refused(void **state)
{
    static const struct package_part parts[] = { PACKAGE_PART("a", "12345"),
        PACKAGE_PART("b", "67890") };
    struct box *b = *state;
    size_t whole;

    package_zip(&b->in, parts, 2);
    whole = b->in.len;
    for (b->in.len = 4; b->in.len < whole; b->in.len++)
        if (unpack_it(b) == 0)
            assert_true(b->in.len >= whole - 2);
    b->in.len = whole;
}

static void office_files_are_documents_not_containers(void **state)
{
    static const struct package_part parts[] = {
        PACKAGE_PART("[Content_Types].xml", "<x/>"),
        PACKAGE_PART("word/document.xml", "<x/>")
    };
    struct box *b = *state;

    package_zip(&b->in, parts, 2);
    assert_int_equal(unpack_it(b), 0);
    assert_false(b->is_container);
    assert_int_equal(b->part_n, 0);
}

static void many_office_files_in_one_container_are_all_told(void **state)
{
    static const struct package_part inner[] = { PACKAGE_PART(
        "word/document.xml", "<x/>") };
    struct package_part parts[60];
    struct box *b = *state;
    struct buf docx;

    buf_init(&docx, 1 << 16);
    package_zip(&docx, inner, 1);
    for (size_t i = 0; i < 60; i++)
        parts[i] = (struct package_part){ "a.docx", buf_slice(&docx), 0 };
    package_zip(&b->in, parts, 60);
    assert_int_equal(unpack_it(b), 0);
    assert_int_equal(b->good_n, 60);
    buf_clear(&docx);
}

static void a_page_is_no_container(void **state)
{
    struct box *b = *state;

    buf_add_str(&b->in, "<html>PK\3\4");
    assert_int_equal(unpack_it(b), 0);
    assert_false(b->is_container);
}

static void a_container_of_nothing_is_refused(void **state)
{
    static const struct package_part parts[] = { PACKAGE_PART("dir/", "") };
    struct box *b = *state;

    package_zip(&b->in, parts, 1);
    assert_refused(b, ERR_INPUT, "reader.none");
}

/* ---- containers in containers -------------------------------------------- */

static void wrap(struct buf *in, const char *name)
{
    struct package_part part = { name, { NULL, 0 }, 0 };
    struct buf out;

    part.text = buf_slice(in);
    buf_init(&out, LIMIT_BODY_BYTES);
    package_zip(&out, &part, 1);
    buf_reset(in);
    buf_add_slice(in, buf_slice(&out));
    buf_clear(&out);
}

static void a_container_in_a_container_is_unpacked(void **state)
{
    static const struct package_part parts[] = { PACKAGE_PART("a", "1"),
        PACKAGE_PART("b", "2") };
    struct box *b = *state;

    package_zip(&b->in, parts, 2);
    wrap(&b->in, "x.zip");
    assert_told(b, "1 in 0: x.zip holds\n2 in 1: a = 1\n3 in 1: b = 2\n");
}

static void one_deeper_is_set_aside(void **state)
{
    static const struct package_part parts[] = { PACKAGE_PART("a", "1") };
    struct box *b = *state;

    package_zip(&b->in, parts, 1);
    wrap(&b->in, "z.zip");
    wrap(&b->in, "y.zip");
    assert_told(b, "1 in 0: y.zip holds\n2 in 1: z.zip ! reader.depth\n");
}

static void a_broken_container_inside_is_set_aside_alone(void **state)
{
    static const struct package_part parts[] = { PACKAGE_PART(
                                                     "x.zip", "PK\3\4 no"),
        PACKAGE_PART("b", "2"), PACKAGE_PART("c.rar", "Rar!\x1a\7 no") };

    package_zip(&((struct box *)*state)->in, parts, 3);
    assert_told(*state, "1 in 0: x.zip ! reader.broken\n2 in 0: b = 2\n"
                        "3 in 0: c.rar ! reader.broken\n");
}

static void too_many_containers_inside_are_set_aside(void **state)
{
    static const struct package_part inner[] = { PACKAGE_PART("a", "1") };
    struct package_part parts[60];
    struct box *b = *state;
    struct buf zip;

    buf_init(&zip, 1 << 16);
    package_zip(&zip, inner, 1);
    for (size_t i = 0; i < 60; i++)
        parts[i] = (struct package_part){ "a.zip", buf_slice(&zip), 0 };
    package_zip(&b->in, parts, 60);
    assert_int_equal(unpack_it(b), 0);
    assert_int_equal(b->part_n, 60 + LIMIT_UNPACK_CALLS - 1);
    assert_int_equal(b->good_n, 2 * (LIMIT_UNPACK_CALLS - 1));
    buf_clear(&zip);
}

/* ---- RAR, tar, 7z, gzip ----------------------------------------------------
 */

static void rar_4_is_unpacked(void **state)
{
    static const struct package_part parts[] = {
        PACKAGE_PART("\xc4\xda\xb2\xbf\\\xb1\xa8\xb8\xe6.doc", "12345"),
        PACKAGE_PART("b", "2"), { "深\\报告.doc", { "3", 1 }, RAR4_UNICODE }
    };

    rar4(&((struct box *)*state)->in, parts, 3);
    assert_told(*state, "1 in 0: 内部/报告.doc = 12345\n2 in 0: b = 2\n"
                        "3 in 0: 深/报告.doc = 3\n");
}

static void rar_5_is_unpacked(void **state)
{
    static const struct package_part parts[] = {
        PACKAGE_PART("内部/报告.doc", "12345"), PACKAGE_PART("b", "2")
    };

    rar5(&((struct box *)*state)->in, parts, 2);
    assert_told(*state, "1 in 0: 内部/报告.doc = 12345\n2 in 0: b = 2\n");
}

static void an_encrypted_rar_entry_is_told(void **state)
{
    static const struct package_part parts[] = { PACKAGE_PART("a", "1"),
        { "b", { "2", 1 }, RAR4_ENCRYPTED } };

    rar4(&((struct box *)*state)->in, parts, 2);
    assert_told(*state, "1 in 0: a = 1\n2 in 0: b ! reader.encrypted\n");
}

static void what_the_library_cannot_go_on_with_is_told(void **state)
{
    static const struct package_part parts[] = { PACKAGE_PART("a", "1"),
        { "b", { "2", 1 }, RAR4_SOLID } };

    rar4(&((struct box *)*state)->in, parts, 2);
    assert_told(*state, "1 in 0: a = 1\n2 in 0: (rest) ! reader.broken\n");
}

static void a_rar_file_cut_anywhere_keeps_what_is_whole(void **state)
{
    static const struct package_part parts[] = { PACKAGE_PART("a", "12345"),
        PACKAGE_PART("b", "67890") };
    struct box *b = *state;
    size_t whole;

    rar5(&b->in, parts, 2);
    whole = b->in.len;
    for (b->in.len = 8; b->in.len < whole; b->in.len++)
        if (unpack_it(b) == 0 && b->told.len) {
            buf_add_char(&b->told, '\0');
            assert_true(strncmp(b->told.p, "1 in 0: a = 12345\n", 18) == 0 ||
                        strchr(b->told.p, '!') != NULL);
        }
    b->in.len = whole;
}

/* `n` files of `size` bytes in the library's own hand. */
static void write_with(struct buf *out, int format, int filter,
    const char *name, size_t n, const void *bytes, size_t size)
{
    struct archive *a = archive_write_new();
    size_t used = 0, room = LIMIT_BODY_BYTES;
    char *to = mem_alloc(room);

    assert_int_equal(archive_write_set_format(a, format), ARCHIVE_OK);
    assert_int_equal(archive_write_add_filter(a, filter), ARCHIVE_OK);
    archive_write_set_bytes_in_last_block(a, 1);
    assert_int_equal(archive_write_open_memory(a, to, room, &used), ARCHIVE_OK);
    for (size_t i = 0; i < n; i++) {
        struct archive_entry *e = archive_entry_new();

        archive_entry_set_pathname(e, name);
        archive_entry_set_filetype(e, AE_IFREG);
        archive_entry_set_perm(e, 0644);
        archive_entry_set_size(e, (la_int64_t)size);
        assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
        assert_int_equal(archive_write_data(a, bytes, size), (la_ssize_t)size);
        archive_entry_free(e);
    }
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
    buf_add(out, to, used);
    mem_free(to);
}

static void tar_and_7z_are_unpacked(void **state)
{
    static const struct {
        int format, filter;
    } kinds[] = { { ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE },
        { ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_GZIP },
        { ARCHIVE_FORMAT_7ZIP, ARCHIVE_FILTER_NONE } };
    struct box *b = *state;

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        buf_reset(&b->in);
        write_with(
            &b->in, kinds[i].format, kinds[i].filter, "d/a.doc", 2, "1", 1);
        assert_told(b, "1 in 0: d/a.doc = 1\n2 in 0: d/a.doc = 1\n");
    }
}

static void a_lone_gzip_file_is_named_after_itself(void **state)
{
    struct box *b = *state;

    write_with(
        &b->in, ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP, "x", 1, "<html>", 6);
    assert_told(b, "1 in 0: a = <html>\n");
}

/* ---- hostile ----------------------------------------------------------------
 */

static void a_bomb_is_set_aside(void **state)
{
    struct box *b = *state;
    char *zeros = mem_alloc(LIMIT_BODY_BYTES);

    write_with(&b->in, ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, "bomb", 1,
        zeros, LIMIT_BODY_BYTES);
    assert_told(b, "1 in 0: bomb ! reader.ratio\n");
    buf_reset(&b->in);
    write_with(&b->in, ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_GZIP, "bomb", 1,
        zeros, LIMIT_BODY_BYTES);
    assert_told(b, "1 in 0: bomb ! reader.ratio\n");
    mem_free(zeros);
}

/* All entries of the directory name one and the same data. */
static void overlapping_entries_end_at_a_limit(void **state)
{
    static struct package_part parts[60];
    struct box *b = *state;
    char *bytes = mem_alloc(LIMIT_BODY_BYTES / 2);
    char *entry;

    for (size_t i = 0; i < 60; i++)
        parts[i] = (struct package_part){ "a", { "", 0 }, 0 };
    parts[0].text = (struct slice){ bytes, LIMIT_BODY_BYTES / 2 };
    package_zip(&b->in, parts, 60);
    entry = b->in.p + b->in.len - 22 - (size_t)60 * 47;
    for (size_t i = 1; i < 60; i++)
        memcpy(entry + i * 47, entry, 47);
    if (unpack_it(b) < 0)
        assert_int_equal(b->err.kind, ERR_LIMIT);
    assert_true(b->bytes <= LIMIT_CONTAINER_BYTES);
    mem_free(bytes);
}

static void more_entries_than_any_report_has_are_refused(void **state)
{
    struct box *b = *state;

    write_with(&b->in, ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, "d/Thumbs.db",
        40000, "", 0);
    assert_refused(b, ERR_LIMIT, "reader.size");
    buf_reset(&b->in);
    write_with(
        &b->in, ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, "a", 600, "1", 1);
    assert_refused(b, ERR_LIMIT, "reader.size");
}

static void parts_come_in_as_many_answers_as_they_need(void **state)
{
    struct box *b = *state;
    size_t size = 7u << 20;
    char *bytes = mem_alloc(size);

    for (size_t i = 0; i < size; i++) /* packs to a hundredth or so */
        bytes[i] = (char)(i % 1024 < 32 ? (i * 2654435761u) >> 13 : 0);
    write_with(
        &b->in, ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, "a", 12, bytes, size);
    assert_true(b->in.len < LIMIT_BODY_BYTES);
    assert_int_equal(unpack_it(b), 0);
    assert_int_equal(b->good_n, 12);
    assert_true(b->bytes == 12 * size);
    mem_free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        TEST(names_are_read_as_gbk_unless_they_say_utf8),
        TEST(a_name_that_lies_about_its_charset_loses_nothing),
        TEST(what_is_no_document_is_left_out),
        TEST(paths_that_lead_out_are_only_names),
        TEST(an_encrypted_entry_does_not_stop_the_others),
        TEST(a_damaged_entry_does_not_stop_the_others),
        TEST(a_zip_file_cut_anywhere_is_refused),
        TEST(office_files_are_documents_not_containers),
        TEST(many_office_files_in_one_container_are_all_told),
        TEST(a_page_is_no_container),
        TEST(a_container_of_nothing_is_refused),
        TEST(a_container_in_a_container_is_unpacked),
        TEST(one_deeper_is_set_aside),
        TEST(a_broken_container_inside_is_set_aside_alone),
        TEST(too_many_containers_inside_are_set_aside),
        TEST(rar_4_is_unpacked),
        TEST(rar_5_is_unpacked),
        TEST(an_encrypted_rar_entry_is_told),
        TEST(what_the_library_cannot_go_on_with_is_told),
        TEST(a_rar_file_cut_anywhere_keeps_what_is_whole),
        TEST(tar_and_7z_are_unpacked),
        TEST(a_lone_gzip_file_is_named_after_itself),
        TEST(a_bomb_is_set_aside),
        TEST(overlapping_entries_end_at_a_limit),
        TEST(more_entries_than_any_report_has_are_refused),
        TEST(parts_come_in_as_many_answers_as_they_need),
    };

    return cmocka_run_group_tests(tests, find_reader, NULL);
}
