/* SPDX-License-Identifier: Apache-2.0 */
/*
 * archive - a folder to one tar.zst, the same bytes for the same files.
 */
#ifndef LOADER_ARCHIVE_H
#define LOADER_ARCHIVE_H

#include <stdint.h>

#include "common/err.h"

/* Pack everything below `dir` into the new file `path`, each name with
 * `prefix`/ in front, all times `mtime_s`.  Not yet synced.  ERR_RETRY when
 * the disk refuses, ERR_FATAL for a name that is not plain ASCII. */
int archive_pack(const char *dir, const char *prefix, int64_t mtime_s,
    const char *path, struct err *err);

#endif
