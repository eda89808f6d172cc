/* SPDX-License-Identifier: Apache-2.0 */
/*
 * text_bar - tables drawn with characters, as antiword and editors do.
 */
#ifndef TRANSFORMER_TEXT_BAR_H
#define TRANSFORMER_TEXT_BAR_H

#include <stdbool.h>

#include "common/arena.h"
#include "common/slice.h"

/* A ruling between rows: +----+----+, |---|:--|, ├────┼────┤. */
bool text_is_rule(struct slice line);

/* Of a row between bars, | a | b |, its cells with a tab between them, made
 * in `a`; other lines come back as they are. */
struct slice text_unbar(struct arena *a, struct slice line);

#endif
