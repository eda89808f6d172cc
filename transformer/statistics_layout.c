/* SPDX-License-Identifier: Apache-2.0 */
/*
 * statistics_layout - where a statistics table has its labels, units and
 * numbers.
 *
 * The header says it (统计指标, 单位, 统计数; 指标名称, 计量单位, 2018年度,
 * 历年累计).  Without one, known labels show the column of labels, and what
 * stands to the right of it is told apart by its looks.  A header that is
 * printed again further to the right begins a block of its own.
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

/* Columns that hold no numbers of the table: codes and remarks. */
static bool is_other_header(struct slice letters)
{
    static const char *const words[] = { "代码", "编码", "序号", "指标代码",
        "行次", "备注", "说明", "备注说明", NULL };

    return is_one_of(letters, words);
}

/* ---- the grid --------------------------------------------------------------
 */

const struct document_cell *stat_at(
    const struct stat_grid *g, uint32_t row, uint32_t col)
{
    return g->at[(size_t)row * g->col_n + col];
}

/* Cells of a row, 0 when some begin above it. */
static uint32_t cells_of(const struct stat_grid *g, uint32_t row)
{
    uint32_t n = 0;

    for (uint32_t k = 0; k < g->col_n; k++) {
        const struct document_cell *c = stat_at(g, row, k);

        if (c && c->row != row)
            return 0;
        n += c && c->col == k ? 1 : 0;
    }
    return n;
}

/* How many cells of a row begin left of a column. */
static uint32_t place_of(const struct stat_grid *g, uint32_t row, uint32_t col)
{
    uint32_t n = 0;

    for (uint32_t k = 0; k < col; k++) {
        const struct document_cell *c = stat_at(g, row, k);

        n += c && c->col == k ? 1 : 0;
    }
    return n;
}

const struct document_cell *stat_below(const struct stat_grid *g,
    const struct stat_layout *l, uint32_t row, uint32_t col, uint32_t place)
{
    if (l->head_n == 0 || cells_of(g, row) != l->head_n)
        return stat_at(g, row, col);
    for (uint32_t k = 0; k < g->col_n; k++) {
        const struct document_cell *c = stat_at(g, row, k);

        if (c && c->col == k && place-- == 0)
            return c;
    }
    return NULL;
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

static void add_value(struct stat_layout *l, uint32_t col, uint32_t place,
    struct slice key, struct arena *a)
{
    if (l->value_n == STATISTICS_COLUMNS)
        return;
    if (key.len == 0)
        key = arena_printf(a, "%u", l->value_n + 1);
    for (uint32_t i = 0; i < l->value_n; i++)
        if (slice_eq(l->value[i].key, key))
            key = arena_printf(a, "%.*s(%u)", SLICE_ARG(key), l->value_n + 1);
    l->value[l->value_n++] = (struct stat_column){ col, place, key };
}

static void set_unit(struct stat_layout *l, uint32_t col, uint32_t place)
{
    l->unit_col = (int32_t)col;
    l->unit_place = place;
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

static bool heads_labels(
    const struct stat_grid *g, uint32_t row, uint32_t col, struct arena *a)
{
    const struct document_cell *c = stat_at(g, row, col);

    return c && c->row == row && c->col == col &&
           statistics_is_header(a, c->text);
}

/* Where the block that begins at `col` ends: before the next header of
 * labels that has something to its right. */
static uint32_t end_of_block(
    const struct stat_grid *g, uint32_t row, uint32_t col, struct arena *a)
{
    for (uint32_t k = stat_at(g, row, col)->colspan + col; k + 1 < g->col_n;
         k++)
        if (heads_labels(g, row, k, a))
            return k;
    return g->col_n;
}

static bool read_header(const struct stat_grid *g, uint32_t row, uint32_t col,
    uint32_t end, struct arena *a, struct stat_layout *l)
{
    const struct document_cell *head = stat_at(g, row, col);

    *l = (struct stat_layout){ .first_row = below(g, row),
        .label_from = col,
        .label_to = col + head->colspan,
        .unit_col = -1,
        .has_header = true };
    l->head_n = cells_of(g, l->first_row - 1);
    for (uint32_t k = l->label_to; k < end; k++) {
        const struct document_cell *c = stat_at(g, l->first_row - 1, k);
        struct slice letters;

        if (!c || c->col != k)
            continue; /* a wide header names one column, its first */
        letters = text_letters(a, text_fold(a, c->text));
        if (is_unit_header(letters) && l->unit_col < 0)
            set_unit(l, k, place_of(g, c->row, k));
        else if (letters.len > 0 && !is_other_header(letters))
            add_value(l, k, place_of(g, c->row, k), stat_key(a, c->text), a);
    }
    return l->value_n > 0;
}

/* The blocks of a header row; their number. */
static uint32_t read_blocks(const struct stat_grid *g, uint32_t row,
    struct arena *a, struct stat_layout *l)
{
    uint32_t n = 0;

    for (uint32_t k = 0; k + 1 < g->col_n && n < STATISTICS_BLOCKS;) {
        uint32_t end = k + 1;

        if (heads_labels(g, row, k, a)) {
            end = end_of_block(g, row, k, a);
            n += read_header(g, row, k, end, a, &l[n]) ? 1 : 0;
        }
        k = end;
    }
    return n;
}

static uint32_t find_header(
    const struct stat_grid *g, struct arena *a, struct stat_layout *l)
{
    uint32_t n = 0;

    for (uint32_t r = 0; r < g->row_n && r < HEADER_ROWS && n == 0; r++)
        n = read_blocks(g, r, a, l);
    return n;
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
            add_value(l, k, 0, SLICE_LIT(""), a);
        else if (text_n > 0 && l->unit_col < 0 && l->value_n == 0)
            set_unit(l, k, 0);
    }
}

/* The column with the most known labels; their number. */
static uint32_t best_column(
    const struct stat_grid *g, const struct indicators *in, uint32_t *best)
{
    uint32_t best_n = 0;

    for (uint32_t k = 0; k + 1 < g->col_n; k++) {
        uint32_t n = known_in_column(g, 0, k, in);

        if (n > best_n) {
            *best = k;
            best_n = n;
        }
    }
    return best_n;
}

/* The rest of the table before: known labels stand where those of one of its
 * blocks did. */
static bool is_rest(
    const struct stat_grid *g, const struct stat_context *known, uint32_t best)
{
    for (uint32_t i = 0; i < known->before_n; i++) {
        const struct stat_layout *l = &known->before[i];

        if (best >= l->label_from && best < l->label_to &&
            l->value[l->value_n - 1].col < g->col_n)
            return true;
    }
    return false;
}

static uint32_t continue_blocks(const struct stat_grid *g,
    const struct stat_context *known, struct stat_layout *l)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < known->before_n; i++) {
        const struct stat_layout *one = &known->before[i];

        if (one->value[one->value_n - 1].col >= g->col_n)
            continue;
        l[n] = *one;
        l[n++].first_row = 0;
    }
    return n;
}

static uint32_t guess(const struct stat_grid *g,
    const struct stat_context *known, struct arena *a, struct stat_layout *l)
{
    uint32_t best = 0, best_n = best_column(g, known->in, &best);

    if (best_n > 0 && is_rest(g, known, best))
        return continue_blocks(g, known, l);
    if (best_n < KNOWN_MIN)
        return 0;
    *l = (struct stat_layout){
        .label_from = best, .label_to = best + 1, .unit_col = -1
    };
    guess_columns(g, a, l);
    return l->value_n > 0 ? 1 : 0;
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

/* Units, where 单位 may as well head a column of offices. */
static bool counts_things(
    const struct stat_grid *g, const struct stat_layout *l, struct arena *a)
{
    static const char *const words[] = { "条", "件", "次", "人", "个", "篇",
        "份", "家", "部", "项", "起", "人次", "件次", "条次", "万元", "元",
        "场", "期", "册", "万人次", "万次", NULL };
    uint32_t unit_n = 0, other_n = 0;

    if (l->unit_col < 0)
        return false;
    for (uint32_t r = l->first_row; r < g->row_n; r++) {
        const struct document_cell *c =
            stat_below(g, l, r, (uint32_t)l->unit_col, l->unit_place);
        struct slice text = c ? stat_key(a, c->text) : (struct slice){ "", 0 };

        if (is_one_of(text, words))
            unit_n++;
        else if (text.len > 0)
            other_n++;
    }
    return unit_n > other_n;
}

static bool is_known_enough(const struct stat_grid *g,
    const struct stat_layout *l, uint32_t n, const struct stat_context *known,
    struct arena *a)
{
    uint32_t known_n = 0;
    bool has_unit = false, counts = false;

    for (uint32_t i = 0; i < n; i++) {
        known_n += known_rows(g, &l[i], known->in);
        has_unit = has_unit || l[i].unit_col >= 0;
        counts = counts || counts_things(g, &l[i], a);
    }
    if (known->beside && counts)
        return true;
    return known_n >=
           (known->before_n > 0 || has_unit ? KNOWN_BELOW : KNOWN_MIN);
}

uint32_t statistics_layout(const struct document *doc, uint32_t table,
    const struct stat_context *known, struct arena *a, struct stat_grid *grid,
    struct stat_layout *out)
{
    const struct document_table *t = &doc->tables[table];
    uint32_t n;

    if (t->row_n > STATISTICS_ROWS || t->col_n < 2 ||
        t->col_n > 2 * STATISTICS_COLUMNS)
        return 0;
    lay_out(t, table, a, grid);
    n = find_header(grid, a, out);
    if (n > 0)
        return is_known_enough(grid, out, n, known, a) ? n : 0;
    return guess(grid, known, a, out);
}
