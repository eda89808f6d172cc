/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_html_slim - leaves out what gumbo would read for nobody.
 *
 * Most of a page that a word processor exported is styles, and gumbo takes
 * each letter of them through its states.  The copy has every token of the
 * page in its place, so that the same tree grows from it; only attributes
 * that nothing looks at, the text of comments, and scripts are gone.  Tags
 * whose attributes count in building the tree stay as they are: gumbo
 * compares those of formatting elements and gathers those of <html>.
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
    return a->name.len == strlen(name) &&
           strncasecmp(a->name.p, name, a->name.len) == 0;
}

static bool begins(struct slice s, const char *word)
{
    size_t len = strlen(word);

    return s.len >= len && strncasecmp(s.p, word, len) == 0;
}

/* Does a style say how an element is displayed, maybe in entities? */
static bool is_look(struct slice style)
{
    for (; style.len; style = slice_skip(style, 1))
        switch (style.p[0]) {
        case '&':
            return true;
        case 'd':
        case 'D':
            if (begins(style, "display"))
                return true;
            break;
        case 'w':
        case 'W':
            if (begins(style, "white-space"))
                return true;
            break;
        default:
            break;
        }
    return false;
}

/* Is attribute `i` looked at?  Of a name written twice the first counts. */
static bool is_read(const struct html_token *token, uint32_t i)
{
    const struct html_tag_attribute *a = &token->attribute[i];

    if (is_named(a, "colspan") || is_named(a, "rowspan") ||
        is_named(a, "hidden"))
        return true;
    if (!is_named(a, "style") || !is_look(a->value))
        return false;
    while (i-- > 0)
        if (is_named(&token->attribute[i], "style"))
            return false;
    return true;
}

static void slim_tag(struct html_slim *s, const struct html_token *token)
{
    uint32_t kept_n = 0;
    size_t len = 1 + token->name.len + (token->closed ? 2 : 0) + 1;

    for (uint32_t i = 0; i < token->attribute_n; i++)
        if (is_read(token, i)) {
            len += 1 + token->attribute[i].whole.len;
            s->kept[kept_n++] = i;
        }
    if (kept_n == token->attribute_n || len > token->whole.len)
        return;
    pass(s, token);
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
}

void html_slim_token(struct html_slim *s, const struct html_token *token)
{
    switch (token->kind) {
    case HTML_START:
        if (!needs_attributes(token->tag))
            slim_tag(s, token);
        return;
    case HTML_COMMENT:
        if (token->whole.len <= sizeof(comment) - 1)
            return;
        pass(s, token);
        put(s, comment, sizeof(comment) - 1);
        return;
    case HTML_RAW:
        if (token->tag == GUMBO_TAG_SCRIPT || token->tag == GUMBO_TAG_STYLE)
            pass(s, token);
        return;
    case HTML_TEXT:
    case HTML_END:
        return;
    }
}

struct slice html_slim_end(struct html_slim *s, struct slice page)
{
    if (!s->out)
        return page;
    put(s, s->from, (size_t)(page.p + page.len - s->from));
    return (struct slice){ s->out, s->n };
}
