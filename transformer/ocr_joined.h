/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_joined - digits whose ink touches, taken apart.
 */
#ifndef TRANSFORMER_OCR_JOINED_H
#define TRANSFORMER_OCR_JOINED_H

#include "transformer/ocr_sheet.h"

/* Parts of one mark. */
#define OCR_JOINED_MOST 16

/* Cut those of `marks`, from left to right, that are more than one digit,
 * where digits are `high` and mostly `wide` pixels; true if any was. */
bool ocr_take_apart(
    const struct ocr_sheet *s, struct ocr_boxes *marks, int high, int wide);

#endif
