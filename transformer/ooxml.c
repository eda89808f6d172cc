/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ooxml - what DOCX and XLSX have in common: parts found by relationships.
 */
#include "transformer/ooxml.h"

#include "common/limits.h"

/* ---- names of parts --------------------------------------------------------
 */

static struct slice last_word(struct slice s)
{
    for (size_t i = s.len; i > 0; i--)
        if (s.p[i - 1] == '/')
            return slice_skip(s, i);
    return s;
}

/* Without its last word, '/' included. */
static struct slice folder(struct slice s)
{
    return (struct slice){ s.p, s.len - last_word(s).len };
}

/* ---- relationships
 * ----------------------------------------------------------- */

static struct ooxml_link *add(struct ooxml_links *l)
{
    if (l->link_n == l->link_cap) {
        uint32_t cap = l->link_cap ? l->link_cap * 2 : 16;
        struct ooxml_link *more = arena_alloc_n(l->arena, cap, sizeof(*more));

        if (l->link_n)
            memcpy(more, l->link, l->link_n * sizeof(*more));
        l->link = more;
        l->link_cap = cap;
    }
    return &l->link[l->link_n++];
}

static void on_relationship(struct xml_walk *w, enum xml_ns ns,
    const char *name, const char *const *attributes)
{
    struct ooxml_links *l = w->to;
    const char *id, *type, *target, *mode;
    struct ooxml_link *link;

    if (ns != XML_NS_RELS || strcmp(name, "Relationship") != 0)
        return;
    id = xml_attribute(attributes, XML_NS_NONE, "Id");
    type = xml_attribute(attributes, XML_NS_NONE, "Type");
    target = xml_attribute(attributes, XML_NS_NONE, "Target");
    mode = xml_attribute(attributes, XML_NS_NONE, "TargetMode");
    if (!id || !type || !target || (mode && strcmp(mode, "External") == 0))
        return;
    if (l->link_n == LIMIT_RELATIONSHIPS) {
        l->too_many = true;
        xml_stop(w);
        return;
    }
    link = add(l);
    link->id = arena_slice(l->arena, slice_str(id));
    link->type = arena_slice(l->arena, last_word(slice_str(type)));
    link->part = zip_package_resolve(l->arena, l->of, slice_str(target));
}

/* The relationships of a part, or of the package for an empty name; none
 * when the part has none. */
static int read_links(struct zip_package *z, struct slice of,
    struct arena *arena, struct ooxml_links *out, struct err *err)
{
    static const struct xml_calls calls = { .open = on_relationship };
    struct slice dir = folder(of);
    struct slice file = last_word(of);
    struct slice name = arena_printf(arena, "%.*s_rels/%.*s.rels", (int)dir.len,
        dir.p ? dir.p : "", (int)file.len, file.p ? file.p : "");

    *out = (struct ooxml_links){ .arena = arena, .of = of };
    if (!zip_package_has(z, name))
        return 0;
    if (xml_walk(z, name, &calls, out, err) < 0)
        return -1;
    if (out->too_many)
        return err_set(err, ERR_LIMIT,
            "reader.size: a part with more than %u relationships",
            LIMIT_RELATIONSHIPS);
    return 0;
}

static const struct ooxml_link *find(
    const struct ooxml_links *l, const char *type, const char *id)
{
    for (uint32_t i = 0; i < l->link_n; i++)
        if (type ? slice_eq_str(l->link[i].type, type)
                 : slice_eq_str(l->link[i].id, id))
            return &l->link[i];
    return NULL;
}

const struct ooxml_link *ooxml_find(
    const struct ooxml *o, const char *type, const char *id)
{
    return find(&o->links, type, id);
}

/* ---- properties
 * ---------------------------------------------------------------- */

/* Bytes of one property that are kept. */
#define PROPERTY_BYTES 1024u

struct properties {
    struct tree *tree;
    const char *name; /* of the open property, or NULL */
    size_t len;
    char text[PROPERTY_BYTES];
};

/* Properties that say something about the report.  Names of persons do
 * not. */
static const char *const wanted[] = { "title", "subject", "created",
    "modified" };

static void open_property(struct xml_walk *w, enum xml_ns ns, const char *name,
    const char *const *attributes)
{
    struct properties *p = w->to;

    (void)attributes;
    p->name = NULL;
    p->len = 0;
    for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
        if (ns == XML_NS_CORE && strcmp(name, wanted[i]) == 0)
            p->name = wanted[i];
}

static void close_property(struct xml_walk *w, enum xml_ns ns, const char *name)
{
    struct properties *p = w->to;
    struct slice text = slice_trim((struct slice){ p->text, p->len });

    (void)ns;
    (void)name;
    if (p->name && text.len) {
        if (strcmp(p->name, "title") == 0)
            p->tree->doc->title = tree_text(p->tree, text);
        tree_meta(p->tree, slice_str(p->name), text);
    }
    p->name = NULL;
}

static void add_property_text(struct xml_walk *w, struct slice s)
{
    struct properties *p = w->to;

    /* One too long is no title: not kept at all, rather than cut inside a
     * character. */
    if (!p->name)
        return;
    if (s.len > sizeof(p->text) - p->len) {
        p->name = NULL;
        return;
    }
    memcpy(p->text + p->len, s.p, s.len);
    p->len += s.len;
}

/* Damaged or missing properties do no harm to a report. */
static void read_properties(
    struct zip_package *z, const struct ooxml_links *links, struct tree *tree)
{
    static const struct xml_calls calls = { open_property, close_property,
        add_property_text };
    const struct ooxml_link *core = find(links, "core-properties", NULL);
    struct properties p = { .tree = tree };
    struct err unheeded = { ERR_NONE, "" };

    if (core && zip_package_has(z, core->part))
        xml_walk(z, core->part, &calls, &p, &unheeded);
}

/* ---- open
 * ----------------------------------------------------------------------- */

int ooxml_open(
    struct ooxml *o, struct slice in, struct tree *tree, struct err *err)
{
    struct arena *arena = tree->doc->arena;
    struct ooxml_links package;
    const struct ooxml_link *main_part;

    if (zip_package_open(&o->zip, in, arena, err) < 0 ||
        read_links(&o->zip, (struct slice){ "", 0 }, arena, &package, err) < 0)
        return -1;
    main_part = find(&package, "officeDocument", NULL);
    if (!main_part)
        return err_set(err, ERR_INPUT,
            "reader.broken: the package does not say which part is the "
            "document");
    o->main = main_part->part;
    read_properties(&o->zip, &package, tree);
    return read_links(&o->zip, o->main, arena, &o->links, err);
}
