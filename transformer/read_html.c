/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_html - web pages to paragraphs, grids and links, by gumbo.
 *
 * gumbo gets UTF-8 only and records no errors: with its defaults 50,000
 * unclosed tags took 19 GB.  Its memory comes from a pool, which makes it
 * faster, bounds it and spares the recursion of freeing its tree.
 */
#include <gumbo.h>

#include "common/limits.h"
#include "transformer/charset.h"
#include "transformer/pool.h"
#include "transformer/read_html.h"
#include "transformer/reader.h"
#include "transformer/sniff.h"
#include "transformer/text_lines.h"

/* Kept from document to document: fresh pages from the kernel cost as much
 * as parsing a small report. */
static struct pool pool;

static void *take(void *userdata, size_t size)
{
    return pool_alloc(userdata, size);
}

static void give_back(void *userdata, void *piece)
{
    pool_release(userdata, piece);
}

/* ---- bid --------------------------------------------------------------- */

/* Does `s`, behind a '<', begin with the name of an HTML element? */
static bool is_tag(struct slice s)
{
    size_t len = 0;

    while (len < s.len && s.p[len] > ' ' && !char_is_one_of(s.p[len], "/>"))
        len++;
    return len && len < s.len &&
           gumbo_tagn_enum(s.p, (unsigned)len) != GUMBO_TAG_UNKNOWN;
}

static bool has_tag(struct slice head)
{
    struct slice s = head;

    for (;;) {
        const char *hit = s.len ? memchr(s.p, '<', s.len) : NULL;

        if (!hit)
            return false;
        s = slice_from(s, (size_t)(hit - s.p) + 1);
        if (is_tag(s))
            return true;
    }
}

static int html_bid(struct slice in)
{
    char buf[SNIFF_BYTES];
    struct slice head;

    if (sniff_binary(in))
        return 0;
    head = sniff_head(in, buf);
    if (slice_starts(head, SLICE_LIT("<!doctype html")) ||
        slice_starts(head, SLICE_LIT("<html")))
        return 100;
    /* JSON and scripts quote markup; that is theirs to unpack. */
    if (head.len == 0 || head.p[0] == '{' || head.p[0] == '[')
        return 0;
    return has_tag(head) ? 50 : 0;
}

/* ---- read -------------------------------------------------------------- */

/* Is there a table that could be a form's? */
static bool has_grid(const struct document *doc)
{
    for (uint32_t i = 0; i < doc->table_n; i++)
        if (doc->tables[i].row_n > 1 && doc->tables[i].col_n > 1)
            return true;
    return false;
}

/* The document as it was before the first walk. */
static void forget(struct document *doc)
{
    doc->title = doc->base = (struct slice){ NULL, 0 };
    doc->block_n = doc->table_n = doc->link_n = doc->meta_n = 0;
    doc->blocks = NULL;
    doc->tables = NULL;
    doc->links = NULL;
    doc->metas = NULL;
}

/* All paragraphs, one after another, each on a line. */
static struct slice join_paragraphs(const struct document *doc)
{
    size_t len = 1;
    char *p;

    for (uint32_t i = 0; i < doc->block_n; i++)
        len += doc->blocks[i].text.len + 1;
    p = arena_alloc(doc->arena, len);
    len = 0;
    for (uint32_t i = 0; i < doc->block_n; i++) {
        struct slice s = doc->blocks[i].text;

        if (doc->blocks[i].kind != BLOCK_PARAGRAPH)
            continue;
        memcpy(p + len, s.p, s.len);
        len += s.len;
        p[len++] = '\n';
    }
    return (struct slice){ p, len };
}

/* A page without a table may hold one as lines, a text dump pasted into an
 * editor: then its paragraphs are read as the lines of one. */
static void find_lines(struct document *doc)
{
    struct document lines = { .arena = doc->arena };
    struct tree tree;

    for (uint32_t i = 0; i < doc->table_n; i++)
        if (doc->tables[i].cell_n > 1)
            return;
    tree_init(&tree, &lines);
    text_lines(&tree, join_paragraphs(doc));
    if (tree_failed(&tree) || lines.table_n == 0)
        return;
    doc->blocks = lines.blocks;
    doc->block_n = lines.block_n;
    doc->tables = lines.tables;
    doc->table_n = lines.table_n;
}

static int build(struct document *doc, const GumboNode *root,
    const struct html_beside *beside, bool only_links, struct err *err)
{
    struct html_pictures pictures = { .n = 0 };
    struct tree tree;

    tree_init(&tree, doc);
    /* Some pages keep their tables hidden until a script shows them: when
     * nothing else is there, they are what the page is about. */
    if (html_walk(&tree, root, HTML_SHOWN, &pictures) && !tree_failed(&tree) &&
        !has_grid(doc)) {
        forget(doc);
        pictures.n = 0;
        tree_init(&tree, doc);
        html_walk(&tree, root, HTML_ALL, &pictures);
    }
    if (tree_end(&tree, err) < 0)
        return -1;
    find_lines(doc);
    return html_pictures_read(&pictures, beside, only_links, doc, err);
}

int html_page_read(struct slice in, const struct cage_hints *hints,
    const struct html_beside *beside, struct document *doc, struct err *err)
{
    struct charset_text decoded;
    GumboOptions options = kGumboDefaultOptions;
    GumboOutput *output;
    struct slice page;
    int status;

    if (in.len > LIMIT_PAGE_BYTES)
        return err_set(err, ERR_LIMIT,
            "reader.size: a page of more than %u bytes", LIMIT_PAGE_BYTES);
    decoded = charset_decode(in, hints->charset, doc->arena);
    doc->charset = slice_str(decoded.name);
    doc->replaced_n = decoded.replaced_n;
    if (html_scan(decoded.text, doc->arena, &page, err) < 0)
        return -1;
    options.max_errors = 0;
    options.allocator = take;
    options.deallocator = give_back;
    options.userdata = &pool;
    if (pool.max == 0)
        pool_init(&pool, LIMIT_PARSER_BYTES);
    if (pool_guard(&pool)) {
        pool_reset(&pool);
        return err_set(err, ERR_LIMIT,
            "reader.memory: the page takes more than %u bytes to parse",
            LIMIT_PARSER_BYTES);
    }
    output = gumbo_parse_with_options(&options, page.p ? page.p : "", page.len);
    status = build(doc, output->root, beside, hints->links, err);
    pool_reset(&pool);
    return status;
}

static int html_read(struct slice in, const struct cage_hints *hints,
    struct document *doc, struct err *err)
{
    return html_page_read(in, hints, NULL, doc, err);
}

extern const struct reader html_reader;
const struct reader html_reader = { "html", "text/html", html_bid, html_read,
    charset_open };
