/* SPDX-License-Identifier: Apache-2.0 */
/*
 * header - header bands to the order of the columns of values.
 *
 * The place of a column is found by structure first: leaves of a group
 * stand where the group's label stands one band higher.  That is right for
 * grids with cut spans and for dumps without any.  Physical columns are the
 * fallback.
 */
#include "transformer/header.h"

#include <string.h>

#include "transformer/header_names.h"

/* ---- the order of the columns -------------------------------------------- */

static void add_leaf(struct header *h, int32_t item, const struct name *name)
{
    if (h->n < HEADER_LEAVES)
        h->leaf[h->n++] = (struct header_leaf){ item, name->column, name->col,
            name->times, name->tok };
}

static bool is_grouped(const struct place *at, int32_t column)
{
    return column >= 0 &&
           at->view->table->blocks[at->block].columns[column].group != NULL;
}

/* A cell of a leaf's band, right of a leaf, that names nothing: a column
 * of the publisher's own such as 备注. */
static bool is_extra(const struct names *all, uint32_t i, bool stream)
{
    const struct name *a = &all->name[i];

    if (a->column >= 0 || a->known || a->group)
        return false;
    for (uint32_t k = i + 1; k < all->n; k++)
        if (all->name[k].band > a->band && all->name[k].column >= 0 &&
            all->name[k].col >= a->col &&
            all->name[k].col < a->col + a->tok->cell->colspan)
            return false;
    for (uint32_t k = 0; k < all->n; k++)
        if (all->name[k].column >= 0 && all->name[k].col < a->col &&
            (k < i || !stream))
            return true;
    return false;
}

/* Behind all columns: 备注 stands there, one band higher than they do. */
static bool is_last(const struct names *all, uint32_t i)
{
    for (uint32_t k = 0; k < all->n; k++)
        if (all->name[k].column >= 0 && all->name[k].col >= all->name[i].col)
            return false;
    return true;
}

/* Below the group's label and in its span; dumps have no spans, but what
 * stands in the band of the leaves is one. */
static bool is_below(
    const struct names *all, uint32_t group, uint32_t i, bool dump)
{
    const struct name *g = &all->name[group];
    const struct name *a = &all->name[i];

    return a->band > g->band &&
           (dump ||
               (a->col >= g->col && a->col < g->col + g->tok->cell->colspan));
}

/* A 合计 of the group's columns is the publisher's own, not the total. */
static void disown_subtotals(
    struct names *all, const struct place *at, bool dump)
{
    uint32_t group = 0;

    while (group < all->n && !all->name[group].group)
        group++;
    for (uint32_t i = 0; i < all->n && group < all->n; i++) {
        struct name *a = &all->name[i];

        if (a->column < 0 || is_grouped(at, a->column) ||
            !is_below(all, group, i, dump))
            continue;
        a->column = -1;
        a->known = false;
    }
}

/* The label of several columns whose place tells theirs: they all come
 * after it, the others stand beside it.  UINT32_MAX if there is none. */
static uint32_t find_group(const struct names *all, const struct place *at)
{
    uint32_t group = 0;

    while (group < all->n && !all->name[group].group)
        group++;
    if (group == all->n)
        return UINT32_MAX;
    for (uint32_t i = 0; i < all->n; i++) {
        const struct name *a = &all->name[i];

        if (a->column < 0)
            continue;
        if (is_grouped(at, a->column) ? i < group
                                      : a->band != all->name[group].band)
            return UINT32_MAX;
    }
    return group;
}

/* Leaves from `from` on as their cells stand. */
static void sort_leaves(struct header *h, uint32_t from)
{
    for (uint32_t i = from + 1; i < h->n; i++)
        for (uint32_t k = i; k > from && h->leaf[k].col < h->leaf[k - 1].col;
             k--) {
            struct header_leaf swap = h->leaf[k];

            h->leaf[k] = h->leaf[k - 1];
            h->leaf[k - 1] = swap;
        }
}

static void add_grouped(const struct names *all, uint32_t group,
    const struct place *at, bool dump, struct header *h)
{
    uint32_t from = h->n;

    for (uint32_t i = 0; i < all->n; i++)
        if (is_grouped(at, all->name[i].column) ||
            (!h->stream && is_below(all, group, i, dump) &&
                is_extra(all, i, false)))
            add_leaf(h, -1, &all->name[i]);
    /* They may stand in several bands. */
    if (!h->stream)
        sort_leaves(h, from);
}

/* Leaves in order of structure; false when the header has no groups. */
static bool order_by_group(const struct names *all, const struct place *at,
    bool dump, struct header *h)
{
    uint32_t group = find_group(all, at);

    if (group == UINT32_MAX)
        return false;
    for (uint32_t i = 0; i < all->n; i++) {
        const struct name *a = &all->name[i];

        if (i == group)
            add_grouped(all, group, at, dump, h);
        else if ((a->column >= 0 && !is_grouped(at, a->column)) ||
                 (a->band == all->name[group].band &&
                     is_extra(all, i, h->stream)))
            add_leaf(h, -1, a);
    }
    for (uint32_t i = 0; i < all->n; i++)
        if (all->name[i].band != all->name[group].band &&
            is_extra(all, i, h->stream) && is_last(all, i) &&
            (h->stream || !is_below(all, group, i, dump)))
            add_leaf(h, -1, &all->name[i]);
    return true;
}

static void order_by_place(const struct names *all, struct header *h)
{
    for (uint32_t i = 0; i < all->n; i++)
        if (all->name[i].column >= 0 || is_extra(all, i, h->stream))
            add_leaf(h, -1, &all->name[i]);
    if (!h->stream)
        sort_leaves(h, 0);
}

/* How often each column is named. */
static uint32_t count_columns(
    const struct header *h, uint32_t column_n, bool *twice, bool *in_order)
{
    uint64_t seen = 0;
    uint32_t n = 0;
    int32_t last = -1;

    *twice = false;
    *in_order = true;
    for (uint32_t i = 0; i < h->n; i++) {
        int32_t c = h->leaf[i].column;

        if (c < 0 || (uint32_t)c >= column_n)
            continue;
        *twice = *twice || (seen >> c & 1) != 0;
        *in_order = *in_order && c > last;
        seen |= (uint64_t)1 << c;
        last = c;
        n++;
    }
    return n;
}

static bool has_extra(const struct header *h)
{
    for (uint32_t i = 0; i < h->n; i++)
        if (h->leaf[i].column < 0)
            return true;
    return false;
}

/* Put the columns that were not named where the form has them. */
static void fill_gaps(struct header *h, uint32_t column_n)
{
    struct header_leaf named[HEADER_LEAVES];
    uint32_t named_n = h->n;

    memcpy(named, h->leaf, sizeof(named));
    h->n = column_n;
    for (uint32_t c = 0; c < column_n; c++) {
        h->leaf[c] =
            (struct header_leaf){ -1, (int32_t)c, UINT32_MAX, 1, NULL };
        for (uint32_t i = 0; i < named_n; i++)
            if (named[i].column == (int32_t)c)
                h->leaf[c] = named[i];
    }
    h->doubtful = true;
}

/* Columns of a group and those outside, each in the form's order: what a
 * dump gives when the label of the group is lost. */
static bool is_ungrouped(const struct header *h, const struct place *at)
{
    int32_t last[2] = { -1, -1 };

    for (uint32_t i = 0; i < h->n; i++) {
        int32_t c = h->leaf[i].column;
        uint32_t of = is_grouped(at, c) ? 1 : 0;

        if (c < 0 || c <= last[of])
            return false;
        last[of] = c;
    }
    return last[0] >= 0 && last[1] >= 0;
}

static void settle(struct header *h, const struct place *at, bool lost_group)
{
    uint32_t column_n = at->view->table->blocks[at->block].columns_count;
    bool twice;
    bool in_order;
    uint32_t n = count_columns(h, column_n, &twice, &in_order);

    if (n == 0 || twice)
        return;
    if (!in_order && lost_group && is_ungrouped(h, at)) {
        fill_gaps(h, column_n);
    } else if (n < column_n) {
        if (!in_order || has_extra(h))
            return;
        fill_gaps(h, column_n);
    }
    h->usable = true;
}

/* Cells of the header's last band from its first leaf on, empty ones and
 * all; 0 when its leaves stand in several bands. */
static uint32_t cells_of(const struct band *b, const struct header *h)
{
    uint32_t from = b->tok_n;
    uint32_t found = 0;

    for (uint32_t i = b->tok_n; i-- > 0;)
        for (uint32_t k = 0; k < h->n; k++)
            if (h->leaf[k].tok == &b->tok[i]) {
                from = i;
                found++;
            }
    return found == h->n ? b->tok_n - from : 0;
}

void header_read(const struct labels *labels, const struct form_view *view,
    uint32_t block, const struct band *const *bands, uint32_t n,
    struct header *out)
{
    struct place at = { labels, view, block };
    struct names all;
    const struct band *last;

    memset(out, 0, sizeof(*out));
    if (n == 0)
        return;
    last = bands[n - 1];
    out->table = last->table;
    out->stream = last->stream;
    names_read(bands, n, &at, &all);
    if (!last->stream)
        disown_subtotals(&all, &at, last->dump);
    if (order_by_group(&all, &at, last->dump, out)) {
        settle(out, &at, false);
    } else {
        out->n = 0;
        order_by_place(&all, out);
        settle(out, &at, last->stream || last->dump);
    }
    out->cells = cells_of(last, out);
}

bool header_expand(const struct header *h, struct header *out)
{
    bool any = false;

    *out = *h;
    out->n = 0;
    for (uint32_t i = 0; i < h->n; i++)
        for (uint32_t k = 0; k < h->leaf[i].times; k++) {
            if (out->n == HEADER_LEAVES)
                return false;
            out->leaf[out->n] = h->leaf[i];
            out->leaf[out->n].col += h->leaf[i].col == UINT32_MAX ? 0 : k;
            out->n++;
            any = any || k > 0;
        }
    return any;
}

void header_default(
    const struct form_view *view, uint32_t block, struct header *out)
{
    memset(out, 0, sizeof(*out));
    out->table = UINT32_MAX;
    out->usable = true;
    fill_gaps(out, view->table->blocks[block].columns_count);
}
