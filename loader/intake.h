/* SPDX-License-Identifier: Apache-2.0 */
/*
 * intake - records from the workers into the ledger, in group commits.
 */
#ifndef LOADER_INTAKE_H
#define LOADER_INTAKE_H

#include <stdint.h>

#include "common/err.h"
#include "common/ledger.h"

struct intake;

/* Counted since the start. */
struct intake_stats {
    uint64_t loaded;   /* records committed */
    uint64_t repeated; /* records that were there already */
    uint64_t stale;    /* records whose lease another holds */
    uint64_t refused;  /* records set aside as broken */
    uint64_t bytes;    /* received */
    uint64_t commits;
};

/* Bind a router to `address`; the ledger is lent until intake_close.  NULL
 * with ERR_FATAL. */
struct intake *intake_open(
    const char *address, struct ledger *ledger, struct err *err);
void intake_close(struct intake *in);

/* Wait at most timeout_ms for records, commit all that wait, answer them.
 * ERR_FATAL: this process cannot go on; what was not acknowledged comes
 * again. */
int intake_turn(struct intake *in, int timeout_ms, struct err *err);

const struct intake_stats *intake_stats(const struct intake *in);

#endif
