/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_turn - pages that lie on their side or upside down.
 */
#ifndef TRANSFORMER_OCR_TURN_H
#define TRANSFORMER_OCR_TURN_H

#include "transformer/page_picture.h"

/* `from` turned clockwise by `quarters` (1 to 3) right angles; its gray is to
 * be freed. */
struct picture ocr_turned(const struct picture *from, int quarters);

/* How many of a page's Chinese characters are common in reports, of 1000; -1
 * where there are too few to tell. */
int ocr_sense(const struct page *page);

/* From here on a page is upright. */
#define OCR_SENSIBLE 60

#endif
