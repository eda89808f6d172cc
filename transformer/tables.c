/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tables - which form each table of a report follows.
 *
 * Every form reads every table; the one that explains most of it is taken.
 * Where forms explain it equally well (the review table is the same in all)
 * the other tables decide, then the year of the report.
 */
#include "transformer/tables.h"

#include <string.h>

#include "common/limits.h"
#include "transformer/cells.h"
#include "transformer/extract.h"
#include "transformer/grid.h"
#include "transformer/reasons.h"
#include "transformer/table_read.h"

/* What each form makes of one kind of table. */
struct candidates {
    struct table_read *by_form; /* forms->form_n of them */
    int best; /* highest score; meaningless if nothing was found */
    bool found;
};

static struct slice *form_of(struct record *rec, enum table_kind kind)
{
    switch (kind) {
    case KIND_PROACTIVE:
        return &rec->form_proactive;
    case KIND_REQUESTS:
        return &rec->form_requests;
    case KIND_REVIEW:
    case KIND_N:
        break;
    }
    return &rec->form_review;
}

static uint32_t form_index(const struct forms *forms, struct slice id)
{
    for (uint32_t i = 0; i < forms->form_n; i++)
        if (slice_eq_str(id, forms->form[i]->id))
            return i;
    return UINT32_MAX;
}

static uint32_t form_of_year(const struct forms *forms, uint32_t year)
{
    for (uint32_t i = forms->form_n; i-- > 0;)
        if (year >= forms->form[i]->year_from &&
            year <= forms->form[i]->year_to)
            return i;
    return UINT32_MAX;
}

uint32_t tables_form(
    const struct forms *forms, const struct record *rec, enum table_kind kind)
{
    const struct slice of[] = { rec->form_requests, rec->form_proactive,
        rec->form_review };
    const struct slice own = kind == KIND_PROACTIVE  ? rec->form_proactive
                             : kind == KIND_REQUESTS ? rec->form_requests
                                                     : rec->form_review;
    uint32_t form = form_index(forms, own);

    for (uint32_t i = 0; i < KIND_N && form == UINT32_MAX; i++)
        form = form_index(forms, of[i]);
    if (form == UINT32_MAX)
        form = form_of_year(forms, rec->year);
    return form == UINT32_MAX ? forms->form_n - 1 : form;
}

/* ---- reading ------------------------------------------------------------- */

static uint32_t gather(const struct bands *all, enum table_kind kind,
    const struct band **out, uint32_t *left_out)
{
    uint32_t n = 0;

    *left_out = 0;
    for (uint32_t i = 0; i < all->n; i++) {
        if (all->band[i].kind != kind)
            continue;
        if (n == ALIGN_BANDS_MAX)
            (*left_out)++;
        else
            out[n++] = &all->band[i];
    }
    return n;
}

static void read_kind(const struct forms *forms, const struct bands *all,
    enum table_kind kind, struct record *rec, struct candidates *out)
{
    const struct band **bands =
        arena_alloc_n(rec->arena, ALIGN_BANDS_MAX, sizeof(const struct band *));
    uint32_t left_out;
    uint32_t n = gather(all, kind, bands, &left_out);

    out->by_form =
        arena_alloc_n(rec->arena, forms->form_n, sizeof(*out->by_form));
    for (uint32_t f = 0; f < forms->form_n; f++) {
        struct table_read *t = &out->by_form[f];

        if (!table_read(forms->labels, labels_view(forms->labels, f, kind),
                rec->arena, bands, n, t))
            continue;
        if (!out->found || t->score > out->best)
            out->best = t->score;
        out->found = true;
    }
    if (left_out > 0)
        reason_add(rec, "table.long: %s: %u rows were left out",
            table_kind_key(kind), left_out);
}

/* The only form with the best score, or UINT32_MAX. */
static uint32_t clear_winner(
    const struct forms *forms, const struct candidates *c)
{
    uint32_t winner = UINT32_MAX;

    for (uint32_t f = 0; f < forms->form_n; f++) {
        if (c->by_form[f].claim_n == 0 || c->by_form[f].score != c->best)
            continue;
        if (winner != UINT32_MAX)
            return UINT32_MAX;
        winner = f;
    }
    return winner;
}

static bool is_contender(const struct candidates *c, uint32_t form)
{
    return form != UINT32_MAX && c->by_form[form].claim_n > 0 &&
           c->by_form[form].score == c->best;
}

static uint32_t tie_break(const struct forms *forms, const struct record *rec,
    enum table_kind kind, const struct candidates *c)
{
    uint32_t form = tables_form(forms, rec, kind);

    if (is_contender(c, form))
        return form;
    form = form_of_year(forms, rec->year);
    if (is_contender(c, form))
        return form;
    for (form = forms->form_n; form-- > 0;)
        if (is_contender(c, form))
            return form;
    return forms->form_n - 1;
}

static void choose_forms(
    const struct forms *forms, struct record *rec, const struct candidates *c)
{
    for (uint32_t k = 0; k < KIND_N; k++) {
        uint32_t form = UINT32_MAX;

        if (c[k].found)
            form = clear_winner(forms, &c[k]);
        if (form != UINT32_MAX)
            *form_of(rec, (enum table_kind)k) =
                slice_str(forms->form[form]->id);
    }
    for (uint32_t k = 0; k < KIND_N; k++) {
        enum table_kind kind = (enum table_kind)k;

        if (c[k].found && !form_of(rec, kind)->p)
            *form_of(rec, kind) =
                slice_str(forms->form[tie_break(forms, rec, kind, &c[k])]->id);
    }
}

static void add_doubts(const struct table_read *t, struct record *rec)
{
    const char *key = t->view->table->key;

    if (t->doubts & DOUBT_HEADER)
        reason_add(rec,
            "header.missing: %s: column labels are lost or torn, the form's "
            "order was taken",
            key);
    if (t->doubts & DOUBT_LABEL)
        reason_add(rec,
            "label.missing: %s: a row without label was read by its place",
            key);
    if (t->doubts & DOUBT_LOOSE)
        reason_add(rec,
            "rows.unplaced: %s: the document has a row of numbers that is no "
            "row of the form",
            key);
    if (t->doubts & DOUBT_REPEAT)
        reason_add(rec,
            "table.repeated: %s: the document has this table twice, with "
            "different values",
            key);
}

/* Cells of the forms chosen, local rows and all. */
static size_t count_cells(const struct forms *forms, const struct record *rec)
{
    size_t n = 0;

    for (uint32_t k = 0; k < KIND_N; k++) {
        enum table_kind kind = (enum table_kind)k;
        const struct form_view *v =
            labels_view(forms->labels, tables_form(forms, rec, kind), kind);

        for (uint32_t r = 0; r < v->item_n; r++)
            n += v->items[r].block->columns_count;
    }
    return n;
}

int extract_tables(const struct document *doc, const struct forms *forms,
    struct record *rec, struct err *err)
{
    struct candidates c[KIND_N] = { { NULL, 0, false } };
    struct bands all;
    size_t cells = 0;

    for (uint32_t i = 0; i < doc->table_n; i++)
        cells += doc->tables[i].cell_n;
    if (cells > LIMIT_CELLS)
        return err_set(err, ERR_LIMIT, "document: %zu cells, limit %u", cells,
            LIMIT_CELLS);
    bands_make(doc, forms->labels, rec->arena, &all);
    for (uint32_t k = 0; k < KIND_N; k++)
        read_kind(forms, &all, (enum table_kind)k, rec, &c[k]);
    choose_forms(forms, rec, c);
    rec->cells = arena_alloc_n(
        rec->arena, count_cells(forms, rec) + 1, sizeof(*rec->cells));
    rec->cell_n = 0;
    for (uint32_t k = 0; k < KIND_N; k++) {
        enum table_kind kind = (enum table_kind)k;
        uint32_t form = tables_form(forms, rec, kind);
        struct table_read *t = &c[k].by_form[form];

        if (!form_of(rec, kind)->p) {
            memset(t, 0, sizeof(*t));
            t->view = labels_view(forms->labels, form, kind);
            reason_add(rec, "table.missing: %s", t->view->table->key);
        }
        cells_add(doc, t, rec);
        if (t->claim_n > 0)
            add_doubts(t, rec);
    }
    return 0;
}
