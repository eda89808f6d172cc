/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sheet_tokens - goes through the code of a number format.
 */
#include <strings.h>

#include "transformer/sheet_format.h"

#define DECIMALS_MAX 30 /* as Excel allows */

/* Bytes of the UTF-8 character at the start. */
static size_t char_len(struct slice s)
{
    size_t n = 1;

    while (n < s.len && ((unsigned char)s.p[n] & 0xc0) == 0x80)
        n++;
    return n;
}

static struct sheet_token cut(
    struct slice *s, enum sheet_token_kind kind, size_t len)
{
    struct sheet_token t = { kind, { s->p, len < s->len ? len : s->len } };

    *s = slice_from(*s, len);
    return t;
}

/* "[...]": currencies show, colours and languages do not. */
static struct sheet_token next_bracket(struct slice *s)
{
    const char *close = memchr(s->p, ']', s->len);
    size_t len = close ? (size_t)(close - s->p) + 1 : s->len;
    struct sheet_token t = cut(s, SHEET_TOKEN_SPACE, len);
    struct slice inside = { t.text.p + 1, t.text.len - 1 };
    bool other;

    if (inside.len && inside.p[inside.len - 1] == ']')
        inside.len--;
    other = inside.len &&
            (char_is_one_of(inside.p[0], "<>=") ||
                (inside.len <= 2 && char_is_one_of(inside.p[0], "mMsS")));

    if (other) {
        t.kind = SHEET_TOKEN_OTHER;
    } else if (inside.len && inside.p[0] == '$') {
        const char *minus = memchr(inside.p, '-', inside.len);

        t.kind = SHEET_TOKEN_LITERAL;
        t.text.p = inside.p + 1;
        t.text.len = (minus ? (size_t)(minus - inside.p) : inside.len) - 1;
    } else if (inside.len &&
               (slice_eq_str(inside, "h") || slice_eq_str(inside, "hh"))) {
        t.kind = SHEET_TOKEN_ELAPSED;
    }
    return t;
}

bool sheet_starts(struct slice s, const char *word)
{
    size_t len = strlen(word);

    return s.len >= len && strncasecmp(s.p, word, len) == 0;
}

static struct sheet_token next_letter(struct slice *s)
{
    size_t n = 1;

    if (sheet_starts(*s, "General"))
        return cut(s, SHEET_TOKEN_GENERAL, 7);
    if (sheet_starts(*s, "G/通用格式")) /* as some Chinese programs write it */
        return cut(s, SHEET_TOKEN_GENERAL, strlen("G/通用格式"));
    if (sheet_starts(*s, "AM/PM"))
        return cut(s, SHEET_TOKEN_HALF, 5);
    if (sheet_starts(*s, "A/P"))
        return cut(s, SHEET_TOKEN_HALF, 3);
    if (sheet_starts(*s, "E+") || sheet_starts(*s, "E-"))
        return cut(s, SHEET_TOKEN_OTHER, 2);
    if (!char_is_one_of(s->p[0], "yYmMdDhHsSaAeE"))
        return cut(s, SHEET_TOKEN_LITERAL, 1);
    while (n < s->len && s->p[n] == s->p[0])
        n++;
    return cut(s, SHEET_TOKEN_DATE, n);
}

struct sheet_token sheet_next_token(struct slice *s)
{
    struct sheet_token t;
    const char *quote;

    if (!s->len || s->p[0] == ';')
        return (struct sheet_token){ SHEET_TOKEN_END, { NULL, 0 } };
    switch (s->p[0]) {
    case '"':
        quote = memchr(s->p + 1, '"', s->len - 1);
        t = cut(s, SHEET_TOKEN_LITERAL,
            quote ? (size_t)(quote - s->p) + 1 : s->len);
        t.text = slice_skip(t.text, 1);
        t.text.len -= quote ? 1 : 0;
        return t;
    case '\\':
        t = cut(s, SHEET_TOKEN_LITERAL, 1 + char_len(slice_from(*s, 1)));
        t.text = slice_skip(t.text, 1);
        return t;
    case '_':
    case '*':
        return cut(s, SHEET_TOKEN_SPACE, 1 + char_len(slice_from(*s, 1)));
    case '[':
        return next_bracket(s);
    case '0':
    case '#':
    case '?':
        return cut(s, SHEET_TOKEN_DIGIT, 1);
    case '.':
        return cut(s, SHEET_TOKEN_POINT, 1);
    case ',':
        return cut(s, SHEET_TOKEN_COMMA, 1);
    case '%':
        return cut(s, SHEET_TOKEN_PERCENT, 1);
    case '@':
        return cut(s, SHEET_TOKEN_TEXT, 1);
    default:
        break;
    }
    if (sheet_starts(*s, "上午/下午"))
        return cut(s, SHEET_TOKEN_HALF, strlen("上午/下午"));
    if ((s->p[0] >= 'a' && s->p[0] <= 'z') ||
        (s->p[0] >= 'A' && s->p[0] <= 'Z'))
        return next_letter(s);
    return cut(s, SHEET_TOKEN_LITERAL, char_len(*s));
}

bool sheet_section(struct slice format, int n, struct slice *out)
{
    *out = format;
    for (;;) {
        struct slice rest = *out;

        if (n-- == 0)
            return true;
        while (sheet_next_token(&rest).kind != SHEET_TOKEN_END) {
        }
        if (!rest.len)
            return false;
        *out = slice_skip(rest, 1);
    }
}

void sheet_shape_of(struct slice s, struct sheet_shape *shape)
{
    bool point = false, after = false; /* a literal stands behind digits */
    int commas = 0;
    struct sheet_token t;

    *shape = (struct sheet_shape){ .digits = false };
    while ((t = sheet_next_token(&s)).kind != SHEET_TOKEN_END) {
        switch (t.kind) {
        case SHEET_TOKEN_DIGIT:
            shape->other |= after; /* digits in groups of their own */
            shape->grouped |= commas > 0;
            commas = 0;
            shape->digits = true;
            if (point) {
                shape->places++;
                if (t.text.p[0] == '0')
                    shape->zero_places = shape->places;
            } else if (t.text.p[0] == '0' || shape->whole_zeros) {
                shape->whole_zeros++;
            }
            break;
        case SHEET_TOKEN_POINT:
            point = true;
            break;
        case SHEET_TOKEN_COMMA:
            commas += shape->digits;
            break;
        case SHEET_TOKEN_PERCENT:
            shape->percents++;
            after = shape->digits;
            break;
        case SHEET_TOKEN_LITERAL:
            shape->other |=
                shape->digits && t.text.len == 1 && t.text.p[0] == '/';
            after = shape->digits;
            break;
        case SHEET_TOKEN_DATE:
        case SHEET_TOKEN_ELAPSED:
        case SHEET_TOKEN_HALF:
            shape->date = true;
            break;
        case SHEET_TOKEN_GENERAL:
        case SHEET_TOKEN_TEXT:
            shape->general = true;
            break;
        case SHEET_TOKEN_OTHER:
            shape->other = true;
            break;
        case SHEET_TOKEN_SPACE:
        case SHEET_TOKEN_END:
            break;
        }
    }
    shape->thousands = commas;
    if (shape->places > DECIMALS_MAX || shape->whole_zeros > DECIMALS_MAX ||
        shape->percents > 2 || shape->thousands > 4)
        shape->other = true;
}
