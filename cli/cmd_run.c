/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_run - nianbao run: the whole pipeline, once, on this machine.
 *
 * Starts collector, transformers and loader as children and looks after
 * them; the ledger says how far the run is and when it is over.  It holds
 * no state of its own: killed and started again, it goes on.
 */
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cmd.h"
#include "cli/crew.h"
#include "cli/lock.h"
#include "cli/near.h"
#include "cli/progress.h"
#include "cli/relay.h"
#include "cli/summary.h"
#include "cli/watch.h"
#include "common/clock.h"
#include "common/conf.h"
#include "common/log.h"
#include "common/mem.h"
#include "common/service.h"

enum {
    LOOK_MS = 200,   /* between two looks into the ledger */
    STOP_MS = 10000, /* until a child that was asked to end is killed */
    WORKERS_MAX = 256,
};

struct options {
    const char *config; /* NULL: the default */
    const char *out;    /* NULL: conf->out_dir */
    const char **sources;
    size_t source_n;
    unsigned workers; /* 0: conf->workers */
    bool json, verbose;
};

/* All that one run needs. */
struct session {
    const struct options *opt;
    struct conf *conf;
    char *out_dir; /* absolute */
    int lock_fd;
    struct relay relay;
    struct crew *crew;
    size_t collector; /* its number in the crew */
    struct watch watch;
    struct progress progress;
};

static const char usage[] =
    "Usage: nianbao run [OPTION]...\n"
    "\n"
    "Collects the enabled sources, extracts, checks and publishes an archive,\n"
    "then prints a summary.  A run that was interrupted is resumed.\n"
    "\n"
    "  --config FILE   configuration (default: conf/nianbao.yaml beside the\n"
    "                  build tree, else " NIANBAO_SYSCONF "/nianbao.yaml)\n"
    "  --source NAME   only this source, enabled or not; may be repeated\n"
    "  --out DIR       where the archive goes (default: out_dir)\n"
    "  --workers N     transformers to start (default: workers)\n"
    "  --once          end after one run; the default, scripts may say so\n"
    "  --json          the summary as a JSON object\n"
    "  --verbose       what the processes log, not only warnings\n"
    "  --help          this text\n"
    "\n"
    "Exit status: 0 the run is finished, even with flagged reports;\n"
    "1 trouble or interrupted; 2 usage.\n"
    "\n"
    "Example: nianbao run --source www.bjchy.gov.cn --out ~/archives\n";

static int usage_error(void)
{
    fputs("Try 'nianbao run --help'.\n", stderr);
    return CMD_USAGE;
}

static int read_workers(const char *text, unsigned *workers)
{
    char *end;
    unsigned long n = strtoul(text, &end, 10);

    if (*text < '1' || *text > '9' || *end || n > WORKERS_MAX) {
        fprintf(stderr, "nianbao run: --workers %s: give 1 to %d\n", text,
            WORKERS_MAX);
        return usage_error();
    }
    *workers = (unsigned)n;
    return CMD_OK;
}

/* -1: go on; else the exit status. */
static int read_options(int argc, char **argv, struct options *opt)
{
    static const struct option known[] = {
        { "config", required_argument, NULL, 'c' },
        { "source", required_argument, NULL, 's' },
        { "out", required_argument, NULL, 'o' },
        { "workers", required_argument, NULL, 'w' },
        { "once", no_argument, NULL, '1' },
        { "json", no_argument, NULL, 'j' },
        { "verbose", no_argument, NULL, 'v' },
        { "help", no_argument, NULL, 'h' },
        { NULL, 0, NULL, 0 },
    };
    int c;

    opt->sources = mem_alloc_n((size_t)argc, sizeof(*opt->sources));
    while ((c = getopt_long(argc, argv, "", known, NULL)) != -1) {
        switch (c) {
        case 'c':
            opt->config = optarg;
            break;
        case 's':
            opt->sources[opt->source_n++] = optarg;
            break;
        case 'o':
            opt->out = optarg;
            break;
        case 'w':
            if (read_workers(optarg, &opt->workers) != CMD_OK)
                return CMD_USAGE;
            break;
        case '1':
            break;
        case 'j':
            opt->json = true;
            break;
        case 'v':
            opt->verbose = true;
            break;
        case 'h':
            fputs(usage, stdout);
            return CMD_OK;
        default:
            return usage_error();
        }
    }
    if (optind < argc) {
        fprintf(
            stderr, "nianbao run: unexpected argument '%s'\n", argv[optind]);
        return usage_error();
    }
    return -1;
}

/* ---- before the start ---------------------------------------------- */

static int unknown_source(
    const struct conf *conf, const char *name, struct err *err)
{
    const char **names = mem_alloc_n(conf->sources_count, sizeof(*names));
    const char *meant;

    for (unsigned i = 0; i < conf->sources_count; i++)
        names[i] = conf->sources[i]->name;
    meant = near_find(name, names, conf->sources_count);
    if (meant)
        err_set(err, ERR_FATAL, "no source '%s' in %s; did you mean '%s'?",
            name, conf->sources_dir, meant);
    else
        err_set(err, ERR_FATAL,
            "no source '%s' in %s; a source is a file "
            "there, named after it",
            name, conf->sources_dir);
    mem_free(names);
    return -1;
}

static int check_sources(
    const struct conf *conf, const struct options *opt, struct err *err)
{
    for (size_t i = 0; i < opt->source_n; i++)
        if (!conf_source_find(conf, opt->sources[i]))
            return unknown_source(conf, opt->sources[i], err);
    if (opt->source_n > 0)
        return 0;
    for (unsigned i = 0; i < conf->sources_count; i++)
        if (conf->sources[i]->enabled)
            return 0;
    return err_set(err, ERR_FATAL,
        "no source in %s is enabled; set `enabled: true` in one, or name one "
        "with --source",
        conf->sources_dir);
}

static int make_folders(struct session *s, struct err *err)
{
    const char *out = s->opt->out ? s->opt->out : s->conf->out_dir;

    if (lock_make_folder(s->conf->state_dir, err) != 0 ||
        lock_make_folder(s->conf->run_dir, err) != 0 ||
        lock_make_folder(out, err) != 0)
        return -1;
    s->out_dir = realpath(out, NULL);
    if (!s->out_dir)
        return err_set_errno(err, ERR_FATAL, "folder %s", out);
    return 0;
}

/* ---- the processes -------------------------------------------------- */

static int add_member(struct session *s, const char *program, bool ends,
    const char *const *more, size_t more_n, size_t *member, struct err *err)
{
    const char **argv = mem_alloc_n(more_n + 5, sizeof(*argv));
    char *path = conf_program(s->conf, program);
    size_t n = 0;
    int rc = 0;

    argv[n++] = path;
    argv[n++] = "--config";
    argv[n++] = s->conf->file;
    argv[n++] = "--supervised";
    for (size_t i = 0; i < more_n; i++)
        argv[n++] = more[i];
    if (access(path, X_OK) != 0)
        rc = err_set_errno(err, ERR_FATAL, "program %s", path);
    else
        *member = crew_add(s->crew, argv, ends);
    mem_free(path);
    mem_free(argv);
    return rc;
}

static int add_collector(struct session *s, struct err *err)
{
    const char **more = mem_alloc_n(s->opt->source_n * 2 + 1, sizeof(*more));
    size_t n = 0;
    int rc;

    more[n++] = "--resume";
    for (size_t i = 0; i < s->opt->source_n; i++) {
        more[n++] = "--source";
        more[n++] = s->opt->sources[i];
    }
    rc = add_member(s, "nianbao-collector", true, more, n, &s->collector, err);
    mem_free(more);
    return rc;
}

static int add_crew(struct session *s, struct err *err)
{
    const char *const loader[] = { "--out", s->out_dir };
    unsigned workers = s->opt->workers ? s->opt->workers : s->conf->workers;
    size_t ignored;

    if (add_member(s, "nianbao-loader", false, loader, 2, &ignored, err) != 0 ||
        add_collector(s, err) != 0)
        return -1;
    for (unsigned i = 0; i < workers; i++)
        if (add_member(
                s, "nianbao-transformer", false, NULL, 0, &ignored, err) != 0)
            return -1;
    return 0;
}

/* ---- while it runs -------------------------------------------------- */

static void clear_line(void *ctx)
{
    progress_clear(ctx);
}

static void pass_log(struct session *s)
{
    relay_pass(&s->relay, clear_line, &s->progress);
}

static void on_child(int signal_number)
{
    (void)signal_number; /* its arrival ends the wait */
}

/* Signals arrive only while wait_for_news waits. */
static void hold_signals(void)
{
    struct sigaction child = { .sa_handler = on_child };
    sigset_t held;

    service_init(false);
    sigemptyset(&child.sa_mask);
    sigaction(SIGCHLD, &child, NULL);
    sigemptyset(&held);
    sigaddset(&held, SIGCHLD);
    sigaddset(&held, SIGTERM);
    sigaddset(&held, SIGINT);
    sigprocmask(SIG_BLOCK, &held, NULL);
}

static void wait_for_news(struct session *s, int timeout_ms)
{
    struct pollfd log = { .fd = s->relay.read_fd, .events = POLLIN };
    struct timespec timeout = { timeout_ms / 1000,
        (long)(timeout_ms % 1000) * 1000000 };
    sigset_t none;

    sigemptyset(&none);
    ppoll(&log, 1, &timeout, &none);
    pass_log(s);
}

/* See how far the run is.  0, or -1 with ERR_FATAL. */
static int look(struct session *s, struct err *err)
{
    if (watch_look(&s->watch, err) != 0)
        return err->kind == ERR_FATAL ? -1 : 0;
    progress_show(&s->progress, &s->watch.sum);
    if (crew_has_finished(s->crew, s->collector) &&
        !watch_is_worked_off(&s->watch))
        crew_again(s->crew, s->collector); /* someone asked it to end */
    return 0;
}

/* Look after the crew until the run is over.  1 it is over, 0 asked to
 * stop, -1 trouble. */
static int tend(struct session *s, struct err *err)
{
    int64_t look_at = 0;

    while (!service_stopping()) {
        int64_t now = clock_mono_ms();
        int due;

        if (crew_turn(s->crew, err) != 0)
            return -1;
        if (now >= look_at) {
            look_at = now + LOOK_MS;
            if (look(s, err) != 0)
                return -1;
            if (watch_is_over(&s->watch))
                return 1;
        }
        due = crew_due_ms(s->crew);
        wait_for_news(s, due >= 0 && due < LOOK_MS ? due + 1 : LOOK_MS);
    }
    return 0;
}

/* End the children, kindly first. */
static void dismiss(struct session *s)
{
    int64_t patience_ms = clock_mono_ms() + STOP_MS;
    struct err ignored;

    crew_stop(s->crew);
    while (!crew_is_gone(s->crew)) {
        if (clock_mono_ms() >= patience_ms)
            crew_kill(s->crew);
        wait_for_news(s, LOOK_MS);
        (void)crew_turn(s->crew, &ignored); /* only collects the dead */
    }
    pass_log(s);
}

/* ---- the whole ------------------------------------------------------- */

static int open_session(struct session *s, struct err *err)
{
    s->conf = conf_read(s->opt->config, err);
    if (!s->conf || clock_fix(s->conf->clock, err) != 0 ||
        check_sources(s->conf, s->opt, err) != 0 || make_folders(s, err) != 0)
        return -1;
    s->lock_fd = lock_take(s->conf->state_dir, err);
    if (s->lock_fd < 0 ||
        relay_open(&s->relay,
            s->opt->verbose ? LOG_LEVEL_DEBUG : LOG_LEVEL_WARN, err) != 0 ||
        watch_open(&s->watch, s->conf->state_dir, err) != 0)
        return -1;
    if (s->watch.resumed)
        fprintf(stderr, "nianbao run: resuming run %s\n", s->watch.run.name);
    s->crew = crew_new(s->relay.write_fd);
    return add_crew(s, err);
}

static void close_session(struct session *s)
{
    watch_close(&s->watch);
    crew_free(s->crew);
    relay_close(&s->relay);
    if (s->lock_fd >= 0)
        close(s->lock_fd);
    conf_free(s->conf);
    free(s->out_dir); /* realpath's */
}

static int run(struct session *s, struct err *err)
{
    int over;

    hold_signals();
    progress_init(&s->progress);
    over = tend(s, err);
    progress_clear(&s->progress);
    dismiss(s);
    if (over < 0)
        return -1;
    if (over == 0)
        return err_set(err, ERR_RETRY,
            "interrupted; the next nianbao run resumes this one");
    if (s->opt->json)
        summary_json(stdout, &s->watch.run, &s->watch.sum, s->out_dir);
    else
        summary_text(stdout, &s->watch.run, &s->watch.sum, s->out_dir);
    return 0;
}

int cmd_run(int argc, char **argv)
{
    struct options opt = { 0 };
    struct session s = { .opt = &opt, .lock_fd = -1 };
    struct err err = { 0 };
    int status = read_options(argc, argv, &opt);

    if (status < 0) {
        log_init("nianbao run", opt.verbose ? LOG_LEVEL_INFO : LOG_LEVEL_WARN);
        status = CMD_OK;
        s.relay = (struct relay){ .read_fd = -1, .write_fd = -1 };
        if (open_session(&s, &err) != 0 || run(&s, &err) != 0) {
            fprintf(stderr, "nianbao run: %s\n", err.msg);
            status = CMD_TROUBLE;
        }
        close_session(&s);
    }
    mem_free(opt.sources);
    return status;
}
