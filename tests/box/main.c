/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nianbao-box - containers for tests: zip, RAR 4 and RAR 5, stored.
 *
 * Entries come as NAME=FILE; NAME!=FILE says of itself that it is encrypted.
 * With --gbk names are written in GBK, as old programs do.  "bomb" makes a
 * zip file of one entry that unpacks to 64 MB, "many" one of N small ones,
 * "overlap" one whose N entries all are the same FILE.
 */
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>

#include <archive.h>
#include <archive_entry.h>

#include "common/arena.h"
#include "common/log.h"
#include "tests/rar.h"

enum {
    PARTS_MAX = 64,
    ROOM = 64 << 20,
};

static const char usage[] =
    "usage: nianbao-box zip|rar4|rar5 [--gbk] OUT NAME[!]=FILE...\n"
    "       nianbao-box bomb OUT\n"
    "       nianbao-box many OUT N\n"
    "       nianbao-box overlap OUT N FILE\n";

static struct arena memory; /* of all that is read and made */

static struct slice read_file(const char *path)
{
    char *bytes = arena_alloc(&memory, ROOM);
    FILE *in = fopen(path, "rb");
    size_t n;

    if (!in)
        fatal("%s: cannot be read", path);
    n = fread(bytes, 1, ROOM, in);
    fclose(in);
    return (struct slice){ bytes, n };
}

static void write_file(const char *path, struct slice s)
{
    FILE *out = fopen(path, "wb");

    if (!out || fwrite(s.p, 1, s.len, out) != s.len || fclose(out) != 0)
        fatal("%s: cannot be written", path);
}

static char *to_gbk(const char *name)
{
    iconv_t by = iconv_open("GB18030", "UTF-8");
    size_t in_len = strlen(name), room = in_len * 2;
    char *in = arena_str(&memory, name), *out = arena_alloc(&memory, room + 1);
    char *from = in, *to = out;

    if (by == (iconv_t)-1 ||
        iconv(by, &from, &in_len, &to, &room) == (size_t)-1)
        fatal("%s: not UTF-8", name);
    iconv_close(by);
    return out;
}

/* "NAME=FILE" as a part. */
static struct package_part part_of(
    const char *kind, const char *argument, bool gbk)
{
    struct package_part part = { NULL, { NULL, 0 }, 0 };
    char *name = arena_str(&memory, argument), *mark = strchr(name, '=');
    bool zip = strcmp(kind, "zip") == 0;

    if (!mark)
        fatal("%s: not NAME=FILE", argument);
    *mark = '\0';
    part.text = read_file(mark + 1);
    if (mark > name && mark[-1] == '!') {
        mark[-1] = '\0';
        part.flags = zip ? 1 : RAR4_ENCRYPTED;
    }
    if (zip && !gbk)
        part.flags |= 0x800;
    part.name = gbk ? to_gbk(name) : name;
    return part;
}

static void box(const char *kind, int n, char **args, struct buf *out)
{
    struct package_part parts[PARTS_MAX];
    bool gbk = n > 0 && strcmp(args[0], "--gbk") == 0;
    size_t part_n = 0;

    for (int i = gbk + 1; i < n; i++) {
        if (part_n == PARTS_MAX)
            fatal("more than %d entries", PARTS_MAX);
        parts[part_n++] = part_of(kind, args[i], gbk);
    }
    if (strcmp(kind, "zip") == 0)
        package_zip(out, parts, part_n);
    else if (strcmp(kind, "rar4") == 0)
        rar4(out, parts, part_n);
    else
        rar5(out, parts, part_n);
    write_file(args[gbk], buf_slice(out));
}

/* `n` packed entries of `size` zeros each. */
static void pack_zeros(const char *path, size_t n, size_t size)
{
    struct archive *a = archive_write_new();
    struct archive_entry *e = archive_entry_new();
    char *zeros = arena_alloc(&memory, size + 1);

    archive_write_set_format_zip(a);
    if (archive_write_open_filename(a, path) != ARCHIVE_OK)
        fatal("%s: cannot be written", path);
    for (size_t i = 0; i < n; i++) {
        archive_entry_set_pathname(e, "entry.doc");
        archive_entry_set_filetype(e, AE_IFREG);
        archive_entry_set_size(e, (la_int64_t)size);
        archive_write_header(a, e);
        archive_write_data(a, zeros, size);
    }
    if (archive_write_close(a) != ARCHIVE_OK)
        fatal("%s: cannot be written", path);
    archive_write_free(a);
    archive_entry_free(e);
}

static void overlap(
    const char *path, size_t n, const char *file, struct buf *out)
{
    struct package_part parts[PARTS_MAX];
    size_t entry_len = 46 + 1;
    char *entry;

    if (n > PARTS_MAX)
        fatal("more than %d entries", PARTS_MAX);
    for (size_t i = 0; i < n; i++)
        parts[i] = (struct package_part){ "a", { "", 0 }, 0 };
    parts[0].text = read_file(file);
    package_zip(out, parts, n);
    entry = out->p + out->len - 22 - n * entry_len;
    for (size_t i = 1; i < n; i++)
        memcpy(entry + i * entry_len, entry, entry_len);
    write_file(path, buf_slice(out));
}

int main(int argc, char **argv)
{
    struct buf out;

    log_init("nianbao-box", LOG_LEVEL_INFO);
    buf_init(&out, ROOM);
    arena_init(&memory, (size_t)PARTS_MAX * 2 * ROOM);
    if (argc == 3 && strcmp(argv[1], "bomb") == 0) {
        pack_zeros(argv[2], 1, ROOM);
    } else if (argc == 4 && strcmp(argv[1], "many") == 0) {
        pack_zeros(argv[2], strtoul(argv[3], NULL, 10), 0);
    } else if (argc == 5 && strcmp(argv[1], "overlap") == 0) {
        overlap(argv[2], strtoul(argv[3], NULL, 10), argv[4], &out);
    } else if (argc > 3) {
        box(argv[1], argc - 2, argv + 2, &out);
    } else {
        fputs(usage, stderr);
        return 2;
    }
    buf_clear(&out);
    arena_clear(&memory);
    return 0;
}
