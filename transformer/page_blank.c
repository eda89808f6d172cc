/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_blank - tables without rulings, known by their white space.
 *
 * Where no ruled table covers the lines, a run of lines near each other that
 * end in numbers with wide gaps around them is a table, when several of them
 * have more than one number.  Prose has no such gaps, and lists of contents
 * have one number a line.
 */
#include "transformer/page_blank.h"

#include <math.h>
#include <stdlib.h>

#include "common/limits.h"
#include "transformer/number.h"

/* In heights of letters: between two words of one line that are no
 * neighbours; before a number. */
#define GAP 0.33f
#define VALUE_GAP 0.35f

/* Lines of a table are no further apart, in heights of letters, nor much
 * larger than others. */
#define NEAR 1.8f
#define LARGER 1.2f

/* In heights of letters: how far prose runs into the numbers. */
#define INTO 2.0f

/* Lines of a header, and lines of labels between two lines of numbers. */
#define HEADER_LINES_MAX 12u

/* Lines with several numbers, or with one, that make a table; or numbers of
 * one line. */
#define LINES_MIN 3u
#define NUMBERS_MIN 5u

/* ---- lines in chunks ----------------------------------------------------- */

static void chunk_make(const struct page_line *line, uint32_t from, uint32_t to,
    struct arena *arena, struct chunk *c)
{
    struct page_line *l = &c->text;
    enum number_look look;

    *l = (struct page_line){ .runs = line->runs + from,
        .run_n = to - from,
        .room = INFINITY,
        .overlaid = line->overlaid };
    for (uint32_t i = from; i < to; i++) {
        const struct page_run *r = line->runs[i];

        if (text_is_blank(r->text))
            continue;
        if (l->size == 0) {
            l->x0 = r->x0;
            l->y0 = r->y0;
        }
        l->x0 = fminf(l->x0, r->x0);
        l->y0 = fminf(l->y0, r->y0);
        l->x1 = fmaxf(l->x1, r->x1);
        l->y1 = fmaxf(l->y1, r->y1);
        l->size = fmaxf(l->size, r->y1 - r->y0);
    }
    l->text = line_text(arena, l->runs, l->run_n);
    look = number_look(l->text);
    c->is_value = look == LOOK_NUMBER || look == LOOK_DASH || look == LOOK_ODD;
}

/* The last chunks that are values with wide gaps before them. */
static uint32_t count_values(const struct band *b)
{
    uint32_t n = 0;

    while (n < b->chunk_n && b->chunks[b->chunk_n - 1 - n].is_value)
        n++;
    for (uint32_t i = b->chunk_n - n; i < b->chunk_n; i++)
        if (i > 0 && b->chunks[i].text.x0 - b->chunks[i - 1].text.x1 <
                         VALUE_GAP * b->size)
            n = b->chunk_n - 1 - i;
    return n;
}

static void band_make(
    const struct page_line *line, struct arena *arena, struct band *b)
{
    float end = line->x0;
    uint32_t from = 0;

    *b = (struct band){ .x0 = line->x0,
        .y0 = line->y0,
        .x1 = line->x1,
        .y1 = line->y1,
        .size = line->size };
    b->chunks =
        arena_alloc_n(arena, (size_t)line->run_n + 1, sizeof(*b->chunks));
    for (uint32_t i = 0; i < line->run_n; i++) {
        const struct page_run *r = line->runs[i];

        if (text_is_blank(r->text))
            continue;
        if (r->vertical) {
            b->chunk_n = 0;
            return;
        }
        if (i > from && r->x0 - end > GAP * line->size) {
            chunk_make(line, from, i, arena, &b->chunks[b->chunk_n++]);
            from = i;
        }
        end = fmaxf(end, r->x1);
    }
    chunk_make(line, from, line->run_n, arena, &b->chunks[b->chunk_n++]);
    b->value_n = count_values(b);
}

static float values_x0(const struct band *b)
{
    return b->chunks[b->chunk_n - b->value_n].text.x0;
}

/* ---- where tables are ---------------------------------------------------- */

struct region {
    uint32_t from, to; /* bands */
    float value_x0;    /* left of all values */
    float label_x1;    /* right of the labels beside them */
};

static bool follows(const struct band *above, const struct band *below)
{
    float size = fminf(above->size, below->size);

    return above->chunk_n > 0 && below->chunk_n > 0 &&
           below->y0 - above->y1 < NEAR * size && below->y0 > above->y0 &&
           fmaxf(above->size, below->size) < LARGER * size;
}

/* Words that run from the labels into the numbers. */
static bool is_prose(const struct band *b, const struct region *r)
{
    float label_x1 = fminf(r->label_x1, r->value_x0);

    for (uint32_t i = 0; i < b->chunk_n; i++) {
        const struct page_line *c = &b->chunks[i].text;

        if (c->x0 < label_x1 && c->x1 > r->value_x0 + INTO * c->size)
            return true;
    }
    return false;
}

/* One more line with values. */
static void meet(struct region *r, const struct band *b)
{
    r->value_x0 = fminf(r->value_x0, values_x0(b));
    if (b->value_n < b->chunk_n)
        r->label_x1 =
            fmaxf(r->label_x1, b->chunks[b->chunk_n - b->value_n - 1].text.x1);
}

static bool is_heading(const struct band *b, float value_x0)
{
    return b->chunk_n == 1 && b->x0 < value_x0 &&
           text_is_enumerated(b->chunks[0].text.text);
}

/* Lines from `at`, which has values, down to the last of the table. */
static void reach_down(
    const struct band *b, uint32_t n, uint32_t at, struct region *r)
{
    uint32_t last = at;
    uint32_t above = 0; /* lines of labels over the last values */

    *r = (struct region){ .value_x0 = INFINITY, .label_x1 = -INFINITY };
    meet(r, &b[at]);
    for (uint32_t i = at + 1;
         i < n && i - last <= HEADER_LINES_MAX && i - at < PAGE_ROWS_MAX &&
         follows(&b[i - 1], &b[i]) && !is_prose(&b[i], r);
         i++)
        if (b[i].value_n > 0) {
            above = i - last - 1;
            meet(r, &b[i]);
            last = i;
        }
    r->to = last + 1;
    while (above-- > 0 && r->to < n && follows(&b[r->to - 1], &b[r->to]) &&
           b[r->to].x1 <= r->value_x0 && !is_heading(&b[r->to], r->value_x0) &&
           b[r->to].y0 - b[r->to - 1].y1 < b[r->to].size)
        r->to++;
}

/* Up to the first line of the header.  What looks like a heading is one,
 * unless there are labels of columns above it: then it is the label of the
 * first row. */
static void reach_up(
    const struct band *b, uint32_t least, uint32_t at, struct region *r)
{
    uint32_t heading = UINT32_MAX;
    bool header = false;

    r->from = at;
    while (r->from > least && at - r->from < HEADER_LINES_MAX &&
           follows(&b[r->from - 1], &b[r->from]) &&
           !is_prose(&b[r->from - 1], r)) {
        const struct band *up = &b[r->from - 1];

        if (is_heading(up, r->value_x0)) {
            if (heading != UINT32_MAX && header)
                break;
            heading = heading == UINT32_MAX ? r->from : heading;
            header = false;
        }
        header = header || up->x1 > r->value_x0;
        r->from--;
    }
    if (heading != UINT32_MAX && !header)
        r->from = heading;
}

/* Is there evidence that the lines are a table? */
static bool is_table(const struct band *b, const struct region *r)
{
    uint32_t lines = 0;
    uint32_t several = 0;
    uint32_t most = 0;
    bool header = false;

    for (uint32_t i = r->from; i < r->to; i++) {
        lines += b[i].value_n > 0 ? 1 : 0;
        several += b[i].value_n > 1 ? 1 : 0;
        most = b[i].value_n > most ? b[i].value_n : most;
        header =
            header || (lines == 0 && b[i].chunk_n > 1 && b[i].value_n == 0);
    }
    return several >= LINES_MIN || most >= NUMBERS_MIN ||
           (several > 0 && lines >= LINES_MIN) ||
           (header && lines >= LINES_MIN - 1);
}

bool band_part(struct band *b, uint32_t at, uint32_t run, bool is_value,
    struct arena *arena)
{
    struct chunk *chunks =
        arena_alloc_n(arena, (size_t)b->chunk_n + 1, sizeof(*chunks));
    const struct page_line *l = &b->chunks[at].text;

    memcpy(chunks, b->chunks, at * sizeof(*chunks));
    memcpy(chunks + at + 2, b->chunks + at + 1,
        (b->chunk_n - at - 1) * sizeof(*chunks));
    chunk_make(l, 0, run, arena, &chunks[at]);
    chunk_make(l, run, l->run_n, arena, &chunks[at + 1]);
    if (chunks[at].is_value || chunks[at + 1].is_value != is_value)
        return false;
    b->chunks = chunks;
    b->chunk_n++;
    b->value_n += is_value ? 1 : 0;
    return true;
}

/* A number that touches the label before it, but starts where all numbers
 * of the table start: it is parted from the label. */
static void part_value(struct band *b, float value_x0, struct arena *arena)
{
    const struct page_line *l;
    uint32_t at;
    uint32_t i = 0;

    if (b->value_n == b->chunk_n)
        return;
    at = b->chunk_n - b->value_n - 1;
    l = &b->chunks[at].text;
    while (i < l->run_n && l->runs[i]->x0 < value_x0 - BLANK_SAME_EDGE)
        i++;
    if (i > 0 && i < l->run_n && l->runs[i]->x0 < value_x0 + BLANK_SAME_EDGE &&
        l->runs[i - 1]->x1 < l->runs[i]->x0 + BLANK_SAME_EDGE)
        band_part(b, at, i, true, arena);
}

/* ---- blocks -------------------------------------------------------------- */

/* One past the lines that are above the next values and belong to a header:
 * at least one of their words stands over the values. */
static uint32_t header_end(
    const struct band *b, uint32_t from, uint32_t to, float value_x0)
{
    uint32_t end = from;

    for (uint32_t i = from; i < to && b[i].value_n == 0; i++)
        if (b[i].x1 > value_x0)
            end = i + 1;
    return end;
}

/* 第二十条第（五）项: the title of the next block. */
static bool is_clause(const struct band *b)
{
    static const char ordinal[] = "第";

    return b->chunk_n == 1 && text_is_enumerated(b->chunks[0].text.text) &&
           memcmp(b->chunks[0].text.text.p, ordinal, sizeof(ordinal) - 1) == 0;
}

/* Header and rows from `from` on; one past them. */
static uint32_t block_make(
    struct band *b, uint32_t from, const struct region *r, struct block *out)
{
    uint32_t at = header_end(b, from, r->to, r->value_x0);

    *out = (struct block){ .bands = b + from, .header_n = at - from };
    while (at < r->to && !is_clause(&b[at]) &&
           (b[at].value_n > 0 || b[at].x1 <= r->value_x0))
        at++;
    out->body_n = at - from - out->header_n;
    return at;
}

/* ---- all of it ---- */

/* The table in a region, or NULL. */
static struct page_table *table_make(struct band *b, const struct region *r,
    struct arena *scratch, struct arena *arena)
{
    struct block *blocks =
        arena_alloc_n(scratch, (size_t)(r->to - r->from) + 1, sizeof(*blocks));
    uint32_t n = 0;

    for (uint32_t i = r->from; i < r->to; i++)
        part_value(&b[i], r->value_x0, arena);
    for (uint32_t at = r->from; at < r->to; n++) {
        at = block_make(b, at, r, &blocks[n]);
        if (blocks[n].body_n == 0 || !blank_columns(&blocks[n], scratch)) {

            return NULL;
        }
        blank_rows(&blocks[n], scratch, arena);
    }
    return blank_write(blocks, n, b + r->from, r->to - r->from, arena);
}

/* The page is that of the table and its cells. */
static void put_out(struct page_table *t, struct page_layout *page)
{
    t->page = page->page;
    page->cell_n += t->cell_n;
    for (uint32_t i = 0; i < t->cell_n; i++) {
        struct page_cell *c = &t->cells[i];

        c->page = page->page;
        for (uint32_t k = 0; k < c->line_n; k++)
            c->doubtful =
                c->doubtful || line_is_cut_off(&c->lines[k], page->width);
    }
}

uint32_t blank_find(struct page_layout *page, struct page_line *lines,
    uint32_t *line_n, struct arena *scratch, struct arena *arena,
    struct page_table **out, uint32_t max)
{
    struct band *bands =
        arena_alloc_n(scratch, (size_t)*line_n + 1, sizeof(*bands));
    uint32_t found = 0;
    uint32_t kept = 0;
    uint32_t done = 0; /* lines before it are settled */

    for (uint32_t i = 0; i < *line_n; i++)
        band_make(&lines[i], arena, &bands[i]);
    for (uint32_t i = 0; i < *line_n && found < max; i++) {
        struct region r;
        struct page_table *t = NULL;

        if (bands[i].value_n == 0)
            continue;
        reach_down(bands, *line_n, i, &r);
        reach_up(bands, done, i, &r);
        if (is_table(bands, &r))
            t = table_make(bands, &r, scratch, arena);
        if (!t) {
            i = r.to - 1;
            continue;
        }
        put_out(t, page);
        out[found++] = t;
        while (done < r.from)
            lines[kept++] = lines[done++];
        done = r.to;
        i = r.to - 1;
    }
    while (done < *line_n)
        lines[kept++] = lines[done++];
    *line_n = kept;
    return found;
}
