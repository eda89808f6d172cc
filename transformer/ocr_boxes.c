/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_boxes - what lies where on a sheet.
 */
#include "transformer/ocr_boxes.h"

#include <stdlib.h>

#include "common/mem.h"

void ocr_boxes_add(struct ocr_boxes *b, struct ocr_box box)
{
    if (b->n == b->cap) {
        b->cap = b->cap ? b->cap * 2 : 64;
        b->items = mem_realloc_n(b->items, b->cap, sizeof(*b->items));
    }
    b->items[b->n++] = box;
}

bool ocr_box_near(const struct ocr_box *a, const struct ocr_box *b, int reach)
{
    return a->x0 <= b->x1 + reach && b->x0 <= a->x1 + reach &&
           a->y0 <= b->y1 + reach && b->y0 <= a->y1 + reach;
}

void ocr_box_widen(struct ocr_box *a, const struct ocr_box *b)
{
    a->x0 = b->x0 < a->x0 ? b->x0 : a->x0;
    a->y0 = b->y0 < a->y0 ? b->y0 : a->y0;
    a->x1 = b->x1 > a->x1 ? b->x1 : a->x1;
    a->y1 = b->y1 > a->y1 ? b->y1 : a->y1;
}

void ocr_boxes_unite(struct ocr_boxes *b, int reach)
{
    bool again = true;

    while (again) {
        again = false;
        for (uint32_t i = 0; i < b->n; i++)
            for (uint32_t j = b->n - 1; j > i; j--)
                if (ocr_box_near(&b->items[i], &b->items[j], reach)) {
                    ocr_box_widen(&b->items[i], &b->items[j]);
                    b->items[j] = b->items[--b->n];
                    again = true;
                }
    }
}

static int compare_x(const void *a, const void *b)
{
    const struct ocr_box *p = a, *q = b;

    return p->x0 != q->x0 ? p->x0 - q->x0 : p->y0 - q->y0;
}

void ocr_boxes_sort(struct ocr_boxes *b)
{
    if (b->n > 0)
        qsort(b->items, b->n, sizeof(*b->items), compare_x);
}

static int compare_int(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

void ocr_sort(int *values, size_t n)
{
    if (n > 0)
        qsort(values, n, sizeof(*values), compare_int);
}
