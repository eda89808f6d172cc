/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_html_slim - leaves out what gumbo would read for nobody.
 *
 * Most of a page that a word processor exported is styles, and gumbo takes
 * each letter of them through its states.  From the copy the same document
 * is made.  Attributes go that nothing looks at, but of tags whose
 * attributes count in building the tree none: gumbo compares those of
 * formatting elements and gathers those of <html>.  Spans around plain text
 * go where gumbo is in the body for sure and the text means the same without
 * them.  Every other token stays, if only as a shorter one.
 */
#include "transformer/read_html.h"

#include <strings.h>

/* A comment splits text, so one stays. */
static const char comment[] = "<!---->";

void html_slim_init(struct html_slim *s, struct slice page, struct arena *arena)
{
    s->out = page.len ? arena_alloc(arena, page.len) : NULL;
    s->n = 0;
    s->from = page.p;
    s->end = page.p + page.len;
    s->mode = (struct html_mode){ .is = HTML_BEFORE };
    s->open_n = 0;
    s->fresh = s->keeps_white = false;
}

static void put(struct html_slim *s, const char *p, size_t len)
{
    memcpy(s->out + s->n, p, len);
    s->n += len;
}

/* Copy all that stands before `token`; go on behind it. */
static void pass(struct html_slim *s, const struct html_token *token)
{
    put(s, s->from, (size_t)(token->whole.p - s->from));
    s->from = token->whole.p + token->whole.len;
}

/* Are attributes of this element read by more than read_html_walk.c's look
 * at spans and styles? */
static bool needs_attributes(GumboTag tag)
{
    switch ((int)tag) {
    case GUMBO_TAG_A:
    case GUMBO_TAG_AREA:
    case GUMBO_TAG_B:
    case GUMBO_TAG_BASE:
    case GUMBO_TAG_BIG:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_CODE:
    case GUMBO_TAG_EM:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_FONT:
    case GUMBO_TAG_FRAME:
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_I:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_INPUT:
    case GUMBO_TAG_ISINDEX:
    case GUMBO_TAG_META:
    case GUMBO_TAG_NOBR:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_S:
    case GUMBO_TAG_SMALL:
    case GUMBO_TAG_STRIKE:
    case GUMBO_TAG_STRONG:
    case GUMBO_TAG_TT:
    case GUMBO_TAG_U:
        return true;
    default:
        return false;
    }
}

static bool is_named(const struct html_tag_attribute *a, const char *name)
{
    return a->name.len == strlen(name) && (a->name.p[0] | 0x20) == name[0] &&
           strncasecmp(a->name.p, name, a->name.len) == 0;
}

/* Does `s` begin with `word` (lower case), in any case? */
static bool begins(struct slice s, const char *word)
{
    size_t len = strlen(word);

    return s.len >= len && (s.p[1] | 0x20) == word[1] &&
           strncasecmp(s.p, word, len) == 0;
}

/* vertical-align: super or sub, as few of its values are. */
static bool is_raised(struct slice style)
{
    style = slice_skip(style, strlen("vertical-align"));
    while (style.len && char_is_one_of(style.p[0], " \t\r\n:"))
        style = slice_skip(style, 1);
    return begins(style, "su");
}

/* Does a style say how an element is displayed, maybe in entities? */
static bool is_look(struct slice style)
{
    for (; style.len; style = slice_skip(style, 1)) {
        char c = style.p[0];

        if (c == '&' || ((c | 0x20) == 'd' && begins(style, "display")) ||
            ((c | 0x20) == 'w' && begins(style, "white-space")) ||
            ((c | 0x20) == 'v' && begins(style, "vertical-align") &&
                is_raised(style)) ||
            ((c | 0x20) == 'l' && begins(style, "line-through")))
            return true;
    }
    return false;
}

static bool is_same_name(struct slice a, struct slice b)
{
    return a.len == b.len && strncasecmp(a.p, b.p, a.len) == 0;
}

/* gumbo makes the one of the other. */
static bool is_picture(GumboTag tag)
{
    return tag == GUMBO_TAG_IMG || tag == GUMBO_TAG_IMAGE;
}

/* May the attribute of a picture be an address that matters? */
static bool is_of_picture(const struct html_tag_attribute *a)
{
    return html_picture_needs(a->name) &&
           !(a->value.len < HTML_DATA_BYTES_NONE && begins(a->value, "data:"));
}

/* Is attribute `i` looked at?  Of a name written twice the first counts;
 * gumbo, told to keep no errors, would join the second one's name with that
 * of the attribute behind it. */
static bool is_read(const struct html_token *token, uint32_t i)
{
    const struct html_tag_attribute *a = &token->attribute[i];

    if (!is_named(a, "colspan") && !is_named(a, "rowspan") &&
        !is_named(a, "hidden") &&
        !(is_named(a, "style") && is_look(a->value)) &&
        !(is_picture(token->tag) && is_of_picture(a)))
        return false;
    while (i-- > 0)
        if (is_same_name(token->attribute[i].name, a->name))
            return false;
    return true;
}

/* Copy a tag without what nobody reads; how many attributes it keeps. */
static uint32_t slim_tag(struct html_slim *s, const struct html_token *token)
{
    uint32_t kept_n = 0;
    size_t len = 1 + token->name.len + (token->closed ? 2 : 0) + 1;

    for (uint32_t i = 0; i < token->attribute_n; i++)
        if (is_read(token, i)) {
            len += 1 + token->attribute[i].whole.len;
            s->kept[kept_n++] = i;
        }
    if (kept_n == token->attribute_n || len > token->whole.len) {
        put(s, token->whole.p, token->whole.len);
        return token->attribute_n;
    }
    put(s, "<", 1);
    put(s, token->name.p, token->name.len);
    for (uint32_t i = 0; i < kept_n; i++) {
        const struct html_tag_attribute *a = &token->attribute[s->kept[i]];

        put(s, " ", 1);
        put(s, a->whole.p, a->whole.len);
    }
    if (token->closed)
        put(s, " /", 2);
    put(s, ">", 1);
    return kept_n;
}

/* ---- spans ------------------------------------------------------------- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Would text that ends at offset `n` of the copy mean something else when
 * `next` stood right behind it?  A character reference, a tag, a line end
 * could come of it, or one number of two (see near_text). */
static bool would_join(const struct html_slim *s, size_t n, char next)
{
    char last;

    if (n == 0 || next == '<')
        return false;
    last = s->out[n - 1];
    if (last == '<' || last == '\r' || last == '&')
        return true;
    if ((is_digit(last) || last == ';') && (is_digit(next) || next == '&'))
        return true;
    while (n && (is_digit(s->out[n - 1]) || is_letter(s->out[n - 1]) ||
                    s->out[n - 1] == '#'))
        n--;
    return n && s->out[n - 1] == '&';
}

/* Word's empty mark of a paragraph. */
static bool is_mark(const struct html_token *token)
{
    return token->tag == GUMBO_TAG_UNKNOWN && token->name.len == 3 &&
           strncasecmp(token->name.p, "o:p", 3) == 0;
}

static bool is_span(const struct html_token *token)
{
    return token->tag == GUMBO_TAG_SPAN || is_mark(token);
}

/* The start tag of a span stands in the copy, as short as it gets. */
static void open_span(
    struct html_slim *s, const struct html_token *token, size_t at)
{
    if (s->open_n == HTML_SLIM_OPEN_MAX)
        s->open_n = 0;
    s->open[s->open_n++] = (struct html_slim_open){
        .tag = token->tag, .at = at, .text = s->n, .fresh = s->fresh
    };
    s->fresh = true;
}

/* Is the text of the innermost open span as good without it? */
static bool is_useless(
    const struct html_slim *s, const struct html_slim_open *open, char next)
{
    if (s->n == open->text)
        return open->fresh && !would_join(s, open->at, next);
    return !would_join(s, open->at, s->out[open->text]) &&
           !would_join(s, s->n, next);
}

/* An end tag: does it end the innermost open span, and take it away? */
static bool drop_span(struct html_slim *s, const struct html_token *token)
{
    const char *behind = token->whole.p + token->whole.len;
    char next = '<';
    const struct html_slim_open *open;

    if (s->open_n == 0)
        return false;
    open = &s->open[s->open_n - 1];
    if (open->tag != token->tag || !is_span(token))
        return false;
    pass(s, token);
    if (behind < s->end)
        next = *behind;
    if (!is_useless(s, open, next)) {
        put(s, token->whole.p, token->whole.len);
        return false;
    }
    memmove(s->out + open->at, s->out + open->text, s->n - open->text);
    s->n -= open->text - open->at;
    s->open_n--;
    return true;
}

/* ---- text -------------------------------------------------------------- */

static bool is_white(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* One of the white space in a row is enough, unless it may be shown. */
static void slim_text(struct html_slim *s, const struct html_token *token)
{
    const char *p = token->whole.p, *end = p + token->whole.len;

    if (s->keeps_white)
        return;
    for (; p + 1 < end; p++) {
        const char *row = p + 1;

        if (!is_white(*p) || !is_white(*row))
            continue;
        while (row < end && is_white(*row))
            row++;
        put(s, s->from, (size_t)(p + 1 - s->from));
        s->from = row;
        p = row - 1;
    }
}

/* ---- tokens ------------------------------------------------------------ */

/* A token that no span to be dropped may hold. */
static void other(struct html_slim *s)
{
    s->open_n = 0;
    s->fresh = false;
}

static bool may_keep_white(const struct html_token *token)
{
    if (token->tag == GUMBO_TAG_PRE || token->tag == GUMBO_TAG_LISTING)
        return true;
    for (uint32_t i = 0; i < token->attribute_n; i++)
        if (is_named(&token->attribute[i], "style") &&
            is_look(token->attribute[i].value))
            return true;
    return false;
}

static void start_tag(struct html_slim *s, const struct html_token *token)
{
    uint32_t kept_n;
    size_t at;

    s->keeps_white = s->keeps_white || may_keep_white(token);
    if (needs_attributes(token->tag)) {
        other(s);
        return;
    }
    pass(s, token);
    at = s->n;
    kept_n = slim_tag(s, token);
    if (is_span(token) && kept_n == 0 && !s->keeps_white &&
        s->mode.is == HTML_IN_BODY)
        open_span(s, token, at);
    else
        other(s);
}

static void end_tag(struct html_slim *s, const struct html_token *token)
{
    if (!drop_span(s, token))
        other(s);
}

static void text(struct html_slim *s, const struct html_token *token)
{
    if (token->whole.len && token->whole.p[0] == '<') {
        other(s);
        return;
    }
    s->fresh = true;
    slim_text(s, token);
}

void html_slim_token(struct html_slim *s, const struct html_token *token)
{
    html_mode_token(&s->mode, token);
    switch (token->kind) {
    case HTML_START:
        start_tag(s, token);
        return;
    case HTML_END:
        end_tag(s, token);
        return;
    case HTML_TEXT:
        text(s, token);
        return;
    case HTML_COMMENT:
        other(s);
        if (token->whole.len <= sizeof(comment) - 1)
            return;
        pass(s, token);
        put(s, comment, sizeof(comment) - 1);
        return;
    case HTML_RAW:
        other(s);
        if (token->tag == GUMBO_TAG_SCRIPT || token->tag == GUMBO_TAG_STYLE)
            pass(s, token);
        return;
    }
}

struct slice html_slim_end(struct html_slim *s, struct slice page)
{
    if (!s->out)
        return page;
    put(s, s->from, (size_t)(s->end - s->from));
    return (struct slice){ s->out, s->n };
}
