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

#include <strings.h>

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
    struct slice left; /* from the byte behind the last '<' on */
    struct err *err;
    uint32_t depth;
    uint32_t open_n[GUMBO_TAG_LAST + 1]; /* open elements by tag */
    uint16_t open[LIMIT_OPEN_ELEMENTS];
    bool endless[GUMBO_TAG_LAST + 1]; /* no end tag of it is left */
    bool refused;
};

static bool is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_white(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static void refuse(
    struct scan *s, const char *code, const char *what, uint32_t max)
{
    err_set(s->err, ERR_LIMIT, "%s: more than %u %s", code, max, what);
    s->refused = true;
    s->left.len = 0;
}

/* ---- open elements ----------------------------------------------------- */

static void pop(struct scan *s)
{
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

/* ---- tags -------------------------------------------------------------- */

/* Go on behind the first `mark`, or to the end. */
static void skip_past(struct scan *s, const char *mark)
{
    ptrdiff_t at = slice_find(s->left, slice_str(mark));

    s->left =
        slice_from(s->left, at < 0 ? s->left.len : (size_t)at + strlen(mark));
}

static void skip_comment(struct scan *s)
{
    s->left = slice_from(s->left, 3); /* !-- */
    if (slice_starts(s->left, SLICE_LIT(">")) ||
        slice_starts(s->left, SLICE_LIT("->")))
        return;
    skip_past(s, "-->");
}

/* Go on at the end tag of `tag`, or stay when there is none. */
static void skip_raw(
    struct scan *s, GumboTag tag, const char *name, size_t name_len)
{
    struct slice at = s->left;

    while (!s->endless[tag]) {
        ptrdiff_t hit = slice_find(at, SLICE_LIT("</"));

        if (hit < 0) {
            s->endless[tag] = true;
            return;
        }
        at = slice_from(at, (size_t)hit + 2);
        if (at.len > name_len && strncasecmp(at.p, name, name_len) == 0 &&
            (is_white(at.p[name_len]) || at.p[name_len] == '/' ||
                at.p[name_len] == '>')) {
            s->left = at;
            return;
        }
    }
}

static void skip_white(struct scan *s)
{
    size_t i = 0;

    while (i < s->left.len && (is_white(s->left.p[i]) || s->left.p[i] == '/'))
        i++;
    s->left = slice_from(s->left, i);
}

static void skip_value(struct scan *s)
{
    char quote;
    size_t i = 0;

    s->left = slice_from(s->left, 1); /* = */
    while (i < s->left.len && is_white(s->left.p[i]))
        i++;
    s->left = slice_from(s->left, i);
    if (s->left.len == 0)
        return;
    quote = s->left.p[0];
    if (quote == '"' || quote == '\'') {
        const char *end_quote = memchr(s->left.p + 1, quote, s->left.len - 1);
        s->left = slice_from(s->left,
            end_quote ? (size_t)(end_quote - s->left.p) + 1 : s->left.len);
        return;
    }
    for (i = 0; i < s->left.len; i++)
        if (is_white(s->left.p[i]) || s->left.p[i] == '>')
            break;
    s->left = slice_from(s->left, i);
}

/* The attributes up to '>'; true when the tag closes itself. */
static bool skip_attributes(struct scan *s)
{
    const char *before = NULL;
    uint32_t n = 0;

    for (;;) {
        size_t i = 0;

        before = s->left.p;
        skip_white(s);
        if (s->left.len == 0)
            return false;
        if (s->left.p[0] == '>')
            return s->left.p > before && s->left.p[-1] == '/';
        if (++n > LIMIT_TAG_ATTRIBUTES) {
            refuse(s, "reader.attributes", "attributes on one tag",
                LIMIT_TAG_ATTRIBUTES);
            return false;
        }
        /* A name may begin with '='. */
        for (i = 1; i < s->left.len; i++)
            if (is_white(s->left.p[i]) || char_is_one_of(s->left.p[i], "/>="))
                break;
        s->left = slice_from(s->left, i);
        skip_white(s);
        if (s->left.len && s->left.p[0] == '=')
            skip_value(s);
    }
}

static void scan_tag(struct scan *s)
{
    bool is_end = s->left.p[0] == '/';
    struct slice name = slice_from(s->left, is_end);
    size_t len = 0;
    GumboTag tag;
    bool closed;

    while (len < name.len && !is_white(name.p[len]) && name.p[len] != '/' &&
           name.p[len] != '>')
        len++;
    s->left = slice_from(name, len);
    tag = gumbo_tagn_enum(name.p, (unsigned)len);
    closed = skip_attributes(s);
    if (s->refused)
        return;
    if (is_end) {
        end(s, tag);
        return;
    }
    start(s, tag, closed);
    if (classes[tag] == CLASS_RAW && !s->open_n[GUMBO_TAG_SVG])
        skip_raw(s, tag, name.p, len);
}

int html_scan(struct slice in, struct err *err)
{
    struct scan s = { .left = in, .err = err };

    while (s.left.len) {
        const char *hit = memchr(s.left.p, '<', s.left.len);

        if (!hit)
            break;
        s.left = slice_from(s.left, (size_t)(hit - s.left.p) + 1);
        if (s.left.len == 0)
            break;
        if (slice_starts(s.left, SLICE_LIT("!--")))
            skip_comment(&s);
        else if (s.left.p[0] == '!' || s.left.p[0] == '?')
            skip_past(&s, ">");
        else if (is_alpha(s.left.p[0]) ||
                 (s.left.p[0] == '/' && s.left.len > 1 &&
                     is_alpha(s.left.p[1])))
            scan_tag(&s);
    }
    return s.refused ? -1 : 0;
}
