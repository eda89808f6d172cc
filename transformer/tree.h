/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tree - how readers build a document: append, check once at the end.
 *
 * Every array has its LIMIT; the first one passed puts the tree into its
 * failed state, later calls do nothing, and tree_end turns that into
 * ERR_LIMIT.  Texts are copied into the document's arena.
 */
#ifndef TRANSFORMER_TREE_H
#define TRANSFORMER_TREE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/document.h"
#include "common/err.h"
#include "common/slice.h"

struct tree {
    struct document *doc;
    uint32_t block_cap, table_cap, link_cap, meta_cap; /* elements */
    uint32_t cell_n;                                   /* in all tables */
    size_t text_len;                                   /* bytes of all texts */
    char trouble[160]; /* "reader.size: ...", empty while all is well */
};

/* A table being filled; several may be open at a time. */
struct tree_table {
    uint32_t index; /* in doc->tables */
    uint32_t cell_cap;
};

/* What `doc` has already stays, and counts against the limits. */
void tree_init(struct tree *t, struct document *doc);

/* The limit `words` was passed; the first trouble stays. */
void tree_fail(struct tree *t, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static inline bool tree_failed(const struct tree *t)
{
    return t->trouble[0] != '\0';
}

/* 0, or ERR_LIMIT with the first trouble. */
int tree_end(const struct tree *t, struct err *err);

/* Empty text makes no paragraph.  `heading` 1-6, or 0. */
void tree_paragraph(struct tree *t, uint32_t heading, struct slice text);

/* Start a table and its block here in the document. */
struct tree_table tree_table_open(struct tree *t, uint32_t depth);

/* Append a cell; rows and columns beyond the limits are trouble.  The
 * table grows to hold it.  NULL when the tree has failed. */
struct document_cell *tree_cell(struct tree *t, struct tree_table *table,
    uint32_t row, uint32_t col, uint32_t rowspan, uint32_t colspan);

/* The table has at least `row_n` rows. */
void tree_rows(struct tree *t, const struct tree_table *table, uint32_t row_n);

/* Take back the blocks after the first `block_n`; there must be no tables
 * among them. */
void tree_cut(struct tree *t, uint32_t block_n);

/* A copy of `text` in the document's arena; empty when the tree has failed. */
struct slice tree_text(struct tree *t, struct slice text);

/* Append; the caller fills the texts.  NULL when the tree has failed. */
struct document_link *tree_link(struct tree *t);
void tree_meta(struct tree *t, struct slice name, struct slice content);

#endif
