/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ledger_fetch - the result of a visit: exchange, document, job.
 *
 * The same bytes at several addresses are one job, and it reads them with
 * the hints (title, date, body) of the first address in the order of the
 * export: by run, then address.  When a later visit of the same run brings
 * an address before that, the job starts over with its hints.  So what
 * comes out does not depend on which portal answered first.
 */
#include <string.h>

#include "common/ledger_impl.h"

static const char *outcome_of(const struct ledger_fetch *f)
{
    if (f->retry_at > 0)
        return "retry";
    if (f->error || f->status == 0 || f->status >= 400)
        return "failed";
    return "done";
}

static int put_fetch(struct ledger *l, const struct ledger_fetch *f,
    const unsigned char *hash, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "INSERT INTO fetches (run, url, at, status, bytes, error, outcome, "
        "sha256) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        err);

    if (!s)
        return -1;
    db_bind_int(s, 1, f->run);
    db_bind_int(s, 2, f->url);
    db_bind_int(s, 3, f->at);
    db_bind_int(s, 4, f->status);
    db_bind_int(s, 5, (int64_t)f->bytes);
    db_bind_str(s, 6, f->error);
    db_bind_str(s, 7, outcome_of(f));
    db_bind_blob(s, 8, hash, LEDGER_HASH_BYTES);
    return db_run(s, err);
}

/* A full answer brings new validators, or takes the old ones away. */
static int end_visit(
    struct ledger *l, const struct ledger_fetch *f, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "UPDATE urls SET tries = tries + 1, retry_at = ?2, "
        "state = CASE ?3 WHEN 'retry' THEN 'due' ELSE ?3 END, "
        "etag = CASE WHEN ?4 THEN ?5 ELSE etag END, "
        "last_modified = CASE WHEN ?4 THEN ?6 ELSE last_modified END, "
        "list_body = CASE WHEN ?4 THEN ?7 ELSE list_body END "
        "WHERE id = ?1",
        err);
    const char *outcome = outcome_of(f);
    unsigned char body[LEDGER_HASH_BYTES];

    if (!s || (f->list_body && ledger_hash_read(f->list_body, body, err) != 0))
        return -1;
    db_bind_int(s, 1, f->url);
    db_bind_int(s, 2, f->retry_at > 0 ? f->retry_at : 0);
    db_bind_str(s, 3, outcome);
    db_bind_int(
        s, 4, f->status / 100 == 2 && strcmp(outcome, "done") == 0 ? 1 : 0);
    db_bind_str(s, 5, f->etag);
    db_bind_str(s, 6, f->last_modified);
    db_bind_blob(s, 7, f->list_body ? body : NULL, sizeof(body));
    return db_run(s, err);
}

static int find_document(struct ledger *l, int64_t url,
    const unsigned char *hash, int64_t *id, struct err *err)
{
    struct db_stmt *s = db_stmt(
        l->db, "SELECT id FROM documents WHERE url = ?1 AND sha256 = ?2", err);

    if (!s)
        return -1;
    db_bind_int(s, 1, url);
    db_bind_blob(s, 2, hash, LEDGER_HASH_BYTES);
    return db_number(s, id, err);
}

int ledger_put_document(struct ledger *l, const struct ledger_fetch *f,
    const unsigned char *hash, int64_t *id, bool *known, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "INSERT INTO documents (url, sha256, run, fetched_at, status, "
        "final_url, etag, last_modified, media_type, charset, size, "
        "title, list_date, organization, region) "
        "SELECT u.id, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
        "u.title, u.list_date, coalesce(u.organization, s.organization), "
        "coalesce(u.region, s.region) "
        "FROM urls u JOIN sources s ON s.name = u.source WHERE u.id = ?1 "
        "ON CONFLICT (url, sha256) DO NOTHING",
        err);

    if (!s)
        return -1;
    db_bind_int(s, 1, f->url);
    db_bind_blob(s, 2, hash, LEDGER_HASH_BYTES);
    db_bind_int(s, 3, f->run);
    db_bind_int(s, 4, f->at);
    db_bind_int(s, 5, f->status);
    db_bind_str(s, 6, f->final_url);
    db_bind_str(s, 7, f->etag);
    db_bind_str(s, 8, f->last_modified);
    db_bind_str(s, 9, f->media_type);
    db_bind_str(s, 10, f->charset);
    db_bind_int(s, 11, (int64_t)f->size);
    if (db_run(s, err) != 0)
        return -1;
    *known = db_changes(l->db) == 0;
    if (*known)
        return find_document(l, f->url, hash, id, err);
    *id = db_last_id(l->db);
    return 0;
}

/* The job of this content, if there is one, and whether the new document
 * comes before the one it works for. */
static int find_job(struct ledger *l, int64_t document, int64_t *job,
    bool *comes_first, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "SELECT j.id, d.run = f.run AND "
        "(v.url < u.url OR (v.url = u.url AND v.source < u.source)) "
        "FROM documents d JOIN urls v ON v.id = d.url "
        "JOIN leases j ON j.sha256 = d.sha256 "
        "JOIN documents f ON f.id = j.document "
        "JOIN urls u ON u.id = f.url WHERE d.id = ?1",
        err);
    int rc;

    if (!s)
        return -1;
    db_bind_int(s, 1, document);
    rc = db_step(s, err);
    *job = rc == 1 ? db_int(s, 0) : 0;
    *comes_first = rc == 1 && db_int(s, 1) != 0;
    db_reset(s);
    return rc < 0 ? -1 : 0;
}

/* Run `sql` with ?1 = a and, unless it is 0, ?2 = b. */
static int run_with(
    struct ledger *l, const char *sql, int64_t a, int64_t b, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db, sql, err);

    if (!s)
        return -1;
    db_bind_int(s, 1, a);
    if (b)
        db_bind_int(s, 2, b);
    return db_run(s, err);
}

static int start_over(
    struct ledger *l, int64_t job, int64_t document, struct err *err)
{
    if (run_with(l, "DELETE FROM reports WHERE job = ?1", job, 0, err) != 0 ||
        run_with(l, "DELETE FROM quarantine WHERE job = ?1", job, 0, err) != 0)
        return -1;
    return run_with(l,
        "UPDATE leases SET document = ?2, state = 'queued', "
        "attempt = attempt + 1, failures = 0, worker = NULL, reason = NULL "
        "WHERE id = ?1",
        job, document, err);
}

int ledger_put_job(
    struct ledger *l, int64_t document, const char *reason, struct err *err)
{
    bool comes_first;
    int64_t job;
    int rc = 0;

    if (find_job(l, document, &job, &comes_first, err) != 0)
        return -1;
    if (job != 0 && !comes_first)
        return 0;
    if (job != 0) {
        rc = start_over(l, job, document, err);
    } else {
        rc = run_with(l,
            "INSERT INTO leases (sha256, document, run, state) "
            "SELECT sha256, id, run, 'queued' FROM documents WHERE id = ?1",
            document, 0, err);
        job = db_last_id(l->db);
    }
    return rc == 0 && reason ? ledger_put_quarantine(l, job, reason, err) : rc;
}

static int put_visit(
    struct ledger *l, const struct ledger_fetch *f, struct err *err)
{
    unsigned char hash[LEDGER_HASH_BYTES];
    int64_t document;
    bool known;

    if (f->sha256 && ledger_hash_read(f->sha256, hash, err) != 0)
        return -1;
    if (put_fetch(l, f, f->sha256 ? hash : NULL, err) != 0 ||
        end_visit(l, f, err) != 0)
        return -1;
    if (!f->sha256)
        return 0;
    if (ledger_put_document(l, f, hash, &document, &known, err) != 0)
        return -1;
    if (known)
        return 0;
    return f->is_container ? ledger_put_parts(l, f, document, err)
                           : ledger_put_job(l, document, f->reason, err);
}

int ledger_fetch_put(
    struct ledger *l, const struct ledger_fetch *f, struct err *err)
{
    enum ledger_part part;

    if (ledger_enter(l, &part, err) != 0)
        return -1;
    return ledger_leave(l, part, put_visit(l, f, err), err);
}
