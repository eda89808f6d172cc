/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_html - any bytes to the HTML reader; what it builds must encode and
 * decode.
 */
#include "tests/fuzz/fuzz.h"

extern const struct reader html_reader;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_reader(&html_reader, data, size);
    return 0;
}
