/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reader_main - the caged parsers: documents in, document trees out.
 *
 * One main for nianbao-reader, nianbao-reader-pdf and nianbao-reader-ocr;
 * what they read says the table that each is linked with (reader.h).
 *
 * Waits for requests on standard input and answers on standard output
 * (common/cage_pipe.h); touches nothing else, because it locks itself in
 * before the first byte of a document is read (sandbox.h).  Ends with its
 * input, with its parent, or with a document that it cannot bear; the
 * parent then starts another.  --dump shows what it makes of a file.
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/arena.h"
#include "common/buf.h"
#include "common/cage_pipe.h"
#include "common/document.h"
#include "common/limits.h"
#include "common/log.h"
#include "common/mem.h"
#include "transformer/dump.h"
#include "transformer/reader.h"
#include "transformer/sandbox.h"

static void print_usage(FILE *to)
{
    const char *name = readers_program;

    fprintf(to,
        "usage: %s [--memory BYTES]   answer requests, caged\n"
        "       %s --dump FILE...     show what is read from files\n"
        "       %s --help | --version\n"
        "\n"
        "Without --dump it is started by other programs of nianbao, with\n"
        "pipes as standard input and output.\n"
        "\n"
        "  %s --dump report | less\n"
        "\n"
        "Exit status: 0 done; 1 a file could not be read or the cage not be\n"
        "entered; 2 wrong usage; 71 out of memory.\n",
        name, name, name, name);
}

/* What lives from document to document. */
struct session {
    char *in; /* the request */
    size_t in_cap;
    struct buf answer;
    struct arena arena;
};

/* 1, or 0 when the input has ended: there is nobody left to answer. */
static int read_all(void *to, size_t len)
{
    char *p = to;

    while (len) {
        ssize_t n = read(STDIN_FILENO, p, len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return 0;
        p += n;
        len -= (size_t)n;
    }
    return 1;
}

static int write_all(const void *from, size_t len)
{
    const char *p = from;

    while (len) {
        ssize_t n = write(STDOUT_FILENO, p, len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return 0;
        p += n;
        len -= (size_t)n;
    }
    return 1;
}

/* ---- answering --------------------------------------------------------- */

/* Begin an answer: room for the frame's head, then its kind. */
static void begin(struct buf *answer, enum cage_answer kind)
{
    static const char head[CAGE_FRAME_HEAD] = { 0 };

    buf_reset(answer);
    buf_add(answer, head, sizeof(head));
    buf_add_char(answer, (char)kind);
}

static int finish(struct buf *answer)
{
    unsigned char head[CAGE_FRAME_HEAD];

    cage_frame_head((uint32_t)(answer->len - sizeof(head)), head);
    memcpy(answer->p, head, sizeof(head));
    return write_all(answer->p, answer->len);
}

static void answer_error(struct buf *answer, const struct err *err)
{
    begin(answer, err->kind == ERR_LIMIT ? CAGE_LIMIT : CAGE_INPUT);
    buf_add_str(answer, err->msg);
}

static void answer_document(struct session *s, struct slice frame)
{
    struct cage_hints hints = { 0 };
    struct document doc = { .arena = &s->arena };
    struct slice body = { NULL, 0 };
    struct err err = { ERR_NONE, "" };

    if (cage_request_decode(frame, &hints, &body, &err) < 0 ||
        reader_read(body, &hints, &doc, &err) < 0) {
        answer_error(&s->answer, &err);
        return;
    }
    begin(&s->answer, CAGE_TREE);
    document_encode(&doc, &s->answer);
    if (buf_check(&s->answer, "reader.size: the document's tree", &err) < 0)
        answer_error(&s->answer, &err);
}

static int serve_one(struct session *s)
{
    unsigned char head[CAGE_FRAME_HEAD];
    size_t len;

    if (!read_all(head, sizeof(head)))
        return 0;
    len = cage_frame_len(head);
    if (len > CAGE_REQUEST_BYTES)
        return 0; /* our parent would not say that */
    if (len > s->in_cap) {
        mem_free(s->in);
        s->in = mem_realloc_n(NULL, len, 1);
        s->in_cap = len;
    }
    if (!read_all(s->in, len))
        return 0;
    answer_document(s, (struct slice){ s->in, len });
    arena_reset(&s->arena);
    return finish(&s->answer);
}

/* End without the handlers of libraries: the sandbox would not let them do
 * what they do at an exit. */
static void leave(int status, void *unused)
{
    (void)unused;
    _exit(status);
}

static int serve(uint64_t memory_bytes)
{
    struct session s = { .in_cap = 0 };
    struct err err = { ERR_NONE, "" };

    buf_init(&s.answer, CAGE_FRAME_HEAD + CAGE_ANSWER_BYTES);
    arena_init(&s.arena, LIMIT_ARENA_BYTES);
    readers_prepare();
    on_exit(leave, NULL);
    if (readers_sandbox(memory_bytes, &err) < 0)
        fatal("%s", err.msg);
    begin(&s.answer, CAGE_READY);
    if (finish(&s.answer))
        while (serve_one(&s)) {
        }
    buf_clear(&s.answer);
    arena_clear(&s.arena);
    mem_free(s.in);
    return 0;
}

/* ---- main -------------------------------------------------------------- */

int main(int argc, char **argv)
{
    static const struct option options[] = {
        { "memory", required_argument, NULL, 'm' },
        { "dump", no_argument, NULL, 'd' },
        { "help", no_argument, NULL, 'h' },
        { "version", no_argument, NULL, 'V' },
        { NULL, 0, NULL, 0 },
    };
    unsigned long long memory_bytes = 512ull * 1024 * 1024;
    bool dump = false;
    char *end;
    int opt;

    log_init(readers_program, LOG_LEVEL_INFO);
    while ((opt = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (opt) {
        case 'm':
            memory_bytes = strtoull(optarg, &end, 10);
            if (*end || memory_bytes < 64ull * 1024 * 1024) {
                fprintf(stderr, "%s: --memory: at least 67108864\n",
                    readers_program);
                return 2;
            }
            break;
        case 'd':
            dump = true;
            log_for_people();
            break;
        case 'h':
            print_usage(stdout);
            return 0;
        case 'V':
            printf("%s " NIANBAO_VERSION "\n", readers_program);
            return 0;
        default:
            print_usage(stderr);
            return 2;
        }
    }
    if (dump && optind < argc)
        return dump_files(argv + optind, memory_bytes);
    if (dump || optind < argc || isatty(STDIN_FILENO)) {
        print_usage(stderr);
        return 2;
    }
    return serve(memory_bytes);
}
