/* SPDX-License-Identifier: Apache-2.0 */
/*
 * extract_files - documents by hand: files in, printed records out.
 *
 * A file that cannot be opened or that no reader understands is printed
 * too, as an unrecognized document with the reason, so that the output has
 * as many documents as the command line.  Parsing happens in the cage.
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
#include "transformer/extract.h"
#include "transformer/route.h"

struct hand {
    const struct forms *forms;
    struct route *route;
    struct arena arena; /* of one document */
    struct buf body;
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

static int read_caged(
    struct hand *hand, const char *path, struct document *doc, struct err *err)
{
    const struct cage_hints hints = { .name = slice_str(path) };
    struct slice body = buf_slice(&hand->body);
    int result = route_read(hand->route, body, &hints, &hand->arena, doc, err);

    if (result != 0 && err->kind == ERR_RETRY) {
        /* killed from outside: once more in a fresh cage */
        err_clear(err);
        result = route_read(hand->route, body, &hints, &hand->arena, doc, err);
    }
    return result;
}

static int extract_file(
    struct hand *hand, const char *path, struct record *rec, struct err *err)
{
    const struct extract_hints hints = { .title = { NULL, 0 } };
    struct document doc = { .arena = &hand->arena };

    if (read_file(path, &hand->body, err) != 0)
        return -1;
    rec->sha256 = hash(&hand->arena, buf_slice(&hand->body));
    if (read_caged(hand, path, &doc, err) != 0)
        return -1;
    return extract(&doc, hand->forms, &hints, rec, err);
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

/* Extract and print one file; -1 when no further one can be. */
static int do_file(struct hand *hand, const struct printer *printer,
    const struct print *print, const char *path, enum extract_status *worst)
{
    struct err err = { .kind = ERR_NONE };
    struct record rec = { .arena = &hand->arena };

    arena_reset(&hand->arena);
    if (extract_file(hand, path, &rec, &err) != 0) {
        if (err.kind == ERR_FATAL) {
            log_error("%s", err.msg);
            return -1;
        }
        set_unreadable(&rec, &err);
    }
    printer->record(print, path, &rec);
    if (status_of(&rec) > *worst)
        *worst = status_of(&rec);
    if (fflush(print->out) != 0 || ferror(print->out)) {
        if (errno != EPIPE) /* a reader that has seen enough, as head(1) */
            log_warn("cannot write the output");
        return -1;
    }
    return 0;
}

enum extract_status extract_files(const struct conf *conf,
    const struct forms *forms, const struct printer *printer,
    const struct print *print, char *const *paths, size_t path_n)
{
    struct hand hand = { .forms = forms, .route = route_open(conf) };
    enum extract_status worst = EXTRACT_VALID;
    int result = 0;

    arena_init(&hand.arena, LIMIT_ARENA_BYTES);
    buf_init(&hand.body, LIMIT_BODY_BYTES);
    if (printer->begin)
        printer->begin(print);
    for (size_t i = 0; i < path_n && result == 0; i++)
        result = do_file(&hand, printer, print, paths[i], &worst);
    route_free(hand.route);
    arena_clear(&hand.arena);
    buf_clear(&hand.body);
    return result == 0 ? worst : EXTRACT_TROUBLE;
}
