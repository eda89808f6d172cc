/* SPDX-License-Identifier: Apache-2.0 */
/*
 * db - prepared SQL, the seam under the ledger.
 *
 * Only what the ledger needs: statements with ?N parameters, transactions,
 * rows of text, integers and null.  db_sqlite.c is the one file that knows
 * SQLite; another back end implements this header.
 */
#ifndef COMMON_DB_H
#define COMMON_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"
#include "common/slice.h"

struct db;
struct db_stmt; /* owned and cached by its db */

/* NULL with ERR_FATAL.  Opening for writing makes the file if need be. */
struct db *db_open(const char *path, bool read_only, struct err *err);
void db_close(struct db *db);

/* One or more statements without parameters or rows. */
int db_exec(struct db *db, const char *sql, struct err *err);

/* BEGIN IMMEDIATE, COMMIT, ROLLBACK.  ERR_RETRY when another writer is in
 * the way for longer than the busy timeout. */
int db_begin(struct db *db, struct err *err);
int db_commit(struct db *db, struct err *err);
void db_rollback(struct db *db);
bool db_in_transaction(const struct db *db);

/* A transaction that only reads: one unchanging view until db_commit. */
int db_begin_read(struct db *db, struct err *err);

/* A part of a transaction that can be undone alone.  They nest. */
int db_savepoint(struct db *db, struct err *err);
int db_release(struct db *db, struct err *err);
void db_undo(struct db *db);

/* The version of the schema kept in the file; 0 for a fresh one. */
int db_version(struct db *db, int64_t *version, struct err *err);
int db_set_version(struct db *db, int64_t version, struct err *err);

/* The back end's own examination of the file: 0 and *text "ok", or the
 * first trouble it names.  Text is valid until the next call. */
int db_integrity(struct db *db, const char **text, struct err *err);
/* Rows whose foreign key leads nowhere. */
int db_foreign_key_orphans(struct db *db, int64_t *n, struct err *err);

/* The prepared statement for `sql`, reset and unbound; prepared once per
 * distinct `sql` pointer, so pass static text.  NULL with ERR_FATAL. */
struct db_stmt *db_stmt(struct db *db, const char *sql, struct err *err);

/* Parameters count from 1.  NULL or { NULL, 0 } binds SQL NULL.  Text is
 * copied. */
void db_bind_int(struct db_stmt *s, int i, int64_t v);
void db_bind_str(struct db_stmt *s, int i, const char *v);
void db_bind_slice(struct db_stmt *s, int i, struct slice v);
void db_bind_blob(struct db_stmt *s, int i, const void *p, size_t len);
/* As db_bind_slice, but the text is not copied: it must live until the
 * statement was stepped.  For rows by the hundred. */
void db_bind_lent(struct db_stmt *s, int i, struct slice v);

/* 1: a row is there; 0: no more rows (statement reset); -1: error. */
int db_step(struct db_stmt *s, struct err *err);
/* Step once and expect no row. */
int db_run(struct db_stmt *s, struct err *err);
/* The first row's first column, 0 without a row; resets. */
int db_number(struct db_stmt *s, int64_t *v, struct err *err);
/* Leave off before the last row; a statement left standing holds its view
 * of the file open. */
void db_reset(struct db_stmt *s);

/* Columns count from 0; text is valid until the next step. */
int64_t db_int(struct db_stmt *s, int col);
const char *db_str(struct db_stmt *s, int col);   /* NULL for SQL NULL */
struct slice db_text(struct db_stmt *s, int col); /* p NULL for SQL NULL */
struct slice db_blob(struct db_stmt *s, int col);
bool db_is_null(struct db_stmt *s, int col);

/* Rows changed by the last statement; id of the last insert. */
int64_t db_changes(const struct db *db);
int64_t db_last_id(const struct db *db);

#endif
