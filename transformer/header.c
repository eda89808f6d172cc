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

#define FUZZY_LEAST 60u /* similarity of a column label with typos */
#define TORN_MAX 4u     /* cells over which one column label may be torn */
#define TOKENS_MAX 128u /* header cells looked at */

/* A header cell and what it names. */
struct name {
    const struct token *tok;
    uint32_t band; /* index among the header bands */
    uint32_t col;
    uint32_t times; /* cells side by side with this text */
    int32_t column; /* of the block, or -1 */
    bool group;     /* label of several columns */
    bool known;     /* some other label of the form */
};

struct names {
    struct name name[TOKENS_MAX];
    uint32_t n;
};

struct place {
    const struct labels *labels;
    const struct form_view *view;
    uint32_t block;
};

/* ---- what each header cell names ----------------------------------------- */

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
static int32_t fuzzy_column(const struct token *t, const struct place *at)
{
    uint32_t n;
    const struct label *l = labels_columns(
        at->labels, at->view->form_index, at->view->kind, at->block, &n);
    uint32_t best = 0;
    uint32_t second = 0;
    int32_t column = -1;

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
    return best >= FUZZY_LEAST && best >= second + 10 ? column : -1;
}

/* A label torn over the next cells; how many it takes, 0 for none. */
static uint32_t torn_column(
    const struct band *b, uint32_t i, const struct place *at, int32_t *column)
{
    for (uint32_t k = 2; k <= TORN_MAX && i + k <= b->tok_n; k++) {
        const struct label *l;

        if (b->tok[i + k - 1].look != LOOK_TEXT)
            return 0;
        l = column_of(band_joined_label(at->labels, b, i, i + k - 1), at);
        if (l) {
            *column = (int32_t)l->index;
            return k;
        }
    }
    return 0;
}

static void names_of_band(const struct band *b, uint32_t band,
    const struct place *at, struct names *out)
{
    for (uint32_t i = 0; i < b->tok_n && out->n < TOKENS_MAX; i++) {
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
        torn = t->label ? 0 : torn_column(b, i, at, &to->column);
        if (torn > 0)
            i += torn - 1;
        else if (!t->label)
            to->column = fuzzy_column(t, at);
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

static bool same_text(const struct name *a, const struct name *b)
{
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
                    all->name[k].col == a->col && same_text(&all->name[k], a);
        if (below)
            continue;
        if (left && left->band == a->band && same_text(left, a) &&
            left->col + left->times == a->col)
            left->times++;
        else
            all->name[kept++] = *a;
    }
    all->n = stream ? all->n : kept;
}

static void read_names(const struct band *const *bands, uint32_t n,
    const struct place *at, struct names *out)
{
    out->n = 0;
    for (uint32_t i = 0; i < n; i++)
        names_of_band(bands[i], i, at, out);
    join_down(out, at);
    drop_repeats(out, bands[n - 1]->stream);
}

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
static bool is_extra(const struct names *all, uint32_t i)
{
    const struct name *a = &all->name[i];

    if (a->column >= 0 || a->known || a->group)
        return false;
    for (uint32_t k = 0; k < i; k++)
        if (all->name[k].band == a->band && all->name[k].column >= 0)
            return true;
    return false;
}

/* Leaves in order of structure; false when the header has no groups. */
static bool order_by_group(
    const struct names *all, const struct place *at, struct header *h)
{
    uint32_t group = UINT32_MAX;

    for (uint32_t i = 0; i < all->n && group == UINT32_MAX; i++)
        if (all->name[i].group)
            group = i;
    if (group == UINT32_MAX)
        return false;
    for (uint32_t i = 0; i < all->n; i++) {
        const struct name *a = &all->name[i];

        if (a->column >= 0 && is_grouped(at, a->column) && i < group)
            return false;
        if (a->column >= 0 && !is_grouped(at, a->column) &&
            a->band != all->name[group].band)
            return false;
    }
    for (uint32_t i = 0; i < all->n; i++) {
        const struct name *a = &all->name[i];

        if (i == group)
            for (uint32_t k = 0; k < all->n; k++) {
                const struct name *leaf = &all->name[k];

                if (is_grouped(at, leaf->column))
                    add_leaf(h, -1, leaf);
            }
        else if (a->column >= 0 && !is_grouped(at, a->column))
            add_leaf(h, -1, a);
        else if (a->band == all->name[group].band && is_extra(all, i))
            add_leaf(h, -1, a);
    }
    return true;
}

static void order_by_place(const struct names *all, struct header *h)
{
    for (uint32_t i = 0; i < all->n; i++)
        if (all->name[i].column >= 0 || is_extra(all, i))
            add_leaf(h, -1, &all->name[i]);
    if (h->stream)
        return;
    for (uint32_t i = 1; i < h->n; i++)
        for (uint32_t k = i; k > 0 && h->leaf[k].col < h->leaf[k - 1].col;
             k--) {
            struct header_leaf swap = h->leaf[k];

            h->leaf[k] = h->leaf[k - 1];
            h->leaf[k - 1] = swap;
        }
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

static void settle(struct header *h, uint32_t column_n)
{
    bool twice;
    bool in_order;
    uint32_t n = count_columns(h, column_n, &twice, &in_order);

    if (n == 0 || twice)
        return;
    if (n < column_n) {
        if (!in_order)
            return;
        fill_gaps(h, column_n);
    }
    h->usable = true;
}

void header_read(const struct labels *labels, const struct form_view *view,
    uint32_t block, const struct band *const *bands, uint32_t n,
    struct header *out)
{
    struct place at = { labels, view, block };
    struct names all;
    uint32_t column_n = view->table->blocks[block].columns_count;

    memset(out, 0, sizeof(*out));
    if (n == 0)
        return;
    out->table = bands[n - 1]->table;
    out->stream = bands[n - 1]->stream;
    read_names(bands, n, &at, &all);
    if (!order_by_group(&all, &at, out)) {
        out->n = 0;
        order_by_place(&all, out);
    }
    settle(out, column_n);
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
