/* SPDX-License-Identifier: Apache-2.0 */
/*
 * publish - a finished run to its archive, exactly once.
 */
#ifndef LOADER_PUBLISH_H
#define LOADER_PUBLISH_H

#include <stdbool.h>

#include "common/conf.h"
#include "common/err.h"
#include "common/ledger.h"

/*
 * Look at the newest run: when it is crawled and has no open job, seal its
 * revisions, publish the archive and finish it; when it brought nothing new,
 * finish it as empty.  `*finished` says whether the newest run is finished
 * now.  Killed at any moment and called again it comes to the same files.
 * ERR_RETRY: not now (disk full, ledger busy, asked to stop); call again.
 */
int publish_due(const struct conf *conf, struct ledger *ledger, bool *finished,
    struct err *err);

#endif
