/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_cmd_explain - a number's story in words; names that do not exist are
 * answered with those that do.
 */
#include "cli/cmd.h"
#include "tests/command_case.h"

static void fill(struct ledger_case *c)
{
    struct record *rec;
    struct job job;

    case_configure(c);
    case_fetch(c, "http://a/", "1");
    assert_true(case_lease(c, &job));
    rec = case_record(c, job.sha256, "o", 2022, 4);
    rec->cells[1].proposed = SLICE_LIT("7");
    rec->cells[1].evidence = SLICE_LIT("the row's sum");
    rec->cells[3].row = SLICE_LIT("1.主动公开");
    case_put(c, &job, rec);
    case_finish(c);
}

static struct said *explain(struct ledger_case *c, const char *name)
{
    return CALL(c, cmd_explain, "explain", name);
}

static void number_is_explained_in_words(void **state)
{
    struct ledger_case *c = *state;
    struct said *s;

    fill(c);
    s = explain(c, "110105-o-2022.requests.row1.total");
    assert_int_equal(s->status, 0);
    assert_has(s->out, "Value       1\n");
    assert_has(s->out, "As printed  \"1\"\n");
    assert_has(s->out, "State       read: a number and nothing else\n");
    assert_has(s->out, "Proposed    7 (not applied): the row's sum\n");
    assert_has(
        s->out, "Place       table 1, row 1, column 9 (counted from 0)\n");
    assert_has(s->out, "Report      title: flagged\n");
    assert_has(s->out, "Document    http://a/\n");
    assert_has(s->out, "Fetched     1970-01-01T00:16:40Z\n");
    assert_has(s->out, "Checks that name it: 1\n  requests.row.row0 FAILS\n");
    assert_has(s->out, "left   1 = requests.row0.total + requests.row1.total\n"
                       "      right  2 = requests.row2.total\n"
                       "      differ -1\n"
                       "      does not add up\n");
}

static void row_may_hold_dots(void **state)
{
    struct ledger_case *c = *state;
    struct said *s;

    fill(c);
    s = explain(c, "110105-o-2022.requests.1.主动公开.total");
    assert_int_equal(s->status, 0);
    assert_has(s->out, "No check names this cell.");
}

static void unknown_names_are_answered_with_near_ones(void **state)
{
    struct ledger_case *c = *state;
    struct said *s;

    fill(c);
    s = explain(c, "110105-o-2023.requests.row1.total");
    assert_int_equal(s->status, 1);
    assert_has(s->err,
        "there is no report '110105-o-2023'; did you mean '110105-o-2022'?\n"
        "Reports: 110105-o-2022\n");
    s = explain(c, "110105-o-2022.request.row1.total");
    assert_has(s->err, "there is no table 'request'; did you mean 'requests'?");
    s = explain(c, "110105-o-2022.requests.rwo1.total");
    assert_has(s->err, "there is no row 'rwo1'; did you mean 'row1'?");
    s = explain(c, "110105-o-2022.requests.row1.sum");
    assert_has(s->err, "there is no column 'sum'\nIts columns: total\n");
    assert_int_equal(s->status, 1);
}

static void name_that_is_cut_short_is_bad_usage(void **state)
{
    struct ledger_case *c = *state;

    fill(c);
    assert_int_equal(explain(c, "110105-o-2022")->status, 2);
    assert_int_equal(explain(c, "110105-o-2022.requests.row1")->status, 2);
    assert_int_equal(explain(c, "110105-o-2022.requests.row1.")->status, 2);
    assert_int_equal(explain(c, "...")->status, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, case_setup, case_teardown)
        CASE(number_is_explained_in_words),
        CASE(row_may_hold_dots),
        CASE(unknown_names_are_answered_with_near_ones),
        CASE(name_that_is_cut_short_is_bad_usage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
