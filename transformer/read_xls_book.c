/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_xls_book - what all sheets share: texts, styles, their order.
 *
 * [MS-XLS] 2.1.7.20.1 for Excel 97 and later; Excel 5 and 95 have no shared
 * texts, and other styles.
 */
#include "common/limits.h"
#include "transformer/bytes.h"
#include "transformer/read_xls.h"

enum {
    FONT_STRUCK = 0x08
};

/* Excel itself allows 4,050 styles; texts are bounded by their bytes. */
#define STYLES_MAX 65536u
#define STRINGS_MAX 1000000u

/* Room for one more element: the array, or NULL past `max`. */
static void *room(struct xls_book *b, void *array, uint32_t n, uint32_t *cap,
    size_t size, uint32_t max, const char *what)
{
    void *more;

    if (n >= max) {
        b->trouble = what;
        return NULL;
    }
    if (n < *cap)
        return array;
    *cap = *cap ? *cap * 2 : 64;
    more = arena_alloc_n(b->arena, *cap, size);
    if (n)
        memcpy(more, array, n * size);
    return more;
}

void xls_book_clear(struct xls_book *b)
{
    buf_clear(&b->text);
}

/* ---- records ------------------------------------------------------------- */

/* Sides of a cell that are drawn ([MS-XLS] 2.5.20). */
static bool is_bordered(const struct xls_book *b, struct slice body)
{
    if (!b->biff5)
        return bytes_u16(body, 10) != 0;
    return (bytes_u32(body, 8) & 0x01c00000u) || (bytes_u32(body, 12) & 0x1ffu);
}

static void add_style(struct xls_book *b, struct slice body)
{
    struct xls_style *more = room(b, b->style, b->style_n, &b->style_cap,
        sizeof(*more), STYLES_MAX, "styles");

    if (!more)
        return;
    b->style = more;
    b->style[b->style_n++] =
        (struct xls_style){ .format_id = bytes_u16(body, 2),
            .font_id = bytes_u16(body, 0),
            .bordered = is_bordered(b, body) };
}

/* A font ([MS-XLS] 2.4.122). */
static void add_font(struct xls_book *b, struct slice body)
{
    unsigned *more = room(b, b->font, b->font_n, &b->font_cap, sizeof(*more),
        STYLES_MAX, "fonts");

    if (!more)
        return;
    b->font = more;
    b->font[b->font_n++] =
        (bytes_u16(body, 2) & FONT_STRUCK ? XLS_FONT_STRUCK : 0u) |
        (bytes_u16(body, 8) ? XLS_FONT_RAISED : 0u);
}

unsigned xls_font_of(const struct xls_book *book, uint32_t font)
{
    font -= font > 4;
    return font < book->font_n ? book->font[font] : 0;
}

/* Some programs count a character more than they write: a code is what
 * there is of it. */
static void add_format(struct xls_book *b, struct xls_records *r)
{
    struct xls_format *more = room(b, b->format, b->format_n, &b->format_cap,
        sizeof(*more), STYLES_MAX, "number formats");
    uint32_t id = bytes_u16(r->body, 0);

    r->body = slice_from(r->body, 2);
    buf_reset(&b->text);
    if (!more)
        return;
    xls_text(r, b, b->biff5 ? XLS_TEXT_SHORT : XLS_TEXT, &b->text);
    b->format = more;
    b->format[b->format_n++] =
        (struct xls_format){ id, arena_slice(b->arena, buf_slice(&b->text)) };
}

static void add_sheet(struct xls_book *b, struct slice body)
{
    if (b->sheet_n == LIMIT_SHEETS) {
        b->trouble = "sheets";
        return;
    }
    if (!b->sheet)
        b->sheet = arena_alloc_n(b->arena, LIMIT_SHEETS, sizeof(*b->sheet));
    b->sheet[b->sheet_n++] = (struct xls_sheet_name){
        .at = bytes_u32(body, 0),
        .hidden = bytes_u8(body, 4) & 3,
        .cells = bytes_u8(body, 5) == 0,
    };
}

/* Texts as long as there are some: what the record says of their number is
 * not needed. */
static bool read_strings(struct xls_book *b, struct xls_records *r)
{
    uint32_t n = bytes_u32(r->body, 4);

    r->body = slice_from(r->body, 8);
    while (b->string_n < n) {
        struct slice *more = room(b, b->string, b->string_n, &b->string_cap,
            sizeof(*more), STRINGS_MAX, "texts");

        buf_reset(&b->text);
        if (!more || !xls_text(r, b, XLS_TEXT_RICH, &b->text))
            return false;
        b->text_total += b->text.len;
        if (b->text_total > LIMIT_TREE_BYTES || b->text.failed) {
            b->trouble = "bytes of texts";
            return false;
        }
        b->string = more;
        b->string[b->string_n++] = arena_slice(b->arena, buf_slice(&b->text));
    }
    return true;
}

/* False when a text has no end. */
static bool take_record(struct xls_book *b, struct xls_records *r)
{
    switch (r->type) {
    case XLS_CODE_PAGE:
        b->codepage = bytes_u16(r->body, 0);
        return true;
    case XLS_DATE_1904:
        b->from_1904 = bytes_u16(r->body, 0) != 0;
        return true;
    case XLS_BOUND_SHEET:
        add_sheet(b, r->body);
        return true;
    case XLS_FORMAT:
        add_format(b, r);
        return true;
    case XLS_FONT:
        add_font(b, r->body);
        return true;
    case XLS_XF:
        add_style(b, r->body);
        return true;
    case XLS_SST:
        return read_strings(b, r);
    default:
        return true;
    }
}

/* ---- all ----------------------------------------------------------------- */

static struct slice format_of(const struct xls_book *b, uint32_t id)
{
    for (uint32_t i = 0; i < b->format_n; i++)
        if (b->format[i].id == id)
            return slice_eq_str(b->format[i].code, "General")
                       ? (struct slice){ NULL, 0 }
                       : b->format[i].code;
    return sheet_builtin_format(id);
}

/* The first record says which Excel wrote this. */
static int read_version(
    struct xls_book *b, struct xls_records *r, struct err *err)
{
    uint32_t version;

    if (!xls_next(r) || (r->type & 0xff) != (XLS_BOF & 0xff))
        return err_set(
            err, ERR_INPUT, "reader.broken: the stream is no workbook");
    version = bytes_u16(r->body, 0);
    if (r->type != XLS_BOF || (version != 0x0600 && version != 0x0500))
        return err_set(err, ERR_INPUT,
            "reader.none: no reader for workbooks of Excel 4 or older");
    b->biff5 = version == 0x0500;
    return 0;
}

int xls_book_read(struct xls_book *b, struct err *err)
{
    struct xls_records r = { .left = b->stream };
    bool whole = true;

    b->codepage = 1252;
    buf_init(&b->text, LIMIT_TREE_BYTES);
    if (read_version(b, &r, err) < 0)
        return -1;
    while (whole && !b->trouble && xls_next(&r) && r.type != XLS_EOF) {
        if (r.type == XLS_FILE_PASS)
            return err_set(err, ERR_INPUT,
                "reader.encrypted: the workbook asks for a password");
        whole = take_record(b, &r);
    }
    if (b->trouble)
        return err_set(
            err, ERR_LIMIT, "reader.size: a book of too many %s", b->trouble);
    if (!whole || r.type != XLS_EOF)
        return err_set(err, ERR_INPUT, "reader.broken: the book is cut off");
    for (uint32_t i = 0; i < b->style_n; i++) {
        struct xls_style *style = &b->style[i];

        style->format = format_of(b, style->format_id);
        style->struck = xls_font_of(b, style->font_id) & XLS_FONT_STRUCK;
    }
    return 0;
}
