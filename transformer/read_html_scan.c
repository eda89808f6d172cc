/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_html_scan - refuses what would make gumbo slow, before it starts.
 *
 * gumbo compares each attribute of a tag with those before it and looks
 * through all open elements at most tags: 100,000 of either take minutes.
 * This scan keeps a stack of open elements that is close to gumbo's own:
 * elements that close themselves (void ones, and those whose end tag may be
 * left out) do not count.  It may err on odd markup; time limits hold then.
 */
#include "transformer/read_html.h"

#include <assert.h>

enum class {
    CLASS_ORDINARY, /* span, unknown elements */
    CLASS_FREE,     /* void, or ended by what follows it */
    CLASS_FORMAT,   /* b, font: may overlap others */
    CLASS_BLOCK,    /* an end tag inside does not reach past it */
    CLASS_SCOPE,    /* no end tag of what is outside reaches into it */
    CLASS_TABLE,
    CLASS_PART, /* td, tr, tbody: ends all that is open in its table */
    CLASS_RAW,  /* script, style: no tags inside */
};

static const unsigned char classes[GUMBO_TAG_LAST + 1] = {
    [GUMBO_TAG_A] = CLASS_FREE,
    [GUMBO_TAG_AREA] = CLASS_FREE,
    [GUMBO_TAG_BASE] = CLASS_FREE,
    [GUMBO_TAG_BODY] = CLASS_FREE,
    [GUMBO_TAG_BR] = CLASS_FREE,
    [GUMBO_TAG_BUTTON] = CLASS_FREE,
    [GUMBO_TAG_COL] = CLASS_FREE,
    [GUMBO_TAG_DD] = CLASS_FREE,
    [GUMBO_TAG_DT] = CLASS_FREE,
    [GUMBO_TAG_EMBED] = CLASS_FREE,
    [GUMBO_TAG_FRAME] = CLASS_FREE,
    [GUMBO_TAG_HEAD] = CLASS_FREE,
    [GUMBO_TAG_HR] = CLASS_FREE,
    [GUMBO_TAG_HTML] = CLASS_FREE,
    [GUMBO_TAG_IMG] = CLASS_FREE,
    [GUMBO_TAG_INPUT] = CLASS_FREE,
    [GUMBO_TAG_LI] = CLASS_FREE,
    [GUMBO_TAG_LINK] = CLASS_FREE,
    [GUMBO_TAG_META] = CLASS_FREE,
    [GUMBO_TAG_NOBR] = CLASS_FREE,
    [GUMBO_TAG_OPTGROUP] = CLASS_FREE,
    [GUMBO_TAG_OPTION] = CLASS_FREE,
    [GUMBO_TAG_P] = CLASS_FREE,
    [GUMBO_TAG_PARAM] = CLASS_FREE,
    [GUMBO_TAG_RP] = CLASS_FREE,
    [GUMBO_TAG_RT] = CLASS_FREE,
    [GUMBO_TAG_SELECT] = CLASS_FREE,
    [GUMBO_TAG_SOURCE] = CLASS_FREE,
    [GUMBO_TAG_TRACK] = CLASS_FREE,
    [GUMBO_TAG_WBR] = CLASS_FREE,
    [GUMBO_TAG_B] = CLASS_FORMAT,
    [GUMBO_TAG_BIG] = CLASS_FORMAT,
    [GUMBO_TAG_CODE] = CLASS_FORMAT,
    [GUMBO_TAG_EM] = CLASS_FORMAT,
    [GUMBO_TAG_FONT] = CLASS_FORMAT,
    [GUMBO_TAG_FORM] = CLASS_FORMAT, /* its end tag ends nothing else */
    [GUMBO_TAG_I] = CLASS_FORMAT,
    [GUMBO_TAG_S] = CLASS_FORMAT,
    [GUMBO_TAG_SMALL] = CLASS_FORMAT,
    [GUMBO_TAG_STRIKE] = CLASS_FORMAT,
    [GUMBO_TAG_STRONG] = CLASS_FORMAT,
    [GUMBO_TAG_TT] = CLASS_FORMAT,
    [GUMBO_TAG_U] = CLASS_FORMAT,
    [GUMBO_TAG_ADDRESS] = CLASS_BLOCK,
    [GUMBO_TAG_ARTICLE] = CLASS_BLOCK,
    [GUMBO_TAG_ASIDE] = CLASS_BLOCK,
    [GUMBO_TAG_BLOCKQUOTE] = CLASS_BLOCK,
    [GUMBO_TAG_CENTER] = CLASS_BLOCK,
    [GUMBO_TAG_DETAILS] = CLASS_BLOCK,
    [GUMBO_TAG_DIR] = CLASS_BLOCK,
    [GUMBO_TAG_DIV] = CLASS_BLOCK,
    [GUMBO_TAG_DL] = CLASS_BLOCK,
    [GUMBO_TAG_FIELDSET] = CLASS_BLOCK,
    [GUMBO_TAG_FIGURE] = CLASS_BLOCK,
    [GUMBO_TAG_FOOTER] = CLASS_BLOCK,
    [GUMBO_TAG_HEADER] = CLASS_BLOCK,
    [GUMBO_TAG_MAIN] = CLASS_BLOCK,
    [GUMBO_TAG_NAV] = CLASS_BLOCK,
    [GUMBO_TAG_OL] = CLASS_BLOCK,
    [GUMBO_TAG_PRE] = CLASS_BLOCK,
    [GUMBO_TAG_SECTION] = CLASS_BLOCK,
    [GUMBO_TAG_UL] = CLASS_BLOCK,
    [GUMBO_TAG_APPLET] = CLASS_SCOPE,
    [GUMBO_TAG_MARQUEE] = CLASS_SCOPE,
    [GUMBO_TAG_OBJECT] = CLASS_SCOPE,
    [GUMBO_TAG_TEMPLATE] = CLASS_SCOPE,
    [GUMBO_TAG_TABLE] = CLASS_TABLE,
    [GUMBO_TAG_CAPTION] = CLASS_PART,
    [GUMBO_TAG_COLGROUP] = CLASS_PART,
    [GUMBO_TAG_TBODY] = CLASS_PART,
    [GUMBO_TAG_TD] = CLASS_PART,
    [GUMBO_TAG_TFOOT] = CLASS_PART,
    [GUMBO_TAG_TH] = CLASS_PART,
    [GUMBO_TAG_THEAD] = CLASS_PART,
    [GUMBO_TAG_TR] = CLASS_PART,
    [GUMBO_TAG_SCRIPT] = CLASS_RAW,
    [GUMBO_TAG_STYLE] = CLASS_RAW,
};

struct scan {
    struct err *err;
    uint32_t depth;
    uint32_t open_n[GUMBO_TAG_LAST + 1]; /* open elements by tag */
    uint16_t open[LIMIT_OPEN_ELEMENTS];
    bool refused;
};

static void refuse(
    struct scan *s, const char *code, const char *what, uint32_t max)
{
    err_set(s->err, ERR_LIMIT, "%s: more than %u %s", code, max, what);
    s->refused = true;
}

/* ---- open elements ----------------------------------------------------- */

static void pop(struct scan *s)
{
    assert(s->depth > 0);
    s->open_n[s->open[--s->depth]]--;
}

static void pop_to_table(struct scan *s)
{
    if (!s->open_n[GUMBO_TAG_TABLE])
        return;
    while (classes[s->open[s->depth - 1]] != CLASS_TABLE)
        pop(s);
}

static void start(struct scan *s, GumboTag tag, bool closed)
{
    enum class class = classes[tag];

    if (class == CLASS_PART)
        pop_to_table(s);
    if (class == CLASS_FREE || class == CLASS_PART || class == CLASS_RAW)
        return;
    if (closed && (s->open_n[GUMBO_TAG_SVG] || s->open_n[GUMBO_TAG_MATH]))
        return;
    if (s->depth == LIMIT_OPEN_ELEMENTS) {
        refuse(s, "reader.depth", "open elements", LIMIT_OPEN_ELEMENTS);
        return;
    }
    s->open[s->depth++] = (uint16_t)tag;
    s->open_n[tag]++;
}

/* The open element that an end tag ends, counted from 1, or 0. */
static uint32_t find_open(const struct scan *s, GumboTag tag)
{
    bool block = classes[tag] == CLASS_BLOCK || classes[tag] == CLASS_SCOPE;

    if (!s->open_n[tag])
        return 0;
    for (uint32_t i = s->depth; i > 0; i--) {
        enum class class = classes[s->open[i - 1]];

        if (s->open[i - 1] == tag)
            return i;
        if (class == CLASS_TABLE || class == CLASS_SCOPE)
            return 0;
        if (class == CLASS_BLOCK && !block && classes[tag] != CLASS_FORMAT)
            return 0;
    }
    return 0;
}

static void end(struct scan *s, GumboTag tag)
{
    enum class class = classes[tag];
    uint32_t at;

    if (class == CLASS_PART) {
        pop_to_table(s);
        return;
    }
    if (class == CLASS_TABLE && s->open_n[tag]) {
        pop_to_table(s);
        pop(s);
        return;
    }
    at = find_open(s, tag);
    if (!at)
        return;
    if (class == CLASS_FORMAT) {
        /* Taken out alone; what overlaps it stays open. */
        s->open_n[tag]--;
        memmove(&s->open[at - 1], &s->open[at],
            (s->depth - at) * sizeof(s->open[0]));
        s->depth--;
        return;
    }
    while (s->depth >= at)
        pop(s);
}

/* ---- all of it --------------------------------------------------------- */

static void look(struct scan *s, const struct html_token *token)
{
    if (token->attribute_n > LIMIT_TAG_ATTRIBUTES)
        refuse(s, "reader.attributes", "attributes on one tag",
            LIMIT_TAG_ATTRIBUTES);
    else if (token->kind == HTML_START)
        start(s, token->tag, token->closed);
    else if (token->kind == HTML_END)
        end(s, token->tag);
}

int html_scan(
    struct slice in, struct arena *arena, struct slice *slim, struct err *err)
{
    struct scan s = { .err = err };
    struct html_tokens tokens;
    struct html_token token;
    struct html_slim copy;

    html_slim_init(&copy, in, arena);
    html_tokens_init(&tokens, in);
    while (!s.refused && html_tokens_next(&tokens, &token)) {
        look(&s, &token);
        if (s.open_n[GUMBO_TAG_SVG])
            tokens.raw.p = NULL; /* nothing is raw there */
        if (tokens.exact)
            html_slim_token(&copy, &token);
    }
    *slim = html_slim_end(&copy, in);
    return s.refused ? -1 : 0;
}
