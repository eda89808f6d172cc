/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cage - hand bytes to a caged reader, get a document tree back.
 *
 * The reader limits its memory and locks itself in; its CPU seconds are
 * renewed from here for each document, because it may not do so itself, and
 * the wall clock is ours.  How it died decides what is said about the
 * document, never the other way round.
 */
#include "common/cage.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "common/buf.h"
#include "common/cage_child.h"
#include "common/cage_pipe.h"
#include "common/clock.h"
#include "common/limits.h"
#include "common/mem.h"

/* Documents read by one child: what a document may have left behind in the
 * heap does not live long, and a start costs as much as one report. */
#define CAGE_RECYCLE_N 100

/* A body that makes its reader large; the memory goes with the child. */
static const size_t large_bytes = (size_t)1024 * 1024;

/* Time for a reader to start and lock itself in, on a machine under load. */
static const int64_t start_ms = 20000;

/* How often we look at the clock while we wait, and by how much a look may
 * be late on a busy machine before we say that we were stopped. */
static const int slice_ms = 200;
static const int64_t stopped_ms = 1000;

struct cage {
    char *program;
    struct cage_limits limits;
    struct cage_child child;
    int64_t deadline_ms; /* monotonic, of what is under way */
    uint32_t read_n;     /* documents this child has read */
    void (*waiting)(void *);
    void *waiting_arg;
};

struct cage *cage_new(const char *program, const struct cage_limits *limits)
{
    struct cage *c = mem_alloc(sizeof(*c));

    c->program = mem_strdup(program);
    c->limits = *limits;
    cage_child_init(&c->child);
    return c;
}

void cage_on_wait(struct cage *c, void (*waiting)(void *), void *arg)
{
    c->waiting = waiting;
    c->waiting_arg = arg;
}

pid_t cage_pid(const struct cage *c)
{
    return c->child.pid;
}

void cage_free(struct cage *c)
{
    if (!c)
        return;
    cage_child_end(&c->child);
    mem_free(c->program);
    mem_free(c);
}

/* ---- talking to it ----------------------------------------------------- */

/* The deadline has passed: kill it.  A reader that was computing all the
 * time and has CPU seconds left was kept waiting by the machine; on a
 * quieter one the document will be read, or end at its CPU limit. */
static int too_late(struct cage *c, struct err *err)
{
    int64_t used_ms = cage_child_used_ms(&c->child);

    cage_child_end(&c->child);
    if (used_ms > c->limits.wall_ms / 10 &&
        used_ms < (int64_t)c->limits.cpu_s * 1000)
        return err_set(err, ERR_RETRY,
            "reader.gone: the machine gave the reader %lld of %u ms",
            (long long)used_ms, c->limits.wall_ms);
    return err_set(err, ERR_LIMIT,
        "reader.wall: the document takes more than %u ms to read",
        c->limits.wall_ms);
}

/* Wait until `fd` is ready for `events`: 1, or 0 past the deadline.  Time in
 * which we were stopped ourselves (a signal, a suspended machine) is not the
 * reader's: it could not be heard. */
static int wait_for(struct cage *c, int fd, short events)
{
    struct pollfd p = { .fd = fd, .events = events };

    for (;;) {
        int64_t before = clock_mono_ms(), left = c->deadline_ms - before, late;
        int slice = left <= 0 ? 0 : left > slice_ms ? slice_ms : (int)left;
        int n = poll(&p, 1, slice);

        if (n > 0)
            return 1;
        if (n < 0 && errno != EINTR)
            return 1; /* the read or write that follows will say why */
        if (left <= 0)
            return 0;
        late = clock_mono_ms() - before - slice;
        if (late > stopped_ms)
            c->deadline_ms += late;
        if (c->waiting)
            c->waiting(c->waiting_arg);
    }
}

/* The reader hung up: why. */
static int hung_up(struct cage *c, struct err *err)
{
    return cage_child_judge(&c->child, &c->limits, err);
}

static int receive(struct cage *c, void *to, size_t len, struct err *err)
{
    char *p = to;

    while (len) {
        ssize_t n = read(c->child.from, p, len);

        if (n > 0) {
            p += n;
            len -= (size_t)n;
        } else if (n == 0) {
            return hung_up(c, err);
        } else if (errno == EAGAIN) {
            if (!wait_for(c, c->child.from, POLLIN))
                return too_late(c, err);
        } else if (errno != EINTR) {
            err_set_errno(err, ERR_RETRY, "reader.gone: read");
            cage_child_end(&c->child);
            return -1;
        }
    }
    return 0;
}

/* Take `n` bytes off the front of two parts. */
static void advance(struct iovec iov[2], size_t n)
{
    for (int i = 0; i < 2; i++) {
        size_t take = n < iov[i].iov_len ? n : iov[i].iov_len;

        iov[i].iov_base = (char *)iov[i].iov_base + take;
        iov[i].iov_len -= take;
        n -= take;
    }
}

static int send_parts(struct cage *c, struct iovec iov[2], struct err *err)
{
    while (iov[0].iov_len + iov[1].iov_len) {
        ssize_t n = writev(c->child.to, iov, 2);

        if (n >= 0) {
            advance(iov, (size_t)n);
        } else if (errno == EPIPE) {
            return hung_up(c, err);
        } else if (errno == EAGAIN) {
            if (!wait_for(c, c->child.to, POLLOUT))
                return too_late(c, err);
        } else if (errno != EINTR) {
            err_set_errno(err, ERR_RETRY, "reader.gone: write");
            cage_child_end(&c->child);
            return -1;
        }
    }
    return 0;
}

static int send_request(struct cage *c, struct slice in,
    const struct cage_hints *hints, struct err *err)
{
    struct iovec iov[2];
    struct buf head;
    int status;

    buf_init(&head, CAGE_REQUEST_BYTES - LIMIT_BODY_BYTES);
    cage_request_encode(hints, (uint32_t)in.len, &head);
    if (buf_check(&head, "reader.size: name and media type", err) < 0) {
        buf_clear(&head);
        return -1;
    }
    iov[0] = (struct iovec){ head.p, head.len };
    /* iovec is not const, but writev does not write there. */
    iov[1] = (struct iovec){ (void *)(uintptr_t)in.p, in.len };
    status = send_parts(c, iov, err);
    buf_clear(&head);
    return status;
}

/* An answer that no honest reader gives: it goes. */
static int broken(struct cage *c, const char *why, struct err *err)
{
    cage_child_end(&c->child);
    return err_set(err, ERR_INPUT, "reader.broken: %s", why);
}

/* One answer frame: its first byte in *kind, the rest in `arena`. */
static int receive_answer(struct cage *c, struct arena *arena,
    unsigned char *kind, struct slice *rest, struct err *err)
{
    unsigned char head[CAGE_FRAME_HEAD + 1];
    uint32_t len;
    char *p;

    if (receive(c, head, sizeof(head), err) < 0)
        return -1;
    len = cage_frame_len(head);
    if (len < 1 || len > CAGE_ANSWER_BYTES)
        return broken(c, "an answer of a wrong length", err);
    *kind = head[CAGE_FRAME_HEAD];
    p = arena_alloc(arena, len);
    if (receive(c, p, len - 1, err) < 0)
        return -1;
    *rest = (struct slice){ p, len - 1 };
    return 0;
}

static int start(struct cage *c, struct arena *arena, struct err *err)
{
    unsigned char kind = 0;
    struct slice rest;

    c->read_n = 0;
    if (cage_child_start(&c->child, c->program, &c->limits, err) < 0)
        return -1;
    c->deadline_ms = clock_mono_ms() + start_ms;
    if (receive_answer(c, arena, &kind, &rest, err) == 0) {
        if (kind == CAGE_READY)
            return 0;
        cage_child_end(&c->child);
        err_set(err, ERR_FATAL, "it speaks another language");
    }
    if (err->kind == ERR_RETRY)
        return -1;
    if (err->kind == ERR_LIMIT) /* the machine is busy, not the document */
        return err_set(err, ERR_RETRY,
            "reader.gone: %s did not get ready in %lld ms", c->program,
            (long long)start_ms);
    err->kind = ERR_FATAL;
    return err_in(err, "reader: %s did not get ready", c->program);
}

/* ---- reading ----------------------------------------------------------- */

/* What a reader says goes into logs: one line, no control characters. */
static int refused(unsigned char kind, struct slice said, struct err *err)
{
    char line[300];
    size_t n = 0;

    for (size_t i = 0; i < said.len && n + 1 < sizeof(line); i++) {
        unsigned char ch = (unsigned char)said.p[i];

        line[n++] = (char)(ch < 0x20 || ch == 0x7f ? '?' : ch);
    }
    line[n] = '\0';
    return err_set(err, kind == CAGE_LIMIT ? ERR_LIMIT : ERR_INPUT, "%s", line);
}

static int read_one(struct cage *c, struct slice in,
    const struct cage_hints *hints, struct arena *arena, struct document *doc,
    struct err *err)
{
    unsigned char kind = 0;
    struct slice rest;
    struct err why;

    cage_child_drop_dead(&c->child);
    if (!c->child.pid && start(c, arena, err) < 0)
        return -1;
    cage_child_renew_cpu(&c->child, c->limits.cpu_s);
    c->deadline_ms = clock_mono_ms() + c->limits.wall_ms;
    if (send_request(c, in, hints, err) < 0 ||
        receive_answer(c, arena, &kind, &rest, err) < 0)
        return -1;
    c->read_n++;
    if (kind == CAGE_INPUT || kind == CAGE_LIMIT)
        return refused(kind, rest, err);
    if (kind != CAGE_TREE)
        return broken(c, "an answer of no known kind", err);
    if (document_decode(rest, arena, doc, &why) < 0)
        return broken(c, why.msg, err);
    return 0;
}

int cage_read(struct cage *c, struct slice in, const struct cage_hints *hints,
    struct arena *arena, struct document *doc, struct err *err)
{
    sigset_t pipe_signal, before, waiting;
    struct timespec now = { 0, 0 };
    bool was_pending;
    int status;

    if (in.len > LIMIT_BODY_BYTES)
        return err_set(err, ERR_LIMIT, "reader.size: %zu bytes, at most %u",
            in.len, LIMIT_BODY_BYTES);
    /* A child that dies while we write must not take us with it. */
    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    sigpending(&waiting);
    was_pending = sigismember(&waiting, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
    status = read_one(c, in, hints, arena, doc, err);
    if (!was_pending)
        while (sigtimedwait(&pipe_signal, NULL, &now) < 0 && errno == EINTR) {
        }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (c->read_n >= CAGE_RECYCLE_N || in.len > large_bytes)
        cage_child_end(&c->child);
    return status;
}
