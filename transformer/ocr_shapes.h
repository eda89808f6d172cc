/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_shapes - digits of one page compared with each other.
 *
 * A page is printed in few fonts: a digit looks like the others of its kind
 * nearby.  That is a witness which knows nothing of a recogniser's habits.
 */
#ifndef TRANSFORMER_OCR_SHAPES_H
#define TRANSFORMER_OCR_SHAPES_H

#include "transformer/ocr_sheet.h"

#define OCR_SHAPE_SIDE 16

struct ocr_shape {
    float px[OCR_SHAPE_SIDE * OCR_SHAPE_SIDE]; /* mean 0, length 1 */
    int digit;                                 /* 0 to 9 when it is known, -1 */
};

/* What lies in `box`, made as high as a shape. */
void ocr_shape_of(const struct ocr_sheet *s, const struct ocr_box *box,
    struct ocr_shape *out);

/* Digit of the shapes that `i` looks most like, itself left out, and by how
 * much it looks less like those of other digits; -1 when there is none that
 * looks like it. */
int ocr_shape_like(
    const struct ocr_shape *shapes, uint32_t n, uint32_t i, float *margin);

/* How far the ink in `box` goes to the right on its way up, of its height: 0
 * upright, some 0.2 in italics, 0.45 in a slash. */
float ocr_lean(const struct ocr_sheet *s, const struct ocr_box *box);

#endif
