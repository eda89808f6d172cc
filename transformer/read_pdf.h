/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_pdf - what the files of the PDF reader share.
 *
 * In order: read_pdf opens the file within bounds and goes through its
 * pages, read_pdf_tree makes an honest page tree and keeps pictures from
 * being decoded, read_pdf_device takes down what a page draws, read_pdf_ink
 * judges what of it is seen and hands it on, read_pdf_render draws pages
 * that are pictures for recognition.
 *
 * MuPDF reports errors by longjmp: a function that it calls owns nothing of
 * its own, all it adds to belongs to the struct that it is given.
 */
#ifndef TRANSFORMER_READ_PDF_H
#define TRANSFORMER_READ_PDF_H

#include <stdbool.h>
#include <stdint.h>

#include <mupdf/fitz.h>
#include <mupdf/pdf.h>

#include "common/buf.h"
#include "common/err.h"
#include "common/slice.h"
#include "transformer/page.h"

/* Where writing goes on the page as it is shown. */
enum ink_way {
    INK_RIGHT,
    INK_DOWN,
    INK_LEFT,
    INK_UP,
};

struct ink_glyph {
    float x0, y0, x1, y1;
    uint32_t text, text_len; /* in ink->text */
    enum ink_way way;
    bool vertical; /* upright glyphs below each other */
    bool hidden;   /* invisible, or painted over */
    uint32_t twin; /* the one before it in its bucket of `ink_twins` */
};

struct ink_ruling {
    float x0, y0, x1, y1;
    bool hidden;
};

/* An area that was painted; what is white on it can be seen. */
struct ink_area {
    fz_rect box;
    bool white;
};

/* Glyphs by place, to find those drawn twice: shadow and poor man's bold. */
#define INK_TWINS 1024u

/* What one page draws, in points from the upper left corner. */
struct ink {
    float width, height;
    uint32_t glyph_n, glyph_cap;
    struct ink_glyph *glyphs;
    uint32_t ruling_n, ruling_cap;
    struct ink_ruling *rulings;
    uint32_t area_n, area_cap;
    struct ink_area *areas;
    struct buf text;
    uint32_t twins[INK_TWINS]; /* index + 1 of the last glyph there */
    double picture_area;       /* square points, overlaps counted twice */
    uint32_t curve_n;          /* paths that are no lines */
    bool frameless;            /* what is drawn now has no rulings */
    bool full;                 /* drew more than is kept */
};

void ink_init(struct ink *ink);
void ink_clear(struct ink *ink);

/* Start a page of this size. */
void ink_start(struct ink *ink, float width, float height);

/* Add a glyph; `text_len` bytes of its text are the last of ink->text. */
void ink_add_glyph(struct ink *ink, const struct ink_glyph *g);

/* A line, axis-parallel within half a point, else it is ignored. */
void ink_add_ruling(struct ink *ink, float x0, float y0, float x1, float y1);

/* What was drawn inside of `box` is painted over. */
void ink_cover(struct ink *ink, fz_rect box);
void ink_add_area(struct ink *ink, fz_rect box, bool white);

/* White ink is seen there, for something else was painted before. */
bool ink_shows_white(const struct ink *ink, float x, float y);

/* What a page says by itself. */
struct ink_verdict {
    uint32_t seen_n;     /* glyphs that are no white space */
    uint32_t unknown_n;  /* of these, without a character: U+FFFD */
    bool garbled;        /* its glyphs do not tell their characters */
    const char *picture; /* why its text is not all, or NULL */
};

struct ink_verdict ink_judge(const struct ink *ink);

/* Add what is seen to the document's next page. */
void ink_to_page(struct ink *ink, enum cell_reading reading, struct pages *p);

/* A device that draws into `ink`; `cookie` ends a page that is full. */
fz_device *pdf_new_ink_device(
    fz_context *ctx, struct ink *ink, fz_cookie *cookie);

/* Mend a page tree whose counts do not tell its pages, and return the number
 * of pages, at most LIMIT_PAGES + 1. */
int pdf_mend_page_tree(fz_context *ctx, pdf_document *doc);

/* Make the pictures that cannot be opened without decoding them into such
 * that can: for programs that do not look at them. */
void pdf_blind_pictures(fz_context *ctx, pdf_document *doc, struct slice in);

/* Draw the page and add what is recognised on it to the next of `p`. */
int pdf_recognize(fz_context *ctx, pdf_page *page, const struct ink *ink,
    struct pages *p, struct err *err);

#endif
