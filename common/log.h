/* SPDX-License-Identifier: Apache-2.0 */
/*
 * log - one event per line on stderr, with a priority journald keeps.
 *
 * A line is a short verb and key=value pairs: `done job=42 cells=201 ms=1`.
 * No secrets, no document text.
 */
#ifndef COMMON_LOG_H
#define COMMON_LOG_H

enum log_level {
    LOG_LEVEL_ERROR, /* <3> */
    LOG_LEVEL_WARN,  /* <4> */
    LOG_LEVEL_INFO,  /* <6> */
    LOG_LEVEL_DEBUG, /* <7> */
};

/* Name the program in every line; print `level` and above.  On a terminal
 * the "<N>" prefix is left out. */
void log_init(const char *program, enum log_level level);

/* For commands that people run: no "<N>" prefix, wherever stderr goes. */
void log_for_people(void);

/* LOG_LEVEL_* for "error", "warn", "info", "debug"; -1 for anything else. */
int log_level_find(const char *name);

void log_debug(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* As log_warnx, with the text of errno at the end. */
void log_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_warnx(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Log and end the process with status 1. */
void fatal(const char *fmt, ...)
    __attribute__((format(printf, 1, 2), noreturn));

#endif
