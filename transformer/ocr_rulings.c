/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_rulings - the drawn lines of a scanned page.
 *
 * A pixel belongs to a line when it is darker than what lies a little above
 * AND below it, each averaged along the line; averaging is what finds a
 * hairline in noise that is as strong as itself, and the two sides are what
 * tells a line from shading.  Text has such pixels too, but not without gaps
 * over a third of an inch.  Vertical lines are found in the same way on the
 * transposed page.
 */
#include <leptonica/allheaders.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/limits.h"
#include "common/mem.h"
#include "transformer/ocr_sheet.h"
#include "transformer/ocr_strokes.h"
#include "transformer/ocr_track.h"

/* How much darker than both sides, averaged, of 255. */
#define CONTRAST 16

/* How much darker than both sides the trace of a line is. */
#define FAINTEST 7

/* Of the noise of the paper: how dark a short line is at least. */
#define NOISE 3.0f

/* The share of dark pixels along a line. */
#define SOLID 0.92f

/* In inches. */
#define SMOOTH 0.035f /* averaged along the line */
#define BESIDE 0.02f  /* beside a hairline, before any letter */
#define NEAR 0.03f    /* beside a thin line */
#define FAR 0.05f     /* beside a thick or double line */
#define HOLE 0.015f   /* in a line, from noise */
#define GAP_H 0.1f    /* between pieces of a line, from letters on it */
#define GAP_V 0.05f
#define SHORTEST_H 0.25f /* a column less its borders */
#define SHORTEST_V 0.14f /* a row */
#define PART 0.35f       /* longer than a stroke of a letter */
#define LONG 1.0f        /* alone, without lines across its ends */
#define SAME 0.03f       /* two lines nearer than that are one */
#define THIN 0.06f       /* a line and nothing beside it */
#define STRIP 0.04f      /* what a line is looked for in */
#define THICK 0.1f       /* a thick or double line */
#define THICKEST 0.2f    /* a line and letters beside it */
#define TABLE_WIDE 1.5f  /* no table is narrower and lower */
#define TABLE_HIGH 1.0f
#define TRACK 0.3f      /* of a line that may bend */
#define TRACE 0.15f     /* averaged where a line fades away */
#define REACH 0.04f     /* between the end of a line and one across it */
#define CROSSING 0.015f /* around a line, where none across it shows */

/* Lines besides one that end where it ends, when a page break tore them. */
#define TORN_LEAST 2

/* Rulings of one direction on one page. */
#define RULINGS_MAX (LIMIT_PAGE_RULINGS / 2)

static const uint8_t *row_of(const struct ocr_gray *g, int y)
{
    return g->px + (size_t)y * (size_t)g->w;
}

/* Each pixel the mean of `n` (odd) along its row. */
static struct ocr_gray smoothed(const struct ocr_gray *g, int n)
{
    struct ocr_gray s = { .w = g->w, .h = g->h };
    int half = n / 2;

    s.px = mem_alloc_n((size_t)s.w, (size_t)s.h);
    for (int y = 0; y < g->h; y++) {
        const uint8_t *from = row_of(g, y);
        uint8_t *to = s.px + (size_t)y * (size_t)s.w;
        int sum = (half + 1) * from[0];

        for (int i = 0; i < half; i++)
            sum += from[i < g->w ? i : g->w - 1];
        for (int x = 0; x < g->w; x++) {
            int in = x + half, out = x - half - 1;

            sum += from[in < g->w ? in : g->w - 1];
            if (x > 0)
                sum -= from[out > 0 ? out : 0];
            else
                sum -= from[0];
            to[x] = (uint8_t)(sum / n);
        }
    }
    return s;
}

/* The lightest pixel above (`way` -1) or below (1), at three distances. */
static uint8_t lightest(
    const struct ocr_gray *g, int x, int y, int way, const int distances[3])
{
    uint8_t light = 0;

    for (int i = 0; i < 3; i++) {
        int at = y + way * distances[i];
        uint8_t v = at >= 0 && at < g->h ? row_of(g, at)[x] : 255;

        light = v > light ? v : light;
    }
    return light;
}

/* One bit for each pixel of `g` that lies on a horizontal line. */
static PIX *line_pixels(const struct ocr_gray *g, const int distances[3])
{
    PIX *pix = pixCreate(g->w, g->h, 1);
    l_int32 words = pixGetWpl(pix);

    for (int y = 0; y < g->h; y++) {
        l_uint32 *line = pixGetData(pix) + (ptrdiff_t)y * words;
        const uint8_t *row = row_of(g, y);

        for (int x = 0; x < g->w; x++)
            if (row[x] < 255 - CONTRAST &&
                row[x] + CONTRAST <= lightest(g, x, y, -1, distances) &&
                row[x] + CONTRAST <= lightest(g, x, y, 1, distances))
                SET_DATA_BIT(line, x);
    }
    return pix;
}

/* How much of the line in `b` is paper along its track, in pixels. */
static int paper_of(const struct ocr_sheet *s, const struct ocr_gray *g,
    const struct ocr_box *b)
{
    struct ocr_track track;
    int paper = 0, dark;

    ocr_track_find(g, b, ocr_px(s, TRACK), &track);
    dark = ocr_ink_of_line(ocr_track_darkness(&track));
    for (int x = b->x0; x < b->x1; x++)
        paper += ocr_track_least(&track, x, 3) > 255 - dark;
    return paper;
}

/* Is the line in `b` dark nearly everywhere along its track? */
static bool is_solid(const struct ocr_sheet *s, const struct ocr_gray *g,
    const struct ocr_box *b)
{
    return (float)paper_of(s, g, b) <= (1 - SOLID) * (float)(b->x1 - b->x0);
}

/* The part of `b`, as long as it, that is most of a line: what stands close
 * beside one, a column of digits, may seem to belong to it and is darker. */
static struct ocr_box strip_of(const struct ocr_sheet *s,
    const struct ocr_gray *g, const struct ocr_box *b)
{
    int high = ocr_px(s, STRIP), least = b->x1 - b->x0;
    struct ocr_box strip = *b;

    for (int y = b->y0 - high / 2; y + high <= b->y1 + high / 2; y++) {
        struct ocr_box at = { b->x0, y, b->x1, y + high };
        int paper = y >= 0 && y + high <= g->h ? paper_of(s, g, &at) : least;

        if (paper < least) {
            least = paper;
            strip = at;
        }
    }
    return strip;
}

/* A line that is longer than a stroke of a letter. */
static bool is_part(const struct ocr_sheet *s, const struct ocr_gray *g,
    const struct ocr_box *b)
{
    return b->x1 - b->x0 >= ocr_px(s, PART) && is_solid(s, g, b);
}

/* Add what is a line of `b`, between those across it: beyond one it may go on
 * as the stroke of a letter, or fainter. */
static void add_parts(const struct ocr_sheet *s, const struct ocr_gray *g,
    const struct ocr_boxes *across, const struct ocr_box *b,
    struct ocr_boxes *out)
{
    struct ocr_boxes parts = { .n = 0 }, sections = { .n = 0 };

    ocr_add_pieces(s, g, across, b, false, &parts);
    for (uint32_t i = 0; i < parts.n; i++)
        if (is_part(s, g, &parts.items[i]))
            ocr_boxes_add(out, parts.items[i]);
        else
            ocr_add_pieces(s, g, across, &parts.items[i], true, &sections);
    for (uint32_t i = 0; i < sections.n; i++)
        if (is_part(s, g, &sections.items[i]))
            ocr_boxes_add(out, sections.items[i]);
    mem_free(parts.items);
    mem_free(sections.items);
}

/* Add what is a line in `b`.  Letters stand close beside lines from top to
 * bottom only, and those from left to right come first. */
static void add_line(const struct ocr_sheet *s, const struct ocr_gray *g,
    const struct ocr_boxes *across, struct ocr_box b, struct ocr_boxes *out)
{
    int over = across ? ocr_px(s, CROSSING) : 0; /* may seem to go so far */
    bool is_long = across && b.x1 - b.x0 >= ocr_px(s, PART);
    struct ocr_box inner = b, strip;

    if (b.x1 - b.x0 > 16 * over)
        inner.x0 += over, inner.x1 -= over;
    if (b.y1 - b.y0 <= ocr_px(s, THIN) && is_solid(s, g, &inner)) {
        ocr_boxes_add(out, b);
        return;
    }
    strip = is_long ? strip_of(s, g, &inner) : b;
    if (is_long && is_solid(s, g, &strip))
        ocr_boxes_add(out, strip);
    else if (b.y1 - b.y0 <= ocr_px(s, THICK) && is_solid(s, g, &inner))
        ocr_boxes_add(out, b);
    else if (is_long)
        add_parts(s, g, across, &strip, out);
}

/* Short, and hardly darker than the noise of the paper, which makes such lines
 * by chance? */
static bool is_noise(const struct ocr_sheet *s, const struct ocr_gray *g,
    const struct ocr_box *b)
{
    struct ocr_track track;

    if (b->x1 - b->x0 >= ocr_px(s, LONG) / 2)
        return false;
    ocr_track_find(g, b, ocr_px(s, TRACK), &track);
    return (float)ocr_track_darkness(&track) < NOISE * s->noise;
}

static void add_boxes(const struct ocr_sheet *s, const struct ocr_gray *g,
    BOXA *boxes, const struct ocr_boxes *across, struct ocr_boxes *out)
{
    int most = ocr_px(s, THICKEST);

    for (l_int32 i = 0; i < boxaGetCount(boxes) && out->n < RULINGS_MAX; i++) {
        l_int32 x, y, w, h;
        struct ocr_box b;

        boxaGetBoxGeometry(boxes, i, &x, &y, &w, &h);
        b = (struct ocr_box){ x, y, x + w, y + h };
        if (h <= most && !is_noise(s, g, &b))
            add_line(s, g, across, b, out);
    }
}

/* The places where no line shows, because one across it is there. */
static void add_crossings(
    const struct ocr_boxes *across, int margin, PIX *pixels)
{
    for (uint32_t i = 0; i < across->n; i++) {
        const struct ocr_box *b = &across->items[i];

        /* `across` lies as on the page, `pixels` on its side. */
        pixRasterop(pixels, b->y0 - margin, b->x0, b->y1 - b->y0 + 2 * margin,
            b->x1 - b->x0, PIX_SET, NULL, 0, 0);
    }
}

/* The horizontal lines of `g`; `across` are those found before. */
static void find_lines(const struct ocr_sheet *s, const struct ocr_gray *g,
    const struct ocr_boxes *across, float shortest, struct ocr_boxes *out)
{
    struct ocr_gray even = smoothed(g, ocr_px(s, SMOOTH) | 1);
    int distances[] = { ocr_px(s, BESIDE), ocr_px(s, NEAR), ocr_px(s, FAR) };
    PIX *pixels = line_pixels(&even, distances);
    PIX *thick = pixDilateBrick(NULL, pixels, 1, 3);
    PIX *closed = pixCloseSafeBrick(NULL, thick, ocr_px(s, HOLE), 1);
    PIX *lines;
    BOXA *boxes;

    if (across)
        add_crossings(across, ocr_px(s, CROSSING), closed);
    lines = pixOpenBrick(NULL, closed, ocr_px(s, shortest), 1);
    boxes = pixConnCompBB(lines, 8);
    add_boxes(s, g, boxes, across, out);
    boxaDestroy(&boxes);
    pixDestroy(&lines);
    pixDestroy(&closed);
    pixDestroy(&thick);
    pixDestroy(&pixels);
    mem_free(even.px);
}

static int compare_y(const void *a, const void *b)
{
    const struct ocr_box *p = a, *q = b;

    if (p->y0 + p->y1 != q->y0 + q->y1)
        return p->y0 + p->y1 - q->y0 - q->y1;
    return p->x0 - q->x0;
}

/* Make pieces of one line one line, and of a double line a single one. */
static void join(const struct ocr_sheet *s, float most, struct ocr_boxes *b)
{
    int same = ocr_px(s, SAME), gap = ocr_px(s, most);
    uint32_t n = 0;

    if (b->n == 0)
        return; /* a page without lines has no room for them either */
    qsort(b->items, b->n, sizeof(*b->items), compare_y);
    for (uint32_t i = 0; i < b->n; i++) {
        struct ocr_box *p = &b->items[i];
        uint32_t j = n;

        while (j > 0) {
            struct ocr_box *q = &b->items[j - 1];

            if (p->y0 + p->y1 - q->y0 - q->y1 <= 2 * same &&
                p->x0 <= q->x1 + gap && p->x1 >= q->x0 - gap)
                break;
            j--;
        }
        if (j == 0) {
            b->items[n++] = *p;
            continue;
        }
        j--;
        b->items[j].x0 = p->x0 < b->items[j].x0 ? p->x0 : b->items[j].x0;
        b->items[j].x1 = p->x1 > b->items[j].x1 ? p->x1 : b->items[j].x1;
        b->items[j].y0 = p->y0 < b->items[j].y0 ? p->y0 : b->items[j].y0;
        b->items[j].y1 = p->y1 > b->items[j].y1 ? p->y1 : b->items[j].y1;
    }
    b->n = n;
}

static void turn(struct ocr_boxes *b)
{
    for (uint32_t i = 0; i < b->n; i++) {
        struct ocr_box *p = &b->items[i];

        *p = (struct ocr_box){ p->y0, p->x0, p->y1, p->x1 };
    }
}

static int mean_of(const struct ocr_gray *g, int x0, int x1, int y)
{
    int sum = 0;

    if (y < 0 || y >= g->h)
        return 255;
    for (int x = x0; x < x1; x++)
        sum += row_of(g, y)[x];
    return sum / (x1 - x0);
}

/* Is there a trace of the line `b` from x0 to x1, piece by piece? */
static bool leaves_trace(const struct ocr_sheet *s, const struct ocr_gray *g,
    const struct ocr_box *b, int x0, int x1)
{
    int near = ocr_px(s, NEAR), far = ocr_px(s, FAR), step = ocr_px(s, TRACE);

    for (int x = x0; x < x1; x += step) {
        int end = x + step < x1 ? x + step : x1, least = 255, above, below;

        if (end - x < step / 2)
            break;
        for (int y = b->y0; y < b->y1; y++) {
            int mean = mean_of(g, x, end, y);

            least = mean < least ? mean : least;
        }
        above = mean_of(g, x, end, b->y0 - near);
        below = mean_of(g, x, end, b->y1 + near);
        if (mean_of(g, x, end, b->y0 - far) > above)
            above = mean_of(g, x, end, b->y0 - far);
        if (mean_of(g, x, end, b->y1 + far) > below)
            below = mean_of(g, x, end, b->y1 + far);
        if (least + FAINTEST > above || least + FAINTEST > below)
            return false;
    }
    return true;
}

/* Where the nearest line across the way of `b` lies beyond its end, -1. */
static int next_across(
    const struct ocr_boxes *across, const struct ocr_box *b, bool right)
{
    int y = (b->y0 + b->y1) / 2, best = -1;

    for (uint32_t i = 0; i < across->n; i++) {
        const struct ocr_box *a = &across->items[i];
        int x = (a->y0 + a->y1) / 2; /* `across` lies on its side */

        if (y < a->x0 - 2 || y > a->x1 + 2 || (right ? x <= b->x1 : x >= b->x0))
            continue;
        if (best < 0 || (right ? x < best : x > best))
            best = x;
    }
    return best;
}

/* Lines that fade away go on to those across their way, if any trace of them
 * does. */
static void extend(const struct ocr_sheet *s, const struct ocr_gray *g,
    const struct ocr_boxes *across, struct ocr_boxes *lines)
{
    for (uint32_t i = 0; i < lines->n; i++) {
        struct ocr_box *b = &lines->items[i];
        int to = next_across(across, b, true);

        if (to >= 0 && leaves_trace(s, g, b, b->x1, to))
            b->x1 = to;
        to = next_across(across, b, false);
        if (to >= 0 && leaves_trace(s, g, b, to, b->x0))
            b->x0 = to;
    }
}

/* A letter's stroke between two lines is no line between them, though it may
 * seem to go on where a line does: look at each piece by itself. */
static void split_at_crossings(const struct ocr_sheet *s,
    const struct ocr_gray *g, const struct ocr_boxes *across,
    struct ocr_boxes *lines)
{
    struct ocr_boxes out = { .n = 0 };

    for (uint32_t i = 0; i < lines->n; i++)
        ocr_add_pieces(s, g, across, &lines->items[i], false, &out);
    mem_free(lines->items);
    *lines = out;
}

/* Does a line of `across` pass by the point, which lies on its way? */
static bool meets(const struct ocr_boxes *across, int x, int y, int reach)
{
    for (uint32_t i = 0; i < across->n; i++) {
        const struct ocr_box *b = &across->items[i];

        if (x >= b->x0 - reach && x < b->x1 + reach && y >= b->y0 - reach &&
            y < b->y1 + reach)
            return true;
    }
    return false;
}

/* Where a ruling begins and ends along its way, and lies across it. */
struct way {
    int from, to, at;
};

static struct way way_of(const struct ocr_box *p)
{
    if (p->x1 - p->x0 > p->y1 - p->y0)
        return (struct way){ p->x0, p->x1, (p->y0 + p->y1) / 2 };
    return (struct way){ p->y0, p->y1, (p->x0 + p->x1) / 2 };
}

static bool meets_at(
    const struct ocr_boxes *across, const struct ocr_box *p, int end, int reach)
{
    if (p->x1 - p->x0 > p->y1 - p->y0)
        return meets(across, end, (p->y0 + p->y1) / 2, reach);
    return meets(across, (p->x0 + p->x1) / 2, end, reach);
}

/* Page breaks tear rows apart without a line where they tear: then several
 * lines, far from each other, hang on one across them and end at one level. */
static bool is_torn(
    const struct ocr_sheet *s, const struct ocr_box *p, bool from, bool to)
{
    struct way w = way_of(p);
    int same = ocr_px(s, SAME), others = 0, least = w.at, most = least;

    if (from == to)
        return false;
    for (uint32_t i = 0; i < s->v.n; i++) {
        struct way v = way_of(&s->v.items[i]);
        int off = from ? v.to - w.to : v.from - w.from;

        if (abs(off) > same || abs(v.at - w.at) <= same)
            continue;
        others++;
        least = v.at < least ? v.at : least;
        most = v.at > most ? v.at : most;
    }
    return others >= TORN_LEAST && most - least >= ocr_px(s, LONG);
}

/* Strokes of letters are short and end nowhere. */
static void drop_strokes(
    const struct ocr_sheet *s, struct ocr_boxes *b, const struct ocr_boxes *c)
{
    int reach = ocr_px(s, REACH), longest = ocr_px(s, LONG);
    bool *keep = mem_alloc_n(b->n + 1, sizeof(*keep));
    uint32_t n = 0;

    for (uint32_t i = 0; i < b->n; i++) {
        const struct ocr_box *p = &b->items[i];
        struct way w = way_of(p);
        bool from = meets_at(c, p, w.from, reach),
             to = meets_at(c, p, w.to, reach);

        keep[i] = (from && to) || w.to - w.from >= longest ||
                  (b == &s->v && is_torn(s, p, from, to));
    }
    for (uint32_t i = 0; i < b->n; i++)
        if (keep[i])
            b->items[n++] = b->items[i];
    b->n = n;
    mem_free(keep);
}

static void drop_within(struct ocr_boxes *b, const struct ocr_box *group)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < b->n; i++)
        if (!ocr_box_near(group, &b->items[i], 0))
            b->items[n++] = b->items[i];
    b->n = n;
}

/* Lines that touch each other and no table: strokes of a bold heading. */
static void drop_small_groups(struct ocr_sheet *s)
{
    int wide = ocr_px(s, TABLE_WIDE), high = ocr_px(s, TABLE_HIGH);
    struct ocr_boxes groups = { .n = 0 };

    for (uint32_t i = 0; i < s->h.n; i++)
        ocr_boxes_add(&groups, s->h.items[i]);
    for (uint32_t i = 0; i < s->v.n; i++)
        ocr_boxes_add(&groups, s->v.items[i]);
    ocr_boxes_unite(&groups, ocr_px(s, REACH));
    for (uint32_t i = 0; i < groups.n; i++) {
        const struct ocr_box *g = &groups.items[i];

        if (g->x1 - g->x0 >= wide || g->y1 - g->y0 >= high)
            continue;
        drop_within(&s->h, g);
        drop_within(&s->v, g);
    }
    mem_free(groups.items);
}

void ocr_find_rulings(struct ocr_sheet *s)
{
    const struct ocr_gray *g = &s->lines;
    struct ocr_gray t = ocr_gray_transposed(g);

    find_lines(s, g, NULL, SHORTEST_H, &s->h);
    join(s, GAP_H, &s->h);
    find_lines(s, &t, &s->h, SHORTEST_V, &s->v);
    join(s, GAP_V, &s->v);
    for (int round = 0; round < 2; round++) {
        extend(s, g, &s->v, &s->h);
        extend(s, &t, &s->h, &s->v);
    }
    split_at_crossings(s, &t, &s->h, &s->v);
    split_at_crossings(s, g, &s->v, &s->h);
    turn(&s->v);
    mem_free(t.px);
    for (int round = 0; round < 2; round++) {
        drop_strokes(s, &s->h, &s->v);
        drop_strokes(s, &s->v, &s->h);
    }
    drop_small_groups(s);
}
