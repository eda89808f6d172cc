/* SPDX-License-Identifier: Apache-2.0 */
/*
 * relay - the log lines of the run's processes, on their way to the user.
 *
 * The processes share one pipe; a line is one write, so lines stay whole.
 * Their "<N>" prefix says how serious they are; lines without one (a
 * library's last words) always pass.
 */
#ifndef CLI_RELAY_H
#define CLI_RELAY_H

#include "common/buf.h"
#include "common/err.h"
#include "common/log.h"

struct relay {
    int read_fd, write_fd;
    enum log_level level; /* this and above is shown */
    struct buf line;      /* what came of a line so far */
};

int relay_open(struct relay *r, enum log_level level, struct err *err);
void relay_close(struct relay *r);

/* Pass on what is waiting; never blocks.  `before` is called once before
 * anything is printed, to clear the progress line. */
void relay_pass(struct relay *r, void (*before)(void *ctx), void *ctx);

#endif
