/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_ofd_document - Document.xml: page size, pages, templates, resources
 * (GB/T 33190-2016, 7.5).
 *
 * Annotations, attachments, extensions and signatures are not followed:
 * stamps and remarks are no part of what the report says.
 */
#include "transformer/read_ofd.h"

#include "common/limits.h"

/* A4, for a document that does not say. */
#define PAGE_WIDTH_MM 210.0
#define PAGE_HEIGHT_MM 297.0

struct walk {
    struct ofd_document *d;
    struct slice part;
    struct ofd_leaf leaf;
    struct slice resource[64]; /* parts */
    uint32_t resource_n;
};

struct slice ofd_part(struct zip_package *zip, struct arena *arena,
    struct slice of, struct slice target)
{
    struct slice name = zip_package_resolve(arena, of, target);
    struct slice from_root;

    if (zip_package_has(zip, name))
        return name;
    from_root = zip_package_resolve(arena, (struct slice){ "", 0 }, target);
    return zip_package_has(zip, from_root) ? from_root : name;
}

/* Room for one more element; the array, or NULL past `max`. */
static void *grow(struct xml_walk *w, void *array, uint32_t n, uint32_t *cap,
    size_t size, uint32_t max, const char *what)
{
    struct walk *s = w->to;
    void *more;

    if (n >= max) {
        err_set(w->err, ERR_LIMIT, "reader.size: more than %u %s", max, what);
        xml_stop(w);
        return NULL;
    }
    if (n < *cap)
        return array;
    *cap = *cap ? *cap * 2 : 16;
    more = arena_alloc_n(s->d->arena, *cap, size);
    if (n)
        memcpy(more, array, n * size);
    return more;
}

static void add_page(struct xml_walk *w, struct slice part)
{
    struct walk *s = w->to;
    struct ofd_document *d = s->d;
    struct slice *page = grow(w, d->page, d->page_n, &d->page_cap,
        sizeof(*page), LIMIT_PAGES, "pages");

    if (!page)
        return;
    d->page = page;
    d->page[d->page_n++] = part;
}

static void add_template(struct xml_walk *w, uint32_t id, struct slice part)
{
    struct walk *s = w->to;
    struct ofd_document *d = s->d;
    struct ofd_template *t = grow(w, d->template, d->template_n,
        &d->template_cap, sizeof(*t), LIMIT_PAGES, "templates");

    if (!t)
        return;
    d->template = t;
    d->template[d->template_n++] = (struct ofd_template){ id, part };
}

static struct slice part_of(const struct walk *s, const char *const *attributes)
{
    const char *loc = xml_attribute(attributes, XML_NS_NONE, "BaseLoc");

    return ofd_part(s->d->zip, s->d->arena, s->part, slice_str(loc ? loc : ""));
}

static void on_open(struct xml_walk *w, enum xml_ns ns, const char *name,
    const char *const *attributes)
{
    struct walk *s = w->to;

    (void)ns;
    if (strcmp(name, "Page") == 0)
        add_page(w, part_of(s, attributes));
    else if (strcmp(name, "TemplatePage") == 0)
        add_template(w, ofd_id(attributes, "ID"), part_of(s, attributes));
    else if (strcmp(name, "PhysicalBox") == 0 ||
             strcmp(name, "PublicRes") == 0 || strcmp(name, "DocumentRes") == 0)
        ofd_leaf_open(&s->leaf);
    else if (strcmp(name, "Outlines") == 0 || strcmp(name, "Actions") == 0 ||
             strcmp(name, "Bookmarks") == 0)
        xml_skip(w);
}

static void on_text(struct xml_walk *w, struct slice text)
{
    struct walk *s = w->to;

    ofd_leaf_add(&s->leaf, text);
}

static void on_close(struct xml_walk *w, enum xml_ns ns, const char *name)
{
    struct walk *s = w->to;
    struct slice text = ofd_leaf_take(&s->leaf);
    struct ofd_document *d = s->d;

    (void)ns;
    if (text.len == 0)
        return;
    if (strcmp(name, "PhysicalBox") == 0) {
        ofd_size(arena_slice(d->arena, text).p, &d->width, &d->height);
    } else if (s->resource_n == sizeof(s->resource) / sizeof(s->resource[0])) {
        err_set(w->err, ERR_LIMIT, "reader.size: more than %u resource parts",
            s->resource_n);
        xml_stop(w);
    } else {
        s->resource[s->resource_n++] =
            ofd_part(d->zip, d->arena, s->part, text);
    }
}

int ofd_document_read(
    struct ofd_document *d, struct slice part, struct err *err)
{
    static const struct xml_calls calls = { on_open, on_close, on_text };
    struct walk s = { .d = d, .part = part };

    d->width = PAGE_WIDTH_MM;
    d->height = PAGE_HEIGHT_MM;
    d->resources.arena = d->arena;
    if (xml_walk(d->zip, part, &calls, &s, err) < 0)
        return -1;
    for (uint32_t i = 0; i < s.resource_n; i++)
        if (ofd_resources_read(&d->resources, d->zip, s.resource[i], err) < 0)
            return -1;
    return 0;
}
