/* SPDX-License-Identifier: Apache-2.0 */
/*
 * host - how often a host may be asked, and what its robots.txt says.
 */
#include "collector/host.h"

#include <string.h>

#include "collector/retry.h"
#include "collector/robots.h"
#include "common/log.h"
#include "common/mem.h"

/* Redirects of robots.txt that are followed (RFC 9309, 2.3.1.2). */
#define ROBOTS_HOPS_MAX 5u

/* Further tries to get it; with retry_backoff_s they take 7 seconds, more
 * where the host says so. */
#define ROBOTS_RETRIES_MAX 3u

/* The pace of one host name. */
struct host {
    char name[LIMIT_HOST_BYTES + 1];
    bool busy;
    uint32_t delay_ms; /* after the request that is under way */
    int64_t free_at_ms;
};

struct origin {
    struct hosts *owner;
    struct host *host;
    size_t number;
    bool allow_private;
    char *key;             /* scheme://host:port */
    char *closed;          /* reason, or NULL while open */
    struct robots *robots; /* NULL until known */
    char *robots_url;
    uint32_t robots_hops, robots_tries;
    int64_t robots_at_ms; /* not to be asked for before */
};

struct hosts {
    char *agent;
    struct host **host;
    size_t host_n;
    struct origin **origin;
    size_t origin_n;
};

struct hosts *hosts_new(const char *agent)
{
    struct hosts *hs = mem_alloc(sizeof *hs);

    hs->agent = mem_strdup(agent);
    return hs;
}

void hosts_free(struct hosts *hs)
{
    if (!hs)
        return;
    for (size_t i = 0; i < hs->origin_n; i++) {
        struct origin *o = hs->origin[i];

        mem_free(o->key);
        mem_free(o->closed);
        mem_free(o->robots_url);
        robots_free(o->robots);
        mem_free(o);
    }
    for (size_t i = 0; i < hs->host_n; i++)
        mem_free(hs->host[i]);
    mem_free(hs->origin);
    mem_free(hs->host);
    mem_free(hs->agent);
    mem_free(hs);
}

static struct host *find_host(struct hosts *hs, const char *name)
{
    struct host *h;

    for (size_t i = 0; i < hs->host_n; i++) {
        if (strcmp(hs->host[i]->name, name) == 0)
            return hs->host[i];
    }
    h = mem_alloc(sizeof *h);
    memcpy(h->name, name, strlen(name) + 1);
    hs->host = mem_realloc_n(hs->host, hs->host_n + 1, sizeof(struct host *));
    hs->host[hs->host_n++] = h;
    return h;
}

struct origin *hosts_origin(
    struct hosts *hs, const struct fetch_url *url, bool allow_private)
{
    struct origin *o;

    for (size_t i = 0; i < hs->origin_n; i++) {
        o = hs->origin[i];
        if (o->allow_private == allow_private &&
            strcmp(o->key, url->origin) == 0)
            return o;
    }
    o = mem_alloc(sizeof *o);
    o->owner = hs;
    o->allow_private = allow_private;
    o->host = find_host(hs, url->host);
    o->number = hs->origin_n;
    o->key = mem_strdup(url->origin);
    o->robots_url = mem_printf("%s/robots.txt", url->origin);
    hs->origin =
        mem_realloc_n(hs->origin, hs->origin_n + 1, sizeof(struct origin *));
    hs->origin[hs->origin_n++] = o;
    return o;
}

size_t origin_number(const struct origin *o)
{
    return o->number;
}

struct origin *hosts_get(const struct hosts *hs, size_t number)
{
    return hs->origin[number];
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

enum host_answer origin_ask(const struct origin *o, const char *path,
    int64_t now_ms, int64_t *wait_until_ms)
{
    int64_t at = o->host->free_at_ms;

    if (o->closed)
        return HOST_CLOSED;
    if (o->robots && !robots_allows(o->robots, path))
        return HOST_DISALLOWED;
    if (!o->robots)
        at = later(at, o->robots_at_ms);
    *wait_until_ms = o->host->busy ? INT64_MAX : at;
    if (o->host->busy || at > now_ms)
        return HOST_WAIT;
    return o->robots ? HOST_GO : HOST_ROBOTS;
}

const char *origin_reason(const struct origin *o)
{
    return o->closed;
}

void origin_begin(struct origin *o, uint32_t delay_ms)
{
    o->host->busy = true;
    o->host->delay_ms = delay_ms;
}

void origin_end(struct origin *o, int64_t now_ms)
{
    uint32_t delay_ms = o->host->delay_ms;
    uint32_t asked = o->robots ? robots_delay_ms(o->robots) : 0;

    o->host->busy = false;
    origin_pause(o, now_ms + (asked > delay_ms ? asked : delay_ms));
}

void origin_pause(struct origin *o, int64_t until_ms)
{
    o->host->free_at_ms = later(o->host->free_at_ms, until_ms);
}

void origin_close(struct origin *o, const char *reason)
{
    if (o->closed)
        return;
    o->closed = mem_strdup(reason);
    log_warnx("close origin=%s reason=\"%s\"", o->key, reason);
}

const char *origin_robots_url(const struct origin *o)
{
    return o->robots_url;
}

static void decide(struct origin *o, struct slice text)
{
    o->robots = robots_parse(text, o->owner->agent);
    log_debug("robots origin=%s bytes=%zu delay_ms=%u", o->key, text.len,
        robots_delay_ms(o->robots));
}

static void redirect(struct origin *o, const char *location)
{
    char *to = NULL;

    if (location && o->robots_hops++ < ROBOTS_HOPS_MAX)
        to = fetch_url_resolve(o->robots_url, slice_str(location));
    if (!to) {
        decide(o, (struct slice){ "", 0 }); /* as if there were none */
        return;
    }
    mem_free(o->robots_url);
    o->robots_url = to;
}

void origin_robots_answer(struct origin *o, const struct fetch_result *r,
    int64_t now_ms, int64_t now_s)
{
    bool answered = r->outcome == FETCH_ANSWERED;
    int64_t asked = -1;
    int64_t wait;

    if (answered && r->status / 100 == 2) {
        decide(o, r->body);
        return;
    }
    if (answered && r->status / 100 == 3) {
        redirect(o, r->location);
        return;
    }
    if (answered && r->status / 100 == 4 && r->status != 429) {
        decide(o, (struct slice){ "", 0 });
        return;
    }
    if (r->outcome == FETCH_REFUSED) {
        origin_close(o, r->error);
        return;
    }
    if (r->retry_after)
        asked = retry_after_s(slice_str(r->retry_after), now_s);
    if (o->robots_tries++ >= ROBOTS_RETRIES_MAX || asked > RETRY_AFTER_MAX_S) {
        origin_close(o, "robots: robots.txt is out of reach");
        return;
    }
    wait = later(retry_backoff_s(o->robots_tries), asked);
    o->robots_at_ms = now_ms + wait * 1000;
    log_info("retry origin=%s robots=%s wait_s=%lld", o->key,
        answered ? "refused" : r->error, (long long)wait);
}
