/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_doc - any bytes to the reader of Word's binary format.
 *
 * A compound file is taken as it is.  Other bytes are the streams of a
 * sound one, with a line "####" between them: main stream, table stream,
 * data stream.
 */
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/fuzz_package.h"
#include "tests/ole.h"

extern const struct reader doc_reader;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice in = { (const char *)data, size };
    struct ole_stream streams[] = { { "WordDocument", { NULL, 0 } },
        { "1Table", { NULL, 0 } }, { "Data", { NULL, 0 } } };
    struct buf file;

    if (size >= 4 && memcmp(data, "\xd0\xcf\x11\xe0", 4) == 0) {
        fuzz_reader(&doc_reader, data, size);
        return 0;
    }
    for (size_t i = 0; i < 3; i++)
        streams[i].bytes = fuzz_next_part(&in);
    buf_init(&file, 16u << 20);
    ole_make(&file, streams, 3);
    fuzz_reader(&doc_reader, (const uint8_t *)file.p, file.len);
    buf_clear(&file);
    return 0;
}
