/* SPDX-License-Identifier: Apache-2.0 */
/*
 * archive - a folder to one tar.zst, the same bytes for the same files.
 *
 * Names are sorted; owner, mode and time are fixed; zstd's level and threads
 * are pinned, as an unset number of threads gives other frames than one.
 * Names are ASCII: libarchive 3.6 crashes on others in the C locale, which
 * is a service's locale.  This file alone knows <archive.h>.
 */
#include "loader/archive.h"

#include <stdbool.h>
#include <stdio.h>

#include <archive.h>
#include <archive_entry.h>

#include "common/mem.h"
#include "common/service.h"
#include "loader/output.h"

struct pack {
    struct archive *tar;
    struct archive_entry *entry;
    const char *prefix;
    int64_t mtime_s;
};

static int tar_failed(struct pack *p, const char *what, struct err *err)
{
    const char *why = archive_error_string(p->tar);

    return err_set(err, ERR_RETRY, "%s: %s", what, why ? why : "failed");
}

static int check_name(const char *name, struct err *err)
{
    const char *c;

    for (c = name; *c; c++)
        if (*c < '!' || *c > '~')
            return err_set(err, ERR_FATAL, "%s: name is not plain ASCII", name);
    return 0;
}

/* Not ARCHIVE_OK but a warning means that the entry is not as asked. */
static int add_header(struct pack *p, const char *name, bool is_dir,
    uint64_t size, struct err *err)
{
    if (check_name(name, err) != 0)
        return -1;
    archive_entry_clear(p->entry);
    archive_entry_set_pathname(p->entry, name);
    archive_entry_set_filetype(p->entry, is_dir ? AE_IFDIR : AE_IFREG);
    archive_entry_set_perm(p->entry, is_dir ? 0755 : 0644);
    archive_entry_set_uid(p->entry, 0);
    archive_entry_set_gid(p->entry, 0);
    archive_entry_set_mtime(p->entry, p->mtime_s, 0);
    archive_entry_set_size(p->entry, (int64_t)size);
    if (archive_write_header(p->tar, p->entry) != ARCHIVE_OK)
        return tar_failed(p, name, err);
    return 0;
}

static int add_bytes(struct pack *p, FILE *f, const char *path, struct err *err)
{
    char block[64 * 1024];
    size_t n;

    while ((n = fread(block, 1, sizeof(block), f)) > 0) {
        if (archive_write_data(p->tar, block, n) != (la_ssize_t)n)
            return tar_failed(p, path, err);
        service_alive();
    }
    return ferror(f) ? err_set_errno(err, ERR_RETRY, "%s: read", path) : 0;
}

static int add_file(struct pack *p, const char *path, struct err *err)
{
    FILE *f = fopen(path, "re");
    int rc;

    if (!f)
        return err_set_errno(err, ERR_RETRY, "%s", path);
    rc = add_bytes(p, f, path, err);
    fclose(f);
    return rc;
}

static int add_entry(void *ctx, const struct output_entry *e, struct err *err)
{
    struct pack *p = ctx;
    char *name =
        mem_printf("%s/%s%s", p->prefix, e->name, e->is_dir ? "/" : "");
    int rc = add_header(p, name, e->is_dir, e->size, err);

    mem_free(name);
    if (rc != 0 || e->is_dir)
        return rc;
    return add_file(p, e->path, err);
}

static int tar_open(struct pack *p, const char *path, struct err *err)
{
    if (archive_write_set_format_pax_restricted(p->tar) != ARCHIVE_OK ||
        archive_write_add_filter_zstd(p->tar) != ARCHIVE_OK ||
        archive_write_set_filter_option(
            p->tar, "zstd", "compression-level", "3") != ARCHIVE_OK ||
        archive_write_set_filter_option(p->tar, "zstd", "threads", "1") !=
            ARCHIVE_OK ||
        archive_write_set_bytes_per_block(p->tar, 65536) != ARCHIVE_OK ||
        archive_write_set_bytes_in_last_block(p->tar, 1) != ARCHIVE_OK ||
        archive_write_open_filename(p->tar, path) != ARCHIVE_OK)
        return tar_failed(p, path, err);
    return 0;
}

int archive_pack(const char *dir, const char *prefix, int64_t mtime_s,
    const char *path, struct err *err)
{
    struct pack p = { .tar = archive_write_new(),
        .entry = archive_entry_new(),
        .prefix = prefix,
        .mtime_s = mtime_s };
    char *root = mem_printf("%s/", prefix);
    int rc = -1;

    if (!p.tar || !p.entry) {
        err_set(err, ERR_FATAL, "libarchive: out of memory");
        goto out;
    }
    if (tar_open(&p, path, err) != 0 ||
        add_header(&p, root, true, 0, err) != 0 ||
        output_walk(dir, add_entry, &p, err) != 0)
        goto out;
    if (archive_write_close(p.tar) != ARCHIVE_OK) {
        tar_failed(&p, path, err);
        goto out;
    }
    rc = 0;
out:
    archive_entry_free(p.entry);
    archive_write_free(p.tar);
    mem_free(root);
    return rc;
}
