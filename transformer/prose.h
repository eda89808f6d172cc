/* SPDX-License-Identifier: Apache-2.0 */
/*
 * prose - what prose.c and prose_numbers.c share.
 */
#ifndef TRANSFORMER_PROSE_H
#define TRANSFORMER_PROSE_H

#include "common/record.h"
#include "transformer/recognize.h"

/* The next check of `rec`, with rule (static text), severity and status
 * set; extract_prose made room. */
struct check *prose_check(struct record *rec, const char *rule,
    enum check_severity severity, enum check_status status);

/* text.*: the numbers in section one against the tables. */
void prose_numbers(struct record *rec);

#endif
