/* SPDX-License-Identifier: Apache-2.0 */
/*
 * schema - the archive's tables: names, types, words for people.
 *
 * The one description from which the CSV header, the Parquet types, the
 * datapackage and the README are made.  Names are public API: columns are
 * added (nullable), never renamed or retyped, within a SCHEMA_VERSION.
 */
#ifndef LOADER_SCHEMA_H
#define LOADER_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "common/ledger.h"

#define SCHEMA_VERSION "1"

enum field_type {
    FIELD_TEXT,
    FIELD_INTEGER, /* 32 bits */
    FIELD_BIGINT,  /* 64 bits */
    FIELD_DECIMAL, /* a printed number: DECIMAL(18,6) */
    FIELD_SUM,     /* a sum or an amount in yuan: DECIMAL(24,6) */
    FIELD_REAL,    /* a position on a page, 32 bits */
    FIELD_DATE,    /* YYYY-MM-DD */
    FIELD_TIME,    /* YYYY-MM-DDTHH:MM:SSZ */
};

struct field {
    const char *name;
    enum field_type type;
    bool required;     /* never null */
    const char *title; /* in English */
    const char *label; /* in Chinese */
    const char *description;
    const char *values; /* the only values it takes, "a|b|c", or NULL */
};

/* Columns of one table that name a row of another. */
struct foreign_key {
    const char *const *fields; /* NULL at the end */
    const char *table;
    const char *const *their_fields;
};

struct table {
    const char *name, *title, *label, *description;
    const struct field *field;
    size_t field_n;
    const char *const *primary_key;    /* NULL at the end */
    const struct foreign_key *foreign; /* fields NULL at the end */
};

/* The tables that are in the ledger as they are in the archive. */
const struct table *schema_table(enum export_table t);

#define SCHEMA_TABLES (EXPORT_SECTIONS + 1)

/* Index of the column with this name, which must be there. */
size_t schema_column(const struct table *t, const char *name);

#endif
