/* SPDX-License-Identifier: Apache-2.0 */
/*
 * misprint - whether one typing error makes one number of another.
 */
#ifndef TRANSFORMER_MISPRINT_H
#define TRANSFORMER_MISPRINT_H

#include <stdbool.h>

#include "common/slice.h"

/* How a person or a scanner came from `meant` to `printed` by one error,
 * in words ("one digit changed"); NULL when one does not do.  Both are
 * clean decimal text. */
const char *misprint_words(struct slice printed, struct slice meant);

/* True when two neighbours hold the same digits in the same order, parted
 * at another place: 123 and nothing for 12 and 3. */
bool misprint_is_parted(struct slice left, struct slice right,
    struct slice meant_left, struct slice meant_right);

#endif
