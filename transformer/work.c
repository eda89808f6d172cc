/* SPDX-License-Identifier: Apache-2.0 */
/*
 * work - the loop of a worker: jobs in, records out.
 *
 * A document is read as soon as it arrives; its record is kept until the
 * loader has acknowledged it, and only then is DONE said.  Loader and
 * collector may die in between: records are sent again, words that a full
 * queue refused are kept, and a new collector is told the credit that is
 * left.  At most `credit` records are kept; while that many are, further
 * jobs wait in the socket.
 */
#include "transformer/work.h"

#include <inttypes.h>
#include <string.h>

#include "common/clock.h"
#include "common/limits.h"
#include "common/link.h"
#include "common/log.h"
#include "common/mem.h"
#include "common/service.h"
#include "common/wire.h"
#include "transformer/reading.h"
#include "transformer/route.h"

enum {
    RESEND_MS = 2000,      /* until an unanswered record is sent again, */
    RESEND_MAX_MS = 16000, /* then twice as long, up to this */
    COUNTERS_MS = 60 * 1000,
};

enum held_state {
    HELD_FREE,
    HELD_RECORD, /* `message` is a RECORD; the loader has not answered */
    HELD_ANSWER, /* `message` is for the collector, its queue was full */
};

/* A document that was read and is not yet settled. */
struct held {
    enum held_state state;
    int64_t job;
    uint32_t attempt;
    struct buf message;
    int64_t send_at_ms; /* HELD_RECORD: when to send (again) */
    int pause_ms;
};

struct work {
    const struct conf *conf;
    const struct forms *forms;
    struct link *jobs, *records;
    struct route *route;
    struct arena arena; /* of one document */
    struct buf in, out, record;
    struct held *held; /* conf->credit of them */
    uint32_t held_n;
    bool owes_ready; /* the collector asked for the credit */
    int64_t heartbeat_at_ms, counters_at_ms;
    uint64_t done_n, failed_n, stale_n, resent_n;
};

/* ---- words to the collector ------------------------------------------------
 */

/* Send a message without a job; one that is lost is said again soon. */
static int tell(
    struct work *w, enum wire_type type, uint32_t credit, struct err *err)
{
    struct wire_message m = { .type = type, .credit = credit };

    buf_reset(&w->out);
    wire_encode(&m, &w->out);
    if (link_send(w->jobs, NULL, buf_slice(&w->out), err) == 0)
        return 0;
    if (err->kind != ERR_RETRY)
        return -1;
    err_clear(err);
    return 1;
}

static int heartbeat(struct work *w, struct err *err)
{
    int64_t now = clock_mono_ms();

    service_alive();
    if (now < w->heartbeat_at_ms)
        return 0;
    w->heartbeat_at_ms = now + w->conf->heartbeat_ms;
    return tell(w, WIRE_HEARTBEAT, 0, err) < 0 ? -1 : 0;
}

/* While a document is read.  What goes wrong now goes wrong again at the
 * next heartbeat, and is said there. */
static void beat(void *arg)
{
    struct err unsaid = { .kind = ERR_NONE };

    heartbeat(arg, &unsaid);
}

static int say_ready(struct work *w, struct err *err)
{
    int sent = tell(w, WIRE_READY, w->conf->credit - w->held_n, err);

    if (sent < 0)
        return -1;
    w->owes_ready = sent != 0;
    return 0;
}

/* ---- what is held ----------------------------------------------------------
 */

static struct held *held_new(struct work *w, int64_t job, uint32_t attempt)
{
    struct held *h = w->held;

    while (h->state != HELD_FREE)
        h++; /* the caller saw that one is free */
    h->job = job;
    h->attempt = attempt;
    buf_reset(&h->message);
    w->held_n++;
    return h;
}

static struct held *held_find(struct work *w, int64_t job, uint32_t attempt)
{
    for (uint32_t i = 0; i < w->conf->credit; i++) {
        if (w->held[i].state == HELD_RECORD && w->held[i].job == job &&
            w->held[i].attempt == attempt)
            return &w->held[i];
    }
    return NULL;
}

static void held_free(struct work *w, struct held *h)
{
    h->state = HELD_FREE;
    if (h->message.cap > LIMIT_RECORD_BYTES / 16)
        buf_clear(&h->message); /* one large record does not stay */
    w->held_n--;
}

/* Send what is due of one entry: 0, or -1 with ERR_FATAL. */
static int held_flush(struct work *w, struct held *h, struct err *err)
{
    bool record = h->state == HELD_RECORD;
    int64_t now = clock_mono_ms();

    if (h->state == HELD_FREE || (record && now < h->send_at_ms))
        return 0;
    if (link_send(record ? w->records : w->jobs, NULL, buf_slice(&h->message),
            err) == 0) {
        if (!record) {
            held_free(w, h);
            return 0;
        }
        w->resent_n += h->pause_ms > 0;
        h->pause_ms = h->pause_ms == 0 ? RESEND_MS : 2 * h->pause_ms;
        if (h->pause_ms > RESEND_MAX_MS)
            h->pause_ms = RESEND_MAX_MS;
        h->send_at_ms = now + h->pause_ms;
        return 0;
    }
    if (err->kind != ERR_RETRY)
        return -1;
    err_clear(err);
    h->send_at_ms = now + RESEND_MS;
    return 0;
}

static int held_flush_all(struct work *w, struct err *err)
{
    for (uint32_t i = 0; i < w->conf->credit; i++) {
        if (held_flush(w, &w->held[i], err) != 0)
            return -1;
    }
    return 0;
}

/* Turn an entry into DONE or FAILED for the collector. */
static int settle(struct work *w, struct held *h, enum wire_type type,
    enum err_kind kind, struct slice reason, struct err *err)
{
    struct wire_message m = { .type = type,
        .job = h->job,
        .attempt = h->attempt,
        .kind = kind,
        .reason = reason };

    h->state = HELD_ANSWER;
    buf_reset(&h->message);
    wire_encode(&m, &h->message);
    w->done_n += type == WIRE_DONE;
    w->failed_n += type == WIRE_FAILED;
    return held_flush(w, h, err);
}

/* ---- one document ----------------------------------------------------------
 */

/* A reader that was killed from outside gets a second chance in a fresh
 * cage. */
static int read_job(struct work *w, const struct wire_message *job,
    struct record *rec, struct err *err)
{
    const struct cage_hints hints = {
        .media_type = job->media_type, .charset = job->charset, .name = job->url
    };
    const struct extract_hints known = { job->title, job->list_date,
        job->organization };

    if (reading_make(w->route, w->forms, job->body, &hints, &known, rec, err) ==
        0)
        return 0;
    if (err->kind != ERR_RETRY || service_stopping())
        return -1;
    log_info("again job=%" PRId64 " reason=\"%s\"", job->job, err->msg);
    err_clear(err);
    arena_reset(&w->arena);
    *rec = (struct record){ .arena = &w->arena, .sha256 = job->sha256 };
    if (heartbeat(w, err) != 0)
        return -1;
    return reading_make(
        w->route, w->forms, job->body, &hints, &known, rec, err);
}

/* The job's record, encoded, in w->record. */
static int make_record(
    struct work *w, const struct wire_message *job, struct err *err)
{
    struct record rec = { .arena = &w->arena, .sha256 = job->sha256 };

    arena_reset(&w->arena);
    if (read_job(w, job, &rec, err) != 0)
        return -1;
    buf_reset(&w->record);
    record_encode(&rec, &w->record);
    log_debug("read job=%" PRId64 " reader=%.*s status=%s cells=%u", job->job,
        SLICE_ARG(rec.reader), report_status_name(rec.status), rec.cell_n);
    return buf_check(&w->record, "record", err);
}

static int do_job(
    struct work *w, const struct wire_message *job, struct err *err)
{
    struct held *h = held_new(w, job->job, job->attempt);
    struct wire_message m = {
        .type = WIRE_RECORD, .job = job->job, .attempt = job->attempt
    };

    if (make_record(w, job, err) != 0) {
        struct err why = *err;

        if (why.kind == ERR_FATAL)
            return -1;
        log_info("failed job=%" PRId64 " kind=%s reason=\"%s\"", job->job,
            err_kind_name(why.kind), why.msg);
        err_clear(err);
        return settle(w, h, WIRE_FAILED, why.kind, slice_str(why.msg), err);
    }
    m.record = buf_slice(&w->record);
    wire_encode(&m, &h->message);
    h->state = HELD_RECORD;
    h->send_at_ms = 0;
    h->pause_ms = 0;
    return held_flush(w, h, err);
}

/* ---- what arrives ----------------------------------------------------------
 */

/* The next message of a link: 1 it is in *m, 0 none, -1 ERR_FATAL.  One
 * that does not decode is dropped. */
static int next_message(
    struct work *w, struct link *l, struct wire_message *m, struct err *err)
{
    for (;;) {
        int got = link_recv(l, NULL, &w->in, err);
        if (got == 0)
            return 0;
        if (got > 0 && wire_decode(buf_slice(&w->in), m, err) == 0)
            return 1;
        if (err->kind == ERR_FATAL)
            return -1;
        log_warnx("dropped message reason=\"%s\"", err->msg);
        err_clear(err);
    }
}

static int on_nack(
    struct work *w, const struct wire_message *m, struct err *err)
{
    struct held *h = held_find(w, m->job, m->attempt);

    if (!h)
        return 0;
    if (slice_starts(m->reason, SLICE_LIT("record.stale"))) {
        log_info("stale job=%" PRId64 " attempt=%u", m->job, m->attempt);
        w->stale_n++;
        held_free(w, h);
        w->owes_ready = true; /* the collector has forgotten the lease */
        return 0;
    }
    if (m->kind == ERR_INPUT || m->kind == ERR_LIMIT)
        return settle(
            w, h, WIRE_FAILED, (enum err_kind)m->kind, m->reason, err);
    h->send_at_ms = clock_mono_ms() + RESEND_MS;
    return 0;
}

/* Answers of the loader. */
static int hear_records(struct work *w, struct err *err)
{
    struct wire_message m;
    struct held *h;
    int got;

    while ((got = next_message(w, w->records, &m, err)) > 0) {
        if (m.type == WIRE_ACK) {
            h = held_find(w, m.job, m.attempt);
            if (h && settle(w, h, WIRE_DONE, ERR_NONE,
                         (struct slice){ NULL, 0 }, err) != 0)
                return -1;
        } else if (m.type == WIRE_NACK) {
            if (on_nack(w, &m, err) != 0)
                return -1;
        } else {
            log_warnx("dropped message type=%d", (int)m.type);
        }
    }
    return got;
}

/* Documents, as long as there is room for their records. */
static int hear_jobs(struct work *w, struct err *err)
{
    struct wire_message m;
    int got = 0;

    while (w->held_n < w->conf->credit && !service_stopping() &&
           (got = next_message(w, w->jobs, &m, err)) > 0) {
        if (m.type == WIRE_PING)
            w->owes_ready = true;
        else if (m.type != WIRE_JOB)
            log_warnx("dropped message type=%d", (int)m.type);
        else if (do_job(w, &m, err) != 0)
            return -1;
        if (heartbeat(w, err) != 0 || hear_records(w, err) != 0)
            return -1;
    }
    return got < 0 ? -1 : 0;
}

/* ---- the loop --------------------------------------------------------------
 */

static void log_counters(struct work *w, bool now)
{
    int64_t t = clock_mono_ms();

    if (!now && t < w->counters_at_ms)
        return;
    w->counters_at_ms = t + COUNTERS_MS;
    log_info("counters done=%" PRIu64 " failed=%" PRIu64 " stale=%" PRIu64
             " resent=%" PRIu64 " held=%u",
        w->done_n, w->failed_n, w->stale_n, w->resent_n, w->held_n);
}

/* Milliseconds until something is due without a message. */
static int due_ms(const struct work *w)
{
    int64_t now = clock_mono_ms(), due = w->heartbeat_at_ms;

    for (uint32_t i = 0; i < w->conf->credit; i++) {
        if (w->held[i].state == HELD_RECORD && w->held[i].send_at_ms < due)
            due = w->held[i].send_at_ms;
    }
    return due <= now ? 0 : (int)(due - now);
}

static int turn(struct work *w, struct err *err)
{
    /* a full hand does not listen to jobs, or zmq_poll would not wait */
    struct link *const links[] = { w->records, w->jobs };
    size_t n = w->held_n < w->conf->credit ? 2 : 1;

    if (link_wait(links, n, NULL, 0, due_ms(w), err) != 0 ||
        hear_records(w, err) != 0 || hear_jobs(w, err) != 0 ||
        held_flush_all(w, err) != 0 || heartbeat(w, err) != 0)
        return -1;
    if (w->owes_ready && say_ready(w, err) != 0)
        return -1;
    log_counters(w, false);
    return 0;
}

static int open_all(struct work *w, const char *name, struct err *err)
{
    const struct conf *conf = w->conf;
    char *jobs = conf_address(conf, "jobs");
    char *records = conf_address(conf, "records");

    w->route = route_open(conf);
    route_on_wait(w->route, beat, w);
    w->jobs = link_connect(jobs, name, err);
    w->records = w->jobs ? link_connect(records, name, err) : NULL;
    mem_free(jobs);
    mem_free(records);
    return w->records ? 0 : -1;
}

static void init_all(
    struct work *w, const struct conf *conf, const struct forms *forms)
{
    memset(w, 0, sizeof(*w));
    w->conf = conf;
    w->forms = forms;
    w->owes_ready = true;
    w->counters_at_ms = clock_mono_ms() + COUNTERS_MS;
    arena_init(&w->arena, LIMIT_ARENA_BYTES);
    buf_init(&w->in, LIMIT_MESSAGE_BYTES);
    buf_init(&w->out, LIMIT_MESSAGE_BYTES);
    buf_init(&w->record, LIMIT_RECORD_BYTES);
    w->held = mem_alloc_n(conf->credit, sizeof(*w->held));
    for (uint32_t i = 0; i < conf->credit; i++)
        buf_init(&w->held[i].message, LIMIT_MESSAGE_BYTES);
}

static void clear_all(struct work *w)
{
    route_free(w->route);
    link_close(w->jobs);
    link_close(w->records);
    arena_clear(&w->arena);
    buf_clear(&w->in);
    buf_clear(&w->out);
    buf_clear(&w->record);
    for (uint32_t i = 0; i < w->conf->credit; i++)
        buf_clear(&w->held[i].message);
    mem_free(w->held);
}

int work(const struct conf *conf, const struct forms *forms, const char *name,
    struct err *err)
{
    struct work w;
    int result;

    init_all(&w, conf, forms);
    result = open_all(&w, name, err);
    if (result == 0)
        service_ready("waiting for documents");
    while (result == 0 && !service_stopping())
        result = turn(&w, err);
    service_leaving();
    log_counters(&w, true);
    clear_all(&w);
    return result;
}
