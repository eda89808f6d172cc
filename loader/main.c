/* SPDX-License-Identifier: Apache-2.0 */
/*
 * main - nianbao-loader: the process that keeps.
 *
 * Waits for records of the transformers on the socket "records" and for
 * finished runs in the ledger.  Gives back acknowledgements after the
 * commit, and archives in out_dir.  Touches the ledger, out_dir and its
 * socket, nothing else.  Ends on SIGTERM, with --once after the run, and
 * when the ledger or the disk refuses; killed, it loses nothing.
 */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/clock.h"
#include "common/conf.h"
#include "common/ledger.h"
#include "common/log.h"
#include "common/mem.h"
#include "common/service.h"
#include "loader/intake.h"
#include "loader/output.h"
#include "loader/publish.h"
#include "loader/schema_page.h"

enum {
    EXIT_USAGE = 2,
    LOOK_MS = 200,   /* between two looks for a finished run */
    RETRY_MS = 5000, /* after a publication that could not be made now */
    COUNTERS_MS = 60 * 1000,
};

struct options {
    const char *config; /* NULL: the default */
    const char *out;    /* NULL: conf->out_dir */
    bool once;
    bool supervised;
};

static const char usage[] =
    "Usage: nianbao-loader [OPTION]...\n"
    "\n"
    "Commits the records of the transformers to the ledger and publishes an\n"
    "archive for each finished run.\n"
    "\n"
    "  --config FILE  configuration (default: conf/nianbao.yaml beside the\n"
    "                 build tree, else /etc/nianbao/nianbao.yaml)\n"
    "  --out DIR      where archives go (default: out_dir)\n"
    "  --once         end when the newest run is finished\n"
    "  --supervised   end when the parent process ends\n"
    "  --dictionary   print the archive's tables as Markdown\n"
    "  --help         this text\n"
    "  --version      the version\n"
    "\n"
    "Exit status: 0 asked to end, or the run is finished (--once);\n"
    "1 failure, the log says which; 2 usage.\n"
    "\n"
    "Example: nianbao-loader --config /etc/nianbao/nianbao.yaml\n";

static struct options read_options(int argc, char **argv)
{
    static const struct option known[] = {
        { "config", required_argument, NULL, 'c' },
        { "out", required_argument, NULL, 'd' },
        { "once", no_argument, NULL, 'o' },
        { "supervised", no_argument, NULL, 's' },
        { "dictionary", no_argument, NULL, 'p' },
        { "help", no_argument, NULL, 'h' },
        { "version", no_argument, NULL, 'v' },
        { NULL, 0, NULL, 0 },
    };
    struct options opt = { 0 };
    int c;

    while ((c = getopt_long(argc, argv, "", known, NULL)) != -1) {
        switch (c) {
        case 'c':
            opt.config = optarg;
            break;
        case 'd':
            opt.out = optarg;
            break;
        case 'o':
            opt.once = true;
            break;
        case 's':
            opt.supervised = true;
            break;
        case 'p':
            schema_page(stdout);
            exit(fflush(stdout) == 0 ? 0 : 1);
        case 'h':
            fputs(usage, stdout);
            exit(0);
        case 'v':
            puts("nianbao-loader " NIANBAO_VERSION);
            exit(0);
        default:
            fputs("Try 'nianbao-loader --help'.\n", stderr);
            exit(EXIT_USAGE);
        }
    }
    if (optind < argc) {
        fprintf(stderr,
            "nianbao-loader: unexpected argument '%s'\n"
            "Try 'nianbao-loader --help'.\n",
            argv[optind]);
        exit(EXIT_USAGE);
    }
    return opt;
}

static void log_counters(const struct intake *in)
{
    const struct intake_stats *s = intake_stats(in);

    log_info("counters loaded=%" PRIu64 " repeated=%" PRIu64 " stale=%" PRIu64
             " refused=%" PRIu64 " bytes=%" PRIu64 " commits=%" PRIu64,
        s->loaded, s->repeated, s->stale, s->refused, s->bytes, s->commits);
}

/* Look after the newest run; `*next_ms` is when to look again.  1: it is
 * finished, 0: not yet, -1: this process cannot go on. */
static int look(const struct conf *conf, struct ledger *ledger,
    int64_t *next_ms, struct err *err)
{
    bool finished;

    *next_ms = clock_mono_ms() + LOOK_MS;
    if (publish_due(conf, ledger, &finished, err) == 0)
        return finished;
    if (err->kind != ERR_RETRY)
        return -1;
    if (!service_stopping())
        log_warnx("postponed publication reason=\"%s\"", err->msg);
    *next_ms = clock_mono_ms() + RETRY_MS;
    return 0;
}

/* Serve records and look after runs until asked to end.  0 or -1. */
static int serve(const struct conf *conf, struct ledger *ledger,
    struct intake *in, bool once, struct err *err)
{
    int64_t look_at = 0, counters_at = clock_mono_ms() + COUNTERS_MS;
    int finished = 0;

    while (!service_stopping()) {
        service_alive();
        if (clock_mono_ms() >= look_at)
            finished = look(conf, ledger, &look_at, err);
        if (finished < 0)
            return -1;
        if (finished == 1 && once)
            return 0;
        if (intake_turn(in, LOOK_MS, err) != 0)
            return -1;
        if (clock_mono_ms() >= counters_at) {
            counters_at = clock_mono_ms() + COUNTERS_MS;
            log_counters(in);
        }
    }
    return 0;
}

/* Ledger and socket around serve. */
static int work(const struct conf *conf, bool once, struct err *err)
{
    char *address = conf_address(conf, "records");
    struct ledger *ledger = NULL;
    struct intake *in = NULL;
    int rc = -1;

    if (output_make_dir(conf->run_dir, err) != 0)
        goto out;
    ledger = ledger_open(conf->state_dir, LEDGER_WRITE, err);
    if (!ledger)
        goto out;
    in = intake_open(address, ledger, err);
    if (!in)
        goto out;
    service_ready("waiting for records");
    log_info("ready address=%s", address);
    rc = serve(conf, ledger, in, once, err);
    log_counters(in);
out:
    intake_close(in);
    ledger_close(ledger);
    mem_free(address);
    return rc;
}

int main(int argc, char **argv)
{
    struct options opt = read_options(argc, argv);
    struct conf *conf;
    struct err err;
    int rc;

    log_init("nianbao-loader", LOG_LEVEL_INFO);
    service_init(opt.supervised);
    conf = conf_read(opt.config, &err);
    if (!conf)
        fatal("%s", err.msg);
    log_init("nianbao-loader", (enum log_level)log_level_find(conf->log_level));
    if (opt.out) {
        mem_free(conf->out_dir);
        conf->out_dir = mem_strdup(opt.out);
    }
    if (clock_fix(conf->clock, &err) != 0)
        fatal("%s: clock: %s", conf->file, err.msg);
    rc = work(conf, opt.once, &err);
    if (rc != 0)
        log_error("ended reason=\"%s\"", err.msg);
    conf_free(conf);
    return rc == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
