/* SPDX-License-Identifier: Apache-2.0 */
/*
 * watch - the run that goes on, as the ledger tells it; read-only.
 */
#ifndef CLI_WATCH_H
#define CLI_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/ledger.h"

struct watch {
    struct ledger *ledger;
    struct arena arena; /* texts of `run` */
    int64_t last_id;    /* newest run finished before; 0: none */
    bool found;         /* run and sum are those of our run */
    struct run run;
    struct run_summary sum;
};

/* Make or migrate the ledger in `dir` and look at what is there before the
 * run starts.  *resumed: an unfinished run is there and `run` is it.
 * ERR_FATAL: a ledger that cannot be used. */
int watch_open(
    struct watch *w, const char *dir, bool *resumed, struct err *err);
void watch_close(struct watch *w);

/* Bring run and sum up to date.  0, or -1 with ERR_RETRY (the run was not
 * begun yet, the ledger is busy) or ERR_FATAL. */
int watch_look(struct watch *w, struct err *err);

/* Whether our run has come to its end. */
bool watch_is_over(const struct watch *w);

#endif
