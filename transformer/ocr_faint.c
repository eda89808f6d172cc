/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_faint - what is no ink on a blurred scan, but not white either.
 *
 * Thin strokes of small letters are paler than what counts as ink: a letter
 * falls apart there, and half of one looks like a comma.
 */
#include "transformer/ocr_bare.h"

/* Darkness of 255, averaged. */
#define FAINT 25

/* In ems: commas, and colons. */
#define COMMA_WIDE 0.3f
#define COMMA_HIGH 0.35f
#define COLON_WIDE 0.27f
#define COLON_HIGH 0.62f

/* In ems: how far below the middle of the line they end at least. */
#define COMMA_LOW 0.2f

/* What is averaged to tell thin strokes from noise, in pixels. */
#define BESIDE 2
#define ABOVE 1

static bool is_faint(const struct ocr_sheet *s, int x, int y)
{
    return ocr_dark_around(&s->gray, x, y, BESIDE, ABOVE) > FAINT;
}

/* Is there no ink, however faint, in the box? */
static bool is_white(const struct ocr_sheet *s, struct ocr_box b)
{
    for (int y = b.y0; y < b.y1; y++)
        for (int x = b.x0; x < b.x1; x++)
            if (is_faint(s, x, y))
                return false;
    return true;
}

int ocr_white_between(
    const struct ocr_sheet *s, const struct ocr_box *a, const struct ocr_box *b)
{
    int y0 = a->y0 < b->y0 ? a->y0 : b->y0;
    int y1 = a->y1 > b->y1 ? a->y1 : b->y1;
    int white = 0, widest = 0;

    for (int x = a->x1; x < b->x0 - 1; x++) {
        white =
            is_white(s, (struct ocr_box){ x, y0, x + 1, y1 }) ? white + 1 : 0;
        widest = white > widest ? white : widest;
    }
    return widest;
}

bool ocr_has_comma(const struct ocr_sheet *s, const struct ocr_cell *c)
{
    struct ocr_box m;
    float w, h, middle = (float)(c->ink.y0 + c->ink.y1) / 2;

    if (c->content != OCR_WORDS || c->marks.n == 0)
        return false;
    m = c->marks.items[c->marks.n - 1];
    w = (float)(m.x1 - m.x0) / c->em;
    h = (float)(m.y1 - m.y0) / c->em;
    return w < COMMA_WIDE && h < (w < COLON_WIDE ? COLON_HIGH : COMMA_HIGH) &&
           (float)m.y1 > middle + COMMA_LOW * c->em &&
           is_white(s, (struct ocr_box){ m.x0, c->ink.y0, m.x1, m.y0 - 1 });
}
