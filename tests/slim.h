/* SPDX-License-Identifier: Apache-2.0 */
/*
 * slim - does the same tree grow from a page and from its slim copy?
 *
 * Trees are compared node by node: what is there, what text says, and every
 * attribute that anything reads.  Text of comments, scripts and styles may
 * differ, for nothing reads it.
 */
#ifndef TESTS_SLIM_H
#define TESTS_SLIM_H

#include <gumbo.h>
#include <stdbool.h>
#include <stdlib.h>
#include <strings.h>

#include "common/arena.h"
#include "common/mem.h"
#include "transformer/read_html.h"

struct slim_pair {
    const GumboNode *a, *b;
};

static inline bool slim_is_element(const GumboNode *node)
{
    return node->type == GUMBO_NODE_ELEMENT ||
           node->type == GUMBO_NODE_TEMPLATE;
}

static inline bool slim_is_raw(const GumboNode *node)
{
    return node->v.element.tag == GUMBO_TAG_SCRIPT ||
           node->v.element.tag == GUMBO_TAG_STYLE;
}

static inline bool slim_same_attribute(
    const GumboNode *a, const GumboNode *b, const char *name)
{
    const GumboAttribute *x =
        gumbo_get_attribute(&a->v.element.attributes, name);
    const GumboAttribute *y =
        gumbo_get_attribute(&b->v.element.attributes, name);

    if (strcmp(name, "style") == 0 && x && !y)
        return !strcasestr(x->value, "display") &&
               !strcasestr(x->value, "white-space");
    return x && y ? strcmp(x->value, y->value) == 0 : x == y;
}

/* Is what the walk asks of these elements the same? */
static inline bool slim_same_element(const GumboNode *a, const GumboNode *b)
{
    static const char *const always[] = { "colspan", "rowspan", "hidden",
        "style" };
    static const char *const head[] = { "href", "title", "src", "data", "name",
        "property", "http-equiv", "content" };
    GumboTag tag = a->v.element.tag;
    bool same = true;

    if (tag != b->v.element.tag ||
        a->v.element.tag_namespace != b->v.element.tag_namespace ||
        a->parse_flags != b->parse_flags)
        return false;
    for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
        same = same && slim_same_attribute(a, b, always[i]);
    if (tag != GUMBO_TAG_A && tag != GUMBO_TAG_AREA && tag != GUMBO_TAG_META &&
        tag != GUMBO_TAG_BASE && tag != GUMBO_TAG_FRAME &&
        tag != GUMBO_TAG_IFRAME && tag != GUMBO_TAG_EMBED &&
        tag != GUMBO_TAG_OBJECT)
        return same;
    for (size_t i = 0; i < sizeof(head) / sizeof(head[0]); i++)
        same = same && slim_same_attribute(a, b, head[i]);
    return same;
}

static inline bool slim_same_node(const GumboNode *a, const GumboNode *b)
{
    if (a->type != b->type)
        return false;
    if (slim_is_element(a))
        return slim_same_element(a, b) &&
               (slim_is_raw(a) || a->v.element.children.length ==
                                      b->v.element.children.length);
    return a->type == GUMBO_NODE_DOCUMENT || a->type == GUMBO_NODE_COMMENT ||
           strcmp(a->v.text.text, b->v.text.text) == 0;
}

static inline bool slim_same_tree(const GumboNode *a, const GumboNode *b)
{
    struct slim_pair *stack = mem_alloc_n(1, sizeof(*stack));
    size_t n = 1, cap = 1;
    bool same = true;

    stack[0] = (struct slim_pair){ a, b };
    while (n && same) {
        struct slim_pair at = stack[--n];
        const GumboVector *x, *y;

        same = slim_same_node(at.a, at.b);
        if (!same || !slim_is_element(at.a) || slim_is_raw(at.a))
            continue;
        x = &at.a->v.element.children;
        y = &at.b->v.element.children;
        if (n + x->length > cap) {
            cap = 2 * (n + x->length);
            stack = mem_realloc_n(stack, cap, sizeof(*stack));
        }
        for (unsigned i = 0; i < x->length; i++)
            stack[n++] = (struct slim_pair){ x->data[i], y->data[i] };
    }
    mem_free(stack);
    return same;
}

/* True too for a page that the scan refuses.  `len` gets the copy's length
 * when it is not NULL. */
static inline bool slim_grows_alike(struct slice page, size_t *len)
{
    GumboOptions options = kGumboDefaultOptions;
    GumboOutput *whole, *slim;
    struct arena arena;
    struct slice copy;
    struct err err;
    bool same = true;

    options.max_errors = 0;
    arena_init(&arena, 0);
    if (html_scan(page, &arena, &copy, &err) == 0) {
        whole = gumbo_parse_with_options(&options, page.p, page.len);
        slim =
            gumbo_parse_with_options(&options, copy.p ? copy.p : "", copy.len);
        same = slim_same_tree(whole->root, slim->root);
        if (len)
            *len = copy.len;
        gumbo_destroy_output(&options, whole);
        gumbo_destroy_output(&options, slim);
    }
    arena_clear(&arena);
    return same;
}

#endif
