/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nianbao-bench - how fast documents are read and extracted, one core.
 *
 * Prints "name value unit" lines.  Each figure is the best of several
 * rounds of the same work, because another process on the machine only ever
 * makes it slower.  In-process figures are CPU time; through the cage it is
 * the wall clock, since parent and child take turns.
 */
#include <getopt.h>
#include <gumbo.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "common/cage.h"
#include "common/limits.h"
#include "common/log.h"
#include "transformer/extract.h"
#include "transformer/read_html.h"
#include "transformer/reader.h"

enum {
    ROUND_N = 7,
};

static const double round_s = 0.25; /* seconds of work in a round */

static const char usage[] =
    "usage: nianbao-bench [--forms DIR] [--reader PROGRAM] NAME=FILE...\n"
    "       nianbao-bench --pages PROGRAM NAME=FILE...\n"
    "\n"
    "--pages tells the CPU time of a caged reader for one page.\n"
    "\n"
    "Example: nianbao-bench --reader build/nianbao-reader 14k=report.html\n";

struct bench {
    const char *name;
    struct slice in;
    struct slice parsed; /* what work_gumbo parses: the page, or its copy */
    const struct forms *forms;
    struct cage *cage;
    bool pages;
    struct arena arena;
};

static double seconds(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- the work -------------------------------------------------------------
 */

static void extract_tree(struct bench *b, const struct document *doc)
{
    struct extract_hints hints = { .title = { NULL, 0 } };
    struct record rec = { .arena = &b->arena, .sha256 = SLICE_LIT("") };
    struct err err = { .kind = ERR_NONE };

    if (extract(doc, b->forms, &hints, &rec, &err) != 0)
        fatal("%s: %s", b->name, err.msg);
    if (rec.status == REPORT_UNRECOGNIZED)
        fatal("%s: not recognised as a report", b->name);
}

static void work_direct(struct bench *b)
{
    struct cage_hints hints = { .name = SLICE_LIT("") };
    struct document doc = { .arena = &b->arena };
    struct err err = { .kind = ERR_NONE };

    if (reader_read(b->in, &hints, &doc, &err) != 0)
        fatal("%s: cannot read: %s", b->name, err.msg);
    extract_tree(b, &doc);
}

static void work_read(struct bench *b)
{
    struct cage_hints hints = { .name = SLICE_LIT("") };
    struct document doc = { .arena = &b->arena };
    struct err err = { .kind = ERR_NONE };

    if (reader_read(b->in, &hints, &doc, &err) != 0)
        fatal("%s: cannot read: %s", b->name, err.msg);
}

static void work_cage(struct bench *b)
{
    struct cage_hints hints = { .name = SLICE_LIT("") };
    struct document doc = { .arena = &b->arena };
    struct err err = { .kind = ERR_NONE };

    if (cage_read(b->cage, b->in, &hints, &b->arena, &doc, &err) != 0)
        fatal("%s: cage: %s", b->name, err.msg);
    extract_tree(b, &doc);
}

static void work_gumbo(struct bench *b)
{
    GumboOptions options = kGumboDefaultOptions;
    GumboOutput *out;

    options.max_errors = 0;
    out = gumbo_parse_with_options(&options, b->parsed.p, b->parsed.len);
    gumbo_destroy_output(&options, out);
}

/* ---- measuring ------------------------------------------------------------
 */

/* Seconds for one document. */
static double measure(
    struct bench *b, void (*work)(struct bench *b), clockid_t clock)
{
    double best = 1e9;

    for (int round = 0; round < ROUND_N; round++) {
        double start = seconds(clock), spent;
        int n = 0;

        do {
            arena_reset(&b->arena);
            work(b);
            n++;
            spent = seconds(clock) - start;
        } while (spent < round_s);
        if (spent / n < best)
            best = spent / n;
    }
    return best;
}

/* Seconds of gumbo alone on the slimmer copy that the reader gives it. */
static double measure_slim(struct bench *b)
{
    struct arena arena;
    struct err err = { .kind = ERR_NONE };
    double spent;

    arena_init(&arena, 0);
    if (html_scan(b->in, &arena, &b->parsed, &err) != 0)
        fatal("%s: %s", b->name, err.msg);
    spent = measure(b, work_gumbo, CLOCK_PROCESS_CPUTIME_ID);
    arena_clear(&arena);
    return spent;
}

/* Formats that no HTML parser has a share in. */
static void bench_other(struct bench *b)
{
    printf("read_%s %.3f ms/document\n", b->name,
        1000 * measure(b, work_read, CLOCK_PROCESS_CPUTIME_ID));
    printf("read_and_extract_%s %.3f ms/document\n", b->name,
        1000 * measure(b, work_direct, CLOCK_PROCESS_CPUTIME_ID));
    fflush(stdout);
}

static uint32_t count_pages(const struct document *doc)
{
    uint32_t n = 1;

    for (uint32_t i = 0; i < doc->block_n; i++)
        if (doc->blocks[i].page > n)
            n = doc->blocks[i].page;
    return n;
}

static void read_caged(struct bench *b, struct document *doc)
{
    struct cage_hints hints = { .name = SLICE_LIT("") };
    struct err err = { .kind = ERR_NONE };

    *doc = (struct document){ .arena = &b->arena };
    if (cage_read(b->cage, b->in, &hints, &b->arena, doc, &err) != 0)
        fatal("%s: cannot read: %s", b->name, err.msg);
}

/* What a few documents take of the caged reader, by its own clock; a reader
 * that was replaced meanwhile has begun a new one. */
static double measure_child(struct bench *b, int n)
{
    pid_t pid = cage_pid(b->cage);
    struct document doc;
    clockid_t clock;
    double start;

    if (clock_getcpuclockid(pid, &clock) != 0)
        return 1e9;
    start = seconds(clock);
    for (int i = 0; i < n; i++) {
        arena_reset(&b->arena);
        read_caged(b, &doc);
    }
    return cage_pid(b->cage) == pid ? (seconds(clock) - start) / n : 1e9;
}

static void bench_pages(struct bench *b)
{
    struct document doc;
    double best = 1e9;
    uint32_t page_n;

    arena_init(&b->arena, LIMIT_ARENA_BYTES);
    read_caged(b, &doc);
    page_n = count_pages(&doc);
    for (int round = 0; round < ROUND_N; round++) {
        double spent = measure_child(b, 9);

        best = spent < best ? spent : best;
    }
    arena_clear(&b->arena);
    printf("pages_%s %u pages\n", b->name, page_n);
    printf("read_%s %.2f ms/page\n", b->name, 1000 * best / page_n);
    fflush(stdout);
}

static void bench_run(struct bench *b)
{
    const struct reader *reader = reader_find(b->in);
    double direct, gumbo, read, slim;

    printf("document_%s %zu bytes\n", b->name, b->in.len);
    if (!reader)
        return; /* of a program with a bench of its own */
    if (strcmp(reader->name, "html") != 0) {
        bench_other(b);
        return;
    }
    b->parsed = b->in;
    gumbo = measure(b, work_gumbo, CLOCK_PROCESS_CPUTIME_ID);
    slim = measure_slim(b);
    read = measure(b, work_read, CLOCK_PROCESS_CPUTIME_ID);
    direct = measure(b, work_direct, CLOCK_PROCESS_CPUTIME_ID);
    printf("extract_%s %.0f documents/s/core\n", b->name, 1 / direct);
    printf("gumbo_%s %.0f documents/s/core\n", b->name, 1 / gumbo);
    printf("read_over_gumbo_%s %.2f ratio\n", b->name, read / gumbo);
    printf("extract_over_gumbo_%s %.2f ratio\n", b->name, direct / gumbo);
    printf("gumbo_share_%s %.0f percent\n", b->name, 100 * slim / direct);
    if (b->cage != NULL)
        printf("extract_caged_%s %.0f documents/s\n", b->name,
            1 / measure(b, work_cage, CLOCK_MONOTONIC));
    fflush(stdout);
}

static void read_file(const char *path, struct buf *out)
{
    char block[65536];
    size_t n;
    FILE *f = fopen(path, "r");

    if (f == NULL) {
        log_warn("open path=%s", path);
        fatal("cannot read the document");
    }
    while ((n = fread(block, 1, sizeof block, f)) > 0)
        buf_add(out, block, n);
    fclose(f);
}

static void bench_file(struct bench *b, char *argument)
{
    char *equals = strchr(argument, '=');
    struct buf bytes;

    if (equals == NULL)
        fatal("\"%s\" is not NAME=FILE", argument);
    *equals = '\0';
    buf_init(&bytes, LIMIT_BODY_BYTES);
    read_file(equals + 1, &bytes);
    b->name = argument;
    b->in = buf_slice(&bytes);
    if (b->pages)
        bench_pages(b);
    else
        bench_run(b);
    buf_clear(&bytes);
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        { "forms", required_argument, NULL, 'f' },
        { "reader", required_argument, NULL, 'r' },
        { "pages", required_argument, NULL, 'p' },
        { "help", no_argument, NULL, 'h' },
        { NULL, 0, NULL, 0 },
    };
    static const struct cage_limits limits = { .cpu_s = 10,
        .wall_ms = 20000,
        .memory_bytes = UINT64_C(512) * 1024 * 1024 };
    const char *forms_dir = "conf/forms";
    struct err err = { .kind = ERR_NONE };
    struct bench b = { .cage = NULL };
    struct forms *forms;
    int c;

    log_init("nianbao-bench", LOG_LEVEL_WARN);
    while ((c = getopt_long(argc, argv, "", options, NULL)) != -1)
        switch (c) {
        case 'f':
            forms_dir = optarg;
            break;
        case 'p':
            b.pages = true;
            b.cage = cage_new(optarg, &limits);
            break;
        case 'r':
            b.cage = cage_new(optarg, &limits);
            break;
        case 'h':
            fputs(usage, stdout);
            return 0;
        default:
            fputs(usage, stderr);
            return 2;
        }
    forms = forms_read(forms_dir, &err);
    if (forms == NULL)
        fatal("%s", err.msg);
    b.forms = forms;
    arena_init(&b.arena, LIMIT_ARENA_BYTES);
    for (; optind < argc; optind++)
        bench_file(&b, argv[optind]);
    arena_clear(&b.arena);
    cage_free(b.cage);
    forms_free(forms);
    return 0;
}
