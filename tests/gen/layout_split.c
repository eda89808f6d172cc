/* SPDX-License-Identifier: Apache-2.0 */
/*
 * layout_split - layouts that tear a table or join all three.
 */
#include <string.h>

#include "tests/gen/layout.h"

enum carry {     /* what the second part has for a group that goes on */
    CARRY_EMPTY, /* an empty cell */
    CARRY_LABEL, /* the label again */
    CARRY_NONE,  /* no cell: the rows are shorter */
};

static int header_rows(const struct gen_sheet *s)
{
    int n = 0;

    while (n < s->n && s->row[n].kind == ROW_HEADER)
        n++;
    return n;
}

/* Move rows from `at` on to a new sheet; groups across the tear end there
 * and go on as `carry` says. */
static struct gen_sheet *tear(
    struct gen_doc *d, struct gen_sheet *s, int at, enum carry carry)
{
    struct gen_sheet *rest = arena_alloc(&d->arena, sizeof *rest);
    int moved = 0;

    rest->table = s->table;
    rest->n = s->n - at;
    memcpy(rest->row, &s->row[at], (size_t)rest->n * sizeof s->row[0]);
    for (int r = 0; r < at; r++)
        for (int c = 0; c < s->row[r].n; c++) {
            struct gen_slot *slot = &s->row[r].slot[c];
            struct gen_slot on = *slot;

            if (r + slot->rowspan <= at)
                continue;
            on.rowspan = (uint16_t)(r + slot->rowspan - at);
            slot->rowspan = (uint16_t)(at - r);
            if (carry == CARRY_NONE)
                continue;
            if (carry == CARRY_EMPTY)
                on.text = "";
            /* a column of running numbers stays the first */
            if (c > 0 && s->row[r].slot[0].role == ROLE_RAW && moved == 0)
                moved = 1;
            *gen_row_insert(&rest->row[0], moved++) = on;
        }
    s->n = at;
    return rest;
}

static struct gen_sheet *repeat_header(
    struct gen_doc *d, const struct gen_sheet *from, const struct gen_sheet *s)
{
    struct gen_sheet *out = arena_alloc(&d->arena, sizeof *out);
    int header = header_rows(from);

    out->table = s->table;
    out->n = header + s->n;
    memcpy(out->row, from->row, (size_t)header * sizeof s->row[0]);
    memcpy(&out->row[header], s->row, (size_t)s->n * sizeof s->row[0]);
    return out;
}

/* Tear the block's table at a random row; returns false when it is too
 * short.  The new table comes after `between`, unless that is NULL. */
static bool split(struct gen_doc *d, enum gen_table table, enum carry carry,
    bool header, const char *between)
{
    int at = gen_block_find(d, table), row, first;
    struct gen_sheet *s, *rest;
    struct gen_block *b;

    if (at < 0)
        return false;
    s = d->block[at].sheet;
    first = header_rows(s) + 2;
    if (s->n < first + 3)
        return false;
    row = first + (int)rng_below(&d->rng, (uint32_t)(s->n - first - 1));
    rest = tear(d, s, row, carry);
    if (header)
        rest = repeat_header(d, s, rest);
    if (between != NULL)
        gen_block_insert(d, ++at)->text = between;
    b = gen_block_insert(d, at + 1);
    b->kind = BLOCK_SHEET;
    b->sheet = rest;
    return true;
}

static enum gen_table some_table(struct gen_doc *d)
{
    return rng_chance(&d->rng, 75) ? TABLE_REQUESTS : TABLE_PROACTIVE;
}

void layout_split2(struct gen_doc *d)
{
    split(d, some_table(d), CARRY_EMPTY, false, NULL);
}

void layout_split3(struct gen_doc *d)
{
    enum gen_table table = some_table(d);

    if (split(d, table, CARRY_EMPTY, false, NULL))
        split(d, table, CARRY_LABEL, false, NULL);
}

void layout_split_label(struct gen_doc *d)
{
    split(d, TABLE_REQUESTS, CARRY_LABEL, false, NULL);
}

void layout_split_bare(struct gen_doc *d)
{
    split(d, TABLE_REQUESTS, CARRY_NONE, false, NULL);
}

void layout_split_header(struct gen_doc *d)
{
    split(d, TABLE_REQUESTS, CARRY_LABEL, true, NULL);
}

void layout_split_note(struct gen_doc *d)
{
    split(d, some_table(d), CARRY_EMPTY, false,
        arena_printf(&d->arena, "（续上表，单位：件，%d年数据）", d->model.year)
            .p);
}

void layout_split_page(struct gen_doc *d)
{
    split(d, TABLE_REQUESTS, CARRY_LABEL, false,
        arena_printf(&d->arena, "— %u —", 2 + rng_below(&d->rng, 9)).p);
}

/* ---- all in one --------------------------------------------------------- */

static void join(
    struct gen_doc *d, struct gen_sheet *all, int section, enum gen_table table)
{
    int heading = gen_heading_find(d, section), at;
    const struct gen_sheet *s;

    if (heading >= 0) {
        gen_row_add(
            gen_sheet_add(all, ROW_OTHER), ROLE_RAW, d->block[heading].text, -1)
            ->colspan = 15;
        gen_block_remove(d, heading);
    }
    at = gen_block_find(d, table);
    if (at < 0)
        return;
    s = d->block[at].sheet;
    for (int r = 0; r < s->n; r++)
        *gen_sheet_add(all, s->row[r].kind) = s->row[r];
    gen_block_remove(d, at);
}

void layout_one_table(struct gen_doc *d)
{
    struct gen_sheet *all = arena_alloc(&d->arena, sizeof *all);
    struct gen_block *b;
    int at;

    all->table = TABLE_MIXED;
    join(d, all, 2, TABLE_PROACTIVE);
    join(d, all, 3, TABLE_REQUESTS);
    join(d, all, 4, TABLE_REVIEW);
    at = gen_heading_find(d, 5);
    b = gen_block_insert(d, at < 0 ? d->block_n : at);
    b->kind = BLOCK_SHEET;
    b->sheet = all;
}
