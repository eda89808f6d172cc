/* SPDX-License-Identifier: Apache-2.0 */
/*
 * select - which links of a source are reports.
 */
#include "collector/select.h"

#include <regex.h>
#include <string.h>
#include <strings.h>

#include "collector/fetch_url.h"
#include "common/mem.h"

/* Longest anchor text a pattern is tried on; the rest cannot matter. */
#define TEXT_BYTES_MAX 1024u

struct patterns {
    regex_t *v;
    size_t n;
};

struct selector {
    const struct conf_source *src;
    struct patterns links, titles, excludes;
    char (*hosts)[LIMIT_HOST_BYTES + 1]; /* of the columns */
    size_t host_n;
};

static const char *const default_titles[] = { "年报", "年度报告" };

static const char *const attachment_suffixes[] = { ".pdf", ".doc", ".docx",
    ".xls", ".xlsx", ".wps", ".ofd", ".rtf", ".zip", ".rar", ".7z" };

static int compile(struct patterns *p, const char *const *texts, size_t n,
    const struct selector *s, const char *key, struct err *err)
{
    p->v = n ? mem_alloc_n(n, sizeof *p->v) : NULL;
    for (size_t i = 0; i < n; i++) {
        int code = regcomp(&p->v[i], texts[i], REG_EXTENDED | REG_NOSUB);

        if (code) {
            char why[128];

            regerror(code, &p->v[i], why, sizeof why);
            return err_set(err, ERR_FATAL, "%s: %s: \"%s\": %s",
                s->src->file ? s->src->file : s->src->name, key, texts[i], why);
        }
        p->n++;
    }
    return 0;
}

static void clear(struct patterns *p)
{
    for (size_t i = 0; i < p->n; i++)
        regfree(&p->v[i]);
    mem_free(p->v);
}

static bool any_matches(const struct patterns *p, const char *text)
{
    for (size_t i = 0; i < p->n; i++) {
        if (regexec(&p->v[i], text, 0, NULL, 0) == 0)
            return true;
    }
    return false;
}

static bool any_matches_slice(const struct patterns *p, struct slice s)
{
    char text[TEXT_BYTES_MAX + 1];
    size_t n = s.len < TEXT_BYTES_MAX ? s.len : TEXT_BYTES_MAX;

    if (n)
        memcpy(text, s.p, n);
    text[n] = '\0';
    return any_matches(p, text);
}

/* libcyaml gives char **; nothing here changes them. */
static const char *const *lend(char **v)
{
    return (const char *const *)v;
}

struct selector *select_new(const struct conf_source *src, struct err *err)
{
    struct selector *s = mem_alloc(sizeof *s);
    const char *const *titles = lend(src->title_patterns);
    size_t title_n = src->title_patterns_count;
    struct fetch_url url;

    s->src = src;
    if (title_n == 0) {
        titles = default_titles;
        title_n = sizeof default_titles / sizeof *default_titles;
    }
    if (compile(&s->links, lend(src->link_patterns), src->link_patterns_count,
            s, "link_patterns", err) < 0 ||
        compile(&s->titles, titles, title_n, s, "title_patterns", err) < 0 ||
        compile(&s->excludes, lend(src->title_excludes),
            src->title_excludes_count, s, "title_excludes", err) < 0) {
        select_free(s);
        return NULL;
    }
    s->hosts = mem_alloc_n(src->columns_count + 1u, sizeof *s->hosts);
    for (unsigned i = 0; i < src->columns_count; i++) {
        if (fetch_url_split(src->columns[i].url, &url))
            memcpy(s->hosts[s->host_n++], url.host, sizeof url.host);
    }
    return s;
}

void select_free(struct selector *s)
{
    if (!s)
        return;
    clear(&s->links);
    clear(&s->titles);
    clear(&s->excludes);
    mem_free(s->hosts);
    mem_free(s);
}

bool select_excludes(
    const struct selector *s, struct slice text, struct slice title)
{
    return any_matches_slice(&s->excludes, text) ||
           any_matches_slice(&s->excludes, title);
}

bool select_title(
    const struct selector *s, struct slice text, struct slice title)
{
    return (any_matches_slice(&s->titles, text) ||
               any_matches_slice(&s->titles, title)) &&
           !select_excludes(s, text, title);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool names_year(struct slice s)
{
    for (size_t i = 0; i + 4 <= s.len; i++)
        if (s.p[i] == '2' && s.p[i + 1] == '0' && is_digit(s.p[i + 2]) &&
            is_digit(s.p[i + 3]))
            return true;
    return false;
}

/* Bytes of a word that may stand before the name of the report. */
static size_t bare_word(struct slice s)
{
    static const char *const words[] = { "附件", "附：", "附:", "点击", "下载",
        "查看", "关于", "政府", "工作", "：", "（", "）", "、", "．", "《",
        "【", "】", "\xe3\x80\x80", "\xc2\xa0", NULL };

    if (is_digit(s.p[0]) || char_is_one_of(s.p[0], " \t\r\n.:()[]-_"))
        return 1;
    for (size_t i = 0; words[i]; i++)
        if (slice_starts(s, slice_str(words[i])))
            return strlen(words[i]);
    return 0;
}

bool select_is_bare(struct slice title)
{
    static const char *const names[] = { "信息公开", "年度报告", "年报", NULL };
    size_t n;

    if (names_year(title))
        return false;
    while (title.len > 0 && (n = bare_word(title)) > 0)
        title = slice_from(title, n);
    for (size_t i = 0; names[i]; i++)
        if (slice_starts(title, slice_str(names[i])))
            return true;
    return false;
}

static bool host_is_ours(const struct selector *s, const char *url)
{
    struct fetch_url u;

    if (!fetch_url_split(url, &u))
        return false;
    for (size_t i = 0; i < s->host_n; i++) {
        if (strcmp(s->hosts[i], u.host) == 0)
            return true;
    }
    return false;
}

bool select_address(const struct selector *s, const char *url)
{
    if (s->links.n)
        return any_matches(&s->links, url);
    return host_is_ours(s, url);
}

bool select_host(const struct selector *s, const char *url)
{
    return host_is_ours(s, url) || any_matches(&s->links, url);
}

/* Whether the first `len` bytes end like an attachment's name. */
static bool has_suffix(const char *p, size_t len)
{
    size_t n = sizeof attachment_suffixes / sizeof *attachment_suffixes;

    for (size_t i = 0; i < n; i++) {
        size_t k = strlen(attachment_suffixes[i]);

        if (len > k && strncasecmp(p + len - k, attachment_suffixes[i], k) == 0)
            return true;
    }
    return false;
}

bool select_is_attachment(const char *url)
{
    return has_suffix(url, strcspn(url, "?#"));
}

static int hex(char c)
{
    const char *digits = "0123456789abcdef";
    const char *at = c ? strchr(digits, c | 0x20) : NULL;

    return at ? (int)(at - digits) : -1;
}

/* A query value with its %XX decoded; bytes that a URL cannot hold stay
 * encoded. */
static char *decode(const char *p, size_t len)
{
    char *out = mem_alloc(len + 1);
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        int high = -1, low = -1;

        if (p[i] == '%' && i + 2 < len) {
            high = hex(p[i + 1]);
            low = hex(p[i + 2]);
        }
        if (high >= 2 && low >= 0 && high * 16 + low < 0x7f &&
            high * 16 + low != ' ') {
            out[n++] = (char)(high * 16 + low);
            i += 2;
        } else {
            out[n++] = p[i];
        }
    }
    return out;
}

char *select_attachment(const char *url)
{
    const char *p = strchr(url, '?');

    if (strstr(url, "{{") || strstr(url, "%7B%7B"))
        return NULL; /* a template nobody filled in */
    if (select_is_attachment(url))
        return mem_strdup(url);
    while (p) {
        size_t len;

        p++;
        len = strcspn(p, "&#");
        if (strncasecmp(p, "file=", 5) == 0) {
            char *file = decode(p + 5, len - 5);
            char *out = has_suffix(file, strcspn(file, "?#"))
                            ? fetch_url_resolve(url, slice_str(file))
                            : NULL;

            mem_free(file);
            return out;
        }
        p = p[len] == '&' ? p + len : NULL;
    }
    return NULL;
}
