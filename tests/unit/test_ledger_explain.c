/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ledger_explain - one cell's story, the names there are, quarantine.
 */
#include "tests/ledger_case.h"

/* Two revisions of one report; the newer one has the cells. */
static void fill(struct ledger_case *c)
{
    struct record *rec;
    struct job job;

    case_fetch(c, "http://a/", "old");
    assert_true(case_lease(c, &job));
    case_put(c, &job, case_record(c, job.sha256, "o", 2022, 1));
    case_finish(c);
    case_open_run(c);
    case_fetch(c, "http://a/", "new");
    assert_true(case_lease(c, &job));
    rec = case_record(c, job.sha256, "o", 2022, 4);
    rec->cells[1].state = CELL_ANNOTATED;
    rec->cells[1].raw = SLICE_LIT("1笔");
    rec->cells[1].proposed = SLICE_LIT("7");
    rec->cells[1].evidence = SLICE_LIT("the sums say so");
    rec->cells[1].source.page = 2;
    rec->cells[1].source.box[2] = 10.5f;
    rec->cells[1].source.box[3] = 20.25f;
    case_put(c, &job, rec);
    case_finish(c);
}

static int explain(
    struct ledger_case *c, const char *row, struct record *rec, struct err *err)
{
    const char *url;
    int64_t at;

    return ledger_explain(c->l, "110105-o-2022", "requests", row, "total",
        &c->a, rec, &url, &at, err);
}

static void cell_is_told_with_all_it_has(void **state)
{
    struct ledger_case *c = *state;
    const struct cell *cell;
    struct record rec;
    const char *url;
    int64_t at;
    struct err err;

    fill(c);
    must(ledger_explain(c->l, "110105-o-2022", "requests", "row1", "total",
        &c->a, &rec, &url, &at, &err));
    assert_int_equal(rec.cell_n, 1);
    cell = &rec.cells[0];
    assert_true(slice_eq_str(cell->value, "1"));
    assert_true(slice_eq_str(cell->raw, "1笔"));
    assert_int_equal(cell->state, CELL_ANNOTATED);
    assert_true(slice_eq_str(cell->proposed, "7"));
    assert_true(slice_eq_str(cell->evidence, "the sums say so"));
    assert_int_equal(cell->source.table, 1);
    assert_int_equal(cell->source.row, 1);
    assert_int_equal(cell->source.col, 9);
    assert_int_equal(cell->source.page, 2);
    assert_true(cell->source.box[3] > 20.2f && cell->source.box[3] < 20.3f);
    assert_string_equal(url, "http://a/");
    assert_int_equal(at, 1000);
    store_key(SLICE_LIT("new"), c->key);
    assert_true(slice_eq_str(rec.sha256, c->key));
    assert_true(slice_eq_str(rec.title, "title"));
    assert_int_equal(rec.status, REPORT_FLAGGED);
}

static void only_checks_that_name_the_cell_are_told(void **state)
{
    struct ledger_case *c = *state;
    struct record rec;
    struct err err;

    fill(c);
    must(explain(c, "row1", &rec, &err));
    assert_int_equal(rec.check_n, 1);
    assert_int_equal(rec.checks[0].status, CHECK_FAIL);
    assert_int_equal(rec.checks[0].severity, SEVERITY_ERROR);
    assert_true(slice_eq_str(rec.checks[0].difference, "-1"));
    must(explain(c, "row2", &rec, &err));
    assert_int_equal(rec.check_n, 1);
    must(explain(c, "row3", &rec, &err));
    assert_int_equal(rec.check_n, 0);
}

static void what_is_not_there_is_an_input_error_that_says_so(void **state)
{
    struct ledger_case *c = *state;
    struct record rec;
    const char *url;
    int64_t at;
    struct err err;

    fill(c);
    assert_int_equal(explain(c, "row9", &rec, &err), -1);
    assert_int_equal(err.kind, ERR_INPUT);
    assert_non_null(strstr(err.msg, "requests.row9.total"));
    assert_int_equal(ledger_explain(c->l, "x", "requests", "row1", "total",
                         &c->a, &rec, &url, &at, &err),
        -1);
    assert_int_equal(err.kind, ERR_INPUT);
    assert_non_null(strstr(err.msg, "\"x\""));
}

static void add_name(void *ctx, const char *text)
{
    char *all = ctx;

    snprintf(all + strlen(all), 256 - strlen(all), "%s ", text);
}

static void names_are_listed_at_each_level(void **state)
{
    struct ledger_case *c = *state;
    char all[4][256] = { "", "", "", "" };
    const char *id = "110105-o-2022";
    struct err err;

    fill(c);
    must(ledger_names(c->l, NULL, NULL, NULL, add_name, all[0], &err));
    must(ledger_names(c->l, id, NULL, NULL, add_name, all[1], &err));
    must(ledger_names(c->l, id, "requests", NULL, add_name, all[2], &err));
    must(ledger_names(c->l, id, "requests", "row1", add_name, all[3], &err));
    assert_string_equal(all[0], "110105-o-2022 ");
    assert_string_equal(all[1], "requests ");
    assert_string_equal(all[2], "row0 row1 row2 row3 ");
    assert_string_equal(all[3], "total ");
}

static void add_quarantined(void *ctx, const struct quarantine_row *q)
{
    char *all = ctx;

    assert_int_equal(strlen(q->sha256), STORE_KEY_LEN);
    snprintf(all + strlen(all), 256 - strlen(all), "%s %s %s %u\n", q->source,
        q->url, q->reason, q->failures);
}

static void quarantine_is_listed_by_address(void **state)
{
    struct ledger_case *c = *state;
    char all[256] = "";
    struct job job;
    bool unused;
    struct err err;

    case_fetch(c, "http://b/", "1");
    case_fetch(c, "http://a/", "2");
    assert_true(case_lease(c, &job));
    must(ledger_job_quarantine(c->l, job.id, job.attempt, "r.x: y", &err));
    assert_true(case_lease(c, &job));
    must(ledger_job_return(
        c->l, job.id, job.attempt, true, 1, "l.z: w", &unused, &err));
    must(ledger_quarantine_list(c->l, add_quarantined, all, &err));
    assert_string_equal(all, "s http://a/ l.z: w 1\ns http://b/ r.x: y 0\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, case_setup, case_teardown)
        CASE(cell_is_told_with_all_it_has),
        CASE(only_checks_that_name_the_cell_are_told),
        CASE(what_is_not_there_is_an_input_error_that_says_so),
        CASE(names_are_listed_at_each_level),
        CASE(quarantine_is_listed_by_address),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
