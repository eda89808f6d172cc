/* SPDX-License-Identifier: Apache-2.0 */
/*
 * plain - texts of others, made harmless for a terminal and for a log.
 *
 * A document may hold escape sequences that move the cursor, rename the
 * window or hide what follows, line breaks that forge a log line, and marks
 * that turn the direction of writing.  Where people read, each byte of a
 * control character (C0, DEL, C1, line and paragraph separators, overrides
 * of direction) is shown as '?', a tab or a line break as a space.  Data
 * formats (jsonl, csv, parquet) keep the text as it is.
 */
#ifndef COMMON_PLAIN_H
#define COMMON_PLAIN_H

#include <stddef.h>

#include "common/arena.h"
#include "common/record.h"
#include "common/slice.h"

/* Make `len` bytes at `p` harmless; the length stays. */
void plain_bytes(char *p, size_t len);

/* The harmless text: `s` itself, or a copy in `a` where that differs.  Null
 * stays null. */
struct slice plain_text(struct arena *a, struct slice s);

/* A copy of the record, in `a`, with every text but the sections harmless. */
struct record plain_record(struct arena *a, const struct record *rec);

#endif
