/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_container - the documents in a zip, RAR, 7z or tar file.
 *
 * Each is unpacked whole and handed on as bytes: what it is, is for others
 * to say.  An entry that cannot be unpacked is a part with its reason, and
 * the others go on; only a container whose directory is broken, or that
 * grows without measure, fails as a whole.  No size that the file states is
 * believed, and no name is ever a path.
 *
 * One answer holds what memory allows (LIMIT_PARTS_BYTES) and says where the
 * next one begins.
 */

#include <iconv.h>
#include <locale.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#include "common/buf.h"
#include "common/limits.h"
#include "common/log.h"
#include "transformer/charset.h"
#include "transformer/reader.h"
#include "transformer/sniff.h"
#include "transformer/zip_package.h"

/* What is known of the container at hand. */
struct container {
    struct slice in;
    const char *media_type;
    struct archive *archive;
    struct document *doc;
    struct buf body;   /* of the entry at hand */
    uint64_t unpacked; /* bytes of all entries so far */
    uint32_t part_cap;
};

/* ---- opening ------------------------------------------------------------ */

static void prepare(void)
{
    /* Kept open: libarchive asks for the same converters inside the
     * sandbox, where their modules could not be loaded. */
    static const char *const from[] = { "UTF-16BE", "UTF-16LE", "UTF-8",
        "CP437" };
    static iconv_t kept[sizeof(from) / sizeof(from[0])];

    zip_package_prepare();
    charset_open();
    /* Names that a RAR file keeps in UTF-16 come in this locale's charset. */
    if (!setlocale(LC_CTYPE, "C.UTF-8"))
        fatal("the locale C.UTF-8 is missing");
    for (size_t i = 0; i < sizeof(from) / sizeof(from[0]); i++) {
        kept[i] = kept[i] ? kept[i] : iconv_open("UTF-8", from[i]);
        if (kept[i] == (iconv_t)-1)
            fatal("iconv does not know %s", from[i]);
    }
}

/* A container by its content, else NULL. */
static const char *kind_of(struct slice in)
{
    static const char *const kinds[] = { "application/zip",
        "application/vnd.rar", "application/x-7z-compressed",
        "application/gzip", "application/x-tar" };
    const char *is = sniff_binary(in);

    for (size_t i = 0; is && i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (strcmp(is, kinds[i]) == 0)
            return kinds[i];
    return NULL;
}

static int bid(struct slice in)
{
    return kind_of(in) ? 100 : 0;
}

static int support(struct archive *a, const char *media_type)
{
    if (strcmp(media_type, "application/zip") == 0)
        return archive_read_support_format_zip_seekable(a);
    if (strcmp(media_type, "application/vnd.rar") == 0)
        return archive_read_support_format_rar(a) |
               archive_read_support_format_rar5(a);
    if (strcmp(media_type, "application/x-7z-compressed") == 0)
        return archive_read_support_format_7zip(a);
    if (strcmp(media_type, "application/gzip") == 0 &&
        (archive_read_support_filter_gzip(a) |
            archive_read_support_format_raw(a)) != ARCHIVE_OK)
        return ARCHIVE_FATAL;
    return archive_read_support_format_tar(a);
}

/* What the library says is wrong; encryption has many wordings.  To ask it
 * archive_read_has_encrypted_entries is no way: where no format was found,
 * version 3.6 calls what is not there. */
static int trouble(struct archive *a, const char *what, struct err *err)
{
    const char *why = archive_error_string(a);

    if (why && (strstr(why, "ncrypt") || strstr(why, "assphrase")))
        return err_set(
            err, ERR_INPUT, "reader.encrypted: %s asks for a password", what);
    return err_set(err, ERR_INPUT, "reader.broken: %s: %.120s", what,
        why ? why : "damaged");
}

static int start(struct container *c, struct err *err)
{
    c->archive = archive_read_new();
    if (!c->archive)
        return err_set(
            err, ERR_LIMIT, "reader.memory: no memory for a container");
    if (support(c->archive, c->media_type) != ARCHIVE_OK ||
        archive_read_open_memory(c->archive, c->in.p, c->in.len) != ARCHIVE_OK)
        return trouble(c->archive, "the container", err);
    return 0;
}

/* ---- names -------------------------------------------------------------- */

/* At most LIMIT_PART_NAME_BYTES of it, whole characters. */
static struct slice cut(struct slice s)
{
    if (s.len > LIMIT_PART_NAME_BYTES) {
        s.len = LIMIT_PART_NAME_BYTES;
        while (s.len && ((unsigned char)s.p[s.len] & 0xc0) == 0x80)
            s.len--;
    }
    return s;
}

/* The entry's path in UTF-8.  Zip files say in a flag that a name is UTF-8,
 * and it comes so; all others come as the bytes they are, mostly GBK.  The
 * second byte of a character may be a backslash, so decode first.  Where
 * GBK says that it is UTF-8, the library gives no name at all: what has
 * bytes must not be lost for that. */
static struct slice name_of(
    struct archive_entry *e, uint32_t i, struct arena *arena)
{
    const char *raw = archive_entry_pathname(e);
    struct slice name;
    char *copy;

    if (!raw)
        raw = archive_entry_pathname_utf8(e);
    if (!raw && archive_entry_size(e) > 0)
        return arena_printf(arena, "(unnamed %u)", i + 1);
    name =
        charset_decode(slice_str(raw ? raw : ""), SLICE_LIT("GB18030"), arena)
            .text;
    while (slice_starts(name, SLICE_LIT("./")))
        name = slice_from(name, 2);
    name = cut(name);
    copy = arena_str(arena, arena_slice(arena, name).p);
    for (char *p = copy; *p; p++) {
        if (*p == '\\')
            *p = '/';
        else if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = '_';
    }
    return slice_str(copy);
}

static struct slice base_name(struct slice path)
{
    size_t i = path.len;

    while (i > 0 && path.p[i - 1] != '/')
        i--;
    return slice_from(path, i);
}

/* What systems and programs leave behind in folders. */
static bool is_litter(struct slice path)
{
    static const char *const names[] = { "Thumbs.db", "desktop.ini",
        ".DS_Store", "ehthumbs.db" };
    struct slice base = base_name(path);

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (slice_eq_str(base, names[i]))
            return true;
    return slice_starts(path, SLICE_LIT("__MACOSX/")) ||
           slice_find(path, SLICE_LIT("/__MACOSX/")) >= 0 ||
           slice_starts(base, SLICE_LIT("._")) ||
           slice_starts(base, SLICE_LIT("~$"));
}

static bool is_file(struct archive_entry *e, struct slice name)
{
    mode_t type = archive_entry_filetype(e);

    if (archive_entry_hardlink(e) || (type != 0 && type != AE_IFREG))
        return false;
    return name.len > 0 && name.p[name.len - 1] != '/' && !is_litter(name);
}

/* A gzip file names nothing: its own name without ".gz" serves. */
static struct slice name_of_lone(struct slice container, struct arena *arena)
{
    struct slice base = base_name(container);

    if (base.len > 3 && slice_ends(base, SLICE_LIT(".gz")))
        return cut(arena_slice(arena, (struct slice){ base.p, base.len - 3 }));
    return SLICE_LIT("data");
}

/* ---- parts -------------------------------------------------------------- */

static struct document_part *add_part(struct container *c, struct slice name)
{
    struct document *doc = c->doc;
    struct document_part *part;

    if (doc->part_n == c->part_cap) {
        uint32_t cap = c->part_cap ? c->part_cap * 2 : 8;
        struct document_part *more =
            arena_alloc_n(doc->arena, cap, sizeof(*more));

        if (doc->part_n)
            memcpy(more, doc->parts, doc->part_n * sizeof(*more));
        doc->parts = more;
        c->part_cap = cap;
    }
    part = &doc->parts[doc->part_n++];
    *part = (struct document_part){ .name = name };
    return part;
}

static void add_failed(
    struct container *c, struct slice name, const struct err *why)
{
    add_part(c, name)->error = arena_slice(c->doc->arena, slice_str(why->msg));
}

static bool grows_too_much(const struct container *c, size_t bytes)
{
    return bytes > LIMIT_PACKAGE_RATIO_FREE &&
           bytes / LIMIT_PACKAGE_RATIO > c->in.len;
}

/* The entry's bytes in c->body.  ERR_INPUT and ERR_LIMIT are its own. */
static int unpack_entry(struct container *c, struct err *err)
{
    char block[32768];
    la_ssize_t n;

    buf_reset(&c->body);
    while ((n = archive_read_data(c->archive, block, sizeof(block))) != 0) {
        if (n < 0)
            return trouble(c->archive, "the entry", err);
        buf_add(&c->body, block, (size_t)n);
        c->unpacked += (uint64_t)n;
        if (c->body.failed)
            return err_set(err, ERR_LIMIT,
                "reader.size: the entry has more than %u bytes unpacked",
                LIMIT_BODY_BYTES);
        if (grows_too_much(c, c->body.len))
            return err_set(err, ERR_LIMIT,
                "reader.ratio: %zu bytes were packed in %zu", c->body.len,
                c->in.len);
    }
    return 0;
}

static void take_entry(
    struct container *c, struct archive_entry *e, struct slice name)
{
    struct arena *arena = c->doc->arena;
    struct err why = { ERR_NONE, "" };
    int status;

    if (archive_entry_is_encrypted(e))
        status = err_set(
            &why, ERR_INPUT, "reader.encrypted: the entry asks for a password");
    else
        status = unpack_entry(c, &why);
    if (status < 0)
        add_failed(c, name, &why);
    else
        add_part(c, name)->bytes = arena_slice(arena, buf_slice(&c->body));
}

/* The next header: 1, 0 at the end, -1. */
static int next(struct container *c, struct archive_entry **e, struct err *err)
{
    int status = archive_read_next_header(c->archive, e);

    if (status == ARCHIVE_EOF)
        return 0;
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
        return trouble(c->archive, "the container", err);
    return 1;
}

/* Go through the entries; parts before `from` were taken before. */
static int take_all(
    struct container *c, const struct cage_hints *hints, struct err *err)
{
    struct archive_entry *e;
    uint32_t part = 0;
    int more;

    for (uint32_t i = 0; (more = next(c, &e, err)) > 0; i++) {
        struct slice name = name_of(e, i, c->doc->arena);

        if (i >= LIMIT_CONTAINER_ENTRIES)
            return err_set(err, ERR_LIMIT,
                "reader.size: a container of more than %u entries",
                LIMIT_CONTAINER_ENTRIES);
        if (!is_file(e, name) || part++ < hints->part_from)
            continue;
        if (part > LIMIT_PARTS)
            return err_set(err, ERR_LIMIT,
                "reader.size: a container of more than %u documents",
                LIMIT_PARTS);
        if (c->unpacked >= LIMIT_PARTS_BYTES) {
            c->doc->part_next = part - 1;
            return 0;
        }
        if (archive_format(c->archive) == ARCHIVE_FORMAT_RAW)
            name = name_of_lone(hints->name, c->doc->arena);
        take_entry(c, e, name);
    }
    if (more < 0 && part == 0)
        return -1;
    if (more < 0) /* what came before stays good */
        add_failed(c, SLICE_LIT("(rest)"), err);
    return 0;
}

static int unpack(struct slice in, const struct cage_hints *hints,
    struct document *doc, struct err *err)
{
    struct container c = { .in = in, .media_type = kind_of(in), .doc = doc };
    int status;

    if (!hints->unpack)
        return err_set(err, ERR_INPUT,
            "reader.none: %s holds documents, but is none itself",
            c.media_type);
    buf_init(&c.body, LIMIT_BODY_BYTES);
    doc->media_type = slice_str(c.media_type);
    status = start(&c, err);
    if (status == 0)
        status = take_all(&c, hints, err);
    archive_read_free(c.archive);
    buf_clear(&c.body);
    return status;
}

const struct reader container_reader = { "container", "application/zip", bid,
    unpack, prepare };
