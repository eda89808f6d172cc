/* SPDX-License-Identifier: Apache-2.0 */
/*
 * buf - growing bytes with a ceiling.
 *
 * Passing the ceiling is an error the caller hears of once: the buffer goes
 * into its failed state, later appends do nothing, and buf_check turns that
 * into ERR_LIMIT.  So writers append freely and check at the end.
 */
#ifndef COMMON_BUF_H
#define COMMON_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"
#include "common/slice.h"

struct buf {
    char *p;     /* NULL while empty */
    size_t len;  /* bytes */
    size_t cap;  /* bytes allocated */
    size_t max;  /* ceiling in bytes */
    bool failed; /* the ceiling was passed; p holds what came before */
};

void buf_init(struct buf *b, size_t max_bytes);
void buf_clear(struct buf *b);

/* Empty it, keep its memory. */
void buf_reset(struct buf *b);

void buf_add(struct buf *b, const void *p, size_t len);
void buf_add_slice(struct buf *b, struct slice s);
void buf_add_str(struct buf *b, const char *s);
void buf_add_char(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* 0, or ERR_LIMIT naming `what` when an append passed the ceiling. */
int buf_check(const struct buf *b, const char *what, struct err *err);

/* The bytes so far, borrowed until the next call. */
struct slice buf_slice(const struct buf *b);

/* Take the bytes out, terminated; the caller frees with mem_free. */
char *buf_take(struct buf *b, size_t *len);

#endif
