/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_html_element - what an element and its attributes mean to a reader.
 */
#include "transformer/read_html.h"

#include <strings.h>

static const unsigned char kinds[GUMBO_TAG_LAST] = {
    [GUMBO_TAG_SCRIPT] = KIND_SKIP,
    [GUMBO_TAG_STYLE] = KIND_SKIP,
    [GUMBO_TAG_NOSCRIPT] = KIND_SKIP,
    [GUMBO_TAG_SELECT] = KIND_SKIP,
    [GUMBO_TAG_DATALIST] = KIND_SKIP,
    [GUMBO_TAG_TEMPLATE] = KIND_SKIP,
    [GUMBO_TAG_SVG] = KIND_SKIP,
    [GUMBO_TAG_ADDRESS] = KIND_BLOCK,
    [GUMBO_TAG_ARTICLE] = KIND_BLOCK,
    [GUMBO_TAG_ASIDE] = KIND_BLOCK,
    [GUMBO_TAG_BLOCKQUOTE] = KIND_BLOCK,
    [GUMBO_TAG_BODY] = KIND_BLOCK,
    [GUMBO_TAG_CENTER] = KIND_BLOCK,
    [GUMBO_TAG_DD] = KIND_BLOCK,
    [GUMBO_TAG_DETAILS] = KIND_BLOCK,
    [GUMBO_TAG_DIR] = KIND_BLOCK,
    [GUMBO_TAG_DIV] = KIND_BLOCK,
    [GUMBO_TAG_DT] = KIND_BLOCK,
    [GUMBO_TAG_FIELDSET] = KIND_BLOCK,
    [GUMBO_TAG_FIGCAPTION] = KIND_BLOCK,
    [GUMBO_TAG_FIGURE] = KIND_BLOCK,
    [GUMBO_TAG_FOOTER] = KIND_BLOCK,
    [GUMBO_TAG_FORM] = KIND_BLOCK,
    [GUMBO_TAG_HEADER] = KIND_BLOCK,
    [GUMBO_TAG_HGROUP] = KIND_BLOCK,
    [GUMBO_TAG_HR] = KIND_BLOCK,
    [GUMBO_TAG_LEGEND] = KIND_BLOCK,
    [GUMBO_TAG_MAIN] = KIND_BLOCK,
    [GUMBO_TAG_MENU] = KIND_BLOCK,
    [GUMBO_TAG_NAV] = KIND_BLOCK,
    [GUMBO_TAG_OL] = KIND_BLOCK,
    [GUMBO_TAG_P] = KIND_BLOCK,
    [GUMBO_TAG_SECTION] = KIND_BLOCK,
    [GUMBO_TAG_SUMMARY] = KIND_BLOCK,
    [GUMBO_TAG_UL] = KIND_BLOCK,
    [GUMBO_TAG_LI] = KIND_ITEM,
    [GUMBO_TAG_DL] = KIND_ITEM,
    [GUMBO_TAG_H1] = KIND_HEADING,
    [GUMBO_TAG_H2] = KIND_HEADING,
    [GUMBO_TAG_H3] = KIND_HEADING,
    [GUMBO_TAG_H4] = KIND_HEADING,
    [GUMBO_TAG_H5] = KIND_HEADING,
    [GUMBO_TAG_H6] = KIND_HEADING,
    [GUMBO_TAG_PRE] = KIND_PRE,
    [GUMBO_TAG_LISTING] = KIND_PRE,
    [GUMBO_TAG_XMP] = KIND_PRE,
    [GUMBO_TAG_PLAINTEXT] = KIND_PRE,
    [GUMBO_TAG_BR] = KIND_BREAK,
    [GUMBO_TAG_TABLE] = KIND_TABLE,
    [GUMBO_TAG_THEAD] = KIND_GROUP,
    [GUMBO_TAG_TBODY] = KIND_GROUP,
    [GUMBO_TAG_TFOOT] = KIND_GROUP,
    [GUMBO_TAG_TR] = KIND_ROW,
    [GUMBO_TAG_TD] = KIND_CELL,
    [GUMBO_TAG_TH] = KIND_CELL,
    [GUMBO_TAG_CAPTION] = KIND_CAPTION,
    [GUMBO_TAG_A] = KIND_ANCHOR,
    [GUMBO_TAG_AREA] = KIND_ANCHOR,
    [GUMBO_TAG_IFRAME] = KIND_FRAME,
    [GUMBO_TAG_FRAME] = KIND_FRAME,
    [GUMBO_TAG_EMBED] = KIND_FRAME,
    [GUMBO_TAG_OBJECT] = KIND_FRAME,
    [GUMBO_TAG_IMG] = KIND_PICTURE,
    [GUMBO_TAG_SUP] = KIND_RAISED,
    [GUMBO_TAG_SUB] = KIND_RAISED,
    [GUMBO_TAG_S] = KIND_STRUCK,
    [GUMBO_TAG_STRIKE] = KIND_STRUCK,
    [GUMBO_TAG_DEL] = KIND_STRUCK,
    [GUMBO_TAG_TITLE] = KIND_TITLE,
    [GUMBO_TAG_META] = KIND_META,
    [GUMBO_TAG_BASE] = KIND_BASE,
    [GUMBO_TAG_UNKNOWN] = KIND_UNKNOWN,
};

struct slice html_attribute(const GumboElement *e, const char *name)
{
    const GumboAttribute *a = gumbo_get_attribute(&e->attributes, name);

    return slice_str(a ? a->value : NULL);
}

uint32_t html_attribute_number(
    const GumboElement *e, const char *name, uint32_t otherwise)
{
    struct slice s = slice_trim(html_attribute(e, name));
    uint32_t v = 0;

    if (s.len && s.p[0] == '+')
        s = slice_from(s, 1);
    if (s.len == 0 || s.p[0] < '0' || s.p[0] > '9')
        return otherwise;
    for (; s.len && s.p[0] >= '0' && s.p[0] <= '9'; s = slice_from(s, 1))
        if (v < 100000000)
            v = v * 10 + (uint32_t)(s.p[0] - '0');
    return v;
}

static bool value_is(const char *p, const char *property, const char *value)
{
    size_t len = strlen(property);

    if (strncasecmp(p, property, len) != 0)
        return false;
    p += len;
    p += strspn(p, " \t\r\n");
    if (*p != ':')
        return false;
    p++;
    p += strspn(p, " \t\r\n");
    return strncasecmp(p, value, strlen(value)) == 0;
}

/* text-decoration and text-decoration-line have several values. */
static bool strikes(const char *p)
{
    static const char property[] = "text-decoration", value[] = "line-through";
    size_t len = strcspn(p, ";");

    if (strncasecmp(p, property, strlen(property)) != 0)
        return false;
    for (size_t i = strlen(property); i + strlen(value) <= len; i++)
        if (strncasecmp(p + i, value, strlen(value)) == 0)
            return true;
    return false;
}

/* The declarations of a style attribute that change what is read. */
static void read_style(const char *p, struct html_look *look)
{
    while (p) {
        p += strspn(p, " \t\r\n;");
        look->hidden |= value_is(p, "display", "none");
        look->pre |= value_is(p, "white-space", "pre");
        look->raised |= value_is(p, "vertical-align", "super") ||
                        value_is(p, "vertical-align", "sub");
        look->struck |= strikes(p);
        p = strchr(p, ';');
    }
}

struct html_look html_look_of(const GumboElement *e)
{
    struct html_look look = { .hidden = false };

    for (unsigned i = 0; i < e->attributes.length; i++) {
        const GumboAttribute *a = e->attributes.data[i];

        if (strcmp(a->name, "style") == 0)
            read_style(a->value, &look);
        else if (strcmp(a->name, "hidden") == 0)
            look.hidden = true;
    }
    return look;
}

enum html_kind html_kind(const GumboElement *e)
{
    /* SVG has titles and styles of its own; none of it is the report's. */
    return e->tag_namespace == GUMBO_NAMESPACE_SVG ? KIND_SKIP : kinds[e->tag];
}
