/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr - a picture of a page to runs and rulings.
 */
#ifndef TRANSFORMER_OCR_H
#define TRANSFORMER_OCR_H

#include "transformer/page_picture.h"

page_recognize_fn ocr_page;

#endif
