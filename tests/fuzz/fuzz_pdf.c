/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_pdf - any bytes to the PDF reader.
 */
#include "tests/fuzz/fuzz.h"

extern const struct reader pdf_reader;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_reader(&pdf_reader, data, size);
    return 0;
}
