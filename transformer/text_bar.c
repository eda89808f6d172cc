/* SPDX-License-Identifier: Apache-2.0 */
/*
 * text_bar - tables drawn with characters, as antiword and editors do.
 *
 * A row begins and ends with a bar; menus such as 首页 | 新闻 do not.
 */
#include "transformer/text_bar.h"

#include <stdint.h>
#include <string.h>

/* Bytes of one of `marks` at the start of `s`, or 0. */
static size_t mark_len(struct slice s, const char *const *marks)
{
    for (; *marks; marks++)
        if (slice_starts(s, slice_str(*marks)))
            return strlen(*marks);
    return 0;
}

/* Of box drawing characters, U+2500 to U+257F. */
static size_t box_len(struct slice s)
{
    if (s.len < 3 || (unsigned char)s.p[0] != 0xe2)
        return 0;
    return (unsigned char)s.p[1] == 0x94 || (unsigned char)s.p[1] == 0x95 ? 3
                                                                          : 0;
}

static size_t bar_len(struct slice s)
{
    static const char *const bars[] = { "|", "│", "┃", "║", NULL };

    return mark_len(s, bars);
}

bool text_is_rule(struct slice line)
{
    static const char *const lines[] = { "-", "=", "─", "━", "═", NULL };
    static const char *const other[] = { "|", "+", ":", " ", "\u3000", NULL };
    uint32_t run = 0, longest = 0, corner_n = 0;

    line = slice_trim(line);
    while (line.len) {
        size_t len = mark_len(line, lines);

        run = len ? run + 1 : 0;
        longest = run > longest ? run : longest;
        if (!len) {
            corner_n += char_is_one_of(line.p[0], "|+");
            len = mark_len(line, other);
        }
        if (!len) {
            len = box_len(line);
            corner_n += len > 0;
        }
        if (!len)
            return false;
        line = slice_from(line, len);
    }
    /* A row of dashes has them one by one. */
    return longest >= 3 && corner_n >= 2;
}

struct slice text_unbar(struct arena *a, struct slice line)
{
    struct slice s = slice_trim(line);
    size_t first = s.len ? bar_len(s) : 0;
    size_t len = 0, last_bar = 0;
    uint32_t bar_n = 0;
    char *out;

    if (!first)
        return line;
    s = slice_from(s, first);
    out = arena_alloc(a, s.len + 1);
    while (s.len) {
        size_t bar = bar_len(s);

        if (!bar) {
            out[len++] = s.p[0];
            s = slice_from(s, 1);
            continue;
        }
        last_bar = len;
        bar_n++;
        out[len++] = '\t';
        s = slice_from(s, bar);
    }
    /* The bar at the end closes the row. */
    if (bar_n == 0 || last_bar + 1 != len)
        return line;
    return (struct slice){ out, last_bar };
}
