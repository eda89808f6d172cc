/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_html_pictures - pages that are little but pictures.
 *
 * Some portals show a report as scanned pages, in the page itself (data:
 * addresses) or beside it.  A page is taken for one when it has no table of
 * numbers, hardly a sentence, and pictures that are no icons.  What else it
 * says, its title above all, stays; the pictures become pages where they
 * stand.
 */
#include <strings.h>

#include "common/limits.h"
#include "common/mem.h"
#include "common/picture_size.h"
#include "transformer/number.h"
#include "transformer/page_picture.h"
#include "transformer/read_html.h"
#include "transformer/read_mhtml.h"
#include "transformer/sniff.h"

/* Sides, as the page states them, of what is no page nor a strip of one. */
#define WIDTH_LEAST 300u
#define HEIGHT_LEAST 60u

/* Bytes of sentences: a few say whose report follows. */
#define SENTENCES_MOST 1500u

/* Cells with a number: the tables of a report have 175 and more. */
#define NUMBERS_MOST 12u

/* ---- which pictures ------------------------------------------------------
 */

/* Where an address may stand: scripts put it in its place later. */
static const char *const addresses[] = { "data-original", "data-src", "src" };

static bool is_word(struct slice s, const char *word)
{
    return s.len == strlen(word) && strncasecmp(s.p, word, s.len) == 0;
}

bool html_picture_needs(struct slice name)
{
    for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++)
        if (is_word(name, addresses[i]))
            return true;
    return is_word(name, "width") || is_word(name, "height");
}

static bool starts(struct slice s, const char *word)
{
    size_t len = strlen(word);

    return s.len >= len && strncasecmp(s.p, word, len) == 0;
}

static bool is_data(struct slice src)
{
    return starts(src, "data:");
}

/* What stands behind the comma of "data:image/jpeg;base64,". */
static struct slice data_of(struct slice src)
{
    const char *comma = memchr(src.p, ',', src.len);

    if (!comma)
        return (struct slice){ NULL, 0 };
    return slice_from(src, (size_t)(comma - src.p) + 1);
}

static bool may_be_data(struct slice src)
{
    static const char *const types[] = { "data:image/png", "data:image/jpeg",
        "data:image/jpg", "data:image/tiff", "data:image/bmp" };
    struct slice data = data_of(src);
    struct slice head = { src.p, src.len - data.len };

    if (!data.p || src.len < HTML_DATA_BYTES ||
        !slice_ends(head, SLICE_LIT(";base64,")))
        return false;
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (starts(src, types[i]))
            return true;
    return false;
}

/* The last part of a path, without what is asked of it. */
static struct slice file_of(struct slice src)
{
    size_t end = 0, from = 0;

    while (end < src.len && !char_is_one_of(src.p[end], "?#"))
        end++;
    for (size_t i = 0; i < end; i++)
        if (char_is_one_of(src.p[i], "/\\"))
            from = i + 1;
    return (struct slice){ src.p + from, end - from };
}

static bool has_any(struct slice file, const char *const *words, size_t n)
{
    for (size_t at = 0; at < file.len; at++)
        for (size_t i = 0; i < n; i++)
            if (starts(slice_from(file, at), words[i]))
                return true;
    return false;
}

/* An address whose name does not say that it is something else. */
static bool may_be_elsewhere(struct slice src)
{
    static const char *const others[] = { ".gif", ".svg", ".webp", ".ico",
        "logo", "icon", "banner", "qrcode", "erweima", "ewm", "weixin",
        "wechat", "share", "btn", "button", "arrow", "print", "close", "search",
        "beian", "jiucuo", "conac" };

    if (src.len == 0 || src.len > LIMIT_URL_BYTES)
        return false;
    for (size_t i = 0; i < src.len; i++)
        if ((unsigned char)src.p[i] < ' ' || src.p[i] == 0x7f)
            return false;
    return !has_any(file_of(src), others, sizeof(others) / sizeof(others[0]));
}

/* A side in pixels; 0 when it is not said, or in parts of something. */
static uint32_t side(const GumboElement *e, const char *name)
{
    struct slice s = html_attribute(e, name);

    return s.len && memchr(s.p, '%', s.len) ? 0
                                            : html_attribute_number(e, name, 0);
}

static bool is_icon(const GumboElement *e)
{
    uint32_t width = side(e, "width"), height = side(e, "height");

    return (width && width < WIDTH_LEAST) || (height && height < HEIGHT_LEAST);
}

/* The address that counts, or { NULL, 0 }. */
static struct slice address_of(const GumboElement *e)
{
    for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++) {
        struct slice src = slice_trim(html_attribute(e, addresses[i]));

        if (is_data(src) ? may_be_data(src) : may_be_elsewhere(src))
            return src;
    }
    return (struct slice){ NULL, 0 };
}

void html_pictures_add(struct html_pictures *p, const GumboElement *e,
    struct arena *arena, uint32_t block)
{
    struct slice src = address_of(e);

    if (!src.p || is_icon(e) || p->n > LIMIT_PICTURES)
        return;
    if (p->n == p->cap) {
        uint32_t cap = p->cap ? p->cap * 2 : 16;
        struct html_picture *more = arena_alloc_n(arena, cap, sizeof(*more));

        if (p->n)
            memcpy(more, p->item, p->n * sizeof(*more));
        p->item = more;
        p->cap = cap;
    }
    p->item[p->n++] = (struct html_picture){ .src = src, .block = block };
}

/* ---- what else there is --------------------------------------------------
 */

static bool has_numbers(const struct document *doc)
{
    uint32_t n = 0;

    for (uint32_t t = 0; t < doc->table_n; t++)
        for (uint32_t i = 0; i < doc->tables[t].cell_n; i++)
            n += number_look(doc->tables[t].cells[i].text) == LOOK_NUMBER;
    return n > NUMBERS_MOST;
}

/* Menus and footers have no full stops. */
static bool has_sentences(const struct document *doc)
{
    size_t len = 0;

    for (uint32_t i = 0; i < doc->block_n; i++)
        if (doc->blocks[i].kind == BLOCK_PARAGRAPH &&
            slice_find(doc->blocks[i].text, SLICE_LIT("。")) >= 0)
            len += doc->blocks[i].text.len;
    return len > SENTENCES_MOST;
}

/* Is there hardly anything but pictures? */
static bool is_bare(const struct html_pictures *p, const struct document *doc)
{
    return p->n > 0 && p->n <= LIMIT_PICTURES && !has_numbers(doc) &&
           !has_sentences(doc);
}

/* ---- what is at hand -----------------------------------------------------
 */

/* The bytes of a data: address. */
static struct slice decode(struct slice src, struct arena *arena)
{
    struct mhtml_part part = { .encoding = SLICE_LIT("base64"),
        .body = data_of(src) };

    if (part.body.len && memchr(part.body.p, '%', part.body.len))
        part.body = mhtml_percent(part.body, arena);
    return mhtml_decode(&part, arena);
}

/* A picture's bytes; false when it lies elsewhere. */
static bool find(const struct html_beside *beside, struct slice src,
    struct arena *arena, struct slice *bytes)
{
    if (!is_data(src))
        return beside && beside->find(beside->ctx, src, bytes);
    *bytes = decode(src, arena);
    return true;
}

/* What is at hand, without icons. */
struct here {
    struct slice bytes[LIMIT_PICTURES];
    uint32_t n;
    uint32_t block; /* where the first one stands */
    bool has_page;  /* one is large enough */
};

static void look(struct here *h, struct slice bytes, uint32_t block)
{
    if (picture_is_icon(bytes))
        return;
    if (h->n == 0)
        h->block = block;
    h->bytes[h->n++] = bytes;
    h->has_page |= picture_may_be_page(bytes);
}

static void look_at_all(struct here *h, const struct html_pictures *p,
    const struct html_beside *beside, struct arena *arena)
{
    *h = (struct here){ .n = 0 };
    for (uint32_t i = 0; i < p->n; i++) {
        struct slice bytes;

        if (find(beside, p->item[i].src, arena, &bytes))
            look(h, bytes, p->item[i].block);
    }
}

static void name_others(const struct html_pictures *p, struct document *doc)
{
    doc->pictures = arena_alloc_n(doc->arena, p->n, sizeof(*doc->pictures));
    for (uint32_t i = 0; i < p->n; i++)
        if (!is_data(p->item[i].src))
            doc->pictures[doc->picture_n++].src =
                arena_slice(doc->arena, p->item[i].src);
}

/* ---- reading -------------------------------------------------------------
 */

/* All pages of one file. */
static int read_file(struct pages *pages, struct slice in, struct err *err)
{
    int status = 1;

    for (uint32_t i = 0; status > 0; i++) {
        struct picture picture = { .gray = NULL };

        status = picture_decode(in, i, &picture, err);
        if (status > 0 && picture_page_read(pages, &picture, err) < 0)
            status = -1;
        mem_free(picture.gray);
    }
    return status;
}

static bool is_picture(struct slice in)
{
    const char *type = sniff_binary(in);

    return type && strncmp(type, "image/", strlen("image/")) == 0 &&
           strcmp(type, "image/gif") != 0;
}

/* Say which picture is at fault, behind the reason's code. */
static int which(struct err *err, uint32_t number, uint32_t n)
{
    struct err why = *err;

    return err_set(
        err, why.kind, "%.200s (picture %u of %u)", why.msg, number, n);
}

static int read_all(const struct here *h, struct pages *pages, struct err *err)
{
    for (uint32_t i = 0; i < h->n; i++) {
        if (!is_picture(h->bytes[i]))
            return err_set(err, ERR_INPUT,
                "reader.scan: picture %u of %u is of no format that is read",
                i + 1, h->n);
        if (read_file(pages, h->bytes[i], err) < 0)
            return which(err, i + 1, h->n);
    }
    return 0;
}

/* The blocks from `from` on go before block `to`. */
static void move_blocks(struct document *doc, uint32_t from, uint32_t to)
{
    uint32_t n = doc->block_n - from;
    struct document_block *copy;

    if (to >= from || n == 0)
        return;
    copy = arena_alloc_n(doc->arena, n, sizeof(*copy));
    memcpy(copy, doc->blocks + from, n * sizeof(*copy));
    memmove(
        doc->blocks + to + n, doc->blocks + to, (from - to) * sizeof(*copy));
    memcpy(doc->blocks + to, copy, n * sizeof(*copy));
}

static int recognize(
    const struct here *h, struct document *doc, struct err *err)
{
    uint32_t block_n = doc->block_n;
    struct pages pages;

    pages_init(&pages, doc->arena);
    if (read_all(h, &pages, err) < 0 || pages_to_tree(&pages, doc, err) < 0)
        return -1;
    move_blocks(doc, block_n, h->block);
    return 0;
}

int html_pictures_read(const struct html_pictures *p,
    const struct html_beside *beside, bool only_links, struct document *doc,
    struct err *err)
{
    struct here h;

    if (!is_bare(p, doc))
        return 0;
    if (only_links) {
        name_others(p, doc);
        return 0;
    }
    look_at_all(&h, p, beside, doc->arena);
    if (!h.has_page)
        return 0;
    if (!page_recognize || !picture_decode)
        return err_set(err, ERR_INPUT, "reader.scan: the page is %u picture%s",
            h.n, h.n == 1 ? "" : "s");
    return recognize(&h, doc, err);
}
