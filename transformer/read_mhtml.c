/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_mhtml - web pages saved in one file, by browsers, Word, WPS, Excel.
 *
 * RFC 2557.  Office programs give such a file the name of a document
 * (.doc, .xls).  The page is read by the HTML reader; that of a workbook is
 * a frame around its sheets, each a page of its own, which are read as one.
 */
#include "transformer/read_mhtml.h"

#include <strings.h>

#include "common/buf.h"
#include "common/limits.h"
#include "transformer/html_page.h"
#include "transformer/reader.h"
#include "transformer/sniff.h"

extern const struct reader html_reader;

static bool is_page(const struct mhtml_part *part)
{
    return mhtml_is(part->type, "text/html") ||
           mhtml_is(part->type, "application/xhtml+xml");
}

/* A Content-ID without the angle brackets around it. */
static struct slice bare(struct slice id)
{
    if (id.len >= 2 && id.p[0] == '<' && id.p[id.len - 1] == '>')
        return (struct slice){ id.p + 1, id.len - 2 };
    return id;
}

/* The part that `start` names, or the first page; NULL without one. */
static const struct mhtml_part *main_part(const struct mhtml_parts *parts)
{
    const struct mhtml_part *first = NULL;

    for (uint32_t i = 0; i < parts->n; i++) {
        const struct mhtml_part *part = &parts->part[i];

        if (!is_page(part))
            continue;
        if (!first)
            first = part;
        if (parts->start.len && slice_eq(bare(part->id), bare(parts->start)))
            return part;
    }
    return first;
}

/* Does the text hold this word (lower case), in letters of any case? */
static bool has_word(struct slice s, const char *word)
{
    size_t len = strlen(word);

    while (s.len >= len) {
        const char *hit = memchr(s.p, word[0], s.len - len + 1);

        if (!hit)
            return false;
        if (strncasecmp(hit, word, len) == 0)
            return true;
        s = slice_from(s, (size_t)(hit - s.p) + 1);
    }
    return false;
}

/* The pages with tables behind a frame, one after another. */
static struct slice join_sheets(const struct mhtml_parts *parts,
    const struct mhtml_part *frame, struct arena *arena, struct buf *out)
{
    for (uint32_t i = 0; i < parts->n; i++) {
        const struct mhtml_part *part = &parts->part[i];
        struct slice page;

        if (part == frame || !is_page(part))
            continue;
        page = mhtml_decode(part, arena);
        if (has_word(page, "<table"))
            buf_add_slice(out, page);
    }
    return arena_slice(arena, buf_slice(out));
}

/* Only addresses on the web help anyone: saved files name local folders. */
static void set_base(struct document *doc, const struct mhtml_part *part,
    const struct mhtml_parts *parts)
{
    struct slice base = part->location.len ? part->location : parts->location;

    if (doc->base.len == 0 && base.len > 4 && base.len <= LIMIT_URL_BYTES &&
        strncasecmp(base.p, "http", 4) == 0)
        doc->base = base;
}

/* ---- pictures ------------------------------------------------------------
 */

/* The pictures that lie beside a page. */
struct beside {
    const struct mhtml_parts *parts;
    struct arena *arena;
};

/* Without what leads from one folder to another. */
static struct slice without_dots(struct slice src)
{
    while (slice_starts(src, SLICE_LIT("./")) ||
           slice_starts(src, SLICE_LIT("../")) ||
           slice_starts(src, SLICE_LIT("/")))
        src = slice_skip(src, 1 + (size_t)(slice_find(src, SLICE_LIT("/"))));
    return src;
}

/* Does the part lie where `src` leads?  Its location is what the page calls
 * it, or the whole address of that. */
static bool is_at(const struct mhtml_part *part, struct slice src)
{
    struct slice at = part->location, path;

    if (slice_starts(src, SLICE_LIT("cid:")))
        return slice_eq(bare(part->id), slice_skip(src, 4));
    if (at.len == 0 || slice_eq(at, src))
        return at.len > 0;
    path = without_dots(src);
    return path.len > 0 && at.len > path.len && slice_ends(at, path) &&
           at.p[at.len - path.len - 1] == '/';
}

static bool find_picture(void *ctx, struct slice src, struct slice *bytes)
{
    const struct beside *b = ctx;

    for (uint32_t i = 0; i < b->parts->n; i++) {
        const struct mhtml_part *part = &b->parts->part[i];

        if (is_page(part) || !is_at(part, src))
            continue;
        *bytes = mhtml_decode(part, b->arena);
        return true;
    }
    return false;
}

static int read_page(const struct mhtml_parts *parts,
    const struct mhtml_part *part, const struct cage_hints *hints,
    struct document *doc, struct err *err)
{
    struct beside beside = { parts, doc->arena };
    const struct html_beside pictures = { find_picture, &beside };
    struct cage_hints of_page = *hints;
    struct slice page = mhtml_decode(part, doc->arena);
    struct buf sheets;
    int status;

    if (part->cut && !has_word(page, "</html"))
        return err_set(
            err, ERR_INPUT, "reader.broken: the document is cut off");
    if (part->charset.len)
        of_page.charset = part->charset;
    buf_init(&sheets, LIMIT_PAGE_BYTES);
    if (has_word(page, "<frameset"))
        page = join_sheets(parts, part, doc->arena, &sheets);
    status = html_page_read(page, &of_page, &pictures, doc, err);
    buf_clear(&sheets);
    if (status == 0)
        set_base(doc, part, parts);
    return status;
}

static int mhtml_bid(struct slice in)
{
    const char *type = sniff_binary(in);

    return type && strcmp(type, SNIFF_MHTML) == 0 ? 100 : 0;
}

static int mhtml_read(struct slice in, const struct cage_hints *hints,
    struct document *doc, struct err *err)
{
    struct mhtml_parts parts;
    const struct mhtml_part *part;

    if (mhtml_parts_read(&parts, in, doc->arena, err) < 0)
        return -1;
    part = main_part(&parts);
    if (!part)
        return err_set(
            err, ERR_INPUT, "reader.broken: no part of it is a web page");
    return read_page(&parts, part, hints, doc, err);
}

static void prepare(void)
{
    html_reader.prepare();
}

extern const struct reader mhtml_reader;
const struct reader mhtml_reader = { "mhtml", SNIFF_MHTML, mhtml_bid,
    mhtml_read, prepare };
