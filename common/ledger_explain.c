/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ledger_explain - one number's whole story; what was set aside and why.
 */
#include <stdlib.h>
#include <string.h>

#include "common/ledger_impl.h"

/* ---- the report --------------------------------------------------------- */

static enum report_status report_status_of(const char *name)
{
    return strcmp(name, report_status_name(REPORT_VALID)) == 0 ? REPORT_VALID
                                                               : REPORT_FLAGGED;
}

static void take_report(struct db_stmt *s, struct arena *a, struct record *rec)
{
    *rec = (struct record){
        .arena = a,
        .sha256 = slice_str(ledger_hash_text(a, db_blob(s, 1))),
        .media_type = ledger_slice(a, s, 2),
        .charset = ledger_slice(a, s, 3),
        .reader = ledger_slice(a, s, 4),
        .title = ledger_slice(a, s, 5),
        .organization = ledger_slice(a, s, 6),
        .year = (uint32_t)db_int(s, 7),
        .published = ledger_slice(a, s, 8),
        .form_proactive = ledger_slice(a, s, 9),
        .form_requests = ledger_slice(a, s, 10),
        .form_review = ledger_slice(a, s, 11),
        .form_statistics = ledger_slice(a, s, 16),
        .status = report_status_of(db_str(s, 12)),
    };
    rec->reasons = arena_alloc_n(a, 1, sizeof(*rec->reasons));
    rec->reasons[0] = ledger_slice(a, s, 13);
    rec->reason_n = rec->reasons[0].len ? 1 : 0;
}

/* The newest revision; one that has no number yet is newer than all. */
static int find_report(struct ledger *l, const char *report_id, struct arena *a,
    struct record *rec, int64_t *id, const char **url, int64_t *fetched_at,
    struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "SELECT r.id, d.sha256, r.media_type, r.charset, r.reader, r.title, "
        "r.organization, r.year, r.published, r.form_proactive, "
        "r.form_requests, r.form_review, r.status, r.reasons, u.url, "
        "d.fetched_at, r.form_statistics FROM reports r JOIN leases j ON j.id "
        "= r.job "
        "JOIN documents d ON d.id = j.document JOIN urls u ON u.id = d.url "
        "WHERE r.report_id = ?1 AND r.rendering_of IS NULL "
        "ORDER BY r.revision IS NULL DESC, "
        "r.revision DESC, j.run DESC, u.url DESC LIMIT 1",
        err);
    int rc;

    if (!s)
        return -1;
    db_bind_str(s, 1, report_id);
    rc = db_step(s, err);
    if (rc == 1) {
        *id = db_int(s, 0);
        take_report(s, a, rec);
        *url = ledger_text(a, s, 14);
        *fetched_at = db_int(s, 15);
    }
    db_reset(s);
    if (rc == 0)
        return err_set(err, ERR_INPUT, "no report \"%s\"", report_id);
    return rc < 0 ? -1 : 0;
}

/* ---- the cell ------------------------------------------------------------ */

static enum cell_state cell_state_of(const char *name)
{
    enum cell_state s = CELL_MISSING;

    while (s > CELL_READ && strcmp(cell_state_name(s), name) != 0)
        s--;
    return s;
}

static enum cell_reading cell_reading_of(const char *name)
{
    enum cell_reading r = name ? READING_DOUBTFUL : READING_TEXT;

    while (r > READING_TEXT && strcmp(cell_reading_name(r), name) != 0)
        r--;
    return r;
}

static int32_t place(struct db_stmt *s, int col)
{
    return db_is_null(s, col) ? -1 : (int32_t)db_int(s, col);
}

/* "x0 y0 x1 y1", as ledger_report wrote it. */
static void take_box(const char *text, float box[4])
{
    char *end;

    for (int i = 0; i < 4; i++) {
        box[i] = strtof(text, &end);
        text = end;
    }
}

static void take_cell(struct db_stmt *s, struct arena *a, struct cell *c)
{
    const char *box = db_str(s, 14);

    *c = (struct cell){
        .table = ledger_slice(a, s, 0),
        .row = ledger_slice(a, s, 1),
        .column = ledger_slice(a, s, 2),
        .value = ledger_slice(a, s, 3),
        .raw = ledger_slice(a, s, 4),
        .state = cell_state_of(db_str(s, 5)),
        .unit = ledger_slice(a, s, 6),
        .value_cny = ledger_slice(a, s, 7),
        .proposed = ledger_slice(a, s, 8),
        .evidence = ledger_slice(a, s, 9),
        .source = { .table = place(s, 10),
            .row = place(s, 11),
            .col = place(s, 12),
            .page = (uint32_t)db_int(s, 13),
            .reading = cell_reading_of(db_str(s, 15)) },
    };
    if (box)
        take_box(box, c->source.box);
}

struct key {
    const char *table, *row, *column;
};

static int find_cell(struct ledger *l, int64_t report, const struct key *key,
    struct arena *a, struct record *rec, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "SELECT \"table\", \"row\", \"column\", value, raw, state, unit, "
        "value_cny, proposed, evidence, source_table, source_row, "
        "source_col, source_page, source_box, reading FROM cells "
        "WHERE report = ?1 "
        "AND \"table\" = ?2 AND \"row\" = ?3 AND \"column\" = ?4 "
        "ORDER BY seq LIMIT 1",
        err);
    int rc;

    if (!s)
        return -1;
    db_bind_int(s, 1, report);
    db_bind_str(s, 2, key->table);
    db_bind_str(s, 3, key->row);
    db_bind_str(s, 4, key->column);
    rc = db_step(s, err);
    if (rc == 1) {
        rec->cells = arena_alloc_n(a, 1, sizeof(*rec->cells));
        rec->cell_n = 1;
        take_cell(s, a, &rec->cells[0]);
    }
    db_reset(s);
    if (rc == 0)
        return err_set(err, ERR_INPUT, "the report has no cell \"%s.%s.%s\"",
            key->table, key->row, key->column);
    return rc < 0 ? -1 : 0;
}

/* ---- its checks ---------------------------------------------------------- */

/* Whether `keys`, joined by " + ", has `key` among them. */
static bool names_key(struct slice keys, struct slice key)
{
    while (keys.len) {
        ptrdiff_t end = slice_find(keys, SLICE_LIT(" + "));
        struct slice first = { keys.p, end < 0 ? keys.len : (size_t)end };

        if (slice_eq(first, key))
            return true;
        keys = slice_from(keys, end < 0 ? keys.len : (size_t)end + 3);
    }
    return false;
}

static enum check_status check_status_of(const char *name)
{
    enum check_status s = CHECK_NOT_EVALUABLE;

    while (s > CHECK_PASS && strcmp(check_status_name(s), name) != 0)
        s--;
    return s;
}

static void take_check(struct db_stmt *s, struct arena *a, struct check *c)
{
    const char *error = check_severity_name(SEVERITY_ERROR);

    *c = (struct check){
        .rule = ledger_slice(a, s, 0),
        .form = ledger_slice(a, s, 1),
        .severity = strcmp(db_str(s, 2), error) == 0 ? SEVERITY_ERROR
                                                     : SEVERITY_WARNING,
        .status = check_status_of(db_str(s, 3)),
        .left = ledger_slice(a, s, 4),
        .right = ledger_slice(a, s, 5),
        .difference = ledger_slice(a, s, 6),
        .left_cells = ledger_slice(a, s, 7),
        .right_cells = ledger_slice(a, s, 8),
        .source = ledger_slice(a, s, 9),
        .message = ledger_slice(a, s, 10),
    };
}

static int find_checks(struct ledger *l, int64_t report, const struct key *key,
    struct arena *a, struct record *rec, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "SELECT rule, form, severity, status, \"left\", \"right\", "
        "difference, left_cells, right_cells, source, message, "
        "count(*) OVER () FROM checks WHERE report = ?1 ORDER BY seq",
        err);
    struct slice name =
        arena_printf(a, "%s.%s.%s", key->table, key->row, key->column);
    int rc;

    if (!s)
        return -1;
    db_bind_int(s, 1, report);
    while ((rc = db_step(s, err)) == 1) {
        if (!rec->checks)
            rec->checks =
                arena_alloc_n(a, (size_t)db_int(s, 11), sizeof(*rec->checks));
        if (names_key(db_text(s, 7), name) || names_key(db_text(s, 8), name))
            take_check(s, a, &rec->checks[rec->check_n++]);
    }
    return rc;
}

int ledger_explain(struct ledger *l, const char *report_id, const char *table,
    const char *row, const char *column, struct arena *a, struct record *rec,
    const char **url, int64_t *fetched_at, struct err *err)
{
    const struct key key = { table, row, column };
    int64_t id = 0;
    int rc;

    if (db_begin_read(l->db, err) != 0)
        return -1;
    rc = find_report(l, report_id, a, rec, &id, url, fetched_at, err);
    if (rc == 0)
        rc = find_cell(l, id, &key, a, rec, err);
    if (rc == 0)
        rc = find_checks(l, id, &key, a, rec, err);
    db_rollback(l->db);
    return rc;
}

/* ---- its renderings ------------------------------------------------------ */

int ledger_renderings(struct ledger *l, const char *report_id,
    const char *table, const char *row, const char *column,
    void (*tell)(void *ctx, const struct rendering_row *r), void *ctx,
    struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "SELECT u.url, r.reader, c.value, c.raw, c.state FROM reports r "
        "JOIN leases j ON j.id = r.job JOIN documents d ON d.id = j.document "
        "JOIN urls u ON u.id = d.url LEFT JOIN cells c ON c.report = r.id "
        "AND c.\"table\" = ?2 AND c.\"row\" = ?3 AND c.\"column\" = ?4 "
        "WHERE r.rendering_of = (SELECT id FROM reports WHERE report_id = ?1 "
        "  AND rendering_of IS NULL ORDER BY revision IS NULL DESC, "
        "  revision DESC LIMIT 1) ORDER BY u.url, u.source",
        err);
    int rc;

    if (!s)
        return -1;
    db_bind_str(s, 1, report_id);
    db_bind_str(s, 2, table);
    db_bind_str(s, 3, row);
    db_bind_str(s, 4, column);
    while ((rc = db_step(s, err)) == 1) {
        const struct rendering_row r = { .url = db_str(s, 0),
            .reader = db_str(s, 1),
            .value = db_str(s, 2),
            .raw = db_str(s, 3),
            .state = db_str(s, 4) };

        tell(ctx, &r);
    }
    return rc;
}

/* ---- what there is ------------------------------------------------------- */

int ledger_names(struct ledger *l, const char *report_id, const char *table,
    const char *row, void (*name)(void *ctx, const char *text), void *ctx,
    struct err *err)
{
    static const char reports[] =
        "SELECT DISTINCT report_id FROM reports ORDER BY report_id";
    static const char parts[] =
        "SELECT CASE WHEN ?2 IS NULL THEN \"table\" WHEN ?3 IS NULL THEN "
        "\"row\" ELSE \"column\" END AS name FROM cells c "
        "JOIN reports r ON r.id = c.report WHERE r.report_id = ?1 "
        "AND r.rendering_of IS NULL "
        "AND (?2 IS NULL OR \"table\" = ?2) AND (?3 IS NULL OR \"row\" = ?3) "
        "GROUP BY name ORDER BY min(seq)";
    struct db_stmt *s = db_stmt(l->db, report_id ? parts : reports, err);
    int rc;

    if (!s)
        return -1;
    if (report_id) {
        db_bind_str(s, 1, report_id);
        db_bind_str(s, 2, table);
        db_bind_str(s, 3, table ? row : NULL);
    }
    while ((rc = db_step(s, err)) == 1)
        name(ctx, db_str(s, 0));
    return rc;
}

int ledger_quarantine_list(struct ledger *l,
    void (*row)(void *ctx, const struct quarantine_row *q), void *ctx,
    struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "SELECT j.sha256, u.source, u.url, q.reason, q.at, j.failures "
        "FROM quarantine q JOIN leases j ON j.id = q.job "
        "JOIN documents d ON d.id = j.document JOIN urls u ON u.id = d.url "
        "ORDER BY d.run, u.url, u.source",
        err);
    int rc;

    if (!s)
        return -1;
    while ((rc = db_step(s, err)) == 1) {
        struct quarantine_row q;

        arena_reset(&l->scratch);
        q = (struct quarantine_row){
            .sha256 = ledger_hash_text(&l->scratch, db_blob(s, 0)),
            .source = db_str(s, 1),
            .url = db_str(s, 2),
            .reason = db_str(s, 3),
            .at = db_int(s, 4),
            .failures = (uint32_t)db_int(s, 5),
        };
        row(ctx, &q);
    }
    return rc;
}
