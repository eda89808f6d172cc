/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_blank_rows - the rows of a table without rulings.
 *
 * Each line with values is a row.  Which lines of labels belong to it is
 * tried in three ways: its values stand at the middle, at the first or at
 * the last line of its label; the way that uses up all lines is the right
 * one.  Where none does, only what stands at the height of the values is
 * their label for sure, and rows without that are doubtful.  Values on lines
 * that have no label are further parts of those nearby, and doubtful.
 */
#include <math.h>
#include <stdlib.h>

#include "transformer/page_blank.h"

/* In heights of letters: lines at one height; lines of one label. */
#define LEVEL 0.35f
#define TIGHT 1.0f

enum way {
    WAY_MIDDLE,
    WAY_TOP,
    WAY_BOTTOM,
    WAY_NONE
};

/* A line of the last column of labels. */
struct item {
    const struct page_line *line;
    uint32_t band;
    uint32_t anchor; /* whose it is */
};

/* A line with values. */
struct anchor {
    const struct band *band;
    uint32_t number; /* of its band */
    float y;
    const struct page_line *own; /* a label of other columns at its height */
    uint32_t first, last;        /* its items: none when last < first + 1 */
    uint32_t row;                /* it makes; UINT32_MAX for none */
    bool doubtful;               /* whether all of that is its own */
};

struct rows {
    struct block *b;
    struct item *item;
    struct anchor *anchor;
    uint32_t item_n, anchor_n;
    struct arena *scratch;
};

static float middle(const struct page_line *l)
{
    return (l->y0 + l->y1) / 2;
}

static bool is_item(const struct block *b, const struct page_line *l)
{
    return blank_label_column(b, l->x1) + 1 == b->label_col_n;
}

/* ---- labels of rows ------------------------------------------------------ */

/* A short line below an item that starts where it does. */
static bool goes_on(const struct rows *r, const struct page_line *l)
{
    const struct page_line *up =
        r->item_n > 0 ? r->item[r->item_n - 1].line : NULL;

    return up && fabsf(up->x0 - l->x0) < 1 &&
           l->y0 - up->y1 < TIGHT * l->size && !text_is_enumerated(l->text);
}

static void collect(struct rows *r)
{
    const struct block *b = r->b;
    uint32_t n = 0;

    for (uint32_t i = 0; i < b->body_n; i++)
        n += b->bands[b->header_n + i].chunk_n;
    r->item = arena_alloc_n(r->scratch, (size_t)n + 1, sizeof(*r->item));
    r->anchor =
        arena_alloc_n(r->scratch, (size_t)b->body_n + 1, sizeof(*r->anchor));
    for (uint32_t i = 0; i < b->body_n; i++) {
        const struct band *band = &b->bands[b->header_n + i];
        uint32_t text_n = band->chunk_n - band->value_n;
        struct anchor *a = NULL;

        if (band->value_n > 0) {
            a = &r->anchor[r->anchor_n++];
            *a = (struct anchor){ .band = band,
                .number = i,
                .y = middle(&band->chunks[text_n].text) };
        }
        for (uint32_t k = 0; k < text_n; k++) {
            const struct page_line *l = &band->chunks[k].text;

            if (is_item(b, l) || goes_on(r, l))
                r->item[r->item_n++] = (struct item){ l, i, UINT32_MAX };
            else if (a)
                a->own = l;
        }
    }
}

/* May the anchor stay without items, as another part of a row or one whose
 * label stands in other columns? */
static bool may_lack(const struct rows *r, const struct anchor *a)
{
    return a->own != NULL || r->item_n == 0 || a->band->value_n < r->b->col_n;
}

static bool is_near(float a, float b, float size)
{
    return fabsf(a - b) <= LEVEL * size;
}

/* Items from..to-1 have their middle at the anchor. */
static bool take_middle(struct rows *r, struct anchor *a, uint32_t from)
{
    for (uint32_t to = from + 1; to <= r->item_n; to++) {
        const struct page_line *first = r->item[from].line;
        float y = (middle(first) + middle(r->item[to - 1].line)) / 2;

        if (is_near(y, a->y, first->size) ||
            (to == from + 1 && r->item[from].band == a->number)) {
            a->last = to;
            return true;
        }
        if (y > a->y)
            break;
    }
    return false;
}

/* Items from the anchor's height down to that of the next. */
static bool take_below(struct rows *r, struct anchor *a, uint32_t from)
{
    float size = a->band->size;
    const struct anchor *end = r->anchor + r->anchor_n;
    float next = a + 1 < end ? a[1].y - LEVEL * size : INFINITY;

    if (from == r->item_n || !is_near(middle(r->item[from].line), a->y, size))
        return false;
    a->last = from + 1;
    while (a->last < r->item_n && middle(r->item[a->last].line) < next)
        a->last++;
    return true;
}

/* Items down to the anchor's height. */
static bool take_above(struct rows *r, struct anchor *a, uint32_t from)
{
    for (uint32_t to = from; to < r->item_n; to++) {
        float y = middle(r->item[to].line);

        if (is_near(y, a->y, a->band->size)) {
            a->last = to + 1;
            return true;
        }
        if (y > a->y)
            break;
    }
    return false;
}

/* What was taken is more than one label. */
static bool has_several(const struct rows *r, const struct anchor *a)
{
    for (uint32_t i = a->first + 1; i < a->last; i++)
        if (text_is_enumerated(r->item[i].line->text))
            return true;
    return false;
}

/* Lines that a page break left of a label are none of the first row, whose
 * own label starts behind them. */
static void drop_rest(struct rows *r)
{
    uint32_t n = 0;

    if (r->anchor_n == 0)
        return;
    while (n < r->item_n && r->item[n].band < r->anchor[0].number &&
           !text_is_enumerated(r->item[n].line->text))
        n++;
    if (n == 0 || n == r->item_n || r->item[n].band > r->anchor[0].number ||
        !text_is_enumerated(r->item[n].line->text))
        return;
    r->item += n;
    r->item_n -= n;
}

/* Give each item to an anchor in this way; false when that does not fit. */
static bool assign(struct rows *r, enum way way)
{
    uint32_t at = 0;

    for (uint32_t i = 0; i < r->anchor_n; i++) {
        struct anchor *a = &r->anchor[i];
        bool took = false;

        a->first = a->last = at;
        switch (way) {
        case WAY_MIDDLE:
            took = at < r->item_n && take_middle(r, a, at);
            break;
        case WAY_TOP:
            took = take_below(r, a, at);
            break;
        case WAY_BOTTOM:
            took = take_above(r, a, at);
            break;
        case WAY_NONE:
            break;
        }
        if (took ? has_several(r, a) : !may_lack(r, a))
            return false;
        if (took)
            at = a->last;
    }
    return at == r->item_n;
}

/* Where no way fits all: labels that start with an enumerator and have their
 * middle at the values; all other rows are doubtful. */
static void assign_sure(struct rows *r)
{
    uint32_t at = 0;

    for (uint32_t i = 0; i < r->anchor_n; i++) {
        struct anchor *a = &r->anchor[i];

        a->doubtful = true;
        for (uint32_t k = at;
             a->doubtful && k < r->item_n &&
             middle(r->item[k].line) < a->y + LEVEL * a->band->size;
             k++) {
            a->first = k;
            if (text_is_enumerated(r->item[k].line->text) &&
                take_middle(r, a, k) && !has_several(r, a)) {
                a->doubtful = false;
                at = a->last;
            }
        }
        if (a->doubtful)
            a->first = a->last = 0;
        for (uint32_t k = at; a->doubtful && k < r->item_n; k++)
            if (r->item[k].band == a->number) {
                a->first = k;
                a->last = k + 1;
            }
        if (a->own && a->first == a->last)
            a->doubtful = !text_is_enumerated(a->own->text);
    }
}

static uint32_t nearest_anchor(const struct rows *r, float y, bool with_row)
{
    uint32_t best = UINT32_MAX;

    for (uint32_t i = 0; i < r->anchor_n; i++)
        if ((!with_row || r->anchor[i].row != UINT32_MAX) &&
            (best == UINT32_MAX ||
                fabsf(r->anchor[i].y - y) < fabsf(r->anchor[best].y - y)))
            best = i;
    return best;
}

/* ---- cells --------------------------------------------------------------- */

static struct blank_cell *new_cell(
    struct rows *r, uint32_t row, uint32_t from, uint32_t to)
{
    struct block *b = r->b;
    struct blank_cell *c = &b->cells[b->cell_n++];

    *c = (struct blank_cell){ .row = row, .from = from, .to = to };
    return c;
}

/* Rows count from 0; values without a label at all make none when others
 * have one. */
static void number_rows(struct rows *r)
{
    for (uint32_t i = 0; i < r->anchor_n; i++) {
        struct anchor *a = &r->anchor[i];
        bool labelled = a->own || a->last > a->first;

        if (!labelled && a->band->value_n < r->b->col_n)
            a->row = UINT32_MAX;
        else
            a->row = r->b->row_n++;
    }
}

static void add_labels(struct rows *r)
{
    for (uint32_t i = 0; i < r->anchor_n; i++) {
        const struct anchor *a = &r->anchor[i];
        struct blank_cell *c;

        if (a->row == UINT32_MAX)
            continue;
        if (a->last > a->first) {
            c = new_cell(r, a->row,
                blank_label_column(r->b, r->item[a->first].line->x0),
                r->b->label_col_n);
            for (uint32_t k = a->first; k < a->last; k++)
                blank_cell_add(c, r->item[k].line, false, r->scratch);
        } else if (a->own) {
            c = new_cell(r, a->row, blank_label_column(r->b, a->own->x0),
                r->b->label_col_n);
            blank_cell_add(c, a->own, false, r->scratch);
        }
    }
}

static uint32_t value_column(const struct block *b, const struct page_line *l)
{
    uint32_t col = 0;

    while (col + 1 < b->col_n && b->edge[col + 1] <= (l->x0 + l->x1) / 2)
        col++;
    return col;
}

static void add_values(struct rows *r)
{
    struct block *b = r->b;
    struct blank_cell **at = arena_alloc_n(r->scratch,
        (size_t)b->row_n * b->col_n + 1, sizeof(struct blank_cell *));

    for (uint32_t i = 0; i < r->anchor_n; i++) {
        const struct anchor *a = &r->anchor[i];
        const struct band *band = a->band;
        uint32_t near =
            a->row == UINT32_MAX ? nearest_anchor(r, a->y, true) : i;

        if (near == UINT32_MAX)
            continue;
        for (uint32_t k = band->chunk_n - band->value_n; k < band->chunk_n;
             k++) {
            const struct page_line *l = &band->chunks[k].text;
            uint32_t col = value_column(b, l);
            struct blank_cell **c = &at[r->anchor[near].row * b->col_n + col];

            if (!*c) {
                *c = new_cell(r, r->anchor[near].row, col, col + 1);
                (*c)->is_value = true;
            }
            (*c)->doubtful = (*c)->doubtful || b->doubtful || a->doubtful ||
                             near != i || (*c)->line_n > 0;
            blank_cell_add(*c, l, false, r->scratch);
        }
    }
}

/* The line is the label of one row, or already in a cell. */
static bool is_taken(
    const struct rows *r, const struct band *band, const struct page_line *l)
{
    for (uint32_t n = 0; n < r->anchor_n && band->value_n; n++)
        if (r->anchor[n].own == l && r->anchor[n].first == r->anchor[n].last)
            return true;
    for (uint32_t n = 0; n < r->item_n; n++)
        if (r->item[n].line == l)
            return true;
    return false;
}

/* Labels of several rows: where the middle of their lines stands. */
static void add_groups(struct rows *r)
{
    struct block *b = r->b;
    struct blank_cell *open[BLANK_LABELS_MAX] = { NULL };

    for (uint32_t i = 0; i < b->body_n; i++) {
        const struct band *band = &b->bands[b->header_n + i];

        for (uint32_t k = 0; k < band->chunk_n - band->value_n; k++) {
            const struct page_line *l = &band->chunks[k].text;
            uint32_t col = blank_label_column(b, l->x0);

            if (is_taken(r, band, l))
                continue;
            if (!open[col] || l->y0 - open[col]->y1 > TIGHT * l->size)
                open[col] =
                    new_cell(r, 0, col, blank_label_column(b, l->x1) + 1);
            blank_cell_add(open[col], l, false, r->scratch);
        }
    }
    for (uint32_t i = 0; i < b->cell_n; i++) {
        struct blank_cell *c = &b->cells[i];
        uint32_t near;

        if (c->is_value || c->to == b->label_col_n)
            continue;
        near = nearest_anchor(r, (c->y0 + c->y1) / 2, true);
        c->row = near == UINT32_MAX ? 0 : r->anchor[near].row;
    }
}

void blank_rows(struct block *b, struct arena *scratch, struct arena *arena)
{
    struct rows r = { .b = b, .scratch = scratch };
    enum way way = WAY_MIDDLE;
    uint32_t n = 0;

    blank_labels(b, scratch, arena);
    collect(&r);
    drop_rest(&r);
    while (way != WAY_NONE && !assign(&r, way))
        way++;
    if (way == WAY_NONE)
        assign_sure(&r);
    number_rows(&r);
    b->starts_torn = r.anchor_n > 0 && r.anchor[0].row == UINT32_MAX;
    for (uint32_t i = 0; i < b->body_n; i++)
        n += b->bands[b->header_n + i].chunk_n;
    b->cells = arena_alloc_n(scratch, 2 * (size_t)n + 1, sizeof(*b->cells));
    add_labels(&r);
    add_values(&r);
    add_groups(&r);
}
