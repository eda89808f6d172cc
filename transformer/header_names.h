/* SPDX-License-Identifier: Apache-2.0 */
/*
 * header_names - what each cell of the header bands names.
 */
#ifndef TRANSFORMER_HEADER_NAMES_H
#define TRANSFORMER_HEADER_NAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "transformer/grid.h"
#include "transformer/label.h"

#define NAMES_MAX 128u /* header cells looked at */

/* A header cell and what it names. */
struct name {
    const struct token *tok;
    uint32_t band; /* index among the header bands */
    uint32_t col;
    uint32_t times; /* cells side by side with this text */
    int32_t column; /* of the block, or -1 */
    bool group;     /* label of several columns */
    bool known;     /* some other label of the form */
};

struct names {
    struct name name[NAMES_MAX];
    uint32_t n;
};

/* Which columns the names are looked for in. */
struct place {
    const struct labels *labels;
    const struct form_view *view;
    uint32_t block;
};

void names_read(const struct band *const *bands, uint32_t n,
    const struct place *at, struct names *out);

#endif
