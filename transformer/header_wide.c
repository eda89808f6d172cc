/* SPDX-License-Identifier: Apache-2.0 */
/*
 * header_wide - the header of a table whose rows lie side by side.
 *
 * 行政复议 and the two kinds of 行政诉讼 each have the same five columns.
 * A grid says by its physical columns which five stand under which label;
 * a dump without columns is read only in the form's own order.
 */
#include <string.h>

#include "transformer/header.h"

#define NAMES_MAX 64u

/* A header cell that names a column or a row of the form. */
struct wide_name {
    const struct token *tok;
    uint32_t band, col;
    uint32_t end; /* first column that is not below it */
    int32_t column, item;
};

struct wide_names {
    struct wide_name name[NAMES_MAX];
    uint32_t n;
};

static bool classify(
    const struct form_view *view, const struct label *l, struct wide_name *to)
{
    for (; l; l = l->next) {
        if (l->kind != view->kind || l->form != view->form_index)
            continue;
        if (l->role == LABEL_COLUMN)
            to->column = (int32_t)l->index;
        else if (l->role == LABEL_ROW)
            to->item = (int32_t)l->index;
        else
            continue;
        return true;
    }
    return false;
}

static bool is_known(const struct token *t, const struct form_view *view)
{
    for (const struct label *l = t->label; l; l = l->next)
        if (l->kind == view->kind)
            return true;
    return false;
}

/* The label most like the token's; columns and rows of this form only. */
static bool classify_fuzzy(const struct labels *labels,
    const struct form_view *view, const struct token *t, struct wide_name *to)
{
    uint32_t column_n;
    const struct label *columns =
        labels_columns(labels, view->form_index, view->kind, 0, &column_n);
    uint32_t best = 0;

    if (t->norm.n < 3 || is_known(t, view))
        return false;
    for (uint32_t i = 0; i < column_n; i++) {
        uint32_t s = norm_similarity(
            t->norm.cp, t->norm.n, columns[i].norm.cp, columns[i].norm.n, 70);

        if (s > best) {
            best = s;
            to->column = (int32_t)columns[i].index;
            to->item = -1;
        }
    }
    for (uint32_t r = 0; r < view->item_n; r++)
        for (uint32_t i = 0; i < view->items[r].label_n; i++) {
            const struct label *l = &view->items[r].first_label[i];
            uint32_t s = norm_similarity(
                t->norm.cp, t->norm.n, l->norm.cp, l->norm.n, 70);

            if (s > best) {
                best = s;
                to->item = (int32_t)r;
                to->column = -1;
            }
        }
    return best > 0;
}

/* Columns below a cell: its span, or, where spans were lost and empty
 * cells stand in their place, all up to the next text. */
static uint32_t covered_to(const struct band *b, uint32_t i)
{
    uint32_t end = b->tok[i].cell->col + b->tok[i].cell->colspan;

    for (uint32_t k = i + 1; k < b->tok_n; k++) {
        if (b->tok[k].look == LOOK_TEXT)
            return end;
        end = b->tok[k].cell->col + b->tok[k].cell->colspan;
    }
    return end;
}

/* A merged cell printed once for each of its places: below, or beside. */
static bool is_repeat(
    struct wide_names *all, const struct wide_name *name, bool stream)
{
    struct wide_name *left = all->n > 0 ? &all->name[all->n - 1] : NULL;

    if (stream)
        return false;
    if (left && name->item >= 0 && left->item == name->item &&
        left->band == name->band) {
        left->end = name->end;
        return true;
    }
    for (uint32_t i = 0; i < all->n; i++)
        if (all->name[i].band != name->band && all->name[i].col == name->col &&
            all->name[i].column == name->column &&
            all->name[i].item == name->item)
            return true;
    return false;
}

static void read_band(const struct labels *labels, const struct form_view *view,
    const struct band *b, uint32_t band, bool by_place, struct wide_names *out)
{
    for (uint32_t i = 0; i < b->tok_n && out->n < NAMES_MAX; i++) {
        const struct token *t = &b->tok[i];
        struct wide_name name = { t, band, t->cell->col, covered_to(b, i), -1,
            -1 };
        uint32_t last = i;

        if (t->look != LOOK_TEXT)
            continue;
        while (!classify(view, band_joined_label(labels, b, i, last), &name) &&
               last < i + 3 && last + 1 < b->tok_n &&
               b->tok[last + 1].look == LOOK_TEXT && !is_known(t, view))
            last++;
        if (name.column >= 0 || name.item >= 0)
            i = last;
        else if (!classify_fuzzy(labels, view, t, &name))
            continue;
        if (!is_repeat(out, &name, !by_place))
            out->name[out->n++] = name;
    }
}

/* The row named above column `col`, by the lowest label that covers it. */
static int32_t row_above(
    const struct wide_names *all, const struct wide_name *leaf)
{
    int32_t item = -1;

    for (uint32_t i = 0; i < all->n; i++) {
        const struct wide_name *a = &all->name[i];

        if (a->item >= 0 && a->band < leaf->band && a->col <= leaf->col &&
            leaf->col < a->end)
            item = a->item;
    }
    return item;
}

static void add(struct header *h, int32_t item, const struct wide_name *name)
{
    uint32_t i = h->n;

    if (h->n == HEADER_LEAVES)
        return;
    h->leaf[h->n++] =
        (struct header_leaf){ item, name->column, name->col, 1, name->tok };
    if (h->stream)
        return;
    for (; i > 0 && h->leaf[i].col < h->leaf[i - 1].col; i--) {
        struct header_leaf swap = h->leaf[i];

        h->leaf[i] = h->leaf[i - 1];
        h->leaf[i - 1] = swap;
    }
}

/* Every (row, column) at most once, each row with all its columns. */
static bool is_whole(const struct form_view *view, const struct header *h)
{
    uint32_t column_n = view->table->blocks[0].columns_count;
    uint32_t seen[FORM_ROWS] = { 0 };
    uint32_t rows = 0;

    for (uint32_t i = 0; i < h->n; i++) {
        const struct header_leaf *l = &h->leaf[i];

        if (l->item < 0 || l->column < 0 || (seen[l->item] >> l->column & 1))
            return false;
        seen[l->item] |= 1u << l->column;
    }
    for (uint32_t r = 0; r < view->item_n; r++) {
        if (seen[r] != 0 && seen[r] != (1u << column_n) - 1)
            return false;
        rows += seen[r] != 0 ? 1 : 0;
    }
    return rows > 0;
}

/* By physical columns. */
static bool order_by_place(const struct form_view *view,
    const struct wide_names *all, struct header *h)
{
    h->n = 0;
    for (uint32_t i = 0; i < all->n; i++)
        if (all->name[i].column >= 0)
            add(h, row_above(all, &all->name[i]), &all->name[i]);
    return is_whole(view, h);
}

/* Without physical columns: as many runs of all columns as rows are named,
 * and those in the form's order. */
static bool order_by_run(const struct form_view *view,
    const struct wide_names *all, struct header *h)
{
    uint32_t column_n = view->table->blocks[0].columns_count;
    int32_t rows[FORM_ROWS];
    uint32_t row_n = 0;
    uint32_t leaf_n = 0;

    for (uint32_t i = 0; i < all->n; i++) {
        if (all->name[i].item < 0)
            continue;
        if (row_n > 0 && all->name[i].item <= rows[row_n - 1])
            return false;
        rows[row_n++] = all->name[i].item;
    }
    h->n = 0;
    h->stream = true;
    for (uint32_t i = 0; i < all->n; i++) {
        if (all->name[i].column < 0)
            continue;
        if (leaf_n / column_n >= row_n)
            return false;
        add(h, rows[leaf_n / column_n], &all->name[i]);
        leaf_n++;
    }
    return leaf_n == row_n * column_n && is_whole(view, h);
}

/* What is left of the labels is not in the form's order: a run of columns
 * ends at its last label or the one before, and begins at one of the first
 * two. */
static bool contradicts(
    const struct form_view *view, const struct wide_names *all)
{
    int32_t column_n = (int32_t)view->table->blocks[0].columns_count;

    for (uint32_t i = 1; i < all->n; i++) {
        const struct wide_name *a = &all->name[i - 1];
        const struct wide_name *b = &all->name[i];

        if (a->band != b->band)
            continue;
        if (a->item >= 0 && b->item >= 0 && b->item <= a->item)
            return true;
        if (a->column >= 0 && b->column >= 0 && b->column <= a->column &&
            (a->column < column_n - 2 || b->column > 1))
            return true;
    }
    return false;
}

static bool read_by_place(const struct labels *labels,
    const struct form_view *view, const struct band *const *bands, uint32_t n,
    struct header *out)
{
    struct wide_names all = { .n = 0 };

    for (uint32_t i = 0; i < n; i++)
        read_band(labels, view, bands[i], i, true, &all);
    if (order_by_place(view, &all, out) || order_by_run(view, &all, out))
        return true;
    out->contradicts = contradicts(view, &all);
    return false;
}

static bool read_by_run(const struct labels *labels,
    const struct form_view *view, const struct band *const *bands, uint32_t n,
    struct header *out)
{
    struct wide_names all = { .n = 0 };

    for (uint32_t i = 0; i < n; i++)
        read_band(labels, view, bands[i], i, false, &all);
    return order_by_run(view, &all, out);
}

void header_read_wide(const struct labels *labels, const struct form_view *view,
    const struct band *const *bands, uint32_t n, struct header *out)
{
    bool stream;

    memset(out, 0, sizeof(*out));
    if (n == 0)
        return;
    out->table = bands[n - 1]->table;
    stream = bands[n - 1]->stream;
    out->stream = stream;
    /* A dump that lost its merged cells has no places: what stands below
     * each other there is no repeat. */
    out->usable = (!stream && read_by_place(labels, view, bands, n, out)) ||
                  read_by_run(labels, view, bands, n, out);
    out->stream = stream;
}

void header_default_wide(const struct form_view *view, struct header *out)
{
    uint32_t column_n = view->table->blocks[0].columns_count;

    memset(out, 0, sizeof(*out));
    out->table = UINT32_MAX;
    for (uint32_t r = 0; r < view->item_n; r++)
        for (uint32_t c = 0; c < column_n && out->n < HEADER_LEAVES; c++)
            out->leaf[out->n++] = (struct header_leaf){ (int32_t)r, (int32_t)c,
                UINT32_MAX, 1, NULL };
    out->usable = true;
    out->doubtful = true;
}
