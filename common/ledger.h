/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ledger - the truth: what was fetched, who works on it, what came out.
 *
 * Two processes write (collector and loader), many may read.  All state of
 * the pipeline that must survive a kill is here; sockets only move work.
 * The SQL lives in common/ledger_*.c on top of common/db.h; db_sqlite.c
 * alone knows SQLite, and a second back end is a second db_*.c.
 *
 * Times are seconds since 1970.  Hashes cross this interface as 64 hex
 * digits.  Functions return 0 or -1 with ERR_RETRY (busy) or ERR_FATAL
 * unless said otherwise.  Texts in structs handed out are borrowed from the
 * arena given; NULL is SQL NULL.
 */
#ifndef COMMON_LEDGER_H
#define COMMON_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/conf.h"
#include "common/err.h"
#include "common/record.h"

struct ledger;

enum ledger_mode {
    LEDGER_WRITE, /* open or make, migrate to the newest schema */
    LEDGER_READ,  /* open what is there, never change it */
};

/* `dir` is conf->state_dir; the file is ledger.sqlite in it.  NULL with
 * ERR_FATAL: no file (LEDGER_READ), newer schema than this build, damaged;
 * ERR_RETRY: busy, or (LEDGER_READ) being made at this moment. */
struct ledger *ledger_open(
    const char *dir, enum ledger_mode mode, struct err *err);
void ledger_close(struct ledger *l);

/* Group commit: what lies between begin and commit is one transaction.
 * Writing functions outside of one make their own. */
int ledger_begin(struct ledger *l, struct err *err);
/* A transaction that only reads: one unchanging view until commit. */
int ledger_begin_read(struct ledger *l, struct err *err);
int ledger_commit(struct ledger *l, struct err *err);
void ledger_rollback(struct ledger *l);

/* ---- runs ---------------------------------------------------------- */

enum run_state {
    RUN_CRAWLING,  /* the collector still has URLs to visit */
    RUN_CRAWLED,   /* nothing more will be fetched */
    RUN_PUBLISHED, /* its archive is out */
    RUN_EMPTY,     /* it brought nothing new, no archive was made */
};

struct run {
    int64_t id;
    const char *name; /* "20261120T161100Z", unique, part of file names */
    enum run_state state;
    int64_t started_at, finished_at; /* 0: not yet */
    const char *archive;             /* file name of the tar.zst, or NULL */
};

/* "crawling", "crawled", "published", "empty". */
const char *run_state_name(enum run_state s);

/* The newest unfinished run, else a new one named after the clock
 * ("-2" and so on appended where that name is taken). */
int ledger_run_open(
    struct ledger *l, struct arena *a, struct run *run, struct err *err);
/* Newest run, or the one with that id; ERR_INPUT when there is none. */
int ledger_run_get(struct ledger *l, int64_t id_or_0, struct arena *a,
    struct run *run, struct err *err);
int ledger_run_crawled(struct ledger *l, int64_t run, struct err *err);
/* End a crawled run without open jobs (ERR_FATAL otherwise; one that has
 * ended already stays as it is):
 * state RUN_PUBLISHED with the archive's file name and sha-256, or
 * RUN_EMPTY with NULLs; adds the outbox rows of the run. */
int ledger_run_finish(struct ledger *l, int64_t run, enum run_state state,
    const char *archive, const char *sha256, struct err *err);

struct run_summary {
    uint64_t urls_total, urls_done, urls_failed; /* of this run's visit */
    uint64_t requests;                           /* HTTP exchanges */
    uint64_t not_modified;                       /* 304 answers */
    uint64_t fetched;                            /* new documents of this run */
    uint64_t duplicates; /* same bytes as an earlier document */
    uint64_t unpacked;   /* containers, whose parts are counted as well */
    uint64_t loaded_valid, loaded_flagged;
    uint64_t renderings; /* other documents of these, known once sealed */
    uint64_t rejected;   /* recognised as no annual report */
    uint64_t quarantined;
    uint64_t open; /* queued or leased */
};
int ledger_run_summary(
    struct ledger *l, int64_t run, struct run_summary *sum, struct err *err);
/* The same, of one source. */
int ledger_source_summary(struct ledger *l, int64_t run, const char *source,
    struct run_summary *sum, struct err *err);

/* ---- what the collector does --------------------------------------- */

enum url_kind {
    URL_LIST,     /* a list page: links are followed */
    URL_DOCUMENT, /* a report page or an attachment */
};

struct ledger_url {
    int64_t id;
    const char *source; /* conf_source.name */
    const char *url;
    enum url_kind kind;
    int64_t parent;    /* of an attachment: the page that links to it; else 0 */
    uint32_t page;     /* of a list: 1, 2, ... */
    const char *title; /* anchor text or title attribute, or NULL */
    const char *list_date;             /* YYYY-MM-DD beside the link, or NULL */
    const char *organization, *region; /* of its column, or NULL */
    const char *etag, *last_modified;  /* of the last 200, or NULL */
    const char *list_body; /* key of a list page's last body, or NULL */
    uint32_t tries;        /* in this run */
};

int ledger_source_put(
    struct ledger *l, const struct conf_source *src, struct err *err);
/* Names of all sources ever put, in order. */
int ledger_source_names(struct ledger *l,
    void (*name)(void *ctx, const char *text), void *ctx, struct err *err);
/* Add, or update title, date and column of a known one; either way it is to
 * be visited in this run unless that was done already.  Seeds come first,
 * then in order of discovery.  `*is_new` may be NULL. */
int ledger_url_put(struct ledger *l, int64_t run, const struct ledger_url *u,
    bool *is_new, struct err *err);
/* Make every known document URL of the source due in this run (so that
 * changed ones are noticed though no list names them any more). */
int ledger_url_requeue(
    struct ledger *l, int64_t run, const char *source, struct err *err);
/* Next due URLs of one source in visiting order, at most `max`; those with
 * a retry time after `now_s` are left out.  Returns the number in `*n`. */
int ledger_url_next(struct ledger *l, int64_t run, const char *source,
    int64_t now_s, struct arena *a, struct ledger_url *out, size_t max,
    size_t *n, struct err *err);
/* Whether the source has URLs left in this run, and when the earliest is
 * due (0: now). */
int ledger_url_left(struct ledger *l, int64_t run, const char *source,
    uint64_t *left, int64_t *next_at, struct err *err);

/* A document that was unpacked from a fetched container. */
struct ledger_inner {
    uint32_t within;    /* index in the array, from 1, of the container it
                         * lies in; 0: in the fetched one itself */
    const char *path;   /* inside that container */
    const char *title;  /* hint for reading it, or NULL */
    const char *sha256; /* its body, or a note where it has none */
    uint64_t size;
    const char *reason; /* set aside at once with this, or NULL */
    bool is_container;  /* it has no job; its parts have */
};

/* The result of one visit. */
struct ledger_fetch {
    int64_t run, url;
    int64_t at;        /* clock_now_s */
    int32_t status;    /* HTTP, 0 when there was no answer */
    uint64_t bytes;    /* received */
    const char *error; /* "robots: disallowed", "timeout", or NULL */
    int64_t retry_at;  /* > 0: visit again then; 0: done with it */
    /* for a 200 with a body that was kept: */
    const char *sha256; /* else NULL */
    const char *final_url, *etag, *last_modified, *media_type, *charset;
    uint64_t size;
    /* for a body that is a container: its parts, those of containers in it
     * behind them; or why it is set aside at once */
    bool is_container;
    const struct ledger_inner *part;
    size_t part_n;
    const char *reason;
    /* for a 200 of a list page: its key in the store, where it is read again
     * when the portal says that it is unchanged */
    const char *list_body;
};
/* Record a visit; for a kept document body also the document row and, for
 * bytes never seen before, its job (state queued).  A container has no job:
 * each of its parts becomes a document like any other, at the address
 * <container>#<path>.  List pages pass
 * sha256 NULL but may pass etag, last_modified and list_body.  One
 * transaction. */
int ledger_fetch_put(
    struct ledger *l, const struct ledger_fetch *f, struct err *err);

/* ---- jobs: the extraction of one content ---------------------------- */

struct job {
    int64_t id;
    uint32_t attempt;  /* fencing token: grows with every lease */
    uint32_t failures; /* failed or expired leases so far */
    int64_t run;
    uint64_t size; /* bytes of the body */
    const char *sha256, *url, *final_url, *media_type, *charset;
    const char *source, *title, *list_date, *organization, *region;
};

/* Lease up to `max` queued jobs of the run, those that failed before last;
 * attempt grows.  Fewer when their bodies would pass LIMIT_LEASED_BYTES
 * together. */
int ledger_job_lease(struct ledger *l, int64_t run, const char *worker,
    struct arena *a, struct job *out, size_t max, size_t *n, struct err *err);
/* Give a lease back: the worker failed or its heartbeat stopped.  `fault`
 * says whether it counts as a failure.  When failures reach failures_max
 * the job is quarantined with `reason`.  A stale attempt changes nothing. */
int ledger_job_return(struct ledger *l, int64_t job, uint32_t attempt,
    bool fault, uint32_t failures_max, const char *reason, bool *quarantined,
    struct err *err);
/* Quarantine at once: the document is at fault.  `reason` is
 * "<code>: <words>" and must not depend on time or attempt.  A stale
 * attempt or a finished job changes nothing. */
int ledger_job_quarantine(struct ledger *l, int64_t job, uint32_t attempt,
    const char *reason, struct err *err);
/* After a restart of the collector: all leases of the run are queued again,
 * no fault counted. */
int ledger_job_release_all(struct ledger *l, int64_t run, struct err *err);
/* Whether the job has come to an end (loaded, rejected, quarantined);
 * ERR_INPUT when there is no such job. */
int ledger_job_done(struct ledger *l, int64_t job, bool *done, struct err *err);
/* Jobs of the run not yet ended; `queued` of them wait for a lease. */
int ledger_job_open_n(struct ledger *l, int64_t run, uint64_t *open,
    uint64_t *queued, struct err *err);

/* ---- what the loader does ------------------------------------------- */

enum load_result {
    LOAD_DONE,     /* committed now */
    LOAD_REPEATED, /* it was there already, nothing changed */
    LOAD_STALE,    /* the lease was given to another since; nothing changed */
};

/* Report, cells, checks, sections and the job's final state (loaded, or
 * rejected for REPORT_UNRECOGNIZED), all or nothing, in the open
 * transaction or one of its own.  The report's id is
 * <region>-<organization>-<year>. */
int ledger_report_put(struct ledger *l, int64_t job, uint32_t attempt,
    const struct record *rec, enum load_result *result, struct err *err);

/* Find out which documents are renderings of one report, compare them (the
 * check "report.renderings"), and number the revisions of all reports, so
 * that nothing depends on the order of work: by run, publication date, URL.
 * Called once when a run has no open job left, before it is exported. */
int ledger_revisions_seal(struct ledger *l, struct err *err);

/* ---- export: rows in a fixed order, independent of when work was done --- */

enum export_table {
    EXPORT_DOCUMENTS,
    EXPORT_REPORTS,
    EXPORT_CELLS,
    EXPORT_CHECKS,
    EXPORT_SECTIONS,
};

/* One row; `v[i]` is NULL for null.  Valid until the next call. */
struct export_row {
    size_t n;
    const char *const *v;
};

/* Walk the rows of a table; the columns are those of ledger_export_columns.
 * `row` returns 0 to go on, -1 with err set to stop. */
int ledger_export(struct ledger *l, enum export_table t,
    int (*row)(void *ctx, const struct export_row *r, struct err *err),
    void *ctx, struct err *err);

/* Column names of the export in order, NULL at the end. */
const char *const *ledger_export_columns(enum export_table t);

/* ---- what people ask ------------------------------------------------- */

/* One line of `nianbao audit`: a promise, whether it holds, the numbers. */
struct audit_line {
    const char *what; /* "fetched = loaded + rejected + quarantined + ..." */
    bool holds;
    const char *detail;
};
/* The ledger's own part of the audit (SQL integrity included); the store's
 * part is done by the command.  Lines go to `line`. */
int ledger_audit(struct ledger *l,
    void (*line)(void *ctx, const struct audit_line *a), void *ctx,
    struct err *err);

/* How many different contents were ever kept, and each of them once, with
 * one of its URLs, in order of hash.  `row` returns 0 to go on, -1 with err
 * set to stop. */
int ledger_content_n(struct ledger *l, uint64_t *n, struct err *err);
int ledger_content_walk(struct ledger *l,
    int (*row)(void *ctx, const char *sha256, const char *url, struct err *err),
    void *ctx, struct err *err);

struct quarantine_row {
    const char *sha256, *source, *url, *reason;
    int64_t at;
    uint32_t failures;
};
int ledger_quarantine_list(struct ledger *l,
    void (*row)(void *ctx, const struct quarantine_row *q), void *ctx,
    struct err *err);

/* Everything the ledger knows about one cell "table.row.column" of a
 * report id (newest revision): the cell and the checks that name it go to
 * `rec` (cells and checks only, plus the report's fields), the document's
 * URL and fetch time to the out parameters.  ERR_INPUT when there is no
 * such report or cell; the message says which. */
int ledger_explain(struct ledger *l, const char *report_id, const char *table,
    const char *row, const char *column, struct arena *a, struct record *rec,
    const char **url, int64_t *fetched_at, struct err *err);

/* What another rendering of the same revision says in this cell. */
struct rendering_row {
    const char *url, *reader;
    const char *value, *raw, *state; /* NULL: it has no such cell */
};
int ledger_renderings(struct ledger *l, const char *report_id,
    const char *table, const char *row, const char *column,
    void (*tell)(void *ctx, const struct rendering_row *r), void *ctx,
    struct err *err);

/* The names there are: report ids (report_id NULL), tables of a report
 * (table NULL), rows of a table (row NULL), columns of a row. */
int ledger_names(struct ledger *l, const char *report_id, const char *table,
    const char *row, void (*name)(void *ctx, const char *text), void *ctx,
    struct err *err);

#endif
