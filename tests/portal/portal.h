/* SPDX-License-Identifier: Apache-2.0 */
/*
 * portal - the parts of nianbao-portal, the HTTP portal of tests and demo.
 */
#ifndef TESTS_PORTAL_PORTAL_H
#define TESTS_PORTAL_PORTAL_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* ---- files.c: what lies under the root ------------------------------- */

#define PORTAL_HEADERS_MAX 16

/* A file to serve, with what its sidecar says. */
struct portal_file {
    char *body; /* mem_free it */
    size_t len;
    unsigned status;        /* 200 unless the sidecar has "Status:" */
    const char *media_type; /* static, NULL when the sidecar has its own */
    char etag[24];          /* of the content */
    size_t header_n;
    char *name[PORTAL_HEADERS_MAX]; /* mem_free them */
    char *value[PORTAL_HEADERS_MAX];
};

/* Every file is of this age, so that archives are the same each time. */
#define PORTAL_LAST_MODIFIED "Wed, 01 Jan 2025 00:00:00 GMT"

/* Find the file that `target` (path with query, from the slash) names: with
 * its query if there is such a file, else without; index.html for a folder;
 * an empty one for a sidecar alone.  False when there is none. */
bool portal_file_open(
    const char *root, const char *target, struct portal_file *out);
void portal_file_clear(struct portal_file *f);

/* ---- fault.c: answers that go wrong ---------------------------------- */

/* The faulty answer that `path` ("/fault/<kind>/...") asks for, NULL for a
 * kind that does not exist.  `count` is how often it was asked for before.
 * *status is what to send it with; *go_on is set when the answer is the file
 * whose path follows the kind after all. */
struct MHD_Response *portal_fault(
    const char *path, unsigned count, unsigned *status, bool *go_on);

/* One line for each kind, for --help. */
extern const char portal_fault_help[];

#endif
