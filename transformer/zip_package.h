/* SPDX-License-Identifier: Apache-2.0 */
/*
 * zip_package - the parts of a zip file that holds one document.
 *
 * The central directory says what is there, as office programs read it; no
 * size of it is believed.  Parts come in blocks and are counted as they
 * come, each against its ceiling, its growth and the package's ceiling.
 */
#ifndef TRANSFORMER_ZIP_PACKAGE_H
#define TRANSFORMER_ZIP_PACKAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/err.h"
#include "common/slice.h"

struct zip_entry {
    struct slice name; /* '/' between its parts, as written otherwise */
    uint32_t index;    /* in the order of the file */
};

struct zip_package {
    struct slice in;
    struct zip_entry *entry; /* in order of name */
    uint32_t entry_n;
    uint64_t unpacked; /* bytes read from all parts so far */
    bool is_flat;      /* no zip file: `in` is every part */
};

/* Take a block of a part; -1 with `err` set ends the reading. */
typedef int zip_take(void *to, struct slice block, struct err *err);

/* What the library does once and needs files for, to be called before the
 * sandbox closes. */
void zip_package_prepare(void);

/* List what `in` holds; the list lives in `arena`.  ERR_INPUT
 * "reader.broken" or "reader.encrypted", ERR_LIMIT "reader.size". */
int zip_package_open(struct zip_package *z, struct slice in,
    struct arena *arena, struct err *err);

/* Let `part` stand for a part of any name, as in documents of one file. */
void zip_package_flat(struct zip_package *z, struct slice part);

/* Is there a part of this name?  Case does not matter (ECMA-376 part 2). */
bool zip_package_has(const struct zip_package *z, struct slice name);

/* The name of the part that part `of` calls `target`: "/" in front means from
 * the root, else beside `of`; "." and ".." are followed, '\\' is a '/'. */
struct slice zip_package_resolve(
    struct arena *arena, struct slice of, struct slice target);

/* Hand the part to `take`, block by block.  ERR_INPUT "reader.broken",
 * ERR_LIMIT "reader.size" or "reader.ratio", or what `take` says. */
int zip_package_read(struct zip_package *z, struct slice name, zip_take *take,
    void *to, struct err *err);

#endif
