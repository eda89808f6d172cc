/* SPDX-License-Identifier: Apache-2.0 */
/*
 * struck - digits with a line through them.
 *
 * Somebody took such digits back and left them to be seen.  Read without
 * their looks, a struck-out 9 before a 4 would say 94.  So each keeps its
 * line, as Unicode writes it, and a cell that holds one is no number.
 */
#ifndef TRANSFORMER_STRUCK_H
#define TRANSFORMER_STRUCK_H

#include <stddef.h>

#include "common/buf.h"

/* Each digit in `text`, UTF-8, from byte `from` on gets its line, U+0336. */
void struck_take(struct buf *text, size_t from);

#endif
