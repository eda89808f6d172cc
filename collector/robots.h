/* SPDX-License-Identifier: Apache-2.0 */
/*
 * robots - what a host's robots.txt allows us (RFC 9309).
 */
#ifndef COLLECTOR_ROBOTS_H
#define COLLECTOR_ROBOTS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/slice.h"

struct robots;

/* Read a robots.txt for the product `agent` ("nianbao" of "nianbao/0.1
 * (+https://...)").  Never fails: what cannot be read is skipped, as the
 * RFC asks.  `text` is at most LIMIT_ROBOTS_BYTES; the caller cuts it.
 * The caller frees with robots_free. */
struct robots *robots_parse(struct slice text, const char *agent);
void robots_free(struct robots *r);

/* Whether `path` (with query, from the first slash) may be fetched. */
bool robots_allows(const struct robots *r, const char *path);

/* Crawl-delay in milliseconds, 0 without one, at most 300,000: a portal
 * that asks for more has its say in robots_allows. */
uint32_t robots_delay_ms(const struct robots *r);

#endif
