/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ledger_renderings - do the renderings of a report say the same?
 *
 * Cells that have a number in both are compared, one rendering at a time.
 * A difference is settled where a sum says who errs: an error-level check of
 * the report that holds, names the cell, and does not hold in the rendering;
 * or where the rendering was recognised from a picture and the report was
 * not.  What is not settled flags the report: the publisher said two things,
 * and no arithmetic knows which.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/buf.h"
#include "common/ledger_impl.h"
#include "common/limits.h"
#include "common/renderings.h"
#include "common/store.h"

enum {
    CELLS_NAMED = 200,    /* differing cells in left_cells */
    CELLS_SHOWN = 20,     /* and with both numbers in the message */
    RENDERINGS_SHOWN = 20 /* one by one */
};

/* An error-level check of a report. */
struct verdict {
    struct slice rule, left, right;
    bool holds;
};

/* One of two reports that are compared. */
struct side {
    int64_t id;
    struct arena *arena;
    struct slice url;
    enum rendering_rank rank;
    struct rendering_cell *cell; /* with a number, in order */
    size_t cell_n;
    struct verdict *verdict; /* in order of rule; loaded when asked for */
    size_t verdict_n;
    bool has_verdicts;
};

/* What comparing came to, of all renderings. */
struct comparison {
    struct ledger *l;
    struct side chief, other;
    uint64_t compared_n, differ_n, open_n;
    uint64_t other_compared_n, other_differ_n; /* of the one at hand */
    struct buf cells, words, shown;
};

/* ---- digest ------------------------------------------------------------- */

static int compare_cells(const void *a, const void *b)
{
    return rendering_cell_order(a, b);
}

bool ledger_renderings_digest(struct arena *a, const struct record *rec,
    unsigned char hash[LEDGER_HASH_BYTES])
{
    struct rendering_cell *cell =
        arena_alloc_n(a, rec->cell_n + 1u, sizeof(*cell));
    char key[STORE_KEY_LEN + 1];
    size_t n = 0;
    struct buf all;
    struct err err;

    for (uint32_t i = 0; i < rec->cell_n; i++) {
        const struct cell *c = &rec->cells[i];
        struct slice value = rendering_value(c->value, c->state, c->proposed);

        if (value.p)
            cell[n++] = (struct rendering_cell){ c->table, c->row, c->column,
                value, c->value_cny };
    }
    if (n == 0)
        return false;
    qsort(cell, n, sizeof(*cell), compare_cells);
    buf_init(&all, (size_t)2 * LIMIT_RECORD_BYTES);
    for (size_t i = 0; i < n; i++) {
        buf_printf(&all, "%.*s\t%.*s\t%.*s\t", SLICE_ARG(cell[i].table),
            SLICE_ARG(cell[i].row), SLICE_ARG(cell[i].column));
        rendering_number(
            &all, cell[i].value_cny.p ? cell[i].value_cny : cell[i].value);
        buf_add_char(&all, '\n');
    }
    store_key(buf_slice(&all), key);
    buf_clear(&all);
    return ledger_hash_read(key, hash, &err) == 0;
}

/* ---- loading a side ----------------------------------------------------- */

static int load_document(struct ledger *l, struct side *side, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "SELECT u.url, r.reader FROM reports r JOIN leases j ON j.id = r.job "
        "JOIN documents d ON d.id = j.document JOIN urls u ON u.id = d.url "
        "WHERE r.id = ?1",
        err);
    int rc;

    if (!s)
        return -1;
    db_bind_int(s, 1, side->id);
    rc = db_step(s, err);
    if (rc == 1) {
        side->url = ledger_slice(side->arena, s, 0);
        side->rank = rendering_rank_of(db_text(s, 1));
    }
    db_reset(s);
    return rc < 0 ? -1 : 0;
}

static int load_cells(struct ledger *l, struct side *side, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "SELECT \"table\", \"row\", \"column\", v, value_cny, count(*) OVER () "
        "FROM (SELECT \"table\", \"row\", \"column\", coalesce(value, CASE "
        "  WHEN state IN ('blank', 'dash') AND proposed = '0' THEN '0' END) "
        "  AS v, value_cny FROM cells WHERE report = ?1) "
        "WHERE v IS NOT NULL ORDER BY \"table\", \"row\", \"column\"",
        err);
    int rc;

    if (!s)
        return -1;
    db_bind_int(s, 1, side->id);
    side->cell_n = 0;
    while ((rc = db_step(s, err)) == 1) {
        if (side->cell_n == 0)
            side->cell = arena_alloc_n(
                side->arena, (size_t)db_int(s, 5), sizeof(*side->cell));
        side->cell[side->cell_n++] = (struct rendering_cell){
            .table = ledger_slice(side->arena, s, 0),
            .row = ledger_slice(side->arena, s, 1),
            .column = ledger_slice(side->arena, s, 2),
            .value = ledger_slice(side->arena, s, 3),
            .value_cny = ledger_slice(side->arena, s, 4),
        };
    }
    return rc;
}

static int load_verdicts(struct ledger *l, struct side *side, struct err *err)
{
    struct db_stmt *s = db_stmt(l->db,
        "SELECT rule, left_cells, right_cells, status = 'pass', "
        "count(*) OVER () FROM checks "
        "WHERE report = ?1 AND severity = 'error' ORDER BY rule",
        err);
    int rc;

    if (!s)
        return -1;
    db_bind_int(s, 1, side->id);
    side->has_verdicts = true;
    side->verdict_n = 0;
    while ((rc = db_step(s, err)) == 1) {
        if (side->verdict_n == 0)
            side->verdict = arena_alloc_n(
                side->arena, (size_t)db_int(s, 4), sizeof(*side->verdict));
        side->verdict[side->verdict_n++] = (struct verdict){
            .rule = ledger_slice(side->arena, s, 0),
            .left = ledger_slice(side->arena, s, 1),
            .right = ledger_slice(side->arena, s, 2),
            .holds = db_int(s, 3) != 0,
        };
    }
    return rc;
}

static int load(struct ledger *l, struct side *side, struct arena *arena,
    int64_t id, struct err *err)
{
    *side = (struct side){ .id = id, .arena = arena };
    return load_document(l, side, err) != 0 ? -1 : load_cells(l, side, err);
}

/* ---- who errs ----------------------------------------------------------- */

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

static bool holds_in(const struct side *side, struct slice rule)
{
    for (size_t i = 0; i < side->verdict_n; i++)
        if (slice_eq(side->verdict[i].rule, rule))
            return side->verdict[i].holds;
    return false;
}

/* Whether a sum speaks for the report and against its rendering. */
static bool sums_decide(const struct comparison *c, struct slice key)
{
    for (size_t i = 0; i < c->chief.verdict_n; i++) {
        const struct verdict *v = &c->chief.verdict[i];

        if (v->holds && (names_key(v->left, key) || names_key(v->right, key)) &&
            !holds_in(&c->other, v->rule))
            return true;
    }
    return false;
}

static int settle(
    struct comparison *c, struct slice key, bool *settled, struct err *err)
{
    *settled =
        c->other.rank == RENDERING_SCAN && c->chief.rank != RENDERING_SCAN;
    if (*settled)
        return 0;
    if (!c->chief.has_verdicts && load_verdicts(c->l, &c->chief, err) != 0)
        return -1;
    if (!c->other.has_verdicts && load_verdicts(c->l, &c->other, err) != 0)
        return -1;
    *settled = sums_decide(c, key);
    return 0;
}

/* ---- comparing ---------------------------------------------------------- */

static int differ(struct comparison *c, const struct rendering_cell *a,
    const struct rendering_cell *b, struct err *err)
{
    struct slice key = arena_printf(c->other.arena, "%.*s.%.*s.%.*s",
        SLICE_ARG(a->table), SLICE_ARG(a->row), SLICE_ARG(a->column));
    bool settled = false;

    if (settle(c, key, &settled, err) != 0)
        return -1;
    c->open_n += !settled;
    if (c->differ_n < CELLS_NAMED && !names_key(buf_slice(&c->cells), key))
        buf_printf(
            &c->cells, "%s%.*s", c->cells.len ? " + " : "", SLICE_ARG(key));
    if (c->differ_n < CELLS_SHOWN)
        buf_printf(&c->shown, "%s%.*s is %.*s, there %.*s",
            c->other_differ_n ? ", " : "", SLICE_ARG(key), SLICE_ARG(a->value),
            SLICE_ARG(b->value));
    c->differ_n++;
    c->other_differ_n++;
    return 0;
}

/* Go through the cells of both, which are in one order. */
static int compare_sides(struct comparison *c, struct err *err)
{
    const struct side *a = &c->chief, *b = &c->other;
    size_t i = 0, k = 0;

    c->other_compared_n = 0;
    c->other_differ_n = 0;
    buf_reset(&c->shown);
    while (i < a->cell_n && k < b->cell_n) {
        int order = rendering_cell_order(&a->cell[i], &b->cell[k]);
        bool agree;

        if (order == 0 &&
            rendering_cells_compare(&a->cell[i], &b->cell[k], &agree)) {
            c->other_compared_n++;
            if (!agree && differ(c, &a->cell[i], &b->cell[k], err) != 0)
                return -1;
        }
        i += order <= 0;
        k += order >= 0;
    }
    c->compared_n += c->other_compared_n;
    return 0;
}

static void begin(struct comparison *c, struct ledger *l)
{
    *c = (struct comparison){ .l = l };
    buf_init(&c->cells, LIMIT_RECORD_BYTES);
    buf_init(&c->words, LIMIT_RECORD_BYTES);
    buf_init(&c->shown, LIMIT_RECORD_BYTES);
}

static void finish(struct comparison *c)
{
    buf_clear(&c->cells);
    buf_clear(&c->words);
    buf_clear(&c->shown);
}

int ledger_renderings_compare(struct ledger *l, int64_t chief, int64_t other,
    bool *contradicts, struct err *err)
{
    struct arena arena;
    struct comparison c;
    int rc;

    begin(&c, l);
    arena_init(&arena, 0);
    rc = load(l, &c.chief, &arena, chief, err);
    if (rc == 0)
        rc = load(l, &c.other, &arena, other, err);
    if (rc == 0)
        rc = compare_sides(&c, err);
    *contradicts = c.differ_n > 0 || c.compared_n == 0;
    arena_clear(&arena);
    finish(&c);
    return rc;
}

/* ---- the check ---------------------------------------------------------- */

static void describe(struct comparison *c)
{
    buf_printf(&c->words, "%s%.*s: %" PRIu64 " numbers in common, ",
        c->words.len ? "; " : "", SLICE_ARG(c->other.url), c->other_compared_n);
    if (c->other_differ_n == 0)
        buf_add_str(&c->words, "all agree");
    else
        buf_printf(&c->words, "%" PRIu64 " differ: %.*s", c->other_differ_n,
            (int)c->shown.len, c->shown.len ? c->shown.p : "");
}

static int put_check(struct comparison *c, struct err *err)
{
    struct db_stmt *s = db_stmt(c->l->db,
        "INSERT INTO checks (report, seq, rule, severity, status, left_cells, "
        "source, message) SELECT ?1, coalesce(max(seq), -1) + 1, "
        "'" RENDERINGS_RULE "', ?2, ?3, ?4, 'derivable', ?5 "
        "FROM checks WHERE report = ?1",
        err);
    const struct slice none = { NULL, 0 };
    enum check_status status = c->differ_n     ? CHECK_FAIL
                               : c->compared_n ? CHECK_PASS
                                               : CHECK_NOT_EVALUABLE;

    if (!s)
        return -1;
    db_bind_int(s, 1, c->chief.id);
    db_bind_str(s, 2,
        check_severity_name(c->open_n ? SEVERITY_ERROR : SEVERITY_WARNING));
    db_bind_str(s, 3, check_status_name(status));
    db_bind_slice(s, 4, c->cells.len ? buf_slice(&c->cells) : none);
    db_bind_slice(s, 5, buf_slice(&c->words));
    return db_run(s, err);
}

/* The report has one check more, and one reason where nothing is settled. */
static int put_flag(struct comparison *c, struct err *err)
{
    char reason[120];
    struct db_stmt *s = db_stmt(c->l->db,
        "UPDATE reports SET check_n = check_n + 1, "
        "own_status = CASE WHEN ?2 THEN status END, "
        "own_reasons = CASE WHEN ?2 THEN reasons END, "
        "status = CASE WHEN ?2 THEN 'flagged' ELSE status END, "
        "reasons = CASE WHEN NOT ?2 THEN reasons "
        "  WHEN reasons = '' THEN ?3 ELSE reasons || '; ' || ?3 END "
        "WHERE id = ?1",
        err);

    if (!s)
        return -1;
    snprintf(reason, sizeof(reason),
        RENDERINGS_RULE ": another document of this report shows %" PRIu64
                        " other number%s",
        c->open_n, c->open_n == 1 ? "" : "s");
    db_bind_int(s, 1, c->chief.id);
    db_bind_int(s, 2, c->open_n > 0);
    db_bind_str(s, 3, reason);
    return db_run(s, err);
}

static int compare_all(struct comparison *c, const int64_t *rendering, size_t n,
    struct arena *arena, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        arena_reset(arena);
        if (load(c->l, &c->other, arena, rendering[i], err) != 0 ||
            compare_sides(c, err) != 0)
            return -1;
        if (i < RENDERINGS_SHOWN || c->other_differ_n)
            describe(c);
    }
    if (n > RENDERINGS_SHOWN)
        buf_printf(&c->words, "; %zu renderings in all", n);
    return buf_check(&c->words, RENDERINGS_RULE, err);
}

int ledger_renderings_put(struct ledger *l, int64_t chief,
    const int64_t *rendering, size_t n, struct err *err)
{
    struct arena own, others;
    struct comparison c;
    int rc;

    begin(&c, l);
    arena_init(&own, 0);
    arena_init(&others, 0);
    rc = load(l, &c.chief, &own, chief, err);
    if (rc == 0)
        rc = compare_all(&c, rendering, n, &others, err);
    if (rc == 0)
        rc = put_check(&c, err);
    if (rc == 0)
        rc = put_flag(&c, err);
    arena_clear(&own);
    arena_clear(&others);
    finish(&c);
    return rc;
}
