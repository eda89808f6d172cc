/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_marks - the ink of a scanned page that is no ruling.
 *
 * What lies on rulings goes with them; a mark that is left at the edge of
 * such a gap may be half a digit, and is said to be cut.
 */
#include <leptonica/allheaders.h>

#include "transformer/ocr_sheet.h"

/* Ink is darker than this, averaged over three by three pixels. */
#define INK 205

/* Marks of fewer pixels are specks. */
#define SPECK 4

/* In inches: what is left along a ruling is thinner. */
#define REST 0.015f

#define MARKS_MAX 50000

static void clear_rulings(PIX *ink, const struct ocr_boxes *b, int margin)
{
    for (uint32_t i = 0; i < b->n; i++) {
        const struct ocr_box *r = &b->items[i];

        pixRasterop(ink, r->x0 - margin, r->y0 - margin,
            r->x1 - r->x0 + 2 * margin, r->y1 - r->y0 + 2 * margin, PIX_CLR,
            NULL, 0, 0);
    }
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

static void sort_mark(struct ocr_sheet *s, const struct ocr_box *b)
{
    int rest = ocr_px(s, REST), w = b->x1 - b->x0, h = b->y1 - b->y0;
    bool at_h = touches(&s->h, b, 2), at_v = touches(&s->v, b, 2);

    if ((at_h && h <= rest) || (at_v && w <= rest))
        return;
    ocr_boxes_add(&s->marks, *b);
    if (at_h || at_v)
        ocr_boxes_add(&s->cut, *b);
}

void ocr_find_marks(struct ocr_sheet *s)
{
    struct ocr_box all = { 0, 0, s->gray.w, s->gray.h };
    PIX *gray = ocr_crop(s, all, 0);
    PIX *even = pixBlockconv(gray, 1, 1);
    BOXA *boxes;

    s->ink = pixThresholdToBinary(even ? even : gray, INK);
    clear_rulings(s->ink, &s->h, 1);
    clear_rulings(s->ink, &s->v, 1);
    boxes = pixConnCompBB(s->ink, 8);
    for (l_int32 i = 0; i < boxaGetCount(boxes) && i < MARKS_MAX; i++) {
        l_int32 x, y, w, h;
        struct ocr_box b;

        boxaGetBoxGeometry(boxes, i, &x, &y, &w, &h);
        b = (struct ocr_box){ x, y, x + w, y + h };
        if (w * h >= SPECK)
            sort_mark(s, &b);
    }
    boxaDestroy(&boxes);
    pixDestroy(&even);
    pixDestroy(&gray);
}
