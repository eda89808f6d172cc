/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recognize_period - the year the numbers are of, in the report's own words.
 *
 * 本报告所列数据的统计期限自2019年1月1日起至12月31日止, in its many wordings.
 * Only a whole calendar year in a sentence that speaks of statistics
 * counts; comparisons with other years do not.
 */
#include "transformer/recognize.h"

#define REACH_BYTES 600u /* of a sentence, to each side */
#define PERIOD_BYTES 80u /* of a period behind its first year */

/* The sentence around bytes at..end. */
static struct slice sentence_around(struct slice s, size_t at, size_t end)
{
    const struct slice stop = SLICE_LIT("。");
    struct slice before = text_cut(s, 0, at);
    size_t from = at > REACH_BYTES ? at - REACH_BYTES : 0;
    ptrdiff_t hit;

    while ((hit = slice_find(slice_from(before, from), stop)) >= 0)
        from += (size_t)hit + stop.len;
    hit = slice_find(text_cut(s, end, end + REACH_BYTES), stop);
    return text_cut(s, from, hit < 0 ? end : end + (size_t)hit);
}

static bool speaks_of_statistics(struct slice sentence)
{
    static const char *const words[] = { "统计", "数据", "期限", "时限", "期间",
        "报告期", "截止", "截至", NULL };

    for (size_t i = 0; words[i]; i++) {
        if (text_has(sentence, words[i]))
            return true;
    }
    return false;
}

/* The period that begins at the year `y` of folded text. */
static struct period period_at(struct slice s, const struct text_year *y)
{
    const struct slice last = SLICE_LIT("12月31日");
    struct period p = { 0, 0, { NULL, 0 } };
    struct slice rest = text_cut(s, y->end, y->end + PERIOD_BYTES);
    struct text_year to;
    ptrdiff_t end;

    if (!text_starts(rest, "1月1日") && !text_starts(rest, "01月01日") &&
        !text_starts(rest, "元月1日"))
        return p;
    end = slice_find(rest, last);
    if (end < 0 || text_chars(text_cut(rest, 0, (size_t)end)) > 20)
        return p;
    to = text_find_year(text_cut(rest, 0, (size_t)end), 0, false);
    p.text = sentence_around(s, y->at, y->end + (size_t)end + last.len);
    if (!speaks_of_statistics(p.text))
        return (struct period){ 0, 0, { NULL, 0 } };
    p.from = y->year;
    p.to = to.year != 0 ? to.year : y->year;
    return p;
}

static struct period line_period(const struct line *line, struct arena *a)
{
    struct period p = { 0, 0, { NULL, 0 } };
    struct slice s = line->plain;
    struct text_year y;

    /* folding is for the few lines that may hold one */
    if (!text_has(line->text, "31") || !text_has(line->text, "日"))
        return p;
    if (s.len == 0)
        s = text_fold(a, line->text);
    for (y = text_find_year(s, 0, false); y.year != 0;
         y = text_find_year(s, y.end, false)) {
        p = period_at(s, &y);
        if (p.from != 0)
            return p;
    }
    return p;
}

struct period period_find(const struct lines *lines, struct arena *a)
{
    struct period p = { 0, 0, { NULL, 0 } };

    for (uint32_t i = 0; i < lines->line_n && p.from == 0; i++)
        p = line_period(&lines->line[i], a);
    return p;
}
