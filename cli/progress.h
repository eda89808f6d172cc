/* SPDX-License-Identifier: Apache-2.0 */
/*
 * progress - one line that grows, on a terminal only.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/ledger.h"

struct progress {
    bool terminal; /* standard error is one */
    bool shown;
    int64_t started_ms;
};

void progress_init(struct progress *p);

/* Show the state of the run; does nothing in a pipe. */
void progress_show(struct progress *p, const struct run_summary *sum);

/* Take the line away, so that something else can be printed. */
void progress_clear(struct progress *p);

#endif
