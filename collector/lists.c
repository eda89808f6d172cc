/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lists - what a source's list pages lead to.
 *
 * The count per column is kept in memory and lives as long as the process:
 * after a restart in the middle of a column nothing is claimed about it.
 */
#include "collector/lists.h"

#include <stdlib.h>
#include <string.h>

#include "collector/fetch_url.h"
#include "collector/pages.h"
#include "common/document.h"
#include "common/limits.h"
#include "common/log.h"
#include "common/mem.h"

/* Longest title kept; real ones have up to 200 bytes. */
#define TITLE_BYTES_MAX 512u

/* How far a column has been seen by this process. */
struct column {
    uint32_t page_n;   /* known pages */
    uint32_t pending;  /* known, not yet read */
    uint64_t found;    /* links that look like documents */
    uint32_t declared; /* documents it says it has; 0: does not say */
};

struct known_page {
    char *url;
    size_t column;
};

struct lists {
    const struct conf_source *src;
    const struct selector *selector;
    struct batch *batch;
    int64_t run;
    struct column *column; /* one more than configured: for pages whose
                              column was forgotten with the last process */
    size_t column_n;
    struct known_page *page;
    size_t page_n, page_cap;
};

struct lists *lists_new(const struct conf_source *src,
    const struct selector *selector, struct batch *batch, int64_t run)
{
    struct lists *l = mem_alloc(sizeof *l);

    l->src = src;
    l->selector = selector;
    l->batch = batch;
    l->run = run;
    l->column_n = src->columns_count;
    l->column = mem_alloc_n(l->column_n + 1, sizeof *l->column);
    l->column[l->column_n].pending = UINT32_MAX; /* never comes to its end */
    return l;
}

void lists_free(struct lists *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < l->page_n; i++)
        mem_free(l->page[i].url);
    mem_free(l->page);
    mem_free(l->column);
    mem_free(l);
}

static const struct known_page *find_page(
    const struct lists *l, const char *url)
{
    for (size_t i = 0; i < l->page_n; i++) {
        if (strcmp(l->page[i].url, url) == 0)
            return &l->page[i];
    }
    return NULL;
}

/* Remember a page of the column; false when it is known or the column has
 * its fill. */
static bool add_page(struct lists *l, const char *url, size_t column)
{
    struct column *c = &l->column[column];

    if (c->page_n >= l->src->list_pages_max || find_page(l, url))
        return false;
    if (l->page_n == l->page_cap) {
        l->page_cap = l->page_cap ? l->page_cap * 2 : 16;
        l->page = mem_realloc_n(l->page, l->page_cap, sizeof *l->page);
    }
    l->page[l->page_n++] = (struct known_page){ mem_strdup(url), column };
    c->page_n++;
    if (c->pending < UINT32_MAX)
        c->pending++;
    return true;
}

static int put(struct lists *l, const struct ledger_url *u, struct err *err)
{
    if (batch_join(l->batch, err) < 0)
        return -1;
    return ledger_url_put(l->batch->ledger, l->run, u, NULL, err);
}

int lists_seed(struct lists *l, struct err *err)
{
    for (size_t i = 0; i < l->column_n; i++) {
        const struct conf_column *c = &l->src->columns[i];
        char *url = fetch_url_resolve(NULL, slice_str(c->url));
        struct ledger_url u = { .source = l->src->name,
            .url = url,
            .kind = URL_LIST,
            .page = 1,
            .organization = c->organization,
            .region = c->region };
        int result;

        if (!url)
            return err_set(err, ERR_FATAL, "%s: columns: \"%s\" is no URL",
                l->src->name, c->url);
        add_page(l, url, i);
        result = put(l, &u, err);
        mem_free(url);
        if (result < 0)
            return -1;
    }
    return 0;
}

/* ---- links ----------------------------------------------------------- */

/* Text for the ledger: at most TITLE_BYTES_MAX, cut between characters. */
static const char *keep_text(struct arena *a, struct slice s)
{
    const char *zero = s.len ? memchr(s.p, '\0', s.len) : NULL;

    if (zero)
        s.len = (size_t)(zero - s.p);
    s = slice_trim(s);
    if (s.len > TITLE_BYTES_MAX) {
        s.len = TITLE_BYTES_MAX;
        while (s.len && ((unsigned char)s.p[s.len] & 0xc0) == 0x80)
            s.len--;
    }
    return s.len ? arena_slice(a, s).p : NULL;
}

/* One page being read. */
struct reading {
    struct lists *lists;
    const struct lists_page *page;
    struct arena *arena;
    struct document doc;
    const char *base; /* what its links are relative to */
};

/* A resolved address in the arena, or NULL. */
static const char *resolve(struct arena *a, const char *base, struct slice href)
{
    char *url = fetch_url_resolve(base, href);
    const char *out = url ? arena_str(a, url) : NULL;

    mem_free(url);
    return out;
}

static int open_page(struct reading *r, struct cage *cage, struct err *err)
{
    const struct lists_page *p = r->page;
    struct cage_hints hints = { .links = true,
        .media_type = slice_str(p->media_type),
        .charset = slice_str(p->charset),
        .name = slice_str(p->at) };

    arena_reset(r->arena);
    /* Nobody else can write to the ledger while we have a transaction open,
     * and a hostile page takes seconds. */
    if (batch_commit(r->lists->batch, err) < 0) {
        err->kind = ERR_FATAL; /* what was written is lost: begin again */
        return -1;
    }
    if (cage_read(cage, p->body, &hints, r->arena, &r->doc, err) < 0)
        return -1;
    if (r->doc.base.len)
        r->base = resolve(r->arena, p->at, r->doc.base);
    if (!r->base)
        r->base = p->at;
    return 0;
}

/* The title attribute where it names a report, else the anchor text: the
 * text is often cut short, the attribute sometimes says "click here". */
static struct slice title_of(
    const struct selector *s, const struct document_link *link)
{
    const struct slice none = { NULL, 0 };

    return select_title(s, none, link->title) ? link->title : link->text;
}

/* What an attachment is called: as the page is where its link names no
 * report, or neither whose it is nor of which year. */
static struct slice attachment_title(const struct selector *s,
    const struct document_link *link, struct slice page_title)
{
    struct slice title = title_of(s, link);

    if (!select_title(s, link->text, link->title) || select_is_bare(title))
        return page_title;
    return title;
}

static int put_document(const struct reading *r,
    const struct document_link *link, const char *url, struct slice title,
    int64_t parent, struct err *err)
{
    const struct ledger_url *from = r->page->url;
    struct ledger_url u = { .source = r->lists->src->name,
        .url = url,
        .kind = URL_DOCUMENT,
        .parent = parent,
        .title = keep_text(r->arena, title),
        .list_date = keep_text(r->arena, link->date),
        .organization = from->organization,
        .region = from->region };

    return put(r->lists, &u, err);
}

/* Where the link leads if it is a report or its attachment, else NULL. */
static const char *report_address(
    const struct reading *r, const struct document_link *link, const char *url)
{
    const struct selector *s = r->lists->selector;
    const char *out = NULL;
    char *file;

    if (!select_title(s, link->text, link->title))
        return NULL;
    file = select_attachment(url);
    if (file && select_host(s, file))
        out = arena_str(r->arena, file);
    mem_free(file);
    if (!out && select_address(s, url))
        out = url;
    return out;
}

/* ---- list pages ------------------------------------------------------ */

static int compare_text(const void *a, const void *b)
{
    const char *const *x = a;
    const char *const *y = b;

    return strcmp(*x, *y);
}

static size_t count_distinct(const char **v, size_t n)
{
    size_t distinct = 0;

    if (n)
        qsort(v, n, sizeof *v, compare_text);
    for (size_t i = 0; i < n; i++)
        distinct += i == 0 || strcmp(v[i], v[i - 1]) != 0;
    return distinct;
}

/* Put the reports; `*found` counts the links that look like entries of the
 * list, reports or not, as the page's own number does. */
static int put_reports(const struct reading *r, size_t *found, struct err *err)
{
    const struct document *doc = &r->doc;
    const char **entry =
        arena_alloc_n(r->arena, (size_t)doc->link_n + 1, sizeof *entry);
    size_t entry_n = 0;

    for (uint32_t i = 0; i < doc->link_n; i++) {
        const struct document_link *link = &doc->links[i];
        const char *url = resolve(r->arena, r->base, link->href);
        const char *report;

        if (!url)
            continue;
        report = report_address(r, link, url);
        if (report || (link->date.len && select_host(r->lists->selector, url)))
            entry[entry_n++] = report ? report : url;
        if (report && put_document(r, link, report,
                          title_of(r->lists->selector, link), 0, err) < 0)
            return -1;
    }
    *found = count_distinct(entry, entry_n);
    return 0;
}

static int put_pages(const struct reading *r, size_t column,
    const struct pages_script *script, struct err *err)
{
    const struct ledger_url *from = r->page->url;
    const struct document *doc = &r->doc;
    struct pages_link *link =
        arena_alloc_n(r->arena, (size_t)doc->link_n + 1, sizeof *link);
    struct pages_found found;
    size_t n = 0;
    int result = 0;

    for (uint32_t i = 0; i < doc->link_n; i++) {
        link[n].url = resolve(r->arena, r->base, doc->links[i].href);
        link[n].text = doc->links[i].text;
        n += link[n].url != NULL;
    }
    pages_find(r->page->at, from->page, script, link, n,
        r->lists->src->list_pages_max, &found);
    for (uint32_t page = 2; page <= found.max && result == 0; page++) {
        struct ledger_url u = { .source = r->lists->src->name,
            .url = found.url[page],
            .kind = URL_LIST,
            .page = page,
            .organization = from->organization,
            .region = from->region };

        if (u.url && select_host(r->lists->selector, u.url) &&
            add_page(r->lists, u.url, column))
            result = put(r->lists, &u, err);
    }
    pages_found_clear(&found);
    return result;
}

/* A column whose last known page was read, but which declares more. */
static const char *judge_column(const struct reading *r, struct column *c)
{
    struct slice message;

    if (c->pending != 0 || c->declared <= c->found)
        return NULL;
    message = arena_printf(r->arena,
        "incomplete column: %u documents declared, %llu found", c->declared,
        (unsigned long long)c->found);
    log_warnx("incomplete column source=%s url=%s declared=%u found=%llu",
        r->lists->src->name, r->page->url->url, c->declared,
        (unsigned long long)c->found);
    return message.p;
}

int lists_read(struct lists *l, const struct lists_page *page,
    struct cage *cage, struct arena *arena, const char **incomplete,
    struct err *err)
{
    struct reading r = { .lists = l, .page = page, .arena = arena };
    const struct known_page *known = find_page(l, page->url->url);
    size_t column = known ? known->column : l->column_n;
    struct column *c = &l->column[column];
    struct pages_script script;
    size_t found = 0;

    *incomplete = NULL;
    if (open_page(&r, cage, err) < 0)
        return -1;
    pages_scan(page->body, &script);
    if (put_pages(&r, column, &script, err) < 0 ||
        put_reports(&r, &found, err) < 0)
        return -1;
    c->found += found;
    if (script.records > c->declared)
        c->declared = script.records;
    if (c->pending < UINT32_MAX)
        c->pending--;
    log_debug("list source=%s url=%s links=%zu declared=%u", l->src->name,
        page->url->url, found, script.records);
    *incomplete = judge_column(&r, c);
    return 0;
}

/* ---- report pages ---------------------------------------------------- */

static bool is_known(const struct lists_found *f, const char *src)
{
    for (size_t i = 0; i < f->picture_n; i++)
        if (strcmp(f->pictures[i].src, src) == 0)
            return true;
    return false;
}

/* Those at hosts where we may go: what is elsewhere belongs to the frame of
 * the page. */
static void find_pictures(const struct reading *r, struct lists_found *found)
{
    const struct document *doc = &r->doc;

    found->pictures =
        arena_alloc_n(r->arena, doc->picture_n + 1u, sizeof *found->pictures);
    for (uint32_t i = 0; i < doc->picture_n; i++) {
        struct slice src = arena_slice(r->arena, doc->pictures[i].src);
        const char *url = resolve(r->arena, r->base, src);

        if (url && select_host(r->lists->selector, url) &&
            !is_known(found, src.p))
            found->pictures[found->picture_n++] =
                (struct pictures_address){ src.p, url };
    }
}

int lists_attachments(struct lists *l, const struct lists_page *page,
    struct cage *cage, struct arena *arena, struct lists_found *found,
    struct err *err)
{
    struct reading r = { .lists = l, .page = page, .arena = arena };
    struct slice page_title = slice_str(page->url->title);
    const struct slice none = { NULL, 0 };
    size_t n = 0;

    *found = (struct lists_found){ 0 };
    if (!select_title(l->selector, page_title, none))
        return 0;
    if (open_page(&r, cage, err) < 0) {
        log_debug("no attachments url=%s why=\"%s\"", page->url->url, err->msg);
        return err->kind == ERR_FATAL ? -1 : 0;
    }
    for (uint32_t i = 0; i < r.doc.link_n; i++) {
        const struct document_link *link = &r.doc.links[i];
        const char *url = resolve(arena, r.base, link->href);
        char *file = url ? select_attachment(url) : NULL;
        bool wanted = file && select_host(l->selector, file) &&
                      !select_excludes(l->selector, link->text, link->title);
        int result = 0;

        if (wanted && n++ < LIMIT_ATTACHMENTS)
            result = put_document(&r, link, file,
                attachment_title(l->selector, link, page_title), page->url->id,
                err);
        mem_free(file);
        if (result < 0)
            return -1;
    }
    if (n > LIMIT_ATTACHMENTS)
        log_warnx("attachments url=%s found=%zu kept=%u", page->url->url, n,
            LIMIT_ATTACHMENTS);
    found->attachment_n = n;
    find_pictures(&r, found);
    return 0;
}
