/* SPDX-License-Identifier: Apache-2.0 */
/*
 * statistics_layout - where a statistics table has its labels, units and
 * numbers.
 *
 * The header says it (统计指标, 单位, 统计数; 指标名称, 计量单位, 2018年度,
 * 历年累计).  Without one, known labels show the column of labels, and what
 * stands to the right of it is told apart by its looks.
 */
#include "transformer/statistics.h"

#include <string.h>

#include "transformer/number.h"
#include "transformer/recognize.h"

#define HEADER_ROWS 8u /* title and captions may stand above the header */
#define KNOWN_MIN 3u   /* known labels that make a statistics table, */
#define KNOWN_BELOW 1u /* or where its header says what it is */

/* ---- texts -----------------------------------------------------------------
 */

/* Bytes of white space at the start of `s`. */
static size_t white(struct slice s)
{
    const struct slice wide[] = { SLICE_LIT("\xc2\xa0"),
        SLICE_LIT("\xe3\x80\x80"), SLICE_LIT("\xef\xbb\xbf") };

    if (char_is_one_of(s.p[0], " \t\r\n\f\v"))
        return 1;
    for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
        if (slice_starts(s, wide[i]))
            return wide[i].len;
    /* U+2000 to U+200B */
    if (s.len >= 3 && s.p[0] == '\xe2' && s.p[1] == '\x80' &&
        (unsigned char)s.p[2] >= 0x80 && (unsigned char)s.p[2] <= 0x8b)
        return 3;
    return 0;
}

struct slice stat_key(struct arena *a, struct slice text)
{
    char *out = arena_alloc(a, text.len + 1);
    size_t len = 0;

    while (text.len > 0) {
        size_t n = white(text);

        if (n == 0)
            out[len++] = text.p[0];
        text = slice_from(text, n > 0 ? n : 1);
    }
    return (struct slice){ out, len };
}

static bool is_one_of(struct slice folded, const char *const *words)
{
    for (size_t i = 0; words[i]; i++)
        if (slice_eq_str(folded, words[i]))
            return true;
    return false;
}

bool statistics_is_header(struct arena *a, struct slice text)
{
    static const char *const words[] = { "统计指标", "指标名称", "指标",
        "统计项目", "项目名称", "指标项", "统计内容", "项目", "内容", "名称",
        NULL };

    return text.len > 0 && text.len <= LINE_SHORT_BYTES &&
           is_one_of(text_letters(a, text_fold(a, text)), words);
}

static bool is_unit_header(struct slice letters)
{
    static const char *const words[] = { "单位", "计量单位", NULL };

    return is_one_of(letters, words);
}

static bool is_code_header(struct slice letters)
{
    static const char *const words[] = { "代码", "编码", "序号", "指标代码",
        "行次", NULL };

    return is_one_of(letters, words);
}

/* ---- the grid --------------------------------------------------------------
 */

const struct document_cell *stat_at(
    const struct stat_grid *g, uint32_t row, uint32_t col)
{
    return g->at[(size_t)row * g->col_n + col];
}

static void lay_out(const struct document_table *t, uint32_t index,
    struct arena *a, struct stat_grid *g)
{
    *g = (struct stat_grid){
        .table = t, .index = index, .row_n = t->row_n, .col_n = t->col_n
    };
    g->at = arena_alloc_n(a, (size_t)t->row_n * t->col_n + 1,
        sizeof(const struct document_cell *));
    for (uint32_t i = 0; i < t->cell_n; i++) {
        const struct document_cell *c = &t->cells[i];

        for (uint32_t r = c->row; r < c->row + c->rowspan; r++)
            for (uint32_t k = c->col; k < c->col + c->colspan; k++)
                g->at[(size_t)r * g->col_n + k] = c;
    }
}

static struct slice text_at(
    const struct stat_grid *g, uint32_t row, uint32_t col)
{
    const struct document_cell *c = stat_at(g, row, col);

    return c ? c->text : (struct slice){ NULL, 0 };
}

/* ---- with a header ---------------------------------------------------------
 */

static void add_value(
    struct stat_layout *l, uint32_t col, struct slice key, struct arena *a)
{
    if (l->value_n == STATISTICS_COLUMNS)
        return;
    if (key.len == 0)
        key = arena_printf(a, "%u", l->value_n + 1);
    for (uint32_t i = 0; i < l->value_n; i++)
        if (slice_eq(l->value[i].key, key))
            key = arena_printf(a, "%.*s(%u)", SLICE_ARG(key), l->value_n + 1);
    l->value[l->value_n++] = (struct stat_column){ col, key };
}

/* The rows that the header's cells reach down to. */
static uint32_t below(const struct stat_grid *g, uint32_t row)
{
    uint32_t end = row + 1;

    for (uint32_t k = 0; k < g->col_n; k++) {
        const struct document_cell *c = stat_at(g, row, k);

        if (c && c->row == row && c->row + c->rowspan > end)
            end = c->row + c->rowspan;
    }
    return end;
}

static bool read_header(const struct stat_grid *g, uint32_t row, uint32_t col,
    struct arena *a, struct stat_layout *l)
{
    const struct document_cell *head = stat_at(g, row, col);

    *l = (struct stat_layout){ .first_row = below(g, row),
        .label_from = col,
        .label_to = col + head->colspan,
        .unit_col = -1,
        .has_header = true };
    for (uint32_t k = l->label_to; k < g->col_n; k++) {
        const struct document_cell *c = stat_at(g, l->first_row - 1, k);
        struct slice letters;

        if (!c || c->col != k)
            continue; /* a wide header names one column, its first */
        letters = text_letters(a, text_fold(a, c->text));
        if (is_unit_header(letters) && l->unit_col < 0)
            l->unit_col = (int32_t)k;
        else if (letters.len > 0 && !is_code_header(letters))
            add_value(l, k, stat_key(a, c->text), a);
    }
    return l->value_n > 0;
}

static bool find_header(
    const struct stat_grid *g, struct arena *a, struct stat_layout *l)
{
    for (uint32_t r = 0; r < g->row_n && r < HEADER_ROWS; r++)
        for (uint32_t k = 0; k + 1 < g->col_n; k++) {
            const struct document_cell *c = stat_at(g, r, k);

            if (c && c->row == r && c->col == k &&
                statistics_is_header(a, c->text) && read_header(g, r, k, a, l))
                return true;
        }
    return false;
}

/* ---- without ---------------------------------------------------------------
 */

static uint32_t known_in_column(const struct stat_grid *g, uint32_t from,
    uint32_t col, const struct indicators *in)
{
    uint32_t n = 0;
    bool exactly;

    for (uint32_t r = from; r < g->row_n; r++) {
        const struct document_cell *c = stat_at(g, r, col);

        if (c && c->row == r && c->col == col && c->text.len > 0 &&
            statistics_indicator(in, c->text, -1, &exactly) >= 0)
            n++;
    }
    return n;
}

/* What stands right of the labels: numbers, else units or codes. */
static void guess_columns(
    const struct stat_grid *g, struct arena *a, struct stat_layout *l)
{
    for (uint32_t k = l->label_to; k < g->col_n; k++) {
        uint32_t number_n = 0, text_n = 0;

        for (uint32_t r = 0; r < g->row_n; r++) {
            enum number_look look = number_look(text_at(g, r, k));

            number_n += look == LOOK_NUMBER || look == LOOK_ODD;
            text_n += look == LOOK_TEXT;
        }
        if (number_n > text_n)
            add_value(l, k, SLICE_LIT(""), a);
        else if (text_n > 0 && l->unit_col < 0 && l->value_n == 0)
            l->unit_col = (int32_t)k;
    }
}

static bool guess(const struct stat_grid *g, const struct indicators *in,
    const struct stat_layout *before, struct arena *a, struct stat_layout *l)
{
    uint32_t best = 0, best_n = 0;

    for (uint32_t k = 0; k + 1 < g->col_n; k++) {
        uint32_t n = known_in_column(g, 0, k, in);

        if (n > best_n) {
            best = k;
            best_n = n;
        }
    }
    if (before && best_n > 0 && best >= before->label_from &&
        best < before->label_to &&
        before->value[before->value_n - 1].col < g->col_n) {
        *l = *before;
        l->first_row = 0;
        return true;
    }
    if (best_n < KNOWN_MIN)
        return false;
    *l = (struct stat_layout){
        .label_from = best, .label_to = best + 1, .unit_col = -1
    };
    guess_columns(g, a, l);
    return l->value_n > 0;
}

/* ---- all -------------------------------------------------------------------
 */

static uint32_t known_rows(const struct stat_grid *g,
    const struct stat_layout *l, const struct indicators *in)
{
    uint32_t n = 0;

    for (uint32_t k = l->label_from; k < l->label_to; k++)
        n += known_in_column(g, l->first_row, k, in);
    return n;
}

bool statistics_layout(const struct document *doc, uint32_t table,
    const struct indicators *in, const struct stat_layout *before,
    struct arena *a, struct stat_grid *grid, struct stat_layout *out)
{
    const struct document_table *t = &doc->tables[table];

    if (t->row_n > STATISTICS_ROWS || t->col_n < 2 ||
        t->col_n > 2 * STATISTICS_COLUMNS)
        return false;
    lay_out(t, table, a, grid);
    if (find_header(grid, a, out))
        return known_rows(grid, out, in) >=
               (before || out->unit_col >= 0 ? KNOWN_BELOW : KNOWN_MIN);
    return guess(grid, in, before, a, out);
}
