/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dataset - the ledger's tables to data files, in every format.
 */
#ifndef LOADER_DATASET_H
#define LOADER_DATASET_H

#include <stdint.h>

#include "common/err.h"
#include "common/ledger.h"
#include "loader/keys.h"
#include "loader/schema.h"
#include "loader/wide.h"

/* A table and how many rows of it were written. */
struct dataset_table {
    const struct table *table;
    uint64_t row_n;
};

struct dataset {
    struct dataset_table table[SCHEMA_TABLES + 1]; /* as in the archive */
    size_t table_n;
    struct wide *wide; /* owns the wide table's fields */
};

/* Write `<dir>/<table><suffix>` for every table and writer; `tmp` is a
 * folder for what must wait.  ERR_RETRY: the disk refuses or the process was
 * asked to stop. */
int dataset_write(struct dataset *d, struct ledger *ledger,
    const struct keys *keys, const char *dir, const char *tmp, struct err *err);
void dataset_clear(struct dataset *d);

#endif
