/* SPDX-License-Identifier: Apache-2.0 */
/*
 * output - files that appear whole or not at all.
 *
 * What is being made lies in a folder whose name begins with
 * OUTPUT_TEMPORARY; what is there under another name is complete and on the
 * disk.  Errors are ERR_RETRY: the disk may have room tomorrow.
 */
#ifndef LOADER_OUTPUT_H
#define LOADER_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "common/err.h"
#include "common/slice.h"

#define OUTPUT_TEMPORARY ".tmp-"
#define OUTPUT_SHA256_LEN 64 /* lower-case hex digits */

/* Make `dir` and its parents where they are missing. */
int output_make_dir(const char *dir, struct err *err);

/* Remove a file or a whole folder; one that is not there is fine.  What
 * cannot be removed is logged. */
void output_remove(const char *path);

/* Remove from `dir` what a killed process left half made. */
void output_remove_temporary(const char *dir);

/* A new file with these bytes, not yet synced. */
int output_write(const char *path, struct slice bytes, struct err *err);

/* Put the file, or every file and folder below the folder, on the disk. */
int output_sync(const char *path, struct err *err);

/* Give `from`, synced, the name `to`, and put that on the disk.  A file is
 * replaced; a folder that has the name moves to `aside`. */
int output_place(
    const char *from, const char *to, const char *aside, struct err *err);

/* One entry below a folder. */
struct output_entry {
    const char *path; /* as the process opens it */
    const char *name; /* relative to the folder walked */
    bool is_dir;      /* comes before what it holds */
    uint64_t size;    /* bytes, of a file */
};

/* Show `each` everything below `dir`, in the order of names; it stops the
 * walk by returning -1 with err set. */
int output_walk(const char *dir,
    int (*each)(void *ctx, const struct output_entry *e, struct err *err),
    void *ctx, struct err *err);

/* SHA-256 of a file as hex with a terminator. */
int output_sha256(
    const char *path, char hex[OUTPUT_SHA256_LEN + 1], struct err *err);

#endif
