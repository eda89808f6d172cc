/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pool - memory for a parser that we do not own.
 *
 * The parser takes pieces through its allocator hook and they all go in one
 * pool_reset; freeing one does nothing, unless it was the last.  A budget
 * stops a document that makes its parser swallow memory: the pool then
 * jumps to where pool_guard was set, which is safe because the parser owns
 * nothing but pieces of the pool.
 */
#ifndef TRANSFORMER_POOL_H
#define TRANSFORMER_POOL_H

#include <setjmp.h>
#include <stddef.h>

struct pool_block;

struct pool {
    struct pool_block *head; /* the block that is filled now, then older */
    size_t used;             /* bytes taken from blocks since the reset */
    size_t max;              /* bytes */
    void *last;              /* the newest piece */
    jmp_buf over;            /* where to go when `max` is passed */
};

void pool_init(struct pool *p, size_t max_bytes);

/* Forget all pieces; the first block stays for the next document. */
void pool_reset(struct pool *p);

/* Give all memory back. */
void pool_clear(struct pool *p);

/* 0 now, and 1 once more when a later pool_alloc passed the budget. */
#define pool_guard(p) setjmp((p)->over)

/* `size` bytes, not zeroed, aligned for any type. */
void *pool_alloc(struct pool *p, size_t size);
void pool_release(struct pool *p, void *piece);

#endif
