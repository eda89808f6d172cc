/* SPDX-License-Identifier: Apache-2.0 */
/*
 * damage_print - errors of the publisher: they come out as printed.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "tests/gen/damage.h"
#include "tests/gen/layout.h"

/* Any single wrong number in a summed table breaks its row's sum. */
static void misprint(struct gen_doc *d, int cell)
{
    long old = strtol(d->model.cell[cell].value, NULL, 10);
    long change = (long)rng_range(&d->rng, 1, old > 20 ? old / 2 : 9);

    if (old > change && rng_chance(&d->rng, 50))
        change = -change;
    damage_print(d, cell, arena_printf(&d->arena, "%ld", old + change).p);
    damage_note(d, cell,
        arena_printf(&d->arena, "misprinted: %ld for %ld", old + change, old)
            .p);
    d->verdict = VERDICT_FLAGGED;
    d->exact = true;
}

void damage_digit(struct gen_doc *d)
{
    misprint(d, damage_summed(d));
}

void damage_total_wrong(struct gen_doc *d)
{
    const struct gen_model *m = &d->model;
    uint32_t kind = rng_below(&d->rng, 3);
    uint32_t row = rng_below(&d->rng, (uint32_t)m->request_row_n);

    if (kind == 0)
        misprint(d, m->review_cell[rng_below(&d->rng, 3)][4]);
    else if (kind == 1)
        misprint(d, m->request_cell[row][GEN_REQUEST_COLS - 1]);
    else
        misprint(d, m->request_cell[m->request_row_n - 2]
                                   [rng_below(&d->rng, GEN_REQUEST_COLS)]);
}

/* Two different numbers of one row of results: both columns' sums fail. */
void damage_values_swapped(struct gen_doc *d)
{
    int row, a, b;
    const char *x, *y;
    int tries = 0;

    do {
        damage_request_busy(d, &row, &a);
        b = (int)rng_below(&d->rng, GEN_REQUEST_COLS);
        x = d->model.cell[d->model.request_cell[row][a]].value;
        y = d->model.cell[d->model.request_cell[row][b]].value;
    } while (strcmp(x, y) == 0 && ++tries < 2000);
    if (strcmp(x, y) == 0)
        return;
    damage_print(d, d->model.request_cell[row][a], y);
    damage_print(d, d->model.request_cell[row][b], x);
    damage_note(d, d->model.request_cell[row][a], "exchanged");
    d->verdict = VERDICT_FLAGGED;
    d->exact = true;
}

/* What stands beside a label is its value, whatever the form's order. */
void damage_labels_swapped(struct gen_doc *d)
{
    struct gen_model *m = &d->model;
    int row = 4 + (int)rng_below(&d->rng, 15);
    struct gen_sheet *s = damage_sheet(d, TABLE_REQUESTS);
    struct gen_row *one = &s->row[3 + row], *two = &s->row[4 + row];
    struct gen_slot *x = &one->slot[damage_first_value(one) - 1];
    struct gen_slot *y = &two->slot[damage_first_value(two) - 1];
    const char *label = x->text;

    if (strcmp(gen_request_group(m, row), gen_request_group(m, row + 1)) !=
        0) /* exchanged labels would say two groups */
        return;
    x->text = y->text;
    y->text = label;
    for (int c = 0; c < GEN_REQUEST_COLS; c++) {
        struct gen_cell *a = &m->cell[m->request_cell[row][c]];
        struct gen_cell *b = &m->cell[m->request_cell[row + 1][c]];
        const char *value = a->value;

        a->value = b->value;
        b->value = value;
        a->truth = b->truth = TRUTH_MAYBE;
        one->slot[damage_first_value(one) + c].cell =
            m->request_cell[row + 1][c];
        two->slot[damage_first_value(two) + c].cell = m->request_cell[row][c];
    }
    damage_note(d, m->request_cell[row][0], "label exchanged with the next");
    d->verdict = VERDICT_EITHER;
}

void damage_headers_swapped(struct gen_doc *d)
{
    struct gen_model *m = &d->model;
    struct gen_sheet *s = damage_sheet(d, TABLE_REQUESTS);
    int a = 1 + (int)rng_below(&d->rng, 4), b = a + 1;
    struct gen_slot *x = &s->row[2].slot[a - 1], *y = &s->row[2].slot[b - 1];
    const char *label = x->text;

    x->text = y->text;
    y->text = label;
    for (int row = 0; row < m->request_row_n; row++) {
        struct gen_cell *p = &m->cell[m->request_cell[row][a]];
        struct gen_cell *q = &m->cell[m->request_cell[row][b]];
        struct gen_row *printed = &s->row[3 + row];
        int first = damage_first_value(printed);
        const char *value = p->value;

        p->value = q->value;
        q->value = value;
        p->truth = q->truth = TRUTH_MAYBE;
        printed->slot[first + a].cell = m->request_cell[row][b];
        printed->slot[first + b].cell = m->request_cell[row][a];
    }
    damage_note(d, m->request_cell[0][a], "header exchanged with the next");
    d->verdict = VERDICT_EITHER;
}

void damage_row_moved(struct gen_doc *d)
{
    struct gen_sheet *s = damage_sheet(d, TABLE_REQUESTS);
    struct gen_row last = s->row[s->n - 1];

    gen_sheet_remove(s, s->n - 1);
    *gen_sheet_insert(s, 5) = last; /* after carried_over */
    damage_row_truth(d, &last, TRUTH_MAYBE);
    d->what = "requests.carried_forward stands after carried_over";
    d->verdict = VERDICT_EITHER;
}

void damage_decimal(struct gen_doc *d)
{
    int cell = damage_request_busy(d, NULL, NULL);

    damage_print(
        d, cell, arena_printf(&d->arena, "%s.5", d->model.cell[cell].value).p);
    damage_truth(d, cell, TRUTH_MAYBE);
    damage_note(d, cell, "has a decimal point");
    d->verdict = VERDICT_FLAGGED;
}

void damage_negative(struct gen_doc *d)
{
    int cell = damage_request_busy(d, NULL, NULL);

    if (strcmp(d->model.cell[cell].value, "0") == 0)
        return;
    damage_print(
        d, cell, arena_printf(&d->arena, "-%s", d->model.cell[cell].value).p);
    damage_truth(d, cell, TRUTH_MAYBE);
    damage_note(d, cell, "is below zero");
    d->verdict = VERDICT_FLAGGED;
}

void damage_approx(struct gen_doc *d)
{
    int cell = damage_request_busy(d, NULL, NULL);
    struct damage_place p;

    if (!damage_find(d, cell, &p))
        return;
    damage_slot(&p)->text =
        arena_printf(&d->arena, "约%s", d->model.cell[cell].value).p;
    damage_slot(&p)->role = ROLE_RAW;
    damage_truth(d, cell, TRUTH_MAYBE);
    damage_note(d, cell, "is about that");
    d->verdict = VERDICT_EITHER;
}

/* 12① is twelve with a note, never 121. */
void damage_footnote(struct gen_doc *d)
{
    static const char *const marks[] = { "①", "②", "²", "¹", "*", "[1]", "(1)",
        "（注1）", "㈠" };
    uint32_t n = sizeof marks / sizeof marks[0];
    int cell = rng_chance(&d->rng, 40)
                   ? damage_request_busy(d, NULL, NULL)
                   : (int)rng_below(&d->rng, (uint32_t)d->model.proactive_n);
    struct damage_place p;

    if (!damage_find(d, cell, &p))
        return;
    damage_slot(&p)->text = arena_printf(&d->arena, "%s%s",
        d->model.cell[cell].value, marks[rng_below(&d->rng, n)])
                                .p;
    damage_slot(&p)->role = ROLE_RAW;
    damage_truth(d, cell, TRUTH_MAYBE);
    damage_note(d, cell,
        arena_printf(&d->arena, "printed as %s", damage_slot(&p)->text).p);
    d->verdict = VERDICT_EITHER;
}

/* 减3 is less three: -3 or unreadable, never 3. */
void damage_worded_change(struct gen_doc *d)
{
    static const char *const up[] = { "增%d", "增加%d", "+%d", "↑%d",
        "增%d项" };
    static const char *const down[] = { "减%d", "减少%d", "–%d", "↓%d",
        "减%d项", "(%d)", "▲%d", "负%d" };
    int n = 1 + (int)rng_below(&d->rng, 30);
    bool less = rng_chance(&d->rng, 70);
    const char *form =
        less ? down[rng_below(&d->rng, 8)] : up[rng_below(&d->rng, 5)];
    int cell = gen_cell_find(&d->model, "proactive", "licensing", "change");
    struct damage_place p;

    if (cell < 0 || !damage_find(d, cell, &p))
        return;
    d->model.cell[cell].value = arena_printf(&d->arena, "%d", less ? -n : n).p;
    damage_slot(&p)->text =
        layout_replace(d, form, "%d", arena_printf(&d->arena, "%d", n).p);
    damage_slot(&p)->role = ROLE_RAW;
    damage_truth(d, cell, TRUTH_MAYBE);
    damage_note(d, cell,
        arena_printf(&d->arena, "printed as %s", damage_slot(&p)->text).p);
    d->verdict = VERDICT_EITHER;
}

/* What a column is follows from its header, wherever it stands. */
void damage_total_first(struct gen_doc *d)
{
    struct gen_sheet *s = damage_sheet(d, TABLE_REQUESTS);

    for (int r = 3; r < s->n; r++) {
        struct gen_row *row = &s->row[r];
        struct gen_slot last = row->slot[row->n - 1];

        row->n--;
        *gen_row_insert(row, damage_first_value(row)) = last;
    }
    s->row[1].n--;
    *gen_row_insert(&s->row[1], 0) =
        (struct gen_slot){ "总计", ROLE_HEADER, -1, 2, 1 };
    for (int row = 0; row < d->model.request_row_n; row++)
        for (int c = 0; c < GEN_REQUEST_COLS; c++)
            damage_truth(d, d->model.request_cell[row][c], TRUTH_MAYBE);
    d->what = "requests.*.total in the first column";
    d->verdict = VERDICT_EITHER;
}
