/* SPDX-License-Identifier: Apache-2.0 */
/*
 * slim - is the same document made of a page and of its slim copy?
 */
#ifndef TESTS_SLIM_H
#define TESTS_SLIM_H

#include <gumbo.h>
#include <stdbool.h>
#include <strings.h>

#include "common/arena.h"
#include "common/buf.h"
#include "common/document.h"
#include "common/limits.h"
#include "transformer/pool.h"
#include "transformer/read_html.h"

static inline void *slim_take(void *pool, size_t size)
{
    return pool_alloc(pool, size);
}

static inline void slim_give_back(void *pool, void *piece)
{
    pool_release(pool, piece);
}

/* What the walk makes of a page, encoded behind what is in `out`.  gumbo
 * forgets some of its memory, so it has it from a pool. */
static inline void slim_walk(struct slice page, enum html_take take,
    struct arena *arena, struct pool *pool, struct buf *out)
{
    GumboOptions options = kGumboDefaultOptions;
    struct document doc = { .arena = arena };
    struct html_pictures pictures = { .n = 0 };
    struct err err = { ERR_NONE, "" };
    GumboOutput *output;
    struct tree tree;

    options.max_errors = 0;
    options.allocator = slim_take;
    options.deallocator = slim_give_back;
    options.userdata = pool;
    output = gumbo_parse_with_options(&options, page.p ? page.p : "", page.len);
    tree_init(&tree, &doc);
    html_walk(&tree, output->root, take, &pictures);
    for (uint32_t i = 0; i < pictures.n; i++)
        buf_add_slice(out, pictures.item[i].src);
    if (tree_end(&tree, &err) < 0)
        buf_add_str(out, err.msg);
    else
        document_encode(&doc, out);
    pool_reset(pool);
}

/* Has a tag an attribute twice?  Then gumbo may take the wrong name for the
 * one behind, and the copy, in which there are no two, is better. */
static inline bool slim_has_twins(const struct html_token *token)
{
    for (uint32_t i = 0; i < token->attribute_n; i++)
        for (uint32_t j = 0; j < i; j++) {
            struct slice a = token->attribute[i].name;
            struct slice b = token->attribute[j].name;

            if (a.len == b.len && strncasecmp(a.p, b.p, a.len) == 0)
                return true;
        }
    return false;
}

static inline bool slim_is_comparable(struct slice page)
{
    struct html_tokens tokens;
    struct html_token token;

    html_tokens_init(&tokens, page);
    while (html_tokens_next(&tokens, &token))
        if (slim_has_twins(&token))
            return false;
    return true;
}

static inline bool slim_compare(
    struct slice page, struct slice copy, struct arena *arena)
{
    struct buf whole, slim;
    struct pool pool;
    bool same;

    buf_init(&whole, 2 * LIMIT_TREE_BYTES);
    buf_init(&slim, 2 * LIMIT_TREE_BYTES);
    pool_init(&pool, LIMIT_PARSER_BYTES);
    if (pool_guard(&pool)) {
        pool_clear(&pool);
        return true; /* too large to compare */
    }
    slim_walk(page, HTML_SHOWN, arena, &pool, &whole);
    slim_walk(page, HTML_ALL, arena, &pool, &whole);
    slim_walk(copy, HTML_SHOWN, arena, &pool, &slim);
    slim_walk(copy, HTML_ALL, arena, &pool, &slim);
    same =
        copy.len <= page.len && slice_eq(buf_slice(&whole), buf_slice(&slim));
    buf_clear(&whole);
    buf_clear(&slim);
    pool_clear(&pool);
    return same;
}

/* True too for a page that the scan refuses. */
static inline bool slim_reads_alike(struct slice page)
{
    struct arena arena;
    struct slice copy;
    struct err err;
    bool same = true;

    arena_init(&arena, 0);
    if (html_scan(page, &arena, &copy, &err) == 0 && slim_is_comparable(page))
        same = slim_compare(page, copy, &arena);
    arena_clear(&arena);
    return same;
}

#endif
