/* SPDX-License-Identifier: Apache-2.0 */
/*
 * batch - the ledger's group commit, one transaction per turn of the loop.
 *
 * All that a turn writes is one transaction; it is committed before anything
 * is told to a worker and before the loop waits, so the loader is never kept
 * out while we are idle.  While a commit waits for the disk, work piles up
 * for the next one: batches grow with the load by themselves.
 */
#ifndef COLLECTOR_BATCH_H
#define COLLECTOR_BATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"
#include "common/ledger.h"

/* A turn stops taking new work after so many writes. */
#define BATCH_MAX 64u

struct batch {
    struct ledger *ledger;
    size_t write_n; /* since the last commit */
    bool open;
};

/* Call before each write. */
int batch_join(struct batch *b, struct err *err);

/* Make all writes since the last commit durable; nothing to do is fine. */
int batch_commit(struct batch *b, struct err *err);

/* Whether the turn has written enough. */
bool batch_is_full(const struct batch *b);

#endif
