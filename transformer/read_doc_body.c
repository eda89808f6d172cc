/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_doc_body - goes through the text, once.
 *
 * What Word shows when all tracked changes are accepted.  The properties of
 * a paragraph are those of the character at its end, so its text comes
 * first.  As in read_docx_flow.c the paragraphs of all cells are emitted,
 * and taken back when a table ends that held no other table.
 */
#include "transformer/read_doc.h"

#include <assert.h>

#include "common/mem.h"
#include "transformer/bytes.h"
#include "transformer/struck.h"
#include "transformer/utf16.h"

/* Fields inside each other. */
#define FIELDS_MAX 64u

/* Characters with a meaning (2.4.1, 2.8.25). */
enum character {
    CHAR_CELL_END = 0x07,
    CHAR_TAB = 0x09,
    CHAR_LINE = 0x0b,
    CHAR_PAGE = 0x0c, /* or the end of a section */
    CHAR_PARAGRAPH_END = 0x0d,
    CHAR_COLUMN = 0x0e,
    CHAR_FIELD = 0x13,
    CHAR_FIELD_RESULT = 0x14,
    CHAR_FIELD_END = 0x15,
    CHAR_HYPHEN = 0x1e, /* at which no line ends */
    CHAR_SYMBOL = 0x28, /* in a run with a symbol; Word calls few special */
};

/* An open table. */
struct level {
    struct doc_grid grid;
    struct buf text; /* of the open cell */
    struct slice cell[DOC_CELLS_MAX];
    uint32_t cell_n;
    uint32_t block_n; /* of the document when the table had begun */
    bool layout;      /* holds other tables */
};

struct body {
    struct doc_file *f;
    struct doc_styles *styles;
    struct docx_numbers *numbers;
    struct tree *tree;
    struct level *level; /* open tables, outermost first */
    uint32_t level_n, level_cap;
    struct buf text; /* of the open paragraph */
    struct raised raised;
    struct utf16 utf16;
    const struct doc_piece *piece;
    struct doc_run run;
    uint32_t fields; /* open ones */
    uint64_t codes;  /* of them, those whose instruction is passing by */
};

/* ---- tables
 * ----------------------------------------------------------------- */

static void open_table(struct body *b)
{
    struct level *l;

    if (b->level_n)
        b->level[b->level_n - 1].layout = true;
    if (b->level_n == b->level_cap) {
        uint32_t cap = b->level_cap ? b->level_cap * 2 : 2;

        b->level = mem_realloc_n(b->level, cap, sizeof(*b->level));
        for (uint32_t i = b->level_cap; i < cap; i++)
            buf_init(&b->level[i].text, LIMIT_TREE_BYTES);
        b->level_cap = cap;
    }
    assert(b->level);
    l = &b->level[b->level_n];
    doc_grid_open(&l->grid, b->tree, b->level_n);
    buf_reset(&l->text);
    l->cell_n = 0;
    l->block_n = b->tree->doc->block_n;
    l->layout = false;
    b->level_n++;
}

static void end_cell(struct body *b, struct level *l)
{
    if (l->text.failed)
        tree_fail(b->tree, "reader.size: a cell of more than %u bytes",
            LIMIT_TREE_BYTES);
    if (l->cell_n == DOC_CELLS_MAX) {
        tree_fail(
            b->tree, "reader.size: a row of more than %u cells", DOC_CELLS_MAX);
        return;
    }
    l->cell[l->cell_n++] = tree_text(b->tree, slice_trim(buf_slice(&l->text)));
    buf_reset(&l->text);
}

static void end_row(struct body *b, struct level *l, const struct doc_row *row)
{
    doc_grid_row(&l->grid, b->tree, row, l->cell, l->cell_n);
    l->cell_n = 0;
    buf_reset(&l->text);
}

static void close_table(struct body *b)
{
    static const struct doc_row undivided = { .n = 0 };
    struct level *l = &b->level[b->level_n - 1];

    /* A row without its end: what there is of it. */
    if (l->text.len)
        end_cell(b, l);
    if (l->cell_n)
        end_row(b, l, &undivided);
    doc_grid_close(&l->grid, b->tree);
    if (!l->layout)
        tree_cut(b->tree, l->block_n);
    b->level_n--;
}

/* The tables that a paragraph stands in. */
static void go_to_depth(struct body *b, const struct doc_paragraph *p)
{
    int64_t depth = p->depth > 0 ? p->depth : p->in_table;

    if (depth > LIMIT_TABLE_DEPTH) {
        tree_fail(b->tree, "reader.depth: more than %u tables nested",
            LIMIT_TABLE_DEPTH);
        return;
    }
    while (b->level_n > depth)
        close_table(b);
    while (b->level_n < depth && !tree_failed(b->tree))
        open_table(b);
}

/* ---- paragraphs
 * ------------------------------------------------------------- */

/* To the cell around it, and as a paragraph of its own. */
static void emit(struct body *b, const struct doc_paragraph *p)
{
    struct level *l = b->level_n ? &b->level[b->level_n - 1] : NULL;
    struct slice text;
    struct buf whole;

    buf_init(&whole, LIMIT_TREE_BYTES);
    if (p->look.num)
        docx_numbers_next(
            b->numbers, &p->look, (struct slice){ NULL, 0 }, &whole);
    buf_add_slice(&whole, buf_slice(&b->text));
    if (whole.failed || b->text.failed)
        tree_fail(b->tree, "reader.size: a paragraph of more than %u bytes",
            LIMIT_TREE_BYTES);
    text = slice_trim(buf_slice(&whole));
    if (l && text.len) {
        if (l->text.len)
            buf_add_char(&l->text, '\n');
        buf_add_slice(&l->text, text);
    }
    if (!p->is_toc)
        tree_paragraph(b->tree, p->look.heading, text);
    buf_clear(&whole);
}

/* What the paragraph that ends at `fc` is; lists of modifiers that may say
 * how a row is divided go to `own`. */
static struct doc_paragraph paragraph_at(
    struct body *b, uint32_t fc, struct slice *own)
{
    uint32_t end;
    struct slice look = doc_look_find(b->f, DOC_PART_PARAGRAPH_PAGES, fc, &end);
    struct doc_paragraph p = doc_style_get(b->styles, b->f, bytes_u16(look, 0));

    *own = slice_from(look, 2);
    doc_paragraph_apply(b->f, &p, *own);
    doc_paragraph_apply(b->f, &p, b->piece->look);
    p.look.has_level = true;
    return p;
}

static struct doc_row row_of(struct body *b, struct slice own)
{
    struct doc_row row = { .n = 0 };

    doc_row_apply(b->f, &row, own);
    doc_row_apply(b->f, &row, b->piece->look);
    return row;
}

/* Is this the end of a cell or row of the innermost open table? */
static void end_in_table(
    struct body *b, uint32_t c, const struct doc_paragraph *p, struct slice own)
{
    struct level *l = &b->level[b->level_n - 1];
    bool cell_end = c == CHAR_CELL_END || p->inner_cell_end;
    bool row_end = (c == CHAR_CELL_END && p->row_end) || p->inner_row_end;
    struct doc_row row;

    if (row_end && b->run.deleted) {
        l->cell_n = 0;
        buf_reset(&l->text);
    } else if (row_end) {
        row = row_of(b, own);
        end_row(b, l, &row);
    } else if (cell_end) {
        end_cell(b, l);
    }
}

/* The paragraph that ends with `c` at `fc`. */
static void end_paragraph(struct body *b, uint32_t c, uint32_t fc)
{
    struct slice own;
    struct doc_paragraph p = paragraph_at(b, fc, &own);
    bool is_mark = c == CHAR_CELL_END || p.inner_cell_end || p.inner_row_end;

    b->codes = 0; /* an instruction that never ends must not eat the rest */
    if (b->run.deleted && !is_mark)
        return; /* its end was deleted: the next goes on here */
    utf16_end(&b->utf16, &b->text);
    go_to_depth(b, &p);
    if (tree_failed(b->tree))
        return;
    if (!p.row_end && !p.inner_row_end)
        emit(b, &p);
    buf_reset(&b->text);
    if (b->level_n)
        end_in_table(b, c, &p, own);
}

/* ---- characters
 * ------------------------------------------------------------- */

static void open_field(struct body *b)
{
    if (b->fields < FIELDS_MAX)
        b->codes |= 1ull << b->fields;
    b->fields++;
}

/* The instruction ends, or the whole field. */
static void pass_field(struct body *b, uint32_t c)
{
    if (b->fields == 0)
        return;
    if (b->fields <= FIELDS_MAX)
        b->codes &= ~(1ull << (b->fields - 1));
    if (c == CHAR_FIELD_END)
        b->fields--;
}

static void put(struct body *b, uint32_t unit)
{
    size_t from = b->text.len;

    if (b->run.hidden || b->run.deleted || b->codes)
        return;
    utf16_put(&b->utf16, &b->text, unit);
    if (b->run.struck || b->run.struck_twice)
        struck_take(&b->text, from);
    raised_take(&b->raised, &b->text, from, b->run.raised);
}

/* A character by its number in a font, as in read_docx_body.c. */
static void put_symbol(struct body *b)
{
    static const char plain[] = "0123456789+-.,/%()";
    uint32_t c = b->run.symbol;
    char ascii = (char)(c & 0x7f);

    if (c >= 0xf020 && c <= 0xf07e && char_is_one_of(ascii, plain) &&
        b->run.font == b->f->symbol_font)
        put(b, c & 0x7f);
    else if (c >= 0x20)
        put(b, c);
    else
        put(b, 0xfffd);
}

static void put_control(struct body *b, uint32_t c)
{
    if (c == CHAR_TAB)
        put(b, '\t');
    else if (c == CHAR_LINE || c == CHAR_PAGE || c == CHAR_COLUMN)
        put(b, '\n');
    else if (c == CHAR_HYPHEN)
        put(b, '-');
    else if (c == CHAR_FIELD)
        open_field(b);
    else if (c == CHAR_FIELD_RESULT || c == CHAR_FIELD_END)
        pass_field(b, c);
    /* Others stand for pictures, notes, page numbers and soft hyphens. */
}

/* A section ends with a paragraph, a page does not. */
static bool ends_paragraph(struct body *b, uint32_t fc, uint32_t c)
{
    uint32_t end;

    if (c == CHAR_PARAGRAPH_END || c == CHAR_CELL_END)
        return true;
    if (c != CHAR_PAGE)
        return false;
    doc_look_find(b->f, DOC_PART_PARAGRAPH_PAGES, fc, &end);
    return end == fc + (b->piece->wide ? 2 : 1);
}

static void take(struct body *b, uint32_t c, uint32_t fc)
{
    if (c == CHAR_SYMBOL && b->run.has_symbol)
        put_symbol(b);
    else if (c >= 0x20 && !(b->run.special && c == CHAR_SYMBOL))
        put(b, c);
    else if (ends_paragraph(b, fc, c))
        end_paragraph(b, c, fc);
    else
        put_control(b, c);
}

/* ---- runs
 * ------------------------------------------------------------------- */

/* Windows 1252 where it is not Latin 1 (2.9.73). */
static uint32_t narrow_character(uint32_t c)
{
    static const uint16_t high[] = { 0x20ac, 0x81, 0x201a, 0x0192, 0x201e,
        0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d,
        0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013,
        0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d, 0x017e, 0x0178 };

    return c >= 0x80 && c < 0xa0 ? high[c - 0x80] : c;
}

/* A style of characters lies under what the run says, wherever that names
 * it; one that hides shows again what the paragraph's hides, and so with a
 * line through text. */
static void put_style_under(struct body *b, struct slice look)
{
    uint32_t style = b->run.style;
    struct doc_run of_style = doc_style_run(b->styles, b->f, style);

    b->run.hidden_style = b->run.hidden_style != of_style.hidden;
    b->run.hidden = b->run.hidden_style;
    b->run.struck_style = b->run.struck_style != of_style.struck;
    b->run.struck = b->run.struck_style;
    b->run.struck_twice = b->run.struck_twice || of_style.struck_twice;
    b->run.raised = b->run.raised || of_style.raised;
    doc_run_apply(b->f, &b->run, look);
}

/* The run at `fc`; the offset where it or its paragraph ends. */
static uint32_t open_run(struct body *b, uint32_t fc)
{
    uint32_t end, paragraph_end;
    struct slice look = doc_look_find(b->f, DOC_PART_RUN_PAGES, fc, &end);
    struct slice paragraph =
        doc_look_find(b->f, DOC_PART_PARAGRAPH_PAGES, fc, &paragraph_end);

    b->run = doc_style_run(b->styles, b->f, bytes_u16(paragraph, 0));
    doc_run_apply(b->f, &b->run, look);
    if (b->run.style)
        put_style_under(b, look);
    doc_run_apply(b->f, &b->run, b->piece->look);
    return end < paragraph_end ? end : paragraph_end;
}

/* The characters from `cp` to `cp_end` of the open piece. */
static void read_piece(struct body *b, uint32_t cp, uint32_t cp_end)
{
    const struct doc_piece *p = b->piece;
    uint32_t size = p->wide ? 2 : 1;
    uint32_t fc = p->fc + (cp - p->cp) * size;
    uint32_t fc_end = p->fc + (cp_end - p->cp) * size;
    uint32_t run_end = fc;

    for (; fc < fc_end; fc += size) {
        if (fc >= run_end)
            run_end = open_run(b, fc);
        if (tree_failed(b->tree) || b->f->broken)
            return;
        take(b,
            p->wide ? bytes_u16(b->f->main, fc)
                    : narrow_character(bytes_u8(b->f->main, fc)),
            fc);
    }
}

static void read_story(struct body *b, struct doc_story story)
{
    static const struct doc_paragraph plain = { .style = 0 };

    for (uint32_t i = 0; i < b->f->piece_n; i++) {
        const struct doc_piece *p = &b->f->piece[i];
        uint32_t cp = p->cp > story.cp ? p->cp : story.cp;
        uint32_t cp_end = p->cp_end < story.cp_end ? p->cp_end : story.cp_end;

        b->piece = p;
        if (cp < cp_end)
            read_piece(b, cp, cp_end);
        if (tree_failed(b->tree) || b->f->broken)
            return;
    }
    b->codes = 0;
    b->fields = 0;
    if (b->text.len)
        emit(b, &plain);
    buf_reset(&b->text);
    while (b->level_n)
        close_table(b);
}

/* Text boxes are read for their tables: where they hold none, they are
 * captions and stamps. */
static void read_boxes(struct body *b)
{
    uint32_t block_n = b->tree->doc->block_n;
    uint32_t table_n = b->tree->doc->table_n;

    read_story(b, b->f->boxes);
    if (b->tree->doc->table_n == table_n)
        tree_cut(b->tree, block_n);
}

int doc_body_read(struct doc_file *f, struct doc_styles *styles,
    struct docx_numbers *numbers, struct tree *tree, struct err *err)
{
    struct body b = {
        .f = f, .styles = styles, .numbers = numbers, .tree = tree
    };

    buf_init(&b.text, LIMIT_TREE_BYTES);
    read_story(&b, f->text);
    if (!tree_failed(tree) && !f->broken)
        read_boxes(&b);
    tree->doc->replaced_n += b.utf16.replaced_n;
    for (uint32_t i = 0; i < b.level_cap; i++)
        buf_clear(&b.level[i].text);
    buf_clear(&b.text);
    mem_free(b.level);
    if (f->broken)
        return err_set(err, ERR_INPUT, "reader.broken: %s", f->broken);
    return 0;
}
