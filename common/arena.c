/* SPDX-License-Identifier: Apache-2.0 */
/*
 * arena - memory of one document, given back in one go.
 *
 * Blocks grow with the document: small reports touch one block, and a reset
 * keeps the first so that a worker at work does not call malloc at all.
 */
#include "common/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include "common/limits.h"
#include "common/log.h"
#include "common/mem.h"

struct arena_block {
    struct arena_block *next; /* older, full blocks */
    size_t size;              /* bytes in data */
    size_t used;
    alignas(max_align_t) unsigned char data[];
};

/* Blocks double in size from the first to the largest. */
static const size_t first_block_bytes = (size_t)256 * 1024;
static const size_t block_bytes_max = (size_t)8 * 1024 * 1024;

void arena_init(struct arena *a, size_t max_bytes)
{
    *a = (struct arena){ .max = max_bytes ? max_bytes : LIMIT_ARENA_BYTES };
}

static void free_blocks(struct arena_block *b)
{
    while (b) {
        struct arena_block *next = b->next;

        mem_free(b);
        b = next;
    }
}

void arena_reset(struct arena *a)
{
    struct arena_block *b = a->head;

    a->used = 0;
    if (!b)
        return;
    while (b->next) {
        struct arena_block *next = b->next;

        mem_free(b);
        b = next;
    }
    memset(b->data, 0, b->used);
    b->used = 0;
    a->head = b;
}

void arena_clear(struct arena *a)
{
    free_blocks(a->head);
    a->head = NULL;
    a->used = 0;
}

static struct arena_block *add_block(struct arena *a, size_t need)
{
    size_t size = a->head ? a->head->size * 2 : first_block_bytes;
    struct arena_block *b;

    if (size > block_bytes_max)
        size = block_bytes_max;
    if (size < need)
        size = need;
    b = mem_alloc(sizeof(*b) + size);
    b->size = size;
    b->next = a->head;
    a->head = b;
    return b;
}

void *arena_alloc(struct arena *a, size_t size)
{
    const size_t align = alignof(max_align_t);
    struct arena_block *b = a->head;
    void *p;

    if (size > a->max || a->used > a->max - size)
        mem_exhausted("arena over its ceiling of %zu bytes", a->max);
    size = (size + align - 1) / align * align;
    if (!b || b->size - b->used < size)
        b = add_block(a, size);
    p = b->data + b->used;
    b->used += size;
    a->used += size;
    return p;
}

void *arena_alloc_n(struct arena *a, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / size)
        mem_exhausted("arena request overflows: %zu times %zu bytes", n, size);
    return arena_alloc(a, n * size);
}

struct slice arena_slice(struct arena *a, struct slice s)
{
    char *p = arena_alloc(a, s.len + 1);

    if (s.len)
        memcpy(p, s.p, s.len);
    return (struct slice){ p, s.len };
}

char *arena_str(struct arena *a, const char *s)
{
    size_t len = strlen(s);
    char *p = arena_alloc(a, len + 1);

    memcpy(p, s, len + 1);
    return p;
}

struct slice arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list ap;
    char *p;
    int n;

    va_start(ap, fmt);
    n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0)
        fatal("bad format: %s", fmt);
    p = arena_alloc(a, (size_t)n + 1);
    va_start(ap, fmt);
    vsnprintf(p, (size_t)n + 1, fmt, ap);
    va_end(ap);
    return (struct slice){ p, (size_t)n };
}
