/* SPDX-License-Identifier: Apache-2.0 */
/*
 * service - what every daemon of ours owes its supervisor.
 *
 * Stop flag on SIGTERM and SIGINT, sd_notify READY/STOPPING/STATUS, the
 * watchdog, and an end when the parent that asked for it is gone
 * (`nianbao run` starts the daemons with --supervised).
 */
#ifndef COMMON_SERVICE_H
#define COMMON_SERVICE_H

#include <stdbool.h>

/* Install the handlers; SIGPIPE is ignored.  With `supervised` the process
 * gets SIGTERM when its parent dies (PR_SET_PDEATHSIG). */
void service_init(bool supervised);

/* True once the process was asked to end. */
bool service_stopping(void);

void service_ready(const char *status);
void service_status(const char *status);

/* Say that the process is on its way out. */
void service_leaving(void);

/* Feed the watchdog, at most once a second; call it in every turn of the
 * event loop. */
void service_alive(void);

#endif
