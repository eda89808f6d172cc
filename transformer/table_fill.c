/* SPDX-License-Identifier: Apache-2.0 */
/*
 * table_fill - claims of one instance of a table to filled slots.
 *
 * Bands are walked in document order.  Header bands gather until the first
 * band of values, which they then describe, as well as all that follow up
 * to the next header, over page breaks too.
 */
#include "transformer/table_fill.h"

#include <stdlib.h>
#include <string.h>

#include "transformer/assign.h"
#include "transformer/header.h"
#include "transformer/number.h"
#include "transformer/row_sum.h"

#define AREA_MAX 16u /* header bands before one band of values */

struct filler {
    const struct labels *labels;
    const struct form_view *view;
    struct table_read *out;
    struct margins margins;
    struct places places;
    const struct band *area[AREA_MAX]; /* the header bands now in force */
    uint32_t area_n;
    bool closed; /* values followed; the next header band starts anew */
    struct header header; /* the area, read for `block` */
    uint32_t block;       /* UINT32_MAX: not read yet */
    struct header wide;
    bool wide_read;
    bool learning; /* first pass: margins only */
};

enum number_kind table_number_kind(
    const struct form_view *view, uint32_t item, uint32_t column)
{
    const struct form_column *c = &view->items[item].block->columns[column];

    if (c->unit != UNIT_COUNT)
        return NUMBER_AMOUNT;
    return c->negative ? NUMBER_CHANGE : NUMBER_COUNT;
}

struct slot *table_slot(
    const struct table_read *t, uint32_t item, uint32_t column)
{
    return &t->slot[item * t->width + column];
}

bool token_same(
    const struct token *a, const struct token *b, enum number_kind kind)
{
    struct number x;
    struct number y;

    if (slice_eq(a->cell->text, b->cell->text))
        return true;
    number_read(a->cell->text, kind, &x);
    number_read(b->cell->text, kind, &y);
    if (x.state == CELL_BLANK && y.state == CELL_BLANK)
        return true;
    return x.value[0] && x.unit == y.unit && strcmp(x.value, y.value) == 0;
}

static void fill_slot(struct filler *f, const struct band *b, uint32_t item,
    uint32_t column, const struct token *tok, const struct token *header)
{
    struct slot *s = table_slot(f->out, item, column);
    enum slot_state state = tok ? SLOT_VALUE : SLOT_UNCLEAR;

    if (s->state == SLOT_EMPTY) {
        *s = (struct slot){ state, b, tok, NULL, header };
        return;
    }
    if (s->state == SLOT_VALUE && tok &&
        token_same(s->tok, tok, table_number_kind(f->view, item, column)))
        return;
    if (s->state == SLOT_VALUE && !tok && b->value_n == 0)
        return;
    s->state = SLOT_CLASH;
    s->other = tok;
}

/* ---- headers ------------------------------------------------------------- */

static bool names_columns(const struct filler *f)
{
    for (uint32_t i = 0; i < f->area_n; i++)
        for (uint32_t k = 0; k < f->area[i]->tok_n; k++)
            if (token_has_role(
                    &f->area[i]->tok[k], LABEL_COLUMN, f->view->kind))
                return true;
    return false;
}

static void open_area(struct filler *f, const struct band *b)
{
    if (f->closed) {
        f->area_n = 0;
        f->closed = false;
    }
    if (f->area_n < AREA_MAX)
        f->area[f->area_n++] = b;
    f->block = UINT32_MAX;
    f->wide_read = false;
}

/* The area may hold texts that are no header after all; then what was in
 * force before them still is. */
static const struct header *header_for(struct filler *f, uint32_t block)
{
    struct header next;

    f->closed = true;
    if (f->block == block)
        return &f->header;
    header_read(f->labels, f->view, block, f->area, f->area_n, &next);
    if (next.n > 0 || names_columns(f)) {
        f->header = next;
        f->block = block;
    } else if (f->block == UINT32_MAX && f->header.n > 0 &&
               f->view->table->layout != LAYOUT_BLOCKS) {
        f->block = block;
    } else {
        header_default(f->view, block, &f->header);
        f->block = block;
    }
    return &f->header;
}

static const struct header *wide_header(struct filler *f)
{
    if (!f->wide_read) {
        struct header next;

        header_read_wide(f->labels, f->view, f->area, f->area_n, &next);
        if (next.usable) {
            f->wide = next;
        } else if (names_columns(f) || f->wide.n == 0) {
            header_default_wide(f->view, &f->wide);
            f->wide.usable = !next.contradicts;
        }
        f->wide_read = true;
    }
    f->closed = true;
    return &f->wide;
}

/* ---- bands with a label -------------------------------------------------- */

/* How many zeros the band prints, 0 when it prints other values too. */
static uint32_t zeros_in(const struct claim *c)
{
    uint32_t n = 0;

    for (uint32_t i = c->from; i < c->band->tok_n; i++) {
        const struct token *t = &c->band->tok[i];

        if (t->look == LOOK_BLANK)
            continue;
        if (!slice_eq_str(slice_trim(t->cell->text), "0"))
            return 0;
        n++;
    }
    return n;
}

/* The values fit in several places: the one whose sum holds, if it is the
 * only one. */
static bool choose_by_sum(const struct filler *f, const struct claim *c,
    const struct header *h, const struct token **out)
{
    uint32_t first = 0;
    uint32_t n = assign_windows(c->band, c->from, h->n, &first);
    uint32_t holds = 0;
    uint32_t at = 0;

    /* That nothing adds up to nothing proves no place. */
    if (zeros_in(c) > 1)
        return false;

    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = 0; k < h->n; k++)
            out[k] = &c->band->tok[c->from + first + i + k];
        if (row_sum(f->view, h, out, -1) != ROW_SUM_HOLDS)
            continue;
        at = c->from + first + i;
        holds++;
    }
    if (holds != 1)
        return false;
    for (uint32_t k = 0; k < h->n; k++)
        out[k] = &c->band->tok[at + k];
    return true;
}

/* Values stand elsewhere than the columns that are still named: the gap was
 * filled in the wrong place. */
static bool is_misplaced(const struct band *b, const struct header *h,
    const struct token *const *tok)
{
    if (!h->doubtful || h->stream || b->dump || h->table != b->table)
        return false;
    for (uint32_t i = 0; i < h->n; i++)
        if (h->leaf[i].tok && tok[i] && h->leaf[i].col != tok[i]->cell->col)
            return true;
    return false;
}

static bool assign(const struct filler *f, const struct claim *c,
    const struct header *h, const struct token **out)
{
    if (!assign_values(c->band, c->from, h, &f->margins, out) &&
        (h->doubtful || !choose_by_sum(f, c, h, out)))
        return false;
    return !row_is_shifted(f->view, h, out) && !is_misplaced(c->band, h, out);
}

static void fill_row(struct filler *f, const struct claim *c)
{
    const struct form_item *item = &f->view->items[c->item];
    const struct header *h = header_for(f, item->block_index);
    const struct token *tok[HEADER_LEAVES];
    struct header expanded;
    struct header placed;
    bool fits;

    if (f->learning) {
        if (h->usable) {
            margins_learn(&f->margins, c->band, c->from, h);
            places_learn(&f->places, c->band, c->from, h->n);
        }
        return;
    }
    if (h->usable && places_apply(&f->places, &f->margins, c->band, h, &placed))
        h = &placed;
    fits = h->usable && assign(f, c, h, tok);
    if (h->usable && !fits && header_expand(h, &expanded)) {
        h = &expanded;
        fits = assign(f, c, h, tok);
    }
    f->out->claimed[c->item] = true;
    f->out->claim_n++;
    if (!fits) {
        for (uint32_t k = 0; k < item->block->columns_count; k++)
            fill_slot(f, c->band, c->item, k, NULL, NULL);
        return;
    }
    if (h->doubtful)
        f->out->doubts |= DOUBT_HEADER;
    if (c->how == CLAIM_PLACE && f->view->table->layout == LAYOUT_BLOCKS)
        f->out->doubts |= DOUBT_LABEL;
    for (uint32_t k = 0; k < h->n; k++)
        if (h->leaf[k].column >= 0)
            fill_slot(f, c->band, c->item, (uint32_t)h->leaf[k].column, tok[k],
                h->leaf[k].tok);
}

/* ---- bands of values side by side ---------------------------------------- */

/* The tokens behind leading words such as 件数; tok_n when words stand
 * among the values. */
static uint32_t first_value(const struct band *b)
{
    uint32_t from = 0;

    for (uint32_t i = 0; i < b->tok_n; i++) {
        if (b->tok[i].look == LOOK_TEXT)
            from = i + 1;
        else if (token_is_value(&b->tok[i]))
            break;
    }
    for (uint32_t i = from; i < b->tok_n; i++)
        if (b->tok[i].look == LOOK_TEXT)
            return b->tok_n;
    return from;
}

/* Without its header a row of values is trusted only if each row of the
 * form has its printed sum. */
static bool sums_hold(const struct form_view *view, const struct header *h,
    const struct token *const *tok)
{
    for (uint32_t r = 0; r < view->item_n; r++)
        if (row_sum(view, h, tok, (int32_t)r) != ROW_SUM_HOLDS)
            return false;
    return true;
}

static void fill_wide(struct filler *f, const struct band *b)
{
    const struct header *h = wide_header(f);
    uint32_t from = first_value(b);
    const struct token *tok[HEADER_LEAVES];

    if (f->learning) {
        margins_learn(&f->margins, b, from, h);
        return;
    }
    if (b->value_n == 0 &&
        table_slot(f->out, (uint32_t)h->leaf[0].item, 0)->state == SLOT_VALUE)
        return;
    if (!h->usable || !assign_values(b, from, h, &f->margins, tok) ||
        (h->doubtful && !sums_hold(f->view, h, tok))) {
        /* Half a dozen numbers are some note; a line of them is the row. */
        if (b->value_n * 2 > h->n)
            for (uint32_t i = 0; i < h->n; i++)
                fill_slot(f, b, (uint32_t)h->leaf[i].item,
                    (uint32_t)h->leaf[i].column, NULL, NULL);
        return;
    }
    if (h->doubtful)
        f->out->doubts |= DOUBT_HEADER;
    for (uint32_t i = 0; i < h->n; i++) {
        uint32_t item = (uint32_t)h->leaf[i].item;

        f->out->claim_n += f->out->claimed[item] ? 0 : 1;
        f->out->claimed[item] = true;
        fill_slot(
            f, b, item, (uint32_t)h->leaf[i].column, tok[i], h->leaf[i].tok);
    }
}

/* ---- one instance -------------------------------------------------------- */

static bool is_wide_row(const struct filler *f, const struct claim *c)
{
    return f->view->table->layout == LAYOUT_WIDE && c->how == CLAIM_NONE &&
           !c->band->header && !c->band->orphan &&
           first_value(c->band) < c->band->tok_n;
}

/* A blank row before the row of values is a spacer. */
static bool is_spacer(const struct claim *claims, uint32_t i, uint32_t n)
{
    if (claims[i].band->value_n > 0)
        return false;
    for (uint32_t k = i + 1; k < n && !claims[k].band->header; k++)
        if (claims[k].how == CLAIM_NONE && claims[k].band->value_n > 0)
            return true;
    return false;
}

static void walk(struct filler *f, const struct claim *claims, uint32_t n)
{
    f->area_n = 0;
    f->closed = false;
    f->block = UINT32_MAX;
    f->wide_read = false;
    f->header.n = 0;
    f->wide.n = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (claims[i].band->header)
            open_area(f, claims[i].band);
        else if (claims[i].how != CLAIM_NONE)
            fill_row(f, &claims[i]);
        else if (is_wide_row(f, &claims[i]) && !is_spacer(claims, i, n))
            fill_wide(f, claims[i].band);
    }
}

static bool row_is_filled(const struct table_read *t, uint32_t item)
{
    for (uint32_t c = 0; c < t->view->items[item].block->columns_count; c++)
        if (table_slot(t, item, c)->state != SLOT_VALUE)
            return false;
    return true;
}

static bool is_replaced(const struct table_read *t, uint32_t item)
{
    for (uint32_t r = 0; r < t->view->item_n; r++)
        if (t->claimed[r] && t->view->items[r].row->replaces &&
            strcmp(t->view->items[r].row->replaces,
                t->view->items[item].row->key) == 0)
            return true;
    return false;
}

/* 甲 1 2 3: the columns are numbered, below their labels. */
static bool is_numbering(const struct band *b)
{
    uint32_t next = 1;

    for (uint32_t i = 0; i < b->tok_n; i++) {
        struct number n;

        if (!token_is_value(&b->tok[i]))
            continue;
        number_read(b->tok[i].cell->text, NUMBER_COUNT, &n);
        if (strtoul(n.value, NULL, 10) != next)
            return false;
        next++;
    }
    return next > 3;
}

/* 小计 or 合计 of the rows above, which the form does not have. */
static bool is_subtotal(const struct band *b)
{
    static const char *const words[] = { "小计", "合计" };

    for (uint32_t i = 0; i < b->tok_n; i++) {
        struct slice s = slice_trim(b->tok[i].cell->text);

        if (b->tok[i].look != LOOK_TEXT)
            continue;
        for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
            if (slice_eq_str(s, words[k]))
                return true;
    }
    return false;
}

/* （三）不予公开 with numbers of its own: the sum of the rows below. */
static bool is_group_sum(const struct form_view *view, const struct band *b)
{
    const struct token *last = NULL;

    for (uint32_t i = 0; i < b->tok_n && !token_is_value(&b->tok[i]); i++)
        if (b->tok[i].look == LOOK_TEXT)
            last = &b->tok[i];
    return last && token_label(last, LABEL_ROW_GROUP, view);
}

/* A row of the table's own numbers that none of the form's rows took: a row
 * printed twice, one of another form, or one of the publisher's own.  What
 * it says is lost, so it may not go unnoticed. */
static bool is_loose(const struct table_read *t, const struct claim *c)
{
    const struct band *b = c->band;
    uint32_t least = t->view->table->layout == LAYOUT_BLOCKS ? 1 : t->width / 2;
    uint32_t numbers = 0;

    if (c->how != CLAIM_NONE || b->header || b->orphan || b->text_n == 0 ||
        t->view->table->layout == LAYOUT_WIDE || is_numbering(b) ||
        is_subtotal(b) || is_group_sum(t->view, b))
        return false;
    for (uint32_t i = 0; i < b->tok_n; i++)
        numbers += b->tok[i].look == LOOK_NUMBER ||
                           (b->tok[i].look == LOOK_ODD &&
                               t->view->table->layout == LAYOUT_MATRIX)
                       ? 1
                       : 0;
    return numbers >= least;
}

/* A table without any row of the form is one of the publisher's own. */
static bool has_claim(const struct claim *claims, uint32_t n, uint32_t table)
{
    for (uint32_t i = 0; i < n; i++)
        if (claims[i].how != CLAIM_NONE && claims[i].band->table == table)
            return true;
    return false;
}

/* What was found counts; the gaps between only where that is equal. */
static void judge(struct table_read *t, const struct claim *claims, uint32_t n)
{
    uint32_t last = 0;

    for (uint32_t r = 0; r < t->view->item_n; r++)
        last = t->claimed[r] ? r : last;
    t->whole = true;
    t->score = t->doubts & DOUBT_HEADER ? -800 : 0;
    for (uint32_t r = 0; r < t->view->item_n; r++) {
        if (row_is_filled(t, r)) {
            t->score += 1000;
        } else if (t->claimed[r]) {
            t->score += 500;
            t->whole = false;
        } else if (!t->view->items[r].row->optional && !is_replaced(t, r)) {
            /* What was cut off at the end, any form misses. */
            t->score -= r < last ? 1 : 0;
            t->whole = false;
        }
    }
    for (uint32_t i = 0; i < n; i++)
        if (is_loose(t, &claims[i]) &&
            has_claim(claims, n, claims[i].band->table))
            t->doubts |= DOUBT_LOOSE;
    for (uint32_t i = 0; i < n; i++)
        if (claims[i].how == CLAIM_NONE && claims[i].band->value_n > 0 &&
            claims[i].band->text_n > 0)
            t->score -= 300;
}

void table_fill(const struct labels *labels, const struct form_view *view,
    struct arena *arena, struct claim *claims, uint32_t n,
    struct table_read *out)
{
    struct filler f = { .labels = labels, .view = view, .out = out };
    bool strict = view->table->layout == LAYOUT_BLOCKS;

    memset(out, 0, sizeof(*out));
    out->view = view;
    for (unsigned b = 0; b < view->table->blocks_count; b++)
        if (view->table->blocks[b].columns_count > out->width)
            out->width = view->table->blocks[b].columns_count;
    out->slot = arena_alloc_n(
        arena, (size_t)view->item_n * out->width, sizeof(*out->slot));
    align_rest(labels, view, arena, strict, claims, n);
    f.learning = true;
    walk(&f, claims, n);
    f.learning = false;
    walk(&f, claims, n);
    judge(out, claims, n);
}
