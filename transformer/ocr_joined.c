/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_joined - digits whose ink touches, taken apart.
 *
 * Small digits of a coarse scan run into each other and into the point
 * behind them.  Where a mark is too wide for a digit of its page, it is cut
 * at the columns with the least ink.  How many digits there are is still for
 * the recognisers to confirm.
 */
#include "transformer/ocr_joined.h"

#include <math.h>

#include "common/mem.h"

/* Of the usual width of digits: from here on a mark may be more than one and
 * is, if it is not one with a point; no part of one is narrower. */
#define WIDE 1.2f
#define WIDER 1.45f
#define NARROW 0.2f

/* Of the usual height: how low and how high a digit may be.  Strokes of
 * Chinese characters differ more. */
#define LOW 0.85f
#define HIGH 1.12f

/* Of the ink of the columns around it, on both sides: how much a cut may go
 * through; and of the mean ink, between a digit and its point. */
#define VALLEY 0.75f
#define GAP 0.3f

/* Mean ink that a digit's width off the usual places is as bad as: within a
 * 0 there is less than between two of them. */
#define OFF 2.0f

/* Ink that counts when the height of a part is measured, of 255. */
#define INK 50

static int column_ink(const struct ocr_sheet *s, const struct ocr_box *b, int x)
{
    int sum = 0;

    for (int y = b->y0; y < b->y1; y++)
        sum += ocr_dark(&s->gray, x, y);
    return sum;
}

/* The most ink of a column from x0 to x1. */
static int most_ink(
    const struct ocr_sheet *s, const struct ocr_box *b, int x0, int x1)
{
    int most = 0;

    for (int x = x0 > b->x0 ? x0 : b->x0; x < x1 && x < b->x1; x++) {
        int ink = column_ink(s, b, x);

        most = ink > most ? ink : most;
    }
    return most;
}

/* Is there less ink in column `x` than on both sides of it? */
static bool is_valley(
    const struct ocr_sheet *s, const struct ocr_box *b, int x, float wide)
{
    int reach = (int)(wide / 2) + 1;
    int left = most_ink(s, b, x - reach, x),
        right = most_ink(s, b, x + 1, x + 1 + reach);

    return (float)column_ink(s, b, x) <=
           VALLEY * (float)(left < right ? left : right);
}

/* The column of `b` before which to cut it, -1 when there is none. */
static int find_cut(
    const struct ocr_sheet *s, const struct ocr_box *b, float wide)
{
    int w = b->x1 - b->x0, best = -1, edge = (int)ceilf(NARROW * wide);
    bool pointed = (float)w < WIDER * wide;
    float least = 0, mean = 0;

    for (int x = b->x0; x < b->x1; x++)
        mean += (float)column_ink(s, b, x) / (float)w;
    for (int x = b->x0 + edge; x < b->x1 - edge; x++) {
        float ink = (float)column_ink(s, b, x) / (mean + 1);
        float left = (float)(x - b->x0) / wide,
              right = (float)(b->x1 - x) / wide;
        float bad = ink + OFF * fminf(fabsf(left - roundf(left)),
                                    fabsf(right - roundf(right)));

        if (pointed ? ink > GAP : !is_valley(s, b, x, wide))
            continue;
        if (best < 0 || bad < least) {
            least = bad;
            best = x;
        }
    }
    return best;
}

/* Leave out the rows at the top and bottom of `b` that have no ink. */
static void tighten(const struct ocr_sheet *s, struct ocr_box *b)
{
    int y0 = b->y1, y1 = b->y0;

    for (int y = b->y0; y < b->y1; y++)
        for (int x = b->x0; x < b->x1; x++)
            if (ocr_dark(&s->gray, x, y) > INK) {
                y0 = y < y0 ? y : y0;
                y1 = y + 1;
            }
    if (y0 < y1) {
        b->y0 = y0 > b->y0 ? y0 - 1 : y0;
        b->y1 = y1 < b->y1 ? y1 + 1 : y1;
    }
}

/* Is the mark as high as a digit, or as low as a sign? */
static bool is_of_number(const struct ocr_box *b, int high)
{
    float h = (float)(b->y1 - b->y0);

    return 2 * h < (float)high ||
           (h >= LOW * (float)high && h <= HIGH * (float)high);
}

/* Append the parts of `b` to `out`; false when it is too wide and cannot be
 * cut, or a part is none of a number.  Parts are cut from the left, each
 * once. */
static bool cut_apart(const struct ocr_sheet *s, struct ocr_box b, int high,
    float wide, struct ocr_boxes *out)
{
    struct ocr_box todo[OCR_JOINED_MOST];
    int n = 0;

    todo[n++] = b;
    while (n > 0) {
        struct ocr_box one = todo[--n], rest;
        float w = (float)(one.x1 - one.x0);
        int at = w > WIDE * wide ? find_cut(s, &one, wide) : -1;

        if (at < 0 && w < WIDER * wide) {
            tighten(s, &one);
            if (!is_of_number(&one, high))
                return false;
            ocr_boxes_add(out, one);
            continue;
        }
        if (at < 0 || n + 2 > OCR_JOINED_MOST)
            return false;
        rest = one;
        rest.x0 = one.x1 = at;
        todo[n++] = rest;
        todo[n++] = one;
    }
    return true;
}

bool ocr_take_apart(
    const struct ocr_sheet *s, struct ocr_boxes *marks, int high, int wide)
{
    struct ocr_boxes out = { .n = 0 };
    uint32_t before = marks->n;
    bool done = true;

    for (uint32_t i = 0; i < marks->n; i++)
        if (!is_of_number(&marks->items[i], high))
            return false;
    for (uint32_t i = 0; i < marks->n && done; i++) {
        struct ocr_box b = marks->items[i];

        if ((float)(b.x1 - b.x0) <= WIDE * (float)wide ||
            2 * (b.y1 - b.y0) < high)
            ocr_boxes_add(&out, b); /* one digit or a sign */
        else
            done = cut_apart(s, b, high, (float)wide, &out);
    }
    if (!done || out.n == before) {
        mem_free(out.items);
        return false;
    }
    mem_free(marks->items);
    *marks = out;
    return true;
}
