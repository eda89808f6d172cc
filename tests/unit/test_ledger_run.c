/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ledger_run - runs begin, are resumed, end; what they brought.
 */
#include "common/clock.h"
#include "tests/ledger_case.h"

static void unfinished_run_is_taken_up_again(void **state)
{
    struct ledger_case *c = *state;
    int64_t first = c->run;
    struct err err;

    case_open_run(c);
    assert_int_equal(c->run, first);
    must(ledger_run_crawled(c->l, first, &err));
    case_open_run(c);
    assert_int_equal(c->run, first);
}

static void run_is_named_after_the_clock_and_names_are_unique(void **state)
{
    struct ledger_case *c = *state;
    struct run run;
    struct err err;

    must(clock_fix("2026-11-20T16:11:00Z", &err));
    case_finish(c);
    for (int i = 0; i < 3; i++) {
        static const char *const names[] = { "20261120T161100Z",
            "20261120T161100Z-2", "20261120T161100Z-3" };

        must(ledger_run_open(c->l, &c->a, &run, &err));
        assert_string_equal(run.name, names[i]);
        assert_int_equal(run.state, RUN_CRAWLING);
        c->run = run.id;
        case_finish(c);
    }
    must(ledger_run_get(c->l, 0, &c->a, &run, &err));
    assert_string_equal(run.name, "20261120T161100Z-3");
    assert_int_equal(run.state, RUN_PUBLISHED);
    assert_int_equal(run.finished_at, clock_now_s());
    assert_string_equal(run.archive, "nianbao.tar.zst");
    must(clock_fix(NULL, &err));
}

static void run_that_is_not_there_is_an_input_error(void **state)
{
    struct ledger_case *c = *state;
    struct run run;
    struct err err;

    assert_int_equal(ledger_run_get(c->l, 99, &c->a, &run, &err), -1);
    assert_int_equal(err.kind, ERR_INPUT);
    case_sql(c, "DELETE FROM runs");
    assert_int_equal(ledger_run_get(c->l, 0, &c->a, &run, &err), -1);
    assert_int_equal(err.kind, ERR_INPUT);
}

static void run_with_open_work_cannot_finish(void **state)
{
    struct ledger_case *c = *state;
    struct err err;

    case_fetch(c, "http://a/", "body");
    assert_int_equal(
        ledger_run_finish(c->l, c->run, RUN_EMPTY, NULL, NULL, &err), -1);
    must(ledger_run_crawled(c->l, c->run, &err));
    assert_int_equal(
        ledger_run_finish(c->l, c->run, RUN_EMPTY, NULL, NULL, &err), -1);
    assert_int_equal(err.kind, ERR_FATAL);
    case_load_all(c);
    case_finish(c);
}

static void finishing_twice_changes_nothing(void **state)
{
    struct ledger_case *c = *state;
    struct err err;

    case_finish(c);
    must(ledger_run_finish(c->l, c->run, RUN_EMPTY, NULL, NULL, &err));
    assert_string_equal(case_text(c, "SELECT state FROM runs"), "published");
    assert_int_equal(case_number(c, "SELECT count(*) FROM outbox"), 1);
}

static void empty_run_owes_the_world_nothing(void **state)
{
    struct ledger_case *c = *state;
    struct err err;

    must(ledger_run_crawled(c->l, c->run, &err));
    must(ledger_run_finish(c->l, c->run, RUN_EMPTY, NULL, NULL, &err));
    assert_int_equal(case_number(c, "SELECT count(*) FROM outbox"), 0);
}

static void summary_counts_every_way_to_end(void **state)
{
    struct ledger_case *c = *state;
    struct ledger_fetch gone = { .run = c->run, .status = 404, .at = 1 };
    struct ledger_fetch same = { .run = c->run, .status = 304, .at = 1 };
    struct ledger_fetch later = { .run = c->run, .status = 503, .retry_at = 9 };
    struct run_summary s;
    struct job job;
    struct record *rec;
    struct err err;

    case_source(c, "t", "310000", NULL);
    case_fetch(c, "http://a/", "1");
    case_fetch(c, "http://b/", "1");
    case_fetch(c, "http://c/", "2");
    case_fetch(c, "http://d/", "3");
    case_fetch(c, "http://e/", "4");
    case_fetch_from(c, "t", "http://t/", "5");
    gone.url = case_url(c, "s", "http://gone/");
    same.url = case_url(c, "s", "http://same/");
    later.url = case_url(c, "s", "http://later/");
    must(ledger_fetch_put(c->l, &gone, &err));
    must(ledger_fetch_put(c->l, &same, &err));
    must(ledger_fetch_put(c->l, &later, &err));

    assert_true(case_lease(c, &job));
    rec = case_record(c, job.sha256, "o", 2022, 1);
    rec->status = REPORT_VALID;
    assert_int_equal(case_put(c, &job, rec), LOAD_DONE);
    assert_true(case_lease(c, &job));
    rec = case_record(c, job.sha256, "o", 2022, 1);
    assert_int_equal(case_put(c, &job, rec), LOAD_DONE);
    assert_true(case_lease(c, &job));
    rec = case_record(c, job.sha256, "o", 2022, 0);
    rec->status = REPORT_UNRECOGNIZED;
    assert_int_equal(case_put(c, &job, rec), LOAD_DONE);
    assert_true(case_lease(c, &job));
    must(ledger_job_quarantine(c->l, job.id, job.attempt, "a: b", &err));

    must(ledger_run_summary(c->l, c->run, &s, &err));
    assert_int_equal(s.urls_total, 9);
    assert_int_equal(s.urls_done, 7);
    assert_int_equal(s.urls_failed, 1);
    assert_int_equal(s.requests, 9);
    assert_int_equal(s.not_modified, 1);
    assert_int_equal(s.fetched, 6);
    assert_int_equal(s.duplicates, 1);
    assert_int_equal(s.loaded_valid, 1);
    assert_int_equal(s.loaded_flagged, 1);
    assert_int_equal(s.rejected, 1);
    assert_int_equal(s.quarantined, 1);
    assert_int_equal(s.open, 1);
    must(ledger_source_summary(c->l, c->run, "t", &s, &err));
    assert_int_equal(s.urls_total, 1);
    assert_int_equal(s.fetched, 1);
    assert_int_equal(s.open, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, case_setup, case_teardown)
        CASE(unfinished_run_is_taken_up_again),
        CASE(run_is_named_after_the_clock_and_names_are_unique),
        CASE(run_that_is_not_there_is_an_input_error),
        CASE(run_with_open_work_cannot_finish),
        CASE(finishing_twice_changes_nothing),
        CASE(empty_run_owes_the_world_nothing),
        CASE(summary_counts_every_way_to_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
