/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_picture - PNG, JPEG, TIFF and BMP to gray, through leptonica.
 */
#ifndef TRANSFORMER_OCR_PICTURE_H
#define TRANSFORMER_OCR_PICTURE_H

#include "transformer/page_picture.h"

picture_decode_fn picture_decode_leptonica;

#endif
