/* SPDX-License-Identifier: Apache-2.0 */
/*
 * damage_shape - tables that lost or gained rows, columns or headers.
 */
#include <inttypes.h>
#include <string.h>

#include "tests/gen/damage.h"

void damage_table_missing(struct gen_doc *d)
{
    static const char *const names[3] = { "proactive", "requests", "review" };
    uint32_t table = rng_below(&d->rng, 3);

    gen_block_remove(d, gen_block_find(d, (enum gen_table)table));
    damage_table_truth(d, names[table], TRUTH_NULL);
    d->what = arena_printf(&d->arena, "%s left out", names[table]).p;
    d->verdict = VERDICT_FLAGGED;
}

void damage_header_missing(struct gen_doc *d)
{
    struct gen_sheet *s = damage_sheet(d, TABLE_REQUESTS);
    bool review = rng_chance(&d->rng, 40);

    if (review)
        s = damage_sheet(d, TABLE_REVIEW);
    for (int i = 0; i < 3; i++)
        gen_sheet_remove(s, 0);
    damage_table_truth(d, review ? "review" : "requests", TRUTH_MAYBE);
    d->what = review ? "review header left out" : "requests header left out";
    d->verdict = VERDICT_EITHER;
}

/* Of the five organisations' columns, so that the header stays simple. */
static void column_cells(struct gen_doc *d, int column, bool shifted)
{
    struct damage_place p;

    for (int row = 0; row < d->model.request_row_n; row++) {
        int cell = d->model.request_cell[row][column];

        if (!damage_find(d, cell, &p))
            continue;
        if (shifted)
            damage_row_shifted(d, damage_row(&p));
        gen_row_remove(damage_row(&p), p.slot);
    }
}

void damage_column_removed(struct gen_doc *d)
{
    int column = 1 + (int)rng_below(&d->rng, 5);
    struct gen_sheet *s = damage_sheet(d, TABLE_REQUESTS);

    column_cells(d, column, false);
    for (int row = 0; row < d->model.request_row_n; row++)
        damage_truth(d, d->model.request_cell[row][column], TRUTH_NULL);
    gen_row_remove(&s->row[2], column - 1);
    s->row[1].slot[1].colspan--;
    s->row[0].slot[1].colspan--;
    damage_note(d, d->model.request_cell[0][column], "column left out");
    d->verdict = VERDICT_FLAGGED;
}

void damage_column_emptied(struct gen_doc *d)
{
    int column = 1 + (int)rng_below(&d->rng, 5);

    column_cells(d, column, true);
    damage_note(d, d->model.request_cell[0][column], "column's cells left out");
    d->verdict = VERDICT_FLAGGED;
}

void damage_row_doubled(struct gen_doc *d)
{
    int cell = damage_request(d, NULL, NULL);
    struct damage_place p;
    struct gen_row copy;

    if (!damage_find(d, cell, &p))
        return;
    copy = *damage_row(&p);
    damage_row_truth(d, &copy, TRUTH_ANY);
    for (int c = damage_first_value(&copy); c < copy.n; c++) {
        copy.slot[c].cell = -1;
        copy.slot[c].text = arena_printf(
            &d->arena, "%s%u", copy.slot[c].text, 1 + rng_below(&d->rng, 9))
                                .p;
    }
    while (copy.slot[0].rowspan > 1) /* the group is there already */
        gen_row_remove(&copy, 0);
    *gen_sheet_insert(p.sheet, p.row + 1) = copy;
    damage_note(d, cell, "row twice");
    d->verdict = VERDICT_FLAGGED;
}

void damage_table_doubled(struct gen_doc *d)
{
    struct gen_sheet *s = damage_sheet(d, TABLE_REQUESTS);
    struct gen_sheet *copy = arena_alloc(&d->arena, sizeof *copy);
    struct gen_block *b;
    int at = gen_block_find(d, TABLE_REQUESTS);

    *copy = *s;
    for (int r = 0; r < copy->n; r++)
        for (int c = 0; c < copy->row[r].n; c++)
            if (copy->row[r].slot[c].cell >= 0) {
                copy->row[r].slot[c].cell = -1;
                copy->row[r].slot[c].text =
                    arena_printf(&d->arena, "%u", rng_below(&d->rng, 50)).p;
            }
    b = gen_block_insert(d, at + 1);
    b->text =
        arena_printf(&d->arena, "附：%d年收到和处理申请情况", d->model.year - 1)
            .p;
    b = gen_block_insert(d, at + 2);
    b->kind = BLOCK_SHEET;
    b->sheet = copy;
    damage_table_truth(d, "requests", TRUTH_ANY);
    d->what = "requests twice";
    d->verdict = VERDICT_FLAGGED;
}

void damage_stray_number(struct gen_doc *d)
{
    int cell = damage_summed(d);
    struct damage_place p;

    if (!damage_find(d, cell, &p))
        return;
    damage_row_shifted(d, damage_row(&p));
    gen_row_insert(damage_row(&p), p.slot)->text =
        arena_printf(&d->arena, "%u", rng_below(&d->rng, 30)).p;
    damage_note(d, cell, "has a stray number before it");
    d->verdict = VERDICT_EITHER;
}

/* The table's border cuts the last number: as many cells as columns, so
 * what is printed under each header is its neighbour's number.  Valid only
 * when the sums hold all the same. */
static void shift_whole(struct gen_doc *d, struct gen_row *row, int first)
{
    gen_row_remove(row, row->n - 1);
    for (int c = row->n - 1; c > first; c--) {
        row->slot[c].cell = row->slot[c].cell + 1; /* cells lie in order */
        d->model.cell[row->slot[c].cell].value = row->slot[c].text;
    }
    row->slot[first].cell = row->slot[first + 1].cell - 1;
    damage_truth(d, row->slot[first].cell, TRUTH_NULL);
}

void damage_shifted(struct gen_doc *d)
{
    int cell = damage_request_busy(d, NULL, NULL), first;
    struct damage_place p;
    struct gen_row *row;

    if (strcmp(d->model.cell[cell].value, "0") == 0 ||
        !damage_find(d, cell, &p))
        return;
    row = damage_row(&p);
    first = damage_first_value(row);
    damage_row_shifted(d, row);
    gen_row_insert(row, first);
    if (rng_chance(&d->rng, 50))
        shift_whole(d, row, first);
    d->verdict = VERDICT_EITHER;
    damage_note(d, cell, "row shifted to the right");
}

void damage_rowspan(struct gen_doc *d)
{
    struct gen_sheet *s = damage_sheet(d, TABLE_REQUESTS);
    int tries = 0;
    struct gen_row *row;

    do
        row = &s->row[3 + rng_below(&d->rng, (uint32_t)s->n - 3)];
    while (row->slot[0].rowspan < 2 && ++tries < 1000);
    if (row->slot[0].rowspan < 2)
        return;
    if (rng_chance(&d->rng, 50))
        row->slot[0].rowspan++;
    else
        row->slot[0].rowspan--;
    for (int r = 3; r < s->n; r++)
        damage_row_shifted(d, &s->row[r]);
    d->what =
        arena_printf(&d->arena, "rowspan of %s one off", row->slot[0].text).p;
    d->verdict = VERDICT_EITHER;
}

/* ---- cut off ---------------------------------------------------------------
 */

static void everything_maybe(struct gen_doc *d)
{
    for (int i = 0; i < d->model.cell_n; i++)
        damage_truth(d, i, TRUTH_MAYBE);
}

void damage_truncated(struct gen_doc *d)
{
    d->cut = true;
    everything_maybe(d);
    d->what = "cut before a number";
    d->verdict = VERDICT_FLAGGED;
}

void damage_cut_in_tag(struct gen_doc *d)
{
    damage_truncated(d);
    d->cut_in_tag = true;
    d->what = "cut inside a tag";
}

void damage_rows_cut(struct gen_doc *d)
{
    struct gen_sheet *s =
        damage_sheet(d, (enum gen_table)rng_below(&d->rng, 2));
    int n = 1 + (int)rng_below(&d->rng, (uint32_t)s->n - 5);

    for (; n > 0; n--) {
        damage_row_truth(d, &s->row[s->n - 1], TRUTH_NULL);
        gen_sheet_remove(s, s->n - 1);
    }
    d->what = s->table == TABLE_PROACTIVE ? "proactive's last rows cut"
                                          : "requests' last rows cut";
    d->verdict = VERDICT_FLAGGED;
}
