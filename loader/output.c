/* SPDX-License-Identifier: Apache-2.0 */
/*
 * output - files that appear whole or not at all.
 *
 * A folder cannot be renamed onto another that holds files, so a tree that
 * is in the way (of a publication that was killed after its rename) steps
 * aside first.
 */
#include "loader/output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/evp.h>

#include "common/log.h"
#include "common/mem.h"

int output_make_dir(const char *dir, struct err *err)
{
    char *path = mem_strdup(dir);
    char *slash = path;
    int rc = 0;

    while (rc == 0 && slash) {
        slash = strchr(slash + 1, '/');
        if (slash)
            *slash = '\0';
        if (mkdir(path, 0755) != 0 && errno != EEXIST)
            rc = err_set_errno(err, ERR_RETRY, "%s", path);
        if (slash)
            *slash = '/';
    }
    mem_free(path);
    return rc;
}

/* ---- walking ---------------------------------------------------------- */

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static FTS *walk_open(const char *path)
{
    char *copy = mem_strdup(path);
    char *const roots[] = { copy, NULL };
    FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, by_name);

    mem_free(copy);
    return fts;
}

int output_walk(const char *dir,
    int (*each)(void *ctx, const struct output_entry *e, struct err *err),
    void *ctx, struct err *err)
{
    FTS *fts = walk_open(dir);
    const FTSENT *e;
    int rc = 0;

    if (!fts)
        return err_set_errno(err, ERR_RETRY, "%s", dir);
    while (rc == 0 && (e = fts_read(fts)) != NULL) {
        struct output_entry entry = { .path = e->fts_path,
            .name = e->fts_path + strlen(dir) + 1,
            .is_dir = e->fts_info == FTS_D };

        if (e->fts_info == FTS_F)
            entry.size = (uint64_t)e->fts_statp->st_size;
        else if (e->fts_info == FTS_DP || e->fts_level == 0)
            continue;
        else if (e->fts_info != FTS_D)
            rc = err_set(
                err, ERR_RETRY, "%s: neither file nor folder", e->fts_path);
        if (rc == 0)
            rc = each(ctx, &entry, err);
    }
    fts_close(fts);
    return rc;
}

void output_remove(const char *path)
{
    FTS *fts = walk_open(path);
    const FTSENT *e;

    if (!fts) {
        log_warn("left path=%s", path);
        return;
    }
    while ((e = fts_read(fts)) != NULL) {
        if (e->fts_info == FTS_D)
            continue;
        if (remove(e->fts_accpath) != 0 && errno != ENOENT)
            log_warn("left path=%s", e->fts_path);
    }
    fts_close(fts);
}

void output_remove_temporary(const char *dir)
{
    DIR *d = opendir(dir);
    const struct dirent *e;

    if (!d)
        return;
    while ((e = readdir(d)) != NULL) {
        char *path;

        if (strncmp(e->d_name, OUTPUT_TEMPORARY, strlen(OUTPUT_TEMPORARY)) != 0)
            continue;
        path = mem_printf("%s/%s", dir, e->d_name);
        log_info("removed leftover=%s", path);
        output_remove(path);
        mem_free(path);
    }
    closedir(d);
}

/* ---- writing ---------------------------------------------------------- */

int output_write(const char *path, struct slice bytes, struct err *err)
{
    FILE *f = fopen(path, "we");
    int rc = 0;

    if (!f)
        return err_set_errno(err, ERR_RETRY, "%s", path);
    if (fwrite(bytes.p, 1, bytes.len, f) != bytes.len || fflush(f) != 0)
        rc = err_set_errno(err, ERR_RETRY, "%s", path);
    fclose(f);
    return rc;
}

static int sync_one(const char *path, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    int rc = 0;

    if (fd < 0)
        return err_set_errno(err, ERR_RETRY, "%s", path);
    if (fsync(fd) != 0)
        rc = err_set_errno(err, ERR_RETRY, "%s: fsync", path);
    close(fd);
    return rc;
}

static int sync_entry(void *ctx, const struct output_entry *e, struct err *err)
{
    (void)ctx;
    return sync_one(e->path, err);
}

int output_sync(const char *path, struct err *err)
{
    if (output_walk(path, sync_entry, NULL, err) != 0)
        return -1;
    return sync_one(path, err);
}

static int sync_parent(const char *path, struct err *err)
{
    char *dir = mem_strdup(path);
    char *slash = strrchr(dir, '/');
    int rc;

    if (slash)
        *slash = '\0';
    rc = sync_one(slash ? dir : ".", err);
    mem_free(dir);
    return rc;
}

static bool is_dir(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

int output_place(
    const char *from, const char *to, const char *aside, struct err *err)
{
    if (is_dir(to) && rename(to, aside) != 0)
        return err_set_errno(err, ERR_RETRY, "%s to %s", to, aside);
    if (rename(from, to) != 0)
        return err_set_errno(err, ERR_RETRY, "%s to %s", from, to);
    return sync_parent(to, err);
}

/* ---- digests ---------------------------------------------------------- */

static int digest_stream(FILE *f, unsigned char digest[EVP_MAX_MD_SIZE])
{
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    unsigned char block[64 * 1024];
    bool ok = md && EVP_DigestInit_ex(md, EVP_sha256(), NULL) == 1;
    size_t n;

    while (ok && (n = fread(block, 1, sizeof(block), f)) > 0)
        ok = EVP_DigestUpdate(md, block, n) == 1;
    ok = ok && !ferror(f) && EVP_DigestFinal_ex(md, digest, NULL) == 1;
    EVP_MD_CTX_free(md);
    return ok ? 0 : -1;
}

int output_sha256(
    const char *path, char hex[OUTPUT_SHA256_LEN + 1], struct err *err)
{
    static const char digit[] = "0123456789abcdef";
    unsigned char digest[EVP_MAX_MD_SIZE];
    FILE *f = fopen(path, "re");
    size_t i;
    int rc;

    if (!f)
        return err_set_errno(err, ERR_RETRY, "%s", path);
    rc = digest_stream(f, digest);
    if (rc != 0)
        err_set_errno(err, ERR_RETRY, "%s: read", path);
    fclose(f);
    for (i = 0; rc == 0 && i < OUTPUT_SHA256_LEN / 2; i++) {
        hex[2 * i] = digit[digest[i] >> 4];
        hex[2 * i + 1] = digit[digest[i] & 15];
    }
    hex[OUTPUT_SHA256_LEN] = '\0';
    return rc;
}
