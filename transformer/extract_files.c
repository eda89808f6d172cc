/* SPDX-License-Identifier: Apache-2.0 */
/*
 * extract_files - documents by hand: files in, printed records out.
 *
 * A file that cannot be opened or that no reader understands is printed
 * too, as an unrecognized document with the reason, so that the output has
 * as many documents as the command line; a container (zip, rar) is printed
 * as the documents in it.  Parsing happens in the cage.
 */
#include "transformer/extract_files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <openssl/evp.h>

#include "common/limits.h"
#include "common/log.h"
#include "common/mem.h"
#include "common/unpack.h"
#include "transformer/reading.h"
#include "transformer/route.h"

struct hand {
    const struct forms *forms;
    const struct printer *printer;
    const struct print *print;
    struct route *route;
    struct cage *cage;   /* where containers are unpacked */
    struct arena arena;  /* of one document */
    struct arena places; /* of one file: names of containers in it */
    const char **place;  /* source of each part; [0] is the file */
    struct buf body;
    bool ended; /* nothing more can be printed; it was said why */
    enum extract_status worst;
};

/* ---- bytes -----------------------------------------------------------------
 */

static int read_fd(int fd, struct buf *out, struct err *err)
{
    char block[65536];
    ssize_t n;

    while ((n = read(fd, block, sizeof(block))) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_set_errno(err, ERR_INPUT, "file.unreadable");
        buf_add(out, block, (size_t)n);
        if (out->failed)
            return err_set(err, ERR_LIMIT,
                "file.size: more than %u bytes are not read", LIMIT_BODY_BYTES);
    }
    return 0;
}

static int read_file(const char *path, struct buf *out, struct err *err)
{
    int fd = STDIN_FILENO, result;

    buf_reset(out);
    if (strcmp(path, "-") != 0)
        fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_set_errno(err, ERR_INPUT, "file.unreadable");
    result = read_fd(fd, out, err);
    if (fd != STDIN_FILENO)
        close(fd);
    return result;
}

static struct slice hash(struct arena *a, struct slice s)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    char *out, *p;

    if (EVP_Digest(s.p ? s.p : "", s.len, sum, &n, EVP_sha256(), NULL) != 1)
        fatal("libcrypto cannot make a sha-256");
    out = p = arena_alloc(a, (size_t)2 * n + 1);
    for (unsigned i = 0; i < n; i++) {
        *p++ = digits[sum[i] >> 4];
        *p++ = digits[sum[i] & 15];
    }
    return (struct slice){ out, (size_t)2 * n };
}

/* ---- one document ----------------------------------------------------------
 */

static int extract_bytes(struct hand *hand, const char *name, struct slice body,
    struct record *rec, struct err *err)
{
    const struct cage_hints hints = { .name = slice_str(name) };
    const struct extract_hints known = { .title = { NULL, 0 } };
    int result;

    rec->sha256 = hash(&hand->arena, body);
    result =
        reading_make(hand->route, hand->forms, body, &hints, &known, rec, err);
    if (result != 0 && err->kind == ERR_RETRY) {
        /* killed from outside: once more in a fresh cage */
        err_clear(err);
        *rec = (struct record){ .arena = rec->arena, .sha256 = rec->sha256 };
        result = reading_make(
            hand->route, hand->forms, body, &hints, &known, rec, err);
    }
    return result;
}

/* What is known of a document that could not be read. */
static void set_unreadable(struct record *rec, const struct err *why)
{
    const struct record empty = { .arena = rec->arena,
        .sha256 = rec->sha256,
        .status = REPORT_UNRECOGNIZED,
        .reason_n = 1 };

    *rec = empty;
    rec->reasons = arena_alloc_n(rec->arena, 1, sizeof(*rec->reasons));
    rec->reasons[0] = arena_slice(rec->arena, slice_str(why->msg));
}

static enum extract_status status_of(const struct record *rec)
{
    switch (rec->status) {
    case REPORT_VALID:
        return EXTRACT_VALID;
    case REPORT_FLAGGED:
        return EXTRACT_FLAGGED;
    case REPORT_UNRECOGNIZED:
        return EXTRACT_UNRECOGNIZED;
    }
    return EXTRACT_UNRECOGNIZED;
}

/* Print what became of one document; -1 when no further one can be. */
static int print_record(
    struct hand *hand, const char *source, const struct record *rec)
{
    FILE *out = hand->print->out;

    hand->printer->record(hand->print, source, rec);
    if (status_of(rec) > hand->worst)
        hand->worst = status_of(rec);
    if (fflush(out) != 0 || ferror(out)) {
        if (errno != EPIPE) /* a reader that has seen enough, as head(1) */
            log_warn("cannot write the output");
        return -1;
    }
    return 0;
}

static int print_unreadable(
    struct hand *hand, const char *source, const struct err *why)
{
    struct record rec = { .arena = &hand->arena };

    if (why->kind == ERR_FATAL) {
        log_error("%s", why->msg);
        return -1;
    }
    set_unreadable(&rec, why);
    return print_record(hand, source, &rec);
}

/* Extract and print one document. */
static int do_bytes(struct hand *hand, const char *source, struct slice body)
{
    struct err err = { .kind = ERR_NONE };
    struct record rec = { .arena = &hand->arena };

    arena_reset(&hand->arena);
    if (extract_bytes(hand, source, body, &rec, &err) == 0)
        return print_record(hand, source, &rec);
    if (err.kind == ERR_FATAL)
        return print_unreadable(hand, source, &err);
    set_unreadable(&rec, &err);
    return print_record(hand, source, &rec);
}

/* One document of a container. */
static int do_part(void *ctx, const struct unpack_part *part, struct err *err)
{
    struct hand *hand = ctx;
    const char *source = arena_printf(&hand->places, "%s#%.*s",
        hand->place[part->within], SLICE_ARG(part->path))
                             .p;
    int result = 0;

    hand->place[part->index] = source;
    if (part->reason.len) {
        struct err why;

        err_set(&why, ERR_INPUT, "%.*s", SLICE_ARG(part->reason));
        arena_reset(&hand->arena);
        result = print_unreadable(hand, source, &why);
    } else if (!part->is_container) {
        result = do_bytes(hand, source, part->bytes);
    }
    hand->ended = result != 0;
    return hand->ended ? err_set(err, ERR_FATAL, "the output has ended") : 0;
}

/* Extract and print one file; -1 when no further one can be. */
static int do_file(struct hand *hand, const char *path)
{
    struct err err = { .kind = ERR_NONE };
    struct slice body;
    bool is_container = false;

    arena_reset(&hand->arena);
    arena_reset(&hand->places);
    if (read_file(path, &hand->body, &err) != 0)
        return print_unreadable(hand, path, &err);
    body = buf_slice(&hand->body);
    hand->place =
        arena_alloc_n(&hand->places, LIMIT_PARTS + 1, sizeof(*hand->place));
    hand->place[0] = path;
    if (unpack(hand->cage, body, slice_str(path), do_part, hand, &is_container,
            &err) != 0)
        return hand->ended ? -1 : print_unreadable(hand, path, &err);
    return is_container ? 0 : do_bytes(hand, path, body);
}

enum extract_status extract_files(const struct conf *conf,
    const struct forms *forms, const struct printer *printer,
    const struct print *print, char *const *paths, size_t path_n)
{
    const struct cage_limits limits = { conf->reader_cpu_s,
        conf->reader_wall_ms, (uint64_t)conf->reader_memory_mb * 1024 * 1024 };
    char *program = conf_program(conf, "nianbao-reader");
    struct hand hand = { .forms = forms,
        .printer = printer,
        .print = print,
        .route = route_open(conf),
        .cage = cage_new(program, &limits),
        .worst = EXTRACT_VALID };
    int result = 0;

    mem_free(program);
    arena_init(&hand.arena, LIMIT_ARENA_BYTES);
    arena_init(&hand.places, LIMIT_ARENA_BYTES);
    buf_init(&hand.body, LIMIT_BODY_BYTES);
    if (printer->begin)
        printer->begin(print);
    for (size_t i = 0; i < path_n && result == 0; i++)
        result = do_file(&hand, paths[i]);
    route_free(hand.route);
    cage_free(hand.cage);
    arena_clear(&hand.arena);
    arena_clear(&hand.places);
    buf_clear(&hand.body);
    return result == 0 ? hand.worst : EXTRACT_TROUBLE;
}
