/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_sheet - a scanned page made straight and even, and the lines on it.
 */
#ifndef TRANSFORMER_OCR_SHEET_H
#define TRANSFORMER_OCR_SHEET_H

#include <stdbool.h>
#include <stdint.h>

#include "transformer/ocr_boxes.h"
#include "transformer/page_picture.h"

struct Pix;

struct ocr_gray {
    int w, h;
    uint8_t *px; /* rows of w bytes; 255 is paper */
};

struct ocr_sheet {
    struct ocr_gray gray;
    struct ocr_gray lines;  /* the same with all rulings, and the gray of
                             * blurred ink left as it is */
    float noise;            /* of paper: between pixels of `lines` side by
                             * side, averaged */
    float dpi;              /* of `gray` */
    float point;            /* points a pixel */
    struct ocr_boxes h;     /* rulings from left to right */
    struct ocr_boxes v;     /* rulings from top to bottom */
    struct Pix *ink;        /* 1 bit: dark pixels that are no ruling */
    struct ocr_boxes marks; /* connected ink, without specks */
    struct ocr_boxes cut;   /* marks that a ruling runs into */
};

/* `page_width` in points.  The sheet is to be cleared. */
void ocr_sheet_init(
    struct ocr_sheet *s, const struct picture *picture, float page_width);
void ocr_sheet_clear(struct ocr_sheet *s);

/* The darkness of a pixel, of 255; 0 outside. */
static inline int ocr_dark(const struct ocr_gray *g, int x, int y)
{
    if (x < 0 || y < 0 || x >= g->w || y >= g->h)
        return 0;
    return 255 - g->px[(size_t)y * (size_t)g->w + (size_t)x];
}

/* The mean of all pixels up to `beside` and `above` away, in each direction. */
int ocr_dark_around(
    const struct ocr_gray *g, int x, int y, int beside, int above);

/* Rows become columns.  Its pixels are to be freed. */
struct ocr_gray ocr_gray_transposed(const struct ocr_gray *g);

/* Fill h and v. */
void ocr_find_rulings(struct ocr_sheet *s);

/* Fill ink, marks and cut, and take the rulings out of gray. */
void ocr_find_marks(struct ocr_sheet *s);

/* Pixels of `inches` at the sheet's resolution, at least 1. */
int ocr_px(const struct ocr_sheet *s, float inches);

/* A part of the sheet as a picture of 8 bits, `margin` paper around it;
 * leptonica's, to be destroyed. */
struct Pix *ocr_crop(const struct ocr_sheet *s, struct ocr_box box, int margin);

#endif
