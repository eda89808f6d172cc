/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_picture - PNG, JPEG, TIFF and BMP to gray, through leptonica, and JBIG2
 * through jbig2dec.
 */
#ifndef TRANSFORMER_OCR_PICTURE_H
#define TRANSFORMER_OCR_PICTURE_H

#include <stdbool.h>

#include "transformer/page_picture.h"

picture_decode_fn ocr_picture_decode;

/* True when this seems to be a JBIG2 picture (ocr_jbig2.c). */
bool picture_is_jbig2(struct slice in);

/* Its first page: 1 with `out` filled, or -1, as picture_decode_fn says. */
int picture_decode_jbig2(struct slice in, struct picture *out, struct err *err);

#endif
