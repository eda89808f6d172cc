/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ledger_seal - which documents are one report, and what is said of
 * those that say otherwise.
 */
#include "tests/check.h"

#include "tests/ledger_case.h"

/* One document to come: its address, the page that links to it, what it
 * says in requests.row0.total and row1, and whether its sum holds. */
struct doc {
    const char *url, *parent, *reader, *first, *second;
    bool valid;
};

static void fetch(struct ledger_case *c, const struct doc *d)
{
    struct ledger_url u = { .source = "s",
        .url = d->url,
        .kind = URL_DOCUMENT,
        .parent = d->parent ? case_url(c, "s", d->parent) : 0 };
    struct err err;

    must(ledger_url_put(c->l, c->run, &u, NULL, &err));
    case_fetch(c, d->url,
        arena_printf(&c->a, "%s %s %s %lld", d->url, d->first,
            d->second ? d->second : "-", (long long)c->run)
            .p);
}

static struct record *record_of(
    struct ledger_case *c, const struct job *job, const struct doc *d)
{
    struct record *rec = case_record(c, job->sha256, "o", 2022, 2);

    rec->reader = slice_str(d->reader);
    rec->status = d->valid ? REPORT_VALID : REPORT_FLAGGED;
    rec->reason_n = d->valid ? 0 : 1;
    rec->cells[0].value = slice_str(d->first);
    rec->cells[1].value = slice_str(d->second);
    rec->checks[0].status = d->valid ? CHECK_PASS : CHECK_FAIL;
    rec->checks[0].left_cells = SLICE_LIT("requests.row0.total");
    return rec;
}

/* Fetch them in this order, load them in the other, end the run. */
static void run_with(struct ledger_case *c, const struct doc *doc, size_t n)
{
    struct job job[8];
    struct err err;
    size_t leased;

    for (size_t i = 0; i < n; i++)
        fetch(c, &doc[i]);
    must(ledger_job_lease(c->l, c->run, "w", &c->a, job, 8, &leased, &err));
    assert_int_equal(leased, n);
    for (size_t i = n; i-- > 0;)
        for (size_t k = 0; k < n; k++)
            if (strcmp(job[i].url, doc[k].url) == 0)
                case_put(c, &job[i], record_of(c, &job[i], &doc[k]));
    case_sql(c, "UPDATE urls SET state = 'done'");
    case_finish(c);
    case_open_run(c);
}

/* "url=revision" or "url~url of the preferred", in order of address. */
static const char *places(struct ledger_case *c)
{
    return case_text(c,
        "SELECT group_concat(x, ' ') FROM (SELECT replace(u.url, 'http://', "
        "'') || CASE WHEN r.rendering_of IS NULL THEN '=' || r.revision "
        "ELSE '~' || replace(v.url, 'http://', '') END AS x FROM reports r "
        "JOIN leases j ON j.id = r.job JOIN documents d ON d.id = j.document "
        "JOIN urls u ON u.id = d.url LEFT JOIN reports p "
        "ON p.id = r.rendering_of LEFT JOIN leases k ON k.id = p.job "
        "LEFT JOIN documents e ON e.id = k.document "
        "LEFT JOIN urls v ON v.id = e.url ORDER BY u.url, r.id)");
}

/* "severity status left_cells" of the check of the first revision. */
static const char *check(struct ledger_case *c)
{
    return case_text(c,
        "SELECT k.severity || ' ' || k.status || ' ' || "
        "coalesce(k.left_cells, '-') FROM checks k JOIN reports r "
        "ON r.id = k.report WHERE k.rule = 'report.renderings' "
        "AND r.revision = 1");
}

static const char *status(struct ledger_case *c)
{
    return case_text(
        c, "SELECT status || ' ' || reasons FROM reports WHERE revision = 1");
}

static void hear(void *ctx, const struct audit_line *line)
{
    if (!line->holds)
        fail_msg("%s: %s", line->what, line->detail);
    (void)ctx;
}

static void assert_audited(struct ledger_case *c)
{
    struct err err;

    must(ledger_audit(c->l, hear, NULL, &err));
}

#define RUN(c, ...)                                                            \
    do {                                                                       \
        const struct doc docs_[] = { __VA_ARGS__ };                            \
        run_with(c, docs_, sizeof(docs_) / sizeof(docs_[0]));                  \
        assert_audited(c);                                                     \
    } while (0)

static void a_page_and_its_attachment_are_one_report(void **state)
{
    RUN(*state, { "http://a", NULL, "html", "1", "2", true },
        { "http://b", "http://a", "pdf", "1", "2", true });
    assert_string_equal(places(*state), "a=1 b~a");
    assert_string_equal(check(*state), "warning pass -");
    assert_string_equal(status(*state), "valid ");
}

static void the_one_that_checks_out_is_preferred(void **state)
{
    RUN(*state, { "http://a", NULL, "html", "9", "2", false },
        { "http://b", "http://a", "pdf", "1", "2", true });
    assert_string_equal(places(*state), "a~b b=1");
    assert_string_equal(check(*state), "warning fail requests.row0.total");
    assert_string_equal(status(*state), "valid ");
}

static void what_no_sum_decides_flags_the_report(void **state)
{
    /* row1 is in no check */
    RUN(*state, { "http://a", NULL, "html", "1", "2", true },
        { "http://b", "http://a", "pdf", "1", "3", true });
    assert_string_equal(places(*state), "a=1 b~a");
    assert_string_equal(check(*state), "error fail requests.row1.total");
    assert_string_equal(status(*state),
        "flagged report.renderings: another document of this report shows 1 "
        "other number");
}

static void a_picture_does_not_speak_against_characters(void **state)
{
    RUN(*state, { "http://a", NULL, "html", "1", "2", true },
        { "http://b", "http://a", "pdf-ocr", "1", "3", true });
    assert_string_equal(check(*state), "warning fail requests.row1.total");
    assert_string_equal(status(*state), "valid ");
}

static void renderings_without_a_common_number_are_not_comparable(void **state)
{
    RUN(*state, { "http://a", NULL, "html", "1", NULL, false },
        { "http://b", "http://a", "docx", NULL, "2", true });
    assert_string_equal(places(*state), "a~b b=1");
    assert_string_equal(check(*state), "warning not_evaluable -");
}

static void the_same_numbers_elsewhere_are_no_new_revision(void **state)
{
    RUN(*state, { "http://a", NULL, "html", "1", "2", true },
        { "http://b", NULL, "html", "1", "2", true },
        { "http://c", NULL, "html", "1", "3", true });
    assert_string_equal(places(*state), "a=1 b~a c=2");
}

static void a_rendering_that_comes_late_changes_no_revision(void **state)
{
    RUN(*state, { "http://a", NULL, "pdf", "1", NULL, false });
    RUN(*state, { "http://b", "http://a", "docx", "1", "2", true },
        { "http://c", NULL, "html", "1", NULL, true });
    assert_string_equal(places(*state), "a=1 b~a c~a");
    assert_string_equal(check(*state), "warning pass -");
}

static void a_late_contradiction_is_a_new_revision(void **state)
{
    RUN(*state, { "http://a", NULL, "html", "1", "2", true });
    RUN(*state, { "http://b", "http://a", "docx", "1", "3", true });
    assert_string_equal(places(*state), "a=1 b=2");
    assert_null(check(*state));
}

static void new_content_of_an_address_is_a_new_revision(void **state)
{
    RUN(*state, { "http://a", NULL, "html", "1", "2", true },
        { "http://b", "http://a", "pdf", "1", "2", true });
    RUN(*state, { "http://a", NULL, "html", "1", "2", true });
    assert_string_equal(places(*state), "a=1 a=2 b~a");
    RUN(*state, { "http://b", "http://a", "pdf", "1", "4", true });
    assert_string_equal(places(*state), "a=1 a=2 b~a b=3");
}

static void sealing_again_changes_nothing(void **state)
{
    struct ledger_case *c = *state;
    struct err err;

    RUN(c, { "http://a", NULL, "html", "1", "2", true },
        { "http://b", "http://a", "pdf", "1", "3", true });
    case_sql(c, "UPDATE reports SET revision = NULL, rendering_of = NULL");
    must(ledger_revisions_seal(c->l, &err));
    must(ledger_revisions_seal(c->l, &err));
    assert_string_equal(places(c), "a=1 b~a");
    assert_string_equal(status(c),
        "flagged report.renderings: another document of this report shows 1 "
        "other number");
    assert_int_equal(case_number(c, "SELECT count(*) FROM checks WHERE rule = "
                                    "'report.renderings'"),
        1);
    assert_audited(c);
}

static void the_first_page_by_address_is_the_parent(void **state)
{
    struct ledger_case *c = *state;
    const struct doc file = { "http://f", "http://b", "pdf", "1", "2", true };
    struct doc again = file;

    fetch(c, &file);
    again.parent = "http://a";
    fetch(c, &again);
    again.parent = "http://c";
    fetch(c, &again);
    assert_string_equal(
        case_text(c, "SELECT p.url FROM urls u JOIN urls p ON p.id = u.parent "
                     "WHERE u.url = 'http://f'"),
        "http://a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, case_setup, case_teardown)
        CASE(a_page_and_its_attachment_are_one_report),
        CASE(the_one_that_checks_out_is_preferred),
        CASE(what_no_sum_decides_flags_the_report),
        CASE(a_picture_does_not_speak_against_characters),
        CASE(renderings_without_a_common_number_are_not_comparable),
        CASE(the_same_numbers_elsewhere_are_no_new_revision),
        CASE(a_rendering_that_comes_late_changes_no_revision),
        CASE(a_late_contradiction_is_a_new_revision),
        CASE(new_content_of_an_address_is_a_new_revision),
        CASE(sealing_again_changes_nothing),
        CASE(the_first_page_by_address_is_the_parent),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
