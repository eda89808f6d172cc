/* SPDX-License-Identifier: Apache-2.0 */
/*
 * picture_size - what a picture may be, by the size in its header alone.
 */
#ifndef COMMON_PICTURE_SIZE_H
#define COMMON_PICTURE_SIZE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/slice.h"

/* Width and height in pixels as a PNG, JPEG or BMP claims them; false for
 * others, and where the header is not there. */
bool picture_size(struct slice in, uint32_t *width, uint32_t *height);

/* A logo, a code to scan: too small for any part of a page to be read.
 * Pictures of a size unknown are never icons, and may be pages. */
bool picture_is_icon(struct slice in);

/* Is it large enough for a whole page of a document? */
bool picture_may_be_page(struct slice in);

#endif
