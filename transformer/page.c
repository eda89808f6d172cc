/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page - where the readers of pages put what they see.
 *
 * Nothing is judged here but sizes and numbers: after this every coordinate
 * is finite and small enough to reckon with, and every box has its corners
 * in order.
 */
#include "transformer/page.h"

#include <math.h>
#include <stdio.h>

#include "common/limits.h"

/* Points from the corner of the page: 14 metres, more than PDF allows. */
#define FAR 40000.0f

/* How far the ends of a ruling may differ across it. */
#define SLANT 0.5f

static void trouble(struct pages *p, const char *what, uint32_t max)
{
    if (p->trouble[0] == '\0')
        snprintf(p->trouble, sizeof(p->trouble), "reader.size: more than %u %s",
            max, what);
}

void pages_init(struct pages *p, struct arena *arena)
{
    *p = (struct pages){ .arena = arena };
    p->pages = arena_alloc_n(arena, LIMIT_PAGES, sizeof(*p->pages));
}

struct page *pages_add(struct pages *p, float width, float height)
{
    struct page *page;

    if (p->page_n >= LIMIT_PAGES) {
        trouble(p, "pages", LIMIT_PAGES);
        return NULL;
    }
    page = &p->pages[p->page_n++];
    page->width = isfinite(width) && width > 0 ? fminf(width, FAR) : 0;
    page->height = isfinite(height) && height > 0 ? fminf(height, FAR) : 0;
    return page;
}

/* Room for element `n` of an array that doubles in the arena. */
static void *room(struct arena *arena, void *array, uint32_t n, uint32_t *cap,
    size_t size, uint32_t first)
{
    void *more;

    if (n < *cap)
        return array;
    *cap = *cap ? *cap * 2 : first;
    more = arena_alloc_n(arena, *cap, size);
    if (n)
        memcpy(more, array, n * size);
    return more;
}

static bool is_near(float x0, float y0, float x1, float y1)
{
    return fabsf(x0) < FAR && fabsf(y0) < FAR && fabsf(x1) < FAR &&
           fabsf(y1) < FAR; /* false for what is no number */
}

static struct slice keep_text(struct arena *arena, struct slice text)
{
    char *copy = arena_alloc(arena, text.len);

    memcpy(copy, text.p, text.len);
    page_fold_radicals(copy, text.len);
    return (struct slice){ copy, text.len };
}

void page_add_run(
    struct pages *p, struct page *page, const struct page_run *run)
{
    struct page_run *r;

    if (run->text.len == 0 || !is_near(run->x0, run->y0, run->x1, run->y1))
        return;
    if (run->text.len > LIMIT_RUN_BYTES ||
        run->alternatives.len > LIMIT_RUN_BYTES) {
        trouble(p, "bytes in one run of text", LIMIT_RUN_BYTES);
        return;
    }
    if (page->run_n >= LIMIT_PAGE_RUNS) {
        trouble(p, "glyphs on one page", LIMIT_PAGE_RUNS);
        return;
    }
    if (p->run_n >= LIMIT_RUNS) {
        trouble(p, "glyphs", LIMIT_RUNS);
        return;
    }
    page->runs = room(p->arena, page->runs, page->run_n, &page->run_cap,
        sizeof(*page->runs), 256);
    r = &page->runs[page->run_n++];
    p->run_n++;
    *r = *run;
    r->x0 = fminf(run->x0, run->x1);
    r->x1 = fmaxf(run->x0, run->x1);
    r->y0 = fminf(run->y0, run->y1);
    r->y1 = fmaxf(run->y0, run->y1);
    r->text = keep_text(p->arena, run->text);
    if (run->alternatives.len)
        r->alternatives = arena_slice(p->arena, run->alternatives);
}

void page_add_ruling(
    struct pages *p, struct page *page, float x0, float y0, float x1, float y1)
{
    struct page_ruling *r;

    if (!is_near(x0, y0, x1, y1) ||
        (fabsf(x0 - x1) > SLANT && fabsf(y0 - y1) > SLANT))
        return;
    if (page->ruling_n >= LIMIT_PAGE_RULINGS) {
        trouble(p, "rulings on one page", LIMIT_PAGE_RULINGS);
        return;
    }
    if (p->ruling_n >= LIMIT_RULINGS) {
        trouble(p, "rulings", LIMIT_RULINGS);
        return;
    }
    page->rulings = room(p->arena, page->rulings, page->ruling_n,
        &page->ruling_cap, sizeof(*page->rulings), 64);
    r = &page->rulings[page->ruling_n++];
    p->ruling_n++;
    if (fabsf(x0 - x1) < fabsf(y0 - y1))
        x0 = x1 = (x0 + x1) / 2;
    else
        y0 = y1 = (y0 + y1) / 2;
    *r = (struct page_ruling){ fminf(x0, x1), fminf(y0, y1), fmaxf(x0, x1),
        fmaxf(y0, y1) };
}
