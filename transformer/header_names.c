/* SPDX-License-Identifier: Apache-2.0 */
/*
 * header_names - what each cell of the header bands names.
 *
 * By its label, torn over cells or bands, or with typos.  A merged cell may
 * be printed once for each of its places; it then is one name.
 */
#include "transformer/header_names.h"

#include <string.h>

#define FUZZY_LEAST 60u /* similarity of a column label with typos */
#define TORN_MAX 4u     /* cells over which one column label may be torn */

static const struct label *column_of(
    const struct label *l, const struct place *at)
{
    for (; l; l = l->next)
        if (l->role == LABEL_COLUMN && l->kind == at->view->kind &&
            l->form == at->view->form_index && l->block == at->block)
            return l;
    return NULL;
}

static bool is_known(const struct token *t, const struct form_view *view)
{
    for (const struct label *l = t->label; l; l = l->next)
        if (l->kind == view->kind)
            return true;
    return false;
}

/* The column whose label is most like the token's, if one stands out. */
static int32_t fuzzy_column(
    const struct token *t, const struct place *at, uint32_t *likeness)
{
    uint32_t n;
    const struct label *l = labels_columns(
        at->labels, at->view->form_index, at->view->kind, at->block, &n);
    uint32_t best = 0;
    uint32_t second = 0;
    int32_t column = -1;

    *likeness = 0;
    if (t->norm.n < 3)
        return -1;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t s = norm_similarity(
            t->norm.cp, t->norm.n, l[i].norm.cp, l[i].norm.n, FUZZY_LEAST);
        uint32_t b = norm_similarity(t->norm.bare, t->norm.bare_n, l[i].norm.cp,
            l[i].norm.n, FUZZY_LEAST);

        s = b > s ? b : s;
        if (s > best) {
            second = column == (int32_t)l[i].index ? second : best;
            best = s;
            column = (int32_t)l[i].index;
        } else if (s > second && column != (int32_t)l[i].index) {
            second = s;
        }
    }
    *likeness = best;
    return best >= FUZZY_LEAST && best >= second + 10 ? column : -1;
}

static void name_fuzzy(
    const struct token *t, const struct place *at, struct name *to)
{
    const struct form_block *b = &at->view->table->blocks[at->block];

    uint32_t best = 0;

    to->column = fuzzy_column(t, at, &best);
    for (unsigned i = 0; i < b->columns_count; i++) {
        uint32_t s;
        struct norm_room room = { { 0 } };
        struct norm group;

        if (!b->columns[i].group ||
            !norm_make(slice_str(b->columns[i].group), &room, &group))
            continue;
        s = norm_similarity(
            t->norm.cp, t->norm.n, group.cp, group.n, FUZZY_LEAST);
        if (s <= best)
            continue;
        to->group = true;
        to->column = -1;
        return;
    }
}

static bool is_group(const struct label *l, const struct place *at)
{
    for (; l; l = l->next)
        if (l->role == LABEL_COLUMN_GROUP && l->kind == at->view->kind &&
            l->form == at->view->form_index)
            return true;
    return false;
}

/* A label torn over the next cells; how many it takes, 0 for none. */
static uint32_t torn_name(
    const struct band *b, uint32_t i, const struct place *at, struct name *to)
{
    for (uint32_t k = 2; k <= TORN_MAX && i + k <= b->tok_n; k++) {
        const struct label *l;
        const struct label *column;

        if (b->tok[i + k - 1].look != LOOK_TEXT)
            return 0;
        l = band_joined_label(at->labels, b, i, i + k - 1);
        column = column_of(l, at);
        to->group = is_group(l, at);
        if (column)
            to->column = (int32_t)column->index;
        if (column || to->group)
            return k;
    }
    return 0;
}

static void names_of_band(const struct band *b, uint32_t band,
    const struct place *at, struct names *out)
{
    for (uint32_t i = 0; i < b->tok_n && out->n < NAMES_MAX; i++) {
        const struct token *t = &b->tok[i];
        const struct label *l = column_of(t->label, at);
        struct name *to = &out->name[out->n];
        uint32_t torn;

        if (t->look != LOOK_TEXT)
            continue;
        *to = (struct name){ t, band, t->cell->col, 1, -1, false, false };
        out->n++;
        to->group = token_label(t, LABEL_COLUMN_GROUP, at->view) != NULL;
        to->known = is_known(t, at->view);
        if (l) {
            to->column = (int32_t)l->index;
            continue;
        }
        torn = t->label ? 0 : torn_name(b, i, at, to);
        if (torn > 0)
            i += torn - 1;
        else if (!t->label)
            name_fuzzy(t, at, to);
    }
}

/* Labels torn over bands: cells of one column, one below the other. */
static void join_down(struct names *all, const struct place *at)
{
    for (uint32_t i = 0; i < all->n; i++) {
        struct name *a = &all->name[i];
        uint32_t cp[NORM_MAX];
        uint32_t n = a->tok->norm.n;

        if (a->column >= 0 || a->known || n == 0)
            continue;
        memcpy(cp, a->tok->norm.cp, n * sizeof(*cp));
        for (uint32_t k = i + 1; k < all->n; k++) {
            const struct name *b = &all->name[k];
            const struct label *l;

            if (b->col != a->col || b->band == a->band || b->column >= 0 ||
                b->known || n + b->tok->norm.n > NORM_MAX)
                continue;
            memcpy(cp + n, b->tok->norm.cp, b->tok->norm.n * sizeof(*cp));
            n += b->tok->norm.n;
            l = column_of(labels_find_cp(at->labels, cp, n), at);
            if (l) {
                a->column = (int32_t)l->index;
                break;
            }
        }
    }
}

static bool contains(const struct norm *whole, const struct norm *part)
{
    for (uint32_t i = 0; i + part->n <= whole->n; i++)
        if (norm_equal(whole->cp + i, part->n, part->cp, part->n))
            return true;
    return false;
}

static bool is_named(const struct names *all, int32_t column)
{
    for (uint32_t i = 0; i < all->n; i++)
        if (all->name[i].column == column)
            return true;
    return false;
}

/* What is left of a label whose other part was lost, or mangled so that it
 * is like several, if only one of them is a column that nothing else names. */
static void name_remains(struct names *all, const struct place *at)
{
    uint32_t n;
    const struct label *l = labels_columns(
        at->labels, at->view->form_index, at->view->kind, at->block, &n);

    for (uint32_t i = 0; i < all->n; i++) {
        struct name *a = &all->name[i];
        int32_t only = -1;
        bool several = false;

        if (a->column >= 0 || a->known || a->group || a->tok->norm.n < 2)
            continue;
        for (uint32_t k = 0; k < n; k++) {
            if (is_named(all, (int32_t)l[k].index) ||
                (!contains(&l[k].norm, &a->tok->norm) &&
                    norm_similarity(l[k].norm.cp, l[k].norm.n, a->tok->norm.cp,
                        a->tok->norm.n, FUZZY_LEAST) == 0))
                continue;
            several = several || (only >= 0 && only != (int32_t)l[k].index);
            only = (int32_t)l[k].index;
        }
        if (only >= 0 && !several)
            a->column = only;
    }
}

static bool same_name(const struct name *a, const struct name *b)
{
    if (a->column >= 0 || b->column >= 0)
        return a->column == b->column;
    return norm_equal(
        a->tok->norm.cp, a->tok->norm.n, b->tok->norm.cp, b->tok->norm.n);
}

/* Merged cells may be printed as one for each place.  Below each other they
 * are one name; side by side one name over several columns. */
static void drop_repeats(struct names *all, bool stream)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < all->n && !stream; i++) {
        struct name *a = &all->name[i];
        struct name *left = kept > 0 ? &all->name[kept - 1] : NULL;
        bool below = false;

        for (uint32_t k = 0; k < kept && !below; k++)
            below = all->name[k].band != a->band &&
                    all->name[k].col == a->col && same_name(&all->name[k], a);
        if (below)
            continue;
        if (left && left->band == a->band && same_name(left, a) &&
            left->col + left->times == a->col)
            left->times++;
        else
            all->name[kept++] = *a;
    }
    all->n = stream ? all->n : kept;
}

/* The number of columns that the band names, 0 if one twice. */
static uint32_t columns_in(const struct names *all, uint32_t band)
{
    uint32_t seen = 0;
    uint32_t n = 0;

    for (uint32_t i = 0; i < all->n; i++) {
        const struct name *a = &all->name[i];

        if (a->band != band || a->column < 0)
            continue;
        if (seen >> a->column & 1)
            return 0;
        seen |= 1u << a->column;
        n++;
    }
    return n;
}

/* A band that names every column says it all; what stands above only
 * repeats some of it. */
static void keep_whole_band(struct names *all, const struct place *at)
{
    uint32_t column_n = at->view->table->blocks[at->block].columns_count;
    uint32_t band = all->n > 0 ? all->name[all->n - 1].band : 0;
    uint32_t kept = 0;

    if (columns_in(all, band) != column_n)
        return;
    for (uint32_t i = 0; i < all->n; i++)
        if (all->name[i].band == band)
            all->name[kept++] = all->name[i];
    all->n = kept;
}

void names_read(const struct band *const *bands, uint32_t n,
    const struct place *at, struct names *out)
{
    out->n = 0;
    for (uint32_t i = 0; i < n; i++)
        names_of_band(bands[i], i, at, out);
    join_down(out, at);
    keep_whole_band(out, at);
    drop_repeats(out, bands[n - 1]->stream);
    keep_whole_band(out, at);
    name_remains(out, at);
}
