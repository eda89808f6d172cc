/* SPDX-License-Identifier: Apache-2.0 */
/*
 * jobs - gives fetched documents to workers and hears how it went.
 *
 * A worker gets no more than it has credit for; a worker that is silent for
 * lease_ms loses what it holds.  The ledger is written first, the message is
 * sent after the commit, so a message that is lost is a lease that expires.
 */
#ifndef COLLECTOR_JOBS_H
#define COLLECTOR_JOBS_H

#include <stdbool.h>
#include <stdint.h>

#include "collector/batch.h"
#include "common/conf.h"
#include "common/store.h"

struct jobs;

/* Bind the "jobs" socket and queue the leases of a dead predecessor again.
 * All that is given must outlive it.  NULL with ERR_FATAL. */
struct jobs *jobs_open(const struct conf *conf, struct batch *batch,
    const struct store *store, int64_t run, struct err *err);
void jobs_close(struct jobs *j);

/* Descriptor to wait for; after it fires, jobs_receive empties it. */
int jobs_fd(const struct jobs *j);

/* Hear what workers say and end the leases of silent ones. */
int jobs_receive(struct jobs *j, struct err *err);

/* Whether there is more to hear without anything arriving. */
bool jobs_is_busy(const struct jobs *j);

/* There may be something to give: a document was fetched. */
void jobs_wake(struct jobs *j);

/* Lease queued documents to workers with credit. */
int jobs_lease(struct jobs *j, struct err *err);

/* Send what was leased; call it after the commit. */
int jobs_send(struct jobs *j, struct err *err);

/* Whether no document of the run is queued or leased; asks the ledger only
 * when that may have changed. */
int jobs_are_done(struct jobs *j, bool *done, struct err *err);

/* One line of counters. */
void jobs_log(const struct jobs *j);

#endif
