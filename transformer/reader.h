/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reader - bytes of one format to a document tree, inside the cage.
 *
 * A new format is one new file read_<name>.c with its `struct reader` and
 * one row in the table of the program that is to read it: readers_light.c,
 * readers_pdf.c (what links MuPDF) or readers_ocr.c (what looks at pictures).
 * readers_office.c is for what LibreOffice reads.
 * The tables are no part of the library; each program is linked with its own.
 */
#ifndef TRANSFORMER_READER_H
#define TRANSFORMER_READER_H

#include "common/cage.h"
#include "common/document.h"
#include "common/err.h"
#include "common/slice.h"
#include "transformer/sandbox.h"

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

/* The readers of this program, NULL at the end, and its name. */
extern const struct reader *const readers[];
extern const char readers_program[];

/* What locks this program in. */
extern sandbox_fn *const readers_sandbox;

/* To be called once before the sandbox closes. */
void readers_prepare(void);

/* The highest bidder, or NULL. */
const struct reader *reader_find(struct slice in);

/* Read `in` by the highest bidder into `doc`, whose arena is set; the text
 * of `doc` may point into `in`.  ERR_INPUT "reader.none: ..." without one.
 * With hints->unpack only a container is read: its parts; anything else
 * leaves `doc` empty. */
int reader_read(struct slice in, const struct cage_hints *hints,
    struct document *doc, struct err *err);

#endif
