/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ledger_open - the ledger's file, its schema version, its transactions.
 *
 * Migrations are applied one by one, each in its own transaction; the
 * version is read again inside, so that two processes that open an old
 * ledger at the same moment migrate it once.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/ledger_impl.h"
#include "common/mem.h"

static int64_t newest_version(void)
{
    int64_t n = 0;

    while (ledger_migrations[n])
        n++;
    return n;
}

static int check_version(
    int64_t version, enum ledger_mode mode, const char *path, struct err *err)
{
    int64_t newest = newest_version();

    if (version > newest)
        return err_set(err, ERR_FATAL,
            "%s: its schema has version %lld, this build knows %lld: "
            "install a newer nianbao, or restore an older ledger",
            path, (long long)version, (long long)newest);
    if (mode == LEDGER_READ && version == 0)
        return err_set(err, ERR_RETRY,
            "%s: is being made, or holds nothing: "
            "wait for the collector, or run `nianbao run`",
            path);
    if (mode == LEDGER_READ && version < newest)
        return err_set(err, ERR_FATAL,
            "%s: its schema has version %lld, this build wants %lld: "
            "start the collector or `nianbao run` once to bring it up to date",
            path, (long long)version, (long long)newest);
    return 0;
}

static int apply(struct db *db, int64_t from, struct err *err)
{
    for (const char *const *sql = ledger_migrations[from]; *sql; sql++)
        if (db_exec(db, *sql, err) != 0)
            return err_in(err, "migration %lld", (long long)from + 1);
    return db_set_version(db, from + 1, err);
}

/* One step, unless another process took it meanwhile. */
static int migrate_from(struct db *db, int64_t seen, struct err *err)
{
    int64_t now;

    if (db_begin(db, err) != 0)
        return -1;
    if (db_version(db, &now, err) != 0)
        goto bad;
    if (now == seen && apply(db, seen, err) != 0)
        goto bad;
    return db_commit(db, err);
bad:
    db_rollback(db);
    return -1;
}

static int bring_up_to_date(
    struct db *db, enum ledger_mode mode, const char *path, struct err *err)
{
    int64_t version;

    for (;;) {
        if (db_version(db, &version, err) != 0 ||
            check_version(version, mode, path, err) != 0)
            return -1;
        if (version == newest_version())
            return 0;
        if (migrate_from(db, version, err) != 0)
            return -1;
    }
}

/* What stands in the way before the file is even opened. */
static int check_file(
    const char *dir, const char *path, enum ledger_mode mode, struct err *err)
{
    struct stat st;

    if (mode == LEDGER_WRITE) {
        if (mkdir(dir, 0755) != 0 && errno != EEXIST)
            return err_set_errno(err, ERR_FATAL, "make folder %s", dir);
        return 0;
    }
    if (stat(path, &st) != 0)
        return err_set_errno(err, ERR_FATAL,
            "%s: no ledger; run `nianbao run` first or check state_dir", path);
    return 0;
}

/* Even a reader shares memory with the writers (SQLite in WAL), in a file
 * that it must be able to make. */
static void advise(const char *dir, struct err *err)
{
    size_t len = strlen(err->msg);

    if (access(dir, W_OK) != 0)
        snprintf(err->msg + len, sizeof(err->msg) - len,
            "; you may not write to %s: ask as its owner", dir);
}

struct ledger *ledger_open(
    const char *dir, enum ledger_mode mode, struct err *err)
{
    struct ledger *l = mem_alloc(sizeof(*l));
    char *path = mem_printf("%s/ledger.sqlite", dir);

    arena_init(&l->scratch, 0);
    if (check_file(dir, path, mode, err) != 0)
        goto bad;
    l->db = db_open(path, mode == LEDGER_READ, err);
    if (!l->db || bring_up_to_date(l->db, mode, path, err) != 0) {
        advise(dir, err);
        goto bad;
    }
    mem_free(path);
    return l;
bad:
    mem_free(path);
    ledger_close(l);
    return NULL;
}

void ledger_close(struct ledger *l)
{
    if (!l)
        return;
    db_close(l->db);
    arena_clear(&l->scratch);
    mem_free(l);
}

int ledger_begin(struct ledger *l, struct err *err)
{
    return db_begin(l->db, err);
}

int ledger_begin_read(struct ledger *l, struct err *err)
{
    return db_begin_read(l->db, err);
}

int ledger_commit(struct ledger *l, struct err *err)
{
    return db_commit(l->db, err);
}

void ledger_rollback(struct ledger *l)
{
    db_rollback(l->db);
}

int ledger_enter(struct ledger *l, enum ledger_part *part, struct err *err)
{
    if (db_in_transaction(l->db)) {
        *part = PART_SAVEPOINT;
        return db_savepoint(l->db, err);
    }
    *part = PART_TRANSACTION;
    return db_begin(l->db, err);
}

int ledger_leave(
    struct ledger *l, enum ledger_part part, int rc, struct err *err)
{
    switch (part) {
    case PART_TRANSACTION:
        if (rc == 0)
            return db_commit(l->db, err);
        db_rollback(l->db);
        return -1;
    case PART_SAVEPOINT:
        if (rc == 0)
            return db_release(l->db, err);
        db_undo(l->db);
        return -1;
    }
    return -1;
}

/* ---- values ------------------------------------------------------------ */

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

int ledger_hash_read(
    const char *hex, unsigned char hash[LEDGER_HASH_BYTES], struct err *err)
{
    bool good = strlen(hex) == LEDGER_HASH_DIGITS;

    for (size_t i = 0; good && i < LEDGER_HASH_BYTES; i++) {
        int high = digit(hex[2 * i]);
        int low = digit(hex[2 * i + 1]);

        good = high >= 0 && low >= 0;
        if (good)
            hash[i] = (unsigned char)(high * 16 + low);
    }
    if (!good)
        return err_set(
            err, ERR_FATAL, "ledger: \"%.80s\" is no SHA-256 in hex", hex);
    return 0;
}

const char *ledger_hash_text(struct arena *a, struct slice hash)
{
    static const char digits[] = "0123456789abcdef";
    char *hex;

    if (!hash.p)
        return NULL;
    hex = arena_alloc(a, 2 * hash.len + 1);
    for (size_t i = 0; i < hash.len; i++) {
        unsigned char c = (unsigned char)hash.p[i];

        hex[2 * i] = digits[c >> 4];
        hex[2 * i + 1] = digits[c & 15];
    }
    return hex;
}

const char *ledger_text(struct arena *a, struct db_stmt *s, int col)
{
    return ledger_slice(a, s, col).p;
}

struct slice ledger_slice(struct arena *a, struct db_stmt *s, int col)
{
    struct slice text = db_text(s, col);

    return text.p ? arena_slice(a, text) : text;
}
