/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reading - bytes to a record, with a second opinion where it helps.
 *
 * A Word document that cannot be read, or whose tables do not pass their
 * checks, is read once more by way of LibreOffice where that is installed.
 * Its reading is taken when it passes where the direct one does not; the
 * record's reader says so.
 */
#ifndef TRANSFORMER_READING_H
#define TRANSFORMER_READING_H

#include "common/cage.h"
#include "common/err.h"
#include "common/record.h"
#include "common/slice.h"
#include "transformer/extract.h"
#include "transformer/form.h"
#include "transformer/route.h"

/*
 * Read `in` and extract it into `rec` (arena and sha256 set; texts live in
 * rec->arena).  Errors as of route_read and extract; ERR_RETRY when a reader
 * was killed from outside, and then the arena may be reset and the call
 * repeated.
 */
int reading_make(struct route *route, const struct forms *forms,
    struct slice in, const struct cage_hints *hints,
    const struct extract_hints *known, struct record *rec, struct err *err);

#endif
