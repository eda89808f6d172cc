/* SPDX-License-Identifier: Apache-2.0 */
/*
 * verdict - what an answer means for the visit of a URL.
 *
 * Every fault ends in a reason that is the same each time it happens, so
 * that two runs over the same portal write the same ledger.
 */
#include "collector/verdict.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "collector/fetch_url.h"
#include "collector/retry.h"
#include "common/mem.h"

static struct verdict fail(const char *error)
{
    struct verdict v = { .kind = VERDICT_FAIL };

    snprintf(v.error, sizeof v.error, "%s", error);
    return v;
}

/* Another try, if there is one left. */
static struct verdict try_again(
    const char *error, const struct verdict_visit *visit, int64_t wait_s)
{
    struct verdict v = fail(error);

    if (visit->tries >= visit->retries_max)
        return v;
    v.kind = VERDICT_RETRY;
    v.wait_s = retry_backoff_s(visit->tries + 1);
    if (wait_s > v.wait_s)
        v.wait_s = wait_s;
    return v;
}

/* 408, 425, 429, 500, 502, 503, 504: the server may answer later. */
static struct verdict trouble(
    const struct fetch_result *r, const struct verdict_visit *visit)
{
    struct verdict v;
    char error[32];
    int64_t asked = -1;

    snprintf(error, sizeof error, "http: %d", (int)r->status);
    if (r->retry_after)
        asked = retry_after_s(slice_str(r->retry_after), visit->now_s);
    if (asked > RETRY_AFTER_MAX_S) {
        v = fail("http: told to wait longer than a run does");
        v.close_host = r->status == 429;
        return v;
    }
    v = try_again(error, visit, asked);
    v.pause_host = v.kind == VERDICT_RETRY && asked > 0;
    return v;
}

static bool is_home(const char *path)
{
    static const char *const homes[] = { "/", "/index.html", "/index.htm",
        "/index.shtml", "/index.jsp", "/index.asp", "/index.aspx", "/index.php",
        "/default.html", "/default.aspx", "/404.html", "/404.htm",
        "/error.html" };
    size_t len = strcspn(path, "?");

    for (size_t i = 0; i < sizeof homes / sizeof *homes; i++) {
        if (strlen(homes[i]) == len && strncasecmp(path, homes[i], len) == 0)
            return true;
    }
    return false;
}

static struct verdict follow(
    const struct fetch_result *r, const struct verdict_visit *visit)
{
    struct verdict v = { .kind = VERDICT_FOLLOW };
    struct fetch_url first, from, to;
    const char *error = NULL;

    if (visit->hops >= VERDICT_HOPS_MAX)
        return fail("redirect: more than 5 in a row");
    if (!r->location)
        return fail("redirect: without an address");
    v.to = fetch_url_resolve(visit->at, slice_str(r->location));
    if (!v.to || !fetch_url_split(v.to, &to) ||
        !fetch_url_split(visit->url, &first) ||
        !fetch_url_split(visit->at, &from))
        error = "redirect: not to an http address";
    else if (strcmp(to.host, first.host) != 0 &&
             !select_host(visit->selector, v.to))
        error = "redirect: to another host";
    else if (from.secure && !to.secure && strcmp(from.host, to.host) != 0)
        error = "redirect: from https to http on another host";
    else if (is_home(to.path) && !is_home(first.path))
        error = "soft404: redirected to the home page";
    if (!error)
        return v;
    mem_free(v.to);
    return fail(error);
}

static bool is_html(const struct fetch_result *r)
{
    struct slice head = slice_trim(r->body);

    if (r->media_type && strcmp(r->media_type, "text/html") != 0)
        return false;
    return head.len > 0 && head.p[0] == '<';
}

static struct verdict keep(
    const struct fetch_result *r, const struct verdict_visit *visit)
{
    if (r->body.len == 0)
        return fail("http: empty body");
    if (select_is_attachment(visit->url) && is_html(r))
        return fail("soft404: a page instead of the file");
    return (struct verdict){ .kind = VERDICT_KEEP };
}

struct verdict verdict_of(
    const struct fetch_result *r, const struct verdict_visit *v)
{
    char error[32];

    if (r->outcome == FETCH_REFUSED)
        return fail(r->error);
    if (r->outcome == FETCH_TRANSIENT)
        return try_again(r->error, v, 0);
    switch (r->status) {
    case 200:
        return keep(r, v);
    case 304:
        if (!v->conditional)
            return fail("http: 304 though it was not asked for");
        return (struct verdict){ .kind = VERDICT_UNCHANGED };
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
        return follow(r, v);
    case 408:
    case 425:
    case 429:
    case 500:
    case 502:
    case 503:
    case 504:
        return trouble(r, v);
    default:
        snprintf(error, sizeof error, "http: %d", (int)r->status);
        return fail(error);
    }
}
