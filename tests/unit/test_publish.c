/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_publish - when a run is due, and what it ends as.
 */
#include "loader/output.h"
#include "loader/publish.h"
#include "tests/ledger_case.h"

static char forms[] = "conf/forms";

/* Look after the runs once; archives go to <dir>/out. */
static bool look(struct ledger_case *c)
{
    struct conf conf = { .forms_dir = forms };
    struct slice out = arena_printf(&c->a, "%s/out", c->dir);
    bool finished;
    struct err err;

    conf.out_dir = arena_str(&c->a, out.p);
    must(publish_due(&conf, c->l, &finished, &err));
    return finished;
}

static void crawled(struct ledger_case *c)
{
    struct err err;

    must(ledger_run_crawled(c->l, c->run, &err));
}

static const char *run_is(struct ledger_case *c)
{
    return case_text(c, "SELECT state FROM runs ORDER BY id DESC LIMIT 1");
}

static bool exists(struct ledger_case *c, const char *name)
{
    return access(arena_printf(&c->a, "%s/out/%s", c->dir, name).p, F_OK) == 0;
}

static void a_run_that_is_crawling_is_left_alone(void **state)
{
    struct ledger_case *c = *state;

    case_fetch(c, "http://s/a", "a");
    case_load_all(c);
    assert_false(look(c));
    assert_string_equal(run_is(c), "crawling");
}

static void a_run_with_an_open_job_is_left_alone(void **state)
{
    struct ledger_case *c = *state;

    case_fetch(c, "http://s/a", "a");
    crawled(c);
    assert_false(look(c));
    assert_string_equal(run_is(c), "crawled");
}

static void a_run_without_news_ends_empty(void **state)
{
    struct ledger_case *c = *state;

    crawled(c);
    assert_true(look(c));
    assert_string_equal(run_is(c), "empty");
    assert_false(exists(c, ""));
}

static void a_run_with_a_report_is_published(void **state)
{
    struct ledger_case *c = *state;

    case_fetch(c, "http://s/a", "a");
    case_load_all(c);
    crawled(c);
    assert_true(look(c));
    assert_string_equal(run_is(c), "published");
    assert_true(exists(c, "latest.json"));
    assert_true(exists(
        c, case_text(c, "SELECT archive FROM runs WHERE archive IS NOT NULL")));
    assert_int_equal(
        case_number(c, "SELECT count(*) FROM outbox WHERE state = 'done'"), 1);
    assert_true(look(c)); /* and stays so */
}

static void a_run_of_quarantine_alone_is_published(void **state)
{
    struct ledger_case *c = *state;
    struct job job;
    struct err err;

    case_fetch(c, "http://s/a", "a");
    assert_true(case_lease(c, &job));
    must(ledger_job_quarantine(
        c->l, job.id, job.attempt, "reader.broken: x", &err));
    crawled(c);
    assert_true(look(c));
    assert_string_equal(run_is(c), "published");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, case_setup, case_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_run_that_is_crawling_is_left_alone),
        TEST(a_run_with_an_open_job_is_left_alone),
        TEST(a_run_without_news_ends_empty),
        TEST(a_run_with_a_report_is_published),
        TEST(a_run_of_quarantine_alone_is_published),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
