/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ledger_run - runs: one night's work, from crawling to its archive.
 *
 * A run that a kill interrupted is taken up again by the next start, so at
 * most one run is unfinished at any time.
 */
#include <stdio.h>
#include <string.h>

#include "common/clock.h"
#include "common/ledger_impl.h"

static const char *const state_names[] = {
    [RUN_CRAWLING] = "crawling",
    [RUN_CRAWLED] = "crawled",
    [RUN_PUBLISHED] = "published",
    [RUN_EMPTY] = "empty",
};

const char *run_state_name(enum run_state s)
{
    return state_names[s];
}

static enum run_state state_of(const char *name)
{
    enum run_state s = RUN_EMPTY;

    while (s > RUN_CRAWLING && strcmp(state_names[s], name) != 0)
        s--;
    return s;
}

#define RUN_COLUMNS                                                            \
    "SELECT id, name, state, started_at, finished_at, archive FROM runs "

/* The row of `s` as a run; *found false and no change without one. */
static int take_run(struct db_stmt *s, struct arena *a, struct run *run,
    bool *found, struct err *err)
{
    int rc = db_step(s, err);

    *found = rc == 1;
    if (rc == 1) {
        run->id = db_int(s, 0);
        run->name = ledger_text(a, s, 1);
        run->state = state_of(db_str(s, 2));
        run->started_at = db_int(s, 3);
        run->finished_at = db_int(s, 4);
        run->archive = ledger_text(a, s, 5);
    }
    db_reset(s);
    return rc < 0 ? -1 : 0;
}

static int find_open(struct ledger *l, struct arena *a, struct run *run,
    bool *found, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        RUN_COLUMNS "WHERE state IN ('crawling', 'crawled') "
                    "ORDER BY id DESC LIMIT 1",
        err);

    return s ? take_run(s, a, run, found, err) : -1;
}

static int find_run(struct ledger *l, int64_t id, struct arena *a,
    struct run *run, bool *found, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        RUN_COLUMNS "WHERE ?1 = 0 OR id = ?1 ORDER BY id DESC LIMIT 1", err);

    if (!s)
        return -1;
    db_bind_int(s, 1, id);
    return take_run(s, a, run, found, err);
}

static int name_is_taken(
    struct ledger *l, const char *name, bool *taken, struct err *err)
{
    struct db_stmt *s =
        db_stmt(l->db, "SELECT count(*) FROM runs WHERE name = ?1", err);
    int64_t n;

    if (!s)
        return -1;
    db_bind_str(s, 1, name);
    if (db_number(s, &n, err) != 0)
        return -1;
    *taken = n > 0;
    return 0;
}

/* "20261120T161100Z", with "-2" and so on where that is taken. */
static int free_name(
    struct ledger *l, int64_t now_s, char name[40], struct err *err)
{
    char t[21];
    bool taken;
    int len;

    clock_format(now_s, t);
    len = snprintf(name, 40, "%.4s%.2s%.2sT%.2s%.2s%.2sZ", t, t + 5, t + 8,
        t + 11, t + 14, t + 17);
    for (unsigned n = 2;; n++) {
        if (name_is_taken(l, name, &taken, err) != 0)
            return -1;
        if (!taken)
            return 0;
        snprintf(name + len, 40 - (size_t)len, "-%u", n);
    }
}

static int make_run(
    struct ledger *l, struct arena *a, struct run *run, struct err *err)
{
    int64_t now_s = clock_now_s();
    char name[40];
    struct db_stmt *s;

    if (free_name(l, now_s, name, err) != 0)
        return -1;
    s = db_stmt(l->db,
        "INSERT INTO runs (name, state, started_at) "
        "VALUES (?1, 'crawling', ?2)",
        err);
    if (!s)
        return -1;
    db_bind_str(s, 1, name);
    db_bind_int(s, 2, now_s);
    if (db_run(s, err) != 0)
        return -1;
    *run = (struct run){
        .id = db_last_id(l->db),
        .name = arena_str(a, name),
        .state = RUN_CRAWLING,
        .started_at = now_s,
    };
    return 0;
}

int ledger_run_open(
    struct ledger *l, struct arena *a, struct run *run, struct err *err)
{
    enum ledger_part part;
    bool found = false;
    int rc;

    if (ledger_enter(l, &part, err) != 0)
        return -1;
    rc = find_open(l, a, run, &found, err);
    if (rc == 0 && !found)
        rc = make_run(l, a, run, err);
    return ledger_leave(l, part, rc, err);
}

int ledger_run_get(struct ledger *l, int64_t id_or_0, struct arena *a,
    struct run *run, struct err *err)
{
    bool found;

    if (find_run(l, id_or_0, a, run, &found, err) != 0)
        return -1;
    if (!found && id_or_0 == 0)
        return err_set(err, ERR_INPUT, "no run yet; start one: nianbao run");
    if (!found)
        return err_set(err, ERR_INPUT, "no run %lld", (long long)id_or_0);
    return 0;
}

int ledger_run_crawled(struct ledger *l, int64_t run, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "UPDATE runs SET state = 'crawled' "
        "WHERE id = ?1 AND state = 'crawling'",
        err);

    if (!s)
        return -1;
    db_bind_int(s, 1, run);
    return db_run(s, err);
}

/* ---- finishing --------------------------------------------------------- */

static int end_run(struct ledger *l, int64_t run, enum run_state state,
    const char *archive, const char *sha256, struct err *err)
{
    unsigned char hash[LEDGER_HASH_BYTES];
    struct db_stmt *s;

    if (sha256 && ledger_hash_read(sha256, hash, err) != 0)
        return -1;
    s = db_stmt(l->db,
        "UPDATE runs SET state = ?2, finished_at = ?3, archive = ?4, "
        "archive_sha256 = ?5 WHERE id = ?1",
        err);
    if (!s)
        return -1;
    db_bind_int(s, 1, run);
    db_bind_str(s, 2, state_names[state]);
    db_bind_int(s, 3, clock_now_s());
    db_bind_str(s, 4, archive);
    db_bind_blob(s, 5, sha256 ? hash : NULL, sizeof(hash));
    return db_run(s, err);
}

/* The folder of archives is the first sink, and it has been served. */
static int put_outbox(struct ledger *l, int64_t run, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "INSERT INTO outbox (run, sink, state, attempt, at) "
        "VALUES (?1, 'archive', 'done', 1, ?2)",
        err);

    if (!s)
        return -1;
    db_bind_int(s, 1, run);
    db_bind_int(s, 2, clock_now_s());
    return db_run(s, err);
}

static int finish_checked(struct ledger *l, int64_t run, enum run_state state,
    const char *archive, const char *sha256, struct err *err)
{
    struct run now = { 0 };
    uint64_t open;
    uint64_t queued;
    bool found;

    arena_reset(&l->scratch);
    if (find_run(l, run, &l->scratch, &now, &found, err) != 0)
        return -1;
    if (!found)
        return err_set(err, ERR_FATAL, "no run %lld", (long long)run);
    if (now.state == RUN_PUBLISHED || now.state == RUN_EMPTY)
        return 0; /* repeated after a kill */
    if (ledger_job_open_n(l, run, &open, &queued, err) != 0)
        return -1;
    if (now.state == RUN_CRAWLING || open > 0)
        return err_set(err, ERR_FATAL,
            "run %s is not over: %s, %llu documents open", now.name,
            state_names[now.state], (unsigned long long)open);
    if (end_run(l, run, state, archive, sha256, err) != 0)
        return -1;
    return state == RUN_PUBLISHED ? put_outbox(l, run, err) : 0;
}

int ledger_run_finish(struct ledger *l, int64_t run, enum run_state state,
    const char *archive, const char *sha256, struct err *err)
{
    enum ledger_part part;

    if (ledger_enter(l, &part, err) != 0)
        return -1;
    return ledger_leave(
        l, part, finish_checked(l, run, state, archive, sha256, err), err);
}

/* ---- summary ----------------------------------------------------------- */

/* A run of 100,000 documents is asked about several times a second, so the
 * whole run is counted without looking at addresses; ?1 is the run, ?2 the
 * source. */
#define URLS "SELECT count(*) FROM urls u WHERE u.run = ?1 AND u.state = 'due'"
#define FETCHES                                                                \
    "SELECT total(f.outcome = 'done'), total(f.outcome = 'failed'), "          \
    "total(f.status > 0), total(f.status = 304) FROM fetches f "
#define DOCUMENTS                                                              \
    "SELECT count(*), count(*) - count(j.id) - count(c.document), "            \
    "count(c.document) FROM documents d "                                      \
    "LEFT JOIN leases j ON j.document = d.id "                                 \
    "LEFT JOIN containers c ON c.document = d.id "
#define JOBS                                                                   \
    "SELECT total(r.status = 'valid' AND r.rendering_of IS NULL), "            \
    "total(r.status = 'flagged' AND r.rendering_of IS NULL), "                 \
    "count(r.rendering_of), "                                                  \
    "total(j.state = 'rejected'), total(j.state = 'quarantined'), "            \
    "total(j.state IN ('queued', 'leased')) FROM leases j "                    \
    "LEFT JOIN reports r ON r.job = j.id "
#define OF_DOCUMENT "JOIN documents d ON d.id = j.document "
#define OF_URL(id) "JOIN urls u ON u.id = " id " AND u.source = ?2 "

enum {
    QUERY_N = 4
};

static const char *const of_run[QUERY_N] = {
    URLS,
    FETCHES "WHERE f.run = ?1",
    DOCUMENTS "WHERE d.run = ?1",
    JOBS "WHERE j.run = ?1",
};
static const char *const of_source[QUERY_N] = {
    URLS " AND u.source = ?2",
    FETCHES OF_URL("f.url") "WHERE f.run = ?1",
    DOCUMENTS OF_URL("d.url") "WHERE d.run = ?1",
    JOBS OF_DOCUMENT OF_URL("d.url") "WHERE j.run = ?1",
};

/* The one row's columns into `field`, NULL behind the last. */
static int count(struct ledger *l, const char *sql, int64_t run,
    const char *source, uint64_t *const *field, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db, sql, err);
    int rc;

    if (!s)
        return -1;
    db_bind_int(s, 1, run);
    if (source)
        db_bind_str(s, 2, source);
    rc = db_step(s, err);
    for (int i = 0; rc == 1 && field[i]; i++)
        *field[i] = (uint64_t)db_int(s, i);
    db_reset(s);
    return rc < 0 ? -1 : 0;
}

static int summarise(struct ledger *l, int64_t run, const char *source,
    struct run_summary *sum, struct err *err)
{
    uint64_t *const fields[QUERY_N][7] = {
        { &sum->urls_total },
        { &sum->urls_done, &sum->urls_failed, &sum->requests,
            &sum->not_modified },
        { &sum->fetched, &sum->duplicates, &sum->unpacked },
        { &sum->loaded_valid, &sum->loaded_flagged, &sum->renderings,
            &sum->rejected, &sum->quarantined, &sum->open },
    };
    const char *const *sql = source ? of_source : of_run;

    *sum = (struct run_summary){ 0 };
    for (int i = 0; i < QUERY_N; i++)
        if (count(l, sql[i], run, source, fields[i], err) != 0)
            return -1;
    sum->urls_total += sum->urls_done + sum->urls_failed;
    return 0;
}

int ledger_run_summary(
    struct ledger *l, int64_t run, struct run_summary *sum, struct err *err)
{
    return summarise(l, run, NULL, sum, err);
}

int ledger_source_summary(struct ledger *l, int64_t run, const char *source,
    struct run_summary *sum, struct err *err)
{
    return summarise(l, run, source, sum, err);
}
