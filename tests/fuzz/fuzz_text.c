/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_text - any bytes to the text reader; what it builds must encode and
 * decode.
 */
#include "tests/fuzz/fuzz.h"

extern const struct reader text_reader;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_reader(&text_reader, data, size);
    return 0;
}
