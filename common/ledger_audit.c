/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ledger_audit - the promises, counted.
 *
 * Each promise is a query that counts both sides on their own ways, never
 * one as the rest of the other, so that a lost row shows.  All of them look
 * at one unchanging view of the ledger, so an audit may run beside the
 * pipeline.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/ledger_impl.h"

/* `sql` gives one row: does it hold (0 or 1), the numbers as text. */
struct promise {
    const char *what;
    const char *sql;
};

#define FINISHED "(SELECT id FROM runs WHERE state IN ('published', 'empty'))"

static const struct promise promises[] = {
    { "every document fetched ended as loaded, rejected, quarantined, "
      "duplicate or unpacked, or is still open",
        "SELECT f = l + r + q + d + u + o, 'fetched=' || f || ' loaded=' || l "
        "|| ' rejected=' || r || ' quarantined=' || q || ' duplicate=' || d || "
        "' unpacked=' || u || ' open=' || o FROM (SELECT "
        "(SELECT count(*) FROM documents) AS f, "
        "(SELECT count(*) FROM documents d JOIN leases j "
        "  ON j.sha256 = d.sha256 WHERE j.document <> d.id "
        "  AND d.id NOT IN (SELECT document FROM containers)) AS d, "
        "(SELECT count(*) FROM containers) AS u, "
        "coalesce(sum(j.state = 'loaded'), 0) AS l, "
        "coalesce(sum(j.state = 'rejected'), 0) AS r, "
        "coalesce(sum(j.state = 'quarantined'), 0) AS q, "
        "coalesce(sum(j.state IN ('queued', 'leased')), 0) AS o "
        "FROM leases j JOIN documents f "
        "  ON f.id = j.document AND f.sha256 = j.sha256)" },
    { "every body that was kept has its document",
        "SELECT lost = 0, 'bodies=' || n || ' without_document=' || lost "
        "FROM (SELECT count(*) AS n, coalesce(sum(NOT EXISTS (SELECT 1 "
        "  FROM documents d WHERE d.url = f.url AND d.sha256 = f.sha256)), 0) "
        "  AS lost FROM fetches f WHERE f.sha256 IS NOT NULL)" },
    { "every container has all its parts as documents",
        "SELECT bad = 0 AND own = 0, 'containers=' || n || ' parts=' || p || "
        "' incomplete=' || bad || ' with_a_job=' || own FROM (SELECT "
        "count(*) AS n, coalesce(sum(part_n), 0) AS p, "
        "coalesce(sum(part_n <> (SELECT count(*) FROM parts p "
        "  JOIN documents d ON d.id = p.document "
        "  WHERE p.container = c.document)), 0) AS bad, "
        "coalesce(sum(EXISTS (SELECT 1 FROM leases "
        "  WHERE document = c.document)), 0) AS own FROM containers c)" },
    { "nothing of a finished run is open",
        "SELECT o = 0 AND v = 0, 'finished_runs=' || n || "
        "' open_documents=' || o || ' open_visits=' || v "
        "FROM (SELECT (SELECT count(*) FROM " FINISHED ") AS n, "
        "(SELECT count(*) FROM leases WHERE state IN ('queued', 'leased') "
        "  AND run IN " FINISHED ") AS o, "
        "(SELECT count(*) FROM urls WHERE state = 'due' "
        "  AND run IN " FINISHED ") AS v)" },
    { "every loaded document has one report, every report its document",
        "SELECT a = 0 AND b = 0 AND n = r, 'loaded=' || n || ' reports=' || "
        "r || ' without_report=' || a || ' without_document=' || b "
        "FROM (SELECT (SELECT count(*) FROM leases WHERE state = 'loaded') "
        "  AS n, (SELECT count(*) FROM reports) AS r, "
        "(SELECT count(*) FROM leases j WHERE state = 'loaded' AND NOT EXISTS "
        "  (SELECT 1 FROM reports WHERE job = j.id)) AS a, "
        "(SELECT count(*) FROM reports p WHERE NOT EXISTS (SELECT 1 "
        "  FROM leases WHERE id = p.job AND state = 'loaded')) AS b)" },
    { "every report has all its cells, checks and sections",
        "SELECT bad = 0, 'reports=' || n || ' cells=' || c || ' checks=' || k "
        "|| ' incomplete=' || bad FROM (SELECT count(*) AS n, "
        "coalesce(sum(cells), 0) AS c, coalesce(sum(checks), 0) AS k, "
        "coalesce(sum(cells <> cell_n OR checks <> check_n OR "
        "  sections <> section_n OR (status = 'valid' AND cells = 0)), 0) "
        "  AS bad FROM (SELECT r.*, "
        "(SELECT count(*) FROM cells WHERE report = r.id) AS cells, "
        "(SELECT count(*) FROM checks WHERE report = r.id) AS checks, "
        "(SELECT count(*) FROM sections WHERE report = r.id) AS sections "
        "FROM reports r))" },
    { "revisions of a report are numbered 1 to n without gaps",
        "SELECT gaps = 0 AND unsealed = 0, 'report_ids=' || n || "
        "' with_gaps=' || gaps || ' unnumbered=' || unsealed FROM (SELECT "
        "(SELECT count(DISTINCT report_id) FROM reports) AS n, "
        "(SELECT count(*) FROM (SELECT 1 FROM reports "
        "  WHERE revision IS NOT NULL GROUP BY report_id "
        "  HAVING min(revision) <> 1 OR max(revision) <> count(*))) AS gaps, "
        "(SELECT count(*) FROM reports r JOIN leases j ON j.id = r.job "
        "  WHERE r.revision IS NULL AND r.rendering_of IS NULL "
        "  AND j.run IN " FINISHED ") AS unsealed)" },
    { "every rendering belongs to a revision of its report",
        "SELECT bad = 0, 'renderings=' || n || ' astray=' || bad FROM (SELECT "
        "count(*) AS n, coalesce(sum(r.revision IS NOT NULL OR p.id IS NULL "
        "  OR p.report_id <> r.report_id OR p.rendering_of IS NOT NULL), 0) "
        "  AS bad FROM reports r LEFT JOIN reports p ON p.id = r.rendering_of "
        "WHERE r.rendering_of IS NOT NULL)" },
    { "every document set aside has its reason",
        "SELECT a = 0 AND b = 0, 'quarantined=' || n || ' without_reason=' || "
        "a || ' reasons_of_others=' || b FROM (SELECT "
        "(SELECT count(*) FROM leases WHERE state = 'quarantined') AS n, "
        "(SELECT count(*) FROM leases j WHERE state = 'quarantined' AND "
        "  NOT EXISTS (SELECT 1 FROM quarantine WHERE job = j.id)) AS a, "
        "(SELECT count(*) FROM quarantine q WHERE NOT EXISTS (SELECT 1 "
        "  FROM leases WHERE id = q.job AND state = 'quarantined')) AS b)" },
    { "of documents with the same bytes the first one is read",
        "SELECT bad = 0, 'contents=' || n || ' read_for_another=' || bad "
        "FROM (SELECT (SELECT count(*) FROM leases) AS n, "
        "(SELECT count(DISTINCT j.id) FROM leases j "
        "  JOIN documents f ON f.id = j.document JOIN urls u ON u.id = f.url "
        "  JOIN documents d ON d.sha256 = j.sha256 "
        "  JOIN urls v ON v.id = d.url WHERE (d.run, v.url, v.source) < "
        "  (f.run, u.url, u.source) "
        "  AND d.id NOT IN (SELECT document FROM containers)) AS bad)" },
    { "every published run has its archive in the outbox",
        "SELECT bad = 0, 'published=' || n || ' without_archive=' || bad "
        "FROM (SELECT count(*) AS n, coalesce(sum(archive IS NULL OR "
        "  archive_sha256 IS NULL OR NOT EXISTS (SELECT 1 FROM outbox o "
        "  WHERE o.run = r.id)), 0) AS bad "
        "FROM runs r WHERE state = 'published')" },
};

struct listener {
    void (*line)(void *ctx, const struct audit_line *a);
    void *ctx;
};

static void tell(
    const struct listener *to, const char *what, bool holds, const char *detail)
{
    to->line(to->ctx,
        &(struct audit_line){
            .what = what, .holds = holds, .detail = detail ? detail : "" });
}

static int audit_promise(struct ledger *l, const struct promise *p,
    const struct listener *to, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db, p->sql, err);
    int rc;

    if (!s)
        return -1;
    rc = db_step(s, err);
    if (rc == 1)
        tell(to, p->what, db_int(s, 0) != 0, db_str(s, 1));
    db_reset(s);
    return rc < 0 ? err_in(err, "audit \"%s\"", p->what) : 0;
}

static int audit_file(
    struct ledger *l, const struct listener *to, struct err *err)
{
    char detail[64];
    const char *text;
    int64_t orphans;

    if (db_integrity(l->db, &text, err) != 0)
        return -1;
    tell(to, "the ledger's file is whole", strcmp(text, "ok") == 0, text);
    if (db_foreign_key_orphans(l->db, &orphans, err) != 0)
        return -1;
    snprintf(detail, sizeof(detail), "orphans=%" PRId64, orphans);
    tell(to, "every row belongs to one that is there", orphans == 0, detail);
    return 0;
}

static int audit_all(
    struct ledger *l, const struct listener *to, struct err *err)
{
    if (audit_file(l, to, err) != 0)
        return -1;
    for (size_t i = 0; i < sizeof(promises) / sizeof(promises[0]); i++)
        if (audit_promise(l, &promises[i], to, err) != 0)
            return -1;
    return 0;
}

int ledger_audit(struct ledger *l,
    void (*line)(void *ctx, const struct audit_line *a), void *ctx,
    struct err *err)
{
    struct listener to = { line, ctx };
    int rc;

    if (db_begin_read(l->db, err) != 0)
        return -1;
    rc = audit_all(l, &to, err);
    db_rollback(l->db);
    return rc;
}

int ledger_content_n(struct ledger *l, uint64_t *n, struct err *err)
{
    struct db_stmt *s =
        db_stmt(l->db, "SELECT count(DISTINCT sha256) FROM documents", err);
    int64_t v;

    if (!s || db_number(s, &v, err) != 0)
        return -1;
    *n = (uint64_t)v;
    return 0;
}

int ledger_content_walk(struct ledger *l,
    int (*row)(void *ctx, const char *sha256, const char *url, struct err *err),
    void *ctx, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "SELECT d.sha256, min(u.url) FROM documents d "
        "JOIN urls u ON u.id = d.url GROUP BY d.sha256 ORDER BY d.sha256",
        err);
    int rc;

    if (!s)
        return -1;
    while ((rc = db_step(s, err)) == 1) {
        arena_reset(&l->scratch);
        rc = row(ctx, ledger_hash_text(&l->scratch, db_blob(s, 0)),
            db_str(s, 1), err);
        if (rc != 0)
            break;
    }
    db_reset(s);
    return rc < 0 ? -1 : 0;
}
