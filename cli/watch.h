/* SPDX-License-Identifier: Apache-2.0 */
/*
 * watch - the run that goes on, as the ledger tells it.
 */
#ifndef CLI_WATCH_H
#define CLI_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/ledger.h"

struct watch {
    struct ledger *ledger; /* to read */
    struct arena arena;    /* texts of `run` */
    struct run run;        /* ours, as last seen */
    struct run_summary sum;
    bool resumed; /* it was begun before us */
};

/* Make or migrate the ledger in `dir` and begin a run, or take up the one
 * that was not finished.  The collector is told to go on with it, so that
 * one which is started again after the end of the run begins no other.
 * ERR_FATAL: a ledger that cannot be used. */
int watch_open(struct watch *w, const char *dir, struct err *err);
void watch_close(struct watch *w);

/* Bring run and sum up to date.  ERR_RETRY: the ledger is busy. */
int watch_look(struct watch *w, struct err *err);

/* Whether nothing is left to be fetched or read. */
bool watch_is_worked_off(const struct watch *w);

/* Whether it is published, or ended without news. */
bool watch_is_over(const struct watch *w);

#endif
