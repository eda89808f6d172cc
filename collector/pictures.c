/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pictures - a report page that is little but pictures, and these.
 *
 * Nothing is written down before all are there: a kill on the way only makes
 * the visit begin again.  A document with pictures has no validators, for
 * those of the page would not tell that a picture has changed.
 */
#include "collector/pictures.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "common/arena.h"
#include "common/limits.h"
#include "common/mem.h"
#include "common/picture_size.h"
#include "common/store.h"

/* Headers and boundaries around one part. */
#define PART_BYTES 256u

struct one {
    const char *src, *url;
    const char *media_type;
    struct slice body; /* empty: it could not be had */
};

struct pictures {
    struct arena arena;
    struct ledger_fetch known; /* of the page; its texts are in the arena */
    struct slice page;
    struct one one[LIMIT_PICTURES];
    size_t n, next;
    size_t bytes;    /* of all so far */
    uint64_t answer; /* bytes of all answers */
    bool strict;
    char lost[160]; /* why the first that is missing is; empty: none */
    struct buf whole;
};

static const char *keep(struct arena *a, const char *text)
{
    return text ? arena_str(a, text) : NULL;
}

struct pictures *pictures_new(const struct fetch_result *page, const char *at,
    const struct pictures_address *address, size_t n, bool strict)
{
    struct pictures *p = mem_alloc(sizeof *p);
    struct arena *a = &p->arena;

    arena_init(a, LIMIT_ARENA_BYTES);
    buf_init(&p->whole, LIMIT_BODY_BYTES);
    p->strict = strict;
    p->page = arena_slice(a, page->body);
    p->bytes = page->body.len + PART_BYTES;
    p->answer = page->bytes;
    p->known = (struct ledger_fetch){ .status = page->status,
        .final_url = keep(a, at),
        .etag = keep(a, page->etag),
        .last_modified = keep(a, page->last_modified),
        .media_type = keep(a, page->media_type),
        .charset = keep(a, page->charset) };
    for (size_t i = 0; i < n && i < LIMIT_PICTURES; i++)
        p->one[p->n++] = (struct one){ .src = keep(a, address[i].src),
            .url = keep(a, address[i].url) };
    return p;
}

void pictures_free(struct pictures *p)
{
    if (!p)
        return;
    arena_clear(&p->arena);
    buf_clear(&p->whole);
    mem_free(p);
}

const char *pictures_next(const struct pictures *p)
{
    return p->next < p->n ? p->one[p->next].url : NULL;
}

void pictures_lose(struct pictures *p, const char *error)
{
    if (!p->lost[0])
        snprintf(p->lost, sizeof p->lost,
            "reader.scan: picture %zu of %zu could not be fetched: %s",
            p->next + 1, p->n, error);
    p->next++;
}

static bool is_page(const struct fetch_result *r)
{
    struct slice head = slice_trim(r->body);

    return (r->media_type && strstr(r->media_type, "html")) ||
           (head.len > 0 && head.p[0] == '<');
}

void pictures_take(struct pictures *p, const struct fetch_result *r)
{
    struct one *to = &p->one[p->next];
    size_t len = r->body.len + PART_BYTES + strlen(to->src);

    p->answer += r->bytes;
    if (is_page(r)) {
        pictures_lose(p, "soft404: a page instead of the file");
    } else if (len > LIMIT_BODY_BYTES || p->bytes > LIMIT_BODY_BYTES - len) {
        pictures_lose(p, "the page and its pictures are too large");
    } else {
        p->bytes += len;
        to->media_type = keep(&p->arena, r->media_type);
        to->body = arena_slice(&p->arena, r->body);
        p->next++;
    }
}

/* ---- the document -------------------------------------------------------
 */

/* A word that may stand in a header as it is. */
static bool is_word(const char *s)
{
    size_t n = 0;

    while (isalnum((unsigned char)s[n]) || (s[n] && strchr("-_.+/", s[n])))
        n++;
    return n > 0 && n < 64 && s[n] == '\0';
}

static void put_picture(
    struct pictures *p, const struct one *one, const char *boundary)
{
    struct buf *to = &p->whole;
    const char *type = one->media_type && is_word(one->media_type)
                           ? one->media_type
                           : "application/octet-stream";

    buf_printf(to,
        "\r\n--%s\r\nContent-Type: %s\r\n"
        "Content-Transfer-Encoding: binary\r\nContent-Location: %s\r\n\r\n",
        boundary, type, one->src);
    buf_add_slice(to, one->body);
}

/* The boundary is the page's hash: nothing holds it by accident. */
static void compose(struct pictures *p)
{
    const char *charset = p->known.charset;
    struct buf *to = &p->whole;
    char boundary[STORE_KEY_LEN + 1];

    store_key(p->page, boundary);
    buf_reset(to);
    buf_printf(to,
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; "
        "type=\"text/html\"; boundary=\"%s\"\r\n\r\n--%s\r\n"
        "Content-Type: text/html",
        boundary, boundary);
    if (charset && is_word(charset))
        buf_printf(to, "; charset=%s", charset);
    buf_printf(to,
        "\r\nContent-Transfer-Encoding: binary\r\n"
        "Content-Location: %s\r\n\r\n",
        p->known.final_url);
    buf_add_slice(to, p->page);
    for (size_t i = 0; i < p->n; i++)
        if (p->one[i].body.len)
            put_picture(p, &p->one[i], boundary);
    buf_printf(to, "\r\n--%s--\r\n", boundary);
}

static bool has_page(const struct pictures *p)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->one[i].body.len && picture_may_be_page(p->one[i].body))
            return true;
    return false;
}

struct slice pictures_document(struct pictures *p, struct ledger_fetch *f)
{
    const char *reason = NULL;
    bool with = has_page(p);

    if (p->strict && p->lost[0])
        reason = p->lost;
    else if (with)
        compose(p);
    if (with && !reason && p->whole.failed)
        reason = "reader.size: the page and its pictures are too large";
    *f = p->known;
    f->bytes = p->answer;
    f->reason = reason;
    if (reason || with)
        f->etag = f->last_modified = NULL; /* look again */
    if (reason || !with)
        return p->page;
    f->media_type = "multipart/related";
    f->charset = NULL;
    return buf_slice(&p->whole);
}
