/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ledger_export - the archive's rows, in an order that work cannot change.
 *
 * No row holds an id, an attempt or a worker's name, and the order is by
 * public values: documents by run and address, all others by report id,
 * revision and the record's own order.  So a run that was killed fifty
 * times exports the same bytes as an undisturbed one.  One row is in memory
 * at a time; SQLite sorts documents and reports within its cache.
 */

#include "common/clock.h"
#include "common/ledger_impl.h"

enum {
    COLUMNS_MAX = 20,
    HASH_TEXT = LEDGER_HASH_DIGITS + 1
};

enum kind {
    TEXT, /* text, or a number as text */
    TIME, /* seconds to RFC 3339 */
    HASH, /* bytes to hex digits */
};

/* One exported table.  `sql` gives the columns in order; for the parts of a
 * report (per_report) the first two come from the report, and ?1 is it. */
struct table {
    bool per_report;
    const char *sql;
    const char *columns[COLUMNS_MAX]; /* NULL at the end */
    enum kind kind[COLUMNS_MAX];
};

static const struct table tables[] = {
    [EXPORT_DOCUMENTS] = {
        .sql = "SELECT u.url, d.final_url, d.fetched_at, d.status, d.etag, "
               "d.last_modified, d.sha256, d.media_type, d.size, u.source, "
               "n.name, d.title, d.list_date, "
               "CASE WHEN c.document IS NOT NULL THEN 'unpacked' "
               "WHEN j.document <> d.id THEN 'duplicate' "
               "WHEN r.rendering_of IS NOT NULL THEN 'rendering' "
               "WHEN j.state IN ('queued', 'leased') THEN 'open' "
               "ELSE j.state END, "
               "CASE WHEN c.document IS NOT NULL "
               "THEN 'document.container: ' || c.part_n || ' parts' "
               "WHEN j.document <> d.id "
               "THEN 'document.duplicate: same bytes as ' || w.url "
               "WHEN r.rendering_of IS NOT NULL "
               "THEN 'document.rendering: of what ' || a.url || ' says' "
               "ELSE coalesce(q.reason, j.reason) END, "
               "CASE WHEN u.inner_path IS NOT NULL THEN p.url END, "
               "u.inner_path, g.report_id, g.revision "
               "FROM documents d JOIN urls u ON u.id = d.url "
               "JOIN runs n ON n.id = d.run "
               "LEFT JOIN urls p ON p.id = u.parent "
               "LEFT JOIN containers c ON c.document = d.id "
               "LEFT JOIN leases j ON j.sha256 = d.sha256 "
               "LEFT JOIN documents f ON f.id = j.document "
               "LEFT JOIN urls w ON w.id = f.url "
               "LEFT JOIN quarantine q ON q.job = j.id "
               "LEFT JOIN reports r ON r.job = j.id AND j.document = d.id "
               "LEFT JOIN reports g "
               "ON g.id = coalesce(r.rendering_of, r.id) "
               "LEFT JOIN leases k ON k.id = g.job "
               "LEFT JOIN documents b ON b.id = k.document "
               "LEFT JOIN urls a ON a.id = b.url "
               "ORDER BY d.run, u.url, u.source, d.sha256",
        .columns = { "url", "final_url", "fetched_at", "http_status", "etag",
            "last_modified", "sha256", "media_type", "size", "source", "run",
            "title", "list_date", "state", "reason", "container",
            "inner_path", "report_id", "revision" },
        .kind = { [2] = TIME, [6] = HASH },
    },
    [EXPORT_REPORTS] = {
        .sql = "SELECT r.report_id, r.revision, r.superseded_by, n.name, "
               "u.source, r.region, r.organization, r.year, "
               "r.form_proactive, r.form_requests, r.form_review, "
               "r.form_statistics, r.title, r.published, r.status, r.reasons, u.url, d.sha256 "
               "FROM reports r JOIN leases j ON j.id = r.job "
               "JOIN documents d ON d.id = j.document "
               "JOIN urls u ON u.id = d.url JOIN runs n ON n.id = j.run "
               "WHERE r.rendering_of IS NULL "
               "ORDER BY r.report_id, r.revision, j.run, u.url, u.source",
        .columns = { "report_id", "revision", "superseded_by", "run",
            "source", "region", "organization", "year", "form_proactive",
            "form_requests", "form_review", "form_statistics", "title",
            "published", "status", "reasons", "url", "document_sha256" },
        .kind = { [17] = HASH },
    },
    [EXPORT_CELLS] = {
        .per_report = true,
        .sql = "SELECT \"table\", \"row\", \"column\", value, raw, state, "
               "unit, value_cny, proposed, evidence, source_table, "
               "source_row, source_col, source_page, source_box, reading "
               "FROM cells WHERE report = ?1 ORDER BY seq",
        .columns = { "report_id", "revision", "table", "row", "column",
            "value", "raw", "state", "unit", "value_cny", "proposed",
            "evidence", "source_table", "source_row", "source_col",
            "source_page", "source_box", "reading" },
    },
    [EXPORT_CHECKS] = {
        .per_report = true,
        .sql = "SELECT rule, form, severity, status, \"left\", \"right\", "
               "difference, left_cells, right_cells, source, message "
               "FROM checks WHERE report = ?1 ORDER BY seq",
        .columns = { "report_id", "revision", "rule", "form", "severity",
            "status", "left", "right", "difference", "left_cells",
            "right_cells", "source", "message" },
    },
    [EXPORT_SECTIONS] = {
        .per_report = true,
        .sql = "SELECT number, heading, text FROM sections "
               "WHERE report = ?1 ORDER BY seq",
        .columns = { "report_id", "revision", "number", "heading", "text" },
    },
};

/* Where the rows go, and the one at hand. */
struct walk {
    const struct table *table;
    int (*row)(void *ctx, const struct export_row *r, struct err *err);
    void *ctx;
    const char *v[COLUMNS_MAX];
    char time[21];
    char hash[HASH_TEXT];
};

const char *const *ledger_export_columns(enum export_table t)
{
    return tables[t].columns;
}

static void hash_to_text(struct slice hash, char text[HASH_TEXT])
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < hash.len && i < LEDGER_HASH_BYTES; i++) {
        unsigned char c = (unsigned char)hash.p[i];

        text[2 * i] = digits[c >> 4];
        text[2 * i + 1] = digits[c & 15];
        text[2 * i + 2] = '\0';
    }
}

static const char *value(
    struct walk *w, enum kind kind, struct db_stmt *s, int col)
{
    if (db_is_null(s, col))
        return NULL;
    switch (kind) {
    case TEXT:
        return db_str(s, col);
    case TIME:
        clock_format(db_int(s, col), w->time);
        return w->time;
    case HASH:
        hash_to_text(db_blob(s, col), w->hash);
        return w->hash;
    }
    return NULL;
}

/* Rows of `s` to the caller; the first `from` values are there already. */
static int walk_rows(
    struct walk *w, struct db_stmt *s, size_t from, struct err *err)
{
    int rc;

    while ((rc = db_step(s, err)) == 1) {
        size_t n = from;

        for (; w->table->columns[n]; n++)
            w->v[n] = value(w, w->table->kind[n], s, (int)(n - from));
        rc = w->row(w->ctx, &(struct export_row){ n, w->v }, err);
        if (rc != 0)
            break;
    }
    db_reset(s);
    return rc < 0 ? -1 : 0;
}

static int walk_part(
    struct ledger *l, struct walk *w, int64_t report, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db, w->table->sql, err);

    if (!s)
        return -1;
    db_bind_int(s, 1, report);
    return walk_rows(w, s, 2, err);
}

static int walk_reports(struct ledger *l, struct walk *w, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "SELECT r.report_id, r.revision, r.id FROM reports r "
        "JOIN leases j ON j.id = r.job JOIN documents d ON d.id = j.document "
        "JOIN urls u ON u.id = d.url WHERE r.rendering_of IS NULL "
        "ORDER BY r.report_id, r.revision, j.run, u.url, u.source",
        err);
    int rc;

    if (!s)
        return -1;
    while ((rc = db_step(s, err)) == 1) {
        w->v[0] = db_str(s, 0);
        w->v[1] = db_str(s, 1);
        rc = walk_part(l, w, db_int(s, 2), err);
        if (rc != 0)
            break;
    }
    db_reset(s);
    return rc < 0 ? -1 : 0;
}

int ledger_export(struct ledger *l, enum export_table t,
    int (*row)(void *ctx, const struct export_row *r, struct err *err),
    void *ctx, struct err *err)
{
    struct walk w = { .table = &tables[t], .row = row, .ctx = ctx };
    struct db_stmt *s;

    if (w.table->per_report)
        return walk_reports(l, &w, err);
    s = db_stmt(l->db, w.table->sql, err);
    return s ? walk_rows(&w, s, 0, err) : -1;
}
