/* SPDX-License-Identifier: Apache-2.0 */
/*
 * writer - rows of a table to a file of one format.
 *
 * A new format is one new file write_<name>.c with its `struct writer` and
 * one row in writers.c.  Writers only format; temporary names, fsync, rename
 * and clean-up are done for them.  They get a path, no descriptor, because
 * DuckDB opens its files itself.
 */
#ifndef LOADER_WRITER_H
#define LOADER_WRITER_H

#include "common/err.h"
#include "loader/schema.h"

struct writer {
    const char *name;   /* as in the datapackage: "csv" */
    const char *suffix; /* of its files: ".csv" */
    const char *media_type;
    /* A new file at `path`; `*state` is NULL on failure.  `table` outlives
     * the writer. */
    int (*open)(void **state, const char *path, const struct table *table,
        struct err *err);
    /* One row, a cell for each field of the table: UTF-8 as in the export,
     * NULL for null; borrowed until the call returns. */
    int (*row)(void *state, const char *const *cell, struct err *err);
    /* Complete the file; no row may follow. */
    int (*finish)(void *state, struct err *err);
    /* Free; after a failure, or after finish. */
    void (*close)(void *state);
};

/* All writers, NULL at the end. */
extern const struct writer *const writers[];

extern const struct writer csv_writer, parquet_writer;

#endif
