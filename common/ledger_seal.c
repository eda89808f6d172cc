/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ledger_seal - which documents are one report, and which revision it is.
 *
 * Numbers given on arrival would tell in which order workers finished, so
 * they are given when a run is over, for every report id that has a new
 * document, from public values alone: run, publication date, address, origin
 * and content.  Doing it again changes nothing.
 *
 * Documents of one id belong together when they were first fetched in one
 * run and have one origin (a page and what it links to, the parts of one
 * container), or one source and the same numbers.  One that comes in a later
 * run joins the newest revision under the same conditions, if it is no new
 * content of an address that is in it and contradicts it nowhere; any other
 * is a new revision.  An id with an unknown part names no one report: its
 * documents are numbered, and nothing more.
 */
#include <stdlib.h>
#include <string.h>

#include "common/ledger_impl.h"
#include "common/renderings.h"

/* A page, its attachment, a container in it and one in that. */
#define ORIGIN_DEPTH 4

/* One document of the report id at hand. */
struct member {
    int64_t id, run, url; /* rows */
    int64_t origin;       /* the page or container that it comes from */
    struct slice content; /* digest of its numbers; empty: none */
    struct rendering is;
    struct member *chief; /* the one of its group that is preferred */
};

struct sealing {
    struct ledger *l;
    struct arena arena; /* of one report id */
    const char *report_id;
    bool is_one; /* no part of the id is unknown */
    struct member *member;
    size_t n;
};

/* ---- what there is ------------------------------------------------------ */

static int run_for(
    struct ledger *l, const char *sql, const char *report_id, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db, sql, err);

    if (!s)
        return -1;
    db_bind_str(s, 1, report_id);
    return db_run(s, err);
}

/* Take back all that sealing wrote. */
static int unseal(struct sealing *s, struct err *err)
{
    if (run_for(s->l,
            "UPDATE reports SET revision = NULL, superseded_by = NULL, "
            "rendering_of = NULL, status = coalesce(own_status, status), "
            "reasons = coalesce(own_reasons, reasons), own_status = NULL, "
            "own_reasons = NULL, check_n = check_n - (SELECT count(*) "
            "  FROM checks WHERE report = reports.id "
            "  AND rule = '" RENDERINGS_RULE "') WHERE report_id = ?1",
            s->report_id, err) != 0)
        return -1;
    return run_for(s->l,
        "DELETE FROM checks WHERE rule = '" RENDERINGS_RULE "' AND report IN "
        "(SELECT id FROM reports WHERE report_id = ?1)",
        s->report_id, err);
}

static void take_member(struct sealing *s, struct db_stmt *st)
{
    struct member *m = &s->member[s->n++];
    struct slice content = db_blob(st, 7);

    *m = (struct member){
        .id = db_int(st, 0),
        .run = db_int(st, 1),
        .url = db_int(st, 2),
        .content = content.len ? arena_slice(&s->arena, content)
                               : (struct slice){ NULL, 0 },
        .is = { .valid = db_int(st, 5) != 0,
            .rank = rendering_rank_of(db_text(st, 6)),
            .value_n = (uint32_t)db_int(st, 8),
            .url = ledger_slice(&s->arena, st, 3),
            .source = ledger_slice(&s->arena, st, 4) },
        .chief = m,
    };
    s->is_one = db_int(st, 9) != 0;
}

static int load_members(struct sealing *s, struct err *err)
{
    struct db_stmt *st = db_stmt(s->l->db,
        "SELECT r.id, j.run, u.id, u.url, u.source, r.status = 'valid', "
        "r.reader, r.content, (SELECT count(*) FROM cells WHERE report = r.id "
        "  AND value IS NOT NULL), r.region IS NOT NULL AND r.organization "
        "IS NOT NULL AND r.year IS NOT NULL, count(*) OVER () "
        "FROM reports r JOIN leases j ON j.id = r.job "
        "JOIN documents d ON d.id = j.document JOIN urls u ON u.id = d.url "
        "WHERE r.report_id = ?1 "
        "ORDER BY j.run, coalesce(r.published, ''), u.url, u.source, r.id",
        err);
    int rc;

    if (!st)
        return -1;
    db_bind_str(st, 1, s->report_id);
    s->n = 0;
    while ((rc = db_step(st, err)) == 1) {
        if (s->n == 0)
            s->member = arena_alloc_n(
                &s->arena, (size_t)db_int(st, 10), sizeof(*s->member));
        take_member(s, st);
    }
    return rc;
}

/* Up from attachments to their page, from parts to their container. */
static int find_origin(struct sealing *s, struct member *m, struct err *err)
{
    int64_t parent = m->url;

    for (int i = 0; i <= ORIGIN_DEPTH && parent; i++) {
        struct db_stmt *st =
            db_stmt(s->l->db, "SELECT parent FROM urls WHERE id = ?1", err);

        m->origin = parent;
        if (!st)
            return -1;
        db_bind_int(st, 1, parent);
        if (db_number(st, &parent, err) != 0)
            return -1;
    }
    return 0;
}

/* ---- groups ------------------------------------------------------------- */

static struct member *chief_of(struct member *m)
{
    while (m->chief != m)
        m = m->chief = m->chief->chief;
    return m;
}

static void join(struct member *a, struct member *b)
{
    struct member *x = chief_of(a), *y = chief_of(b);

    if (x == y)
        return;
    if (rendering_compare(&x->is, &y->is) <= 0)
        y->chief = x;
    else
        x->chief = y;
}

static int compare_int(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_origin(const void *a, const void *b)
{
    const struct member *x = *(struct member *const *)a;
    const struct member *y = *(struct member *const *)b;
    int order = compare_int(x->run, y->run);

    return order ? order : compare_int(x->origin, y->origin);
}

static int compare_slices(struct slice a, struct slice b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.p, b.p, len) : 0;

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int by_content(const void *a, const void *b)
{
    const struct member *x = *(struct member *const *)a;
    const struct member *y = *(struct member *const *)b;
    int order = compare_int(x->run, y->run);

    if (!order)
        order = compare_slices(x->is.source, y->is.source);
    return order ? order : compare_slices(x->content, y->content);
}

static bool says_the_same(const struct member *a, const struct member *b)
{
    return a->content.len && slice_eq(a->content, b->content) &&
           slice_eq(a->is.source, b->is.source);
}

/* Make groups of the members of each run. */
static void group(struct sealing *s)
{
    struct member **order =
        arena_alloc_n(&s->arena, s->n, sizeof(struct member *));

    for (size_t i = 0; i < s->n; i++)
        order[i] = &s->member[i];
    qsort(order, s->n, sizeof(struct member *), by_origin);
    for (size_t i = 1; i < s->n; i++)
        if (by_origin(&order[i - 1], &order[i]) == 0)
            join(order[i - 1], order[i]);
    qsort(order, s->n, sizeof(struct member *), by_content);
    for (size_t i = 1; i < s->n; i++)
        if (by_content(&order[i - 1], &order[i]) == 0 && order[i]->content.len)
            join(order[i - 1], order[i]);
    for (size_t i = 0; i < s->n; i++)
        s->member[i].chief = chief_of(&s->member[i]);
}

/* ---- revisions ---------------------------------------------------------- */

static bool shares_address(
    const struct sealing *s, const struct member *a, const struct member *b)
{
    for (size_t i = 0; i < s->n; i++)
        for (size_t k = 0; s->member[i].chief == a && k < s->n; k++)
            if (s->member[k].chief == b && s->member[k].url == s->member[i].url)
                return true;
    return false;
}

/* Whether the group of `late` only says again what revision `before`, of an
 * earlier run, says. */
static int says_again(struct sealing *s, const struct member *before,
    const struct member *late, bool *again, struct err *err)
{
    bool contradicts = false;

    *again = says_the_same(before, late);
    if (!*again && before->origin == late->origin) {
        if (ledger_renderings_compare(
                s->l, before->id, late->id, &contradicts, err) != 0)
            return -1;
        *again = !contradicts;
    }
    *again = *again && !shares_address(s, late, before);
    return 0;
}

/* Groups that only say again what the newest revision before their run says
 * go over to it. */
static int merge_late(struct sealing *s, struct err *err)
{
    struct member *before = NULL, *newest = NULL;

    for (size_t i = 0; i < s->n; i++) {
        struct member *m = &s->member[i];
        bool again = false;

        if (i > 0 && m->run != s->member[i - 1].run)
            before = newest;
        if (m->chief != m)
            continue;
        if (before && says_again(s, before, m, &again, err) != 0)
            return -1;
        if (!again) {
            newest = m;
            continue;
        }
        for (size_t k = 0; k < s->n; k++)
            if (s->member[k].chief == m && &s->member[k] != m)
                s->member[k].chief = before;
        m->chief = before;
    }
    return 0;
}

static int put_place(struct sealing *s, const struct member *m, int64_t place,
    bool is_last, struct err *err)
{
    struct db_stmt *st = db_stmt(s->l->db,
        "UPDATE reports SET revision = ?2, superseded_by = ?3, "
        "rendering_of = ?4 WHERE id = ?1",
        err);
    bool is_chief = m->chief == m;

    if (!st)
        return -1;
    db_bind_int(st, 1, m->id);
    db_bind_str(st, 2, NULL);
    db_bind_str(st, 3, NULL);
    db_bind_str(st, 4, NULL);
    if (is_chief)
        db_bind_int(st, 2, place);
    if (is_chief && !is_last && s->is_one)
        db_bind_int(st, 3, place + 1);
    if (!is_chief)
        db_bind_int(st, 4, m->chief->id);
    return db_run(st, err);
}

static int put_places(struct sealing *s, struct err *err)
{
    int64_t revision_n = 0, place = 0;

    for (size_t i = 0; i < s->n; i++)
        revision_n += s->member[i].chief == &s->member[i];
    for (size_t i = 0; i < s->n; i++) {
        place += s->member[i].chief == &s->member[i];
        if (put_place(s, &s->member[i], place, place == revision_n, err) != 0)
            return -1;
    }
    return 0;
}

static int by_chief(const void *a, const void *b)
{
    const struct member *x = *(struct member *const *)a;
    const struct member *y = *(struct member *const *)b;

    if (x->chief != y->chief)
        return x->chief < y->chief ? -1 : 1;
    return (x > y) - (x < y);
}

/* The check of each revision that has renderings. */
static int put_checks(struct sealing *s, struct err *err)
{
    struct member **order =
        arena_alloc_n(&s->arena, s->n, sizeof(struct member *));
    int64_t *id = arena_alloc_n(&s->arena, s->n, sizeof(*id));

    for (size_t i = 0; i < s->n; i++)
        order[i] = &s->member[i];
    qsort(order, s->n, sizeof(struct member *), by_chief);
    for (size_t i = 0; i < s->n;) {
        const struct member *chief = order[i]->chief;
        size_t n = 0;

        for (; i < s->n && order[i]->chief == chief; i++)
            if (order[i] != chief)
                id[n++] = order[i]->id;
        if (n && ledger_renderings_put(s->l, chief->id, id, n, err) != 0)
            return -1;
    }
    return 0;
}

static int seal_one(struct sealing *s, struct err *err)
{
    if (unseal(s, err) != 0 || load_members(s, err) != 0)
        return -1;
    for (size_t i = 0; i < s->n; i++)
        if (find_origin(s, &s->member[i], err) != 0)
            return -1;
    if (s->is_one) {
        group(s);
        if (merge_late(s, err) != 0)
            return -1;
    }
    if (put_places(s, err) != 0)
        return -1;
    return s->is_one ? put_checks(s, err) : 0;
}

/* ---- all ---------------------------------------------------------------- */

/* Most ids have one document; nothing is to be compared there. */
static const char seal_lone[] =
    "UPDATE reports SET revision = 1 WHERE revision IS NULL "
    "AND rendering_of IS NULL AND NOT EXISTS (SELECT 1 FROM reports o "
    "  WHERE o.report_id = reports.report_id AND o.id <> reports.id)";

/* The ids that have a document without a place. */
static int list_ids(
    struct ledger *l, const char ***id, size_t *n, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "SELECT report_id, count(*) OVER () FROM (SELECT DISTINCT report_id "
        "  FROM reports WHERE revision IS NULL AND rendering_of IS NULL) "
        "ORDER BY report_id",
        err);
    int rc;

    *n = 0;
    if (!s)
        return -1;
    while ((rc = db_step(s, err)) == 1) {
        if (*n == 0)
            *id = arena_alloc_n(
                &l->scratch, (size_t)db_int(s, 1), sizeof(char *));
        (*id)[(*n)++] = ledger_text(&l->scratch, s, 0);
    }
    return rc;
}

static int seal_all(struct ledger *l, struct err *err)
{
    struct sealing s = { .l = l };
    const char **id = NULL;
    size_t n = 0;
    int rc;

    arena_reset(&l->scratch);
    rc = db_exec(l->db, seal_lone, err);
    if (rc == 0)
        rc = list_ids(l, &id, &n, err);
    arena_init(&s.arena, 0);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        arena_reset(&s.arena);
        s.report_id = id[i];
        rc = seal_one(&s, err);
    }
    arena_clear(&s.arena);
    return rc;
}

int ledger_revisions_seal(struct ledger *l, struct err *err)
{
    enum ledger_part part;

    if (ledger_enter(l, &part, err) != 0)
        return -1;
    return ledger_leave(l, part, seal_all(l, err), err);
}
