/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_html - the parts of the HTML reader, for each other only.
 *
 *   read_html.c          bid, decode, guard, parse by gumbo, hand over
 *   read_html_tokens.c   cuts a page into tags, comments and text
 *   read_html_scan.c     refuses what would make gumbo slow, before it starts
 *   read_html_mode.c     whether tags are in the body or in a table
 *   read_html_slim.c     leaves out what gumbo would read for nobody
 *   read_html_walk.c     goes through gumbo's tree, once
 *   read_html_element.c  what elements and attributes mean
 *   read_html_text.c     white space as browsers show it
 *   read_html_grid.c     rows and cells to their places in a table
 *   read_html_links.c    links and the dates beside them
 *   read_html_pictures.c pages that are little but pictures
 */
#ifndef TRANSFORMER_READ_HTML_H
#define TRANSFORMER_READ_HTML_H

#include <gumbo.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/err.h"
#include "common/limits.h"
#include "common/slice.h"
#include "transformer/html_page.h"
#include "transformer/raised.h"
#include "transformer/tree.h"

/* ---- tokens ------------------------------------------------------------ */

enum html_token_kind {
    HTML_TEXT, /* text, a document type, or what is no whole token */
    HTML_COMMENT,
    HTML_START,
    HTML_END,
    HTML_RAW, /* what stands in a script, style, title or the like */
};

struct html_tag_attribute {
    struct slice name, value, whole; /* as written; value without quotes */
};

struct html_token {
    enum html_token_kind kind;
    struct slice whole;
    struct slice name; /* of a tag, as written */
    GumboTag tag;      /* HTML_RAW: whose text it is */
    bool closed;       /* the tag ends with "/>" */
    /* LIMIT_TAG_ATTRIBUTES + 1: more than that, and the token is no whole
     * one.  An open tag at the end of the page has its attributes, too. */
    uint32_t attribute_n;
    struct html_tag_attribute attribute[LIMIT_TAG_ATTRIBUTES];
};

struct html_tokens {
    struct slice left;
    bool exact; /* gumbo cuts as we did, up to here */
    bool in_select;
    struct slice raw; /* name of the element whose raw text comes next; the
                         caller may take it away */
    GumboTag raw_tag;
    bool endless[GUMBO_TAG_LAST + 1]; /* no end tag of it is left */
};

void html_tokens_init(struct html_tokens *t, struct slice page);

/* The next token, or false at the end. */
bool html_tokens_next(struct html_tokens *t, struct html_token *token);

/* ---- mode -------------------------------------------------------------- */

struct html_mode {
    enum {
        HTML_BEFORE,   /* the body, maybe */
        HTML_IN_BODY,  /* or in a cell or a caption of a table */
        HTML_IN_TABLE, /* between its cells; or in the body */
        HTML_ANYWHERE,
    } is;
    uint32_t depth; /* tables that are open, of those we know */
    bool in_table;  /* there may be more around them */
    bool in_select;
};

void html_mode_token(struct html_mode *m, const struct html_token *token);

/* ---- slim -------------------------------------------------------------- */

#define HTML_SLIM_OPEN_MAX 8

/* A <span> in the copy that may turn out to be of no use. */
struct html_slim_open {
    GumboTag tag;
    size_t at, text; /* offsets in the copy: its tag, what is behind */
    bool fresh;      /* as it was before */
};

/* A page being copied without what changes nothing in the document: styles,
 * classes and other attributes, comments' text, scripts, spans around plain
 * text, all but one of the white space in a row. */
struct html_slim {
    char *out; /* room for the whole page; NULL: nothing is copied */
    size_t n;
    const char *from; /* what is not copied yet, as it stands */
    const char *end;  /* of the page */
    struct html_mode mode;
    struct html_slim_open open[HTML_SLIM_OPEN_MAX];
    uint32_t open_n;
    bool fresh;       /* gumbo has just reopened <b> and the like, if any */
    bool keeps_white; /* white space may matter from here on */
    uint32_t kept[LIMIT_TAG_ATTRIBUTES]; /* attributes of the tag at hand */
};

void html_slim_init(
    struct html_slim *s, struct slice page, struct arena *arena);

/* A token of which gumbo makes the same. */
void html_slim_token(struct html_slim *s, const struct html_token *token);

/* The copy, with what is left of the page. */
struct slice html_slim_end(struct html_slim *s, struct slice page);

/* ---- scan -------------------------------------------------------------- */

/* ERR_LIMIT "reader.attributes" or "reader.depth" for a page on which gumbo
 * would take time that grows with the square of its length.  In *slim a
 * copy in `arena` of which the same document is made in less time. */
int html_scan(
    struct slice in, struct arena *arena, struct slice *slim, struct err *err);

/* ---- element ----------------------------------------------------------- */

enum html_kind {
    KIND_INLINE,
    KIND_RAISED,
    KIND_STRUCK, /* lines through it */
    KIND_SKIP,   /* nothing a reader of the page sees */
    KIND_BLOCK,
    KIND_ITEM, /* a block that belongs together: date beside link */
    KIND_HEADING,
    KIND_PRE,
    KIND_BREAK,
    KIND_TABLE,
    KIND_GROUP,
    KIND_ROW,
    KIND_CELL,
    KIND_CAPTION,
    KIND_ANCHOR,
    KIND_FRAME, /* shows another document */
    KIND_PICTURE,
    KIND_TITLE,
    KIND_META,
    KIND_BASE,
    KIND_UNKNOWN,
};

enum html_kind html_kind(const GumboElement *e);

/* The value of an attribute, or { NULL, 0 }. */
struct slice html_attribute(const GumboElement *e, const char *name);

/* Non-negative integer as the HTML standard reads it; `otherwise` when it
 * is none.  Saturates. */
uint32_t html_attribute_number(
    const GumboElement *e, const char *name, uint32_t otherwise);

/* What attributes say of how an element is shown. */
struct html_look {
    bool hidden; /* kept from view */
    bool pre;    /* keeps white space */
    bool raised; /* above or below the line */
    bool struck; /* with a line through it */
};

struct html_look html_look_of(const GumboElement *e);

/* ---- text -------------------------------------------------------------- */

/* Text with its white space collapsed as it comes. */
struct html_text {
    struct buf buf;
    bool space;     /* white space stands before the next character */
    uint32_t lines; /* line ends before the next character */
    struct raised raised;
};

void html_text_init(struct html_text *t);
void html_text_clear(struct html_text *t);
void html_text_reset(struct html_text *t);

/* Append; with `pre` white space stays as it is. */
void html_text_add(struct html_text *t, struct slice s, bool pre);

/* <br>: the next text starts a new line. */
void html_text_line(struct html_text *t);

/* Edge of a block: as html_text_line, but edges in a row count once. */
void html_text_edge(struct html_text *t);

/* The text so far, without white space at its ends. */
struct slice html_text_get(const struct html_text *t);

static inline bool html_text_is_empty(const struct html_text *t)
{
    return t->buf.len == 0;
}

/* ---- grid -------------------------------------------------------------- */

/* Where the next cell of a table goes. */
struct html_grid {
    struct tree *tree;
    struct tree_table table;
    uint32_t row; /* of the row being filled */
    uint32_t col; /* first column that may be free */
    bool in_row;
    uint32_t group_cell;              /* first cell of the row group */
    uint32_t taken[LIMIT_TABLE_COLS]; /* row until which a column is taken */
};

void html_grid_open(struct html_grid *g, struct tree *tree, uint32_t depth);
void html_grid_row(struct html_grid *g);

/* Place a cell with spans as written (rowspan 0: to the end of its group);
 * NULL when the tree has failed. */
struct document_cell *html_grid_cell(
    struct html_grid *g, uint32_t rowspan, uint32_t colspan);

/* A row group (thead, tbody, tfoot) ends here: no cell hangs out of it. */
void html_grid_group_end(struct html_grid *g);
void html_grid_close(struct html_grid *g);

/* ---- links ------------------------------------------------------------- */

/* Bytes of text around a link in which its date may stand. */
#define HTML_NEAR_BYTES 256

struct html_links {
    struct tree *tree;
    struct html_text text; /* of the open anchor */
    uint32_t open;         /* index of the open link, or UINT32_MAX */
    uint32_t last;         /* the newest link of this item, or UINT32_MAX */
    bool near_used;        /* the date in `near` was given to `last` */
    bool near_space;       /* white space stands before what comes next */
    size_t near_len;       /* bytes */
    char near[HTML_NEAR_BYTES]; /* text since the last anchor or item */
};

void html_links_init(struct html_links *l, struct tree *tree);
void html_links_clear(struct html_links *l);

/* An anchor opens; an open one ends.  Addresses that are none (empty,
 * javascript:, unfilled templates) make no link. */
void html_links_open(
    struct html_links *l, struct slice href, struct slice title);
void html_links_close(struct html_links *l);

/* A link without text: frame, embedded object. */
void html_links_add(
    struct html_links *l, struct slice href, struct slice title);

/* Text passes by, in an anchor or not. */
void html_links_text(struct html_links *l, struct slice s);

/* A list item, table row or the like begins or ends. */
void html_links_item(struct html_links *l);

/* Nothing follows: settle the last date. */
void html_links_end(struct html_links *l);

/* The first date in `s` as YYYY-MM-DD, or false. */
bool html_date_find(struct slice s, char out[11]);

/* ---- pictures ---------------------------------------------------------- */

/* Bytes of a data: address that may be a page, and below which it certainly
 * is none however its characters are written. */
#define HTML_DATA_BYTES 2048u
#define HTML_DATA_BYTES_NONE (HTML_DATA_BYTES / 4)

/* A picture that may be a page of a report. */
struct html_picture {
    struct slice src; /* in gumbo's memory */
    uint32_t block;   /* its place among the blocks */
};

struct html_pictures {
    uint32_t n, cap;
    struct html_picture *item; /* in the document's arena */
};

/* Whether an attribute of <img> is one of those that are looked at. */
bool html_picture_needs(struct slice name);

/* An <img> before `block`; icons and what no reader decodes are left out. */
void html_pictures_add(struct html_pictures *p, const GumboElement *e,
    struct arena *arena, uint32_t block);

/*
 * Where the page is little but pictures, all at hand: recognise them, as
 * pages where they stand in `doc`; ERR_INPUT "reader.scan: ..." in programs
 * that cannot.  Icons do not count.  With `only_links` doc->pictures names
 * those that are elsewhere, and nothing is read.  `beside` may be NULL; what
 * is not beside the page either is left out.
 */
int html_pictures_read(const struct html_pictures *p,
    const struct html_beside *beside, bool only_links, struct document *doc,
    struct err *err);

/* ---- walk -------------------------------------------------------------- */

/* What of a page to take. */
enum html_take {
    HTML_SHOWN, /* what a browser shows */
    HTML_ALL,   /* elements with display:none too, but not their links */
};

/* Build the document from gumbo's tree and gather its pictures; trouble stays
 * in `tree`.  True when tables were left out because the page does not show
 * them. */
bool html_walk(struct tree *tree, const GumboNode *root, enum html_take take,
    struct html_pictures *pictures);

#endif
