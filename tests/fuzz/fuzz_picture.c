/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_picture - any bytes to the decoders of pictures.
 *
 * What they decode is not read any further: that would take a second each.
 */
#include "tests/fuzz/fuzz.h"

#include "common/mem.h"
#include "transformer/ocr_picture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice in = { (const char *)data, size };
    int status = 1;

    for (uint32_t i = 0; status > 0 && i < 4; i++) {
        struct picture picture = { .width = 0 };
        struct err err = { ERR_NONE, "" };

        status = ocr_picture_decode(in, i, &picture, &err);
        assert(status > 0 || !picture.gray);
        assert(status != 0 || i > 0);
        mem_free(picture.gray);
    }
    return 0;
}
