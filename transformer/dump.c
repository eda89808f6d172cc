/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dump - a document tree as text, for people who look for a fault.
 *
 * The file is parsed in the same cage as at work, so what is shown is what
 * the transformer gets: by a child of this program where that reads the
 * format, else by the program that does.
 */
#include "transformer/dump.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "common/arena.h"
#include "common/buf.h"
#include "common/cage.h"
#include "common/limits.h"
#include "common/log.h"
#include "transformer/reader.h"
#include "transformer/route.h"

/* Line ends inside a text, so that a row stays on one line. */
static void put_text(struct slice s, FILE *to)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] == '\n')
            fputs("\\n", to);
        else
            fputc(s.p[i], to);
    }
}

static void put_named(const char *name, struct slice s, FILE *to)
{
    if (!s.len)
        return;
    fprintf(to, "%s ", name);
    put_text(s, to);
    fputc('\n', to);
}

/* Where a cell stands and how it was read: nothing more for text, "~" for
 * what was seen in a picture, "?" with its alternatives for what is in
 * doubt; "@" and the page where that is not the page of the cell before. */
static void put_cell(
    const struct document_cell *c, uint32_t page_before, FILE *to)
{
    static const char *const marks[] = { [READING_TEXT] = "",
        [READING_RECOGNIZED] = "~",
        [READING_DOUBTFUL] = "?" };

    fprintf(to, "%u,%u", c->row, c->col);
    if (c->rowspan > 1 || c->colspan > 1)
        fprintf(to, "[%ux%u]", c->rowspan, c->colspan);
    if (c->page != page_before)
        fprintf(to, "@%u", c->page);
    fprintf(to, " %s", marks[c->reading]);
    put_text(c->text, to);
    if (c->alternatives.len) {
        fputs(" {", to);
        put_text(c->alternatives, to);
        fputc('}', to);
    }
}

static void put_table(const struct document_table *t, uint32_t index, FILE *to)
{
    fprintf(to, "TABLE %u: %u rows, %u columns, %u cells, depth %u\n", index,
        t->row_n, t->col_n, t->cell_n, t->depth);
    put_named("CAPTION", t->caption, to);
    for (uint32_t i = 0; i < t->cell_n; i++) {
        const struct document_cell *c = &t->cells[i];

        if (i == 0 || c->row != c[-1].row)
            fputs(i ? "\n  " : "  ", to);
        else
            fputs(" | ", to);
        put_cell(c, i ? c[-1].page : 0, to);
    }
    if (t->cell_n)
        fputc('\n', to);
}

static void put_link(const struct document_link *l, FILE *to)
{
    fputs("LINK ", to);
    put_text(l->href, to);
    fputs(" | ", to);
    put_text(l->text, to);
    fputs(" | ", to);
    put_text(l->title, to);
    fprintf(to, " | %.*s\n", SLICE_ARG(l->date));
}

void dump_document(const struct document *doc, FILE *to)
{
    put_named("READER", doc->reader, to);
    put_named("MEDIA TYPE", doc->media_type, to);
    put_named("CHARSET", doc->charset, to);
    if (doc->replaced_n)
        fprintf(to, "REPLACED %u bytes\n", doc->replaced_n);
    put_named("TITLE", doc->title, to);
    put_named("BASE", doc->base, to);
    for (uint32_t i = 0; i < doc->meta_n; i++) {
        put_named("META", doc->metas[i].name, to);
        put_named("  =", doc->metas[i].content, to);
    }
    for (uint32_t i = 0; i < doc->block_n; i++) {
        const struct document_block *b = &doc->blocks[i];
        static const char *const names[] = { "P", "H1", "H2", "H3", "H4", "H5",
            "H6" };

        if (b->kind == BLOCK_TABLE)
            put_table(&doc->tables[b->table], b->table, to);
        else
            put_named(names[b->heading], b->text, to);
    }
    for (uint32_t i = 0; i < doc->link_n; i++)
        put_link(&doc->links[i], to);
    for (uint32_t i = 0; i < doc->picture_n; i++)
        put_named("PICTURE", doc->pictures[i].src, to);
}

static int read_file(const char *name, struct buf *to)
{
    char block[65536];
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    ssize_t n = -1;

    if (fd < 0)
        return -1;
    while ((n = read(fd, block, sizeof(block))) > 0)
        buf_add(to, block, (size_t)n);
    close(fd);
    if (n == 0 && to->failed)
        errno = EFBIG;
    return n < 0 || to->failed ? -1 : 0;
}

/* The program that runs and its neighbours. */
struct dumper {
    struct cage *self;
    struct route *route;
};

static int read_caged(const struct dumper *d, struct slice in, const char *name,
    struct arena *arena, struct document *doc, struct err *err)
{
    const struct cage_hints hints = { .name = slice_str(name) };

    if (reader_find(in))
        return cage_read(d->self, in, &hints, arena, doc, err);
    return route_read(d->route, in, &hints, arena, doc, err);
}

static int dump_file(const struct dumper *d, const char *name)
{
    struct document doc;
    struct arena arena;
    struct buf body;
    struct err err;
    int status = -1;

    buf_init(&body, LIMIT_BODY_BYTES);
    arena_init(&arena, LIMIT_ARENA_BYTES);
    if (read_file(name, &body) < 0) {
        log_warn("%s", name);
    } else if (read_caged(d, buf_slice(&body), name, &arena, &doc, &err) < 0) {
        log_warnx("%s: %s", name, err.msg);
    } else {
        printf("FILE %s\n", name);
        dump_document(&doc, stdout);
        status = 0;
    }
    arena_clear(&arena);
    buf_clear(&body);
    return status;
}

int dump_files(char **names, uint64_t memory_bytes)
{
    const struct cage_limits limits = {
        .cpu_s = 60, .wall_ms = 120000, .memory_bytes = memory_bytes
    };
    char self[4096];
    ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);
    struct dumper d;
    int status = 0;

    if (len < 0)
        fatal("cannot find my own program: is /proc there?");
    self[len] = '\0';
    d.self = cage_new(self, &limits);
    *strrchr(self, '/') = '\0';
    d.route = route_new(self, &limits, &limits, &limits);
    for (; *names; names++)
        if (dump_file(&d, *names) < 0)
            status = 1;
    cage_free(d.self);
    route_free(d.route);
    if (fflush(stdout) != 0) {
        log_warn("standard output");
        status = 1;
    }
    return status;
}
