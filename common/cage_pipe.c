/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cage_pipe - the bytes between a cage and the reader in it.
 */
#include "common/cage_pipe.h"

#include "common/codec.h"

uint32_t cage_frame_len(const unsigned char head[CAGE_FRAME_HEAD])
{
    return (uint32_t)head[0] | (uint32_t)head[1] << 8 |
           (uint32_t)head[2] << 16 | (uint32_t)head[3] << 24;
}

void cage_frame_head(uint32_t len, unsigned char head[CAGE_FRAME_HEAD])
{
    for (int i = 0; i < CAGE_FRAME_HEAD; i++)
        head[i] = (unsigned char)(len >> (8 * i));
}

static void hints_fields(struct codec *c, struct cage_hints *hints)
{
    uint8_t unpack = hints->unpack, links = hints->links;

    codec_text(c, &hints->media_type);
    codec_text(c, &hints->charset);
    codec_text(c, &hints->name);
    codec_choice(c, &unpack, 1);
    codec_u32(c, &hints->part_from);
    codec_choice(c, &links, 1);
    hints->unpack = unpack != 0;
    hints->links = links != 0;
}

void cage_request_encode(
    const struct cage_hints *hints, uint32_t body_len, struct buf *out)
{
    struct cage_hints copy = *hints;
    size_t from = out->len;
    unsigned char head[CAGE_FRAME_HEAD] = { 0 };
    struct codec c;

    buf_add(out, head, sizeof(head));
    codec_init_encode(&c, out);
    hints_fields(&c, &copy);
    codec_u32(&c, &body_len);
    if (out->failed)
        return;
    cage_frame_head(
        (uint32_t)(out->len - from - sizeof(head)) + body_len, head);
    memcpy(out->p + from, head, sizeof(head));
}

int cage_request_decode(struct slice frame, struct cage_hints *hints,
    struct slice *body, struct err *err)
{
    struct codec c;

    codec_init_decode(&c, frame);
    hints_fields(&c, hints);
    codec_text(&c, body);
    return codec_end(&c, "request", err);
}
