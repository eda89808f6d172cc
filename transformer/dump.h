/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dump - a document tree as text, for people who look for a fault.
 */
#ifndef TRANSFORMER_DUMP_H
#define TRANSFORMER_DUMP_H

#include <stdint.h>
#include <stdio.h>

#include "common/document.h"

/* Print each file's tree on standard output, read in a cage: by this program
 * where it has a reader for it, else by its neighbours.  Status for exit: 0, or
 * 1 when one could not be read. */
int dump_files(char **names, uint64_t memory_bytes);

/* Print a tree: paragraphs as "P text", headings as "H1 text", tables with
 * a line for each row and row,column[ rowspan x colspan] before each cell;
 * @page where the format has pages; ~ and ? {alternatives} for what was seen
 * in a picture. */
void dump_document(const struct document *doc, FILE *to);

#endif
