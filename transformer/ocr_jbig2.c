/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_jbig2 - JBIG2 pictures (ITU-T T.88) to gray, through jbig2dec.
 *
 * Scanners write them into OFD files as GBIG2: black and white, and often
 * from shapes that are stored once.  What the decoder only warns of ends the
 * picture, too: its lower rows would pass for blank cells.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "common/limits.h"
#include "common/mem.h"
#include "transformer/ocr_picture.h"

/* The last of all, for it makes `inline` nothing. */
#include <jbig2.h>

/* The most that the decoder may ask for at once: a bit for each dot, or the
 * whole file, which it copies. */
#define PIECE_MAX (LIMIT_PICTURE_PIXELS / 8 + LIMIT_BODY_BYTES)

/* A file as Annex D.1 says, or its segments alone, beginning with that of a
 * page, as they are embedded elsewhere (D.3). */
#define FILE_HEAD SLICE_LIT("\x97JB2\r\n\x1a\n")
#define PAGE_SEGMENT SLICE_LIT("\0\0\0\0\x30\0\1\0\0\0\x13")

bool picture_is_jbig2(struct slice in)
{
    return slice_starts(in, FILE_HEAD) || slice_starts(in, PAGE_SEGMENT);
}

static void *piece_alloc(Jbig2Allocator *self, size_t size)
{
    (void)self;
    return size <= PIECE_MAX ? malloc(size) : NULL;
}

static void piece_free(Jbig2Allocator *self, void *p)
{
    (void)self;
    free(p);
}

static void *piece_realloc(Jbig2Allocator *self, void *p, size_t size)
{
    (void)self;
    return size <= PIECE_MAX ? realloc(p, size) : NULL;
}

static void on_error(
    void *data, const char *msg, Jbig2Severity severity, uint32_t segment)
{
    bool *is_broken = data;

    (void)msg;
    (void)segment;
    if (severity >= JBIG2_SEVERITY_WARNING)
        *is_broken = true;
}

static int fill(const Jbig2Image *image, struct picture *out, struct err *err)
{
    if (image->width == 0 || image->height == 0 ||
        image->width > LIMIT_PICTURE_SIDE ||
        image->height > LIMIT_PICTURE_SIDE ||
        (uint64_t)image->width * image->height > LIMIT_PICTURE_PIXELS)
        return err_set(err, ERR_LIMIT,
            "reader.size: picture of %u x %u pixels, at most %u", image->width,
            image->height, LIMIT_PICTURE_PIXELS);
    *out = (struct picture){ .width = image->width, .height = image->height };
    out->gray = mem_alloc_n(out->width, out->height);
    for (uint32_t y = 0; y < out->height; y++) {
        const uint8_t *row = image->data + (size_t)y * image->stride;
        uint8_t *to = out->gray + (size_t)y * out->width;

        for (uint32_t x = 0; x < out->width; x++)
            to[x] = row[x / 8] >> (7 - x % 8) & 1 ? 0 : 255;
    }
    return 1;
}

int picture_decode_jbig2(struct slice in, struct picture *out, struct err *err)
{
    Jbig2Allocator pieces = { piece_alloc, piece_free, piece_realloc };
    bool is_broken = false, is_file = slice_starts(in, FILE_HEAD);
    Jbig2Ctx *ctx = jbig2_ctx_new(&pieces,
        is_file ? (Jbig2Options)0 : JBIG2_OPTIONS_EMBEDDED, NULL, on_error,
        &is_broken);
    Jbig2Image *image = NULL;
    int status = -1;

    if (ctx && jbig2_data_in(ctx, (const unsigned char *)in.p, in.len) >= 0) {
        image = jbig2_page_out(ctx);
        if (!image && !is_file && jbig2_complete_page(ctx) >= 0)
            image = jbig2_page_out(ctx);
    }
    if (!image || is_broken)
        err_set(err, ERR_INPUT, "reader.broken: the picture does not decode");
    else
        status = fill(image, out, err);
    if (image)
        jbig2_release_page(ctx, image);
    if (ctx)
        jbig2_ctx_free(ctx);
    return status;
}
