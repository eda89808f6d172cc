/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_docx_counting - a number in the digits of its format.
 *
 * Values of ST_NumberFormat (ECMA-376 part 1, 17.18.59).  Chinese and
 * Japanese counting differ above 99 only, where no report's list goes.
 */
#include "transformer/read_docx.h"

#include <stdio.h>

static void put_chars(struct buf *out, uint32_t c)
{
    char s[3] = { (char)(0xe0 | c >> 12), (char)(0x80 | (c >> 6 & 0x3f)),
        (char)(0x80 | (c & 0x3f)) };

    buf_add(out, s, sizeof(s));
}

/* `digits`: ten characters of three bytes each, 0 first. */
static void put_digit(struct buf *out, const char *digits, uint32_t digit)
{
    buf_add(out, digits + (size_t)3 * digit, 3);
}

/* By tens: 十, 十一, 二十; above 99 with 百, 千 and 零 as spoken. */
static void put_spoken(
    struct buf *out, const char *digits, const char *units, uint32_t n)
{
    static const uint32_t values[] = { 1000, 100, 10, 1 };
    bool begun = false, gap = false;

    if (n > 9999) {
        buf_printf(out, "%u", n);
        return;
    }
    for (uint32_t i = 0; i < 4; i++) {
        uint32_t digit = n / values[i] % 10;

        if (digit == 0) {
            gap = begun;
            continue;
        }
        if (gap)
            put_digit(out, digits, 0);
        if (begun || i != 2 || digit > 1)
            put_digit(out, digits, digit);
        if (i < 3)
            buf_add(out, units + (size_t)3 * i, 3);
        begun = true;
        gap = false;
    }
    if (!begun)
        put_digit(out, digits, 0);
}

static void put_chinese(struct buf *out, uint32_t n)
{
    put_spoken(out, "零一二三四五六七八九", "千百十", n);
}

static void put_formal(struct buf *out, uint32_t n)
{
    put_spoken(out, "零壹贰叁肆伍陆柒捌玖", "仟佰拾", n);
}

static void put_digits(struct buf *out, const char *digits, uint32_t n)
{
    char text[16];
    int len = snprintf(text, sizeof(text), "%u", n);

    for (int i = 0; i < len; i++)
        put_digit(out, digits, (uint32_t)(text[i] - '0'));
}

static void put_chinese_digits(struct buf *out, uint32_t n)
{
    put_digits(out, "〇一二三四五六七八九", n);
}

static void put_wide(struct buf *out, uint32_t n)
{
    put_digits(out, "０１２３４５６７８９", n);
}

static void put_zero(struct buf *out, uint32_t n)
{
    buf_printf(out, "%02u", n);
}

/* The n-th of `count` characters in a row from `first`, else a decimal. */
static void put_from(
    struct buf *out, uint32_t first, uint32_t count, uint32_t n)
{
    if (n >= 1 && n <= count)
        put_chars(out, first + n - 1);
    else
        buf_printf(out, "%u", n);
}

static void put_circle(struct buf *out, uint32_t n)
{
    put_from(out, 0x2460, 20, n);
}

static void put_paren(struct buf *out, uint32_t n)
{
    put_from(out, 0x2474, 20, n);
}

static void put_stop(struct buf *out, uint32_t n)
{
    put_from(out, 0x2488, 20, n);
}

static void put_chinese_paren(struct buf *out, uint32_t n)
{
    put_from(out, 0x3220, 10, n);
}

/* One of `count` characters of three bytes, else a decimal. */
static void put_one_of(
    struct buf *out, const char *chars, uint32_t count, uint32_t n)
{
    if (n >= 1 && n <= count)
        put_digit(out, chars, n - 1);
    else
        buf_printf(out, "%u", n);
}

static void put_stem(struct buf *out, uint32_t n)
{
    put_one_of(out, "甲乙丙丁戊己庚辛壬癸", 10, n);
}

static void put_branch(struct buf *out, uint32_t n)
{
    put_one_of(out, "子丑寅卯辰巳午未申酉戌亥", 12, n);
}

/* a to z, then aa, bb, ... */
static void put_letter(struct buf *out, char first, uint32_t n)
{
    uint32_t times = n ? (n - 1) / 26 + 1 : 0;

    if (times == 0 || times > 16) {
        buf_printf(out, "%u", n);
        return;
    }
    while (times--)
        buf_add_char(out, (char)(first + (int)((n - 1) % 26)));
}

static void put_lower_letter(struct buf *out, uint32_t n)
{
    put_letter(out, 'a', n);
}

static void put_upper_letter(struct buf *out, uint32_t n)
{
    put_letter(out, 'A', n);
}

static void put_roman(struct buf *out, bool upper, uint32_t n)
{
    static const struct {
        uint32_t value;
        const char *lower, *upper;
    } parts[] = { { 1000, "m", "M" }, { 900, "cm", "CM" }, { 500, "d", "D" },
        { 400, "cd", "CD" }, { 100, "c", "C" }, { 90, "xc", "XC" },
        { 50, "l", "L" }, { 40, "xl", "XL" }, { 10, "x", "X" },
        { 9, "ix", "IX" }, { 5, "v", "V" }, { 4, "iv", "IV" },
        { 1, "i", "I" } };

    if (n == 0 || n > 3999) {
        buf_printf(out, "%u", n);
        return;
    }
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        for (; n >= parts[i].value; n -= parts[i].value)
            buf_add_str(out, upper ? parts[i].upper : parts[i].lower);
}

static void put_lower_roman(struct buf *out, uint32_t n)
{
    put_roman(out, false, n);
}

static void put_upper_roman(struct buf *out, uint32_t n)
{
    put_roman(out, true, n);
}

static void put_nothing(struct buf *out, uint32_t n)
{
    (void)out;
    (void)n;
}

static const struct {
    const char *format;
    void (*put)(struct buf *out, uint32_t n);
} formats[] = {
    { "chineseCounting", put_chinese },
    { "chineseCountingThousand", put_chinese },
    { "japaneseCounting", put_chinese },
    { "taiwaneseCounting", put_chinese },
    { "taiwaneseCountingThousand", put_chinese },
    { "ideographDigital", put_chinese_digits },
    { "japaneseDigitalTenThousand", put_chinese_digits },
    { "taiwaneseDigital", put_chinese_digits },
    { "chineseLegalSimplified", put_formal },
    { "ideographTraditional", put_stem },
    { "ideographZodiac", put_branch },
    { "ideographEnclosedCircle", put_chinese_paren },
    { "decimalEnclosedCircle", put_circle },
    { "decimalEnclosedCircleChinese", put_circle },
    { "decimalEnclosedParen", put_paren },
    { "decimalEnclosedFullstop", put_stop },
    { "decimalFullWidth", put_wide },
    { "decimalFullWidth2", put_wide },
    { "decimalZero", put_zero },
    { "lowerLetter", put_lower_letter },
    { "upperLetter", put_upper_letter },
    { "lowerRoman", put_lower_roman },
    { "upperRoman", put_upper_roman },
    { "bullet", put_nothing },
    { "none", put_nothing },
};

void docx_count(struct slice format, uint32_t n, struct buf *out)
{
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
        if (slice_eq_str(format, formats[i].format)) {
            formats[i].put(out, n);
            return;
        }
    buf_printf(out, "%u", n);
}
