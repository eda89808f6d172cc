/* SPDX-License-Identifier: Apache-2.0 */
/*
 * log - one event per line on stderr, with a priority journald keeps.
 *
 * A line goes out in one write, so lines of several processes that share a
 * terminal or a journal do not interleave.  Control characters of what is
 * logged (addresses, reasons) are taken out: nobody else writes our lines.
 */
#include "common/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/plain.h"

static struct {
    const char *program;
    enum log_level level;
    bool prefix;
} out = { "nianbao", LOG_LEVEL_INFO, true };

void log_init(const char *program, enum log_level level)
{
    out.program = program;
    out.level = level;
    out.prefix = !isatty(STDERR_FILENO);
}

void log_for_people(void)
{
    out.prefix = false;
}

int log_level_find(const char *name)
{
    static const char *const names[] = { "error", "warn", "info", "debug" };

    for (int i = 0; i < 4; i++)
        if (strcmp(name, names[i]) == 0)
            return i;
    return -1;
}

__attribute__((format(printf, 3, 0))) static void emit(
    enum log_level level, const char *error_text, const char *fmt, va_list ap)
{
    static const int priority[] = { 3, 4, 6, 7 };
    char line[2048];
    size_t max = sizeof(line) - 1;
    size_t len = 0, start;
    ssize_t done;
    int n;

    if (level > out.level)
        return;
    if (out.prefix)
        len = (size_t)snprintf(line, max, "<%d>", priority[level]);
    len += (size_t)snprintf(line + len, max - len, "%s: ", out.program);
    start = len;
    n = vsnprintf(line + len, max - len, fmt, ap);
    if (n > 0)
        len += (size_t)n < max - len ? (size_t)n : max - len - 1;
    if (error_text) {
        n = snprintf(line + len, max - len, ": %s", error_text);
        if (n > 0)
            len += (size_t)n < max - len ? (size_t)n : max - len - 1;
    }
    plain_bytes(line + start, len - start);
    line[len++] = '\n';
    done = write(STDERR_FILENO, line, len);
    (void)done; /* a log that cannot be written has nowhere to complain */
}

void log_debug(const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    emit(LOG_LEVEL_DEBUG, NULL, fmt, ap);
    va_end(ap);
}

void log_info(const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    emit(LOG_LEVEL_INFO, NULL, fmt, ap);
    va_end(ap);
}

void log_warn(const char *fmt, ...)
{
    char text[128];
    const char *why = strerror_r(errno, text, sizeof(text));
    va_list ap;

    va_start(ap, fmt);
    emit(LOG_LEVEL_WARN, why, fmt, ap);
    va_end(ap);
}

void log_warnx(const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    emit(LOG_LEVEL_WARN, NULL, fmt, ap);
    va_end(ap);
}

void log_error(const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    emit(LOG_LEVEL_ERROR, NULL, fmt, ap);
    va_end(ap);
}

void fatal(const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    emit(LOG_LEVEL_ERROR, NULL, fmt, ap);
    va_end(ap);
    exit(1);
}
