/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ledger_job - leases, their fencing, and how often they may fail.
 */
#include "tests/ledger_case.h"

static bool give_back(struct ledger_case *c, const struct job *job, bool fault)
{
    bool quarantined;
    struct err err;

    must(ledger_job_return(c->l, job->id, job->attempt, fault, 2,
        "lease.expired: too often", &quarantined, &err));
    return quarantined;
}

static void every_lease_has_a_higher_attempt(void **state)
{
    struct ledger_case *c = *state;
    struct job first, second, none;

    case_fetch(c, "http://a/", "body");
    assert_true(case_lease(c, &first));
    assert_int_equal(first.attempt, 1);
    assert_false(case_lease(c, &none));
    assert_false(give_back(c, &first, false));
    assert_true(case_lease(c, &second));
    assert_int_equal(second.id, first.id);
    assert_int_equal(second.attempt, 2);
    assert_int_equal(second.failures, 0);
}

static void at_most_max_jobs_are_leased_and_in_order(void **state)
{
    struct ledger_case *c = *state;
    struct job job[4];
    size_t n;
    struct err err;

    case_fetch(c, "http://c/", "1");
    case_fetch(c, "http://b/", "2");
    case_fetch(c, "http://a/", "3");
    must(ledger_job_lease(c->l, c->run, "w", &c->a, job, 2, &n, &err));
    assert_int_equal(n, 2);
    assert_string_equal(job[0].url, "http://c/");
    assert_string_equal(job[1].url, "http://b/");
    must(ledger_job_lease(c->l, c->run, "w", &c->a, job, 4, &n, &err));
    assert_int_equal(n, 1);
}

static void a_share_ends_before_it_is_large(void **state)
{
    struct ledger_case *c = *state;
    struct job job[4];
    size_t n;
    struct err err;

    case_fetch(c, "http://a/", "1");
    case_fetch(c, "http://b/", "2");
    case_fetch(c, "http://c/", "3");
    must(db_exec(
        c->l->db, "UPDATE documents SET size = 3000000 WHERE id <= 2", &err));
    must(ledger_job_lease(c->l, c->run, "w", &c->a, job, 4, &n, &err));
    assert_int_equal(n, 1);
    assert_int_equal(job[0].size, 3000000);
    must(ledger_job_lease(c->l, c->run, "w", &c->a, job, 4, &n, &err));
    assert_int_equal(n, 2);
}

static void failed_job_goes_behind_the_others(void **state)
{
    struct ledger_case *c = *state;
    struct job bad, next;

    case_fetch(c, "http://a/", "1");
    case_fetch(c, "http://b/", "2");
    assert_true(case_lease(c, &bad));
    assert_false(give_back(c, &bad, true));
    assert_true(case_lease(c, &next));
    assert_string_equal(next.url, "http://b/");
    assert_true(case_lease(c, &next));
    assert_int_equal(next.id, bad.id);
    assert_int_equal(next.failures, 1);
}

static void only_faults_count_and_too_many_quarantine(void **state)
{
    struct ledger_case *c = *state;
    struct job job;
    bool done;
    struct err err;

    case_fetch(c, "http://a/", "body");
    for (int i = 0; i < 5; i++) {
        assert_true(case_lease(c, &job));
        assert_false(give_back(c, &job, false));
    }
    assert_true(case_lease(c, &job));
    assert_false(give_back(c, &job, true));
    assert_true(case_lease(c, &job));
    assert_true(give_back(c, &job, true));
    assert_false(case_lease(c, &job));
    must(ledger_job_done(c->l, job.id, &done, &err));
    assert_true(done);
    assert_string_equal(case_text(c, "SELECT reason FROM quarantine"),
        "lease.expired: too often");
}

static void stale_attempt_gives_nothing_back(void **state)
{
    struct ledger_case *c = *state;
    struct job old, now;
    struct err err;

    case_fetch(c, "http://a/", "body");
    assert_true(case_lease(c, &old));
    give_back(c, &old, false);
    assert_true(case_lease(c, &now));
    assert_false(give_back(c, &old, true));
    assert_false(give_back(c, &old, true));
    must(ledger_job_quarantine(c->l, old.id, old.attempt, "a: b", &err));
    assert_string_equal(case_text(c, "SELECT state FROM leases"), "leased");
    assert_int_equal(case_number(c, "SELECT failures FROM leases"), 0);
}

static void finished_job_stays_as_it_ended(void **state)
{
    struct ledger_case *c = *state;
    struct job job;
    struct err err;

    case_fetch(c, "http://a/", "body");
    assert_true(case_lease(c, &job));
    case_put(c, &job, case_record(c, job.sha256, "o", 2022, 3));
    must(ledger_job_quarantine(c->l, job.id, job.attempt, "a: b", &err));
    assert_false(give_back(c, &job, true));
    must(ledger_job_release_all(c->l, c->run, &err));
    assert_string_equal(case_text(c, "SELECT state FROM leases"), "loaded");
    assert_int_equal(case_number(c, "SELECT count(*) FROM quarantine"), 0);
}

static void document_at_fault_is_quarantined_once(void **state)
{
    struct ledger_case *c = *state;
    struct job job;
    struct err err;

    case_fetch(c, "http://a/", "body");
    assert_true(case_lease(c, &job));
    must(ledger_job_quarantine(c->l, job.id, job.attempt, "a: b", &err));
    must(ledger_job_quarantine(c->l, job.id, job.attempt, "c: d", &err));
    assert_string_equal(case_text(c, "SELECT reason FROM quarantine"), "a: b");
}

static void restart_queues_all_leases_without_fault(void **state)
{
    struct ledger_case *c = *state;
    struct job job;
    uint64_t open, queued;
    struct err err;

    case_fetch(c, "http://a/", "1");
    case_fetch(c, "http://b/", "2");
    assert_true(case_lease(c, &job));
    must(ledger_job_open_n(c->l, c->run, &open, &queued, &err));
    assert_int_equal(open, 2);
    assert_int_equal(queued, 1);
    must(ledger_job_release_all(c->l, c->run, &err));
    must(ledger_job_open_n(c->l, c->run, &open, &queued, &err));
    assert_int_equal(queued, 2);
    assert_int_equal(case_number(c, "SELECT sum(failures) FROM leases"), 0);
}

static void answer_after_a_restart_still_counts(void **state)
{
    struct ledger_case *c = *state;
    struct job job, none;
    struct err err;

    case_fetch(c, "http://a/", "body");
    assert_true(case_lease(c, &job));
    must(ledger_job_release_all(c->l, c->run, &err));
    assert_int_equal(
        case_put(c, &job, case_record(c, job.sha256, "o", 2022, 3)), LOAD_DONE);
    assert_false(case_lease(c, &none));
}

static void job_that_is_not_there_is_an_input_error(void **state)
{
    struct ledger_case *c = *state;
    bool done;
    struct err err;

    assert_int_equal(ledger_job_done(c->l, 7, &done, &err), -1);
    assert_int_equal(err.kind, ERR_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, case_setup, case_teardown)
        CASE(every_lease_has_a_higher_attempt),
        CASE(at_most_max_jobs_are_leased_and_in_order),
        CASE(a_share_ends_before_it_is_large),
        CASE(failed_job_goes_behind_the_others),
        CASE(only_faults_count_and_too_many_quarantine),
        CASE(stale_attempt_gives_nothing_back),
        CASE(finished_job_stays_as_it_ended),
        CASE(document_at_fault_is_quarantined_once),
        CASE(restart_queues_all_leases_without_fault),
        CASE(answer_after_a_restart_still_counts),
        CASE(job_that_is_not_there_is_an_input_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
