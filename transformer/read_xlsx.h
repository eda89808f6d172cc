/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_xlsx - the parts of the XLSX reader, for each other only.
 *
 *   read_xlsx.c           bid, package, then sheet after sheet
 *   read_xlsx_book.c      what all sheets share: texts, styles, their order
 *   read_xlsx_sheet.c     one sheet's cells, merges, hidden rows and columns
 *
 * Tables and number formats are those of sheet.h.
 */
#ifndef TRANSFORMER_READ_XLSX_H
#define TRANSFORMER_READ_XLSX_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/buf.h"
#include "common/err.h"
#include "common/slice.h"
#include "transformer/ooxml.h"
#include "transformer/raised.h"
#include "transformer/sheet.h"

/* ---- book -------------------------------------------------------------- */

struct xlsx_style {
    struct slice format; /* empty: General */
    uint32_t border;     /* into the borders */
    uint32_t font;       /* into the fonts */
    bool bordered;       /* has a visible side */
    bool struck;         /* has a line through its text */
};

struct xlsx_sheet_name {
    struct slice id; /* of the relationship */
    bool hidden;
};

struct xlsx_format_code {
    uint32_t id;
    struct slice code;
};

/* How a piece of rich text looks. */
struct xlsx_run {
    bool is_raised, is_struck;
    struct raised raised;
};

struct xlsx_book {
    struct arena *arena;
    bool from_1904;
    struct xlsx_sheet_name *sheet;
    uint32_t sheet_n;
    struct slice *string; /* shared texts */
    uint32_t string_n, string_cap;
    struct xlsx_style *style; /* of cells */
    uint32_t style_n, style_cap;
    struct xlsx_format_code *format; /* defined by the book */
    uint32_t format_n, format_cap;
    bool *border; /* has a visible side */
    uint32_t border_n, border_cap;
    bool *font; /* has a line through its text */
    uint32_t font_n, font_cap;
    const char *trouble; /* what there is too much of, or NULL */
    /* While a part is being read: */
    struct buf text;
    struct xlsx_run run;
    bool begun, in_text, in_item, in_cell_styles, in_border;
    size_t text_total; /* bytes of texts, shared and of all cells */
};

void xlsx_book_init(struct xlsx_book *b, struct arena *arena);
void xlsx_book_clear(struct xlsx_book *b);

int xlsx_book_read(struct xlsx_book *b, struct ooxml *o, struct err *err);

/* Append `s` without the _xHHHH_ that stands for a character XML lacks. */
void xlsx_text_add(struct buf *out, struct slice s);

/* A text begins. */
void xlsx_run_begin(struct xlsx_run *r);

/* An element within a text opens; it may say how the run looks. */
void xlsx_run_open(
    struct xlsx_run *r, const char *name, const char *const *attributes);

/* Append a piece of the text. */
void xlsx_run_add(struct xlsx_run *r, struct buf *out, struct slice s);

/* ---- sheet ------------------------------------------------------------- */

/* Read the part `name`; texts live in the book's arena.  To be cleared on
 * error, too. */
int xlsx_sheet_read(struct sheet *s, struct zip_package *z, struct slice name,
    struct xlsx_book *book, struct err *err);

#endif
