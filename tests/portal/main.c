/* SPDX-License-Identifier: Apache-2.0 */
/*
 * main - nianbao-portal: an HTTP portal for tests and the demo.
 *
 * Serves a folder on the loopback address with ETags, and a few faults a
 * real portal would need bad luck for.  Counts and logs what it is asked, so
 * that a test can tell whether it was treated politely.  Not for anything
 * but tests: a thread per connection, no limits.
 */
#include <arpa/inet.h>
#include <getopt.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/mem.h"
#include "tests/portal/portal.h"

/* Faults that count how often they were asked for. */
#define COUNTED_MAX 256

struct portal {
    const char *root;
    FILE *log;
    int64_t started_ms;
    pthread_mutex_t lock; /* of all below */
    unsigned request_n, unchanged_n, open_n, open_max;
    char *counted[COUNTED_MAX];
    unsigned count[COUNTED_MAX];
    size_t counted_n;
};

/* What libmicrohttpd keeps for us per request. */
struct request {
    char *target;   /* as sent: path with query, still encoded */
    bool announced; /* the first call, with the headers only, was made */
};

struct options {
    const char *root, *port_file, *log;
    unsigned port; /* 0: any that is free */
};

static const char usage[] =
    "Usage: nianbao-portal --root DIR [OPTION]...\n"
    "\n"
    "Serves DIR on 127.0.0.1 until it is told to end; prints its address on\n"
    "the first line of standard output when it is ready.\n"
    "\n"
    "  --root DIR        what to serve; FILE.headers holds further headers\n"
    "                    of FILE, and \"Status: 503\"\n"
    "  --port N          port (default: any that is free)\n"
    "  --port-file FILE  write the port number there when ready\n"
    "  --log FILE        one line per request: METHOD TARGET STATUS\n"
    "                    MILLISECONDS; \"concurrent N\" at each new maximum\n"
    "  --help            this text\n"
    "\n";

/* ---- counting -------------------------------------------------------- */

static void begin(struct portal *p)
{
    pthread_mutex_lock(&p->lock);
    p->request_n++;
    if (++p->open_n > p->open_max) {
        p->open_max = p->open_n;
        if (p->log)
            fprintf(p->log, "concurrent %u\n", p->open_max);
    }
    pthread_mutex_unlock(&p->lock);
}

static void end(struct portal *p)
{
    pthread_mutex_lock(&p->lock);
    p->open_n--;
    pthread_mutex_unlock(&p->lock);
}

static void log_request(
    struct portal *p, const char *method, const char *target, unsigned status)
{
    pthread_mutex_lock(&p->lock);
    p->unchanged_n += status == 304;
    if (p->log) {
        fprintf(p->log, "%s %s %u %lld\n", method, target, status,
            (long long)(clock_mono_ms() - p->started_ms));
        fflush(p->log);
    }
    pthread_mutex_unlock(&p->lock);
}

/* How often `path` was counted before. */
static unsigned count_up(struct portal *p, const char *path)
{
    unsigned before = 0;
    size_t i = 0;

    pthread_mutex_lock(&p->lock);
    while (i < p->counted_n && strcmp(p->counted[i], path) != 0)
        i++;
    if (i == p->counted_n && i < COUNTED_MAX)
        p->counted[p->counted_n++] = mem_strdup(path);
    if (i < COUNTED_MAX)
        before = p->count[i]++;
    pthread_mutex_unlock(&p->lock);
    return before;
}

/* ---- answers --------------------------------------------------------- */

static enum MHD_Result send_answer(struct portal *p,
    struct MHD_Connection *conn, struct MHD_Response *r, const char *method,
    const char *target, unsigned status)
{
    enum MHD_Result result;

    log_request(p, method, target, status);
    result = MHD_queue_response(conn, status, r);
    MHD_destroy_response(r);
    return result;
}

static bool is_unchanged(
    struct MHD_Connection *conn, const struct portal_file *f)
{
    const char *etag =
        MHD_lookup_connection_value(conn, MHD_HEADER_KIND, "If-None-Match");
    const char *since =
        MHD_lookup_connection_value(conn, MHD_HEADER_KIND, "If-Modified-Since");

    if (f->status != 200)
        return false;
    if (etag)
        return strcmp(etag, f->etag) == 0;
    return since && strcmp(since, PORTAL_LAST_MODIFIED) == 0;
}

static enum MHD_Result send_file(struct portal *p, struct MHD_Connection *conn,
    const char *method, const char *target, const char *path)
{
    struct portal_file f;
    struct MHD_Response *r;
    enum MHD_Result result;
    bool found = portal_file_open(p->root, path, &f);
    bool unchanged = found && is_unchanged(conn, &f);
    unsigned status = !found ? 404 : unchanged ? 304 : f.status;

    r = MHD_create_response_from_buffer(
        found && !unchanged ? f.len : 0, f.body, MHD_RESPMEM_MUST_COPY);
    if (found && f.status == 200) {
        MHD_add_response_header(r, "ETag", f.etag);
        MHD_add_response_header(r, "Last-Modified", PORTAL_LAST_MODIFIED);
    }
    if (found && f.media_type)
        MHD_add_response_header(r, "Content-Type", f.media_type);
    for (size_t i = 0; i < f.header_n; i++)
        MHD_add_response_header(r, f.name[i], f.value[i]);
    result = send_answer(p, conn, r, method, target, status);
    portal_file_clear(&f);
    return result;
}

static enum MHD_Result send_fault(struct portal *p, struct MHD_Connection *conn,
    const char *method, const char *target)
{
    unsigned status = 404;
    bool go_on = false;
    struct MHD_Response *r =
        portal_fault(target, count_up(p, target), &status, &go_on);

    if (r)
        return send_answer(p, conn, r, method, target, status);
    if (go_on)
        return send_file(
            p, conn, method, target, strchr(target + strlen("/fault/"), '/'));
    return send_file(p, conn, method, target, "/no-such-fault");
}

static void *on_target(
    void *ctx, const char *target, struct MHD_Connection *conn)
{
    struct request *req = mem_alloc(sizeof *req);

    (void)conn;
    req->target = mem_strdup(target);
    begin(ctx);
    return req;
}

static void on_completed(void *ctx, struct MHD_Connection *conn, void **req_cls,
    enum MHD_RequestTerminationCode why)
{
    struct request *req = *req_cls;

    (void)conn;
    (void)why;
    if (!req)
        return;
    end(ctx);
    mem_free(req->target);
    mem_free(req);
    *req_cls = NULL;
}

static enum MHD_Result on_request(void *ctx, struct MHD_Connection *conn,
    const char *url, const char *method, const char *version,
    const char *upload, size_t *upload_len, void **req_cls)
{
    struct portal *p = ctx;
    struct request *req = *req_cls;

    (void)url;
    (void)version;
    (void)upload;
    *upload_len = 0;
    if (!req->announced) { /* an answer now would cost the connection */
        req->announced = true;
        return MHD_YES;
    }
    if (strncmp(req->target, "/fault/", 7) == 0)
        return send_fault(p, conn, method, req->target);
    return send_file(p, conn, method, req->target, req->target);
}

/* ---- the program ----------------------------------------------------- */

static struct options read_options(int argc, char **argv)
{
    static const struct option known[] = {
        { "root", required_argument, NULL, 'r' },
        { "port", required_argument, NULL, 'p' },
        { "port-file", required_argument, NULL, 'f' },
        { "log", required_argument, NULL, 'l' },
        { "help", no_argument, NULL, 'h' },
        { NULL, 0, NULL, 0 },
    };
    struct options opt = { .root = NULL };
    int c;

    while ((c = getopt_long(argc, argv, "", known, NULL)) != -1) {
        switch (c) {
        case 'r':
            opt.root = optarg;
            break;
        case 'p':
            opt.port = (unsigned)strtoul(optarg, NULL, 10);
            break;
        case 'f':
            opt.port_file = optarg;
            break;
        case 'l':
            opt.log = optarg;
            break;
        case 'h':
            printf("%s%s", usage, portal_fault_help);
            exit(0);
        default:
            exit(2);
        }
    }
    if (!opt.root || optind < argc || opt.port > 65535) {
        fputs(usage, stderr);
        exit(2);
    }
    return opt;
}

static struct MHD_Daemon *start(struct portal *p, unsigned port)
{
    struct sockaddr_in addr = { .sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

    return MHD_start_daemon(
        MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD,
        (uint16_t)port, NULL, NULL, on_request, p, MHD_OPTION_SOCK_ADDR, &addr,
        MHD_OPTION_URI_LOG_CALLBACK, on_target, p, MHD_OPTION_NOTIFY_COMPLETED,
        on_completed, p, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)512 * 1024,
        MHD_OPTION_END);
}

/* Tell where we are: the port file by rename, so that it is whole. */
static void announce(const struct options *opt, unsigned port)
{
    char *tmp;
    FILE *f;

    if (opt->port_file) {
        tmp = mem_printf("%s.tmp", opt->port_file);
        f = fopen(tmp, "w");
        if (!f || fprintf(f, "%u\n", port) < 0 || fclose(f) != 0 ||
            rename(tmp, opt->port_file) != 0) {
            perror(opt->port_file);
            exit(1);
        }
        mem_free(tmp);
    }
    printf("http://127.0.0.1:%u/\n", port);
    fflush(stdout);
}

static void wait_for_end(void)
{
    sigset_t set;
    int signal_number;

    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigwait(&set, &signal_number);
}

/* Before any thread starts, so that all inherit it. */
static void hold_signals(void)
{
    sigset_t set;

    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
}

int main(int argc, char **argv)
{
    struct options opt = read_options(argc, argv);
    struct portal p = { .root = opt.root,
        .started_ms = clock_mono_ms(),
        .lock = PTHREAD_MUTEX_INITIALIZER };
    struct MHD_Daemon *daemon;

    hold_signals();
    if (opt.log && !(p.log = fopen(opt.log, "w"))) {
        perror(opt.log);
        return 1;
    }
    daemon = start(&p, opt.port);
    if (!daemon) {
        fprintf(stderr, "nianbao-portal: cannot listen on port %u\n", opt.port);
        return 1;
    }
    announce(
        &opt, MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    wait_for_end();
    if (p.log) {
        fprintf(p.log, "total requests=%u unchanged=%u concurrent=%u\n",
            p.request_n, p.unchanged_n, p.open_max);
        fclose(p.log);
    }
    /* An endless answer would keep MHD_stop_daemon: end as a whole. */
    _exit(0);
}
