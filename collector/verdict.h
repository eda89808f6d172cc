/* SPDX-License-Identifier: Apache-2.0 */
/*
 * verdict - what an answer means for the visit of a URL.
 */
#ifndef COLLECTOR_VERDICT_H
#define COLLECTOR_VERDICT_H

#include <stdbool.h>
#include <stdint.h>

#include "collector/fetch.h"
#include "collector/select.h"

/* Redirects followed for one URL. */
#define VERDICT_HOPS_MAX 5u

enum verdict_kind {
    VERDICT_KEEP,      /* a body that is to be kept or read */
    VERDICT_UNCHANGED, /* 304: what we have is still right */
    VERDICT_FOLLOW,    /* a redirect to `to` */
    VERDICT_RETRY,     /* visit again in wait_s seconds */
    VERDICT_FAIL,      /* done with it, in vain */
};

struct verdict {
    enum verdict_kind kind;
    int64_t wait_s;  /* RETRY */
    bool pause_host; /* RETRY: the host itself asked for the pause */
    bool close_host; /* FAIL: the host asked for more than we wait */
    char *to;        /* FOLLOW: mem_free it */
    char error[96];  /* RETRY, FAIL: "<code>: <words>", the same each time */
};

/* The visit the answer belongs to. */
struct verdict_visit {
    const struct selector *selector;
    const char *url;  /* as it was found */
    const char *at;   /* where the answer came from */
    bool conditional; /* we asked for changes only */
    uint32_t hops;    /* redirects so far */
    uint32_t tries;   /* earlier attempts in this run */
    uint32_t retries_max;
    int64_t now_s;
};

struct verdict verdict_of(
    const struct fetch_result *r, const struct verdict_visit *v);

#endif
