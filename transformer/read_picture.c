/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_picture - scans in PNG, JPEG, TIFF and BMP to a document tree.
 *
 * A picture is a page, a TIFF may hold many.
 */
#include <string.h>

#include "common/limits.h"
#include "common/mem.h"
#include "transformer/ocr_engine.h"
#include "transformer/page_picture.h"
#include "transformer/reader.h"
#include "transformer/sniff.h"

/* Paper in points: what a picture shows whose resolution says nothing. */
#define A4_SHORT 595.0f
#define A4_LONG 842.0f

/* Widths that a stated resolution may give: from A5 to A3 across.  Cameras
 * and portals write 72 or 96 into everything. */
#define WIDTH_LEAST 400.0f
#define WIDTH_MOST 1250.0f

static int bid(struct slice in)
{
    const char *type = sniff_binary(in);

    if (!type || strncmp(type, "image/", strlen("image/")) != 0)
        return 0;
    return strcmp(type, "image/gif") == 0 ? 0 : 64;
}

static float width_of(const struct picture *p)
{
    float width = p->dpi > 0 ? (float)p->width * 72 / p->dpi : 0;

    if (width >= WIDTH_LEAST && width <= WIDTH_MOST)
        return width;
    return p->width > p->height ? A4_LONG : A4_SHORT;
}

static int read_page(
    struct pages *pages, const struct picture *picture, struct err *err)
{
    float width = width_of(picture);
    struct page *page = pages_add(
        pages, width, width * (float)picture->height / (float)picture->width);

    if (!page)
        return 0; /* pages_to_tree says why */
    return page_recognize(pages, page, picture, err);
}

static int read_picture(struct slice in, const struct cage_hints *hints,
    struct document *doc, struct err *err)
{
    struct pages pages;
    int status = 1;

    (void)hints;
    doc->media_type = slice_str(sniff_binary(in));
    pages_init(&pages, doc->arena);
    for (uint32_t i = 0; status > 0; i++) {
        struct picture picture = { .width = 0 };

        status = picture_decode(in, i, &picture, err);
        if (status > 0 && read_page(&pages, &picture, err) < 0)
            status = -1;
        mem_free(picture.gray);
    }
    return status < 0 ? -1 : pages_to_tree(&pages, doc, err);
}

extern const struct reader picture_reader;
const struct reader picture_reader = { "picture", "image/*", bid, read_picture,
    ocr_engine_prepare };
