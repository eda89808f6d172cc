/* SPDX-License-Identifier: Apache-2.0 */
/*
 * render_text - a report as a text dump of it, in the shapes seen.
 *
 * A position covered from above is an empty field, as converters of Word
 * tables write it; one covered from the left is none, except in the full
 * grid, which is what a spreadsheet gives.
 */
#include "tests/gen/gen.h"

static void cut_here(
    struct gen_doc *d, const struct buf *out, const struct gen_slot *slot)
{
    if (slot->cell >= 0 && d->cut_n < GEN_CUT_MAX)
        d->cut_at[d->cut_n++] = out->len;
}

/* Text of the position, or NULL for one that the dump leaves out. */
static const char *field(const struct gen_doc *d, const struct gen_place *p)
{
    if (p->slot == NULL)
        return d->style.dump == DUMP_GRID ? "" : NULL;
    if (p->first_row && p->first_col)
        return p->slot->text;
    if (d->style.dump == DUMP_GRID)
        return "";
    return p->first_col && d->style.dump != DUMP_LINES ? "" : NULL;
}

/* A label's line breaks: kept by dumps with a cell a line. */
static void field_write(
    const struct gen_doc *d, struct buf *out, const char *text)
{
    bool keep =
        d->style.dump == DUMP_TABBED_LINES || d->style.dump == DUMP_LINES;

    for (const char *p = text; *p != '\0'; p++)
        if (*p != '\n' || keep)
            buf_add_char(out, *p);
        else if (p[1] >= '0' && p[1] <= '9') /* two numbers, not one */
            buf_add_char(out, ' ');
}

static void row_write(
    struct gen_doc *d, struct buf *out, const struct gen_place *row, int width)
{
    bool lines =
        d->style.dump == DUMP_TABBED_LINES || d->style.dump == DUMP_LINES;
    bool first = true;
    int written = 0;

    for (int c = 0; c < width; c++) {
        const char *text = field(d, &row[c]);

        if (text == NULL)
            continue;
        if (!lines && !first)
            buf_add_char(out, '\t');
        first = false;
        if (row[c].slot != NULL && row[c].first_row && row[c].first_col)
            cut_here(d, out, row[c].slot);
        if (d->style.dump == DUMP_TABBED_LINES)
            buf_add_char(out, '\t');
        field_write(d, out, text);
        if (lines)
            buf_add_char(out, '\n');
        written++;
    }
    if (d->style.dump == DUMP_TABS)
        for (; written < width; written++)
            buf_add_char(out, '\t');
    if (d->style.dump != DUMP_LINES)
        buf_add_char(out, '\n');
}

static void sheet_write(
    struct gen_doc *d, struct buf *out, const struct gen_sheet *s)
{
    struct gen_place place[GEN_SHEET_ROWS][GEN_SHEET_COLS];
    int width = gen_sheet_width(s);

    gen_sheet_place(s, place);
    for (int r = 0; r < s->n; r++)
        row_write(d, out, place[r], width);
    buf_add_char(out, '\n');
}

void gen_render_text(struct gen_doc *d, struct buf *out)
{
    for (int i = 0; i < d->block_n; i++) {
        const struct gen_block *b = &d->block[i];

        switch (b->kind) {
        case BLOCK_TITLE:
            buf_printf(out, "%s\n\n发布日期：%s\n\n", b->text, d->published);
            break;
        case BLOCK_HEADING:
        case BLOCK_TEXT:
            buf_printf(out, "%s\n\n", b->text);
            break;
        case BLOCK_SHEET:
            sheet_write(d, out, b->sheet);
            break;
        }
    }
}
