/* SPDX-License-Identifier: Apache-2.0 */
/*
 * relay - the log lines of the run's processes, on their way to the user.
 */
#include "cli/relay.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    LINE_MAX_BYTES = 4096
};

int relay_open(struct relay *r, enum log_level level, struct err *err)
{
    int p[2];

    *r = (struct relay){ .read_fd = -1, .write_fd = -1, .level = level };
    buf_init(&r->line, LINE_MAX_BYTES);
    if (pipe2(p, O_CLOEXEC) != 0 || fcntl(p[0], F_SETFL, O_NONBLOCK) != 0)
        return err_set_errno(err, ERR_FATAL, "pipe");
    r->read_fd = p[0];
    r->write_fd = p[1];
    return 0;
}

void relay_close(struct relay *r)
{
    if (r->read_fd >= 0)
        close(r->read_fd);
    if (r->write_fd >= 0)
        close(r->write_fd);
    buf_clear(&r->line);
}

/* The "<N>" at the start of a log line, or -1. */
static int priority(struct slice line)
{
    if (line.len < 3 || line.p[0] != '<' || line.p[2] != '>' ||
        line.p[1] < '0' || line.p[1] > '7')
        return -1;
    return line.p[1] - '0';
}

static bool is_shown(const struct relay *r, int n)
{
    static const int least[] = { 3, 4, 6, 7 };

    return n <= least[r->level];
}

static void print_line(struct slice line)
{
    if (priority(line) >= 0 && isatty(STDERR_FILENO))
        line = slice_from(line, 3);
    fprintf(stderr, "%.*s\n", SLICE_ARG(line));
}

void relay_pass(struct relay *r, void (*before)(void *ctx), void *ctx)
{
    char bytes[4096];
    ssize_t n;

    while ((n = read(r->read_fd, bytes, sizeof(bytes))) > 0) {
        struct slice rest = { bytes, (size_t)n };

        while (rest.len > 0) {
            const char *end = memchr(rest.p, '\n', rest.len);
            size_t len = end ? (size_t)(end - rest.p) : rest.len;

            buf_add(&r->line, rest.p, len); /* past the ceiling: cut */
            rest = slice_from(rest, end ? len + 1 : len);
            if (!end)
                break;
            if (is_shown(r, priority(buf_slice(&r->line)))) {
                if (before)
                    before(ctx);
                before = NULL;
                print_line(buf_slice(&r->line));
            }
            buf_reset(&r->line);
        }
    }
}
