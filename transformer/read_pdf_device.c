/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_pdf_device - a MuPDF device that takes down glyphs and lines.
 *
 * Everything comes in points of the page as it is shown.  What soft masks
 * and patterns are made of is no part of the page; what lies outside of the
 * clip is not seen; what is painted over with an opaque area is hidden.
 * Pictures are never decoded, only where they lie is of interest.
 */
#include <math.h>

#include "transformer/read_pdf.h"

/* A filled area so thin is a line. */
#define LINE_WIDTH 4.0f

/* A stroke so wide is an area. */
#define AREA_WIDTH 6.0f

/* Lightness from which ink on paper is not seen. */
#define WHITE 0.97f

/* The box of a glyph above its base line, in parts of its size: the same for
 * all fonts, so that the middles of what stands on one line agree. */
#define ASCENT 0.88f
#define DESCENT (-0.12f)

/* Writing so far off the axes, as the tangent of its angle, is a watermark
 * and not of the text below. */
#define ASLANT 0.15f

/* Smaller is not for people to read. */
#define SIZE_MIN 1.0f

/* Points from the middle of a white line to what it parts. */
#define SHADE_NEAR 2.5f

/* Points of a path that may be a box or a frame. */
#define CORNERS_MAX 16

struct ink_device {
    fz_device super;
    struct ink *ink;
    fz_cookie *cookie;
    int unseen;            /* depth of what is not painted: masks, tiles */
    int blended;           /* depth of groups that let through what is below */
    uint64_t group_blends; /* a bit for each of the innermost 64 groups */
};

/* What fills or strokes. */
struct paint {
    bool none;   /* nothing is to be seen of it at all */
    bool white;  /* as paper */
    bool opaque; /* hides what is below */
};

static struct ink_device *of(fz_device *dev)
{
    return (struct ink_device *)dev; /* super is its first member */
}

static void check_full(struct ink_device *d)
{
    if (d->ink->full && d->cookie)
        d->cookie->abort = 1;
}

static struct paint paint_of(fz_context *ctx, const struct ink_device *d,
    fz_colorspace *space, const float *color, float alpha,
    fz_color_params params)
{
    struct paint p = { d->unseen > 0 || alpha <= 0, false,
        alpha >= 1 && d->blended == 0 };
    float gray[FZ_MAX_COLORS] = { 0 };

    if (!p.none && space && color) {
        fz_convert_color(
            ctx, space, color, fz_device_gray(ctx), gray, NULL, params);
        p.white = gray[0] >= WHITE;
    }
    return p;
}

/* ---- text -------------------------------------------------------------- */

static enum ink_way way_of(fz_matrix m)
{
    if (fabsf(m.a) >= fabsf(m.b))
        return m.a >= 0 ? INK_RIGHT : INK_LEFT;
    return m.b > 0 ? INK_DOWN : INK_UP;
}

static bool is_aslant(fz_matrix m)
{
    float a = fabsf(m.a), b = fabsf(m.b);

    return fminf(a, b) > ASLANT * fmaxf(a, b);
}

/* One character; what has no width, and ends of lines, are not kept. */
static void add_code(struct ink *ink, int code)
{
    char utf8[FZ_UTFMAX];

    if (code == 0x200b || code == 0xfeff || code < 0)
        return;
    if (code < 0x20 || (code >= 0x7f && code < 0xa0))
        code = ' ';
    buf_add(&ink->text, utf8, (size_t)fz_runetochar(utf8, code));
}

/* The box of a glyph's advance; false where there is none on the page. */
static bool place(fz_context *ctx, const struct ink_device *d, fz_font *font,
    int gid, fz_matrix m, fz_rect scissor, struct ink_glyph *g)
{
    float advance = gid < 0 ? 0 : fz_advance_glyph(ctx, font, gid, 0);
    fz_rect box = { 0, DESCENT, advance > 0 ? advance : 0.5f, ASCENT };
    fz_rect page = { 0, 0, d->ink->width, d->ink->height };
    float x, y;

    if (fz_font_t3_procs(ctx, font)) {
        /* Units of its own, so its own height. */
        fz_rect own = fz_font_bbox(ctx, font);

        if (own.y1 > own.y0) {
            box.y0 = own.y0;
            box.y1 = own.y1;
        }
    }
    box = fz_transform_rect(box, m);
    if (!isfinite(box.x0) || !isfinite(box.y0) || !isfinite(box.x1) ||
        !isfinite(box.y1))
        return false;
    x = (box.x0 + box.x1) / 2;
    y = (box.y0 + box.y1) / 2;
    scissor = fz_intersect_rect(scissor, page);
    if (x < scissor.x0 || x > scissor.x1 || y < scissor.y0 || y > scissor.y1)
        return false;
    g->x0 = box.x0;
    g->y0 = box.y0;
    g->x1 = box.x1;
    g->y1 = box.y1;
    g->way = way_of(m);
    g->hidden |= is_aslant(m);
    g->hidden |= fminf(box.x1 - box.x0, box.y1 - box.y0) < SIZE_MIN &&
                 fmaxf(box.x1 - box.x0, box.y1 - box.y0) < 2 * SIZE_MIN;
    return true;
}

/* A glyph and the further characters of its ligature. */
static void add_glyph(fz_context *ctx, struct ink_device *d,
    const fz_text_span *span, int from, int to, fz_matrix ctm,
    const struct paint *paint)
{
    const fz_text_item *item = &span->items[from];
    struct ink *ink = d->ink;
    struct ink_glyph g = { .text = (uint32_t)ink->text.len,
        .vertical = span->wmode,
        .hidden = paint->none };
    fz_matrix m = span->trm;

    m.e = item->x;
    m.f = item->y;
    m = fz_concat(m, ctm);
    if (!place(ctx, d, span->font, item->gid, m,
            fz_device_current_scissor(ctx, &d->super), &g))
        return;
    if (paint->white &&
        !ink_shows_white(ink, (g.x0 + g.x1) / 2, (g.y0 + g.y1) / 2))
        g.hidden = true;
    for (int i = from; i < to; i++)
        add_code(ink, span->items[i].ucs);
    g.text_len = (uint32_t)ink->text.len - g.text;
    if (g.text_len)
        ink_add_glyph(ink, &g);
}

static void add_text(fz_context *ctx, struct ink_device *d, const fz_text *text,
    fz_matrix ctm, const struct paint *paint)
{
    if (d->unseen)
        return;
    for (const fz_text_span *span = text->head; span; span = span->next) {
        for (int i = 0; i < span->len;) {
            int to = i + 1;

            while (to < span->len && span->items[to].gid < 0)
                to++;
            if (!d->ink->full)
                add_glyph(ctx, d, span, i, to, ctm, paint);
            i = to;
        }
    }
    check_full(d);
}

static void fill_text(fz_context *ctx, fz_device *dev, const fz_text *text,
    fz_matrix ctm, fz_colorspace *space, const float *color, float alpha,
    fz_color_params params)
{
    struct ink_device *d = of(dev);
    struct paint p = paint_of(ctx, d, space, color, alpha, params);

    add_text(ctx, d, text, ctm, &p);
}

static void stroke_text(fz_context *ctx, fz_device *dev, const fz_text *text,
    const fz_stroke_state *stroke, fz_matrix ctm, fz_colorspace *space,
    const float *color, float alpha, fz_color_params params)
{
    (void)stroke;
    fill_text(ctx, dev, text, ctm, space, color, alpha, params);
}

/* Text that something is painted through, such as a pattern. */
static void clip_text(fz_context *ctx, fz_device *dev, const fz_text *text,
    fz_matrix ctm, fz_rect scissor)
{
    static const struct paint seen = { false, false, false };

    (void)scissor;
    add_text(ctx, of(dev), text, ctm, &seen);
}

static void clip_stroke_text(fz_context *ctx, fz_device *dev,
    const fz_text *text, const fz_stroke_state *stroke, fz_matrix ctm,
    fz_rect scissor)
{
    (void)stroke;
    clip_text(ctx, dev, text, ctm, scissor);
}

static void ignore_text(
    fz_context *ctx, fz_device *dev, const fz_text *text, fz_matrix ctm)
{
    static const struct paint unseen = { true, false, false };

    add_text(ctx, of(dev), text, ctm, &unseen);
}

/* ---- paths ------------------------------------------------------------- */

/* A path on its way through the walker. */
struct trace {
    struct ink *ink;
    fz_matrix ctm;
    fz_rect scissor;
    struct paint paint;
    float width; /* of the stroke, 0 when it is filled */
    fz_point corner[CORNERS_MAX];
    int corner_n; /* of the piece under way; more than fit are counted */
    bool curved;
    int box_n; /* pieces that are boxes */
    int piece_n;
    fz_rect box[2]; /* the first two */
};

/* White lines part shaded cells. */
static bool is_beside_shade(
    const struct trace *t, float x0, float y0, float x1, float y1)
{
    float x = (x0 + x1) / 2, y = (y0 + y1) / 2;
    float dx = x1 - x0 > y1 - y0 ? 0 : SHADE_NEAR;
    float dy = SHADE_NEAR - dx;

    return ink_shows_white(t->ink, x - dx, y - dy) ||
           ink_shows_white(t->ink, x + dx, y + dy);
}

/* A line as far as the clip shows it; a little beyond, for a clip may go
 * along the middle of a line. */
static void add_line(struct trace *t, float x0, float y0, float x1, float y1)
{
    fz_rect s = fz_expand_rect(t->scissor, 1);
    float left = fminf(x0, x1), right = fmaxf(x0, x1);
    float top = fminf(y0, y1), bottom = fmaxf(y0, y1);

    if (t->paint.white && !is_beside_shade(t, left, top, right, bottom))
        return;
    left = fmaxf(left, s.x0);
    right = fminf(right, s.x1);
    top = fmaxf(top, s.y0);
    bottom = fminf(bottom, s.y1);
    if (left <= right && top <= bottom &&
        fmaxf(right - left, bottom - top) > 0.1f)
        ink_add_ruling(t->ink, left, top, right, bottom);
}

static void add_area(struct trace *t, fz_rect box, bool covers)
{
    box = fz_intersect_rect(box, t->scissor);
    if (fz_is_empty_rect(box))
        return;
    if (t->paint.opaque && covers)
        ink_cover(t->ink, box);
    ink_add_area(t->ink, box, t->paint.white);
}

/* A thin area as a line; a dot may be part of a line either way. */
static void add_thin(struct trace *t, fz_rect b)
{
    float x = (b.x0 + b.x1) / 2, y = (b.y0 + b.y1) / 2;
    float w = b.x1 - b.x0, h = b.y1 - b.y0;

    if (w * 2 >= h)
        add_line(t, b.x0, y, b.x1, y);
    if (h * 2 >= w)
        add_line(t, x, b.y0, x, b.y1);
}

static bool is_thin(fz_rect b)
{
    return fminf(b.x1 - b.x0, b.y1 - b.y0) <= LINE_WIDTH;
}

/* The corners' box; whether all edges run along the axes. */
static fz_rect bound_corners(const struct trace *t, bool *straight)
{
    const fz_point *c = t->corner;
    fz_rect b = { c[0].x, c[0].y, c[0].x, c[0].y };

    *straight = true;
    for (int i = 0; i < t->corner_n; i++) {
        const fz_point *next = &c[i + 1 < t->corner_n ? i + 1 : 0];

        b.x0 = fminf(b.x0, c[i].x);
        b.y0 = fminf(b.y0, c[i].y);
        b.x1 = fmaxf(b.x1, c[i].x);
        b.y1 = fmaxf(b.y1, c[i].y);
        *straight &=
            fabsf(next->x - c[i].x) <= 0.5f || fabsf(next->y - c[i].y) <= 0.5f;
    }
    return b;
}

static void end_filled(struct trace *t)
{
    bool straight;
    fz_rect b = bound_corners(t, &straight);

    if (is_thin(b)) {
        add_thin(t, b);
    } else if (straight && t->corner_n <= 5) {
        if (t->box_n < 2)
            t->box[t->box_n] = b;
        else
            add_area(t, b, false);
        t->box_n++;
    } else {
        t->ink->curve_n += t->corner_n > 4;
    }
}

static void add_stroke(struct trace *t, fz_point a, fz_point b)
{
    fz_rect box = { fminf(a.x, b.x), fminf(a.y, b.y), fmaxf(a.x, b.x),
        fmaxf(a.y, b.y) };
    bool level = box.y1 - box.y0 <= 0.5f, upright = box.x1 - box.x0 <= 0.5f;

    if (t->width < AREA_WIDTH) {
        if (level || upright)
            add_line(t, a.x, a.y, b.x, b.y);
    } else if (level != upright) {
        box.y0 -= level ? t->width / 2 : 0;
        box.y1 += level ? t->width / 2 : 0;
        box.x0 -= upright ? t->width / 2 : 0;
        box.x1 += upright ? t->width / 2 : 0;
        add_area(t, box, true);
    }
}

static void end_piece(struct trace *t)
{
    int n = t->corner_n;

    if (n < 2 && !t->curved) {
        t->corner_n = 0;
        return;
    }
    t->piece_n++;
    if (t->curved || n > CORNERS_MAX)
        t->ink->curve_n++;
    else if (t->width <= 0)
        end_filled(t);
    t->corner_n = 0;
    t->curved = false;
}

static void move_to(fz_context *ctx, void *arg, float x, float y)
{
    struct trace *t = arg;

    (void)ctx;
    end_piece(t);
    t->corner[0] = fz_transform_point_xy(x, y, t->ctm);
    t->corner_n = 1;
}

static void line_to(fz_context *ctx, void *arg, float x, float y)
{
    struct trace *t = arg;
    fz_point p = fz_transform_point_xy(x, y, t->ctm);
    int last = t->corner_n < CORNERS_MAX ? t->corner_n - 1 : CORNERS_MAX - 1;

    (void)ctx;
    if (last >= 0 && t->width > 0)
        add_stroke(t, t->corner[last], p);
    if (t->corner_n < CORNERS_MAX)
        t->corner[t->corner_n++] = p;
    else {
        /* The last is kept for the next stroke, the first for closing. */
        t->corner[CORNERS_MAX - 1] = p;
        t->corner_n = CORNERS_MAX + 1;
    }
}

static void curve_to(fz_context *ctx, void *arg, float x1, float y1, float x2,
    float y2, float x3, float y3)
{
    struct trace *t = arg;
    float width = t->width;

    (void)x1;
    (void)y1;
    (void)x2;
    (void)y2;
    /* The pen moves on; what it draws is no line. */
    t->width = 0;
    line_to(ctx, arg, x3, y3);
    t->width = width;
    t->curved = true;
}

static void close_path(fz_context *ctx, void *arg)
{
    struct trace *t = arg;
    int last = t->corner_n <= CORNERS_MAX ? t->corner_n - 1 : CORNERS_MAX - 1;

    (void)ctx;
    if (last > 0 && t->width > 0)
        add_stroke(t, t->corner[last], t->corner[0]);
}

static const fz_path_walker walker = { move_to, line_to, curve_to, close_path,
    NULL, NULL, NULL, NULL };

/* One box in another close by is a frame: four lines. */
static bool add_frame(struct trace *t)
{
    fz_rect a = t->box[0], b = t->box[1];
    bool a_outer = a.x0 <= b.x0;
    fz_rect out = a_outer ? a : b, in = a_outer ? b : a;
    float x0 = (out.x0 + in.x0) / 2, y0 = (out.y0 + in.y0) / 2;
    float x1 = (out.x1 + in.x1) / 2, y1 = (out.y1 + in.y1) / 2;

    if (in.x0 < out.x0 || in.y0 < out.y0 || in.x1 > out.x1 || in.y1 > out.y1 ||
        in.x0 - out.x0 > LINE_WIDTH || in.y0 - out.y0 > LINE_WIDTH ||
        out.x1 - in.x1 > LINE_WIDTH || out.y1 - in.y1 > LINE_WIDTH)
        return false;
    add_line(t, x0, y0, x1, y0);
    add_line(t, x0, y1, x1, y1);
    add_line(t, x0, y0, x0, y1);
    add_line(t, x1, y0, x1, y1);
    return true;
}

static void walk(
    fz_context *ctx, struct ink_device *d, const fz_path *path, struct trace *t)
{
    if (t->paint.none || d->ink->full)
        return;
    fz_walk_path(ctx, path, &walker, t);
    end_piece(t);
    if (t->box_n != 2 || !add_frame(t))
        for (int i = 0; i < t->box_n && i < 2; i++)
            add_area(t, t->box[i], t->piece_n == 1);
    check_full(d);
}

static void fill_path(fz_context *ctx, fz_device *dev, const fz_path *path,
    int even_odd, fz_matrix ctm, fz_colorspace *space, const float *color,
    float alpha, fz_color_params params)
{
    struct ink_device *d = of(dev);
    struct trace t = { .ink = d->ink,
        .ctm = ctm,
        .scissor = fz_device_current_scissor(ctx, dev),
        .paint = paint_of(ctx, d, space, color, alpha, params) };

    (void)even_odd;
    walk(ctx, d, path, &t);
}

static void stroke_path(fz_context *ctx, fz_device *dev, const fz_path *path,
    const fz_stroke_state *stroke, fz_matrix ctm, fz_colorspace *space,
    const float *color, float alpha, fz_color_params params)
{
    struct ink_device *d = of(dev);
    float width = stroke->linewidth * fz_matrix_expansion(ctm);
    struct trace t = { .ink = d->ink,
        .ctm = ctm,
        .scissor = fz_device_current_scissor(ctx, dev),
        .paint = paint_of(ctx, d, space, color, alpha, params),
        .width = width > 0.01f ? width : 0.01f };

    walk(ctx, d, path, &t);
}

/* ---- pictures and gradients -------------------------------------------- */

/* Something that is painted over `box` of the page: `opaque` hides what is
 * below. */
static void add_picture(
    fz_context *ctx, struct ink_device *d, fz_matrix ctm, bool opaque)
{
    fz_rect page = { 0, 0, d->ink->width, d->ink->height };
    struct trace t = { .ink = d->ink,
        .scissor =
            fz_intersect_rect(fz_device_current_scissor(ctx, &d->super), page),
        .paint = { false, false, opaque && d->blended == 0 } };
    fz_rect box = fz_transform_rect(fz_unit_rect, ctm);
    fz_rect seen = fz_intersect_rect(box, t.scissor);

    if (d->unseen || d->ink->full)
        return;
    if (!fz_is_empty_rect(seen))
        d->ink->picture_area +=
            (double)(seen.x1 - seen.x0) * (double)(seen.y1 - seen.y0);
    if (is_thin(box) && isfinite(box.x1) && isfinite(box.y1))
        add_thin(&t, box);
    else
        add_area(&t, box, true);
    check_full(d);
}

static void fill_image(fz_context *ctx, fz_device *dev, fz_image *image,
    fz_matrix ctm, float alpha, fz_color_params params)
{
    (void)params;
    add_picture(ctx, of(dev), ctm, alpha >= 1 && !image->mask);
}

static void fill_image_mask(fz_context *ctx, fz_device *dev, fz_image *image,
    fz_matrix ctm, fz_colorspace *space, const float *color, float alpha,
    fz_color_params params)
{
    struct paint p = paint_of(ctx, of(dev), space, color, alpha, params);

    (void)image;
    if (!p.none && !p.white)
        add_picture(ctx, of(dev), ctm, false);
}

static void fill_shade(fz_context *ctx, fz_device *dev, fz_shade *shade,
    fz_matrix ctm, float alpha, fz_color_params params)
{
    struct ink_device *d = of(dev);

    (void)shade;
    (void)ctm;
    (void)alpha;
    (void)params;
    if (!d->unseen && !d->ink->full)
        ink_add_area(d->ink, fz_device_current_scissor(ctx, dev), false);
    check_full(d);
}

/* ---- what is inside of what -------------------------------------------- */

static void begin_mask(fz_context *ctx, fz_device *dev, fz_rect area,
    int luminosity, fz_colorspace *space, const float *color,
    fz_color_params params)
{
    (void)ctx;
    (void)area;
    (void)luminosity;
    (void)space;
    (void)color;
    (void)params;
    of(dev)->unseen++;
}

static void end_mask(fz_context *ctx, fz_device *dev)
{
    (void)ctx;
    of(dev)->unseen--;
}

static int begin_tile(fz_context *ctx, fz_device *dev, fz_rect area,
    fz_rect view, float x_step, float y_step, fz_matrix ctm, int id)
{
    (void)ctx;
    (void)area;
    (void)view;
    (void)x_step;
    (void)y_step;
    (void)ctm;
    (void)id;
    of(dev)->unseen++;
    return 0;
}

static void end_tile(fz_context *ctx, fz_device *dev)
{
    (void)ctx;
    of(dev)->unseen--;
}

static void begin_group(fz_context *ctx, fz_device *dev, fz_rect area,
    fz_colorspace *space, int isolated, int knockout, int blend, float alpha)
{
    struct ink_device *d = of(dev);
    bool lets_through = blend != FZ_BLEND_NORMAL || alpha < 1;

    (void)ctx;
    (void)area;
    (void)space;
    (void)isolated;
    (void)knockout;
    /* Deeper than the bits: what is forgotten lets through for good. */
    d->blended += lets_through;
    d->group_blends = d->group_blends << 1 | lets_through;
}

static void end_group(fz_context *ctx, fz_device *dev)
{
    struct ink_device *d = of(dev);

    (void)ctx;
    d->blended -= (int)(d->group_blends & 1);
    d->group_blends >>= 1;
}

fz_device *pdf_new_ink_device(
    fz_context *ctx, struct ink *ink, fz_cookie *cookie)
{
    struct ink_device *d = fz_new_derived_device(ctx, struct ink_device);

    d->super.fill_text = fill_text;
    d->super.stroke_text = stroke_text;
    d->super.clip_text = clip_text;
    d->super.clip_stroke_text = clip_stroke_text;
    d->super.ignore_text = ignore_text;
    d->super.fill_path = fill_path;
    d->super.stroke_path = stroke_path;
    d->super.fill_image = fill_image;
    d->super.fill_image_mask = fill_image_mask;
    d->super.fill_shade = fill_shade;
    d->super.begin_mask = begin_mask;
    d->super.end_mask = end_mask;
    d->super.begin_tile = begin_tile;
    d->super.end_tile = end_tile;
    d->super.begin_group = begin_group;
    d->super.end_group = end_group;
    d->ink = ink;
    d->cookie = cookie;
    return &d->super;
}
