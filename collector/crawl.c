/* SPDX-License-Identifier: Apache-2.0 */
/*
 * crawl - visits the URLs of a run.
 *
 * A visit goes through its redirects hop by hop, and each hop asks the host
 * again: for its pace and for its robots.txt; so do the pictures of a page
 * that is little else.  A kept body is in the store
 * before the ledger hears of it, and all that follows from one answer is
 * written in the same transaction.
 */
#include "collector/crawl.h"

#include <assert.h>
#include <string.h>

#include "collector/contents.h"
#include "collector/fetch_url.h"
#include "collector/host.h"
#include "collector/lists.h"
#include "collector/pictures.h"
#include "collector/select.h"
#include "collector/verdict.h"
#include "common/arena.h"
#include "common/cage.h"
#include "common/clock.h"
#include "common/ledger.h"
#include "common/limits.h"
#include "common/log.h"
#include "common/mem.h"
#include "common/service.h"
#include "common/unpack.h"

/* Requests carry what they are for: the number of a visit, or of an origin
 * whose robots.txt was asked for, marked with this bit. */
#define TAG_ROBOTS (UINT64_C(1) << 32)

enum visit_state {
    VISIT_IDLE,     /* take the next URL */
    VISIT_SLEEPING, /* until wake_ms: all URLs left wait for another try */
    VISIT_WAITING,  /* has a URL, waits for the host until wake_ms */
    VISIT_BUSY,     /* the request is under way */
    VISIT_DONE,     /* no URL left */
};

/* One source being crawled. */
struct visit {
    const struct conf_source *src;
    struct selector *selector;
    struct lists *lists;
    enum visit_state state;
    int64_t wake_ms;
    struct arena arena; /* of the URL below */
    struct ledger_url url;
    char *at;               /* where this hop goes */
    struct fetch_url place; /* the same, taken apart */
    struct origin *origin;
    uint32_t hops;
    bool conditional;          /* ask for changes only */
    struct pictures *pictures; /* being fetched now, or NULL */
};

struct crawl {
    const struct conf *conf;
    struct batch *batch;
    struct store *store;
    struct fetcher *fetcher;
    int64_t run;
    int64_t started_ms; /* monotonic */
    struct hosts *hosts;
    struct cage *cage;
    struct arena scratch; /* of one page being read */
    struct buf list;      /* a list page from the store */
    struct visit *visit;
    size_t visit_n;
    uint64_t request_n, unchanged_n, kept_n, retry_n, failed_n, byte_n;
};

/* ---- open ------------------------------------------------------------ */

static int visit_open(struct crawl *c, struct visit *v,
    const struct conf_source *src, struct err *err)
{
    struct ledger *ledger = c->batch->ledger;

    v->src = src;
    arena_init(&v->arena, LIMIT_ARENA_BYTES);
    v->selector = select_new(src, err);
    if (!v->selector)
        return -1;
    v->lists = lists_new(src, v->selector, c->batch, c->run);
    if (batch_join(c->batch, err) < 0 ||
        ledger_source_put(ledger, src, err) < 0 ||
        lists_seed(v->lists, err) < 0)
        return -1;
    return ledger_url_requeue(ledger, c->run, src->name, err);
}

static bool is_wanted(
    const struct conf_source *src, char *const *names, size_t name_n)
{
    for (size_t i = 0; i < name_n; i++) {
        if (strcmp(names[i], src->name) == 0)
            return true;
    }
    return name_n == 0 && src->enabled;
}

static int open_visits(
    struct crawl *c, char *const *names, size_t name_n, struct err *err)
{
    c->visit = mem_alloc_n(c->conf->sources_count + 1u, sizeof *c->visit);
    for (unsigned i = 0; i < c->conf->sources_count; i++) {
        const struct conf_source *src = c->conf->sources[i];

        if (is_wanted(src, names, name_n) &&
            visit_open(c, &c->visit[c->visit_n++], src, err) < 0)
            return -1;
    }
    return 0;
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static struct cage *open_cage(const struct conf *conf)
{
    struct cage_limits limits = { .cpu_s = least(
                                      conf->reader_cpu_s, LIMIT_PAGE_CPU_S),
        .wall_ms = least(conf->reader_wall_ms, LIMIT_PAGE_WALL_MS),
        .memory_bytes = (uint64_t)conf->reader_memory_mb * 1024 * 1024 };
    char *program = conf_program(conf, "nianbao-reader");
    struct cage *cage = cage_new(program, &limits);

    mem_free(program);
    return cage;
}

struct crawl *crawl_open(const struct conf *conf, struct batch *batch,
    struct store *store, struct fetcher *fetcher, int64_t run,
    char *const *names, size_t name_n, struct err *err)
{
    struct crawl *c = mem_alloc(sizeof *c);

    c->conf = conf;
    c->batch = batch;
    c->store = store;
    c->fetcher = fetcher;
    c->run = run;
    c->started_ms = clock_mono_ms();
    c->hosts = hosts_new(conf->user_agent);
    c->cage = open_cage(conf);
    arena_init(&c->scratch, LIMIT_ARENA_BYTES);
    buf_init(&c->list, LIMIT_BODY_BYTES);
    if (open_visits(c, names, name_n, err) < 0) {
        crawl_close(c);
        return NULL;
    }
    return c;
}

void crawl_close(struct crawl *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->visit_n; i++) {
        struct visit *v = &c->visit[i];

        lists_free(v->lists);
        select_free(v->selector);
        arena_clear(&v->arena);
        mem_free(v->at);
        pictures_free(v->pictures);
    }
    mem_free(c->visit);
    arena_clear(&c->scratch);
    buf_clear(&c->list);
    cage_free(c->cage);
    hosts_free(c->hosts);
    mem_free(c);
}

/* ---- the end of a visit ---------------------------------------------- */

/* The clock that retry times are kept by: the recorded one, but it goes on
 * even where the configuration has fixed that. */
static int64_t now_s(const struct crawl *c)
{
    int64_t now = clock_now_s();

    if (c->conf->clock && c->conf->clock[0])
        now += (clock_mono_ms() - c->started_ms) / 1000;
    return now;
}

/* Write down how the visit went; the source is free for its next URL. */
static int record(
    struct crawl *c, struct visit *v, struct ledger_fetch *f, struct err *err)
{
    int result;

    f->run = c->run;
    f->url = v->url.id;
    f->at = clock_now_s();
    v->state = VISIT_IDLE;
    if (f->error)
        log_info("%s source=%s url=%s status=%d reason=\"%s\"",
            f->retry_at ? "retry" : "fail", v->src->name, v->url.url,
            (int)f->status, f->error);
    c->failed_n += f->error && !f->retry_at;
    c->retry_n += f->retry_at != 0;
    result = batch_join(c->batch, err);
    if (result == 0)
        result = ledger_fetch_put(c->batch->ledger, f, err);
    pictures_free(v->pictures); /* `f` borrows from it */
    v->pictures = NULL;
    return result;
}

static bool is_html(const struct fetch_result *r)
{
    struct slice head = slice_trim(r->body);

    return r->media_type ? strstr(r->media_type, "html") != NULL
                         : head.len > 0 && head.p[0] == '<';
}

/* Unpack the body if it is a container.  While the cage is busy nobody else
 * could write to the ledger if a transaction were open. */
static int look_inside(struct crawl *c, struct visit *v, struct slice body,
    struct ledger_fetch *f, struct err *err)
{
    const struct contents contents = { c->cage, c->store, v->selector,
        &c->scratch };
    struct err why = { ERR_NONE, "" };

    if (batch_commit(c->batch, err) < 0) {
        err->kind = ERR_FATAL; /* what was written is lost: begin again */
        return -1;
    }
    if (contents_read(&contents, body, f, &why) == 0)
        return 0;
    if (why.kind != ERR_RETRY) {
        *err = why;
        return -1;
    }
    f->reason = arena_str(&c->scratch, why.msg);
    if (v->url.tries < v->src->retries_max) { /* fetch it again */
        f->error = f->reason;
        f->retry_at = now_s(c) + 1;
        f->sha256 = NULL;
    }
    return 0;
}

/* `f` is what is known of the fetch so far; the copy is completed. */
static int keep_body(struct crawl *c, struct visit *v, struct slice body,
    struct ledger_fetch f, struct err *err)
{
    char key[STORE_KEY_LEN + 1];

    if (store_put(c->store, body, key, err) < 0)
        return -1;
    f.sha256 = key;
    f.size = body.len;
    c->kept_n++;
    if (unpack_may(body) && look_inside(c, v, body, &f, err) < 0)
        return -1;
    return record(c, v, &f, err);
}

static int keep_pictures(struct crawl *c, struct visit *v, struct err *err)
{
    struct ledger_fetch f;
    struct slice body = pictures_document(v->pictures, &f);

    if (f.reason)
        log_info("set aside url=%s reason=\"%s\"", v->url.url, f.reason);
    return keep_body(c, v, body, f, err);
}

/* Turn the visit to `url`, which is taken; false when it leads nowhere. */
static bool aim(struct crawl *c, struct visit *v, char *url)
{
    mem_free(v->at);
    v->at = url;
    if (!fetch_url_split(url, &v->place))
        return false;
    v->origin = hosts_origin(c->hosts, &v->place, v->src->allow_private);
    v->state = VISIT_WAITING;
    v->wake_ms = 0;
    return true;
}

/* Go to the next picture, or keep the page with all of them. */
static int next_picture(struct crawl *c, struct visit *v, struct err *err)
{
    const char *url;

    v->hops = 0;
    v->conditional = false;
    while ((url = pictures_next(v->pictures)) != NULL) {
        if (aim(c, v, mem_strdup(url)))
            return 0;
        pictures_lose(v->pictures, "url: not an http address");
    }
    return keep_pictures(c, v, err);
}

static int take_picture(struct crawl *c, struct visit *v,
    const struct fetch_result *r, struct err *err)
{
    pictures_take(v->pictures, r);
    return next_picture(c, v, err);
}

/* The visit ends in vain; but a page has come before its pictures. */
static int refuse(struct crawl *c, struct visit *v, const char *reason,
    struct ledger_fetch *f, struct err *err)
{
    if (v->pictures) {
        log_info("fail source=%s url=%s status=%d reason=\"%s\"", v->src->name,
            v->at, (int)f->status, reason);
        pictures_lose(v->pictures, reason);
        return next_picture(c, v, err);
    }
    f->error = reason;
    return record(c, v, f, err);
}

static int keep_document(struct crawl *c, struct visit *v,
    const struct fetch_result *r, const struct ledger_fetch *f, struct err *err)
{
    struct lists_page page = { &v->url, v->at, r->body, r->media_type,
        r->charset };
    struct lists_found found = { 0 };

    if (is_html(r) && !unpack_may(r->body) &&
        lists_attachments(v->lists, &page, c->cage, &c->scratch, &found, err) <
            0)
        return -1;
    if (!found.picture_n)
        return keep_body(c, v, r->body, *f, err);
    /* Where something is attached, that is the report, and pictures may be
     * anything. */
    v->pictures = pictures_new(
        r, v->at, found.pictures, found.picture_n, found.attachment_n == 0);
    return next_picture(c, v, err);
}

/* Read a list page; how that went completes the record of the visit. */
static int read_list(struct crawl *c, struct visit *v, struct slice body,
    struct ledger_fetch f, struct err *err)
{
    struct lists_page page = { &v->url, v->at, body, f.media_type, f.charset };
    const char *incomplete = NULL;
    struct err why = { ERR_NONE, "" };
    char *error = NULL;
    int result;

    if (lists_read(v->lists, &page, c->cage, &c->scratch, &incomplete, &why) <
        0) {
        if (why.kind == ERR_FATAL) {
            *err = why;
            return -1;
        }
        error = mem_printf("list: %s", why.msg);
        if (why.kind == ERR_RETRY && v->url.tries < v->src->retries_max)
            f.retry_at = now_s(c) + 1;
    }
    f.error = error ? error : incomplete;
    result = record(c, v, &f, err);
    mem_free(error);
    return result;
}

static int keep_list(struct crawl *c, struct visit *v,
    const struct fetch_result *r, struct ledger_fetch f, struct err *err)
{
    char key[STORE_KEY_LEN + 1];

    if (store_put(c->store, r->body, key, err) < 0)
        return -1;
    f.list_body = key;
    return read_list(c, v, r->body, f, err);
}

static int keep(struct crawl *c, struct visit *v, const struct fetch_result *r,
    struct err *err)
{
    struct ledger_fetch f = { .status = r->status,
        .bytes = r->bytes,
        .final_url = v->at,
        .etag = r->etag,
        .last_modified = r->last_modified,
        .media_type = r->media_type,
        .charset = r->charset };

    switch (v->url.kind) {
    case URL_LIST:
        return keep_list(c, v, r, f, err);
    case URL_DOCUMENT:
        return keep_document(c, v, r, &f, err);
    }
    return 0;
}

/* A list page that did not change is read again all the same: what is a
 * report depends on the configuration as well. */
static int reread_list(struct crawl *c, struct visit *v,
    const struct fetch_result *r, struct err *err)
{
    struct ledger_fetch f = { .status = r->status,
        .bytes = r->bytes,
        .media_type = r->media_type,
        .charset = r->charset };

    buf_reset(&c->list);
    if (store_get(c->store, v->url.list_body, &c->list, err) < 0) {
        if (err->kind == ERR_FATAL)
            return -1;
        log_warnx("fetch again url=%s: %s", v->url.url, err->msg);
        v->conditional = false;
        v->state = VISIT_WAITING;
        return 0;
    }
    return read_list(c, v, buf_slice(&c->list), f, err);
}

/* ---- requests -------------------------------------------------------- */

static int on_page(struct crawl *c, struct visit *v,
    const struct fetch_result *r, struct err *err)
{
    struct verdict_visit visit = { .selector = v->selector,
        .url = v->pictures ? pictures_next(v->pictures) : v->url.url,
        .at = v->at,
        .conditional = v->conditional,
        .hops = v->hops,
        .tries = v->url.tries,
        .retries_max = v->src->retries_max,
        .now_s = clock_now_s() };
    struct ledger_fetch f = { .status = r->status, .bytes = r->bytes };
    struct verdict verdict = verdict_of(r, &visit);

    c->request_n++;
    c->byte_n += r->bytes;
    origin_end(v->origin, clock_mono_ms());
    switch (verdict.kind) {
    case VERDICT_KEEP:
        return v->pictures ? take_picture(c, v, r, err) : keep(c, v, r, err);
    case VERDICT_UNCHANGED:
        c->unchanged_n++;
        return v->url.kind == URL_LIST ? reread_list(c, v, r, err)
                                       : record(c, v, &f, err);
    case VERDICT_FOLLOW:
        v->hops++;
        if (aim(c, v, verdict.to))
            return 0;
        return refuse(c, v, "redirect: not to an http address", &f, err);
    case VERDICT_RETRY:
        f.retry_at = now_s(c) + verdict.wait_s;
        if (verdict.pause_host)
            origin_pause(v->origin, clock_mono_ms() + verdict.wait_s * 1000);
        break;
    case VERDICT_FAIL:
        if (verdict.close_host)
            origin_close(v->origin, verdict.error);
        return refuse(c, v, verdict.error, &f, err);
    }
    f.error = verdict.error;
    return record(c, v, &f, err);
}

static int take_answers(struct crawl *c, struct err *err)
{
    const struct fetch_result *r;

    while (!batch_is_full(c->batch) && (r = fetch_next(c->fetcher)) != NULL) {
        service_alive(); /* a hostile page takes seconds */
        if (r->tag & TAG_ROBOTS) {
            struct origin *o =
                hosts_get(c->hosts, (size_t)(r->tag & ~TAG_ROBOTS));
            int64_t now = clock_mono_ms();

            origin_robots_answer(o, r, now, clock_now_s());
            origin_end(o, now);
            continue;
        }
        assert(r->tag < c->visit_n);
        if (on_page(c, &c->visit[r->tag], r, err) < 0)
            return -1;
    }
    return 0;
}

static bool start_page(struct crawl *c, struct visit *v)
{
    struct fetch_request req = { .url = v->at,
        .timeout_ms = v->src->timeout_ms,
        .body_max = c->conf->body_max_bytes,
        .allow_private = v->src->allow_private,
        .tag = (uint64_t)(v - c->visit) };

    if (v->conditional) {
        req.etag = v->url.etag;
        req.last_modified = v->url.last_modified;
    }
    return fetch_start(c->fetcher, &req);
}

static bool start_robots(struct crawl *c, const struct visit *v)
{
    struct fetch_request req = { .url = origin_robots_url(v->origin),
        .timeout_ms = v->src->timeout_ms,
        .body_max = LIMIT_ROBOTS_BYTES,
        .cut_body = true,
        .allow_private = v->src->allow_private,
        .tag = TAG_ROBOTS | origin_number(v->origin) };

    return fetch_start(c->fetcher, &req);
}

/* ---- one step of one source ------------------------------------------ */

/* Take the next URL that is due, or find out when one will be. */
static int pick(struct crawl *c, struct visit *v, struct err *err)
{
    struct ledger *ledger = c->batch->ledger;
    struct ledger_fetch nothing = { 0 };
    uint64_t left = 0;
    int64_t next_at = 0, wait;
    size_t n = 0;

    arena_reset(&v->arena);
    if (ledger_url_next(ledger, c->run, v->src->name, now_s(c), &v->arena,
            &v->url, 1, &n, err) < 0)
        return -1;
    v->hops = 0;
    v->conditional = (v->url.etag || v->url.last_modified) &&
                     (v->url.kind == URL_DOCUMENT || v->url.list_body);
    if (n == 1)
        return aim(c, v, mem_strdup(v->url.url))
                   ? 0
                   : refuse(c, v, "url: not an http address", &nothing, err);
    if (ledger_url_left(ledger, c->run, v->src->name, &left, &next_at, err) < 0)
        return -1;
    v->state = left ? VISIT_SLEEPING : VISIT_DONE;
    wait = next_at - now_s(c);
    v->wake_ms = clock_mono_ms() + (wait > 0 ? wait * 1000 : 100);
    if (!left)
        log_info("crawled source=%s", v->src->name);
    return 0;
}

static int ask_host(struct crawl *c, struct visit *v, struct err *err)
{
    struct ledger_fetch nothing = { 0 };

    switch (
        origin_ask(v->origin, v->place.path, clock_mono_ms(), &v->wake_ms)) {
    case HOST_WAIT:
        return 0;
    case HOST_ROBOTS:
        if (start_robots(c, v))
            origin_begin(v->origin, v->src->delay_ms);
        break;
    case HOST_GO:
        if (start_page(c, v)) {
            origin_begin(v->origin, v->src->delay_ms);
            v->state = VISIT_BUSY;
        }
        break;
    case HOST_DISALLOWED:
        return refuse(c, v, "robots: disallowed", &nothing, err);
    case HOST_CLOSED:
        return refuse(c, v, origin_reason(v->origin), &nothing, err);
    }
    v->wake_ms = INT64_MAX; /* an answer of the network comes first */
    return 0;
}

/* Bring the source as far as it gets without waiting. */
static int step(struct crawl *c, struct visit *v, struct err *err)
{
    int64_t now = clock_mono_ms();

    while (!batch_is_full(c->batch)) {
        if (v->state == VISIT_SLEEPING && now >= v->wake_ms)
            v->state = VISIT_IDLE;
        if (v->state == VISIT_IDLE && pick(c, v, err) < 0)
            return -1;
        if (v->state != VISIT_WAITING)
            return 0;
        if (ask_host(c, v, err) < 0)
            return -1;
        if (v->state != VISIT_IDLE)
            return 0;
    }
    return 0;
}

int crawl_turn(struct crawl *c, uint32_t *new_n, struct err *err)
{
    uint64_t before = c->kept_n;

    if (take_answers(c, err) < 0)
        return -1;
    for (size_t i = 0; i < c->visit_n; i++) {
        if (step(c, &c->visit[i], err) < 0)
            return -1;
    }
    *new_n = (uint32_t)(c->kept_n - before);
    return 0;
}

bool crawl_is_done(const struct crawl *c)
{
    for (size_t i = 0; i < c->visit_n; i++) {
        if (c->visit[i].state != VISIT_DONE)
            return false;
    }
    return true;
}

int64_t crawl_wake_ms(const struct crawl *c)
{
    int64_t wake = INT64_MAX;

    for (size_t i = 0; i < c->visit_n; i++) {
        const struct visit *v = &c->visit[i];

        if (v->state == VISIT_IDLE)
            return 0; /* the batch was full */
        if ((v->state == VISIT_SLEEPING || v->state == VISIT_WAITING) &&
            v->wake_ms < wake)
            wake = v->wake_ms;
    }
    return wake;
}

void crawl_log(const struct crawl *c)
{
    log_info("crawl requests=%llu unchanged=%llu kept=%llu retried=%llu "
             "failed=%llu bytes=%llu",
        (unsigned long long)c->request_n, (unsigned long long)c->unchanged_n,
        (unsigned long long)c->kept_n, (unsigned long long)c->retry_n,
        (unsigned long long)c->failed_n, (unsigned long long)c->byte_n);
}
