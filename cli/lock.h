/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lock - one `nianbao run` at a time on a state folder.
 */
#ifndef CLI_LOCK_H
#define CLI_LOCK_H

#include "common/err.h"

/* Make `dir` and the folders above it.  ERR_FATAL. */
int lock_make_folder(const char *dir, struct err *err);

/* Hold <dir>/run.lock until the descriptor returned is closed or this
 * process ends; children do not inherit it.  -1 with ERR_RETRY and who
 * holds it, or ERR_FATAL. */
int lock_take(const char *dir, struct err *err);

#endif
