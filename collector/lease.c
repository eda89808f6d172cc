/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lease - which worker holds which documents, in memory.
 */
#include "collector/lease.h"

#include <assert.h>
#include <string.h>

#include "common/limits.h"
#include "common/mem.h"

void lease_clear(struct lease_table *t)
{
    for (size_t i = 0; i < t->worker_n; i++)
        mem_free(t->worker[i]);
    *t = (struct lease_table){ .credit_max = t->credit_max };
}

struct lease_worker *lease_find(
    const struct lease_table *t, const struct link_peer *peer)
{
    for (size_t i = 0; i < t->worker_n; i++) {
        struct lease_worker *w = t->worker[i];

        if (w->peer.len == peer->len &&
            memcmp(w->peer.id, peer->id, peer->len) == 0)
            return w;
    }
    return NULL;
}

struct lease_worker *lease_worker_put(
    struct lease_table *t, const struct link_peer *peer, int64_t now_ms)
{
    struct lease_worker *w = lease_find(t, peer);

    if (!w && t->worker_n < LIMIT_WORKERS) {
        w = mem_alloc(sizeof *w);
        w->peer = *peer;
        w->credit_max = t->credit_max;
        t->worker[t->worker_n++] = w;
    }
    if (w)
        w->seen_ms = now_ms;
    return w;
}

void lease_worker_drop(struct lease_table *t, struct lease_worker *w)
{
    for (size_t i = 0; i < t->worker_n; i++) {
        if (t->worker[i] != w)
            continue;
        t->worker[i] = t->worker[--t->worker_n];
        mem_free(w);
        return;
    }
}

struct lease_worker *lease_expired(
    const struct lease_table *t, int64_t now_ms, uint32_t lease_ms)
{
    for (size_t i = 0; i < t->worker_n; i++) {
        if (now_ms - t->worker[i]->seen_ms > (int64_t)lease_ms)
            return t->worker[i];
    }
    return NULL;
}

static uint64_t bytes_held(const struct lease_worker *w)
{
    uint64_t bytes = 0;

    for (size_t i = 0; i < w->lease_n; i++)
        bytes += w->lease[i].size;
    return bytes;
}

struct lease_worker *lease_taker(struct lease_table *t)
{
    for (size_t i = 0; i < t->worker_n; i++) {
        struct lease_worker *w = t->worker[(t->next + i) % t->worker_n];

        if (w->credit == 0 || bytes_held(w) >= LIMIT_LEASED_BYTES)
            continue;
        t->next = (t->next + i + 1) % t->worker_n;
        return w;
    }
    return NULL;
}

void lease_set_credit(struct lease_worker *w, uint32_t credit)
{
    size_t room = w->credit_max - w->lease_n;

    w->credit = credit < room ? credit : (uint32_t)room;
}

void lease_add(
    struct lease_worker *w, int64_t job, uint32_t attempt, uint64_t size)
{
    assert(w->credit > 0 && w->lease_n < LIMIT_CREDIT);
    w->credit--;
    w->lease[w->lease_n++] = (struct lease){ job, attempt, size };
}

/* Take out entry `i`, keep the order of the others. */
static void take_out(struct lease_worker *w, size_t i)
{
    memmove(&w->lease[i], &w->lease[i + 1],
        (w->lease_n - i - 1) * sizeof w->lease[0]);
    w->lease_n--;
}

bool lease_end(struct lease_worker *w, int64_t job, uint32_t attempt)
{
    bool held = false;

    for (size_t i = 0; i < w->lease_n && !held; i++) {
        held = w->lease[i].job == job && w->lease[i].attempt == attempt;
        if (held)
            take_out(w, i);
    }
    lease_set_credit(w, w->credit + 1);
    return held;
}

size_t lease_total(const struct lease_table *t)
{
    size_t n = 0;

    for (size_t i = 0; i < t->worker_n; i++)
        n += t->worker[i]->lease_n;
    return n;
}
