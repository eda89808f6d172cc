/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_html_tokens - a page cut into tags, comments and what is between.
 *
 * The cuts are those of gumbo's tokenizer (HTML standard, section 13.2.5).
 * Which elements hold raw text depends on the open elements as well; where
 * that cannot be said without building the tree, `exact` becomes false for
 * the rest of the page, and the cuts are a good guess from there on.
 */
#include "transformer/read_html.h"

#include <strings.h>

static bool is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_white(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* Offset of the first `c` in `s`, or its length. */
static size_t find_char(struct slice s, char c)
{
    const char *hit = s.len ? memchr(s.p, c, s.len) : NULL;

    return hit ? (size_t)(hit - s.p) : s.len;
}

/* The token ends `len` bytes from its start. */
static void cut(struct html_tokens *t, struct html_token *token, size_t len)
{
    token->whole = (struct slice){ t->left.p, len };
    t->left = slice_from(t->left, len);
}

/* What is left is no whole token. */
static void cut_rest(struct html_tokens *t, struct html_token *token)
{
    token->kind = HTML_TEXT;
    t->exact = false;
    cut(t, token, t->left.len);
}

/* ---- comments ---------------------------------------------------------- */

/* Offset behind the comment whose text begins at `at`, or 0: it is open. */
static size_t find_comment_end(struct slice s, size_t at)
{
    struct slice text = slice_from(s, at);

    if (slice_starts(text, SLICE_LIT(">")))
        return at + 1;
    if (slice_starts(text, SLICE_LIT("->")))
        return at + 2;
    while (text.len) {
        ptrdiff_t hit = slice_find(text, SLICE_LIT("--"));

        if (hit < 0)
            return 0;
        text = slice_from(text, (size_t)hit + 2);
        if (slice_starts(text, SLICE_LIT(">")))
            return s.len - text.len + 1;
        if (slice_starts(text, SLICE_LIT("!>")))
            return s.len - text.len + 2;
        /* "--->": its last two dashes may be the ones. */
        if (slice_starts(text, SLICE_LIT("-")))
            text = slice_from(s, s.len - text.len - 1);
    }
    return 0;
}

static void take_comment(struct html_tokens *t, struct html_token *token)
{
    size_t end = find_comment_end(t->left, 4);

    if (!end) {
        cut_rest(t, token);
        return;
    }
    token->kind = HTML_COMMENT;
    cut(t, token, end);
}

/* <!DOCTYPE>, <!anything>, <?anything>, </3>: up to the next '>'. */
static void take_declaration(struct html_tokens *t, struct html_token *token)
{
    size_t end = find_char(t->left, '>');
    struct slice word = slice_from(t->left, 2);

    if (end == t->left.len) {
        cut_rest(t, token);
        return;
    }
    /* A document type matters to the tree, </> is nothing at all. */
    token->kind = t->left.p[1] == '!' && (slice_starts(word, SLICE_LIT("d")) ||
                                             slice_starts(word, SLICE_LIT("D")))
                      ? HTML_TEXT
                      : HTML_COMMENT;
    if (end == 2 && t->left.p[1] == '/')
        token->kind = HTML_TEXT;
    cut(t, token, end + 1);
}

/* ---- tags -------------------------------------------------------------- */

/* Behind the value that begins at `p` (behind '='), or NULL: it is open. */
static const char *take_value(
    const char *p, const char *end, struct slice *value)
{
    const char *from;

    while (p < end && is_white(*p))
        p++;
    if (p == end)
        return NULL;
    if (*p == '"' || *p == '\'') {
        from = p + 1;
        p = memchr(from, *p, (size_t)(end - from));
        if (!p)
            return NULL;
        *value = (struct slice){ from, (size_t)(p - from) };
        return p + 1;
    }
    from = p;
    while (p < end && *p != '>' && !is_white(*p))
        p++;
    *value = (struct slice){ from, (size_t)(p - from) };
    return p;
}

/* Behind the attribute that begins at `p`, or NULL: it is open. */
static const char *take_attribute(
    const char *p, const char *end, struct html_tag_attribute *a)
{
    const char *from = p, *equals;

    p++; /* whatever it is: a name may begin with '=' */
    while (p < end && !is_white(*p) && *p != '/' && *p != '>' && *p != '=')
        p++;
    a->name = (struct slice){ from, (size_t)(p - from) };
    a->value = (struct slice){ p, 0 };
    equals = p;
    while (equals < end && is_white(*equals))
        equals++;
    if (equals < end && *equals == '=')
        p = take_value(equals + 1, end, &a->value);
    if (p)
        a->whole = (struct slice){ from, (size_t)(p - from) };
    return p;
}

/* The attributes from `p` on; where the tag's '>' is, or NULL: it is open,
 * or has more attributes than anybody may write. */
static const char *take_attributes(
    const char *p, const char *end, struct html_token *token)
{
    while (p && p < end) {
        if (*p == '>')
            return p;
        if (*p == '/' || is_white(*p)) {
            token->closed = *p == '/' && p + 1 < end && p[1] == '>';
            p++;
            continue;
        }
        if (token->attribute_n++ == LIMIT_TAG_ATTRIBUTES)
            return NULL;
        p = take_attribute(p, end, &token->attribute[token->attribute_n - 1]);
    }
    return NULL;
}

static bool holds_raw(GumboTag tag)
{
    switch ((int)tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_TITLE:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_NOEMBED:
    case GUMBO_TAG_NOFRAMES:
    case GUMBO_TAG_XMP:
        return true;
    default:
        return false;
    }
}

/* What a tag says about those that follow. */
static void heed(struct html_tokens *t, const struct html_token *token)
{
    GumboTag tag = token->tag;

    t->raw = (struct slice){ NULL, 0 };
    if (tag == GUMBO_TAG_SELECT)
        t->in_select = token->kind == HTML_START;
    if (token->kind != HTML_START)
        return;
    /* Other rules hold inside of these. */
    if (tag == GUMBO_TAG_SVG || tag == GUMBO_TAG_MATH ||
        tag == GUMBO_TAG_TEMPLATE || tag == GUMBO_TAG_FRAMESET ||
        tag == GUMBO_TAG_PLAINTEXT)
        t->exact = false;
    if (!holds_raw(tag))
        return;
    /* A <select> ignores most tags, and then their text is not raw. */
    if (t->in_select && tag != GUMBO_TAG_SCRIPT)
        t->exact = false;
    if (t->exact || tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE) {
        t->raw = token->name;
        t->raw_tag = tag;
    }
}

static void take_tag(struct html_tokens *t, struct html_token *token)
{
    bool is_end = t->left.p[1] == '/';
    const char *end = t->left.p + t->left.len;
    const char *name = t->left.p + 1 + is_end, *p = name;

    while (p < end && !is_white(*p) && *p != '/' && *p != '>')
        p++;
    token->name = (struct slice){ name, (size_t)(p - name) };
    token->tag = gumbo_tagn_enum(name, (unsigned)token->name.len);
    p = take_attributes(p, end, token);
    if (!p) {
        cut_rest(t, token);
        return;
    }
    token->kind = is_end ? HTML_END : HTML_START;
    cut(t, token, (size_t)(p - t->left.p) + 1);
    heed(t, token);
}

/* ---- raw text ---------------------------------------------------------- */

/* Offset of the end tag of the element that holds raw text, or -1. */
static ptrdiff_t find_raw_end(const struct html_tokens *t)
{
    size_t len = t->raw.len;
    struct slice at = t->left;

    for (;;) {
        ptrdiff_t hit = slice_find(at, SLICE_LIT("</"));

        if (hit < 0)
            return -1;
        at = slice_from(at, (size_t)hit + 2);
        if (at.len > len && strncasecmp(at.p, t->raw.p, len) == 0 &&
            (is_white(at.p[len]) || at.p[len] == '/' || at.p[len] == '>'))
            return (ptrdiff_t)(t->left.len - at.len) - 2;
    }
}

/* A script in a script in a comment hides an end tag. */
static bool may_hide_its_end(struct slice script)
{
    ptrdiff_t at = slice_find(script, SLICE_LIT("<!--"));

    if (at < 0)
        return false;
    script = slice_from(script, (size_t)at);
    while ((at = slice_find(script, SLICE_LIT("<"))) >= 0) {
        script = slice_from(script, (size_t)at + 1);
        if (script.len >= 6 && strncasecmp(script.p, "script", 6) == 0)
            return true;
    }
    return false;
}

/* The raw text of the element just begun; false when there is none. */
static bool take_raw(struct html_tokens *t, struct html_token *token)
{
    ptrdiff_t len = -1;

    if (!t->endless[t->raw_tag])
        len = find_raw_end(t);
    t->raw.p = NULL;
    if (len < 0) {
        t->endless[t->raw_tag] = true;
        t->exact = false;
        return false;
    }
    if (len == 0)
        return false;
    token->kind = HTML_RAW;
    token->tag = t->raw_tag;
    cut(t, token, (size_t)len);
    if (token->tag == GUMBO_TAG_SCRIPT && may_hide_its_end(token->whole))
        t->exact = false;
    return true;
}

/* ---- all of it --------------------------------------------------------- */

void html_tokens_init(struct html_tokens *t, struct slice page)
{
    *t = (struct html_tokens){ .left = page, .exact = true };
}

/* What stands behind '<': the name of an element, or '/' and a name. */
static bool begins_tag(struct slice s)
{
    return (s.len && is_alpha(s.p[0])) ||
           (s.len > 1 && s.p[0] == '/' && is_alpha(s.p[1]));
}

/* '!', '?', or '/' without a name: gumbo makes a comment of it. */
static bool begins_declaration(struct slice s)
{
    return (s.len && char_is_one_of(s.p[0], "!?")) ||
           (s.len > 1 && s.p[0] == '/' && !is_alpha(s.p[1]));
}

bool html_tokens_next(struct html_tokens *t, struct html_token *token)
{
    struct slice after;

    token->kind = HTML_TEXT;
    token->attribute_n = 0;
    token->closed = false;
    if (t->raw.p && take_raw(t, token))
        return true;
    if (t->left.len == 0)
        return false;
    if (t->left.p[0] != '<') {
        cut(t, token, find_char(t->left, '<'));
        return true;
    }
    after = slice_from(t->left, 1);
    if (slice_starts(after, SLICE_LIT("!--")))
        take_comment(t, token);
    else if (begins_declaration(after))
        take_declaration(t, token);
    else if (begins_tag(after))
        take_tag(t, token);
    else
        cut(t, token, 1);
    return true;
}
