/* SPDX-License-Identifier: Apache-2.0 */
/*
 * assign - the values of a band to the columns of its header.
 */
#include "transformer/assign.h"

/* The tokens of a band that are not its label. */
struct values {
    const struct token *tok;
    uint32_t n;
    uint32_t first, last; /* not blank; first > last: all are blank */
};

static struct values values_of(const struct band *b, uint32_t from)
{
    struct values v = { b->tok + from, b->tok_n - from, 0, 0 };

    while (v.first < v.n && v.tok[v.first].look == LOOK_BLANK)
        v.first++;
    for (uint32_t i = v.first; i < v.n; i++)
        if (v.tok[i].look != LOOK_BLANK)
            v.last = i;
    return v;
}

/* First and last column that the form has; those of the publisher's own may
 * be empty. */
static uint32_t first_column(const struct header *h)
{
    uint32_t i = 0;

    while (i + 1 < h->n && h->leaf[i].column < 0)
        i++;
    return i;
}

static uint32_t last_column(const struct header *h)
{
    uint32_t i = h->n - 1;

    while (i > 0 && h->leaf[i].column < 0)
        i--;
    return i;
}

void margins_learn(struct margins *m, const struct band *b, uint32_t from,
    const struct header *h)
{
    struct values v = values_of(b, from);

    uint32_t surplus;
    uint32_t after;

    if (v.n <= h->n || v.first == v.n)
        return;
    /* Blanks on one side that account for all cells too many leave none
     * for the other: those are values. */
    surplus = v.n - h->n;
    after = v.n - 1 - v.last;
    m->left = m->left || (v.first > first_column(h) && after < surplus);
    m->right =
        m->right || (after > h->n - 1 - last_column(h) && v.first < surplus);
}

void places_learn(
    struct places *p, const struct band *b, uint32_t from, uint32_t n)
{
    uint32_t at = 0;

    if (b->stream || b->tok_n - from != n || n > HEADER_LEAVES)
        return;
    while (at < p->n && p->of[at].table != b->table)
        at++;
    if (at == PLACES_TABLES)
        return;
    if (at == p->n) {
        p->n++;
        p->of[at].table = b->table;
        p->of[at].n = n;
        p->of[at].rows = 0;
        p->of[at].same = true;
        for (uint32_t i = 0; i < n; i++)
            p->of[at].col[i] = b->tok[from + i].cell->col;
    }
    p->of[at].rows++;
    p->of[at].same = p->of[at].same && p->of[at].n == n;
    for (uint32_t i = 0; i < n && p->of[at].same; i++)
        p->of[at].same = p->of[at].col[i] == b->tok[from + i].cell->col;
}

bool places_apply(const struct places *p, const struct margins *m,
    const struct band *b, const struct header *h, struct header *out)
{
    if (b->stream || b->table == h->table || (b->dump && m->right))
        return false;
    for (uint32_t i = 0; i < p->n; i++) {
        if (p->of[i].table != b->table)
            continue;
        if (!p->of[i].same || p->of[i].rows < 2 || p->of[i].n != h->n)
            return false;
        *out = *h;
        out->table = b->table;
        out->stream = false;
        for (uint32_t k = 0; k < h->n; k++)
            out->leaf[k].col = p->of[i].col[k];
        return true;
    }
    return false;
}

/* Physical columns mean something: the header's rise from leaf to leaf,
 * which they do not in dumps that lost their merged cells. */
static bool has_places(const struct band *b, const struct header *h)
{
    if (b->stream || h->stream || h->table != b->table)
        return false;
    for (uint32_t i = 0; i < h->n; i++)
        if (h->leaf[i].col == UINT32_MAX ||
            (i > 0 && h->leaf[i].col <= h->leaf[i - 1].col))
            return false;
    return true;
}

static bool take_run(const struct values *v, uint32_t from,
    const struct header *h, const struct token **out)
{
    for (uint32_t i = 0; i < h->n; i++)
        out[i] = &v->tok[from + i];
    return true;
}

/* As many values as columns.  A blank at the edge may be margin while a
 * value is lost: then the places must agree as well. */
static bool assign_by_order(const struct band *b, const struct values *v,
    const struct header *h, const struct margins *m, const struct token **out)
{
    bool same = has_places(b, h);

    for (uint32_t i = 0; i < h->n && same; i++)
        same = h->leaf[i].col == v->tok[i].cell->col;
    if ((!same || b->dump) && v->first < v->n &&
        ((m->left && v->first > first_column(h)) ||
            (m->right && v->last < last_column(h))))
        return false;
    return take_run(v, 0, h, out);
}

/* Each column has a value that starts exactly below it, and all else is
 * blank or stands outside all columns. */
static bool assign_by_place(const struct band *b, const struct values *v,
    const struct header *h, const struct token **out)
{
    uint32_t used = 0;
    uint32_t blank = 0;

    if (!has_places(b, h))
        return false;
    for (uint32_t i = 0; i < h->n; i++) {
        out[i] = NULL;
        for (uint32_t k = 0; k < v->n && !out[i]; k++)
            if (v->tok[k].cell->col == h->leaf[i].col)
                out[i] = &v->tok[k];
        if (!out[i])
            return false;
        used++;
    }
    for (uint32_t k = 0; k < v->n; k++) {
        bool in_use = false;

        for (uint32_t i = 0; i < h->n && !in_use; i++)
            in_use = out[i] == &v->tok[k];
        blank += !in_use && v->tok[k].look == LOOK_BLANK ? 1 : 0;
    }
    return used + blank == v->n;
}

/* Empty cells stand where spans were lost, and elsewhere than in the
 * header: as many cells, as many of them empty. */
static bool assign_by_count(
    const struct values *v, const struct header *h, const struct token **out)
{
    uint32_t n = 0;

    if (v->n != h->cells)
        return false;
    for (uint32_t i = 0; i < v->n; i++) {
        if (v->tok[i].look == LOOK_BLANK)
            continue;
        if (n == h->n)
            return false;
        out[n++] = &v->tok[i];
    }
    return n == h->n;
}

/* All columns filled without a gap; those of the publisher's own behind
 * them may lack their cells. */
static bool assign_by_span(
    const struct values *v, const struct header *h, const struct token **out)
{
    uint32_t n = v->last - v->first + 1;
    uint32_t own = last_column(h) + 1;

    for (uint32_t i = v->first; i <= v->last; i++)
        if (v->tok[i].look == LOOK_BLANK && n != h->n)
            return false;
    if (n != h->n && n != own)
        return false;
    for (uint32_t i = 0; i < h->n; i++)
        out[i] = i < n ? &v->tok[v->first + i] : NULL;
    return true;
}

uint32_t assign_windows(
    const struct band *b, uint32_t from, uint32_t n, uint32_t *first)
{
    struct values v = values_of(b, from);
    uint32_t low;

    if (v.n < n || v.first == v.n || v.last - v.first + 1 > n)
        return 0;
    low = v.last + 1 > n ? v.last + 1 - n : 0;
    *first = low;
    return (v.first < v.n - n ? v.first : v.n - n) - low + 1;
}

bool assign_values(const struct band *b, uint32_t from, const struct header *h,
    const struct margins *m, const struct token **out)
{
    struct values v = values_of(b, from);

    if (h->n == 0 || v.n < h->n)
        return false;
    if (v.n == h->n)
        return assign_by_order(b, &v, h, m, out);
    if (assign_by_place(b, &v, h, out))
        return !b->dump || !m->right || out[last_column(h)]->look != LOOK_BLANK;
    if (v.first == v.n)
        return take_run(&v, 0, h, out);
    if (assign_by_count(&v, h, out))
        return true;
    return (b->dump || !has_places(b, h)) && assign_by_span(&v, h, out);
}
