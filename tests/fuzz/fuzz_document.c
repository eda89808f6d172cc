/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_document - any bytes as what a caged reader says: refused, or a tree
 * that encodes to the same bytes.
 */
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice in = { (const char *)data, size };
    struct document doc;
    struct arena arena;
    struct err err;
    struct buf again;

    arena_init(&arena, LIMIT_ARENA_BYTES);
    buf_init(&again, LIMIT_TREE_BYTES);
    if (document_decode(in, &arena, &doc, &err) == 0) {
        document_encode(&doc, &again);
        assert(!again.failed && slice_eq(buf_slice(&again), in));
    }
    buf_clear(&again);
    arena_clear(&arena);
    return 0;
}
