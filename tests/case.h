/* SPDX-License-Identifier: Apache-2.0 */
/*
 * case - calls that must succeed, and a folder that goes with the test.
 */
#ifndef TESTS_CASE_H
#define TESTS_CASE_H

#include <ftw.h>
#include <stdio.h>

#include "common/err.h"
#include "tests/check.h"

/* The call leaves its reason in a local `err`. */
#define must(call) must_at((call), &err, #call, __FILE__, __LINE__)

static inline void must_at(
    int rc, const struct err *err, const char *what, const char *file, int line)
{
    if (rc != 0) {
        print_error("%s: %s\n", what, err->msg);
        _fail(file, line);
    }
}

static inline int case_remove_one(
    const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)type;
    (void)ftw;
    return remove(path);
}

/* Remove a folder with all that is in it; 0 or -1. */
static inline int case_remove(const char *dir)
{
    return nftw(dir, case_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

#endif
