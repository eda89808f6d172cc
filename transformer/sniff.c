/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sniff - what bytes are, by their content and never by their name.
 */
#include "transformer/sniff.h"

#include <stdint.h>
#include <strings.h>

#include "transformer/ole_directory.h"

struct magic {
    struct slice bytes;
    const char *media_type;
};

#define MAGIC(bytes, type)                                                     \
    {                                                                          \
        { bytes, sizeof(bytes) - 1 }, type                                     \
    }

static const struct magic magics[] = {
    MAGIC("%PDF-", "application/pdf"),
    MAGIC("PK\x03\x04", "application/zip"),
    MAGIC("PK\x05\x06", "application/zip"),
    MAGIC("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", SNIFF_OLE),
    MAGIC("Rar!\x1a\x07", "application/vnd.rar"),
    MAGIC("7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    MAGIC("\x1f\x8b", "application/gzip"),
    MAGIC("{\\rtf", SNIFF_RTF),
    MAGIC("\x89PNG\r\n", "image/png"),
    MAGIC("\xff\xd8\xff", "image/jpeg"),
    MAGIC("GIF8", "image/gif"),
    MAGIC("II*\0", "image/tiff"),
    MAGIC("MM\0*", "image/tiff"),
};

static bool contains(struct slice in, const char *word)
{
    return slice_find(in, slice_str(word)) >= 0;
}

/* ---- zip files ------------------------------------------------------------
 */

static uint32_t get16(const char *p)
{
    return (uint32_t)(unsigned char)p[0] | (uint32_t)(unsigned char)p[1] << 8;
}

static uint32_t get32(const char *p)
{
    return get16(p) | get16(p + 2) << 16;
}

/* What the names of a zip file say together. */
struct zip_names {
    bool types, word, sheet, slides, ofd, content, mimetype;
};

/* Some programs write names of office files in small letters, or with '\\'
 * in them; the package knows them so, too. */
static bool is_in(struct slice name, const char *folder)
{
    size_t len = strlen(folder);

    return name.len > len && strncasecmp(name.p, folder, len) == 0 &&
           char_is_one_of(name.p[len], "/\\");
}

static void look_at(struct zip_names *names, struct slice name)
{
    static const char types[] = "[Content_Types].xml";

    names->types |= name.len == sizeof(types) - 1 &&
                    strncasecmp(name.p, types, name.len) == 0;
    names->word |= is_in(name, "word");
    names->sheet |= is_in(name, "xl");
    names->slides |= is_in(name, "ppt");
    names->content |= slice_eq_str(name, "content.xml");
    names->mimetype |= slice_eq_str(name, "mimetype");
    names->ofd |= name.len == 7 && strncasecmp(name.p, "OFD.xml", 7) == 0;
}

/* Go through the directory at the end (APPNOTE.TXT, 4.3.12, 4.3.16); false
 * when there is none. */
static bool look_at_directory(struct slice in, struct zip_names *names)
{
    enum {
        END_LEN = 22,
        HEAD_LEN = 46,
        COMMENT_MAX = 65535
    };
    size_t least =
        in.len > END_LEN + COMMENT_MAX ? in.len - END_LEN - COMMENT_MAX : 0;
    size_t end = in.len < END_LEN ? 0 : in.len - END_LEN;
    struct slice s;

    while (end > least && memcmp(in.p + end, "PK\x05\x06", 4) != 0)
        end--;
    if (end == least)
        return false;
    s = slice_from(in, get32(in.p + end + 16));
    while (s.len >= HEAD_LEN && memcmp(s.p, "PK\x01\x02", 4) == 0) {
        size_t name_len = get16(s.p + 28);
        size_t rest = get16(s.p + 30) + get16(s.p + 32);

        s = slice_skip(s, HEAD_LEN);
        if (s.len < name_len)
            break;
        look_at(names, (struct slice){ s.p, name_len });
        s = slice_from(s, name_len + rest);
    }
    return true;
}

/* A file that is cut off has its names only before each part. */
static void look_at_head(struct slice head, struct zip_names *names)
{
    static const struct slice mark = { "PK\x03\x04", 4 };
    ptrdiff_t hit;

    while ((hit = slice_find(head, mark)) >= 0) {
        head = slice_skip(head, (size_t)hit);
        if (head.len < 30 || head.len - 30 < get16(head.p + 26))
            return;
        look_at(names, (struct slice){ head.p + 30, get16(head.p + 26) });
        head = slice_skip(head, mark.len);
    }
}

/* The formats that are zip files, by the parts they name.  Office files may
 * name their parts as they like, and nobody does. */
static const char *zip_kind(struct slice in, struct slice head)
{
    struct zip_names names = { .types = false };

    if (!look_at_directory(in, &names))
        look_at_head(head, &names);
    if (names.ofd)
        return SNIFF_OFD;
    if (names.slides)
        return "application/vnd.openxmlformats-officedocument."
               "presentationml.presentation";
    if (names.sheet && !names.word)
        return SNIFF_XLSX;
    if (names.word || names.types)
        return SNIFF_DOCX;
    if (names.content && names.mimetype &&
        contains(head, "application/vnd.oasis.opendocument.text"))
        return SNIFF_ODT;
    return "application/zip";
}

/* ---- text or not ------------------------------------------------------------
 */

/* Control characters that no text has; many of them make bytes binary.
 * A few NUL are left in pages by some portals, and UTF-16 has many. */
static bool is_control(unsigned char c)
{
    return c < 0x20 && !(c >= '\t' && c <= '\r') && c != 0x1b && c != 0x1a;
}

static bool looks_binary(struct slice head)
{
    size_t zero[2] = { 0, 0 };
    size_t control_n = 0;

    /* Half of a UTF-16 character may be any byte: U+FF10 is 0x10 0xff. */
    if (slice_starts(head, SLICE_LIT("\xff\xfe")) ||
        slice_starts(head, SLICE_LIT("\xfe\xff")))
        return false;
    for (size_t i = 0; i < head.len; i++) {
        if (head.p[i] == '\0')
            zero[i & 1]++;
        else if (is_control((unsigned char)head.p[i]))
            control_n++;
    }
    if (control_n > head.len / 50)
        return true;
    if (zero[0] + zero[1] <= head.len / 50)
        return false;
    /* UTF-16 has its NULs on one side. */
    return zero[0] > head.len / 50 && zero[1] > head.len / 50;
}

static struct slice skip_white(struct slice s)
{
    while (s.len && char_is_one_of(s.p[0], " \t\r\n\f"))
        s = slice_from(s, 1);
    return s;
}

/* Does the line begin with this header, any case? */
static bool is_header(struct slice line, const char *name)
{
    size_t len = strlen(name);

    return line.len > len && strncasecmp(line.p, name, len) == 0 &&
           line.p[len] == ':';
}

/* MHTML: mail headers before the markup, with a type of parts or of a
 * page. */
static bool is_mime(struct slice head)
{
    static const char *const names[] = { "MIME-Version", "From", "Content-Type",
        "Subject", "Date", "Message-ID", "Snapshot-Content-Location" };
    struct slice first = { head.p, head.len < 2048 ? head.len : 2048 };
    bool begins = false;

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        begins = begins || is_header(first, names[i]);
    if (!begins)
        return false;
    while (first.len && first.p[0] != '\n' && first.p[0] != '\r') {
        const char *end = memchr(first.p, '\n', first.len);
        size_t len = end ? (size_t)(end - first.p) + 1 : first.len;
        struct slice line = { first.p, len };

        if (is_header(line, "Content-Type"))
            return contains(first, "multipart/") || contains(line, "text/html");
        first = slice_skip(first, len);
    }
    return false;
}

/* A name, numbers and zeros, then this mark (POSIX.1-2001, ustar). */
static bool is_tar(struct slice in)
{
    enum {
        MARK_AT = 257,
        BLOCK_LEN = 512
    };
    struct slice mark = slice_from(in, MARK_AT);

    return in.len >= BLOCK_LEN && slice_starts(mark, SLICE_LIT("ustar")) &&
           (mark.p[5] == '\0' || mark.p[5] == ' ');
}

/* "BM", four bytes of length, four of nothing, then where the pixels are and
 * how long the header after that is: 40 to 124 bytes in all kinds seen. */
static bool is_bmp(struct slice in)
{
    return in.len > 18 && slice_starts(in, SLICE_LIT("BM")) &&
           get32(in.p + 6) == 0 && get32(in.p + 14) >= 40 &&
           get32(in.p + 14) <= 124;
}

const char *sniff_binary(struct slice in)
{
    struct slice head = { in.p, in.len < SNIFF_BYTES ? in.len : SNIFF_BYTES };
    struct slice text = skip_white(head);

    for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++) {
        if (!slice_starts(head, magics[i].bytes))
            continue;
        if (strcmp(magics[i].media_type, "application/zip") == 0)
            return zip_kind(in, head);
        if (strcmp(magics[i].media_type, SNIFF_OLE) == 0)
            return ole_directory_type(in);
        return magics[i].media_type;
    }
    /* Some servers put line ends before the real start. */
    if (slice_starts(text, SLICE_LIT("%PDF-")))
        return "application/pdf";
    if (is_bmp(head))
        return "image/bmp";
    if (is_tar(in))
        return "application/x-tar";
    if (is_mime(text))
        return SNIFF_MHTML;
    if (slice_starts(text, SLICE_LIT("{\\rtf")) ||
        slice_starts(text, SLICE_LIT("\xef\xbb\xbf{\\rtf")))
        return SNIFF_RTF;
    return looks_binary(head) ? "application/octet-stream" : NULL;
}

struct slice sniff_head(struct slice in, char *out)
{
    size_t n = 0;
    size_t i = 0;

    if (slice_starts(in, SLICE_LIT("\xef\xbb\xbf")))
        i = 3;
    else if (slice_starts(in, SLICE_LIT("\xff\xfe")) ||
             slice_starts(in, SLICE_LIT("\xfe\xff")))
        i = 2;
    for (; i < in.len && n < SNIFF_BYTES; i++) {
        char c = in.p[i];

        if (c == '\0' || (n == 0 && char_is_one_of(c, " \t\r\n\f")))
            continue;
        out[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return (struct slice){ out, n };
}
