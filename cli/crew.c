/* SPDX-License-Identifier: Apache-2.0 */
/*
 * crew - the processes of a run: started, restarted, stopped.
 */
#include "cli/crew.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/log.h"
#include "common/mem.h"

enum {
    FAULTS_MAX = 5,        /* in a row */
    SOON_EXIT_MS = 60000,  /* an exit before this came soon after the start */
    SOON_SIGNAL_MS = 1000, /* a death by signal likewise */
    PAUSE_MS = 50,         /* before the first new start */
    PAUSE_MAX_MS = 1600,
};

struct member {
    char **argv;
    const char *name; /* of the program, in argv[0] */
    bool ends;
    bool finished;
    pid_t pid; /* 0: not running */
    int64_t started_ms;
    int64_t start_at_ms; /* when not running */
    unsigned soon_n;     /* ends soon after the start, in a row */
    unsigned fault_n;    /* those among them by its own fault */
    int status;          /* of the last end, as wait gives it */
};

struct crew {
    struct member *members;
    size_t n;
    int log_fd;
    bool stopping;
};

struct crew *crew_new(int log_fd)
{
    struct crew *c = mem_alloc(sizeof(*c));

    c->log_fd = log_fd;
    return c;
}

void crew_free(struct crew *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->n; i++) {
        for (char **arg = c->members[i].argv; *arg; arg++)
            mem_free(*arg);
        mem_free(c->members[i].argv);
    }
    mem_free(c->members);
    mem_free(c);
}

size_t crew_add(struct crew *c, const char *const *argv, bool ends)
{
    struct member m = { .ends = ends };
    const char *slash;
    size_t n = 0;

    while (argv[n])
        n++;
    m.argv = mem_alloc_n(n + 1, sizeof(*m.argv));
    for (size_t i = 0; i < n; i++)
        m.argv[i] = mem_strdup(argv[i]);
    slash = strrchr(m.argv[0], '/');
    m.name = slash ? slash + 1 : m.argv[0];
    c->members = mem_realloc_n(c->members, c->n + 1, sizeof(*c->members));
    c->members[c->n] = m;
    return c->n++;
}

bool crew_has_finished(const struct crew *c, size_t member)
{
    return c->members[member].finished;
}

void crew_again(struct crew *c, size_t member)
{
    c->members[member].finished = false;
}

/* In the child: never returns. */
static void become(const struct member *m, int log_fd, pid_t parent)
{
    sigset_t none;

    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        _exit(0); /* the supervisor died in between */
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    dup2(log_fd, STDOUT_FILENO); /* results are the supervisor's to print */
    dup2(log_fd, STDERR_FILENO);
    execv(m->argv[0], m->argv);
    log_error("%s cannot be started: %s", m->argv[0], strerror(errno));
    _exit(127);
}

static int start(struct crew *c, struct member *m, struct err *err)
{
    pid_t parent = getpid();

    m->pid = fork();
    if (m->pid == 0)
        become(m, c->log_fd, parent);
    if (m->pid < 0) {
        m->pid = 0;
        return err_set_errno(err, ERR_FATAL, "%s cannot be started", m->name);
    }
    m->started_ms = clock_mono_ms();
    return 0;
}

/* Whether this end came soon after the start. */
static bool is_soon(int status, int64_t lived_ms)
{
    return lived_ms < (WIFSIGNALED(status) ? SOON_SIGNAL_MS : SOON_EXIT_MS);
}

/* Whether the member ended by its own fault.  SIGKILL comes from outside. */
static bool is_fault(int status)
{
    return WIFSIGNALED(status) ? WTERMSIG(status) != SIGKILL
                               : WEXITSTATUS(status) != 0;
}

static void tell(const struct member *m)
{
    if (WIFSIGNALED(m->status))
        log_warnx("restart program=%s signal=%d", m->name, WTERMSIG(m->status));
    else
        log_warnx(
            "restart program=%s status=%d", m->name, WEXITSTATUS(m->status));
}

static void ended(struct crew *c, struct member *m)
{
    int64_t now = clock_mono_ms();
    int64_t pause = PAUSE_MS;

    m->pid = 0;
    if (m->ends && WIFEXITED(m->status) && WEXITSTATUS(m->status) == 0)
        m->finished = true;
    if (m->finished || c->stopping)
        return;
    if (!is_soon(m->status, now - m->started_ms))
        m->soon_n = m->fault_n = 0;
    for (unsigned i = 0; i < m->soon_n && pause < PAUSE_MAX_MS; i++)
        pause *= 2;
    m->soon_n++;
    m->fault_n += is_fault(m->status);
    m->start_at_ms = now + pause;
    tell(m);
}

int crew_turn(struct crew *c, struct err *err)
{
    for (size_t i = 0; i < c->n; i++) {
        struct member *m = &c->members[i];

        if (m->pid && waitpid(m->pid, &m->status, WNOHANG) == m->pid)
            ended(c, m);
        if (c->stopping || m->pid || m->finished)
            continue;
        if (m->fault_n >= FAULTS_MAX)
            return err_set(err, ERR_FATAL,
                "%s failed %u times in a row (%s %d); its messages are above",
                m->name, m->fault_n,
                WIFSIGNALED(m->status) ? "signal" : "status",
                WIFSIGNALED(m->status) ? WTERMSIG(m->status)
                                       : WEXITSTATUS(m->status));
        if (clock_mono_ms() >= m->start_at_ms && start(c, m, err) != 0)
            return -1;
    }
    return 0;
}

int crew_due_ms(const struct crew *c)
{
    int64_t now = clock_mono_ms();
    int64_t due = -1;

    for (size_t i = 0; i < c->n && !c->stopping; i++) {
        const struct member *m = &c->members[i];
        int64_t left = m->start_at_ms > now ? m->start_at_ms - now : 0;

        if (!m->pid && !m->finished && (due < 0 || left < due))
            due = left;
    }
    return (int)due;
}

static void signal_all(struct crew *c, int signal_number)
{
    c->stopping = true;
    for (size_t i = 0; i < c->n; i++)
        if (c->members[i].pid)
            kill(c->members[i].pid, signal_number);
}

void crew_stop(struct crew *c)
{
    signal_all(c, SIGTERM);
}

void crew_kill(struct crew *c)
{
    signal_all(c, SIGKILL);
}

bool crew_is_gone(const struct crew *c)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->members[i].pid)
            return false;
    return true;
}
