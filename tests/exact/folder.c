/* SPDX-License-Identifier: Apache-2.0 */
/*
 * folder - documents with a file of expectations beside them, as TAP.
 *
 * They are read as at work, by the caged programs of the build; what needs a
 * program that was left out of the build is left out here as well.
 *
 * `<name>.truth.tsv` (with `<name>.mustflag` for a report that must not be
 * valid; all others must be) or `<name>.expected.tsv` (which says so
 * itself) stands beside `<name>.html`, `<name>.txt`, ...
 */
#include <dirent.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/limits.h"
#include "common/log.h"
#include "common/mem.h"
#include "common/store.h"
#include "tests/exact/exact.h"
#include "transformer/extract.h"
#include "transformer/reader.h"
#include "transformer/route.h"

static void start_record(struct record *rec, struct arena *arena)
{
    memset(rec, 0, sizeof *rec);
    rec->arena = arena;
    rec->sha256 = SLICE_LIT("");
    rec->status = REPORT_UNRECOGNIZED;
}

int exact_extract(struct slice in, const char *name, const struct forms *forms,
    struct arena *arena, struct record *rec, struct err *err)
{
    struct cage_hints hints = { .name = slice_str(name) };
    struct extract_hints known = { .title = { NULL, 0 } };
    struct document doc = { .arena = arena };

    start_record(rec, arena);
    if (reader_read(in, &hints, &doc, err) != 0)
        return -1;
    return extract(&doc, forms, &known, rec, err);
}

/* The same in the cage. */
static int extract_caged(struct route *route, struct slice in, const char *name,
    const struct forms *forms, struct arena *arena, struct record *rec,
    struct err *err)
{
    struct cage_hints hints = { .name = slice_str(name) };
    struct extract_hints known = { .title = { NULL, 0 } };
    struct document doc = { .arena = arena };

    start_record(rec, arena);
    if (route_read(route, in, &hints, arena, &doc, err) != 0 &&
        (strncmp(err->msg, "reader.none: ", 13) != 0 ||
            !route_has_office(route, in) ||
            route_read_office(route, in, &hints, arena, &doc, err) != 0))
        return -1;
    return extract(&doc, forms, &known, rec, err);
}

/* ---- one file -------------------------------------------------------------
 */

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

/* "<dir>/<stem>" of "<dir>/<stem>.truth.tsv"; then its document. */
static bool find_document(const char *stem, char **path)
{
    static const char *const suffixes[] = { "html", "txt", "docx", "xlsx",
        "doc", "xls", "rtf", "odt", "mht", "pdf", "ofd", "png", "jpg", "tif" };

    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        *path = mem_printf("%s.%s", stem, suffixes[i]);
        if (exists(*path))
            return true;
        mem_free(*path);
    }
    *path = NULL;
    return false;
}

static bool run_case(struct route *route, const struct forms *forms,
    const char *document, const char *truth, const char *stem)
{
    struct err err = { .kind = ERR_NONE };
    struct outcome o = { .compared = 0 };
    struct expect *e = mem_alloc(sizeof *e);
    struct arena arena;
    struct record rec;
    struct buf bytes;
    char *flag = mem_printf("%s.mustflag", stem);
    bool good = false, judged = false;

    arena_init(&arena, LIMIT_ARENA_BYTES);
    buf_init(&bytes, LIMIT_BODY_BYTES);
    buf_init(&o.words, 1 << 20);
    if (expect_read(truth, &arena, e, &err) != 0)
        goto out;
    if (exists(flag))
        e->verdict = VERDICT_FLAGGED;
    if (exact_read_file(document, &bytes, &err) != 0)
        goto out;
    if (extract_caged(route, buf_slice(&bytes), document, forms, &arena, &rec,
            &err) != 0) {
        good = judged = strstr(err.msg, "(built with ") != NULL;
        if (judged)
            goto out;
        buf_printf(&o.words, "#   %s\n", err.msg);
    }
    expect_compare(e, &rec, &o);
    judged = true;
    good = outcome_is_good(&o);
    printf("%s - %s: %d cells, %d exact, %d lost, %d wrong, %s\n",
        good ? "ok" : "not ok", strrchr(stem, '/') + 1, o.compared, o.exact,
        o.lost, o.wrong, report_status_name(rec.status));
    if (!good)
        printf("%.*s", (int)o.words.len, o.words.len > 0 ? o.words.p : "");
out:
    if (!judged)
        printf("not ok - %s\n", err.msg);
    mem_free(flag);
    buf_clear(&o.words);
    buf_clear(&bytes);
    arena_clear(&arena);
    mem_free(e);
    return good;
}

static int is_truth(const struct dirent *entry)
{
    size_t n = strlen(entry->d_name);
    static const char *const suffixes[] = { ".truth.tsv", ".expected.tsv" };

    for (size_t i = 0; i < 2; i++)
        if (n > strlen(suffixes[i]) &&
            strcmp(entry->d_name + n - strlen(suffixes[i]), suffixes[i]) == 0)
            return 1;
    return 0;
}

/* The programs of the build that this one stands in. */
static struct route *open_route(void)
{
    const struct cage_limits usual = { 60, 120000, (uint64_t)512 << 20 };
    const struct cage_limits ocr = { 120, 240000, (uint64_t)1024 << 20 };
    char self[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    struct route *route;
    char *folder;

    if (n < 0)
        fatal("cannot find my own program: is /proc there?");
    self[n] = '\0';
    folder = mem_printf("%s/..", dirname(self));
    route = route_new(folder, &usual, &ocr, &ocr);
    mem_free(folder);
    return route;
}

bool exact_run_folder(const struct forms *forms, const char *dir)
{
    struct dirent **found;
    int n = scandir(dir, &found, is_truth, alphasort);
    struct route *route;
    bool good = true;

    if (n < 0) {
        printf("not ok - cannot read %s\n", dir);
        return false;
    }
    route = open_route();
    for (int i = 0; i < n; i++) {
        char *truth = mem_printf("%s/%s", dir, found[i]->d_name);
        char *stem = mem_strdup(truth), *document;

        *strrchr(stem, '.') = '\0';
        *strrchr(stem, '.') = '\0';
        if (find_document(stem, &document))
            good = run_case(route, forms, document, truth, stem) && good;
        mem_free(document);
        mem_free(stem);
        mem_free(truth);
        free(found[i]);
    }
    free(found);
    route_free(route);
    return good;
}
