/* SPDX-License-Identifier: Apache-2.0 */
/*
 * loader_case - a folder of the test's own, and short words for its files.
 */
#ifndef TESTS_LOADER_CASE_H
#define TESTS_LOADER_CASE_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/arena.h"
#include "common/buf.h"
#include "common/err.h"
#include "loader/output.h"
#include "tests/case.h"

struct loader_case {
    char dir[64];
    struct arena a;
};

static inline int case_setup(void **state)
{
    struct loader_case *c = calloc(1, sizeof(*c));

    assert_non_null(c);
    strcpy(c->dir, "/tmp/nianbao-test.XXXXXX");
    assert_non_null(mkdtemp(c->dir));
    arena_init(&c->a, 0);
    *state = c;
    return 0;
}

static inline int case_teardown(void **state)
{
    struct loader_case *c = *state;

    output_remove(c->dir);
    arena_clear(&c->a);
    free(c);
    return 0;
}

static inline const char *case_path(struct loader_case *c, const char *name)
{
    return arena_printf(&c->a, "%s/%s", c->dir, name).p;
}

static inline bool case_exists(struct loader_case *c, const char *name)
{
    return access(case_path(c, name), F_OK) == 0;
}

static inline void case_write(
    struct loader_case *c, const char *name, const char *text)
{
    struct err err;

    must(output_write(case_path(c, name), slice_str(text), &err));
}

static inline void case_make_dir(struct loader_case *c, const char *name)
{
    struct err err;

    must(output_make_dir(case_path(c, name), &err));
}

/* The whole file, terminated. */
static inline struct slice case_read(struct loader_case *c, const char *name)
{
    FILE *f = fopen(case_path(c, name), "re");
    struct slice text = { NULL, 0 };
    struct buf b;
    int ch;

    assert_non_null(f);
    buf_init(&b, 64 * 1024 * 1024);
    while ((ch = getc(f)) != EOF)
        buf_add_char(&b, (char)ch);
    fclose(f);
    text = arena_slice(&c->a, buf_slice(&b));
    buf_clear(&b);
    return text;
}

#endif
