/* SPDX-License-Identifier: Apache-2.0 */
/*
 * misread - what people and programs make of a number by one error.
 */
#ifndef TESTS_LOCALIZE_MISREAD_H
#define TESTS_LOCALIZE_MISREAD_H

#include <stdbool.h>

#include "tests/gen/rng.h"

enum {
    MISREAD_MAX = 24, /* bytes with the terminator */
};

struct misread {
    const char *name;
    /* Another text for `printed` ("" when it is blank); false when the
     * error cannot happen to it. */
    bool (*make)(struct rng *r, const char *printed, char out[MISREAD_MAX]);
};

extern const struct misread misreads[]; /* ends with a NULL name */

#endif
