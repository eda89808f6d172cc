/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_html - any bytes to the HTML reader; what it builds must encode and
 * decode, and the same must come of the page's slim copy.
 */
#include "tests/fuzz/fuzz.h"

#include "tests/slim.h"
#include "transformer/charset.h"

extern const struct reader html_reader;

static void slim(struct slice in)
{
    const struct slice unknown = { NULL, 0 };
    struct arena arena;
    struct charset_text page;

    arena_init(&arena, LIMIT_ARENA_BYTES);
    page = charset_decode(in, unknown, &arena);
    assert(slim_reads_alike(page.text));
    arena_clear(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_reader(&html_reader, data, size);
    slim((struct slice){ (const char *)data, size });
    return 0;
}
