/* SPDX-License-Identifier: Apache-2.0 */
/*
 * equations - the instances of a form's checks over the cells of a record.
 */
#include "transformer/equations.h"

#include <string.h>

#include "transformer/label.h"
#include "transformer/tables.h"

/* The cells of one table by row and column of its form. */
struct board {
    const struct form_view *view;
    struct operand *at[FORM_ROWS][FORM_COLUMNS]; /* NULL: not listed */
};

static struct operand operand_of(struct cell *cell)
{
    struct operand o = { cell, KNOWN_NOT, { 0, 0 } };

    if (cell->value.p && decimal_parse(cell->value, &o.value))
        o.known = KNOWN_PRINTED;
    else if (cell->state == CELL_BLANK || cell->state == CELL_DASH)
        o.known = KNOWN_BLANK;
    return o;
}

/* Cells stand in the form's order, so one walk finds the place of each. */
static void board_make(
    struct board *b, const struct form_view *view, struct equations *e)
{
    uint32_t i = 0;

    memset(b->at, 0, sizeof(b->at));
    b->view = view;
    while (i < e->operand_n &&
           !slice_eq_str(e->operand[i].cell->table, view->table->key))
        i++;
    for (uint32_t r = 0; r < view->item_n; r++)
        for (uint32_t c = 0; c < view->items[r].block->columns_count; c++) {
            const struct form_item *item = &view->items[r];

            if (i < e->operand_n &&
                slice_eq_str(e->operand[i].cell->table, view->table->key) &&
                slice_eq_str(e->operand[i].cell->row, item->row->key) &&
                slice_eq_str(
                    e->operand[i].cell->column, item->block->columns[c].key))
                b->at[r][c] = &e->operand[i++];
        }
}

static struct operand *by_row(
    const struct board *b, const char *row, const char *column)
{
    for (uint32_t r = 0; r < b->view->item_n; r++) {
        const struct form_item *item = &b->view->items[r];

        if (strcmp(item->row->key, row) != 0)
            continue;
        for (uint32_t c = 0; c < item->block->columns_count; c++)
            if (strcmp(item->block->columns[c].key, column) == 0)
                return b->at[r][c];
    }
    return NULL;
}

/* Operands of one side; fewer than named when the table lacks some. */
static uint32_t side(const struct board *b, const struct form_check *check,
    char *const *names, unsigned n, const char *key, struct arena *arena,
    struct operand ***out)
{
    uint32_t got = 0;

    *out = arena_alloc_n(arena, n + 1, sizeof(struct operand *));
    for (unsigned i = 0; i < n; i++) {
        struct operand *o = check->each == EACH_COLUMN
                                ? by_row(b, names[i], key)
                                : by_row(b, key, names[i]);

        if (o)
            (*out)[got++] = o;
    }
    return got;
}

/* One instance, if the row or column has the cells that it needs. */
static void add_instance(const struct board *b, const struct form_check *check,
    const char *key, struct arena *arena, struct equations *e)
{
    struct equation *q = &e->eq[e->n];
    bool sums = check->relation == RELATION_EQUAL ||
                check->relation == RELATION_AT_LEAST;

    q->form = b->view->form;
    q->check = check;
    q->key = key;
    q->left_n =
        side(b, check, check->left, check->left_count, key, arena, &q->left);
    q->right_n =
        side(b, check, check->right, check->right_count, key, arena, &q->right);
    if (q->left_n == 0)
        return;
    if (sums &&
        (q->left_n != check->left_count || q->right_n != check->right_count))
        return;
    e->n++;
}

/* A column stands in several blocks: its first one makes the instance. */
static bool column_is_first(
    const struct form_table *t, unsigned block, unsigned column)
{
    for (unsigned b = 0; b < block; b++)
        for (unsigned c = 0; c < t->blocks[b].columns_count; c++)
            if (strcmp(t->blocks[b].columns[c].key,
                    t->blocks[block].columns[column].key) == 0)
                return false;
    return true;
}

static void add_check(const struct board *b, const struct form_check *check,
    struct arena *arena, struct equations *e)
{
    const struct form_table *t = b->view->table;

    if (check->each == EACH_ROW) {
        for (uint32_t r = 0; r < b->view->item_n; r++)
            if (b->at[r][0])
                add_instance(b, check, b->view->items[r].row->key, arena, e);
        return;
    }
    for (unsigned k = 0; k < t->blocks_count; k++)
        for (unsigned c = 0; c < t->blocks[k].columns_count; c++)
            if (column_is_first(t, k, c))
                add_instance(b, check, t->blocks[k].columns[c].key, arena, e);
}

static const struct form_view *view_of(
    const struct forms *forms, const struct record *rec, uint32_t k)
{
    enum table_kind kind = (enum table_kind)k;

    return labels_view(forms->labels, tables_form(forms, rec, kind), kind);
}

/* No fewer than add_check will make. */
static size_t count_instances(
    const struct forms *forms, const struct record *rec)
{
    size_t n = 0;

    for (uint32_t k = 0; k < KIND_N; k++) {
        const struct form_view *v = view_of(forms, rec, k);
        size_t columns = 0;

        for (unsigned b = 0; b < v->table->blocks_count; b++)
            columns += v->table->blocks[b].columns_count;
        for (unsigned i = 0; i < v->form->checks_count; i++)
            n += v->form->checks[i].each == EACH_ROW ? v->item_n : columns;
    }
    return n;
}

void equations_make(
    const struct forms *forms, struct record *rec, struct equations *out)
{
    struct board *board = arena_alloc(rec->arena, sizeof(*board));

    memset(out, 0, sizeof(*out));
    out->eq = arena_alloc_n(
        rec->arena, count_instances(forms, rec) + 1, sizeof(*out->eq));
    out->operand =
        arena_alloc_n(rec->arena, rec->cell_n + 1, sizeof(*out->operand));
    out->operand_n = rec->cell_n;
    for (uint32_t i = 0; i < rec->cell_n; i++)
        out->operand[i] = operand_of(&rec->cells[i]);
    for (uint32_t k = 0; k < KIND_N; k++) {
        const struct form_view *view = view_of(forms, rec, k);

        board_make(board, view, out);
        for (unsigned i = 0; i < view->form->checks_count; i++)
            if (strcmp(view->form->checks[i].table, view->table->key) == 0)
                add_check(board, &view->form->checks[i], rec->arena, out);
    }
}

struct slice equation_name(const struct equation *q, struct arena *arena)
{
    return arena_printf(arena, "%s.%s", q->check->id, q->key);
}

bool equation_is_sum(const struct equation *q)
{
    return q->check->relation == RELATION_EQUAL && !q->check->warning;
}

bool operands_sum(struct operand *const *side_, uint32_t n, struct decimal *sum)
{
    *sum = (struct decimal){ 0, 0 };
    for (uint32_t i = 0; i < n; i++) {
        if (side_[i]->known == KNOWN_BLANK || side_[i]->known == KNOWN_NOT)
            return false;
        *sum = decimal_add(*sum, side_[i]->value);
    }
    return true;
}
