/* SPDX-License-Identifier: Apache-2.0 */
/*
 * readme - README.md of an archive, for people.
 */
#ifndef LOADER_README_H
#define LOADER_README_H

#include "common/err.h"
#include "common/ledger.h"
#include "loader/dataset.h"

/* Write `<dir>/README.md`. */
int readme_write(const char *dir, const char *name, const struct run *run,
    const struct dataset *d, struct err *err);

#endif
