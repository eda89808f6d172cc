/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cage_child - the process in a cage: start, limits, end.
 */
#include "common/cage_child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "common/log.h"
#include "common/mem.h"

void cage_child_init(struct cage_child *c)
{
    *c = (struct cage_child){ .to = -1, .from = -1 };
}

static void close_pipes(struct cage_child *c)
{
    if (c->to >= 0)
        close(c->to);
    if (c->from >= 0)
        close(c->from);
    c->to = c->from = -1;
}

/* Wait for its end; its status. */
static int reap(struct cage_child *c)
{
    int status = 0;

    while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR) {
    }
    c->pid = 0;
    close_pipes(c);
    return status;
}

void cage_child_end(struct cage_child *c)
{
    if (!c->pid)
        return;
    kill(c->pid, SIGKILL);
    reap(c);
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

/* Room for a usual page or its tree, so that each goes in one piece and
 * neither side waits for the other in the middle. */
static void widen(int fd)
{
    const int bytes = 256 * 1024;

    if (fcntl(fd, F_SETPIPE_SZ, bytes) < 0)
        log_debug("reader: pipes stay at their usual size");
}

/* The child gets nothing of our environment but what sanitizers read. */
static void child_environment(char *out[8])
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
}

/* 0, or an error number. */
static int spawn(
    struct cage_child *c, char *program, uint64_t memory_bytes, int in, int out)
{
    char memory[32], option[] = "--memory";
    char *argv[] = { program, option, memory, NULL };
    char *environment[8];
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attr;
    sigset_t none, all;
    int status;

    snprintf(memory, sizeof(memory), "%llu", (unsigned long long)memory_bytes);
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
    status = posix_spawn(&c->pid, program, &files, &attr, argv, environment);
    if (status)
        c->pid = 0;
    posix_spawnattr_destroy(&attr);
    posix_spawn_file_actions_destroy(&files);
    return status;
}

int cage_child_start(struct cage_child *c, const char *program,
    const struct cage_limits *limits, struct err *err)
{
    int in[2] = { -1, -1 }, out[2] = { -1, -1 };
    char *name;
    int status;

    if (open_pipe(in, err) < 0)
        return -1;
    if (open_pipe(out, err) < 0) {
        close(in[0]);
        close(in[1]);
        return -1;
    }
    name = mem_strdup(program);
    status = spawn(c, name, limits->memory_bytes, in[0], out[1]);
    mem_free(name);
    close(in[0]);
    close(out[1]);
    c->to = in[1];
    c->from = out[0];
    if (status) {
        close_pipes(c);
        errno = status;
        return err_set_errno(
            err, ERR_FATAL, "reader: cannot start %s", program);
    }
    widen(c->to);
    widen(c->from);
    fcntl(c->to, F_SETFL, O_NONBLOCK);
    fcntl(c->from, F_SETFL, O_NONBLOCK);
    return 0;
}

/* ---- how it died ------------------------------------------------------- */

static bool is_crash(int signal_no)
{
    return signal_no == SIGSEGV || signal_no == SIGBUS || signal_no == SIGILL ||
           signal_no == SIGFPE || signal_no == SIGABRT || signal_no == SIGTRAP;
}

int cage_child_judge(
    struct cage_child *c, const struct cage_limits *limits, struct err *err)
{
    int status = reap(c);
    int signal_no = WIFSIGNALED(status) ? WTERMSIG(status) : 0;

    if (WIFEXITED(status) && WEXITSTATUS(status) == MEM_EXIT_STATUS)
        return err_set(err, ERR_LIMIT,
            "reader.memory: the document takes more than %llu MB to read",
            (unsigned long long)(limits->memory_bytes / 1024 / 1024));
    if (WIFEXITED(status))
        return err_set(err, ERR_INPUT,
            "reader.crashed: the reader ended with status %d",
            WEXITSTATUS(status));
    if (signal_no == SIGXCPU)
        return err_set(err, ERR_LIMIT,
            "reader.cpu: the document takes more than %u s of CPU to read",
            limits->cpu_s);
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

/* ---- limits ------------------------------------------------------------ */

/* All CPU time of the child, or -1 when it is dead. */
static int64_t cpu_ms(const struct cage_child *c)
{
    struct timespec used;
    clockid_t clock;

    if (clock_getcpuclockid(c->pid, &clock) != 0 ||
        clock_gettime(clock, &used) < 0)
        return -1;
    return (int64_t)used.tv_sec * 1000 + used.tv_nsec / 1000000;
}

int64_t cage_child_used_ms(const struct cage_child *c)
{
    int64_t now = cpu_ms(c);

    return now > c->cpu_ms ? now - c->cpu_ms : 0;
}

void cage_child_renew_cpu(struct cage_child *c, uint32_t cpu_s)
{
    struct rlimit limit;

    c->cpu_ms = cpu_ms(c);
    if (c->cpu_ms < 0)
        return; /* it is dead; the pipe will say so */
    if (prlimit(c->pid, RLIMIT_CPU, NULL, &limit) == 0) {
        /* Whole seconds; the part of one already used is not counted. */
        limit.rlim_cur = (rlim_t)c->cpu_ms / 1000 + 1 + cpu_s;
        if (limit.rlim_cur > limit.rlim_max)
            limit.rlim_cur = limit.rlim_max;
        if (prlimit(c->pid, RLIMIT_CPU, &limit, NULL) == 0)
            return;
    }
    if (!c->unlimited && errno != ESRCH)
        log_warn("reader: CPU seconds are not limited, only wall time");
    c->unlimited = true;
}

void cage_child_drop_dead(struct cage_child *c)
{
    if (c->pid && waitpid(c->pid, NULL, WNOHANG) == c->pid) {
        c->pid = 0;
        close_pipes(c);
    }
}
