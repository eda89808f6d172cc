/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sandbox - a process that can read its input, write its answer, and think.
 */
#ifndef TRANSFORMER_SANDBOX_H
#define TRANSFORMER_SANDBOX_H

#include <stdint.h>

#include "common/err.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0 /* 1: built with AddressSanitizer */
#endif

/*
 * Lock this process in, for good: standard input may be read, standard
 * output written, memory taken up to `memory_bytes` of address space;
 * everything else is refused (EBADF for other descriptors) or ends the
 * process (SIGSYS).  It dies with its parent.  Open what you need before.
 * ERR_FATAL when the kernel refuses; a kernel without Landlock is logged
 * and accepted, for seccomp allows no file to be opened either.
 */
typedef int sandbox_fn(uint64_t memory_bytes, struct err *err);
sandbox_fn sandbox_enter;

#endif
