/* SPDX-License-Identifier: Apache-2.0 */
/*
 * zip_package - the parts of a zip file that holds one document.
 *
 * Each part is found by going through the directory again: libarchive goes
 * forward only, its directory costs some microseconds, and a part that was
 * kept for later would be memory that a document decides about.  Only
 * this file and read_container.c know <archive.h> in this room.
 */
#include "transformer/zip_package.h"

#include <stdlib.h>
#include <strings.h>
#include <time.h>

#include <archive.h>
#include <archive_entry.h>

#include "common/limits.h"

void zip_package_prepare(void)
{
    /* Times in zip files are local: without TZ the C library looks at
     * /etc/localtime again and again. */
    if (!getenv("TZ"))
        setenv("TZ", "UTC0", 1);
    tzset();
}

/* ---- the directory ------------------------------------------------------ */

/* Bytes of a name that a message shows. */
#define SHOWN(name) (int)((name).len < 100 ? (name).len : 100), (name).p

static int broken(struct archive *a, struct slice what, struct err *err)
{
    const char *why = archive_error_string(a);

    return err_set(err, ERR_INPUT, "reader.broken: %.*s: %s", SHOWN(what),
        why ? why : "damaged");
}

/* The zip file at its start; NULL with `err` set. */
static struct archive *start(struct slice in, struct err *err)
{
    struct archive *a = archive_read_new();

    if (!a) {
        err_set(err, ERR_LIMIT, "reader.memory: no memory for a zip file");
        return NULL;
    }
    /* Without a directory at its end the file is cut off. */
    if (archive_read_support_format_zip_seekable(a) != ARCHIVE_OK ||
        archive_read_open_memory(a, in.p, in.len) != ARCHIVE_OK) {
        broken(a, SLICE_LIT("the zip file"), err);
        archive_read_free(a);
        return NULL;
    }
    return a;
}

/* The next header: 1, 0 at the end, -1. */
static int next(struct archive *a, struct archive_entry **e, struct err *err)
{
    int status = archive_read_next_header(a, e);

    if (status == ARCHIVE_EOF)
        return 0;
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
        return broken(a, SLICE_LIT("the zip file's directory"), err);
    return 1;
}

/* Names with characters that the locale lacks belong to no part that a
 * reader asks for. */
static struct slice name_of(struct archive_entry *e, struct arena *arena)
{
    const char *name = archive_entry_pathname(e);
    char *copy = arena_str(arena, name ? name : "");

    for (char *c = copy; *c; c++)
        if (*c == '\\')
            *c = '/';
    return slice_str(copy);
}

static int compare_names(struct slice a, struct slice b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? strncasecmp(a.p, b.p, len) : 0;

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare_entries(const void *a, const void *b)
{
    const struct zip_entry *x = a, *y = b;

    return compare_names(x->name, y->name);
}

static void add(struct zip_package *z, struct slice name, uint32_t index,
    struct arena *arena)
{
    /* Doubles at each power of two. */
    if ((z->entry_n & (z->entry_n - 1)) == 0) {
        uint32_t cap = z->entry_n ? z->entry_n * 2 : 1;
        struct zip_entry *more = arena_alloc_n(arena, cap, sizeof(*more));

        if (z->entry_n)
            memcpy(more, z->entry, z->entry_n * sizeof(*more));
        z->entry = more;
    }
    z->entry[z->entry_n++] = (struct zip_entry){ name, index };
}

static int list(struct zip_package *z, struct archive *a, struct arena *arena,
    struct err *err)
{
    struct archive_entry *e;
    int more;

    for (uint32_t i = 0; (more = next(a, &e, err)) > 0; i++) {
        struct slice name;

        if (i >= LIMIT_PACKAGE_ENTRIES)
            return err_set(err, ERR_LIMIT,
                "reader.size: a zip file of more than %u entries",
                LIMIT_PACKAGE_ENTRIES);
        if (archive_entry_is_encrypted(e))
            return err_set(err, ERR_INPUT,
                "reader.encrypted: the zip file asks for a password");
        name = name_of(e, arena);
        if (name.len)
            add(z, name, i, arena);
    }
    return more;
}

/* Programs differ in which of two parts of one name they take. */
static int check_twins(const struct zip_package *z, struct err *err)
{
    for (uint32_t i = 1; i < z->entry_n; i++)
        if (compare_entries(&z->entry[i - 1], &z->entry[i]) == 0)
            return err_set(err, ERR_INPUT,
                "reader.broken: the zip file has two parts \"%.100s\"",
                z->entry[i].name.p);
    return 0;
}

int zip_package_open(struct zip_package *z, struct slice in,
    struct arena *arena, struct err *err)
{
    struct archive *a = start(in, err);
    int status;

    *z = (struct zip_package){ .in = in };
    if (!a)
        return -1;
    status = list(z, a, arena, err);
    archive_read_free(a);
    if (status < 0)
        return -1;
    if (z->entry_n)
        qsort(z->entry, z->entry_n, sizeof(*z->entry), compare_entries);
    return check_twins(z, err);
}

static const struct zip_entry *find(
    const struct zip_package *z, struct slice name)
{
    struct zip_entry key = { name, 0 };

    if (!z->entry_n)
        return NULL;
    return bsearch(
        &key, z->entry, z->entry_n, sizeof(*z->entry), compare_entries);
}

bool zip_package_has(const struct zip_package *z, struct slice name)
{
    return find(z, name) != NULL;
}

/* ---- names ----------------------------------------------------------------
 */

/* Bytes up to and with the last '/'. */
static size_t folder_len(const char *p, size_t len)
{
    while (len && p[len - 1] != '/')
        len--;
    return len;
}

/* Put `word` behind the `len` bytes of `name`; the new length. */
static size_t append_word(char *name, size_t len, struct slice word, bool last)
{
    if (slice_eq_str(word, ".."))
        return len ? folder_len(name, len - 1) : 0;
    if (slice_eq_str(word, "."))
        return len;
    for (size_t i = 0; i < word.len; i++)
        name[len++] = word.p[i];
    if (!last)
        name[len++] = '/';
    return len;
}

struct slice zip_package_resolve(
    struct arena *arena, struct slice of, struct slice target)
{
    size_t len = folder_len(of.p, of.len);
    char *name = arena_alloc(arena, len + target.len + 1);

    if (target.len && char_is_one_of(target.p[0], "/\\")) {
        target = slice_skip(target, 1);
        len = 0;
    } else if (len) {
        memcpy(name, of.p, len);
    }
    while (target.len) {
        size_t n = 0;

        while (n < target.len && !char_is_one_of(target.p[n], "/\\"))
            n++;
        len = append_word(
            name, len, (struct slice){ target.p, n }, n == target.len);
        target = slice_skip(target, n < target.len ? n + 1 : n);
    }
    return (struct slice){ name, len };
}

/* ---- parts ----------------------------------------------------------------
 */

/* Go to the part; what its data is read from, or NULL. */
static struct archive *go_to(
    struct slice in, const struct zip_entry *entry, struct err *err)
{
    struct archive *a = start(in, err);
    struct archive_entry *e;

    if (!a)
        return NULL;
    for (uint32_t i = 0; i <= entry->index; i++) {
        int status = next(a, &e, err);

        if (status > 0)
            continue;
        if (status == 0)
            err_set(err, ERR_INPUT, "reader.broken: the zip file changed");
        archive_read_free(a);
        return NULL;
    }
    return a;
}

static int check_size(const struct zip_package *z, struct slice name,
    uint64_t part, struct err *err)
{
    if (part > LIMIT_PACKAGE_PART_BYTES)
        return err_set(err, ERR_LIMIT,
            "reader.size: %.*s: more than %u bytes unpacked", SHOWN(name),
            LIMIT_PACKAGE_PART_BYTES);
    if (z->unpacked > LIMIT_PACKAGE_BYTES)
        return err_set(err, ERR_LIMIT,
            "reader.size: %.*s: more than %u bytes unpacked of all parts",
            SHOWN(name), LIMIT_PACKAGE_BYTES);
    return 0;
}

/* `part` bytes were unpacked from `packed`. */
static int check_ratio(
    struct slice name, int64_t packed, uint64_t part, struct err *err)
{
    uint64_t from = packed > 0 ? (uint64_t)packed : 0;

    if (part > LIMIT_PACKAGE_RATIO_FREE && part / LIMIT_PACKAGE_RATIO > from)
        return err_set(err, ERR_LIMIT,
            "reader.ratio: %.*s: %llu bytes were packed in %llu", SHOWN(name),
            (unsigned long long)part, (unsigned long long)from);
    return 0;
}

static int read_blocks(struct zip_package *z, struct archive *a,
    struct slice name, zip_take *take, void *to, struct err *err)
{
    int64_t from = archive_filter_bytes(a, -1);
    uint64_t part = 0;

    for (;;) {
        const void *p;
        size_t len;
        int64_t offset;
        int status = archive_read_data_block(a, &p, &len, &offset);

        if (status == ARCHIVE_EOF)
            return 0;
        if (status != ARCHIVE_OK)
            return broken(a, name, err);
        /* What a block was made of counts as read when the next one is
         * there, so the ratio is that of the blocks before it. */
        if (check_ratio(name, archive_filter_bytes(a, -1) - from, part, err) <
            0)
            return -1;
        part += len;
        z->unpacked += len;
        if (check_size(z, name, part, err) < 0 ||
            take(to, (struct slice){ p, len }, err) < 0)
            return -1;
    }
}

void zip_package_flat(struct zip_package *z, struct slice part)
{
    *z = (struct zip_package){ .in = part, .is_flat = true };
}

int zip_package_read(struct zip_package *z, struct slice name, zip_take *take,
    void *to, struct err *err)
{
    const struct zip_entry *entry;
    struct archive *a;
    int status;

    if (z->is_flat)
        return take(to, z->in, err);
    entry = find(z, name);
    if (!entry)
        return err_set(err, ERR_INPUT,
            "reader.broken: the zip file has no part \"%.*s\"", SHOWN(name));
    a = go_to(z->in, entry, err);
    if (!a)
        return -1;
    status = read_blocks(z, a, name, take, to, err);
    archive_read_free(a);
    return status;
}
