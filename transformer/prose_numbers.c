/* SPDX-License-Identifier: Apache-2.0 */
/*
 * prose_numbers - the numbers that section one states, against the tables.
 *
 * 收到政府信息公开申请75件 may mean the new ones, those and the carried over
 * ones, or the decided ones: each rule has the sums that its words may mean
 * and says which one matched.  A rule that misses a statement does no harm,
 * a false alarm does: words and number must stand together, and clauses on
 * other years, channels or parts of the whole are left alone.
 */
#include "transformer/prose.h"

#include <stdlib.h>
#include <string.h>

#define SUMS_MAX 4u
#define KEYS_MAX 12u
#define QUOTE_BYTES 150u /* of a sentence in a message */

/* One thing that a number may be: row keys of one table, added up. */
struct sum {
    const char *rows[KEYS_MAX];
    const char *column; /* NULL: total */
};

struct rule {
    const char *id, *table;
    const char *words[3]; /* what stands before the number */
    const char *context;  /* must be in the same paragraph, or NULL */
    struct sum sums[SUMS_MAX];
};

/* clang-format off */
static const struct rule rules[] = {
    { "text.requests_new", "requests", { NULL }, NULL,
        { { { "new" }, NULL }, { { "new", "carried_over" }, NULL },
          { { "total" }, NULL } } },
    { "text.granted", "requests", { "予以公开", "同意公开" }, "申请",
        { { { "granted" }, NULL }, { { "granted", "partial" }, NULL } } },
    { "text.partial", "requests", { "部分公开" }, "申请",
        { { { "partial" }, NULL } } },
    { "text.denied", "requests", { "不予公开" }, "申请",
        { { { "denied_state_secret", "denied_law",
              "denied_safety_stability", "denied_third_party",
              "denied_internal", "denied_process",
              "denied_enforcement_file", "denied_admin_query" }, NULL } } },
    { "text.unable", "requests", { "无法提供" }, "申请",
        { { { "unable_not_held", "unable_must_create",
              "unable_unclear" }, NULL } } },
    { "text.rejected", "requests", { "不予处理" }, "申请",
        { { { "rejected_petition", "rejected_repeat",
              "rejected_publication", "rejected_excessive",
              "rejected_reconfirm" }, NULL } } },
    { "text.reconsideration", "review", { "行政复议" }, "信息公开",
        { { { "reconsideration" }, NULL } } },
    { "text.litigation", "review", { "诉讼" }, "信息公开",
        { { { "litigation_direct", "litigation_after_reconsideration" },
            NULL },
          { { "litigation_direct" }, NULL },
          { { "litigation_after_reconsideration" }, NULL } } },
};
/* clang-format on */

#define RULE_N (sizeof(rules) / sizeof(rules[0]))

/* ---- cells ----------------------------------------------------------------
 */

static const struct cell *find_cell(const struct record *rec, const char *table,
    const char *row, const char *column)
{
    for (uint32_t i = 0; i < rec->cell_n; i++) {
        if (slice_eq_str(rec->cells[i].row, row) &&
            slice_eq_str(rec->cells[i].column, column) &&
            slice_eq_str(rec->cells[i].table, table))
            return &rec->cells[i];
    }
    return NULL;
}

/* A count of at most 12 digits, or -1. */
static int64_t parse_count(struct slice s)
{
    int64_t v = 0;

    if (s.len == 0 || s.len > 12)
        return -1;
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return -1;
        v = v * 10 + (s.p[i] - '0');
    }
    return v;
}

/* The sum, or -1 where a cell of it is not known. */
static int64_t add_up(const struct record *rec, const char *table,
    const struct sum *sum, const char *column)
{
    int64_t total = 0;

    for (size_t i = 0; i < KEYS_MAX && sum->rows[i]; i++) {
        const struct cell *c = find_cell(rec, table, sum->rows[i], column);
        if (!c)
            return -1;
        int64_t v = parse_count(c->value.p ? c->value : c->proposed);
        if (v < 0)
            return -1;
        total += v;
    }
    return total;
}

static struct slice sum_keys(
    struct arena *a, const char *table, const struct sum *sum)
{
    struct slice out = { NULL, 0 };

    for (size_t i = 0; i < KEYS_MAX && sum->rows[i]; i++)
        out = arena_printf(a, "%.*s%s%s.%s.total", SLICE_ARG(out),
            i > 0 ? " + " : "", table, sum->rows[i]);
    return out;
}

/* ---- words ----------------------------------------------------------------
 */

static bool has_any(struct slice s, const char *const *words)
{
    for (size_t i = 0; words[i]; i++) {
        if (text_has(s, words[i]))
            return true;
    }
    return false;
}

static bool is_digit(struct slice s, size_t i)
{
    return i < s.len && s.p[i] >= '0' && s.p[i] <= '9';
}

/* The number of cases at the start of `s` (12件, 1,234件), or -1; *len its
 * bytes with the unit. */
static int64_t take_count(struct slice s, size_t *len)
{
    static const char *const units[] = { "件", "宗", "起", "份", "例", NULL };
    char digits[16];
    size_t i = 0, n = 0;

    for (; i < s.len && n < 12; i++) {
        if (is_digit(s, i))
            digits[n++] = s.p[i];
        else if (s.p[i] != ',' || n == 0 || !is_digit(s, i + 1))
            break;
    }
    for (size_t k = 0; n > 0 && units[k]; k++) {
        if (text_starts(slice_from(s, i), units[k])) {
            *len = i + strlen(units[k]);
            return parse_count((struct slice){ digits, n });
        }
    }
    return -1;
}

/* Skip the small words that may stand between words and number. */
static struct slice skip_joints(struct slice s)
{
    static const char *const joints[] = { "的", "答复", "决定", "申请",
        "政府信息", "信息", "案件", "案", "共计", "共", "合计", "总计", "计",
        "为", "有", "数量", "总数", "数", "了", ":", NULL };
    bool found = true;

    while (found) {
        found = false;
        for (size_t i = 0; joints[i] && !found; i++) {
            if (text_starts(s, joints[i])) {
                s = slice_from(s, strlen(joints[i]));
                found = true;
            }
        }
    }
    return s;
}

/* What the clauses of a sentence so far say of all that follows. */
struct scope {
    uint32_t year;   /* named last, or 0 */
    bool other_year; /* two years, or words that compare with one */
    bool is_part;    /* 其中: a part of the whole */
};

static void enter_clause(struct scope *scope, struct slice clause)
{
    static const char *const words[] = { "上年", "去年", "上一年", "往年",
        "同比", "历年", "累计", "以来", "环比", NULL };
    struct text_year y = text_find_year(clause, 0, false);

    scope->other_year = has_any(clause, words);
    if (y.year != 0)
        scope->year = y.year;
    for (; y.year != 0; y = text_find_year(clause, y.end, false))
        scope->other_year = scope->other_year || y.year != scope->year;
    scope->is_part = scope->is_part || text_has(clause, "其中");
}

/* ---- statements ------------------------------------------------------------
 */

struct statement {
    int64_t value;
    struct slice clause;
    bool with_partial; /* 予以公开及部分公开N件 */
};

/* 收到政府信息公开申请N件, 收到N件申请, 未收到申请. */
static bool read_received(struct slice c, struct statement *out)
{
    static const char *const verbs[] = { "收到", "受理", "新收", "接收", "接到",
        NULL };
    static const char *const parts[] = { "当面", "网络", "网上", "信函", "邮寄",
        "邮件", "传真", "现场", "信件", "线上", "线下", "分别", "各", "复议",
        "诉讼", "举报", "投诉", "建议", "转办", "咨询", "结转", "平台", "渠道",
        "约", NULL };
    static const char *const nothing[] = { "未收到", "没有收到", "未接到",
        "未受理", "无收到", NULL };
    struct slice rest, before;
    ptrdiff_t at = -1;
    size_t len = 0;

    if (!text_has(c, "申请") || !text_has(c, "公开"))
        return false;
    for (size_t i = 0; verbs[i] && at < 0; i++)
        at = slice_find(c, slice_str(verbs[i]));
    if (at < 0)
        return false;
    rest = slice_from(c, (size_t)at);
    for (size_t i = 0; i < rest.len; i++) {
        if (!is_digit(rest, i) || (i > 0 && is_digit(rest, i - 1)))
            continue;
        out->value = take_count(slice_from(rest, i), &len);
        if (out->value < 0)
            continue;
        before = text_cut(c, 0, (size_t)at + i);
        return !has_any(before, parts);
    }
    out->value = 0;
    return has_any(c, nothing) && !has_any(c, parts);
}

/* <words><joints>N件 */
static bool read_result(
    struct slice c, const struct rule *rule, struct statement *out)
{
    static const char *const pairs[] = { "及", "和", "、", "与", "或", NULL };
    struct slice rest, before;
    size_t len = 0;

    for (size_t w = 0; w < 3 && rule->words[w]; w++) {
        ptrdiff_t at = slice_find(c, slice_str(rule->words[w]));
        if (at < 0)
            continue;
        before = text_cut(c, 0, (size_t)at);
        rest = slice_from(c, (size_t)at + strlen(rule->words[w]));
        for (size_t i = 0; pairs[i]; i++) {
            /* 予以公开、部分公开N件 is both together */
            if (text_ends(before, pairs[i]) && text_has(before, "公开") &&
                rule->words[1] == NULL &&
                slice_eq_str(slice_str(rule->words[0]), "部分公开"))
                return false;
            if (text_starts(rest, pairs[i]) &&
                text_starts(slice_from(rest, strlen(pairs[i])), "部分公开")) {
                out->with_partial = true;
                rest = slice_from(rest, strlen(pairs[i]) + strlen("部分公开"));
            }
        }
        out->value = take_count(skip_joints(rest), &len);
        if (out->value >= 0)
            return true;
    }
    return false;
}

/* The sum that the statement's number is, or NULL; *known: one of them
 * could be added up. */
static const struct sum *find_sum(const struct record *rec,
    const struct rule *rule, const struct statement *st, bool *known)
{
    int64_t v;

    *known = false;
    for (size_t i = 0; i < SUMS_MAX && rule->sums[i].rows[0]; i++) {
        if (st->with_partial && i == 0)
            continue;
        v = add_up(rec, rule->table, &rule->sums[i], "total");
        *known = *known || v >= 0;
        if (v == st->value)
            return &rule->sums[i];
    }
    return NULL;
}

/* A clause short enough to be quoted, cut between characters. */
static struct slice quote(struct slice s)
{
    size_t n = s.len < QUOTE_BYTES ? s.len : QUOTE_BYTES;

    while (n < s.len && n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    return text_cut(s, 0, n);
}

static void report_match(struct record *rec, const struct rule *rule,
    const struct statement *st, const struct sum *sum)
{
    struct check *c = prose_check(rec, rule->id, SEVERITY_WARNING, CHECK_PASS);

    c->left = arena_printf(rec->arena, "%lld", (long long)st->value);
    c->right = c->left;
    c->difference = SLICE_LIT("0");
    c->right_cells = sum_keys(rec->arena, rule->table, sum);
    c->message = arena_printf(rec->arena, "section 1 says %lld, which is %.*s",
        (long long)st->value, SLICE_ARG(c->right_cells));
}

static void report_failure(
    struct record *rec, const struct rule *rule, const struct statement *st)
{
    const struct sum *sum = &rule->sums[st->with_partial ? 1 : 0];
    int64_t want = add_up(rec, rule->table, sum, "total");
    int64_t persons = add_up(rec, rule->table, sum, "natural_person");
    struct check *c = prose_check(rec, rule->id, SEVERITY_WARNING, CHECK_FAIL);

    c->left = arena_printf(rec->arena, "%lld", (long long)st->value);
    c->right_cells = sum_keys(rec->arena, rule->table, sum);
    if (want >= 0) {
        c->right = arena_printf(rec->arena, "%lld", (long long)want);
        c->difference =
            arena_printf(rec->arena, "%lld", (long long)(st->value - want));
    }
    c->message = arena_printf(rec->arena,
        "section 1 says %lld, the table has %.*s%s: \"%.*s\"",
        (long long)st->value,
        SLICE_ARG(want >= 0 ? c->right : SLICE_LIT("no such number")),
        persons == st->value ? " (the number of natural persons alone)" : "",
        SLICE_ARG(quote(st->clause)));
}

/* What one rule has found so far. */
struct finding {
    const struct sum *sum; /* that a statement matched */
    struct statement match, miss;
    bool has_miss, has_unknown;
};

static void read_clause(const struct record *rec, const struct rule *rule,
    struct slice clause, const struct scope *scope, struct finding *f)
{
    struct statement st = { .clause = clause };
    const struct sum *sum;
    bool known;

    if (f->sum || scope->other_year ||
        (scope->year != 0 && scope->year != rec->year) ||
        (scope->is_part && !rule->words[0]))
        return;
    if (rule->words[0] ? !read_result(clause, rule, &st)
                       : !read_received(clause, &st))
        return;
    sum = find_sum(rec, rule, &st, &known);
    if (sum) {
        f->sum = sum;
        f->match = st;
    } else if (!known) {
        f->has_unknown = true;
    } else if (!f->has_miss) {
        f->miss = st;
        f->has_miss = true;
    }
}

/* End of the clause that begins at `s`: a comma between digits is none. */
static size_t clause_len(struct slice s)
{
    static const char *const stops[] = { "。", ";", ",", "、", NULL };

    for (size_t i = 0; i < s.len; i++) {
        for (size_t k = 0; stops[k]; k++) {
            if (!text_starts(slice_from(s, i), stops[k]))
                continue;
            if (s.p[i] == ',' && i > 0 && is_digit(s, i - 1) &&
                is_digit(s, i + 1))
                continue;
            /* 、 ends a clause behind a number only: 公民、法人的申请 */
            if (k == 3 && !(i >= 3 && text_ends(text_cut(s, 0, i), "件")))
                continue;
            return i + strlen(stops[k]);
        }
    }
    return s.len;
}

/* Results of requests are listed over several sentences; cases in court
 * must be said to be on disclosure in the sentence itself. */
static bool has_context(
    const struct rule *rule, struct slice paragraph, struct slice sentence)
{
    if (!rule->context)
        return true;
    return text_has(strcmp(rule->table, "review") == 0 ? sentence : paragraph,
        rule->context);
}

static void read_sentence(const struct record *rec, struct slice paragraph,
    struct slice sentence, struct finding found[RULE_N])
{
    struct scope scope = { 0, false, false };
    struct slice rest = sentence;
    size_t n;

    for (; rest.len > 0; rest = slice_from(rest, n)) {
        n = clause_len(rest);
        enter_clause(&scope, text_cut(rest, 0, n));
        for (size_t r = 0; r < RULE_N; r++) {
            if (has_context(&rules[r], paragraph, sentence))
                read_clause(
                    rec, &rules[r], text_cut(rest, 0, n), &scope, &found[r]);
        }
    }
}

static void read_paragraph(
    const struct record *rec, struct slice p, struct finding found[RULE_N])
{
    const struct slice stop = SLICE_LIT("。");
    size_t n;

    for (struct slice rest = p; rest.len > 0; rest = slice_from(rest, n)) {
        ptrdiff_t hit = slice_find(rest, stop);
        n = hit < 0 ? rest.len : (size_t)hit + stop.len;
        read_sentence(rec, p, text_cut(rest, 0, n), found);
    }
}

static struct slice section_one(const struct record *rec)
{
    for (uint32_t i = 0; i < rec->section_n; i++) {
        if (rec->sections[i].number == 1)
            return rec->sections[i].text;
    }
    return (struct slice){ NULL, 0 };
}

void prose_numbers(struct record *rec)
{
    struct finding found[RULE_N];
    struct slice text = section_one(rec);

    memset(found, 0, sizeof(found));
    while (text.len > 0) {
        ptrdiff_t end = slice_find(text, SLICE_LIT("\n"));
        struct slice p = end < 0 ? text : text_cut(text, 0, (size_t)end);
        text = slice_from(text, end < 0 ? text.len : (size_t)end + 1);
        if (text_has(p, "件") || text_has(p, "申请"))
            read_paragraph(rec, text_fold(rec->arena, p), found);
    }
    for (size_t r = 0; r < RULE_N; r++) {
        if (found[r].sum)
            report_match(rec, &rules[r], &found[r].match, found[r].sum);
        else if (found[r].has_miss)
            report_failure(rec, &rules[r], &found[r].miss);
        else
            prose_check(rec, rules[r].id, SEVERITY_WARNING, CHECK_NOT_EVALUABLE)
                ->message = found[r].has_unknown
                                ? SLICE_LIT("the cells for it are not known")
                                : SLICE_LIT("section 1 states no such number");
    }
}
