/* SPDX-License-Identifier: Apache-2.0 */
/*
 * statistics_rows - what each row of a statistics table is, and what it is a
 * part of.
 *
 * The printed numbers tell the levels: 一、 over （一） over 1. over (1).  A
 * list that 其中 opens lies one level below the row before it.
 */
#include "transformer/statistics.h"

#include <string.h>

#include "transformer/norm.h"
#include "transformer/number.h"
#include "transformer/recognize.h"

enum {
    LEVEL_PLAIN = 2, /* rows without number, outside of lists */
};

/* ---- levels ----------------------------------------------------------------
 */

/* (1) is a bracket like （一）, one level deeper than 1. */
static bool is_digit_bracket(struct slice label)
{
    const struct slice opens[] = { SLICE_LIT("（"), SLICE_LIT("(") };

    for (size_t i = 0; i < 2; i++)
        if (slice_starts(label, opens[i]) && label.len > opens[i].len &&
            label.p[opens[i].len] >= '0' && label.p[opens[i].len] <= '9')
            return true;
    return slice_starts(label, SLICE_LIT("⑴"));
}

static uint32_t level_of_mark(enum norm_mark mark, struct slice label)
{
    switch (mark) {
    case MARK_CHINESE:
        return 1;
    case MARK_BRACKET:
        return is_digit_bracket(label) ? 5 : 2;
    case MARK_DIGIT:
        return 4;
    case MARK_NONE:
        break;
    }
    return 0;
}

/* A list that 其中 opened, while it goes on. */
struct among {
    uint32_t level; /* 0: none is open */
    bool marked;    /* its rows are numbered */
};

static void set_level(struct stat_row *row, struct slice label, bool opens,
    const struct stat_row *before, struct among *list)
{
    struct norm_room room;
    struct norm n;

    if (norm_make(label, &room, &n)) {
        row->mark = n.mark;
        row->number = n.number;
    }
    row->level = level_of_mark((enum norm_mark)row->mark, label);
    if (opens && before) {
        if (row->level <= before->level)
            row->level = before->level + 1;
        *list = (struct among){ row->level, row->mark != MARK_NONE };
        return;
    }
    if (row->mark == MARK_NONE) {
        if (list->level > 0 && !list->marked) {
            row->level = list->level;
            return;
        }
        row->level = LEVEL_PLAIN;
    } else if (list->marked && before && row->mark == before->mark) {
        row->level = before->level; /* the list goes on: 2. after 其中：1. */
        return;
    }
    *list = (struct among){ 0, false };
}

/* The last row above with a lower level. */
static int32_t parent_of(const struct stat_rows *rows, uint32_t level)
{
    for (uint32_t i = rows->n; i-- > 0;)
        if (rows->row[i].level < level)
            return (int32_t)i;
    return -1;
}

/* The last known row above that lies around one of this level. */
static int32_t known_above(const struct stat_rows *rows, int32_t parent)
{
    while (parent >= 0 && rows->row[parent].indicator < 0)
        parent = rows->row[parent].parent;
    return parent >= 0 ? rows->row[parent].indicator : -1;
}

/* ---- rows ------------------------------------------------------------------
 */

/* The label's cell: the last one with text that begins in this row. */
static const struct document_cell *label_cell(
    const struct stat_grid *g, const struct stat_layout *l, uint32_t r)
{
    const struct document_cell *hit = NULL;

    for (uint32_t k = l->label_from; k < l->label_to; k++) {
        const struct document_cell *c = stat_at(g, r, k);

        if (c && c->row == r && slice_trim(c->text).len > 0)
            hit = c;
    }
    return hit;
}

static bool is_nothing(struct slice text)
{
    enum number_look look = number_look(text);

    return look == LOOK_BLANK || look == LOOK_DASH;
}

static bool has_numbers(
    const struct stat_grid *g, const struct stat_layout *l, uint32_t r)
{
    for (uint32_t i = 0; i < l->value_n; i++) {
        const struct document_cell *c =
            stat_below(g, l, r, l->value[i].col, l->value[i].place);

        if (c && c->row == r && !is_nothing(c->text))
            return true;
    }
    return false;
}

/* A title has neither unit nor number; where no row has a unit, it is none
 * of the known ones either. */
static bool is_heading(const struct stat_row *row)
{
    if (has_numbers(row->grid, row->layout, row->row) || !is_nothing(row->unit))
        return false;
    return row->layout->unit_col >= 0 || row->indicator < 0;
}

static bool spans_numbers(const struct stat_grid *g,
    const struct stat_layout *l, const struct document_cell *label)
{
    return stat_below(g, l, label->row, l->value[0].col, l->value[0].place) ==
           label;
}

static void add_row(const struct indicators *in, struct stat_row row,
    struct slice text, struct among *list, struct arena *a,
    struct stat_rows *out)
{
    const struct stat_row *before = out->n > 0 ? &out->row[out->n - 1] : NULL;
    struct slice label;
    bool opens;

    row.label = stat_key(a, text);
    label = statistics_among(row.label, &opens);
    set_level(&row, label, opens, before, list);
    row.parent = parent_of(out, row.level);
    row.indicator = statistics_indicator(
        in, row.label, known_above(out, row.parent), &row.exactly);
    out->row[out->n++] = row;
}

/* A group's cell that spans several rows is a title above them. */
static void add_groups(const struct indicators *in, struct stat_row row,
    const struct document_cell *label, struct among *list, struct arena *a,
    struct stat_rows *out)
{
    for (uint32_t k = row.layout->label_from; k < label->col; k++) {
        const struct document_cell *c = stat_at(row.grid, row.row, k);

        if (!c || c->row != row.row || c->col != k || c->rowspan == 1 ||
            slice_trim(c->text).len == 0)
            continue;
        row.heading = true;
        add_row(in, row, c->text, list, a, out);
    }
}

void statistics_rows(const struct indicators *in, const struct stat_grid *grid,
    const struct stat_layout *layout, struct arena *a, struct stat_rows *out)
{
    struct among list = { 0, false };
    size_t room =
        out->n + (size_t)grid->row_n * (layout->label_to - layout->label_from);
    struct stat_row *rows = arena_alloc_n(a, room + 1, sizeof(*rows));

    if (out->n > 0)
        memcpy(rows, out->row, out->n * sizeof(*rows));
    out->row = rows;
    for (uint32_t r = layout->first_row; r < grid->row_n; r++) {
        const struct document_cell *label = label_cell(grid, layout, r);
        struct stat_row row = { .grid = grid, .layout = layout, .row = r };

        if (!label) {
            out->unlabelled_n += has_numbers(grid, layout, r);
            continue;
        }
        if (statistics_is_header(a, label->text) ||
            slice_eq_str(slice_trim(label->text), "甲"))
            continue; /* the header again, on a new page; its letters */
        if (layout->unit_col >= 0) {
            const struct document_cell *u = stat_below(grid, layout, r,
                (uint32_t)layout->unit_col, layout->unit_place);

            row.unit = u ? stat_key(a, u->text) : (struct slice){ NULL, 0 };
        }
        add_groups(in, row, label, &list, a, out);
        add_row(in, row, label->text, &list, a, out);
        out->row[out->n - 1].heading = spans_numbers(grid, layout, label) ||
                                       is_heading(&out->row[out->n - 1]);
    }
}
