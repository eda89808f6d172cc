/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_ofd_page - the objects of a page, its templates and groups to runs
 * and rulings (GB/T 33190-2016, 7.7, 8.5, 13).
 *
 * Parts are walked through once each; what they refer to is noted and walked
 * through after them, so that nothing here nests.  Invisible objects are
 * left out, and what is painted over; clips are not followed.
 */
#include "transformer/read_ofd.h"

#include <math.h>

#include "common/limits.h"

#define POINTS_PER_MM (72.0 / 25.4)

/* ---- objects --------------------------------------------------------------
 */

static const char *attribute(const char *const *attributes, const char *name)
{
    return xml_attribute(attributes, XML_NS_NONE, name);
}

static bool is_visible(const char *const *attributes)
{
    const char *visible = attribute(attributes, "Visible");

    if (visible && (strcmp(visible, "false") == 0 || strcmp(visible, "0") == 0))
        return false;
    return ofd_number(attribute(attributes, "Alpha"), 255) > 0;
}

/* Object space to points of the page: the object's matrix, the corner of
 * its boundary, what is around it. */
static struct ofd_matrix matrix_of(
    const struct ofd_page *p, const char *const *attributes)
{
    struct ofd_matrix m = { .a = 1, .d = 1 };
    double of[6];

    if (ofd_numbers(attribute(attributes, "CTM"), of, 6))
        m = (struct ofd_matrix){ of[0], of[1], of[2], of[3], of[4], of[5] };
    if (ofd_numbers(attribute(attributes, "Boundary"), of, 4)) {
        m.e += of[0];
        m.f += of[1];
    }
    return ofd_multiply(&m, &p->outer);
}

/* The boundary on the page: nothing of the object is seen outside of it
 * (8.5).  One that lies slanted, or has no size at all, cuts nothing. */
static bool boundary_of(const struct ofd_page *p, const char *const *attributes,
    struct ofd_box *out)
{
    double of[4], x0, y0, x1, y1;

    if (!ofd_numbers(attribute(attributes, "Boundary"), of, 4) ||
        (of[2] <= 0 && of[3] <= 0) || of[2] < 0 || of[3] < 0)
        return false;
    if ((p->outer.b != 0 || p->outer.c != 0) &&
        (p->outer.a != 0 || p->outer.d != 0))
        return false;
    x0 = of[0];
    y0 = of[1];
    x1 = of[0] + of[2];
    y1 = of[1] + of[3];
    ofd_apply(&p->outer, &x0, &y0);
    ofd_apply(&p->outer, &x1, &y1);
    *out = (struct ofd_box){ fmin(x0, x1), fmin(y0, y1), fmax(x0, x1),
        fmax(y0, y1) };
    return true;
}

/* Quarters of a turn in an angle of 0, 90, 180 or 270. */
static uint32_t quarters_of(const char *angle)
{
    double turns = ofd_number(angle, 0) / 90;

    while (turns < 0)
        turns += 4;
    return (uint32_t)(turns + 0.5) & 3;
}

static void open_object(struct xml_walk *w, enum ofd_object_kind kind,
    const char *const *attributes)
{
    struct ofd_page *p = w->to;
    struct ofd_object *o = &p->object;

    if (!is_visible(attributes)) {
        xml_skip(w);
        return;
    }
    *o = (struct ofd_object){ .kind = kind };
    o->matrix = matrix_of(p, attributes);
    o->is_cut = boundary_of(p, attributes, &o->boundary);
    o->param = ofd_id(attributes, "DrawParam");
    o->resource = ofd_id(attributes, "ResourceID");
    o->strokes = xml_is_on(attribute(attributes, "Stroke"), kind == OFD_PATH);
    o->fills = xml_is_on(attribute(attributes, "Fill"), kind == OFD_TEXT);
    o->may_cover = !p->is_template && !p->composite && !p->is_background &&
                   ofd_number(attribute(attributes, "Alpha"), 255) >= 255 &&
                   !attribute(attributes, "ImageMask");
    o->size = ofd_number(attribute(attributes, "Size"), 0);
    o->hscale = ofd_number(attribute(attributes, "HScale"), 1);
    o->read_direction = quarters_of(attribute(attributes, "ReadDirection"));
    o->char_direction = quarters_of(attribute(attributes, "CharDirection"));
}

static enum ofd_ink ink_of(struct ofd_page *p, enum ofd_ink own,
    enum ofd_ink (*of)(struct ofd_resources *r, uint32_t id))
{
    struct ofd_resources *r = &p->doc->resources;

    if (own == OFD_INK_INHERIT)
        own = of(r, p->object.param);
    if (own == OFD_INK_INHERIT)
        own = of(r, p->layer_param);
    return own;
}

static void note_image(struct ofd_image *list, uint32_t *n, uint32_t max,
    const struct ofd_object *o)
{
    if (*n < max)
        list[(*n)++] = (struct ofd_image){ o->resource, o->matrix };
}

static void open_image(struct ofd_page *p)
{
    note_image(p->image, &p->image_n, OFD_PAGE_IMAGES, &p->object);
    if (p->object.may_cover)
        ofd_cover_image(p);
}

/* Groups may hold groups, and each other. */
static void note_group(struct xml_walk *w)
{
    struct ofd_page *p = w->to;

    if (p->group_n < OFD_PAGE_GROUPS &&
        p->doc->composite_n < LIMIT_OFD_COMPOSITES) {
        p->doc->composite_n++;
        note_image(p->group, &p->group_n, OFD_PAGE_GROUPS, &p->object);
        return;
    }
    err_set(w->err, ERR_LIMIT,
        "reader.size: more than %u groups on a page or %u in all",
        (unsigned)OFD_PAGE_GROUPS, LIMIT_OFD_COMPOSITES);
    xml_stop(w);
}

/* ---- texts and paths ------------------------------------------------------
 */

static void open_text(struct ofd_page *p)
{
    buf_reset(&p->text);
    p->takes_text = true;
}

static void keep(struct buf *list, const char *value)
{
    buf_reset(list);
    if (value && *value)
        buf_add(list, value, strlen(value) + 1);
}

static void open_text_code(struct ofd_page *p, const char *const *attributes)
{
    struct ofd_object *o = &p->object;

    o->x = ofd_number(attribute(attributes, "X"), o->x);
    o->y = ofd_number(attribute(attributes, "Y"), o->y);
    keep(&p->delta_x, attribute(attributes, "DeltaX"));
    keep(&p->delta_y, attribute(attributes, "DeltaY"));
    open_text(p);
}

static void close_text_code(struct ofd_page *p)
{
    const struct ofd_object *o = &p->object;

    if (p->takes_text && o->kind == OFD_TEXT && (o->fills || o->strokes)) {
        enum ofd_ink ink = ink_of(p, o->fill, ofd_fill_of);

        if (ink != OFD_INK_NONE)
            ofd_text_add(p, ink == OFD_INK_WHITE);
    }
    p->takes_text = false;
}

/* Black is what nobody says. */
static bool is_dark(enum ofd_ink ink)
{
    return ink == OFD_INK_SEEN || ink == OFD_INK_INHERIT;
}

static void close_object(struct ofd_page *p)
{
    const struct ofd_object *o = &p->object;

    if (o->kind == OFD_PATH && p->takes_text)
        ofd_path_add(p,
            o->strokes && is_dark(ink_of(p, o->stroke, ofd_stroke_of)),
            o->fills && is_dark(ink_of(p, o->fill, ofd_fill_of)));
    if (o->kind == OFD_PATH && p->takes_text && o->fills && o->covers)
        ofd_path_cover(p);
    p->takes_text = false;
    p->object.kind = OFD_NO_OBJECT;
}

/* ---- elements -------------------------------------------------------------
 */

static const struct {
    const char *name;
    enum ofd_object_kind kind;
} kinds[] = {
    { "TextObject", OFD_TEXT },
    { "PathObject", OFD_PATH },
    { "ImageObject", OFD_IMAGE },
    { "CompositeObject", OFD_GROUP },
};

static enum ofd_object_kind kind_of(const char *name)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (strcmp(name, kinds[i].name) == 0)
            return kinds[i].kind;
    return OFD_NO_OBJECT;
}

static void take_fill(struct ofd_object *o, const char *const *attributes)
{
    o->fill = ofd_ink(attributes);
    o->covers = o->may_cover && o->fill == OFD_INK_WHITE &&
                ofd_number(attribute(attributes, "Alpha"), 255) >= 255;
}

static void open_in_object(
    struct xml_walk *w, const char *name, const char *const *attributes)
{
    struct ofd_page *p = w->to;
    enum ofd_object_kind kind = p->object.kind;

    if (kind == OFD_TEXT && strcmp(name, "TextCode") == 0) {
        open_text_code(p, attributes);
    } else if (kind == OFD_PATH && strcmp(name, "AbbreviatedData") == 0) {
        open_text(p);
    } else {
        /* Patterns in colours draw objects of their own; clips and borders
         * hold paths. */
        if (strcmp(name, "FillColor") == 0)
            take_fill(&p->object, attributes);
        else if (strcmp(name, "StrokeColor") == 0)
            p->object.stroke = ofd_ink(attributes);
        else if (strcmp(name, "Clips") == 0)
            p->object.may_cover = p->object.covers = false;
        xml_skip(w);
    }
}

static void note_template(struct ofd_page *p, uint32_t id)
{
    for (uint32_t i = 0; i < p->template_n; i++)
        if (p->template[i] == id)
            return;
    if (p->template_n < OFD_PAGE_TEMPLATES)
        p->template[p->template_n++] = id;
}

static void open_layer(struct ofd_page *p, const char *const *attributes)
{
    const char *type = attribute(attributes, "Type");

    p->layer_param = ofd_id(attributes, "DrawParam");
    p->is_background = type && strcmp(type, "Background") == 0;
}

static void open_other(
    struct xml_walk *w, const char *name, const char *const *attributes)
{
    struct ofd_page *p = w->to;

    if (strcmp(name, "Layer") == 0)
        open_layer(p, attributes);
    else if (strcmp(name, "Template") == 0)
        note_template(p, ofd_id(attributes, "TemplateID"));
    else if (strcmp(name, "PhysicalBox") == 0 || strcmp(name, "PageRes") == 0)
        ofd_leaf_open(&p->leaf);
    else if (strcmp(name, "Actions") == 0)
        xml_skip(w);
}

static void on_open(struct xml_walk *w, enum xml_ns ns, const char *name,
    const char *const *attributes)
{
    struct ofd_page *p = w->to;
    enum ofd_object_kind kind;

    (void)ns;
    if (p->composite && !p->inside) {
        p->inside = strcmp(name, "CompositeGraphicUnit") == 0 &&
                    ofd_id(attributes, "ID") == p->composite;
        if (!p->inside && w->depth > 2)
            xml_skip(w);
        return;
    }
    if (p->object.kind != OFD_NO_OBJECT) {
        open_in_object(w, name, attributes);
        return;
    }
    kind = kind_of(name);
    if (kind == OFD_NO_OBJECT)
        open_other(w, name, attributes);
    else
        open_object(w, kind, attributes);
    if (p->object.kind == OFD_IMAGE)
        open_image(p);
    else if (p->object.kind == OFD_GROUP)
        note_group(w);
}

static void on_text(struct xml_walk *w, struct slice text)
{
    struct ofd_page *p = w->to;

    ofd_leaf_add(&p->leaf, text);
    if (!p->takes_text)
        return;
    buf_add_slice(&p->text, text);
    if (buf_check(
            &p->text, "reader.size: a text or path of an object", w->err) < 0)
        xml_stop(w);
}

static void take_size(struct ofd_page *p, struct slice box)
{
    char text[sizeof(p->leaf.text) + 1];
    double width, height;

    memcpy(text, box.p, box.len);
    text[box.len] = '\0';
    if (p->is_template || !ofd_size(text, &width, &height))
        return;
    p->page->width = (float)(width * POINTS_PER_MM);
    p->page->height = (float)(height * POINTS_PER_MM);
}

static void take_resources(struct xml_walk *w, struct slice target)
{
    struct ofd_page *p = w->to;
    struct ofd_document *d = p->doc;
    struct err err = { ERR_NONE, "" };
    struct slice part = ofd_part(d->zip, d->arena, p->part, target);

    if (ofd_resources_read(&d->resources, d->zip, part, &err) < 0) {
        *w->err = err;
        xml_stop(w);
    }
}

static void on_close(struct xml_walk *w, enum xml_ns ns, const char *name)
{
    struct ofd_page *p = w->to;

    (void)ns;
    if (strcmp(name, "TextCode") == 0) {
        close_text_code(p);
    } else if (p->object.kind != OFD_NO_OBJECT &&
               kind_of(name) == p->object.kind) {
        close_object(p);
    } else if (strcmp(name, "PhysicalBox") == 0 && p->leaf.is_open) {
        take_size(p, ofd_leaf_take(&p->leaf));
    } else if (strcmp(name, "PageRes") == 0 && p->leaf.is_open) {
        take_resources(w, ofd_leaf_take(&p->leaf));
    } else if (strcmp(name, "Layer") == 0) {
        p->layer_param = 0;
        p->is_background = false;
    } else if (p->composite && strcmp(name, "CompositeGraphicUnit") == 0) {
        xml_stop(w);
    }
}

/* ---- pages ----------------------------------------------------------------
 */

static int walk(struct ofd_page *p, struct slice part, struct err *err)
{
    static const struct xml_calls calls = { on_open, on_close, on_text };

    p->object.kind = OFD_NO_OBJECT;
    p->part = part;
    p->layer_param = 0;
    p->is_background = false;
    p->takes_text = p->inside = p->leaf.is_open = false;
    return xml_walk(p->doc->zip, part, &calls, p, err);
}

/* Templates add their own templates to the list while it is gone through;
 * each is drawn once. */
static int walk_templates(struct ofd_page *p, struct err *err)
{
    const struct ofd_document *d = p->doc;

    p->is_template = true;
    for (uint32_t i = 0; i < p->template_n; i++)
        for (uint32_t k = 0; k < d->template_n; k++)
            if (d->template[k].id == p->template[i] &&
                walk(p, d->template[k].part, err) < 0)
                return -1;
    return 0;
}

/* Groups add the groups in them to the list. */
static int walk_groups(struct ofd_page *p, struct err *err)
{
    for (uint32_t i = 0; i < p->group_n; i++) {
        const struct ofd_resource *r = ofd_resource_find(
            &p->doc->resources, OFD_COMPOSITE, p->group[i].resource);

        p->outer = p->group[i].matrix;
        p->composite = p->group[i].resource;
        if (r && walk(p, r->part, err) < 0)
            return -1;
    }
    return 0;
}

/* Quarters that most glyphs are turned by. */
static uint32_t most_turned(const struct ofd_page *p)
{
    for (uint32_t i = 1; i < 4; i++)
        if (p->turned[i] > p->glyph_n / 2)
            return i;
    return 0;
}

/* A quarter anticlockwise. */
static void turn_box(
    const struct page *page, float *x0, float *y0, float *x1, float *y1)
{
    float old_x0 = *x0, old_x1 = *x1;

    *x0 = *y0;
    *x1 = *y1;
    *y0 = page->width - old_x1;
    *y1 = page->width - old_x0;
}

/* A wide table is often drawn sideways on an upright page. */
static void turn_upright(struct page *page)
{
    float width = page->width;

    for (uint32_t i = 0; i < page->run_n; i++) {
        struct page_run *r = &page->runs[i];

        turn_box(page, &r->x0, &r->y0, &r->x1, &r->y1);
        r->vertical = !r->vertical;
    }
    for (uint32_t i = 0; i < page->ruling_n; i++) {
        struct page_ruling *r = &page->rulings[i];

        turn_box(page, &r->x0, &r->y0, &r->x1, &r->y1);
    }
    page->width = page->height;
    page->height = width;
}

static int read_page(struct ofd_page *p, struct slice part, struct err *err)
{
    if (walk(p, part, err) < 0 || walk_templates(p, err) < 0 ||
        walk_groups(p, err) < 0)
        return -1;
    if (p->text.failed)
        return buf_check(&p->text, "reader.size: a path", err);
    for (uint32_t i = most_turned(p); i > 0; i--)
        turn_upright(p->page);
    return ofd_picture_read(p, err);
}

int ofd_page_read(struct ofd_document *d, struct slice part,
    struct pages *pages, struct err *err)
{
    struct ofd_page p = { .doc = d, .pages = pages };
    int status = 0;

    p.outer.a = p.outer.d = POINTS_PER_MM;
    p.page = pages_add(pages, (float)(d->width * POINTS_PER_MM),
        (float)(d->height * POINTS_PER_MM));
    buf_init(&p.text, LIMIT_OFD_TEXT_BYTES);
    buf_init(&p.delta_x, LIMIT_XML_TOKEN_BYTES + 1);
    buf_init(&p.delta_y, LIMIT_XML_TOKEN_BYTES + 1);
    if (p.page)
        status = read_page(&p, part, err);
    buf_clear(&p.text);
    buf_clear(&p.delta_x);
    buf_clear(&p.delta_y);
    return status;
}
