/* SPDX-License-Identifier: Apache-2.0 */
/*
 * admit - whether a record may enter the ledger.
 *
 * What is in the ledger must fit into every archive for ever: one text that
 * is no UTF-8, or one number wider than its column, would stop the
 * publication of all the others.  So it is refused at the door, alone.
 */
#ifndef LOADER_ADMIT_H
#define LOADER_ADMIT_H

#include "common/err.h"
#include "common/record.h"

/* 0, or ERR_INPUT with "record.broken: ..." saying which field, and what
 * would be right. */
int admit_record(const struct record *rec, struct err *err);

#endif
