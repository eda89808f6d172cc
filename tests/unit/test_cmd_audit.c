/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_cmd_audit - what `nianbao audit` says of a whole and a damaged state.
 */
#include "cli/cmd.h"
#include "tests/command_case.h"

static const char body[] = "body";

/* One loaded document whose body is in the store, in a finished run. */
static void fill(struct ledger_case *c)
{
    struct store *s;
    char key[STORE_KEY_LEN + 1];
    struct err err = { 0 };

    case_configure(c);
    s = store_open(c->dir, &err);
    assert_non_null(s);
    must(store_put(s, slice_str(body), key, &err));
    store_close(s);
    case_fetch(c, "http://a/", body);
    case_load_all(c);
    case_finish(c);
}

static void body_path(const struct ledger_case *c, char path[256])
{
    char key[STORE_KEY_LEN + 1];

    store_key(slice_str(body), key);
    snprintf(path, 256, "%s/store/%.2s/%s", c->dir, key, key);
}

static void whole_state_passes_with_a_line_a_promise(void **state)
{
    struct ledger_case *c = *state;
    struct said *s;

    fill(c);
    s = CALL(c, cmd_audit, "audit");
    assert_int_equal(s->status, 0);
    assert_has(s->out, "fetched=1 loaded=1 rejected=0");
    assert_has(s->out, "bodies=1 missing=0 damaged=0");
    assert_has(s->out, "promises hold.");
    assert_null(strstr(s->out, "BROKEN"));
    assert_null(strstr(s->out, "\033")); /* no colours off a terminal */
    assert_string_equal(s->err, "");
}

static void missing_body_breaks_the_audit_and_is_named(void **state)
{
    struct ledger_case *c = *state;
    struct said *s;
    char path[256];

    fill(c);
    body_path(c, path);
    assert_int_equal(unlink(path), 0);
    s = CALL(c, cmd_audit, "audit");
    assert_int_equal(s->status, 3);
    assert_has(s->out, "BROKEN  every document's body is in the store");
    assert_has(s->out, "bodies=1 missing=1 damaged=0");
    assert_has(s->out, " http://a/");
    assert_has(s->out, "1 of 14 promises broken");
}

static void damaged_body_breaks_the_audit(void **state)
{
    struct ledger_case *c = *state;
    struct said *s;
    char path[256];
    FILE *f;

    fill(c);
    body_path(c, path);
    f = fopen(path, "w");
    assert_non_null(f);
    fputs("bodY", f);
    fclose(f);
    s = CALL(c, cmd_audit, "audit", "--json");
    assert_int_equal(s->status, 3);
    assert_has(s->out, "{\"holds\":false,");
    assert_has(s->out, "\"detail\":\"bodies=1 missing=0 damaged=1\"");
    assert_has(s->out, "\"bad_bodies\":[{\"trouble\":\"damaged\"");
}

static void lost_report_breaks_the_audit(void **state)
{
    struct ledger_case *c = *state;
    struct said *s;

    fill(c);
    case_sql(c, "DELETE FROM reports");
    s = CALL(c, cmd_audit, "audit");
    assert_int_equal(s->status, 3);
    assert_has(s->out, "without_report=1");
}

static void state_without_a_ledger_is_trouble(void **state)
{
    struct ledger_case *c = *state;
    struct said *s;

    case_configure(c);
    case_write(c, "conf.yaml", "state_dir: elsewhere\n");
    s = CALL(c, cmd_audit, "audit");
    assert_int_equal(s->status, 1);
    assert_has(s->err, "no ledger; run `nianbao run` first");
    assert_string_equal(s->out, "");
}

static void help_and_bad_usage(void **state)
{
    struct ledger_case *c = *state;
    struct said *s;

    s = CALL(c, cmd_audit, "audit", "--help");
    assert_int_equal(s->status, 0);
    assert_has(s->out, "Example: nianbao audit");
    s = CALL(c, cmd_audit, "audit", "--frobnicate");
    assert_int_equal(s->status, 2);
    s = CALL(c, cmd_audit, "audit", "more");
    assert_int_equal(s->status, 2);
    assert_has(s->err, "unexpected argument 'more'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, case_setup, case_teardown)
        CASE(whole_state_passes_with_a_line_a_promise),
        CASE(missing_body_breaks_the_audit_and_is_named),
        CASE(damaged_body_breaks_the_audit),
        CASE(lost_report_breaks_the_audit),
        CASE(state_without_a_ledger_is_trouble),
        CASE(help_and_bad_usage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
