/* SPDX-License-Identifier: Apache-2.0 */
/*
 * prose - what the report says of itself, against what was read.
 *
 * Two families of checks of the whole report.  report.*: titles, period and
 * publication agree on the year, the body is known, the tables are all
 * there, no bytes were lost in decoding.  text.*: the numbers that section
 * one states in words (prose_numbers.c finds them).
 */
#include "transformer/prose.h"

#include <stdlib.h>
#include <string.h>

#define CHECKS_MAX 32u /* of this file and prose_numbers.c together */

struct check *prose_check(struct record *rec, const char *rule,
    enum check_severity severity, enum check_status status)
{
    struct check *c = &rec->checks[rec->check_n++];

    memset(c, 0, sizeof(*c));
    c->rule = slice_str(rule);
    c->source = SLICE_LIT("derivable");
    c->severity = severity;
    c->status = status;
    return c;
}

static struct slice year_text(struct arena *a, uint32_t year)
{
    if (year == 0)
        return (struct slice){ NULL, 0 };
    return arena_printf(a, "%u", year);
}

static uint32_t published_year(const struct record *rec)
{
    struct text_year y;

    if (rec->published.len < 4)
        return 0;
    y = text_find_year(rec->published, 0, true);
    return y.year;
}

static void check_year(struct record *rec, const struct titles *titles)
{
    uint32_t published = published_year(rec);
    struct check *c = prose_check(rec, "report.year", SEVERITY_ERROR,
        rec->year != 0 && titles->other_year == 0 ? CHECK_PASS : CHECK_FAIL);

    c->left = year_text(rec->arena, rec->year);
    c->right = year_text(rec->arena, titles->other_year);
    if (rec->year == 0 && published != 0)
        c->message = arena_printf(rec->arena,
            "neither the title nor a stated period names the year; the "
            "report was published in %u, so it may be on %u",
            published, published - 1);
    else if (rec->year == 0)
        c->message =
            SLICE_LIT("neither the title nor a stated period names the year");
    else if (titles->other_year != 0)
        c->message = arena_printf(rec->arena,
            "the document's titles name the years %u and %u", rec->year,
            titles->other_year);
}

/* A report need not state its period; one that does must mean its title's
 * year.  A publication date one year later is a second witness for the
 * title. */
static void check_period(struct record *rec, const struct period *period)
{
    bool stated = period->from != 0 && rec->year != 0;
    bool witness = published_year(rec) == rec->year + 1;
    bool agrees = period->from == rec->year && period->to == rec->year;
    struct check *c = prose_check(rec, "report.period",
        stated && !witness ? SEVERITY_ERROR : SEVERITY_WARNING,
        !stated  ? CHECK_NOT_EVALUABLE
        : agrees ? CHECK_PASS
                 : CHECK_FAIL);

    c->left = year_text(rec->arena, rec->year);
    c->right = year_text(rec->arena, period->to);
    if (c->status == CHECK_FAIL)
        c->message = arena_printf(rec->arena,
            "the title says %u, the stated period is %u to %u", rec->year,
            period->from, period->to);
}

static void check_published(struct record *rec)
{
    uint32_t published = published_year(rec);
    struct check *c = prose_check(rec, "report.published", SEVERITY_WARNING,
        published == 0 || rec->year == 0 ? CHECK_NOT_EVALUABLE
        : published == rec->year + 1     ? CHECK_PASS
                                         : CHECK_FAIL);

    c->left = year_text(rec->arena, rec->year + 1);
    c->right = year_text(rec->arena, published);
    if (rec->year == 0)
        c->left = (struct slice){ NULL, 0 };
    if (c->status == CHECK_FAIL)
        c->message = arena_printf(rec->arena,
            "a report on %u is due early in %u, this one was published in %u",
            rec->year, rec->year + 1, published);
}

/* A warning: the numbers of an unnamed body are no less right. */
static void check_organization(struct record *rec)
{
    bool known = rec->organization.len > 0;
    struct check *c = prose_check(rec, "report.organization", SEVERITY_WARNING,
        known ? CHECK_PASS : CHECK_FAIL);

    if (!known)
        c->message = SLICE_LIT("no title, signature or source names the body "
                               "that the report is of");
}

static uint32_t missing_cells(const struct record *rec, const char *table)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < rec->cell_n; i++)
        n += rec->cells[i].state == CELL_MISSING &&
             slice_eq_str(rec->cells[i].table, table);
    return n;
}

static uint32_t cells_of(const struct record *rec, const char *table)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < rec->cell_n; i++)
        n += slice_eq_str(rec->cells[i].table, table);
    return n;
}

static void check_tables(struct record *rec, enum report_kind kind)
{
    static const char *const three[] = { "proactive", "requests", "review" };
    static const char *const earlier[] = { "statistics" };
    const char *const *names = kind == REPORT_TABLES ? three : earlier;
    uint32_t name_n = kind == REPORT_TABLES ? 3 : 1;
    struct slice words = { NULL, 0 };
    uint32_t whole = 0;
    struct check *c;

    for (uint32_t i = 0; i < name_n; i++) {
        uint32_t all = cells_of(rec, names[i]);
        uint32_t missing = missing_cells(rec, names[i]);
        whole += all > 0 && missing == 0;
        if (all > 0 && missing == 0)
            continue;
        words = missing == all
                    ? arena_printf(rec->arena, "%.*s%s%s is not there",
                          SLICE_ARG(words), words.len > 0 ? "; " : "", names[i])
                    : arena_printf(rec->arena, "%.*s%s%s lacks %u of %u cells",
                          SLICE_ARG(words), words.len > 0 ? "; " : "", names[i],
                          missing, all);
    }
    c = prose_check(rec, "report.tables", SEVERITY_ERROR,
        whole == name_n ? CHECK_PASS : CHECK_FAIL);
    c->left = arena_printf(rec->arena, "%u", name_n);
    c->right = arena_printf(rec->arena, "%u", whole);
    c->message = words;
}

static bool has_lost_bytes(const struct record *rec)
{
    for (uint32_t i = 0; i < rec->cell_n; i++) {
        if (text_has(rec->cells[i].raw, "\xef\xbf\xbd"))
            return true;
    }
    return false;
}

static void check_decoding(const struct document *doc, struct record *rec)
{
    struct check *c = prose_check(rec, "report.decoding",
        has_lost_bytes(rec) ? SEVERITY_ERROR : SEVERITY_WARNING,
        doc->replaced_n == 0 ? CHECK_PASS : CHECK_FAIL);

    c->left = SLICE_LIT("0");
    c->right = arena_printf(rec->arena, "%u", doc->replaced_n);
    if (doc->replaced_n > 0)
        c->message =
            arena_printf(rec->arena, "%u bytes are no %.*s and were replaced",
                doc->replaced_n, SLICE_ARG(doc->charset));
}

void extract_prose(const struct document *doc, const struct outline *o,
    enum report_kind kind, struct record *rec)
{
    struct check *grown = arena_alloc_n(
        rec->arena, (size_t)rec->check_n + CHECKS_MAX, sizeof(*grown));

    if (rec->check_n > 0)
        memcpy(grown, rec->checks, rec->check_n * sizeof(*grown));
    rec->checks = grown;
    check_year(rec, &o->titles);
    check_period(rec, &o->period);
    check_published(rec);
    check_organization(rec);
    check_tables(rec, kind);
    check_decoding(doc, rec);
    prose_numbers(rec);
}
