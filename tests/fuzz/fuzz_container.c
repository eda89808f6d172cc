/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_container - any bytes as a container; what comes out of it must
 * encode and decode, and no part be larger than a body may be.
 */
#include "tests/fuzz/fuzz.h"

extern const struct reader container_reader;

static void unpack(struct slice in, uint32_t part_from)
{
    const struct cage_hints hints = { .unpack = true, .part_from = part_from };
    struct document doc, back;
    struct arena arena;
    struct err err;
    struct buf tree;

    arena_init(&arena, LIMIT_ARENA_BYTES);
    buf_init(&tree, LIMIT_TREE_BYTES);
    doc = (struct document){ .arena = &arena };
    if (container_reader.read(in, &hints, &doc, &err) == 0) {
        document_encode(&doc, &tree);
        assert(!tree.failed);
        assert(document_decode(buf_slice(&tree), &arena, &back, &err) == 0);
    }
    buf_clear(&tree);
    arena_clear(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice in = { (const char *)data, size };

    if (container_reader.bid(in)) {
        unpack(in, 0);
        unpack(in, 1);
    }
    return 0;
}
