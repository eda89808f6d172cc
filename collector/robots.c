/* SPDX-License-Identifier: Apache-2.0 */
/*
 * robots - what a host's robots.txt allows us (RFC 9309).
 *
 * Groups that name us are joined; without one, those of `*` are.  The
 * longest matching pattern wins, Allow on a tie.  Pattern and path are
 * brought to one spelling first (percent-encoding), so they compare as
 * bytes.  Patterns are matched segment by segment between their `*`, which
 * needs no backtracking: a hostile pattern costs one pass over the path.
 */
#include "collector/robots.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "common/buf.h"
#include "common/limits.h"
#include "common/mem.h"

/* Longest Crawl-delay obeyed within a run. */
#define DELAY_MAX_MS 300000u

/* Rules of one robots.txt; the longest seen has some 300. */
#define RULES_MAX 10000u

struct rule {
    bool allow;
    char *pattern; /* one spelling, still with '*' and '$' */
    size_t len;
};

struct rules {
    struct rule *v;
    size_t n, cap;
    uint32_t delay_ms;
    bool named; /* a group of this name was there */
};

struct robots {
    struct rules ours; /* groups that name us */
    struct rules any;  /* groups of '*' */
};

/* ---- spelling -------------------------------------------------------- */

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static bool is_unreserved(int c)
{
    return c < 0x80 && (isalnum(c) || strchr("-._~", c)) && c != '\0';
}

/* One spelling of a path or pattern: unreserved bytes plain, others that
 * are encoded in upper-case %XX, bytes outside ASCII encoded. */
static char *spell(struct slice s, size_t *len)
{
    struct buf out;

    buf_init(&out, 3 * s.len + 1);
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c == '%' && i + 2 < s.len && hex_value(s.p[i + 1]) >= 0 &&
            hex_value(s.p[i + 2]) >= 0) {
            int v = hex_value(s.p[i + 1]) * 16 + hex_value(s.p[i + 2]);

            if (is_unreserved(v))
                buf_add_char(&out, (char)v);
            else
                buf_printf(&out, "%%%02X", (unsigned)v);
            i += 2;
        } else if (c >= 0x80 || c <= 0x20) {
            buf_printf(&out, "%%%02X", (unsigned)c);
        } else {
            buf_add_char(&out, (char)c);
        }
    }
    buf_add_char(&out, '\0');
    *len = out.len - 1;
    return buf_take(&out, NULL);
}

/* ---- reading --------------------------------------------------------- */

static void add_rule(struct rules *rs, bool allow, struct slice pattern)
{
    struct rule *r;

    if (pattern.len == 0 || pattern.len > LIMIT_URL_BYTES || rs->n >= RULES_MAX)
        return; /* an empty pattern says nothing (RFC 9309, 2.2.2) */
    if (rs->n == rs->cap) {
        rs->cap = rs->cap ? rs->cap * 2 : 16;
        rs->v = mem_realloc_n(rs->v, rs->cap, sizeof *rs->v);
    }
    r = &rs->v[rs->n++];
    r->allow = allow;
    r->pattern = spell(pattern, &r->len);
}

static void set_delay(struct rules *rs, struct slice value)
{
    char text[16];
    char *end;
    double s;
    uint32_t ms;

    if (value.len == 0 || value.len >= sizeof text)
        return;
    memcpy(text, value.p, value.len);
    text[value.len] = '\0';
    s = strtod(text, &end);
    if (end == text || !(s >= 0))
        return;
    ms = s * 1000 < DELAY_MAX_MS ? (uint32_t)(s * 1000) : DELAY_MAX_MS;
    if (ms > rs->delay_ms)
        rs->delay_ms = ms;
}

static bool eq_case(struct slice a, const char *b)
{
    return a.len == strlen(b) && strncasecmp(a.p, b, a.len) == 0;
}

/* The product token at the start of a user-agent value. */
static struct slice product(struct slice v)
{
    size_t n = 0;

    while (n < v.len &&
           (isalpha((unsigned char)v.p[n]) || v.p[n] == '-' || v.p[n] == '_'))
        n++;
    return (struct slice){ v.p, n };
}

/* Where the parser is: which groups the present rules belong to. */
struct state {
    bool in_agents; /* the last line was a user-agent line */
    bool ours, any;
};

static void read_line(
    struct robots *r, struct state *st, struct slice line, struct slice agent)
{
    const char *hash = memchr(line.p, '#', line.len);
    const char *colon;
    struct slice key, value;

    if (hash)
        line.len = (size_t)(hash - line.p);
    colon = memchr(line.p, ':', line.len);
    if (!colon)
        return;
    key = slice_trim((struct slice){ line.p, (size_t)(colon - line.p) });
    value = slice_trim(slice_skip(line, (size_t)(colon - line.p) + 1));
    if (eq_case(key, "user-agent")) {
        if (!st->in_agents)
            *st = (struct state){ .in_agents = true };
        if (value.len && value.p[0] == '*') {
            st->any = r->any.named = true;
        } else {
            struct slice token = product(value);

            if (token.len && token.len == agent.len &&
                strncasecmp(token.p, agent.p, token.len) == 0)
                st->ours = r->ours.named = true;
        }
        return;
    }
    if (!eq_case(key, "allow") && !eq_case(key, "disallow") &&
        !eq_case(key, "crawl-delay"))
        return; /* other records do not end a group */
    st->in_agents = false;
    for (int i = 0; i < 2; i++) {
        struct rules *rs = i ? &r->any : &r->ours;

        if (!(i ? st->any : st->ours))
            continue;
        if (eq_case(key, "crawl-delay"))
            set_delay(rs, value);
        else
            add_rule(rs, eq_case(key, "allow"), value);
    }
}

struct robots *robots_parse(struct slice text, const char *agent)
{
    struct robots *r = mem_alloc(sizeof *r);
    struct state st = { .in_agents = false };
    struct slice us = product(slice_str(agent));
    size_t start = 0;

    if (slice_starts(text, SLICE_LIT("\xef\xbb\xbf")))
        text = slice_skip(text, 3);
    for (size_t i = 0; i <= text.len; i++) {
        if (i < text.len && text.p[i] != '\n' && text.p[i] != '\r')
            continue;
        if (i > start)
            read_line(r, &st, (struct slice){ text.p + start, i - start }, us);
        start = i + 1;
    }
    return r;
}

static void free_rules(struct rules *rs)
{
    for (size_t i = 0; i < rs->n; i++)
        mem_free(rs->v[i].pattern);
    mem_free(rs->v);
}

void robots_free(struct robots *r)
{
    if (!r)
        return;
    free_rules(&r->ours);
    free_rules(&r->any);
    mem_free(r);
}

/* ---- matching -------------------------------------------------------- */

static bool pattern_matches(const struct rule *rule, struct slice path)
{
    struct slice p = { rule->pattern, rule->len };
    bool anchored = p.len && p.p[p.len - 1] == '$';
    bool first = true;

    if (!path.p)
        return false;
    if (anchored)
        p.len--;
    for (;;) {
        const char *star = memchr(p.p, '*', p.len);
        struct slice piece = { p.p, star ? (size_t)(star - p.p) : p.len };
        ptrdiff_t at = 0;

        if (!star && anchored && !first) {
            /* the last piece has to end where the path ends */
            if (piece.len > path.len)
                return false;
            at = (ptrdiff_t)(path.len - piece.len);
            return slice_eq(slice_skip(path, (size_t)at), piece);
        }
        if (first ? !slice_starts(path, piece)
                  : (at = slice_find(path, piece)) < 0)
            return false;
        path = slice_skip(path, (size_t)at + piece.len);
        if (!star)
            return !anchored || path.len == 0;
        p = slice_skip(p, piece.len + 1);
        first = false;
    }
}

static const struct rules *rules_for_us(const struct robots *r)
{
    return r->ours.named ? &r->ours : &r->any;
}

bool robots_allows(const struct robots *r, const char *path)
{
    const struct rules *rs = rules_for_us(r);
    size_t len, best = 0;
    bool allowed = true;
    char *spelled;

    if (strcmp(path, "/robots.txt") == 0)
        return true;
    spelled = spell(slice_str(path), &len);
    for (size_t i = 0; i < rs->n; i++) {
        const struct rule *rule = &rs->v[i];

        if (rule->len < best || (rule->len == best && !rule->allow))
            continue;
        if (!pattern_matches(rule, (struct slice){ spelled, len }))
            continue;
        best = rule->len;
        allowed = rule->allow;
    }
    mem_free(spelled);
    return allowed;
}

uint32_t robots_delay_ms(const struct robots *r)
{
    return rules_for_us(r)->delay_ms;
}
