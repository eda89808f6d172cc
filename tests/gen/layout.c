/* SPDX-License-Identifier: Apache-2.0 */
/*
 * layout - the table of layouts, and those that only set a style.
 *
 * They are applied in the order of the table: styles, then the shape of
 * tables, then what is printed in their cells.
 */
#include "tests/gen/layout.h"

#include <string.h>

enum axis {         /* layouts that share one do not combine */
    SHELL = 1 << 0, /* the markup */
    WHITE = 1 << 1, /* white space of the markup */
    CHARSET = 1 << 2,
    LINES = 1 << 3,   /* line ends */
    FORM = 1 << 4,    /* which forms */
    REVIEW = 1 << 5,  /* shape of the third table */
    SPAN = 1 << 6,    /* how merged cells are written */
    SPLIT = 1 << 7,   /* tables torn or joined */
    COLUMNS = 1 << 8, /* further or drifting columns */
    ROWS = 1 << 9,    /* further rows */
    DIGITS = 1 << 10,
    BLANK = 1 << 11,  /* how zeros are written */
    MARKS = 1 << 12,  /* brackets and numbering of labels */
    SPACES = 1 << 13, /* white space in labels */
    WORDS = 1 << 14,  /* typos and variants of labels */
    HEADING = 1 << 15,
    NOTES = 1 << 16, /* words in number cells */
};

/* ---- wishes ------------------------------------------------------------ */

static void wish_mixed(struct gen_wish *w)
{
    w->old_proactive = 0;
    w->old_requests = 1;
    if (w->year == 0)
        w->year = 2023;
}

static void wish_beijing(struct gen_wish *w)
{
    w->old_proactive = w->old_requests = w->split_services = 1;
    if (w->year == 0)
        w->year = 2020;
}

static void wish_zeros(struct gen_wish *w)
{
    w->zeros = true;
}

static void wish_2019(struct gen_wish *w)
{
    w->old_proactive = w->old_requests = 1;
    if (w->year == 0)
        w->year = 2019;
}

/* Numbers of four and more digits. */
static void wish_large(struct gen_wish *w)
{
    if (w->body == NULL)
        w->body = &gen_bodies[1];
}

/* ---- styles ------------------------------------------------------------ */

#define STYLE(name, member, value)                                             \
    static void name(struct gen_doc *d)                                        \
    {                                                                          \
        d->style.member = value;                                               \
    }

STYLE(style_word, shell, SHELL_WORD)
STYLE(style_nested, shell, SHELL_NESTED)
STYLE(style_ie, shell, SHELL_IE)
STYLE(style_unclosed, shell, SHELL_UNCLOSED)
STYLE(style_junk, shell, SHELL_JUNK)
STYLE(style_thead, shell, SHELL_THEAD)
STYLE(style_entities, entities, true)
STYLE(style_pre, pre, true)
STYLE(style_indent, indent, true)
STYLE(style_gb18030, charset, CHARSET_GB18030)
STYLE(style_gbk, charset, CHARSET_GBK)
STYLE(style_utf16, charset, CHARSET_UTF16)
STYLE(style_bom, charset, CHARSET_UTF8_BOM)
STYLE(style_crlf, crlf, true)
STYLE(style_tabs, dump, DUMP_TABS)
STYLE(style_grid, dump, DUMP_GRID)
STYLE(style_tabbed, dump, DUMP_TABBED_LINES)
STYLE(style_lines, dump, DUMP_LINES)

/* ---- the table --------------------------------------------------------- */

const struct gen_layout gen_layouts[] = {
    { "clean", "a plain template", SHELL, NULL, NULL },
    { "word", "Word's HTML: style soup, numbers over several spans", SHELL,
        NULL, style_word },
    { "nested", "inside layout tables with menus and footers", SHELL, NULL,
        style_nested },
    { "ie", "upper-case tags, unquoted attributes", SHELL, NULL, style_ie },
    { "unclosed", "cells and rows never closed", SHELL, NULL, style_unclosed },
    { "thead", "header cells as th in a thead", SHELL, NULL, style_thead },
    { "junk", "stray end tags, forms, fonts, a second html", SHELL, NULL,
        style_junk },
    { "dump-tabs", "text: a row a line, cells split by tabs", SHELL | WHITE,
        NULL, style_tabs },
    { "dump-grid", "text: the same, every merged position a field",
        SHELL | WHITE | SPAN, NULL, style_grid },
    { "dump-tabbed", "text: a cell a line with leading tab", SHELL | WHITE,
        NULL, style_tabbed },
    { "dump-lines", "text: a cell a line",
        SHELL | WHITE | BLANK | SPAN | ROWS | COLUMNS, NULL, style_lines },
    { "entities", "characters as numeric entities", WHITE, NULL,
        style_entities },
    { "pre", "tables inside <pre>", WHITE, NULL, style_pre },
    { "indent", "white space around the text of cells", WHITE, NULL,
        style_indent },
    { "gb18030", "GB18030 bytes declared as gb2312", CHARSET, NULL,
        style_gb18030 },
    { "gbk", "GBK bytes declared as gb2312", CHARSET, NULL, style_gbk },
    { "utf16", "UTF-16 with byte order mark", CHARSET, NULL, style_utf16 },
    { "bom", "UTF-8 with byte order mark", CHARSET, NULL, style_bom },
    { "crlf", "lines end in CR LF", LINES, NULL, style_crlf },

    { "form-2019", "the 2019 form", FORM, wish_2019, NULL },
    { "mixed", "2021 proactive with 2019 requests", FORM, wish_mixed, NULL },
    { "beijing", "other services split in two rows", FORM, wish_beijing, NULL },
    { "zeros", "every number zero", FORM, wish_zeros, NULL },

    { "review-rows", "the third table in three rows of five", REVIEW, NULL,
        layout_review_rows },
    { "extra-columns", "columns for a running number and remarks", COLUMNS,
        NULL, layout_extra_columns },
    { "drift", "colspans that differ between header and values", COLUMNS | SPAN,
        NULL, layout_drift },
    { "note-row", "a row of notes under a table", ROWS, NULL, layout_note_row },
    { "spacer", "blank rows between others", ROWS, NULL, layout_spacer },
    { "header-empty", "merged header cells repeated empty", SPAN | WHITE, NULL,
        layout_header_empty },
    { "no-spans", "no spans at all, merged cells repeated empty", SPAN, NULL,
        layout_no_spans },
    { "repeat", "group labels repeated on every row", SPAN, NULL,
        layout_repeat },
    { "repeat-all", "merged labels repeated down and across", SPAN, NULL,
        layout_repeat_all },
    { "split2", "a table in two, group label left empty", SPLIT, NULL,
        layout_split2 },
    { "split3", "a table in three", SPLIT, NULL, layout_split3 },
    { "split-label", "a table in two, group label repeated", SPLIT, NULL,
        layout_split_label },
    { "split-bare", "a table in two, group column lost", SPLIT, NULL,
        layout_split_bare },
    { "split-header", "a table in two, header repeated", SPLIT, NULL,
        layout_split_header },
    { "split-note", "a table in two around a paragraph", SPLIT, NULL,
        layout_split_note },
    { "split-page", "a table in two around a page number", SPLIT, NULL,
        layout_split_page },
    { "one-table", "all three in one table", SPLIT | REVIEW | COLUMNS, NULL,
        layout_one_table },

    { "blanks", "applicants' zeros left blank", BLANK, NULL, layout_blanks },
    { "dashes", "applicants' zeros as dashes and slashes", BLANK, NULL,
        layout_dashes },
    { "annotated", "words after numbers", NOTES, NULL, layout_annotated },
    { "units", "units in cells and headers", NOTES, NULL, layout_units },
    { "thousands", "1,234", DIGITS, wish_large, layout_thousands },
    { "thousands-wide", "1，234", DIGITS, wish_large, layout_thousands_wide },
    { "fullwidth", "full-width digits", DIGITS, NULL, layout_fullwidth },
    { "minus", "minus signs other than the ASCII one", DIGITS, wish_2019,
        layout_minus },
    { "padding", "spaces and no-break spaces around numbers", DIGITS, NULL,
        layout_padding },

    { "wording", "known variants of labels", WORDS, NULL, layout_wording },
    { "typo", "a character of one label wrong or lost", WORDS, NULL,
        layout_typo },
    { "typos", "the same in several labels", WORDS, NULL, layout_typos },
    { "halfwidth", "half-width brackets and commas", MARKS, NULL,
        layout_halfwidth },
    { "dun", "1、 for 1.", MARKS, NULL, layout_dun },
    { "wide-dot", "1．for 1.", MARKS, NULL, layout_wide_dot },
    { "no-numbering", "labels without their numbers", MARKS, NULL,
        layout_no_numbering },
    { "label-spaces", "spaces inside labels", SPACES, NULL,
        layout_label_spaces },
    { "label-breaks", "line breaks inside labels", SPACES, NULL,
        layout_label_breaks },
    { "heading-missing", "the heading of a section left out", HEADING, NULL,
        layout_heading_missing },
    { "heading-numerals", "other numerals before headings", HEADING, NULL,
        layout_heading_numerals },
    { "heading-wording", "other wordings of headings", HEADING, NULL,
        layout_heading_wording },
    { NULL, NULL, 0, NULL, NULL },
};

const struct gen_layout *gen_layout_find(const char *name)
{
    for (const struct gen_layout *l = gen_layouts; l->name != NULL; l++)
        if (strcmp(l->name, name) == 0)
            return l;
    return NULL;
}

/* ---- shared by the layouts --------------------------------------------- */

void layout_slots(
    struct gen_doc *d, void (*each)(struct gen_doc *d, struct gen_slot *slot))
{
    for (int i = 0; i < d->block_n; i++) {
        struct gen_sheet *s = d->block[i].sheet;

        if (d->block[i].kind != BLOCK_SHEET)
            continue;
        for (int r = 0; r < s->n; r++)
            for (int c = 0; c < s->row[r].n; c++)
                each(d, &s->row[r].slot[c]);
    }
}

size_t layout_char_len(const char *p)
{
    size_t n = 1;

    while ((p[n] & 0xC0) == 0x80)
        n++;
    return n;
}

int layout_text_len(const char *text)
{
    int n = 0;

    for (const char *p = text; *p != '\0'; p += layout_char_len(p))
        n++;
    return n;
}

const char *layout_replace(
    struct gen_doc *d, const char *text, const char *from, const char *to)
{
    struct buf out;
    const char *hit, *result;

    buf_init(&out, 1 << 20);
    while ((hit = strstr(text, from)) != NULL) {
        buf_add(&out, text, (size_t)(hit - text));
        buf_add_str(&out, to);
        text = hit + strlen(from);
    }
    buf_add_str(&out, text);
    result = arena_slice(&d->arena, buf_slice(&out)).p;
    buf_clear(&out);
    return result;
}
