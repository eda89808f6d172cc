/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_sheetxml - any bytes to the reader of workbooks in one XML file.
 */
#include "tests/fuzz/fuzz.h"

extern const struct reader sheetxml_reader;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_reader(&sheetxml_reader, data, size);
    return 0;
}
