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

/* The height of a full letter of Chinese, in ems. */
#define OCR_LETTER 0.9f

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
    struct ocr_box box;     /* between the rulings, or around a piece */
    float em;               /* of a piece outside the tables, in pixels */
    struct ocr_box ink;     /* around all its marks */
    struct ocr_boxes marks; /* from left to right, those above others one */
    int tallest;            /* of the marks, in pixels */
    bool lines;             /* more than one */
    bool cut;     /* a ruling runs into its ink, or its number over a ruling */
    bool raised;  /* a mark is off the line of the others */
    bool joined;  /* marks were taken apart */
    bool words;   /* of a piece: they are, whatever the shape of its marks */
    bool ordinal; /* of a piece: the number of a label, without its point */
    enum ocr_content content;
    uint32_t text_n;
    struct ocr_text *texts; /* in the arena; a number is one */
};

struct ocr_cells {
    uint32_t n, cap;
    struct ocr_cell *items;
    struct ocr_boxes tables; /* around each group of rulings that touch */
    struct ocr_boxes strips; /* what is to be read as lines of text */
};

void ocr_find_cells(struct ocr_sheet *s, struct ocr_cells *out);
void ocr_cells_clear(struct ocr_cells *c);

/* One more cell, blank. */
struct ocr_cell *ocr_cell_add(struct ocr_cells *c);

/* Find the marks in the box of a cell, and by their shapes what it holds. */
void ocr_cell_look(const struct ocr_sheet *s, struct ocr_cell *c);

/* Read the cells of `c` that hold a number, and the others; texts live in
 * `arena`. */
void ocr_read_numbers(
    const struct ocr_sheet *s, struct ocr_cells *c, struct arena *arena);
void ocr_read_words(
    const struct ocr_sheet *s, struct ocr_cells *c, struct arena *arena);

#endif
