/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fetch - HTTP requests in parallel, and what a URL means.
 *
 * fetch.c alone knows libcurl; URLs are read by the same code that requests
 * them, so that both agree on what a hostile one says.  Nothing is followed,
 * retried or judged here: one request, one answer.
 */
#ifndef COLLECTOR_FETCH_H
#define COLLECTOR_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"
#include "common/limits.h"
#include "common/slice.h"

/* ---- URLs ------------------------------------------------------------ */

/* An absolute http or https URL taken apart. */
struct fetch_url {
    bool secure;                        /* https */
    char host[LIMIT_HOST_BYTES + 1];    /* lower case */
    char origin[LIMIT_HOST_BYTES + 16]; /* scheme://host:port */
    char path[LIMIT_URL_BYTES + 1];     /* from the first slash, with query */
};

/* The absolute address of `href` found on the page `base` (NULL: `href` is
 * absolute itself): dots resolved, host in lower case, default port and
 * fragment dropped, other bytes percent-encoded.  NULL for what is no http
 * or https address of at most LIMIT_URL_BYTES, is empty or a mere fragment,
 * or names a user.  mem_free it. */
char *fetch_url_resolve(const char *base, struct slice href);

/* Take an address apart; false when fetch_url_resolve would say NULL. */
bool fetch_url_split(const char *url, struct fetch_url *out);

/* ---- requests -------------------------------------------------------- */

struct fetch_request {
    const char *url;
    const char *etag, *last_modified; /* ask for changes only, or NULL */
    uint32_t timeout_ms;              /* of the whole exchange */
    size_t body_max;                  /* bytes, decoded */
    bool cut_body;      /* keep the first body_max bytes of a longer one */
    bool allow_private; /* loopback and private addresses may answer */
    uint64_t tag;       /* comes back with the result */
};

enum fetch_outcome {
    FETCH_ANSWERED,  /* there is a status and, if not cut, a whole body */
    FETCH_TRANSIENT, /* no answer, or not all of it: worth another try */
    FETCH_REFUSED,   /* nothing that another try would change */
};

/* One finished request.  Texts are NULL where the header was absent. */
struct fetch_result {
    uint64_t tag;
    enum fetch_outcome outcome;
    int32_t status; /* HTTP, 0 without an answer */
    uint64_t bytes; /* received, before decoding */
    struct slice body;
    const char *media_type; /* lower case, without parameters */
    const char *charset;
    const char *etag, *last_modified, *location, *retry_after;
    const char *error; /* "<code>: <words>" unless answered, else NULL */
};

struct fetcher;

struct fetcher *fetch_open(const char *user_agent, struct err *err);

/* Abort what is under way and free. */
void fetch_close(struct fetcher *f);

/* Start a request; false when LIMIT_FETCHES are under way. */
bool fetch_start(struct fetcher *f, const struct fetch_request *req);

/* The next finished request, or NULL.  Never blocks; the result is valid
 * until the next call. */
const struct fetch_result *fetch_next(struct fetcher *f);

/* Wait for the network or one of `fd_n` descriptors to become readable, at
 * most timeout_ms.  ERR_FATAL when the wait itself fails. */
int fetch_wait(struct fetcher *f, const int *fds, size_t fd_n, int timeout_ms,
    struct err *err);

#endif
