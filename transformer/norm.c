/* SPDX-License-Identifier: Apache-2.0 */
/*
 * norm - a label reduced to what identifies it.
 *
 * Nearly every character is ASCII, full-width ASCII or a common ideograph,
 * so those take a short path and utf8proc sees only the rest.
 */
#include "transformer/norm.h"

#include <string.h>

#include <utf8proc.h>

#define CP_IT 0x5B83    /* 它: 其它 is another way to write 其他 */
#define CP_OTHER 0x4ED6 /* 他 */
#define FOLD_MAX 8      /* code points one character may fold into */
#define RAW_MAX                                                                \
    320u /* two per code point: folded characters with punctuation */

#define CP_ZERO 0x3007u /* 〇 */

static bool is_ideograph(uint32_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || c == CP_ZERO;
}

static bool is_alnum(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

static bool is_white(uint32_t c)
{
    return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0xA0 || c == 0x3000 ||
           (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) ||
           c == 0x205F || c == 0x2060 || c == 0xFEFF || c == 0xAD;
}

static uint32_t fold_ascii(uint32_t c)
{
    return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
}

/* What NFKC leaves apart: circles used as the digit 〇. */
static uint32_t fold_rest(uint32_t c)
{
    return c == 0x25CB || c == 0x25EF ? CP_ZERO : c;
}

/* Fold one character into `to`; the number of code points, 0 if it goes. */
static size_t fold(uint32_t c, uint32_t to[FOLD_MAX])
{
    utf8proc_int32_t got[FOLD_MAX];
    utf8proc_ssize_t n;
    int last = 0;

    if (is_white(c))
        return 0;
    if (c < 0x80) {
        to[0] = fold_ascii(c);
        return 1;
    }
    if (is_ideograph(c)) {
        to[0] = c == CP_IT ? CP_OTHER : c;
        return 1;
    }
    if (c >= 0xFF01 && c <= 0xFF5E) {
        to[0] = fold_ascii(c - 0xFEE0);
        return 1;
    }
    if (c >= 0x3001 && c <= 0x301F && c != CP_ZERO) {
        to[0] = c;
        return 1;
    }
    n = utf8proc_decompose_char((utf8proc_int32_t)c, got, FOLD_MAX,
        UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE, &last);
    if (n <= 0 || n > FOLD_MAX)
        return 0;
    for (utf8proc_ssize_t i = 0; i < n; i++)
        to[i] = fold_ascii(fold_rest((uint32_t)got[i]));
    return (size_t)n;
}

static bool is_letter(uint32_t c)
{
    utf8proc_category_t cat;

    if (is_alnum(c) || is_ideograph(c))
        return true;
    if (c < 0x80)
        return false;
    cat = utf8proc_category((utf8proc_int32_t)c);
    return (cat >= UTF8PROC_CATEGORY_LU && cat <= UTF8PROC_CATEGORY_LO) ||
           (cat >= UTF8PROC_CATEGORY_ND && cat <= UTF8PROC_CATEGORY_NO);
}

static bool is_open(uint32_t c)
{
    return c == '(' || c == '[' || c == 0x3010 || c == 0x3014;
}

static bool is_close(uint32_t c)
{
    return c == ')' || c == ']' || c == 0x3011 || c == 0x3015;
}

/* Next code point of UTF-8 text, 0 at its end, UINT32_MAX when broken. */
static uint32_t next_cp(struct slice *s)
{
    unsigned char lead;

    if (s->len == 0)
        return 0;
    lead = (unsigned char)s->p[0];
    if (lead < 0x80) {
        *s = slice_from(*s, 1);
        return lead ? lead : ' ';
    }
    if ((lead & 0xF0) == 0xE0 && s->len >= 3 &&
        ((unsigned char)s->p[1] & 0xC0) == 0x80 &&
        ((unsigned char)s->p[2] & 0xC0) == 0x80) {
        uint32_t c = ((uint32_t)(lead & 0x0F) << 12) |
                     ((uint32_t)((unsigned char)s->p[1] & 0x3F) << 6) |
                     ((uint32_t)(unsigned char)s->p[2] & 0x3F);
        *s = slice_from(*s, 3);
        return c >= 0x800 ? c : UINT32_MAX;
    } else {
        utf8proc_int32_t got = -1;
        utf8proc_ssize_t used = utf8proc_iterate(
            (const utf8proc_uint8_t *)s->p, (utf8proc_ssize_t)s->len, &got);

        if (used <= 0 || got < 0)
            return UINT32_MAX;
        *s = slice_from(*s, (size_t)used);
        return (uint32_t)got;
    }
}

static uint32_t chinese_digit(uint32_t c)
{
    static const uint32_t digits[] = { 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
        0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341 };

    for (uint32_t i = 0; i < 10; i++)
        if (digits[i] == c)
            return i + 1;
    return 0;
}

/* A number of up to two digits at raw[*i], ASCII or Chinese (to 十九). */
static uint32_t scan_number(
    const uint32_t *raw, uint32_t n, uint32_t *i, bool *chinese)
{
    uint32_t value = 0;
    uint32_t from = *i;

    *chinese = *i < n && chinese_digit(raw[*i]) != 0;
    while (*i < n && *i - from < 2) {
        uint32_t c = raw[*i];

        if (*chinese && chinese_digit(c))
            value = value == 10 ? 10 + chinese_digit(c) : chinese_digit(c);
        else if (!*chinese && c >= '0' && c <= '9')
            value = value * 10 + (c - '0');
        else
            break;
        (*i)++;
    }
    return value;
}

static bool is_separator(uint32_t c)
{
    return c == '.' || c == ',' || c == ':' || c == ';' || c == ')' ||
           c == 0x3001 || c == 0x3002 || c == 0xB7 || c == 0x2022;
}

/* Length of the enumerator at the start of raw, 0 without one. */
static uint32_t scan_mark(const uint32_t *raw, uint32_t n, struct norm *out)
{
    uint32_t i = 0;
    uint32_t number;
    bool bracket = n > 0 && is_open(raw[0]);
    bool chinese;

    i += bracket ? 1 : 0;
    number = scan_number(raw, n, &i, &chinese);
    if (number == 0 || i >= n)
        return 0;
    if (bracket) {
        if (!is_close(raw[i]))
            return 0;
        i++;
    } else if (is_separator(raw[i])) {
        i++;
    } else if (chinese || !is_ideograph(raw[i])) {
        return 0;
    }
    while (i < n && is_separator(raw[i]))
        i++;
    if (i >= n || (raw[i] >= '0' && raw[i] <= '9'))
        return 0;
    out->mark = bracket ? MARK_BRACKET : chinese ? MARK_CHINESE : MARK_DIGIT;
    out->number = number;
    return i;
}

uint64_t norm_hash(const uint32_t *cp, uint32_t n)
{
    uint64_t h = 1469598103934665603u;

    for (uint32_t i = 0; i < n; i++)
        h = (h ^ cp[i]) * 1099511628211u;
    return h ^ (h >> 29);
}

/* Fold all of `text` with its punctuation; false when it is too long. */
static bool fold_all(struct slice text, uint32_t raw[RAW_MAX], uint32_t *raw_n)
{
    uint32_t c;

    *raw_n = 0;
    while ((c = next_cp(&text)) != 0) {
        uint32_t to[FOLD_MAX] = { 0 };
        size_t n;

        if (c == UINT32_MAX)
            return false;
        n = fold(c, to);
        if (*raw_n + n > RAW_MAX)
            return false;
        memcpy(raw + *raw_n, to, n * sizeof(*to));
        *raw_n += (uint32_t)n;
    }
    return true;
}

bool norm_make(struct slice text, struct norm_room *room, struct norm *out)
{
    uint32_t raw[RAW_MAX] = { 0 };
    uint32_t *bare = room->cp + NORM_MAX;
    uint32_t raw_n;
    uint32_t depth = 0;

    memset(out, 0, sizeof(*out));
    out->cp = room->cp;
    out->bare = bare;
    if (!fold_all(text, raw, &raw_n))
        return false;
    for (uint32_t i = scan_mark(raw, raw_n, out); i < raw_n; i++) {
        uint32_t c = raw[i];

        if (is_open(c))
            depth++;
        else if (is_close(c))
            depth -= depth > 0 ? 1 : 0;
        if (!is_letter(c))
            continue;
        if (out->n == NORM_MAX)
            return false;
        room->cp[out->n++] = c;
        if (depth == 0)
            bare[out->bare_n++] = c;
    }
    out->hash = norm_hash(room->cp, out->n);
    out->bare_hash =
        out->bare_n == out->n ? out->hash : norm_hash(bare, out->bare_n);
    return true;
}

bool norm_arena(struct slice text, struct arena *a, struct norm *out)
{
    struct norm_room room = { { 0 } };
    uint32_t *cp;

    if (!norm_make(text, &room, out)) {
        memset(out, 0, sizeof(*out));
        return false;
    }
    cp = arena_alloc_n(a, out->n + out->bare_n + 1, sizeof(*cp));
    memcpy(cp, out->cp, out->n * sizeof(*cp));
    memcpy(cp + out->n, out->bare, out->bare_n * sizeof(*cp));
    out->cp = cp;
    out->bare = cp + out->n;
    return true;
}

bool norm_equal(const uint32_t *a, uint32_t an, const uint32_t *b, uint32_t bn)
{
    return an == bn && memcmp(a, b, an * sizeof(*a)) == 0;
}

uint32_t norm_distance(const uint32_t *a, uint32_t an, const uint32_t *b,
    uint32_t bn, uint32_t max)
{
    uint32_t row[NORM_MAX + 1];

    if (bn > NORM_MAX || an > NORM_MAX || (an > bn ? an - bn : bn - an) > max)
        return max + 1;
    for (uint32_t j = 0; j <= bn; j++)
        row[j] = j;
    for (uint32_t i = 1; i <= an; i++) {
        uint32_t corner = row[0];
        uint32_t best = row[0] = i;

        for (uint32_t j = 1; j <= bn; j++) {
            uint32_t d = corner + (a[i - 1] != b[j - 1] ? 1 : 0);

            corner = row[j];
            if (row[j] + 1 < d)
                d = row[j] + 1;
            if (row[j - 1] + 1 < d)
                d = row[j - 1] + 1;
            row[j] = d;
            best = d < best ? d : best;
        }
        if (best > max)
            return max + 1;
    }
    return row[bn] > max ? max + 1 : row[bn];
}

uint32_t norm_similarity(const uint32_t *a, uint32_t an, const uint32_t *b,
    uint32_t bn, uint32_t least)
{
    uint32_t longer = an > bn ? an : bn;
    uint32_t max = longer * (100 - least) / 100;
    uint32_t d;

    if (an == 0 || bn == 0)
        return 0;
    d = norm_distance(a, an, b, bn, max);
    return d > max ? 0 : 100 - d * 100 / longer;
}

struct slice norm_text(struct arena *a, struct slice text)
{
    /* A character of one byte folds into one byte, of two or more bytes
     * into at most FOLD_MAX of four. */
    char *out = arena_alloc(a, text.len * (size_t)(2 * FOLD_MAX) + 1);
    size_t len = 0;
    uint32_t c;

    while ((c = next_cp(&text)) != 0) {
        uint32_t to[FOLD_MAX] = { 0 };
        size_t n;

        if (c == UINT32_MAX) {
            text = slice_from(text, 1);
            continue;
        }
        n = fold(c, to);
        for (size_t i = 0; i < n; i++)
            if (is_letter(to[i]))
                len += (size_t)utf8proc_encode_char(
                    (utf8proc_int32_t)to[i], (utf8proc_uint8_t *)out + len);
    }
    return (struct slice){ out, len };
}
