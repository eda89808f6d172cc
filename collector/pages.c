/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pages - the further pages of a list.
 *
 * One address per page number, the first that is found: so a page cannot
 * ask for more than list_pages_max others.  A link is a page of the list
 * only where it lies in the list's own folder, so that a menu with numbers
 * or years leads nowhere.
 */
#include "collector/pages.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/limits.h"
#include "common/mem.h"

/* Larger numbers in scripts are something else (a time, an id). */
#define NUMBER_MAX 1000000u

/* ---- scripts --------------------------------------------------------- */

/* A cursor over the raw bytes. */
static void skip(struct slice *s, const char *set)
{
    while (s->len && s->p[0] && strchr(set, s->p[0]))
        *s = slice_skip(*s, 1);
}

/* Decimal digits at the cursor; false without any or past NUMBER_MAX. */
static bool read_number(struct slice *s, uint32_t *out)
{
    uint32_t n = 0;
    bool any = false;

    while (s->len && isdigit((unsigned char)s->p[0])) {
        n = n * 10 + (uint32_t)(s->p[0] - '0');
        if (n > NUMBER_MAX)
            return false;
        any = true;
        *s = slice_skip(*s, 1);
    }
    *out = n;
    return any;
}

/* A quoted word of file-name characters at the cursor. */
static bool read_word(struct slice *s, char *out, size_t size)
{
    size_t n = 0;
    char quote;

    if (!s->len || (s->p[0] != '"' && s->p[0] != '\''))
        return false;
    quote = s->p[0];
    *s = slice_skip(*s, 1);
    while (n < s->len && n + 1 < size &&
           (isalnum((unsigned char)s->p[n]) || strchr("_-.", s->p[n])) &&
           s->p[n])
        n++;
    if (n == 0 || n >= s->len || s->p[n] != quote)
        return false;
    memcpy(out, s->p, n);
    out[n] = '\0';
    *s = slice_skip(*s, n + 1);
    return true;
}

/* createPageHTML(5, 0, "index", "html") with an optional first argument
 * naming an element.  False for the function's own definition. */
static bool read_create_page(struct slice at, struct pages_script *out)
{
    struct pages_script got = { 0 };
    char element[64];
    uint32_t current;

    skip(&at, " (\t\r\n");
    if (read_word(&at, element, sizeof element))
        skip(&at, " ,\t\r\n");
    if (!read_number(&at, &got.total))
        return false;
    skip(&at, " ,\t\r\n");
    if (!read_number(&at, &current))
        return false;
    skip(&at, " ,\t\r\n");
    if (!read_word(&at, got.name, sizeof got.name))
        return false;
    skip(&at, " ,\t\r\n");
    if (!read_word(&at, got.suffix, sizeof got.suffix))
        return false;
    memcpy(out->name, got.name, sizeof out->name);
    memcpy(out->suffix, got.suffix, sizeof out->suffix);
    if (got.total > out->total)
        out->total = got.total;
    return true;
}

/* `name = "12"`, `name: '12'`, `name=12`. */
static void read_assignment(struct slice at, uint32_t *out)
{
    uint32_t n;

    skip(&at, "\"' \t");
    if (!at.len || (at.p[0] != '=' && at.p[0] != ':'))
        return;
    at = slice_skip(at, 1);
    skip(&at, "\"' \t");
    if (read_number(&at, &n) && n > *out)
        *out = n;
}

void pages_scan(struct slice body, struct pages_script *out)
{
    static const struct {
        const char *word;
        bool records;
    } words[] = { { "totalPage", false }, { "pageCount", false },
        { "countPage", false }, { "recordCount", true } };
    static const struct slice create = { "createPageHTML", 14 };

    *out = (struct pages_script){ 0 };
    for (struct slice s = body;;) {
        ptrdiff_t at = slice_find(s, create);

        if (at < 0)
            break;
        s = slice_skip(s, (size_t)at + create.len);
        if (read_create_page(s, out))
            break;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct slice word = slice_str(words[i].word);
        struct slice s = body;
        ptrdiff_t at;

        while ((at = slice_find(s, word)) >= 0) {
            s = slice_skip(s, (size_t)at + word.len);
            read_assignment(s, words[i].records ? &out->records : &out->total);
        }
    }
}

/* ---- addresses ------------------------------------------------------- */

/* An address with a page number in it: head, number, tail. */
struct shape {
    char head[LIMIT_URL_BYTES + 1];
    char tail[LIMIT_URL_BYTES + 1];
    uint32_t number;
    int64_t offset; /* page - number */
    bool known;
};

static bool is_page_parameter(const char *key, size_t len)
{
    static const char *const keys[] = { "page", "pageindex", "pageno",
        "pagenum", "currpage", "currentpage", "curpage", "pn", "p" };

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strlen(keys[i]) == len && strncasecmp(key, keys[i], len) == 0)
            return true;
    }
    return false;
}

/* Where the number of `?page=N` starts, or NULL. */
static const char *find_query_number(const char *url)
{
    const char *p = strchr(url, '?');

    while (p) {
        size_t key = strcspn(++p, "=&");

        if (p[key] == '=' && is_page_parameter(p, key) &&
            isdigit((unsigned char)p[key + 1]))
            return p + key + 1;
        p = strchr(p, '&');
    }
    return NULL;
}

/* Where the number of "index_2.html", "list-2.shtml", "/2.html" starts. */
static const char *find_path_number(const char *url)
{
    const char *end = url + strcspn(url, "?");
    const char *dot = end;
    const char *p;

    while (dot > url && *dot != '.' && *dot != '/')
        dot--;
    if (*dot != '.')
        return NULL;
    p = dot;
    while (p > url && isdigit((unsigned char)p[-1]))
        p--;
    return p < dot && p > url && strchr("_-/", p[-1]) ? p : NULL;
}

static bool read_shape(const char *url, struct shape *out)
{
    const char *at = find_query_number(url);
    bool path = false;
    struct slice rest;

    if (!at) {
        at = find_path_number(url);
        path = true;
    }
    if (!at || strlen(url) > LIMIT_URL_BYTES)
        return false;
    rest = slice_str(at);
    if (!read_number(&rest, &out->number))
        return false;
    memcpy(out->head, url, (size_t)(at - url));
    out->head[at - url] = '\0';
    memcpy(out->tail, rest.p, rest.len);
    out->tail[rest.len] = '\0';
    /* index_1.html is page 2 unless a numbered link says otherwise */
    out->offset = path && at[-1] == '_' ? 1 : 0;
    out->known = true;
    return true;
}

/* Whether `other` lies in the folder of the list at `url`. */
static bool is_sibling(const char *url, const char *other)
{
    size_t folder = 0, path = strcspn(url, "?");

    for (size_t i = 0; i < path; i++) {
        if (url[i] == '/')
            folder = i + 1;
    }
    return strncmp(url, other, folder) == 0 &&
           memchr(other + folder, '/', strcspn(other + folder, "?")) == NULL &&
           strcmp(url, other) != 0;
}

static void add(struct pages_found *out, const char *self, uint32_t page,
    uint64_t number, const char *url)
{
    if (number < 2 || number > out->max || number == page || out->url[number] ||
        strlen(url) > LIMIT_URL_BYTES || strcmp(url, self) == 0)
        return;
    out->url[number] = mem_strdup(url);
}

/* ---- links ----------------------------------------------------------- */

enum link_kind {
    LINK_OTHER,
    LINK_NUMBER,
    LINK_NEXT,
    LINK_LAST,
};

static enum link_kind read_text(struct slice text, uint32_t *number)
{
    static const char *const next[] = { "下一页", "下页", "后一页", ">",
        "下一页>", "下一页>>", "Next", "next" };
    static const char *const last[] = { "尾页", "末页", "最后一页", "最后页",
        ">>", "Last", "last" };
    struct slice rest;

    text = slice_trim(text);
    for (size_t i = 0; i < sizeof next / sizeof *next; i++) {
        if (slice_eq_str(text, next[i]))
            return LINK_NEXT;
    }
    for (size_t i = 0; i < sizeof last / sizeof *last; i++) {
        if (slice_eq_str(text, last[i]))
            return LINK_LAST;
    }
    if (slice_starts(text, SLICE_LIT("[")) && text.len > 2 &&
        text.p[text.len - 1] == ']')
        text = (struct slice){ text.p + 1, text.len - 2 };
    rest = text;
    if (read_number(&rest, number) && rest.len == 0)
        return LINK_NUMBER;
    return LINK_OTHER;
}

/* Pages 2 to `last` by the shape. */
static void add_shaped(struct pages_found *out, const char *url, uint32_t page,
    const struct shape *shape, uint64_t last)
{
    char text[2 * LIMIT_URL_BYTES + 32];

    for (uint64_t n = 2; n <= last && n <= out->max; n++) {
        int64_t number = (int64_t)n - shape->offset;

        if (number < 0)
            continue;
        snprintf(text, sizeof text, "%s%lld%s", shape->head, (long long)number,
            shape->tail);
        add(out, url, page, n, text);
    }
}

/* index.html -> index_<number>.html beside the list. */
static void read_create_shape(
    const char *url, const struct pages_script *script, struct shape *out)
{
    size_t folder = 0, path = strcspn(url, "?");

    for (size_t i = 0; i < path; i++) {
        if (url[i] == '/')
            folder = i + 1;
    }
    if (folder > LIMIT_URL_BYTES - sizeof script->name)
        return;
    snprintf(
        out->head, sizeof out->head, "%.*s%s_", (int)folder, url, script->name);
    snprintf(out->tail, sizeof out->tail, ".%s", script->suffix);
    out->offset = 1;
    out->known = true;
}

void pages_find(const char *url, uint32_t page,
    const struct pages_script *script, const struct pages_link *links,
    size_t link_n, uint32_t max, struct pages_found *out)
{
    struct shape *shape = mem_alloc(sizeof *shape);
    struct shape *last = mem_alloc(sizeof *last);

    out->max = max;
    out->url = mem_alloc_n((size_t)max + 1, sizeof *out->url);
    if (script->name[0])
        read_create_shape(url, script, shape);
    for (size_t i = 0; i < link_n; i++) {
        uint32_t number = 0;
        enum link_kind kind = read_text(links[i].text, &number);

        if (kind == LINK_OTHER || !is_sibling(url, links[i].url))
            continue;
        if (kind == LINK_NUMBER) {
            add(out, url, page, number, links[i].url);
            if (number >= 2 && !script->name[0] &&
                read_shape(links[i].url, shape))
                shape->offset = (int64_t)number - shape->number;
        } else if (kind == LINK_NEXT) {
            add(out, url, page, (uint64_t)page + 1, links[i].url);
            if (!shape->known && read_shape(links[i].url, shape))
                shape->offset = (int64_t)page + 1 - shape->number;
        } else {
            read_shape(links[i].url, last);
        }
    }
    if (last->known) {
        int64_t end;

        if (shape->known)
            last->offset = shape->offset;
        end = (int64_t)last->number + last->offset;
        add_shaped(out, url, page, last, end > 0 ? (uint64_t)end : 0);
    }
    if (!shape->known && script->total > 1 && read_shape(url, shape))
        shape->offset = (int64_t)page - shape->number;
    if (shape->known)
        add_shaped(out, url, page, shape, script->total);
    mem_free(shape);
    mem_free(last);
}

void pages_found_clear(struct pages_found *f)
{
    for (uint32_t i = 0; f->url && i <= f->max; i++)
        mem_free(f->url[i]);
    mem_free(f->url);
    f->url = NULL;
}
