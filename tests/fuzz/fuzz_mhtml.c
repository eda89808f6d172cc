/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_mhtml - any bytes to the MHTML reader.
 */
#include "tests/fuzz/fuzz.h"

extern const struct reader mhtml_reader;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_reader(&mhtml_reader, data, size);
    return 0;
}
