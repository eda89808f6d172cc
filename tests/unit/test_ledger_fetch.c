/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ledger_fetch - one document per address and content, one job per
 * content, whichever came first.
 */
#include "tests/ledger_case.h"

static void same_bytes_at_the_same_address_are_one_document(void **state)
{
    struct ledger_case *c = *state;

    case_fetch(c, "http://a/", "body");
    case_fetch(c, "http://a/", "body");
    assert_int_equal(case_number(c, "SELECT count(*) FROM fetches"), 2);
    assert_int_equal(case_number(c, "SELECT count(*) FROM documents"), 1);
    assert_int_equal(case_number(c, "SELECT count(*) FROM leases"), 1);
}

static void same_bytes_at_a_second_address_are_no_second_job(void **state)
{
    struct ledger_case *c = *state;

    case_fetch(c, "http://a/", "body");
    case_fetch(c, "http://b/", "body");
    assert_int_equal(case_number(c, "SELECT count(*) FROM documents"), 2);
    assert_int_equal(case_number(c, "SELECT count(*) FROM leases"), 1);
}

static void changed_bytes_are_a_second_document_and_job(void **state)
{
    struct ledger_case *c = *state;

    case_fetch(c, "http://a/", "old");
    case_fetch(c, "http://a/", "new");
    assert_int_equal(case_number(c, "SELECT count(*) FROM documents"), 2);
    assert_int_equal(case_number(c, "SELECT count(*) FROM leases"), 2);
}

static void job_reads_with_the_hints_of_the_visit(void **state)
{
    struct ledger_case *c = *state;
    struct job job;

    case_source(c, "t", "310000", "上海市");
    case_fetch_from(c, "t", "http://t/", "body");
    case_sql(c, "UPDATE urls SET title = 'changed'");
    assert_true(case_lease(c, &job));
    assert_string_equal(job.title, "http://t/");
    assert_string_equal(job.region, "310000");
    assert_string_equal(job.organization, "上海市");
    assert_string_equal(job.source, "t");
    assert_string_equal(job.media_type, "text/html");
    assert_null(job.list_date);
}

static void earlier_address_of_the_same_run_takes_the_job_over(void **state)
{
    struct ledger_case *c = *state;
    struct job late, early;

    case_fetch(c, "http://b/", "body");
    assert_true(case_lease(c, &late));
    assert_int_equal(
        case_put(c, &late, case_record(c, late.sha256, "o", 2022, 3)),
        LOAD_DONE);
    case_fetch(c, "http://a/", "body");
    assert_int_equal(case_number(c, "SELECT count(*) FROM reports"), 0);
    assert_int_equal(case_number(c, "SELECT count(*) FROM cells"), 0);
    assert_int_equal(
        case_put(c, &late, case_record(c, late.sha256, "o", 2022, 3)),
        LOAD_STALE);
    assert_true(case_lease(c, &early));
    assert_int_equal(early.id, late.id);
    assert_string_equal(early.url, "http://a/");
    assert_true(early.attempt > late.attempt);
    assert_int_equal(
        case_put(c, &early, case_record(c, early.sha256, "o", 2022, 3)),
        LOAD_DONE);
}

static void later_address_leaves_the_job_alone(void **state)
{
    struct ledger_case *c = *state;
    struct job job;

    case_fetch(c, "http://a/", "body");
    case_load_all(c);
    case_fetch(c, "http://b/", "body");
    assert_false(case_lease(c, &job));
    assert_int_equal(case_number(c, "SELECT count(*) FROM reports"), 1);
}

static void earlier_run_keeps_its_content(void **state)
{
    struct ledger_case *c = *state;
    struct job job;

    case_fetch(c, "http://b/", "body");
    case_load_all(c);
    case_finish(c);
    case_open_run(c);
    case_fetch(c, "http://a/", "body");
    assert_false(case_lease(c, &job));
    assert_int_equal(case_number(c, "SELECT count(*) FROM reports"), 1);
    assert_int_equal(
        case_number(c, "SELECT count(*) FROM leases WHERE run = 1"), 1);
}

static void quarantined_content_starts_over_with_its_first_address(void **state)
{
    struct ledger_case *c = *state;
    struct job job;
    struct err err;

    case_fetch(c, "http://b/", "body");
    assert_true(case_lease(c, &job));
    must(ledger_job_quarantine(c->l, job.id, job.attempt, "a: b", &err));
    case_fetch(c, "http://a/", "body");
    assert_int_equal(case_number(c, "SELECT count(*) FROM quarantine"), 0);
    assert_true(case_lease(c, &job));
}

static void hash_that_is_none_is_refused_whole(void **state)
{
    struct ledger_case *c = *state;
    struct ledger_fetch f = { .run = c->run,
        .url = case_url(c, "s", "http://a/"),
        .status = 200,
        .sha256 = "ABC" };
    struct err err;

    assert_int_equal(ledger_fetch_put(c->l, &f, &err), -1);
    assert_int_equal(err.kind, ERR_FATAL);
    assert_int_equal(case_number(c, "SELECT count(*) FROM fetches"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, case_setup, case_teardown)
        CASE(same_bytes_at_the_same_address_are_one_document),
        CASE(same_bytes_at_a_second_address_are_no_second_job),
        CASE(changed_bytes_are_a_second_document_and_job),
        CASE(job_reads_with_the_hints_of_the_visit),
        CASE(earlier_address_of_the_same_run_takes_the_job_over),
        CASE(later_address_leaves_the_job_alone),
        CASE(earlier_run_keeps_its_content),
        CASE(quarantined_content_starts_over_with_its_first_address),
        CASE(hash_that_is_none_is_refused_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
