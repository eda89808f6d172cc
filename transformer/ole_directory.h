/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ole_directory - what is in an OLE2 compound file, looked at in place.
 *
 * [MS-CFB].  Chains of sectors and the tree of names are checked here,
 * before a library goes through them: no loops, nothing outside the file,
 * few enough.  Nothing is allocated, so a bid may use it.
 */
#ifndef TRANSFORMER_OLE_DIRECTORY_H
#define TRANSFORMER_OLE_DIRECTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "common/err.h"
#include "common/limits.h"
#include "common/slice.h"

#define OLE_MAGIC SLICE_LIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

/* Entries of 128 bytes in sectors of 512. */
#define OLE_DIRECTORY_SECTORS (LIMIT_OLE_ENTRIES / 4u)

struct ole_directory {
    struct slice in;
    uint32_t shift;    /* a sector has 1 << shift bytes */
    uint32_t sector_n; /* whole ones in the file, behind its header */
    uint32_t directory_n;
    uint32_t directory[OLE_DIRECTORY_SECTORS]; /* sectors, in order */
    uint32_t entry_n;
    uint32_t child_n; /* entries right below the root */
    uint16_t child[LIMIT_OLE_ENTRIES];
};

/* ERR_INPUT "reader.broken: ...", ERR_LIMIT "reader.size: ..." */
int ole_directory_open(
    struct ole_directory *d, struct slice in, struct err *err);

/* Is there such a stream or storage right below the root?  Names are ASCII
 * here, of any case. */
bool ole_directory_has(const struct ole_directory *d, const char *name);

/* Does the root's class id begin with this number (its first field)? */
bool ole_directory_is_class(const struct ole_directory *d, uint32_t first);

/*
 * Check every chain that reading this stream follows; its size goes to
 * `size`.  `name` is as ole_directory_has takes it.  ERR_INPUT
 * "reader.broken: ..." when it is missing, loops, or ends too early.
 */
int ole_directory_stream(const struct ole_directory *d, const char *name,
    uint32_t *size, struct err *err);

/*
 * Media type of an OLE2 file by what is in it, "application/x-ole-storage"
 * for those that nobody knows.  Static text.
 */
const char *ole_directory_type(struct slice in);

#endif
