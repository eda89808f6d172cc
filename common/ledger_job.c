/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ledger_job - leases: who reads which content now, and how it ended.
 *
 * `attempt` is the fencing token: it grows with every lease, and what comes
 * back with an older one changes nothing.  A lease that was given back but
 * not yet given on keeps its attempt, so the late answer of its worker still
 * counts and saves the work from being done twice.
 */
#include <string.h>

#include "common/clock.h"
#include "common/ledger_impl.h"
#include "common/limits.h"

/* Jobs that failed before go last, so that one which kills its workers
 * cannot hold up the rest. */
static const char select_queued[] =
    "SELECT j.id, j.attempt + 1, j.failures, j.run, j.sha256, u.url, "
    "d.final_url, d.media_type, d.charset, u.source, d.title, d.list_date, "
    "d.organization, d.region, d.size "
    "FROM leases j JOIN documents d ON d.id = j.document "
    "JOIN urls u ON u.id = d.url "
    "WHERE j.run = ?1 AND j.state = 'queued' "
    "ORDER BY j.failures, j.id LIMIT ?2";

static void take_job(struct db_stmt *s, struct arena *a, struct job *job)
{
    *job = (struct job){
        .id = db_int(s, 0),
        .attempt = (uint32_t)db_int(s, 1),
        .failures = (uint32_t)db_int(s, 2),
        .run = db_int(s, 3),
        .sha256 = ledger_hash_text(a, db_blob(s, 4)),
        .url = ledger_text(a, s, 5),
        .final_url = ledger_text(a, s, 6),
        .media_type = ledger_text(a, s, 7),
        .charset = ledger_text(a, s, 8),
        .source = ledger_text(a, s, 9),
        .title = ledger_text(a, s, 10),
        .list_date = ledger_text(a, s, 11),
        .organization = ledger_text(a, s, 12),
        .region = ledger_text(a, s, 13),
        .size = (uint64_t)db_int(s, 14),
    };
}

static int select_jobs(struct ledger *l, int64_t run, struct arena *a,
    struct job *out, size_t max, size_t *n, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db, select_queued, err);
    uint64_t bytes = 0;
    bool full = false;
    int rc;

    if (!s)
        return -1;
    db_bind_int(s, 1, run);
    db_bind_int(s, 2, (int64_t)max);
    while ((rc = db_step(s, err)) == 1) {
        take_job(s, a, &out[*n]);
        bytes += out[*n].size;
        full = full || (*n > 0 && bytes > LIMIT_LEASED_BYTES);
        *n += !full;
    }
    return rc;
}

static int lease(struct ledger *l, const struct job *job, const char *worker,
    struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "UPDATE leases SET state = 'leased', attempt = ?2, worker = ?3 "
        "WHERE id = ?1",
        err);

    if (!s)
        return -1;
    db_bind_int(s, 1, job->id);
    db_bind_int(s, 2, job->attempt);
    db_bind_str(s, 3, worker);
    return db_run(s, err);
}

static int is_any_queued(
    struct ledger *l, int64_t run, int64_t *any, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "SELECT EXISTS (SELECT 1 FROM leases "
        "WHERE run = ?1 AND state = 'queued')",
        err);

    if (!s)
        return -1;
    db_bind_int(s, 1, run);
    return db_number(s, any, err);
}

int ledger_job_lease(struct ledger *l, int64_t run, const char *worker,
    struct arena *a, struct job *out, size_t max, size_t *n, struct err *err)
{
    enum ledger_part part;
    int64_t any;
    int rc;

    *n = 0;
    /* Do not take the writer's lock for nothing. */
    if (is_any_queued(l, run, &any, err) != 0)
        return -1;
    if (!any || max == 0)
        return 0;
    if (ledger_enter(l, &part, err) != 0)
        return -1;
    rc = select_jobs(l, run, a, out, max, n, err);
    for (size_t i = 0; rc == 0 && i < *n; i++)
        rc = lease(l, &out[i], worker, err);
    rc = ledger_leave(l, part, rc, err);
    if (rc != 0)
        *n = 0;
    return rc;
}

/* ---- giving back ------------------------------------------------------- */

int ledger_put_quarantine(
    struct ledger *l, int64_t job, const char *reason, struct err *err)
{
    struct db_stmt *s = db_stmt(
        l->db, "UPDATE leases SET state = 'quarantined' WHERE id = ?1", err);

    if (!s)
        return -1;
    db_bind_int(s, 1, job);
    if (db_run(s, err) != 0)
        return -1;
    s = db_stmt(l->db,
        "INSERT INTO quarantine (job, reason, at) VALUES (?1, ?2, ?3)", err);
    if (!s)
        return -1;
    db_bind_int(s, 1, job);
    db_bind_str(s, 2, reason);
    db_bind_int(s, 3, clock_now_s());
    return db_run(s, err);
}

/* Failures of the job if `attempt` is the one that is leased now, counting
 * this one when it is a fault; -1 in *failures when it is not. */
static int give_back(struct ledger *l, int64_t job, uint32_t attempt,
    bool fault, int64_t *failures, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "UPDATE leases SET state = 'queued', worker = NULL, "
        "failures = failures + ?3 "
        "WHERE id = ?1 AND attempt = ?2 AND state = 'leased' "
        "RETURNING failures",
        err);
    int rc;

    if (!s)
        return -1;
    db_bind_int(s, 1, job);
    db_bind_int(s, 2, attempt);
    db_bind_int(s, 3, fault ? 1 : 0);
    rc = db_step(s, err);
    *failures = rc == 1 ? db_int(s, 0) : -1;
    if (rc == 1)
        rc = db_step(s, err);
    return rc;
}

int ledger_job_return(struct ledger *l, int64_t job, uint32_t attempt,
    bool fault, uint32_t failures_max, const char *reason, bool *quarantined,
    struct err *err)
{
    enum ledger_part part;
    int64_t failures;
    bool too_often = false;
    int rc;

    if (ledger_enter(l, &part, err) != 0)
        return -1;
    rc = give_back(l, job, attempt, fault, &failures, err);
    if (rc == 0 && fault && failures >= (int64_t)failures_max) {
        too_often = true;
        rc = ledger_put_quarantine(l, job, reason, err);
    }
    if (quarantined)
        *quarantined = rc == 0 && too_often;
    return ledger_leave(l, part, rc, err);
}

/* Whether an answer with this attempt still counts. */
static int is_current(struct ledger *l, int64_t job, uint32_t attempt,
    bool *current, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "SELECT count(*) FROM leases WHERE id = ?1 AND attempt = ?2 "
        "AND state IN ('queued', 'leased')",
        err);
    int64_t n;

    if (!s)
        return -1;
    db_bind_int(s, 1, job);
    db_bind_int(s, 2, attempt);
    if (db_number(s, &n, err) != 0)
        return -1;
    *current = n > 0;
    return 0;
}

int ledger_job_quarantine(struct ledger *l, int64_t job, uint32_t attempt,
    const char *reason, struct err *err)
{
    enum ledger_part part;
    bool current = false;
    int rc;

    if (ledger_enter(l, &part, err) != 0)
        return -1;
    rc = is_current(l, job, attempt, &current, err);
    if (rc == 0 && current)
        rc = ledger_put_quarantine(l, job, reason, err);
    return ledger_leave(l, part, rc, err);
}

int ledger_job_release_all(struct ledger *l, int64_t run, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "UPDATE leases SET state = 'queued', worker = NULL "
        "WHERE run = ?1 AND state = 'leased'",
        err);

    if (!s)
        return -1;
    db_bind_int(s, 1, run);
    return db_run(s, err);
}

/* ---- questions --------------------------------------------------------- */

int ledger_job_done(struct ledger *l, int64_t job, bool *done, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "SELECT state NOT IN ('queued', 'leased') FROM leases WHERE id = ?1",
        err);
    int rc;

    if (!s)
        return -1;
    db_bind_int(s, 1, job);
    rc = db_step(s, err);
    if (rc == 1)
        *done = db_int(s, 0) != 0;
    db_reset(s);
    if (rc == 0)
        return err_set(err, ERR_INPUT, "no job %lld", (long long)job);
    return rc < 0 ? -1 : 0;
}

int ledger_job_open_n(struct ledger *l, int64_t run, uint64_t *open,
    uint64_t *queued, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "SELECT count(*), coalesce(sum(state = 'queued'), 0) FROM leases "
        "WHERE run = ?1 AND state IN ('queued', 'leased')",
        err);
    int rc;

    if (!s)
        return -1;
    db_bind_int(s, 1, run);
    rc = db_step(s, err);
    if (rc == 1) {
        *open = (uint64_t)db_int(s, 0);
        *queued = (uint64_t)db_int(s, 1);
    }
    db_reset(s);
    return rc < 0 ? -1 : 0;
}
