/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_marks - lines that belong to text and not to a table.
 *
 * An underline is as long as its text and ends inside of a cell: taken for
 * a border it would part the cell.  Pictures are left alone, as where their
 * words stand is not that sure.
 */
#include <math.h>
#include <stdlib.h>

#include "transformer/page_parts.h"

/* Parts of the height of a letter's box from its top, where it is
 * underlined. */
#define UNDER_FROM 0.8f
#define UNDER_TO 1.25f

/* Points: an underline ends where its text does; borders meet. */
#define ENDS 1.5f
#define MEETS 0.8f

static float middle_of(const struct page_run *r)
{
    return (r->y0 + r->y1) / 2;
}

static int by_middle(const void *a, const void *b)
{
    const struct page_run *const *r = a;
    const struct page_run *const *s = b;
    float y = middle_of(*r);
    float z = middle_of(*s);

    return (y > z) - (y < z);
}

/* Letters by height; none where something was seen in a picture. */
static const struct page_run **letters(
    const struct page *page, struct arena *scratch, uint32_t *n, float *tallest)
{
    const struct page_run **runs = arena_alloc_n(
        scratch, (size_t)page->run_n + 1, sizeof(struct page_run *));

    *n = 0;
    *tallest = 0;
    for (uint32_t i = 0; i < page->run_n; i++) {
        const struct page_run *r = &page->runs[i];

        if (r->reading == READING_RECOGNIZED || r->alternatives.len > 0) {
            *n = 0;
            break;
        }
        if (r->vertical || text_is_blank(r->text))
            continue;
        *tallest = fmaxf(*tallest, r->y1 - r->y0);
        runs[(*n)++] = r;
    }
    qsort(runs, *n, sizeof(struct page_run *), by_middle);
    return runs;
}

/* The first letter whose middle is not above `y`. */
static uint32_t first_below(
    const struct page_run *const *runs, uint32_t n, float y)
{
    uint32_t low = 0;

    while (low < n) {
        uint32_t mid = low + (n - low) / 2;

        if (middle_of(runs[mid]) < y)
            low = mid + 1;
        else
            n = mid;
    }
    return low;
}

static bool is_under(const struct page_run *r, float y)
{
    float part = (y - r->y0) / fmaxf(r->y1 - r->y0, 0.1f);

    return part >= UNDER_FROM && part <= UNDER_TO;
}

static bool is_within(const struct page_run *r, float x0, float x1)
{
    float x = (r->x0 + r->x1) / 2;

    return x >= x0 && x <= x1;
}

/* From where to where text stands on the line; false where none does. */
static bool text_above(const struct page_run *const *runs, uint32_t n,
    float tallest, const struct page_ruling *line, float *x0, float *x1)
{
    *x0 = INFINITY;
    *x1 = -INFINITY;
    for (uint32_t i = first_below(runs, n, line->y0 - tallest);
         i < n && middle_of(runs[i]) <= line->y0; i++)
        if (is_within(runs[i], line->x0, line->x1) &&
            is_under(runs[i], line->y0)) {
            *x0 = fminf(*x0, runs[i]->x0);
            *x1 = fmaxf(*x1, runs[i]->x1);
        }
    return *x0 < *x1;
}

/* The verticals nearest to `x` that cross or meet the height `y`. */
static void between(
    const struct page *page, float y, float x, float *left, float *right)
{
    *left = -INFINITY;
    *right = INFINITY;
    for (uint32_t i = 0; i < page->ruling_n; i++) {
        const struct page_ruling *v = &page->rulings[i];

        if (v->x0 != v->x1 || v->y0 > y + MEETS || v->y1 < y - MEETS)
            continue;
        if (v->x0 <= x)
            *left = fmaxf(*left, v->x0);
        else
            *right = fminf(*right, v->x0);
    }
}

/* As long as the text above it, and meeting nothing. */
static bool is_underline(const struct page *page,
    const struct page_ruling *line, const struct page_run *const *runs,
    uint32_t n, float tallest)
{
    float x0, x1, left, right;

    if (!text_above(runs, n, tallest, line, &x0, &x1) ||
        fabsf(x0 - line->x0) > ENDS || fabsf(x1 - line->x1) > ENDS)
        return false;
    between(page, line->y0, (line->x0 + line->x1) / 2, &left, &right);
    return line->x0 - left > MEETS && right - line->x1 > MEETS;
}

void marks_remove(struct page *page, struct arena *scratch)
{
    struct page_ruling *kept =
        arena_alloc_n(scratch, (size_t)page->ruling_n + 1, sizeof(*kept));
    uint32_t kept_n = 0;
    uint32_t n;
    float tallest;
    const struct page_run **runs = letters(page, scratch, &n, &tallest);

    if (n == 0)
        return;
    for (uint32_t i = 0; i < page->ruling_n; i++) {
        const struct page_ruling *line = &page->rulings[i];

        if (line->y0 != line->y1 || !is_underline(page, line, runs, n, tallest))
            kept[kept_n++] = *line;
    }
    if (kept_n > 0)
        memcpy(page->rulings, kept, kept_n * sizeof(*kept));
    page->ruling_n = kept_n;
}
