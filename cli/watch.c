/* SPDX-License-Identifier: Apache-2.0 */
/*
 * watch - the run that goes on, as the ledger tells it.
 */
#include "cli/watch.h"

static bool is_over(const struct run *run)
{
    return run->state == RUN_PUBLISHED || run->state == RUN_EMPTY;
}

static int begin(struct watch *w, struct ledger *l, struct err *err)
{
    struct run newest;

    if (ledger_run_get(l, 0, &w->arena, &newest, err) == 0)
        w->resumed = !is_over(&newest);
    else if (err->kind != ERR_INPUT) /* which says that there is none */
        return -1;
    return ledger_run_open(l, &w->arena, &w->run, err);
}

int watch_open(struct watch *w, const char *dir, struct err *err)
{
    struct ledger *l;
    int rc;

    *w = (struct watch){ .ledger = NULL };
    arena_init(&w->arena, 0);
    l = ledger_open(dir, LEDGER_WRITE, err);
    if (!l)
        return -1;
    rc = begin(w, l, err);
    ledger_close(l);
    if (rc == 0)
        w->ledger = ledger_open(dir, LEDGER_READ, err);
    return w->ledger ? 0 : -1;
}

void watch_close(struct watch *w)
{
    ledger_close(w->ledger);
    arena_clear(&w->arena);
}

int watch_look(struct watch *w, struct err *err)
{
    int64_t id = w->run.id;
    struct run run;

    arena_reset(&w->arena);
    w->run = (struct run){ .id = id, .name = "" };
    if (ledger_run_get(w->ledger, id, &w->arena, &run, err) != 0 ||
        ledger_run_summary(w->ledger, id, &w->sum, err) != 0)
        return -1;
    w->run = run;
    return 0;
}

bool watch_is_worked_off(const struct watch *w)
{
    return is_over(&w->run) ||
           (w->run.state == RUN_CRAWLED && w->sum.open == 0);
}

bool watch_is_over(const struct watch *w)
{
    return is_over(&w->run);
}
