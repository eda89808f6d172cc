/* SPDX-License-Identifier: Apache-2.0 */
/*
 * damage - the table of damages, and how they find what they break.
 */
#include "tests/gen/damage.h"

#include <string.h>

/* Numbers large enough that a lost or fused digit shows. */
static void busy(struct gen_wish *w)
{
    if (w->body == NULL)
        w->body = &gen_bodies[1];
}

static void old_form(struct gen_wish *w)
{
    w->old_proactive = w->old_requests = 1;
    if (w->year == 0)
        w->year = 2020;
}

const struct gen_damage gen_damages[] = {
    { "digit", "a digit misprinted in a summed cell", NULL, damage_digit },
    { "total-wrong", "a total that the publisher got wrong", NULL,
        damage_total_wrong },
    { "values-swapped", "two numbers of a row exchanged", busy,
        damage_values_swapped },
    { "labels-swapped", "labels of two rows exchanged", NULL,
        damage_labels_swapped },
    { "headers-swapped", "two column headers exchanged", busy,
        damage_headers_swapped },
    { "row-moved", "a row out of the form's order", NULL, damage_row_moved },
    { "decimal", "a count with a decimal point", busy, damage_decimal },
    { "negative", "a count below zero", busy, damage_negative },
    { "approx", "a number with 约 before it", busy, damage_approx },
    { "footnote", "a mark of a footnote after a number", busy,
        damage_footnote },
    { "worded-change", "a change as 增3, 减3", old_form, damage_worded_change },
    { "total-first", "the column of totals moved to the front", busy,
        damage_total_first },

    { "cell-removed", "a cell of a summed row removed", NULL,
        damage_cell_removed },
    { "proactive-removed", "a cell of the first table removed", NULL,
        damage_proactive_removed },
    { "row-removed", "a row removed", NULL, damage_row_removed },
    { "label-lost", "a row's label blank", NULL, damage_label_lost },
    { "label-cell-lost", "a row's label cell removed", NULL,
        damage_label_cell_lost },
    { "fused", "two numbers fused into one", busy, damage_fused },
    { "fused-spaced", "two numbers in one cell", busy, damage_fused_spaced },
    { "swallowed", "a colspan over its neighbour", NULL, damage_swallowed },
    { "garbage", "a number replaced by what is none", NULL, damage_garbage },
    { "erased", "a number other than zero blank or a dash", busy,
        damage_erased },
    { "blank-totals", "totals blank beside filled cells", busy,
        damage_blank_totals },
    { "blank-proactive", "a blank that no sum proves", NULL,
        damage_blank_proactive },
    { "blank-review", "the review without a number", NULL,
        damage_blank_review },
    { "blank-requests", "the requests without a number", NULL,
        damage_blank_requests },
    { "blank-everything", "no number at all", NULL, damage_blank_everything },

    { "table-missing", "a table left out", NULL, damage_table_missing },
    { "header-missing", "a table's header rows left out", NULL,
        damage_header_missing },
    { "column-removed", "a column left out, header and all", busy,
        damage_column_removed },
    { "column-emptied", "a column's cells left out, header kept", busy,
        damage_column_emptied },
    { "row-doubled", "a row twice with other numbers", NULL,
        damage_row_doubled },
    { "table-doubled", "another year's requests in the page", NULL,
        damage_table_doubled },
    { "stray-number", "a number too many in a row", NULL, damage_stray_number },
    { "shifted", "a row's numbers one column to the right", busy,
        damage_shifted },
    { "rowspan", "a group's rowspan one off", NULL, damage_rowspan },
    { "truncated", "the document ends inside a table", NULL, damage_truncated },
    { "cut-in-tag", "the document ends inside a tag", NULL, damage_cut_in_tag },
    { "rows-cut", "a table's last rows left out", NULL, damage_rows_cut },
    { NULL, NULL, NULL, NULL },
};

const struct gen_damage *gen_damage_find(const char *name)
{
    for (const struct gen_damage *x = gen_damages; x->name != NULL; x++)
        if (strcmp(x->name, name) == 0)
            return x;
    return NULL;
}

bool damage_find(struct gen_doc *d, int cell, struct damage_place *place)
{
    for (int i = 0; i < d->block_n; i++) {
        struct gen_sheet *s = d->block[i].sheet;

        if (d->block[i].kind != BLOCK_SHEET)
            continue;
        for (int r = 0; r < s->n; r++)
            for (int c = 0; c < s->row[r].n; c++)
                if (s->row[r].slot[c].cell == cell) {
                    *place = (struct damage_place){ s, r, c };
                    return true;
                }
    }
    return false;
}

struct gen_slot *damage_slot(const struct damage_place *p)
{
    return &p->sheet->row[p->row].slot[p->slot];
}

struct gen_row *damage_row(const struct damage_place *p)
{
    return &p->sheet->row[p->row];
}

struct gen_sheet *damage_sheet(struct gen_doc *d, enum gen_table table)
{
    int at = gen_block_find(d, table);

    return at < 0 ? NULL : d->block[at].sheet;
}

int damage_request(struct gen_doc *d, int *row, int *column)
{
    int r = (int)rng_below(&d->rng, (uint32_t)d->model.request_row_n);
    int c = (int)rng_below(&d->rng, GEN_REQUEST_COLS);

    if (row != NULL)
        *row = r;
    if (column != NULL)
        *column = c;
    return d->model.request_cell[r][c];
}

int damage_request_busy(struct gen_doc *d, int *row, int *column)
{
    int cell = 0;

    for (int tries = 0; tries < 2000; tries++) {
        cell = damage_request(d, row, column);
        if (strcmp(d->model.cell[cell].value, "0") != 0)
            break;
    }
    return cell;
}

int damage_summed(struct gen_doc *d)
{
    if (rng_chance(&d->rng, 75))
        return damage_request(d, NULL, NULL);
    return d->model.review_cell[rng_below(&d->rng, 3)][rng_below(&d->rng, 5)];
}

void damage_truth(struct gen_doc *d, int cell, enum gen_truth truth)
{
    d->model.cell[cell].truth = truth;
}

void damage_row_truth(
    struct gen_doc *d, const struct gen_row *row, enum gen_truth truth)
{
    for (int c = 0; c < row->n; c++)
        if (row->slot[c].cell >= 0)
            damage_truth(d, row->slot[c].cell, truth);
}

void damage_row_shifted(struct gen_doc *d, const struct gen_row *row)
{
    damage_row_truth(d, row, TRUTH_MAYBE);
    for (int c = 0; c < row->n; c++)
        if (row->slot[c].cell >= 0)
            d->model.cell[row->slot[c].cell].shifted = true;
}

void damage_table_truth(
    struct gen_doc *d, const char *table, enum gen_truth truth)
{
    for (int i = 0; i < d->model.cell_n; i++)
        if (strcmp(d->model.cell[i].table, table) == 0)
            damage_truth(d, i, truth);
}

void damage_print(struct gen_doc *d, int cell, const char *text)
{
    struct damage_place p;

    d->model.cell[cell].value = text;
    if (damage_find(d, cell, &p))
        damage_slot(&p)->text = text;
}

int damage_first_value(const struct gen_row *row)
{
    for (int c = 0; c < row->n; c++)
        if (row->slot[c].role == ROLE_VALUE)
            return c;
    return row->n;
}

void damage_note(struct gen_doc *d, int cell, const char *words)
{
    const struct gen_cell *c = &d->model.cell[cell];

    d->what = arena_printf(
        &d->arena, "%s.%s.%s %s", c->table, c->row, c->column, words)
                  .p;
}
