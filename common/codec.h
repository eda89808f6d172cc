/* SPDX-License-Identifier: Apache-2.0 */
/*
 * codec - one description of a message's fields for both directions.
 *
 * A function that names its fields in order serves to encode and to decode,
 * so the two cannot drift apart.  Integers are little-endian, texts a u32
 * length and bytes (0xffffffff for null).  After the first trouble every
 * call does nothing; codec_end says what it was.
 */
#ifndef COMMON_CODEC_H
#define COMMON_CODEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/err.h"
#include "common/slice.h"

struct codec {
    struct buf *out;     /* encoding: appended to; NULL when decoding */
    struct slice in;     /* decoding: all the bytes */
    size_t at;           /* decoding: offset of the next byte */
    const char *trouble; /* static text, NULL while all is well */
};

void codec_init_encode(struct codec *c, struct buf *out);
void codec_init_decode(struct codec *c, struct slice in);

/* Each writes *v or replaces it; *v becomes 0 once in trouble. */
void codec_u8(struct codec *c, uint8_t *v);
void codec_u32(struct codec *c, uint32_t *v);
void codec_i32(struct codec *c, int32_t *v);
void codec_i64(struct codec *c, int64_t *v);
/* A finite number; NaN and infinities are trouble. */
void codec_f32(struct codec *c, float *v);
/* Decoded text points into the input. */
void codec_text(struct codec *c, struct slice *v);

/* As codec_u8, for a value of 0 to max. */
void codec_choice(struct codec *c, uint8_t *v, uint8_t max);

/* As codec_u32, for the number of elements that follow: at most `max`, each
 * of at least `element_bytes` encoded, so a short message cannot ask for a
 * large array. */
void codec_count(
    struct codec *c, uint32_t *v, uint32_t max, size_t element_bytes);

/* Record trouble found by the caller; the first one stays. */
void codec_fail(struct codec *c, const char *trouble);

/* 0 when all went well and nothing is left over, else ERR_INPUT with
 * `what`, the offset and the trouble. */
int codec_end(const struct codec *c, const char *what, struct err *err);

#endif
