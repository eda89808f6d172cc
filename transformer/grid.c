/* SPDX-License-Identifier: Apache-2.0 */
/*
 * grid - the document's tables as bands of tokens, whatever their shape.
 *
 * Each cell is looked at once: is it a value, and if it is words, whose
 * label are they?  From the labels of a band follows the table it is part
 * of; bands without labels belong to their neighbours.
 */
#include "transformer/grid.h"

#include <string.h>

#include "transformer/doubt.h"

/* Texts put together to find a label torn over lines of a stream. */
#define TORN_MAX 24u

/* Texts of a stream in which a label torn in pieces is looked for to tell
 * the table: 其他 / 结果 is 其他结果, and not 其他. */
#define VOTE_TORN_MAX 4u

/* A band of that many bare values can only be the review table's. */
#define BARE_REVIEW_MIN 10u

static void token_make(const struct document_cell *cell,
    const struct labels *labels, struct arena *arena, struct token *t)
{
    memset(t, 0, sizeof(*t));
    t->cell = cell;
    t->look = number_look(cell->text);
    if (cell->reading == READING_DOUBTFUL && doubt_may_be_number(cell))
        t->look = LOOK_ODD;
    if (t->look != LOOK_TEXT && t->look != LOOK_ODD)
        return;
    if (cell->text.len > (size_t)4 * NORM_MAX ||
        !norm_arena(cell->text, arena, &t->norm))
        return;
    t->label = labels_find(labels, &t->norm);
    if (t->label)
        t->look = LOOK_TEXT;
}

static void band_count(struct band *b)
{
    uint32_t pages = 0;

    b->value_n = 0;
    b->text_n = 0;
    for (uint32_t i = 0; i < b->tok_n; i++) {
        b->value_n += token_is_value(&b->tok[i]) ? 1 : 0;
        b->text_n += b->tok[i].look == LOOK_TEXT ? 1 : 0;
        pages += b->tok[i].look == LOOK_PAGE ? 1 : 0;
    }
    if (pages == 0)
        return;
    /* Alone in its row it is a page number, among values it is one of
     * them and unreadable. */
    for (uint32_t i = 0; i < b->tok_n; i++)
        if (b->tok[i].look == LOOK_PAGE)
            b->tok[i].look = b->value_n + b->text_n > 0 ? LOOK_ODD : LOOK_BLANK;
    if (b->value_n + b->text_n > 0)
        b->value_n += pages;
}

const struct label *token_label(
    const struct token *t, enum label_role role, const struct form_view *view)
{
    for (const struct label *l = t->label; l; l = l->next)
        if (l->role == role && l->kind == view->kind &&
            l->form == view->form_index)
            return l;
    return NULL;
}

bool token_has_role(
    const struct token *t, enum label_role role, enum table_kind kind)
{
    for (const struct label *l = t->label; l; l = l->next)
        if (l->role == role && l->kind == kind)
            return true;
    return false;
}

uint32_t band_join(
    const struct band *b, uint32_t from, uint32_t to, uint32_t *cp)
{
    uint32_t n = 0;

    for (uint32_t i = from; i <= to; i++) {
        const struct norm *one = &b->tok[i].norm;

        if (b->tok[i].look != LOOK_TEXT)
            continue;
        /* What is left of a torn label may be a bracket. */
        if (n + one->n > NORM_MAX ||
            (one->n == 0 && b->tok[i].cell->text.len > 8))
            return 0;
        memcpy(cp + n, one->cp, one->n * sizeof(*cp));
        n += one->n;
    }
    return n;
}

const struct label *band_joined_label(const struct labels *labels,
    const struct band *b, uint32_t from, uint32_t to)
{
    uint32_t cp[NORM_MAX];
    uint32_t n = band_join(b, from, to, cp);

    return labels_find_cp(labels, cp, n);
}

/* ---- grids --------------------------------------------------------------- */

static void grid_bands(const struct document_table *t, uint32_t table,
    struct token *tok, struct bands *out)
{
    uint32_t i = 0;

    while (i < t->cell_n) {
        struct band *b = &out->band[out->n++];
        uint32_t row = t->cells[i].row;

        memset(b, 0, sizeof(*b));
        b->table = table;
        b->row = row;
        b->tok = tok + i;
        b->kind = KIND_NONE;
        while (i < t->cell_n && t->cells[i].row == row)
            i++;
        b->tok_n = (uint32_t)(tok + i - b->tok);
        band_count(b);
    }
}

/* ---- streams ------------------------------------------------------------- */

static bool is_row_label(const struct label *l)
{
    for (; l; l = l->next)
        if (l->role == LABEL_ROW)
            return true;
    return false;
}

static bool is_column_label(const struct label *l)
{
    for (; l; l = l->next)
        if (l->role == LABEL_COLUMN)
            return true;
    return false;
}

static bool is_any_but_row(const struct label *l)
{
    for (; l; l = l->next)
        if (l->role != LABEL_ROW)
            return true;
    return false;
}

/* Nothing but the number of a label: 3. */
static bool is_enumerator(const struct token *t)
{
    struct slice s = slice_trim(t->cell->text);

    return t->norm.n == 1 && s.len > 1 && s.p[0] >= '1' && s.p[0] <= '9';
}

/* How many of the last texts of a stream are the label of the numbers that
 * follow: 0 when they have none.  A bare 总计 behind a header is its last
 * column, unless an enumerator says otherwise. */
static uint32_t label_length(
    const struct labels *labels, const struct token *tok, uint32_t n)
{
    struct band b = { .tok_n = n };
    struct token copy[TORN_MAX];
    uint32_t max = n < TORN_MAX ? n : TORN_MAX;

    memcpy(copy, tok + n - max, max * sizeof(*copy));
    b.tok = copy;
    for (uint32_t j = 1; j <= max; j++) {
        const struct token *first = &copy[max - j];
        const struct label *l =
            j == 1 ? first->label
                   : band_joined_label(labels, &b, max - j, max - 1);

        if (!is_row_label(l))
            continue;
        if (is_column_label(l) && first->norm.mark == MARK_NONE && j < n &&
            !is_enumerator(&tok[n - j - 1]))
            return 0;
        return j;
    }
    return n > 0 && !is_any_but_row(tok[n - 1].label) ? 1 : 0;
}

static void stream_band(
    struct bands *out, uint32_t table, struct token *tok, uint32_t n)
{
    struct band *b;

    if (n == 0)
        return;
    b = &out->band[out->n++];
    memset(b, 0, sizeof(*b));
    b->table = table;
    b->row = tok[0].cell->row;
    b->tok = tok;
    b->tok_n = n;
    b->stream = true;
    b->kind = KIND_NONE;
    band_count(b);
}

/* Texts followed by values: a header's last texts and one labelled row. */
static void stream_row(const struct labels *labels, struct bands *out,
    uint32_t table, struct token *tok, uint32_t texts, uint32_t values)
{
    uint32_t own = values > 0 ? label_length(labels, tok, texts) : 0;

    stream_band(out, table, tok, texts - own);
    stream_band(out, table, tok + texts - own, own + values);
}

static bool starts_with_dot(const struct token *t)
{
    struct slice s = slice_trim(t->cell->text);

    return slice_starts(s, SLICE_LIT(".")) ||
           slice_starts(s, SLICE_LIT("．")) || slice_starts(s, SLICE_LIT("、"));
}

static bool is_short(const struct token *t)
{
    struct slice s = slice_trim(t->cell->text);

    return s.len == 1 && s.p[0] >= '1' && s.p[0] <= '9';
}

static void stream_bands(const struct document_table *t, uint32_t table,
    const struct labels *labels, struct token *tok, struct bands *out)
{
    uint32_t from = 0;
    uint32_t texts = 0;
    uint32_t values = 0;
    uint32_t n = 0;

    for (uint32_t i = 0; i < t->cell_n; i++) {
        struct token *one = &tok[i];

        if (one->look == LOOK_BLANK || one->look == LOOK_PAGE)
            continue;
        if (one->look == LOOK_TEXT && values > 0) {
            /* 3 / .其他: the number is the label's. */
            if (values > 1 && starts_with_dot(one) && is_short(&tok[n - 1])) {
                n--;
                values--;
            }
            stream_row(labels, out, table, tok + from, texts, values);
            from = n;
            texts = values = 0;
        }
        texts += one->look == LOOK_TEXT ? 1 : 0;
        values += one->look == LOOK_TEXT ? 0 : 1;
        tok[n++] = *one;
    }
    stream_row(labels, out, table, tok + from, texts, values);
}

/* ---- which table a band is part of --------------------------------------- */

/* The one kind all these labels speak for, or KIND_NONE. */
static enum table_kind label_kind(const struct label *l)
{
    enum table_kind kind = KIND_NONE;

    for (; l; l = l->next) {
        if (kind != KIND_NONE && l->kind != kind)
            return KIND_NONE;
        kind = l->kind;
    }
    return kind;
}

/* The labels of the token at *i; of those torn over it and the next ones of
 * a stream the longest, and *i at its last. */
static const struct label *longest_label(
    const struct labels *labels, const struct band *b, uint32_t *i)
{
    for (uint32_t k = b->stream ? VOTE_TORN_MAX : 1; k > 1; k--) {
        const struct label *l = NULL;

        if (*i + k <= b->tok_n && b->tok[*i + k - 1].look == LOOK_TEXT)
            l = band_joined_label(labels, b, *i, *i + k - 1);
        if (l) {
            *i += k - 1;
            return l;
        }
    }
    return b->tok[*i].label;
}

static enum table_kind band_kind(
    const struct labels *labels, const struct band *b)
{
    uint32_t votes[KIND_N] = { 0, 0, 0 };
    enum table_kind best = KIND_NONE;

    for (uint32_t i = 0; i < b->tok_n; i++) {
        enum table_kind k = label_kind(longest_label(labels, b, &i));

        if (k != KIND_NONE)
            votes[k]++;
    }
    for (uint32_t k = 0; k < KIND_N; k++)
        if (votes[k] > (best == KIND_NONE ? 0 : votes[best]))
            best = (enum table_kind)k;
    if (best == KIND_NONE && b->text_n == 0 && b->value_n >= BARE_REVIEW_MIN)
        best = KIND_REVIEW;
    return best;
}

/* Bands without a kind of their own take that of the band before them in
 * the table, the first ones that of the first band with one. */
static void spread_kind(struct band *b, uint32_t n)
{
    enum table_kind kind = KIND_NONE;

    for (uint32_t i = 0; i < n; i++) {
        if (b[i].kind == KIND_NONE)
            b[i].kind = kind;
        kind = b[i].kind;
    }
    kind = KIND_NONE;
    for (uint32_t i = n; i-- > 0;) {
        if (b[i].kind == KIND_NONE)
            b[i].kind = kind;
        kind = b[i].kind;
    }
}

/* Words over the columns, no values.  A row whose values are all blank has
 * one label of a row and no other. */
static bool is_header(const struct band *b)
{
    uint32_t hits = 0;
    uint32_t rows = 0;
    uint32_t groups = 0;

    if (b->value_n > 0)
        return false;
    for (uint32_t i = 0; i < b->tok_n; i++) {
        const struct token *t = &b->tok[i];

        hits += token_has_role(t, LABEL_COLUMN, b->kind) ||
                        token_has_role(t, LABEL_COLUMN_GROUP, b->kind) ||
                        token_has_role(t, LABEL_HEADER, b->kind) ||
                        token_has_role(t, LABEL_BLOCK, b->kind)
                    ? 1
                    : 0;
        rows += token_has_role(t, LABEL_ROW, b->kind) ? 1 : 0;
        groups += token_has_role(t, LABEL_ROW_GROUP, b->kind) ? 1 : 0;
    }
    /* Rows of this one stand in its header. */
    if (b->kind == KIND_REVIEW)
        return hits + rows + groups > 1 ||
               (hits + rows + groups == 1 && b->text_n == b->tok_n);
    return hits > rows || hits >= 2;
}

static void find_kinds(const struct labels *labels, struct bands *all)
{
    uint32_t from = 0;
    uint32_t fragment = 0;
    enum table_kind last = KIND_NONE;

    for (uint32_t i = 0; i < all->n; i++)
        all->band[i].kind = band_kind(labels, &all->band[i]);
    while (from < all->n) {
        uint32_t to = from;

        while (to < all->n && all->band[to].table == all->band[from].table)
            to++;
        spread_kind(all->band + from, to - from);
        fragment++;
        for (uint32_t i = from; i < to; i++) {
            struct band *b = &all->band[i];

            if (b->kind == KIND_NONE) {
                b->kind = last;
                b->orphan = true;
            }
            if (i > from && b->kind != b[-1].kind)
                fragment++;
            b->fragment = fragment;
            b->header = b->kind != KIND_NONE && is_header(b);
            last = b->kind;
        }
        from = to;
    }
}

void bands_make(const struct document *doc, const struct labels *labels,
    struct arena *arena, struct bands *out)
{
    size_t cells = 0;

    for (uint32_t i = 0; i < doc->table_n; i++)
        cells += doc->tables[i].cell_n;
    /* A band has at least one cell, so there are no more bands than cells. */
    out->band = arena_alloc_n(arena, cells + 1, sizeof(*out->band));
    out->n = 0;
    for (uint32_t i = 0; i < doc->table_n; i++) {
        const struct document_table *t = &doc->tables[i];
        struct token *tok = arena_alloc_n(arena, t->cell_n + 1, sizeof(*tok));

        for (uint32_t c = 0; c < t->cell_n; c++)
            token_make(&t->cells[c], labels, arena, &tok[c]);
        if (t->col_n <= 1)
            stream_bands(t, i, labels, tok, out);
        else
            grid_bands(t, i, tok, out);
    }
    if (slice_starts(doc->media_type, SLICE_LIT("text/plain")))
        for (uint32_t i = 0; i < out->n; i++)
            out->band[i].dump = true;
    find_kinds(labels, out);
}
