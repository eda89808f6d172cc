/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_wide - cells turned into columns.
 */
#include "loader/wide.h"
#include "tests/loader_case.h"

static struct key all[] = {
    { "requests.new.total", "新收", false },
    { "requests.total.total", "总计", false },
    { "proactive.fees.amount", "收费", true },
};
static const struct keys keys = { .key = all, .key_n = 3 };

/* Rows that came out, as text: cells joined by ',', '~' for null. */
static int note(void *ctx, const char *const *cell, struct err *err)
{
    struct buf *out = ctx;
    size_t i;

    (void)err;
    for (i = 0; i < 10; i++)
        buf_printf(out, "%s%s", i ? "," : "", cell[i] ? cell[i] : "~");
    buf_add_char(out, '\n');
    return 0;
}

static struct wide *make(struct loader_case *c)
{
    struct err err = { 0 };
    struct wide *w = wide_open(&keys, case_path(c, "spool"), &err);

    if (!w)
        fail_msg("%s", err.msg);
    return w;
}

static void report(struct wide *w, const char *id, const char *revision)
{
    const struct table *t = schema_table(EXPORT_REPORTS);
    const char *cell[32] = { NULL };
    struct err err;

    cell[schema_column(t, "report_id")] = id;
    cell[schema_column(t, "revision")] = revision;
    cell[schema_column(t, "organization")] = "某局";
    cell[schema_column(t, "year")] = "2022";
    cell[schema_column(t, "status")] = "valid";
    must(wide_report(w, cell, &err));
}

static int put(struct wide *w, const char *id, const char *revision,
    const char *const key[3], const char *value, struct buf *out,
    struct err *err)
{
    const struct table *t = schema_table(EXPORT_CELLS);
    const char *cell[32] = { NULL };

    cell[schema_column(t, "report_id")] = id;
    cell[schema_column(t, "revision")] = revision;
    cell[schema_column(t, "table")] = key[0];
    cell[schema_column(t, "row")] = key[1];
    cell[schema_column(t, "column")] = key[2];
    cell[schema_column(t, "value")] = value;
    cell[schema_column(t, "value_cny")] = value ? "99" : NULL;
    return wide_cell(w, cell, note, out, err);
}

static const char *const new_total[] = { "requests", "new", "total" };
static const char *const total_total[] = { "requests", "total", "total" };
static const char *const fees[] = { "proactive", "fees", "amount" };
static const char *const unknown[] = { "requests", "x", "2014年度" };
static const char *const printed[] = { "statistics", "x", "2014年度" };

static void columns_are_head_keys_and_amounts_in_yuan(void **state)
{
    static const char *const names[] = { "report_id", "revision", "region",
        "organization", "year", "status", "requests.new.total",
        "requests.total.total", "proactive.fees.amount",
        "proactive.fees.amount.cny" };
    struct wide *w = make(*state);
    const struct table *t = wide_table(w);
    size_t i;

    assert_int_equal(t->field_n, 10);
    for (i = 0; i < 10; i++)
        assert_string_equal(t->field[i].name, names[i]);
    assert_int_equal(t->field[8].type, FIELD_DECIMAL);
    assert_int_equal(t->field[9].type, FIELD_SUM);
    wide_close(w);
}

static void cells_go_to_their_columns_in_any_order(void **state)
{
    struct wide *w = make(*state);
    struct buf out;
    struct err err;

    buf_init(&out, 10000);
    report(w, "r", "1");
    must(put(w, "r", "1", fees, "3", &out, &err));
    must(put(w, "r", "1", total_total, NULL, &out, &err));
    must(put(w, "r", "1", new_total, "-1", &out, &err));
    must(wide_finish(w, note, &out, &err));
    assert_true(
        slice_eq_str(buf_slice(&out), "r,1,~,某局,2022,valid,-1,~,3,99\n"));
    buf_clear(&out);
    wide_close(w);
}

static void a_report_without_cells_has_a_row_of_nulls(void **state)
{
    struct wide *w = make(*state);
    struct buf out;
    struct err err;

    buf_init(&out, 10000);
    report(w, "a", "1");
    report(w, "b", "1");
    report(w, "b", "2");
    report(w, "c", "1");
    must(put(w, "b", "2", new_total, "7", &out, &err));
    must(wide_finish(w, note, &out, &err));
    assert_true(
        slice_eq_str(buf_slice(&out), "a,1,~,某局,2022,valid,~,~,~,~\n"
                                      "b,1,~,某局,2022,valid,~,~,~,~\n"
                                      "b,2,~,某局,2022,valid,7,~,~,~\n"
                                      "c,1,~,某局,2022,valid,~,~,~,~\n"));
    buf_clear(&out);
    wide_close(w);
}

static void a_key_that_no_form_has_is_counted_but_of_statistics(void **state)
{
    struct wide *w = make(*state);
    struct buf out;
    struct err err;

    buf_init(&out, 10000);
    report(w, "a", "1");
    must(put(w, "a", "1", unknown, "7", &out, &err));
    must(put(w, "a", "1", printed, "7", &out, &err));
    must(wide_finish(w, note, &out, &err));
    assert_int_equal(wide_unknown_n(w), 1);
    assert_true(
        slice_eq_str(buf_slice(&out), "a,1,~,某局,2022,valid,~,~,~,~\n"));
    buf_clear(&out);
    wide_close(w);
}

static void a_cell_out_of_order_stops_it(void **state)
{
    struct wide *w = make(*state);
    struct err err = { 0 };
    struct buf out;

    buf_init(&out, 10000);
    report(w, "a", "1");
    report(w, "b", "1");
    must(put(w, "b", "1", new_total, "7", &out, &err));
    assert_int_equal(put(w, "a", "1", new_total, "7", &out, &err), -1);
    assert_int_equal(err.kind, ERR_FATAL);
    buf_clear(&out);
    wide_close(w);
}

static void without_reports_there_are_no_rows(void **state)
{
    struct wide *w = make(*state);
    struct err err;
    struct buf out;

    buf_init(&out, 10000);
    must(wide_finish(w, note, &out, &err));
    assert_int_equal(out.len, 0);
    buf_clear(&out);
    wide_close(w);
    assert_false(case_exists(*state, "spool"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, case_setup, case_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(columns_are_head_keys_and_amounts_in_yuan),
        TEST(cells_go_to_their_columns_in_any_order),
        TEST(a_report_without_cells_has_a_row_of_nulls),
        TEST(a_key_that_no_form_has_is_counted_but_of_statistics),
        TEST(a_cell_out_of_order_stops_it),
        TEST(without_reports_there_are_no_rows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
