/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_engine - tesseract: a picture of one line or block to symbols.
 *
 * Two models, two nets trained apart: what both say independently counts.
 */
#ifndef TRANSFORMER_OCR_ENGINE_H
#define TRANSFORMER_OCR_ENGINE_H

#include <stdbool.h>
#include <stdint.h>

struct Pix;

enum ocr_model {
    OCR_DIGITS,  /* eng, nothing but digits and their signs */
    OCR_DIGITS2, /* chi_sim, the same */
    OCR_TEXT,    /* chi_sim */
};

/* How the picture is laid out. */
enum ocr_layout {
    OCR_LINE,  /* one line, from edge to edge */
    OCR_BLOCK, /* lines of one column */
};

struct ocr_symbol {
    char text[16];    /* UTF-8, one character */
    float confidence; /* 0 to 100 */
    bool line_end;    /* the last of its line */
    int x0, y0, x1, y1;
};

struct ocr_symbols {
    uint32_t n, cap;
    struct ocr_symbol *items; /* mem_alloc'd, kept from call to call */
};

/* Load the models; fatal when they are not installed.  Once, before the
 * sandbox closes. */
void ocr_engine_prepare(void);

/* Read `pix` (8 bits gray) into `out`, which is emptied first. */
void ocr_engine_read(enum ocr_model model, enum ocr_layout layout,
    struct Pix *pix, struct ocr_symbols *out);

#endif
