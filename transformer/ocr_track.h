/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_track - where in its box a horizontal line runs, and how dark it is
 * there.
 *
 * The box around a line that is not quite level, or around the strokes of
 * letters side by side, is higher than a line.  Only what is dark along one
 * track through it is a line.
 */
#ifndef TRANSFORMER_OCR_TRACK_H
#define TRANSFORMER_OCR_TRACK_H

#include "transformer/ocr_sheet.h"

#define OCR_TRACK_MOST 64

struct ocr_track {
    const struct ocr_gray *gray;
    int x0, x1;              /* of the box */
    int n;                   /* points of the track */
    float step;              /* between them; half of it before the first */
    float y[OCR_TRACK_MOST]; /* the middle of the line at each */
};

/* Fill `out` for the line in `box`, which is not empty: a point about every
 * `step` pixels. */
void ocr_track_find(const struct ocr_gray *g, const struct ocr_box *box,
    int step, struct ocr_track *out);

/* The row of the track at `x`, between its points by proportion. */
int ocr_track_row(const struct ocr_track *t, int x);

/* How many rows on each side of the track are at least so dark in the mean,
 * `most` at most. */
int ocr_track_reach(const struct ocr_track *t, int dark, int most);

/* The least value of three pixels across the track at `x`, each the mean of
 * `n` (1 or 3) along it. */
int ocr_track_least(const struct ocr_track *t, int x, int n);

/* How dark the line is, mostly. */
int ocr_track_darkness(const struct ocr_track *t);

#endif
