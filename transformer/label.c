/* SPDX-License-Identifier: Apache-2.0 */
/*
 * label - every label of every form, normalised once, found by its text.
 *
 * The labels of one row stand in a run of the array, as do the columns of
 * one block, so fuzzy comparison walks memory in order.
 */
#include "transformer/label.h"

#include <string.h>

#include "common/mem.h"

#define TEXT_BYTES_MAX 1024u /* group labels and row label in one */

struct columns_of {
    uint32_t form, block;
    enum table_kind kind;
    uint32_t from, n;
};

struct labels {
    struct arena arena;
    struct label *label; /* label_n of them */
    uint32_t label_n, label_max;
    const struct label **slots; /* power of two */
    uint32_t slot_n;
    struct form_view *views; /* form_n * KIND_N */
    struct columns_of *columns;
    uint32_t columns_n;
};

static const char *const kind_keys[KIND_N] = { "proactive", "requests",
    "review" };

const char *table_kind_key(enum table_kind kind)
{
    return kind < KIND_N ? kind_keys[kind] : "";
}

static void add(struct labels *l, const struct label *like, const char *text)
{
    struct label *to;

    if (l->label_n == l->label_max) {
        l->label_max = l->label_max ? 2 * l->label_max : 256;
        l->label = mem_realloc_n(l->label, l->label_max, sizeof(*l->label));
    }
    to = &l->label[l->label_n];
    *to = *like;
    to->next = NULL;
    to->text = (struct slice){ arena_str(&l->arena, text), strlen(text) };
    if (norm_arena(to->text, &l->arena, &to->norm) && to->norm.n > 0)
        l->label_n++;
}

static void add_all(struct labels *l, const struct label *like,
    const char *label, char **variants, unsigned variants_n)
{
    add(l, like, label);
    for (unsigned i = 0; i < variants_n; i++)
        add(l, like, variants[i]);
}

/* The row's labels behind those of its groups from `from` on. */
static void add_joined(struct labels *l, const struct label *like,
    const struct form_row *row, unsigned from)
{
    char text[TEXT_BYTES_MAX];

    for (unsigned v = 0; v <= row->variants_count; v++) {
        size_t used = 0;

        for (unsigned g = from; g < row->groups_count; g++) {
            size_t len = strlen(row->groups[g]);

            if (used + len >= sizeof(text))
                return;
            memcpy(text + used, row->groups[g], len);
            used += len;
        }
        {
            const char *own = v == 0 ? row->label : row->variants[v - 1];
            size_t len = strlen(own);

            if (used + len >= sizeof(text))
                return;
            memcpy(text + used, own, len + 1);
        }
        add(l, like, text);
    }
}

static void add_row(struct labels *l, struct label like,
    const struct form_row *row, struct form_item *item)
{
    uint32_t from = l->label_n;

    like.role = LABEL_ROW;
    add_all(l, &like, row->label, row->variants, row->variants_count);
    like.joined = true;
    for (unsigned g = 0; g < row->groups_count; g++)
        add_joined(l, &like, row, g);
    item->row = row;
    item->label_n = l->label_n - from;
    item->block_index = like.block;
}

static void add_block(struct labels *l, struct label like,
    const struct form_block *b, struct form_view *view)
{
    struct columns_of *c;

    l->columns =
        mem_realloc_n(l->columns, l->columns_n + 1, sizeof(*l->columns));
    c = &l->columns[l->columns_n++];
    *c = (struct columns_of){ like.form, like.block, like.kind, l->label_n, 0 };
    for (unsigned i = 0; i < b->columns_count; i++) {
        like.role = LABEL_COLUMN;
        like.index = i;
        add_all(l, &like, b->columns[i].label, b->columns[i].variants,
            b->columns[i].variants_count);
    }
    c->n = l->label_n - c->from;
    for (unsigned i = 0; i < b->columns_count; i++) {
        like.role = LABEL_COLUMN_GROUP;
        like.index = i;
        if (b->columns[i].group &&
            (i == 0 || !b->columns[i - 1].group ||
                strcmp(b->columns[i].group, b->columns[i - 1].group) != 0))
            add(l, &like, b->columns[i].group);
    }
    like.role = LABEL_BLOCK;
    like.index = like.block;
    if (b->label)
        add(l, &like, b->label);
    for (unsigned i = 0; i < b->rows_count; i++) {
        like.index = view->item_n;
        view->items[view->item_n].block = b;
        add_row(l, like, &b->rows[i], &view->items[view->item_n]);
        view->item_n++;
    }
}

/* Group labels of rows, each once. */
static void add_row_groups(
    struct labels *l, struct label like, const struct form_view *view)
{
    const char *seen[FORM_ROWS * 4];
    uint32_t seen_n = 0;

    like.role = LABEL_ROW_GROUP;
    for (uint32_t i = 0; i < view->item_n; i++) {
        const struct form_row *row = view->items[i].row;

        for (unsigned g = 0; g < row->groups_count; g++) {
            bool known = false;

            for (uint32_t s = 0; s < seen_n; s++)
                known = known || strcmp(seen[s], row->groups[g]) == 0;
            if (known)
                continue;
            seen[seen_n] = row->groups[g];
            like.index = seen_n++;
            add(l, &like, row->groups[g]);
        }
    }
}

static void add_table(
    struct labels *l, const struct form *f, uint32_t form, enum table_kind kind)
{
    struct form_view *view = &l->views[form * KIND_N + kind];
    struct label like = { .form = form, .kind = kind };

    view->form = f;
    view->form_index = form;
    view->kind = kind;
    view->table = form_table_find(f, kind_keys[kind]);
    for (unsigned b = 0; b < view->table->blocks_count; b++) {
        like.block = b;
        add_block(l, like, &view->table->blocks[b], view);
    }
    like.block = 0;
    like.role = LABEL_HEADER;
    for (unsigned i = 0; i < view->table->headers_count; i++)
        add(l, &like, view->table->headers[i]);
    add_row_groups(l, like, view);
}

/* Chain equal bodies and fill the table of slots. */
static void index_all(struct labels *l)
{
    l->slot_n = 64;
    while (l->slot_n < 4 * l->label_n)
        l->slot_n *= 2;
    l->slots = mem_alloc_n(l->slot_n, sizeof(const struct label *));
    for (uint32_t i = l->label_n; i-- > 0;) {
        struct label *one = &l->label[i];
        uint32_t at = (uint32_t)one->norm.hash & (l->slot_n - 1);

        while (l->slots[at] && l->slots[at]->norm.hash != one->norm.hash)
            at = (at + 1) & (l->slot_n - 1);
        one->next = l->slots[at];
        l->slots[at] = one;
    }
}

/* Each item's run of labels, now that the array stands still. */
static void link_items(struct labels *l)
{
    for (uint32_t i = 0; i < l->label_n; i++) {
        struct label *one = &l->label[i];
        struct form_item *item;

        if (one->role != LABEL_ROW)
            continue;
        item = &l->views[one->form * KIND_N + one->kind].items[one->index];
        if (!item->first_label)
            item->first_label = one;
    }
}

struct labels *labels_new(const struct forms *forms)
{
    struct labels *l = mem_alloc(sizeof(*l));

    arena_init(&l->arena, (size_t)64 << 20);
    l->views = mem_alloc_n((size_t)forms->form_n * KIND_N, sizeof(*l->views));
    for (uint32_t f = 0; f < forms->form_n; f++)
        for (uint32_t k = 0; k < KIND_N; k++)
            add_table(l, forms->form[f], f, (enum table_kind)k);
    index_all(l);
    link_items(l);
    return l;
}

void labels_free(struct labels *l)
{
    if (!l)
        return;
    arena_clear(&l->arena);
    mem_free(l->label);
    mem_free(l->slots);
    mem_free(l->views);
    mem_free(l->columns);
    mem_free(l);
}

static const struct label *find(
    const struct labels *l, uint64_t hash, const uint32_t *cp, uint32_t n)
{
    uint32_t i = (uint32_t)hash & (l->slot_n - 1);

    while (l->slots[i]) {
        if (l->slots[i]->norm.hash == hash)
            return norm_equal(l->slots[i]->norm.cp, l->slots[i]->norm.n, cp, n)
                       ? l->slots[i]
                       : NULL;
        i = (i + 1) & (l->slot_n - 1);
    }
    return NULL;
}

const struct label *labels_find(const struct labels *l, const struct norm *n)
{
    const struct label *hit = NULL;

    if (n->n > 0)
        hit = find(l, n->hash, n->cp, n->n);
    if (!hit && n->bare_n > 0 && n->bare_n < n->n)
        hit = find(l, n->bare_hash, n->bare, n->bare_n);
    return hit;
}

const struct label *labels_find_cp(
    const struct labels *l, const uint32_t *cp, uint32_t n)
{
    return n > 0 ? find(l, norm_hash(cp, n), cp, n) : NULL;
}

const struct form_view *labels_view(
    const struct labels *l, uint32_t form, enum table_kind kind)
{
    return &l->views[form * KIND_N + kind];
}

const struct label *labels_columns(const struct labels *l, uint32_t form,
    enum table_kind kind, uint32_t block, uint32_t *n)
{
    for (uint32_t i = 0; i < l->columns_n; i++) {
        const struct columns_of *c = &l->columns[i];

        if (c->form == form && c->kind == kind && c->block == block) {
            *n = c->n;
            return &l->label[c->from];
        }
    }
    *n = 0;
    return NULL;
}
