/* SPDX-License-Identifier: Apache-2.0 */
/*
 * damage_lost - values that are not there, or that cannot be read.
 */
#include <string.h>

#include "tests/gen/damage.h"

/* Nothing tells which of the row's cells is gone: its neighbours may be
 * read where they belong, or not at all. */
static void remove_cell(struct gen_doc *d, int cell)
{
    struct damage_place p;

    if (!damage_find(d, cell, &p))
        return;
    damage_row_shifted(d, damage_row(&p));
    gen_row_remove(damage_row(&p), p.slot);
    damage_note(d, cell, "removed");
    d->verdict = VERDICT_FLAGGED;
    d->lost_cell = cell;
}

/* Of a row with numbers: where all are zero, a cell less is a blank that
 * the sums prove. */
void damage_cell_removed(struct gen_doc *d)
{
    const struct gen_model *m = &d->model;
    int row, column;

    if (rng_chance(&d->rng, 25)) {
        row = (int)rng_below(&d->rng, 3);
        column = (int)rng_below(&d->rng, 5);
        if (m->review[row][4] != 0)
            remove_cell(d, m->review_cell[row][column]);
    } else {
        damage_request_busy(d, &row, NULL);
        column = (int)rng_below(&d->rng, GEN_REQUEST_COLS);
        if (m->request[row][GEN_REQUEST_COLS - 1] != 0)
            remove_cell(d, m->request_cell[row][column]);
    }
}

void damage_proactive_removed(struct gen_doc *d)
{
    remove_cell(d, (int)rng_below(&d->rng, (uint32_t)d->model.proactive_n));
}

void damage_row_removed(struct gen_doc *d)
{
    int row;
    int cell = rng_chance(&d->rng, 75)
                   ? damage_request(d, &row, NULL)
                   : (int)rng_below(&d->rng, (uint32_t)d->model.proactive_n);
    struct damage_place p;

    if (!damage_find(d, cell, &p))
        return;
    damage_row_truth(d, damage_row(&p), TRUTH_NULL);
    gen_sheet_remove(p.sheet, p.row);
    damage_note(d, cell, "row removed");
    d->verdict = VERDICT_FLAGGED;
}

void damage_label_lost(struct gen_doc *d)
{
    int cell = damage_request(d, NULL, NULL);
    struct damage_place p;

    if (!damage_find(d, cell, &p))
        return;
    damage_row_truth(d, damage_row(&p), TRUTH_MAYBE);
    damage_row(&p)->slot[damage_first_value(damage_row(&p)) - 1].text = "";
    damage_note(d, cell, "label blank");
    d->verdict = VERDICT_EITHER;
}

void damage_label_cell_lost(struct gen_doc *d)
{
    int cell = damage_request(d, NULL, NULL);
    struct damage_place p;

    if (!damage_find(d, cell, &p))
        return;
    damage_row_shifted(d, damage_row(&p));
    gen_row_remove(damage_row(&p), damage_first_value(damage_row(&p)) - 1);
    damage_note(d, cell, "label cell removed");
    d->verdict = VERDICT_EITHER;
}

/* ---- two numbers in one -------------------------------------------------- */

/* A cell of the requests with a neighbour to its right. */
static bool pair_find(struct gen_doc *d, struct damage_place *p)
{
    int row, column;

    damage_request_busy(d, &row, &column);
    if (column == GEN_REQUEST_COLS - 1)
        column--;
    return damage_find(d, d->model.request_cell[row][column], p);
}

static void fuse(struct gen_doc *d, const char *between, bool span)
{
    struct damage_place p;
    struct gen_slot *left;
    struct gen_row *row;

    if (!pair_find(d, &p))
        return;
    row = damage_row(&p);
    left = damage_slot(&p);
    damage_row_shifted(d, row);
    damage_truth(d, left->cell, TRUTH_NULL);
    damage_truth(d, row->slot[p.slot + 1].cell, TRUTH_NULL);
    left->text = arena_printf(
        &d->arena, "%s%s%s", left->text, between, row->slot[p.slot + 1].text)
                     .p;
    left->role = ROLE_RAW;
    left->colspan = span ? 2 : 1;
    damage_note(d, left->cell, "fused with the next");
    gen_row_remove(row, p.slot + 1);
    d->verdict = VERDICT_FLAGGED;
}

void damage_fused(struct gen_doc *d)
{
    fuse(d, "", rng_chance(&d->rng, 50));
}

void damage_fused_spaced(struct gen_doc *d)
{
    fuse(d, " ", rng_chance(&d->rng, 50));
}

void damage_swallowed(struct gen_doc *d)
{
    struct damage_place p;
    struct gen_row *row;

    if (!pair_find(d, &p))
        return;
    row = damage_row(&p);
    if (strcmp(row->slot[p.slot + 1].text, "0") == 0)
        return; /* without spans it would be a blank that sums prove */
    damage_row_shifted(d, row);
    damage_slot(&p)->colspan = 2;
    damage_note(d, row->slot[p.slot + 1].cell, "swallowed by a colspan");
    gen_row_remove(row, p.slot + 1);
    d->verdict = VERDICT_FLAGGED;
}

/* ---- what is no number ----------------------------------------------------
 */

static void unprint(struct gen_doc *d, int cell, const char *text)
{
    struct damage_place p;

    if (!damage_find(d, cell, &p))
        return;
    damage_slot(&p)->text = text;
    damage_slot(&p)->role = ROLE_RAW;
    damage_truth(d, cell, TRUTH_NULL);
    damage_note(d, cell, arena_printf(&d->arena, "printed as \"%s\"", text).p);
    d->verdict = VERDICT_FLAGGED;
}

void damage_garbage(struct gen_doc *d)
{
    static const char *const garbage[] = { "l2", "1O", "3.5万", "12 13",
        "12、3", "???", "#REF!", "1.2.3", "12-3", "二十", "见附件", "1２件3",
        "12,34", "(5)(6)", "NaN", "1e3", "--5", "十2", "0x10", "12/13", "5:3",
        "50%", "\xEF\xBF\xBD", "2 3 4", "1\n2", "1,2345", "1，23", "3½", "Ⅻ",
        "12.3.", "１Ｏ" };
    uint32_t n = sizeof garbage / sizeof garbage[0];
    int cell;

    do /* an amount may have any unit: 3.5万 is one */
        cell = rng_chance(&d->rng, 70)
                   ? damage_summed(d)
                   : (int)rng_below(&d->rng, (uint32_t)d->model.proactive_n);
    while (strcmp(d->model.cell[cell].column, "amount") == 0);
    unprint(d, cell, garbage[rng_below(&d->rng, n)]);
}

void damage_erased(struct gen_doc *d)
{
    static const char *const erased[] = { "", "-", "—", "/", "无" };
    int cell = damage_request_busy(d, NULL, NULL);

    if (strcmp(d->model.cell[cell].value, "0") != 0)
        unprint(d, cell, erased[rng_below(&d->rng, 5)]);
}

void damage_blank_totals(struct gen_doc *d)
{
    const struct gen_model *m = &d->model;

    for (int row = 0; row < m->request_row_n; row++)
        unprint(d, m->request_cell[row][GEN_REQUEST_COLS - 1], "");
    d->what = "requests.*.total blank";
}

void damage_blank_proactive(struct gen_doc *d)
{
    unprint(d, (int)rng_below(&d->rng, (uint32_t)d->model.proactive_n),
        rng_chance(&d->rng, 50) ? "" : "/");
}

void damage_blank_review(struct gen_doc *d)
{
    for (int i = 0; i < 15; i++)
        unprint(d, d->model.review_cell[i / 5][i % 5], "");
    d->what = "review blank";
}

void damage_blank_requests(struct gen_doc *d)
{
    for (int row = 0; row < d->model.request_row_n; row++)
        for (int c = 0; c < GEN_REQUEST_COLS; c++)
            unprint(d, d->model.request_cell[row][c], "");
    d->what = "requests blank";
}

void damage_blank_everything(struct gen_doc *d)
{
    for (int i = 0; i < d->model.cell_n; i++)
        unprint(d, i, "");
    d->what = "every cell blank";
}
