/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz - what the fuzz targets of all readers share.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/buf.h"
#include "common/document.h"
#include "common/err.h"
#include "common/limits.h"
#include "transformer/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Read by one reader, whatever it bids; the first byte chooses the charset
 * that a server would have declared. */
static inline void fuzz_reader(
    const struct reader *reader, const uint8_t *data, size_t size)
{
    static const char *const charsets[] = { NULL, "utf-8", "gbk", "big5" };
    struct cage_hints hints = { .charset = slice_str(
                                    charsets[size ? data[0] % 4 : 0]) };
    struct slice in = { (const char *)data, size };
    struct document doc, back;
    struct arena arena;
    struct err err;
    struct buf tree;

    reader->bid(in);
    arena_init(&arena, LIMIT_ARENA_BYTES);
    buf_init(&tree, LIMIT_TREE_BYTES);
    doc = (struct document){ .arena = &arena };
    if (reader->read(in, &hints, &doc, &err) == 0) {
        document_encode(&doc, &tree);
        assert(tree.failed ||
               document_decode(buf_slice(&tree), &arena, &back, &err) == 0);
    }
    buf_clear(&tree);
    arena_clear(&arena);
}

#endif
