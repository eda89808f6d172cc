/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_ocr - boxes of ink on a small page to the eyes of the OCR program.
 *
 * Coded pictures never come through a decoder often enough to reach what
 * looks at them, so the bytes say what is drawn: two bytes of width and
 * height, then five bytes a box (left, top, width, height in steps, gray).
 * Rulings, digits and dirt are all made of boxes.
 */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "common/mem.h"
#include "transformer/ocr.h"
#include "transformer/ocr_engine.h"

enum {
    STEP = 2,       /* pixels of one step */
    BOX_BYTES = 5,  /* of one box in the input */
    BOXES_MAX = 64, /* more are drawn no further: time */
    DPI = 150,
};

static void draw(struct picture *p, const uint8_t *box)
{
    size_t x0 = (size_t)box[0] * STEP, y0 = (size_t)box[1] * STEP;
    size_t x1 = x0 + 1 + box[2], y1 = y0 + 1 + box[3];

    x1 = x1 < p->width ? x1 : p->width;
    y1 = y1 < p->height ? y1 : p->height;
    for (size_t y = y0; y < y1 && x0 < x1; y++)
        memset(p->gray + y * p->width + x0, box[4], x1 - x0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct picture picture = { .dpi = DPI };
    struct pages pages;
    struct arena arena;
    struct document doc;
    struct err err;

    if (size < 2)
        return 0;
    ocr_engine_prepare();
    picture.width = 16u + data[0] * (uint32_t)STEP;
    picture.height = 16u + data[1] * (uint32_t)STEP;
    picture.gray = mem_alloc((size_t)picture.width * picture.height);
    memset(picture.gray, 255, (size_t)picture.width * picture.height);
    for (size_t i = 2, n = 0; i + BOX_BYTES <= size && n < BOXES_MAX;
         i += BOX_BYTES, n++)
        draw(&picture, data + i);
    arena_init(&arena, LIMIT_ARENA_BYTES);
    doc = (struct document){ .arena = &arena };
    pages_init(&pages, &arena);
    if (ocr_page(&pages,
            pages_add(&pages, (float)picture.width * 72 / DPI,
                (float)picture.height * 72 / DPI),
            &picture, &err) == 0)
        pages_to_tree(&pages, &doc, &err);
    arena_clear(&arena);
    mem_free(picture.gray);
    return 0;
}
