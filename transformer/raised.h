/* SPDX-License-Identifier: Apache-2.0 */
/*
 * raised - digits above the line, or below it, beside those on it.
 *
 * In "12" with a small raised 1 behind it the 1 is the mark of a note, and
 * the text without its looks would say 121.  Such digits become those of
 * Unicode that are raised, which nobody takes for a number's.  A text that
 * is raised as a whole is somebody's slip and stays as it is.
 */
#ifndef TRANSFORMER_RAISED_H
#define TRANSFORMER_RAISED_H

#include <stdbool.h>
#include <stddef.h>

#include "common/buf.h"

/* What came last in a text; all zero before it begins. */
struct raised {
    bool on;    /* it was raised */
    bool marks; /* and its digits are marks */
    size_t at;  /* where it began */
};

/* The raised form, in UTF-8, of a digit from '0' to '9'. */
const char *raised_digit(char digit);

/* `to` has more text from `from` on, raised or not. */
void raised_take(struct raised *r, struct buf *to, size_t from, bool is_raised);

#endif
