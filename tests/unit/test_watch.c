/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_watch - claims about cli/watch.c
 */
#include "tests/case.h"

#include <stdlib.h>
#include <string.h>

#include "cli/watch.h"
#include "common/mem.h"

struct fixture {
    char dir[40];
    struct ledger *writer;
    struct arena arena;
    struct watch watch;
    struct err err;
};

static int setup(void **state)
{
    struct fixture *f = mem_alloc(sizeof(*f));

    strcpy(f->dir, "/tmp/nianbao-watch-XXXXXX");
    arena_init(&f->arena, 0);
    *state = f;
    if (!mkdtemp(f->dir))
        return -1;
    f->writer = ledger_open(f->dir, LEDGER_WRITE, &f->err);
    return f->writer ? 0 : -1;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    int rc;

    watch_close(&f->watch);
    ledger_close(f->writer);
    arena_clear(&f->arena);
    rc = case_remove(f->dir);
    mem_free(f);
    return rc;
}

static void open_watch(struct fixture *f)
{
    assert_int_equal(watch_open(&f->watch, f->dir, &f->err), 0);
}

static struct run begin(struct fixture *f)
{
    struct run run;

    assert_int_equal(ledger_run_open(f->writer, &f->arena, &run, &f->err), 0);
    return run;
}

static void finish(struct fixture *f, const struct run *run)
{
    assert_int_equal(ledger_run_crawled(f->writer, run->id, &f->err), 0);
    assert_int_equal(
        ledger_run_finish(f->writer, run->id, RUN_EMPTY, NULL, NULL, &f->err),
        0);
}

static void the_first_run_is_begun(void **state)
{
    struct fixture *f = *state;

    open_watch(f);
    assert_false(f->watch.resumed);
    assert_int_equal(watch_look(&f->watch, &f->err), 0);
    assert_false(watch_is_over(&f->watch));
    assert_false(watch_is_worked_off(&f->watch));
    assert_true(begin(f).id == f->watch.run.id);
}

static void an_earlier_run_is_not_taken_for_ours(void **state)
{
    struct fixture *f = *state;
    struct run run = begin(f);

    finish(f, &run);
    open_watch(f);
    assert_false(f->watch.resumed);
    assert_false(f->watch.run.id == run.id);
    assert_int_equal(watch_look(&f->watch, &f->err), 0);
    assert_false(watch_is_over(&f->watch));

    run = begin(f);
    finish(f, &run);
    assert_int_equal(watch_look(&f->watch, &f->err), 0);
    assert_true(watch_is_over(&f->watch));
    assert_true(f->watch.run.id == run.id);
}

static void an_unfinished_run_is_resumed(void **state)
{
    struct fixture *f = *state;
    struct run run = begin(f);

    open_watch(f);
    assert_true(f->watch.resumed);
    assert_string_equal(f->watch.run.name, run.name);
    assert_int_equal(ledger_run_crawled(f->writer, run.id, &f->err), 0);
    assert_int_equal(watch_look(&f->watch, &f->err), 0);
    assert_true(watch_is_worked_off(&f->watch));
    assert_false(watch_is_over(&f->watch));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(the_first_run_is_begun),
        CASE(an_earlier_run_is_not_taken_for_ours),
        CASE(an_unfinished_run_is_resumed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
