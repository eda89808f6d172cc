/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_docx - the parts of the DOCX reader, for each other only.
 *
 *   read_docx.c            bid, package, styles, then the body
 *   read_docx_body.c       goes through the main part, once
 *   read_docx_flow.c       paragraphs and tables in their order
 *   read_docx_grid.c       rows and cells to their places in a table
 *   read_docx_styles.c     headings and numbers that styles give
 *   read_docx_numbers.c    automatic numbers, counted as the text goes by
 *   read_docx_counting.c   a number in the digits of its format
 *   read_docx_chunks.c     whole documents that it brings in
 */
#ifndef TRANSFORMER_READ_DOCX_H
#define TRANSFORMER_READ_DOCX_H

#include <stdbool.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/err.h"
#include "common/limits.h"
#include "common/slice.h"
#include "transformer/ooxml.h"
#include "transformer/raised.h"
#include "transformer/tree.h"

/* ---- styles ------------------------------------------------------------ */

/* What a style or a paragraph says of itself; the `has_` tell what is said. */
struct docx_look {
    bool has_heading, has_num, has_level;
    uint32_t heading; /* 1-6, 0 for body text */
    uint32_t num;     /* numId, 0 for none */
    uint32_t level;   /* ilvl */
};

/* How text looks. */
enum docx_trait {
    DOCX_HIDDEN = 1 << 0,
    DOCX_RAISED = 1 << 1, /* or below the line */
    DOCX_STRUCK = 1 << 2, /* with a line through it */
    DOCX_STRUCK_TWICE = 1 << 3,
};

/* The traits of which something is said, and those that are said to hold. */
struct docx_run_look {
    unsigned said, holds;
};

struct docx_style {
    struct slice id, based_on;
    struct docx_look look;
    struct docx_run_look run;
    bool is_toc; /* a line of a table of contents */
};

struct docx_styles {
    struct arena *arena;
    struct docx_style *style; /* in order of id */
    uint32_t style_n, style_cap;
    struct docx_style *open; /* being read */
    bool too_many;
};

/* Read the part `name`; ERR_INPUT, ERR_LIMIT. */
int docx_styles_read(struct docx_styles *s, struct zip_package *z,
    struct slice name, struct arena *arena, struct err *err);

/* Take what an element of a pPr says; false for those that say nothing of
 * this. */
bool docx_look_read(
    struct docx_look *look, const char *name, const char *value);

/* Take what an element of an rPr says of this. */
void docx_run_look_read(
    struct docx_run_look *look, const char *name, const char *value);

/* What a style (or NULL) and those that it is based on say of runs. */
struct docx_run_look docx_run_look_of(
    const struct docx_styles *s, const struct docx_style *style);

/* Put the style of a run on what its paragraph's style says.  Two styles
 * that hide show again, and so with one line through text (ECMA-376 part 1,
 * 17.7.3). */
void docx_run_look_on(struct docx_run_look *look, struct docx_run_look style);

/* NULL when there is none of this id. */
const struct docx_style *docx_style_find(
    const struct docx_styles *s, struct slice id);

/* Fill in what the paragraph does not say itself from its style (or NULL)
 * and those that it is based on. */
void docx_look_complete(const struct docx_styles *s,
    const struct docx_style *style, struct docx_look *look);

/* ---- numbers ----------------------------------------------------------- */

#define DOCX_LEVELS 9u /* of a numbering */

/* How one level of a numbering prints itself. */
struct docx_level {
    struct slice format; /* "decimal", "chineseCounting", ... */
    struct slice text;   /* "%1、" */
    struct slice style;  /* of the paragraphs that it numbers, or empty */
    uint32_t start;
    bool has_start;
    bool tight; /* nothing stands between number and text */
    bool legal; /* numbers of the levels above print as decimals */
};

/* A w:abstractNum with its counters, or the w:num that uses it. */
struct docx_numbering {
    uint32_t id;
    uint32_t abstract;        /* of a w:num: id of its abstract one */
    struct slice link, named; /* numStyleLink, styleLink */
    struct docx_level *level[DOCX_LEVELS]; /* NULL: not told */
    uint32_t restart[DOCX_LEVELS];         /* startOverride plus 1, or 0 */
    uint32_t count[DOCX_LEVELS];           /* the last number */
    bool counted[DOCX_LEVELS];             /* there was one */
};

struct docx_list {
    struct docx_numbering *item;
    uint32_t n, cap;
};

struct docx_numbers {
    struct arena *arena;
    struct docx_list abstract, num; /* in order of id once read */
    struct docx_numbering *open;
    struct docx_level *open_level;
    uint32_t override; /* ilvl of the open lvlOverride */
    bool too_many;
};

int docx_numbers_read(struct docx_numbers *n, struct zip_package *z,
    struct slice name, struct arena *arena, struct err *err);

/* Put lists that were filled by others in order of id. */
void docx_numbers_sort(struct docx_numbers *n);

/* Count a paragraph and append what Word prints before it to `out`.  `style`
 * is its style, from which the level follows where look->level does not say
 * it. */
void docx_numbers_next(struct docx_numbers *n, const struct docx_look *look,
    struct slice style, struct buf *out);

/* ---- counting ---------------------------------------------------------- */

/* Append `n` as an ST_NumberFormat value prints it; formats that are not
 * known print decimals, "bullet" and "none" nothing. */
void docx_count(struct slice format, uint32_t n, struct buf *out);

/* ---- grid -------------------------------------------------------------- */

enum docx_merge {
    DOCX_MERGE_NONE,
    DOCX_MERGE_RESTART,
    DOCX_MERGE_CONTINUE,
};

/* An open table. */
struct docx_grid {
    struct tree_table table;
    uint32_t row, col; /* of the next cell */
    bool row_is_out;   /* hidden, or a tracked deletion took it */
    /* Of the cell that is open: */
    uint32_t span;
    enum docx_merge down, across;
    /* Cell in which a column was merged downwards last, plus 1. */
    uint32_t merged[LIMIT_TABLE_COLS];
};

void docx_grid_open(struct docx_grid *g, struct tree *tree, uint32_t depth);
void docx_grid_row(struct docx_grid *g);
void docx_grid_row_end(struct docx_grid *g, struct tree *tree);
void docx_grid_cell(struct docx_grid *g);
void docx_grid_cell_end(
    struct docx_grid *g, struct tree *tree, struct slice text);

/* ---- chunks ------------------------------------------------------------ */

#define DOCX_CHUNKS_MAX 64u

/* Relationships of the documents that are brought in. */
struct docx_chunks {
    uint32_t n;
    struct slice id[DOCX_CHUNKS_MAX];
};

/* `c` and `id` may be NULL. */
void docx_chunks_add(struct docx_chunks *c, struct tree *tree, const char *id);

/* Read them all into `doc`, which is itself `depth` deep in others.  What
 * their readers say, or ERR_LIMIT "reader.depth". */
int docx_chunks_read(const struct docx_chunks *c, struct ooxml *o,
    uint32_t depth, struct document *doc, struct err *err);

/* The reader itself, of a document `depth` deep in others. */
int docx_bid(struct slice in);
int docx_read_at(
    struct slice in, uint32_t depth, struct document *doc, struct err *err);

/* ---- flow -------------------------------------------------------------- */

/* Paragraphs inside each other: a text box in a text box is rare. */
#define DOCX_PARAGRAPHS_MAX 16u

struct docx_paragraph {
    struct buf text;
    struct raised raised;
    struct docx_look look;
    struct slice number;            /* printed before it, as Word 2003 says */
    const struct docx_style *style; /* or NULL */
    uint32_t depth;                 /* of its element, 0 when none is open */
    bool joined; /* its end was deleted: the next goes on here */
};

struct docx_open_table {
    struct docx_grid grid;
    struct buf text;                       /* of the open cell */
    uint32_t depth, row_depth, cell_depth; /* of the elements, 0 without */
    uint32_t block_n; /* of the document when the table had begun */
    bool layout;      /* holds other tables */
};

/* What is open; depths are those of elements. */
struct docx_flow {
    struct tree *tree;
    const struct docx_styles *styles;
    struct docx_numbers *numbers;
    struct docx_open_table *level; /* outermost first */
    uint32_t level_n, level_cap;
    struct docx_paragraph paragraph[DOCX_PARAGRAPHS_MAX];
    uint32_t paragraph_n; /* open text boxes, plus 1 */
};

void docx_flow_init(struct docx_flow *f, struct tree *tree,
    const struct docx_styles *styles, struct docx_numbers *numbers);
void docx_flow_clear(struct docx_flow *f);

/* The innermost table, or NULL. */
static inline struct docx_open_table *docx_flow_top(struct docx_flow *f)
{
    return f->level_n ? &f->level[f->level_n - 1] : NULL;
}

/* The paragraph that text goes to. */
static inline struct docx_paragraph *docx_flow_here(struct docx_flow *f)
{
    return &f->paragraph[f->paragraph_n - 1];
}

/* `look`: traits of the text. */
void docx_flow_text(struct docx_flow *f, struct slice s, unsigned look);
void docx_flow_paragraph(struct docx_flow *f, uint32_t depth);
void docx_flow_paragraph_end(struct docx_flow *f);

/* Nothing can follow any more to which a joined paragraph goes on. */
void docx_flow_settle(struct docx_flow *f);

/* A text box. */
void docx_flow_box(struct docx_flow *f);
void docx_flow_box_end(struct docx_flow *f);

void docx_flow_table(struct docx_flow *f, uint32_t depth);
void docx_flow_table_end(struct docx_flow *f);
void docx_flow_row(struct docx_flow *f, uint32_t depth);

/* False in a row that is not shown: what is inside is to be skipped. */
bool docx_flow_cell(struct docx_flow *f, uint32_t depth);
void docx_flow_cell_end(struct docx_flow *f);

/* ---- body -------------------------------------------------------------- */

/* Build the document from part `name`; trouble of its own stays in `tree`.
 * What it brings in is only named in `chunks`, or passed over without. */
int docx_body_read(struct zip_package *z, struct slice name,
    const struct docx_styles *styles, struct docx_numbers *numbers,
    struct docx_chunks *chunks, struct tree *tree, struct err *err);

#endif
