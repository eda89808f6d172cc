/* SPDX-License-Identifier: Apache-2.0 */
/*
 * host - how often a host may be asked, and what its robots.txt says.
 *
 * Pace belongs to the host name, whatever the port: one request at a time,
 * a delay between two.  robots.txt belongs to the origin (scheme, host,
 * port; RFC 9309, 2.3) and is read once a run.
 */
#ifndef COLLECTOR_HOST_H
#define COLLECTOR_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "collector/fetch.h"
#include "collector/fetch_url.h"

struct hosts;

/* An origin; lives as long as its hosts. */
struct origin;

/* `agent` is the user agent robots.txt is read for. */
struct hosts *hosts_new(const char *agent);
void hosts_free(struct hosts *hs);

/* The origin of an address, made when new; its number is stable.  Sources
 * that may use private addresses do not share theirs with others: what one
 * is refused, the other may have. */
struct origin *hosts_origin(
    struct hosts *hs, const struct fetch_url *url, bool allow_private);
size_t origin_number(const struct origin *o);
struct origin *hosts_get(const struct hosts *hs, size_t number);

enum host_answer {
    HOST_GO,         /* ask now */
    HOST_WAIT,       /* later: see *wait_until_ms */
    HOST_ROBOTS,     /* fetch origin_robots_url now, then ask again */
    HOST_DISALLOWED, /* robots.txt forbids this path */
    HOST_CLOSED,     /* nothing of this origin in this run: origin_reason */
};

/* Whether `path` may be asked for at `now_ms` (monotonic).  On HOST_WAIT
 * *wait_until_ms is when, or INT64_MAX while the host is busy. */
enum host_answer origin_ask(const struct origin *o, const char *path,
    int64_t now_ms, int64_t *wait_until_ms);

/* "<code>: <words>" of a closed origin. */
const char *origin_reason(const struct origin *o);

/* The host is busy from begin to end; after end it rests for the longer of
 * delay_ms and robots.txt's Crawl-delay. */
void origin_begin(struct origin *o, uint32_t delay_ms);
void origin_end(struct origin *o, int64_t now_ms);

/* The host asked to be left alone until then. */
void origin_pause(struct origin *o, int64_t until_ms);

/* Nothing more of this origin in this run; `reason` is copied. */
void origin_close(struct origin *o, const char *reason);

/* The address robots.txt is to be fetched from. */
const char *origin_robots_url(const struct origin *o);

/* What came back from there (RFC 9309, 2.3.1): an answer decides, 4xx allows
 * all, 5xx, 429 and silence forbid all for now and are tried again a few
 * times, then close the origin.  Call it before origin_end. */
void origin_robots_answer(struct origin *o, const struct fetch_result *r,
    int64_t now_ms, int64_t now_s);

#endif
