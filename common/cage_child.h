/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cage_child - the process in a cage: start, limits, end.
 *
 * For cage.c only.
 */
#ifndef COMMON_CAGE_CHILD_H
#define COMMON_CAGE_CHILD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "common/cage.h"
#include "common/err.h"

struct cage_child {
    pid_t pid;      /* 0 without a child */
    int to, from;   /* our ends of its pipes, non-blocking; -1 without */
    int64_t cpu_ms; /* CPU time it had used when the document came */
    bool unlimited; /* CPU seconds cannot be renewed here; said once */
};

void cage_child_init(struct cage_child *c);

/* Start `program`; it is not known yet whether it gets ready.  ERR_FATAL. */
int cage_child_start(struct cage_child *c, const char *program,
    const struct cage_limits *limits, struct err *err);

/* Forget a child that has died since the last document. */
void cage_child_drop_dead(struct cage_child *c);

/* Give it `cpu_s` more seconds than it has used. */
void cage_child_renew_cpu(struct cage_child *c, uint32_t cpu_s);

/* Milliseconds of CPU it has used for this document. */
int64_t cage_child_used_ms(const struct cage_child *c);

/* Kill it, if there is one. */
void cage_child_end(struct cage_child *c);

/* It hung up: wait for its end and record what that says of the document;
 * returns -1. */
int cage_child_judge(
    struct cage_child *c, const struct cage_limits *limits, struct err *err);

#endif
