/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fetch_url - what a URL means.
 */
#ifndef COLLECTOR_FETCH_URL_H
#define COLLECTOR_FETCH_URL_H

#include <stdbool.h>

#include "common/limits.h"
#include "common/slice.h"

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

#endif
