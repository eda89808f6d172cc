/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_pieces - ink parted by white space: words, numbers, parts of lines.
 *
 * What is at one height with narrow gaps is one piece; what is left of lines
 * then, like the strokes of 三 and a comma behind it, is put together by how
 * high it is as a whole.
 */
#include "transformer/ocr_bare.h"

#include "common/mem.h"

/* Which of the marks of a page, by height, is a full letter. */
#define LETTERS 0.9f

/* In ems: how high two strokes, a letter and a line are at most. */
#define STROKES_HIGH 0.6f
#define LETTER_HIGH 0.9f
#define LINE_HIGH 1.15f

/* In ems: headings are higher.  Of their height: how far from the rest of a
 * heading the ink of 三、 is, beside it and over its edges, and how high. */
#define HEADING_HIGH 1.12f
#define HEADING_GAP 1.3f
#define HEADING_OFF 0.1f
#define HEADING_PART 0.8f

/* In ems: pieces as small are dirt, marks as large none of a text. */
#define SMALL 0.2f
#define LARGE 3.0f

/* Marks of a strip of text; a dense page has 4,000. */
#define MARKS_MOST 10000u

bool ocr_is_level(const struct ocr_box *a, const struct ocr_box *b)
{
    int y0 = a->y0 > b->y0 ? a->y0 : b->y0;
    int y1 = a->y1 < b->y1 ? a->y1 : b->y1;
    int low = ocr_box_height(a) < ocr_box_height(b) ? ocr_box_height(a)
                                                    : ocr_box_height(b);

    return 2 * (y1 - y0) > low;
}

/* The em of most text among `marks`, in pixels; 0 without marks. */
static float find_em(const struct ocr_boxes *marks)
{
    int *heights = mem_alloc_n(marks->n + 1, sizeof(*heights));
    float em = 0;

    for (uint32_t i = 0; i < marks->n; i++)
        heights[i] = ocr_box_height(&marks->items[i]);
    ocr_sort(heights, marks->n);
    if (marks->n > 0)
        em = (float)heights[(uint32_t)(LETTERS * (float)marks->n)] / OCR_LETTER;
    mem_free(heights);
    return em;
}

/* Are they together no higher than `most`? */
static bool is_low(const struct ocr_box *a, const struct ocr_box *b, float most)
{
    int y0 = a->y0 < b->y0 ? a->y0 : b->y0;
    int y1 = a->y1 > b->y1 ? a->y1 : b->y1;

    return (float)(y1 - y0) <= most;
}

static bool is_above(const struct ocr_box *a, const struct ocr_box *b)
{
    return a->x0 < b->x1 && b->x0 < a->x1;
}

/* How pieces are put together. */
struct uniting {
    int gap;    /* narrower ones are within a piece */
    float most; /* height of what is above each other in one piece */
    bool rest;  /* what is beside each other as well */
};

/* Put the boxes from the left together until none belongs to another. */
static void unite(struct ocr_boxes *b, struct uniting how)
{
    uint32_t n = 0;

    ocr_boxes_sort(b);
    for (uint32_t i = 0; i < b->n; i++) {
        struct ocr_box one = b->items[i];

        if (one.x1 <= one.x0)
            continue;
        for (uint32_t k = i + 1; k < b->n && b->items[k].x0 <= one.x1 + how.gap;
             k++) {
            struct ocr_box *m = &b->items[k];

            if (m->x1 <= m->x0 ||
                !(ocr_is_level(&one, m) || ((how.rest || is_above(&one, m)) &&
                                               is_low(&one, m, how.most))))
                continue;
            ocr_box_widen(&one, m);
            m->x1 = m->x0; /* taken */
            k = i;
        }
        b->items[n++] = one;
    }
    b->n = n;
}

/* Is `m` of the same line as the heading `b`, on the left of it? */
static bool is_in_heading(const struct ocr_box *b, const struct ocr_box *m)
{
    float high = (float)ocr_box_height(b);

    return (float)ocr_box_height(m) < HEADING_PART * high && m->x1 <= b->x0 &&
           (float)(b->x0 - m->x1) < HEADING_GAP * high &&
           (float)(b->y0 - m->y0) < HEADING_OFF * high &&
           (float)(m->y1 - b->y1) < HEADING_OFF * high;
}

/* Give larger headings what is theirs at their start: the strokes of 三 and
 * the comma behind it are too far from each other for the em of the page. */
static void unite_headings(struct ocr_boxes *b, float em)
{
    for (uint32_t i = 0; i < b->n; i++)
        for (uint32_t k = 0; k < b->n; k++) {
            struct ocr_box *a = &b->items[i];

            if (k == i || (float)ocr_box_height(a) < HEADING_HIGH * em ||
                !is_in_heading(a, &b->items[k]))
                continue;
            ocr_box_widen(a, &b->items[k]);
            b->items[k] = b->items[--b->n];
            i -= i == b->n ? i - k : 0; /* it has gone to k */
            k = UINT32_MAX;             /* all again */
        }
}

/* Marks to pieces: first what is at one height, then the strokes of letters
 * alone, from those nearest to each other on, then what is left of lines. */
static void unite_all(struct ocr_boxes *b, float em)
{
    int gap = (int)(OCR_GAP * em);

    unite(b, (struct uniting){ gap, 0, false });
    unite(b, (struct uniting){ gap, STROKES_HIGH * em, false });
    unite(b, (struct uniting){ gap, LETTER_HIGH * em, false });
    unite(b, (struct uniting){ gap, LINE_HIGH * em, true });
    unite_headings(b, em);
    ocr_boxes_sort(b);
}

/* The marks of the strip that may be letters. */
static void collect(const struct ocr_sheet *s, const struct ocr_box *strip,
    struct ocr_boxes *out)
{
    for (uint32_t i = 0; i < s->marks.n; i++) {
        const struct ocr_box *m = &s->marks.items[i];

        if (m->y0 >= strip->y0 && m->y1 <= strip->y1)
            ocr_boxes_add(out, *m);
    }
}

/* Leave out what is too large for text. */
static void drop_large(struct ocr_boxes *b, float em)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < b->n; i++)
        if ((float)ocr_box_height(&b->items[i]) <= LARGE * em)
            b->items[n++] = b->items[i];
    b->n = n;
}

static void drop_small(struct ocr_boxes *b, float em)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < b->n; i++)
        if ((float)ocr_box_height(&b->items[i]) > SMALL * em ||
            (float)(b->items[i].x1 - b->items[i].x0) > SMALL * em)
            b->items[n++] = b->items[i];
    b->n = n;
}

float ocr_pieces_find(const struct ocr_sheet *s, const struct ocr_box *strip,
    struct ocr_boxes *out)
{
    float em;

    collect(s, strip, out);
    em = find_em(out);
    drop_large(out, em);
    if (out->n > MARKS_MOST)
        out->n = 0;
    if (out->n > 0)
        unite_all(out, em);
    drop_small(out, em);
    return em;
}
