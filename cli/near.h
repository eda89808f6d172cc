/* SPDX-License-Identifier: Apache-2.0 */
/*
 * near - what the user may have meant.
 */
#ifndef CLI_NEAR_H
#define CLI_NEAR_H

#include <stddef.h>

/* Letters to insert, delete, change or swap with a neighbour to turn `a`
 * into `b`; words longer than 63 bytes are compared up to there. */
size_t near_distance(const char *a, const char *b);

/* The name closest to `word`, or NULL when none of the `n` is close enough
 * to be a typo of it. */
const char *near_find(const char *word, const char *const *names, size_t n);

#endif
