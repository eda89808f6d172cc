/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reading - what a reader makes of bytes, as the text of --dump.
 */
#ifndef TESTS_READING_H
#define TESTS_READING_H

#include <stdio.h>
#include <stdlib.h>

#include "common/arena.h"
#include "common/err.h"
#include "transformer/dump.h"
#include "transformer/reader.h"

/* The dump of `in` behind its lines about reader, type and charset; "kind:
 * message" on error.  free() it. */
static inline char *reading(struct slice in, const char *charset)
{
    struct cage_hints hints = { .charset = slice_str(charset) };
    struct arena arena;
    struct document doc = { .arena = &arena };
    struct err err = { ERR_NONE, "" };
    char *text = NULL;
    size_t len = 0;
    FILE *to = open_memstream(&text, &len);

    arena_init(&arena, 0);
    if (reader_read(in, &hints, &doc, &err) < 0) {
        fprintf(to, "%s: %s\n", err_kind_name(err.kind), err.msg);
    } else {
        doc.reader = doc.media_type = doc.charset = (struct slice){ NULL, 0 };
        dump_document(&doc, to);
    }
    fclose(to);
    arena_clear(&arena);
    return text;
}

#define assert_reading(in, charset, expected)                                  \
    do {                                                                       \
        char *is_ = reading(in, charset);                                      \
                                                                               \
        assert_string_equal(is_, expected);                                    \
        free(is_);                                                             \
    } while (0)

#define assert_reads(text, expected)                                           \
    assert_reading(SLICE_LIT(text), NULL, expected)

#endif
