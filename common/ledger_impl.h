/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ledger_impl - what the files common/ledger_*.c share; for them alone.
 */
#ifndef COMMON_LEDGER_IMPL_H
#define COMMON_LEDGER_IMPL_H

#include "common/db.h"
#include "common/ledger.h"

#define LEDGER_HASH_BYTES 32  /* SHA-256, kept as a BLOB */
#define LEDGER_HASH_DIGITS 64 /* the same in hex, as others see it */

struct ledger {
    struct db *db;
    struct arena scratch; /* of one call; reset at its start */
};

/* Where a writing function's own part of the work began. */
enum ledger_part {
    PART_TRANSACTION, /* no transaction was open: this is one */
    PART_SAVEPOINT,   /* inside the caller's transaction */
};

/* Begin a part that happens wholly or not at all. */
int ledger_enter(struct ledger *l, enum ledger_part *part, struct err *err);
/* End it: keep it when `rc` is 0, else undo it; returns the new rc. */
int ledger_leave(
    struct ledger *l, enum ledger_part part, int rc, struct err *err);

/* The schema's migrations: entry N-1 holds the SQL texts that lead from
 * version N-1 to N.  NULL at both ends. */
extern const char *const *const ledger_migrations[];

/* 64 hex digits to bytes; ERR_FATAL on anything else. */
int ledger_hash_read(
    const char *hex, unsigned char hash[LEDGER_HASH_BYTES], struct err *err);
/* Bytes to 64 hex digits in the arena; NULL for a null blob. */
const char *ledger_hash_text(struct arena *a, struct slice hash);

/* ---- parts of a transaction that several files write ------------------- */

/* A document's row; *known when this content was seen at its address
 * before.  Of `f` run, url and what describes the body are used. */
int ledger_put_document(struct ledger *l, const struct ledger_fetch *f,
    const unsigned char *hash, int64_t *id, bool *known, struct err *err);
/* Its job, unless another document with these bytes has it; one that is
 * queued now is quarantined at once where there is a `reason`. */
int ledger_put_job(
    struct ledger *l, int64_t document, const char *reason, struct err *err);
/* The parts of a container whose row is new. */
int ledger_put_parts(struct ledger *l, const struct ledger_fetch *f,
    int64_t document, struct err *err);
int ledger_put_quarantine(
    struct ledger *l, int64_t job, const char *reason, struct err *err);

/* Digest of a record's numbers, the same for renderings that say the same;
 * false: it has none. */
bool ledger_renderings_digest(struct arena *a, const struct record *rec,
    unsigned char hash[LEDGER_HASH_BYTES]);
/* Whether report `other` shows another number than `chief` in any cell, or
 * has none in common with it. */
int ledger_renderings_compare(struct ledger *l, int64_t chief, int64_t other,
    bool *contradicts, struct err *err);
/* The check "report.renderings" of `chief`, and its flag where one of its
 * renderings contradicts it and no sum decides. */
int ledger_renderings_put(struct ledger *l, int64_t chief,
    const int64_t *rendering, size_t n, struct err *err);

/* Column `col` of the row copied to the arena; NULL for SQL NULL. */
const char *ledger_text(struct arena *a, struct db_stmt *s, int col);
struct slice ledger_slice(struct arena *a, struct db_stmt *s, int col);

#endif
