/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_torn - what belongs together across a page break.
 *
 * The last row of the upper fragment and the first one of the lower may be
 * one row, whose lines the break parted; and cells that span rows go on
 * below it in any case.  Words that start with an enumerator begin a row,
 * those without one go on only where the label above them has one: rows
 * like 规章 and 规范性文件 look the same torn and whole, and are left apart.
 * Digits are put together only when the upper ones fill their cell; else
 * both parts stay and are doubtful.
 */
#include "transformer/number.h"
#include "transformer/page_parts.h"

/* In heights of letters: where a line ends that had to be broken, as some
 * signs must not stand at the start of the next. */
#define WRAP 1.5f

enum kind {
    KIND_BLANK,
    KIND_VALUE,
    KIND_TEXT
};

/* What the cells on both sides of the break are. */
struct sides {
    uint32_t above_values, below_values;
    uint32_t above_texts, below_texts;
    uint32_t texts;     /* pairs with text on both sides */
    uint32_t wrapped;   /* of these those that fill the line above */
    uint32_t repeated;  /* of these those that say the same */
    uint32_t ended;     /* pairs with text above only */
    uint32_t split;     /* pairs with digits on both sides */
    uint32_t clashes;   /* words and a value, or words below nothing */
    uint32_t filled;    /* words below nothing, with none to the right */
    uint32_t parts;     /* words below a part of a label */
    uint32_t strangers; /* other words and values below no such columns */
    bool enumerated_above, enumerated_below;
    bool split_is_sure, split_may_be;
};

static enum kind kind_of(const struct page_cell *c)
{
    switch (number_look(c->text)) {
    case LOOK_BLANK:
        return KIND_BLANK;
    case LOOK_NUMBER:
    case LOOK_DASH:
    case LOOK_ODD:
    case LOOK_PAGE:
        return KIND_VALUE;
    case LOOK_TEXT:
        break;
    }
    return KIND_TEXT;
}

/* Is the column one of words: left of every value in the table? */
static uint32_t first_value_col(const struct page_table *t)
{
    uint32_t col = t->col_n;

    for (uint32_t i = 0; i < t->cell_n; i++)
        if (t->cells[i].col < col && t->cells[i].colspan == 1 &&
            kind_of(&t->cells[i]) == KIND_VALUE)
            col = t->cells[i].col;
    return col;
}

static bool is_split_surely(const struct page_table *t,
    const struct page_cell *a, const struct page_cell *b)
{
    return a->line_n > 0 && text_is_digits(a->text) &&
           text_is_digits(b->text) &&
           line_is_full(&a->lines[a->line_n - 1], t->padding);
}

/* No further letter would have fitted behind the last line of the cell. */
static bool is_wrapped(const struct page_table *t, const struct page_cell *c)
{
    const struct page_line *line;

    if (c->line_n == 0)
        return false;
    line = &c->lines[c->line_n - 1];
    return line->room - 2 * t->padding <
           line->x1 - line->x0 + WRAP * line->size;
}

/* 22（其中修订 has more to come. */
static bool is_in_brackets(struct slice text)
{
    int open = 0;
    size_t step;

    for (size_t i = 0; i < text.len; i += step) {
        uint32_t c = text_code(text.p + i, text.len - i, &step);

        open += (c == '(' || c == 0xff08) - (c == ')' || c == 0xff09);
    }
    return open > 0;
}

/* Words below words: do those above go on? */
static void compare_texts(const struct page_table *t, const struct page_cell *a,
    const struct page_cell *b, struct sides *s)
{
    s->texts++;
    s->wrapped += is_wrapped(t, a) ? 1 : 0;
    s->repeated += slice_eq(a->text, b->text) ? 1 : 0;
}

/* Digits below digits: are they of one number? */
static void compare_values(const struct page_table *t,
    const struct page_cell *a, const struct page_cell *b, struct sides *s)
{
    s->split++;
    if (is_split_surely(t, a, b))
        s->split_may_be = true;
    else
        s->split_is_sure = false;
}

static void compare(const struct page_table *t, const struct page_cell *a,
    const struct page_cell *b, struct sides *s)
{
    enum kind above = kind_of(a);
    enum kind below = kind_of(b);

    if (above == KIND_VALUE && is_in_brackets(a->text))
        return;
    s->above_values += above == KIND_VALUE;
    s->below_values += below == KIND_VALUE;
    s->above_texts += above == KIND_TEXT;
    s->below_texts += below == KIND_TEXT;
    s->ended += above == KIND_TEXT && below == KIND_BLANK;
    if (above == KIND_TEXT)
        s->clashes += s->filled;
    s->clashes += (below == KIND_TEXT && above == KIND_VALUE) ||
                  (below == KIND_VALUE && above == KIND_TEXT);
    if (above == KIND_TEXT && below == KIND_TEXT)
        compare_texts(t, a, b, s);
    if (above == KIND_VALUE && below == KIND_VALUE)
        compare_values(t, a, b, s);
    if (above == KIND_BLANK && below == KIND_TEXT) {
        s->filled++;
        return;
    }
    if (above == KIND_TEXT && text_is_enumerated(a->text))
        s->enumerated_above = true;
    if (below == KIND_TEXT && text_is_enumerated(b->text))
        s->enumerated_below = true;
}

/* Labels of columns below labels of groups: what stands beside them has
 * rows of both. */
static bool is_header(const struct sides *s)
{
    return s->parts > 0 && s->strangers + s->clashes + s->filled == 0 &&
           s->above_values + s->below_values == 0 && !s->enumerated_below;
}

static bool is_torn_row(const struct sides *s)
{
    if (s->enumerated_below || s->clashes + s->parts + s->strangers > 0)
        return false;
    /* The label of values that stand above the break. */
    if (s->filled > 0)
        return s->above_values > 0 && s->below_values == 0;
    if (s->split > 0)
        return s->split_is_sure &&
               (s->below_texts == 0 ||
                   (s->enumerated_above && s->below_values < s->above_values));
    if (s->below_values > 0 && s->above_values > 0)
        return s->below_texts == 0;
    if (s->below_values > 0)
        return s->above_texts > 0 &&
               (s->below_texts == 0 || s->enumerated_above);
    if (s->below_texts == 0)
        return true;
    /* A header some of whose labels go on. */
    if (s->above_values == 0 && s->above_texts > 1 && s->repeated == 0 &&
        (s->wrapped == s->texts || (s->texts > 1 && s->ended > 0)))
        return true;
    return s->enumerated_above;
}

/* The start of several cells whose text is all below the break. */
static bool is_strip(const struct page_cell *a)
{
    return a->line_n == 0 && a->rowspan == 1 && a->colspan > 1;
}

/* A cell below none with the same columns. */
static void meet(const struct page_table *t, uint32_t up,
    const struct page_cell *b, struct sides *s)
{
    const struct page_cell *a = up ? &t->cells[up - 1] : NULL;
    enum kind below = kind_of(b);

    if (below == KIND_BLANK)
        return;
    if (below == KIND_TEXT && a && is_strip(a) && a->col <= b->col &&
        a->col + a->colspan >= b->col + b->colspan)
        return;
    if (below == KIND_TEXT && a && kind_of(a) == KIND_TEXT &&
        a->col <= b->col && a->col + a->colspan >= b->col + b->colspan)
        s->parts++;
    else
        s->strangers++;
}

/* The cell at the end of `a` with the columns of `b`: 1 + its index. */
static uint32_t cell_above(
    const struct page_table *t, const uint32_t *last, const struct page_cell *b)
{
    uint32_t i = last[b->col];

    if (i == 0 || t->cells[i - 1].col != b->col ||
        t->cells[i - 1].colspan != b->colspan)
        return 0;
    return i;
}

/* Has the row of the cell a label besides it, or is it mostly blank? */
static bool needs_no_label(const struct page_table *t, uint32_t cell)
{
    uint32_t n[3] = { 0, 0, 0 };

    for (uint32_t i = cell + 1;
         i < t->cell_n && t->cells[i].row == t->cells[cell].row; i++)
        n[kind_of(&t->cells[i])]++;
    return n[KIND_TEXT] > 0 || n[KIND_BLANK] >= n[KIND_VALUE];
}

/* A label that spans rows goes on below the break. */
static bool goes_on(const struct page_cell *a, const struct page_table *t,
    uint32_t cell, uint32_t value_col)
{
    const struct page_cell *b = &t->cells[cell];
    enum kind below = kind_of(b);

    if (b->col >= value_col || kind_of(a) == KIND_VALUE ||
        below == KIND_VALUE || (a->rowspan == 1 && b->rowspan == 1))
        return false;
    if (below == KIND_BLANK || slice_eq(a->text, b->text))
        return true;
    /* In the middle of its rows, which is below the break. */
    if (kind_of(a) == KIND_BLANK && a->rowspan > 1)
        return true;
    return !text_is_enumerated(b->text) && needs_no_label(t, cell);
}

/* Not joined, and yet no row of its own for sure. */
static bool is_doubtful(const struct sides *s)
{
    if (s->split == 0 || s->parts + s->strangers > 0)
        return false;
    /* All there is above may be the first lines of numbers whose row, and
     * its label, is below. */
    if (s->split_may_be && s->split == s->above_values &&
        (s->above_texts == 0 || !s->enumerated_below))
        return true;
    if (s->enumerated_below)
        return false;
    return s->below_texts == 0 ||
           (s->split_may_be && s->below_values < s->above_values);
}

/* Values without a label below values: parts of torn numbers, it may be. */
static void doubt(struct page_table *a, struct page_table *b, uint32_t first,
    const uint32_t *last)
{
    for (uint32_t i = 0; i < b->cell_n; i++) {
        struct page_cell *c = &b->cells[i];
        uint32_t up = c->row == first ? cell_above(a, last, c) : 0;

        if (up && kind_of(c) == KIND_VALUE &&
            kind_of(&a->cells[up - 1]) == KIND_VALUE)
            c->doubtful = a->cells[up - 1].doubtful = true;
    }
}

struct torn torn_find(struct page_table *a, struct page_table *b,
    uint32_t first, struct arena *arena)
{
    struct torn t = { .partner = arena_alloc_n(
                          arena, (size_t)b->cell_n + 1, sizeof(uint32_t)) };
    struct sides s = { .split_is_sure = true };
    uint32_t *last = arena_alloc_n(arena, a->col_n, sizeof(*last));
    uint32_t value_col = first_value_col(a);
    uint32_t pairs = 0;

    if (first_value_col(b) < value_col)
        value_col = first_value_col(b);
    for (uint32_t i = 0; i < a->cell_n; i++)
        for (uint32_t k = 0;
             a->cells[i].row + a->cells[i].rowspan == a->row_n &&
             k < a->cells[i].colspan;
             k++)
            last[a->cells[i].col + k] = i + 1;
    for (uint32_t i = 0; i < b->cell_n; i++) {
        struct page_cell *c = &b->cells[i];
        uint32_t up = c->row == first ? cell_above(a, last, c) : 0;

        if (c->row != first)
            continue;
        if (up && goes_on(&a->cells[up - 1], b, i, value_col)) {
            t.partner[i] = up;
        } else if (up) {
            compare(a, &a->cells[up - 1], c, &s);
            pairs++;
        } else {
            meet(a, last[c->col], c, &s);
        }
    }
    t.row = pairs > 0 && is_torn_row(&s);
    if (!t.row && is_doubtful(&s))
        doubt(a, b, first, last);
    for (uint32_t i = 0; (t.row || is_header(&s)) && i < b->cell_n; i++)
        if (b->cells[i].row == first)
            t.partner[i] = cell_above(a, last, &b->cells[i]);
    return t;
}
