/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_xls_sheet - one sheet's cells.
 *
 * [MS-XLS] 2.1.7.20.5.  Charts inside a sheet are streams of their own
 * between BOF and EOF, and are passed over.
 */
#include "transformer/read_xls.h"

#include <stdio.h>

#include "common/limits.h"
#include "transformer/bytes.h"
#include "transformer/struck.h"

enum {
    ROW_HIDDEN = 0x20,
    COL_HIDDEN = 0x01,
    WINDOW_ZEROS = 0x10,   /* zeros are shown */
    FORMULA_RECALC = 0x01, /* the result is to be made when it is opened */
};

struct reading {
    struct sheet *sheet;
    struct xls_book *book;
    uint32_t row, col;             /* of the formula whose text comes next */
    const struct xls_style *style; /* of the cell at hand, or NULL */
    bool waits;
    bool no_zeros;
    const char *broken; /* what is wrong, or NULL */
};

/* ---- cells --------------------------------------------------------------- */

static void put_struck(
    struct reading *r, uint32_t row, uint32_t col, struct slice text)
{
    struct buf b;

    buf_init(&b, LIMIT_TREE_BYTES);
    buf_add_slice(&b, text);
    struck_take(&b, 0);
    sheet_cell(r->sheet, row, col, buf_slice(&b));
    buf_clear(&b);
}

static void put_text(
    struct reading *r, uint32_t row, uint32_t col, struct slice text)
{
    if (col >= SHEET_COLS)
        r->broken = "a cell beyond the last column";
    else if (r->style && r->style->struck)
        put_struck(r, row, col, text);
    else
        sheet_cell(r->sheet, row, col, text);
}

/* What every cell says first: its row, its column, its style. */
static void open_cell(struct reading *r, uint32_t row, uint32_t style)
{
    r->style = style < r->book->style_n ? &r->book->style[style] : NULL;
    if (r->style && r->style->bordered)
        sheet_rule_row(r->sheet, row);
}

/* A number, or with zeros off nothing for 0. */
static void put_number(
    struct reading *r, uint32_t row, uint32_t col, double value)
{
    const struct xls_style *is = r->style;
    struct buf *text = &r->book->text;

    if (r->no_zeros && value == 0)
        return;
    buf_reset(text);
    sheet_format(is ? is->format : (struct slice){ NULL, 0 }, value,
        r->book->from_1904, text);
    put_text(r, row, col, buf_slice(text));
}

/* [MS-XLS] 2.5.198.2 */
static void put_bool_error(
    struct reading *r, uint32_t row, uint32_t col, uint32_t value, bool error)
{
    static const struct {
        uint32_t code;
        const char *text;
    } errors[] = {
        { 0x00, "#NULL!" },
        { 0x07, "#DIV/0!" },
        { 0x0f, "#VALUE!" },
        { 0x17, "#REF!" },
        { 0x1d, "#NAME?" },
        { 0x24, "#NUM!" },
        { 0x2a, "#N/A" },
    };
    const char *text = error ? "#ERROR!" : value ? "TRUE" : "FALSE";

    for (size_t i = 0; error && i < sizeof(errors) / sizeof(errors[0]); i++)
        if (errors[i].code == value)
            text = errors[i].text;
    put_text(r, row, col, slice_str(text));
}

/* ---- numbers ------------------------------------------------------------- */

static double double_at(struct slice s, size_t at)
{
    uint64_t bits = (uint64_t)bytes_u32(s, at + 4) << 32 | bytes_u32(s, at);
    double value;

    memcpy(&value, &bits, sizeof(value));
    return value;
}

/* [MS-XLS] 2.5.217: 30 bits of an integer or of a double's top, maybe a
 * hundred times too large. */
static double rk(uint32_t bits)
{
    uint64_t top = (uint64_t)(bits & ~3u) << 32;
    double value;

    if (bits & 2)
        value = (double)(int32_t)(bits & ~3u) / 4;
    else
        memcpy(&value, &top, sizeof(value));
    return bits & 1 ? value / 100 : value;
}

/* A row of numbers, or of nothing but looks. */
static void take_many(struct reading *r, struct slice body, bool numbers)
{
    uint32_t row = bytes_u16(body, 0), col = bytes_u16(body, 2);
    size_t each = numbers ? 6 : 2;

    for (size_t at = 4; at + each + 2 <= body.len; at += each, col++) {
        open_cell(r, row, bytes_u16(body, at));
        if (numbers)
            put_number(r, row, col, rk(bytes_u32(body, at + 2)));
    }
}

/* The result as it was when the book was saved.  Programs that cannot
 * calculate save 0 and ask for it: that is no result. */
static void take_formula(struct reading *r, struct slice body)
{
    uint32_t row = bytes_u16(body, 0), col = bytes_u16(body, 2);
    uint32_t kind = bytes_u8(body, 6), value = bytes_u8(body, 8);
    double number = double_at(body, 6);

    if (bytes_u16(body, 12) != 0xffff) {
        if (number == 0 && (bytes_u16(body, 14) & FORMULA_RECALC))
            put_text(r, row, col, SLICE_LIT("=?"));
        else
            put_number(r, row, col, number);
        return;
    }
    r->waits = kind == 0;
    r->row = row;
    r->col = col;
    if (kind == 1 || kind == 2)
        put_bool_error(r, row, col, value, kind == 2);
}

/* ---- texts --------------------------------------------------------------- */

static void take_shared(struct reading *r, struct slice body)
{
    uint32_t i = bytes_u32(body, 6);

    if (i >= r->book->string_n)
        r->broken = "a text that the book does not have";
    else
        put_text(r, bytes_u16(body, 0), bytes_u16(body, 2), r->book->string[i]);
}

/* The text at hand. */
static void take_text(
    struct reading *r, struct xls_records *records, uint32_t row, uint32_t col)
{
    struct buf *text = &r->book->text;

    buf_reset(text);
    if (xls_text(records, r->book, XLS_TEXT, text) && !text->failed)
        put_text(r, row, col, buf_slice(text));
    else
        r->broken = "a text without its end";
}

static void take_label(struct reading *r, struct xls_records *records)
{
    uint32_t row = bytes_u16(records->body, 0);
    uint32_t col = bytes_u16(records->body, 2);

    records->body = slice_from(records->body, 6);
    take_text(r, records, row, col);
}

/* ---- around them --------------------------------------------------------- */

static void take_merges(struct reading *r, struct slice body)
{
    uint32_t n = bytes_u16(body, 0);

    for (size_t at = 2; n && at + 8 <= body.len; at += 8, n--) {
        struct sheet_range range = { .row = bytes_u16(body, at),
            .row_end = bytes_u16(body, at + 2) + 1,
            .col = bytes_u16(body, at + 4),
            .col_end = bytes_u16(body, at + 6) + 1 };

        if (range.row < range.row_end && range.col < range.col_end &&
            range.col_end <= SHEET_COLS)
            sheet_merge(r->sheet, &range);
    }
}

static void take_look(struct reading *r, uint32_t type, struct slice body)
{
    if (type == XLS_ROW && (bytes_u16(body, 12) & ROW_HIDDEN))
        sheet_hide_row(r->sheet, bytes_u16(body, 0));
    if (type == XLS_COL_INFO && (bytes_u16(body, 8) & COL_HIDDEN))
        sheet_hide_cols(r->sheet, bytes_u16(body, 0), bytes_u16(body, 2) + 1);
    if (type == XLS_MERGE_CELLS)
        take_merges(r, body);
}

/* A record shorter than what it must say is none of ours. */
static bool is_whole(const struct xls_records *records)
{
    static const struct {
        uint32_t type;
        size_t len;
    } least[] = {
        { XLS_FORMULA, 16 },
        { XLS_FORMULA_3, 16 },
        { XLS_FORMULA_4, 16 },
        { XLS_NUMBER, 14 },
        { XLS_RK, 10 },
        { XLS_BOOL_ERR, 8 },
        { XLS_LABEL_SST, 10 },
        { XLS_LABEL, 8 },
        { XLS_RSTRING, 8 },
        { XLS_MUL_RK, 12 },
    };

    for (size_t i = 0; i < sizeof(least) / sizeof(least[0]); i++)
        if (least[i].type == records->type)
            return records->body.len >= least[i].len;
    return true;
}

static void take_record(struct reading *r, struct xls_records *records)
{
    struct slice body = records->body;
    uint32_t row = bytes_u16(body, 0), col = bytes_u16(body, 2);
    uint32_t style = bytes_u16(body, 4);

    if (!is_whole(records)) {
        r->broken = "a cell that is cut off";
        return;
    }
    switch (records->type) {
    case XLS_BLANK:
    case XLS_FORMULA:
    case XLS_FORMULA_3:
    case XLS_FORMULA_4:
    case XLS_NUMBER:
    case XLS_RK:
    case XLS_BOOL_ERR:
    case XLS_LABEL_SST:
    case XLS_LABEL:
    case XLS_RSTRING:
        open_cell(r, row, style);
        break;
    default:
        break;
    }
    switch (records->type) {
    case XLS_FORMULA:
    case XLS_FORMULA_3:
    case XLS_FORMULA_4:
        take_formula(r, body);
        break;
    case XLS_STRING:
        if (r->waits)
            take_text(r, records, r->row, r->col);
        r->waits = false;
        break;
    case XLS_NUMBER:
        put_number(r, row, col, double_at(body, 6));
        break;
    case XLS_RK:
        put_number(r, row, col, rk(bytes_u32(body, 6)));
        break;
    case XLS_BOOL_ERR:
        put_bool_error(r, row, col, bytes_u8(body, 6), bytes_u8(body, 7));
        break;
    case XLS_LABEL_SST:
        take_shared(r, body);
        break;
    case XLS_LABEL:
    case XLS_RSTRING:
        take_label(r, records);
        break;
    case XLS_MUL_RK:
    case XLS_MUL_BLANK:
        take_many(r, body, records->type == XLS_MUL_RK);
        break;
    default:
        take_look(r, records->type, body);
        break;
    }
}

/* ---- all ----------------------------------------------------------------- */

/* The next record of the sheet itself; false at its end. */
static bool next(struct xls_records *records, uint32_t *depth)
{
    while (xls_next(records)) {
        if (records->type == XLS_BOF) {
            ++*depth;
        } else if (records->type == XLS_EOF) {
            if (--*depth == 0)
                return false;
        } else if (*depth == 1) {
            return true;
        }
    }
    return false;
}

/* Whether zeros are shown stands behind the cells. */
static bool hides_zeros(struct xls_records records)
{
    uint32_t depth = 1;

    while (next(&records, &depth))
        if (records.type == XLS_WINDOW2)
            return !(bytes_u16(records.body, 0) & WINDOW_ZEROS);
    return false;
}

int xls_sheet_read(
    struct sheet *s, struct xls_book *book, uint32_t at, struct err *err)
{
    struct xls_records records = { .left = slice_from(book->stream, at) };
    struct reading r = { .sheet = s, .book = book };
    uint32_t depth = 1;

    sheet_init(s, book->arena, &book->text_total);
    if (!xls_next(&records) || records.type != XLS_BOF)
        return err_set(err, ERR_INPUT,
            "reader.broken: the workbook does not say where a sheet is");
    r.no_zeros = hides_zeros(records);
    while (!r.broken && !s->trouble[0] && next(&records, &depth))
        take_record(&r, &records);
    book->walked += book->stream.len - at - records.left.len;
    if (r.broken)
        return err_set(
            err, ERR_INPUT, "reader.broken: a sheet with %s", r.broken);
    if (!s->trouble[0] && depth)
        return err_set(err, ERR_INPUT, "reader.broken: a sheet is cut off");
    if (book->walked > book->stream.len)
        return err_set(
            err, ERR_INPUT, "reader.broken: sheets lie over each other");
    return sheet_end(s, err);
}
