/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_strip - many small pieces of a page read as a few long lines.
 *
 * A recogniser takes milliseconds to begin with a picture and little for
 * each symbol, and it wants letters of one height on one line.
 */
#ifndef TRANSFORMER_OCR_STRIP_H
#define TRANSFORMER_OCR_STRIP_H

#include "transformer/ocr_engine.h"
#include "transformer/ocr_sheet.h"

/* What is read in one piece. */
struct ocr_piece {
    struct ocr_box box;
    int height;       /* of its letters, in pixels */
    bool joined;      /* goes on where the piece before it ends */
    char text[512];   /* filled: UTF-8 */
    float confidence; /* filled: of its least sure symbol, 0 without */
};

/* Letters are shown `letter` pixels high, pieces `between` of that apart. */
void ocr_read_pieces(const struct ocr_sheet *s, enum ocr_model model,
    int letter, float between, struct ocr_piece *pieces, uint32_t n);

#endif
