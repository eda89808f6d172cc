/* SPDX-License-Identifier: Apache-2.0 */
/*
 * label - every label of every form, normalised once, found by its text.
 *
 * Made by forms_read.  A cell that carries an official label or a known
 * variant is recognized by one hash look-up; only what is left is compared
 * fuzzily, by align.c and header.c.
 */
#ifndef TRANSFORMER_LABEL_H
#define TRANSFORMER_LABEL_H

#include <stdbool.h>
#include <stdint.h>

#include "common/slice.h"
#include "transformer/form.h"
#include "transformer/norm.h"

/* The tables by number; the order of struct record's forms. */
enum table_kind {
    KIND_PROACTIVE,
    KIND_REQUESTS,
    KIND_REVIEW,
    KIND_N,
    KIND_NONE = KIND_N,
};

enum label_role {
    LABEL_ROW,
    LABEL_COLUMN,
    LABEL_ROW_GROUP,
    LABEL_COLUMN_GROUP,
    LABEL_BLOCK,  /* title of a block */
    LABEL_HEADER, /* stands in header rows, is no column */
};

struct label {
    struct norm norm;
    struct slice text; /* as in the form */
    enum table_kind kind;
    enum label_role role;
    uint32_t form; /* index in struct forms */
    uint32_t block;
    uint32_t index; /* row, flat over blocks; column in its block; group */
    bool joined;    /* a row label with its group's before it */
    const struct label *next; /* with the same body */
};

/* A row of a form's table, flat over its blocks. */
struct form_item {
    const struct form_row *row;
    const struct form_block *block;
    uint32_t block_index;
    const struct label *first_label; /* its labels stand in one run */
    uint32_t label_n;
};

/* One form's table with what the aligner needs of it. */
struct form_view {
    const struct form *form;
    const struct form_table *table;
    uint32_t form_index;
    enum table_kind kind;
    uint32_t item_n;
    struct form_item items[FORM_ROWS];
};

const char *table_kind_key(enum table_kind kind);

struct labels *labels_new(const struct forms *forms);
void labels_free(struct labels *l);

/* All labels whose body (or body without brackets) is that of `n`; NULL if
 * there is none.  Follow ->next. */
const struct label *labels_find(const struct labels *l, const struct norm *n);

/* As labels_find, by code points. */
const struct label *labels_find_cp(
    const struct labels *l, const uint32_t *cp, uint32_t n);

/* The view of a form's table; never NULL for forms that were validated. */
const struct form_view *labels_view(
    const struct labels *l, uint32_t form, enum table_kind kind);

/* Labels of columns, for fuzzy comparison: those of one block. */
const struct label *labels_columns(const struct labels *l, uint32_t form,
    enum table_kind kind, uint32_t block, uint32_t *n);

#endif
