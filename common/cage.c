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
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "common/buf.h"
#include "common/cage_pipe.h"
#include "common/clock.h"
#include "common/limits.h"
#include "common/log.h"
#include "common/mem.h"

/* Documents read by one child: what a document may have left behind in the
 * heap does not live long, and a start costs as much as one report. */
#define CAGE_RECYCLE_N 100

/* A body that makes its reader large; the memory goes with the child. */
static const size_t large_bytes = (size_t)1024 * 1024;

/* Time for a reader to start and lock itself in, on a machine under load. */
static const int64_t start_ms = 20000;

struct cage {
    char *program;
    struct cage_limits limits;
    pid_t pid; /* 0 without a child */
    int to, from;
    uint32_t read_n; /* documents this child has read */
    bool unlimited;  /* CPU seconds cannot be renewed here; said once */
};

struct cage *cage_new(const char *program, const struct cage_limits *limits)
{
    struct cage *c = mem_alloc(sizeof(*c));

    c->program = mem_strdup(program);
    c->limits = *limits;
    c->to = c->from = -1;
    return c;
}

pid_t cage_pid(const struct cage *c)
{
    return c->pid;
}

/* ---- the child --------------------------------------------------------- */

static void close_pipes(struct cage *c)
{
    if (c->to >= 0)
        close(c->to);
    if (c->from >= 0)
        close(c->from);
    c->to = c->from = -1;
}

/* Wait for the child's end; its status. */
static int reap(struct cage *c)
{
    int status = 0;

    while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR) {
    }
    c->pid = 0;
    close_pipes(c);
    return status;
}

static void end_child(struct cage *c)
{
    if (!c->pid)
        return;
    kill(c->pid, SIGKILL);
    reap(c);
}

void cage_free(struct cage *c)
{
    if (!c)
        return;
    end_child(c);
    mem_free(c->program);
    mem_free(c);
}

/* A pipe that leaves the standard descriptors alone. */
static int open_pipe(int fd[2], struct err *err)
{
    if (pipe2(fd, O_CLOEXEC) < 0)
        return err_set_errno(err, ERR_FATAL, "reader: pipe");
    for (int i = 0; i < 2; i++) {
        int high;

        if (fd[i] > STDERR_FILENO)
            continue;
        high = fcntl(fd[i], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        if (high < 0) {
            err_set_errno(err, ERR_FATAL, "reader: pipe");
            close(fd[0]);
            close(fd[1]);
            return -1;
        }
        close(fd[i]);
        fd[i] = high;
    }
    return 0;
}

/* The child gets nothing of our environment but what sanitizers read. */
static size_t child_environment(char *out[8])
{
    static const char *const names[] = {
        "ASAN_OPTIONS=", "UBSAN_OPTIONS=", "LSAN_OPTIONS=", "LLVM_PROFILE_FILE="
    };
    size_t n = 0;

    for (char **e = environ; *e; e++)
        for (size_t i = 0; i < 4 && n < 7; i++)
            if (strncmp(*e, names[i], strlen(names[i])) == 0)
                out[n++] = *e;
    out[n] = NULL;
    return n;
}

static int spawn(struct cage *c, int in, int out)
{
    char memory[32], option[] = "--memory";
    char *argv[] = { c->program, option, memory, NULL };
    char *environment[8];
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attr;
    sigset_t none, all;
    int status;

    snprintf(memory, sizeof(memory), "%llu",
        (unsigned long long)c->limits.memory_bytes);
    child_environment(environment);
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    posix_spawnattr_init(&attr);
    /* Its own group: ^C on a terminal is ours to answer. */
    posix_spawnattr_setflags(&attr,
        POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setsigmask(&attr, &none);
    posix_spawnattr_setsigdefault(&attr, &all);
    posix_spawnattr_setpgroup(&attr, 0);
    status = posix_spawn(&c->pid, c->program, &files, &attr, argv, environment);
    if (status)
        c->pid = 0;
    posix_spawnattr_destroy(&attr);
    posix_spawn_file_actions_destroy(&files);
    return status;
}

/* ---- how it died ------------------------------------------------------- */

static bool is_crash(int signal_no)
{
    return signal_no == SIGSEGV || signal_no == SIGBUS || signal_no == SIGILL ||
           signal_no == SIGFPE || signal_no == SIGABRT || signal_no == SIGTRAP;
}

/* What the end of a reader that we did not kill says about its document. */
static int judge(const struct cage *c, int status, struct err *err)
{
    int signal_no = WIFSIGNALED(status) ? WTERMSIG(status) : 0;

    if (WIFEXITED(status) && WEXITSTATUS(status) == MEM_EXIT_STATUS)
        return err_set(err, ERR_LIMIT,
            "reader.memory: the document takes more than %llu MB to read",
            (unsigned long long)(c->limits.memory_bytes / 1024 / 1024));
    if (WIFEXITED(status))
        return err_set(err, ERR_INPUT,
            "reader.crashed: the reader ended with status %d",
            WEXITSTATUS(status));
    if (signal_no == SIGXCPU)
        return err_set(err, ERR_LIMIT,
            "reader.cpu: the document takes more than %u s of CPU to read",
            c->limits.cpu_s);
    if (signal_no == SIGSYS)
        return err_set(err, ERR_INPUT,
            "reader.crashed: the reader tried what it may not do");
    if (is_crash(signal_no))
        return err_set(err, ERR_INPUT,
            "reader.crashed: the reader died of SIG%s",
            sigabbrev_np(signal_no));
    return err_set(err, ERR_RETRY,
        "reader.gone: the reader was killed by signal %d", signal_no);
}

/* ---- talking to it ----------------------------------------------------- */

/* The time left until `deadline` has passed: kill it. */
static int too_late(struct cage *c, struct err *err)
{
    end_child(c);
    return err_set(err, ERR_LIMIT,
        "reader.wall: the document takes more than %u ms to read",
        c->limits.wall_ms);
}

/* Wait until `fd` is ready for `events`: 1, or 0 past the deadline. */
static int wait_for(int fd, short events, int64_t deadline_ms)
{
    struct pollfd p = { .fd = fd, .events = events };

    for (;;) {
        int64_t left = deadline_ms - clock_mono_ms();
        int n;

        if (left <= 0)
            return 0;
        n = poll(&p, 1, left > 60000 ? 60000 : (int)left);
        if (n > 0)
            return 1;
        if (n < 0 && errno != EINTR)
            return 1; /* the read or write that follows will say why */
    }
}

/* The reader hung up: why. */
static int hung_up(struct cage *c, struct err *err)
{
    return judge(c, reap(c), err);
}

static int receive(
    struct cage *c, void *to, size_t len, int64_t deadline_ms, struct err *err)
{
    char *p = to;

    while (len) {
        ssize_t n = read(c->from, p, len);

        if (n > 0) {
            p += n;
            len -= (size_t)n;
        } else if (n == 0) {
            return hung_up(c, err);
        } else if (errno == EAGAIN) {
            if (!wait_for(c->from, POLLIN, deadline_ms))
                return too_late(c, err);
        } else if (errno != EINTR) {
            err_set_errno(err, ERR_RETRY, "reader.gone: read");
            end_child(c);
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

static int send_parts(
    struct cage *c, struct iovec iov[2], int64_t deadline_ms, struct err *err)
{
    while (iov[0].iov_len + iov[1].iov_len) {
        ssize_t n = writev(c->to, iov, 2);

        if (n >= 0) {
            advance(iov, (size_t)n);
        } else if (errno == EPIPE) {
            return hung_up(c, err);
        } else if (errno == EAGAIN) {
            if (!wait_for(c->to, POLLOUT, deadline_ms))
                return too_late(c, err);
        } else if (errno != EINTR) {
            err_set_errno(err, ERR_RETRY, "reader.gone: write");
            end_child(c);
            return -1;
        }
    }
    return 0;
}

static int send_request(struct cage *c, struct slice in,
    const struct cage_hints *hints, int64_t deadline_ms, struct err *err)
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
    status = send_parts(c, iov, deadline_ms, err);
    buf_clear(&head);
    return status;
}

/* An answer that no honest reader gives: it goes. */
static int broken(struct cage *c, const char *why, struct err *err)
{
    end_child(c);
    return err_set(err, ERR_INPUT, "reader.broken: %s", why);
}

/* One answer frame: its first byte in *kind, the rest in `arena`. */
static int receive_answer(struct cage *c, struct arena *arena,
    int64_t deadline_ms, unsigned char *kind, struct slice *rest,
    struct err *err)
{
    unsigned char head[CAGE_FRAME_HEAD + 1];
    uint32_t len;
    char *p;

    if (receive(c, head, sizeof(head), deadline_ms, err) < 0)
        return -1;
    len = cage_frame_len(head);
    if (len < 1 || len > CAGE_ANSWER_BYTES)
        return broken(c, "an answer of a wrong length", err);
    *kind = head[CAGE_FRAME_HEAD];
    p = arena_alloc(arena, len);
    if (receive(c, p, len - 1, deadline_ms, err) < 0)
        return -1;
    *rest = (struct slice){ p, len - 1 };
    return 0;
}

static int start(struct cage *c, struct arena *arena, struct err *err)
{
    int in[2] = { -1, -1 }, out[2] = { -1, -1 };
    unsigned char kind = 0;
    struct slice rest;
    int status;

    if (open_pipe(in, err) < 0)
        return -1;
    if (open_pipe(out, err) < 0) {
        close(in[0]);
        close(in[1]);
        return -1;
    }
    status = spawn(c, in[0], out[1]);
    close(in[0]);
    close(out[1]);
    c->to = in[1];
    c->from = out[0];
    c->read_n = 0;
    if (status) {
        close_pipes(c);
        errno = status;
        return err_set_errno(
            err, ERR_FATAL, "reader: cannot start %s", c->program);
    }
    fcntl(c->to, F_SETFL, O_NONBLOCK);
    fcntl(c->from, F_SETFL, O_NONBLOCK);
    if (receive_answer(
            c, arena, clock_mono_ms() + start_ms, &kind, &rest, err) == 0) {
        if (kind == CAGE_READY)
            return 0;
        end_child(c);
        err_set(err, ERR_FATAL, "it speaks another language");
    }
    if (err->kind != ERR_RETRY)
        err->kind = ERR_FATAL;
    return err_in(err, "reader: %s did not get ready", c->program);
}

/* ---- limits ------------------------------------------------------------ */

/* Give the child cpu_s more seconds than it has used. */
static void renew_cpu(struct cage *c)
{
    struct rlimit limit;
    struct timespec used;
    clockid_t clock;

    if (clock_getcpuclockid(c->pid, &clock) != 0 ||
        clock_gettime(clock, &used) < 0)
        return; /* it is dead; the pipe will say so */
    if (prlimit(c->pid, RLIMIT_CPU, NULL, &limit) == 0) {
        /* Whole seconds; the part of one already used is not counted. */
        limit.rlim_cur = (rlim_t)used.tv_sec + 1 + c->limits.cpu_s;
        if (limit.rlim_cur > limit.rlim_max)
            limit.rlim_cur = limit.rlim_max;
        if (prlimit(c->pid, RLIMIT_CPU, &limit, NULL) == 0)
            return;
    }
    if (!c->unlimited && errno != ESRCH)
        log_warn("reader: CPU seconds are not limited, only wall time");
    c->unlimited = true;
}

/* A dead child is noticed before a document is given to it. */
static void drop_dead(struct cage *c)
{
    if (c->pid && waitpid(c->pid, NULL, WNOHANG) == c->pid) {
        c->pid = 0;
        close_pipes(c);
    }
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
    int64_t deadline_ms;
    unsigned char kind = 0;
    struct slice rest;
    struct err why;

    drop_dead(c);
    if (!c->pid && start(c, arena, err) < 0)
        return -1;
    renew_cpu(c);
    deadline_ms = clock_mono_ms() + c->limits.wall_ms;
    if (send_request(c, in, hints, deadline_ms, err) < 0 ||
        receive_answer(c, arena, deadline_ms, &kind, &rest, err) < 0)
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
        end_child(c);
    return status;
}
