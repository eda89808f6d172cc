/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_docx_numbers - automatic numbers, counted as the text goes by.
 *
 * ECMA-376 part 1, 17.9.  The counters belong to the abstract numbering;
 * a w:num that overrides a start begins again when it is first used.
 */
#include "transformer/read_docx.h"

#include <stdlib.h>

/* ---- reading
 * ------------------------------------------------------------------ */

static struct docx_numbering *add(struct docx_numbers *n, struct docx_list *l)
{
    if (l->n == l->cap) {
        uint32_t cap = l->cap ? l->cap * 2 : 16;
        struct docx_numbering *more =
            arena_alloc_n(n->arena, cap, sizeof(*more));

        if (l->n)
            memcpy(more, l->item, l->n * sizeof(*more));
        l->item = more;
        l->cap = cap;
    }
    return &l->item[l->n++];
}

static void open_numbering(
    struct xml_walk *w, struct docx_list *list, const char *id)
{
    struct docx_numbers *n = w->to;

    n->open_level = NULL;
    if (list->n == LIMIT_NUMBERINGS) {
        n->too_many = true;
        xml_stop(w);
        return;
    }
    n->open = add(n, list);
    n->open->id = xml_number(id, UINT32_MAX, 0);
}

static void open_level(struct docx_numbers *n, const char *ilvl)
{
    uint32_t i = xml_number(ilvl, DOCX_LEVELS - 1, DOCX_LEVELS);

    n->open_level = NULL;
    if (!n->open || i == DOCX_LEVELS)
        return;
    n->open_level = arena_alloc(n->arena, sizeof(*n->open_level));
    n->open->level[i] = n->open_level;
}

static void read_level(
    struct docx_numbers *n, const char *name, const char *value)
{
    struct docx_level *l = n->open_level;

    if (strcmp(name, "isLgl") == 0)
        l->legal = xml_is_on(value, true);
    if (!value)
        return;
    if (strcmp(name, "start") == 0) {
        l->start = xml_number(value, 1000000, 0);
        l->has_start = true;
    } else if (strcmp(name, "numFmt") == 0) {
        l->format = arena_slice(n->arena, slice_str(value));
    } else if (strcmp(name, "lvlText") == 0) {
        l->text = arena_slice(n->arena, slice_str(value));
    } else if (strcmp(name, "pStyle") == 0) {
        l->style = arena_slice(n->arena, slice_str(value));
    } else if (strcmp(name, "suff") == 0) {
        l->tight = strcmp(value, "nothing") == 0;
    }
}

static void read_numbering(
    struct docx_numbers *n, const char *name, const char *value)
{
    if (strcmp(name, "abstractNumId") == 0)
        n->open->abstract = xml_number(value, UINT32_MAX, 0);
    else if (strcmp(name, "numStyleLink") == 0)
        n->open->link = arena_slice(n->arena, slice_str(value));
    else if (strcmp(name, "styleLink") == 0)
        n->open->named = arena_slice(n->arena, slice_str(value));
    else if (strcmp(name, "startOverride") == 0 && n->override < DOCX_LEVELS)
        n->open->restart[n->override] = xml_number(value, 1000000, 0) + 1;
}

static void open_element(struct xml_walk *w, enum xml_ns ns, const char *name,
    const char *const *attributes)
{
    struct docx_numbers *n = w->to;
    const char *value = xml_attribute(attributes, XML_NS_W, "val");
    const char *ilvl = xml_attribute(attributes, XML_NS_W, "ilvl");

    if (ns == XML_NS_MC && strcmp(name, "Choice") == 0)
        xml_skip(w);
    if (ns != XML_NS_W)
        return;
    if (strcmp(name, "abstractNum") == 0)
        open_numbering(w, &n->abstract,
            xml_attribute(attributes, XML_NS_W, "abstractNumId"));
    else if (strcmp(name, "num") == 0)
        open_numbering(
            w, &n->num, xml_attribute(attributes, XML_NS_W, "numId"));
    else if (strcmp(name, "lvlOverride") == 0)
        n->override = xml_number(ilvl, DOCX_LEVELS - 1, DOCX_LEVELS);
    else if (strcmp(name, "lvl") == 0)
        open_level(n, ilvl);
    else if (strcmp(name, "pPr") == 0 || strcmp(name, "rPr") == 0)
        xml_skip(w);
    else if (n->open_level)
        read_level(n, name, value);
    else if (n->open && value)
        read_numbering(n, name, value);
}

static void close_element(struct xml_walk *w, enum xml_ns ns, const char *name)
{
    struct docx_numbers *n = w->to;

    if (ns == XML_NS_W && strcmp(name, "lvl") == 0)
        n->open_level = NULL;
    if (ns == XML_NS_W &&
        (strcmp(name, "num") == 0 || strcmp(name, "abstractNum") == 0))
        n->open = NULL;
}

static int compare_ids(const void *a, const void *b)
{
    const struct docx_numbering *x = a, *y = b;

    return (x->id > y->id) - (x->id < y->id);
}

static void sort(struct docx_list *l)
{
    if (l->n)
        qsort(l->item, l->n, sizeof(*l->item), compare_ids);
}

void docx_numbers_sort(struct docx_numbers *n)
{
    sort(&n->abstract);
    sort(&n->num);
}

static struct docx_numbering *find(const struct docx_list *l, uint32_t id)
{
    struct docx_numbering key = { .id = id };

    return l->n ? bsearch(&key, l->item, l->n, sizeof(*l->item), compare_ids)
                : NULL;
}

int docx_numbers_read(struct docx_numbers *n, struct zip_package *z,
    struct slice name, struct arena *arena, struct err *err)
{
    static const struct xml_calls calls = { open_element, close_element, NULL };

    *n = (struct docx_numbers){ .arena = arena, .override = DOCX_LEVELS };
    if (xml_walk(z, name, &calls, n, err) < 0)
        return -1;
    if (n->too_many)
        return err_set(err, ERR_LIMIT, "reader.size: more than %u numberings",
            LIMIT_NUMBERINGS);
    docx_numbers_sort(n);
    return 0;
}

/* ---- counting
 * ------------------------------------------------------------------ */

/* The abstract numbering behind a w:num; one that only links to a style's
 * stands for that. */
static struct docx_numbering *abstract_of(
    const struct docx_numbers *n, const struct docx_numbering *num)
{
    struct docx_numbering *a = find(&n->abstract, num->abstract);

    if (!a || !a->link.len)
        return a;
    for (uint32_t i = 0; i < n->abstract.n; i++)
        if (slice_eq(n->abstract.item[i].named, a->link))
            return &n->abstract.item[i];
    return a;
}

static const struct docx_level *level_of(const struct docx_numbering *num,
    const struct docx_numbering *abstract, uint32_t i)
{
    return num->level[i] ? num->level[i] : abstract->level[i];
}

static uint32_t start_of(const struct docx_level *l)
{
    return l && l->has_start ? l->start : 1;
}

static void step(
    struct docx_numbering *num, struct docx_numbering *abstract, uint32_t level)
{
    const struct docx_level *l = level_of(num, abstract, level);

    if (num->restart[level]) {
        abstract->count[level] = num->restart[level] - 1;
        abstract->counted[level] = true;
        num->restart[level] = 0;
    } else if (abstract->counted[level]) {
        abstract->count[level]++;
    } else {
        abstract->count[level] = start_of(l);
        abstract->counted[level] = true;
    }
    for (uint32_t i = level + 1; i < DOCX_LEVELS; i++)
        abstract->counted[i] = false;
}

static void print(const struct docx_numbering *num,
    const struct docx_numbering *abstract, const struct docx_level *l,
    struct buf *out)
{
    static const struct slice decimal = { "decimal", 7 };
    struct slice s = l->text;

    for (size_t i = 0; i < s.len; i++) {
        uint32_t of = 0;
        const struct docx_level *from;

        if (s.p[i] == '%' && i + 1 < s.len && s.p[i + 1] >= '1' &&
            s.p[i + 1] <= '9')
            of = (uint32_t)(s.p[++i] - '0');
        if (!of) {
            buf_add_char(out, s.p[i]);
            continue;
        }
        from = level_of(num, abstract, of - 1);
        docx_count(l->legal || !from ? decimal : from->format,
            abstract->counted[of - 1] ? abstract->count[of - 1]
                                      : start_of(from),
            out);
    }
}

/* The level that numbers paragraphs of this style. */
static uint32_t level_of_style(const struct docx_numbering *num,
    const struct docx_numbering *abstract, struct slice style)
{
    for (uint32_t i = 0; i < DOCX_LEVELS; i++) {
        const struct docx_level *l = level_of(num, abstract, i);

        if (l && l->style.len && slice_eq(l->style, style))
            return i;
    }
    return 0;
}

void docx_numbers_next(struct docx_numbers *n, const struct docx_look *look,
    struct slice style, struct buf *out)
{
    struct docx_numbering *num = find(&n->num, look->num);
    struct docx_numbering *abstract = num ? abstract_of(n, num) : NULL;
    const struct docx_level *l;
    uint32_t level;
    size_t len = out->len;

    if (!abstract)
        return;
    level =
        look->has_level ? look->level : level_of_style(num, abstract, style);
    l = level_of(num, abstract, level);
    if (!l)
        return;
    step(num, abstract, level);
    if (slice_eq_str(l->format, "bullet"))
        return; /* a mark of a font of its own */
    print(num, abstract, l, out);
    if (out->len > len && !l->tight)
        buf_add_char(out, ' ');
}
