/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_paper - how light the paper of a scan is from place to place.
 *
 * Paper is the lightest of what lies in a tile of the page, and what is
 * nearly as light.  The mean of all that is not black would count the gray of
 * blurred letters in, and then hairlines between them are as light as paper.
 */
#include "transformer/ocr_paper.h"

#include <leptonica/allheaders.h>
#include <stddef.h>

/* Pixels of a tile's side: wider than the strokes of a heading. */
#define TILE 24

/* Of a tile's pixels, of 100: lighter ones are noise. */
#define LIGHT 90

/* Of what is light, of 100: darker pixels are ink. */
#define NEARLY 82

/* No paper is darker, of 255. */
#define DARKEST 60

/* The mean of what is paper in a tile, 0 without any. */
static int paper_of(PIX *pix, int x0, int y0)
{
    int x1 = x0 + TILE, y1 = y0 + TILE, counts[256] = { 0 };
    int all = 0, seen = 0, light = 255, sum = 0, n = 0;

    x1 = x1 < pixGetWidth(pix) ? x1 : pixGetWidth(pix);
    y1 = y1 < pixGetHeight(pix) ? y1 : pixGetHeight(pix);
    for (int y = y0; y < y1; y++) {
        l_uint32 *line = pixGetData(pix) + (ptrdiff_t)y * pixGetWpl(pix);

        for (int x = x0; x < x1; x++)
            counts[GET_DATA_BYTE(line, x)]++;
    }
    all = (x1 - x0) * (y1 - y0);
    while (light > 0 && (seen += counts[light]) * 100 <= (100 - LIGHT) * all)
        light--;
    if (light < DARKEST)
        return 0;
    for (int v = light * NEARLY / 100; v < 256; v++) {
        sum += v * counts[v];
        n += counts[v];
    }
    return sum / n;
}

PIX *ocr_even_paper(PIX *pix, int level)
{
    l_int32 w = (pixGetWidth(pix) + TILE - 1) / TILE;
    l_int32 h = (pixGetHeight(pix) + TILE - 1) / TILE;
    PIX *map = pixCreate(w, h, 8), *inverse = NULL, *even = NULL;

    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++)
            pixSetPixel(map, x, y, (l_uint32)paper_of(pix, x * TILE, y * TILE));
    if (pixFillMapHoles(map, w, h, L_FILL_BLACK) == 0)
        inverse = pixGetInvBackgroundMap(map, level, 1, 1);
    if (inverse)
        even = pixApplyInvBackgroundGrayMap(pix, inverse, TILE, TILE);
    pixDestroy(&inverse);
    pixDestroy(&map);
    return even;
}
