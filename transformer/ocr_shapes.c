/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_shapes - digits of one page compared with each other.
 */
#include "transformer/ocr_shapes.h"

#include <math.h>
#include <string.h>

#define SIDE OCR_SHAPE_SIDE

/* Correlation from which two shapes are alike. */
#define ALIKE 0.8f

/* Shapes of one page that are looked at; a dense one has 1,000. */
#define SHAPES_MOST 3000u

/* The mean ink of one square of the shape, by a grid of four by four. */
static float ink_in(const struct ocr_sheet *s, float x0, float y0, float step)
{
    float sum = 0;

    for (int j = 0; j < 4; j++)
        for (int i = 0; i < 4; i++)
            sum += (float)ocr_dark(&s->gray,
                (int)(x0 + step * ((float)i + 0.5f) / 4),
                (int)(y0 + step * ((float)j + 0.5f) / 4));
    return sum / 16;
}

void ocr_shape_of(
    const struct ocr_sheet *s, const struct ocr_box *box, struct ocr_shape *out)
{
    float step = (float)(box->y1 - box->y0) / SIDE;
    float left = (float)(box->x0 + box->x1) / 2 - step * SIDE / 2;
    float sum = 0, square = 0;

    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            float x0 = left + step * (float)x;
            bool inside =
                x0 + step > (float)box->x0 - 1 && x0 < (float)box->x1 + 1;
            float v =
                inside ? ink_in(s, x0, (float)box->y0 + step * (float)y, step)
                       : 0;

            out->px[y * SIDE + x] = v;
            sum += v;
        }
    for (int i = 0; i < SIDE * SIDE; i++) {
        out->px[i] -= sum / (SIDE * SIDE);
        square += out->px[i] * out->px[i];
    }
    for (int i = 0; i < SIDE * SIDE; i++)
        out->px[i] /= sqrtf(square) + 1e-3f;
    out->digit = -1;
}

static float alike(const struct ocr_shape *a, const struct ocr_shape *b)
{
    float sum = 0;

    for (int i = 0; i < SIDE * SIDE; i++)
        sum += a->px[i] * b->px[i];
    return sum;
}

int ocr_shape_like(
    const struct ocr_shape *shapes, uint32_t n, uint32_t i, float *margin)
{
    float best[10] = { 0 }, second = 0;
    int digit = 0;

    for (uint32_t j = 0; j < n && j < SHAPES_MOST; j++) {
        float v;

        if (j == i || shapes[j].digit < 0)
            continue;
        v = alike(&shapes[i], &shapes[j]);
        if (v > best[shapes[j].digit])
            best[shapes[j].digit] = v;
    }
    for (int d = 1; d < 10; d++)
        if (best[d] > best[digit])
            digit = d;
    for (int d = 0; d < 10; d++)
        if (d != digit && best[d] > second)
            second = best[d];
    *margin = best[digit] - second;
    return best[digit] >= ALIKE ? digit : -1;
}

float ocr_lean(const struct ocr_sheet *s, const struct ocr_box *box)
{
    float ink = 0, x_mean = 0, y_mean = 0, both = 0, high = 0;

    for (int y = box->y0; y < box->y1; y++)
        for (int x = box->x0; x < box->x1; x++) {
            float v = (float)ocr_dark(&s->gray, x, y);

            ink += v;
            x_mean += v * (float)(x - box->x0);
            y_mean += v * (float)(y - box->y0);
        }
    if (ink <= 0)
        return 0;
    x_mean /= ink;
    y_mean /= ink;
    for (int y = box->y0; y < box->y1; y++)
        for (int x = box->x0; x < box->x1; x++) {
            float v = (float)ocr_dark(&s->gray, x, y);
            float dy = (float)(y - box->y0) - y_mean;

            both += v * dy * ((float)(x - box->x0) - x_mean);
            high += v * dy * dy;
        }
    return high > 0 ? -both / high : 0;
}
