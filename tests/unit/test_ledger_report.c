/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ledger_report - a record is in whole, once; revisions hang on public
 * values alone.
 */
#include "tests/ledger_case.h"

static void record_is_loaded_with_all_its_parts(void **state)
{
    struct ledger_case *c = *state;
    struct job job;

    case_fetch(c, "http://a/", "body");
    assert_true(case_lease(c, &job));
    assert_int_equal(
        case_put(c, &job, case_record(c, job.sha256, "朝阳区", 2022, 30)),
        LOAD_DONE);
    assert_string_equal(
        case_text(c, "SELECT report_id FROM reports"), "110105-朝阳区-2022");
    assert_string_equal(
        case_text(c, "SELECT reasons FROM reports"), "a.b: first; c.d: second");
    assert_int_equal(case_number(c, "SELECT count(*) FROM cells"), 30);
    assert_int_equal(case_number(c, "SELECT count(*) FROM checks"), 1);
    assert_int_equal(case_number(c, "SELECT count(*) FROM sections"), 1);
    assert_string_equal(case_text(c, "SELECT state FROM leases"), "loaded");
}

static void repeated_record_changes_nothing(void **state)
{
    struct ledger_case *c = *state;
    struct job job;

    case_fetch(c, "http://a/", "body");
    assert_true(case_lease(c, &job));
    case_put(c, &job, case_record(c, job.sha256, "o", 2022, 3));
    assert_int_equal(
        case_put(c, &job, case_record(c, job.sha256, "p", 2021, 9)),
        LOAD_REPEATED);
    assert_int_equal(case_number(c, "SELECT count(*) FROM reports"), 1);
    assert_int_equal(case_number(c, "SELECT count(*) FROM cells"), 3);
}

static void record_of_an_older_lease_is_stale(void **state)
{
    struct ledger_case *c = *state;
    struct job old, now;
    struct err err;

    case_fetch(c, "http://a/", "body");
    assert_true(case_lease(c, &old));
    must(ledger_job_release_all(c->l, c->run, &err));
    assert_true(case_lease(c, &now));
    assert_int_equal(
        case_put(c, &old, case_record(c, old.sha256, "o", 2022, 3)),
        LOAD_STALE);
    assert_int_equal(case_number(c, "SELECT count(*) FROM reports"), 0);
    assert_int_equal(
        case_put(c, &now, case_record(c, now.sha256, "o", 2022, 3)), LOAD_DONE);
}

static void record_of_a_quarantined_job_is_stale(void **state)
{
    struct ledger_case *c = *state;
    struct job job;
    struct err err;

    case_fetch(c, "http://a/", "body");
    assert_true(case_lease(c, &job));
    must(ledger_job_quarantine(c->l, job.id, job.attempt, "a: b", &err));
    assert_int_equal(
        case_put(c, &job, case_record(c, job.sha256, "o", 2022, 3)),
        LOAD_STALE);
}

static void record_of_other_bytes_is_refused(void **state)
{
    struct ledger_case *c = *state;
    enum load_result result;
    struct job job;
    struct err err;
    char key[STORE_KEY_LEN + 1];

    case_fetch(c, "http://a/", "body");
    assert_true(case_lease(c, &job));
    store_key(SLICE_LIT("other"), key);
    assert_int_equal(ledger_report_put(c->l, job.id, job.attempt,
                         case_record(c, key, "o", 2022, 3), &result, &err),
        -1);
    assert_int_equal(err.kind, ERR_INPUT);
    assert_string_equal(case_text(c, "SELECT state FROM leases"), "leased");
}

static void unrecognized_document_is_rejected_with_its_reason(void **state)
{
    struct ledger_case *c = *state;
    struct record *rec;
    struct job job;

    case_fetch(c, "http://a/", "body");
    assert_true(case_lease(c, &job));
    rec = case_record(c, job.sha256, "o", 2022, 0);
    rec->status = REPORT_UNRECOGNIZED;
    assert_int_equal(case_put(c, &job, rec), LOAD_DONE);
    assert_int_equal(case_put(c, &job, rec), LOAD_REPEATED);
    assert_string_equal(case_text(c, "SELECT state FROM leases"), "rejected");
    assert_string_equal(
        case_text(c, "SELECT reason FROM leases"), "a.b: first; c.d: second");
    assert_int_equal(case_number(c, "SELECT count(*) FROM reports"), 0);
}

static void unknown_parts_are_named_so_and_supersede_nothing(void **state)
{
    struct ledger_case *c = *state;
    struct job job;
    struct err err;

    case_fetch(c, "http://a/", "1");
    case_fetch(c, "http://b/", "2");
    while (case_lease(c, &job))
        case_put(c, &job, case_record(c, job.sha256, NULL, 0, 1));
    must(ledger_revisions_seal(c->l, &err));
    assert_string_equal(case_text(c, "SELECT DISTINCT report_id FROM reports"),
        "110105-unknown-unknown");
    assert_int_equal(case_number(c, "SELECT max(revision) FROM reports"), 2);
    assert_int_equal(
        case_number(c, "SELECT count(superseded_by) FROM reports"), 0);
}

static void failed_record_leaves_its_group_whole(void **state)
{
    struct ledger_case *c = *state;
    enum load_result result;
    struct record *bad;
    struct job first, second;
    struct err err;

    case_fetch(c, "http://a/", "1");
    case_fetch(c, "http://b/", "2");
    assert_true(case_lease(c, &first));
    assert_true(case_lease(c, &second));
    bad = case_record(c, second.sha256, "o", 2022, 3);
    bad->cells[2].table = (struct slice){ NULL, 0 }; /* breaks the schema */
    must(ledger_begin(c->l, &err));
    case_put(c, &first, case_record(c, first.sha256, "o", 2022, 3));
    assert_int_equal(
        ledger_report_put(c->l, second.id, second.attempt, bad, &result, &err),
        -1);
    must(ledger_commit(c->l, &err));
    assert_int_equal(case_number(c, "SELECT count(*) FROM reports"), 1);
    assert_int_equal(case_number(c, "SELECT count(*) FROM cells"), 3);
}

/* ---- revisions ------------------------------------------------------------
 */

/* One report id, three documents of one run; `order` is the order in which
 * their records arrive.  The numbers by address, as text. */
static const char *seal_in_order(struct ledger_case *c, const char *order)
{
    static const char *const url[] = { "http://a/", "http://b/", "http://c/" };
    static const char *const day[] = { "2023-03-01", "2023-01-20", NULL };
    struct job job[3];
    struct err err;
    size_t n;

    for (int i = 0; i < 3; i++)
        case_fetch(c, url[i], url[i]);
    must(ledger_job_lease(c->l, c->run, "w", &c->a, job, 3, &n, &err));
    for (; *order; order++) {
        int i = *order - '0';
        struct record *rec = case_record(c, job[i].sha256, "o", 2022, 1);

        rec->published = slice_str(day[i]);
        rec->cells[0].value = arena_printf(&c->a, "%d", i);
        case_put(c, &job[i], rec);
        must(ledger_revisions_seal(c->l, &err)); /* also in between */
    }
    return case_text(c,
        "SELECT group_concat(revision || '>' || "
        "coalesce(superseded_by, '-'), ' ') FROM (SELECT revision, "
        "superseded_by FROM reports r JOIN leases j ON j.id = r.job "
        "JOIN documents d ON d.id = j.document JOIN urls u ON u.id = d.url "
        "ORDER BY u.url)");
}

static const char sealed[] = "3>- 2>3 1>2";

static void revisions_of_arrival_first_to_last(void **state)
{
    assert_string_equal(seal_in_order(*state, "012"), sealed);
}

static void revisions_of_arrival_last_to_first(void **state)
{
    assert_string_equal(seal_in_order(*state, "210"), sealed);
}

static void revisions_of_arrival_mixed(void **state)
{
    assert_string_equal(seal_in_order(*state, "102"), sealed);
}

static void numbers_that_a_run_published_stay(void **state)
{
    struct ledger_case *c = *state;
    struct job job;
    struct record *rec;

    case_fetch(c, "http://b/", "1");
    assert_true(case_lease(c, &job));
    rec = case_record(c, job.sha256, "o", 2022, 1);
    rec->published = SLICE_LIT("2024-01-01");
    case_put(c, &job, rec);
    case_finish(c);
    case_open_run(c);
    case_fetch(c, "http://a/", "2");
    case_load_all(c);
    case_finish(c);
    assert_int_equal(
        case_number(c, "SELECT revision FROM reports r JOIN leases j "
                       "ON j.id = r.job WHERE j.run = 1"),
        1);
    assert_int_equal(
        case_number(c, "SELECT superseded_by FROM reports WHERE revision = 1"),
        2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, case_setup, case_teardown)
        CASE(record_is_loaded_with_all_its_parts),
        CASE(repeated_record_changes_nothing),
        CASE(record_of_an_older_lease_is_stale),
        CASE(record_of_a_quarantined_job_is_stale),
        CASE(record_of_other_bytes_is_refused),
        CASE(unrecognized_document_is_rejected_with_its_reason),
        CASE(unknown_parts_are_named_so_and_supersede_nothing),
        CASE(failed_record_leaves_its_group_whole),
        CASE(revisions_of_arrival_first_to_last),
        CASE(revisions_of_arrival_last_to_first),
        CASE(revisions_of_arrival_mixed),
        CASE(numbers_that_a_run_published_stay),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
