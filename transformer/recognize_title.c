/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recognize_title - what the document calls itself.
 *
 * A title names a body, a year and a kind: 平潭综合实验区 | 2022年度 |
 * 政府信息公开工作年度报告.  Pages say it in a meta tag, a heading, <title>
 * and the link to them, each with its own omissions, and reports made by
 * word processors break it over several paragraphs.  All of them are cut
 * and weighed; what the best one lacks the next one gives.
 */
#include "transformer/recognize.h"

#include <string.h>

#define TITLE_CHARS 90u
#define NAME_CHARS 60u
#define TITLE_LINES 400u      /* looked at before the first heading */
#define TITLE_LINES_ALONE 80u /* looked at where there is no heading */
#define PIECES_MAX 5u         /* paragraphs a title is broken over */

static const struct slice none = { NULL, 0 };

/* ---- kinds of titles ---------------------------------------------------- */

/* Start of the words that name the subject, or -1. */
static ptrdiff_t subject_at(struct slice plain)
{
    static const char *const subjects[] = { "政府信息公开", "政务信息公开",
        "政务公开", "信息公开", NULL };

    for (size_t i = 0; subjects[i]; i++) {
        ptrdiff_t at = slice_find(plain, slice_str(subjects[i]));
        if (at >= 0)
            return at;
    }
    /* a title with a typo in it: 政府信息公工作年度报告 */
    if (text_has(plain, "年度报告") || text_has(plain, "年报"))
        return slice_find(plain, SLICE_LIT("政府信息"));
    return -1;
}

static bool has_any(struct slice s, const char *const *words)
{
    for (size_t i = 0; words[i]; i++) {
        if (text_has(s, words[i]))
            return true;
    }
    return false;
}

/* A sentence about the report, not its title. */
static bool is_sentence(struct slice plain)
{
    static const char *const words[] = { "。", ",", ";", "根据", "依据", "按照",
        "本报告", "以下简称", NULL };

    return has_any(plain, words);
}

/* A title that speaks of the report without being it. */
static bool is_about_reports(struct slice plain)
{
    static const char *const words[] = { "编制", "格式", "下载", NULL };

    return has_any(plain, words);
}

/* It says annual report, or what bodies write for it. */
static bool has_annual_words(struct slice plain)
{
    return text_has(plain, "年度报告") || text_has(plain, "年报") ||
           text_has(plain, "工作报告") || text_has(plain, "年度工作报告") ||
           text_has(plain, "年度总结") || text_has(plain, "工作总结") ||
           (text_find_year(plain, 0, true).year != 0 &&
               text_has(plain, "报告"));
}

const char *title_refusal(struct slice plain, bool *is_cover)
{
    static const struct {
        const char *word;
        const char *why;
        bool at_end, cover;
    } kinds[] = {
        { "自查", "a self-check report (自查)", false, false },
        { "图解", "a picture of a report (图解)", false, false },
        { "一图读懂", "a picture of a report (图解)", false, false },
        { "一图看懂", "a picture of a report (图解)", false, false },
        { "长图", "a picture of a report (图解)", false, false },
        { "解读", "an explanation of a report (解读)", false, false },
        { "汇总", "a summary over several bodies (汇总)", false, false },
        { "一览表", "a summary over several bodies (一览表)", false, false },
        { "评估报告", "an assessment (评估报告)", false, false },
        { "考核", "an assessment (考核)", false, false },
        { "工作要点", "a plan of work (工作要点)", false, false },
        { "报告格式", "the form of reports (格式), not one", false, false },
        { "模板", "the form of reports (模板), not one", false, false },
        { "填报说明", "how to fill in a report (填报说明)", false, false },
        { "学年", "a school's report on its school year (学年)", false, false },
        { "公开指南", "the disclosure guide (指南)", false, false },
        { "工作年度报表", "the web site's yearly form (报表)", false, false },
        { "通知", "a notice (通知)", true, true },
        { "函", "a letter (函)", true, true },
        { "公告", "an announcement (公告)", true, true },
        { "公示", "an announcement (公示)", true, true },
        { "通报", "a circular (通报)", true, true },
        { "批复", "a reply (批复)", true, true },
    };
    static const char *const subjects[] = { "法治政府建设", "依法行政", "预算",
        "决算", "财政收支", "政府工作报告", "统计公报", "审计工作", NULL };

    *is_cover = false;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (kinds[i].at_end ? !text_ends(plain, kinds[i].word)
                            : !text_has(plain, kinds[i].word))
            continue;
        *is_cover = kinds[i].cover;
        return kinds[i].why;
    }
    for (size_t i = 0; subjects[i] && subject_at(plain) < 0; i++) {
        if (text_has(plain, subjects[i]))
            return "a report on something else than open government";
    }
    return NULL;
}

/* ---- cutting a title ------------------------------------------------------
 */

/* Drop one of `words` at the start or at the end of *s. */
static bool drop_first(struct slice *s, const char *const *words)
{
    for (size_t i = 0; words[i]; i++) {
        if (s->len > 0 && text_starts(*s, words[i])) {
            *s = slice_from(*s, strlen(words[i]));
            return true;
        }
    }
    return false;
}

static bool drop_last(struct slice *s, const char *const *words)
{
    for (size_t i = 0; words[i]; i++) {
        if (s->len > 0 && text_ends(*s, words[i])) {
            s->len -= strlen(words[i]);
            return true;
        }
    }
    return false;
}

/* 附件1： and 附 before a title; 附属医院 keeps its 附. */
static struct slice drop_attachment(struct slice s)
{
    if (text_starts(s, "附属") || text_starts(s, "附城"))
        return s;
    if (!text_starts(s, "附"))
        return s;
    s = slice_from(s, strlen("附"));
    if (text_starts(s, "件"))
        s = slice_from(s, strlen("件"));
    while (
        s.p && s.len > 0 && ((s.p[0] >= '0' && s.p[0] <= '9') || s.p[0] == ':'))
        s = slice_from(s, 1);
    return s;
}

/* Of 县政府办公室关于公布某县 the part the report is about, else the part
 * that speaks. */
static struct slice about_whom(struct slice s)
{
    static const char *const verbs[] = { "公布", "发布", "报送", "上报", "印发",
        "公开", "公示", NULL };
    const struct slice about = SLICE_LIT("关于");
    ptrdiff_t at = slice_find(s, about);
    struct slice whom;

    if (at < 0)
        return s;
    whom = slice_from(s, (size_t)at + about.len);
    while (drop_first(&whom, verbs))
        ;
    return text_chars(whom) < 2 ? text_cut(s, 0, (size_t)at) : whom;
}

/* The name of a body without what titles put around it. */
static struct slice clean_name(struct slice s)
{
    static const char *const first[] = { "关于", "《", "<", "\"", "'", "_", "-",
        "|", "·", ":", ",", "、", ".", "年度", "的", ")", NULL };
    static const char *const last[] = { "关于", "的", "《", "<", "\"", "'", "_",
        "-", "|", "·", ":", ",", "、", ".", "年度", "(", NULL };

    s = about_whom(drop_attachment(s));
    while (drop_first(&s, first))
        ;
    while (drop_last(&s, last))
        ;
    if (text_chars(s) < 2 || text_chars(s) > NAME_CHARS ||
        text_starts(s, "本机关") || text_starts(s, "本单位") ||
        slice_eq_str(s, "年度") || slice_eq_str(s, "部门"))
        return none;
    return s;
}

/* `s` without the years in it. */
static struct slice without_years(struct arena *a, struct slice s)
{
    char *out = arena_alloc(a, s.len + 1);
    struct text_year y;
    size_t from = 0, len = 0;

    do {
        y = text_find_year(s, from, true);
        memcpy(out + len, s.p + from, y.at - from);
        len += y.at - from;
        from = y.end;
    } while (y.year != 0);
    return (struct slice){ out, len };
}

/* A body behind the title: ...年度报告（财政局）, ...年度报告-财政局. */
static struct slice name_behind(struct slice plain, size_t from)
{
    static const char *const around[] = { "(", ")", "-", "_", ":", "|", "·",
        NULL };
    struct slice s = slice_from(plain, from);
    ptrdiff_t at;

    while ((at = slice_find(s, SLICE_LIT("报告"))) >= 0 ||
           (at = slice_find(s, SLICE_LIT("年报"))) >= 0)
        s = slice_from(s, (size_t)at + strlen("报告"));
    while (drop_first(&s, around) || drop_last(&s, around))
        ;
    return line_is_body_name(s) ? clean_name(s) : none;
}

/* The year that stands nearest before the subject, else the first. */
static uint32_t title_year(struct slice plain, size_t subject)
{
    struct text_year y = text_find_year(plain, 0, true);
    uint32_t year = y.year;

    while (y.year != 0 && y.at < subject) {
        year = y.year;
        y = text_find_year(plain, y.end, true);
    }
    return year;
}

static struct slice one_line(struct arena *a, struct slice s)
{
    char *out = arena_alloc(a, s.len + 1);

    if (s.len > 0)
        memcpy(out, s.p, s.len);
    for (size_t i = 0; i < s.len; i++) {
        if (out[i] == '\n' || out[i] == '\t' || out[i] == '\r')
            out[i] = ' ';
    }
    return slice_trim((struct slice){ out, s.len });
}

struct title title_parse(struct arena *a, struct slice text)
{
    struct title t = { .text = one_line(a, text) };
    ptrdiff_t subject;
    const char *refusal;

    t.plain = drop_attachment(text_fold(a, t.text));
    subject = subject_at(t.plain);
    if (subject < 0 || is_sentence(t.plain))
        return t;
    refusal = title_refusal(t.plain, &t.is_cover);
    t.is_annual = !refusal && has_annual_words(t.plain) &&
                  text_chars(t.plain) <= TITLE_CHARS &&
                  !is_about_reports(t.plain);
    t.is_cover = t.is_cover && has_annual_words(t.plain);
    t.year = title_year(t.plain, (size_t)subject);
    t.organization =
        clean_name(without_years(a, text_cut(t.plain, 0, (size_t)subject)));
    if (t.organization.len == 0)
        t.organization = name_behind(t.plain, (size_t)subject);
    return t;
}

/* ---- collecting ------------------------------------------------------------
 */

bool line_is_body_name(struct slice s)
{
    static const char *const ends[] = { "政府", "办公室", "办公厅", "办事处",
        "委员会", "管委会", "局", "委", "厅", "处", "部", "院", "会", "镇",
        "乡", "街道", "区", "县", "市", "州", "盟", "旗", "省", "站", "所",
        "中心", "队", "社", "馆", "台", "署", "大学", "学校", "中学", "小学",
        "公司", "银行", "支行", "场", "苏木", "海关", "集团", NULL };

    if (text_chars(s) < 2 || text_chars(s) > NAME_CHARS || text_has(s, ">") ||
        text_has(s, "。") || text_has(s, ",") || text_has(s, ":") ||
        text_has(s, ";") || text_has(s, "|") || text_has(s, "/"))
        return false;
    if (text_ends(s, ")")) {
        ptrdiff_t open = slice_find(s, SLICE_LIT("("));

        if (open <= 0)
            return false;
        s.len = (size_t)open;
    }
    for (size_t i = 0; ends[i]; i++) {
        if (text_ends(s, ends[i]))
            return true;
    }
    return false;
}

static int bracket_balance(struct slice s)
{
    int n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += s.p[i] == '(' ? 1 : s.p[i] == ')' ? -1 : 0;
    return n;
}

/* A line that holds a year, a body, or both, and nothing else. */
static bool is_piece(struct arena *a, struct slice plain)
{
    struct slice rest = without_years(a, drop_attachment(plain));

    return rest.len == 0 || line_is_body_name(rest) || text_ends(plain, ")");
}

/* First of the lines that make up the title ending in line `last`. */
static uint32_t title_first(
    struct arena *a, const struct lines *lines, uint32_t last)
{
    uint32_t first = last, i;
    struct slice p = lines->line[last].plain;
    int open = bracket_balance(p);

    for (i = last; i-- > 0 && last - i < PIECES_MAX;) {
        p = lines->line[i].plain;
        if (p.len == 0 || text_chars(p) > NAME_CHARS || text_has(p, ">"))
            break;
        if (open == 0 && !is_piece(a, p))
            break;
        open += bracket_balance(p);
        first = i;
        /* the body's name is complete; a year alone is not */
        if (open == 0 && !text_starts(p, "(") && without_years(a, p).len > 0)
            break;
    }
    return open == 0 ? first : last;
}

static struct title joined_title(
    struct arena *a, const struct lines *lines, uint32_t first, uint32_t last)
{
    struct slice all = none;

    for (uint32_t i = first; i <= last; i++)
        all = arena_printf(
            a, "%.*s%.*s", SLICE_ARG(all), SLICE_ARG(lines->line[i].text));
    return title_parse(a, all);
}

/* The title that has line `i` in it: alone, with the lines before, or with
 * the one behind it (政府信息公开工作 / 年度报告). */
static struct title title_around(
    struct arena *a, const struct lines *lines, uint32_t i)
{
    uint32_t last = i;
    struct title t = title_parse(a, lines->line[i].text), longer;

    if (subject_at(t.plain) >= 0 && !has_annual_words(t.plain) &&
        i + 1 < lines->line_n && text_chars(lines->line[i + 1].plain) <= 20) {
        longer = joined_title(a, lines, i, i + 1);
        if (longer.is_annual) {
            t = longer;
            last = i + 1;
        }
    }
    if (t.is_annual && (t.organization.len == 0 || t.year == 0)) {
        longer = joined_title(a, lines, title_first(a, lines, i), last);
        if (longer.is_annual)
            return longer;
    }
    return t;
}

/* `s` up to the site's suffixes: title_column_site, title-site. */
static struct slice without_site(struct slice s)
{
    static const char *const marks[] = { "_", "|", "－", " - ", "-", "–", "—",
        NULL };

    for (size_t i = 0; marks[i]; i++) {
        ptrdiff_t at = slice_find(s, SLICE_LIT("报"));
        size_t from = at < 0 ? 0 : (size_t)at;
        at = slice_find(slice_from(s, from), slice_str(marks[i]));
        if (at >= 0 && from + (size_t)at > 0)
            s.len = from + (size_t)at;
    }
    return slice_trim(s);
}

static int title_weight(const struct title *t)
{
    if (t->text.len == 0)
        return -1;
    /* without year and body it is the name of a column */
    if (t->year == 0 && t->organization.len == 0)
        return t->is_annual ? 1 : 0;
    return (t->is_annual ? 8 : 0) + (t->year != 0 ? 2 : 0) +
           (t->organization.len > 0 ? 3 : 0);
}

/* The earlier one of equals stays: callers offer the best source first. */
static void offer(struct titles *out, const struct title *t)
{
    bool better = title_weight(t) > title_weight(&out->best);

    if (better)
        out->best = *t;
    if (!t->is_annual && !t->is_cover)
        return;
    if (t->organization.len > 0 && out->organization.len == 0)
        out->organization = t->organization;
    if (t->year != 0 && out->year == 0)
        out->year = t->year;
    else if (t->year != 0 && t->year != out->year)
        out->other_year = t->year;
}

static void offer_text(struct titles *out, struct arena *a, struct slice text)
{
    struct title t;

    if (text.len == 0 || text.len > (size_t)3 * LINE_SHORT_BYTES)
        return;
    t = title_parse(a, text);
    offer(out, &t);
}

/* Titles in the lines before the first heading, of the greatest weight. */
struct line_titles {
    struct title first, last;
    struct title heading; /* the first in a heading element */
    bool differ;          /* they are not all of one body and year */
};

static bool same_report(const struct title *a, const struct title *b)
{
    return a->year == b->year && slice_eq(a->organization, b->organization);
}

static void weigh_line(
    struct line_titles *to, const struct title *t, bool heading)
{
    int more = title_weight(t) - title_weight(&to->first);

    if (more > 0)
        *to = (struct line_titles){ .first = *t, .last = *t };
    if (more < 0)
        return;
    to->differ = to->differ || !same_report(t, &to->first);
    to->last = *t;
    if (heading && to->heading.text.len == 0)
        to->heading = *t;
}

/* The page's own title is the first one.  But before it may stand a list of
 * other reports; then it is the one that the page is named after, or stands
 * in a heading, or nearest to the body. */
static struct title own_title(
    const struct line_titles *of, struct slice page, struct arena *a)
{
    struct title named;

    if (!of->differ)
        return of->first;
    named = title_parse(a, page);
    if (title_weight(&named) >= title_weight(&of->first))
        return named;
    return of->heading.text.len > 0 ? of->heading : of->last;
}

static void offer_lines(struct titles *out, const struct lines *lines,
    const struct headings *heads, struct slice page, struct arena *a)
{
    uint32_t end =
        lines->line_n < TITLE_LINES_ALONE ? lines->line_n : TITLE_LINES_ALONE;
    struct line_titles found = { .differ = false };
    struct title t;

    for (uint32_t s = 0; s < SECTION_N; s++) {
        if (heads->line[s] >= 0) {
            end = (uint32_t)heads->line[s];
            break;
        }
    }
    for (uint32_t i = end > TITLE_LINES ? end - TITLE_LINES : 0; i < end; i++) {
        struct slice p = lines->line[i].plain;
        if (p.len == 0 || text_has(p, ">") || is_sentence(p) ||
            (!text_has(p, "公开") && !text_has(p, "年度报告") &&
                !text_has(p, "年报") && lines->line[i].heading == 0))
            continue;
        t = title_around(a, lines, i);
        weigh_line(&found, &t, lines->line[i].heading > 0);
    }
    t = own_title(&found, page, a);
    offer(out, &t);
}

void titles_find(const struct document *doc, const struct lines *lines,
    const struct headings *heads, const struct extract_hints *hints,
    struct arena *a, struct titles *out)
{
    struct titles linked;

    memset(out, 0, sizeof(*out));
    offer_text(out, a, document_meta_find(doc, "ArticleTitle"));
    offer_text(out, a, document_meta_find(doc, "ucaptitle"));
    offer_lines(out, lines, heads, without_site(doc->title), a);
    offer_text(out, a, without_site(doc->title));
    if (out->best.is_annual && out->year != 0 && out->organization.len > 0)
        return;
    /* the link's words fill gaps, but never contradict the document */
    linked = *out;
    offer_text(&linked, a, hints->title);
    out->best = linked.best;
    out->organization = linked.organization;
    out->year = linked.year;
}
