/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_strip - many small pieces of a page read as a few long lines.
 */
#include "transformer/ocr_strip.h"

#include <leptonica/allheaders.h>
#include <string.h>

#include "common/mem.h"

#define STRIP_WIDE 1800 /* pixels, unless one piece is wider */
#define PIECE_WIDE 6000 /* no line of a page is longer */

/* Of the height of letters: paper around the line, and between pieces of one
 * text. */
#define ABOVE 0.35f
#define JOINED 0.12f

/* Where pieces lie in a strip. */
struct place {
    int x0, x1;
};

struct strip {
    int letter, high; /* pixels */
    float between;
    PIX *pix; /* what was put together so far, wider than used */
    int used;
    uint32_t first, n; /* pieces */
    struct place *places;
};

static PIX *shown(
    const struct ocr_sheet *s, const struct ocr_piece *p, int letter, int high)
{
    float scale = (float)letter / (float)(p->height > 0 ? p->height : 1);
    PIX *crop = ocr_crop(s, p->box, 0);
    PIX *scaled;

    if (scale * (float)(p->box.x1 - p->box.x0) > PIECE_WIDE)
        scale = (float)PIECE_WIDE / (float)(p->box.x1 - p->box.x0);
    if (scale * (float)(p->box.y1 - p->box.y0) > (float)high)
        scale = (float)high / (float)(p->box.y1 - p->box.y0);
    scaled = pixScale(crop, scale, scale);
    pixDestroy(&crop);
    return scaled;
}

static void grow(struct strip *st, int wide)
{
    PIX *more;

    if (st->pix && pixGetWidth(st->pix) >= st->used + wide)
        return;
    more =
        pixCreate(st->used + wide > STRIP_WIDE ? st->used + wide : STRIP_WIDE,
            st->high, 8);
    pixSetAllGray(more, 255);
    if (st->pix)
        pixRasterop(more, 0, 0, st->used, st->high, PIX_SRC, st->pix, 0, 0);
    pixDestroy(&st->pix);
    st->pix = more;
}

static void put(
    struct strip *st, PIX *pix, const struct ocr_piece *p, uint32_t i)
{
    int gap = (int)((float)st->letter * (p->joined ? JOINED : st->between));
    int w = pixGetWidth(pix), h = pixGetHeight(pix);

    grow(st, gap + w + st->letter);
    st->used += gap;
    st->places[i - st->first].x0 = st->used;
    pixRasterop(
        st->pix, st->used, (st->high - h) / 2, w, h, PIX_SRC, pix, 0, 0);
    st->used += w;
    st->places[i - st->first].x1 = st->used;
    st->n = i - st->first + 1;
}

static void give(struct ocr_piece *p, const struct ocr_symbol *symbol)
{
    size_t have = strlen(p->text), more = strlen(symbol->text);

    if (have + more >= sizeof(p->text))
        return;
    p->confidence = have == 0 || symbol->confidence < p->confidence
                        ? symbol->confidence
                        : p->confidence;
    memcpy(p->text + have, symbol->text, more + 1);
}

/* Read the strip and give its symbols to the pieces they lie in. */
static void finish(struct strip *st, enum ocr_model model,
    struct ocr_piece *pieces, struct ocr_symbols *symbols)
{
    PIX *pix;
    uint32_t at = 0;

    if (st->n == 0)
        return;
    pix = pixCreate(st->used + st->letter, st->high, 8);
    pixSetAllGray(pix, 255);
    pixRasterop(pix, 0, 0, st->used, st->high, PIX_SRC, st->pix, 0, 0);
    ocr_engine_read(model, OCR_LINE, pix, symbols);
    for (uint32_t i = 0; i < symbols->n; i++) {
        int x = (symbols->items[i].x0 + symbols->items[i].x1) / 2;

        while (at + 1 < st->n &&
               x >= (st->places[at].x1 + st->places[at + 1].x0) / 2)
            at++;
        give(&pieces[st->first + at], &symbols->items[i]);
    }
    pixDestroy(&pix);
    pixSetAllGray(st->pix, 255);
    st->first += st->n;
    st->n = 0;
    st->used = 0;
}

void ocr_read_pieces(const struct ocr_sheet *s, enum ocr_model model,
    int letter, float between, struct ocr_piece *pieces, uint32_t n)
{
    struct strip st = { .letter = letter, .between = between };
    struct ocr_symbols symbols = { .n = 0 };

    st.high = letter + 2 * (int)((float)letter * ABOVE);
    st.places = mem_alloc_n(n ? n : 1, sizeof(*st.places));
    for (uint32_t i = 0; i < n; i++) {
        PIX *pix = shown(s, &pieces[i], letter, st.high);

        pieces[i].text[0] = '\0';
        pieces[i].confidence = 0;
        if (!pix)
            continue;
        if (st.n && !pieces[i].joined &&
            st.used + pixGetWidth(pix) > STRIP_WIDE)
            finish(&st, model, pieces, &symbols);
        put(&st, pix, &pieces[i], i);
        pixDestroy(&pix);
    }
    finish(&st, model, pieces, &symbols);
    pixDestroy(&st.pix);
    mem_free(st.places);
    mem_free(symbols.items);
}
