/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fault - answers that go wrong in the ways portals do.
 *
 * Bodies are made as they are read, so an endless one costs nothing here.
 * Each connection has its own thread, so a slow one may sleep.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/mem.h"
#include "tests/portal/portal.h"

const char portal_fault_help[] =
    "  /fault/endless/...          a body that never ends\n"
    "  /fault/drip/...             one byte every 200 ms\n"
    "  /fault/truncated/...        less than Content-Length says\n"
    "  /fault/reset/...            the connection breaks at once\n"
    "  /fault/loop/...             a redirect to itself\n"
    "  /fault/chain/N              N redirects, then a page\n"
    "  /fault/headers/...          a header of 200 KB\n"
    "  /fault/bomb/...             gzip that unpacks without end\n"
    "  /fault/503-twice/PATH       503 twice, then the file /PATH\n"
    "  /fault/429-once/PATH        429, Retry-After: 1, then the file /PATH\n"
    "  /fault/status/N             an empty answer with status N\n";

/* What a body generator says when it has no more. */
static const char filler[] = "<p>without end</p>\n";

static ssize_t endless(void *ctx, uint64_t pos, char *to, size_t max)
{
    (void)ctx;
    for (size_t i = 0; i < max; i++)
        to[i] = filler[(pos + i) % (sizeof filler - 1)];
    return (ssize_t)max;
}

static ssize_t drip(void *ctx, uint64_t pos, char *to, size_t max)
{
    const struct timespec pause = { .tv_nsec = 200L * 1000 * 1000 };

    (void)ctx;
    (void)max;
    nanosleep(&pause, NULL);
    to[0] = filler[pos % (sizeof filler - 1)];
    return 1;
}

/* Some bytes, then the connection breaks. */
static ssize_t cut(void *ctx, uint64_t pos, char *to, size_t max)
{
    (void)ctx;
    if (pos >= 100 || max == 0)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    to[0] = filler[pos % (sizeof filler - 1)];
    return 1;
}

static ssize_t broken(void *ctx, uint64_t pos, char *to, size_t max)
{
    (void)ctx;
    (void)pos;
    (void)to;
    (void)max;
    return MHD_CONTENT_READER_END_WITH_ERROR;
}

/*
 * An endless gzip stream of zero bytes: the member's header, one block with
 * fixed codes (RFC 1951, 3.2.6), the literal 0, then "258 bytes from 1 back"
 * for ever: 13 bits 1100010100000, so the stream repeats every 13 bytes.
 */
static bool bomb_bit(uint64_t bit)
{
    static const char start[] = "010"       /* not the last, fixed codes */
                                "00110000"; /* literal 0 */
    static const char copy[] = "1100010100000";

    if (bit < sizeof start - 1)
        return start[bit] == '1';
    return copy[(bit - (sizeof start - 1)) % (sizeof copy - 1)] == '1';
}

static ssize_t bomb(void *ctx, uint64_t pos, char *to, size_t max)
{
    static const unsigned char header[10] = { 0x1f, 0x8b, 8 };

    (void)ctx;
    for (size_t i = 0; i < max; i++, pos++) {
        unsigned byte = 0;

        for (unsigned b = 0; pos >= sizeof header && b < 8; b++)
            byte |= (unsigned)bomb_bit((pos - sizeof header) * 8 + b) << b;
        to[i] = (char)(pos < sizeof header ? header[pos] : byte);
    }
    return (ssize_t)max;
}

static struct MHD_Response *text(const char *s)
{
    char *copy = mem_strdup(s);
    struct MHD_Response *r = MHD_create_response_from_buffer(
        strlen(copy), copy, MHD_RESPMEM_MUST_COPY);

    mem_free(copy);
    return r;
}

static struct MHD_Response *stream(
    uint64_t size, MHD_ContentReaderCallback reader)
{
    struct MHD_Response *r =
        MHD_create_response_from_callback(size, 4096, reader, NULL, NULL);

    MHD_add_response_header(r, "Content-Type", "text/html");
    return r;
}

static struct MHD_Response *redirect(const char *to, unsigned *status)
{
    struct MHD_Response *r = text("");

    *status = 302;
    MHD_add_response_header(r, "Location", to);
    return r;
}

static struct MHD_Response *chain(const char *rest, unsigned *status)
{
    unsigned long left = strtoul(rest, NULL, 10);
    char to[64];

    if (left == 0)
        return text("<html><body><p>the end of the chain</p></body></html>");
    snprintf(to, sizeof to, "/fault/chain/%lu", left - 1);
    return redirect(to, status);
}

static struct MHD_Response *huge_header(void)
{
    struct MHD_Response *r = text("");
    const size_t len = (size_t)200 * 1024;
    char *value = mem_alloc(len + 1);

    memset(value, 'x', len);
    MHD_add_response_header(r, "X-Huge", value);
    mem_free(value);
    return r;
}

static struct MHD_Response *any_status(const char *rest, unsigned *status)
{
    unsigned long n = strtoul(rest, NULL, 10);

    *status = n >= 200 && n <= 599 ? (unsigned)n : 500;
    return text("");
}

/* Whether the `len` bytes at `kind` are this name. */
static bool is(const char *kind, size_t len, const char *name)
{
    return strlen(name) == len && memcmp(kind, name, len) == 0;
}

static struct MHD_Response *gzip_bomb(void)
{
    struct MHD_Response *r = stream(MHD_SIZE_UNKNOWN, bomb);

    MHD_add_response_header(r, "Content-Encoding", "gzip");
    return r;
}

/* What a fault says that passes. */
static struct MHD_Response *passing(unsigned now, unsigned *status)
{
    struct MHD_Response *r = text("");

    *status = now;
    if (now == 429)
        MHD_add_response_header(r, "Retry-After", "1");
    return r;
}

/* Faults that come each time; NULL for others. */
static struct MHD_Response *lasting(const char *path, const char *kind,
    size_t len, const char *rest, unsigned *status)
{
    if (is(kind, len, "endless"))
        return stream(MHD_SIZE_UNKNOWN, endless);
    if (is(kind, len, "drip"))
        return stream(MHD_SIZE_UNKNOWN, drip);
    if (is(kind, len, "truncated"))
        return stream(5000, cut);
    if (is(kind, len, "reset"))
        return stream(5000, broken);
    if (is(kind, len, "loop"))
        return redirect(path, status);
    if (is(kind, len, "chain"))
        return chain(rest, status);
    if (is(kind, len, "headers"))
        return huge_header();
    if (is(kind, len, "status"))
        return any_status(rest, status);
    return is(kind, len, "bomb") ? gzip_bomb() : NULL;
}

struct MHD_Response *portal_fault(
    const char *path, unsigned count, unsigned *status, bool *go_on)
{
    const char *kind = path + strlen("/fault/");
    size_t len = strcspn(kind, "/");
    const char *rest = kind[len] ? kind + len + 1 : "";
    bool twice = is(kind, len, "503-twice");
    bool once = is(kind, len, "429-once");

    *status = 200;
    if (twice && count < 2)
        return passing(503, status);
    if (once && count < 1)
        return passing(429, status);
    *go_on = twice || once;
    return *go_on ? NULL : lasting(path, kind, len, rest, status);
}
