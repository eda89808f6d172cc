/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ledger_report - a record into the ledger, all or nothing.
 *
 * A record is some 300 rows, so its statements are looked up once and bound
 * anew for each row.  It gets its revision when the run is over
 * (ledger_seal.c).
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/buf.h"
#include "common/ledger_impl.h"
#include "common/limits.h"

/* What decides about a record before it is taken. */
struct claim {
    enum load_result result; /* LOAD_DONE: take it */
    struct slice region;     /* of the document; in the scratch arena */
};

static enum load_result judge(
    const char *state, int64_t leased, uint32_t attempt)
{
    if (strcmp(state, "loaded") == 0 || strcmp(state, "rejected") == 0)
        return LOAD_REPEATED;
    if (strcmp(state, "quarantined") == 0 || leased != (int64_t)attempt)
        return LOAD_STALE;
    return LOAD_DONE;
}

/* A record of other bytes than the job's is refused: it would put numbers
 * under a document that does not say them. */
static int same_content(
    struct slice hash, const struct record *rec, int64_t job, struct err *err)
{
    unsigned char want[LEDGER_HASH_BYTES];
    char hex[LEDGER_HASH_DIGITS + 1];

    snprintf(hex, sizeof(hex), "%.*s", SLICE_ARG(rec->sha256));
    if (rec->sha256.len != LEDGER_HASH_DIGITS ||
        ledger_hash_read(hex, want, err) != 0 || hash.len != sizeof(want) ||
        memcmp(hash.p, want, sizeof(want)) != 0)
        return err_set(err, ERR_INPUT,
            "record.broken: job %" PRId64 " is of other bytes than %s", job,
            hex);
    return 0;
}

static int claim_job(struct ledger *l, int64_t job, uint32_t attempt,
    const struct record *rec, struct claim *c, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "SELECT j.state, j.attempt, j.sha256, d.region "
        "FROM leases j JOIN documents d ON d.id = j.document WHERE j.id = ?1",
        err);
    int rc;

    *c = (struct claim){ .result = LOAD_STALE };
    if (!s)
        return -1;
    db_bind_int(s, 1, job);
    rc = db_step(s, err);
    if (rc == 1) {
        c->result = judge(db_str(s, 0), db_int(s, 1), attempt);
        c->region = ledger_slice(&l->scratch, s, 3);
        rc = c->result == LOAD_DONE ? same_content(db_blob(s, 2), rec, job, err)
                                    : 0;
    }
    db_reset(s);
    return rc;
}

static int end_job(struct ledger *l, int64_t job, const char *state,
    struct slice reason, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "UPDATE leases SET state = ?2, reason = ?3, worker = NULL "
        "WHERE id = ?1",
        err);

    if (!s)
        return -1;
    db_bind_int(s, 1, job);
    db_bind_str(s, 2, state);
    db_bind_slice(s, 3, reason);
    return db_run(s, err);
}

static struct slice join_reasons(struct arena *a, const struct record *rec)
{
    struct buf all;
    struct slice joined;

    buf_init(&all, LIMIT_RECORD_BYTES);
    for (uint32_t i = 0; i < rec->reason_n; i++) {
        if (i)
            buf_add_str(&all, "; ");
        buf_add_slice(&all, rec->reasons[i]);
    }
    joined = arena_slice(a, buf_slice(&all));
    buf_clear(&all);
    return joined;
}

/* ---- the rows ----------------------------------------------------------- */

static struct slice or_unknown(struct slice s)
{
    return s.len ? s : SLICE_LIT("unknown");
}

static struct slice make_report_id(
    struct arena *a, struct slice region, const struct record *rec)
{
    char year[16] = "unknown";

    if (rec->year)
        snprintf(year, sizeof(year), "%" PRIu32, rec->year);
    region = or_unknown(region);
    return arena_printf(a, "%.*s-%.*s-%s", SLICE_ARG(region),
        SLICE_ARG(or_unknown(rec->organization)), year);
}

/* An absent part is null, never empty. */
static struct slice or_null(struct slice s)
{
    return s.len ? s : (struct slice){ NULL, 0 };
}

static void bind_number(struct db_stmt *s, int i, int64_t v, int64_t none)
{
    if (v == none)
        db_bind_str(s, i, NULL);
    else
        db_bind_int(s, i, v);
}

static int put_report(struct ledger *l, int64_t job, struct slice region,
    const struct record *rec, int64_t *id, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "INSERT INTO reports (job, report_id, region, organization, year, "
        "form_proactive, form_requests, form_review, title, published, "
        "status, reasons, media_type, charset, reader, cell_n, check_n, "
        "section_n, form_statistics, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
        "?7, ?8, "
        "?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, "
        "?20)",
        err);
    unsigned char content[LEDGER_HASH_BYTES];
    bool has_content;

    if (!s)
        return -1;
    has_content = ledger_renderings_digest(&l->scratch, rec, content);
    db_bind_int(s, 1, job);
    db_bind_slice(s, 2, make_report_id(&l->scratch, region, rec));
    db_bind_slice(s, 3, or_null(region));
    db_bind_slice(s, 4, or_null(rec->organization));
    bind_number(s, 5, rec->year, 0);
    db_bind_slice(s, 6, or_null(rec->form_proactive));
    db_bind_slice(s, 7, or_null(rec->form_requests));
    db_bind_slice(s, 8, or_null(rec->form_review));
    db_bind_slice(s, 9, or_null(rec->title));
    db_bind_slice(s, 10, or_null(rec->published));
    db_bind_str(s, 11, report_status_name(rec->status));
    db_bind_slice(s, 12, join_reasons(&l->scratch, rec));
    db_bind_slice(s, 13, or_null(rec->media_type));
    db_bind_slice(s, 14, or_null(rec->charset));
    db_bind_slice(s, 15, or_null(rec->reader));
    db_bind_int(s, 16, rec->cell_n);
    db_bind_int(s, 17, rec->check_n);
    db_bind_int(s, 18, rec->section_n);
    db_bind_slice(s, 19, or_null(rec->form_statistics));
    db_bind_blob(s, 20, has_content ? content : NULL, sizeof(content));
    if (db_run(s, err) != 0)
        return -1;
    *id = db_last_id(l->db);
    return 0;
}

static void bind_box(struct db_stmt *s, int i, const float box[4])
{
    char text[64];

    if (box[2] <= box[0] || box[3] <= box[1]) {
        db_bind_str(s, i, NULL);
        return;
    }
    snprintf(text, sizeof(text), "%.2f %.2f %.2f %.2f", (double)box[0],
        (double)box[1], (double)box[2], (double)box[3]);
    db_bind_str(s, i, text);
}

static int put_cell(
    struct db_stmt *s, int64_t seq, const struct cell *c, struct err *err)
{
    db_bind_int(s, 2, seq);
    db_bind_lent(s, 3, c->table);
    db_bind_lent(s, 4, c->row);
    db_bind_lent(s, 5, c->column);
    db_bind_lent(s, 6, c->value);
    db_bind_lent(s, 7, c->raw);
    db_bind_lent(s, 8, slice_str(cell_state_name(c->state)));
    db_bind_lent(s, 9, or_null(c->unit));
    db_bind_lent(s, 10, c->value_cny);
    db_bind_lent(s, 11, c->proposed);
    db_bind_lent(s, 12, or_null(c->evidence));
    bind_number(s, 13, c->source.table, -1);
    bind_number(s, 14, c->source.row, -1);
    bind_number(s, 15, c->source.col, -1);
    bind_number(s, 16, c->source.page, 0);
    bind_box(s, 17, c->source.box);
    db_bind_lent(s, 18, cell_reading_text(&c->source));
    return db_run(s, err);
}

static int put_cells(
    struct ledger *l, int64_t report, const struct record *rec, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "INSERT INTO cells VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
        "?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
        err);

    if (!s)
        return -1;
    db_bind_int(s, 1, report);
    for (uint32_t i = 0; i < rec->cell_n; i++)
        if (put_cell(s, i, &rec->cells[i], err) != 0)
            return -1;
    return 0;
}

static int put_check(
    struct db_stmt *s, int64_t seq, const struct check *c, struct err *err)
{
    db_bind_int(s, 2, seq);
    db_bind_lent(s, 3, c->rule);
    db_bind_lent(s, 4, or_null(c->form));
    db_bind_lent(s, 5, slice_str(check_severity_name(c->severity)));
    db_bind_lent(s, 6, slice_str(check_status_name(c->status)));
    db_bind_lent(s, 7, c->left);
    db_bind_lent(s, 8, c->right);
    db_bind_lent(s, 9, c->difference);
    db_bind_lent(s, 10, or_null(c->left_cells));
    db_bind_lent(s, 11, or_null(c->right_cells));
    db_bind_lent(s, 12, or_null(c->source));
    db_bind_lent(s, 13, or_null(c->message));
    return db_run(s, err);
}

static int put_checks(
    struct ledger *l, int64_t report, const struct record *rec, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "INSERT INTO checks VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
        "?11, ?12, ?13)",
        err);

    if (!s)
        return -1;
    db_bind_int(s, 1, report);
    for (uint32_t i = 0; i < rec->check_n; i++)
        if (put_check(s, i, &rec->checks[i], err) != 0)
            return -1;
    return 0;
}

static int put_sections(
    struct ledger *l, int64_t report, const struct record *rec, struct err *err)
{
    struct db_stmt *s =
        db_stmt(l->db, "INSERT INTO sections VALUES (?1, ?2, ?3, ?4, ?5)", err);

    if (!s)
        return -1;
    db_bind_int(s, 1, report);
    for (uint32_t i = 0; i < rec->section_n; i++) {
        db_bind_int(s, 2, i);
        db_bind_int(s, 3, rec->sections[i].number);
        db_bind_lent(s, 4, or_null(rec->sections[i].heading));
        db_bind_lent(s, 5, or_null(rec->sections[i].text));
        if (db_run(s, err) != 0)
            return -1;
    }
    return 0;
}

static int load(struct ledger *l, int64_t job, struct slice region,
    const struct record *rec, struct err *err)
{
    int64_t id;

    if (put_report(l, job, region, rec, &id, err) != 0 ||
        put_cells(l, id, rec, err) != 0 || put_checks(l, id, rec, err) != 0 ||
        put_sections(l, id, rec, err) != 0)
        return -1;
    return end_job(l, job, "loaded", (struct slice){ NULL, 0 }, err);
}

static int put_record(struct ledger *l, int64_t job, uint32_t attempt,
    const struct record *rec, enum load_result *result, struct err *err)
{
    struct claim c;

    arena_reset(&l->scratch);
    if (claim_job(l, job, attempt, rec, &c, err) != 0)
        return -1;
    *result = c.result;
    if (c.result != LOAD_DONE)
        return 0;
    if (rec->status == REPORT_UNRECOGNIZED)
        return end_job(l, job, "rejected", join_reasons(&l->scratch, rec), err);
    return load(l, job, c.region, rec, err);
}

int ledger_report_put(struct ledger *l, int64_t job, uint32_t attempt,
    const struct record *rec, enum load_result *result, struct err *err)
{
    enum ledger_part part;

    if (ledger_enter(l, &part, err) != 0)
        return -1;
    return ledger_leave(
        l, part, put_record(l, job, attempt, rec, result, err), err);
}
