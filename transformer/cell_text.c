/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cell_text - the text of a cell as characters that numbers are found in.
 *
 * No NFKC here: it would turn the footnote mark of 12² or 12① into digits.
 * Only full-width forms, minus signs and white space are folded.
 */
#include "transformer/cell_text.h"

#include <utf8proc.h>

static uint32_t fold(uint32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E)
        return c - 0xFEE0;
    if (c == 0x2212 || c == 0x2010 || c == 0x2011 || c == 0x2013 || c == 0xFE63)
        return '-';
    if (c == 0x2014 || c == 0x2015 || c == 0x2500 || c == 0x2501)
        return CELL_TEXT_DASH;
    if (c == 0x2009 || c == 0x202F || c == 0x2006 || c == 0x2008)
        return CELL_TEXT_THIN;
    if (c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A) ||
        c == 0x205F || (c >= 0x09 && c <= 0x0D) || c == 0x2028 || c == 0x2029)
        return ' ';
    if (c == 0xA5 || c == 0xFFE5)
        return 0xA5;
    return c;
}

static bool is_invisible(uint32_t c)
{
    return (c >= 0x200B && c <= 0x200F) || c == 0xFEFF || c == 0x2060 ||
           c == 0xAD;
}

bool cell_text_take(struct slice text, struct cell_text *t)
{
    const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)text.p;
    utf8proc_ssize_t left = (utf8proc_ssize_t)text.len;

    t->n = 0;
    while (left > 0) {
        utf8proc_int32_t c = -1;
        utf8proc_ssize_t used = utf8proc_iterate(p, left, &c);

        if (used <= 0)
            return false;
        p += used;
        left -= used;
        if (is_invisible((uint32_t)c))
            continue;
        c = (utf8proc_int32_t)fold((uint32_t)c);
        if (t->n == 0 && cell_text_is_space((uint32_t)c))
            continue;
        if (t->n == CELL_TEXT_MAX)
            return false;
        t->cp[t->n++] = (uint32_t)c;
    }
    while (t->n > 0 && cell_text_is_space(t->cp[t->n - 1]))
        t->n--;
    return true;
}

uint32_t cell_text_skip_space(const struct cell_text *t, uint32_t i)
{
    while (cell_text_is_space(cell_text_at(t, i)))
        i++;
    return i;
}

uint32_t cell_text_skip_word(
    const struct cell_text *t, uint32_t i, const char *word)
{
    const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)word;
    uint32_t from = i;

    while (*p) {
        utf8proc_int32_t c = 0;

        p += utf8proc_iterate(p, -1, &c);
        if (cell_text_at(t, i++) != (uint32_t)c)
            return from;
    }
    return i;
}

uint32_t cell_text_skip_words(
    const struct cell_text *t, uint32_t i, const char *const *words)
{
    for (; *words; words++) {
        uint32_t to = cell_text_skip_word(t, i, *words);

        if (to != i)
            return cell_text_skip_space(t, to);
    }
    return i;
}

uint32_t cell_text_digits(const struct cell_text *t, uint32_t i)
{
    uint32_t from = i;

    while (cell_text_is_digit(cell_text_at(t, i)))
        i++;
    return i - from;
}
