/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_cmd_quarantine - what was set aside is listed with its reason.
 */
#include "cli/cmd.h"
#include "tests/command_case.h"

static void fill(struct ledger_case *c)
{
    struct job job;
    struct err err;

    case_configure(c);
    case_fetch(c, "http://a/", "1");
    assert_true(case_lease(c, &job));
    must(ledger_job_quarantine(
        c->l, job.id, job.attempt, "reader.depth: too deep", &err));
}

static void documents_are_listed_with_reason_and_hash(void **state)
{
    struct ledger_case *c = *state;
    struct said *s;

    fill(c);
    s = CALL(c, cmd_quarantine, "quarantine", "list");
    assert_int_equal(s->status, 0);
    store_key(SLICE_LIT("1"), c->key);
    assert_has(s->out, "http://a/\n  reason  reader.depth: too deep\n");
    assert_has(s->out, c->key);
    assert_has(s->out, "1 document in quarantine.");
    s = CALL(c, cmd_quarantine, "quarantine", "list", "--json");
    assert_int_equal(s->status, 0);
    assert_has(s->out, "\"reason\":\"reader.depth: too deep\"");
}

static void a_reason_has_no_say_over_the_terminal(void **state)
{
    struct ledger_case *c = *state;
    struct said *s;
    struct job job;
    struct err err;

    case_configure(c);
    case_fetch(c, "http://a/", "1");
    assert_true(case_lease(c, &job));
    must(ledger_job_quarantine(
        c->l, job.id, job.attempt, "reader.none: \033[2J\nforged", &err));
    s = CALL(c, cmd_quarantine, "quarantine", "list");
    assert_has(s->out, "reason  reader.none: ?[2J forged\n");
}

static void empty_quarantine_is_no_trouble(void **state)
{
    struct ledger_case *c = *state;
    struct said *s;

    case_configure(c);
    s = CALL(c, cmd_quarantine, "quarantine", "list");
    assert_int_equal(s->status, 0);
    assert_string_equal(s->out, "0 documents in quarantine.\n");
}

static void unknown_word_is_bad_usage(void **state)
{
    struct ledger_case *c = *state;
    struct said *s;

    case_configure(c);
    s = CALL(c, cmd_quarantine, "quarantine", "lost");
    assert_int_equal(s->status, 2);
    assert_has(s->err, "there is no 'lost'; say: list");
    s = CALL(c, cmd_quarantine, "quarantine");
    assert_int_equal(s->status, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, case_setup, case_teardown)
        CASE(documents_are_listed_with_reason_and_hash),
        CASE(a_reason_has_no_say_over_the_terminal),
        CASE(empty_quarantine_is_no_trouble),
        CASE(unknown_word_is_bad_usage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
