/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_xlsx_book - what all sheets share: texts, styles, their order.
 */
#include "transformer/read_xlsx.h"

#include "common/limits.h"
#include "transformer/struck.h"

/* Formats and borders of a book; Excel itself allows 65,490 styles. */
#define STYLES_MAX 65536u
#define STRINGS_MAX 1000000u

void xlsx_book_init(struct xlsx_book *b, struct arena *arena)
{
    *b = (struct xlsx_book){ .arena = arena };
    buf_init(&b->text, LIMIT_TREE_BYTES);
}

void xlsx_book_clear(struct xlsx_book *b)
{
    buf_clear(&b->text);
}

/* ---- arrays
 * --------------------------------------------------------------------- */

/* Room for one more element: the array, or NULL past `max`. */
static void *room(struct xlsx_book *b, void *array, uint32_t n, uint32_t *cap,
    size_t size, uint32_t max, const char *what)
{
    void *more;

    if (n >= max) {
        b->trouble = what;
        return NULL;
    }
    if (n < *cap)
        return array;
    *cap = *cap ? *cap * 2 : 64;
    more = arena_alloc_n(b->arena, *cap, size);
    if (n)
        memcpy(more, array, n * size);
    return more;
}

/* ---- workbook
 * -------------------------------------------------------------------- */

static void open_workbook(struct xml_walk *w, enum xml_ns ns, const char *name,
    const char *const *attributes)
{
    struct xlsx_book *b = w->to;
    const char *id, *state;

    if (ns == XML_NS_MC && strcmp(name, "Choice") == 0)
        xml_skip(w);
    if (ns != XML_NS_S)
        return;
    if (strcmp(name, "workbook") == 0)
        b->begun = true;
    if (strcmp(name, "workbookPr") == 0)
        b->from_1904 = xml_is_on(
            xml_attribute(attributes, XML_NS_NONE, "date1904"), false);
    if (strcmp(name, "sheet") != 0)
        return;
    id = xml_attribute(attributes, XML_NS_R, "id");
    state = xml_attribute(attributes, XML_NS_NONE, "state");
    if (b->sheet_n == LIMIT_SHEETS) {
        b->trouble = "sheets";
        xml_stop(w);
        return;
    }
    if (!b->sheet)
        b->sheet = arena_alloc_n(b->arena, LIMIT_SHEETS, sizeof(*b->sheet));
    b->sheet[b->sheet_n++] = (struct xlsx_sheet_name){
        arena_slice(b->arena, slice_str(id ? id : "")),
        state && strcmp(state, "visible") != 0,
    };
}

/* ---- shared texts
 * ------------------------------------------------------------------- */

/* The value of four hexadecimal digits, or -1. */
static long hex4(const char *p)
{
    long value = 0;

    for (int i = 0; i < 4; i++) {
        char c = (char)(p[i] | 0x20);

        if (p[i] >= '0' && p[i] <= '9')
            value = value * 16 + (p[i] - '0');
        else if (c >= 'a' && c <= 'f')
            value = value * 16 + (c - 'a' + 10);
        else
            return -1;
    }
    return value;
}

void xlsx_text_add(struct buf *out, struct slice s)
{
    size_t i = 0;

    while (i < s.len) {
        long c = -1;

        if (s.p[i] == '_' && s.len - i >= 7 && s.p[i + 1] == 'x' &&
            s.p[i + 6] == '_')
            c = hex4(s.p + i + 2);
        if (c < 0) {
            buf_add_char(out, s.p[i++]);
            continue;
        }
        /* Only what XML cannot hold is written so, and '_' itself. */
        if (c == '_' || c == '\n' || c == '\t')
            buf_add_char(out, (char)c);
        i += 7;
    }
}

void xlsx_run_begin(struct xlsx_run *r)
{
    *r = (struct xlsx_run){ .is_raised = false };
}

void xlsx_run_open(
    struct xlsx_run *r, const char *name, const char *const *attributes)
{
    const char *value = xml_attribute(attributes, XML_NS_NONE, "val");

    if (strcmp(name, "r") == 0)
        r->is_raised = r->is_struck = false;
    else if (strcmp(name, "vertAlign") == 0)
        r->is_raised = value && strcmp(value, "baseline") != 0;
    else if (strcmp(name, "strike") == 0)
        r->is_struck = xml_is_on(value, true);
}

void xlsx_run_add(struct xlsx_run *r, struct buf *out, struct slice s)
{
    size_t from = out->len;

    buf_add_slice(out, s);
    if (r->is_struck)
        struck_take(out, from);
    raised_take(&r->raised, out, from, r->is_raised);
}

static void open_string(struct xml_walk *w, enum xml_ns ns, const char *name,
    const char *const *attributes)
{
    struct xlsx_book *b = w->to;

    if (ns != XML_NS_S)
        return;
    if (strcmp(name, "rPh") == 0) {
        xml_skip(w); /* how it is spoken */
    } else if (strcmp(name, "si") == 0) {
        buf_reset(&b->text);
        xlsx_run_begin(&b->run);
        b->in_item = true;
    } else if (strcmp(name, "t") == 0) {
        b->in_text = b->in_item;
    } else {
        xlsx_run_open(&b->run, name, attributes);
    }
}

static void close_string(struct xml_walk *w, enum xml_ns ns, const char *name)
{
    struct xlsx_book *b = w->to;
    struct slice *more;

    if (ns != XML_NS_S)
        return;
    if (strcmp(name, "t") == 0)
        b->in_text = false;
    if (strcmp(name, "si") != 0)
        return;
    b->in_item = false;
    more = room(b, b->string, b->string_n, &b->string_cap, sizeof(*more),
        STRINGS_MAX, "texts");
    b->text_total += b->text.len;
    if (b->text_total > LIMIT_TREE_BYTES || b->text.failed)
        b->trouble = "bytes of texts";
    if (b->trouble) {
        xml_stop(w);
        return;
    }
    b->string = more;
    b->string[b->string_n++] = arena_slice(b->arena, buf_slice(&b->text));
}

static void add_string_text(struct xml_walk *w, struct slice text)
{
    struct xlsx_book *b = w->to;

    if (b->in_text)
        xlsx_run_add(&b->run, &b->text, text);
}

/* ---- styles
 * ---------------------------------------------------------------------------
 */

static void add_border(struct xlsx_book *b)
{
    bool *more = room(b, b->border, b->border_n, &b->border_cap, sizeof(*more),
        STYLES_MAX, "borders");

    if (more) {
        b->border = more;
        b->border[b->border_n++] = false;
    }
}

static void add_font(struct xlsx_book *b)
{
    bool *more = room(b, b->font, b->font_n, &b->font_cap, sizeof(*more),
        STYLES_MAX, "fonts");

    if (more) {
        b->font = more;
        b->font[b->font_n++] = false;
    }
}

static void add_format(struct xlsx_book *b, const char *id, const char *code)
{
    struct xlsx_format_code *more = room(b, b->format, b->format_n,
        &b->format_cap, sizeof(*more), STYLES_MAX, "number formats");

    if (more && id && code) {
        b->format = more;
        b->format[b->format_n++] =
            (struct xlsx_format_code){ xml_number(id, UINT32_MAX, 0),
                arena_slice(b->arena, slice_str(code)) };
    }
}

static struct slice format_of(const struct xlsx_book *b, uint32_t id)
{
    for (uint32_t i = 0; i < b->format_n; i++)
        if (b->format[i].id == id)
            return slice_eq_str(b->format[i].code, "General")
                       ? (struct slice){ NULL, 0 }
                       : b->format[i].code;
    return sheet_builtin_format(id);
}

static void add_style(struct xlsx_book *b, const char *const *attributes)
{
    const char *format = xml_attribute(attributes, XML_NS_NONE, "numFmtId");
    const char *border = xml_attribute(attributes, XML_NS_NONE, "borderId");
    const char *font = xml_attribute(attributes, XML_NS_NONE, "fontId");
    struct xlsx_style *more = room(b, b->style, b->style_n, &b->style_cap,
        sizeof(*more), STYLES_MAX, "styles");

    if (!more)
        return;
    b->style = more;
    b->style[b->style_n++] = (struct xlsx_style){
        .format = format_of(b, xml_number(format, UINT32_MAX, 0)),
        .border = xml_number(border, UINT32_MAX, UINT32_MAX),
        .font = xml_number(font, UINT32_MAX, UINT32_MAX),
    };
}

static bool is_side(const char *name)
{
    static const char *const sides[] = { "left", "right", "start", "end", "top",
        "bottom" };

    for (size_t i = 0; i < sizeof(sides) / sizeof(sides[0]); i++)
        if (strcmp(name, sides[i]) == 0)
            return true;
    return false;
}

/* Formats, fonts and borders stand before the styles that use them (the order
 * of CT_Stylesheet); borders are looked up at the end all the same. */
static void open_style(struct xml_walk *w, enum xml_ns ns, const char *name,
    const char *const *attributes)
{
    struct xlsx_book *b = w->to;
    const char *line = xml_attribute(attributes, XML_NS_NONE, "style");

    if (ns == XML_NS_MC && strcmp(name, "Choice") == 0)
        xml_skip(w);
    if (ns != XML_NS_S)
        return;
    if (strcmp(name, "dxfs") == 0 || strcmp(name, "cellStyleXfs") == 0)
        xml_skip(w);
    else if (strcmp(name, "numFmt") == 0)
        add_format(b, xml_attribute(attributes, XML_NS_NONE, "numFmtId"),
            xml_attribute(attributes, XML_NS_NONE, "formatCode"));
    else if (strcmp(name, "border") == 0)
        add_border(b);
    else if (b->border_n && line && is_side(name) && strcmp(line, "none") != 0)
        b->border[b->border_n - 1] = true;
    else if (strcmp(name, "font") == 0)
        add_font(b);
    else if (b->font_n && strcmp(name, "strike") == 0)
        b->font[b->font_n - 1] =
            xml_is_on(xml_attribute(attributes, XML_NS_NONE, "val"), true);
    else if (strcmp(name, "cellXfs") == 0)
        b->in_cell_styles = true;
    else if (strcmp(name, "xf") == 0 && b->in_cell_styles)
        add_style(b, attributes);
    if (b->trouble)
        xml_stop(w);
}

static void close_style(struct xml_walk *w, enum xml_ns ns, const char *name)
{
    struct xlsx_book *b = w->to;

    if (ns == XML_NS_S && strcmp(name, "cellXfs") == 0)
        b->in_cell_styles = false;
}

static void finish_styles(struct xlsx_book *b)
{
    for (uint32_t i = 0; i < b->style_n; i++) {
        struct xlsx_style *style = &b->style[i];

        style->bordered =
            style->border < b->border_n && b->border[style->border];
        style->struck = style->font < b->font_n && b->font[style->font];
    }
}

/* ---- all
 * --------------------------------------------------------------------------------
 */

/* Read the part that the workbook uses as `type`, if there is one. */
static int read_part(struct xlsx_book *b, struct ooxml *o, const char *type,
    const struct xml_calls *calls, struct err *err)
{
    const struct ooxml_link *link = ooxml_find(o, type, NULL);

    if (!link || !zip_package_has(&o->zip, link->part))
        return 0;
    return xml_walk(&o->zip, link->part, calls, b, err);
}

int xlsx_book_read(struct xlsx_book *b, struct ooxml *o, struct err *err)
{
    static const struct xml_calls workbook = { .open = open_workbook };
    static const struct xml_calls styles = { open_style, close_style, NULL };
    static const struct xml_calls strings = { open_string, close_string,
        add_string_text };

    if (xml_walk(&o->zip, o->main, &workbook, b, err) < 0 ||
        read_part(b, o, "styles", &styles, err) < 0 ||
        read_part(b, o, "sharedStrings", &strings, err) < 0)
        return -1;
    if (b->trouble)
        return err_set(
            err, ERR_LIMIT, "reader.size: a book of too many %s", b->trouble);
    if (!b->begun)
        return err_set(err, ERR_INPUT, "reader.broken: %.*s is no workbook",
            (int)o->main.len, o->main.p);
    finish_styles(b);
    return 0;
}
