/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lease - which worker holds which documents, in memory.
 *
 * The ledger knows that a document is leased; this table knows to whom and
 * when that worker was heard of last.  It may be lost at any moment: a new
 * collector starts with an empty one and queues all leases again.
 */
#ifndef COLLECTOR_LEASE_H
#define COLLECTOR_LEASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/limits.h"
#include "common/link.h"

struct lease {
    int64_t job;
    uint32_t attempt;
    uint64_t size; /* bytes of the body */
};

struct lease_worker {
    struct link_peer peer;
    bool ready;          /* it said READY to us, not only to our predecessor */
    int64_t asked_ms;    /* when it was last asked to */
    uint32_t credit;     /* documents it takes now */
    uint32_t credit_max; /* documents it may hold */
    int64_t seen_ms;     /* monotonic */
    size_t lease_n;
    struct lease lease[LIMIT_CREDIT]; /* oldest first */
};

struct lease_table {
    uint32_t credit_max; /* of each worker, at most LIMIT_CREDIT */
    struct lease_worker *worker[LIMIT_WORKERS];
    size_t worker_n;
    size_t next; /* whose turn it is to get work */
};

void lease_clear(struct lease_table *t);

/* The worker with this routing id, or NULL. */
struct lease_worker *lease_find(
    const struct lease_table *t, const struct link_peer *peer);

/* As lease_find, made when new; NULL when the table is full. */
struct lease_worker *lease_worker_put(
    struct lease_table *t, const struct link_peer *peer, int64_t now_ms);

/* Forget a worker and what it holds. */
void lease_worker_drop(struct lease_table *t, struct lease_worker *w);

/* A worker that was not heard of for lease_ms, or NULL. */
struct lease_worker *lease_expired(
    const struct lease_table *t, int64_t now_ms, uint32_t lease_ms);

/* The next worker, in turn, that takes documents; NULL when none does.  One
 * that holds LIMIT_LEASED_BYTES has its fill, whatever its credit. */
struct lease_worker *lease_taker(struct lease_table *t);

/* Set the credit to what the worker says it takes now.  Held and taken
 * together never pass credit_max. */
void lease_set_credit(struct lease_worker *w, uint32_t credit);

/* Give it a document of `size` bytes: costs one credit, which it must
 * have. */
void lease_add(
    struct lease_worker *w, int64_t job, uint32_t attempt, uint64_t size);

/* The worker is done with the document, which gives it a credit, also where
 * it was leased by our predecessor; whether it is one that it holds. */
bool lease_end(struct lease_worker *w, int64_t job, uint32_t attempt);

/* Documents held by all workers. */
size_t lease_total(const struct lease_table *t);

#endif
