/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_blank_labels - columns of labels in a table without rulings.
 *
 * Gaps between labels side by side that several lines share part columns,
 * and so do places where numbered labels start below each other.
 */
#include <math.h>
#include <stdlib.h>

#include "transformer/page_blank.h"

/* Labels that start at one place: how many make a column, and how many
 * places are looked at. */
#define STARTS_MIN 3u
#define STARTS_MAX 16u

struct gap {
    float x0, x1;
    uint32_t seen;
    bool enumerated; /* what follows it */
};

/* Gaps between labels side by side that lines share; their number. */
static void add_gap(struct gap *gaps, uint32_t *n, struct gap g)
{
    struct gap *met = NULL;

    for (uint32_t i = 0; i < *n; i++) {
        if (g.x0 >= gaps[i].x1 || gaps[i].x0 >= g.x1)
            continue;
        if (met)
            return; /* over a column between them */
        met = &gaps[i];
    }
    if (!met && *n < BLANK_LABELS_MAX) {
        gaps[(*n)++] = g;
    } else if (met) {
        met->x0 = fmaxf(met->x0, g.x0);
        met->x1 = fminf(met->x1, g.x1);
        met->seen++;
        met->enumerated = met->enumerated || g.enumerated;
    }
}

static int by_width(const void *a, const void *b)
{
    const struct gap *g = a;
    const struct gap *h = b;
    float w = g->x1 - g->x0;
    float v = h->x1 - h->x0;

    return (w > v) - (w < v);
}

static int by_place(const void *a, const void *b)
{
    const struct gap *g = a;
    const struct gap *h = b;

    return (g->x0 > h->x0) - (g->x0 < h->x0);
}

/* Enumerated labels that start below each other start a column. */
static uint32_t aligned_starts(const struct block *b, struct gap *to)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < b->body_n; i++) {
        const struct band *band = &b->bands[b->header_n + i];

        for (uint32_t k = 0; k < band->chunk_n - band->value_n; k++) {
            const struct page_line *l = &band->chunks[k].text;
            uint32_t same = 0;

            if (!text_is_enumerated(l->text))
                continue;
            while (same < n && fabsf(to[same].x1 - l->x0) > 1)
                same++;
            if (same == n && n < STARTS_MAX)
                to[n++] = (struct gap){ l->x0 - 3, l->x0, 0, false };
            if (same < n)
                to[same].seen++;
        }
    }
    return n;
}

static bool starts_at(const struct gap *starts, uint32_t n, float x)
{
    for (uint32_t i = 0; i < n; i++)
        if (starts[i].seen >= STARTS_MIN && fabsf(starts[i].x1 - x) < 1)
            return true;
    return false;
}

/* Part labels that touch where a column starts. */
static void part_labels(struct block *b, struct arena *arena)
{
    struct gap starts[STARTS_MAX];
    uint32_t n = aligned_starts(b, starts);

    for (uint32_t i = 0; i < b->body_n; i++) {
        struct band *band = &b->bands[b->header_n + i];

        for (uint32_t k = 0; k < band->chunk_n - band->value_n; k++) {
            const struct page_line *l = &band->chunks[k].text;

            for (uint32_t run = 1; run < l->run_n; run++)
                if (starts_at(starts, n, l->runs[run]->x0) &&
                    text_is_enumerated(
                        line_text(arena, l->runs + run, l->run_n - run)) &&
                    band_part(band, k, run, false, arena))
                    break;
        }
    }
}

void blank_labels(struct block *b, struct arena *scratch, struct arena *arena)
{
    struct gap gaps[BLANK_LABELS_MAX];
    struct gap starts[STARTS_MAX];
    struct gap *all;
    float least = INFINITY;
    uint32_t n = 0;
    uint32_t kept = 0;

    part_labels(b, arena);
    for (uint32_t i = 0; i < b->body_n; i++) {
        n += b->bands[b->header_n + i].chunk_n;
        least = fminf(least, b->bands[b->header_n + i].x0);
    }
    all = arena_alloc_n(scratch, (size_t)n + 1, sizeof(*all));
    n = 0;
    for (uint32_t i = 0; i < b->body_n; i++) {
        const struct band *band = &b->bands[b->header_n + i];

        for (uint32_t k = 1; k < band->chunk_n - band->value_n; k++)
            all[n++] = (struct gap){ band->chunks[k - 1].text.x1,
                band->chunks[k].text.x0, 1,
                text_is_enumerated(band->chunks[k].text.text) };
    }
    if (n > 0)
        qsort(all, n, sizeof(*all), by_width);
    for (uint32_t i = 0; i < n; i++)
        add_gap(gaps, &kept, all[i]);
    n = aligned_starts(b, starts);
    for (uint32_t i = 0; i < n; i++)
        if (starts[i].seen >= STARTS_MIN && starts[i].x0 > least)
            add_gap(gaps, &kept, starts[i]);
    if (kept > 0)
        qsort(gaps, kept, sizeof(*gaps), by_place);
    b->label_col_n = b->has_labels ? 1 : 0;
    for (uint32_t i = 0; i < kept && b->label_col_n < BLANK_LABELS_MAX; i++)
        if (gaps[i].seen > 1 || gaps[i].enumerated)
            b->label_edge[b->label_col_n++] = (gaps[i].x0 + gaps[i].x1) / 2;
}

uint32_t blank_label_column(const struct block *b, float x)
{
    uint32_t col = 0;

    while (col + 1 < b->label_col_n && b->label_edge[col + 1] <= x)
        col++;
    return col;
}
