/* SPDX-License-Identifier: Apache-2.0 */
/*
 * keys - the cells that the forms know, as columns of reports_wide.
 *
 * All cells of all forms, whether any document used them or not: a
 * warehouse's table must not change with the weather.  Read from the same
 * files as the transformer's forms, but only keys, labels and units.
 */
#ifndef LOADER_KEYS_H
#define LOADER_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/arena.h"
#include "common/err.h"

struct key {
    const char *name;  /* "requests.new.total" */
    const char *label; /* Chinese: table, row, column */
    bool is_amount;    /* money: documents give it in yuan or 10,000 yuan */
};

struct keys {
    struct key *key; /* by table, then form (oldest first), then form order */
    size_t key_n;
    struct arena arena; /* owns them */
};

/* Read every *.yaml of `dir`; NULL with ERR_FATAL naming the file. */
struct keys *keys_read(const char *dir, struct err *err);
void keys_free(struct keys *keys);

#endif
