/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_marks - the ink of a scanned page that is no ruling.
 *
 * What lies on rulings goes with them; a mark that is left at the edge of
 * such a gap may be half a digit, and is said to be cut, however little is
 * left of it.
 */
#include <leptonica/allheaders.h>

#include "common/mem.h"
#include "transformer/ocr_sheet.h"
#include "transformer/ocr_track.h"

/* Ink is darker than this, averaged over three by three pixels. */
#define INK 205

/* A stroke is darker where it is cut. */
#define STROKE 165

/* Marks of fewer pixels are specks. */
#define SPECK 4

/* Mean darkness up to which a ruling reaches, and how long it is straight, in
 * inches. */
#define RULING 30
#define TRACK 0.3f

/* In inches: what is left along a ruling is thinner. */
#define REST 0.015f

/* Pixels beside a ruling that are still gray from it. */
#define EDGE 1

#define MARKS_MAX 50000

/* Clear the ruling in `r` of `g`, which is turned over if `upright`: along
 * its track and not the whole box, into which numbers reach where the line is
 * not quite straight. */
static void clear_ruling(PIX *ink, const struct ocr_gray *g,
    const struct ocr_box *r, int step, bool upright)
{
    l_int32 words = pixGetWpl(ink);
    struct ocr_track track;
    int reach;

    ocr_track_find(g, r, step, &track);
    reach = ocr_track_reach(&track, RULING, r->y1 - r->y0) + EDGE;
    for (int x = r->x0; x < r->x1; x++) {
        int row = ocr_track_row(&track, x);

        for (int y = row - reach; y <= row + reach; y++)
            if (y >= r->y0 && y < r->y1)
                CLEAR_DATA_BIT(
                    pixGetData(ink) + (ptrdiff_t)(upright ? x : y) * words,
                    upright ? y : x);
    }
}

static void clear_rulings(struct ocr_sheet *s)
{
    struct ocr_gray upright = ocr_gray_transposed(&s->gray);
    int step = ocr_px(s, TRACK);

    for (uint32_t i = 0; i < s->h.n; i++)
        clear_ruling(s->ink, &s->gray, &s->h.items[i], step, false);
    for (uint32_t i = 0; i < s->v.n; i++) {
        const struct ocr_box *v = &s->v.items[i];
        struct ocr_box r = { v->y0, v->x0, v->y1, v->x1 };

        clear_ruling(s->ink, &upright, &r, step, true);
    }
    mem_free(upright.px);
}

/* The pixels of `ink` where a stroke runs into what went from `before`: both
 * sides of the edge are dark in `gray`, not only the halo of a ruling. */
static PIX *beside_cleared(PIX *gray, PIX *before, PIX *ink)
{
    PIX *strokes = pixThresholdToBinary(gray, STROKE);
    PIX *gone = pixXor(NULL, before, ink);
    PIX *around, *edge;

    pixAnd(gone, gone, strokes);
    around = pixDilateBrick(NULL, gone, 3, 3);
    edge = pixAnd(NULL, around, ink);
    pixAnd(edge, edge, strokes);
    pixDestroy(&around);
    pixDestroy(&gone);
    pixDestroy(&strokes);
    return edge;
}

static bool has_pixel(PIX *pix, const struct ocr_box *b)
{
    l_int32 words = pixGetWpl(pix);

    for (int y = b->y0; y < b->y1; y++) {
        l_uint32 *line = pixGetData(pix) + (ptrdiff_t)y * words;

        for (int x = b->x0; x < b->x1; x++)
            if (GET_DATA_BIT(line, x))
                return true;
    }
    return false;
}

/* Does a ruling's cleared band touch the box? */
static bool touches(
    const struct ocr_boxes *rulings, const struct ocr_box *b, int reach)
{
    for (uint32_t i = 0; i < rulings->n; i++) {
        const struct ocr_box *r = &rulings->items[i];

        if (b->x0 <= r->x1 + reach && b->x1 >= r->x0 - reach &&
            b->y0 <= r->y1 + reach && b->y1 >= r->y0 - reach)
            return true;
    }
    return false;
}

static void sort_mark(struct ocr_sheet *s, PIX *edge, const struct ocr_box *b)
{
    int rest = ocr_px(s, REST), w = b->x1 - b->x0, h = b->y1 - b->y0;

    if (has_pixel(edge, b))
        ocr_boxes_add(&s->cut, *b);
    if ((h > rest || !touches(&s->h, b, 2)) &&
        (w > rest || !touches(&s->v, b, 2)))
        ocr_boxes_add(&s->marks, *b);
}

/* Put paper in the place of rulings, so that no crop shows one. */
static void erase_rulings(struct ocr_sheet *s, const struct ocr_boxes *b)
{
    l_int32 words = pixGetWpl(s->ink);

    for (uint32_t i = 0; i < b->n; i++) {
        const struct ocr_box *r = &b->items[i];

        for (int y = r->y0 - EDGE; y < r->y1 + EDGE; y++)
            for (int x = r->x0 - EDGE; x < r->x1 + EDGE; x++)
                if (x >= 0 && y >= 0 && x < s->gray.w && y < s->gray.h &&
                    !GET_DATA_BIT(pixGetData(s->ink) + (ptrdiff_t)y * words, x))
                    s->gray.px[(size_t)y * (size_t)s->gray.w + (size_t)x] = 255;
    }
}

void ocr_find_marks(struct ocr_sheet *s)
{
    struct ocr_box all = { 0, 0, s->gray.w, s->gray.h };
    PIX *gray = ocr_crop(s, all, 0);
    PIX *even = pixBlockconv(gray, 1, 1);
    PIX *before = pixThresholdToBinary(even, INK);
    PIX *edge;
    BOXA *boxes;

    s->ink = pixCopy(NULL, before);
    clear_rulings(s);
    edge = beside_cleared(gray, before, s->ink);
    boxes = pixConnCompBB(s->ink, 8);
    for (l_int32 i = 0; i < boxaGetCount(boxes) && i < MARKS_MAX; i++) {
        l_int32 x, y, w, h;
        struct ocr_box b;

        boxaGetBoxGeometry(boxes, i, &x, &y, &w, &h);
        b = (struct ocr_box){ x, y, x + w, y + h };
        if (w * h >= SPECK)
            sort_mark(s, edge, &b);
    }
    erase_rulings(s, &s->h);
    erase_rulings(s, &s->v);
    boxaDestroy(&boxes);
    pixDestroy(&edge);
    pixDestroy(&before);
    pixDestroy(&even);
    pixDestroy(&gray);
}
