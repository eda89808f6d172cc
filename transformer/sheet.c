/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sheet - cells, merges, hidden rows and columns put in order.
 *
 * Merged ranges and what is hidden are known at the end only, so the cells
 * with text are gathered first and put in order then.  Hidden rows and
 * columns are taken out, as on paper; a merged range shows the text of its
 * first cell as long as any of it is shown.
 */
#include "transformer/sheet.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/limits.h"
#include "common/mem.h"

/* Merged ranges of a sheet: a report's three tables have some 120. */
#define MERGES_MAX 20000u

void sheet_init(struct sheet *s, struct arena *arena, size_t *text_total)
{
    *s = (struct sheet){ .arena = arena, .text_total = text_total };
    s->col_is_out = mem_alloc_n(SHEET_COLS, sizeof(*s->col_is_out));
}

void sheet_clear(struct sheet *s)
{
    mem_free(s->item);
    mem_free(s->ruled);
    mem_free(s->merge);
    mem_free(s->hidden);
    mem_free(s->col_is_out);
}

void sheet_fail(struct sheet *s, uint32_t max, const char *what)
{
    if (!s->trouble[0])
        snprintf(s->trouble, sizeof(s->trouble),
            "reader.size: a sheet of more than %u %s", max, what);
}

/* Room for one more of an array on the heap. */
static void *grow(void *array, uint32_t n, uint32_t *cap, size_t size)
{
    if (n < *cap)
        return array;
    *cap = *cap ? *cap * 2 : 64;
    return mem_realloc_n(array, *cap, size);
}

/* ---- what is said ---------------------------------------------------------
 */

void sheet_cell(struct sheet *s, uint32_t row, uint32_t col, struct slice text)
{
    text = slice_trim(text);
    if (!text.len)
        return;
    *s->text_total += text.len;
    if (s->item_n == LIMIT_CELLS || *s->text_total > LIMIT_TREE_BYTES) {
        sheet_fail(s, LIMIT_CELLS, "cells, or of too much text");
        return;
    }
    s->item = grow(s->item, s->item_n, &s->item_cap, sizeof(*s->item));
    s->item[s->item_n++] = (struct sheet_item){
        .row = row,
        .col = col,
        .row_end = row + 1,
        .col_end = col + 1,
        .text = arena_slice(s->arena, text),
    };
}

void sheet_merge(struct sheet *s, const struct sheet_range *range)
{
    if (s->merge_n == MERGES_MAX) {
        sheet_fail(s, MERGES_MAX, "merged ranges");
        return;
    }
    s->merge = grow(s->merge, s->merge_n, &s->merge_cap, sizeof(*s->merge));
    s->merge[s->merge_n++] = *range;
}

/* Append a row to a list of them. */
static void add_row(uint32_t **list, uint32_t *n, uint32_t *cap, uint32_t row)
{
    if (*n == SHEET_ROWS || (*n && (*list)[*n - 1] == row))
        return;
    *list = grow(*list, *n, cap, sizeof(**list));
    (*list)[(*n)++] = row;
}

void sheet_rule_row(struct sheet *s, uint32_t row)
{
    add_row(&s->ruled, &s->ruled_n, &s->ruled_cap, row);
}

void sheet_hide_row(struct sheet *s, uint32_t row)
{
    add_row(&s->hidden, &s->hidden_n, &s->hidden_cap, row);
}

void sheet_hide_cols(struct sheet *s, uint32_t from, uint32_t to_beyond)
{
    for (uint32_t i = from; i < to_beyond && i < SHEET_COLS; i++)
        s->col_is_out[i] = true;
}

/* ---- putting it in order --------------------------------------------------
 */

static int compare_rows(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static int compare_items(const void *a, const void *b)
{
    const struct sheet_item *x = a, *y = b;

    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    if (x->col != y->col)
        return x->col < y->col ? -1 : 1;
    return y->merged - x->merged;
}

static void sort_items(struct sheet *s)
{
    if (s->item_n)
        qsort(s->item, s->item_n, sizeof(*s->item), compare_items);
}

/* Ascending, each row once. */
static void sort_rows(uint32_t *list, uint32_t *n)
{
    uint32_t kept = 0;

    if (*n)
        qsort(list, *n, sizeof(*list), compare_rows);
    for (uint32_t i = 0; i < *n; i++)
        if (kept == 0 || list[kept - 1] != list[i])
            list[kept++] = list[i];
    *n = kept;
}

/* Merged ranges become items, with the text of their first cell. */
static void add_merges(struct sheet *s)
{
    uint32_t cell_n = s->item_n;

    for (uint32_t i = 0; i < s->merge_n; i++) {
        const struct sheet_range *m = &s->merge[i];
        struct sheet_item item = { .row = m->row,
            .col = m->col,
            .row_end = m->row_end,
            .col_end = m->col_end,
            .merged = true };
        struct sheet_item *first =
            cell_n
                ? bsearch(&(struct sheet_item){ .row = m->row, .col = m->col },
                      s->item, cell_n, sizeof(*s->item), compare_items)
                : NULL;

        if (first) {
            item.text = first->text;
            first->out = true;
        }
        s->item = grow(s->item, s->item_n, &s->item_cap, sizeof(*s->item));
        s->item[s->item_n++] = item;
    }
}

/* Rows before `row` that show. */
static uint32_t shown_row(const struct sheet *s, uint32_t row)
{
    uint32_t low = 0, high = s->hidden_n;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (s->hidden[middle] < row)
            low = middle + 1;
        else
            high = middle;
    }
    return row - low;
}

static bool row_is_hidden(const struct sheet *s, uint32_t row)
{
    return shown_row(s, row) == shown_row(s, row + 1);
}

/* Count only what is shown; drop what is not. */
static void close_up(struct sheet *s)
{
    uint32_t *shown = mem_alloc_n(SHEET_COLS + 1, sizeof(*shown));
    uint32_t n = 0;

    for (uint32_t i = 0; i < SHEET_COLS; i++)
        shown[i + 1] = shown[i] + !s->col_is_out[i];
    for (uint32_t i = 0; i < s->item_n; i++) {
        struct sheet_item item = s->item[i];

        item.row = shown_row(s, item.row);
        item.row_end = shown_row(s, item.row_end);
        item.col = shown[item.col];
        item.col_end = shown[item.col_end];
        if (!item.out && item.row < item.row_end && item.col < item.col_end)
            s->item[n++] = item;
    }
    s->item_n = n;
    n = 0;
    for (uint32_t i = 0; i < s->ruled_n; i++)
        if (!row_is_hidden(s, s->ruled[i]))
            s->ruled[n++] = shown_row(s, s->ruled[i]);
    s->ruled_n = n;
    mem_free(shown);
}

int sheet_end(struct sheet *s, struct err *err)
{
    if (s->trouble[0])
        return err_set(err, ERR_LIMIT, "%s", s->trouble);
    sort_items(s);
    sort_rows(s->ruled, &s->ruled_n);
    sort_rows(s->hidden, &s->hidden_n);
    add_merges(s);
    close_up(s);
    sort_items(s);
    return 0;
}
