/* SPDX-License-Identifier: Apache-2.0 */
/*
 * command_case - a command of `nianbao` called in this process, on the
 * ledger of a ledger_case; what it printed, as text.
 */
#ifndef TESTS_COMMAND_CASE_H
#define TESTS_COMMAND_CASE_H

#include <fcntl.h>
#include <getopt.h>

#include "tests/ledger_case.h"

enum {
    PRINTED_MAX = 16384,
    ARGS_MAX = 8
};

/* What a command said, and its exit status. */
struct said {
    int status;
    char out[PRINTED_MAX];
    char err[PRINTED_MAX];
};

static inline void case_write(
    struct ledger_case *c, const char *name, const char *text)
{
    char path[128];
    FILE *f;

    snprintf(path, sizeof(path), "%s/%s", c->dir, name);
    f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

/* A configuration whose state_dir is the case's folder. */
static inline void case_configure(struct ledger_case *c)
{
    char path[128];

    snprintf(path, sizeof(path), "%s/sources.d", c->dir);
    mkdir(path, 0700);
    case_write(c, "conf.yaml", "state_dir: .\nout_dir: out\n");
    case_write(c, "sources.d/s.yaml",
        "name: s\ntitle: S\nregion: \"110105\"\ncolumns:\n"
        "  - url: http://s.example/\n");
}

static inline void read_back(int fd, char *text)
{
    ssize_t n = pread(fd, text, PRINTED_MAX - 1, 0);

    assert_true(n >= 0);
    text[n] = '\0';
    close(fd);
}

/* Send `stream` to a nameless file; what it was before goes to *kept. */
static inline int divert(FILE *stream, int *kept)
{
    int fd = open("/tmp", O_TMPFILE | O_RDWR, 0600);

    assert_true(fd >= 0);
    fflush(stream);
    *kept = dup(fileno(stream));
    assert_true(dup2(fd, fileno(stream)) >= 0);
    return fd;
}

static inline void restore(FILE *stream, int kept)
{
    fflush(stream);
    assert_true(dup2(kept, fileno(stream)) >= 0);
    close(kept);
}

/* Call `command` with the case's configuration and `args`, NULL at the end;
 * args[0] is its name. */
static inline struct said *call(struct ledger_case *c,
    int (*command)(int argc, char **argv), const char *const *args)
{
    struct said *said = arena_alloc(&c->a, sizeof(*said));
    char *argv[ARGS_MAX + 3] = { 0 };
    int argc = 0;
    int out, err, kept_out, kept_err;

    argv[argc++] = arena_str(&c->a, args[0]);
    argv[argc++] = arena_str(&c->a, "--config");
    argv[argc] = arena_alloc(&c->a, 128);
    snprintf(argv[argc++], 128, "%s/conf.yaml", c->dir);
    for (int i = 1; args[i] && i < ARGS_MAX; i++)
        argv[argc++] = arena_str(&c->a, args[i]);
    out = divert(stdout, &kept_out);
    err = divert(stderr, &kept_err);
    optind = 0; /* getopt starts anew */
    said->status = command(argc, argv);
    restore(stdout, kept_out);
    restore(stderr, kept_err);
    read_back(out, said->out);
    read_back(err, said->err);
    return said;
}

#define CALL(c, command, ...)                                                  \
    call(c, command, (const char *const[]){ __VA_ARGS__, NULL })

static inline void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("\"%s\" is not in:\n%s", part, text);
}

#endif
