/* SPDX-License-Identifier: Apache-2.0 */
/*
 * text_line - lines of a text dump, and what one line alone says.
 */
#include "transformer/text_line.h"

#include "common/limits.h"
#include "transformer/text_bar.h"

/* Longest unit behind a number, in characters. */
static const uint32_t unit_chars = 3;

/* ---- lines ------------------------------------------------------------- */

/* Characters but for white space, which spreads labels to any length. */
static uint32_t count_chars(struct slice s)
{
    static const char *const spaces[] = { " ", "\t", "\u00a0", "\u3000",
        "\u2002", "\u2003" };
    uint32_t n = 0;

    for (size_t i = 0; i < s.len; i++) {
        bool space = false;

        for (size_t k = 0; k < sizeof(spaces) / sizeof(spaces[0]); k++)
            space =
                space || slice_starts(slice_from(s, i), slice_str(spaces[k]));
        n += ((unsigned char)s.p[i] & 0xc0) != 0x80 && !space;
    }
    return n;
}

static enum line_kind kind_of(struct slice s, uint32_t char_n)
{
    const char *tab = memchr(s.p, '\t', s.len);
    const char *last = tab ? memrchr(s.p, '\t', s.len) : NULL;

    if (!tab)
        return LINE_PLAIN;
    if (tab == s.p && last == tab)
        return char_n > TEXT_CELL_CHARS ? LINE_PLAIN : LINE_CELL;
    /* A long line with one tab is prose with an indent or a stray tab. */
    if (last == tab && char_n > TEXT_CELL_CHARS)
        return LINE_PLAIN;
    return LINE_TABS;
}

/* White space alone, but a tab makes an empty cell. */
static bool is_blank(struct slice s)
{
    return slice_trim(s).len == 0 && (s.len == 0 || !memchr(s.p, '\t', s.len));
}

static void add_line(
    struct tree *t, struct lines *to, struct slice s, uint32_t blank_n)
{
    struct line *l;

    if (to->n >= LIMIT_CELLS) {
        tree_fail(t, "reader.size: more than %u lines", LIMIT_CELLS);
        return;
    }
    if (to->n == to->cap) {
        uint32_t cap = to->cap ? to->cap * 2 : 256;
        struct line *more = arena_alloc_n(t->doc->arena, cap, sizeof(*more));

        if (to->n)
            memcpy(more, to->line, to->n * sizeof(*more));
        to->line = more;
        to->cap = cap;
    }
    l = &to->line[to->n++];
    l->text = s;
    l->blank_n = blank_n;
    l->char_n = count_chars(slice_trim(s));
    l->kind = kind_of(s, l->char_n);
}

void lines_split(struct tree *t, struct slice text, struct lines *to)
{
    uint32_t blank_n = 0;

    while (text.len && !tree_failed(t)) {
        size_t len = 0;
        struct slice s;

        while (len < text.len && !char_is_one_of(text.p[len], "\n\r\f"))
            len++;
        s = (struct slice){ text.p, len };
        text = slice_from(text, len);
        if (slice_starts(text, SLICE_LIT("\r\n")))
            text = slice_from(text, 1);
        text = slice_from(text, 1);
        if (is_blank(s)) {
            blank_n++;
            continue;
        }
        if (text_is_rule(s))
            continue;
        add_line(t, to, text_unbar(t->doc->arena, s), blank_n);
        blank_n = 0;
    }
}

/* ---- what a line says -------------------------------------------------- */

/* The heading of a section, which no table cell looks like: all official
 * headings end in 情况 or tell of 事项 to be reported; the cells 申请人情况,
 * 其他对外管理服务事项 and 属于行政查询事项 are no such thing. */
bool line_is_title(const struct line *l)
{
    struct slice s = slice_trim(l->text);

    if (l->char_n < 8)
        return false;
    return slice_ends(s, SLICE_LIT("情况")) ||
           (slice_ends(s, SLICE_LIT("事项")) &&
               slice_find(s, SLICE_LIT("报告")) >= 0);
}

bool line_is_numbered(const struct line *l)
{
    static const char *const numerals[] = { "一", "二", "三", "四", "五", "六",
        "七", "八", "九", "十" };
    struct slice s = slice_trim(l->text);

    for (size_t i = 0; i < sizeof(numerals) / sizeof(numerals[0]); i++)
        if (slice_starts(s, slice_str(numerals[i])) &&
            slice_starts(slice_from(s, strlen(numerals[i])), SLICE_LIT("、")))
            return true;
    return false;
}

/* Bytes of the part of a number at the start of `s`, or 0. */
static size_t number_part(struct slice s, bool *digit, bool *mark)
{
    static const char *const digits[] = { "０", "１", "２", "３", "４", "５",
        "６", "７", "８", "９" };
    static const char *const marks[] = { "，", "－", "—", "−", "／", "．" };
    /* Spaces wide and narrow, and what has no width at all. */
    static const char *const spaces[] = { "\u3000", "\u00a0", "\u200b",
        "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u2002", "\u2003",
        "\u2009", "\u202f" };

    if (s.p[0] >= '0' && s.p[0] <= '9') {
        *digit = true;
        return 1;
    }
    if (char_is_one_of(s.p[0], ".,-+/% ")) {
        *mark = *mark || s.p[0] != ' ';
        return 1;
    }
    if ((unsigned char)s.p[0] < 0x80)
        return 0;
    for (size_t i = 0; i < sizeof(digits) / sizeof(digits[0]); i++)
        if (slice_starts(s, slice_str(digits[i]))) {
            *digit = true;
            return strlen(digits[i]);
        }
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (slice_starts(s, slice_str(marks[i]))) {
            *mark = true;
            return strlen(marks[i]);
        }
    for (size_t i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++)
        if (slice_starts(s, slice_str(spaces[i])))
            return strlen(spaces[i]);
    return 0;
}

static bool starts_with_dot(struct slice s)
{
    return slice_starts(s, SLICE_LIT(".")) ||
           slice_starts(s, SLICE_LIT("．")) || slice_starts(s, SLICE_LIT("、"));
}

bool text_is_value(struct slice s, bool *digit)
{
    bool mark = false, dot = false;
    size_t len = 1;

    s = slice_trim(s);
    *digit = false;
    if (slice_eq_str(s, "无"))
        return true;
    while (s.len && len) {
        /* 2024-01-30, 010-65099000 */
        if (*digit && char_is_one_of(s.p[0], "-/"))
            return false;
        len = number_part(s, digit, &mark);
        if (len)
            dot = starts_with_dot(s);
        s = slice_from(s, len);
    }
    /* A label begins with "1." or "1、", a date goes on with 年. */
    if (dot || starts_with_dot(s))
        return false;
    if (s.len == 0)
        return *digit || mark;
    if (!*digit || slice_starts(s, SLICE_LIT("年")) ||
        slice_starts(s, SLICE_LIT(")")))
        return false;
    return slice_starts(s, SLICE_LIT("（")) ||
           slice_starts(s, SLICE_LIT("(")) || count_chars(s) <= unit_chars;
}

bool line_is_value(const struct line *l)
{
    bool digits;

    return text_is_value(l->text, &digits);
}

bool line_is_torn_number(const struct line *l, const struct line *rest)
{
    return l->char_n <= 2 && line_is_value(l) && rest->char_n > 1 &&
           starts_with_dot(slice_trim(rest->text));
}
