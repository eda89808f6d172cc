/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_sheet - a scanned page made straight and even.
 *
 * 200 dpi are best: below, digits fall apart; above, everything costs more
 * and nothing is read better.
 */
#include "transformer/ocr_sheet.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <stdlib.h>

#include "common/mem.h"
#include "transformer/ocr_paper.h"

#define DPI_BEST 200.0f
#define DPI_MOST 230.0f /* from here on scaling pays */

/* Skew in degrees worth turning; how sure leptonica must be, and is when
 * there is no doubt. */
#define SKEW_LEAST 0.08f
#define SKEW_SURE 2.0f
#define SKEW_CLEAR 5.0f

/* What paper is made while the sheet is made. */
#define PAPER 200

/* Darkness of a speck worth dropping, at least. */
#define SPECK 40

/* Darkness of what may be ink, of the darkest twentieth of it on a good scan,
 * and how many times darker it is made at most. */
#define INK_LEAST 40
#define INK_DEEP 220
#define INK_MOST 2

int ocr_px(const struct ocr_sheet *s, float inches)
{
    int n = (int)lroundf(inches * s->dpi);

    return n < 1 ? 1 : n;
}

static PIX *pix_of(const struct picture *p)
{
    PIX *pix = pixCreate((l_int32)p->width, (l_int32)p->height, 8);
    l_int32 words = pixGetWpl(pix);

    for (uint32_t y = 0; y < p->height; y++) {
        l_uint32 *line = pixGetData(pix) + (size_t)y * (size_t)words;
        const uint8_t *from = p->gray + (size_t)y * p->width;

        for (uint32_t x = 0; x < p->width; x++)
            SET_DATA_BYTE(line, x, from[x]);
    }
    return pix;
}

/* How much darker than paper the darkest pixel around `at` is. */
static int darkest_around(const l_uint32 *line, l_int32 words, int x)
{
    int least = PAPER;

    for (int dy = -1; dy <= 1; dy++)
        for (int dx = -1; dx <= 1; dx++) {
            int v = GET_DATA_BYTE(line + (ptrdiff_t)dy * words, x + dx);

            if ((dx || dy) && v < least)
                least = v;
        }
    return PAPER - least;
}

/* A dark pixel with none half as dark around it is dirt, never ink: made
 * larger by turning and averaging it would pass for a point. */
static void drop_specks(PIX *pix)
{
    l_int32 words = pixGetWpl(pix);

    for (int y = 1; y < pixGetHeight(pix) - 1; y++) {
        l_uint32 *line = pixGetData(pix) + (ptrdiff_t)y * words;

        for (int x = 1; x < pixGetWidth(pix) - 1; x++) {
            int dark = PAPER - (int)GET_DATA_BYTE(line, x);

            if (dark >= SPECK && 2 * darkest_around(line, words, x) <= dark)
                SET_DATA_BYTE(line, x, PAPER);
        }
    }
}

/* Put `to` in the place of `*from`, unless it could not be made. */
static void replace(PIX **from, PIX *to)
{
    if (to) {
        pixDestroy(from);
        *from = to;
    }
}

/* The skew of what is darker than `level`, and how sure that is. */
static float skew_at(PIX *pix, int level, float *degrees)
{
    PIX *dark = pixThresholdToBinary(pix, level);
    l_float32 found = 0, sure = 0;

    if (dark && pixFindSkew(dark, &found, &sure) == 0)
        *degrees = found;
    else
        sure = 0;
    pixDestroy(&dark);
    return sure;
}

/* Rulings show in the evened page, hairlines faint from blur in the page as
 * it is, letters in noise at a darker level: the surest of them counts. */
static float find_skew(PIX *pix)
{
    PIX *even = pixBlockconv(pix, 1, 1);
    const struct {
        PIX *pix;
        int level;
    } looks[] = { { even, PAPER - 30 }, { pix, PAPER - 15 },
        { even, PAPER * 2 / 3 } };
    float degrees = 0, sure = 0;

    if (!even)
        return 0;
    for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
        float found = 0;
        float is = skew_at(looks[i].pix, looks[i].level, &found);

        if (is > sure) {
            sure = i > 0 && is < SKEW_SURE ? SKEW_SURE : is;
            degrees = found;
        }
        if (sure >= SKEW_CLEAR)
            break;
    }
    pixDestroy(&even);
    return sure >= SKEW_SURE && fabsf(degrees) > SKEW_LEAST ? degrees : 0;
}

static void turn(PIX **pix, float degrees)
{
    if (degrees != 0)
        replace(pix, pixRotate(*pix, degrees * (float)M_PI / 180,
                         L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0));
}

/* Make faint ink as dark as ink is elsewhere: what counts as ink, and as the
 * trace of a digit, is said in absolute numbers. */
static void deepen(struct ocr_gray *g)
{
    size_t all = (size_t)g->w * (size_t)g->h, counts[256] = { 0 };
    size_t ink = 0, seen = 0;
    int deep = 255;

    for (size_t i = 0; i < all; i++)
        counts[255 - g->px[i]]++;
    for (int d = INK_LEAST; d < 256; d++)
        ink += counts[d];
    while (deep > INK_LEAST && (seen += counts[deep]) * 20 <= ink)
        deep--;
    if (ink == 0 || deep >= INK_DEEP)
        return;
    deep = deep * INK_MOST < INK_DEEP ? INK_DEEP / INK_MOST : deep;
    for (size_t i = 0; i < all; i++) {
        int d = (255 - g->px[i]) * INK_DEEP / deep;

        g->px[i] = (uint8_t)(d > 255 ? 0 : 255 - d);
    }
}

static void gray_of(PIX *pix, struct ocr_gray *out)
{
    l_int32 words = pixGetWpl(pix);

    out->w = pixGetWidth(pix);
    out->h = pixGetHeight(pix);
    out->px = mem_alloc_n((size_t)out->w, (size_t)out->h);
    for (int y = 0; y < out->h; y++) {
        l_uint32 *line = pixGetData(pix) + (size_t)y * (size_t)words;
        uint8_t *to = out->px + (size_t)y * (size_t)out->w;

        for (int x = 0; x < out->w; x++) {
            uint32_t v = GET_DATA_BYTE(line, x) * 255u / PAPER;

            to[x] = (uint8_t)(v > 255 ? 255 : v);
        }
    }
}

/* How far pixels of paper side by side are from each other, averaged. */
static float noise_of(const struct ocr_gray *g)
{
    uint64_t sum = 0, n = 0;

    for (int y = 0; y < g->h; y++) {
        const uint8_t *row = g->px + (size_t)y * (size_t)g->w;

        for (int x = 1; x < g->w; x++)
            if (row[x] > PAPER && row[x - 1] > PAPER) {
                sum += (uint64_t)abs(row[x] - row[x - 1]);
                n++;
            }
    }
    return n > 0 ? (float)sum / (float)n : 0;
}

int ocr_dark_around(
    const struct ocr_gray *g, int x, int y, int beside, int above)
{
    int sum = 0;

    for (int dy = -above; dy <= above; dy++)
        for (int dx = -beside; dx <= beside; dx++)
            sum += ocr_dark(g, x + dx, y + dy);
    return sum / ((2 * beside + 1) * (2 * above + 1));
}

struct ocr_gray ocr_gray_transposed(const struct ocr_gray *g)
{
    struct ocr_gray t = { .w = g->h, .h = g->w };

    t.px = mem_alloc_n((size_t)t.w, (size_t)t.h);
    for (int y = 0; y < g->h; y++)
        for (int x = 0; x < g->w; x++)
            t.px[(size_t)x * (size_t)t.w + (size_t)y] =
                g->px[(size_t)y * (size_t)g->w + (size_t)x];
    return t;
}

static void make_gray(PIX *pix, float degrees, struct ocr_gray *out)
{
    turn(&pix, degrees);
    gray_of(pix, out);
    deepen(out);
    pixDestroy(&pix);
}

void ocr_sheet_init(
    struct ocr_sheet *s, const struct picture *picture, float page_width)
{
    PIX *pix = pix_of(picture), *light;
    float degrees;

    *s = (struct ocr_sheet){ .dpi = (float)picture->width * 72 / page_width };
    if (s->dpi > DPI_MOST) {
        replace(
            &pix, pixScaleAreaMap(pix, DPI_BEST / s->dpi, DPI_BEST / s->dpi));
        s->dpi = (float)pixGetWidth(pix) * 72 / page_width;
    }
    s->point = 72 / s->dpi;
    light = ocr_even_paper(pix, PAPER);
    if (!light)
        light = pixCopy(NULL, pix);
    replace(&pix, pixBackgroundNormSimple(pix, NULL, NULL));
    drop_specks(pix);
    degrees = find_skew(pix);
    drop_specks(light);
    make_gray(light, degrees, &s->lines);
    s->noise = noise_of(&s->lines);
    make_gray(pix, degrees, &s->gray);
}

void ocr_sheet_clear(struct ocr_sheet *s)
{
    mem_free(s->gray.px);
    mem_free(s->lines.px);
    mem_free(s->h.items);
    mem_free(s->v.items);
    mem_free(s->marks.items);
    mem_free(s->cut.items);
    pixDestroy(&s->ink);
}

struct Pix *ocr_crop(const struct ocr_sheet *s, struct ocr_box box, int margin)
{
    PIX *pix = pixCreate(
        box.x1 - box.x0 + 2 * margin, box.y1 - box.y0 + 2 * margin, 8);
    l_int32 words = pixGetWpl(pix);

    pixSetAllGray(pix, 255);
    for (int y = box.y0; y < box.y1; y++) {
        l_uint32 *line =
            pixGetData(pix) + (ptrdiff_t)(y - box.y0 + margin) * words;

        for (int x = box.x0; x < box.x1; x++)
            if (x >= 0 && x < s->gray.w && y >= 0 && y < s->gray.h)
                SET_DATA_BYTE(line, x - box.x0 + margin,
                    s->gray.px[(size_t)y * (size_t)s->gray.w + (size_t)x]);
    }
    return pix;
}
