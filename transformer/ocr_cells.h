/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_cells - the cells between the rulings of a scanned page, and the ink
 * in them.
 */
#ifndef TRANSFORMER_OCR_CELLS_H
#define TRANSFORMER_OCR_CELLS_H

#include "common/arena.h"
#include "common/document.h"
#include "transformer/ocr_sheet.h"

enum ocr_content {
    OCR_BLANK,  /* no ink */
    OCR_NUMBER, /* one line of marks shaped like digits */
    OCR_WORDS,  /* anything else */
};

/* What was read in one line of a cell. */
struct ocr_text {
    struct ocr_box box;
    enum cell_reading reading;
    struct slice text, alternatives;
};

struct ocr_cell {
    struct ocr_box box;     /* between the rulings */
    struct ocr_box ink;     /* around all its marks */
    struct ocr_boxes marks; /* from left to right, those above others one */
    int tallest;            /* of the marks, in pixels */
    bool lines;             /* more than one */
    bool cut;    /* a ruling runs into its ink, or its number over a ruling */
    bool raised; /* a mark is off the line of the others */
    bool joined; /* marks were taken apart */
    enum ocr_content content;
    uint32_t text_n;
    struct ocr_text *texts; /* in the arena; a number is one */
};

struct ocr_cells {
    uint32_t n, cap;
    struct ocr_cell *items;
    struct ocr_boxes tables; /* around each group of rulings that touch */
};

void ocr_find_cells(struct ocr_sheet *s, struct ocr_cells *out);
void ocr_cells_clear(struct ocr_cells *c);

/* Read the cells of `c` that hold a number, and the others; texts live in
 * `arena`. */
void ocr_read_numbers(
    const struct ocr_sheet *s, struct ocr_cells *c, struct arena *arena);
void ocr_read_words(
    const struct ocr_sheet *s, struct ocr_cells *c, struct arena *arena);

#endif
