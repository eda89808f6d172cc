/* SPDX-License-Identifier: Apache-2.0 */
/*
 * doc - one document from its order: model, sheets, damage, layouts, bytes.
 *
 * The damage comes before the layouts, while the sheets still lie as the
 * form has them; layouts then move its traces along with everything else.
 */
#include "tests/gen/gen.h"

#include <string.h>

#include "common/limits.h"
#include "common/mem.h"

void gen_order_init(struct gen_order *o, uint64_t seed)
{
    memset(o, 0, sizeof *o);
    o->seed = seed;
    o->wish.old_proactive = -1;
    o->wish.old_requests = -1;
    o->wish.split_services = -1;
}

bool gen_order_add(struct gen_order *o, const struct gen_layout *l)
{
    if (o->layout_n == GEN_LAYOUT_MAX)
        return false;
    for (int i = 0; i < o->layout_n; i++)
        if ((o->layout[i]->axis & l->axis) != 0 || o->layout[i] == l)
            return false;
    o->layout[o->layout_n++] = l;
    return true;
}

/* End the text before some value cell, so that at least one is lost. */
static void cut_text(struct gen_doc *d, struct buf *text)
{
    size_t at;

    if (!d->cut || d->cut_n == 0)
        return;
    at = d->cut_at[rng_below(&d->rng, (uint32_t)d->cut_n)];
    if (d->cut_in_tag && d->style.dump == DUMP_NONE)
        at += 3;
    if (at < text->len)
        text->len = at;
}

/* Where every row is filled up to one width, a row with a cell less looks
 * like one with a blank at its end: what it prints cannot be told, only
 * that it must not pass. */
static void open_shifted(struct gen_doc *d, const struct gen_order *o)
{
    bool filled = d->style.dump == DUMP_TABS || d->style.dump == DUMP_GRID;

    for (int i = 0; i < o->layout_n; i++)
        filled = filled || strcmp(o->layout[i]->name, "extra-columns") == 0 ||
                 strcmp(o->layout[i]->name, "no-spans") == 0;
    for (int i = 0; filled && i < d->model.cell_n; i++)
        if (d->model.cell[i].shifted)
            d->model.cell[i].truth = TRUTH_ANY;
    if (filled && d->lost_cell >= 0 &&
        strcmp(d->model.cell[d->lost_cell].value, "0") == 0) {
        /* a zero lost is a blank that the sums may prove */
        d->verdict = VERDICT_EITHER;
    }
}

static void render(struct gen_doc *d)
{
    struct buf text;

    buf_init(&text, LIMIT_BODY_BYTES);
    if (d->style.dump == DUMP_NONE)
        gen_render_html(d, &text);
    else
        gen_render_text(d, &text);
    cut_text(d, &text);
    gen_encode(d, &text);
    buf_clear(&text);
}

/* Layouts in the order of their table, whatever order they were named in:
 * those on sheets stand before those on texts. */
static void apply_layouts(struct gen_doc *d, const struct gen_order *o)
{
    for (const struct gen_layout *l = gen_layouts; l->name != NULL; l++)
        for (int i = 0; i < o->layout_n; i++)
            if (o->layout[i] == l && l->apply != NULL)
                l->apply(d);
}

struct gen_doc *gen_doc_new(const struct gen_order *o)
{
    struct gen_doc *d = mem_alloc(sizeof *d);
    struct gen_wish wish = o->wish;

    arena_init(&d->arena, LIMIT_ARENA_BYTES);
    buf_init(&d->bytes, LIMIT_BODY_BYTES);
    d->seed = o->seed;
    d->verdict = VERDICT_VALID;
    d->lost_cell = -1;
    d->what = "";
    for (int i = 0; i < o->layout_n; i++)
        if (o->layout[i]->wish != NULL)
            o->layout[i]->wish(&wish);
    if (o->damage != NULL && o->damage->wish != NULL)
        o->damage->wish(&wish);
    rng_init(&d->rng, o->seed, 1);
    gen_model_make(&d->model, &wish, &d->rng, &d->arena);
    rng_init(&d->rng, o->seed, 2);
    gen_blocks_make(d);
    rng_init(&d->rng, o->seed, 3);
    if (o->damage != NULL)
        o->damage->apply(d);
    rng_init(&d->rng, o->seed, 4);
    apply_layouts(d, o);
    open_shifted(d, o);
    render(d);
    return d;
}

void gen_doc_free(struct gen_doc *d)
{
    if (d == NULL)
        return;
    buf_clear(&d->bytes);
    arena_clear(&d->arena);
    mem_free(d);
}

const char *gen_doc_suffix(const struct gen_doc *d)
{
    return d->style.dump == DUMP_NONE ? "html" : "txt";
}

void gen_truth_write(const struct gen_doc *d, struct buf *out)
{
    buf_add_str(out, "table\trow\tcolumn\tvalue\n");
    for (int i = 0; i < d->model.cell_n; i++) {
        const struct gen_cell *c = &d->model.cell[i];
        const char *value = c->value, *mark = "";

        if (c->truth == TRUTH_NULL)
            value = "";
        else if (c->truth == TRUTH_ANY)
            value = "?";
        else if (c->truth == TRUTH_MAYBE)
            mark = "~";
        buf_printf(out, "%s\t%s\t%s\t%s%s\n", c->table, c->row, c->column, mark,
            value);
    }
}
