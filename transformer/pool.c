/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pool - memory for a parser that we do not own.
 */
#include "transformer/pool.h"

#include <stdalign.h>
#include <stdlib.h>

#include "common/mem.h"

struct pool_block {
    struct pool_block *next; /* older, full blocks */
    size_t size;             /* bytes in data */
    size_t used;
    alignas(max_align_t) unsigned char data[];
};

/* The first block holds all of a usual page, so that a worker at work
 * touches the same memory again and again. */
static const size_t first_bytes = (size_t)4 * 1024 * 1024;
static const size_t block_bytes = (size_t)8 * 1024 * 1024;

void pool_init(struct pool *p, size_t max_bytes)
{
    *p = (struct pool){ .max = max_bytes };
}

/* malloc and not mem_alloc: pieces are not zeroed, and zeroing megabytes
 * costs more than a small page takes to parse. */
static struct pool_block *add_block(struct pool *p, size_t size)
{
    struct pool_block *b = mem_realloc_n(NULL, 1, sizeof(*b) + size);

    b->next = p->head;
    b->size = size;
    b->used = 0;
    p->head = b;
    return b;
}

static void drop_blocks(struct pool *p, const struct pool_block *keep)
{
    while (p->head && p->head != keep) {
        struct pool_block *next = p->head->next;

        mem_free(p->head);
        p->head = next;
    }
}

void pool_reset(struct pool *p)
{
    struct pool_block *first = p->head;

    while (first && first->next)
        first = first->next;
    drop_blocks(p, first);
    if (first)
        first->used = 0;
    p->used = 0;
    p->last = NULL;
}

void pool_clear(struct pool *p)
{
    drop_blocks(p, NULL);
    p->used = 0;
    p->last = NULL;
}

void *pool_alloc(struct pool *p, size_t size)
{
    const size_t align = alignof(max_align_t);
    struct pool_block *b = p->head;

    if (size > p->max || p->used > p->max - size)
        longjmp(p->over, 1);
    size = size ? (size + align - 1) / align * align : align;
    if (!b || b->size - b->used < size) {
        size_t want = b ? block_bytes : first_bytes;

        b = add_block(p, want > size ? want : size);
    }
    p->last = b->data + b->used;
    b->used += size;
    p->used += size;
    return p->last;
}

void pool_release(struct pool *p, void *piece)
{
    size_t size;

    if (!piece || piece != p->last)
        return;
    size = (size_t)(p->head->data + p->head->used - (unsigned char *)piece);
    p->head->used -= size;
    p->used -= size;
    p->last = NULL;
}
