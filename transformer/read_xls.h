/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_xls - the parts of the XLS reader, for each other only.
 *
 *   read_xls.c          bid, the stream, then sheet after sheet
 *   read_xls_record.c   records, and texts that go on in the next one
 *   read_xls_book.c     what all sheets share: texts, styles, their order
 *   read_xls_sheet.c    one sheet's cells
 *
 * Tables and number formats are those of sheet.h.
 */
#ifndef TRANSFORMER_READ_XLS_H
#define TRANSFORMER_READ_XLS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/buf.h"
#include "common/err.h"
#include "common/slice.h"
#include "transformer/sheet.h"

/* ---- records ------------------------------------------------------------- */

/* [MS-XLS] 2.3; those of BIFF5 have the same numbers. */
enum xls_type {
    XLS_FORMULA = 0x0006,
    XLS_EOF = 0x000a,
    XLS_DATE_1904 = 0x0022,
    XLS_FILE_PASS = 0x002f,
    XLS_FONT = 0x0031,
    XLS_CONTINUE = 0x003c,
    XLS_CODE_PAGE = 0x0042,
    XLS_COL_INFO = 0x007d,
    XLS_BOUND_SHEET = 0x0085,
    XLS_MUL_RK = 0x00bd,
    XLS_MUL_BLANK = 0x00be,
    XLS_RSTRING = 0x00d6,
    XLS_XF = 0x00e0,
    XLS_MERGE_CELLS = 0x00e5,
    XLS_SST = 0x00fc,
    XLS_LABEL_SST = 0x00fd,
    XLS_BLANK = 0x0201,
    XLS_NUMBER = 0x0203,
    XLS_LABEL = 0x0204,
    XLS_BOOL_ERR = 0x0205,
    XLS_STRING = 0x0207,
    XLS_ROW = 0x0208,
    XLS_FORMULA_3 = 0x0206, /* as Excel 3 and 4 number it: some write that */
    XLS_WINDOW2 = 0x023e,
    XLS_RK = 0x027e,
    XLS_FORMULA_4 = 0x0406,
    XLS_FORMAT = 0x041e,
    XLS_BOF = 0x0809,
};

struct xls_records {
    struct slice left; /* behind the record at hand */
    uint32_t type;
    struct slice body; /* of the record at hand, as far as it is not read */
    bool cut;          /* a record says more bytes than there are */
};

/* The next record; false at the end of the stream. */
bool xls_next(struct xls_records *r);

/* How long a text is, and whether a byte of flags stands before it. */
enum xls_text_kind {
    XLS_TEXT_SHORT, /* one byte of length: names of sheets */
    XLS_TEXT,       /* two bytes */
    XLS_TEXT_RICH,  /* two bytes; fonts and readings may follow */
};

struct xls_book;

/* Append the text at hand, which may go on in CONTINUE records; false when
 * it does not end. */
bool xls_text(struct xls_records *r, struct xls_book *book,
    enum xls_text_kind kind, struct buf *out);

/* ---- book ---------------------------------------------------------------- */

struct xls_style {
    uint32_t format_id, font_id;
    struct slice format; /* empty: General */
    bool bordered;       /* has a visible side */
    bool struck;         /* has a line through its text */
};

/* What a font does to its text. */
enum xls_font {
    XLS_FONT_RAISED = 1 << 0, /* or below the line */
    XLS_FONT_STRUCK = 1 << 1,
};

struct xls_format {
    uint32_t id;
    struct slice code;
};

struct xls_sheet_name {
    uint32_t at; /* of its first record in the stream */
    bool hidden;
    bool cells; /* no chart, no macros */
};

struct xls_book {
    struct arena *arena;
    struct slice stream;
    bool biff5;        /* Excel 5 and 95: bytes of a code page */
    uint32_t codepage; /* of those */
    bool from_1904;
    struct xls_sheet_name *sheet;
    uint32_t sheet_n;
    struct slice *string; /* shared texts */
    uint32_t string_n, string_cap;
    unsigned *font; /* enum xls_font */
    uint32_t font_n, font_cap;
    struct xls_style *style;
    uint32_t style_n, style_cap;
    struct xls_format *format;
    uint32_t format_n, format_cap;
    size_t text_total;   /* bytes of texts, shared and of all cells */
    size_t walked;       /* bytes of records, sheets that overlap twice */
    uint32_t replaced_n; /* bytes of texts that did not decode */
    const char *trouble; /* what there is too much of, or NULL */
    struct buf text;
};

/* What font number `font` does: enum xls_font.  No number 4 exists
 * ([MS-XLS] 2.5.129). */
unsigned xls_font_of(const struct xls_book *book, uint32_t font);

/* `book` has its arena and stream; clear it in any case. */
int xls_book_read(struct xls_book *book, struct err *err);
void xls_book_clear(struct xls_book *book);

/* ---- sheet --------------------------------------------------------------- */

/* Read the sheet whose records begin at `at`; texts live in the book's
 * arena.  To be cleared on error, too. */
int xls_sheet_read(
    struct sheet *s, struct xls_book *book, uint32_t at, struct err *err);

#endif
