/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ledger_export - the same rows in the same order, however the work
 * went.
 */
#include "common/mem.h"
#include "tests/ledger_case.h"

/* A table as text: cells joined by '|', null as '-', a row a line. */
struct sheet {
    struct buf text;
    size_t column_n;
    size_t row_n, stop_at; /* rows taken; 0: never stop */
};

static int add_row(void *ctx, const struct export_row *r, struct err *err)
{
    struct sheet *s = ctx;

    assert_int_equal(r->n, s->column_n);
    for (size_t i = 0; i < r->n; i++) {
        buf_add_str(&s->text, i ? "|" : "");
        buf_add_str(&s->text, r->v[i] ? r->v[i] : "-");
    }
    buf_add_char(&s->text, '\n');
    if (++s->row_n == s->stop_at)
        return err_set(err, ERR_RETRY, "enough");
    return 0;
}

static char *sheet_of(struct ledger_case *c, enum export_table t)
{
    const char *const *columns = ledger_export_columns(t);
    struct sheet s = { 0 };
    struct err err;

    buf_init(&s.text, 1 << 20);
    while (columns[s.column_n])
        s.column_n++;
    must(ledger_export(c->l, t, add_row, &s, &err));
    return buf_take(&s.text, NULL);
}

static char *all_sheets(struct ledger_case *c)
{
    struct buf all;

    buf_init(&all, 1 << 20);
    for (int t = EXPORT_DOCUMENTS; t <= EXPORT_SECTIONS; t++) {
        char *text = sheet_of(c, (enum export_table)t);

        buf_add_str(&all, text);
        mem_free(text);
    }
    return buf_take(&all, NULL);
}

static void assert_columns(enum export_table t, const char *want)
{
    const char *const *columns = ledger_export_columns(t);
    struct buf all;
    char *text;

    buf_init(&all, 1000);
    for (size_t i = 0; columns[i]; i++)
        buf_printf(&all, "%s%s", i ? " " : "", columns[i]);
    text = buf_take(&all, NULL);
    assert_string_equal(text, want);
    mem_free(text);
}

static void columns_have_their_public_names(void **state)
{
    (void)state;
    assert_columns(EXPORT_DOCUMENTS,
        "url final_url fetched_at http_status etag last_modified sha256 "
        "media_type size source run title list_date state reason container "
        "inner_path report_id revision");
    assert_columns(EXPORT_REPORTS,
        "report_id revision superseded_by run source region organization "
        "year form_proactive form_requests form_review form_statistics title "
        "published "
        "status reasons url document_sha256");
    assert_columns(EXPORT_CELLS,
        "report_id revision table row column value raw state unit value_cny "
        "proposed evidence source_table source_row source_col source_page "
        "source_box "
        "reading");
    assert_columns(EXPORT_CHECKS,
        "report_id revision rule form severity status left right difference "
        "left_cells right_cells source message");
    assert_columns(EXPORT_SECTIONS, "report_id revision number heading text");
}

/* ---- the rows -------------------------------------------------------------
 */

static void documents_tell_how_each_ended(void **state)
{
    struct ledger_case *c = *state;
    struct record *rec;
    struct job job;
    struct err err;
    char *text;

    case_sql(c, "UPDATE runs SET name = 'R'");
    case_fetch(c, "http://d/", "open");
    case_fetch(c, "http://b/", "bad");
    case_fetch(c, "http://a/", "abc");
    case_fetch(c, "http://e/", "abc");
    case_fetch(c, "http://c/", "letter");
    case_sql(c, "DELETE FROM leases WHERE id = 1");
    case_sql(c, "INSERT INTO leases (sha256, document, run, state) "
                "SELECT sha256, id, run, 'leased' FROM documents WHERE id = 1");
    assert_true(case_lease(c, &job));
    must(ledger_job_quarantine(c->l, job.id, job.attempt, "q: bad", &err));
    assert_true(case_lease(c, &job));
    case_put(c, &job, case_record(c, job.sha256, "o", 2022, 1));
    assert_true(case_lease(c, &job));
    rec = case_record(c, job.sha256, "o", 2022, 0);
    rec->status = REPORT_UNRECOGNIZED;
    rec->reason_n = 1;
    case_put(c, &job, rec);
    text = sheet_of(c, EXPORT_DOCUMENTS);
    assert_non_null(strstr(text,
        "http://a/|http://a/|1970-01-01T00:16:40Z|200|-|-|"
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad|"
        "text/html|3|s|R|http://a/|-|loaded|-|-|-|110105-o-2022|-\nhttp://b/"));
    assert_non_null(
        strstr(text, "|http://b/|-|quarantined|q: bad|-|-|-|-\nhttp://c/"));
    assert_non_null(
        strstr(text, "|http://c/|-|rejected|a.b: first|-|-|-|-\nhttp://d/"));
    assert_non_null(strstr(text, "|http://d/|-|open|-|-|-|-|-\nhttp://e/"));
    assert_non_null(
        strstr(text, "|http://e/|-|duplicate|document.duplicate: same bytes as "
                     "http://a/|-|-|-|-\n"));
    mem_free(text);
}

static void report_rows_hold_their_parts_in_order(void **state)
{
    struct ledger_case *c = *state;
    char *text;

    case_sql(c, "UPDATE runs SET name = 'R'");
    case_fetch(c, "http://a/", "abc");
    case_load_all(c);
    case_finish(c);
    text = sheet_of(c, EXPORT_REPORTS);
    assert_string_equal(text,
        "110105-o-2022|1|-|R|s|110105|o|2022|-|2021|-|-|title|-|flagged|"
        "a.b: first; c.d: second|http://a/|"
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n");
    mem_free(text);
    text = sheet_of(c, EXPORT_CELLS);
    assert_string_equal(text, "110105-o-2022|1|requests|row0|total|0|0|read|"
                              "count|-|-|-|1|0|9|-|-|text\n"
                              "110105-o-2022|1|requests|row1|total|1|1|read|"
                              "count|-|-|-|1|1|9|-|-|text\n"
                              "110105-o-2022|1|requests|row2|total|2|2|read|"
                              "count|-|-|-|1|2|9|-|-|text\n");
    mem_free(text);
    text = sheet_of(c, EXPORT_CHECKS);
    assert_string_equal(text,
        "110105-o-2022|1|requests.row.row0|2021|error|fail|1|2|-1|"
        "requests.row0.total + requests.row1.total|requests.row2.total|-|"
        "does not add up\n");
    mem_free(text);
    text = sheet_of(c, EXPORT_SECTIONS);
    assert_string_equal(text, "110105-o-2022|1|1|heading|text\n");
    mem_free(text);
}

static void missing_cells_have_no_place(void **state)
{
    struct ledger_case *c = *state;
    struct record *rec;
    struct job job;
    char *text;

    case_fetch(c, "http://a/", "abc");
    assert_true(case_lease(c, &job));
    rec = case_record(c, job.sha256, "o", 2022, 1);
    rec->cells[0].value = rec->cells[0].raw = (struct slice){ NULL, 0 };
    rec->cells[0].state = CELL_MISSING;
    rec->cells[0].source =
        (struct cell_source){ .table = -1, .row = -1, .col = -1 };
    case_put(c, &job, rec);
    case_finish(c);
    text = sheet_of(c, EXPORT_CELLS);
    assert_string_equal(text,
        "110105-o-2022|1|requests|row0|total|-|-|missing|count|-|-|-|-|-|-|"
        "-|-|-\n");
    mem_free(text);
}

static void caller_can_stop_the_walk(void **state)
{
    struct ledger_case *c = *state;
    struct sheet s = { .column_n = 18, .stop_at = 2 };
    struct err err = { 0 };

    case_fetch(c, "http://a/", "1");
    case_fetch(c, "http://b/", "2");
    case_load_all(c);
    buf_init(&s.text, 1 << 20);
    assert_int_equal(ledger_export(c->l, EXPORT_CELLS, add_row, &s, &err), -1);
    assert_int_equal(err.kind, ERR_RETRY);
    assert_int_equal(s.row_n, 2);
    buf_clear(&s.text);
    case_finish(c); /* no statement stands in the way */
}

/* ---- the order of work does not show
 * ----------------------------------------- */

static const char *const urls[] = { "http://a/", "http://b/", "http://c/",
    "http://d/", "http://e/" };
/* a and d carry the same bytes, so do b and e. */
static const char *const bodies[] = { "1", "2", "3", "1", "2" };

/* The last of these quarantines body 3, the others load. */
static void end_job(struct ledger_case *c, const struct job *job)
{
    struct err err;
    char key[STORE_KEY_LEN + 1];

    store_key(SLICE_LIT("3"), key);
    if (strcmp(job->sha256, key) == 0)
        must(ledger_job_quarantine(c->l, job->id, job->attempt, "a: b", &err));
    else /* what comes out depends on the hints of the job */
        case_put(c, job, case_record(c, job->sha256, job->title, 2022, 2));
}

static void work_smoothly(struct ledger_case *c)
{
    struct job job;

    for (int i = 0; i < 5; i++)
        case_fetch(c, urls[i], bodies[i]);
    while (case_lease(c, &job))
        end_job(c, &job);
    case_finish(c);
}

static void work_with_trouble(struct ledger_case *c)
{
    struct job job;
    bool unused;
    struct err err;

    for (int i = 4; i >= 0; i--) {
        case_fetch(c, urls[i], bodies[i]);
        if (case_lease(c, &job)) {
            must(ledger_job_return(
                c->l, job.id, job.attempt, true, 99, "x: y", &unused, &err));
            assert_true(case_lease(c, &job));
            must(ledger_job_release_all(c->l, c->run, &err));
            assert_true(case_lease(c, &job));
            end_job(c, &job);
        }
        case_fetch(c, urls[i], bodies[i]);
    }
    case_finish(c);
}

static void export_does_not_show_the_order_of_work(void **state)
{
    struct ledger_case *smooth = *state;
    void *other = NULL;
    struct ledger_case *rough;
    char *a, *b;

    case_setup(&other);
    rough = other;
    case_sql(smooth, "UPDATE runs SET name = 'R'");
    case_sql(rough, "UPDATE runs SET name = 'R'");
    work_smoothly(smooth);
    work_with_trouble(rough);
    a = all_sheets(smooth);
    b = all_sheets(rough);
    assert_string_equal(a, b);
    assert_non_null(strstr(a, "110105-http://b/-2022|1|"));
    mem_free(a);
    mem_free(b);
    case_teardown(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, case_setup, case_teardown)
        cmocka_unit_test(columns_have_their_public_names),
        CASE(documents_tell_how_each_ended),
        CASE(report_rows_hold_their_parts_in_order),
        CASE(missing_cells_have_no_place),
        CASE(caller_can_stop_the_walk),
        CASE(export_does_not_show_the_order_of_work),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
