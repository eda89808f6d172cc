/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mem - heap memory that is there or the process is not.
 *
 * Out of memory ends the process: the job is redone by another.  This is
 * safe because no size taken from a document reaches an allocation before
 * it was compared with a LIMIT.
 */
#ifndef COMMON_MEM_H
#define COMMON_MEM_H

#include <stddef.h>

/* How a process ends that ran out of memory, so that its parent can tell
 * (EX_OSERR of sysexits.h, which nothing else here uses). */
#define MEM_EXIT_STATUS 71

/* Log and end the process with MEM_EXIT_STATUS. */
void mem_exhausted(const char *fmt, ...)
    __attribute__((format(printf, 1, 2), noreturn));

/* `size` zeroed bytes, never NULL.  The caller frees with mem_free. */
void *mem_alloc(size_t size) __attribute__((malloc, returns_nonnull));

/* `n` zeroed elements of `size` bytes; an overflowing product ends the
 * process.  The caller frees with mem_free. */
void *mem_alloc_n(size_t n, size_t size)
    __attribute__((malloc, returns_nonnull));

/* Resize to `n` elements of `size` bytes; new bytes are not zeroed. */
void *mem_realloc_n(void *p, size_t n, size_t size)
    __attribute__((returns_nonnull));

/* A terminated copy of `s`.  The caller frees with mem_free. */
char *mem_strdup(const char *s) __attribute__((malloc, returns_nonnull));

/* A terminated copy of `len` bytes.  The caller frees with mem_free. */
char *mem_strndup(const char *s, size_t len)
    __attribute__((malloc, returns_nonnull));

/* printf into fresh heap text.  The caller frees with mem_free. */
char *mem_printf(const char *fmt, ...)
    __attribute__((format(printf, 1, 2), returns_nonnull));

void mem_free(void *p);

#endif
