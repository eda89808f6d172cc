/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_marks - lines that belong to text and not to a table.
 *
 * An underline is as long as its text and ends inside of a cell, and so does
 * a line through text that is struck out: taken for a border it would part
 * the cell.  Pictures are left alone, as where their words stand is not that
 * sure.
 */
#include <math.h>
#include <stdlib.h>

#include "transformer/page_parts.h"

/* Parts of the height of a letter's box, from its top. */
struct zone {
    float from, to;
};

/* Where it is underlined, and where it is struck out. */
static const struct zone under = { 0.8f, 1.25f };
static const struct zone through = { 0.35f, 0.75f };

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

/* What lines are held against. */
struct text {
    struct page_run **runs; /* letters by their middle */
    uint32_t n;
    float tallest;
};

/* None where something was seen in a picture. */
static struct text letters(const struct page *page, struct arena *scratch)
{
    struct text t = { .runs = arena_alloc_n(scratch, (size_t)page->run_n + 1,
                          sizeof(struct page_run *)) };

    for (uint32_t i = 0; i < page->run_n; i++) {
        struct page_run *r = &page->runs[i];

        if (r->reading == READING_RECOGNIZED || r->alternatives.len > 0) {
            t.n = 0;
            break;
        }
        if (r->vertical || text_is_blank(r->text))
            continue;
        t.tallest = fmaxf(t.tallest, r->y1 - r->y0);
        t.runs[t.n++] = r;
    }
    qsort(t.runs, t.n, sizeof(struct page_run *), by_middle);
    return t;
}

/* The first letter whose middle is not above `y`. */
static uint32_t first_below(const struct text *t, float y)
{
    uint32_t low = 0, n = t->n;

    while (low < n) {
        uint32_t mid = low + (n - low) / 2;

        if (middle_of(t->runs[mid]) < y)
            low = mid + 1;
        else
            n = mid;
    }
    return low;
}

/* The next letter from *i on that the line passes in this zone, or NULL. */
static struct page_run *next_on(const struct text *t,
    const struct page_ruling *line, struct zone zone, uint32_t *i)
{
    while (*i < t->n && middle_of(t->runs[*i]) <= line->y0 + t->tallest) {
        struct page_run *r = t->runs[(*i)++];
        float x = (r->x0 + r->x1) / 2;
        float part = (line->y0 - r->y0) / fmaxf(r->y1 - r->y0, 0.1f);

        if (x >= line->x0 && x <= line->x1 && part >= zone.from &&
            part <= zone.to)
            return r;
    }
    return NULL;
}

static uint32_t start_of(const struct text *t, const struct page_ruling *line)
{
    return first_below(t, line->y0 - t->tallest);
}

/* Does text stand on the line from its one end to the other? */
static bool is_underline(const struct text *t, const struct page_ruling *line)
{
    uint32_t i = start_of(t, line);
    float x0 = INFINITY, x1 = -INFINITY;

    for (const struct page_run *r; (r = next_on(t, line, under, &i)) != NULL;) {
        x0 = fminf(x0, r->x0);
        x1 = fmaxf(x1, r->x1);
    }
    return x0 < x1 && fabsf(x0 - line->x0) <= ENDS &&
           fabsf(x1 - line->x1) <= ENDS;
}

/* A line by hand may be longer than what it takes back. */
static bool is_through(const struct text *t, const struct page_ruling *line)
{
    uint32_t i = start_of(t, line);

    return next_on(t, line, through, &i) != NULL;
}

static void strike(const struct text *t, const struct page_ruling *line)
{
    uint32_t i = start_of(t, line);

    for (struct page_run *r; (r = next_on(t, line, through, &i)) != NULL;)
        r->struck = true;
}

/* Does the line end between the verticals around it? */
static bool meets_nothing(
    const struct page *page, const struct page_ruling *line)
{
    float x = (line->x0 + line->x1) / 2;
    float left = -INFINITY, right = INFINITY;

    for (uint32_t i = 0; i < page->ruling_n; i++) {
        const struct page_ruling *v = &page->rulings[i];

        if (v->x0 != v->x1 || v->y0 > line->y0 + MEETS ||
            v->y1 < line->y0 - MEETS)
            continue;
        if (v->x0 <= x)
            left = fmaxf(left, v->x0);
        else
            right = fminf(right, v->x0);
    }
    return line->x0 - left > MEETS && right - line->x1 > MEETS;
}

void marks_remove(struct page *page, struct arena *scratch)
{
    struct page_ruling *kept =
        arena_alloc_n(scratch, (size_t)page->ruling_n + 1, sizeof(*kept));
    uint32_t kept_n = 0;
    struct text text = letters(page, scratch);

    if (text.n == 0)
        return;
    for (uint32_t i = 0; i < page->ruling_n; i++) {
        const struct page_ruling *line = &page->rulings[i];
        bool is_level = line->y0 == line->y1;
        bool is_struck = is_level && is_through(&text, line);

        if ((!is_struck && !(is_level && is_underline(&text, line))) ||
            !meets_nothing(page, line))
            kept[kept_n++] = *line;
        else if (is_struck)
            strike(&text, line);
    }
    if (kept_n > 0)
        memcpy(page->rulings, kept, kept_n * sizeof(*kept));
    page->ruling_n = kept_n;
}
