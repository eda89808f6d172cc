/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr - a picture of a page to runs and rulings.
 *
 * The page is made straight, its rulings are found, each cell is read by
 * itself, and what lies outside the tables as paragraphs.  A page that makes
 * no sense is looked at the other ways up.
 */
#include "transformer/ocr.h"

#include <leptonica/allheaders.h>
#include <string.h>

#include "common/limits.h"
#include "common/mem.h"
#include "transformer/ocr_bare.h"
#include "transformer/ocr_cells.h"
#include "transformer/ocr_engine.h"
#include "transformer/ocr_turn.h"

/* Below, digits are too small to be read with any certainty. */
#define DPI_LEAST 90.0f

/* Height of a strip of text worth reading, in inches. */
#define TEXT_LEAST 0.08f

static void add_run(struct pages *p, struct page *page,
    const struct ocr_sheet *s, const struct ocr_box *box, struct page_run run)
{
    run.x0 = (float)box->x0 * s->point;
    run.y0 = (float)box->y0 * s->point;
    run.x1 = (float)box->x1 * s->point;
    run.y1 = (float)box->y1 * s->point;
    page_add_run(p, page, &run);
}

static void add_rulings(
    struct pages *p, struct page *page, const struct ocr_sheet *s)
{
    for (uint32_t i = 0; i < s->h.n; i++) {
        const struct ocr_box *b = &s->h.items[i];
        float y = (float)(b->y0 + b->y1) / 2 * s->point;

        page_add_ruling(
            p, page, (float)b->x0 * s->point, y, (float)b->x1 * s->point, y);
    }
    for (uint32_t i = 0; i < s->v.n; i++) {
        const struct ocr_box *b = &s->v.items[i];
        float x = (float)(b->x0 + b->x1) / 2 * s->point;

        page_add_ruling(
            p, page, x, (float)b->y0 * s->point, x, (float)b->y1 * s->point);
    }
}

static void add_cells(struct pages *p, struct page *page,
    const struct ocr_sheet *s, const struct ocr_cells *cells)
{
    for (uint32_t i = 0; i < cells->n; i++)
        for (uint32_t k = 0; k < cells->items[i].text_n; k++) {
            const struct ocr_text *t = &cells->items[i].texts[k];

            add_run(p, page, s, &t->box,
                (struct page_run){ .reading = t->reading,
                    .text = t->text,
                    .alternatives = t->alternatives });
        }
}

/* ---- outside the tables ------------------------------------------------ */

/* Paper wherever there is no ink within a few pixels: nets read letters out
 * of noise. */
static void drop_noise(const struct ocr_sheet *s, int y0, PIX *pix)
{
    PIX *around = pixDilateBrick(NULL, s->ink, 7, 7);
    BOX *box = boxCreate(0, y0, pixGetWidth(pix), pixGetHeight(pix));
    PIX *part = pixClipRectangle(around, box, NULL);

    pixInvert(part, part);
    pixSetMasked(pix, part, 255);
    pixDestroy(&part);
    boxDestroy(&box);
    pixDestroy(&around);
}

static bool is_digit(const char *text)
{
    return *text >= '0' && *text <= '9';
}

/* The ink from y0 to y1, as lines of one column; its digits have but one
 * witness. */
static void read_strip(struct pages *p, struct page *page,
    const struct ocr_sheet *s, int y0, int y1, struct ocr_symbols *symbols)
{
    struct ocr_box all = { 0, y0, s->gray.w, y1 };
    PIX *pix;

    if (y1 - y0 < ocr_px(s, TEXT_LEAST))
        return;
    pix = ocr_crop(s, all, 0);
    drop_noise(s, y0, pix);
    ocr_engine_read(OCR_TEXT, OCR_BLOCK, pix, symbols);
    pixDestroy(&pix);
    for (uint32_t i = 0; i < symbols->n; i++) {
        const struct ocr_symbol *m = &symbols->items[i];
        struct ocr_box box = { m->x0, m->y0 + y0, m->x1, m->y1 + y0 };

        add_run(p, page, s, &box,
            (struct page_run){ .reading = is_digit(m->text)
                                              ? READING_DOUBTFUL
                                              : READING_RECOGNIZED,
                .text = slice_str(m->text) });
    }
}

static void read_text(struct pages *p, struct page *page,
    const struct ocr_sheet *s, const struct ocr_cells *cells)
{
    struct ocr_symbols symbols = { .n = 0 };

    for (uint32_t i = 0; i < cells->strips.n; i++)
        read_strip(p, page, s, cells->strips.items[i].y0,
            cells->strips.items[i].y1, &symbols);
    mem_free(symbols.items);
}

/* ---- pages ------------------------------------------------------------- */

static void read_page(
    struct pages *p, struct page *page, const struct picture *picture)
{
    struct ocr_sheet s;
    struct ocr_cells cells;

    ocr_sheet_init(&s, picture, page->width);
    ocr_find_rulings(&s);
    ocr_find_marks(&s);
    ocr_find_cells(&s, &cells);
    ocr_read_numbers(&s, &cells, p->arena);
    ocr_read_words(&s, &cells, p->arena);
    ocr_place_pieces(&s, &cells, p->arena);
    add_rulings(p, page, &s);
    add_cells(p, page, &s, &cells);
    read_text(p, page, &s, &cells);
    ocr_cells_clear(&cells);
    ocr_sheet_clear(&s);
}

/* Read `picture` turned by `quarters` right angles to a page of its own. */
static struct page read_turned(struct pages *p, const struct page *page,
    const struct picture *picture, int quarters)
{
    struct page seen = { .width = page->width, .height = page->height };
    struct picture turned;

    if (quarters == 0) {
        read_page(p, &seen, picture);
        return seen;
    }
    if (quarters != 2) {
        seen.width = page->height;
        seen.height = page->width;
    }
    turned = ocr_turned(picture, quarters);
    read_page(p, &seen, &turned);
    mem_free(turned.gray);
    return seen;
}

/* Read an empty page as the one before lay; where that makes no sense, the
 * other ways up as well, and keep the first that does. */
static void read_some_way_up(
    struct pages *p, struct page *page, const struct picture *picture)
{
    static const int ways[] = { 0, 2, 1, 3 };
    const uint32_t runs = p->run_n, rulings = p->ruling_n;
    const struct page blank = *page;
    int turn = p->turn;

    *page = read_turned(p, &blank, picture, turn);
    if (ocr_sense(page) < 0 || ocr_sense(page) >= OCR_SENSIBLE)
        return;
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        struct page other;

        if (ways[i] == turn)
            continue;
        p->run_n = runs;
        p->ruling_n = rulings;
        other = read_turned(p, &blank, picture, ways[i]);
        if (ocr_sense(&other) >= OCR_SENSIBLE) {
            *page = other;
            p->turn = ways[i];
            return;
        }
    }
    p->run_n = runs + page->run_n;
    p->ruling_n = rulings + page->ruling_n;
}

int ocr_page(struct pages *p, struct page *page, const struct picture *picture,
    struct err *err)
{
    if (page->width <= 0 || page->height <= 0 ||
        (float)picture->width * 72 / page->width < DPI_LEAST)
        return err_set(err, ERR_INPUT,
            "reader.scan: picture of %u pixels for %.0f points, too coarse",
            picture->width, (double)page->width);
    if (page->run_n || page->ruling_n)
        read_page(p, page, picture);
    else
        read_some_way_up(p, page, picture);
    return 0;
}
