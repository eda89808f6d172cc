/* SPDX-License-Identifier: Apache-2.0 */
/*
 * codec - one description of a message's fields for both directions.
 */
#include "common/codec.h"

#include <math.h>
#include <string.h>

#define NULL_TEXT 0xffffffffu

void codec_init_encode(struct codec *c, struct buf *out)
{
    *c = (struct codec){ .out = out };
}

void codec_init_decode(struct codec *c, struct slice in)
{
    *c = (struct codec){ .in = in };
}

void codec_fail(struct codec *c, const char *trouble)
{
    if (!c->trouble)
        c->trouble = trouble;
}

/* The next `len` bytes of the input, or NULL. */
static const unsigned char *take(struct codec *c, size_t len)
{
    const void *p;

    if (c->trouble)
        return NULL;
    if (len > c->in.len - c->at) {
        codec_fail(c, "ends too early");
        return NULL;
    }
    p = c->in.p + c->at;
    c->at += len;
    return p;
}

/* `size` bytes of *v, least first. */
static void integer(struct codec *c, uint64_t *v, size_t size)
{
    const unsigned char *p;

    if (c->out) {
        unsigned char b[8];

        for (size_t i = 0; i < size; i++)
            b[i] = (unsigned char)(*v >> (8 * i));
        buf_add(c->out, b, size);
        return;
    }
    *v = 0;
    p = take(c, size);
    for (size_t i = 0; p && i < size; i++)
        *v |= (uint64_t)p[i] << (8 * i);
}

void codec_u8(struct codec *c, uint8_t *v)
{
    uint64_t wide = *v;

    integer(c, &wide, 1);
    *v = (uint8_t)wide;
}

void codec_u32(struct codec *c, uint32_t *v)
{
    uint64_t wide = *v;

    integer(c, &wide, 4);
    *v = (uint32_t)wide;
}

void codec_i32(struct codec *c, int32_t *v)
{
    uint32_t bits;

    memcpy(&bits, v, sizeof(bits));
    codec_u32(c, &bits);
    memcpy(v, &bits, sizeof(bits));
}

void codec_i64(struct codec *c, int64_t *v)
{
    uint64_t bits;

    memcpy(&bits, v, sizeof(bits));
    integer(c, &bits, 8);
    memcpy(v, &bits, sizeof(bits));
}

void codec_f32(struct codec *c, float *v)
{
    uint32_t bits;

    memcpy(&bits, v, sizeof(bits));
    codec_u32(c, &bits);
    memcpy(v, &bits, sizeof(bits));
    if (!isfinite(*v)) {
        codec_fail(c, "not a finite number");
        *v = 0;
    }
}

void codec_text(struct codec *c, struct slice *v)
{
    uint32_t len = v->p ? (uint32_t)v->len : NULL_TEXT;
    const unsigned char *p;

    if (c->out) {
        if (v->p && v->len >= NULL_TEXT) {
            c->out->failed = true;
            return;
        }
        codec_u32(c, &len);
        buf_add(c->out, v->p, v->p ? v->len : 0);
        return;
    }
    *v = (struct slice){ NULL, 0 };
    codec_u32(c, &len);
    if (c->trouble || len == NULL_TEXT)
        return;
    p = take(c, len);
    if (p)
        *v = (struct slice){ (const char *)p, len };
}

void codec_choice(struct codec *c, uint8_t *v, uint8_t max)
{
    codec_u8(c, v);
    if (*v > max) {
        codec_fail(c, "unknown value");
        *v = 0;
    }
}

void codec_count(
    struct codec *c, uint32_t *v, uint32_t max, size_t element_bytes)
{
    codec_u32(c, v);
    if (*v > max)
        codec_fail(c, "too many elements");
    else if (!c->out && *v > (c->in.len - c->at) / element_bytes)
        codec_fail(c, "more elements than bytes");
    if (c->trouble)
        *v = 0;
}

int codec_end(const struct codec *c, const char *what, struct err *err)
{
    const char *trouble = c->trouble;

    if (!trouble && !c->out && c->at != c->in.len)
        trouble = "has bytes left over";
    if (!trouble)
        return 0;
    return err_set(err, ERR_INPUT, "%s: byte %zu of %zu: %s", what, c->at,
        c->in.len, trouble);
}
