/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inquiry - what the commands that only ask have in common: options,
 * configuration, the ledger opened for reading, JSON.
 */
#ifndef CLI_INQUIRY_H
#define CLI_INQUIRY_H

#include <jansson.h>
#include <stdbool.h>

#include "common/conf.h"
#include "common/ledger.h"

struct inquiry {
    const char *command; /* "status" */
    bool json;
    int argc; /* what is left after the options */
    char **argv;
    struct conf *conf;
    struct ledger *ledger;
    struct arena arena;
};

/* What a command takes besides --config and --help. */
struct inquiry_form {
    const char *usage; /* the page of --help */
    bool has_json;
    int args; /* how many arguments, exactly */
};

/* Read the options, the configuration, open the ledger.  -1: go on; else
 * the exit status, with everything said.  Close it either way. */
int inquiry_open(
    struct inquiry *q, const struct inquiry_form *form, int argc, char **argv);
void inquiry_close(struct inquiry *q);

/* Say what went wrong; returns the exit status CMD_TROUBLE. */
int inquiry_trouble(const struct inquiry *q, const struct err *err);
/* Say that the command line is wrong; returns CMD_USAGE. */
int inquiry_usage(const char *command, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Set a member; NULL is null, bytes that are no UTF-8 become '?'. */
void inquiry_put_text(json_t *object, const char *key, const char *text);
void inquiry_put_n(json_t *object, const char *key, uint64_t n);
/* Seconds since 1970 as RFC 3339; 0 is null. */
void inquiry_put_time(json_t *object, const char *key, int64_t unix_s);
/* Print it on a line of its own and drop it. */
void inquiry_print(json_t *object);

#endif
