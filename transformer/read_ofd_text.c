/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_ofd_text - TextCode to glyphs with their boxes (GB/T 33190-2016,
 * 11.2, 11.3).
 *
 * X and Y are the left end of the first glyph's base line; DeltaX and DeltaY
 * the way from each glyph to the next, "g n v" for n times v.  Counts are
 * never expanded.  How wide and high a glyph is the font would know; here a
 * character takes its size, a narrow one half of it.
 */
#include "transformer/read_ofd.h"

#include <math.h>

/* Of the size, above and below the base line. */
#define ASCENT 0.86
#define DESCENT 0.14

/* The steps of DeltaX or DeltaY; the last one goes on for ever. */
struct steps {
    const char *rest;
    double value; /* the last step */
    double left;  /* of a group */
    bool is_over;
};

static struct steps steps_of(const struct buf *list)
{
    return (struct steps){ .rest = list->len ? list->p : "",
        .is_over = list->len == 0 };
}

static double next_step(struct steps *s)
{
    double value, n = 1;

    if (s->left >= 1) {
        s->left--;
        return s->value;
    }
    while (!s->is_over) {
        while (char_is_one_of(*s->rest, " \t\r\n,"))
            s->rest++;
        if (*s->rest == 'g' || *s->rest == 'G') {
            s->rest++;
            if (!ofd_next_number(&s->rest, &n))
                break;
        } else {
            n = 1;
        }
        if (!ofd_next_number(&s->rest, &value))
            break;
        if (n >= 1) {
            s->value = value;
            s->left = n - 1;
            return value;
        }
    }
    s->is_over = true;
    return s->value;
}

/* Bytes of the character at the start of `text`, which expat has checked. */
static size_t char_len(struct slice text)
{
    size_t n = 1;

    while (n < text.len && ((unsigned char)text.p[n] & 0xc0) == 0x80)
        n++;
    return n;
}

static bool is_blank(struct slice c)
{
    return c.p[0] == ' ' || slice_eq_str(c, "\xc2\xa0") ||
           slice_eq_str(c, "\xe3\x80\x80");
}

/* Line ends and tabs come from how the XML is laid out. */
static bool is_layout(struct slice c)
{
    return char_is_one_of(c.p[0], "\t\r\n");
}

/* A glyph: where its base line starts, in object space. */
struct glyph {
    struct slice text;
    double x, y;
    double width;
    bool is_white;
};

/* Quarter turns clockwise of a direction on the page, -1 when it lies more
 * than 10 degrees off: a watermark. */
static int quarter(double dx, double dy)
{
    static const double near = 0.1763; /* tan 10 degrees */

    if (fabs(dy) <= near * fabs(dx))
        return dx > 0 ? 0 : 2;
    if (fabs(dx) <= near * fabs(dy))
        return dy > 0 ? 1 : 3;
    return -1;
}

/* Turn a vector clockwise by quarters. */
static void turn(uint32_t quarters, double *x, double *y)
{
    for (; quarters > 0; quarters--) {
        double old = *x;

        *x = -*y;
        *y = old;
    }
}

/* White glyphs on white paper are not there. */
static bool is_on_shade(const struct ofd_page *p, float x, float y)
{
    for (uint32_t i = 0; i < p->shade_n; i++)
        if (x > p->shade[i].x0 && x < p->shade[i].x1 && y > p->shade[i].y0 &&
            y < p->shade[i].y1)
            return true;
    return false;
}

static void add_glyph(struct ofd_page *p, const struct glyph *g, bool vertical)
{
    const struct ofd_object *o = &p->object;
    const struct ofd_matrix *m = &o->matrix;
    struct page_run run = { .vertical = vertical, .text = g->text };
    double ux = 1, uy = 0, x0 = HUGE_VAL, y0 = HUGE_VAL;
    double x1 = -HUGE_VAL, y1 = -HUGE_VAL;
    int quarters;

    turn(o->char_direction, &ux, &uy);
    quarters = quarter(m->a * ux + m->c * uy, m->b * ux + m->d * uy);
    if (quarters < 0)
        return;
    for (int i = 0; i < 4; i++) {
        double x = i & 1 ? g->width : 0;
        double y = o->size * (i & 2 ? DESCENT : -ASCENT);

        turn(o->char_direction, &x, &y);
        x += g->x;
        y += g->y;
        ofd_apply(m, &x, &y);
        x0 = fmin(x0, x);
        y0 = fmin(y0, y);
        x1 = fmax(x1, x);
        y1 = fmax(y1, y);
    }
    run.x0 = (float)x0;
    run.y0 = (float)y0;
    run.x1 = (float)x1;
    run.y1 = (float)y1;
    /* Nobody sees what lies outside of the page. */
    if (x0 + x1 < 0 || y0 + y1 < 0 || (run.x0 + run.x1) / 2 > p->page->width ||
        (run.y0 + run.y1) / 2 > p->page->height)
        return;
    if (g->is_white &&
        !is_on_shade(p, (run.x0 + run.x1) / 2, (run.y0 + run.y1) / 2))
        return;
    page_add_run(p->pages, p->page, &run);
    if (!is_blank(g->text)) {
        p->glyph_n++;
        p->turned[quarters]++;
    }
}

/* Does the way from glyph to glyph lead down or up on the page?  Without
 * any, the direction of reading says. */
static bool is_vertical(const struct ofd_object *o, double dx, double dy)
{
    double x, y;

    if (dx == 0 && dy == 0) {
        dx = 1;
        turn(o->read_direction, &dx, &dy);
    }
    x = o->matrix.a * dx + o->matrix.c * dy;
    y = o->matrix.b * dx + o->matrix.d * dy;
    return fabs(y) > fabs(x);
}

void ofd_text_add(struct ofd_page *p, bool is_white)
{
    struct ofd_object *o = &p->object;
    struct slice text = buf_slice(&p->text);
    struct steps xs = steps_of(&p->delta_x), ys = steps_of(&p->delta_y);
    bool is_placed = !xs.is_over || !ys.is_over;
    struct glyph g = { .x = o->x, .y = o->y, .is_white = is_white };
    bool vertical = false, is_first = true;

    while (text.len) {
        double em = o->size * o->hscale, wide, dx, dy;

        g.text = (struct slice){ text.p, char_len(text) };
        text = slice_skip(text, g.text.len);
        if (is_layout(g.text))
            continue;
        wide = g.text.len > 2 ? em : em / 2;
        if (is_placed) {
            dx = next_step(&xs);
            dy = next_step(&ys);
        } else {
            dx = wide;
            dy = 0;
            turn(o->read_direction, &dx, &dy);
        }
        if (is_first)
            vertical = is_vertical(o, dx, dy);
        is_first = false;
        g.width = wide;
        /* What a step says of the width is better than a guess. */
        if (o->char_direction == 0 && dx > 0.25 * em && dx < wide)
            g.width = dx;
        add_glyph(p, &g, vertical);
        g.x += dx;
        g.y += dy;
    }
}
