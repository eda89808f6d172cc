/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_paper - how light the paper of a scan is from place to place.
 */
#ifndef TRANSFORMER_OCR_PAPER_H
#define TRANSFORMER_OCR_PAPER_H

struct Pix;

/* A copy of `pix` (8 bits gray) whose paper is `level` everywhere; NULL where
 * there is no paper to be seen.  leptonica's, to be destroyed. */
struct Pix *ocr_even_paper(struct Pix *pix, int level);

#endif
