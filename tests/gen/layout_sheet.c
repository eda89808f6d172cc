/* SPDX-License-Identifier: Apache-2.0 */
/*
 * layout_sheet - layouts that change the shape of tables.
 */
#include <assert.h>
#include <string.h>

#include "tests/gen/layout.h"

#define NBSP "\xC2\xA0"

static struct gen_sheet *sheet_get(struct gen_doc *d, enum gen_table table)
{
    int at = gen_block_find(d, table);

    return at < 0 ? NULL : d->block[at].sheet;
}

void layout_review_rows(struct gen_doc *d)
{
    int at = gen_block_find(d, TABLE_REVIEW);
    struct gen_sheet *old, *s;
    const struct gen_row *data;

    if (at < 0)
        return;
    old = d->block[at].sheet;
    data = &old->row[old->n - 1];
    s = gen_sheet_review_rows(d);
    if (data->n != 15) /* damaged: leave it as it lies */
        return;
    for (int r = 0; r < 3; r++) {
        struct gen_row *row = &s->row[1 + r];

        for (int c = 0; c < 5; c++)
            row->slot[row->n - 5 + c] = data->slot[r * 5 + c];
    }
    d->block[at].sheet = s;
}

/* ---- further columns --------------------------------------------------- */

static void number_rows(struct gen_doc *d, struct gen_sheet *s)
{
    int number = 0;

    for (int r = 0; r < s->n; r++) {
        struct gen_row *row = &s->row[r];
        bool title = row->kind == ROW_HEADER && row->n == 1;

        if (title) {
            row->slot[0].colspan = (uint16_t)(row->slot[0].colspan + 2);
        } else if (row->kind == ROW_HEADER) {
            *gen_row_insert(row, 0) =
                (struct gen_slot){ "序号", ROLE_HEADER, -1, 1, 1 };
            gen_row_add(row, ROLE_HEADER, "备注", -1);
        } else {
            gen_row_insert(row, 0)->text =
                arena_printf(&d->arena, "%d", ++number).p;
            gen_row_add(row, ROLE_RAW, number % 5 == 2 ? "见说明" : "", -1);
        }
    }
}

static void number_requests(struct gen_doc *d, struct gen_sheet *s)
{
    struct gen_slot *slot = gen_row_insert(&s->row[0], 0);

    *slot = (struct gen_slot){ "序号", ROLE_HEADER, -1, 3, 1 };
    gen_row_add(&s->row[0], ROLE_HEADER, "备注", -1)->rowspan = 3;
    for (int r = 3; r < s->n; r++) {
        gen_row_insert(&s->row[r], 0)->text =
            arena_printf(&d->arena, "%d", r - 2).p;
        gen_row_add(&s->row[r], ROLE_RAW, "", -1);
    }
}

void layout_extra_columns(struct gen_doc *d)
{
    struct gen_sheet *proactive = sheet_get(d, TABLE_PROACTIVE);
    struct gen_sheet *requests = sheet_get(d, TABLE_REQUESTS);

    if (proactive != NULL && !d->model.split_services)
        number_rows(d, proactive);
    if (requests != NULL && requests->row[0].kind == ROW_HEADER)
        number_requests(d, requests);
}

/* One column more than the form has, each row widening another cell. */
void layout_drift(struct gen_doc *d)
{
    struct gen_sheet *s = sheet_get(d, TABLE_PROACTIVE);

    if (s == NULL)
        return;
    for (int r = 0; r < s->n; r++) {
        struct gen_row *row = &s->row[r];
        int c =
            row->n < 2 ? 0 : 1 + (int)rng_below(&d->rng, (uint32_t)row->n - 1);

        row->slot[c].colspan++;
    }
}

/* ---- further rows ------------------------------------------------------- */

void layout_note_row(struct gen_doc *d)
{
    enum gen_table table =
        rng_chance(&d->rng, 50) ? TABLE_PROACTIVE : TABLE_REQUESTS;
    struct gen_sheet *s = sheet_get(d, table);
    struct gen_row *row;

    if (s == NULL)
        return;
    row = gen_sheet_add(s, ROW_OTHER);
    gen_row_add(row, ROLE_RAW,
        arena_printf(&d->arena,
            "注：其他一栏含上年结转%u件；统计口径与%d年相同。",
            1 + rng_below(&d->rng, 9), d->model.year - 1)
            .p,
        -1)
        ->colspan = table == TABLE_PROACTIVE ? 4 : 10;
}

static void spacer_add(struct gen_doc *d, struct gen_sheet *s)
{
    struct gen_place place[GEN_SHEET_ROWS][GEN_SHEET_COLS];
    int first = s->table == TABLE_REQUESTS ? 3 : 2;
    int at, from = 0, to;
    struct gen_row *row;

    if (s->n <= first + 1)
        return;
    at = first + (int)rng_below(&d->rng, (uint32_t)(s->n - first));
    row = gen_sheet_insert(s, at);
    gen_sheet_place(s, place);
    while (from < GEN_SHEET_COLS && place[at][from].slot != NULL)
        from++;
    to = gen_sheet_width(s);
    if (from < to)
        gen_row_add(row, ROLE_RAW, NBSP, -1)->colspan = (uint16_t)(to - from);
}

void layout_spacer(struct gen_doc *d)
{
    for (int i = 0; i < d->block_n; i++)
        if (d->block[i].kind == BLOCK_SHEET &&
            d->block[i].sheet->table != TABLE_REVIEW)
            for (int n = 0; n < 3; n++)
                spacer_add(d, d->block[i].sheet);
}

/* ---- merged cells ------------------------------------------------------- */

enum merged {
    MERGED_EMPTY, /* repeated empty, down and across */
    MERGED_DOWN,  /* text repeated down, spans kept across */
    MERGED_ALL,   /* text repeated down and across, but not numbers */
};

static void expand_place(
    struct gen_row *row, const struct gen_place *p, enum merged how)
{
    struct gen_slot copy = *p->slot;
    bool first = p->first_row && p->first_col;

    copy.rowspan = 1;
    if (how == MERGED_DOWN || (how == MERGED_ALL && copy.cell >= 0)) {
        if (!p->first_col)
            return;
    } else {
        copy.colspan = 1;
    }
    if (!first) {
        copy.cell = -1;
        if (how == MERGED_EMPTY)
            copy.text = "";
    }
    assert(row->n < GEN_SHEET_COLS);
    row->slot[row->n++] = copy;
}

static void expand(struct gen_sheet *s, int rows, enum merged how)
{
    struct gen_place place[GEN_SHEET_ROWS][GEN_SHEET_COLS];
    struct gen_sheet old = *s;

    gen_sheet_place(&old, place);
    for (int r = 0; r < rows; r++) {
        s->row[r].n = 0;
        for (int c = 0; c < GEN_SHEET_COLS; c++)
            if (place[r][c].slot != NULL)
                expand_place(&s->row[r], &place[r][c], how);
    }
}

static void expand_all(struct gen_doc *d, enum merged how)
{
    for (int i = 0; i < d->block_n; i++)
        if (d->block[i].kind == BLOCK_SHEET)
            expand(d->block[i].sheet, d->block[i].sheet->n, how);
}

void layout_header_empty(struct gen_doc *d)
{
    for (int i = 0; i < d->block_n; i++) {
        struct gen_sheet *s = d->block[i].sheet;
        int rows = 0;

        if (d->block[i].kind != BLOCK_SHEET)
            continue;
        while (rows < s->n && s->row[rows].kind == ROW_HEADER)
            rows++;
        expand(s, rows, MERGED_EMPTY);
    }
}

void layout_no_spans(struct gen_doc *d)
{
    expand_all(d, MERGED_EMPTY);
}

void layout_repeat(struct gen_doc *d)
{
    expand_all(d, MERGED_DOWN);
}

void layout_repeat_all(struct gen_doc *d)
{
    expand_all(d, MERGED_ALL);
}
