/* SPDX-License-Identifier: Apache-2.0 */
/*
 * crawl - visits the URLs of a run.
 *
 * Each source is one crawler that visits its URLs one after the other; many
 * sources go on at the same time.  Where the crawl stands is in the ledger;
 * what is in memory may be lost at any moment.
 */
#ifndef COLLECTOR_CRAWL_H
#define COLLECTOR_CRAWL_H

#include <stdbool.h>
#include <stdint.h>

#include "collector/batch.h"
#include "collector/fetch.h"
#include "common/conf.h"
#include "common/store.h"

struct crawl;

/* Put the sources named (all that are enabled when name_n is 0), their
 * columns and known documents into the ledger.  All that is given must
 * outlive the crawl.  NULL with ERR_FATAL: bad pattern, ledger. */
struct crawl *crawl_open(const struct conf *conf, struct batch *batch,
    struct store *store, struct fetcher *fetcher, int64_t run,
    char *const *names, size_t name_n, struct err *err);
void crawl_close(struct crawl *c);

/* Take answers, start requests; never waits.  `*new_n` is the number of
 * bodies kept in this turn. */
int crawl_turn(struct crawl *c, uint32_t *new_n, struct err *err);

/* Whether no source has a URL left. */
bool crawl_is_done(const struct crawl *c);

/* When crawl_turn has something to do without the network (monotonic). */
int64_t crawl_wake_ms(const struct crawl *c);

/* One line of counters. */
void crawl_log(const struct crawl *c);

#endif
