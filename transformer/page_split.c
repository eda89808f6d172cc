/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_split - numbers of several columns that came into one cell.
 *
 * Where the ruling between two columns is missing their numbers stand side
 * by side in one cell.  In a cell over several columns that the rest of the
 * table parts, each number goes to the column it stands in.  A column is
 * parted where a gap runs down all its rows with numbers and nearly all of
 * them have as many.  Anything less sure stays as it is, and is no number.
 */
#include <math.h>
#include <stdlib.h>

#include "common/limits.h"
#include "transformer/number.h"
#include "transformer/page_parts.h"

/* Between two numbers, in heights of letters. */
#define GAP 0.6f

/* Rows with several numbers that make a column be parted. */
#define ROWS_MIN 3u

#define WORDS_MAX 16u

/* Runs from..to of a line. */
struct word {
    uint32_t from, to;
    float x0, x1;
};

/* The words of a line with one line of numbers; 0 when they are not all
 * numbers, or too many. */
static uint32_t find_words(
    const struct page_cell *c, struct arena *scratch, struct word *words)
{
    const struct page_line *line = c->lines;
    uint32_t n = 0;

    if (c->line_n != 1)
        return 0;
    for (uint32_t i = 0; i < line->run_n; i++) {
        const struct page_run *r = line->runs[i];

        if (text_is_blank(r->text))
            continue;
        if (r->vertical)
            return 0;
        if (n > 0 && r->x0 - words[n - 1].x1 <= GAP * line->size) {
            words[n - 1].to = i + 1;
            words[n - 1].x1 = fmaxf(words[n - 1].x1, r->x1);
            continue;
        }
        if (n == WORDS_MAX)
            return 0;
        words[n++] = (struct word){ i, i + 1, r->x0, r->x1 };
    }
    for (uint32_t i = 0; i < n; i++) {
        enum number_look look = number_look(line_text(
            scratch, line->runs + words[i].from, words[i].to - words[i].from));

        if (look != LOOK_NUMBER && look != LOOK_DASH)
            return 0;
    }
    return n;
}

/* The column of `t` whose boundaries hold the word, or col_n. */
static uint32_t column_of(const struct page_table *t, const struct word *w)
{
    for (uint32_t i = 0; i < t->col_n; i++)
        if (t->x[i] <= w->x0 && w->x1 <= t->x[i + 1])
            return i;
    return t->col_n;
}

/* Cell `c` as one cell a column, each with its word or empty. */
static void part(const struct page_table *t, const struct page_cell *c,
    const struct word *words, uint32_t n, struct page_cell *out,
    struct arena *arena)
{
    for (uint32_t k = 0; k < c->colspan; k++) {
        struct page_cell *to = &out[k];

        *to = *c;
        to->col = c->col + k;
        to->colspan = 1;
        to->x0 = t->x[to->col];
        to->x1 = t->x[to->col + 1];
        to->line_n = 0;
        to->text = (struct slice){ "", 0 };
        for (uint32_t i = 0; i < n; i++) {
            struct page_line *line;

            if (column_of(t, &words[i]) != to->col)
                continue;
            line = arena_alloc(arena, sizeof(*line));
            *line = c->lines[0];
            line->runs += words[i].from;
            line->run_n = words[i].to - words[i].from;
            line->x0 = words[i].x0;
            line->x1 = words[i].x1;
            line->room = to->x1 - to->x0;
            line->text = line_text(arena, line->runs, line->run_n);
            to->lines = line;
            to->line_n = 1;
            cell_text(arena, to, t->padding);
        }
    }
}

/* Two or more numbers, each in a column of its own among the cell's. */
static bool can_part(const struct page_table *t, const struct page_cell *c,
    const struct word *words, uint32_t n)
{
    uint32_t last = 0;

    for (uint32_t i = 0; i < n; i++) {
        uint32_t col = column_of(t, &words[i]);

        if (col == t->col_n || col < c->col || col >= c->col + c->colspan ||
            (i > 0 && col == last))
            return false;
        last = col;
    }
    return n >= 2;
}

static void part_cells(
    struct page_table *t, struct arena *scratch, struct arena *arena)
{
    size_t max = 0;
    struct page_cell *cells;
    uint32_t n = 0;

    for (uint32_t i = 0; i < t->cell_n; i++)
        max += t->cells[i].colspan;
    cells = arena_alloc_n(arena, max + 1, sizeof(*cells));
    for (uint32_t i = 0; i < t->cell_n; i++) {
        const struct page_cell *c = &t->cells[i];
        struct word words[WORDS_MAX];
        uint32_t word_n = c->colspan > 1 ? find_words(c, scratch, words) : 0;

        if (word_n > 1 && can_part(t, c, words, word_n)) {
            part(t, c, words, word_n, cells + n, arena);
            n += c->colspan;
        } else {
            cells[n++] = *c;
        }
    }
    t->cells = cells;
    t->cell_n = n;
}

/* ---- columns --------------------------------------------------------------
 */

/* The rows of a column with several numbers: the gaps they share. */
struct gaps {
    uint32_t word_n, row_n, other_n;
    float from[WORDS_MAX], to[WORDS_MAX];
};

static void meet(struct gaps *g, const struct word *words, uint32_t n)
{
    if (g->row_n == 0) {
        g->word_n = n;
        for (uint32_t i = 1; i < n; i++) {
            g->from[i] = words[i - 1].x1;
            g->to[i] = words[i].x0;
        }
    }
    if (n != g->word_n) {
        g->other_n++;
        return;
    }
    g->row_n++;
    for (uint32_t i = 1; i < n; i++) {
        g->from[i] = fmaxf(g->from[i], words[i - 1].x1);
        g->to[i] = fminf(g->to[i], words[i].x0);
    }
}

/* The gaps in column `col`; false when it is to stay whole. */
static bool find_gaps(const struct page_table *t, uint32_t col,
    struct arena *scratch, struct gaps *g)
{
    *g = (struct gaps){ 0 };
    for (uint32_t i = 0; i < t->cell_n; i++) {
        const struct page_cell *c = &t->cells[i];
        struct word words[WORDS_MAX];
        uint32_t n;

        if (c->col != col || c->colspan != 1)
            continue;
        n = find_words(c, scratch, words);
        if (n > 1)
            meet(g, words, n);
        else if (n == 1)
            g->other_n++;
    }
    if (g->row_n < ROWS_MIN || g->other_n > 0)
        return false;
    for (uint32_t i = 1; i < g->word_n; i++)
        if (g->to[i] - g->from[i] < 1)
            return false;
    return true;
}

/* New boundaries in the gaps of `col`; cells count them. */
static void add_boundaries(struct page_table *t, uint32_t col,
    const struct gaps *g, struct arena *arena)
{
    uint32_t more = g->word_n - 1;
    float *x = arena_alloc_n(arena, (size_t)t->col_n + more + 1, sizeof(*x));

    for (uint32_t i = 0; i <= t->col_n; i++)
        x[i <= col ? i : i + more] = t->x[i];
    for (uint32_t i = 1; i <= more; i++)
        x[col + i] = (g->from[i] + g->to[i]) / 2;
    for (uint32_t i = 0; i < t->cell_n; i++) {
        struct page_cell *c = &t->cells[i];

        if (c->col > col)
            c->col += more;
        else if (c->col + c->colspan > col)
            c->colspan += more;
    }
    t->x = x;
    t->col_n += more;
}

void numbers_split(
    struct page_table *t, struct arena *scratch, struct arena *arena)
{
    for (uint32_t col = t->col_n; col-- > 0;) {
        struct gaps g;

        if (t->col_n + WORDS_MAX <= LIMIT_TABLE_COLS &&
            find_gaps(t, col, scratch, &g))
            add_boundaries(t, col, &g, arena);
    }
    part_cells(t, scratch, arena);
}
