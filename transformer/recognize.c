/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recognize - is it an annual report, whose, and on which year.
 *
 * The title alone decides nothing: notices, letters and pictures of reports
 * carry the same words, and real reports lose theirs.  At least two of the
 * first four section headings, or one table with a form's labels, must be
 * in the body.  The year comes from the title, else from the stated period;
 * never from an address or the date of publication alone.
 */
#include "transformer/recognize.h"

#include <string.h>

#define FIRST_FORM_YEAR 2019u /* earlier reports have other tables */
#define CORE_SECTIONS_MIN 2u
#define REPORT_LINKS_MIN 3u /* links to reports that make a list page */
#define FILLED_CELLS_MIN                                                       \
    10u /* numbers that make a table more than a sample                        \
         */

/* ---- published ------------------------------------------------------------
 */

static bool is_date_label(struct slice plain)
{
    static const char *const labels[] = { "发布日期", "发布时间", "公开日期",
        "公开时间", "发文日期", "时间:", "日期:", NULL };

    for (size_t i = 0; labels[i]; i++) {
        if (text_starts(plain, labels[i]))
            return true;
    }
    return text_has(plain, "发布日期:") || text_has(plain, "发布时间:") ||
           text_has(plain, "时间:");
}

static struct slice date_of_lines(
    const struct lines *lines, uint32_t end, struct arena *a)
{
    struct slice date = { NULL, 0 };

    for (uint32_t i = 0; i < end && date.len == 0; i++) {
        if (is_date_label(lines->line[i].plain))
            date = text_find_date(a, lines->line[i].plain);
    }
    return date;
}

/* The cell behind the one that satisfies `is_label`, in the small tables
 * that portals put above an article (索引号, 发布机构, 公开日期). */
static struct slice index_value(const struct document *doc, struct arena *a,
    bool (*is_label)(struct slice plain))
{
    for (uint32_t i = 0; i < doc->table_n && i < 8; i++) {
        const struct document_table *t = &doc->tables[i];
        for (uint32_t k = 0; k + 1 < t->cell_n && t->cell_n <= 40; k++) {
            if (t->cells[k].text.len > 0 &&
                t->cells[k].text.len <= LINE_SHORT_BYTES &&
                t->cells[k].row == t->cells[k + 1].row &&
                is_label(text_fold(a, t->cells[k].text)))
                return text_fold(a, t->cells[k + 1].text);
        }
    }
    return (struct slice){ NULL, 0 };
}

static struct slice find_published(const struct document *doc,
    const struct lines *lines, uint32_t body, const struct extract_hints *hints,
    struct arena *a)
{
    static const char *const names[] = { "PubDate", "publishdate", "pubtime",
        "publishtime", "article:published_time", NULL };
    struct slice date = { NULL, 0 };

    for (size_t i = 0; names[i] && date.len == 0; i++)
        date = text_find_date(
            a, text_cut(document_meta_find(doc, names[i]), 0, 20));
    if (date.len == 0)
        date = date_of_lines(lines, body, a);
    if (date.len == 0)
        date = text_find_date(a, index_value(doc, a, is_date_label));
    if (date.len == 0)
        date = text_find_date(a, hints->list_date);
    return date;
}

/* ---- organization ---------------------------------------------------------
 */

static bool is_body_label(struct slice plain)
{
    static const char *const labels[] = { "发布机构", "公开主体", "发布单位",
        "发文机关", "公开机构", NULL };

    for (size_t i = 0; labels[i]; i++) {
        if (text_starts(plain, labels[i]))
            return true;
    }
    return false;
}

static bool is_date_line(struct slice plain, struct arena *a)
{
    struct text_year y = text_find_year(plain, 0, false);

    if (y.year == 0 || y.at != 0 || text_chars(plain) > 14)
        return false;
    return text_find_date(a, plain).len > 0 || text_ends(plain, "日") ||
           text_ends(plain, "月");
}

/* The name above the date at the end of the text. */
static struct slice find_signature(
    const struct lines *lines, const struct headings *heads, struct arena *a)
{
    uint32_t from = lines->line_n;

    for (uint32_t s = 0; s < SECTION_N; s++) {
        if (heads->line[s] >= 0)
            from = (uint32_t)heads->line[s];
    }
    for (uint32_t i = from; i + 1 < lines->line_n; i++) {
        if (line_is_footer(lines->line[i].plain))
            break;
        if (is_date_line(lines->line[i + 1].plain, a) &&
            line_is_body_name(lines->line[i].plain))
            return lines->line[i].plain;
    }
    return (struct slice){ NULL, 0 };
}

/* Folding made the brackets narrow; names are printed with wide ones. */
static struct slice widen_brackets(struct arena *a, struct slice s)
{
    const struct slice open = SLICE_LIT("（"), close = SLICE_LIT("）");
    char *out;
    size_t len = 0;

    if (!s.p || (slice_find(s, SLICE_LIT("(")) < 0 &&
                    slice_find(s, SLICE_LIT(")")) < 0))
        return s;
    out = arena_alloc(a, 3 * s.len + 1);
    for (size_t i = 0; i < s.len; i++) {
        struct slice mark = s.p[i] == '('   ? open
                            : s.p[i] == ')' ? close
                                            : text_cut(s, i, i + 1);
        memcpy(out + len, mark.p, mark.len);
        len += mark.len;
    }
    return (struct slice){ out, len };
}

static struct slice find_organization(const struct document *doc,
    const struct lines *lines, const struct headings *heads,
    const struct titles *titles, const struct extract_hints *hints,
    struct arena *a)
{
    struct slice name = titles->organization;

    if (name.len == 0 && hints->organization.len > 0)
        name = arena_slice(a, hints->organization);
    if (name.len == 0)
        name = find_signature(lines, heads, a);
    if (name.len == 0) {
        name = index_value(doc, a, is_body_label);
        if (!line_is_body_name(name))
            name = (struct slice){ NULL, 0 };
    }
    return widen_brackets(a, name);
}

/* ---- is it one -------------------------------------------------------------
 */

static void refuse(struct record *rec, struct slice reason)
{
    rec->status = REPORT_UNRECOGNIZED;
    rec->reasons = arena_alloc_n(rec->arena, 1, sizeof(*rec->reasons));
    rec->reasons[0] = reason;
    rec->reason_n = 1;
}

static bool is_error_page(
    const struct titles *titles, const struct lines *lines)
{
    static const char *const words[] = { "404", "403Forbidden", "NotFound",
        "页面不存在", "页面没有找到", "您访问的页面", "无法访问", "出错",
        "系统维护", NULL };

    for (size_t i = 0; words[i]; i++) {
        if (text_has(titles->best.plain, words[i]))
            return true;
        for (uint32_t k = 0; k < lines->line_n && k < 20; k++) {
            if (lines->line_n < 40 && text_has(lines->line[k].plain, words[i]))
                return true;
        }
    }
    return false;
}

/* Why a body without headings and tables is no report. */
static struct slice empty_reason(const struct titles *titles,
    const struct lines *lines, const struct evidence *e, struct arena *a)
{
    if (e->text_chars == 0)
        return SLICE_LIT("report.none: the document holds no text");
    if (e->report_link_n >= REPORT_LINKS_MIN)
        return arena_printf(a,
            "report.none: a list of %u reports, not a report",
            e->report_link_n);
    if (titles->best.is_annual && e->attachment_n > 0)
        return arena_printf(a,
            "report.body_missing: the page is titled as the annual report "
            "but only links to it (%u attachments)",
            e->attachment_n);
    if (titles->best.is_annual && titles->best.year != 0)
        return SLICE_LIT("report.body_missing: titled as the annual report, "
                         "but neither its sections nor its tables are here");
    if (is_error_page(titles, lines))
        return SLICE_LIT("report.none: an error page");
    return SLICE_LIT("report.none: neither title, sections nor tables of an "
                     "annual report on open government");
}

/* Fill rec->reasons when it is no report. */
static enum report_kind decide(const struct document *doc,
    const struct lines *lines, const struct headings *heads,
    const struct titles *titles, const struct forms *forms, struct record *rec)
{
    struct arena *a = rec->arena;
    struct evidence e;
    bool is_cover = false;
    const char *why = title_refusal(titles->best.plain, &is_cover);

    if (why && !is_cover) {
        refuse(rec, arena_printf(a, "report.none: %s", why));
        return REPORT_NONE;
    }
    if (!why && heads->core_n >= CORE_SECTIONS_MIN &&
        rec->year >= FIRST_FORM_YEAR)
        return REPORT_TABLES; /* no need to look at every cell */
    evidence_find(doc, lines, forms, a, &e);
    if (why && ((e.form_table_n == 0 && e.statistics_n == 0) ||
                   e.number_n < FILLED_CELLS_MIN)) {
        refuse(rec, arena_printf(a, "report.none: %s", why));
        return REPORT_NONE;
    }
    if (e.form_table_n > 0)
        return REPORT_TABLES;
    if (e.statistics_n > 0)
        return REPORT_STATISTICS;
    if (heads->core_n >= CORE_SECTIONS_MIN)
        return forms->statistics && rec->year != 0 &&
                       rec->year < FIRST_FORM_YEAR
                   ? REPORT_STATISTICS
                   : REPORT_TABLES;
    refuse(rec, empty_reason(titles, lines, &e, a));
    return REPORT_NONE;
}

enum report_kind extract_recognize(const struct document *doc,
    const struct outline *o, const struct extract_hints *hints,
    const struct forms *forms, struct record *rec)
{
    struct arena *a = rec->arena;
    uint32_t body = o->lines.line_n;

    for (uint32_t s = SECTION_N; s-- > 0;) {
        if (o->heads.line[s] >= 0)
            body = (uint32_t)o->heads.line[s];
    }
    rec->title = o->titles.best.text;
    rec->year = o->titles.year;
    if (rec->year == 0 && o->period.from == o->period.to)
        rec->year = o->period.to;
    rec->organization =
        find_organization(doc, &o->lines, &o->heads, &o->titles, hints, a);
    rec->published = find_published(doc, &o->lines, body, hints, a);
    return decide(doc, &o->lines, &o->heads, &o->titles, forms, rec);
}
