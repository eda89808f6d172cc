/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_doc_file - where the parts of a Word file lie; the piece table.
 *
 * Text is not in order: the piece table (2.8.35) says which bytes of the
 * main stream are which characters.  Fast-saved files have many pieces,
 * with the properties of later edits on top of them.
 */
#include "transformer/read_doc.h"

#include "transformer/bytes.h"

enum {
    FIB_MAGIC = 0xa5ec,
    FIB_WORD_97 = 193, /* the first version with this header */
    FIB_PARTS = 154,   /* pairs of offset and length */
    FIB_ENCRYPTED = 0x0100,
    FIB_TABLE_1 = 0x0200,
    PIECE_BYTES = 8,
    PIECE_NARROW = 0x40000000,
};

/* ---- header
 * ----------------------------------------------------------------- */

bool doc_file_has_table_1(struct slice main)
{
    return bytes_u16(main, 10) & FIB_TABLE_1;
}

int doc_file_check(struct slice main, struct err *err)
{
    uint32_t magic = bytes_u16(main, 0);
    uint32_t version = bytes_u16(main, 2);

    /* Word 2 (0xa5db), Word 6 and 95 (0xa5dc, in the Far East 0xa697 and
     * 0xa699), and what calls itself Word 97 and is older. */
    if ((magic >= 0xa5db && magic < FIB_MAGIC) || magic == 0xa697 ||
        magic == 0xa699 || (magic == FIB_MAGIC && version < FIB_WORD_97))
        return err_set(err, ERR_INPUT,
            "reader.none: a document of Word 95 or older (version %u)",
            version);
    if (magic != FIB_MAGIC)
        return err_set(err, ERR_INPUT,
            "reader.broken: the stream WordDocument has no header of Word");
    if (bytes_u16(main, 10) & FIB_ENCRYPTED)
        return err_set(err, ERR_INPUT,
            "reader.encrypted: the document opens with a password only");
    if (main.len < FIB_PARTS + (DOC_PART_PIECES + 1) * 8)
        return err_set(
            err, ERR_INPUT, "reader.broken: the header of Word ends early");
    return 0;
}

static struct slice part_from(const struct doc_file *f, uint32_t i, bool on)
{
    uint32_t part_n = bytes_u16(f->main, FIB_PARTS - 2);
    size_t at = FIB_PARTS + (size_t)8 * i;
    uint32_t offset = bytes_u32(f->main, at);
    uint32_t len = bytes_u32(f->main, at + 4);
    struct slice s = bytes_part(f->table, offset, len);

    if (i >= part_n || len == 0)
        return (struct slice){ NULL, 0 };
    return on && s.len ? slice_from(f->table, offset) : s;
}

struct slice doc_file_part(const struct doc_file *f, enum doc_part part)
{
    return part_from(f, part, false);
}

struct slice doc_file_part_on(const struct doc_file *f, enum doc_part part)
{
    return part_from(f, part, true);
}

/* ---- pieces
 * ----------------------------------------------------------------- */

/* The modifiers that short properties of a piece stand for (2.9.215),
 * those that matter here. */
static const struct {
    uint8_t is;
    uint16_t code;
} short_looks[] = {
    { 0x0c, 0x260a }, /* list level */
    { 0x18, 0x2416 }, /* in a table */
    { 0x19, 0x2417 }, /* end of a row */
    { 0x41, 0x0800 }, /* deleted */
    { 0x53, 0x2a33 }, /* plain */
    { 0x57, 0x0837 }, /* struck out */
    { 0x5c, 0x083c }, /* hidden */
    { 0x75, 0x0855 }, /* special character */
    { 0x78, 0x2640 }, /* outline level */
};

static struct slice short_look(struct doc_file *f, uint32_t prm)
{
    for (size_t i = 0; i < sizeof(short_looks) / sizeof(short_looks[0]); i++) {
        char *list;

        if (short_looks[i].is != (prm >> 1 & 0x7f))
            continue;
        list = arena_alloc(f->arena, 3);
        list[0] = (char)(short_looks[i].code & 0xff);
        list[1] = (char)(short_looks[i].code >> 8);
        list[2] = (char)(prm >> 8);
        return (struct slice){ list, 3 };
    }
    return (struct slice){ NULL, 0 };
}

/* The lists of modifiers before the table, and the table itself (2.9.38). */
struct clx {
    struct slice *list;
    uint32_t list_n;
    struct slice table;
};

static int broken_pieces(struct err *err)
{
    return err_set(
        err, ERR_INPUT, "reader.broken: the piece table makes no sense");
}

static int read_clx(struct doc_file *f, struct clx *clx, struct err *err)
{
    struct slice s = doc_file_part(f, DOC_PART_PIECES);
    struct slice rest = s;

    *clx = (struct clx){ .list_n = 0 };
    while (bytes_u8(rest, 0) == 1) {
        rest = slice_from(rest, 3 + (size_t)bytes_u16(rest, 1));
        clx->list_n++;
    }
    clx->list = arena_alloc_n(f->arena, clx->list_n + 1, sizeof(*clx->list));
    for (uint32_t i = 0; i < clx->list_n; i++) {
        clx->list[i] = bytes_part(s, 3, bytes_u16(s, 1));
        s = slice_from(s, 3 + (size_t)bytes_u16(s, 1));
    }
    clx->table = bytes_part(rest, 5, bytes_u32(rest, 1));
    if (bytes_u8(rest, 0) != 2 || clx->table.len < 4)
        return broken_pieces(err);
    return 0;
}

static int read_piece(struct doc_file *f, const struct clx *clx,
    struct doc_piece *p, struct slice entry, struct err *err)
{
    uint32_t fc = bytes_u32(entry, 2);
    uint32_t prm = bytes_u16(entry, 6);
    uint64_t bytes = p->cp_end - p->cp;

    p->wide = !(fc & PIECE_NARROW);
    p->fc = p->wide ? fc : (fc & ~(uint32_t)PIECE_NARROW) / 2;
    if (p->cp_end < p->cp)
        return broken_pieces(err);
    if (p->wide)
        bytes *= 2;
    if (p->fc > f->main.len || bytes > f->main.len - p->fc)
        return err_set(err, ERR_INPUT,
            "reader.broken: the piece table points outside of the text");
    if (!(prm & 1))
        p->look = short_look(f, prm);
    else if (prm >> 1 < clx->list_n)
        p->look = clx->list[prm >> 1];
    return 0;
}

static int read_pieces(struct doc_file *f, struct err *err)
{
    struct clx clx;
    uint32_t n;

    if (read_clx(f, &clx, err) < 0)
        return -1;
    n = (uint32_t)((clx.table.len - 4) / (4 + PIECE_BYTES));
    f->piece = arena_alloc_n(f->arena, (size_t)n + 1, sizeof(*f->piece));
    f->piece_n = n;
    for (uint32_t i = 0; i < n; i++) {
        struct doc_piece *p = &f->piece[i];

        p->cp = bytes_u32(clx.table, (size_t)4 * i);
        p->cp_end = bytes_u32(clx.table, (size_t)4 * (i + 1));
        if (read_piece(f, &clx, p,
                slice_from(
                    clx.table, (size_t)4 * (n + 1) + (size_t)PIECE_BYTES * i),
                err) < 0)
            return -1;
    }
    return 0;
}

/* ---- stories
 * ---------------------------------------------------------------- */

/* The main text comes first, then footnotes, headers, comments, endnotes,
 * and then text boxes (2.4.1). */
static int read_stories(struct doc_file *f, struct err *err)
{
    static const uint8_t before[] = { 76, 80, 84, 92, 96 };
    uint32_t len = bytes_u32(f->main, 100);
    uint64_t cp = 0;

    f->text = (struct doc_story){ 0, bytes_u32(f->main, 76) };
    for (size_t i = 0; i < sizeof(before); i++)
        cp += bytes_u32(f->main, before[i]);
    /* No byte of a sound file is two characters. */
    if (cp + len > f->main.len)
        return err_set(err, ERR_INPUT,
            "reader.broken: more text is told than there are bytes");
    f->boxes = (struct doc_story){ (uint32_t)cp, (uint32_t)(cp + len) };
    if (f->text.cp_end > 0 &&
        (f->piece_n == 0 || f->piece[f->piece_n - 1].cp_end < f->text.cp_end))
        return err_set(err, ERR_INPUT,
            "reader.broken: the piece table ends before the text");
    return 0;
}

/* ---- fonts
 * ------------------------------------------------------------------ */

/* The number of the font "Symbol" (2.9.286), UINT32_MAX without. */
static uint32_t find_symbol_font(const struct doc_file *f)
{
    static const char name[] = "S\0y\0m\0b\0o\0l\0\0";
    struct slice s = slice_from(doc_file_part(f, DOC_PART_FONTS), 4);

    for (uint32_t i = 0; s.len; i++) {
        if (slice_starts(
                slice_from(s, 40), (struct slice){ name, sizeof(name) - 1 }))
            return i;
        s = slice_from(s, (size_t)bytes_u8(s, 0) + 1);
    }
    return UINT32_MAX;
}

int doc_file_read(struct doc_file *f, struct err *err)
{
    f->symbol_font = find_symbol_font(f);
    if (read_pieces(f, err) < 0)
        return -1;
    return read_stories(f, err);
}
