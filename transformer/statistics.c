/* SPDX-License-Identifier: Apache-2.0 */
/*
 * statistics - the statistics table of a report on 2018 or earlier.
 *
 * Every row becomes a cell of table `statistics` for each column of numbers.
 * Nothing is required of such a table, so what is blank or cannot be read
 * flags the report, and what is not printed does not.  Where an indicator
 * means the same as a cell of the later forms, that cell is given too, with
 * the number of the year's own column.
 */
#include "transformer/statistics.h"

#include <string.h>

#include "transformer/checks.h"
#include "transformer/doubt.h"
#include "transformer/number.h"
#include "transformer/reasons.h"
#include "transformer/recognize.h"

#define CELLS_MAX 4000u /* 70 rows and three columns are usual */

/* All statistics tables of a document. */
struct tables {
    uint32_t n;
    struct stat_grid grid[STATISTICS_TABLES];
    struct stat_layout layout[STATISTICS_TABLES];
    bool left_out; /* there are more */
};

/* Is one table a statistics table by itself? */
static bool has_table(
    const struct document *doc, const struct indicators *in, struct arena *a)
{
    const struct stat_context alone = { .in = in };
    struct stat_layout layout[STATISTICS_BLOCKS];
    struct stat_grid grid;

    for (uint32_t i = 0; i < doc->table_n; i++)
        if (statistics_layout(doc, i, &alone, a, &grid, layout) > 0)
            return true;
    return false;
}

static void find_tables(const struct document *doc, const struct indicators *in,
    struct arena *a, struct tables *out)
{
    struct stat_context known = { .in = in, .beside = has_table(doc, in, a) };

    out->n = 0;
    out->left_out = false;
    for (uint32_t i = 0; i < doc->table_n && known.beside; i++) {
        struct stat_layout layout[STATISTICS_BLOCKS];
        struct stat_grid grid;
        uint32_t n = statistics_layout(doc, i, &known, a, &grid, layout);

        if (n > STATISTICS_TABLES - out->n) {
            out->left_out = true;
            return;
        }
        for (uint32_t k = 0; k < n; k++) {
            out->grid[out->n + k] = grid;
            out->layout[out->n + k] = layout[k];
        }
        if (n > 0) {
            known.before = &out->layout[out->n];
            known.before_n = n;
        }
        out->n += n;
    }
}

uint32_t statistics_count(
    const struct document *doc, const struct forms *forms, struct arena *a)
{
    struct tables *t = arena_alloc(a, sizeof(*t));

    if (!forms->indicators)
        return 0;
    find_tables(doc, forms->indicators, a, t);
    return t->n;
}

/* ---- cells ------------------------------------------------------------------
 */

/* Money, whether a unit is printed or not. */
static bool is_money(const struct stat_row *row)
{
    return text_has(row->label, "费用") || text_has(row->label, "经费");
}

static bool is_amount(const struct stat_row *row)
{
    return number_unit_find(row->unit) != NUMBER_UNIT_NONE ||
           number_unit_find(row->label) != NUMBER_UNIT_NONE ||
           text_has(row->unit, "万") || is_money(row);
}

static void set_unit(const struct stat_row *row, enum number_unit unit,
    struct arena *a, struct cell *c)
{
    struct decimal d;

    if (unit == NUMBER_UNIT_NONE)
        unit = number_unit_find(row->unit);
    if (unit == NUMBER_UNIT_NONE)
        unit = number_unit_find(row->label);
    if (unit == NUMBER_UNIT_NONE) {
        c->unit = row->unit;
        if (row->unit.len == 0 && !is_money(row))
            c->unit = SLICE_LIT("count");
        return;
    }
    c->unit = slice_str(
        form_unit_name(unit == NUMBER_UNIT_CNY ? UNIT_CNY : UNIT_CNY_10K));
    if (c->value.p && decimal_parse(c->value, &d))
        c->value_cny =
            decimal_text(a, unit == NUMBER_UNIT_CNY_10K ? decimal_10k(d) : d);
}

static void add_cell(const struct stat_row *row, const struct stat_column *col,
    struct record *rec)
{
    const struct document_cell *from =
        stat_below(row->grid, row->layout, row->row, col->col, col->place);
    struct cell *c = &rec->cells[rec->cell_n++];
    struct number number;

    memset(c, 0, sizeof(*c));
    c->table = SLICE_LIT("statistics");
    c->row = row->label;
    c->column = col->key;
    c->state = CELL_MISSING;
    c->source = (struct cell_source){
        .table = (int32_t)row->grid->index, .row = (int32_t)row->row, .col = -1
    };
    if (!from) {
        set_unit(row, NUMBER_UNIT_NONE, rec->arena, c);
        return;
    }
    c->source.row = (int32_t)from->row;
    c->source.col = (int32_t)from->col;
    c->source.page = from->page;
    memcpy(c->source.box, from->box, sizeof(c->source.box));
    c->source.reading = from->reading;
    number_read(
        from->text, is_amount(row) ? NUMBER_AMOUNT : NUMBER_COUNT, &number);
    c->raw = from->text.p ? from->text : SLICE_LIT("");
    c->state = number.state;
    if (number.value[0])
        c->value = arena_slice(rec->arena, slice_str(number.value));
    if (number.proposed[0])
        c->proposed = arena_slice(rec->arena, slice_str(number.proposed));
    if (number.evidence)
        c->evidence = slice_str(number.evidence);
    if (from->reading == READING_DOUBTFUL)
        doubt_set(from, rec->arena, c);
    set_unit(row, number.unit, rec->arena, c);
}

/* A label that stands several times is named with the row above it. */
static void name_apart(struct stat_rows *rows, struct arena *a)
{
    bool *twice = arena_alloc_n(a, rows->n + 1, sizeof(*twice));

    for (uint32_t i = 0; i < rows->n; i++)
        for (uint32_t k = 0; k < i; k++)
            if (!rows->row[i].heading && !rows->row[k].heading &&
                slice_eq(rows->row[i].label, rows->row[k].label))
                twice[i] = twice[k] = true;
    for (uint32_t i = rows->n; i-- > 0;)
        if (twice[i] && rows->row[i].parent >= 0)
            rows->row[i].label = arena_printf(a, "%.*s/%.*s",
                SLICE_ARG(rows->row[rows->row[i].parent].label),
                SLICE_ARG(rows->row[i].label));
}

/* The cell with the same key that is there already, or NULL. */
static struct cell *same_key(
    struct record *rec, uint32_t first, const struct cell *c)
{
    for (uint32_t i = first; i < rec->cell_n; i++)
        if (slice_eq(rec->cells[i].row, c->row) &&
            slice_eq(rec->cells[i].column, c->column))
            return &rec->cells[i];
    return NULL;
}

/* Take back the cell just added if its key is there already: the table is
 * printed twice.  Different numbers are no number. */
static bool is_repeated(struct record *rec, uint32_t first)
{
    struct cell *c = &rec->cells[--rec->cell_n];
    struct cell *other = same_key(rec, first, c);

    if (!other) {
        rec->cell_n++;
        return false;
    }
    if (slice_eq(other->value, c->value) && other->state == c->state)
        return true;
    other->evidence = arena_printf(rec->arena,
        "two rows of the document have this label: '%.*s' and '%.*s'",
        SLICE_ARG(other->raw), SLICE_ARG(c->raw));
    other->state = CELL_UNREADABLE;
    other->value = other->value_cny = other->proposed =
        (struct slice){ NULL, 0 };
    return true;
}

static void grow_cells(struct record *rec, size_t more)
{
    struct cell *cells =
        arena_alloc_n(rec->arena, rec->cell_n + more + 1, sizeof(*cells));

    if (rec->cell_n > 0)
        memcpy(cells, rec->cells, rec->cell_n * sizeof(*cells));
    rec->cells = cells;
}

static void add_cells(
    const struct stat_rows *rows, struct record *rec, struct stat_cells *out)
{
    size_t all = 0, left_out = 0;

    for (uint32_t i = 0; i < rows->n; i++)
        all += rows->row[i].heading ? 0 : rows->row[i].layout->value_n;
    all = all < CELLS_MAX ? all : CELLS_MAX;
    grow_cells(rec, all);
    out->first = rec->cell_n;
    out->row = arena_alloc_n(rec->arena, all + 1, sizeof(*out->row));
    for (uint32_t i = 0; i < rows->n; i++) {
        const struct stat_row *row = &rows->row[i];

        for (uint32_t v = 0; v < row->layout->value_n && !row->heading; v++) {
            if (out->n == all) {
                left_out++;
                continue;
            }
            add_cell(row, &row->layout->value[v], rec);
            if (!is_repeated(rec, out->first))
                out->row[out->n++] = i;
        }
    }
    if (left_out > 0)
        reason_add(
            rec, "table.long: statistics: %zu cells were left out", left_out);
}

/* ---- cells of the later forms ---------------------------------------------
 * Only for labels printed letter by letter: a misprinted one may be its
 * neighbour's.
 */

/* The column of the report's own year: not the sum of several years. */
static bool is_own_year(struct slice column, const struct record *rec)
{
    struct text_year y = text_find_year(column, 0, true);

    if (y.year != 0)
        return y.year == rec->year;
    return !text_has(column, "累计") || text_has(column, "本年累计");
}

static const struct cell *own_cell(
    const struct stat_cells *cells, uint32_t row, const struct record *rec)
{
    const struct cell *hit = NULL;

    for (uint32_t i = 0; i < cells->n; i++) {
        const struct cell *c = &rec->cells[cells->first + i];

        if (cells->row[i] != row || !is_own_year(c->column, rec))
            continue;
        if (!hit || text_has(c->column, "本年累计"))
            hit = c;
    }
    return hit;
}

static struct slice part(struct slice *rest)
{
    struct slice s = *rest;
    ptrdiff_t dot = slice_find(s, SLICE_LIT("."));

    if (dot < 0)
        return s;
    s.len = (size_t)dot;
    *rest = slice_from(*rest, s.len + 1);
    return s;
}

static bool is_there(const struct record *rec, const struct cell *c)
{
    for (uint32_t i = 0; i < rec->cell_n; i++)
        if (slice_eq(rec->cells[i].table, c->table) &&
            slice_eq(rec->cells[i].row, c->row) &&
            slice_eq(rec->cells[i].column, c->column))
            return true;
    return false;
}

static void add_mapped(const struct form *form, const struct stat_rows *rows,
    const struct stat_cells *cells, struct record *rec)
{
    for (uint32_t i = 0; i < rows->n; i++) {
        int32_t indicator = rows->row[i].indicator;
        const char *as = indicator < 0 || !rows->row[i].exactly
                             ? NULL
                             : form->indicators[indicator].same_as;
        const struct cell *from = as ? own_cell(cells, i, rec) : NULL;
        struct slice rest = slice_str(as ? as : "");
        struct cell to;

        if (!from)
            continue;
        to = *from;
        to.table = part(&rest);
        to.row = part(&rest);
        to.column = part(&rest);
        to.unit = SLICE_LIT("count");
        to.value_cny = (struct slice){ NULL, 0 };
        if (!is_there(rec, &to))
            rec->cells[rec->cell_n++] = to;
    }
}

/* ---- the step ---------------------------------------------------------------
 */

static void add_doubts(
    const struct tables *t, const struct stat_rows *rows, struct record *rec)
{
    bool headless = false;

    for (uint32_t i = 0; i < t->n; i++)
        headless = headless || !t->layout[i].has_header;
    if (headless)
        reason_add(rec, "header.missing: statistics: the columns of numbers "
                        "have no header, they are numbered");
    if (rows->unlabelled_n > 0)
        reason_add(rec,
            "label.missing: statistics: %u rows with numbers have no label "
            "and were left out",
            rows->unlabelled_n);
    if (t->left_out)
        reason_add(rec, "table.long: statistics: more than %u tables",
            STATISTICS_TABLES);
}

void extract_statistics(
    const struct document *doc, const struct forms *forms, struct record *rec)
{
    struct tables *t = arena_alloc(rec->arena, sizeof(*t));
    struct stat_rows rows = { .n = 0 };
    struct stat_cells cells = { .n = 0 };
    struct equations e = { .n = 0 };

    find_tables(doc, forms->indicators, rec->arena, t);
    if (t->n == 0) {
        reason_add(rec, "table.missing: statistics");
        return;
    }
    rec->form_statistics = slice_str(forms->statistics->id);
    for (uint32_t i = 0; i < t->n && rows.n < STATISTICS_ROWS; i++)
        statistics_rows(
            forms->indicators, &t->grid[i], &t->layout[i], rec->arena, &rows);
    name_apart(&rows, rec->arena);
    add_cells(&rows, rec, &cells);
    statistics_equations(forms->statistics, &rows, &cells, rec, &e);
    checks_make(&e, rec);
    grow_cells(rec, rows.n);
    add_mapped(forms->statistics, &rows, &cells, rec);
    add_doubts(t, &rows, rec);
}
