/* SPDX-License-Identifier: Apache-2.0 */
/*
 * route - which caged program reads a document, and its answer.
 *
 * A cage is made when the first document for it comes, so an installation
 * that sees no PDF never starts the program for it.  Whether a program is
 * there is looked up each time until it is used: it may be installed while
 * we run.
 */
#include "transformer/route.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/mem.h"
#include "transformer/sniff.h"

struct program {
    const char *name;
    const char *without; /* how a build leaves it out; NULL: it never does */
    const char *needs;   /* what is said of a document then */
};

static const struct program programs[ROUTE_N] = {
    [ROUTE_LIGHT] = { "nianbao-reader", NULL, NULL },
    [ROUTE_PDF] = { "nianbao-reader-pdf", "PDF=no", "reader.none: PDF" },
    [ROUTE_OCR] = { "nianbao-reader-ocr", "OCR=no",
        "reader.scan: this is a picture; it" },
    [ROUTE_OFFICE] = { "nianbao-reader-office", "another version",
        "reader.none: LibreOffice" },
};

struct route {
    char *folder;
    struct cage_limits limits[ROUTE_N];
    struct cage *cages[ROUTE_N]; /* NULL until needed */
    bool no_office;              /* LibreOffice was asked and is not there */
    void (*waiting)(void *);
    void *waiting_arg;
};

struct route *route_new(const char *folder, const struct cage_limits *usual,
    const struct cage_limits *ocr, const struct cage_limits *office)
{
    struct route *r = mem_alloc(sizeof(*r));

    r->folder = mem_strdup(folder);
    r->limits[ROUTE_LIGHT] = r->limits[ROUTE_PDF] = *usual;
    r->limits[ROUTE_OCR] = *ocr;
    r->limits[ROUTE_OFFICE] = *office;
    return r;
}

struct route *route_open(const struct conf *conf)
{
    const struct cage_limits usual = { conf->reader_cpu_s, conf->reader_wall_ms,
        (uint64_t)conf->reader_memory_mb * 1024 * 1024 };
    const struct cage_limits ocr = { conf->ocr_cpu_s, conf->ocr_wall_ms,
        (uint64_t)conf->ocr_memory_mb * 1024 * 1024 };
    const struct cage_limits office = { conf->office_cpu_s,
        conf->office_wall_ms, (uint64_t)conf->office_memory_mb * 1024 * 1024 };

    return route_new(conf->program_dir, &usual, &ocr, &office);
}

void route_free(struct route *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < ROUTE_N; i++)
        cage_free(r->cages[i]);
    mem_free(r->folder);
    mem_free(r);
}

void route_on_wait(struct route *r, void (*waiting)(void *), void *arg)
{
    r->waiting = waiting;
    r->waiting_arg = arg;
    for (size_t i = 0; i < ROUTE_N; i++)
        if (r->cages[i])
            cage_on_wait(r->cages[i], waiting, arg);
}

/* The program's cage, or NULL where the program is not installed. */
static struct cage *open_cage(struct route *r, enum route_program program)
{
    struct cage *cage = r->cages[program];
    char *path;

    if (cage)
        return cage;
    path = mem_printf("%s/%s", r->folder, programs[program].name);
    /* One that is there and cannot be started is for the cage to tell. */
    if (!programs[program].without || access(path, F_OK) == 0 ||
        errno != ENOENT) {
        cage = cage_new(path, &r->limits[program]);
        cage_on_wait(cage, r->waiting, r->waiting_arg);
        r->cages[program] = cage;
    }
    mem_free(path);
    return cage;
}

/* "reader.code: what needs a program, which this installation lacks". */
static int lacks(const char *what, enum route_program program, struct err *err)
{
    return err_set(err, ERR_INPUT,
        "%s needs %s, which this installation does not have (built with %s)",
        what, programs[program].name, programs[program].without);
}

int route_read_by(struct route *r, enum route_program program, struct slice in,
    const struct cage_hints *hints, struct arena *arena, struct document *doc,
    struct err *err)
{
    struct cage *cage = open_cage(r, program);

    if (!cage)
        return lacks(programs[program].needs, program, err);
    return cage_read(cage, in, hints, arena, doc, err);
}

enum route_program route_find(struct slice in)
{
    const char *binary = sniff_binary(in);

    if (!binary)
        return ROUTE_LIGHT;
    if (strcmp(binary, "application/pdf") == 0)
        return ROUTE_PDF;
    if (strncmp(binary, "image/", strlen("image/")) == 0)
        return ROUTE_OCR;
    return ROUTE_LIGHT;
}

static bool has_code(const struct err *err, const char *code)
{
    return err->kind == ERR_INPUT && strncmp(err->msg, code, strlen(code)) == 0;
}

bool route_has_office(const struct route *r, struct slice in)
{
    static const char *const types[] = { SNIFF_DOC, SNIFF_DOCX, SNIFF_ODT,
        "application/rtf" };
    const char *type = sniff_binary(in);

    for (size_t i = 0; type && i < sizeof(types) / sizeof(types[0]); i++)
        if (strcmp(type, types[i]) == 0)
            return !r->no_office && r->limits[ROUTE_OFFICE].cpu_s > 0;
    return false;
}

int route_read_office(struct route *r, struct slice in,
    const struct cage_hints *hints, struct arena *arena, struct document *doc,
    struct err *err)
{
    int status = route_read_by(r, ROUTE_OFFICE, in, hints, arena, doc, err);

    r->no_office = status != 0 &&
                   (err->kind == ERR_FATAL || has_code(err, "reader.none: "));
    return status;
}

int route_read(struct route *r, struct slice in, const struct cage_hints *hints,
    struct arena *arena, struct document *doc, struct err *err)
{
    enum route_program first = route_find(in);
    int status = route_read_by(r, first, in, hints, arena, doc, err);

    if (status == 0 || first == ROUTE_OCR || !has_code(err, "reader.scan: "))
        return status;
    if (!open_cage(r, ROUTE_OCR)) {
        char what[128];

        snprintf(what, sizeof(what), "%.120s; it", err->msg);
        return lacks(what, ROUTE_OCR, err);
    }
    err_clear(err);
    return route_read_by(r, ROUTE_OCR, in, hints, arena, doc, err);
}
