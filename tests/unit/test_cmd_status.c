/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_cmd_status - what `nianbao status` tells, to people and programs.
 */
#include "cli/cmd.h"
#include "tests/command_case.h"

static void last_run_is_told_by_source(void **state)
{
    struct ledger_case *c = *state;
    struct said *s;

    case_configure(c);
    case_source(c, "other", "310000", NULL);
    case_fetch(c, "http://a/", "1");
    case_fetch(c, "http://b/", "1");
    case_load_all(c);
    s = CALL(c, cmd_status, "status");
    assert_int_equal(s->status, 0);
    assert_has(s->out, ": crawling\n");
    assert_has(s->out, "duplicates         1");
    assert_has(s->out, "\nother   ");
    assert_has(s->out,
        "\ns                                 2        2      0        1"
        "         0            0          1     0\n");
}

static void programs_get_one_object(void **state)
{
    struct ledger_case *c = *state;
    struct said *s;

    case_configure(c);
    case_sql(c, "UPDATE runs SET name = 'R', started_at = 1000");
    case_fetch(c, "http://a/", "1");
    case_load_all(c);
    s = CALL(c, cmd_status, "status", "--json");
    assert_int_equal(s->status, 0);
    assert_has(s->out,
        "{\"run\":\"R\",\"state\":\"crawling\","
        "\"started_at\":\"1970-01-01T00:16:40Z\",\"finished_at\":null,"
        "\"archive\":null,\"urls\":1,\"urls_done\":1,\"urls_failed\":0,"
        "\"requests\":1,\"not_modified\":0,\"fetched\":1,\"duplicates\":0,"
        "\"unpacked\":0,\"renderings\":0,"
        "\"valid\":0,\"flagged\":1,\"rejected\":0,\"quarantined\":0,"
        "\"open\":0,\"sources\":[{\"source\":\"s\",\"urls\":1,");
}

static void ledger_without_a_run_is_trouble_with_advice(void **state)
{
    struct ledger_case *c = *state;
    struct said *s;

    case_configure(c);
    case_sql(c, "DELETE FROM runs");
    s = CALL(c, cmd_status, "status");
    assert_int_equal(s->status, 1);
    assert_has(s->err, "no run yet; start one: nianbao run");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, case_setup, case_teardown)
        CASE(last_run_is_told_by_source),
        CASE(programs_get_one_object),
        CASE(ledger_without_a_run_is_trouble_with_advice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
