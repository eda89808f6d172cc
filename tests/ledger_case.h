/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ledger_case - a ledger in a folder of its own, and short words to fill it.
 *
 * Every helper asserts that its call succeeded, so a test says only what it
 * is about.
 */
#ifndef TESTS_LEDGER_CASE_H
#define TESTS_LEDGER_CASE_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/ledger.h"
#include "common/ledger_impl.h"
#include "common/store.h"
#include "tests/case.h"

struct ledger_case {
    char dir[64];
    struct ledger *l;
    struct arena a;
    int64_t run;
    char key[STORE_KEY_LEN + 1];
};

static inline void case_source(struct ledger_case *c, const char *name,
    const char *region, const char *organization)
{
    char n[64], r[16], o[64];
    struct conf_source src = { .name = n, .title = n, .region = r };
    struct err err;

    snprintf(n, sizeof(n), "%s", name);
    snprintf(r, sizeof(r), "%s", region);
    if (organization) {
        snprintf(o, sizeof(o), "%s", organization);
        src.organization = o;
    }
    must(ledger_source_put(c->l, &src, &err));
}

static inline void case_open_run(struct ledger_case *c)
{
    struct run run;
    struct err err;

    must(ledger_run_open(c->l, &c->a, &run, &err));
    c->run = run.id;
}

/* A ledger with the source "s", region 110105, and a run. */
static inline int case_setup(void **state)
{
    struct ledger_case *c = calloc(1, sizeof(*c));
    struct err err = { 0 };

    assert_non_null(c);
    strcpy(c->dir, "/tmp/nianbao-test.XXXXXX");
    assert_non_null(mkdtemp(c->dir));
    arena_init(&c->a, 0);
    c->l = ledger_open(c->dir, LEDGER_WRITE, &err);
    if (!c->l)
        fail_msg("%s", err.msg);
    case_source(c, "s", "110105", NULL);
    case_open_run(c);
    *state = c;
    return 0;
}

static inline int case_teardown(void **state)
{
    struct ledger_case *c = *state;

    ledger_close(c->l);
    arena_clear(&c->a);
    case_remove(c->dir);
    free(c);
    return 0;
}

static inline void case_sql(struct ledger_case *c, const char *sql)
{
    struct err err;

    must(db_exec(c->l->db, sql, &err));
}

/* First column of the first row; each call site passes its own literal. */
static inline int64_t case_number(struct ledger_case *c, const char *sql)
{
    struct err err = { 0 };
    struct db_stmt *s = db_stmt(c->l->db, sql, &err);
    int64_t n = 0;

    if (!s)
        fail_msg("%s", err.msg);
    else
        must(db_number(s, &n, &err));
    return n;
}

/* Text of it, in the case's arena. */
static inline const char *case_text(struct ledger_case *c, const char *sql)
{
    struct err err = { 0 };
    struct db_stmt *s = db_stmt(c->l->db, sql, &err);
    const char *text = NULL;

    if (!s)
        fail_msg("%s", err.msg);
    else if (db_step(s, &err) == 1) {
        text = ledger_text(&c->a, s, 0);
        db_reset(s);
    }
    return text;
}

static inline int64_t case_url_of(
    struct ledger_case *c, const char *source, const char *url)
{
    struct err err = { 0 };
    struct db_stmt *s = db_stmt(
        c->l->db, "SELECT id FROM urls WHERE source = ?1 AND url = ?2", &err);
    int64_t id = 0;

    assert_non_null(s);
    db_bind_str(s, 1, source);
    db_bind_str(s, 2, url);
    must(db_number(s, &id, &err));
    return id;
}

/* Make a document URL due; its id. */
static inline int64_t case_url(
    struct ledger_case *c, const char *source, const char *url)
{
    struct ledger_url u = {
        .source = source, .url = url, .kind = URL_DOCUMENT, .title = url
    };
    struct err err;

    must(ledger_url_put(c->l, c->run, &u, NULL, &err));
    return case_url_of(c, source, url);
}

/* Visit the address and find `body` there. */
static inline void case_fetch_from(struct ledger_case *c, const char *source,
    const char *url, const char *body)
{
    struct ledger_fetch f = { .run = c->run,
        .url = case_url(c, source, url),
        .at = 1000,
        .status = 200,
        .bytes = strlen(body),
        .sha256 = c->key,
        .final_url = url,
        .media_type = "text/html",
        .size = strlen(body) };
    struct err err;

    store_key(slice_str(body), c->key);
    must(ledger_fetch_put(c->l, &f, &err));
}

static inline void case_fetch(
    struct ledger_case *c, const char *url, const char *body)
{
    case_fetch_from(c, "s", url, body);
}

/* Lease one job; false when none is queued. */
static inline bool case_lease(struct ledger_case *c, struct job *job)
{
    struct err err;
    size_t n;

    must(ledger_job_lease(c->l, c->run, "w", &c->a, job, 1, &n, &err));
    return n == 1;
}

static inline int64_t case_job_of(struct ledger_case *c, const char *body)
{
    struct err err = { 0 };
    struct db_stmt *s =
        db_stmt(c->l->db, "SELECT id FROM leases WHERE sha256 = ?1", &err);
    unsigned char hash[LEDGER_HASH_BYTES];
    int64_t id = 0;

    assert_non_null(s);
    store_key(slice_str(body), c->key);
    must(ledger_hash_read(c->key, hash, &err));
    db_bind_blob(s, 1, hash, sizeof(hash));
    must(db_number(s, &id, &err));
    return id;
}

/* A record of the content `sha256` with `cell_n` cells in requests, one
 * check and one section. */
static inline struct record *case_record(struct ledger_case *c,
    const char *sha256, const char *organization, uint32_t year,
    uint32_t cell_n)
{
    struct record *r = arena_alloc(&c->a, sizeof(*r));

    r->sha256 = slice_str(arena_str(&c->a, sha256));
    r->media_type = SLICE_LIT("text/html");
    r->organization = slice_str(organization);
    r->year = year;
    r->form_requests = SLICE_LIT("2021");
    r->title = SLICE_LIT("title");
    r->status = REPORT_FLAGGED;
    r->reasons = arena_alloc_n(&c->a, 2, sizeof(*r->reasons));
    r->reasons[0] = SLICE_LIT("a.b: first");
    r->reasons[1] = SLICE_LIT("c.d: second");
    r->reason_n = 2;
    r->cell_n = cell_n;
    r->cells = arena_alloc_n(&c->a, cell_n, sizeof(*r->cells));
    for (uint32_t i = 0; i < cell_n; i++)
        r->cells[i] = (struct cell){ .table = SLICE_LIT("requests"),
            .row = arena_printf(&c->a, "row%u", i),
            .column = SLICE_LIT("total"),
            .value = arena_printf(&c->a, "%u", i),
            .raw = arena_printf(&c->a, "%u", i),
            .state = CELL_READ,
            .unit = SLICE_LIT("count"),
            .source = { .table = 1, .row = (int32_t)i, .col = 9 } };
    r->check_n = 1;
    r->checks = arena_alloc(&c->a, sizeof(*r->checks));
    r->checks[0] = (struct check){ .rule = SLICE_LIT("requests.row.row0"),
        .form = SLICE_LIT("2021"),
        .severity = SEVERITY_ERROR,
        .status = CHECK_FAIL,
        .left = SLICE_LIT("1"),
        .right = SLICE_LIT("2"),
        .difference = SLICE_LIT("-1"),
        .left_cells = SLICE_LIT("requests.row0.total + requests.row1.total"),
        .right_cells = SLICE_LIT("requests.row2.total"),
        .message = SLICE_LIT("does not add up") };
    r->section_n = 1;
    r->sections = arena_alloc(&c->a, sizeof(*r->sections));
    r->sections[0] = (struct section){
        .number = 1, .heading = SLICE_LIT("heading"), .text = SLICE_LIT("text")
    };
    return r;
}

static inline enum load_result case_put(
    struct ledger_case *c, const struct job *job, const struct record *rec)
{
    enum load_result result;
    struct err err;

    must(ledger_report_put(c->l, job->id, job->attempt, rec, &result, &err));
    return result;
}

/* Lease every queued job and load it as a report of body `o` on 2022; no two
 * say the same, or they would be renderings of one. */
static inline void case_load_all(struct ledger_case *c)
{
    struct job job;

    while (case_lease(c, &job)) {
        struct record *rec = case_record(c, job.sha256, "o", 2022, 3);

        rec->cells[2].value =
            arena_printf(&c->a, "%lld", (long long)job.id + 1);
        assert_int_equal(case_put(c, &job, rec), LOAD_DONE);
    }
}

/* Close every visit, seal and end the run as published. */
static inline void case_finish(struct ledger_case *c)
{
    struct err err;
    char archive[STORE_KEY_LEN + 1];

    store_key(SLICE_LIT("archive"), archive);
    must(ledger_run_crawled(c->l, c->run, &err));
    must(ledger_revisions_seal(c->l, &err));
    must(ledger_run_finish(
        c->l, c->run, RUN_PUBLISHED, "nianbao.tar.zst", archive, &err));
}

#endif
