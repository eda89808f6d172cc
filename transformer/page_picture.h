/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_picture - pages that are pictures: what readers ask of recognition.
 *
 * Readers of PDF, OFD and of pictures alone know these hooks and nothing of
 * the libraries behind them.  Only nianbao-reader-ocr has them; in the other
 * programs both are NULL, and a page that is a picture ends there with
 * ERR_INPUT "reader.scan: ...", for the caller to ask nianbao-reader-ocr.
 * Defined beside each program's table of readers.
 */
#ifndef TRANSFORMER_PAGE_PICTURE_H
#define TRANSFORMER_PAGE_PICTURE_H

#include <stdint.h>

#include "common/err.h"
#include "common/slice.h"
#include "transformer/page.h"

/* Rows of `width` bytes without padding, from the top; 0 is black, 255 is
 * paper.  Red ink (seals, stamps) is to be paper: picture_gray. */
struct picture {
    uint32_t width, height; /* pixels, within LIMIT_PICTURE_* */
    float dpi;              /* as the picture says, 0 when it does not */
    uint8_t *gray;          /* mem_alloc'd by whoever made the picture */
};

/* The gray of a colour with red ink taken out: where red exceeds the others
 * far, as nothing printed black or blue does, its own channel counts, which
 * still shows what the red lies on. */
static inline uint8_t picture_gray(uint8_t r, uint8_t g, uint8_t b)
{
    uint32_t most = g > b ? g : b;

    if (r > most + 24)
        return (uint8_t)(r * 5u / 4 > 255 ? 255 : r * 5u / 4);
    return (uint8_t)((r * 77u + g * 151u + b * 28u) >> 8);
}

/*
 * Add to `page` what is seen in `picture`, which shows the whole of it: runs
 * (a cell or a word each, READING_RECOGNIZED or READING_DOUBTFUL with its
 * alternatives) and rulings, in points of `page`.  150 dpi at least, 200 is
 * best; a picture without readable text adds nothing.  0, or ERR_INPUT or
 * ERR_LIMIT "reader.…: …".
 */
typedef int page_recognize_fn(struct pages *p, struct page *page,
    const struct picture *picture, struct err *err);
extern page_recognize_fn *const page_recognize;

/*
 * Decode picture `index` (from 0; above 0 only in a TIFF) of the PNG, JPEG,
 * TIFF, BMP, GIF or JBIG2 `in`.  1 with `out` filled, whose `gray` the caller
 * frees by mem_free; 0 when there is no picture `index`; -1 with ERR_INPUT
 * "reader.broken: ..." or ERR_LIMIT "reader.size: ...".
 */
typedef int picture_decode_fn(
    struct slice in, uint32_t index, struct picture *out, struct err *err);
extern picture_decode_fn *const picture_decode;

/* The next page is this picture, recognised: where its resolution says
 * nothing its paper is A4.  Only where the hooks are; errors are theirs. */
int picture_page_read(
    struct pages *pages, const struct picture *picture, struct err *err);

#endif
