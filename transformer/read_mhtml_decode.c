/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_mhtml_decode - quoted-printable and base64 to bytes.
 *
 * RFC 2045, 6.7 and 6.8.  What does not belong there is passed over or kept
 * as it is, as mail programs do: the page itself says whether it is whole.
 */
#include "transformer/read_mhtml.h"

static int hex(char c)
{
    char low = (char)(c | 0x20);

    if (c >= '0' && c <= '9')
        return c - '0';
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* The byte that two digits stand for, or -1. */
static int hex2(struct slice s)
{
    int high = s.len >= 2 ? hex(s.p[0]) : -1;
    int low = s.len >= 2 ? hex(s.p[1]) : -1;

    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* Bytes of a soft line end behind a '=', 0 when there is none. */
static size_t soft_end(struct slice s)
{
    size_t n = 0;

    while (n < s.len && char_is_one_of(s.p[n], " \t"))
        n++;
    if (n + 1 < s.len && s.p[n] == '\r' && s.p[n + 1] == '\n')
        return n + 2;
    return n < s.len && char_is_one_of(s.p[n], "\r\n") ? n + 1 : 0;
}

static struct slice quoted_printable(struct slice s, struct arena *arena)
{
    char *out = arena_alloc(arena, s.len + 1);
    size_t n = 0;

    while (s.len) {
        char c = s.p[0];
        int byte = -1;
        size_t soft = 0;

        s = slice_skip(s, 1);
        if (c == '=') {
            byte = hex2(s);
            soft = soft_end(s);
        }
        if (byte >= 0) {
            out[n++] = (char)byte;
            s = slice_skip(s, 2);
        } else if (soft) {
            s = slice_skip(s, soft);
        } else if (c != '=' || s.len) {
            out[n++] = c;
        }
    }
    return (struct slice){ out, n };
}

struct slice mhtml_percent(struct slice s, struct arena *arena)
{
    char *out = arena_alloc(arena, s.len + 1);
    size_t n = 0;

    while (s.len) {
        int byte = s.p[0] == '%' ? hex2(slice_skip(s, 1)) : -1;

        out[n] = s.p[0];
        if (byte >= 0)
            out[n] = (char)(unsigned char)byte;
        n++;
        s = slice_skip(s, byte >= 0 ? 3 : 1);
    }
    return (struct slice){ out, n };
}

static int value64(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '+')
        return 62;
    return c == '/' ? 63 : -1;
}

static struct slice base64(struct slice s, struct arena *arena)
{
    char *out = arena_alloc(arena, s.len / 4 * 3 + 4);
    uint32_t bits = 0;
    size_t n = 0;
    int have = 0;

    for (size_t i = 0; i < s.len && s.p[i] != '='; i++) {
        int value = value64(s.p[i]);

        if (value < 0)
            continue;
        bits = bits << 6 | (uint32_t)value;
        have += 6;
        if (have >= 8) {
            have -= 8;
            out[n++] = (char)(bits >> have & 0xff);
        }
    }
    return (struct slice){ out, n };
}

struct slice mhtml_decode(const struct mhtml_part *part, struct arena *arena)
{
    if (mhtml_is(part->encoding, "quoted-printable"))
        return quoted_printable(part->body, arena);
    if (mhtml_is(part->encoding, "base64"))
        return base64(part->body, arena);
    return part->body;
}
