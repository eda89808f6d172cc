/* SPDX-License-Identifier: Apache-2.0 */
/*
 * align - bands of one table to the rows of a form.
 *
 * The programme maximises the likeness of labels over all ways to lay the
 * bands along the form's rows, in order.  Anchors are worth more than any
 * number of likenesses, so they are never given up for them.
 */
#include "transformer/align.h"

#include <string.h>

#define LIKE_LEAST 60u  /* per cent, for tables whose sums prove them */
#define LIKE_STRICT 70u /* per cent, where nothing does */
#define LIKE_MARKED 50u /* enough when the enumerator agrees as well */
#define MARGIN 10u      /* per cent by which the best must lead, if strict */
#define ANCHOR 100000   /* more than all likenesses of a table together */
#define MARK_BONUS 15   /* per cent, enumerator agrees; minus if it differs */
#define IMPOSSIBLE (-1)

/* ---- labels of a band ---------------------------------------------------- */

/* The texts of a band that may be its label: before the first value, but
 * a serial number may stand before them. */
struct zone {
    uint32_t from, to; /* tokens; from == to: no text */
};

static struct zone label_zone(const struct band *b)
{
    struct zone z = { 0, 0 };
    uint32_t values = 0;

    while (z.from < b->tok_n && b->tok[z.from].look != LOOK_TEXT)
        values += token_is_value(&b->tok[z.from++]) ? 1 : 0;
    if (z.from == b->tok_n || values > 1) {
        z.from = z.to = 0;
        return z;
    }
    z.to = z.from;
    while (z.to < b->tok_n && !token_is_value(&b->tok[z.to]))
        z.to++;
    while (b->tok[z.to - 1].look != LOOK_TEXT)
        z.to--;
    return z;
}

static const struct label *row_label(
    const struct label *l, const struct form_view *view)
{
    for (; l; l = l->next)
        if (l->role == LABEL_ROW && l->kind == view->kind &&
            l->form == view->form_index)
            return l;
    return NULL;
}

static void claim_by(
    struct claim *c, enum claim_how how, uint32_t item, uint32_t last)
{
    c->how = how;
    c->item = item;
    c->from = last + 1;
    c->label = &c->band->tok[last];
}

/* The last cell of a label found at token i.  A merged label may be printed
 * once for each of its columns, and a copy may have a typo of its own; or
 * what was found is but the first part of a longer variant. */
static uint32_t last_copy(const struct labels *labels,
    const struct form_view *view, const struct band *b, uint32_t i,
    uint32_t end, const struct label *l)
{
    uint32_t from = i;

    while (i + 1 < end && b->tok[i + 1].look == LOOK_TEXT) {
        const struct norm *n = &b->tok[i + 1].norm;
        const struct label *whole =
            row_label(band_joined_label(labels, b, from, i + 1), view);

        if ((!whole || whole->index != l->index) &&
            !token_label(&b->tok[i + 1], LABEL_ROW_GROUP, view) &&
            norm_similarity(n->cp, n->n, l->norm.cp, l->norm.n, LIKE_MARKED) ==
                0)
            break;
        i++;
    }
    return i;
}

/* A row that only another form has: what stands beside it is its group. */
static bool is_foreign(
    const struct form_view *view, const struct band *b, struct zone z)
{
    for (uint32_t i = z.from; i < z.to; i++)
        if (token_has_role(&b->tok[i], LABEL_ROW, view->kind) &&
            !token_label(&b->tok[i], LABEL_ROW, view) &&
            !token_label(&b->tok[i], LABEL_ROW_GROUP, view))
            return true;
    return false;
}

static void claim_exact(const struct labels *labels,
    const struct form_view *view, const struct band *b, struct claim *c)
{
    struct zone z = label_zone(b);

    if (is_foreign(view, b, z))
        return;
    /* The innermost label is the last one. */
    for (uint32_t i = z.to; i-- > z.from;) {
        const struct label *l = row_label(b->tok[i].label, view);

        if (l) {
            claim_by(c, CLAIM_EXACT, l->index,
                last_copy(labels, view, b, i, z.to, l));
            return;
        }
    }
    /* Torn over cells. */
    for (uint32_t last = z.to; last-- > z.from;)
        for (uint32_t first = last; first-- > z.from;) {
            const struct label *l;

            if (b->tok[last].look != LOOK_TEXT ||
                b->tok[first].look != LOOK_TEXT || b->tok[last].label)
                continue;
            l = row_label(band_joined_label(labels, b, first, last), view);
            if (l) {
                claim_by(c, CLAIM_EXACT, l->index, last);
                return;
            }
        }
}

/* A row of the publisher's navigation or a note, not of numbers. */
static bool has_room_for_values(const struct claim *c)
{
    for (uint32_t i = c->from; i < c->band->tok_n; i++)
        if (c->band->tok[i].look != LOOK_TEXT)
            return true;
    return false;
}

/* ---- labels torn over two bands ------------------------------------------ */

static bool is_loose_text(const struct claim *c)
{
    return c->how == CLAIM_NONE && !c->band->header && c->band->value_n == 0 &&
           c->band->text_n > 0;
}

static uint32_t zone_text(const struct band *b, uint32_t *cp)
{
    struct zone z = label_zone(b);

    return z.from == z.to ? 0 : band_join(b, z.from, z.to - 1, cp);
}

/* The joined label of two bands one below the other, if it is a row's. */
static const struct label *label_of_two(const struct labels *labels,
    const struct form_view *view, const struct band *a, const struct band *b)
{
    uint32_t cp[NORM_MAX];
    uint32_t more[NORM_MAX];
    uint32_t n = zone_text(a, cp);
    uint32_t m = zone_text(b, more);

    if (n == 0 || m == 0 || n + m > NORM_MAX)
        return NULL;
    memcpy(cp + n, more, m * sizeof(*cp));
    return row_label(labels_find_cp(labels, cp, n + m), view);
}

/* A label of which one part stands in the band above or below. */
static void claim_torn(const struct labels *labels,
    const struct form_view *view, struct claim *claims, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        struct claim *c = &claims[i];
        struct zone z = label_zone(c->band);
        const struct label *l = NULL;

        if (c->how != CLAIM_NONE || c->band->value_n == 0 || z.from == z.to)
            continue;
        if (i > 0 && is_loose_text(&claims[i - 1]))
            l = label_of_two(labels, view, claims[i - 1].band, c->band);
        if (!l && i + 1 < n && is_loose_text(&claims[i + 1]))
            l = label_of_two(labels, view, c->band, claims[i + 1].band);
        if (l)
            claim_by(c, CLAIM_LIKE, l->index, z.to - 1);
    }
}

/* ---- likeness ------------------------------------------------------------ */

/* One way to read the label of a band. */
struct reading {
    uint32_t cp[NORM_MAX];
    uint32_t n;
    const struct norm *marked; /* carries the enumerator */
};

static int like_label(const struct reading *r, const struct label *l)
{
    uint32_t s =
        norm_similarity(r->cp, r->n, l->norm.cp, l->norm.n, LIKE_MARKED);
    bool both = r->marked->mark != MARK_NONE && l->norm.mark != MARK_NONE;
    bool same = both && r->marked->mark == l->norm.mark &&
                r->marked->number == l->norm.number;

    if (s < LIKE_MARKED || (s < LIKE_LEAST && !same))
        return IMPOSSIBLE;
    return (int)s + (same ? MARK_BONUS : both ? -MARK_BONUS : 0);
}

static int like_item(const struct reading *r, const struct form_item *item)
{
    int best = IMPOSSIBLE;

    for (uint32_t i = 0; i < item->label_n; i++) {
        int s = like_label(r, &item->first_label[i]);

        best = s > best ? s : best;
    }
    return best;
}

/* Likeness of a band to every row, by its last text, or all of them. */
static void like_all(
    const struct form_view *view, const struct band *b, bool strict, int *score)
{
    struct zone z = label_zone(b);
    int best = 0;
    int second = 0;

    for (uint32_t r = 0; r < view->item_n; r++)
        score[r] = IMPOSSIBLE;
    for (uint32_t from = z.from; from < z.to; from++) {
        struct reading reading;

        if (b->tok[from].look != LOOK_TEXT ||
            (from != z.from && from + 1 != z.to))
            continue;
        reading.n = band_join(b, from, z.to - 1, reading.cp);
        reading.marked = &b->tok[from].norm;
        for (uint32_t r = 0; reading.n > 0 && r < view->item_n; r++) {
            int s = like_item(&reading, &view->items[r]);

            score[r] = s > score[r] ? s : score[r];
        }
    }
    if (!strict)
        return;
    for (uint32_t r = 0; r < view->item_n; r++) {
        if (score[r] > best) {
            second = best;
            best = score[r];
        } else if (score[r] > second) {
            second = score[r];
        }
    }
    for (uint32_t r = 0; r < view->item_n; r++)
        if (score[r] < (int)LIKE_STRICT || score[r] < best ||
            best < second + (int)MARGIN)
            score[r] = IMPOSSIBLE;
}

/* A label that another form has, or that names a group or a column, is no
 * row of this one with typos. */
static bool may_be_like(const struct claim *c)
{
    struct zone z = label_zone(c->band);

    if (c->how != CLAIM_NONE || c->band->header || z.from == z.to ||
        !has_room_for_values(&(struct claim){ .band = c->band, .from = z.to }))
        return false;
    return c->band->tok[z.to - 1].label == NULL;
}

/* ---- the programme ------------------------------------------------------- */

struct programme {
    uint32_t n, item_n;
    int *score; /* n * item_n: worth of claim i for row j */
    int *best;  /* (n + 1) * (item_n + 1) */
};

static int *cell(int *m, uint32_t width, uint32_t i, uint32_t j)
{
    return &m[(size_t)i * width + j];
}

static void run(struct programme *p)
{
    uint32_t w = p->item_n + 1;

    for (uint32_t i = 1; i <= p->n; i++)
        for (uint32_t j = 1; j <= p->item_n; j++) {
            int skip_band = *cell(p->best, w, i - 1, j);
            int skip_row = *cell(p->best, w, i, j - 1);
            int s = *cell(p->score, p->item_n, i - 1, j - 1);
            int most = skip_band > skip_row ? skip_band : skip_row;

            if (s > 0 && *cell(p->best, w, i - 1, j - 1) + s > most)
                most = *cell(p->best, w, i - 1, j - 1) + s;
            *cell(p->best, w, i, j) = most;
        }
}

/* Walk back; rows chosen for bands that had no claim yet. */
static void take(struct programme *p, struct claim *claims)
{
    uint32_t w = p->item_n + 1;
    uint32_t i = p->n;
    uint32_t j = p->item_n;

    while (i > 0 && j > 0) {
        int here = *cell(p->best, w, i, j);

        if (here == *cell(p->best, w, i - 1, j)) {
            i--;
        } else if (here == *cell(p->best, w, i, j - 1)) {
            j--;
        } else {
            struct claim *c = &claims[i - 1];

            if (c->how == CLAIM_NONE)
                claim_by(c, CLAIM_LIKE, j - 1, label_zone(c->band).to - 1);
            i--;
            j--;
        }
    }
}

static void claim_like(const struct form_view *view, struct arena *arena,
    bool strict, struct claim *claims, uint32_t n)
{
    struct programme p = { .n = n, .item_n = view->item_n };
    bool taken[FORM_ROWS] = { false };
    bool any = false;

    for (uint32_t i = 0; i < n; i++) {
        if (claims[i].how != CLAIM_NONE)
            taken[claims[i].item] = true;
        any = any || may_be_like(&claims[i]);
    }
    if (!any)
        return;
    p.score = arena_alloc_n(arena, (size_t)n * p.item_n, sizeof(*p.score));
    p.best =
        arena_alloc_n(arena, ((size_t)n + 1) * (p.item_n + 1), sizeof(*p.best));
    for (uint32_t i = 0; i < n; i++) {
        int *row = cell(p.score, p.item_n, i, 0);

        if (claims[i].how != CLAIM_NONE) {
            row[claims[i].item] = ANCHOR;
            continue;
        }
        if (!may_be_like(&claims[i]))
            continue;
        like_all(view, claims[i].band, strict || claims[i].band->orphan, row);
        for (uint32_t r = 0; r < p.item_n; r++)
            row[r] = taken[r] || row[r] < 0 ? 0 : row[r];
    }
    run(&p);
    take(&p, claims);
}

/* ---- bands without label ------------------------------------------------- */

static bool is_unlabelled(const struct claim *c)
{
    return c->how == CLAIM_NONE && !c->band->header && !c->band->orphan &&
           c->band->text_n == 0 && c->band->value_n > 0;
}

/* A merged label cell that reaches down over this band makes it a second
 * claim of that row. */
static const struct claim *covering(const struct claim *claims, uint32_t i)
{
    const struct band *b = claims[i].band;

    while (i-- > 0) {
        const struct claim *a = &claims[i];

        if (a->band->table != b->table || a->band->stream)
            return NULL;
        if (a->how != CLAIM_NONE && a->label &&
            a->label->cell->row + a->label->cell->rowspan > b->row)
            return a;
        if (a->how != CLAIM_NONE)
            return NULL;
    }
    return NULL;
}

/* Rows between two neighbours that a document must have. */
static uint32_t rows_between(const struct form_view *view, const bool *taken,
    uint32_t from, uint32_t to, uint32_t *only)
{
    uint32_t n = 0;

    for (uint32_t r = from; r < to; r++) {
        if (taken[r] || view->items[r].row->optional)
            continue;
        *only = r;
        n++;
    }
    return n;
}

static void claim_by_place(
    const struct form_view *view, struct claim *claims, uint32_t n)
{
    bool taken[FORM_ROWS] = { false };
    uint32_t after = 0; /* first row behind the last claim */

    for (uint32_t i = 0; i < n; i++)
        if (claims[i].how != CLAIM_NONE)
            taken[claims[i].item] = true;
    for (uint32_t i = 0; i < n; i++) {
        const struct claim *above;
        uint32_t bare = 0;
        uint32_t to = view->item_n;
        uint32_t only = 0;
        uint32_t k = i;

        if (claims[i].how != CLAIM_NONE) {
            after = claims[i].item + 1;
            continue;
        }
        if (!is_unlabelled(&claims[i]))
            continue;
        above = covering(claims, i);
        for (; k < n && claims[k].how == CLAIM_NONE; k++)
            bare += claims[k].band->value_n > 0 ? 1 : 0;
        if (k < n)
            to = claims[k].item;
        if (above) {
            claims[i].how = CLAIM_PLACE;
            claims[i].item = above->item;
        } else if (bare == 1 && after > 0 && after < to &&
                   rows_between(view, taken, after, to, &only) == 1) {
            claims[i].how = CLAIM_PLACE;
            claims[i].item = only;
        }
        claims[i].from = 0;
        i = k > i + 1 && !above ? k - 1 : i;
    }
}

/* ---- public -------------------------------------------------------------- */

void align_exact(const struct labels *labels, const struct form_view *view,
    const struct band *const *bands, uint32_t n, struct claim *out)
{
    for (uint32_t i = 0; i < n; i++) {
        memset(&out[i], 0, sizeof(out[i]));
        out[i].band = bands[i];
        if (bands[i]->header)
            continue;
        claim_exact(labels, view, bands[i], &out[i]);
        if (out[i].how != CLAIM_NONE && !has_room_for_values(&out[i]))
            out[i].how = CLAIM_NONE;
    }
}

void align_rest(const struct labels *labels, const struct form_view *view,
    struct arena *arena, bool strict, struct claim *claims, uint32_t n)
{
    claim_torn(labels, view, claims, n);
    claim_like(view, arena, strict, claims, n);
    claim_by_place(view, claims, n);
}
