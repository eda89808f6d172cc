/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fetch - HTTP requests in parallel.
 *
 * Nothing is followed, retried or judged here: one request, one answer.
 */
#ifndef COLLECTOR_FETCH_H
#define COLLECTOR_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"
#include "common/limits.h"
#include "common/slice.h"

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
