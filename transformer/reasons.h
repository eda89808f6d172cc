/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reasons - the reasons of a report, gathered on the way.
 */
#ifndef TRANSFORMER_REASONS_H
#define TRANSFORMER_REASONS_H

#include "common/record.h"

/* Add a reason, "<code>: <words>".  A report with any reason is flagged by
 * extract_verdict. */
void reason_add(struct record *rec, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
