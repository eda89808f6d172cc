/* SPDX-License-Identifier: Apache-2.0 */
/*
 * checks - equations to the checks of a record.
 */
#ifndef TRANSFORMER_CHECKS_H
#define TRANSFORMER_CHECKS_H

#include "common/record.h"
#include "transformer/equations.h"

/* Prove blanks, propose what failed sums single out, and fill rec->checks. */
void checks_make(struct equations *e, struct record *rec);

#endif
