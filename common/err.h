/* SPDX-License-Identifier: Apache-2.0 */
/*
 * err - what went wrong, named after what the caller does next.
 *
 * Functions that can fail return 0 or -1 and take `struct err *` last.
 * Callers switch on kind and never read msg; msg is for people and is
 * logged once, where it is decided on.
 */
#ifndef COMMON_ERR_H
#define COMMON_ERR_H

enum err_kind {
    ERR_NONE,  /* nothing went wrong */
    ERR_INPUT, /* this document is at fault: set it aside, take the next */
    ERR_LIMIT, /* it asks for more than we allow: set it aside */
    ERR_RETRY, /* the world is at fault, for now: try again later */
    ERR_FATAL, /* this process cannot go on: log, exit, be restarted */
};

struct err {
    enum err_kind kind;
    char msg[512];
};

/* Record kind and a formatted message; always returns -1. */
int err_set(struct err *err, enum err_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* As err_set, with ": " and the text of errno at the time of the call. */
int err_set_errno(struct err *err, enum err_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Put "where" before what is already recorded, on the way up; returns -1. */
int err_in(struct err *err, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

void err_clear(struct err *err);

/* "none", "input", "limit", "retry", "fatal": static text for logs. */
const char *err_kind_name(enum err_kind kind);

#endif
