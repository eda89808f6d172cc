/* SPDX-License-Identifier: Apache-2.0 */
/*
 * text_lines - plain lines to paragraphs and tables.
 *
 * A line that belongs to no table is a paragraph.  In doubt it is a
 * paragraph too: a title swallowed by a table hides a section, while a cell
 * left outside is missed and flagged.
 */
#include "transformer/text_lines.h"

#include "transformer/text_line.h"

/* Longest line that may be the rest of a torn label. */
static const uint32_t rest_chars = 40;

/* Longest line of a run of bare cells, whose prose has no tabs to tell it. */
static const uint32_t bare_chars = 48;

/* Most lines of rest: the longest label torn every few characters. */
static const uint32_t rest_lines = 16;

/* Most lines of a header before the first number: 15 cells, some torn. */
static const uint32_t bare_header_lines = 60;

/* Longest part of a torn label behind which a row may end. */
static const uint32_t short_chars = 8;

/* Fewest numbers that make a run of bare lines a table. */
static const uint32_t bare_numbers = 4;

static bool is_tabbed(const struct line *l)
{
    return l->kind != LINE_PLAIN;
}

/* ---- tables with tabs -------------------------------------------------- */

/* Is cell `l` a label that line `rest` may go on with? */
static bool is_label(const struct line *l, const struct line *rest)
{
    return l->char_n > 0 && (!line_is_value(l) || line_is_torn_number(l, rest));
}

/* May the plain lines `from`..`to` - 1 after tabbed line `from` - 1 be the
 * rest of its cell?  Line `to` is tabbed. */
static bool is_rest(const struct lines *ls, uint32_t from, uint32_t to)
{
    const struct line *first = &ls->line[from];
    bool label = is_label(&ls->line[from - 1], first);
    /* Parts of a torn label at the end of a row have to be short, or they
     * may be a line between two tables. */
    uint32_t max = ls->line[to].blank_n ? short_chars : rest_chars;
    struct slice s = slice_trim(first->text);

    for (uint32_t i = from; i < to; i++) {
        const struct line *l = &ls->line[i];

        if (l->char_n > rest_chars || line_is_title(l))
            return false;
        /* （三）不予, an empty line, 公开: the label went on; but a heading
         * does not hang on a cell. */
        if (l->blank_n && (!label || l->blank_n > 1 || line_is_numbered(l) ||
                              l->char_n > max))
            return false;
    }
    /* A number goes on as a note: 22（其中修订16件）. */
    return to - from <= rest_lines &&
           (label || slice_starts(s, SLICE_LIT("（")) ||
               slice_starts(s, SLICE_LIT("(")) || first->char_n <= 4);
}

/* May they be rows of one cell in a table whose lines hold tabs? */
static bool is_inner_row(const struct lines *ls, uint32_t from, uint32_t to)
{
    if (to - from > 2 || ls->line[to].blank_n)
        return false;
    for (uint32_t i = from; i < to; i++)
        if (ls->line[i].blank_n || ls->line[i].char_n > TEXT_CELL_CHARS ||
            line_is_title(&ls->line[i]))
            return false;
    return true;
}

/* End of the run of table lines that starts at tabbed line `from`. */
static uint32_t tabbed_end(const struct lines *ls, uint32_t from)
{
    uint32_t end = from + 1;

    while (end < ls->n) {
        uint32_t next = end;

        while (next < ls->n && !is_tabbed(&ls->line[next]) &&
               next - end <= rest_lines)
            next++;
        if (next == ls->n || !is_tabbed(&ls->line[next]))
            return end;
        if (next > end && !(ls->line[end - 1].kind == LINE_CELL
                                  ? is_rest(ls, end, next)
                                  : is_inner_row(ls, end, next)))
            return end;
        end = next + 1;
    }
    return end;
}

/* Blank lines that usually stand between two rows. */
static uint32_t usual_gap(
    const struct lines *ls, uint32_t from, uint32_t to, bool by_line)
{
    uint32_t count[4] = { 0, 0, 0, 0 };
    uint32_t best = by_line ? 0 : 1;

    for (uint32_t i = from + 1; i < to; i++)
        count[ls->line[i].blank_n < 3 ? ls->line[i].blank_n : 3]++;
    for (uint32_t i = best + 1; i < 4; i++)
        if (count[i] > count[best])
            best = i;
    return best;
}

static void add_cell(struct tree *t, struct tree_table *table, uint32_t row,
    uint32_t col, struct slice text)
{
    struct document_cell *cell = tree_cell(t, table, row, col, 1, 1);

    if (cell)
        cell->text = tree_text(t, slice_trim(text));
}

/* Bytes up to the first tab of `s`, or all. */
static size_t part_len(struct slice s)
{
    size_t len = 0;

    while (len < s.len && s.p[len] != '\t')
        len++;
    return len;
}

/* The cells of one line, split at tabs, from column `col` on; the column
 * after the last. */
static uint32_t add_cells(struct tree *t, struct tree_table *table,
    uint32_t row, uint32_t col, struct slice s)
{
    for (;;) {
        size_t len = part_len(s);

        add_cell(t, table, row, col++, (struct slice){ s.p, len });
        if (len == s.len || tree_failed(t))
            return col;
        s = slice_from(s, len + 1);
    }
}

static void table_of_lines(
    struct tree *t, const struct lines *ls, uint32_t from, uint32_t to)
{
    struct tree_table table = tree_table_open(t, 0);

    for (uint32_t i = from; i < to && !tree_failed(t); i++)
        add_cells(t, &table, i - from, 0, ls->line[i].text);
}

/* The cell's text and the lines that continue it. */
static struct slice joined(
    struct tree *t, const struct lines *ls, uint32_t from, uint32_t to)
{
    size_t len = 0;
    char *p;

    for (uint32_t i = from; i < to; i++)
        len += ls->line[i].text.len + 1;
    p = arena_alloc(t->doc->arena, len);
    len = 0;
    for (uint32_t i = from; i < to; i++) {
        struct slice s = slice_trim(ls->line[i].text);

        if (i > from)
            p[len++] = '\n';
        if (s.len)
            memcpy(p + len, s.p, s.len);
        len += s.len;
    }
    return (struct slice){ p, len };
}

static void table_of_cells(
    struct tree *t, const struct lines *ls, uint32_t from, uint32_t to)
{
    struct tree_table table = tree_table_open(t, 0);
    uint32_t row = 0, col = 0;
    uint32_t i = from;

    while (i < to && !tree_failed(t)) {
        uint32_t next = i + 1;

        while (next < to && !is_tabbed(&ls->line[next]))
            next++;
        if (i > from && ls->line[i].blank_n) {
            row++;
            col = 0;
        }
        if (next == i + 1)
            col =
                add_cells(t, &table, row, col, slice_from(ls->line[i].text, 1));
        else
            add_cell(t, &table, row, col++, joined(t, ls, i, next));
        i = next;
    }
}

static void add_paragraph(struct tree *t, const struct line *l)
{
    tree_paragraph(t, 0, slice_trim(l->text));
}

/* Is one of the parts between the tabs of `s` a value? */
static bool has_value(struct slice s)
{
    for (;;) {
        struct slice part = { s.p, part_len(s) };
        bool digit;

        if (text_is_value(part, &digit))
            return true;
        if (part.len == s.len)
            return false;
        s = slice_from(s, part.len + 1);
    }
}

/* Lines may hold tabs but no table: an indented heading, a signature. */
static bool is_table(const struct lines *ls, uint32_t from, uint32_t to)
{
    uint32_t tab_n = 0;

    for (uint32_t i = from; i < to; i++) {
        const struct line *l = &ls->line[i];

        if (l->kind == LINE_CELL && l->char_n == 0)
            return true;
        if (l->kind != LINE_PLAIN && has_value(l->text))
            return true;
        for (size_t k = 0; l->kind == LINE_TABS && k < l->text.len; k++)
            tab_n += l->text.p[k] == '\t';
    }
    return tab_n >= 3;
}

/* One run of table lines, cut where more blank lines than usual stand. */
static void add_tabbed(
    struct tree *t, const struct lines *ls, uint32_t from, uint32_t to)
{
    uint32_t tabs_n = 0, cell_n = 0;
    uint32_t gap;

    for (uint32_t i = from; i < to; i++) {
        tabs_n += ls->line[i].kind == LINE_TABS;
        cell_n += ls->line[i].kind == LINE_CELL;
    }
    gap = usual_gap(ls, from, to, tabs_n >= cell_n);
    while (from < to && !tree_failed(t)) {
        uint32_t end = from + 1;

        while (end < to && ls->line[end].blank_n <= gap)
            end++;
        if (!is_table(ls, from, end))
            for (uint32_t i = from; i < end; i++)
                add_paragraph(t, &ls->line[i]);
        else if (tabs_n >= cell_n)
            table_of_lines(t, ls, from, end);
        else
            table_of_cells(t, ls, from, end);
        from = end;
    }
}

/* ---- tables without tabs ----------------------------------------------- */

static bool may_be_bare(const struct line *l)
{
    return l->kind == LINE_PLAIN && l->char_n <= bare_chars &&
           !line_is_title(l) &&
           !slice_ends(slice_trim(l->text), SLICE_LIT("。"));
}

/* Find a table of bare cells at or after line `from`, in the run of lines
 * that may be cells: first line and end, or an empty range.  `run_end` is
 * where the run ends; no other table starts before. */
static bool find_bare(const struct lines *ls, uint32_t from, uint32_t *first,
    uint32_t *end, uint32_t *run_end)
{
    uint32_t first_number = 0, number_n = 0;
    uint32_t i = from;

    for (; i < ls->n && may_be_bare(&ls->line[i]); i++) {
        bool digits;

        if (!text_is_value(ls->line[i].text, &digits))
            continue;
        if (number_n == 0)
            first_number = i;
        number_n += digits;
        *end = i + 1;
    }
    *run_end = i;
    if (number_n < bare_numbers || number_n < (*end - first_number) / 6)
        return false;
    *first = first_number - from > bare_header_lines
                 ? first_number - bare_header_lines
                 : from;
    return true;
}

static void add_bare(
    struct tree *t, const struct lines *ls, uint32_t from, uint32_t to)
{
    struct tree_table table = tree_table_open(t, 0);
    uint32_t row = 0;
    uint32_t i = from;

    while (i < to && !tree_failed(t)) {
        uint32_t blank_n = ls->line[i].blank_n;
        uint32_t next = i + 1;

        for (uint32_t k = 0; i > from && k < blank_n && k < 3; k++)
            add_cell(t, &table, row++, 0, SLICE_LIT(""));
        if (next < to && line_is_torn_number(&ls->line[i], &ls->line[next]))
            next++;
        add_cell(t, &table, row++, 0, joined(t, ls, i, next));
        i = next;
    }
}

/* The plain lines from `from` on: paragraphs, and a table of bare cells if
 * there is one; the next line. */
static uint32_t add_plain(struct tree *t, const struct lines *ls, uint32_t from)
{
    uint32_t first, end, run_end;
    bool found = find_bare(ls, from, &first, &end, &run_end);

    if (!found)
        first = run_end > from ? run_end : from + 1;
    for (uint32_t i = from; i < first && !tree_failed(t); i++)
        add_paragraph(t, &ls->line[i]);
    if (!found)
        return first;
    add_bare(t, ls, first, end);
    return end;
}

void text_lines(struct tree *t, struct slice text)
{
    struct lines ls = { NULL, 0, 0 };
    uint32_t i = 0;

    lines_split(t, text, &ls);
    while (i < ls.n && !tree_failed(t)) {
        if (is_tabbed(&ls.line[i])) {
            uint32_t end = tabbed_end(&ls, i);

            add_tabbed(t, &ls, i, end);
            i = end;
        } else {
            i = add_plain(t, &ls, i);
        }
    }
}
