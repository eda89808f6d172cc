/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_bare - what lies outside the ruled tables of a scanned page.
 *
 * A piece is ink with white space around it, within one line; its cell has an
 * em.
 */
#ifndef TRANSFORMER_OCR_BARE_H
#define TRANSFORMER_OCR_BARE_H

#include "transformer/ocr_cells.h"

/* In ems: gaps within a piece are narrower. */
#define OCR_GAP 0.3f

/* Fill `c->strips`, the page without `c->tables`, from the top.  A strip with
 * a table without rulings is none: each of its pieces becomes a cell. */
void ocr_find_bare(const struct ocr_sheet *s, struct ocr_cells *c);

/* Give the texts of pieces, which were read, the boxes of their letters; new
 * texts live in `arena`. */
void ocr_place_pieces(
    const struct ocr_sheet *s, struct ocr_cells *c, struct arena *arena);

/* Append the pieces of a strip from the left to `out`, which is empty.  The
 * em of most of them, in pixels; 0 without pieces. */
float ocr_pieces_find(const struct ocr_sheet *s, const struct ocr_box *strip,
    struct ocr_boxes *out);

/* Is the lower of the two mostly at the height of the other? */
bool ocr_is_level(const struct ocr_box *a, const struct ocr_box *b);

/* The widest white gap between `a` and `b` on its right, in pixels: where
 * there is no ink, however faint. */
int ocr_white_between(const struct ocr_sheet *s, const struct ocr_box *a,
    const struct ocr_box *b);

/* Do the words of a piece end in a comma or colon: low, nothing above it? */
bool ocr_has_comma(const struct ocr_sheet *s, const struct ocr_cell *c);

#endif
