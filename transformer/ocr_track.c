/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_track - where in its box a horizontal line runs, and how dark it is
 * there.
 */
#include "transformer/ocr_track.h"

#include <math.h>

/* Rows that are nearly as dark as the darkest are part of one thick line. */
#define AS_DARK 16

static int mean_of(const struct ocr_gray *g, int x0, int x1, int y)
{
    const uint8_t *row = g->px + (size_t)y * (size_t)g->w;
    int sum = 0;

    for (int x = x0; x < x1; x++)
        sum += row[x];
    return sum / (x1 - x0);
}

/* The middle of the darkest rows of `b` from x0 to x1. */
static float darkest_row(
    const struct ocr_gray *g, const struct ocr_box *b, int x0, int x1)
{
    int first = b->y0, last = first, least = 256;

    for (int y = b->y0; y < b->y1; y++) {
        int mean = mean_of(g, x0, x1, y);

        if (mean < least - AS_DARK)
            first = y;
        if (mean < least)
            least = mean, last = y;
        else if (mean <= least + AS_DARK && y == last + 1)
            last = y;
    }
    return (float)(first + last) / 2;
}

void ocr_track_find(const struct ocr_gray *g, const struct ocr_box *box,
    int step, struct ocr_track *out)
{
    int len = box->x1 - box->x0;

    out->gray = g;
    out->x0 = box->x0;
    out->x1 = box->x1;
    out->n = len / step;
    out->n = out->n < 1 ? 1 : out->n;
    out->n = out->n > OCR_TRACK_MOST ? OCR_TRACK_MOST : out->n;
    out->step = (float)len / (float)out->n;
    for (int i = 0; i < out->n; i++) {
        int from = box->x0 + (int)(out->step * (float)i);
        int to = box->x0 + (int)(out->step * (float)(i + 1));

        out->y[i] = darkest_row(g, box, from, to > from ? to : from + 1);
    }
}

int ocr_track_row(const struct ocr_track *t, int x)
{
    float at = ((float)(x - t->x0) + 0.5f) / t->step - 0.5f;
    int i = (int)floorf(at);
    float part = at - (float)i;

    if (i < 0)
        return (int)lroundf(t->y[0]);
    if (i + 1 >= t->n)
        return (int)lroundf(t->y[t->n - 1]);
    return (int)lroundf(t->y[i] + part * (t->y[i + 1] - t->y[i]));
}

int ocr_track_least(const struct ocr_track *t, int x, int n)
{
    const struct ocr_gray *g = t->gray;
    int row = ocr_track_row(t, x), least = 255;

    for (int y = row - 1; y <= row + 1; y++) {
        const uint8_t *line;
        int mean;

        if (y < 0 || y >= g->h)
            continue;
        line = g->px + (size_t)y * (size_t)g->w;
        mean = line[x];
        if (n > 1)
            mean = (line[x > 0 ? x - 1 : x] + line[x] +
                       line[x + 1 < g->w ? x + 1 : x]) /
                   3;
        least = mean < least ? mean : least;
    }
    return least;
}

int ocr_track_darkness(const struct ocr_track *t)
{
    int counts[256] = { 0 }, len = t->x1 - t->x0, seen = 0, median = 0;

    for (int x = t->x0; x < t->x1; x++)
        counts[ocr_track_least(t, x, 3)]++;
    while (median < 255 && (seen += counts[median]) < len / 2)
        median++;
    return 255 - median;
}

/* How dark the rows `off` above and below the track are in the mean. */
static int mean_beside(const struct ocr_track *t, int off)
{
    const struct ocr_gray *g = t->gray;
    int sum = 0, n = 0;

    for (int x = t->x0; x < t->x1; x++)
        for (int side = -1; side <= 1; side += 2) {
            int y = ocr_track_row(t, x) + side * off;

            if (y < 0 || y >= g->h)
                continue;
            sum += 255 - g->px[(size_t)y * (size_t)g->w + (size_t)x];
            n++;
        }
    return n ? sum / n : 0;
}

int ocr_track_reach(const struct ocr_track *t, int dark, int most)
{
    int reach = 0;

    while (reach < most && mean_beside(t, reach + 1) >= dark)
        reach++;
    return reach;
}
