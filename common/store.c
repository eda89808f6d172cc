/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store - fetched bodies by their SHA-256: <dir>/store/ab/abcdef...
 *
 * New bodies are written to <dir>/store/tmp, on the same file system as
 * their place, so that rename is atomic.  A killed writer leaves its
 * temporary file; store_open removes those that are older than an hour,
 * when no living writer can still want them.
 */
#include "common/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common/limits.h"
#include "common/log.h"
#include "common/mem.h"

#define TMP_AGE_MAX_S 3600
#define SUFFIX_BYTES 64 /* room for "/tmp/", pid and counter in a path */
#define READ_BYTES 65536

struct store {
    char *dir; /* <dir>/store */
    int dir_fd;
    unsigned long tmp_n; /* makes temporary names unique */
};

static bool is_key(const char *key)
{
    return strlen(key) == STORE_KEY_LEN &&
           strspn(key, "0123456789abcdef") == STORE_KEY_LEN;
}

/* "ab/abcdef..." relative to the store's folder. */
static void place_of(const char *key, char path[STORE_KEY_LEN + 4])
{
    snprintf(path, STORE_KEY_LEN + 4, "%.2s/%s", key, key);
}

static int make_dir(int at, const char *name, struct err *err)
{
    if (mkdirat(at, name, 0755) == 0) {
        if (at != AT_FDCWD && fsync(at) != 0)
            return err_set_errno(err, ERR_FATAL, "fsync beside %s", name);
        return 0;
    }
    if (errno != EEXIST)
        return err_set_errno(err, ERR_FATAL, "make folder %s", name);
    return 0;
}

/* Remove what killed writers left in tmp/.  Trouble here hurts nobody. */
static void sweep_tmp(const struct store *s)
{
    int fd = openat(s->dir_fd, "tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    struct dirent *e;
    struct stat st;

    if (!dir) {
        if (fd >= 0)
            close(fd);
        return;
    }
    while ((e = readdir(dir)) != NULL)
        if (fstatat(fd, e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(st.st_mode) && time(NULL) - st.st_mtime > TMP_AGE_MAX_S)
            unlinkat(fd, e->d_name, 0);
    closedir(dir);
}

struct store *store_open(const char *dir, struct err *err)
{
    struct store *s = mem_alloc(sizeof(*s));

    s->dir_fd = -1;
    s->dir = mem_printf("%s/store", dir);
    if (make_dir(AT_FDCWD, dir, err) != 0 ||
        make_dir(AT_FDCWD, s->dir, err) != 0)
        goto bad;
    s->dir_fd = open(s->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (s->dir_fd < 0) {
        err_set_errno(err, ERR_FATAL, "open store %s", s->dir);
        goto bad;
    }
    if (make_dir(s->dir_fd, "tmp", err) != 0)
        goto bad;
    sweep_tmp(s);
    return s;
bad:
    store_close(s);
    return NULL;
}

void store_close(struct store *s)
{
    if (!s)
        return;
    if (s->dir_fd >= 0)
        close(s->dir_fd);
    mem_free(s->dir);
    mem_free(s);
}

void store_key(struct slice body, char key[STORE_KEY_LEN + 1])
{
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned len = 0;

    if (EVP_Digest(body.len ? body.p : "", body.len, sum, &len, EVP_sha256(),
            NULL) != 1 ||
        len != STORE_KEY_LEN / 2)
        fatal("SHA-256 is not available in libcrypto");
    for (unsigned i = 0; i < len; i++)
        snprintf(key + (size_t)2 * i, 3, "%02x", (unsigned)sum[i]);
}

static int write_all(int fd, struct slice body)
{
    while (body.len) {
        ssize_t n = write(fd, body.p, body.len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return -1;
        body = slice_from(body, (size_t)n);
    }
    return 0;
}

/* Write `body` to the temporary name, whole and on the disk. */
static int write_tmp(
    struct store *s, const char *tmp, struct slice body, struct err *err)
{
    int fd =
        openat(s->dir_fd, tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    int rc = 0;

    if (fd < 0)
        return err_set_errno(err, ERR_FATAL, "create %s/%s", s->dir, tmp);
    if (write_all(fd, body) != 0 || fsync(fd) != 0)
        rc = err_set_errno(err, ERR_FATAL, "write %s/%s", s->dir, tmp);
    if (close(fd) != 0 && rc == 0)
        rc = err_set_errno(err, ERR_FATAL, "close %s/%s", s->dir, tmp);
    if (rc != 0)
        unlinkat(s->dir_fd, tmp, 0);
    return rc;
}

/* Make the entries of the folder that holds `key` durable. */
static int sync_folder(struct store *s, const char *key, struct err *err)
{
    char folder[3] = { key[0], key[1], '\0' };
    int fd = openat(s->dir_fd, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int rc = 0;

    if (fd < 0)
        return err_set_errno(err, ERR_FATAL, "open %s/%s", s->dir, folder);
    if (fsync(fd) != 0)
        rc = err_set_errno(err, ERR_FATAL, "fsync %s/%s", s->dir, folder);
    close(fd);
    return rc;
}

static int write_new(
    struct store *s, struct slice body, const char *key, struct err *err)
{
    char folder[3] = { key[0], key[1], '\0' };
    char place[STORE_KEY_LEN + 4];
    char tmp[STORE_KEY_LEN + SUFFIX_BYTES];

    place_of(key, place);
    snprintf(
        tmp, sizeof(tmp), "tmp/%s.%ld.%lu", key, (long)getpid(), s->tmp_n++);
    if (make_dir(s->dir_fd, folder, err) != 0 ||
        write_tmp(s, tmp, body, err) != 0)
        return -1;
    if (renameat(s->dir_fd, tmp, s->dir_fd, place) != 0) {
        err_set_errno(err, ERR_FATAL, "rename to %s/%s", s->dir, place);
        unlinkat(s->dir_fd, tmp, 0);
        return -1;
    }
    return 0;
}

int store_put(struct store *s, struct slice body, char key[STORE_KEY_LEN + 1],
    struct err *err)
{
    char place[STORE_KEY_LEN + 4];
    struct stat st;

    store_key(body, key);
    place_of(key, place);
    /* A body of another size is a damaged one: it is written anew. */
    if ((fstatat(s->dir_fd, place, &st, 0) != 0 ||
            st.st_size != (off_t)body.len) &&
        write_new(s, body, key, err) != 0)
        return -1;
    /* Also when it was there: its writer may have died before this. */
    return sync_folder(s, key, err);
}

static int read_all(int fd, struct buf *out)
{
    char block[READ_BYTES];
    ssize_t n;

    while ((n = read(fd, block, sizeof(block))) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        buf_add(out, block, (size_t)n);
        if (out->failed)
            break;
    }
    return 0;
}

int store_get(
    const struct store *s, const char *key, struct buf *out, struct err *err)
{
    char place[STORE_KEY_LEN + 4];
    char now[STORE_KEY_LEN + 1];
    size_t before = out->len;
    int rc = 0;
    int fd;

    if (!is_key(key))
        return err_set(err, ERR_INPUT, "store: \"%.80s\" is no key", key);
    place_of(key, place);
    fd = openat(s->dir_fd, place, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_set_errno(err, errno == ENOENT ? ERR_INPUT : ERR_FATAL,
            "store: %s/%s", s->dir, place);
    if (read_all(fd, out) != 0)
        rc = err_set_errno(err, errno == EIO ? ERR_INPUT : ERR_FATAL,
            "store: read %s/%s", s->dir, place);
    close(fd);
    if (rc == 0)
        rc = buf_check(out, place, err);
    if (rc != 0)
        return rc;
    store_key(slice_from(buf_slice(out), before), now);
    if (strcmp(now, key) != 0) {
        out->len = before;
        return err_set(err, ERR_INPUT,
            "store: %s/%s is damaged: its bytes have SHA-256 %s", s->dir, place,
            now);
    }
    return 0;
}

bool store_has(const struct store *s, const char *key)
{
    char place[STORE_KEY_LEN + 4];

    if (!is_key(key))
        return false;
    place_of(key, place);
    return faccessat(s->dir_fd, place, F_OK, 0) == 0;
}
