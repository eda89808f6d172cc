/* SPDX-License-Identifier: Apache-2.0 */
/*
 * document - what a reader makes of bytes: paragraphs, grids, links, parts.
 *
 * Every format ends in this tree, so the extractor knows no formats.  A
 * table keeps its cells unexpanded, each with its place and span; merged
 * cells are stored once.  Text is UTF-8, white space as the format renders
 * it (HTML runs collapsed, <br> and paragraph ends as '\n', no-break spaces
 * kept), so `raw` values can be quoted from it.
 *
 * Encoded form: document_encode / document_decode, the only thing a caged
 * reader can say.  The decoder trusts nothing.
 */
#ifndef COMMON_DOCUMENT_H
#define COMMON_DOCUMENT_H

#include <stddef.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/buf.h"
#include "common/err.h"
#include "common/slice.h"

enum block_kind {
    BLOCK_PARAGRAPH,
    BLOCK_TABLE,
};

/* How a cell's text came about. */
enum cell_reading {
    READING_TEXT,       /* the document says it in characters */
    READING_RECOGNIZED, /* seen in a picture; independent readings agree */
    READING_DOUBTFUL,   /* seen in a picture; only sums can confirm it */
};

/* A cell where it starts; rows and columns count from 0. */
struct document_cell {
    uint32_t row, col;
    uint32_t rowspan, colspan; /* at least 1, clipped to the table */
    uint32_t page;             /* from 1; 0 where the format has no pages */
    float box[4]; /* x0 y0 x1 y1 in points on that page; 0 without */
    enum cell_reading reading;
    struct slice text;
    /* What a picture may say instead of `text`, best first, with '\n'
     * between; only where reading is READING_DOUBTFUL. */
    struct slice alternatives;
};

struct document_table {
    uint32_t row_n, col_n;
    /* Depth of table nesting: 0 for a table outside all others.  The text
     * of a nested table is not part of the text of the cell around it.
     * The cells of layout tables (with tables in them, or a single cell)
     * are paragraphs of the document as well. */
    uint32_t depth;
    uint32_t cell_n;
    struct document_cell *cells; /* in order of row, then column */
    struct slice caption;        /* text of <caption>, or empty */
};

struct document_block {
    enum block_kind kind;
    uint32_t heading;  /* 1-6 for a heading paragraph, else 0 */
    uint32_t table;    /* index into tables, for BLOCK_TABLE */
    uint32_t page;     /* from 1; 0 where the format has no pages */
    struct slice text; /* the paragraph's, '\n' at line breaks */
};

/* A link as found: address not yet resolved. */
struct document_link {
    struct slice href;  /* as written, trimmed, entities decoded */
    struct slice text;  /* anchor text, white space collapsed */
    struct slice title; /* title attribute, or empty */
    struct slice date;  /* YYYY-MM-DD seen beside the link, or empty */
};

/* A <meta name= content=> pair or its like in another format. */
struct document_meta {
    struct slice name, content;
};

/* A picture on a web page that is little but pictures: its address. */
struct document_picture {
    struct slice src; /* as written, trimmed, entities decoded, no control
                       * characters */
};

/* A document that lies in this one, a container such as a zip file. */
struct document_part {
    struct slice name;  /* path in the container, '/' between folders; only
                         * provenance, never opened; may hold ".." */
    struct slice bytes; /* its content; empty where `error` is not */
    struct slice error; /* why it was not unpacked, with the codes of
                         * common/cage.h, or empty */
};

struct document {
    struct arena *arena;     /* owns every text and array below */
    struct slice reader;     /* name of the reader that made it */
    struct slice media_type; /* as detected from the content */
    struct slice charset;    /* as decoded, e.g. "UTF-8", "GB18030" */
    struct slice title;      /* <title> or the format's own title */
    struct slice base;       /* <base href>, or empty */
    uint32_t replaced_n;     /* bytes that did not decode, now U+FFFD */
    uint32_t block_n;
    struct document_block *blocks; /* in document order */
    uint32_t table_n;
    struct document_table *tables;
    uint32_t link_n;
    struct document_link *links;
    uint32_t meta_n;
    struct document_meta *metas;
    uint32_t picture_n;
    struct document_picture *pictures; /* only where links are asked for */
    uint32_t part_n;
    struct document_part *parts; /* in the container's order */
    uint32_t part_next; /* the first part that is not here; 0: all are */
};

/* Content of the meta with this name (case-insensitive), or { NULL, 0 }. */
struct slice document_meta_find(const struct document *doc, const char *name);

/* Append the encoded tree to `out`; a full buffer shows in buf_check. */
void document_encode(const struct document *doc, struct buf *out);

/*
 * Build the tree from encoded bytes; texts point into `in`, which must
 * outlive the document; arrays live in `arena`.  Every count is compared
 * with its LIMIT, every cell lies inside its table: ERR_INPUT otherwise.
 */
int document_decode(struct slice in, struct arena *arena, struct document *doc,
    struct err *err);

#endif
