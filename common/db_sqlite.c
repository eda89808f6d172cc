/* SPDX-License-Identifier: Apache-2.0 */
/*
 * db_sqlite - the seam of common/db.h on SQLite.
 *
 * WAL with synchronous=FULL: a commit that returned survives the loss of
 * power, readers never wait for writers.  Two processes write; the one that
 * finds the other in its way asks again every millisecond, because SQLite's
 * own back-off (up to 100 ms) starves the one with the short transactions.
 */
#include "common/db.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "common/log.h"
#include "common/mem.h"

#define BUSY_WAIT_MS 20000
#define BUSY_STEP_MS 1
#define STMT_BUCKETS 256u /* the ledger has some 80 statements */
#define SQL_SHOWN 60      /* bytes of a statement in an error message */

struct db_stmt {
    sqlite3_stmt *st;
    const char *sql;
    struct db *db;
    struct db_stmt *next; /* in its bucket */
};

struct db {
    sqlite3 *h;
    char *path;
    char *integrity; /* text of the last db_integrity */
    struct db_stmt *bucket[STMT_BUCKETS];
};

static int trouble(struct db *db, int rc, const char *sql, struct err *err)
{
    int basic = rc & 0xff;
    bool busy = basic == SQLITE_BUSY || basic == SQLITE_LOCKED;

    return err_set(err, busy ? ERR_RETRY : ERR_FATAL, "%s: %s (%.*s%s)",
        db->path, db->h ? sqlite3_errmsg(db->h) : sqlite3_errstr(rc), SQL_SHOWN,
        sql, strlen(sql) > SQL_SHOWN ? "..." : "");
}

static void pause_ms(long ms)
{
    struct timespec ts = { ms / 1000, ms % 1000 * 1000000 };

    nanosleep(&ts, NULL); /* cut short by a signal: asked again sooner */
}

static int on_busy(void *unused, int times)
{
    (void)unused;
    if (times * BUSY_STEP_MS >= BUSY_WAIT_MS)
        return 0;
    pause_ms(BUSY_STEP_MS);
    return 1;
}

int db_exec(struct db *db, const char *sql, struct err *err)
{
    int rc = sqlite3_exec(db->h, sql, NULL, NULL, NULL);

    return rc == SQLITE_OK ? 0 : trouble(db, rc, sql, err);
}

/* The switch to WAL does not ask the busy handler when two processes make
 * the same file at the same time, so ask here. */
static int use_wal(struct db *db, struct err *err)
{
    for (int waited = 0;; waited += BUSY_STEP_MS) {
        if (db_exec(db, "PRAGMA journal_mode = WAL", err) == 0)
            return 0;
        if (err->kind != ERR_RETRY || waited >= BUSY_WAIT_MS)
            return -1;
        pause_ms(BUSY_STEP_MS);
    }
}

/* Cache 16 MB; the log is folded back every 8 MB and kept at most 64 MB. */
static int configure(struct db *db, bool read_only, struct err *err)
{
    sqlite3_extended_result_codes(db->h, 1);
    sqlite3_busy_handler(db->h, on_busy, NULL);
    if (db_exec(db,
            "PRAGMA foreign_keys = ON;"
            "PRAGMA trusted_schema = OFF;"
            "PRAGMA cache_size = -16000",
            err) != 0)
        return -1;
    if (read_only)
        return db_exec(db, "PRAGMA query_only = ON", err);
    if (use_wal(db, err) != 0)
        return -1;
    return db_exec(db,
        "PRAGMA synchronous = FULL;"
        "PRAGMA wal_autocheckpoint = 2000;"
        "PRAGMA journal_size_limit = 67108864",
        err);
}

struct db *db_open(const char *path, bool read_only, struct err *err)
{
    struct db *db = mem_alloc(sizeof(*db));
    int flags = read_only ? SQLITE_OPEN_READONLY
                          : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    int rc;

    db->path = mem_strdup(path);
    rc = sqlite3_open_v2(path, &db->h, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc != SQLITE_OK) {
        trouble(db, rc, "open", err);
        err->kind = ERR_FATAL;
        goto bad;
    }
    if (configure(db, read_only, err) != 0)
        goto bad;
    return db;
bad:
    db_close(db);
    return NULL;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    for (size_t i = 0; i < STMT_BUCKETS; i++)
        while (db->bucket[i]) {
            struct db_stmt *s = db->bucket[i];

            db->bucket[i] = s->next;
            sqlite3_finalize(s->st);
            mem_free(s);
        }
    if (sqlite3_close(db->h) != SQLITE_OK)
        log_warnx("close path=%s trouble=%s", db->path, sqlite3_errmsg(db->h));
    mem_free(db->integrity);
    mem_free(db->path);
    mem_free(db);
}

int db_begin(struct db *db, struct err *err)
{
    return db_exec(db, "BEGIN IMMEDIATE", err);
}

/* SQLite takes the view at the first read, so read something. */
int db_begin_read(struct db *db, struct err *err)
{
    int64_t unused;

    if (db_exec(db, "BEGIN", err) != 0)
        return -1;
    if (db_version(db, &unused, err) != 0) {
        db_rollback(db);
        return -1;
    }
    return 0;
}

int db_commit(struct db *db, struct err *err)
{
    if (db_exec(db, "COMMIT", err) == 0)
        return 0;
    db_rollback(db);
    return -1;
}

/* After some errors SQLite has rolled back by itself. */
void db_rollback(struct db *db)
{
    struct err unused;

    if (db_in_transaction(db))
        db_exec(db, "ROLLBACK", &unused);
}

bool db_in_transaction(const struct db *db)
{
    return sqlite3_get_autocommit(db->h) == 0;
}

int db_savepoint(struct db *db, struct err *err)
{
    return db_exec(db, "SAVEPOINT part", err);
}

int db_release(struct db *db, struct err *err)
{
    return db_exec(db, "RELEASE part", err);
}

void db_undo(struct db *db)
{
    struct err unused;

    if (db_in_transaction(db))
        db_exec(db, "ROLLBACK TO part; RELEASE part", &unused);
}

/* ---- statements ------------------------------------------------------- */

static struct db_stmt **bucket_of(struct db *db, const char *sql)
{
    uintptr_t p = (uintptr_t)sql;

    return &db->bucket[((p >> 4) ^ (p >> 12)) % STMT_BUCKETS];
}

static struct db_stmt *prepare(
    struct db *db, struct db_stmt **bucket, const char *sql, struct err *err)
{
    sqlite3_stmt *st = NULL;
    struct db_stmt *s;
    int rc = sqlite3_prepare_v3(
        db->h, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL);

    if (rc != SQLITE_OK) {
        trouble(db, rc, sql, err);
        return NULL;
    }
    s = mem_alloc(sizeof(*s));
    *s = (struct db_stmt){ .st = st, .sql = sql, .db = db, .next = *bucket };
    *bucket = s;
    return s;
}

struct db_stmt *db_stmt(struct db *db, const char *sql, struct err *err)
{
    struct db_stmt **bucket = bucket_of(db, sql);
    struct db_stmt *s = *bucket;

    while (s && s->sql != sql)
        s = s->next;
    if (!s)
        return prepare(db, bucket, sql, err);
    sqlite3_reset(s->st);
    sqlite3_clear_bindings(s->st);
    return s;
}

/* A parameter that is not there is our own mistake. */
static void bound(struct db_stmt *s, int rc)
{
    if (rc != SQLITE_OK)
        fatal("bind: %s (%s)", sqlite3_errstr(rc), s->sql);
}

void db_bind_int(struct db_stmt *s, int i, int64_t v)
{
    bound(s, sqlite3_bind_int64(s->st, i, v));
}

void db_bind_str(struct db_stmt *s, int i, const char *v)
{
    db_bind_slice(s, i, slice_str(v));
}

static void bind_text(
    struct db_stmt *s, int i, struct slice v, sqlite3_destructor_type copying)
{
    if (!v.p)
        bound(s, sqlite3_bind_null(s->st, i));
    else
        bound(
            s, sqlite3_bind_text64(s->st, i, v.p, v.len, copying, SQLITE_UTF8));
}

void db_bind_slice(struct db_stmt *s, int i, struct slice v)
{
    bind_text(s, i, v, SQLITE_TRANSIENT);
}

void db_bind_lent(struct db_stmt *s, int i, struct slice v)
{
    bind_text(s, i, v, SQLITE_STATIC);
}

void db_bind_blob(struct db_stmt *s, int i, const void *p, size_t len)
{
    if (!p)
        bound(s, sqlite3_bind_null(s->st, i));
    else
        bound(s, sqlite3_bind_blob64(s->st, i, p, len, SQLITE_TRANSIENT));
}

int db_step(struct db_stmt *s, struct err *err)
{
    int rc = sqlite3_step(s->st);

    if (rc == SQLITE_ROW)
        return 1;
    if (rc != SQLITE_DONE)
        trouble(s->db, rc, s->sql, err);
    sqlite3_reset(s->st);
    return rc == SQLITE_DONE ? 0 : -1;
}

int db_run(struct db_stmt *s, struct err *err)
{
    int rc = db_step(s, err);

    assert(rc <= 0); /* a statement with rows wants db_step */
    return rc;
}

int db_number(struct db_stmt *s, int64_t *v, struct err *err)
{
    int rc = db_step(s, err);

    *v = rc == 1 ? db_int(s, 0) : 0;
    sqlite3_reset(s->st);
    return rc < 0 ? -1 : 0;
}

void db_reset(struct db_stmt *s)
{
    sqlite3_reset(s->st);
}

int64_t db_int(struct db_stmt *s, int col)
{
    return sqlite3_column_int64(s->st, col);
}

const char *db_str(struct db_stmt *s, int col)
{
    return db_text(s, col).p;
}

struct slice db_text(struct db_stmt *s, int col)
{
    const void *p = sqlite3_column_text(s->st, col);
    int len = sqlite3_column_bytes(s->st, col);

    return (struct slice){ p, p ? (size_t)len : 0 };
}

struct slice db_blob(struct db_stmt *s, int col)
{
    const void *p = sqlite3_column_blob(s->st, col);
    int len = sqlite3_column_bytes(s->st, col);

    return (struct slice){ p, p ? (size_t)len : 0 };
}

bool db_is_null(struct db_stmt *s, int col)
{
    return sqlite3_column_type(s->st, col) == SQLITE_NULL;
}

int64_t db_changes(const struct db *db)
{
    return sqlite3_changes64(db->h);
}

int64_t db_last_id(const struct db *db)
{
    return sqlite3_last_insert_rowid(db->h);
}

/* ---- the file as a whole ---------------------------------------------- */

int db_version(struct db *db, int64_t *version, struct err *err)
{
    struct db_stmt *s = db_stmt(db, "PRAGMA user_version", err);

    return s ? db_number(s, version, err) : -1;
}

int db_set_version(struct db *db, int64_t version, struct err *err)
{
    char sql[64];

    snprintf(
        sql, sizeof(sql), "PRAGMA user_version = %lld", (long long)version);
    return db_exec(db, sql, err);
}

int db_integrity(struct db *db, const char **text, struct err *err)
{
    struct db_stmt *s = db_stmt(db, "PRAGMA integrity_check(1)", err);
    const char *found;

    if (!s || db_step(s, err) != 1)
        return -1;
    found = db_str(s, 0);
    mem_free(db->integrity);
    db->integrity = mem_strdup(found ? found : "no answer");
    sqlite3_reset(s->st);
    *text = db->integrity;
    return 0;
}

int db_foreign_key_orphans(struct db *db, int64_t *n, struct err *err)
{
    struct db_stmt *s = db_stmt(db, "PRAGMA foreign_key_check", err);
    int rc;

    *n = 0;
    if (!s)
        return -1;
    while ((rc = db_step(s, err)) == 1)
        ++*n;
    return rc;
}
