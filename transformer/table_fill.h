/* SPDX-License-Identifier: Apache-2.0 */
/*
 * table_fill - claims of one instance of a table to filled slots.
 */
#ifndef TRANSFORMER_TABLE_FILL_H
#define TRANSFORMER_TABLE_FILL_H

#include "transformer/table_read.h"

/* Align and fill; `claims` come from align_exact. */
void table_fill(const struct labels *labels, const struct form_view *view,
    struct arena *arena, struct claim *claims, uint32_t n,
    struct table_read *out);

#endif
