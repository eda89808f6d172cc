/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_pdf_ink - what of a page's drawing is seen, and whether that is all.
 *
 * Text may be drawn invisibly (the layer of a scanner's own recognition),
 * white on white, twice (shadow, poor man's bold), or be painted over; what
 * is not seen by people is not read.
 */
#include <math.h>
#include <stdlib.h>

#include "common/limits.h"
#include "common/mem.h"
#include "transformer/page_parts.h"
#include "transformer/read_pdf.h"

/* Pieces of lines that are kept before they are joined. */
#define RULINGS_MAX (20 * LIMIT_PAGE_RULINGS)

/* Points by which the edges of an area are not sure. */
#define EDGE 1.0f

/* Collinear pieces are one line when they differ by so much across, and lie
 * so near along: dots and dashes. */
#define ACROSS 0.2f
#define ALONG 3.0f

/* Points: a dot is part of a line when another is as near as this in the
 * line's direction; dots are kept as pieces of both directions. */
#define DOT 2.5f
#define DOT_GAP 5.0f

/* A page with fewer glyphs is none of text when pictures cover the share of
 * it that follows: a number or a stamp on a scan. */
#define FEW_GLYPHS 50u
#define PICTURE_SHARE 0.5
#define BARE_PICTURE_SHARE 0.2

/* Curves on a page without text: letters that were made outlines. */
#define OUTLINES 50u

/* Letters out of place that make the characters of a page doubtful: so many,
 * and one in STRANGE_PART. */
#define STRANGE_MIN 4u
#define STRANGE_PART 100u

/* Twins looked at before a glyph is taken for new. */
#define TWINS_MAX 64u
#define TWIN_PITCH 8.0f
#define TWIN_NEAR 3.0f

void ink_init(struct ink *ink)
{
    *ink = (struct ink){ .width = 0 };
    buf_init(&ink->text, (size_t)LIMIT_PAGE_RUNS * 2 * 16);
}

void ink_clear(struct ink *ink)
{
    mem_free(ink->glyphs);
    mem_free(ink->rulings);
    mem_free(ink->areas);
    buf_clear(&ink->text);
}

void ink_start(struct ink *ink, float width, float height)
{
    ink->width = width;
    ink->height = height;
    ink->glyph_n = ink->ruling_n = ink->area_n = 0;
    buf_reset(&ink->text);
    memset(ink->twins, 0, sizeof(ink->twins));
    ink->picture_area = 0;
    ink->curve_n = 0;
    ink->frameless = ink->full = false;
}

/* Room for one more of an array that doubles; NULL past `max`. */
static void *room(
    void *array, uint32_t n, uint32_t *cap, size_t size, uint32_t max)
{
    if (n < *cap)
        return array;
    if (n >= max)
        return NULL;
    *cap = *cap ? *cap * 2 : 1024;
    return mem_realloc_n(array, *cap, size);
}

/* ---- glyphs ------------------------------------------------------------ */

static uint32_t bucket_of(float x, float y)
{
    uint32_t col = (uint32_t)(int32_t)floorf(x / TWIN_PITCH);
    uint32_t row = (uint32_t)(int32_t)floorf(y / TWIN_PITCH);

    return (col * 31 + row * 1021) % INK_TWINS;
}

static float middle(float a, float b)
{
    return (a + b) / 2;
}

static bool is_twin(
    const struct ink *ink, const struct ink_glyph *a, const struct ink_glyph *b)
{
    float near_x = fminf(TWIN_NEAR, 0.4f * (a->x1 - a->x0));
    float near_y = fminf(TWIN_NEAR, 0.25f * (a->y1 - a->y0));

    return !b->hidden && a->text_len == b->text_len && a->way == b->way &&
           fabsf(middle(a->x0, a->x1) - middle(b->x0, b->x1)) < near_x &&
           fabsf(middle(a->y0, a->y1) - middle(b->y0, b->y1)) < near_y &&
           memcmp(ink->text.p + a->text, ink->text.p + b->text, a->text_len) ==
               0;
}

static bool has_twin_in(
    const struct ink *ink, const struct ink_glyph *g, uint32_t bucket)
{
    uint32_t i = ink->twins[bucket];

    for (uint32_t n = 0; i && n < TWINS_MAX; n++) {
        if (is_twin(ink, g, &ink->glyphs[i - 1]))
            return true;
        i = ink->glyphs[i - 1].twin;
    }
    return false;
}

static bool has_twin(const struct ink *ink, const struct ink_glyph *g)
{
    float x = middle(g->x0, g->x1), y = middle(g->y0, g->y1);
    uint32_t seen[4];

    for (uint32_t i = 0; i < 4; i++) {
        bool again = false;

        seen[i] = bucket_of(x + (i & 1 ? TWIN_NEAR : -TWIN_NEAR),
            y + (i & 2 ? TWIN_NEAR : -TWIN_NEAR));
        for (uint32_t k = 0; k < i; k++)
            again |= seen[k] == seen[i];
        if (!again && has_twin_in(ink, g, seen[i]))
            return true;
    }
    return false;
}

void ink_add_glyph(struct ink *ink, const struct ink_glyph *g)
{
    struct ink_glyph *glyphs;
    uint32_t bucket;

    if (!g->hidden && has_twin(ink, g))
        return;
    glyphs = room(ink->glyphs, ink->glyph_n, &ink->glyph_cap, sizeof(*glyphs),
        2 * LIMIT_PAGE_RUNS);
    if (!glyphs || ink->text.failed) {
        ink->full = true;
        return;
    }
    ink->glyphs = glyphs;
    glyphs[ink->glyph_n] = *g;
    bucket = bucket_of(middle(g->x0, g->x1), middle(g->y0, g->y1));
    glyphs[ink->glyph_n].twin = ink->twins[bucket];
    ink->twins[bucket] = ++ink->glyph_n;
}

/* ---- lines and areas --------------------------------------------------- */

void ink_add_ruling(struct ink *ink, float x0, float y0, float x1, float y1)
{
    struct ink_ruling *rulings;
    bool level = fabsf(y1 - y0) <= 0.5f, upright = fabsf(x1 - x0) <= 0.5f;

    if (ink->frameless || !(level || upright) || x1 < -EDGE || y1 < -EDGE ||
        x0 > ink->width + EDGE || y0 > ink->height + EDGE)
        return;
    rulings = room(ink->rulings, ink->ruling_n, &ink->ruling_cap,
        sizeof(*rulings), RULINGS_MAX);
    if (!rulings) {
        ink->full = true;
        return;
    }
    ink->rulings = rulings;
    if (level && fabsf(x1 - x0) >= fabsf(y1 - y0))
        y0 = y1 = middle(y0, y1);
    else
        x0 = x1 = middle(x0, x1);
    rulings[ink->ruling_n++] = (struct ink_ruling){ fminf(x0, x1),
        fminf(y0, y1), fmaxf(x0, x1), fmaxf(y0, y1), false };
}

static bool is_inside(fz_rect box, float x, float y)
{
    return x > box.x0 && x < box.x1 && y > box.y0 && y < box.y1;
}

void ink_cover(struct ink *ink, fz_rect box)
{
    fz_rect inner = { box.x0 + EDGE, box.y0 + EDGE, box.x1 - EDGE,
        box.y1 - EDGE };

    for (uint32_t i = 0; i < ink->glyph_n; i++) {
        struct ink_glyph *g = &ink->glyphs[i];

        if (is_inside(box, middle(g->x0, g->x1), middle(g->y0, g->y1)))
            g->hidden = true;
    }
    for (uint32_t i = 0; i < ink->ruling_n; i++) {
        struct ink_ruling *r = &ink->rulings[i];

        if (is_inside(inner, r->x0, r->y0) && is_inside(inner, r->x1, r->y1))
            r->hidden = true;
    }
}

void ink_add_area(struct ink *ink, fz_rect box, bool white)
{
    struct ink_area *areas = room(ink->areas, ink->area_n, &ink->area_cap,
        sizeof(*areas), LIMIT_PAGE_RUNS);

    if (!areas) {
        ink->full = true;
        return;
    }
    ink->areas = areas;
    areas[ink->area_n++] = (struct ink_area){ box, white };
}

bool ink_shows_white(const struct ink *ink, float x, float y)
{
    for (uint32_t i = ink->area_n; i > 0; i--)
        if (is_inside(ink->areas[i - 1].box, x, y))
            return !ink->areas[i - 1].white;
    return false;
}

/* ---- judging ----------------------------------------------------------- */

static struct slice glyph_text(const struct ink *ink, const struct ink_glyph *g)
{
    return (struct slice){ ink->text.p + g->text, g->text_len };
}

static bool is_blank(struct slice text)
{
    return slice_eq_str(text, " ") || slice_eq_str(text, "\xc2\xa0") ||
           slice_eq_str(text, "\xe3\x80\x80");
}

/* Letters of languages that no report is in: what a broken table of
 * characters makes of Chinese ones, and it may make digits of them, too. */
static bool is_strange(struct slice text)
{
    uint32_t c;
    size_t step;

    if (text.len < 2)
        return false;
    c = text_code(text.p, text.len, &step);
    return (c >= 0xc0 && c <= 0x24f && c != 0xd7 && c != 0xf7) || c == 0xfffd;
}

struct ink_verdict ink_judge(const struct ink *ink)
{
    struct ink_verdict v = { .picture = NULL };
    double area = (double)ink->width * (double)ink->height;
    double share = area > 0 ? ink->picture_area / area : 0;
    uint32_t strange_n = 0;

    for (uint32_t i = 0; i < ink->glyph_n; i++) {
        struct slice text = glyph_text(ink, &ink->glyphs[i]);

        if (ink->glyphs[i].hidden || is_blank(text))
            continue;
        v.seen_n++;
        v.unknown_n += slice_find(text, SLICE_LIT("\xef\xbf\xbd")) >= 0;
        strange_n += is_strange(text);
    }
    v.garbled =
        (v.unknown_n >= 8 && v.unknown_n * 2 > v.seen_n) ||
        (strange_n >= STRANGE_MIN && strange_n * STRANGE_PART > v.seen_n);
    if (v.seen_n < FEW_GLYPHS && share >= PICTURE_SHARE)
        v.picture = "is a picture";
    else if (v.seen_n == 0 && share >= BARE_PICTURE_SHARE)
        v.picture = "has a picture and no text";
    else if (v.seen_n == 0 && ink->curve_n >= OUTLINES)
        v.picture = "has drawings and no text";
    else if (v.garbled)
        v.picture = "has glyphs that do not tell their characters";
    return v;
}

/* ---- to the page ------------------------------------------------------- */

/* Most of what is written goes one way; that is turned to go right. */
static enum ink_way main_way(const struct ink *ink)
{
    uint32_t n[4] = { 0 }, all = 0;

    for (uint32_t i = 0; i < ink->glyph_n; i++) {
        if (!ink->glyphs[i].hidden && !ink->glyphs[i].vertical) {
            n[ink->glyphs[i].way]++;
            all++;
        }
    }
    for (int way = INK_DOWN; way <= INK_UP; way++)
        if (n[way] >= 8 && n[way] >= all - all / 5)
            return (enum ink_way)way;
    return INK_RIGHT;
}

static void turn_point(
    const struct ink *ink, enum ink_way way, float *x, float *y)
{
    float from_x = *x, from_y = *y;

    switch (way) {
    case INK_RIGHT:
        break;
    case INK_DOWN:
        *x = from_y;
        *y = ink->width - from_x;
        break;
    case INK_LEFT:
        *x = ink->width - from_x;
        *y = ink->height - from_y;
        break;
    case INK_UP:
        *x = ink->height - from_y;
        *y = from_x;
        break;
    }
}

static void turn_box(const struct ink *ink, enum ink_way way, float *x0,
    float *y0, float *x1, float *y1)
{
    float ax = *x0, ay = *y0, bx = *x1, by = *y1;

    turn_point(ink, way, &ax, &ay);
    turn_point(ink, way, &bx, &by);
    *x0 = fminf(ax, bx);
    *y0 = fminf(ay, by);
    *x1 = fmaxf(ax, bx);
    *y1 = fmaxf(ay, by);
}

/* Level lines first, by their place across, then along. */
static int by_place(const void *a, const void *b)
{
    const struct ink_ruling *r = a, *s = b;
    bool r_level = r->y0 == r->y1, s_level = s->y0 == s->y1;
    float r_across = r_level ? r->y0 : r->x0,
          s_across = s_level ? s->y0 : s->x0;
    float r_along = r_level ? r->x0 : r->y0, s_along = s_level ? s->x0 : s->y0;

    if (r->hidden != s->hidden)
        return r->hidden ? 1 : -1;
    if (r_level != s_level)
        return r_level ? -1 : 1;
    if (r_across != s_across)
        return r_across < s_across ? -1 : 1;
    return r_along < s_along ? -1 : r_along > s_along;
}

static bool join_ruling(struct ink_ruling *r, const struct ink_ruling *next)
{
    bool level = r->y0 == r->y1;

    if (next->hidden || level != (next->y0 == next->y1))
        return false;
    if (level) {
        if (fabsf(next->y0 - r->y0) > ACROSS || next->x0 - r->x1 > ALONG ||
            r->x0 - next->x1 > ALONG)
            return false;
        r->x0 = fminf(r->x0, next->x0);
        r->x1 = fmaxf(r->x1, next->x1);
    } else {
        if (fabsf(next->x0 - r->x0) > ACROSS || next->y0 - r->y1 > ALONG ||
            r->y0 - next->y1 > ALONG)
            return false;
        r->y0 = fminf(r->y0, next->y0);
        r->y1 = fmaxf(r->y1, next->y1);
    }
    return true;
}

/* Is `b`, which comes later by place, in one line with `a` and near? */
static bool is_next_dot(const struct ink_ruling *a, const struct ink_ruling *b)
{
    bool level = a->y0 == a->y1;

    if (b->hidden || level != (b->y0 == b->y1))
        return false;
    return fabsf(level ? b->y0 - a->y0 : b->x0 - a->x0) <= ACROSS &&
           (level ? b->x0 - a->x1 : b->y0 - a->y1) <= DOT_GAP;
}

/* A dot of a line of the other direction; NULL for no neighbours. */
static bool is_lone_dot(const struct ink_ruling *before,
    const struct ink_ruling *r, const struct ink_ruling *next)
{
    return fmaxf(r->x1 - r->x0, r->y1 - r->y0) <= DOT &&
           !(before && is_next_dot(before, r)) &&
           !(next && is_next_dot(r, next));
}

static void put_rulings(
    struct ink *ink, enum ink_way way, struct pages *p, struct page *page)
{
    const struct ink_ruling *before = NULL;
    uint32_t i = 0;

    if (ink->ruling_n)
        qsort(ink->rulings, ink->ruling_n, sizeof(*ink->rulings), by_place);
    while (i < ink->ruling_n && !ink->rulings[i].hidden) {
        struct ink_ruling *joined = &ink->rulings[i++];
        struct ink_ruling r;

        while (i < ink->ruling_n && join_ruling(joined, &ink->rulings[i]))
            i++;
        r = *joined;
        if (!is_lone_dot(
                before, joined, i < ink->ruling_n ? &ink->rulings[i] : NULL)) {
            turn_box(ink, way, &r.x0, &r.y0, &r.x1, &r.y1);
            page_add_ruling(p, page, r.x0, r.y0, r.x1, r.y1);
        }
        before = joined;
    }
}

void ink_to_page(struct ink *ink, enum cell_reading reading, struct pages *p)
{
    enum ink_way way = main_way(ink);
    bool sideways = way == INK_DOWN || way == INK_UP;
    struct page *page = pages_add(p, sideways ? ink->height : ink->width,
        sideways ? ink->width : ink->height);

    if (!page)
        return;
    for (uint32_t i = 0; i < ink->glyph_n; i++) {
        const struct ink_glyph *g = &ink->glyphs[i];
        struct page_run run = { g->x0, g->y0, g->x1, g->y1,
            .vertical = g->vertical || ((g->way ^ way) & 1), .reading = reading,
            .text = glyph_text(ink, g) };

        if (g->hidden)
            continue;
        turn_box(ink, way, &run.x0, &run.y0, &run.x1, &run.y1);
        page_add_run(p, page, &run);
    }
    put_rulings(ink, way, p, page);
}
