/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_rtf_text - bytes of code pages and \u to UTF-8.
 *
 * The two bytes of a Chinese character may stand in two groups, the first
 * as \'xx and the second as a letter, so bytes are decoded only when the
 * code page or the goal changes.
 */
#include "transformer/charset.h"
#include "transformer/read_rtf.h"
#include "transformer/struck.h"

void rtf_text_init(struct rtf_text *t)
{
    *t = (struct rtf_text){ .document = 936 };
    buf_init(&t->bytes, LIMIT_TREE_BYTES);
}

void rtf_text_clear(struct rtf_text *t)
{
    buf_clear(&t->bytes);
}

/* Fonts of signs: the digits and signs of "Symbol" are those of ASCII;
 * other signs keep their private numbers, so that nobody takes them for
 * what they are not. */
static void add_symbols(struct rtf_text *t)
{
    static const char plain[] = " 0123456789+-.,/%()";

    for (size_t i = 0; i < t->bytes.len; i++) {
        char c = t->bytes.p[i];

        if (c == ' ' || (t->greek && char_is_one_of(c, plain)))
            buf_add_char(t->to, c);
        else
            charset_add_char(t->to, 0xf000u | (unsigned char)c);
    }
}

/* Do these bytes read without loss, with more than a stray one above
 * ASCII? */
static bool is_double_byte(struct slice s, uint32_t codepage)
{
    uint32_t high_n = 0, bad_n;
    struct buf out;

    for (size_t i = 0; i < s.len; i++)
        high_n += (unsigned char)s.p[i] >= 0x80;
    if (high_n < 2)
        return false;
    buf_init(&out, LIMIT_TREE_BYTES);
    bad_n = charset_add(&out, s, codepage);
    buf_clear(&out);
    return bad_n == 0;
}

/* What was added to the text from `from` on looks like this. */
static void take_look(struct rtf_text *t, size_t from)
{
    if (t->is_struck)
        struck_take(t->to, from);
    raised_take(&t->raised, t->to, from, t->is_raised);
}

void rtf_text_flush(struct rtf_text *t)
{
    struct slice s = buf_slice(&t->bytes);
    uint32_t codepage = t->codepage;
    size_t from = t->to ? t->to->len : 0;

    if (t->to && t->high) {
        charset_add_char(t->to, UINT32_MAX);
        t->replaced_n++;
    }
    t->high = 0;
    if (t->to && s.len) {
        if (codepage == 0)
            codepage = t->document != 1252 && is_double_byte(s, t->document)
                           ? t->document
                           : 1252;
        if (codepage == RTF_CODEPAGE_SYMBOL)
            add_symbols(t);
        else
            t->replaced_n += charset_add(t->to, s, codepage);
        take_look(t, from);
    }
    if (t->bytes.failed && t->to)
        t->to->failed = true;
    buf_reset(&t->bytes);
}

void rtf_text_turn(
    struct rtf_text *t, struct buf *to, const struct rtf_font *font)
{
    if (t->to == to && t->codepage == font->codepage && t->greek == font->greek)
        return;
    rtf_text_flush(t);
    if (t->to != to)
        t->raised = (struct raised){ .on = false };
    t->to = to;
    t->codepage = font->codepage;
    t->greek = font->greek;
}

void rtf_text_look(struct rtf_text *t, bool is_raised, bool is_struck)
{
    if (t->is_raised != is_raised || t->is_struck != is_struck)
        rtf_text_flush(t);
    t->is_raised = is_raised;
    t->is_struck = is_struck;
}

void rtf_text_bytes(struct rtf_text *t, struct slice bytes)
{
    if (t->high)
        rtf_text_flush(t);
    buf_add_slice(&t->bytes, bytes);
}

void rtf_text_char(struct rtf_text *t, uint32_t c)
{
    uint32_t high = t->high;

    if (high && c >= 0xdc00 && c < 0xe000) {
        c = 0x10000 + ((high - 0xd800) << 10) + (c - 0xdc00);
        t->high = 0;
    }
    rtf_text_flush(t);
    if (c >= 0xd800 && c < 0xdc00) {
        t->high = c;
    } else if (t->to) {
        size_t from = t->to->len;

        charset_add_char(t->to, c);
        take_look(t, from);
    }
}
