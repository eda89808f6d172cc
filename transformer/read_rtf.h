/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_rtf - the parts of the RTF reader, for each other only.
 *
 *   read_rtf.c          bid, groups, what words mean, one after another
 *   read_rtf_scan.c     bytes to braces, words and text
 *   read_rtf_words.c    the words that matter
 *   read_rtf_text.c     bytes of code pages and \u to UTF-8
 *   read_rtf_fonts.c    fonts and their charsets, styles and their headings
 *   read_rtf_body.c     paragraphs, tables, text boxes
 */
#ifndef TRANSFORMER_READ_RTF_H
#define TRANSFORMER_READ_RTF_H

#include <stdbool.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/err.h"
#include "common/limits.h"
#include "common/slice.h"
#include "transformer/edges.h"
#include "transformer/raised.h"
#include "transformer/tree.h"

/* ---- scan --------------------------------------------------------------- */

enum rtf_token_kind {
    RTF_END,
    RTF_OPEN,   /* { */
    RTF_CLOSE,  /* } */
    RTF_WORD,   /* \name, \nameN */
    RTF_SYMBOL, /* \ and a character that is no letter */
    RTF_BYTE,   /* \'xx */
    RTF_TEXT,
};

struct rtf_token {
    enum rtf_token_kind kind;
    struct slice text; /* name of a word, bytes of a text */
    char c;            /* of a symbol or a byte */
    bool has_number;
    int32_t number; /* of a word; saturates */
};

struct rtf_scan {
    struct slice left;
    bool cut; /* \bin says more bytes than there are */
};

void rtf_next(struct rtf_scan *s, struct rtf_token *token);

/* ---- words -------------------------------------------------------------- */

enum rtf_word {
    RTF_OTHER, /* nothing to us */
    /* Groups: */
    RTF_SKIP,        /* nothing in it is shown */
    RTF_PLAIN_GROUP, /* a group with a star that is shown */
    RTF_FONTS,
    RTF_STYLES,
    RTF_INFO,
    RTF_TITLE,
    RTF_SHAPE,
    RTF_BOX,
    RTF_NEST_PROPS,
    /* Text: */
    RTF_CHAR, /* a character or a line end */
    RTF_UNICODE,
    RTF_PAR,
    /* Looks: */
    RTF_CODEPAGE,
    RTF_DEFAULT_FONT,
    RTF_FONT,
    RTF_FONT_CHARSET,
    RTF_FONT_CODEPAGE,
    RTF_PLAIN,
    RTF_PARD,
    RTF_STYLE,
    RTF_OUTLINE,
    RTF_FALLBACK, /* \uc */
    RTF_HIDDEN,
    RTF_DELETED,
    RTF_RAISED, /* or below the line */
    RTF_NOT_RAISED,
    RTF_STRUCK,
    RTF_STRUCK_TWICE,
    /* Tables: */
    RTF_IN_TABLE,
    RTF_DEPTH,
    RTF_CELL,
    RTF_NEST_CELL,
    RTF_ROW,
    RTF_NEST_ROW,
    RTF_ROW_BEGIN,
    RTF_ROW_LEFT,
    RTF_CELL_END,
    RTF_ACROSS_FIRST,
    RTF_ACROSS_NEXT,
    RTF_DOWN_FIRST,
    RTF_DOWN_NEXT,
};

/* What a control word is, and for RTF_CHAR in *c which character. */
enum rtf_word rtf_word_of(struct slice name, uint32_t *c);

/* ---- fonts and styles --------------------------------------------------- */

#define RTF_FONTS_MAX 65536u /* \f and \s are numbers of 16 bits */

/* Code pages that are none of Windows. */
#define RTF_CODEPAGE_SYMBOL 42u /* as Windows numbers it */

struct rtf_font {
    uint16_t codepage; /* 0: the document's */
    bool greek;        /* the font "Symbol" */
};

struct rtf_style {
    uint8_t heading; /* 1-6, or 0 */
    bool is_toc;
};

/* The code page of a \fcharset, 0 for that of the document. */
uint16_t rtf_codepage_of(int32_t charset);

/* What the name of a style says. */
struct rtf_style rtf_style_of(struct slice name);

/* ---- text --------------------------------------------------------------- */

/* Characters on their way to a buffer; bytes wait until it is sure that no
 * other byte belongs to them. */
struct rtf_text {
    struct buf bytes;  /* not decoded yet */
    uint32_t codepage; /* of them; 0: guess, see `document` */
    uint32_t document; /* code page of the document */
    bool greek;        /* of the font "Symbol" */
    uint32_t high;     /* a surrogate that waits for its low one, or 0 */
    struct buf *to;    /* where they go, or NULL */
    bool is_raised, is_struck; /* of what follows */
    struct raised raised;
    uint32_t replaced_n;
};

void rtf_text_init(struct rtf_text *t);
void rtf_text_clear(struct rtf_text *t);

/* What follows goes to `to` and comes from this font. */
void rtf_text_turn(
    struct rtf_text *t, struct buf *to, const struct rtf_font *font);
void rtf_text_bytes(struct rtf_text *t, struct slice bytes);
void rtf_text_char(struct rtf_text *t, uint32_t c);

/* What follows is above or below the line, or has a line through it. */
void rtf_text_look(struct rtf_text *t, bool is_raised, bool is_struck);

/* Decode what waits. */
void rtf_text_flush(struct rtf_text *t);

/* ---- body --------------------------------------------------------------- */

/* Tables and text boxes inside each other; more is nobody's. */
#define RTF_LEVELS_MAX 64u
#define RTF_BOXES_MAX 16u

/* What a row says of its cells. */
struct rtf_row {
    int32_t left;
    uint32_t cell_n;
    int32_t right[LIMIT_TABLE_COLS];
    enum edges_merge across[LIMIT_TABLE_COLS], down[LIMIT_TABLE_COLS];
    enum edges_merge next_across, next_down; /* of the cell to come */
};

void rtf_row_begin(struct rtf_row *row);
void rtf_row_cell(struct rtf_row *row, struct tree *tree, int32_t right);

/* An open table. */
struct rtf_level {
    struct tree_table table;
    struct edges edges;
    struct buf text;                     /* of the open cell */
    struct slice cell[LIMIT_TABLE_COLS]; /* of the open row */
    uint32_t cell_n;
    uint32_t block_n; /* of the document when the table had begun */
    bool layout;      /* holds other tables */
};

/* The body of the document or of a text box. */
struct rtf_box {
    struct buf text;  /* of the open paragraph */
    uint32_t level_n; /* tables around it */
};

struct rtf_body {
    struct tree *tree;
    struct rtf_level *level; /* open tables, outermost first */
    uint32_t level_n, level_cap;
    struct rtf_box box[RTF_BOXES_MAX];
    uint32_t box_n;
    struct rtf_row row[2]; /* outermost tables, nested ones */
};

void rtf_body_init(struct rtf_body *b, struct tree *tree);
void rtf_body_clear(struct rtf_body *b);

/* Text of the open paragraph goes there. */
struct buf *rtf_body_text(struct rtf_body *b);

/* The paragraph ends, inside `depth` tables of this box. */
void rtf_body_par(
    struct rtf_body *b, uint32_t depth, const struct rtf_style *style);

/* The cell, the row at this depth (from 1) ends. */
void rtf_body_cell(struct rtf_body *b, uint32_t depth);
void rtf_body_row(struct rtf_body *b, uint32_t depth);

/* Tables that are open in this box. */
uint32_t rtf_body_depth(const struct rtf_body *b);

/* A row is open: it has cells and has not ended. */
bool rtf_body_in_row(const struct rtf_body *b);

/* A text box in a paragraph inside `depth` tables. */
void rtf_body_box(struct rtf_body *b, uint32_t depth);
void rtf_body_box_end(struct rtf_body *b);

/* Nothing follows. */
void rtf_body_end(struct rtf_body *b);

#endif
