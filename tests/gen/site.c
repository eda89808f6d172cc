/* SPDX-License-Identifier: Apache-2.0 */
/*
 * site - the sample portal: columns, reports, and what goes wrong in them.
 *
 * Reports of one body follow on each other: requests carried forward in one
 * year are carried over in the next.  Most are sound; every tenth or so has
 * a real fault, and some entries are no reports at all.
 */
#include "tests/gen/site.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/limits.h"
#include "common/log.h"
#include "common/mem.h"
#include "tests/gen/gen.h"

enum {
    YEAR_FROM = 2019,
    YEAR_TO = 2024,
    YEAR_N = YEAR_TO - YEAR_FROM + 1,
    COLUMN_N = 3,
    PAGE_MAX = 60, /* list pages of a column; large sites have longer ones */
};

struct site {
    const struct site_order *order;
    struct arena arena;
    struct rng rng;
    struct site_column *column[COLUMN_N];
    int written; /* reports so far */
};

/* ---- files ------------------------------------------------------------- */

static void make_folders(const char *path)
{
    char *copy = mem_strdup(path);

    for (char *p = copy + 1; *p != '\0'; p++)
        if (*p == '/') {
            *p = '\0';
            if (mkdir(copy, 0755) != 0 && errno != EEXIST) {
                log_warn("mkdir path=%s", copy);
                fatal("cannot make the folder");
            }
            *p = '/';
        }
    mem_free(copy);
}

void site_write(const char *path, const char *suffix, struct slice bytes)
{
    char *name = suffix[0] != '\0' ? mem_printf("%s.%s", path, suffix)
                                   : mem_strdup(path);
    FILE *f;

    make_folders(name);
    f = fopen(name, "w");
    if (f == NULL ||
        (bytes.len > 0 && fwrite(bytes.p, 1, bytes.len, f) != bytes.len) ||
        fclose(f) != 0) {
        log_warn("write path=%s", name);
        fatal("cannot write the file");
    }
    mem_free(name);
}

/* Write below the column's folder and list it there. */
static void entry_write(struct site *s, struct site_column *c, const char *href,
    const char *title, const char *date, struct slice bytes,
    const char *headers)
{
    const char *path =
        arena_printf(&s->arena, "%s/%s/%s", s->order->dir, c->path, href).p;

    if (c->entry_n == SITE_ENTRY_MAX)
        fatal("column %s is full at %d entries", c->path, c->entry_n);
    site_write(path, "", bytes);
    if (headers != NULL)
        site_write(path, "headers", slice_str(headers));
    c->entry[c->entry_n++] =
        (struct site_entry){ arena_printf(&s->arena, "./%s", href).p,
            arena_str(&s->arena, title), arena_str(&s->arena, date) };
}

/* ---- reports ----------------------------------------------------------- */

static void order_layout(struct gen_order *o, const char *name)
{
    const struct gen_layout *l = gen_layout_find(name);

    if (l != NULL)
        gen_order_add(o, l);
}

/* How this report is written, and whether something is wrong with it. */
static void order_choose(
    struct site *s, struct gen_order *o, const struct site_column *c)
{
    static const char *const shells[] = { "clean", "clean", "word", "nested",
        "ie", "unclosed", "junk" };
    static const char *const more[] = { "split-header", "halfwidth",
        "label-spaces", "thousands", "dashes", "spacer", "no-spans",
        "review-rows", "fullwidth", "typo" };
    static const char *const faults[] = { "total-wrong", "digit",
        "blank-totals", "row-removed", "truncated" };

    order_layout(o, shells[rng_below(&s->rng, 7)]);
    if (rng_chance(&s->rng, 35))
        order_layout(o, more[rng_below(&s->rng, 10)]);
    if (c->gb)
        order_layout(o, "gb18030");
    if (s->written % 11 == 7)
        o->damage = gen_damage_find(faults[s->written / 11 % 5]);
}

static void report_write(struct site *s, struct site_column *c,
    const struct gen_body *body, int year, struct gen_model *last)
{
    struct gen_order o;
    struct gen_doc *d;
    const char *href;

    gen_order_init(&o, s->order->seed * 1000003 + (uint64_t)s->written);
    o.wish.year = year;
    o.wish.body = body;
    o.wish.before = last->year != 0 ? last : NULL;
    order_choose(s, &o, c);
    d = gen_doc_new(&o);
    if (c->gb)
        href = arena_printf(&s->arena, "%016" PRIx64 "%016" PRIx64 ".html",
            rng_next(&s->rng), rng_next(&s->rng))
                   .p;
    else
        href = arena_printf(&s->arena, "%d01/t%.4s%.2s%.2s_%d.html", year + 1,
            d->published, d->published + 5, d->published + 8, 1000 + s->written)
                   .p;
    entry_write(s, c, href, d->title, d->published, buf_slice(&d->bytes),
        c->gb ? "Content-Type: text/html\n" : NULL);
    *last = d->model;
    s->written++;
    gen_doc_free(d);
}

/* The twelve bodies, then invented bureaus of invented districts. */
static const struct gen_body *body_get(struct site *s, int i)
{
    static const char *const districts[] = { "青岚", "松照", "云汀", "望禾",
        "槐荫里", "石渠", "沙棠", "镜泊里", "澜田", "桐月" };
    static const char *const bureaus[] = { "财政局", "教育局", "民政局",
        "司法局", "统计局", "审计局", "水务局", "农业农村局", "应急管理局",
        "医疗保障局", "文化和旅游局", "生态环境局", "自然资源局", "信访局",
        "住房和城乡建设局", "退役军人事务局", "城市管理局", "科学技术局",
        "商务局", "体育局" };
    struct gen_body *b;
    const char *name;

    if (i < GEN_BODY_N)
        return &gen_bodies[i];
    i -= GEN_BODY_N;
    if (i >= 10 * 20)
        fatal("at most %d reports", (200 + GEN_BODY_N) * YEAR_N);
    name = arena_printf(
        &s->arena, "澄塘市%s新区%s", districts[i / 20], bureaus[i % 20])
               .p;
    b = arena_alloc(&s->arena, sizeof *b);
    b->name = name;
    b->office = arena_printf(&s->arena, "%s办公室", name).p;
    b->size = i % 3;
    return b;
}

/* Governments, their towns and streets, and all other bodies each have a
 * column of their own. */
static struct site_column *column_get(
    struct site *s, const struct gen_body *body)
{
    if (strstr(body->name, "镇人民政府") != NULL ||
        strstr(body->name, "街道") != NULL ||
        strstr(body->name, "管理委员会") != NULL)
        return s->column[2];
    return s->column[strstr(body->name, "人民政府") != NULL ? 0 : 1];
}

static void reports_write(struct site *s)
{
    int n = s->order->report_n != 0 ? s->order->report_n : GEN_BODY_N * YEAR_N;

    for (int i = 0; s->written < n; i++) {
        struct gen_model last = { .year = 0 };
        const struct gen_body *body = body_get(s, i);
        struct site_column *c = column_get(s, body);

        for (int year = YEAR_FROM; year <= YEAR_TO && s->written < n; year++)
            report_write(s, c, body, year, &last);
    }
}

/* ---- what else stands in report columns --------------------------------- */

static void oddities_write(struct site *s)
{
    static const char letter[] =
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">"
        "<title>关于报送政府信息公开工作年度报告自查情况的函</title></head>"
        "<body><h1>关于报送政府信息公开工作年度报告自查情况的函</h1>\n"
        "<p>市政府办公室：</p><p>按照通知要求，我局对2023年度公开栏目逐项"
        "自查，共检查栏目12个，整改问题3个。现将自查情况报上，请审阅。</p>"
        "<p>2024年2月6日</p></body></html>\n";
    static const char pdf[] = "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n"
                              "1 0 obj<</Type/Catalog>>endobj\n"
                              "trailer<</Root 1 0 R>>\n%%EOF\n";
    char noise[2048];

    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (char)rng_below(&s->rng, 256);
    entry_write(s, s->column[0], "202402/t20240206_900.html",
        "关于报送政府信息公开工作年度报告自查情况的函", "2024-02-06",
        slice_str(letter), NULL);
    entry_write(s, s->column[1], "2022nb.pdf",
        "澄塘市档案馆2022年政府信息公开工作年度报告（附件）", "2023-01-19",
        (struct slice){ pdf, sizeof pdf - 1 }, NULL);
    entry_write(s, s->column[2], "202301/t20230117_901.html",
        "澄塘市供销合作社2022年政府信息公开工作年度报告", "2023-01-17",
        (struct slice){ noise, sizeof noise }, NULL);
    entry_write(s, s->column[2], "internal/t20230118_902.html",
        "澄塘市机关事务管理局2022年政府信息公开工作年度报告", "2023-01-18",
        slice_str("<html><body>robots.txt disallows it</body></html>\n"), NULL);
}

/* ---- the corpus -------------------------------------------------------- */

static int is_corpus_document(const struct dirent *e)
{
    const char *dot = strrchr(e->d_name, '.');

    return dot != NULL &&
           (strcmp(dot, ".html") == 0 || strcmp(dot, ".txt") == 0 ||
               strcmp(dot, ".pdf") == 0) &&
           strncmp(e->d_name, "list-", 5) != 0;
}

static void read_file(const char *path, struct buf *out)
{
    char block[65536];
    size_t n;
    FILE *f = fopen(path, "r");

    if (f == NULL) {
        log_warn("open path=%s", path);
        fatal("cannot read the corpus");
    }
    while ((n = fread(block, 1, sizeof block, f)) > 0)
        buf_add(out, block, n);
    fclose(f);
}

static void corpus_write(struct site *s)
{
    struct site_column *c = mem_alloc(sizeof *c);
    struct dirent **found;
    int n = scandir(s->order->corpus, &found, is_corpus_document, alphasort);

    if (n < 0) {
        log_warn("open path=%s", s->order->corpus);
        fatal("cannot read the corpus");
    }
    c->path = "corpus";
    c->name = "样本文件";
    c->pager = PAGER_NONE;
    c->page_len = SITE_ENTRY_MAX;
    for (int i = 0; i < n; i++) {
        struct buf bytes;
        const char *name = found[i]->d_name;

        buf_init(&bytes, LIMIT_BODY_BYTES);
        read_file(
            arena_printf(&s->arena, "%s/%s", s->order->corpus, name).p, &bytes);
        entry_write(s, c, name,
            arena_printf(&s->arena, "政府信息公开年报（样本%d）", i + 1).p,
            "2026-01-05", buf_slice(&bytes), NULL);
        buf_clear(&bytes);
        free(found[i]);
    }
    free(found);
    site_list_write(s->order->dir, c);
    mem_free(c);
}

/* ---- the whole --------------------------------------------------------- */

static void front_write(struct site *s)
{
    struct buf out;
    const char *dir = s->order->dir;

    buf_init(&out, LIMIT_BODY_BYTES);
    buf_add_str(&out,
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">"
        "<title>澄塘市政府信息公开（样本站点）</title></head><body>\n<ul>\n");
    for (int i = 0; i < COLUMN_N; i++)
        buf_printf(&out, "<li><a href=\"/%s/index.html\">%s</a></li>\n",
            s->column[i]->path, s->column[i]->name);
    if (s->order->corpus != NULL)
        buf_add_str(
            &out, "<li><a href=\"/corpus/index.html\">样本文件</a></li>\n");
    buf_add_str(&out, "</ul>\n</body></html>\n");
    site_write(
        arena_printf(&s->arena, "%s/index", dir).p, "html", buf_slice(&out));
    site_write(arena_printf(&s->arena, "%s/robots", dir).p, "txt",
        slice_str("# sample portal\nUser-agent: *\n"
                  "Disallow: /towns/internal/\n"));
    buf_clear(&out);
}

int site_make(const struct site_order *order)
{
    static const struct site_column columns[COLUMN_N] = {
        { .path = "government",
            .name = "政府信息公开年报",
            .pager = PAGER_SCRIPT,
            .page_len = 10 },
        { .path = "bureaus",
            .name = "部门政府信息公开年报",
            .pager = PAGER_NUMBERS,
            .gb = true,
            .page_len = 8 },
        { .path = "towns",
            .name = "街道和乡镇政府信息公开年报",
            .pager = PAGER_NUMBERS,
            .page_len = 15 },
    };
    struct site *s = mem_alloc(sizeof *s);

    s->order = order;
    arena_init(&s->arena, LIMIT_ARENA_BYTES);
    rng_init(&s->rng, order->seed, 9);
    for (int i = 0; i < COLUMN_N; i++) {
        s->column[i] = mem_alloc(sizeof *s->column[i]);
        *s->column[i] = columns[i];
    }
    reports_write(s);
    oddities_write(s);
    for (int i = 0; i < COLUMN_N; i++) {
        struct site_column *c = s->column[i];

        if (c->entry_n > c->page_len * PAGE_MAX)
            c->page_len = c->entry_n / PAGE_MAX + 1;
        site_list_write(order->dir, c);
    }
    if (order->corpus != NULL)
        corpus_write(s);
    front_write(s);
    printf("%d reports under %s\n", s->written, order->dir);
    for (int i = 0; i < COLUMN_N; i++)
        mem_free(s->column[i]);
    arena_clear(&s->arena);
    mem_free(s);
    return 0;
}
