/* SPDX-License-Identifier: Apache-2.0 */
/*
 * route - which caged program reads a document, and its answer.
 *
 * Programs read documents (reader.h): one for what is light, one that links
 * MuPDF, one that looks at pictures, one that asks LibreOffice.  The content
 * decides which gets the bytes, here and nowhere else; all but the first may
 * be missing from an installation, and then the documents that need them say
 * so.
 */
#ifndef TRANSFORMER_ROUTE_H
#define TRANSFORMER_ROUTE_H

#include <stdbool.h>

#include "common/arena.h"
#include "common/cage.h"
#include "common/conf.h"
#include "common/document.h"
#include "common/err.h"
#include "common/slice.h"

enum route_program {
    ROUTE_LIGHT,  /* nianbao-reader */
    ROUTE_PDF,    /* nianbao-reader-pdf */
    ROUTE_OCR,    /* nianbao-reader-ocr */
    ROUTE_OFFICE, /* nianbao-reader-office: LibreOffice */
    ROUTE_N
};

struct route;

/* The programs stand in `folder`; none is started yet.  Pictures and
 * LibreOffice have limits of their own; without any CPU a program is never
 * asked. */
struct route *route_new(const char *folder, const struct cage_limits *usual,
    const struct cage_limits *ocr, const struct cage_limits *office);

/* The same by the keys program_dir, reader_*, ocr_* and office_*. */
struct route *route_open(const struct conf *conf);

/* Kill what was started, and free. */
void route_free(struct route *r);

/* See cage_on_wait; for every program. */
void route_on_wait(struct route *r, void (*waiting)(void *), void *arg);

/* Which program is asked first. */
enum route_program route_find(struct slice in);

/*
 * As cage_read, by the program that the content asks for, and by the one for
 * pictures where that says "reader.scan: ...".  Two codes more: "reader.none:
 * PDF needs nianbao-reader-pdf, ..." and "reader.scan: ...; it needs
 * nianbao-reader-ocr, ..." where these are not installed.
 */
int route_read(struct route *r, struct slice in, const struct cage_hints *hints,
    struct arena *arena, struct document *doc, struct err *err);

/* True when LibreOffice may be asked about this document, a Word one; false
 * once it was found not to be installed. */
bool route_has_office(const struct route *r, struct slice in);

/* As cage_read, by LibreOffice. */
int route_read_office(struct route *r, struct slice in,
    const struct cage_hints *hints, struct arena *arena, struct document *doc,
    struct err *err);

/* As cage_read, by this program and no other. */
int route_read_by(struct route *r, enum route_program program, struct slice in,
    const struct cage_hints *hints, struct arena *arena, struct document *doc,
    struct err *err);

#endif
