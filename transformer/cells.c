/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cells - read tables to the cells of the record.
 */
#include "transformer/cells.h"

#include <string.h>

#include "transformer/decimal.h"
#include "transformer/doubt.h"
#include "transformer/number.h"

static struct slice str(const char *s)
{
    return slice_str(s);
}

/* ---- which rows ---------------------------------------------------------- */

static bool row_is_blank(const struct table_read *t, uint32_t item)
{
    for (uint32_t c = 0; c < t->view->items[item].block->columns_count; c++) {
        const struct slot *s = table_slot(t, item, c);

        if (s->state == SLOT_CLASH ||
            (s->state != SLOT_EMPTY && s->band->value_n > 0))
            return false;
    }
    return true;
}

/* A local row of the document replaces this one. */
static bool row_is_split(const struct table_read *t, const char *key)
{
    for (uint32_t r = 0; r < t->view->item_n; r++) {
        const char *replaces = t->view->items[r].row->replaces;

        if (t->claimed[r] && replaces && strcmp(replaces, key) == 0)
            return true;
    }
    return false;
}

bool cells_row_is_listed(const struct table_read *t, uint32_t item)
{
    const struct form_row *row = t->view->items[item].row;

    if (row->optional)
        return row->replaces ? row_is_split(t, row->replaces)
                             : t->claimed[item];
    return !row_is_split(t, row->key) ||
           (t->claimed[item] && !row_is_blank(t, item));
}

/* ---- one cell ------------------------------------------------------------ */

static void set_source(
    struct cell *cell, const struct band *band, const struct token *tok)
{
    if (!band)
        return;
    cell->source.table = (int32_t)band->table;
    cell->source.row = (int32_t)band->row;
    if (!tok)
        return;
    cell->source.row = (int32_t)tok->cell->row;
    cell->source.col = (int32_t)tok->cell->col;
    cell->source.page = tok->cell->page;
    memcpy(cell->source.box, tok->cell->box, sizeof(cell->source.box));
    cell->source.reading = tok->cell->reading;
}

/* The unit that the document states outside the cell: in the column's
 * header, the table's caption or another header cell of its band. */
static enum number_unit unit_around(
    const struct document *doc, const struct slot *s)
{
    enum number_unit unit = NUMBER_UNIT_NONE;

    if (s->header)
        unit = number_unit_find(s->header->cell->text);
    if (unit == NUMBER_UNIT_NONE && s->band)
        unit = number_unit_find(doc->tables[s->band->table].caption);
    return unit;
}

static void set_unit(const struct document *doc, const struct form_column *col,
    const struct slot *s, enum number_unit unit, struct arena *arena,
    struct cell *cell)
{
    enum form_unit form_unit = col->unit;
    bool stated = true;
    struct decimal d;

    if (unit == NUMBER_UNIT_NONE)
        unit = unit_around(doc, s);
    if (unit == NUMBER_UNIT_CNY)
        form_unit = UNIT_CNY;
    else if (unit == NUMBER_UNIT_CNY_10K)
        form_unit = UNIT_CNY_10K;
    else
        stated = number_unit_find(str(col->label)) != NUMBER_UNIT_NONE;
    cell->unit = str(form_unit_name(form_unit));
    if (!stated && cell->value.p && !cell->evidence.p)
        cell->evidence = SLICE_LIT(
            "the document states no unit; the form's usual one is given");
    if (stated && cell->value.p && decimal_parse(cell->value, &d))
        cell->value_cny =
            decimal_text(arena, form_unit == UNIT_CNY_10K ? decimal_10k(d) : d);
}

static void read_value(const struct document *doc, const struct table_read *t,
    uint32_t item, uint32_t column, struct arena *arena, struct cell *cell)
{
    const struct slot *s = table_slot(t, item, column);
    const struct form_column *col =
        &t->view->items[item].block->columns[column];
    struct number number;

    number_read(
        s->tok->cell->text, table_number_kind(t->view, item, column), &number);
    cell->raw = s->tok->cell->text.p ? s->tok->cell->text : SLICE_LIT("");
    cell->state = number.state;
    if (number.value[0])
        cell->value = arena_slice(arena, str(number.value));
    if (number.proposed[0])
        cell->proposed = arena_slice(arena, str(number.proposed));
    if (number.evidence)
        cell->evidence = str(number.evidence);
    if (s->tok->cell->reading == READING_DOUBTFUL)
        doubt_set(s->tok->cell, arena, cell);
    if (col->unit != UNIT_COUNT)
        set_unit(doc, col, s, number.unit, arena, cell);
}

static void set_clash(
    const struct slot *s, struct arena *arena, struct cell *cell)
{
    cell->state = CELL_UNREADABLE;
    cell->raw =
        s->tok && s->tok->cell->text.p ? s->tok->cell->text : SLICE_LIT("");
    cell->evidence = arena_printf(arena,
        "two rows of the document claim this one: '%.*s' and '%.*s'",
        SLICE_ARG(cell->raw),
        SLICE_ARG(s->other ? s->other->cell->text : SLICE_LIT("?")));
}

static void add_cell(const struct document *doc, const struct table_read *t,
    uint32_t item, uint32_t column, struct record *rec)
{
    const struct form_item *it = &t->view->items[item];
    const struct form_column *col = &it->block->columns[column];
    struct cell *cell = &rec->cells[rec->cell_n++];
    const struct slot none = { .state = SLOT_EMPTY };
    const struct slot *s = t->claim_n > 0 ? table_slot(t, item, column) : &none;

    memset(cell, 0, sizeof(*cell));
    cell->table = str(t->view->table->key);
    cell->row = str(it->row->key);
    cell->column = str(col->key);
    cell->unit = str(form_unit_name(col->unit));
    cell->state = CELL_MISSING;
    cell->source = (struct cell_source){ .table = -1, .row = -1, .col = -1 };
    set_source(cell, s->band, s->tok);
    switch (s->state) {
    case SLOT_EMPTY:
        break;
    case SLOT_VALUE:
        read_value(doc, t, item, column, rec->arena, cell);
        break;
    case SLOT_UNCLEAR:
        cell->evidence = SLICE_LIT(
            "the row is there, but its values do not fit the columns");
        break;
    case SLOT_CLASH:
        set_clash(s, rec->arena, cell);
        break;
    }
}

void cells_add(
    const struct document *doc, const struct table_read *t, struct record *rec)
{
    for (uint32_t r = 0; r < t->view->item_n; r++) {
        if (!cells_row_is_listed(t, r))
            continue;
        for (uint32_t c = 0; c < t->view->items[r].block->columns_count; c++)
            add_cell(doc, t, r, c, rec);
    }
}
