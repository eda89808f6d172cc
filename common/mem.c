/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mem - heap memory that is there or the process is not.
 */
#include "common/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/log.h"

void mem_exhausted(const char *fmt, ...)
{
    char line[160];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(line, sizeof(line), fmt, ap);
    va_end(ap);
    log_error("%s", line);
    exit(MEM_EXIT_STATUS);
}

static void *must(void *p, size_t size)
{
    if (!p)
        mem_exhausted("out of memory: %zu bytes refused", size);
    return p;
}

void *mem_alloc(size_t size)
{
    return must(calloc(1, size ? size : 1), size);
}

void *mem_alloc_n(size_t n, size_t size)
{
    return must(calloc(n ? n : 1, size ? size : 1), n);
}

void *mem_realloc_n(void *p, size_t n, size_t size)
{
    return must(reallocarray(p, n ? n : 1, size ? size : 1), n);
}

char *mem_strndup(const char *s, size_t len)
{
    char *copy = mem_alloc(len + 1);

    if (len)
        memcpy(copy, s, len);
    return copy;
}

char *mem_strdup(const char *s)
{
    return mem_strndup(s, strlen(s));
}

char *mem_printf(const char *fmt, ...)
{
    char *text = NULL;
    va_list ap;
    int n;

    va_start(ap, fmt);
    n = vasprintf(&text, fmt, ap);
    va_end(ap);
    if (n < 0)
        mem_exhausted("out of memory: formatted text refused");
    return text;
}

void mem_free(void *p)
{
    free(p);
}
