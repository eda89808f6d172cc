/* SPDX-License-Identifier: Apache-2.0 */
/*
 * main - nianbao-collector: the process that fetches.
 *
 * Waits for the portals' answers and for workers on the socket "jobs".
 * Gives back fetched bodies in the store, visits in the ledger, and leased
 * documents to workers.  Touches the network, store, ledger and its socket;
 * documents are parsed by the caged reader only.  Ends when the run is
 * crawled and every document of it has come to an end, on SIGTERM, and when
 * the ledger or the disk refuses; killed, the next one resumes the run.
 *
 * One process is one run: a service is started by a timer each night, so
 * --once, which says the same, is the only way it works.
 */
#include <errno.h>
#include <getopt.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "collector/batch.h"
#include "collector/crawl.h"
#include "collector/fetch.h"
#include "collector/jobs.h"
#include "common/clock.h"
#include "common/conf.h"
#include "common/ledger.h"
#include "common/limits.h"
#include "common/log.h"
#include "common/mem.h"
#include "common/service.h"
#include "common/store.h"

enum {
    EXIT_USAGE = 2,
    WAIT_MAX_MS = 500, /* so that SIGTERM is heard within a second */
    COUNTERS_MS = 60 * 1000,
};

struct options {
    const char *config; /* NULL: the default */
    char **source;      /* names, as given */
    size_t source_n;
    bool resume;
    bool supervised;
};

static const char usage[] =
    "Usage: nianbao-collector [OPTION]...\n"
    "\n"
    "Fetches what is due at the portals and gives it to the transformers.\n"
    "Resumes the newest unfinished run, else begins a new one; ends with it.\n"
    "\n"
    "  --config FILE  configuration (default: conf/nianbao.yaml beside the\n"
    "                 build tree, else /etc/nianbao/nianbao.yaml)\n"
    "  --source NAME  only this source, enabled or not; may be repeated\n"
    "  --once         end with the run; the default, scripts may say so\n"
    "  --resume       only go on with the newest run; nothing to do when it "
    "is\n"
    "                 finished\n"
    "  --supervised   end when the parent process ends\n"
    "  --help         this text\n"
    "  --version      the version\n"
    "\n"
    "Exit status: 0 the run is done, or asked to end; 1 failure, the log\n"
    "says which; 2 usage.\n"
    "\n"
    "Example: nianbao-collector --source www.bjchy.gov.cn\n";

static struct options read_options(int argc, char **argv)
{
    static const struct option known[] = {
        { "config", required_argument, NULL, 'c' },
        { "source", required_argument, NULL, 'n' },
        { "once", no_argument, NULL, 'o' },
        { "resume", no_argument, NULL, 'r' },
        { "supervised", no_argument, NULL, 's' },
        { "help", no_argument, NULL, 'h' },
        { "version", no_argument, NULL, 'v' },
        { NULL, 0, NULL, 0 },
    };
    struct options opt = { .config = NULL };
    int c;

    opt.source = mem_alloc_n((size_t)argc, sizeof *opt.source);
    while ((c = getopt_long(argc, argv, "", known, NULL)) != -1) {
        switch (c) {
        case 'c':
            opt.config = optarg;
            break;
        case 'n':
            opt.source[opt.source_n++] = optarg;
            break;
        case 'o':
            break;
        case 'r':
            opt.resume = true;
            break;
        case 's':
            opt.supervised = true;
            break;
        case 'h':
            fputs(usage, stdout);
            exit(0);
        case 'v':
            puts("nianbao-collector " NIANBAO_VERSION);
            exit(0);
        default:
            fputs("Try 'nianbao-collector --help'.\n", stderr);
            exit(EXIT_USAGE);
        }
    }
    if (optind < argc) {
        fprintf(stderr,
            "nianbao-collector: unexpected argument '%s'\n"
            "Try 'nianbao-collector --help'.\n",
            argv[optind]);
        exit(EXIT_USAGE);
    }
    return opt;
}

/* All that one run needs. */
struct session {
    const struct conf *conf;
    struct ledger *ledger;
    struct store *store;
    struct batch batch;
    struct fetcher *fetcher;
    struct run run; /* its texts live in the arena */
    struct arena arena;
    struct jobs *jobs;
    struct crawl *crawl; /* NULL: the run was crawled already */
};

/* Whether the newest run is finished. */
static int is_finished(struct session *s, bool *finished, struct err *err)
{
    struct run run;

    if (ledger_run_get(s->ledger, 0, &s->arena, &run, err) < 0)
        return -1;
    *finished = run.state == RUN_PUBLISHED || run.state == RUN_EMPTY;
    return 0;
}

/* *finished: --resume was given and there is nothing to go on with. */
static int open_session(struct session *s, const struct options *opt,
    bool *finished, struct err *err)
{
    const struct conf *conf = s->conf;

    arena_init(&s->arena, LIMIT_ARENA_BYTES);
    s->ledger = ledger_open(conf->state_dir, LEDGER_WRITE, err);
    if (!s->ledger || !(s->store = store_open(conf->state_dir, err)) ||
        !(s->fetcher = fetch_open(conf->user_agent, err)))
        return -1;
    if (mkdir(conf->run_dir, 0755) < 0 && errno != EEXIST)
        return err_set_errno(err, ERR_FATAL, "folder %s", conf->run_dir);
    s->batch.ledger = s->ledger;
    if (opt->resume && is_finished(s, finished, err) < 0)
        return -1;
    if (*finished)
        return 0;
    if (ledger_run_open(s->ledger, &s->arena, &s->run, err) < 0 ||
        !(s->jobs = jobs_open(conf, &s->batch, s->store, s->run.id, err)))
        return -1;
    if (s->run.state == RUN_CRAWLING) {
        s->crawl = crawl_open(conf, &s->batch, s->store, s->fetcher, s->run.id,
            opt->source, opt->source_n, err);
        if (!s->crawl)
            return -1;
    }
    return batch_commit(&s->batch, err);
}

static void close_session(struct session *s)
{
    crawl_close(s->crawl);
    jobs_close(s->jobs);
    fetch_close(s->fetcher);
    store_close(s->store);
    ledger_close(s->ledger);
    arena_clear(&s->arena);
}

/* All that can be done without waiting. */
static int turn(struct session *s, struct err *err)
{
    uint32_t new_n = 0;

    if (s->crawl && crawl_turn(s->crawl, &new_n, err) < 0)
        return -1;
    if (new_n > 0)
        jobs_wake(s->jobs);
    if (jobs_receive(s->jobs, err) < 0 || jobs_lease(s->jobs, err) < 0 ||
        batch_commit(&s->batch, err) < 0 || jobs_send(s->jobs, err) < 0)
        return -1;
    return batch_commit(&s->batch, err);
}

/* The run is crawled when no source has a URL left. */
static int end_crawl(struct session *s, struct err *err)
{
    if (ledger_run_crawled(s->ledger, s->run.id, err) < 0)
        return -1;
    crawl_log(s->crawl);
    log_info("crawled run=%s", s->run.name);
    service_status("crawled, serving documents");
    crawl_close(s->crawl);
    s->crawl = NULL;
    return 0;
}

static int wait_for_news(struct session *s, struct err *err)
{
    int fd = jobs_fd(s->jobs);
    int64_t ms = WAIT_MAX_MS;

    if (s->crawl) {
        int64_t wake = crawl_wake_ms(s->crawl);

        if (wake != INT64_MAX && wake - clock_mono_ms() < ms)
            ms = wake - clock_mono_ms();
    }
    if (ms < 0 || jobs_is_busy(s->jobs))
        ms = 0;
    return fetch_wait(s->fetcher, &fd, 1, (int)ms, err);
}

static int serve(struct session *s, struct err *err)
{
    int64_t counters_at = clock_mono_ms() + COUNTERS_MS;
    bool done = false;

    while (!service_stopping()) {
        service_alive();
        if (turn(s, err) < 0)
            return -1;
        if (s->crawl && crawl_is_done(s->crawl) && end_crawl(s, err) < 0)
            return -1;
        if (!s->crawl && jobs_are_done(s->jobs, &done, err) < 0)
            return -1;
        if (done) {
            log_info("done run=%s", s->run.name);
            return 0;
        }
        if (clock_mono_ms() >= counters_at) {
            counters_at += COUNTERS_MS;
            if (s->crawl)
                crawl_log(s->crawl);
            jobs_log(s->jobs);
        }
        if (wait_for_news(s, err) < 0)
            return -1;
    }
    return 0;
}

static void check_sources(const struct conf *conf, const struct options *opt)
{
    for (size_t i = 0; i < opt->source_n; i++) {
        if (!conf_source_find(conf, opt->source[i]))
            fatal("no source is named \"%s\" in %s", opt->source[i],
                conf->sources_dir);
    }
}

static int work(
    const struct conf *conf, const struct options *opt, struct err *err)
{
    struct session s = { .conf = conf };
    bool finished = false;
    int rc = open_session(&s, opt, &finished, err);

    if (rc == 0 && !finished) {
        service_ready(s.crawl ? "crawling" : "serving documents");
        log_info("ready run=%s state=%s", s.run.name,
            s.crawl ? "crawling" : "crawled");
        rc = serve(&s, err);
        service_leaving();
        if (s.crawl)
            crawl_log(s.crawl);
        jobs_log(s.jobs);
    }
    close_session(&s);
    return rc;
}

int main(int argc, char **argv)
{
    struct options opt = read_options(argc, argv);
    struct err err = { ERR_NONE, "" };
    struct conf *conf;
    int rc;

    log_init("nianbao-collector", LOG_LEVEL_INFO);
    /* Patterns and titles are UTF-8, whatever the environment says. */
    if (!setlocale(LC_CTYPE, "C.UTF-8"))
        fatal("the locale C.UTF-8 is missing");
    service_init(opt.supervised);
    conf = conf_read(opt.config, &err);
    if (!conf)
        fatal("%s", err.msg);
    log_init(
        "nianbao-collector", (enum log_level)log_level_find(conf->log_level));
    if (clock_fix(conf->clock, &err) < 0)
        fatal("%s: clock: %s", conf->file, err.msg);
    check_sources(conf, &opt);
    rc = work(conf, &opt, &err);
    if (rc < 0)
        log_error("ended reason=\"%s\"", err.msg);
    conf_free(conf);
    mem_free(opt.source);
    return rc == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
