/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ledger_open - schema versions, transactions, two writers at once.
 */
#include <signal.h>
#include <sys/wait.h>

#include "common/mem.h"
#include "tests/ledger_case.h"

static void fresh_ledger_is_migrated_to_the_newest_schema(void **state)
{
    struct ledger_case *c = *state;

    assert_int_equal(case_number(c, "PRAGMA user_version"), 5);
    assert_string_equal(case_text(c, "PRAGMA journal_mode"), "wal");
    assert_int_equal(case_number(c, "PRAGMA synchronous"), 2);
    assert_int_equal(case_number(c, "PRAGMA foreign_keys"), 1);
    assert_int_equal(
        case_number(c, "SELECT count(*) FROM sqlite_schema WHERE "
                       "type = 'table' AND name IN ('sources', 'urls', "
                       "'fetches', 'documents', 'leases', 'runs', "
                       "'reports', 'cells', 'checks', 'sections', "
                       "'quarantine', 'outbox') AND sql LIKE '%STRICT%'"),
        12);
}

static void opening_again_keeps_what_is_there(void **state)
{
    struct ledger_case *c = *state;
    struct err err;

    case_fetch(c, "http://a/", "body");
    ledger_close(c->l);
    c->l = ledger_open(c->dir, LEDGER_WRITE, &err);
    assert_non_null(c->l);
    assert_int_equal(case_number(c, "SELECT count(*) FROM documents"), 1);
}

static void newer_schema_is_refused_by_name(void **state)
{
    struct ledger_case *c = *state;
    struct err err;

    case_sql(c, "PRAGMA user_version = 99");
    ledger_close(c->l);
    c->l = ledger_open(c->dir, LEDGER_WRITE, &err);
    assert_null(c->l);
    assert_int_equal(err.kind, ERR_FATAL);
    assert_non_null(strstr(err.msg, "version 99"));
    assert_non_null(strstr(err.msg, "newer nianbao"));
    assert_null(ledger_open(c->dir, LEDGER_READ, &err));
    assert_int_equal(err.kind, ERR_FATAL);
}

static void reader_finds_no_ledger_and_makes_none(void **state)
{
    struct ledger_case *c = *state;
    char *dir = mem_printf("%s/none", c->dir);
    struct err err;

    assert_null(ledger_open(dir, LEDGER_READ, &err));
    assert_int_equal(err.kind, ERR_FATAL);
    assert_int_equal(access(dir, F_OK), -1);
    mem_free(dir);
}

static void reader_of_an_unmade_ledger_is_told_to_wait(void **state)
{
    struct ledger_case *c = *state;
    char *dir = mem_printf("%s/half", c->dir);
    char *path = mem_printf("%s/ledger.sqlite", dir);
    struct db *db;
    struct err err;

    assert_int_equal(mkdir(dir, 0700), 0);
    db = db_open(path, false, &err);
    assert_non_null(db);
    assert_null(ledger_open(dir, LEDGER_READ, &err));
    assert_int_equal(err.kind, ERR_RETRY);
    db_close(db);
    mem_free(path);
    mem_free(dir);
}

static void file_that_is_no_ledger_is_fatal(void **state)
{
    struct ledger_case *c = *state;
    char *path = mem_printf("%s/ledger.sqlite", c->dir);
    FILE *f;
    struct err err;

    ledger_close(c->l);
    f = fopen(path, "w");
    assert_non_null(f);
    for (int i = 0; i < 1000; i++)
        fputs("this is no database\n", f);
    fclose(f);
    c->l = ledger_open(c->dir, LEDGER_WRITE, &err);
    assert_null(c->l);
    assert_int_equal(err.kind, ERR_FATAL);
    mem_free(path);
}

static void reader_cannot_write(void **state)
{
    struct ledger_case *c = *state;
    struct err err;
    struct ledger *r = ledger_open(c->dir, LEDGER_READ, &err);

    assert_non_null(r);
    assert_int_equal(ledger_run_crawled(r, c->run, &err), -1);
    assert_int_equal(err.kind, ERR_FATAL);
    ledger_close(r);
}

static void rolled_back_group_leaves_nothing(void **state)
{
    struct ledger_case *c = *state;
    struct err err;

    must(ledger_begin(c->l, &err));
    case_fetch(c, "http://a/", "body");
    ledger_rollback(c->l);
    assert_int_equal(case_number(c, "SELECT count(*) FROM urls"), 0);
}

static void failed_part_leaves_the_group_around_it_whole(void **state)
{
    struct ledger_case *c = *state;
    struct ledger_url unknown = { .source = "nobody", .url = "http://x/" };
    struct ledger_fetch lost = { .run = c->run, .url = 999, .status = 200 };
    struct err err;

    must(ledger_begin(c->l, &err));
    case_fetch(c, "http://a/", "body");
    assert_int_equal(ledger_url_put(c->l, c->run, &unknown, NULL, &err), -1);
    assert_int_equal(ledger_fetch_put(c->l, &lost, &err), -1);
    must(ledger_commit(c->l, &err));
    assert_int_equal(case_number(c, "SELECT count(*) FROM urls"), 1);
    assert_int_equal(case_number(c, "SELECT count(*) FROM fetches"), 1);
}

static void reading_transaction_sees_one_view(void **state)
{
    struct ledger_case *c = *state;
    struct err err;
    struct ledger *w = ledger_open(c->dir, LEDGER_WRITE, &err);

    assert_non_null(w);
    must(ledger_begin_read(c->l, &err));
    must(ledger_run_crawled(w, c->run, &err));
    assert_string_equal(case_text(c, "SELECT state FROM runs"), "crawling");
    must(ledger_commit(c->l, &err));
    assert_string_equal(case_text(c, "SELECT state FROM runs "), "crawled");
    ledger_close(w);
}

/* ---- two processes --------------------------------------------------------
 */

enum {
    PER_WRITER = 100
};

/* One writer's life: documents of its own source, each in its transaction.
 * Ends the process; 0 when every call succeeded. */
static void write_documents(const char *dir, const char *source, bool make)
{
    struct ledger_case c = { 0 };
    struct err err = { 0 };

    arena_init(&c.a, 0);
    c.l = ledger_open(dir, LEDGER_WRITE, &err);
    if (!c.l) {
        fprintf(stderr, "%s\n", err.msg);
        _exit(1);
    }
    if (make)
        case_source(&c, source, "110105", NULL);
    case_open_run(&c);
    for (int i = 0; i < PER_WRITER; i++) {
        char url[64];

        snprintf(url, sizeof(url), "http://%s/%d", source, i);
        case_fetch_from(&c, source, url, url);
    }
    ledger_close(c.l);
    arena_clear(&c.a);
    _exit(0);
}

static void two_processes_make_one_ledger_and_lose_nothing(void **state)
{
    struct ledger_case *c = *state;
    char *dir = mem_printf("%s/shared", c->dir);
    struct err err;
    pid_t pid[2];

    ledger_close(c->l);
    for (int i = 0; i < 2; i++) {
        pid[i] = fork();
        assert_true(pid[i] >= 0);
        if (pid[i] == 0)
            write_documents(dir, i ? "one" : "two", true);
    }
    for (int i = 0; i < 2; i++) {
        int status;

        assert_int_equal(waitpid(pid[i], &status, 0), pid[i]);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
    }
    c->l = ledger_open(dir, LEDGER_READ, &err);
    assert_non_null(c->l);
    assert_int_equal(case_number(c, "SELECT count(*) FROM runs"), 1);
    assert_int_equal(
        case_number(c, "SELECT count(*) FROM leases"), 2 * PER_WRITER);
    assert_string_equal(case_text(c, "PRAGMA integrity_check"), "ok");
    mem_free(dir);
}

static void killed_writer_leaves_whole_transactions(void **state)
{
    struct ledger_case *c = *state;

    for (int kill_at = 1; kill_at < 40; kill_at += 3) {
        int64_t seen = 0;
        struct err err;
        int status;
        pid_t pid;

        ledger_close(c->l); /* SQLite is not to be carried across a fork */
        pid = fork();
        assert_true(pid >= 0);
        if (pid == 0)
            write_documents(c->dir, "s", false);
        c->l = ledger_open(c->dir, LEDGER_WRITE, &err);
        assert_non_null(c->l);
        while (seen < kill_at && waitpid(pid, &status, WNOHANG) == 0)
            seen = case_number(c, "SELECT count(*) FROM documents");
        kill(pid, SIGKILL);
        waitpid(pid, &status, 0);
        assert_int_equal(
            case_number(c,
                "SELECT (SELECT count(*) FROM fetches WHERE sha256 NOT NULL) "
                ">= (SELECT count(*) FROM documents) AND "
                "(SELECT count(*) FROM documents) = "
                "(SELECT count(*) FROM leases)"),
            1);
    }
    assert_string_equal(case_text(c, "PRAGMA integrity_check"), "ok");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, case_setup, case_teardown)
        CASE(fresh_ledger_is_migrated_to_the_newest_schema),
        CASE(opening_again_keeps_what_is_there),
        CASE(newer_schema_is_refused_by_name),
        CASE(reader_finds_no_ledger_and_makes_none),
        CASE(reader_of_an_unmade_ledger_is_told_to_wait),
        CASE(file_that_is_no_ledger_is_fatal),
        CASE(reader_cannot_write),
        CASE(rolled_back_group_leaves_nothing),
        CASE(failed_part_leaves_the_group_around_it_whole),
        CASE(reading_transaction_sees_one_view),
        CASE(two_processes_make_one_ledger_and_lose_nothing),
        CASE(killed_writer_leaves_whole_transactions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
