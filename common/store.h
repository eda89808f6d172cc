/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store - fetched bodies by their SHA-256: <dir>/store/ab/abcdef...
 *
 * A body appears whole or not at all: written to a temporary name, fsynced,
 * renamed, the folder fsynced.  Writing one that is there already writes
 * nothing.  A body is never removed, and replaced only where it is damaged.
 */
#ifndef COMMON_STORE_H
#define COMMON_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/buf.h"
#include "common/err.h"
#include "common/slice.h"

#define STORE_KEY_LEN 64 /* lower-case hex digits */

struct store;

/* Open or make the store under `dir`; NULL with ERR_FATAL. */
struct store *store_open(const char *dir, struct err *err);
void store_close(struct store *s);

/* Hex SHA-256 of `body` and a terminator into `key`. */
void store_key(struct slice body, char key[STORE_KEY_LEN + 1]);

/* Keep `body`; its key goes to `key`.  ERR_FATAL when the disk refuses. */
int store_put(struct store *s, struct slice body, char key[STORE_KEY_LEN + 1],
    struct err *err);

/* Append the body to `out` and check it against its key: ERR_INPUT when it
 * is absent or its bytes no longer match. */
int store_get(
    const struct store *s, const char *key, struct buf *out, struct err *err);

bool store_has(const struct store *s, const char *key);

#endif
