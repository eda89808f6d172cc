/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ole_package - streams of an OLE2 compound file (DOC, XLS).
 *
 * The file is checked by ole_directory before the library sees it, so that
 * it meets no loops, no missing sectors and no sizes that the file has not.
 */
#ifndef TRANSFORMER_OLE_PACKAGE_H
#define TRANSFORMER_OLE_PACKAGE_H

#include <stdbool.h>

#include "common/arena.h"
#include "common/err.h"
#include "common/slice.h"
#include "transformer/ole_directory.h"

struct ole_package {
    struct ole_directory directory; /* `in` may be a padded copy */
    struct arena *arena;            /* holds every stream read */
    void *file;                     /* the library's */
};

/* Let the library do now what it cannot inside the sandbox.  Calling it
 * again does nothing. */
void ole_package_prepare(void);

/* Open `in`, which must outlive the package.  Close it in any case.
 * ERR_INPUT, ERR_LIMIT as of ole_directory_open. */
int ole_package_open(struct ole_package *o, struct slice in,
    struct arena *arena, struct err *err);
void ole_package_close(struct ole_package *o);

/* Is there such a stream or storage at the top?  ASCII, of any case. */
bool ole_package_has(const struct ole_package *o, const char *name);

/* All bytes of a stream at the top, in the arena.  ERR_INPUT as of
 * ole_directory_stream. */
int ole_package_stream(struct ole_package *o, const char *name,
    struct slice *bytes, struct err *err);

#endif
