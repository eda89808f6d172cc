/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tables - which form each table of a report follows.
 */
#ifndef TRANSFORMER_TABLES_H
#define TRANSFORMER_TABLES_H

#include "common/record.h"
#include "transformer/form.h"
#include "transformer/label.h"

/* The form that a table of the record follows; for a table that is not
 * there the form of the others, then that of the year, then the newest. */
uint32_t tables_form(
    const struct forms *forms, const struct record *rec, enum table_kind kind);

#endif
