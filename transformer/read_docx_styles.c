/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_docx_styles - headings and numbers that styles give.
 *
 * ECMA-376 part 1, 17.7.  Some programs write headings without an outline
 * level, so the built-in names ("heading 1") count as well.
 */
#include "transformer/read_docx.h"

#include <stdlib.h>
#include <strings.h>

/* How many styles may be based on each other before it looks like a loop. */
#define BASED_ON_MAX 32

/* ---- reading ----------------------------------------------------------------
 */

static struct docx_style *add(struct docx_styles *s)
{
    if (s->style_n == s->style_cap) {
        uint32_t cap = s->style_cap ? s->style_cap * 2 : 64;
        struct docx_style *more = arena_alloc_n(s->arena, cap, sizeof(*more));

        if (s->style_n)
            memcpy(more, s->style, s->style_n * sizeof(*more));
        s->style = more;
        s->style_cap = cap;
    }
    return &s->style[s->style_n++];
}

static void open_style(struct xml_walk *w, const char *const *attributes)
{
    struct docx_styles *s = w->to;
    const char *type = xml_attribute(attributes, XML_NS_W, "type");
    const char *id = xml_attribute(attributes, XML_NS_W, "styleId");

    s->open = NULL;
    if (!id || (type && strcmp(type, "paragraph") != 0 &&
                   strcmp(type, "character") != 0)) {
        xml_skip(w);
        return;
    }
    if (s->style_n == LIMIT_STYLES) {
        s->too_many = true;
        xml_stop(w);
        return;
    }
    s->open = add(s);
    s->open->id = arena_slice(s->arena, slice_str(id));
}

/* What the built-in names of styles say. */
static void read_name(struct docx_style *style, const char *name)
{
    if (strncasecmp(name, "toc ", 4) == 0)
        style->is_toc = true;
    if (style->look.has_heading)
        return;
    if (strncasecmp(name, "heading ", 8) == 0 && name[8] >= '1' &&
        name[8] <= '9' && name[9] == '\0') {
        style->look.heading = name[8] <= '6' ? (uint32_t)(name[8] - '0') : 0;
        style->look.has_heading = true;
    } else if (strcasecmp(name, "title") == 0) {
        style->look.heading = 1;
        style->look.has_heading = true;
    }
}

static void open_element(struct xml_walk *w, enum xml_ns ns, const char *name,
    const char *const *attributes)
{
    struct docx_styles *s = w->to;
    const char *value = xml_attribute(attributes, XML_NS_W, "val");

    if (ns == XML_NS_MC && strcmp(name, "Choice") == 0)
        xml_skip(w);
    if (ns != XML_NS_W)
        return;
    if (strcmp(name, "style") == 0) {
        open_style(w, attributes);
        return;
    }
    if (!s->open)
        return;
    if (strcmp(name, "tblStylePr") == 0 || strcmp(name, "pPrChange") == 0 ||
        strcmp(name, "rPrChange") == 0)
        xml_skip(w);
    else if (strcmp(name, "name") == 0 && value)
        read_name(s->open, value);
    else if (strcmp(name, "basedOn") == 0 && value)
        s->open->based_on = arena_slice(s->arena, slice_str(value));
    else if (!docx_look_read(&s->open->look, name, value))
        docx_run_look_read(&s->open->run, name, value);
}

static void close_element(struct xml_walk *w, enum xml_ns ns, const char *name)
{
    struct docx_styles *s = w->to;

    if (ns == XML_NS_W && strcmp(name, "style") == 0)
        s->open = NULL;
}

static int compare_styles(const void *a, const void *b)
{
    const struct docx_style *x = a, *y = b;
    size_t len = x->id.len < y->id.len ? x->id.len : y->id.len;
    int order = len ? memcmp(x->id.p, y->id.p, len) : 0;

    return order ? order : (x->id.len > y->id.len) - (x->id.len < y->id.len);
}

int docx_styles_read(struct docx_styles *s, struct zip_package *z,
    struct slice name, struct arena *arena, struct err *err)
{
    static const struct xml_calls calls = { open_element, close_element, NULL };

    *s = (struct docx_styles){ .arena = arena };
    if (xml_walk(z, name, &calls, s, err) < 0)
        return -1;
    if (s->too_many)
        return err_set(
            err, ERR_LIMIT, "reader.size: more than %u styles", LIMIT_STYLES);
    if (s->style_n)
        qsort(s->style, s->style_n, sizeof(*s->style), compare_styles);
    return 0;
}

/* ---- asking
 * ------------------------------------------------------------------ */

bool docx_look_read(struct docx_look *look, const char *name, const char *value)
{
    if (strcmp(name, "outlineLvl") == 0) {
        uint32_t level = xml_number(value, 9, 9);

        look->heading = level < 6 ? level + 1 : 0;
        look->has_heading = true;
    } else if (strcmp(name, "numId") == 0) {
        look->num = xml_number(value, UINT32_MAX, 0);
        look->has_num = true;
    } else if (strcmp(name, "ilvl") == 0) {
        look->level = xml_number(value, DOCX_LEVELS - 1, 0);
        look->has_level = true;
    } else {
        return false;
    }
    return true;
}

static void say(struct docx_run_look *look, enum docx_trait trait, bool holds)
{
    look->said |= trait;
    look->holds = holds ? look->holds | trait : look->holds & ~(unsigned)trait;
}

void docx_run_look_read(
    struct docx_run_look *look, const char *name, const char *value)
{
    if (strcmp(name, "vanish") == 0)
        say(look, DOCX_HIDDEN, xml_is_on(value, true));
    else if (strcmp(name, "strike") == 0)
        say(look, DOCX_STRUCK, xml_is_on(value, true));
    else if (strcmp(name, "dstrike") == 0)
        say(look, DOCX_STRUCK_TWICE, xml_is_on(value, true));
    else if (strcmp(name, "vertAlign") == 0 && value)
        say(look, DOCX_RAISED, strcmp(value, "baseline") != 0);
}

const struct docx_style *docx_style_find(
    const struct docx_styles *s, struct slice id)
{
    struct docx_style key = { .id = id };

    if (!s->style_n || !id.len)
        return NULL;
    return bsearch(
        &key, s->style, s->style_n, sizeof(*s->style), compare_styles);
}

struct docx_run_look docx_run_look_of(
    const struct docx_styles *s, const struct docx_style *style)
{
    struct docx_run_look look = { .said = 0 };

    for (int i = 0; style && i < BASED_ON_MAX; i++) {
        look.holds |= style->run.holds & ~look.said;
        look.said |= style->run.said;
        style = docx_style_find(s, style->based_on);
    }
    return look;
}

void docx_run_look_on(struct docx_run_look *look, struct docx_run_look style)
{
    unsigned toggles = style.holds & (DOCX_HIDDEN | DOCX_STRUCK);
    unsigned others = style.said & (DOCX_RAISED | DOCX_STRUCK_TWICE);

    look->holds ^= toggles;
    look->holds = (look->holds & ~others) | (style.holds & others);
}

void docx_look_complete(const struct docx_styles *s,
    const struct docx_style *style, struct docx_look *look)
{
    for (int i = 0; style && i < BASED_ON_MAX; i++) {
        if (!look->has_heading && style->look.has_heading) {
            look->heading = style->look.heading;
            look->has_heading = true;
        }
        if (!look->has_num && style->look.has_num) {
            look->num = style->look.num;
            look->has_num = true;
            if (!look->has_level && style->look.has_level) {
                look->level = style->look.level;
                look->has_level = true;
            }
        }
        style = docx_style_find(s, style->based_on);
    }
}
