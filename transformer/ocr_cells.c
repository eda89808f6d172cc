/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_cells - the cells between the rulings of a scanned page, and the ink
 * in them.
 *
 * The rulings of a table are drawn anew, with its outline closed (page breaks
 * leave it open); the white pieces that remain are its cells, whatever they
 * span.
 */
#include "transformer/ocr_cells.h"

#include <leptonica/allheaders.h>
#include <math.h>

#include "common/limits.h"
#include "common/mem.h"
#include "transformer/ocr_bare.h"
#include "transformer/ocr_joined.h"

/* In inches. */
#define REACH 0.04f    /* between lines that touch */
#define SMALLEST 0.08f /* side of a cell */
#define DIGIT_LEAST 0.06f
#define DIGIT_MOST 0.4f

/* Of its height: how wide a digit is at most (bold 0 and 4), a dash at
 * least; below which part a mark is a point or comma. */
#define DIGIT_WIDE 0.86f
#define DASH_WIDE 2.0f
#define DIGIT_USUAL 1.2f  /* of the usual width: how wide a digit is at most */
#define DIGIT_BROAD 0.45f /* wider than any 1 */
#define DIGIT_PART 0.8f   /* of the tallest: the least height of a digit */
#define POINT_PART 0.45f

/* Of the tallest mark, for two cells' numbers that are one: how far the
 * middles of digits beside each other are apart (0.74 in Times, 0.98 in
 * Courier), how thick a ruling is that may hide a 1, and how far apart
 * the digits on both sides of that are. */
#define PITCH 1.1f
#define HIDES 0.25f
#define OVER 0.9f

/* The darkness of a ruling that hides a digit, of 255. */
#define RULING_DARK 100

/* Of the tallest mark: a lower one so much off its foot is raised. */
#define RAISED_PART 0.92f
#define RAISED_OFF 0.2f

/* Of the tallest mark: how high the ink of one line is at most. */
#define LINE_HIGH 1.45f

/* Of the usual height of numbers on a page: how high others may be. */
#define UNUSUAL 1.5f

/* Marks too low for a digit and too high for a sign: a single one may be that
 * of a note or dirt, more are strokes of letters in thin type. */
#define LOW_MOST 2u

/* Marks of a number: 12 digits, commas, point and places. */
#define MARKS_MOST 24u

/* ---- tables ------------------------------------------------------------ */

static void find_tables(const struct ocr_sheet *s, struct ocr_boxes *out)
{
    for (uint32_t i = 0; i < s->h.n; i++)
        ocr_boxes_add(out, s->h.items[i]);
    for (uint32_t i = 0; i < s->v.n; i++)
        ocr_boxes_add(out, s->v.items[i]);
    ocr_boxes_unite(out, ocr_px(s, REACH));
}

/* ---- cells ------------------------------------------------------------- */

static void draw(PIX *pix, const struct ocr_box *table,
    const struct ocr_boxes *lines, int reach)
{
    for (uint32_t i = 0; i < lines->n; i++) {
        struct ocr_box b = lines->items[i];

        if (!ocr_box_near(table, &b, 0))
            continue;
        if (b.x1 - b.x0 > b.y1 - b.y0)
            b.x0 -= reach, b.x1 += reach;
        else
            b.y0 -= reach, b.y1 += reach;
        pixRasterop(pix, b.x0 - table->x0, b.y0 - table->y0, b.x1 - b.x0,
            b.y1 - b.y0, PIX_CLR, NULL, 0, 0);
    }
}

struct ocr_cell *ocr_cell_add(struct ocr_cells *c)
{
    if (c->n == c->cap) {
        c->cap = c->cap ? c->cap * 2 : 256;
        c->items = mem_realloc_n(c->items, c->cap, sizeof(*c->items));
    }
    c->items[c->n] = (struct ocr_cell){ .content = OCR_BLANK };
    return &c->items[c->n++];
}

static void find_in_table(
    const struct ocr_sheet *s, const struct ocr_box *table, struct ocr_cells *c)
{
    int least = ocr_px(s, SMALLEST);
    l_int32 w = table->x1 - table->x0, h = table->y1 - table->y0;
    PIX *pix = pixCreate(w, h, 1);
    BOXA *boxes;

    pixSetAll(pix);
    draw(pix, table, &s->h, ocr_px(s, REACH));
    draw(pix, table, &s->v, ocr_px(s, REACH));
    pixSetOrClearBorder(pix, 1, 1, 1, 1, PIX_CLR);
    boxes = pixConnCompBB(pix, 4);
    for (l_int32 i = 0; i < boxaGetCount(boxes) && c->n < LIMIT_PAGE_RUNS;
         i++) {
        l_int32 x, y, bw, bh;

        boxaGetBoxGeometry(boxes, i, &x, &y, &bw, &bh);
        x += table->x0;
        y += table->y0;
        if (bw >= least && bh >= least)
            ocr_cell_add(c)->box = (struct ocr_box){ x, y, x + bw, y + bh };
    }
    boxaDestroy(&boxes);
    pixDestroy(&pix);
}

/* ---- marks ------------------------------------------------------------- */

static bool holds(const struct ocr_box *cell, const struct ocr_box *mark)
{
    int x = (mark->x0 + mark->x1) / 2, y = (mark->y0 + mark->y1) / 2;

    return x >= cell->x0 && x < cell->x1 && y >= cell->y0 && y < cell->y1;
}

static void give_marks(const struct ocr_sheet *s, struct ocr_cell *c)
{
    for (uint32_t i = 0; i < s->marks.n; i++) {
        const struct ocr_box *m = &s->marks.items[i];

        if (!holds(&c->box, m))
            continue;
        if (c->marks.n)
            ocr_box_widen(&c->ink, m);
        else
            c->ink = *m;
        ocr_boxes_add(&c->marks, *m);
    }
    for (uint32_t i = 0; i < s->cut.n; i++)
        c->cut |= holds(&c->box, &s->cut.items[i]);
}

/* Make marks above each other, from left to right, one. */
static void stack(struct ocr_cell *c)
{
    int tallest = 0;
    uint32_t n = 0;

    if (c->marks.n == 0)
        return;
    for (uint32_t i = 0; i < c->marks.n; i++) {
        int h = c->marks.items[i].y1 - c->marks.items[i].y0;

        tallest = h > tallest ? h : tallest;
    }
    c->lines = (float)(c->ink.y1 - c->ink.y0) > LINE_HIGH * (float)tallest;
    ocr_boxes_sort(&c->marks);
    for (uint32_t i = 0; i < c->marks.n; i++) {
        const struct ocr_box *m = &c->marks.items[i];

        if (n && m->x0 < c->marks.items[n - 1].x1)
            ocr_box_widen(&c->marks.items[n - 1], m);
        else
            c->marks.items[n++] = *m;
    }
    c->marks.n = n;
    for (uint32_t i = 0; i < n; i++) {
        int h = c->marks.items[i].y1 - c->marks.items[i].y0;

        c->tallest = h > c->tallest ? h : c->tallest;
    }
}

/* Is a digit smaller than the tallest and off its line, as the mark of a
 * note is? */
static bool has_raised(const struct ocr_cell *c)
{
    float tallest = (float)c->tallest;
    int foot = 0;

    for (uint32_t i = 0; i < c->marks.n; i++)
        if (c->marks.items[i].y1 - c->marks.items[i].y0 == c->tallest)
            foot = c->marks.items[i].y1;
    for (uint32_t i = 0; i < c->marks.n; i++) {
        const struct ocr_box *m = &c->marks.items[i];
        float w = (float)(m->x1 - m->x0), h = (float)(m->y1 - m->y0);

        if (h >= POINT_PART * tallest && w < DASH_WIDE * h &&
            h < RAISED_PART * tallest &&
            fabsf((float)(m->y1 - foot)) > RAISED_OFF * tallest)
            return true;
    }
    return false;
}

/* What the shapes of the marks say, where digits are mostly `wide` pixels, 0
 * while that is not known. */
static enum ocr_content content_of(
    const struct ocr_sheet *s, const struct ocr_cell *c, int wide)
{
    float widest = DIGIT_WIDE * (float)c->tallest;
    float tallest = (float)c->tallest;
    uint32_t digits = 0, dashes = 0, low = 0;

    if (widest < DIGIT_USUAL * (float)wide)
        widest = DIGIT_USUAL * (float)wide;
    if (c->marks.n == 0)
        return OCR_BLANK;
    if (c->marks.n > MARKS_MOST || c->lines ||
        c->tallest > ocr_px(s, DIGIT_MOST))
        return OCR_WORDS;
    for (uint32_t i = 0; i < c->marks.n; i++) {
        const struct ocr_box *m = &c->marks.items[i];
        float w = (float)(m->x1 - m->x0), h = (float)(m->y1 - m->y0);

        if (h < POINT_PART * tallest && w < DASH_WIDE * h)
            continue;
        if (w >= DASH_WIDE * h)
            dashes++;
        else if (w > widest)
            return OCR_WORDS;
        else
            digits++;
        low += w < DASH_WIDE * h && h < DIGIT_PART * tallest;
    }
    if (digits == 0 || dashes > 1 || low >= LOW_MOST ||
        c->tallest < ocr_px(s, DIGIT_LEAST))
        return OCR_WORDS;
    return OCR_NUMBER;
}

/* The median height of the digits of a page, and of their width without
 * those that are narrow everywhere; 0 without digits. */
static int usual_size(const struct ocr_cells *c, bool width)
{
    int *sizes, usual;
    uint32_t n = 0, most = 1;

    for (uint32_t i = 0; i < c->n; i++)
        most += c->items[i].marks.n;
    sizes = mem_alloc_n(most, sizeof(*sizes));
    for (uint32_t i = 0; i < c->n; i++)
        for (uint32_t k = 0; k < c->items[i].marks.n; k++) {
            const struct ocr_box *m = &c->items[i].marks.items[k];
            float w = (float)(m->x1 - m->x0), h = (float)(m->y1 - m->y0);

            if (c->items[i].content == OCR_NUMBER &&
                h >= DIGIT_PART * (float)c->items[i].tallest &&
                (!width || w >= DIGIT_BROAD * h))
                sizes[n++] = width ? (int)w : (int)h;
        }
    ocr_sort(sizes, n);
    usual = n > 0 ? sizes[n / 2] : 0;
    mem_free(sizes);
    return usual;
}

/* Take digits that run into each other apart. */
static void take_apart(const struct ocr_sheet *s, struct ocr_cells *c)
{
    int high = usual_size(c, false), wide = usual_size(c, true);

    for (uint32_t i = 0; i < c->n && wide > 0; i++) {
        struct ocr_cell *cell = &c->items[i];
        float part = (float)cell->tallest / (float)high;

        if (cell->content == OCR_BLANK || cell->lines || cell->words ||
            cell->marks.n > MARKS_MOST || part < DIGIT_PART ||
            part > 1 / DIGIT_PART)
            continue;
        cell->joined = ocr_take_apart(s, &cell->marks, high, wide);
        if (cell->joined || cell->content == OCR_WORDS)
            cell->content = content_of(s, cell, wide);
    }
}

/* Is it dark between the two as far as may hide a digit `high` pixels high? */
static bool may_hide(const struct ocr_gray *g, const struct ocr_box *left,
    const struct ocr_box *right, float high)
{
    int y0 = left->y0 > right->y0 ? left->y0 : right->y0;
    int y1 = left->y1 < right->y1 ? left->y1 : right->y1;
    int wide = 0;

    for (int x = left->x1; x < right->x0; x++) {
        int dark = 0;

        for (int y = y0; y < y1; y++)
            dark += ocr_dark(g, x, y);
        wide = dark >= RULING_DARK * (y1 - y0) ? wide + 1 : 0;
        if ((float)wide >= HIDES * high)
            return true;
    }
    return false;
}

/* Does a number go on from one cell into the next, over the ruling? */
static bool goes_over(const struct ocr_sheet *s, const struct ocr_cell *a,
    const struct ocr_cell *b)
{
    const struct ocr_box *last = &a->marks.items[a->marks.n - 1];
    const struct ocr_box *first = &b->marks.items[0];
    int tallest = a->tallest > b->tallest ? a->tallest : b->tallest;
    int y0 = a->ink.y0 > b->ink.y0 ? a->ink.y0 : b->ink.y0;
    int y1 = a->ink.y1 < b->ink.y1 ? a->ink.y1 : b->ink.y1;
    float pitch = (float)(first->x0 + first->x1 - last->x0 - last->x1) / 2;

    if (a->box.x1 > b->box.x1 || last->x1 > first->x0 ||
        2 * (y1 - y0) <= tallest)
        return false;
    return pitch < PITCH * (float)tallest ||
           ((float)(first->x0 - last->x1) < OVER * (float)tallest &&
               may_hide(&s->lines, last, first, (float)tallest));
}

/* A number that was printed over a ruling is in two cells, none of which has
 * it. */
static void doubt_neighbours(const struct ocr_sheet *s, struct ocr_cells *c)
{
    for (uint32_t i = 0; i < c->n; i++) {
        struct ocr_cell *a = &c->items[i];

        if (a->content != OCR_NUMBER)
            continue;
        for (uint32_t k = 0; k < c->n; k++) {
            struct ocr_cell *b = &c->items[k];

            if (k != i && b->content == OCR_NUMBER && goes_over(s, a, b))
                a->cut = b->cut = true;
        }
    }
}

/* What is much higher than most numbers of the page is none. */
static void drop_unusual(struct ocr_cells *c)
{
    int usual = usual_size(c, false);

    for (uint32_t i = 0; i < c->n; i++)
        if (c->items[i].content == OCR_NUMBER &&
            (float)c->items[i].tallest > UNUSUAL * (float)usual)
            c->items[i].content = OCR_WORDS;
}

void ocr_cell_look(const struct ocr_sheet *s, struct ocr_cell *c)
{
    give_marks(s, c);
    stack(c);
    c->raised = has_raised(c);
    c->content = c->words ? OCR_WORDS : content_of(s, c, 0);
}

void ocr_find_cells(struct ocr_sheet *s, struct ocr_cells *out)
{
    *out = (struct ocr_cells){ .n = 0 };
    find_tables(s, &out->tables);
    for (uint32_t i = 0; i < out->tables.n; i++)
        find_in_table(s, &out->tables.items[i], out);
    for (uint32_t i = 0; i < out->n; i++)
        ocr_cell_look(s, &out->items[i]);
    ocr_find_bare(s, out);
    drop_unusual(out);
    take_apart(s, out);
    doubt_neighbours(s, out);
}

void ocr_cells_clear(struct ocr_cells *c)
{
    for (uint32_t i = 0; i < c->n; i++)
        mem_free(c->items[i].marks.items);
    mem_free(c->items);
    mem_free(c->tables.items);
    mem_free(c->strips.items);
}
