/* SPDX-License-Identifier: Apache-2.0 */
/*
 * charset - bytes of any Chinese page to UTF-8, counting what is lost.
 *
 * gb2312, gbk and their aliases are all decoded as GB18030, their superset,
 * as browsers do.  iconv_open loads a module from disk, which the sandbox
 * forbids, so both converters are opened once and kept.
 */
#include "transformer/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <strings.h>
#include <uchardet.h>

#include "common/log.h"
#include "common/mem.h"

enum charset {
    CHARSET_UNKNOWN,
    CHARSET_UTF8,
    CHARSET_GB18030,
    CHARSET_BIG5,
    CHARSET_UTF16LE,
    CHARSET_UTF16BE,
};

static const char *const charset_names[] = {
    "",
    "UTF-8",
    "GB18030",
    "Big5",
    "UTF-16LE",
    "UTF-16BE",
};

/* A page says its charset within its first bytes, or browsers ignore it. */
static const size_t declaration_bytes = 4096;

/* Bytes shown to uchardet: it is sure after a few dozen characters. */
static const size_t detect_bytes = (size_t)64 * 1024;

static const char replacement[3] = { '\xef', '\xbf', '\xbd' }; /* U+FFFD */

static struct {
    bool open;
    iconv_t gb18030, big5;
} converters;

void charset_open(void)
{
    if (converters.open)
        return;
    converters.gb18030 = iconv_open("UTF-8", "GB18030");
    converters.big5 = iconv_open("UTF-8", "BIG5-HKSCS");
    if (converters.gb18030 == (iconv_t)-1 || converters.big5 == (iconv_t)-1)
        fatal("iconv does not know GB18030 and BIG5-HKSCS");
    converters.open = true;
}

/* ---- what is declared -------------------------------------------------- */

static enum charset find(struct slice name)
{
    static const struct {
        const char *name;
        enum charset is;
    } known[] = {
        { "utf-8", CHARSET_UTF8 },
        { "utf8", CHARSET_UTF8 },
        { "gb2312", CHARSET_GB18030 },
        { "gbk", CHARSET_GB18030 },
        { "gb18030", CHARSET_GB18030 },
        { "x-gbk", CHARSET_GB18030 },
        { "gb_2312-80", CHARSET_GB18030 },
        { "cp936", CHARSET_GB18030 },
        { "ms936", CHARSET_GB18030 },
        { "chinese", CHARSET_GB18030 },
        { "euc-cn", CHARSET_GB18030 },
        { "big5", CHARSET_BIG5 },
        { "big5-hkscs", CHARSET_BIG5 },
        { "x-x-big5", CHARSET_BIG5 },
        { "cp950", CHARSET_BIG5 },
    };

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (strlen(known[i].name) == name.len &&
            strncasecmp(known[i].name, name.p, name.len) == 0)
            return known[i].is;
    return CHARSET_UNKNOWN;
}

/* Offset of `word` (lower case) in `s` from `at` on, any case, or -1. */
static ptrdiff_t find_word(struct slice s, size_t at, const char *word)
{
    size_t len = strlen(word);

    for (; at + len <= s.len; at++)
        if (strncasecmp(s.p + at, word, len) == 0)
            return (ptrdiff_t)at;
    return -1;
}

/* The value of the first charset= or encoding= in the head of a page. */
static enum charset find_declared(struct slice in, const char *key)
{
    struct slice head = { in.p,
        in.len < declaration_bytes ? in.len : declaration_bytes };
    ptrdiff_t at = -1;

    while ((at = find_word(head, (size_t)(at + 1), key)) >= 0) {
        struct slice s = slice_trim(slice_from(head, (size_t)at + strlen(key)));
        struct slice name;
        enum charset is;

        if (s.len == 0 || s.p[0] != '=')
            continue;
        s = slice_trim(slice_from(s, 1));
        if (s.len && (s.p[0] == '"' || s.p[0] == '\''))
            s = slice_trim(slice_from(s, 1));
        name = (struct slice){ s.p, 0 };
        while (name.len < s.len && !strchr(" \t\r\n\"'/?;>", s.p[name.len]))
            name.len++;
        is = find(name);
        if (is != CHARSET_UNKNOWN)
            return is;
    }
    return CHARSET_UNKNOWN;
}

/* ---- decoding ---------------------------------------------------------- */

/* Bytes of the UTF-8 sequence that begins with `first`, or 0. */
static size_t lead_len(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first < 0xc2 || first > 0xf4)
        return 0;
    if (first < 0xe0)
        return 2;
    return first < 0xf0 ? 3 : 4;
}

/* Length of the well-formed UTF-8 sequence at `p`, or 0 (Unicode 15,
 * table 3-7). */
static size_t sequence_len(const unsigned char *p, size_t left)
{
    size_t len = lead_len(p[0]);

    if (len == 0 || len > left)
        return 0;
    for (size_t i = 1; i < len; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
        (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
        return 0;
    return len;
}

/* Skip plain ASCII eight bytes at a time. */
static size_t skip_ascii(const unsigned char *p, size_t at, size_t len)
{
    uint64_t word;

    while (len - at >= sizeof(word)) {
        memcpy(&word, p + at, sizeof(word));
        if (word & 0x8080808080808080u)
            break;
        at += sizeof(word);
    }
    return at;
}

/* How much of `in` is UTF-8: good multi-byte sequences and bad bytes. */
static void count_utf8(struct slice in, size_t *good_n, size_t *bad_n)
{
    const unsigned char *p = (const unsigned char *)in.p;

    *good_n = *bad_n = 0;
    for (size_t i = 0; i < in.len;) {
        size_t len;

        i = skip_ascii(p, i, in.len);
        if (i >= in.len)
            break;
        len = sequence_len(p + i, in.len - i);
        *good_n += len > 1;
        *bad_n += len == 0;
        i += len ? len : 1;
    }
}

static void put(char *out, size_t *n, const char *p, size_t len)
{
    memcpy(out + *n, p, len);
    *n += len;
}

static void put_replacement(char *out, size_t *n)
{
    put(out, n, replacement, sizeof(replacement));
}

/* UTF-8 with each bad byte replaced. */
static struct slice mend_utf8(struct slice in, struct arena *arena)
{
    const unsigned char *p = (const unsigned char *)in.p;
    char *out = arena_alloc(arena, in.len * 3 + 1);
    size_t n = 0;

    for (size_t i = 0; i < in.len;) {
        size_t len = sequence_len(p + i, in.len - i);

        if (len)
            put(out, &n, in.p + i, len);
        else
            put_replacement(out, &n);
        i += len ? len : 1;
    }
    return (struct slice){ out, n };
}

/* `in` by iconv into `out` (three bytes for each byte of `in`); the number
 * of bytes that did not decode. */
static uint32_t convert(iconv_t by, struct slice in, char *out, size_t *out_len)
{
    /* iconv's prototype takes char **, but it does not write there. */
    union {
        const char *in;
        char *arg;
    } from = { .in = in.p };
    char *to = out;
    size_t in_left = in.len, out_left = in.len * 3;
    uint32_t bad_n = 0;

    iconv(by, NULL, NULL, NULL, NULL);
    while (in_left > 0) {
        if (iconv(by, &from.arg, &in_left, &to, &out_left) != (size_t)-1)
            break;
        if (errno == E2BIG || out_left < 3) {
            bad_n += (uint32_t)in_left; /* cannot be: see out_left */
            break;
        }
        memcpy(to, replacement, sizeof(replacement));
        to += 3;
        out_left -= 3;
        from.in++;
        in_left--;
        bad_n++;
    }
    iconv(by, NULL, NULL, &to, &out_left);
    *out_len = (size_t)(to - out);
    return bad_n;
}

/* Append `c` as UTF-8. */
static void put_char(char *out, size_t *n, uint32_t c)
{
    if (c < 0x80) {
        out[(*n)++] = (char)c;
    } else if (c < 0x800) {
        out[(*n)++] = (char)(0xc0 | c >> 6);
        out[(*n)++] = (char)(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        out[(*n)++] = (char)(0xe0 | c >> 12);
        out[(*n)++] = (char)(0x80 | (c >> 6 & 0x3f));
        out[(*n)++] = (char)(0x80 | (c & 0x3f));
    } else {
        out[(*n)++] = (char)(0xf0 | c >> 18);
        out[(*n)++] = (char)(0x80 | (c >> 12 & 0x3f));
        out[(*n)++] = (char)(0x80 | (c >> 6 & 0x3f));
        out[(*n)++] = (char)(0x80 | (c & 0x3f));
    }
}

static uint32_t unit_at(struct slice in, size_t i, bool big)
{
    const unsigned char *p = (const unsigned char *)in.p + i;

    return big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

static struct charset_text decode_utf16(
    struct slice in, bool big, struct arena *arena)
{
    struct charset_text t = {
        .name = charset_names[big ? CHARSET_UTF16BE : CHARSET_UTF16LE]
    };
    char *out = arena_alloc(arena, in.len * 2 + 4);
    size_t n = 0;
    size_t i = 0;

    for (; i + 2 <= in.len; i += 2) {
        uint32_t c = unit_at(in, i, big);
        uint32_t low = i + 4 <= in.len ? unit_at(in, i + 2, big) : 0;

        if (c >= 0xd800 && c < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
            put_char(out, &n, 0x10000 + ((c - 0xd800) << 10) + low - 0xdc00);
            i += 2;
        } else if (c >= 0xd800 && c < 0xe000) {
            put_replacement(out, &n);
            t.replaced_n += 2;
        } else if (c) {
            put_char(out, &n, c);
        }
    }
    if (i < in.len) {
        put_replacement(out, &n);
        t.replaced_n++;
    }
    t.text = (struct slice){ out, n };
    return t;
}

/* ---- choosing ---------------------------------------------------------- */

/* What uchardet makes of bytes that both GB18030 and Big5 could be. */
static enum charset detect(struct slice in)
{
    uchardet_t ud = uchardet_new();
    enum charset is;

    uchardet_handle_data(
        ud, in.p, in.len < detect_bytes ? in.len : detect_bytes);
    uchardet_data_end(ud);
    is = find(slice_str(uchardet_get_charset(ud)));
    uchardet_delete(ud);
    return is;
}

/* Decode as GB18030 or Big5, whichever loses less; `declared` wins a draw,
 * then uchardet, then GB18030. */
static struct charset_text decode_double_byte(
    struct slice in, enum charset declared, struct arena *arena)
{
    char *out = arena_alloc(arena, in.len * 3 + 1);
    enum charset first =
        declared == CHARSET_BIG5 ? CHARSET_BIG5 : CHARSET_GB18030;
    enum charset is = first;
    uint32_t gb_bad_n, big5_bad_n;
    struct charset_text t = { .text.p = out };

    charset_open();
    t.replaced_n =
        convert(first == CHARSET_BIG5 ? converters.big5 : converters.gb18030,
            in, out, &t.text.len);
    if (t.replaced_n == 0 && declared == first) {
        t.name = charset_names[first];
        return t;
    }
    gb_bad_n = convert(converters.gb18030, in, out, &t.text.len);
    big5_bad_n = convert(converters.big5, in, out, &t.text.len);
    if (gb_bad_n != big5_bad_n)
        is = gb_bad_n < big5_bad_n ? CHARSET_GB18030 : CHARSET_BIG5;
    else if (declared == CHARSET_UNKNOWN || declared == CHARSET_UTF8)
        is = detect(in) == CHARSET_BIG5 ? CHARSET_BIG5 : CHARSET_GB18030;
    t.name = charset_names[is];
    t.replaced_n = is == CHARSET_BIG5 ? big5_bad_n : gb_bad_n;
    if (is == CHARSET_GB18030)
        convert(converters.gb18030, in, out, &t.text.len);
    return t;
}

/* `in` without NUL bytes, which some portals leave in their pages. */
static struct slice drop_nul(struct slice in, struct arena *arena)
{
    char *out;
    size_t n = 0;

    if (in.len == 0 || !memchr(in.p, '\0', in.len))
        return in;
    out = arena_alloc(arena, in.len + 1);
    for (size_t i = 0; i < in.len; i++)
        if (in.p[i] != '\0')
            out[n++] = in.p[i];
    return (struct slice){ out, n };
}

/* UTF-16 without a BOM: markup or line ends with every other byte NUL. */
static enum charset guess_utf16(struct slice in)
{
    size_t n = in.len < 512 ? in.len & ~(size_t)1 : 512;
    size_t zero[2] = { 0, 0 };

    for (size_t i = 0; i < n; i++)
        zero[i & 1] += in.p[i] == '\0';
    if (n < 16 || zero[0] + zero[1] < n / 4)
        return CHARSET_UNKNOWN;
    if (zero[0] == 0)
        return CHARSET_UTF16LE;
    return zero[1] == 0 ? CHARSET_UTF16BE : CHARSET_UNKNOWN;
}

static struct charset_text as_utf8(
    struct slice in, size_t bad_n, struct arena *arena)
{
    return (struct charset_text){ .text = bad_n ? mend_utf8(in, arena) : in,
        .name = charset_names[CHARSET_UTF8],
        .replaced_n = (uint32_t)bad_n };
}

struct charset_text charset_decode(
    struct slice in, struct slice declared, struct arena *arena)
{
    enum charset says;
    enum charset utf16;
    size_t good_n, bad_n;

    if (slice_starts(in, SLICE_LIT("\xff\xfe")))
        return decode_utf16(slice_from(in, 2), false, arena);
    if (slice_starts(in, SLICE_LIT("\xfe\xff")))
        return decode_utf16(slice_from(in, 2), true, arena);
    utf16 = guess_utf16(in);
    if (utf16 != CHARSET_UNKNOWN)
        return decode_utf16(in, utf16 == CHARSET_UTF16BE, arena);
    in = drop_nul(in, arena);
    if (slice_starts(in, SLICE_LIT("\xef\xbb\xbf"))) {
        in = slice_from(in, 3);
        count_utf8(in, &good_n, &bad_n);
        return as_utf8(in, bad_n, arena);
    }
    /* In GB18030 and Big5 text one character of five is UTF-8 by chance and
     * the others are bad bytes; a UTF-8 page with a few broken bytes is the
     * other way round. */
    count_utf8(in, &good_n, &bad_n);
    if (bad_n == 0 || good_n > 2 * bad_n)
        return as_utf8(in, bad_n, arena);
    says = find(declared);
    if (says == CHARSET_UNKNOWN)
        says = find_declared(in, "charset");
    if (says == CHARSET_UNKNOWN)
        says = find_declared(in, "encoding");
    if (says == CHARSET_UTF8 && good_n > bad_n)
        return as_utf8(in, bad_n, arena);
    return decode_double_byte(in, says, arena);
}

/* ---- code pages ---------------------------------------------------------- */

void charset_add_char(struct buf *out, uint32_t c)
{
    char text[4];
    size_t n = 0;

    if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
        put_replacement(text, &n);
    else
        put_char(text, &n, c);
    buf_add(out, text, n);
}

/* Windows-1252, the half that is not Latin-1; 0 is nothing. */
static const uint16_t cp1252[32] = { 0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026,
    0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0,
    0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122,
    0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178 };

/* One byte a character: Windows-1252, or ASCII alone. */
static uint32_t add_single_byte(struct buf *out, struct slice in, bool latin)
{
    uint32_t bad_n = 0;

    for (size_t i = 0; i < in.len; i++) {
        uint32_t c = (unsigned char)in.p[i];

        if (c >= 0x80 && !latin)
            c = UINT32_MAX;
        else if (c >= 0x80 && c < 0xa0)
            c = cp1252[c - 0x80] ? cp1252[c - 0x80] : UINT32_MAX;
        bad_n += c == UINT32_MAX;
        charset_add_char(out, c);
    }
    return bad_n;
}

static uint32_t add_converted(struct buf *out, struct slice in, iconv_t by)
{
    char some[1536];
    char *text = in.len * 3 <= sizeof(some) ? some : mem_alloc(in.len * 3);
    size_t len = 0;
    uint32_t bad_n = convert(by, in, text, &len);

    buf_add(out, text, len);
    if (text != some)
        mem_free(text);
    return bad_n;
}

static uint32_t add_utf8(struct buf *out, struct slice in)
{
    const unsigned char *p = (const unsigned char *)in.p;
    uint32_t bad_n = 0;

    for (size_t i = 0; i < in.len;) {
        size_t len = sequence_len(p + i, in.len - i);

        if (len) {
            buf_add(out, in.p + i, len);
        } else {
            charset_add_char(out, UINT32_MAX);
            bad_n++;
        }
        i += len ? len : 1;
    }
    return bad_n;
}

uint32_t charset_add(struct buf *out, struct slice in, uint32_t codepage)
{
    if (skip_ascii((const unsigned char *)in.p, 0, in.len) >= in.len) {
        buf_add_slice(out, in);
        return 0;
    }
    charset_open();
    switch (codepage) {
    case 936:
    case 54936:
        return add_converted(out, in, converters.gb18030);
    case 950:
        return add_converted(out, in, converters.big5);
    case 65001:
        return add_utf8(out, in);
    default:
        return add_single_byte(out, in, codepage == 1252);
    }
}

const char *charset_codepage_name(uint32_t codepage)
{
    switch (codepage) {
    case 936:
    case 54936:
        return charset_names[CHARSET_GB18030];
    case 950:
        return charset_names[CHARSET_BIG5];
    case 1252:
        return "windows-1252";
    case 65001:
        return charset_names[CHARSET_UTF8];
    default:
        return charset_names[CHARSET_UNKNOWN];
    }
}
