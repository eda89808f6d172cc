/* SPDX-License-Identifier: Apache-2.0 */
/*
 * print - a record for people and programs (`nianbao extract`).
 *
 * A new format is one new file print_<name>.c with its `struct printer` and
 * one row in print.c.
 */
#ifndef TRANSFORMER_PRINT_H
#define TRANSFORMER_PRINT_H

#include <stdbool.h>
#include <stdio.h>

#include "common/record.h"
#include "transformer/form.h"

/* Where and how; errors of `out` are left in its error flag. */
struct print {
    FILE *out;
    const struct forms *forms; /* labels for people */
    bool colour;
};

struct printer {
    const char *name;                     /* as in --format */
    void (*begin)(const struct print *p); /* before the first, or NULL */
    /* `source` is the path as given; a document that cannot be read comes
     * as an unrecognized record with the reason. */
    void (*record)(
        const struct print *p, const char *source, const struct record *rec);
};

/* The printer with this name, or NULL. */
const struct printer *printer_find(const char *name);

/* Columns that text takes on a terminal; ideographs take two. */
size_t print_width(struct slice s);

/* The start of `s` that fits into `max` columns. */
struct slice print_fit(struct slice s, size_t max);

extern const struct printer printer_jsonl, printer_csv, printer_table;

#endif
