/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sandbox - a process that can read its input, write its answer, and think.
 */
#ifndef TRANSFORMER_SANDBOX_H
#define TRANSFORMER_SANDBOX_H

#include <stdint.h>

#include "common/err.h"

/*
 * Lock this process in, for good: standard input may be read, standard
 * output written, memory taken up to `memory_bytes` of address space;
 * everything else is refused (EBADF for other descriptors) or ends the
 * process (SIGSYS).  It dies with its parent.  Open what you need before.
 * ERR_FATAL when the kernel refuses; a kernel without Landlock is logged
 * and accepted, for seccomp allows no file to be opened either.
 */
int sandbox_enter(uint64_t memory_bytes, struct err *err);

#endif
