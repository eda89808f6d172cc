/* SPDX-License-Identifier: Apache-2.0 */
/*
 * intake - records from the workers into the ledger, in group commits.
 *
 * A commit costs an fsync, so records that wait together share one: a group
 * ends when the queue is empty, at GROUP_MAX records or after GROUP_MS.
 * Answers go out only after the commit; a worker that hears nothing keeps
 * its job, and a record that comes twice changes nothing.  In memory are one
 * record and the names of the peers to be answered.
 */
#include "loader/intake.h"

#include <inttypes.h>

#include "common/clock.h"
#include "common/limits.h"
#include "common/link.h"
#include "common/log.h"
#include "common/mem.h"
#include "common/wire.h"
#include "loader/admit.h"

enum {
    GROUP_MAX = 64, /* records of one transaction */
    GROUP_MS = 20,  /* longest wait of the first record for its commit */
};

/* An answer that waits for the commit. */
struct reply {
    struct link_peer peer;
    enum wire_type type; /* WIRE_ACK or WIRE_NACK */
    int64_t job;
    uint32_t attempt;
    struct err why; /* WIRE_NACK */
};

struct intake {
    struct link *link;
    struct ledger *ledger;
    struct arena arena; /* of the record at hand */
    struct buf frame;   /* as received */
    struct buf answer;
    struct reply reply[GROUP_MAX];
    size_t reply_n;
    bool in_group; /* a transaction is open */
    int64_t group_since_ms;
    struct intake_stats stats;
};

struct intake *intake_open(
    const char *address, struct ledger *ledger, struct err *err)
{
    struct intake *in = mem_alloc(sizeof(*in));

    in->ledger = ledger;
    arena_init(&in->arena, 0);
    buf_init(&in->frame, LIMIT_MESSAGE_BYTES);
    buf_init(&in->answer, LIMIT_MESSAGE_BYTES);
    in->link = link_bind(address, err);
    if (!in->link) {
        intake_close(in);
        return NULL;
    }
    return in;
}

void intake_close(struct intake *in)
{
    if (!in)
        return;
    if (in->in_group)
        ledger_rollback(in->ledger);
    link_close(in->link);
    arena_clear(&in->arena);
    buf_clear(&in->frame);
    buf_clear(&in->answer);
    mem_free(in);
}

const struct intake_stats *intake_stats(const struct intake *in)
{
    return &in->stats;
}

/* ---- answers ---------------------------------------------------------- */

static void answer(struct intake *in, const struct reply *r)
{
    struct wire_message m = { .type = r->type,
        .job = r->job,
        .attempt = r->attempt,
        .kind = r->why.kind,
        .reason = slice_str(r->type == WIRE_NACK ? r->why.msg : NULL) };
    struct err err;

    buf_reset(&in->answer);
    wire_encode(&m, &in->answer);
    /* A peer that is gone has lost its lease too, and will be sent the
     * job again or has given it to another. */
    if (link_send(in->link, &r->peer, buf_slice(&in->answer), &err) != 0)
        log_debug("unanswered job=%" PRId64 " reason=\"%s\"", r->job, err.msg);
}

static void answer_all(struct intake *in)
{
    size_t i;

    for (i = 0; i < in->reply_n; i++)
        answer(in, &in->reply[i]);
    in->reply_n = 0;
}

/* The group could not be committed: nobody's record is in. */
static void take_back_all(struct intake *in, const struct err *why)
{
    size_t i;

    for (i = 0; i < in->reply_n; i++) {
        in->reply[i].type = WIRE_NACK;
        in->reply[i].why = *why;
        err_in(&in->reply[i].why, "ledger.busy");
        in->reply[i].why.kind = ERR_RETRY;
    }
    answer_all(in);
}

/* ---- groups ----------------------------------------------------------- */

static int group_begin(struct intake *in, struct err *err)
{
    if (in->in_group)
        return 0;
    if (ledger_begin(in->ledger, err) != 0)
        return -1;
    in->in_group = true;
    in->group_since_ms = clock_mono_ms();
    return 0;
}

static int group_end(struct intake *in, struct err *err)
{
    if (in->in_group) {
        in->in_group = false;
        if (ledger_commit(in->ledger, err) != 0) {
            ledger_rollback(in->ledger);
            take_back_all(in, err);
            return err->kind == ERR_RETRY ? 0 : -1;
        }
        in->stats.commits++;
    }
    answer_all(in);
    return 0;
}

static bool group_is_full(const struct intake *in)
{
    return in->reply_n == GROUP_MAX ||
           (in->in_group && clock_mono_ms() - in->group_since_ms >= GROUP_MS);
}

/* ---- one record ------------------------------------------------------- */

/* Decode, judge, and put the record into the open group.  ERR_INPUT: the
 * record is at fault. */
static int put_record(struct intake *in, const struct wire_message *m,
    enum load_result *result, struct err *err)
{
    struct record rec;

    if (record_decode(m->record, &in->arena, &rec, err) != 0)
        return err->kind == ERR_INPUT ? err_in(err, "record.broken") : -1;
    if (admit_record(&rec, err) != 0 || group_begin(in, err) != 0)
        return -1;
    return ledger_report_put(in->ledger, m->job, m->attempt, &rec, result, err);
}

static void refuse(struct intake *in, struct reply *r, const struct err *err)
{
    r->type = WIRE_NACK;
    r->why = *err;
    if (err->kind == ERR_RETRY) {
        log_info("postponed job=%" PRId64 " reason=\"%s\"", r->job, err->msg);
    } else {
        in->stats.refused++;
        log_warnx("refused job=%" PRId64 " reason=\"%s\"", r->job, err->msg);
    }
}

static void accept(struct intake *in, struct reply *r, enum load_result result)
{
    r->type = WIRE_ACK;
    switch (result) {
    case LOAD_DONE:
        in->stats.loaded++;
        log_debug("loaded job=%" PRId64 " attempt=%u", r->job, r->attempt);
        return;
    case LOAD_REPEATED:
        in->stats.repeated++;
        log_debug("repeated job=%" PRId64 " attempt=%u", r->job, r->attempt);
        return;
    case LOAD_STALE:
        in->stats.stale++;
        r->type = WIRE_NACK;
        err_set(&r->why, ERR_RETRY,
            "record.stale: attempt %u no longer holds the lease", r->attempt);
        log_info("stale job=%" PRId64 " attempt=%u", r->job, r->attempt);
        return;
    }
}

static int take_message(
    struct intake *in, const struct link_peer *from, struct err *err)
{
    struct reply *r = &in->reply[in->reply_n];
    enum load_result result = LOAD_DONE;
    struct wire_message m;

    in->stats.bytes += in->frame.len;
    if (wire_decode(buf_slice(&in->frame), &m, err) != 0) {
        log_warnx(
            "dropped message bytes=%zu reason=\"%s\"", in->frame.len, err->msg);
        return 0;
    }
    if (m.type != WIRE_RECORD) {
        log_warnx("dropped message type=%d", (int)m.type);
        return 0;
    }
    *r = (struct reply){ .peer = *from, .job = m.job, .attempt = m.attempt };
    arena_reset(&in->arena);
    if (put_record(in, &m, &result, err) == 0)
        accept(in, r, result);
    else if (err->kind != ERR_FATAL)
        refuse(in, r, err);
    else
        return -1;
    in->reply_n++;
    return 0;
}

int intake_turn(struct intake *in, int timeout_ms, struct err *err)
{
    struct link_peer from;
    int got;

    if (link_wait(&in->link, 1, NULL, 0, timeout_ms, err) != 0)
        return -1;
    while ((got = link_recv(in->link, &from, &in->frame, err)) == 1) {
        if (take_message(in, &from, err) != 0)
            return -1;
        if (group_is_full(in) && group_end(in, err) != 0)
            return -1;
    }
    if (got < 0)
        return -1;
    return group_end(in, err);
}
