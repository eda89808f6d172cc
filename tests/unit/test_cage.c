/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_cage - claims about common/cage.c, with the real nianbao-reader and
 * with scripts that behave as no reader should
 */
#include "tests/check.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/buf.h"
#include "common/cage.h"
#include "common/limits.h"

static const char good[] = "<html><title>good</title><table><tr><td>1<td>2";

static const struct cage_limits usual = {
    .cpu_s = 10, .wall_ms = 60000, .memory_bytes = 512ull * 1024 * 1024
};

static char reader[4096]; /* path of nianbao-reader */
static char script[64];   /* path of the script of a test */

struct reading {
    struct arena arena;
    struct document doc;
    struct err err;
    int status;
};

static void read_into(struct reading *r, struct cage *c, struct slice in)
{
    static const struct cage_hints none;

    arena_init(&r->arena, LIMIT_ARENA_BYTES);
    err_clear(&r->err);
    r->status = cage_read(c, in, &none, &r->arena, &r->doc, &r->err);
}

static void assert_good(struct cage *c)
{
    struct reading r;

    read_into(&r, c, slice_str(good));
    if (r.status < 0)
        print_error("%s\n", r.err.msg);
    assert_int_equal(r.status, 0);
    assert_true(slice_eq_str(r.doc.title, "good"));
    assert_int_equal(r.doc.table_n, 1);
    assert_int_equal(r.doc.tables[0].cell_n, 2);
    arena_clear(&r.arena);
}

static void assert_refused(
    struct cage *c, struct slice in, enum err_kind kind, const char *message)
{
    struct reading r;

    read_into(&r, c, in);
    assert_int_equal(r.status, -1);
    assert_string_equal(r.err.msg, message);
    assert_int_equal(r.err.kind, kind);
    arena_clear(&r.arena);
}

/* ---- the real reader --------------------------------------------------- */

static void a_document_comes_back_as_a_tree(void **state)
{
    struct cage *c = cage_new(reader, &usual);

    (void)state;
    assert_int_equal(cage_pid(c), 0);
    assert_good(c);
    assert_int_not_equal(cage_pid(c), 0);
    cage_free(c);
}

static void hints_reach_the_reader(void **state)
{
    struct cage *c = cage_new(reader, &usual);
    struct cage_hints hints = { .charset = SLICE_LIT("big5") };
    struct arena arena;
    struct document doc;
    struct err err;

    (void)state;
    arena_init(&arena, 0);
    assert_int_equal(
        cage_read(c, SLICE_LIT("\xb3\xf8\xa7\x69"), &hints, &arena, &doc, &err),
        0);
    assert_true(slice_eq_str(doc.charset, "Big5"));
    assert_true(slice_eq_str(doc.blocks[0].text, "\u5831\u544a"));
    arena_clear(&arena);
    cage_free(c);
}

static void one_child_reads_a_hundred_documents(void **state)
{
    struct cage *c = cage_new(reader, &usual);
    pid_t first;

    (void)state;
    assert_good(c);
    first = cage_pid(c);
    for (int i = 1; i < 100; i++) {
        assert_int_equal(cage_pid(c), first);
        assert_good(c);
    }
    assert_int_equal(cage_pid(c), 0);
    assert_good(c);
    assert_int_not_equal(cage_pid(c), first);
    cage_free(c);
}

static void a_large_document_takes_its_memory_with_it(void **state)
{
    struct cage *c = cage_new(reader, &usual);
    struct reading r;
    struct buf b;

    (void)state;
    buf_init(&b, LIMIT_BODY_BYTES);
    buf_add_str(&b, "<p>");
    while (b.len < (size_t)2 * 1024 * 1024)
        buf_add_str(&b, "text and more text, ");
    read_into(&r, c, buf_slice(&b));
    assert_int_equal(r.status, 0);
    assert_int_equal(r.doc.block_n, 1);
    assert_int_equal(cage_pid(c), 0);
    arena_clear(&r.arena);
    buf_clear(&b);
    assert_good(c);
    cage_free(c);
}

static void a_child_killed_between_documents_is_replaced(void **state)
{
    struct cage *c = cage_new(reader, &usual);

    (void)state;
    assert_good(c);
    kill(cage_pid(c), SIGKILL);
    /* Either it is seen dead before, or the document is to be retried. */
    for (int i = 0; i < 2; i++) {
        struct reading r;

        read_into(&r, c, slice_str(good));
        if (r.status < 0)
            assert_int_equal(r.err.kind, ERR_RETRY);
        arena_clear(&r.arena);
    }
    assert_good(c);
    cage_free(c);
}

static void fill(struct buf *b, const char *start, const char *part, size_t to)
{
    buf_reset(b);
    buf_add_str(b, start);
    while (b->len + strlen(part) <= to)
        buf_add_str(b, part);
}

static void hostile_pages_do_not_disturb_their_neighbours(void **state)
{
    static const struct {
        const char *start, *part;
        size_t len;
        enum err_kind kind;
        const char *message;
    } pages[] = {
        { "<html>", "<div>", 250000, ERR_LIMIT,
            "reader.depth: more than 2000 open elements" },
        { "<html>", "<ul><li>", 250000, ERR_LIMIT,
            "reader.depth: more than 2000 open elements" },
        { "<html>", "<table>", 7000000, ERR_LIMIT,
            "reader.depth: more than 2000 open elements" },
        { "<html><p ", "a ", 200000, ERR_LIMIT,
            "reader.attributes: more than 512 attributes on one tag" },
        { "<table><td colspan=1000000000>x", "<td>", 40, ERR_LIMIT,
            "reader.size: a colspan of more than 1000" },
        { "<html>", "<p>", LIMIT_PAGE_BYTES, ERR_LIMIT,
            "reader.memory: the page takes more than 268435456 bytes to "
            "parse" },
        { "", "1\t2\n", 1000000, ERR_LIMIT,
            "reader.size: more than 200000 lines" },
        { "%PDF-1.4\n", "x", 1000, ERR_INPUT,
            "reader.none: no reader for application/pdf" },
    };
    struct cage *c = cage_new(reader, &usual);
    struct buf b;

    (void)state;
    buf_init(&b, LIMIT_BODY_BYTES);
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
        fill(&b, pages[i].start, pages[i].part, pages[i].len);
        assert_refused(c, buf_slice(&b), pages[i].kind, pages[i].message);
        assert_good(c);
    }
    buf_clear(&b);
    cage_free(c);
}

static void endless_pages_are_read_or_refused(void **state)
{
    static const char *const parts[] = { "<", "&", "x", "&notin;", "</", "<!",
        "\xff", "<a href=x>y", "<br>", "<td>1", "<option>", "<i></b>" };
    struct cage *c = cage_new(reader, &usual);
    struct buf b;

    (void)state;
    buf_init(&b, LIMIT_BODY_BYTES);
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        struct reading r;

        fill(&b, "<html><table>", parts[i], LIMIT_PAGE_BYTES);
        read_into(&r, c, buf_slice(&b));
        if (r.status < 0)
            assert_int_equal(r.err.kind, ERR_LIMIT);
        arena_clear(&r.arena);
        assert_good(c);
    }
    buf_clear(&b);
    cage_free(c);
}

static void a_cut_page_is_read_at_every_length(void **state)
{
    struct cage *c = cage_new(reader, &usual);
    struct buf b;

    (void)state;
    buf_init(&b, LIMIT_BODY_BYTES);
    fill(&b, "<html><meta charset=utf-8><table border='1'>",
        "<tr><td class=\"a&amp;b\">规章</td><td><p>1<br>2</p></td></tr>"
        "<!-- c -->",
        6400);
    for (size_t i = 1; i < 64; i++) {
        struct reading r;

        read_into(&r, c, (struct slice){ b.p, b.len * i / 64 });
        assert_int_equal(r.status, 0);
        assert_true(r.doc.table_n <= 1);
        arena_clear(&r.arena);
    }
    buf_clear(&b);
    cage_free(c);
}

static void cpu_seconds_are_limited_and_renewed(void **state)
{
    const struct cage_limits short_of_time = {
        .cpu_s = 1, .wall_ms = 60000, .memory_bytes = 512ull * 1024 * 1024
    };
    struct cage *c = cage_new(reader, &short_of_time);
    struct buf b;

    (void)state;
    /* The scan takes the divs for the text of a style; gumbo does not. */
    buf_init(&b, LIMIT_BODY_BYTES);
    fill(&b, "<html><select><style></select>", "<div>", 900000);
    buf_add_str(&b, "</style>");
    assert_refused(c, buf_slice(&b), ERR_LIMIT,
        "reader.cpu: the document takes more than 1 s of CPU to read");
    assert_good(c);
    buf_clear(&b);
    cage_free(c);
}

static void a_body_over_the_limit_is_not_sent(void **state)
{
    struct cage *c = cage_new("/nonexistent", &usual);

    (void)state;
    assert_refused(c, (struct slice){ good, LIMIT_BODY_BYTES + 1 }, ERR_LIMIT,
        "reader.size: 33554433 bytes, at most 33554432");
    cage_free(c);
}

/* ---- readers that are none --------------------------------------------- */

#define SAY_READY "printf '\\001\\000\\000\\000R'\n"

/* A cage around a shell script. */
static struct cage *scripted(const char *body, uint32_t wall_ms)
{
    const struct cage_limits limits = {
        .cpu_s = 10, .wall_ms = wall_ms, .memory_bytes = 512ull * 1024 * 1024
    };
    FILE *f = fopen(script, "w");

    assert_non_null(f);
    fprintf(f, "#!/bin/sh\n%s", body);
    assert_int_equal(fclose(f), 0);
    assert_int_equal(chmod(script, 0700), 0);
    return cage_new(script, &limits);
}

static void assert_script(
    const char *body, uint32_t wall_ms, enum err_kind kind, const char *message)
{
    struct cage *c = scripted(body, wall_ms);

    assert_refused(c, slice_str(good), kind, message);
    cage_free(c);
}

static void count(void *arg)
{
    ++*(int *)arg;
}

static void who_waits_is_called_meanwhile(void **state)
{
    struct cage *c = scripted(SAY_READY "cat >/dev/null", 1000);
    int calls = 0;

    (void)state;
    cage_on_wait(c, count, &calls);
    assert_refused(c, slice_str(good), ERR_LIMIT,
        "reader.wall: the document takes more than 1000 ms to read");
    assert_true(calls >= 3);
    cage_free(c);
}

static void its_death_tells_what_to_say(void **state)
{
    (void)state;
    assert_script(SAY_READY "head -c 4 >/dev/null; kill -SEGV $$", 60000,
        ERR_INPUT, "reader.crashed: the reader died of SIGSEGV");
    assert_script(SAY_READY "head -c 4 >/dev/null; kill -ABRT $$", 60000,
        ERR_INPUT, "reader.crashed: the reader died of SIGABRT");
    assert_script(SAY_READY "kill -SYS $$", 60000, ERR_INPUT,
        "reader.crashed: the reader tried what it may not do");
    assert_script(SAY_READY "kill -XCPU $$", 60000, ERR_LIMIT,
        "reader.cpu: the document takes more than 10 s of CPU to read");
    assert_script(SAY_READY "exit 71", 60000, ERR_LIMIT,
        "reader.memory: the document takes more than 512 MB to read");
    assert_script(SAY_READY "exit 3", 60000, ERR_INPUT,
        "reader.crashed: the reader ended with status 3");
    assert_script(SAY_READY "kill -KILL $$", 60000, ERR_RETRY,
        "reader.gone: the reader was killed by signal 9");
    assert_script(SAY_READY "kill -TERM $$", 60000, ERR_RETRY,
        "reader.gone: the reader was killed by signal 15");
}

static void a_silent_reader_is_killed_in_time(void **state)
{
    (void)state;
    assert_script(SAY_READY "cat >/dev/null", 200, ERR_LIMIT,
        "reader.wall: the document takes more than 200 ms to read");
}

static void a_busy_machine_is_not_the_documents_fault(void **state)
{
    struct cage *c = scripted(SAY_READY "while :; do :; done", 300);
    struct reading r;

    (void)state;
    read_into(&r, c, slice_str(good));
    assert_int_equal(r.status, -1);
    /* Unless the machine is so busy that it did not run at all. */
    if (r.err.kind != ERR_LIMIT)
        assert_int_equal(r.err.kind, ERR_RETRY);
    arena_clear(&r.arena);
    cage_free(c);
}

/* Stopped by a signal or a suspended machine, we do not hear it. */
static void time_in_which_we_are_stopped_is_not_the_readers(void **state)
{
    (void)state;
    assert_script(SAY_READY "head -c 4 >/dev/null; kill -STOP $PPID; sleep 2\n"
                            "kill -CONT $PPID; sleep 0.1\n"
                            "printf '\\010\\000\\000\\000Ia.b: no'\n"
                            "sleep 1000",
        1500, ERR_INPUT, "a.b: no");
}

static void a_reader_that_does_not_listen_is_killed_in_time(void **state)
{
    struct cage *c = scripted(SAY_READY "exec sleep 1000", 200);
    struct buf b;

    (void)state;
    buf_init(&b, LIMIT_BODY_BYTES);
    fill(&b, "", "x", LIMIT_BODY_BYTES);
    assert_refused(c, buf_slice(&b), ERR_LIMIT,
        "reader.wall: the document takes more than 200 ms to read");
    buf_clear(&b);
    cage_free(c);
}

static void a_reader_that_hangs_up_does_not_end_us(void **state)
{
    struct cage *c = scripted(SAY_READY "exit 3", 60000);
    struct buf b;

    (void)state;
    buf_init(&b, LIMIT_BODY_BYTES);
    fill(&b, "", "x", LIMIT_BODY_BYTES);
    assert_refused(c, buf_slice(&b), ERR_INPUT,
        "reader.crashed: the reader ended with status 3");
    buf_clear(&b);
    cage_free(c);
}

static void a_reader_that_cannot_start_is_our_fault(void **state)
{
    struct cage *c = cage_new("/nonexistent/nianbao-reader", &usual);
    struct reading r;

    (void)state;
    assert_refused(c, slice_str(good), ERR_FATAL,
        "reader: cannot start /nonexistent/nianbao-reader: No such file or "
        "directory");
    cage_free(c);
    c = scripted("exit 1", 60000);
    read_into(&r, c, slice_str(good));
    assert_int_equal(r.err.kind, ERR_FATAL);
    arena_clear(&r.arena);
    cage_free(c);
    c = scripted("kill -KILL $$", 60000);
    read_into(&r, c, slice_str(good));
    assert_int_equal(r.err.kind, ERR_RETRY);
    arena_clear(&r.arena);
    cage_free(c);
}

static void answers_are_not_believed(void **state)
{
    (void)state;
    assert_script(SAY_READY "printf '\\000\\000\\000\\000xx'; cat >/dev/null",
        60000, ERR_INPUT, "reader.broken: an answer of a wrong length");
    assert_script(SAY_READY "printf '\\377\\377\\377\\377T'; cat >/dev/null",
        60000, ERR_INPUT, "reader.broken: an answer of a wrong length");
    assert_script(SAY_READY "printf '\\002\\000\\000\\000?x'; cat >/dev/null",
        60000, ERR_INPUT, "reader.broken: an answer of no known kind");
    assert_script(SAY_READY "printf '\\005\\000\\000\\000Txxxx';"
                            " cat >/dev/null",
        60000, ERR_INPUT,
        "reader.broken: document tree: byte 4 of 4: not of this version");
    assert_script(SAY_READY "printf '\\005\\000\\000\\000Lx\\033\\nx';"
                            " cat >/dev/null",
        60000, ERR_LIMIT, "x??x");
}

static int find_reader(void **state)
{
    ssize_t len = readlink("/proc/self/exe", reader, sizeof(reader) - 1);
    int fd;

    (void)state;
    if (len < 0)
        return -1;
    reader[len] = '\0';
    for (int i = 0; i < 3; i++)
        *strrchr(reader, '/') = '\0';
    strncat(reader, "/nianbao-reader", sizeof(reader) - strlen(reader) - 1);
    snprintf(script, sizeof(script), "/tmp/nianbao-cage-XXXXXX");
    fd = mkstemp(script);
    if (fd >= 0)
        close(fd);
    return fd < 0 ? -1 : 0;
}

static int remove_script(void **state)
{
    (void)state;
    return unlink(script);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_comes_back_as_a_tree),
        cmocka_unit_test(hints_reach_the_reader),
        cmocka_unit_test(one_child_reads_a_hundred_documents),
        cmocka_unit_test(a_large_document_takes_its_memory_with_it),
        cmocka_unit_test(a_child_killed_between_documents_is_replaced),
        cmocka_unit_test(hostile_pages_do_not_disturb_their_neighbours),
        cmocka_unit_test(endless_pages_are_read_or_refused),
        cmocka_unit_test(a_cut_page_is_read_at_every_length),
        cmocka_unit_test(cpu_seconds_are_limited_and_renewed),
        cmocka_unit_test(a_body_over_the_limit_is_not_sent),
        cmocka_unit_test(who_waits_is_called_meanwhile),
        cmocka_unit_test(its_death_tells_what_to_say),
        cmocka_unit_test(a_silent_reader_is_killed_in_time),
        cmocka_unit_test(a_busy_machine_is_not_the_documents_fault),
        cmocka_unit_test(time_in_which_we_are_stopped_is_not_the_readers),
        cmocka_unit_test(a_reader_that_does_not_listen_is_killed_in_time),
        cmocka_unit_test(a_reader_that_hangs_up_does_not_end_us),
        cmocka_unit_test(a_reader_that_cannot_start_is_our_fault),
        cmocka_unit_test(answers_are_not_believed),
    };

    return cmocka_run_group_tests(tests, find_reader, remove_script);
}
