/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cell_text - the text of a cell as characters that numbers are found in.
 */
#ifndef TRANSFORMER_CELL_TEXT_H
#define TRANSFORMER_CELL_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "common/slice.h"

#define CELL_TEXT_MAX 120u     /* characters; longer text is prose */
#define CELL_TEXT_THIN 0x2009u /* every thin or narrow no-break space */
#define CELL_TEXT_DASH 0x2014u /* every dash that is no minus sign */

struct cell_text {
    uint32_t cp[CELL_TEXT_MAX];
    uint32_t n;
};

static inline bool cell_text_is_space(uint32_t c)
{
    return c == ' ' || c == CELL_TEXT_THIN;
}

static inline bool cell_text_is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static inline bool cell_text_is_ideograph(uint32_t c)
{
    return c >= 0x4E00 && c <= 0x9FFF;
}

/* The folded text without white space at its ends; false when it is too
 * long for a number, or no UTF-8. */
bool cell_text_take(struct slice text, struct cell_text *t);

/* The character at i, 0 past the end. */
static inline uint32_t cell_text_at(const struct cell_text *t, uint32_t i)
{
    return i < t->n ? t->cp[i] : 0;
}

/* Past the white space at i. */
uint32_t cell_text_skip_space(const struct cell_text *t, uint32_t i);

/* Past the word (UTF-8) at i, or i when it is not there. */
uint32_t cell_text_skip_word(
    const struct cell_text *t, uint32_t i, const char *word);

/* Past the first of `words` (NULL at the end) that is at i and the white
 * space behind it, or i when none is there. */
uint32_t cell_text_skip_words(
    const struct cell_text *t, uint32_t i, const char *const *words);

/* How many digits follow from i. */
uint32_t cell_text_digits(const struct cell_text *t, uint32_t i);

#endif
