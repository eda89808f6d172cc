/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ledger_url - addresses and their visits: what the collector writes down.
 *
 * A URL belongs to one source.  run, seq, state, retry_at and tries of its
 * row are those of its newest visit; all earlier ones are in fetches.
 */
#include <string.h>

#include "common/ledger_impl.h"

static const char *const kind_names[] = {
    [URL_LIST] = "list",
    [URL_DOCUMENT] = "document",
};

int ledger_source_put(
    struct ledger *l, const struct conf_source *src, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "INSERT INTO sources (name, title, region, organization) "
        "VALUES (?1, ?2, ?3, ?4) ON CONFLICT (name) DO UPDATE SET "
        "title = excluded.title, region = excluded.region, "
        "organization = excluded.organization",
        err);

    if (!s)
        return -1;
    db_bind_str(s, 1, src->name);
    db_bind_str(s, 2, src->title);
    db_bind_str(s, 3, src->region);
    db_bind_str(s, 4, src->organization);
    return db_run(s, err);
}

int ledger_source_names(struct ledger *l,
    void (*name)(void *ctx, const char *text), void *ctx, struct err *err)
{
    struct db_stmt *s =
        db_stmt(l->db, "SELECT name FROM sources ORDER BY name", err);
    int rc;

    if (!s)
        return -1;
    while ((rc = db_step(s, err)) == 1)
        name(ctx, db_str(s, 0));
    return rc;
}

/* The place behind all others of the source in this run. */
static int next_seq(struct ledger *l, int64_t run, const char *source,
    int64_t *seq, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "SELECT coalesce(max(seq), 0) + 1 FROM urls "
        "WHERE run = ?1 AND source = ?2",
        err);

    if (!s)
        return -1;
    db_bind_int(s, 1, run);
    db_bind_str(s, 2, source);
    return db_number(s, seq, err);
}

struct known {
    int64_t id;  /* 0: not known */
    int64_t run; /* of its newest visit */
};

static int find_url(struct ledger *l, const struct ledger_url *u,
    struct known *k, struct err *err)
{
    struct db_stmt *s = db_stmt(
        l->db, "SELECT id, run FROM urls WHERE source = ?1 AND url = ?2", err);
    int rc;

    if (!s)
        return -1;
    db_bind_str(s, 1, u->source);
    db_bind_str(s, 2, u->url);
    rc = db_step(s, err);
    *k = (struct known){ 0 };
    if (rc == 1)
        *k = (struct known){ db_int(s, 0), db_int(s, 1) };
    db_reset(s);
    return rc < 0 ? -1 : 0;
}

static void bind_url(struct db_stmt *s, const struct ledger_url *u)
{
    db_bind_str(s, 2, kind_names[u->kind]);
    db_bind_int(s, 3, u->page);
    db_bind_str(s, 4, u->title);
    db_bind_str(s, 5, u->list_date);
    db_bind_str(s, 6, u->organization);
    db_bind_str(s, 7, u->region);
    db_bind_str(s, 11, NULL);
    if (u->parent)
        db_bind_int(s, 11, u->parent);
}

static int insert_url(struct ledger *l, int64_t run, int64_t seq,
    const struct ledger_url *u, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "INSERT INTO urls (source, kind, page, title, list_date, "
        "organization, region, url, run, seq, state, parent) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'due', ?11)",
        err);

    if (!s)
        return -1;
    db_bind_str(s, 1, u->source);
    bind_url(s, u);
    db_bind_str(s, 8, u->url);
    db_bind_int(s, 9, run);
    db_bind_int(s, 10, seq);
    return db_run(s, err);
}

/* Of several pages that link to an attachment the first by address is its
 * parent, whichever was read first; once its content is in an archive that
 * no longer changes. */
#define SET_PARENT                                                             \
    "parent = CASE WHEN ?11 IS NULL OR ?11 = id OR EXISTS (SELECT 1 "          \
    "  FROM documents d WHERE d.url = urls.id AND d.run < ?9) THEN parent "    \
    "WHEN parent IS NULL OR (SELECT url FROM urls p WHERE p.id = ?11) < "      \
    "  (SELECT url FROM urls p WHERE p.id = urls.parent) THEN ?11 "            \
    "ELSE parent END"

/* Within a run a list page stays one, though a link to it looks like a
 * document's; a list that names no title or date does not take away those
 * another list gave. */
static int update_url(struct ledger *l, int64_t id, int64_t run,
    const struct ledger_url *u, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "UPDATE urls SET kind = CASE kind WHEN 'list' THEN kind ELSE ?2 END, "
        "page = CASE kind WHEN 'list' THEN page ELSE ?3 END, "
        "title = coalesce(?4, title), list_date = coalesce(?5, list_date), "
        "organization = ?6, region = ?7, " SET_PARENT " WHERE id = ?1",
        err);

    if (!s)
        return -1;
    db_bind_int(s, 1, id);
    bind_url(s, u);
    db_bind_int(s, 9, run);
    return db_run(s, err);
}

static int revisit_url(struct ledger *l, int64_t id, int64_t run, int64_t seq,
    const struct ledger_url *u, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "UPDATE urls SET kind = ?2, page = ?3, title = coalesce(?4, title), "
        "list_date = coalesce(?5, list_date), organization = ?6, region = ?7, "
        "run = ?9, seq = ?10, state = 'due', retry_at = 0, tries = "
        "0, " SET_PARENT " WHERE id = ?1",
        err);

    if (!s)
        return -1;
    db_bind_int(s, 1, id);
    bind_url(s, u);
    db_bind_int(s, 9, run);
    db_bind_int(s, 10, seq);
    return db_run(s, err);
}

static int put_url(struct ledger *l, int64_t run, const struct ledger_url *u,
    bool *is_new, struct err *err)
{
    struct known k;
    int64_t seq;

    if (find_url(l, u, &k, err) != 0)
        return -1;
    *is_new = k.id == 0;
    if (k.id != 0 && k.run == run)
        return update_url(l, k.id, run, u, err);
    if (next_seq(l, run, u->source, &seq, err) != 0)
        return -1;
    if (k.id != 0)
        return revisit_url(l, k.id, run, seq, u, err);
    return insert_url(l, run, seq, u, err);
}

int ledger_url_put(struct ledger *l, int64_t run, const struct ledger_url *u,
    bool *is_new, struct err *err)
{
    enum ledger_part part;
    bool fresh = false;
    int rc;

    if (ledger_enter(l, &part, err) != 0)
        return -1;
    rc = put_url(l, run, u, &fresh, err);
    if (is_new)
        *is_new = fresh;
    return ledger_leave(l, part, rc, err);
}

static int requeue(struct ledger *l, int64_t run, const char *source,
    int64_t first, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "UPDATE urls SET run = ?1, seq = ?3 + k.place, state = 'due', "
        "retry_at = 0, tries = 0 FROM "
        "(SELECT id AS known, row_number() OVER (ORDER BY id) - 1 AS place "
        " FROM urls WHERE source = ?2 AND kind = 'document' "
        " AND inner_path IS NULL AND run <> ?1) k "
        "WHERE id = k.known",
        err);

    if (!s)
        return -1;
    db_bind_int(s, 1, run);
    db_bind_str(s, 2, source);
    db_bind_int(s, 3, first);
    return db_run(s, err);
}

int ledger_url_requeue(
    struct ledger *l, int64_t run, const char *source, struct err *err)
{
    enum ledger_part part;
    int64_t first;
    int rc;

    if (ledger_enter(l, &part, err) != 0)
        return -1;
    rc = next_seq(l, run, source, &first, err);
    if (rc == 0)
        rc = requeue(l, run, source, first, err);
    return ledger_leave(l, part, rc, err);
}

static void take_url(struct db_stmt *s, struct arena *a, struct ledger_url *u)
{
    *u = (struct ledger_url){
        .id = db_int(s, 0),
        .source = ledger_text(a, s, 1),
        .url = ledger_text(a, s, 2),
        .kind = strcmp(db_str(s, 3), "list") == 0 ? URL_LIST : URL_DOCUMENT,
        .page = (uint32_t)db_int(s, 4),
        .title = ledger_text(a, s, 5),
        .list_date = ledger_text(a, s, 6),
        .organization = ledger_text(a, s, 7),
        .region = ledger_text(a, s, 8),
        .etag = ledger_text(a, s, 9),
        .last_modified = ledger_text(a, s, 10),
        .tries = (uint32_t)db_int(s, 11),
        .list_body = ledger_hash_text(a, db_blob(s, 12)),
    };
}

int ledger_url_next(struct ledger *l, int64_t run, const char *source,
    int64_t now_s, struct arena *a, struct ledger_url *out, size_t max,
    size_t *n, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "SELECT id, source, url, kind, page, title, list_date, organization, "
        "region, etag, last_modified, tries, list_body FROM urls "
        "WHERE run = ?1 AND source = ?2 AND state = 'due' AND retry_at <= ?3 "
        "ORDER BY seq LIMIT ?4",
        err);
    int rc;

    *n = 0;
    if (!s)
        return -1;
    db_bind_int(s, 1, run);
    db_bind_str(s, 2, source);
    db_bind_int(s, 3, now_s);
    db_bind_int(s, 4, (int64_t)max);
    while ((rc = db_step(s, err)) == 1)
        take_url(s, a, &out[(*n)++]);
    return rc;
}

int ledger_url_left(struct ledger *l, int64_t run, const char *source,
    uint64_t *left, int64_t *next_at, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "SELECT count(*), min(retry_at) FROM urls "
        "WHERE run = ?1 AND source = ?2 AND state = 'due'",
        err);
    int rc;

    if (!s)
        return -1;
    db_bind_int(s, 1, run);
    db_bind_str(s, 2, source);
    rc = db_step(s, err);
    if (rc == 1) {
        *left = (uint64_t)db_int(s, 0);
        *next_at = db_int(s, 1);
    }
    db_reset(s);
    return rc < 0 ? -1 : 0;
}
