/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page - a document as ink on pages, and the grids found in it.
 *
 * Readers of formats that know only positions (PDF, OFD, pictures) say what
 * lies where: runs of text and rulings.  pages_to_tree finds the tables,
 * their spans and what belongs together over page breaks, and builds the
 * document tree; the readers know nothing of tables.
 *
 * Points (1/72 inch), x to the right, y down, from the upper left corner of
 * the page as it is shown (rotation undone by the reader).
 */
#ifndef TRANSFORMER_PAGE_H
#define TRANSFORMER_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/document.h"
#include "common/err.h"
#include "common/slice.h"

/* One glyph, or a word or cell seen in a picture.  Runs of a page are in the
 * order of its content. */
struct page_run {
    float x0, y0, x1, y1; /* the box of its advance and font height */
    bool vertical;        /* written downwards (Identity-V and the like) */
    bool struck;          /* a line is drawn through it */
    enum cell_reading reading;
    struct slice text;         /* UTF-8, as the format says it */
    struct slice alternatives; /* as in document_cell */
};

/* A drawn line, an edge of a drawn rectangle, or a thin filled rectangle:
 * its middle line.  Axis-parallel: y0 == y1 or x0 == x1, x0 <= x1, y0 <= y1. */
struct page_ruling {
    float x0, y0, x1, y1;
};

struct page {
    float width, height;
    uint32_t run_n, run_cap;
    struct page_run *runs;
    uint32_t ruling_n, ruling_cap;
    struct page_ruling *rulings;
};

/* The pages of one document in their order; page numbers count from 1. */
struct pages {
    struct arena *arena; /* owns every text and array */
    uint32_t page_n;
    struct page *pages;       /* room for LIMIT_PAGES */
    uint32_t run_n, ruling_n; /* of all pages */
    int turn; /* right angles that the last turned picture was turned by */
    char trouble[160]; /* "reader.size: ...", empty while all is well */
};

void pages_init(struct pages *p, struct arena *arena);

/* Start the next page.  NULL past LIMIT_PAGES, which pages_to_tree reports. */
struct page *pages_add(struct pages *p, float width, float height);

/* Make radicals in the UTF-8 `text` the characters that look the same; both
 * take three bytes. */
void page_fold_radicals(char *text, size_t len);

/* Append; texts are copied, without radicals.  Past the LIMITs nothing is
 * added, and pages_to_tree reports it.  Runs without text or with coordinates
 * that are no finite number or far outside any page are ignored; so is such a
 * ruling and one that is not axis-parallel within half a point. */
void page_add_run(
    struct pages *p, struct page *page, const struct page_run *run);
void page_add_ruling(
    struct pages *p, struct page *page, float x0, float y0, float x1, float y1);

/*
 * Find tables and paragraphs and append them to `doc` (arena set), in
 * reading order, every cell and block with its page and every cell with its
 * box.  ERR_LIMIT with the limit that was passed.
 */
int pages_to_tree(const struct pages *p, struct document *doc, struct err *err);

#endif
