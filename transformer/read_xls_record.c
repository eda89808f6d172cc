/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_xls_record - records, and texts that go on in the next one.
 *
 * [MS-XLS] 2.1.4: a record holds 8,224 bytes at most, and goes on in
 * CONTINUE records.  A text cut between two characters says anew, in a
 * byte of its own, whether its characters have one byte or two.
 */
#include "common/limits.h"
#include "transformer/bytes.h"
#include "transformer/charset.h"
#include "transformer/raised.h"
#include "transformer/read_xls.h"
#include "transformer/struck.h"

enum {
    HEAD_BYTES = 4,
    FLAG_WIDE = 0x01,
    FLAG_PHONETIC = 0x04,
    FLAG_RICH = 0x08,
};

bool xls_next(struct xls_records *r)
{
    size_t len = bytes_u16(r->left, 2);

    if (r->left.len < HEAD_BYTES)
        return false;
    if (r->left.len - HEAD_BYTES < len) {
        r->cut = true;
        return false;
    }
    r->type = bytes_u16(r->left, 0);
    r->body = bytes_part(r->left, HEAD_BYTES, len);
    r->left = slice_from(r->left, HEAD_BYTES + len);
    return true;
}

/* On to the CONTINUE record behind this one, when there is one. */
static bool go_on(struct xls_records *r)
{
    return bytes_u16(r->left, 0) == XLS_CONTINUE && r->left.len >= HEAD_BYTES &&
           xls_next(r);
}

/* Bytes at hand, at least 1; false when the record and those that continue
 * it are at an end. */
static bool have(struct xls_records *r)
{
    while (!r->body.len)
        if (!go_on(r))
            return false;
    return true;
}

/* A little-endian number of `n` bytes. */
static bool take(struct xls_records *r, int n, uint32_t *value)
{
    *value = 0;
    for (int i = 0; i < n; i++) {
        if (!have(r))
            return false;
        *value |= bytes_u8(r->body, 0) << (8 * i);
        r->body = slice_skip(r->body, 1);
    }
    return true;
}

static bool pass(struct xls_records *r, uint64_t n)
{
    while (n) {
        size_t some;

        if (!have(r))
            return false;
        some = r->body.len < n ? r->body.len : (size_t)n;
        r->body = slice_skip(r->body, some);
        n -= some;
    }
    return true;
}

/* A unit of UTF-16; halves wait in *high for each other. */
static void add_unit(struct buf *out, uint32_t *high, uint32_t c)
{
    if (*high && c >= 0xdc00 && c < 0xe000) {
        c = 0x10000 + ((*high - 0xd800) << 10) + (c - 0xdc00);
        *high = 0;
    }
    if (*high)
        charset_add_char(out, UINT32_MAX);
    *high = c >= 0xd800 && c < 0xdc00 ? c : 0;
    if (*high || (c < 0x20 && c != '\n' && c != '\t'))
        return;
    charset_add_char(out, c);
}

/* `n` characters, wide or not, as the flags say at each cut. */
static bool take_units(
    struct xls_records *r, uint32_t n, bool wide, struct buf *out)
{
    uint32_t high = 0, c, flags;

    for (; n; n--) {
        if (!r->body.len) {
            if (!have(r) || !take(r, 1, &flags))
                return false;
            wide = flags & FLAG_WIDE;
        }
        if (!take(r, wide ? 2 : 1, &c))
            return false;
        add_unit(out, &high, c);
    }
    if (high)
        charset_add_char(out, UINT32_MAX);
    return true;
}

/* As Excel 5 and 95 write it: bytes of the book's code page. */
static bool take_bytes(
    struct xls_records *r, struct xls_book *book, uint32_t n, struct buf *out)
{
    struct slice bytes = bytes_part(r->body, 0, n);

    if (bytes.len < n)
        return false;
    r->body = slice_from(r->body, n);
    book->replaced_n += charset_add(out, bytes, book->codepage);
    return true;
}

/* Bytes of the first `n` units of UTF-16. */
static size_t bytes_of_units(struct slice s, uint32_t n)
{
    size_t i = 0;

    while (i < s.len && n) {
        n -= (unsigned char)s.p[i] >= 0xf0 && n > 1 ? 2 : 1;
        for (i++; i < s.len && ((unsigned char)s.p[i] & 0xc0) == 0x80; i++) {
        }
    }
    return i;
}

/* `part` of a text in a font. */
static void take_run(
    struct buf *out, struct slice part, unsigned font, struct raised *raised)
{
    size_t from = out->len;

    buf_add_slice(out, part);
    if (font & XLS_FONT_STRUCK)
        struck_take(out, from);
    raised_take(raised, out, from, font & XLS_FONT_RAISED);
}

/* The runs of fonts behind a text, which stands in `out` from `from` on. */
static bool take_runs(struct xls_records *r, const struct xls_book *book,
    uint32_t run_n, size_t from, struct buf *out)
{
    struct buf copy;
    struct slice left;
    struct raised raised = { .on = false };
    uint32_t at = 0, next = 0, font = 0;
    unsigned look = 0;
    bool ok = true;

    buf_init(&copy, LIMIT_TREE_BYTES);
    buf_add(&copy, out->p + from, out->len - from);
    left = buf_slice(&copy);
    out->len = from;
    for (; ok && run_n; run_n--) {
        size_t len;

        ok = take(r, 2, &next) && take(r, 2, &font);
        len = bytes_of_units(left, next > at ? next - at : 0);
        take_run(out, (struct slice){ left.p, len }, look, &raised);
        left = slice_from(left, len);
        at = next > at ? next : at;
        look = xls_font_of(book, font);
    }
    take_run(out, left, look, &raised);
    buf_clear(&copy);
    return ok;
}

bool xls_text(struct xls_records *r, struct xls_book *book,
    enum xls_text_kind kind, struct buf *out)
{
    uint32_t n, flags, run_n = 0, phonetic_len = 0;
    size_t from = out->len;

    if (!take(r, kind == XLS_TEXT_SHORT ? 1 : 2, &n))
        return false;
    if (book->biff5)
        return take_bytes(r, book, n, out);
    if (!take(r, 1, &flags))
        return n == 0;
    if (kind == XLS_TEXT_RICH && (flags & FLAG_RICH) && !take(r, 2, &run_n))
        return false;
    if (kind == XLS_TEXT_RICH && (flags & FLAG_PHONETIC) &&
        !take(r, 4, &phonetic_len))
        return false;
    return take_units(r, n, flags & FLAG_WIDE, out) &&
           (!run_n || take_runs(r, book, run_n, from, out)) &&
           pass(r, phonetic_len);
}
