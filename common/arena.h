/* SPDX-License-Identifier: Apache-2.0 */
/*
 * arena - memory of one document, given back in one go.
 *
 * Cells, strings and scratch of a document live here.  The arena has a
 * ceiling: passing it ends the process, so readers compare sizes with their
 * LIMITs first; the ceiling is the last line of defence, not the first.
 */
#ifndef COMMON_ARENA_H
#define COMMON_ARENA_H

#include <stddef.h>

#include "common/slice.h"

struct arena_block;

struct arena {
    struct arena_block *head; /* the block that is filled now */
    size_t used;              /* bytes handed out since the last reset */
    size_t max;               /* bytes; LIMIT_ARENA_BYTES unless told */
};

void arena_init(struct arena *a, size_t max_bytes);

/* Forget everything handed out; keeps one block for the next document. */
void arena_reset(struct arena *a);

/* Give all memory back. */
void arena_clear(struct arena *a);

/* `size` zeroed bytes, aligned for any type, never NULL. */
void *arena_alloc(struct arena *a, size_t size)
    __attribute__((returns_nonnull));

/* `n` zeroed elements of `size` bytes, never NULL. */
void *arena_alloc_n(struct arena *a, size_t n, size_t size)
    __attribute__((returns_nonnull));

/* A copy of `s` in the arena, terminated for convenience; the length does
 * not count the terminator. */
struct slice arena_slice(struct arena *a, struct slice s);

/* A terminated copy of `s` in the arena. */
char *arena_str(struct arena *a, const char *s);

/* printf into the arena. */
struct slice arena_printf(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
