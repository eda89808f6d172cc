/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ofd - a report as pages in an OFD file, in the ways that programs write
 * them.
 *
 * paper.c lays the blocks out on pages, as lines of text and boxes of cells;
 * ofd.c writes those as objects.  Millimetres, y down.
 */
#ifndef TESTS_GEN_OFD_H
#define TESTS_GEN_OFD_H

#include "tests/gen/gen.h"

/* What a writer may do; those of one group do not combine. */
enum ofd_way {
    OFD_RECTS = 1 << 0, /* a closed path around each cell */
    OFD_BARS = 1 << 1,  /* filled thin rectangles */
    OFD_ONE_PATH = 1 << 2,
    OFD_LONG = 1 << 3,   /* edges that meet as one line */
    OFD_GLYPHS = 1 << 4, /* each character an object */
    OFD_LIST = 1 << 5,   /* DeltaX without groups */
    OFD_NO_DELTA = 1 << 6,
    OFD_SCALED = 1 << 7, /* Size 1 and a CTM */
    OFD_TURNED = 1 << 8, /* pages drawn sideways */
    OFD_TURNED_BACK = 1 << 9,
    OFD_VERTICAL = 1 << 10, /* group labels written downwards */
    OFD_TEMPLATE = 1 << 11,
    OFD_GROUPED = 1 << 12, /* rulings as a CompositeObject */
    OFD_PARAMS = 1 << 13,  /* inks by DrawParam, white lines among them */
    OFD_HIDDEN = 1 << 14,  /* objects that nobody sees */
    OFD_WATERMARK = 1 << 15,
    OFD_STAMP = 1 << 16,     /* an annotation */
    OFD_GLYPH_IDS = 1 << 17, /* CGTransform */
    OFD_BLOCKS = 1 << 18,    /* PageBlock in PageBlock */
    OFD_TWO = 1 << 19,       /* two documents */
    OFD_STORED = 1 << 20,
    OFD_BACKSLASH = 1 << 21,
    OFD_ABSOLUTE = 1 << 22,
    OFD_VERSION = 1 << 23,
    OFD_REFERENCES = 1 << 24, /* characters as &#x...; */
    OFD_OPEN = 1 << 25,       /* no border where a page breaks */
    OFD_HEADER = 1 << 26,     /* header rows repeated */
    OFD_TORN = 1 << 27,       /* a page may break inside a row */
    OFD_WHOLE_PAGE = 1 << 28, /* each Boundary is the page */
    OFD_PICTURE = 1 << 29,    /* the pages are pictures */
    OFD_TWICE = 1 << 30,      /* bold by drawing it again */
};

struct ofd_way_name {
    const char *name, *words;
    unsigned way;
};
extern const struct ofd_way_name ofd_ways[];

struct ofd_order {
    unsigned ways;
    int break_row; /* a page ends before this row of all tables, or -1 */
};

/* Read "bars,open,break=12"; false at a name that is none. */
bool ofd_order_parse(struct ofd_order *o, char *names);

/* The OFD file of a document that gen_doc_new made. */
void ofd_render(
    const struct gen_doc *d, const struct ofd_order *order, struct buf *out);

/* ---- paper.c ------------------------------------------------------------ */

#define PAPER_WIDTH 210.0
#define PAPER_HEIGHT 297.0

struct paper_text {
    double x, y; /* left end of the base line */
    double size;
    const char *text;
    bool down; /* written downwards from there */
};

struct paper_cell {
    double x0, y0, x1, y1;
    bool open_top, open_bottom;
};

struct paper_page {
    struct paper_text *text;
    int text_n, text_cap;
    struct paper_cell *cell;
    int cell_n, cell_cap;
    bool starts_document; /* OFD_TWO */
};

struct paper {
    struct arena *arena;
    const struct ofd_order *order;
    struct paper_page page[64];
    int page_n;
    double y;  /* of the next block on the last page */
    int row_n; /* of all tables so far */
};

/* Lay the blocks out. */
struct paper *paper_new(const struct gen_doc *d, const struct ofd_order *order,
    struct arena *arena);

/* Bytes of the character, and its width in sizes. */
size_t paper_char(const char *p, double *width);

#endif
