/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_boxes - what lies where on a sheet: in pixels of the straightened one,
 * ends excluded.
 */
#ifndef TRANSFORMER_OCR_BOXES_H
#define TRANSFORMER_OCR_BOXES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ocr_box {
    int x0, y0, x1, y1;
};

struct ocr_boxes {
    uint32_t n, cap;
    struct ocr_box *items; /* mem_alloc'd */
};

void ocr_boxes_add(struct ocr_boxes *b, struct ocr_box box);

/* Do the boxes touch, up to a gap of `reach`? */
bool ocr_box_near(const struct ocr_box *a, const struct ocr_box *b, int reach);

/* Make `a` hold `b` as well. */
void ocr_box_widen(struct ocr_box *a, const struct ocr_box *b);

/* Put boxes together until none is near another. */
void ocr_boxes_unite(struct ocr_boxes *b, int reach);

/* From the left, then from the top. */
void ocr_boxes_sort(struct ocr_boxes *b);

static inline int ocr_box_height(const struct ocr_box *b)
{
    return b->y1 - b->y0;
}

/* Sizes and places, the least first. */
void ocr_sort(int *values, size_t n);

#endif
