/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jobs - gives fetched documents to workers and hears how it went.
 *
 * Of the documents a dead worker held only the oldest counts as failed: it
 * was the one being worked on, the others were waiting.  A document that
 * kills its workers comes to be the oldest soon enough.
 */
#include "collector/jobs.h"

#include <string.h>

#include "collector/lease.h"
#include "common/arena.h"
#include "common/clock.h"
#include "common/limits.h"
#include "common/link.h"
#include "common/log.h"
#include "common/mem.h"
#include "common/wire.h"

/* Messages taken in one turn, so that the network gets its share. */
#define RECEIVE_MAX 256

/* Documents leased to one worker before the next has its turn. */
#define SHARE_MAX 4u

/* Even without a sign of change the ledger is asked this often: a person may
 * have queued a document again. */
#define LOOK_MS 1000

/* A worker that did not hear the question is asked again after this. */
#define ASK_MS 2000

/* Why a document is set aside whose workers end again and again. */
static const char worker_lost[] =
    "worker.lost: each worker that read it ended or fell silent";

/* A lease that is committed but not yet sent. */
struct unsent {
    struct link_peer peer;
    struct job job; /* texts in the arena */
};

struct jobs {
    const struct conf *conf;
    struct batch *batch;
    const struct store *store;
    int64_t run;
    struct link *link;
    struct lease_table table;
    struct arena arena; /* of one turn */
    struct unsent unsent[BATCH_MAX];
    size_t unsent_n;
    struct buf in, out, body;
    bool may_be_queued;
    bool busy; /* see jobs_is_busy */
    int64_t look_at_ms;
    uint64_t given_n, done_n, failed_n, expired_n;
};

struct jobs *jobs_open(const struct conf *conf, struct batch *batch,
    const struct store *store, int64_t run, struct err *err)
{
    struct jobs *j = mem_alloc(sizeof *j);
    char *address = conf_address(conf, "jobs");

    j->conf = conf;
    j->batch = batch;
    j->store = store;
    j->run = run;
    j->may_be_queued = true;
    j->table.credit_max =
        conf->credit < LIMIT_CREDIT ? conf->credit : LIMIT_CREDIT;
    arena_init(&j->arena, LIMIT_ARENA_BYTES);
    buf_init(&j->in, LIMIT_MESSAGE_BYTES);
    buf_init(&j->out, LIMIT_MESSAGE_BYTES);
    buf_init(&j->body, LIMIT_BODY_BYTES);
    j->link = link_bind(address, err);
    mem_free(address);
    if (!j->link || batch_join(batch, err) < 0 ||
        ledger_job_release_all(batch->ledger, run, err) < 0) {
        jobs_close(j);
        return NULL;
    }
    return j;
}

void jobs_close(struct jobs *j)
{
    if (!j)
        return;
    link_close(j->link);
    lease_clear(&j->table);
    arena_clear(&j->arena);
    buf_clear(&j->in);
    buf_clear(&j->out);
    buf_clear(&j->body);
    mem_free(j);
}

int jobs_fd(const struct jobs *j)
{
    return link_fd(j->link);
}

void jobs_wake(struct jobs *j)
{
    j->may_be_queued = true;
}

/* ---- how leases end -------------------------------------------------- */

static int give_back(struct jobs *j, const struct lease *lease, bool fault,
    const char *reason, struct err *err)
{
    bool done = false, quarantined = false;

    if (batch_join(j->batch, err) < 0 ||
        ledger_job_done(j->batch->ledger, lease->job, &done, err) < 0)
        return -1;
    if (done)
        return 0; /* the loader has it; only the word of it was lost */
    if (ledger_job_return(j->batch->ledger, lease->job, lease->attempt, fault,
            j->conf->attempts_max, reason, &quarantined, err) < 0)
        return -1;
    log_info("return job=%lld attempt=%u fault=%d quarantined=%d reason=\"%s\"",
        (long long)lease->job, lease->attempt, fault, quarantined, reason);
    j->may_be_queued = true;
    return 0;
}

/* Give back all that a worker holds and forget it.  `reason` is what the
 * oldest document is quarantined with when it has failed too often. */
static int end_worker(
    struct jobs *j, struct lease_worker *w, const char *reason, struct err *err)
{
    bool fault = true; /* the first that is not done was being worked on */

    for (size_t i = 0; i < w->lease_n; i++) {
        bool done = false;

        if (ledger_job_done(j->batch->ledger, w->lease[i].job, &done, err) < 0)
            return -1;
        if (done)
            continue;
        if (give_back(j, &w->lease[i], fault, reason, err) < 0)
            return -1;
        fault = false;
        j->expired_n++;
    }
    lease_worker_drop(&j->table, w);
    return 0;
}

static int end_silent(struct jobs *j, struct err *err)
{
    struct lease_worker *w;

    while ((w = lease_expired(&j->table, clock_mono_ms(), j->conf->lease_ms)) !=
           NULL) {
        log_info("expire worker=%.*s leases=%zu", w->peer.len,
            (const char *)w->peer.id, w->lease_n);
        if (end_worker(
                j, w, "worker.lost: each worker that read it ended", err) < 0)
            return -1;
    }
    return 0;
}

/* ---- what workers say ------------------------------------------------ */

/* READY comes once: from a worker that starts, or that was asked.  One that
 * holds documents and says it again has been started anew under its name. */
static int on_ready(struct jobs *j, const struct link_peer *from,
    const struct wire_message *m, struct err *err)
{
    struct lease_worker *w = lease_find(&j->table, from);

    if (w && w->ready && w->lease_n > 0 &&
        end_worker(j, w, worker_lost, err) < 0)
        return -1;
    w = lease_worker_put(&j->table, from, clock_mono_ms());
    if (!w) {
        log_warnx("too many workers max=%u", LIMIT_WORKERS);
        return 0;
    }
    w->ready = true;
    lease_set_credit(w, m->credit);
    return 0;
}

/* The worker reported on a document it held; `*lease` says which. */
static bool ended(struct jobs *j, const struct link_peer *from,
    const struct wire_message *m, struct lease *lease)
{
    struct lease_worker *w = lease_find(&j->table, from);

    *lease = (struct lease){ .job = m->job, .attempt = m->attempt };
    if (!w)
        return false;
    w->seen_ms = clock_mono_ms();
    return lease_end(w, m->job, m->attempt);
}

static int on_done(struct jobs *j, const struct link_peer *from,
    const struct wire_message *m, struct err *err)
{
    struct lease lease;

    if (!ended(j, from, m, &lease))
        return 0;
    j->done_n++;
    return give_back(j, &lease, true,
        "worker.unconfirmed: done, says the worker, but not the ledger", err);
}

static int on_failed(struct jobs *j, const struct link_peer *from,
    const struct wire_message *m, struct err *err)
{
    struct lease lease;
    const char *reason;

    if (!ended(j, from, m, &lease))
        return 0;
    j->failed_n++;
    reason = m->reason.len ? arena_slice(&j->arena, m->reason).p
                           : "worker.failed: no reason given";
    if (m->kind != ERR_INPUT && m->kind != ERR_LIMIT)
        return give_back(j, &lease, true, reason, err);
    log_info("quarantine job=%lld reason=\"%s\"", (long long)lease.job, reason);
    if (batch_join(j->batch, err) < 0)
        return -1;
    return ledger_job_quarantine(
        j->batch->ledger, lease.job, lease.attempt, reason, err);
}

/* Send a message of a few bytes; a peer that is gone need not hear it. */
static void tell(
    struct jobs *j, const struct link_peer *to, enum wire_type type)
{
    struct wire_message m = { .type = type };
    struct err ignored = { ERR_NONE, "" };

    buf_reset(&j->out);
    wire_encode(&m, &j->out);
    if (link_send(j->link, to, buf_slice(&j->out), &ignored) < 0)
        log_debug("ping: %s", ignored.msg);
}

/* A worker that only our predecessor knows is asked what it takes. */
static void on_heartbeat(struct jobs *j, const struct link_peer *from)
{
    int64_t now = clock_mono_ms();
    struct lease_worker *w = lease_worker_put(&j->table, from, now);

    if (!w || w->ready || (w->asked_ms && now < w->asked_ms + ASK_MS))
        return;
    w->asked_ms = now;
    tell(j, from, WIRE_PING);
}

static int on_message(struct jobs *j, const struct link_peer *from,
    const struct wire_message *m, struct err *err)
{
    switch (m->type) {
    case WIRE_READY:
        return on_ready(j, from, m, err);
    case WIRE_HEARTBEAT:
        on_heartbeat(j, from);
        return 0;
    case WIRE_DONE:
        return on_done(j, from, m, err);
    case WIRE_FAILED:
        return on_failed(j, from, m, err);
    case WIRE_JOB:
    case WIRE_PING:
    case WIRE_RECORD:
    case WIRE_ACK:
    case WIRE_NACK:
        log_warnx("drop message type=%d: not for a collector", (int)m->type);
        return 0;
    }
    return 0;
}

int jobs_receive(struct jobs *j, struct err *err)
{
    arena_reset(&j->arena);
    j->busy = false;
    for (int i = 0; i < RECEIVE_MAX; i++) {
        struct err why = { ERR_NONE, "" };
        struct link_peer from;
        struct wire_message m;
        int got = link_recv(j->link, &from, &j->in, &why);

        if (got == 0)
            return end_silent(j, err);
        if (got > 0)
            got = wire_decode(buf_slice(&j->in), &m, &why);
        if (got < 0 && why.kind == ERR_FATAL) {
            *err = why;
            return -1;
        }
        if (got < 0)
            log_warnx("drop message: %s", why.msg);
        else if (on_message(j, &from, &m, err) < 0)
            return -1;
    }
    j->busy = true;
    return 0; /* nobody is silent while messages wait */
}

bool jobs_is_busy(const struct jobs *j)
{
    return j->busy;
}

/* ---- giving ---------------------------------------------------------- */

/* Lease a few documents to one worker; `*n` is how many there were. */
static int lease_some(
    struct jobs *j, struct lease_worker *w, size_t *n, struct err *err)
{
    struct job job[SHARE_MAX];
    size_t max = BATCH_MAX - j->unsent_n;
    char name[LINK_PEER_MAX + 1];

    max = max < SHARE_MAX ? max : SHARE_MAX;
    max = max < w->credit ? max : w->credit;
    memcpy(name, w->peer.id, w->peer.len);
    name[w->peer.len] = '\0';
    if (batch_join(j->batch, err) < 0 ||
        ledger_job_lease(
            j->batch->ledger, j->run, name, &j->arena, job, max, n, err) < 0)
        return -1;
    for (size_t i = 0; i < *n; i++) {
        lease_add(w, job[i].id, job[i].attempt, job[i].size);
        j->unsent[j->unsent_n++] = (struct unsent){ w->peer, job[i] };
    }
    j->may_be_queued = *n > 0; /* a share may end early, by its bytes */
    return 0;
}

int jobs_lease(struct jobs *j, struct err *err)
{
    struct lease_worker *w;
    int64_t now = clock_mono_ms();

    j->unsent_n = 0;
    if (now >= j->look_at_ms) {
        j->look_at_ms = now + LOOK_MS;
        j->may_be_queued = true;
    }
    while (j->may_be_queued && j->unsent_n < BATCH_MAX &&
           (w = lease_taker(&j->table)) != NULL) {
        size_t n = 0;

        if (lease_some(j, w, &n, err) < 0)
            return -1;
    }
    return 0;
}

/* The JOB message of a lease, with its body, in j->out. */
static int encode(struct jobs *j, const struct job *job, struct err *err)
{
    struct wire_message m = { .type = WIRE_JOB,
        .job = job->id,
        .attempt = job->attempt,
        .sha256 = slice_str(job->sha256),
        .url = slice_str(job->final_url ? job->final_url : job->url),
        .media_type = slice_str(job->media_type),
        .charset = slice_str(job->charset),
        .title = slice_str(job->title),
        .list_date = slice_str(job->list_date),
        .organization = slice_str(job->organization),
        .region = slice_str(job->region) };

    buf_reset(&j->body);
    buf_reset(&j->out);
    if (store_get(j->store, job->sha256, &j->body, err) < 0)
        return -1;
    m.body = buf_slice(&j->body);
    wire_encode(&m, &j->out);
    return buf_check(&j->out, "job", err);
}

static int send_one(struct jobs *j, const struct unsent *u, struct err *err)
{
    struct lease_worker *w = lease_find(&j->table, &u->peer);
    struct lease lease = { .job = u->job.id, .attempt = u->job.attempt };
    struct err why = { ERR_NONE, "" };

    if (!w)
        return give_back(j, &lease, false, "worker left", err);
    if (encode(j, &u->job, &why) < 0) {
        lease_end(w, lease.job, lease.attempt);
        if (why.kind == ERR_FATAL) {
            *err = why;
            return -1;
        }
        log_error("quarantine job=%lld: %s", (long long)lease.job, why.msg);
        if (batch_join(j->batch, err) < 0)
            return -1;
        return ledger_job_quarantine(j->batch->ledger, lease.job, lease.attempt,
            "store.damaged: the kept bytes are gone or changed", err);
    }
    if (link_send(j->link, &u->peer, buf_slice(&j->out), &why) < 0) {
        lease_end(w, lease.job, lease.attempt);
        lease_set_credit(w, 0);
        w->ready = false; /* if it still lives, it is asked again */
        return give_back(j, &lease, false, why.msg, err);
    }
    j->given_n++;
    log_debug("give job=%lld attempt=%u bytes=%zu", (long long)lease.job,
        lease.attempt, j->body.len);
    return 0;
}

int jobs_send(struct jobs *j, struct err *err)
{
    for (size_t i = 0; i < j->unsent_n; i++) {
        if (send_one(j, &j->unsent[i], err) < 0)
            return -1;
    }
    if (j->unsent_n > 0)
        j->busy = true; /* ZeroMQ: look for input after each send */
    j->unsent_n = 0;
    return 0;
}

int jobs_are_done(struct jobs *j, bool *done, struct err *err)
{
    uint64_t open = 0, queued = 0;

    *done = false;
    if (lease_total(&j->table) > 0)
        return 0;
    if (ledger_job_open_n(j->batch->ledger, j->run, &open, &queued, err) < 0)
        return -1;
    *done = open == 0;
    return 0;
}

void jobs_log(const struct jobs *j)
{
    log_info("jobs workers=%zu leased=%zu given=%llu done=%llu failed=%llu "
             "expired=%llu",
        j->table.worker_n, lease_total(&j->table),
        (unsigned long long)j->given_n, (unsigned long long)j->done_n,
        (unsigned long long)j->failed_n, (unsigned long long)j->expired_n);
}
