/* SPDX-License-Identifier: Apache-2.0 */
/*
 * buf - growing bytes with a ceiling.
 */
#include "common/buf.h"

#include <stdarg.h>
#include <stdio.h>

#include "common/log.h"
#include "common/mem.h"

void buf_init(struct buf *b, size_t max_bytes)
{
    *b = (struct buf){ .max = max_bytes };
}

void buf_clear(struct buf *b)
{
    mem_free(b->p);
    *b = (struct buf){ .max = b->max };
}

void buf_reset(struct buf *b)
{
    b->len = 0;
    b->failed = false;
}

/* Room for `len` more bytes and a terminator, or the failed state. */
static bool reserve(struct buf *b, size_t len)
{
    size_t need;

    if (b->failed || len > b->max || b->len > b->max - len) {
        b->failed = true;
        return false;
    }
    need = b->len + len + 1;
    if (need > b->cap) {
        size_t cap = b->cap ? b->cap * 2 : 256;

        b->cap = cap < need ? need : cap;
        b->p = mem_realloc_n(b->p, b->cap, 1);
    }
    return true;
}

void buf_add(struct buf *b, const void *p, size_t len)
{
    if (!reserve(b, len))
        return;
    if (len)
        memcpy(b->p + b->len, p, len);
    b->len += len;
}

void buf_add_slice(struct buf *b, struct slice s)
{
    buf_add(b, s.p, s.len);
}

void buf_add_str(struct buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

void buf_add_char(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
    va_list ap;
    int n;

    va_start(ap, fmt);
    n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0)
        fatal("bad format: %s", fmt);
    if (!reserve(b, (size_t)n))
        return;
    va_start(ap, fmt);
    vsnprintf(b->p + b->len, (size_t)n + 1, fmt, ap);
    va_end(ap);
    b->len += (size_t)n;
}

int buf_check(const struct buf *b, const char *what, struct err *err)
{
    if (b->failed)
        return err_set(err, ERR_LIMIT, "%s: over %zu bytes", what, b->max);
    return 0;
}

struct slice buf_slice(const struct buf *b)
{
    return (struct slice){ b->p ? b->p : "", b->len };
}

char *buf_take(struct buf *b, size_t *len)
{
    char *p = b->p ? b->p : mem_alloc(1);

    p[b->len] = '\0';
    if (len)
        *len = b->len;
    *b = (struct buf){ .max = b->max };
    return p;
}
