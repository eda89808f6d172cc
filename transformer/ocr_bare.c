/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_bare - tables without rulings on a scan.
 *
 * Where pieces of ink have the shape of numbers and stand as in a table, all
 * pieces around them become cells and are read as such, numbers by their
 * witnesses; which of them make rows and columns is for the code to find that
 * knows tables of PDF by their white space.
 */
#include "transformer/ocr_bare.h"

#include <float.h>
#include <string.h>

#include "common/limits.h"
#include "common/mem.h"

/* In ems: what follows a number nearer than this is its unit, if it is so high
 * at least; how near what goes on behind a comma is. */
#define UNIT 1.0f
#define LETTERS_HIGH 0.8f
#define COMMA_GAP 0.95f

/* In ems: digits of the numbers of labels, the point behind; how many. */
#define DIGIT_WIDE 0.55f
#define DIGIT_LOW 0.5f
#define DIGIT_HIGH 0.85f
#define POINT_HIGH 0.35f
#define ORDINAL_MOST 2u

/* Lines that end in a number and may be a table: where some have several, and
 * where none has. */
#define LINES_MIN 3u
#define LINES_ALONE 5u

/* ---- pieces as cells ----------------------------------------------------- */

static void add_cells(const struct ocr_sheet *s, const struct ocr_boxes *pieces,
    float em, struct ocr_cells *c)
{
    for (uint32_t i = 0; i < pieces->n && c->n < LIMIT_PAGE_RUNS; i++) {
        struct ocr_cell *cell = ocr_cell_add(c);

        cell->box = pieces->items[i];
        cell->em = em;
        ocr_cell_look(s, cell);
    }
}

static void drop_cells(struct ocr_cells *c, uint32_t first)
{
    while (c->n > first)
        mem_free(c->items[--c->n].marks.items);
}

/* The piece next to `i` in its line, on the right, nearer than `reach`. */
static const struct ocr_cell *follower(
    const struct ocr_cells *c, uint32_t first, uint32_t i, float reach)
{
    const struct ocr_cell *a = &c->items[i], *best = NULL;

    for (uint32_t k = first; k < c->n; k++) {
        const struct ocr_cell *b = &c->items[k];

        if (k != i && b->box.x0 >= a->box.x1 &&
            (float)(b->box.x0 - a->box.x1) < reach &&
            ocr_is_level(&a->box, &b->box) &&
            (!best || b->box.x0 < best->box.x0))
            best = b;
    }
    return best;
}

/* Make words of pieces `i` and `k`; the later ones move up. */
static void join(
    const struct ocr_sheet *s, struct ocr_cells *c, uint32_t i, uint32_t k)
{
    struct ocr_cell *a = &c->items[i];
    struct ocr_cell one = { .box = a->box, .em = a->em, .words = true };

    ocr_box_widen(&one.box, &c->items[k].box);
    mem_free(a->marks.items);
    ocr_cell_look(s, &one);
    *a = one;
    mem_free(c->items[k].marks.items);
    memmove(&c->items[k], &c->items[k + 1], (c->n - k - 1) * sizeof(*c->items));
    c->n--;
}

/* Words, and not digits that touch each other or a dash. */
static bool has_letters(const struct ocr_cell *c)
{
    return c->content == OCR_WORDS &&
           (float)ocr_box_height(&c->ink) > LETTERS_HIGH * c->em;
}

/* Numbers with words close behind them are words with these: 12 件.  From the
 * right, as pieces are ordered by x. */
static void find_units(
    const struct ocr_sheet *s, struct ocr_cells *c, uint32_t first)
{
    for (uint32_t i = c->n; i-- > first;) {
        const struct ocr_cell *a = &c->items[i], *b;

        if (a->content != OCR_NUMBER)
            continue;
        b = follower(c, first, i, UNIT * a->em);
        if (b && has_letters(b))
            join(s, c, i, (uint32_t)(b - c->items));
    }
}

/* Does `b` go on after `a`: with a comma between them, or faint ink? */
static bool goes_on(const struct ocr_sheet *s, const struct ocr_cell *a,
    const struct ocr_cell *b)
{
    float gap = (float)(b->box.x0 - a->box.x1) / a->em, most;

    if (gap < 0 || gap >= COMMA_GAP || !ocr_is_level(&a->box, &b->box))
        return false;
    if (b->content == OCR_WORDS && ocr_has_comma(s, a))
        return true;
    most = a->content == OCR_NUMBER && b->content == OCR_NUMBER ? OCR_GAP / 2
                                                                : OCR_GAP;
    return (float)ocr_white_between(s, &a->box, &b->box) < most * a->em;
}

/* Put pieces of words together that are one text. */
static void unite_signs(
    const struct ocr_sheet *s, struct ocr_cells *c, uint32_t first)
{
    for (uint32_t i = first; i < c->n; i++)
        for (uint32_t k = first; k < c->n; k++) {
            if (k == i || !goes_on(s, &c->items[i], &c->items[k]))
                continue;
            join(s, c, i, k);
            i -= k < i ? 1 : 0;
            k = first - 1; /* all again */
        }
}

/* ---- numbers of labels --------------------------------------------------- */

static bool is_digit(const struct ocr_cell *c, const struct ocr_box *m)
{
    float w = (float)(m->x1 - m->x0) / c->em,
          h = (float)ocr_box_height(m) / c->em;

    return w < DIGIT_WIDE && h > DIGIT_LOW && h < DIGIT_HIGH;
}

/* How many marks at the start of a piece are the number of a label, its point
 * not counted; 0 where it has none. */
static uint32_t count_ordinal(const struct ocr_cell *c)
{
    const struct ocr_box *m = c->marks.items;
    uint32_t n = 0;

    while (n < ORDINAL_MOST && n + 2 < c->marks.n && is_digit(c, &m[n]))
        n++;
    if (n == 0 || (float)ocr_box_height(&m[n]) > POINT_HIGH * c->em ||
        (float)(m[n].x1 - m[n].x0) > POINT_HIGH * c->em ||
        2 * m[n].y0 < m[n - 1].y0 + m[n - 1].y1 || is_digit(c, &m[n + 1]))
        return 0;
    return n;
}

/* Digits in front of labels, which order rows, are read as numbers are. */
static void part_ordinals(
    const struct ocr_sheet *s, struct ocr_cells *c, uint32_t first)
{
    uint32_t end = c->n;

    for (uint32_t i = first; i < end && c->n < LIMIT_PAGE_RUNS; i++) {
        struct ocr_cell *a = &c->items[i], *number;
        struct ocr_cell rest = { .box = a->box, .em = a->em, .words = true };
        uint32_t n = a->content == OCR_WORDS ? count_ordinal(a) : 0;
        struct ocr_box box = a->box;

        if (n == 0)
            continue;
        box.x1 = a->marks.items[n - 1].x1;
        rest.box.x0 = a->marks.items[n + 1].x0;
        mem_free(a->marks.items);
        ocr_cell_look(s, &rest);
        *a = rest;
        number = ocr_cell_add(c);
        number->box = box;
        number->em = rest.em;
        number->ordinal = true;
        ocr_cell_look(s, number);
        number->content = OCR_NUMBER;
        number->box.x1 = rest.box.x0;
    }
}

/* Do numbers stand among the pieces as in a table? */
static bool is_table(const struct ocr_cells *c, uint32_t first)
{
    uint32_t lines = 0, several = 0;

    for (uint32_t i = first; i < c->n; i++) {
        const struct ocr_cell *b = NULL;

        if (c->items[i].content != OCR_NUMBER)
            continue;
        b = follower(c, first, i, FLT_MAX);
        if (!b)
            lines++;
        else if (b->content == OCR_NUMBER &&
                 !follower(c, first, (uint32_t)(b - c->items), FLT_MAX))
            several++;
    }
    return lines >= (several > 0 ? LINES_MIN : LINES_ALONE);
}

/* Make cells of a strip that has a table; false when it has none. */
static bool take_strip(
    const struct ocr_sheet *s, const struct ocr_box *strip, struct ocr_cells *c)
{
    struct ocr_boxes pieces = { .n = 0 };
    uint32_t first = c->n;
    bool table = false;
    float em = ocr_pieces_find(s, strip, &pieces);

    if (pieces.n > 0) {
        add_cells(s, &pieces, em, c);
        find_units(s, c, first);
        table = is_table(c, first);
        if (table) {
            unite_signs(s, c, first);
            part_ordinals(s, c, first);
        } else {
            drop_cells(c, first);
        }
    }
    mem_free(pieces.items);
    return table;
}

/* ---- strips -------------------------------------------------------------- */

/* The lower edge of the tables that lie at or above `y`, at least `y`; the
 * upper edge of the next one goes to `*next`. */
static int below_tables(const struct ocr_cells *c, int y, int *next)
{
    bool again = true;

    while (again) {
        again = false;
        for (uint32_t i = 0; i < c->tables.n; i++) {
            const struct ocr_box *t = &c->tables.items[i];

            if (t->y0 <= y && t->y1 > y) {
                y = t->y1;
                again = true;
            }
        }
    }
    for (uint32_t i = 0; i < c->tables.n; i++)
        if (c->tables.items[i].y0 > y && c->tables.items[i].y0 < *next)
            *next = c->tables.items[i].y0;
    return y;
}

void ocr_find_bare(const struct ocr_sheet *s, struct ocr_cells *c)
{
    int y = 0;

    while (y < s->gray.h) {
        int next = s->gray.h;
        struct ocr_box strip;

        y = below_tables(c, y, &next);
        strip = (struct ocr_box){ 0, y, s->gray.w, next };
        if (y < next && !take_strip(s, &strip, c))
            ocr_boxes_add(&c->strips, strip);
        y = next;
    }
}
