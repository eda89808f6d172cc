/* SPDX-License-Identifier: Apache-2.0 */
/*
 * err - what went wrong, named after what the caller does next.
 *
 * A message longer than the buffer is cut at its end: the beginning says
 * where, and where is what an operator needs first.
 */
#include "common/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int err_set(struct err *err, enum err_kind kind, const char *fmt, ...)
{
    va_list ap;

    err->kind = kind;
    va_start(ap, fmt);
    vsnprintf(err->msg, sizeof(err->msg), fmt, ap);
    va_end(ap);
    return -1;
}

int err_set_errno(struct err *err, enum err_kind kind, const char *fmt, ...)
{
    int saved = errno;
    char text[128];
    size_t len;
    va_list ap;

    err->kind = kind;
    va_start(ap, fmt);
    vsnprintf(err->msg, sizeof(err->msg), fmt, ap);
    va_end(ap);
    len = strlen(err->msg);
    snprintf(err->msg + len, sizeof(err->msg) - len, ": %s",
        strerror_r(saved, text, sizeof(text)));
    errno = saved;
    return -1;
}

int err_in(struct err *err, const char *fmt, ...)
{
    char whole[2 * sizeof(err->msg)];
    size_t max = sizeof(err->msg) - 1;
    size_t len, rest;
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(whole, sizeof(err->msg), fmt, ap);
    va_end(ap);
    len = strlen(whole);
    memcpy(whole + len, ": ", sizeof(": "));
    len += 2;
    rest = strlen(err->msg);
    if (len > max)
        len = max;
    if (rest > max - len)
        rest = max - len;
    memcpy(whole + len, err->msg, rest);
    memcpy(err->msg, whole, len + rest);
    err->msg[len + rest] = '\0';
    return -1;
}

void err_clear(struct err *err)
{
    err->kind = ERR_NONE;
    err->msg[0] = '\0';
}

const char *err_kind_name(enum err_kind kind)
{
    switch (kind) {
    case ERR_NONE:
        return "none";
    case ERR_INPUT:
        return "input";
    case ERR_LIMIT:
        return "limit";
    case ERR_RETRY:
        return "retry";
    case ERR_FATAL:
        return "fatal";
    }
    return "unknown";
}
