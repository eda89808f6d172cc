/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bytes - little-endian numbers out of the bytes of a file.
 *
 * Past the end everything is 0: whoever must know compares with the length
 * first.
 */
#ifndef TRANSFORMER_BYTES_H
#define TRANSFORMER_BYTES_H

#include <stdint.h>

#include "common/slice.h"

static inline uint32_t bytes_u8(struct slice s, size_t at)
{
    return s.p && at < s.len ? (unsigned char)s.p[at] : 0;
}

static inline uint32_t bytes_u16(struct slice s, size_t at)
{
    return bytes_u8(s, at) | bytes_u8(s, at + 1) << 8;
}

static inline int32_t bytes_i16(struct slice s, size_t at)
{
    return (int16_t)bytes_u16(s, at);
}

static inline uint32_t bytes_u32(struct slice s, size_t at)
{
    return bytes_u16(s, at) | bytes_u16(s, at + 2) << 16;
}

/* `len` bytes from `at`, or empty when they are not all there. */
static inline struct slice bytes_part(struct slice s, size_t at, size_t len)
{
    if (at > s.len || len > s.len - at)
        return (struct slice){ NULL, 0 };
    return (struct slice){ s.p + at, len };
}

#endif
