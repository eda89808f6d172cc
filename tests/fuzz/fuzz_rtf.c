/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_rtf - any bytes to the RTF reader.
 */
#include "tests/fuzz/fuzz.h"

extern const struct reader rtf_reader;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_reader(&rtf_reader, data, size);
    return 0;
}
