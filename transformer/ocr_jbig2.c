/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_jbig2 - JBIG2 pictures (ITU-T T.88) to gray, through jbig2dec.
 *
 * Scanners write them into OFD files as GBIG2: black and white, and often
 * from shapes that are stored once.  What the decoder only warns of ends the
 * picture, too: its lower rows would pass for blank cells.
 */
#include <setjmp.h>
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

/* Everything that the decoder has allocated goes at once: it is left where
 * it first complains, because it may go on complaining for minutes. */
struct piece {
    struct piece *before, *after;
    max_align_t bytes[];
};

struct decoder {
    Jbig2Allocator allocator; /* the first: the decoder hands this back */
    struct piece *last;
    jmp_buf out;
};

static struct decoder *of(Jbig2Allocator *allocator)
{
    return (struct decoder *)(void *)allocator;
}

static struct piece *piece_of(void *p)
{
    return (struct piece *)(void *)((char *)p - offsetof(struct piece, bytes));
}

static void unlink_piece(struct decoder *d, struct piece *p)
{
    if (p->before)
        p->before->after = p->after;
    if (p->after)
        p->after->before = p->before;
    else
        d->last = p->before;
}

static void *link_piece(struct decoder *d, struct piece *p)
{
    if (!p)
        return NULL;
    p->before = d->last;
    p->after = NULL;
    if (d->last)
        d->last->after = p;
    d->last = p;
    return p->bytes;
}

static void *piece_alloc(Jbig2Allocator *self, size_t size)
{
    if (size > PIECE_MAX)
        return NULL;
    return link_piece(of(self), malloc(sizeof(struct piece) + size));
}

static void piece_free(Jbig2Allocator *self, void *p)
{
    if (!p)
        return;
    unlink_piece(of(self), piece_of(p));
    free(piece_of(p));
}

static void *piece_realloc(Jbig2Allocator *self, void *p, size_t size)
{
    struct piece *old, *new;

    if (!p)
        return piece_alloc(self, size);
    if (size > PIECE_MAX)
        return NULL;
    old = piece_of(p);
    unlink_piece(of(self), old);
    new = realloc(old, sizeof(struct piece) + size);
    if (!new) {
        link_piece(of(self), old);
        return NULL;
    }
    return link_piece(of(self), new);
}

static void free_all(struct decoder *d)
{
    struct piece *p = d->last;

    while (p) {
        struct piece *before = p->before;

        free(p);
        p = before;
    }
    d->last = NULL;
}

static void on_error(
    void *data, const char *msg, Jbig2Severity severity, uint32_t segment)
{
    struct decoder *d = data;

    (void)msg;
    (void)segment;
    if (severity >= JBIG2_SEVERITY_WARNING)
        longjmp(d->out, 1);
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

/* The first page, or NULL; it lives as long as the decoder's pieces. */
static const Jbig2Image *decode(struct decoder *d, struct slice in)
{
    bool is_file = slice_starts(in, FILE_HEAD);
    Jbig2Ctx *ctx = jbig2_ctx_new(&d->allocator,
        is_file ? (Jbig2Options)0 : JBIG2_OPTIONS_EMBEDDED, NULL, on_error, d);
    const Jbig2Image *image;

    if (!ctx || jbig2_data_in(ctx, (const unsigned char *)in.p, in.len) < 0)
        return NULL;
    image = jbig2_page_out(ctx);
    if (!image && !is_file && jbig2_complete_page(ctx) >= 0)
        image = jbig2_page_out(ctx);
    return image;
}

/* The same; NULL as well when it complains. */
static const Jbig2Image *try_to_decode(struct decoder *d, struct slice in)
{
    return setjmp(d->out) == 0 ? decode(d, in) : NULL;
}

int picture_decode_jbig2(struct slice in, struct picture *out, struct err *err)
{
    struct decoder d = { .allocator = {
                             piece_alloc, piece_free, piece_realloc } };
    const Jbig2Image *image = try_to_decode(&d, in);
    int status = -1;

    if (image)
        status = fill(image, out, err);
    else
        err_set(err, ERR_INPUT, "reader.broken: the picture does not decode");
    free_all(&d);
    return status;
}
