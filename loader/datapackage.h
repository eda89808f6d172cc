/* SPDX-License-Identifier: Apache-2.0 */
/*
 * datapackage - datapackage.json: what is in the files, for programs.
 */
#ifndef LOADER_DATAPACKAGE_H
#define LOADER_DATAPACKAGE_H

#include "common/err.h"
#include "common/ledger.h"
#include "loader/dataset.h"

/* Write `<dir>/datapackage.json` for the files in `<dir>/data`. */
int datapackage_write(const char *dir, const char *name, const struct run *run,
    const struct dataset *d, struct err *err);

#endif
