/* SPDX-License-Identifier: Apache-2.0 */
/*
 * work - the loop of a worker: jobs in, records out.
 */
#ifndef TRANSFORMER_WORK_H
#define TRANSFORMER_WORK_H

#include "common/conf.h"
#include "common/err.h"
#include "transformer/form.h"

/*
 * Work under the routing id `name` until service_stopping().  -1 with
 * ERR_FATAL when a socket or the caged reader cannot be used.
 *
 * Heartbeats go on while a document is in the cage, which may take longer
 * than a lease where its pages are pictures; only a worker that is stopped
 * falls silent.
 */
int work(const struct conf *conf, const struct forms *forms, const char *name,
    struct err *err);

#endif
