/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_rulings - drawn lines, joined, and which of them hang together.
 *
 * Writers draw one border in many pieces: a line a cell, both edges of
 * every cell's box, dashes.  Pieces are snapped to one coordinate, joined
 * along it, and joined lines that touch each other make a set, from which
 * comes one grid.  Sorting bounds the work; only the search for touching
 * lines is a product, of at most LIMIT_PAGE_RULINGS.
 */
#include <math.h>
#include <stdlib.h>

#include "common/limits.h"
#include "transformer/page_parts.h"

/* So many verticals of one height are a row. */
#define LONE_MIN 3u

/* Shorter lines are dots, glyph parts and drawings. */
#define SHORT 4.0f

static int by_at(const void *a, const void *b)
{
    const struct segment *s = a;
    const struct segment *t = b;

    if (s->at != t->at)
        return s->at < t->at ? -1 : 1;
    if (s->from != t->from)
        return s->from < t->from ? -1 : 1;
    return 0;
}

static int by_set(const void *a, const void *b)
{
    const struct segment *s = a;
    const struct segment *t = b;

    if (s->set != t->set)
        return s->set < t->set ? -1 : 1;
    return by_at(a, b);
}

/* One coordinate for all that lie within SNAP of their mean. */
static void snap(struct segment *s, uint32_t n)
{
    uint32_t from = 0;

    while (from < n) {
        float sum = s[from].at;
        uint32_t to = from + 1;

        while (to < n && s[to].at - sum / (float)(to - from) <= SNAP)
            sum += s[to++].at;
        for (uint32_t i = from; i < to; i++)
            s[i].at = sum / (float)(to - from);
        from = to;
    }
}

/* Join along each coordinate; the number left. */
static uint32_t join(struct segment *s, uint32_t n)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < n; i++) {
        struct segment *last = kept ? &s[kept - 1] : NULL;

        if (last && last->at == s[i].at && s[i].from - last->to <= JOIN_GAP)
            last->to = fmaxf(last->to, s[i].to);
        else
            s[kept++] = s[i];
    }
    n = 0;
    for (uint32_t i = 0; i < kept; i++)
        if (s[i].to - s[i].from >= SHORT)
            s[n++] = s[i];
    return n;
}

static uint32_t tidy(struct segment *s, uint32_t n)
{
    if (n == 0)
        return 0;
    qsort(s, n, sizeof(*s), by_at);
    snap(s, n);
    qsort(s, n, sizeof(*s), by_at);
    return join(s, n);
}

/* The root of `i`, its path halved on the way. */
static uint32_t root(uint32_t *up, uint32_t i)
{
    while (up[i] != i) {
        up[i] = up[up[i]];
        i = up[i];
    }
    return i;
}

/* Index of the first vertical line at or behind `x`. */
static uint32_t first_behind(const struct segment *v, uint32_t n, float x)
{
    uint32_t low = 0;

    while (low < n) {
        uint32_t mid = low + (n - low) / 2;

        if (v[mid].at < x)
            low = mid + 1;
        else
            n = mid;
    }
    return low;
}

/* Number what touches alike. */
static void find_sets(struct segments *s, struct arena *scratch)
{
    uint32_t n = s->h_n + s->v_n;
    uint32_t *up = arena_alloc_n(scratch, n + 1, sizeof(*up));

    for (uint32_t i = 0; i < n; i++)
        up[i] = i;
    for (uint32_t i = 0; i < s->h_n; i++) {
        const struct segment *h = &s->h[i];

        for (uint32_t j = first_behind(s->v, s->v_n, h->from - TOUCH);
             j < s->v_n && s->v[j].at <= h->to + TOUCH; j++)
            if (s->v[j].from - TOUCH <= h->at && h->at <= s->v[j].to + TOUCH)
                up[root(up, s->h_n + j)] = root(up, i);
    }
    for (uint32_t i = 0; i < s->h_n; i++)
        s->h[i].set = root(up, i);
    for (uint32_t j = 0; j < s->v_n; j++)
        s->v[j].set = root(up, s->h_n + j);
}

/* ---- rows with all borders missing ----------------------------------------
 */

static int by_ends(const void *a, const void *b)
{
    const struct segment *s = a;
    const struct segment *t = b;

    if (s->from != t->from)
        return s->from < t->from ? -1 : 1;
    if (s->to != t->to)
        return s->to < t->to ? -1 : 1;
    return by_at(a, b);
}

/* Edges over and under the verticals from..to, which become a set. */
static void frame(struct segments *s, uint32_t from, uint32_t to)
{
    struct segment top = { .from = s->v[from].at, .to = s->v[from].at };
    struct segment bottom;

    top.set = s->v[from].set;
    for (uint32_t i = from; i < to; i++) {
        s->v[i].set = top.set;
        top.from = fminf(top.from, s->v[i].at);
        top.to = fmaxf(top.to, s->v[i].at);
    }
    bottom = top;
    top.at = s->v[from].from;
    bottom.at = s->v[from].to;
    s->h[s->h_n++] = top;
    s->h[s->h_n++] = bottom;
}

/* The set of the nearest vertical that ends where `v` does at both ends, of
 * those from `from` on; its own where there is none. */
static uint32_t companion(
    const struct segments *s, uint32_t from, const struct segment *v)
{
    uint32_t set = v->set;
    float best = INFINITY;

    for (uint32_t i = from; i < s->v_n; i++) {
        const struct segment *w = &s->v[i];

        if (fabsf(w->from - v->from) <= TOUCH &&
            fabsf(w->to - v->to) <= TOUCH && fabsf(w->at - v->at) < best) {
            best = fabsf(w->at - v->at);
            set = w->set;
        }
    }
    return set;
}

/* Verticals that no line meets are of the table beside them when they are as
 * high: columns of labels that go on over the whole page.  The number of
 * those that are of none. */
static uint32_t adopt(struct segments *s, uint32_t lone)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < lone; i++) {
        struct segment v = s->v[i];
        uint32_t set = companion(s, lone, &v);

        if (set == v.set) {
            s->v[i] = s->v[kept];
            s->v[kept++] = v;
        } else {
            s->v[i].set = set;
        }
    }
    return kept;
}

/* A row alone on its page, of a table that goes on on both sides, may have
 * nothing but verticals, all of one height. */
static void frame_lone_rows(struct segments *s, struct arena *scratch)
{
    bool *has_h = arena_alloc_n(scratch, s->h_n + s->v_n + 1, sizeof(*has_h));
    uint32_t lone = 0;

    for (uint32_t i = 0; i < s->h_n; i++)
        has_h[s->h[i].set] = true;
    for (uint32_t i = 0; i < s->v_n; i++)
        if (!has_h[s->v[i].set]) {
            struct segment v = s->v[i];

            s->v[i] = s->v[lone];
            s->v[lone++] = v;
        }
    lone = adopt(s, lone);
    if (lone < LONE_MIN)
        return;
    qsort(s->v, lone, sizeof(*s->v), by_ends);
    for (uint32_t from = 0, to; from < lone; from = to) {
        to = from + 1;
        while (to < lone && s->v[to].from - s->v[from].from <= TOUCH &&
               fabsf(s->v[to].to - s->v[from].to) <= TOUCH)
            to++;
        if (to - from >= LONE_MIN)
            frame(s, from, to);
    }
}

void segments_find(
    const struct page *page, struct arena *scratch, struct segments *out)
{
    *out = (struct segments){ 0 };
    /* Room for two more over and under each pair of verticals. */
    out->h = arena_alloc_n(scratch, 2 * page->ruling_n + 1, sizeof(*out->h));
    out->v = arena_alloc_n(scratch, page->ruling_n + 1, sizeof(*out->v));
    for (uint32_t i = 0; i < page->ruling_n; i++) {
        const struct page_ruling *r = &page->rulings[i];

        if (r->y0 == r->y1)
            out->h[out->h_n++] =
                (struct segment){ .at = r->y0, .from = r->x0, .to = r->x1 };
        else
            out->v[out->v_n++] =
                (struct segment){ .at = r->x0, .from = r->y0, .to = r->y1 };
    }
    out->h_n = tidy(out->h, out->h_n);
    out->v_n = tidy(out->v, out->v_n);
    find_sets(out, scratch);
    frame_lone_rows(out, scratch);
    qsort(out->h, out->h_n, sizeof(*out->h), by_set);
    qsort(out->v, out->v_n, sizeof(*out->v), by_set);
}
