/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gen - reports with known truth, laid out and damaged in known ways.
 *
 * A document is made in steps: the model (numbers that add up), its three
 * tables as physical sheets and its prose as blocks, then one damage, then
 * any layouts, then the bytes.  Each step keeps the truth of every cell in
 * step with what is printed.
 */
#ifndef TESTS_GEN_GEN_H
#define TESTS_GEN_GEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/buf.h"
#include "tests/gen/rng.h"

enum {
    GEN_CELL_MAX = 320,
    GEN_REQUEST_ROWS = 25,
    GEN_REQUEST_COLS = 7,
    GEN_BLOCK_MAX = 96,
    GEN_SHEET_ROWS = 128,
    GEN_SHEET_COLS = 24,
    GEN_CUT_MAX = 1024,
    GEN_LAYOUT_MAX = 8, /* layouts of one document */
};

/* What an honest extractor says of a cell. */
enum gen_truth {
    TRUTH_VALUE, /* exactly this value */
    TRUTH_NULL,  /* no value: the document does not give one */
    TRUTH_MAYBE, /* this value, or none and the report is flagged */
    TRUTH_ANY,   /* cannot be told; the report must be flagged */
};

enum gen_verdict {
    VERDICT_VALID,   /* must come out valid, every cell exact, no alarm */
    VERDICT_EITHER,  /* valid only with every cell exact */
    VERDICT_FLAGGED, /* must not come out valid */
};

struct gen_cell {
    const char *table, *row, *column;
    const char *value; /* decimal text as printed */
    const char *unit;  /* "count", "cny", "cny_10k"; NULL: not compared */
    enum gen_truth truth;
    bool shifted; /* in a row with a cell more or less than the form */
};

struct gen_body {
    const char *name;
    const char *office; /* who writes the report */
    int size;           /* 0 small, 1 middle, 2 large */
};

/* The numbers of one report, all sums right. */
struct gen_model {
    bool old_proactive, old_requests; /* 2019 form instead of 2021 */
    bool split_services;              /* Beijing: 行政检查, 行政确认 */
    int year;
    const struct gen_body *body;
    int request_row_n;
    int64_t request[GEN_REQUEST_ROWS][GEN_REQUEST_COLS];
    int64_t review[3][5];
    int64_t in_force[2]; /* stock of the two rows of item one */
    int cell_n;
    struct gen_cell cell[GEN_CELL_MAX];
    int proactive_n; /* cells 0 .. n-1 are the proactive ones, in order */
    int request_cell[GEN_REQUEST_ROWS][GEN_REQUEST_COLS]; /* into cell */
    int review_cell[3][5];
};

enum gen_role {
    ROLE_LABEL,  /* row label */
    ROLE_GROUP,  /* label of a row group */
    ROLE_HEADER, /* column header, block title, corner */
    ROLE_VALUE,  /* a number */
    ROLE_RAW,    /* printed as it is, no layout touches it */
};

struct gen_slot {     /* one physical cell */
    const char *text; /* UTF-8, '\n' is a line break */
    enum gen_role role;
    int cell; /* into model.cell, -1 when it holds no value */
    uint16_t rowspan, colspan;
};

enum gen_row_kind {
    ROW_HEADER,
    ROW_DATA,
    ROW_OTHER, /* spacer, note */
};

struct gen_row {
    enum gen_row_kind kind;
    int key; /* row of the model, -1 without */
    int n;
    struct gen_slot slot[GEN_SHEET_COLS];
};

enum gen_table {
    TABLE_PROACTIVE,
    TABLE_REQUESTS,
    TABLE_REVIEW,
    TABLE_MIXED, /* all in one */
};

struct gen_sheet {
    enum gen_table table;
    int n;
    struct gen_row row[GEN_SHEET_ROWS];
};

enum gen_block_kind {
    BLOCK_TITLE,
    BLOCK_HEADING, /* of a section */
    BLOCK_TEXT,
    BLOCK_SHEET,
};

struct gen_block {
    enum gen_block_kind kind;
    int section; /* of a heading, 1-6 */
    const char *text;
    struct gen_sheet *sheet;
};

enum gen_shell {
    SHELL_CLEAN,
    SHELL_WORD,
    SHELL_NESTED,
    SHELL_IE,       /* upper-case tags, unquoted attributes */
    SHELL_UNCLOSED, /* </td> and </tr> left out */
    SHELL_THEAD,    /* header cells as th in a thead */
    SHELL_JUNK,     /* stray end tags, forms, fonts, a second <html> */
};

enum gen_dump {
    DUMP_NONE,         /* HTML */
    DUMP_TABS,         /* a row a line, cells split by tabs */
    DUMP_GRID,         /* the same, every merged position an empty field */
    DUMP_TABBED_LINES, /* a cell a line with leading tab */
    DUMP_LINES,        /* a cell a line */
};

enum gen_charset {
    CHARSET_UTF8,
    CHARSET_UTF8_BOM,
    CHARSET_UTF16,
    CHARSET_GB18030, /* declared as gb2312 */
    CHARSET_GBK,
};

struct gen_style {
    enum gen_shell shell;
    enum gen_dump dump;
    enum gen_charset charset;
    bool crlf;
    bool pre;      /* tables inside <pre> */
    bool entities; /* characters as numeric entities */
    bool indent;   /* white space around cell texts */
};

struct gen_doc {
    struct arena arena;
    struct rng rng;
    uint64_t seed;
    struct gen_model model;
    struct gen_style style;
    int block_n;
    struct gen_block block[GEN_BLOCK_MAX];
    enum gen_verdict verdict;
    bool exact;    /* flagged, yet every cell exact: all of it is legible */
    int lost_cell; /* whose number was removed, -1 without */
    bool cut;      /* end the text at a random cut point */
    bool cut_in_tag;
    size_t cut_n;
    size_t cut_at[GEN_CUT_MAX]; /* byte offsets just before a value cell */
    const char *what;           /* what the damage did, for people */
    const char *title;
    const char *published; /* YYYY-MM-DD */
    struct buf bytes;      /* the finished document */
};

/* ---- names.c ----------------------------------------------------------- */

#define GEN_BODY_N 12
extern const struct gen_body gen_bodies[GEN_BODY_N];

/* ---- model.c ----------------------------------------------------------- */

struct gen_wish {                /* what a caller fixes of a model */
    int year;                    /* 0: any */
    const struct gen_body *body; /* NULL: any */
    int old_proactive, old_requests, split_services; /* -1: any */
    bool zeros;                                      /* all numbers zero */
    const struct gen_model *before; /* the year before, or NULL */
};

void gen_model_make(struct gen_model *m, const struct gen_wish *wish,
    struct rng *r, struct arena *a);

const char *gen_request_key(const struct gen_model *m, int row);
/* Label of the row and of its group ("" outside groups). */
const char *gen_request_label(const struct gen_model *m, int row);
const char *gen_request_group(const struct gen_model *m, int row);
extern const char *const gen_request_headers[GEN_REQUEST_COLS];
extern const char *const gen_review_headers[5];
extern const char *const gen_review_rows[3];

/* The cell with this key, or -1. */
int gen_cell_find(const struct gen_model *m, const char *table, const char *row,
    const char *column);

/* ---- sheet.c: tables as they lie on paper ------------------------------ */

struct gen_sheet *gen_sheet_proactive(struct gen_doc *d);
struct gen_sheet *gen_sheet_requests(struct gen_doc *d);
struct gen_sheet *gen_sheet_review(struct gen_doc *d);
struct gen_sheet *gen_sheet_review_rows(struct gen_doc *d); /* 3 x 5 */

struct gen_slot *gen_row_add(
    struct gen_row *row, enum gen_role role, const char *text, int cell);
struct gen_row *gen_sheet_add(struct gen_sheet *s, enum gen_row_kind kind);

/* Make room for a row before row `at`; spans across it grow. */
struct gen_row *gen_sheet_insert(struct gen_sheet *s, int at);
/* Take row `at` out; spans across it shrink, cells that start in it and
 * span further move down. */
void gen_sheet_remove(struct gen_sheet *s, int at);
void gen_row_remove(struct gen_row *row, int slot);
struct gen_slot *gen_row_insert(struct gen_row *row, int slot);

/* Columns of the table: the widest row with its spans. */
int gen_sheet_width(const struct gen_sheet *s);

/* Fill place[row][column] with the slot that covers it, NULL where none. */
struct gen_place {
    const struct gen_slot *slot;
    bool first_row, first_col;
};
void gen_sheet_place(
    const struct gen_sheet *s, struct gen_place (*place)[GEN_SHEET_COLS]);

/* ---- blocks.c: the document around the tables --------------------------- */

void gen_blocks_make(struct gen_doc *d);
struct gen_block *gen_block_insert(struct gen_doc *d, int at);
void gen_block_remove(struct gen_doc *d, int at);
/* Index of the block that holds this table, or -1. */
int gen_block_find(const struct gen_doc *d, enum gen_table table);
/* Index of the heading of this section, or -1. */
int gen_heading_find(const struct gen_doc *d, int section);

/* ---- layout.c, damage.c ------------------------------------------------- */

struct gen_layout {
    const char *name;
    const char *words; /* for --list */
    unsigned axis;     /* layouts that share a bit do not combine */
    void (*wish)(struct gen_wish *w); /* or NULL */
    void (*apply)(struct gen_doc *d); /* or NULL */
};
extern const struct gen_layout gen_layouts[];
const struct gen_layout *gen_layout_find(const char *name);

struct gen_damage {
    const char *name;
    const char *words;
    void (*wish)(struct gen_wish *w); /* or NULL */
    /* Fill d->what, the truth and the verdict. */
    void (*apply)(struct gen_doc *d);
};
extern const struct gen_damage gen_damages[];
const struct gen_damage *gen_damage_find(const char *name);

/* ---- render ------------------------------------------------------------ */

void gen_render_html(struct gen_doc *d, struct buf *out);
void gen_render_text(struct gen_doc *d, struct buf *out);
/* UTF-8 in `in` to the document's bytes in its charset. */
void gen_encode(struct gen_doc *d, const struct buf *in);

/* ---- doc.c ------------------------------------------------------------- */

struct gen_order { /* what is to be made */
    uint64_t seed;
    int layout_n;
    const struct gen_layout *layout[GEN_LAYOUT_MAX];
    const struct gen_damage *damage; /* or NULL */
    struct gen_wish wish;
};

void gen_order_init(struct gen_order *o, uint64_t seed);
/* False when it does not combine with those chosen. */
bool gen_order_add(struct gen_order *o, const struct gen_layout *l);

/* Make the document; free with gen_doc_free. */
struct gen_doc *gen_doc_new(const struct gen_order *o);
void gen_doc_free(struct gen_doc *d);
const char *gen_doc_suffix(const struct gen_doc *d); /* "html", "txt" */

/* Rows "table row column value" as in a truth file. */
void gen_truth_write(const struct gen_doc *d, struct buf *out);

#endif
