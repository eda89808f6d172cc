/* SPDX-License-Identifier: Apache-2.0 */
/*
 * watch - the run that goes on, as the ledger tells it; read-only.
 *
 * Our run is the newest one, unless that was finished before we began.
 */
#include "cli/watch.h"

static bool is_finished(const struct run *run)
{
    return run->state == RUN_PUBLISHED || run->state == RUN_EMPTY;
}

/* Make or migrate the ledger, so that it can be read from now on. */
static int prepare(const char *dir, struct err *err)
{
    struct ledger *l = ledger_open(dir, LEDGER_WRITE, err);

    ledger_close(l);
    return l ? 0 : -1;
}

int watch_open(struct watch *w, const char *dir, bool *resumed, struct err *err)
{
    struct run run;

    *w = (struct watch){ 0 };
    *resumed = false;
    arena_init(&w->arena, 0);
    if (prepare(dir, err) != 0)
        return -1;
    w->ledger = ledger_open(dir, LEDGER_READ, err);
    if (!w->ledger)
        return -1;
    if (ledger_run_get(w->ledger, 0, &w->arena, &run, err) != 0)
        return err->kind == ERR_INPUT ? 0 : -1;
    if (is_finished(&run)) {
        w->last_id = run.id;
    } else {
        w->run = run;
        *resumed = true;
    }
    return 0;
}

void watch_close(struct watch *w)
{
    ledger_close(w->ledger);
    arena_clear(&w->arena);
}

int watch_look(struct watch *w, struct err *err)
{
    struct run run;

    arena_reset(&w->arena);
    w->found = false;
    if (ledger_run_get(w->ledger, 0, &w->arena, &run, err) != 0)
        return -1;
    if (run.id == w->last_id)
        return err_set(err, ERR_RETRY, "the run was not begun yet");
    if (ledger_run_summary(w->ledger, run.id, &w->sum, err) != 0)
        return -1;
    w->run = run;
    w->found = true;
    return 0;
}

bool watch_is_over(const struct watch *w)
{
    return w->found && is_finished(&w->run);
}
