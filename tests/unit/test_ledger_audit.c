/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ledger_audit - the promises hold, and planted damage is named.
 */
#include "tests/ledger_case.h"

struct verdict {
    unsigned line_n, broken_n;
    char broken[2048]; /* what is broken, a line each */
    char counted[256]; /* detail of the first promise about documents */
};

static void note(void *ctx, const struct audit_line *a)
{
    struct verdict *v = ctx;

    v->line_n++;
    if (strncmp(a->detail, "fetched=", 8) == 0)
        snprintf(v->counted, sizeof(v->counted), "%s", a->detail);
    if (a->holds)
        return;
    v->broken_n++;
    snprintf(v->broken + strlen(v->broken),
        sizeof(v->broken) - strlen(v->broken), "%s: %s\n", a->what, a->detail);
}

static struct verdict audit(struct ledger_case *c)
{
    struct verdict v = { 0 };
    struct err err;

    must(ledger_audit(c->l, note, &v, &err));
    return v;
}

/* A finished run with every way to end. */
static void fill(struct ledger_case *c)
{
    struct record *rec;
    struct job job;
    struct err err;

    case_fetch(c, "http://a/", "1");
    case_fetch(c, "http://b/", "2");
    case_fetch(c, "http://c/", "3");
    case_fetch(c, "http://d/", "1");
    case_fetch(c, "http://e/", "4");
    assert_true(case_lease(c, &job));
    must(ledger_job_quarantine(c->l, job.id, job.attempt, "a: b", &err));
    assert_true(case_lease(c, &job));
    rec = case_record(c, job.sha256, "o", 2022, 0);
    rec->status = REPORT_UNRECOGNIZED;
    case_put(c, &job, rec);
    case_load_all(c);
    case_finish(c);
}

static void whole_ledger_holds_every_promise(void **state)
{
    struct ledger_case *c = *state;
    struct verdict v;

    v = audit(c);
    assert_string_equal(v.broken, "");
    fill(c);
    v = audit(c);
    assert_string_equal(v.broken, "");
    assert_true(v.line_n >= 10);
    assert_string_equal(v.counted,
        "fetched=5 loaded=2 rejected=1 quarantined=1 duplicate=1 "
        "unpacked=0 open=0");
}

static void open_documents_of_the_running_run_break_nothing(void **state)
{
    struct ledger_case *c = *state;
    struct job job;

    case_fetch(c, "http://a/", "1");
    case_fetch(c, "http://b/", "2");
    assert_true(case_lease(c, &job));
    assert_string_equal(audit(c).broken, "");
}

/* Damage done with foreign keys off, as a bug or a bad disk would. */
static void assert_damage_is_named(
    struct ledger_case *c, const char *sql, const char *named)
{
    struct verdict v;

    fill(c);
    case_sql(c, "PRAGMA foreign_keys = OFF");
    case_sql(c, sql);
    v = audit(c);
    assert_true(v.broken_n > 0);
    if (!strstr(v.broken, named))
        fail_msg("\"%s\" is not in:\n%s", named, v.broken);
}

#define DAMAGE(name, sql, named)                                               \
    static void name(void **state)                                             \
    {                                                                          \
        assert_damage_is_named(*state, sql, named);                            \
    }

DAMAGE(lost_report_is_named, "DELETE FROM reports WHERE id = 1",
    "every loaded document has one report, every report its document: "
    "loaded=2 reports=1 without_report=1 without_document=0")
DAMAGE(lost_cell_is_named, "DELETE FROM cells WHERE report = 1 AND seq = 1",
    "every report has all its cells, checks and sections: reports=2 cells=5 "
    "checks=2 incomplete=1")
DAMAGE(
    lost_check_is_named, "DELETE FROM checks WHERE report = 2", "incomplete=1")
DAMAGE(lost_section_is_named, "DELETE FROM sections", "incomplete=2")
DAMAGE(lost_job_is_named, "DELETE FROM leases WHERE state = 'rejected'",
    "unpacked, or is still open: fetched=5 loaded=2 rejected=0 quarantined=1 "
    "duplicate=1 unpacked=0 open=0")
DAMAGE(lost_document_is_named, "DELETE FROM documents WHERE id = 2",
    "every body that was kept has its document: bodies=5 "
    "without_document=1")
DAMAGE(lost_reason_is_named, "DELETE FROM quarantine",
    "every document set aside has its reason: quarantined=1 "
    "without_reason=1")
DAMAGE(gap_in_revisions_is_named,
    "UPDATE reports SET revision = 3, superseded_by = NULL "
    "WHERE revision = 2",
    "without gaps: report_ids=1 with_gaps=1 unnumbered=0")
DAMAGE(unnumbered_report_is_named,
    "UPDATE reports SET revision = NULL, superseded_by = NULL WHERE id = 2",
    "unnumbered=1")
DAMAGE(open_lease_of_a_finished_run_is_named,
    "UPDATE leases SET state = 'leased' WHERE state = 'quarantined'",
    "nothing of a finished run is open: finished_runs=1 open_documents=1")
DAMAGE(open_visit_of_a_finished_run_is_named,
    "UPDATE urls SET state = 'due' WHERE id = 1", "open_visits=1")
DAMAGE(job_of_the_wrong_duplicate_is_named,
    "UPDATE leases SET document = 4 WHERE document = 1",
    "the first one is read: contents=4 read_for_another=1")
DAMAGE(archive_without_outbox_is_named, "DELETE FROM outbox",
    "published=1 without_archive=1")
DAMAGE(orphan_is_named, "DELETE FROM sources",
    "every row belongs to one that is there: orphans=5")

static void contents_are_counted_once_each(void **state)
{
    struct ledger_case *c = *state;
    uint64_t n;
    struct err err;

    fill(c);
    must(ledger_content_n(c->l, &n, &err));
    assert_int_equal(n, 4);
}

struct walked {
    unsigned n;
    char last[STORE_KEY_LEN + 1];
};

static int note_content(
    void *ctx, const char *sha256, const char *url, struct err *err)
{
    struct walked *w = ctx;

    (void)err;
    assert_true(strcmp(w->last, sha256) < 0);
    assert_int_equal(strlen(sha256), STORE_KEY_LEN);
    assert_int_equal(strncmp(url, "http://", 7), 0);
    snprintf(w->last, sizeof(w->last), "%s", sha256);
    w->n++;
    return 0;
}

static void contents_come_in_the_order_of_their_hashes(void **state)
{
    struct ledger_case *c = *state;
    struct walked w = { 0 };
    struct err err;

    fill(c);
    must(ledger_content_walk(c->l, note_content, &w, &err));
    assert_int_equal(w.n, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, case_setup, case_teardown)
        CASE(whole_ledger_holds_every_promise),
        CASE(open_documents_of_the_running_run_break_nothing),
        CASE(lost_report_is_named),
        CASE(lost_cell_is_named),
        CASE(lost_check_is_named),
        CASE(lost_section_is_named),
        CASE(lost_job_is_named),
        CASE(lost_document_is_named),
        CASE(lost_reason_is_named),
        CASE(gap_in_revisions_is_named),
        CASE(unnumbered_report_is_named),
        CASE(open_lease_of_a_finished_run_is_named),
        CASE(open_visit_of_a_finished_run_is_named),
        CASE(job_of_the_wrong_duplicate_is_named),
        CASE(archive_without_outbox_is_named),
        CASE(orphan_is_named),
        CASE(contents_are_counted_once_each),
        CASE(contents_come_in_the_order_of_their_hashes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
