/* SPDX-License-Identifier: Apache-2.0 */
/*
 * statistics_sums - what adds up in a statistics table.
 *
 * A check of the form names a row and its known parts.  Parts that the table
 * does not print are left out; rows that the form does not know are added
 * where they continue the list of parts: below the same row, at the same
 * level.  There is one sum for each column of numbers.
 */
#include <string.h>

#include "transformer/norm.h"
#include "transformer/statistics.h"

struct maker {
    const struct form *form;
    const struct stat_rows *rows;
    const struct stat_cells *cells;
    struct record *rec;
    struct equations *out;
};

static struct operand operand_of(struct cell *cell)
{
    struct operand o = { .cell = cell, .known = KNOWN_NOT };

    if (cell->value.p && decimal_parse(cell->value, &o.value))
        o.known = KNOWN_PRINTED;
    else if (cell->state == CELL_BLANK || cell->state == CELL_DASH)
        o.known = KNOWN_BLANK;
    return o;
}

/* The operand of the cell in this row and column, or NULL. */
static struct operand *operand_at(
    const struct maker *m, uint32_t row, struct slice column)
{
    for (uint32_t i = 0; i < m->cells->n; i++)
        if (m->cells->row[i] == row &&
            slice_eq(m->rec->cells[m->cells->first + i].column, column))
            return &m->out->operand[m->cells->first + i];
    return NULL;
}

/* The first row of this indicator that has a cell, or -1. */
static int32_t row_of(const struct maker *m, const char *key)
{
    const struct form_indicator *in = form_indicator_find(m->form, key);
    int32_t index = (int32_t)(in - m->form->indicators);

    for (uint32_t i = 0; i < m->rows->n; i++)
        if (m->rows->row[i].indicator == index && !m->rows->row[i].heading)
            return (int32_t)i;
    return -1;
}

/* Rows of the known parts, in `part`; the number of them. */
static uint32_t known_parts(
    const struct maker *m, const struct form_check *check, uint32_t *part)
{
    uint32_t n = 0;

    for (unsigned i = 0; i < check->right_count; i++) {
        int32_t row = row_of(m, check->right[i]);

        if (row >= 0)
            part[n++] = (uint32_t)row;
    }
    return n;
}

/* Add unknown rows that stand in the same list. */
static uint32_t add_unknown(
    const struct maker *m, uint32_t whole, uint32_t *part, uint32_t n)
{
    uint32_t level = m->rows->row[part[0]].level;

    for (uint32_t i = whole + 1; i < m->rows->n; i++) {
        const struct stat_row *r = &m->rows->row[i];

        if (r->indicator < 0 && !r->heading && r->level == level &&
            r->parent == (int32_t)whole)
            part[n++] = i;
    }
    return n;
}

static void add_equation(const struct maker *m, const struct form_check *check,
    uint32_t whole, const uint32_t *part, uint32_t part_n, struct slice column)
{
    struct equation *q = &m->out->eq[m->out->n];
    struct arena *a = m->rec->arena;

    q->left = arena_alloc_n(a, 1, sizeof(struct operand *));
    q->right = arena_alloc_n(a, part_n, sizeof(struct operand *));
    q->left[0] = operand_at(m, whole, column);
    for (uint32_t i = 0; i < part_n; i++) {
        struct operand *o = operand_at(m, part[i], column);

        if (o)
            q->right[q->right_n++] = o;
    }
    q->left_n = 1;
    if (!q->left[0] || q->right_n == 0 ||
        (q->right_n == 1 && check->relation == RELATION_EQUAL)) {
        memset(q, 0, sizeof(*q));
        return; /* this column has no list to add up */
    }
    q->form = m->form;
    q->check = check;
    q->key = arena_slice(a, column).p;
    m->out->n++;
}

static void add_check(const struct maker *m, const struct form_check *check,
    const struct slice *column, uint32_t column_n)
{
    int32_t whole = row_of(m, check->left[0]);
    uint32_t *part = arena_alloc_n(
        m->rec->arena, m->rows->n + check->right_count, sizeof(*part));
    uint32_t n = whole < 0 ? 0 : known_parts(m, check, part);

    if (n == 0)
        return;
    if (check->relation == RELATION_EQUAL)
        n = add_unknown(m, (uint32_t)whole, part, n);
    for (uint32_t i = 0; i < column_n; i++)
        add_equation(m, check, (uint32_t)whole, part, n, column[i]);
}

/* The different columns of the cells; the number of them. */
static uint32_t columns_of(const struct maker *m, struct slice *column)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < m->cells->n; i++) {
        struct slice key = m->rec->cells[m->cells->first + i].column;
        uint32_t k = 0;

        while (k < n && !slice_eq(column[k], key))
            k++;
        if (k == n && n < STATISTICS_COLUMNS)
            column[n++] = key;
    }
    return n;
}

void statistics_equations(const struct form *form, const struct stat_rows *rows,
    const struct stat_cells *cells, struct record *rec, struct equations *out)
{
    const struct maker m = { form, rows, cells, rec, out };
    struct slice column[STATISTICS_COLUMNS];
    uint32_t column_n = columns_of(&m, column);

    memset(out, 0, sizeof(*out));
    out->eq = arena_alloc_n(rec->arena,
        (size_t)form->checks_count * (column_n + 1), sizeof(*out->eq));
    out->operand =
        arena_alloc_n(rec->arena, rec->cell_n + 1, sizeof(*out->operand));
    out->operand_n = rec->cell_n;
    for (uint32_t i = 0; i < rec->cell_n; i++)
        out->operand[i] = operand_of(&rec->cells[i]);
    for (unsigned i = 0; i < form->checks_count; i++)
        add_check(&m, &form->checks[i], column, column_n);
}
