/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sink - a place that gets every run's archive.
 *
 * The ledger's outbox has a row for each run and sink; it is `done` once
 * deliver has returned 0.  Delivery is at least once: a killed loader calls
 * it again with the same bytes, and deliver must then end in the same state.
 * The folder of archives comes first; the sinks behind it may read there.
 * A new sink is one new file sink_<name>.c and one row in sinks.c.
 */
#ifndef LOADER_SINK_H
#define LOADER_SINK_H

#include <stdint.h>

#include "common/conf.h"
#include "common/err.h"
#include "common/ledger.h"
#include "loader/dataset.h"
#include "loader/output.h"

/* An archive that is made and on the disk. */
struct publication {
    const struct run *run;
    const char *name;    /* "nianbao-<run>" */
    const char *staging; /* folder with <name>/ and <name>.tar.zst */
    const char *archive; /* "<name>.tar.zst" */
    char sha256[OUTPUT_SHA256_LEN + 1]; /* of the tar.zst */
    uint64_t bytes;                     /* of the tar.zst */
    struct dataset dataset;             /* tables and rows */
};

struct sink {
    const char *name; /* as in the outbox */
    int (*deliver)(
        const struct conf *conf, const struct publication *p, struct err *err);
};

/* All sinks in the order of delivery, NULL at the end. */
extern const struct sink *const sinks[];

extern const struct sink archive_sink;

#endif
