/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reader - bytes of one format to a document tree, inside the cage.
 *
 * A new format is one new file read_<name>.c with its `struct reader` and
 * one row in readers.c.
 */
#ifndef TRANSFORMER_READER_H
#define TRANSFORMER_READER_H

#include "common/cage.h"
#include "common/document.h"
#include "common/err.h"
#include "common/slice.h"

struct reader {
    const char *name;       /* as in logs and the record */
    const char *media_type; /* what a document it claims is */
    /* Bits of evidence that `in` is of this format, 0 = not mine.  Peeks
     * at the first bytes only and costs little. */
    int (*bid)(struct slice in);
    /* `doc->arena` is set.  ERR_INPUT or ERR_LIMIT; messages start with a
     * stable code as in common/cage.h. */
    int (*read)(struct slice in, const struct cage_hints *hints,
        struct document *doc, struct err *err);
    /* What must be done before the sandbox closes, or NULL. */
    void (*prepare)(void);
};

/* All readers, NULL at the end. */
extern const struct reader *const readers[];

/* To be called once before the sandbox closes. */
void readers_prepare(void);

/* The highest bidder, or NULL. */
const struct reader *reader_find(struct slice in);

/* Read `in` by the highest bidder into `doc`, whose arena is set; the text
 * of `doc` may point into `in`.  ERR_INPUT "reader.none: ..." without one. */
int reader_read(struct slice in, const struct cage_hints *hints,
    struct document *doc, struct err *err);

#endif
