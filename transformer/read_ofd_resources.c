/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_ofd_resources - draw parameters, pictures and groups that objects
 * refer to by number (GB/T 33190-2016, 7.9, 8.2).
 *
 * Numbers are those of the whole document, so all parts go into one list.
 * Fonts are not kept: texts come in characters.
 */
#include "transformer/read_ofd.h"

#include <stdlib.h>

#include "common/limits.h"

/* Draw parameters based on others: nobody chains more. */
#define CHAIN_MAX 16

struct walk {
    struct ofd_resources *to;
    struct zip_package *zip;
    struct slice part;
    struct slice base; /* "Res/" beside the part, or empty */
    struct ofd_resource *open;
    struct ofd_leaf leaf;
};

static int compare(const void *a, const void *b)
{
    const struct ofd_resource *x = a, *y = b;

    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static struct ofd_resource *add(
    struct xml_walk *w, enum ofd_resource_kind kind, uint32_t id)
{
    struct walk *s = w->to;
    struct ofd_resources *r = s->to;

    if (r->n == LIMIT_OFD_RESOURCES) {
        err_set(w->err, ERR_LIMIT, "reader.size: more than %u resources",
            LIMIT_OFD_RESOURCES);
        xml_stop(w);
        return NULL;
    }
    if (r->n == r->cap) {
        uint32_t cap = r->cap ? r->cap * 2 : 16;
        struct ofd_resource *more = arena_alloc_n(r->arena, cap, sizeof(*more));

        if (r->n)
            memcpy(more, r->one, r->n * sizeof(*more));
        r->one = more;
        r->cap = cap;
    }
    r->one[r->n] = (struct ofd_resource){ .kind = kind, .id = id };
    r->sorted = false;
    return &r->one[r->n++];
}

static void on_open(struct xml_walk *w, enum xml_ns ns, const char *name,
    const char *const *attributes)
{
    struct walk *s = w->to;

    (void)ns;
    if (strcmp(name, "Res") == 0) {
        const char *base = xml_attribute(attributes, XML_NS_NONE, "BaseLoc");

        if (base && *base)
            s->base = arena_printf(s->to->arena, "%s/", base);
    } else if (strcmp(name, "DrawParam") == 0) {
        s->open = add(w, OFD_DRAW_PARAM, ofd_id(attributes, "ID"));
        if (s->open)
            s->open->relative = ofd_id(attributes, "Relative");
    } else if (strcmp(name, "MultiMedia") == 0) {
        s->open = add(w, OFD_MEDIA, ofd_id(attributes, "ID"));
    } else if (strcmp(name, "CompositeGraphicUnit") == 0) {
        struct ofd_resource *group =
            add(w, OFD_COMPOSITE, ofd_id(attributes, "ID"));

        if (group)
            group->part = s->part;
        xml_skip(w);
    } else if (strcmp(name, "StrokeColor") == 0) {
        if (s->open)
            s->open->stroke = ofd_ink(attributes);
        xml_skip(w);
    } else if (strcmp(name, "FillColor") == 0) {
        if (s->open)
            s->open->fill = ofd_ink(attributes);
        xml_skip(w);
    } else if (strcmp(name, "MediaFile") == 0) {
        ofd_leaf_open(&s->leaf);
    } else if (strcmp(name, "Fonts") == 0 || strcmp(name, "ColorSpaces") == 0) {
        xml_skip(w);
    }
}

static void on_text(struct xml_walk *w, struct slice text)
{
    struct walk *s = w->to;

    ofd_leaf_add(&s->leaf, text);
}

/* Pictures lie in the base folder; a program forgets that now and then. */
static struct slice media_part(struct walk *s, struct slice file)
{
    struct arena *arena = s->to->arena;
    struct slice in_base =
        arena_printf(arena, "%.*s%.*s", SLICE_ARG(s->base), SLICE_ARG(file));
    struct slice name = ofd_part(s->zip, arena, s->part, in_base);

    if (char_is_one_of(file.p[0], "/\\") || !zip_package_has(s->zip, name))
        return ofd_part(s->zip, arena, s->part, file);
    return name;
}

static void on_close(struct xml_walk *w, enum xml_ns ns, const char *name)
{
    struct walk *s = w->to;

    (void)ns;
    if (strcmp(name, "MediaFile") == 0) {
        struct slice file = ofd_leaf_take(&s->leaf);

        if (s->open && file.len)
            s->open->part = media_part(s, file);
    } else if (strcmp(name, "DrawParam") == 0 ||
               strcmp(name, "MultiMedia") == 0) {
        s->open = NULL;
    }
}

int ofd_resources_read(struct ofd_resources *r, struct zip_package *zip,
    struct slice part, struct err *err)
{
    static const struct xml_calls calls = { on_open, on_close, on_text };
    struct walk s = { .to = r, .zip = zip, .part = part };

    if (!zip_package_has(zip, part))
        return 0;
    return xml_walk(zip, part, &calls, &s, err);
}

const struct ofd_resource *ofd_resource_find(
    struct ofd_resources *r, enum ofd_resource_kind kind, uint32_t id)
{
    struct ofd_resource key = { .kind = kind, .id = id };

    if (id == 0 || r->n == 0)
        return NULL;
    if (!r->sorted)
        qsort(r->one, r->n, sizeof(*r->one), compare);
    r->sorted = true;
    return bsearch(&key, r->one, r->n, sizeof(*r->one), compare);
}

enum ofd_ink ofd_stroke_of(struct ofd_resources *r, uint32_t id)
{
    for (int i = 0; i < CHAIN_MAX; i++) {
        const struct ofd_resource *p = ofd_resource_find(r, OFD_DRAW_PARAM, id);

        if (!p || p->stroke != OFD_INK_INHERIT)
            return p ? p->stroke : OFD_INK_INHERIT;
        id = p->relative;
    }
    return OFD_INK_INHERIT;
}

enum ofd_ink ofd_fill_of(struct ofd_resources *r, uint32_t id)
{
    for (int i = 0; i < CHAIN_MAX; i++) {
        const struct ofd_resource *p = ofd_resource_find(r, OFD_DRAW_PARAM, id);

        if (!p || p->fill != OFD_INK_INHERIT)
            return p ? p->fill : OFD_INK_INHERIT;
        id = p->relative;
    }
    return OFD_INK_INHERIT;
}
