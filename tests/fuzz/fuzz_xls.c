/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_xls - any bytes to the XLS reader, as a file or as the stream in a
 * sound one.
 *
 * A mutated container is refused before its stream is read, so unless the
 * bytes begin like one they are records.
 */
#include "tests/fuzz/fuzz.h"
#include "tests/ole.h"

extern const struct reader xls_reader;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct ole_stream stream = { "Workbook",
        { (const char *)data, size } };
    struct buf file;

    if (size >= 4 && memcmp(data, "\xd0\xcf\x11\xe0", 4) == 0) {
        fuzz_reader(&xls_reader, data, size);
        return 0;
    }
    buf_init(&file, 64u << 20);
    ole_make(&file, &stream, 1);
    fuzz_reader(&xls_reader, (const uint8_t *)file.p, file.len);
    buf_clear(&file);
    return 0;
}
