/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_strokes - which pieces of a line on a scanned page go on, from one line
 * across it to the next.
 */
#ifndef TRANSFORMER_OCR_STROKES_H
#define TRANSFORMER_OCR_STROKES_H

#include "transformer/ocr_sheet.h"

/* Darkness from which a pixel of a line that is so dark is part of it. */
int ocr_ink_of_line(int darkness);

/* Append to `out` what goes on of `line`, which is level in `g`, between the
 * lines of `across` (the other way up) that cross it, in one piece over as
 * many as it may be, or `apart` at each; false if none does. */
bool ocr_add_pieces(const struct ocr_sheet *s, const struct ocr_gray *g,
    const struct ocr_boxes *across, const struct ocr_box *line, bool apart,
    struct ocr_boxes *out);

#endif
