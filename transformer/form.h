/* SPDX-License-Identifier: Apache-2.0 */
/*
 * form - one generation of the official tables, as read from conf/forms/.
 *
 * Forms are data: tables, rows, columns, labels and their known variants,
 * units, checks, each with its legal source.  A new generation is a new
 * file, no new code.
 */
#ifndef TRANSFORMER_FORM_H
#define TRANSFORMER_FORM_H

#include <stdbool.h>
#include <stdint.h>

#include "common/err.h"

/* How a table lies on paper. */
enum form_layout {
    LAYOUT_BLOCKS, /* title row, header row and data rows, block by block */
    LAYOUT_MATRIX, /* one header on top, row labels on the left */
    LAYOUT_WIDE,   /* rows of the model side by side, one line of numbers */
};

enum form_unit {
    UNIT_COUNT,
    UNIT_CNY,
    UNIT_CNY_10K,
};

struct form_column {
    char *key;       /* public name */
    char *label;     /* official label */
    char *english;   /* for people who do not read Chinese */
    char **variants; /* other labels seen for it */
    unsigned variants_count;
    char *group; /* label of the header above it, or NULL */
    enum form_unit unit;
    bool negative; /* may be below zero */
};

struct form_row {
    char *key;
    char *label;
    char *english;
    char **variants;
    unsigned variants_count;
    char **groups; /* labels of the row groups around it, outermost first */
    unsigned groups_count;
    bool optional;  /* a local row: listed only when the document has it */
    char *replaces; /* key of the row that an optional one splits, or NULL */
};

struct form_block {
    char *label; /* 第二十条第（一）项; NULL for tables of one block */
    struct form_column *columns;
    unsigned columns_count;
    struct form_row *rows;
    unsigned rows_count;
};

struct form_table {
    char *key;   /* proactive, requests, review */
    char *label; /* for people */
    char *english;
    uint32_t section; /* number of the report's section it stands in */
    enum form_layout layout;
    char **headers; /* texts of header rows that are no column */
    unsigned headers_count;
    struct form_block *blocks;
    unsigned blocks_count;
};

enum form_relation {
    RELATION_EQUAL,        /* sum of left = sum of right */
    RELATION_AT_LEAST,     /* sum of left >= sum of right */
    RELATION_NOT_NEGATIVE, /* every cell of left >= 0 */
    RELATION_AT_MOST,      /* sum of left, in yuan if amounts, <= limit */
};

enum form_each {
    EACH_COLUMN, /* left and right are row keys, once for every column */
    EACH_ROW,    /* left and right are column keys, once for every row */
};

/* One arithmetic rule; instances are named <id>.<row or column key>. */
struct form_check {
    char *id;
    char *table;
    enum form_each each;
    enum form_relation relation;
    char **left;
    unsigned left_count;
    char **right;
    unsigned right_count;
    char *limit;   /* decimal text, for RELATION_AT_MOST */
    bool warning;  /* severity warning, else error */
    char *source;  /* the form's note, or "derivable" */
    char *message; /* in words, for people */
};

struct form_section {
    uint32_t number; /* 1-6 */
    char *heading;
    char **variants;
    unsigned variants_count;
};

/* A known row of the statistics table (reports on 2018 and earlier), which
 * has no fixed rows: what a document prints is read, known or not. */
struct form_indicator {
    char *key; /* within this file: parents and checks name it */
    char *label;
    char *english;
    char **variants;
    unsigned variants_count;
    char *parent;  /* key of the indicator that it is a part of, or NULL */
    char *same_as; /* table.row.column of a later form, or NULL */
};

/* A generation has tables, or indicators of the statistics table. */
struct form {
    char *id; /* "2021" */
    char *title;
    char *basis;                 /* 国办公开办函〔2021〕30号 */
    uint32_t year_from, year_to; /* reports on these years; 9999: open */
    struct form_section *sections;
    unsigned sections_count;
    struct form_table *tables;
    unsigned tables_count;
    struct form_indicator *indicators;
    unsigned indicators_count;
    struct form_check *checks;
    unsigned checks_count;
    char *file;
};

struct indicators;
struct labels; /* every label, normalised once; transformer/label.h */

struct forms {
    struct form **form; /* those with tables, sorted by id; at least one */
    unsigned form_n;
    struct form *statistics;       /* the one with indicators, or NULL */
    struct indicators *indicators; /* its labels; transformer/statistics.h */
    struct labels *labels;
};

/* Ceilings of a form; the check refuses files beyond them. */
#define FORM_TABLES 3u   /* a record names the forms of these three */
#define FORM_ROWS 64u    /* in one table, all blocks together */
#define FORM_COLUMNS 30u /* in one block */
#define FORM_INDICATORS 200u

/* Read and check every *.yaml of `dir`; NULL with ERR_FATAL and
 * "file:line: key: what would be right".  Free with forms_free. */
struct forms *forms_read(const char *dir, struct err *err);
void forms_free(struct forms *f);

/* The form with this id, or NULL; its table with this key, or NULL. */
const struct form *forms_find(const struct forms *f, const char *id);
const struct form_table *form_table_find(const struct form *f, const char *key);

/* The indicator with this key, or NULL. */
const struct form_indicator *form_indicator_find(
    const struct form *f, const char *key);

/* What a schema cannot say: keys known and unique, the three tables there,
 * checks that name rows and columns that exist.  ERR_FATAL as above. */
int form_validate(const struct form *f, struct err *err);

/* What one file cannot say: there is a form with tables, and the indicators
 * that mean the same as a cell name one that exists.  ERR_FATAL as above. */
int forms_validate(const struct forms *f, struct err *err);

/* "count", "cny", "cny_10k". */
const char *form_unit_name(enum form_unit unit);

#endif
