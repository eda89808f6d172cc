/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_blank_columns - the columns of a table without rulings.
 *
 * Values of one column lie below each other, so their shadows on the x axis
 * are the columns.  Labels of columns are paired with them in order, and
 * only when there are as many of both; else the values are doubtful.  What
 * a label higher up stands over is found by its middle: such labels are
 * centred over their columns.
 */
#include <math.h>
#include <stdlib.h>

#include "transformer/page_blank.h"

/* In heights of letters: lines of one label are nearer; what is at one
 * height; labels have one middle, or one left edge; a label stands over the
 * middle of columns. */
#define TIGHT 1.0f
#define LEVEL 0.25f
#define CENTRED 0.5f
#define OVER 0.6f

static float middle_x(const struct blank_cell *c)
{
    return (c->x0 + c->x1) / 2;
}

static float middle_y(const struct blank_cell *c)
{
    return (c->y0 + c->y1) / 2;
}

void blank_cell_add(struct blank_cell *c, const struct page_line *line,
    bool first, struct arena *arena)
{
    if (c->line_n >= c->line_cap) {
        struct page_line *more;

        c->line_cap = c->line_cap * 2 + 4;
        more = arena_alloc_n(arena, c->line_cap, sizeof(*more));
        if (c->line_n)
            memcpy(more, c->lines, c->line_n * sizeof(*more));
        c->lines = more;
    }
    if (first && c->line_n)
        memmove(c->lines + 1, c->lines, c->line_n * sizeof(*c->lines));
    c->lines[first ? 0 : c->line_n] = *line;
    c->x0 = c->line_n ? fminf(c->x0, line->x0) : line->x0;
    c->y0 = c->line_n ? fminf(c->y0, line->y0) : line->y0;
    c->x1 = c->line_n ? fmaxf(c->x1, line->x1) : line->x1;
    c->y1 = c->line_n ? fmaxf(c->y1, line->y1) : line->y1;
    c->line_n++;
}

/* ---- values -------------------------------------------------------------- */

/* One more shadow: those it meets become one.  False when too many. */
static bool add_shadow(struct block *b, float x0, float x1)
{
    uint32_t first = 0;
    uint32_t last;

    while (first < b->col_n && b->x1[first] <= x0)
        first++;
    last = first;
    while (last < b->col_n && b->x0[last] < x1)
        last++;
    if (first == last) {
        if (b->col_n == BLANK_COLS_MAX)
            return false;
        for (uint32_t i = b->col_n++; i > first; i--) {
            b->x0[i] = b->x0[i - 1];
            b->x1[i] = b->x1[i - 1];
        }
        b->x0[first] = x0;
        b->x1[first] = x1;
        return true;
    }
    b->x0[first] = fminf(b->x0[first], x0);
    b->x1[first] = fmaxf(b->x1[last - 1], x1);
    for (uint32_t i = last; i < b->col_n; i++) {
        b->x0[first + 1 + i - last] = b->x0[i];
        b->x1[first + 1 + i - last] = b->x1[i];
    }
    b->col_n -= last - first - 1;
    return true;
}

/* Shadows of values, and where the labels of rows end. */
static bool find_values(struct block *b, uint32_t *most)
{
    *most = 0;
    for (uint32_t i = b->header_n; i < b->header_n + b->body_n; i++) {
        const struct band *band = &b->bands[i];
        uint32_t text_n = band->chunk_n - band->value_n;

        for (uint32_t k = 0; k < band->chunk_n; k++) {
            const struct page_line *c = &band->chunks[k].text;

            if (k >= text_n) {
                if (!add_shadow(b, c->x0, c->x1))
                    return false;
                continue;
            }
            b->label_x1 = b->has_labels ? fmaxf(b->label_x1, c->x1) : c->x1;
            b->has_labels = true;
        }
        if (band->value_n > *most)
            *most = band->value_n;
    }
    return b->col_n > 0 && (!b->has_labels || b->label_x1 <= b->x0[0]);
}

/* ---- the header ---------------------------------------------------------- */

static bool overlaps(const struct blank_cell *c, const struct page_line *l)
{
    return c->x0 < l->x1 && l->x0 < c->x1;
}

/* Is `l` the line above those of the cell? */
static bool is_its_line(const struct blank_cell *c, const struct page_line *l)
{
    return overlaps(c, l) && c->y0 - l->y1 < TIGHT * l->size &&
           c->y0 > (l->y0 + l->y1) / 2 &&
           (fabsf(middle_x(c) - (l->x0 + l->x1) / 2) < CENTRED * l->size ||
               fabsf(c->x0 - l->x0) < CENTRED * l->size / 2);
}

/* The label of a column next to `own`, on the side of `sign`, or NULL. */
static const struct blank_cell *neighbour(
    const struct block *b, const struct blank_cell *own, float sign)
{
    const struct blank_cell *best = NULL;

    for (uint32_t i = 0; i < b->head_n; i++) {
        const struct blank_cell *c = &b->head[i];
        float far = (c->x0 - own->x0) * sign;

        if (!c->is_group && far > 0 &&
            (!best || far < (best->x0 - own->x0) * sign))
            best = c;
    }
    return best;
}

/* Do the labels beside `own` that end where it does have a line at the
 * height of `l` as well?  If not, that is a label above several of them. */
static bool have_all(const struct block *b, const struct blank_cell *own,
    const struct page_line *l, const struct chunk *const *chunks, uint32_t n)
{
    float near = LEVEL * l->size;

    for (int side = -1; side <= 1; side += 2) {
        const struct blank_cell *c = neighbour(b, own, (float)side);
        bool has = !c || fabsf(c->y1 - own->y1) > near;

        for (uint32_t k = 0; k < n && !has; k++)
            has = overlaps(c, &chunks[k]->text) &&
                  fabsf(chunks[k]->text.y0 - l->y0) < near;
        if (!has)
            return false;
    }
    return true;
}

/* Is the label alone at its height, and numbered as no column is: the title
 * of the block, 第二十条第（五）项? */
static bool is_title(const struct chunk *const *chunks, uint32_t n, uint32_t at)
{
    const struct page_line *l = &chunks[at]->text;

    for (uint32_t i = 0; i < n; i++)
        if (i != at && fabsf(chunks[i]->text.y0 - l->y0) < LEVEL * l->size)
            return false;
    return text_is_enumerated(l->text);
}

/* Put label `at`, which is above all before it, into the header. */
static void add_label(struct block *b, uint32_t at,
    const struct chunk *const *chunks, uint32_t n, struct arena *scratch)
{
    const struct page_line *l = &chunks[at]->text;
    struct blank_cell *own = NULL;
    uint32_t leaves = 0;

    for (uint32_t i = 0; i < b->head_n; i++) {
        struct blank_cell *c = &b->head[i];

        if (!overlaps(c, l))
            continue;
        leaves += c->is_group ? 0 : 1;
        if (is_its_line(c, l) && (!own || c->y0 < own->y0))
            own = c;
    }
    if (own &&
        (own->is_group || (leaves == 1 && have_all(b, own, l, chunks, n)))) {
        blank_cell_add(own, l, true, scratch);
        return;
    }
    leaves += b->head_n > 0 && is_title(chunks, n, at) ? 1 : 0;
    own = &b->head[b->head_n++];
    *own = (struct blank_cell){ .is_group = leaves > 0 };
    blank_cell_add(own, l, true, scratch);
}

static int from_below(const void *a, const void *b)
{
    const struct chunk *const *c = a;
    const struct chunk *const *d = b;
    float y = (*c)->text.y0 + (*c)->text.y1;
    float z = (*d)->text.y0 + (*d)->text.y1;

    if (y != z)
        return y > z ? -1 : 1;
    return (*c > *d) - (*c < *d);
}

static int from_left(const void *a, const void *b)
{
    const struct blank_cell *c = a;
    const struct blank_cell *d = b;

    if (c->is_group != d->is_group)
        return c->is_group ? 1 : -1;
    if (c->is_group && c->y0 != d->y0)
        return c->y0 < d->y0 ? -1 : 1;
    return (c->x0 > d->x0) - (c->x0 < d->x0);
}

/* The cells of the header: labels of columns from left to right, then those
 * above them from top to bottom.  False when there are too many. */
static bool find_labels(struct block *b, struct arena *scratch)
{
    const struct chunk *chunks[BLANK_HEADER_MAX];
    uint32_t n = 0;

    for (uint32_t i = 0; i < b->header_n; i++)
        for (uint32_t k = 0; k < b->bands[i].chunk_n; k++) {
            if (n == BLANK_HEADER_MAX)
                return false;
            chunks[n++] = &b->bands[i].chunks[k];
        }
    b->head = arena_alloc_n(scratch, (size_t)n + 1, sizeof(*b->head));
    if (n > 0)
        qsort(chunks, n, sizeof(struct chunk *), from_below);
    for (uint32_t i = 0; i < n; i++) {
        const struct page_line *l = &chunks[i]->text;

        if (!b->has_labels || (l->x0 + l->x1) / 2 > b->label_x1) {
            add_label(b, i, chunks, n, scratch);
            continue;
        }
        if (!b->corner)
            b->corner = arena_alloc(scratch, sizeof(*b->corner));
        blank_cell_add(b->corner, l, true, scratch);
    }
    if (b->head_n > 0)
        qsort(b->head, b->head_n, sizeof(*b->head), from_left);
    return true;
}

/* Columns have the ink of their labels as well; false when they would meet. */
static bool pair_labels(struct block *b)
{
    for (uint32_t i = 0; i < b->col_n; i++) {
        struct blank_cell *c = &b->head[i];

        c->from = i;
        c->to = i + 1;
        b->x0[i] = fminf(b->x0[i], c->x0);
        b->x1[i] = fmaxf(b->x1[i], c->x1);
        if (i > 0 && b->x1[i - 1] > b->x0[i])
            return false;
    }
    return true;
}

/* The columns at either end are as wide as the gap beside them says. */
static void find_edges(struct block *b)
{
    uint32_t n = b->col_n;

    for (uint32_t i = 1; i < n; i++)
        b->edge[i] = (b->x1[i - 1] + b->x0[i]) / 2;
    b->edge[0] = b->has_labels ? (b->label_x1 + b->x0[0]) / 2
                 : n > 1       ? b->x0[0] - (b->edge[1] - b->x1[0])
                               : b->x0[0] - 1;
    b->end =
        n > 1 ? b->x1[n - 1] + b->x0[n - 1] - b->edge[n - 1] : b->x1[0] + 1;
}

/* ---- what labels stand over ---------------------------------------------- */

static float edge_at(const struct block *b, uint32_t i)
{
    return i < b->col_n ? b->edge[i] : b->end;
}

/* Columns whose ink is below the label, at least one. */
static void touch(const struct block *b, struct blank_cell *c)
{
    c->from = 0;
    while (c->from + 1 < b->col_n && edge_at(b, c->from + 1) <= c->x0)
        c->from++;
    c->to = c->from + 1;
    while (c->to < b->col_n && edge_at(b, c->to) < c->x1)
        c->to++;
}

/* The label of a column that is centred in more lines than one stands beside
 * a label of columns at its height, not below it. */
static bool is_beside(const struct block *b, const struct blank_cell *leaf,
    const struct blank_cell *group)
{
    float bottom = b->bands[b->header_n - 1].y1;

    for (uint32_t i = 0; i < b->head_n && !b->head[i].is_group; i++)
        bottom = fmaxf(bottom, b->head[i].y1);
    return middle_y(group) > 2 * middle_y(leaf) - bottom;
}

/* May a group reach over column `col`? */
static bool is_free(
    const struct block *b, const struct blank_cell *group, uint32_t col)
{
    for (uint32_t i = 0; i < b->head_n; i++) {
        const struct blank_cell *c = &b->head[i];

        if (c == group || c->from > col || c->to <= col)
            continue;
        if (!c->is_group ? is_beside(b, c, group)
                         : c->y0 < group->y1 && group->y0 < c->y1)
            return false;
    }
    return true;
}

/* The widest run of free columns around the group's own, of which it is the
 * middle. */
static void widen(const struct block *b, struct blank_cell *group, float size)
{
    uint32_t low = group->from;
    uint32_t high = group->to;
    uint32_t from = group->from;
    uint32_t to = group->to;

    while (low > 0 && is_free(b, group, low - 1))
        low--;
    while (high < b->col_n && is_free(b, group, high))
        high++;
    for (uint32_t i = low; i <= group->from; i++)
        for (uint32_t k = group->to; k <= high; k++) {
            float off = (edge_at(b, i) + edge_at(b, k)) / 2 - middle_x(group);

            if (k - i > to - from && fabsf(off) < OVER * size)
                from = i, to = k;
        }
    group->from = from;
    group->to = to;
}

/* Levels of groups from the top; labels of columns are in the last. */
static void find_levels(struct block *b)
{
    const struct blank_cell *last = NULL;

    for (uint32_t i = b->col_n; i < b->head_n; i++) {
        struct blank_cell *c = &b->head[i];

        if (!last || middle_y(c) > last->y1) {
            b->level_n++;
            last = c;
        }
        c->row = b->level_n - 1;
    }
    for (uint32_t i = 0; i < b->col_n && i < b->head_n; i++)
        b->head[i].row = b->level_n;
    b->level_n++;
}

/* The first of `n` labels stands over the labels of rows, which are shorter:
 * 信息内容 in the middle of its column.  The others have a column each, to
 * whose left edge its values may keep. */
static bool has_corner(const struct block *b, uint32_t n)
{
    if (b->corner || !b->has_labels || n != b->col_n + 1 ||
        b->head[0].x1 >= b->x0[0])
        return false;
    for (uint32_t i = 0; i < b->col_n; i++)
        if ((i > 0 && b->head[i + 1].x0 < b->x1[i - 1]) ||
            (i + 1 < b->col_n && b->head[i + 1].x1 > b->x0[i + 1]))
            return false;
    return true;
}

bool blank_columns(struct block *b, struct arena *scratch)
{
    uint32_t most;
    uint32_t leaf_n = 0;

    if (!find_values(b, &most) || !find_labels(b, scratch))
        return false;
    while (leaf_n < b->head_n && !b->head[leaf_n].is_group)
        leaf_n++;
    if (has_corner(b, leaf_n)) {
        b->corner = b->head++;
        b->head_n--;
        leaf_n--;
    }
    if (b->header_n == 0) {
        b->doubtful = b->col_n != most;
    } else if (leaf_n != b->col_n || !pair_labels(b)) {
        b->doubtful = true;
        b->head_n = 0;
    }
    find_edges(b);
    for (uint32_t i = b->col_n; i < b->head_n; i++)
        touch(b, &b->head[i]);
    for (uint32_t i = b->col_n; i < b->head_n; i++)
        widen(b, &b->head[i], b->bands[0].size);
    if (b->head_n > 0)
        find_levels(b);
    else if (b->corner)
        b->level_n = 1;
    return true;
}
