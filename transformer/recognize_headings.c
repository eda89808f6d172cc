/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recognize_headings - where the six sections begin.
 *
 * Each short line is scored as a heading of the section it resembles most:
 * by the forms' headings, else by the words that such headings are made of.
 * Of all lines the chain with rising section numbers and the highest sum
 * wins, so sub-headings, tables of contents and a missing heading do no
 * harm.  Among equals the later line wins: contents come before the text.
 */
#include "transformer/recognize.h"

#include <string.h>

enum numeral {
    NUMERAL_NONE,
    NUMERAL_TOP,   /* 一、 */
    NUMERAL_MINOR, /* （一） 1. */
};

enum {
    SCORE_LABEL = 40, /* the form's heading */
    SCORE_TYPO = 30,  /* nearly */
    SCORE_WORDS = 20, /* a heading of its kind */
    SCORE_OWN_NUMERAL = 8,
    SCORE_OTHER_NUMERAL = 4,
    SCORE_MINOR_NUMERAL = -15, /* with the section's number */
    SCORE_SUBHEADING = -40, /* （一）主动公开情况 within section one */
    SCORE_STYLED = 3,       /* <h2> and the like */
    SCORE_MIN = 15,         /* less is no heading */
};

#define HEADING_CHARS 45u

/* Cut the numeral off; *number is its value, 0 without. */
static enum numeral take_numeral(struct slice *s, uint32_t *number)
{
    static const char *const digits[] = { "一", "二", "三", "四", "五", "六",
        "七", "八", "九", "十" };
    static const char *const ends[] = { "、", ".", ",", ":", "部分", ")",
        NULL };
    struct slice rest = *s;
    bool bracket = text_starts(rest, "("), chinese = false;

    *number = 0;
    if (bracket)
        rest = slice_from(rest, 1);
    else if (text_starts(rest, "第"))
        rest = slice_from(rest, strlen("第"));
    for (uint32_t i = 0; i < 10 && !chinese; i++) {
        if (text_starts(rest, digits[i])) {
            rest = slice_from(rest, strlen(digits[i]));
            *number = i + 1;
            chinese = true;
        }
    }
    /* 1. and (1) are both below 一、 */
    for (; !chinese && rest.len > 0 && rest.p[0] >= '0' && rest.p[0] <= '9';
         rest = slice_from(rest, 1)) {
        *number = *number < 100 ? *number * 10 + (uint32_t)(rest.p[0] - '0')
                                : *number;
        bracket = true;
    }
    if (!chinese && !bracket)
        return NUMERAL_NONE;
    for (size_t i = 0; ends[i]; i++) {
        if (!text_starts(rest, ends[i]))
            continue;
        bracket = bracket || ends[i][0] == ')';
        *s = slice_from(rest, strlen(ends[i]));
        return bracket ? NUMERAL_MINOR : NUMERAL_TOP;
    }
    if (bracket)
        return NUMERAL_MINOR;
    *s = rest;
    return NUMERAL_TOP;
}

/* A heading of section `n` by its words; `letters` without the numeral.
 * With its own numeral the words may stand anywhere. */
static bool has_heading_words(struct slice l, uint32_t n, bool numbered)
{
    bool ends = text_ends(l, "情况");

    switch (n) {
    case 1:
        return slice_eq_str(l, "基本情况") || slice_eq_str(l, "概述") ||
               slice_eq_str(l, "概况") || text_ends(l, "总体情况");
    case 2:
        return text_has(l, "主动公开") && ends &&
               (numbered || text_starts(l, "主动公开") ||
                   text_starts(l, "政府信息主动公开"));
    case 3:
        return text_has(l, "申请") && ends && !text_has(l, "复议") &&
               (text_has(l, "处理") || text_has(l, "办理")) &&
               (numbered || text_has(l, "公开"));
    case 4:
        return text_has(l, "复议") && ends &&
               (numbered ||
                   (text_has(l, "诉讼") && (text_starts(l, "因") ||
                                               text_starts(l, "政府信息公开") ||
                                               text_starts(l, "行政"))));
    case 5:
        return (text_has(l, "问题") || text_has(l, "不足")) &&
               (text_has(l, "改进") || text_has(l, "措施") ||
                   (numbered && text_has(l, "存在")));
    case 6:
        return text_starts(l, "其他需要") || text_starts(l, "其它需要") ||
               text_starts(l, "需要报告") || text_starts(l, "其他报告事项") ||
               (numbered && text_starts(l, "其他"));
    default:
        return false;
    }
}

/* A heading of the forms, ready for comparison. */
struct label {
    uint32_t section;
    struct slice letters;
    size_t chars;
    unsigned typos; /* edits that still mean it */
};

struct labels {
    struct label *label;
    uint32_t label_n;
};

static void add_label(
    struct labels *l, uint32_t section, const char *text, struct arena *a)
{
    struct slice letters = text_letters(a, text_fold(a, slice_str(text)));
    size_t chars;

    for (uint32_t i = 0; i < l->label_n; i++) {
        if (slice_eq(l->label[i].letters, letters))
            return;
    }
    chars = text_chars(letters);
    l->label[l->label_n++] =
        (struct label){ section, letters, chars, chars >= 8 ? 2 : 1 };
}

static struct labels labels_make(const struct forms *forms, struct arena *a)
{
    const struct form_section *s;
    struct labels l = { NULL, 0 };
    size_t n = 0;

    for (unsigned f = 0; forms && f < forms->form_n; f++) {
        for (unsigned i = 0; i < forms->form[f]->sections_count; i++)
            n += 1 + forms->form[f]->sections[i].variants_count;
    }
    l.label = arena_alloc_n(a, n + 1, sizeof(*l.label));
    for (unsigned f = 0; forms && f < forms->form_n; f++) {
        for (unsigned i = 0; i < forms->form[f]->sections_count; i++) {
            s = &forms->form[f]->sections[i];
            add_label(&l, s->number, s->heading, a);
            for (unsigned v = 0; v < s->variants_count; v++)
                add_label(&l, s->number, s->variants[v], a);
        }
    }
    return l;
}

static int label_score(
    struct slice letters, const struct labels *labels, uint32_t section)
{
    size_t chars = text_chars(letters);
    int best = 0;

    for (uint32_t i = 0; i < labels->label_n; i++) {
        const struct label *l = &labels->label[i];

        if (l->section != section || chars > l->chars + l->typos ||
            l->chars > chars + l->typos)
            continue;
        if (slice_eq(letters, l->letters))
            return SCORE_LABEL;
        if (text_distance(letters, l->letters, l->typos) <= l->typos)
            best = SCORE_TYPO;
    }
    return best;
}

struct guess {
    uint32_t section; /* 1-6, 0 for no heading */
    int score;
};

/* Some word of every heading there is; spares the rest the comparisons. */
static bool may_be_heading(struct slice plain)
{
    static const char *const words[] = { "情况", "问题", "事项", "概述", "概况",
        "措施", "公开", "诉讼", "总体", NULL };

    if (plain.len == 0 || text_chars(plain) > HEADING_CHARS ||
        text_ends(plain, "。") || text_has(plain, ">"))
        return false;
    for (size_t i = 0; words[i]; i++) {
        if (text_has(plain, words[i]))
            return true;
    }
    return false;
}

static struct guess guess_section(
    const struct line *line, const struct labels *labels, struct arena *a)
{
    struct slice rest = line->plain, letters;
    struct guess best = { 0, SCORE_MIN - 1 };
    enum numeral numeral;
    uint32_t number;

    if (!may_be_heading(rest))
        return best;
    numeral = take_numeral(&rest, &number);
    letters = text_letters(a, rest);
    for (uint32_t n = 1; n <= SECTION_N; n++) {
        int score = label_score(letters, labels, n);
        if (score == 0 && has_heading_words(letters, n,
                              numeral == NUMERAL_TOP && number == n))
            score = SCORE_WORDS;
        if (score == 0)
            continue;
        if (numeral == NUMERAL_TOP)
            score += number == n ? SCORE_OWN_NUMERAL : SCORE_OTHER_NUMERAL;
        if (numeral == NUMERAL_MINOR)
            score += number == n ? SCORE_MINOR_NUMERAL : SCORE_SUBHEADING;
        score += line->heading > 0 ? SCORE_STYLED : 0;
        if (score > best.score)
            best = (struct guess){ n, score };
    }
    return best;
}

/* The best chain that ends with one section, so far. */
struct chain {
    int total;
    int32_t line[SECTION_N];
};

void headings_find(const struct lines *lines, const struct forms *forms,
    struct arena *a, struct headings *out)
{
    struct labels labels = labels_make(forms, a);
    struct chain best[SECTION_N + 1], grown;

    memset(best, 0, sizeof(best));
    memset(best[0].line, 0xff, sizeof(best[0].line));
    for (uint32_t i = 0; i < lines->line_n; i++) {
        struct guess g = guess_section(&lines->line[i], &labels, a);
        if (g.section == 0)
            continue;
        grown = best[0];
        for (uint32_t s = 1; s < g.section; s++) {
            if (best[s].total >= grown.total && best[s].total > 0)
                grown = best[s];
        }
        grown.total += g.score;
        grown.line[g.section - 1] = (int32_t)i;
        if (grown.total >= best[g.section].total)
            best[g.section] = grown;
    }
    grown = best[0];
    for (uint32_t s = 1; s <= SECTION_N; s++) {
        if (best[s].total >= grown.total && best[s].total > 0)
            grown = best[s];
    }
    memset(out, 0, sizeof(*out));
    memcpy(out->line, grown.line, sizeof(out->line));
    for (uint32_t s = 0; s < SECTION_N; s++) {
        out->found_n += out->line[s] >= 0;
        out->core_n += s < 4 && out->line[s] >= 0;
    }
}
