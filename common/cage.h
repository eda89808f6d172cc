/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cage - hand bytes to a caged reader, get a document tree back.
 *
 * The reader is its own executable (nianbao-reader*) with two pipes and
 * nothing else: seccomp, Landlock, rlimits.  One cage is one child, started
 * when first needed, used for many documents, replaced after a fault or
 * every CAGE_RECYCLE_N documents.  A document that kills its reader takes
 * only itself: the next cage_read starts a fresh child.
 */
#ifndef COMMON_CAGE_H
#define COMMON_CAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "common/arena.h"
#include "common/document.h"
#include "common/err.h"
#include "common/slice.h"

struct cage_limits {
    uint32_t cpu_s;        /* CPU seconds for one document */
    uint32_t wall_ms;      /* milliseconds until the parent kills the reader */
    uint64_t memory_bytes; /* address space of the reader */
};

/* What the collector or the user knows of the bytes; all may be empty. */
struct cage_hints {
    struct slice media_type; /* Content-Type without parameters */
    struct slice charset;    /* charset parameter of Content-Type */
    struct slice name;       /* file name or URL, for its extension only */
    /* Ask for what a container holds: its parts from `part_from` on, as many
     * as one answer takes.  A document that is no container comes back with
     * `reader` empty. */
    bool unpack;
    uint32_t part_from;
    /* Ask for what the document leads to: a web page that is little but
     * pictures comes back with their addresses, and is never at fault for
     * being one. */
    bool links;
};

struct cage;

/* `program` is the path of a nianbao-reader; nothing is started yet. */
struct cage *cage_new(const char *program, const struct cage_limits *limits);

/* Kill the child, if any, and free. */
void cage_free(struct cage *c);

/* Call `waiting` some five times a second while a document is read; NULL for
 * nothing.  It must not use the cage. */
void cage_on_wait(struct cage *c, void (*waiting)(void *), void *arg);

/* Pid of the live child, 0 without one (for tests and status). */
pid_t cage_pid(const struct cage *c);

/*
 * Read `in` (at most LIMIT_BODY_BYTES) into `doc`; all its memory comes
 * from `arena`.
 * ERR_INPUT: the document is at fault (no reader claims it, broken).
 * ERR_LIMIT: it ran into a limit: time, memory, size, nesting.
 * ERR_RETRY: the reader was killed from outside, or the machine had no time
 * for it; the document may be good.
 * ERR_FATAL: the reader cannot be started.
 * Messages start with a stable code: "reader.none", "reader.broken",
 * "reader.cpu", "reader.wall", "reader.memory", "reader.size",
 * "reader.depth", "reader.attributes", "reader.ratio", "reader.entities",
 * "reader.encrypted", "reader.scan", "reader.crashed", "reader.gone",
 * then ": " and words.
 */
int cage_read(struct cage *c, struct slice in, const struct cage_hints *hints,
    struct arena *arena, struct document *doc, struct err *err);

#endif
