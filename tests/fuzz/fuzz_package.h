/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_package - any bytes as a package, or as the parts of a sound one.
 *
 * Mutated zip files fail at their checksums, so unless the bytes begin like
 * a zip file they are XML: parts with a line "####" between them.
 */
#ifndef TESTS_FUZZ_FUZZ_PACKAGE_H
#define TESTS_FUZZ_FUZZ_PACKAGE_H

#include "tests/fuzz/fuzz.h"
#include "tests/package.h"

/* Up to the next mark; the rest stays in `in`. */
static inline struct slice fuzz_next_part(struct slice *in)
{
    ptrdiff_t hit = slice_find(*in, SLICE_LIT("####\n"));
    struct slice part = { in->p, hit < 0 ? in->len : (size_t)hit };

    *in = slice_from(*in, hit < 0 ? in->len : (size_t)hit + 5);
    return part;
}

/* `part`: the package, whose parts without text are taken from the input
 * in this order. */
static inline void fuzz_package(const struct reader *reader,
    struct package_part *part, size_t n, const uint8_t *data, size_t size)
{
    struct slice in = { (const char *)data, size };
    struct buf zip;

    if (size >= 2 && memcmp(data, "PK", 2) == 0) {
        fuzz_reader(reader, data, size);
        return;
    }
    for (size_t i = 0; i < n; i++)
        if (!part[i].text.p)
            part[i].text = fuzz_next_part(&in);
    buf_init(&zip, 64u << 20);
    package_zip(&zip, part, n);
    fuzz_reader(reader, (const uint8_t *)zip.p, zip.len);
    buf_clear(&zip);
}

#endif
