/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inquiry - what the commands that only ask have in common.
 */
#include "cli/inquiry.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/cmd.h"
#include "common/clock.h"
#include "common/log.h"
#include "common/mem.h"
#include "common/plain.h"

int inquiry_usage(const char *command, const char *fmt, ...)
{
    va_list ap;

    fprintf(stderr, "nianbao %s: ", command);
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fprintf(stderr, "\nTry 'nianbao %s --help'.\n", command);
    return CMD_USAGE;
}

int inquiry_trouble(const struct inquiry *q, const struct err *err)
{
    struct err plain = *err; /* it may hold what a portal said */

    plain_bytes(plain.msg, strlen(plain.msg));
    fprintf(stderr, "nianbao %s: %s\n", q->command, plain.msg);
    return CMD_TROUBLE;
}

/* -1: go on; else the exit status. */
static int read_options(struct inquiry *q, const struct inquiry_form *form,
    int argc, char **argv, const char **config)
{
    /* --json stands last, so that a form without it ends before. */
    struct option known[] = {
        { "config", required_argument, NULL, 'c' },
        { "help", no_argument, NULL, 'h' },
        { form->has_json ? "json" : NULL, no_argument, NULL, 'j' },
        { NULL, 0, NULL, 0 },
    };
    int c;

    while ((c = getopt_long(argc, argv, "", known, NULL)) != -1) {
        switch (c) {
        case 'c':
            *config = optarg;
            break;
        case 'j':
            q->json = true;
            break;
        case 'h':
            fputs(form->usage, stdout);
            return CMD_OK;
        default: /* getopt_long has said what is wrong */
            fprintf(stderr, "Try 'nianbao %s --help'.\n", q->command);
            return CMD_USAGE;
        }
    }
    q->argc = argc - optind;
    q->argv = argv + optind;
    if (q->argc < form->args)
        return inquiry_usage(q->command, "an argument is missing");
    if (q->argc > form->args)
        return inquiry_usage(
            q->command, "unexpected argument '%s'", q->argv[form->args]);
    return -1;
}

int inquiry_open(
    struct inquiry *q, const struct inquiry_form *form, int argc, char **argv)
{
    const char *config = NULL;
    struct err err = { .kind = ERR_NONE };
    int status;

    *q = (struct inquiry){ .command = argv[0] };
    arena_init(&q->arena, 0);
    status = read_options(q, form, argc, argv, &config);
    if (status >= 0)
        return status;
    q->conf = conf_read(config, &err);
    if (!q->conf)
        return inquiry_trouble(q, &err);
    q->ledger = ledger_open(q->conf->state_dir, LEDGER_READ, &err);
    if (!q->ledger)
        return inquiry_trouble(q, &err);
    return -1;
}

void inquiry_close(struct inquiry *q)
{
    ledger_close(q->ledger);
    conf_free(q->conf);
    arena_clear(&q->arena);
}

/* ---- JSON --------------------------------------------------------------- */

static void put(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0)
        fatal("out of memory: %s", key);
}

static json_t *text_in_ascii(const char *text)
{
    char *copy = mem_strdup(text);
    json_t *value;

    for (char *p = copy; *p; p++)
        if ((unsigned char)*p >= 0x80)
            *p = '?';
    value = json_string(copy);
    mem_free(copy);
    return value;
}

void inquiry_put_text(json_t *object, const char *key, const char *text)
{
    json_t *value = text ? json_string(text) : json_null();

    put(object, key, value ? value : text_in_ascii(text));
}

void inquiry_put_n(json_t *object, const char *key, uint64_t n)
{
    put(object, key, json_integer((json_int_t)n));
}

void inquiry_put_time(json_t *object, const char *key, int64_t unix_s)
{
    char text[21];

    clock_format(unix_s, text);
    inquiry_put_text(object, key, unix_s ? text : NULL);
}

void inquiry_print(json_t *object)
{
    json_dumpf(object, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(object);
}
