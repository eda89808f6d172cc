/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_picture - scans in PNG, JPEG, TIFF and BMP to a document tree.
 *
 * A picture is a page, a TIFF may hold many.
 */
#include <string.h>

#include "common/mem.h"
#include "transformer/ocr_engine.h"
#include "transformer/page_picture.h"
#include "transformer/reader.h"
#include "transformer/sniff.h"

static int bid(struct slice in)
{
    const char *type = sniff_binary(in);

    if (!type || strncmp(type, "image/", strlen("image/")) != 0)
        return 0;
    return strcmp(type, "image/gif") == 0 ? 0 : 64;
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
        if (status > 0 && picture_page_read(&pages, &picture, err) < 0)
            status = -1;
        mem_free(picture.gray);
    }
    return status < 0 ? -1 : pages_to_tree(&pages, doc, err);
}

extern const struct reader picture_reader;
const struct reader picture_reader = { "picture", "image/*", bid, read_picture,
    ocr_engine_prepare };
