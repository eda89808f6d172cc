/* SPDX-License-Identifier: Apache-2.0 */
/*
 * crew - the processes of a run: started, restarted, stopped.
 *
 * A member that dies is started again at once, then with growing pauses.
 * One that fails five times in a row, each time soon after its start, is
 * given up: the run cannot go on without it.  All die with their supervisor
 * (PR_SET_PDEATHSIG).
 */
#ifndef CLI_CREW_H
#define CLI_CREW_H

#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"

struct crew;

/* Members write their log to `log_fd`. */
struct crew *crew_new(int log_fd);

/* Frees; the members must have ended. */
void crew_free(struct crew *c);

/* Add a member to be started by the next crew_turn; `argv` is copied.  One
 * that `ends` and exits with status 0 has done its work and is not started
 * again.  Returns its number. */
size_t crew_add(struct crew *c, const char *const *argv, bool ends);

/* Whether a member that ends has done so. */
bool crew_has_finished(const struct crew *c, size_t member);

/* Start it again after all. */
void crew_again(struct crew *c, size_t member);

/* Collect the dead, start who is due.  ERR_FATAL: one is given up. */
int crew_turn(struct crew *c, struct err *err);

/* Milliseconds until crew_turn has something to start; -1: nothing. */
int crew_due_ms(const struct crew *c);

/* Ask all members to end, or kill them; none is started any more.  Call
 * crew_turn until crew_is_gone. */
void crew_stop(struct crew *c);
void crew_kill(struct crew *c);
bool crew_is_gone(const struct crew *c);

#endif
