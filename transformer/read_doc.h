/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_doc - the parts of the reader of Word's binary format, for each
 * other only.  Numbers in brackets are sections of [MS-DOC].
 *
 *   read_doc.c           bid, streams, then the stories
 *   read_doc_file.c      where the parts of the file lie; the piece table
 *   read_doc_looks.c     properties of runs and paragraphs
 *   read_doc_styles.c    what the styles say
 *   read_doc_lists.c     lists, for the counters of read_docx_numbers.c
 *   read_doc_rows.c      how a row is divided, and what changed that later
 *   read_doc_grid.c      rows to the cells of a table
 *   read_doc_body.c      goes through the text, once
 */
#ifndef TRANSFORMER_READ_DOC_H
#define TRANSFORMER_READ_DOC_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/buf.h"
#include "common/err.h"
#include "common/limits.h"
#include "common/slice.h"
#include "transformer/raised.h"
#include "transformer/read_docx.h"
#include "transformer/tree.h"

/* Cells of a row; Word itself allows 63. */
#define DOC_CELLS_MAX 64u

/* ---- file -------------------------------------------------------------- */

/* Text that lies together in the file (2.8.35). */
struct doc_piece {
    uint32_t cp, cp_end; /* characters of the document */
    uint32_t fc;         /* offset of the first in the main stream */
    bool wide;           /* UTF-16, else 8 bits of Windows 1252 */
    struct slice look;   /* properties that later edits put on top */
};

/* The stories that are read, in characters. */
struct doc_story {
    uint32_t cp, cp_end;
};

struct doc_file {
    struct arena *arena;
    struct slice main, table, data; /* streams; data may be empty */
    struct doc_piece *piece;
    uint32_t piece_n;
    struct doc_story text, boxes;
    uint32_t symbol_font; /* whose digits are those of ASCII */
    uint64_t look_bytes;  /* properties gone through so far */
    const char *broken;   /* what is wrong with properties, or NULL */
};

/* Parts of the table stream that the header points to (2.5.6). */
enum doc_part {
    DOC_PART_STYLES = 1,
    DOC_PART_RUN_PAGES = 12,
    DOC_PART_PARAGRAPH_PAGES = 13,
    DOC_PART_FONTS = 15,
    DOC_PART_PIECES = 33,
    DOC_PART_LISTS = 73,
    DOC_PART_LIST_USES = 74,
};

/* `f` has its streams; read the header and the piece table.  ERR_INPUT. */
int doc_file_read(struct doc_file *f, struct err *err);

/* Does the header ask for the stream "1Table" rather than "0Table"? */
bool doc_file_has_table_1(struct slice main);

/* Is this a header that we can read?  ERR_INPUT "reader.none",
 * "reader.encrypted", "reader.broken". */
int doc_file_check(struct slice main, struct err *err);

/* Empty when the file has none. */
struct slice doc_file_part(const struct doc_file *f, enum doc_part part);

/* As above, with what follows it in the stream. */
struct slice doc_file_part_on(const struct doc_file *f, enum doc_part part);

/* ---- properties -------------------------------------------------------- */

/* A property modifier (2.2.5.1). */
struct doc_sprm {
    uint32_t code;
    struct slice operand; /* without its count */
};

/* The first of `list`, which moves on; false at its end, or where the rest
 * makes no sense. */
bool doc_sprm_next(struct slice *list, struct doc_sprm *s);

/* Properties of the run or the paragraph that has the character at `fc`,
 * empty without; those of a paragraph begin with its style's number.
 * `*end` is the offset where the next begins.  A damaged page shows in
 * f->broken. */
struct slice doc_look_find(
    struct doc_file *f, enum doc_part pages, uint32_t fc, uint32_t *end);

/* A list of modifiers that stands in the data stream, or empty (2.6.2). */
struct slice doc_look_far(const struct doc_file *f, const struct doc_sprm *s);

struct doc_run {
    bool deleted, hidden, special, raised, struck, struck_twice;
    bool hidden_style, struck_style; /* what the styles say of them */
    uint32_t style;                  /* of characters, or 0 */
    bool has_symbol;
    uint32_t font, symbol; /* of a symbol */
};

void doc_run_apply(struct doc_file *f, struct doc_run *r, struct slice list);

struct doc_paragraph {
    uint32_t style;
    struct docx_look look; /* heading and number */
    bool is_toc;
    bool in_table, row_end;             /* of the outermost table */
    bool inner_cell_end, inner_row_end; /* of a table in a table */
    int64_t depth;                      /* of tables, as told */
};

void doc_paragraph_apply(
    struct doc_file *f, struct doc_paragraph *p, struct slice list);

/* ---- styles ------------------------------------------------------------ */

struct doc_style {
    bool is_paragraph;
    bool is_known;     /* `is` is what it comes to */
    uint32_t base;     /* style that it is based on */
    uint32_t built_in; /* its number among Word's own */
    struct slice look; /* modifiers of paragraphs */
    struct slice run;  /* and of the text in them */
    struct doc_paragraph is;
    bool run_is_known;
    struct doc_run run_is;
};

struct doc_styles {
    uint32_t n;
    struct doc_style *style;
};

void doc_styles_read(struct doc_styles *s, const struct doc_file *f);

/* What a paragraph of this style begins with. */
struct doc_paragraph doc_style_get(
    struct doc_styles *s, struct doc_file *f, uint32_t style);

/* What text in this style begins with. */
struct doc_run doc_style_run(
    struct doc_styles *s, struct doc_file *f, uint32_t style);

/* ---- lists ------------------------------------------------------------- */

/* Fill the counters; lists that make no sense count nothing.  ERR_LIMIT. */
int doc_lists_read(
    struct docx_numbers *n, const struct doc_file *f, struct err *err);

/* ---- rows -------------------------------------------------------------- */

enum doc_merge_down {
    DOC_DOWN_NONE = 0,
    DOC_DOWN_MORE = 1, /* goes on from above */
    DOC_DOWN_START = 3,
};

struct doc_row {
    uint32_t n;                      /* cells that it defines */
    int32_t edge[DOC_CELLS_MAX + 1]; /* twips */
    uint8_t across[DOC_CELLS_MAX];   /* the two bits of the format */
    uint8_t down[DOC_CELLS_MAX];     /* enum doc_merge_down */
    int32_t gap;                     /* half the space between cells */
};

void doc_row_apply(struct doc_file *f, struct doc_row *row, struct slice list);

/* ---- grid -------------------------------------------------------------- */

struct doc_cell {
    int32_t left, right; /* twips */
    uint8_t down;        /* enum doc_merge_down */
    struct slice text;
};

struct doc_grid_row {
    uint32_t n;
    struct doc_cell *cell;
};

/* An open table; columns are known when all of its rows are. */
struct doc_grid {
    struct tree_table table;
    uint32_t row_n, row_cap;
    struct doc_grid_row *row;
    uint32_t cell_n;
};

void doc_grid_open(struct doc_grid *g, struct tree *tree, uint32_t depth);

/* `n` cells with these texts, divided as `row` says. */
void doc_grid_row(struct doc_grid *g, struct tree *tree,
    const struct doc_row *row, const struct slice *text, uint32_t n);

/* Place all cells. */
void doc_grid_close(struct doc_grid *g, struct tree *tree);

/* ---- body -------------------------------------------------------------- */

/* Build the document from the stories; trouble of its own stays in `tree`. */
int doc_body_read(struct doc_file *f, struct doc_styles *styles,
    struct docx_numbers *numbers, struct tree *tree, struct err *err);

#endif
