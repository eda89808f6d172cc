/* SPDX-License-Identifier: Apache-2.0 */
/*
 * picture_size - how large a picture is, by its header alone.
 */
#ifndef TRANSFORMER_PICTURE_SIZE_H
#define TRANSFORMER_PICTURE_SIZE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/slice.h"

/* Width and height in pixels as a PNG, JPEG or BMP claims them; false for
 * others, and where the header is not there. */
bool picture_size(struct slice in, uint32_t *width, uint32_t *height);

#endif
