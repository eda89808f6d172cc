/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_rtf_scan - bytes to braces, words and text.
 *
 * Rich Text Format Specification 1.9.1, "RTF Syntax".  Line ends and NUL
 * are no text; the bytes behind \bin are passed over here, so that braces
 * among them count for nothing.
 */
#include "transformer/read_rtf.h"

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int hex(char c)
{
    char low = (char)(c | 0x20);

    if (is_digit(c))
        return c - '0';
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

static void skip(struct rtf_scan *s, size_t n)
{
    s->left = slice_from(s->left, n);
}

/* "-123" behind a word. */
static void read_number(struct rtf_scan *s, struct rtf_token *token)
{
    bool minus =
        s->left.len > 1 && s->left.p[0] == '-' && is_digit(s->left.p[1]);
    int64_t n = 0;

    skip(s, minus ? 1 : 0);
    while (s->left.len && is_digit(s->left.p[0])) {
        token->has_number = true;
        if (n <= INT32_MAX)
            n = n * 10 + (s->left.p[0] - '0');
        skip(s, 1);
    }
    if (n > INT32_MAX)
        n = INT32_MAX;
    token->number = (int32_t)(minus ? -n : n);
}

static void skip_bin(struct rtf_scan *s, int32_t n)
{
    size_t len = n > 0 ? (size_t)n : 0;

    if (len > s->left.len)
        s->cut = true;
    skip(s, len);
}

static void read_word(struct rtf_scan *s, struct rtf_token *token)
{
    size_t n = 0;

    while (n < s->left.len && is_letter(s->left.p[n]))
        n++;
    token->kind = RTF_WORD;
    token->text = (struct slice){ s->left.p, n };
    skip(s, n);
    read_number(s, token);
    if (s->left.len && s->left.p[0] == ' ')
        skip(s, 1);
    if (slice_eq_str(token->text, "bin"))
        skip_bin(s, token->number);
}

/* Behind a backslash. */
static void read_control(struct rtf_scan *s, struct rtf_token *token)
{
    char c;

    if (!s->left.len)
        return; /* nothing can follow: the end */
    c = s->left.p[0];
    if (is_letter(c)) {
        read_word(s, token);
        return;
    }
    skip(s, 1);
    token->kind = RTF_SYMBOL;
    token->c = c;
    if (c == '\'' && s->left.len >= 2 && hex(s->left.p[0]) >= 0 &&
        hex(s->left.p[1]) >= 0) {
        token->kind = RTF_BYTE;
        token->c = (char)(hex(s->left.p[0]) << 4 | hex(s->left.p[1]));
        skip(s, 2);
    }
}

static bool is_text(char c)
{
    return !char_is_one_of(c, "\\{}\r\n") && c != '\0';
}

void rtf_next(struct rtf_scan *s, struct rtf_token *token)
{
    size_t n = 0;

    *token = (struct rtf_token){ .kind = RTF_END };
    while (s->left.len && (s->left.p[0] == '\0' || s->left.p[0] == '\r' ||
                              s->left.p[0] == '\n'))
        skip(s, 1);
    if (!s->left.len || s->cut)
        return;
    switch (s->left.p[0]) {
    case '{':
        token->kind = RTF_OPEN;
        skip(s, 1);
        return;
    case '}':
        token->kind = RTF_CLOSE;
        skip(s, 1);
        return;
    case '\\':
        skip(s, 1);
        read_control(s, token);
        return;
    default:
        break;
    }
    while (n < s->left.len && is_text(s->left.p[n]))
        n++;
    token->kind = RTF_TEXT;
    token->text = (struct slice){ s->left.p, n };
    skip(s, n);
}
