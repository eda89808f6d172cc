/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hostile - what nianbao-hostile writes.
 */
#ifndef TESTS_HOSTILE_HOSTILE_H
#define TESTS_HOSTILE_HOSTILE_H

#include <stdio.h>

struct hostile_case {
    const char *name; /* path in the folder */
    void (*put)(FILE *f);
};

/* Files of other formats than HTML; a NULL name at the end. */
extern const struct hostile_case file_cases[];

#endif
