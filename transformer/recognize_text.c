/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recognize_text - folded text: searching what was typed in many ways.
 *
 * Not full NFKC: only the blocks that office text uses are decomposed, so
 * that folding stays cheap beside the parser.  Punctuation is kept (the
 * aligner's labels drop it, prose needs it).
 */
#include "transformer/recognize.h"

#include <stdio.h>
#include <string.h>

#include <utf8proc.h>

/* The next code point of `s` at *i, U+FFFD for bad bytes. */
static int32_t next_char(struct slice s, size_t *i)
{
    utf8proc_int32_t c;
    utf8proc_ssize_t n;
    unsigned char first = (unsigned char)s.p[*i];

    if (first < 0x80) {
        (*i)++;
        return first;
    }
    n = utf8proc_iterate(
        (const utf8proc_uint8_t *)s.p + *i, (utf8proc_ssize_t)(s.len - *i), &c);
    if (n <= 0) {
        (*i)++;
        return 0xFFFD;
    }
    *i += (size_t)n;
    return c;
}

static bool is_blank(int32_t c)
{
    return c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0xAD || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) ||
           c == 0x205F || c == 0x2060 || c == 0x3000 || c == 0xFEFF ||
           c == 0xFFFC;
}

/* Blocks with compatibility characters: circled and bracketed numbers,
 * radicals, units, compatibility ideographs and forms. */
static bool is_compatible(int32_t c)
{
    return (c >= 0x2460 && c <= 0x24FF) || (c >= 0x2E80 && c <= 0x2FDF) ||
           (c >= 0x3200 && c <= 0x33FF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFE30 && c <= 0xFE6F);
}

static int32_t fold_char(int32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E)
        return c - 0xFEE0;
    switch (c) {
    case 0x2018:
    case 0x2019:
        return '\'';
    case 0x201C:
    case 0x201D:
        return '"';
    case 0x2013:
    case 0x2014:
    case 0x2212:
        return '-';
    default:
        return c;
    }
}

static size_t put_char(int32_t c, char *out)
{
    utf8proc_uint8_t tmp[4];
    size_t n = (size_t)utf8proc_encode_char(c, tmp);

    if (out)
        memcpy(out, tmp, n);
    return n;
}

/* Fold `s` into `out`, or only count when it is NULL. */
static size_t fold_into(struct slice s, char *out)
{
    utf8proc_int32_t parts[16];
    utf8proc_ssize_t n;
    size_t len = 0, i = 0;
    int last = 0;

    while (i < s.len) {
        int32_t c = next_char(s, &i);
        if (is_blank(c))
            continue;
        n = 1;
        parts[0] = fold_char(c);
        if (is_compatible(c))
            n = utf8proc_decompose_char(
                c, parts, 16, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &last);
        for (utf8proc_ssize_t k = 0; k < n && k < 16; k++) {
            if (!is_blank(parts[k]))
                len += put_char(parts[k], out ? out + len : NULL);
        }
    }
    return len;
}

struct slice text_fold(struct arena *a, struct slice s)
{
    size_t len = s.len > 0 ? fold_into(s, NULL) : 0;
    char *out = arena_alloc(a, len + 1);

    if (len > 0)
        fold_into(s, out);
    return (struct slice){ out, len };
}

static bool is_letter(int32_t c)
{
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
               (c >= 'A' && c <= 'Z');
    switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
        return true;
    default:
        return false;
    }
}

struct slice text_letters(struct arena *a, struct slice folded)
{
    char *out = arena_alloc(a, folded.len + 1);
    size_t len = 0, i = 0;

    while (i < folded.len) {
        int32_t c = next_char(folded, &i);
        if (is_letter(c) && c != 0xFFFD)
            len += put_char(c, out + len);
    }
    return (struct slice){ out, len };
}

size_t text_chars(struct slice s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

bool text_has(struct slice s, const char *part)
{
    return slice_find(s, slice_str(part)) >= 0;
}

bool text_starts(struct slice s, const char *with)
{
    return slice_starts(s, slice_str(with));
}

bool text_ends(struct slice s, const char *with)
{
    struct slice w = slice_str(with);

    return s.len >= w.len && slice_eq(slice_from(s, s.len - w.len), w);
}

struct slice text_cut(struct slice s, size_t from, size_t to)
{
    if (to > s.len)
        to = s.len;
    if (from > to)
        from = to;
    return (struct slice){ s.p ? s.p + from : NULL, to - from };
}

#define DISTANCE_CHARS 64u

static size_t take_chars(struct slice s, int32_t out[DISTANCE_CHARS])
{
    size_t n = 0, i = 0;

    while (i < s.len && n < DISTANCE_CHARS)
        out[n++] = next_char(s, &i);
    return n;
}

unsigned text_distance(struct slice a, struct slice b, unsigned max)
{
    int32_t x[DISTANCE_CHARS], y[DISTANCE_CHARS];
    unsigned row[DISTANCE_CHARS + 1], left, cost;
    size_t n, m;

    if (text_chars(a) >= DISTANCE_CHARS || text_chars(b) >= DISTANCE_CHARS)
        return slice_eq(a, b) ? 0 : max + 1;
    n = take_chars(a, x);
    m = take_chars(b, y);
    if ((n > m ? n - m : m - n) > max)
        return max + 1;
    for (size_t j = 0; j <= m; j++)
        row[j] = (unsigned)j;
    for (size_t i = 1; i <= n; i++) {
        unsigned diag = row[0];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= m; j++) {
            left = row[j - 1] + 1;
            cost = diag + (x[i - 1] != y[j - 1]);
            diag = row[j];
            row[j] = row[j] + 1 < left ? row[j] + 1 : left;
            row[j] = row[j] < cost ? row[j] : cost;
        }
    }
    return row[m] <= max ? row[m] : max + 1;
}

/* Value of a digit, ASCII or Chinese, or -1. */
static int digit_value(int32_t c)
{
    static const int32_t chinese[] = { 0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB,
        0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D };

    if (c >= '0' && c <= '9')
        return c - '0';
    if (c == 0x25CB || c == 0x96F6 || c == 'O' || c == 'o' || c == 0x25EF)
        return 0; /* ○ 零 O ◯ stand for 〇 */
    for (int i = 0; i < 10; i++) {
        if (c == chinese[i])
            return i;
    }
    return -1;
}

#define YEAR_MARK "\xe5\xb9\xb4"   /* 年 */
#define DEGREE_MARK "\xe5\xba\xa6" /* 度 */

/* The number of four digits at byte `at`; *end behind it. */
static uint32_t year_at(struct slice s, size_t at, size_t *end, bool *ascii)
{
    uint32_t year = 0;
    size_t i = at;

    *ascii = true;
    for (int n = 0; n < 4; n++) {
        if (i >= s.len)
            return 0;
        *ascii = *ascii && (unsigned char)s.p[i] < 0x80;
        int digit = digit_value(next_char(s, &i));
        if (digit < 0)
            return 0;
        year = year * 10 + (uint32_t)digit;
    }
    *end = i;
    return year >= 1990 && year <= 2099 ? year : 0;
}

static bool is_ascii_digit(struct slice s, size_t i)
{
    return i < s.len && s.p[i] >= '0' && s.p[i] <= '9';
}

struct text_year text_find_year(struct slice s, size_t from, bool bare)
{
    size_t at = from, end = 0, next;
    uint32_t year;
    bool ascii;

    for (; at < s.len; at = next) {
        next = at;
        if (digit_value(next_char(s, &next)) < 0)
            continue;
        year = year_at(s, at, &end, &ascii);
        if (year == 0 || (ascii && at > 0 && is_ascii_digit(s, at - 1)) ||
            (ascii && is_ascii_digit(s, end)))
            continue;
        if (text_starts(slice_from(s, end), YEAR_MARK)) {
            end += strlen(YEAR_MARK);
            if (text_starts(slice_from(s, end), DEGREE_MARK))
                end += strlen(DEGREE_MARK);
            return (struct text_year){ year, at, end };
        }
        /* 〔2021〕30号 is a file number, not a year */
        if (bare && ascii && !text_ends(text_cut(s, 0, at), "〔") &&
            !text_ends(text_cut(s, 0, at), "["))
            return (struct text_year){ year, at, end };
    }
    return (struct text_year){ 0, s.len, s.len };
}

/* One or two digits at *i; 0 when there are none. */
static unsigned small_number(struct slice s, size_t *i)
{
    unsigned v = 0;

    for (int n = 0; n < 2 && is_ascii_digit(s, *i); n++)
        v = v * 10 + (unsigned)(s.p[(*i)++] - '0');
    return v;
}

/* One of - / . or the mark `word` at *i. */
static bool date_mark(struct slice s, size_t *i, const char *word)
{
    if (*i < s.len && strchr("-/.", s.p[*i]) && s.p[*i] != '\0') {
        (*i)++;
        return true;
    }
    if (!text_starts(slice_from(s, *i), word))
        return false;
    *i += strlen(word);
    return true;
}

struct slice text_find_date(struct arena *a, struct slice s)
{
    size_t end = 0;
    unsigned month, day;
    uint32_t year;
    bool ascii;

    for (size_t at = 0; at + 8 <= s.len; at++) {
        if (!is_ascii_digit(s, at) || (at > 0 && is_ascii_digit(s, at - 1)))
            continue;
        year = year_at(s, at, &end, &ascii);
        if (year == 0 || !date_mark(s, &end, YEAR_MARK))
            continue;
        month = small_number(s, &end);
        if (month < 1 || month > 12 || !date_mark(s, &end, "月"))
            continue;
        day = small_number(s, &end);
        if (day >= 1 && day <= 31)
            return arena_printf(a, "%04u-%02u-%02u", year, month, day);
    }
    return (struct slice){ NULL, 0 };
}
