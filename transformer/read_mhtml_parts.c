/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_mhtml_parts - headers, boundaries, parts.
 *
 * RFC 2046, 5.1.  A line that begins with the boundary of any open
 * multipart ends what is open inside it, so a part that never ends takes
 * only what comes before its neighbour.
 */
#include <strings.h>

#include "transformer/read_mhtml.h"

struct walk {
    struct mhtml_parts *parts;
    struct arena *arena;
    struct slice left;                      /* not looked at yet */
    struct slice boundary[MHTML_DEPTH_MAX]; /* outermost first */
    uint32_t depth;
    const char *body; /* begin of the open part, or NULL */
    const char *trouble;
};

bool mhtml_is(struct slice s, const char *word)
{
    return s.len == strlen(word) && strncasecmp(s.p, word, s.len) == 0;
}

/* ---- lines ---------------------------------------------------------------
 */

/* The next line without its end. */
static struct slice next_line(struct slice *in)
{
    const char *end = in->len ? memchr(in->p, '\n', in->len) : NULL;
    size_t len = end ? (size_t)(end - in->p) : in->len;
    struct slice line = { in->p, len };

    *in = slice_from(*in, end ? len + 1 : len);
    if (line.len && line.p[line.len - 1] == '\r')
        line.len--;
    return line;
}

/* A header with the lines that continue it, joined. */
static struct slice next_header(struct slice *in, struct arena *arena)
{
    struct slice line = next_line(in);
    struct slice whole;
    const char *from = line.p;
    char *joined;

    if (!line.len || !in->len || !char_is_one_of(in->p[0], " \t"))
        return line;
    while (in->len && char_is_one_of(in->p[0], " \t"))
        line = next_line(in);
    whole = (struct slice){ from, (size_t)(line.p + line.len - from) };
    joined = arena_alloc(arena, whole.len + 1);
    memcpy(joined, whole.p, whole.len);
    for (size_t i = 0; i < whole.len; i++)
        if (char_is_one_of(joined[i], "\r\n"))
            joined[i] = ' ';
    return (struct slice){ joined, whole.len };
}

/* ---- headers -------------------------------------------------------------
 */

/* The value up to a ';', or between quotes. */
static struct slice next_value(struct slice *s)
{
    const char *end;
    struct slice value;

    *s = slice_trim(*s);
    if (s->len && s->p[0] == '"') {
        *s = slice_skip(*s, 1);
        end = s->len ? memchr(s->p, '"', s->len) : NULL;
    } else {
        end = s->len ? memchr(s->p, ';', s->len) : NULL;
    }
    value = (struct slice){ s->p, end ? (size_t)(end - s->p) : s->len };
    *s = slice_from(*s, value.len);
    end = s->len ? memchr(s->p, ';', s->len) : NULL;
    *s = slice_from(*s, end ? (size_t)(end - s->p) + 1 : s->len);
    return slice_trim(value);
}

/* "text/html; charset="gb2312"" */
static void read_type(struct mhtml_part *part, struct slice s)
{
    part->type = next_value(&s);
    while (s.len) {
        const char *is = memchr(s.p, '=', s.len);
        struct slice name = { s.p, is ? (size_t)(is - s.p) : s.len };
        struct slice value;

        s = slice_from(s, name.len + 1);
        name = slice_trim(name);
        value = next_value(&s);
        if (mhtml_is(name, "charset"))
            part->charset = value;
        else if (mhtml_is(name, "boundary"))
            part->boundary = value;
        else if (mhtml_is(name, "start"))
            part->start = value;
    }
}

/* Up to the blank line behind them. */
static void read_headers(struct walk *w, struct mhtml_part *part)
{
    struct slice header;

    *part = (struct mhtml_part){ .cut = false };
    while ((header = next_header(&w->left, w->arena)).len) {
        const char *colon = memchr(header.p, ':', header.len);
        struct slice name, value;

        if (!colon)
            continue;
        name =
            slice_trim((struct slice){ header.p, (size_t)(colon - header.p) });
        value = slice_trim(slice_from(header, (size_t)(colon - header.p) + 1));
        if (mhtml_is(name, "Content-Type"))
            read_type(part, value);
        else if (mhtml_is(name, "Content-Transfer-Encoding"))
            part->encoding = value;
        else if (mhtml_is(name, "Content-Location"))
            part->location = value;
        else if (mhtml_is(name, "Content-ID"))
            part->id = value;
    }
}

/* ---- parts ---------------------------------------------------------------
 */

static struct mhtml_part *add_part(struct walk *w)
{
    struct mhtml_parts *parts = w->parts;

    if (parts->n == MHTML_PARTS_MAX) {
        w->trouble = "reader.size: more parts than any page has";
        return NULL;
    }
    if (parts->n == parts->cap) {
        uint32_t cap = parts->cap ? parts->cap * 2 : 16;
        struct mhtml_part *more = arena_alloc_n(w->arena, cap, sizeof(*more));

        if (parts->n)
            memcpy(more, parts->part, parts->n * sizeof(*more));
        parts->part = more;
        parts->cap = cap;
    }
    return &parts->part[parts->n++];
}

/* The headers of a part, and what kind it is. */
static void begin_part(struct walk *w)
{
    struct mhtml_part part;
    struct mhtml_part *to;
    bool outermost = w->depth == 0;

    read_headers(w, &part);
    if (outermost) {
        w->parts->start = part.start;
        w->parts->location = part.location;
    }
    if (part.boundary.len && part.type.len > 10 &&
        strncasecmp(part.type.p, "multipart/", 10) == 0) {
        if (w->depth == MHTML_DEPTH_MAX)
            w->trouble = "reader.depth: multiparts nested too deep";
        else
            w->boundary[w->depth++] = part.boundary;
        return;
    }
    to = add_part(w);
    if (!to)
        return;
    *to = part;
    w->body = w->left.p ? w->left.p : "";
}

/* The open part ends before the line at `end`; the line end before that is
 * the boundary's. */
static void end_part(struct walk *w, const char *end, bool cut)
{
    struct mhtml_part *part;

    if (!w->body)
        return;
    part = &w->parts->part[w->parts->n - 1];
    part->body = (struct slice){ w->body, (size_t)(end - w->body) };
    if (!cut && slice_ends(part->body, SLICE_LIT("\n")))
        part->body.len--;
    if (!cut && slice_ends(part->body, SLICE_LIT("\r")))
        part->body.len--;
    part->cut = cut;
    w->body = NULL;
}

/* Is the line a boundary?  Then multiparts inside of its own end, and with
 * two more dashes its own. */
static bool is_boundary(struct walk *w, struct slice line, bool *last)
{
    if (!slice_starts(line, SLICE_LIT("--")))
        return false;
    line = slice_skip(line, 2);
    for (uint32_t i = w->depth; i > 0; i--) {
        struct slice rest;

        if (!slice_starts(line, w->boundary[i - 1]))
            continue;
        rest = slice_skip(line, w->boundary[i - 1].len);
        *last = slice_starts(rest, SLICE_LIT("--"));
        if (!*last && slice_trim(rest).len)
            continue; /* a longer boundary begins like this one */
        w->depth = *last ? i - 1 : i;
        return true;
    }
    return false;
}

int mhtml_parts_read(struct mhtml_parts *parts, struct slice in,
    struct arena *arena, struct err *err)
{
    struct walk w = { .parts = parts, .arena = arena, .left = in };
    bool last;

    *parts = (struct mhtml_parts){ .n = 0 };
    while (w.left.len && char_is_one_of(w.left.p[0], "\r\n"))
        w.left = slice_skip(w.left, 1);
    begin_part(&w);
    while (w.left.len && w.depth && !w.trouble) {
        struct slice line = next_line(&w.left);

        if (!is_boundary(&w, line, &last))
            continue;
        end_part(&w, line.p, false);
        if (!last)
            begin_part(&w);
    }
    if (w.trouble)
        return err_set(err, ERR_LIMIT, "%s", w.trouble);
    /* A page without parts ends with the document. */
    end_part(&w, in.p + in.len, parts->n > 1 || w.depth);
    return 0;
}
