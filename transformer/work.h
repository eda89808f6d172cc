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
 * The lease must outlast the longest silence: one document may take
 * reader_wall_ms in the cage, and a heartbeat is sent before each attempt
 * (conf_read checks lease_ms >= reader_wall_ms + heartbeat_ms).
 */
int work(const struct conf *conf, const struct forms *forms, const char *name,
    struct err *err);

#endif
