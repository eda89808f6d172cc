/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_pdf_render - a page drawn for recognition.
 */
#include <math.h>

#include "common/mem.h"
#include "transformer/page_picture.h"
#include "transformer/read_pdf.h"

#define DPI 200.0f

/* Pixels drawn at most: A3 at 300 dpi; larger pages are drawn coarser.  Each
 * takes four bytes meanwhile. */
#define PIXELS_MAX 17.5e6f

static fz_pixmap *draw(
    fz_context *ctx, pdf_page *page, fz_matrix scale, fz_irect box)
{
    fz_pixmap *pix = NULL;
    fz_device *dev = NULL;

    fz_var(pix);
    fz_var(dev);
    fz_try(ctx)
    {
        pix = fz_new_pixmap_with_bbox(ctx, fz_device_rgb(ctx), box, NULL, 0);
        fz_clear_pixmap_with_value(ctx, pix, 255);
        dev = fz_new_draw_device(ctx, fz_identity, pix);
        pdf_run_page(ctx, page, dev, scale, NULL);
        fz_close_device(ctx, dev);
    }
    fz_always(ctx)
    {
        fz_drop_device(ctx, dev);
    }
    fz_catch(ctx)
    {
        fz_drop_pixmap(ctx, pix);
        fz_rethrow(ctx);
    }
    return pix;
}

static struct picture picture_of(fz_context *ctx, fz_pixmap *pix, float dpi)
{
    uint32_t width = (uint32_t)fz_pixmap_width(ctx, pix);
    uint32_t height = (uint32_t)fz_pixmap_height(ctx, pix);
    struct picture p = { width, height, dpi, mem_alloc_n(width, height) };
    const unsigned char *samples = fz_pixmap_samples(ctx, pix);
    ptrdiff_t stride = fz_pixmap_stride(ctx, pix);

    for (uint32_t y = 0; y < height; y++) {
        const unsigned char *from = samples + stride * (ptrdiff_t)y;
        uint8_t *to = p.gray + (size_t)y * width;

        for (uint32_t x = 0; x < width; x++, from += 3)
            to[x] = picture_gray(from[0], from[1], from[2]);
    }
    return p;
}

int pdf_recognize(fz_context *ctx, pdf_page *page, const struct ink *ink,
    struct pages *p, struct err *err)
{
    float scale = DPI / 72;
    float pixels = ink->width * ink->height * scale * scale;
    struct page *to;
    fz_irect box;
    fz_pixmap *pix;
    struct picture picture;
    int status;

    if (pixels > PIXELS_MAX)
        scale *= sqrtf(PIXELS_MAX / pixels);
    box.x0 = box.y0 = 0;
    box.x1 = (int)ceilf(ink->width * scale);
    box.y1 = (int)ceilf(ink->height * scale);
    pix = draw(ctx, page, fz_scale(scale, scale), box);
    picture = picture_of(ctx, pix, scale * 72);
    fz_drop_pixmap(ctx, pix);
    to = pages_add(p, ink->width, ink->height);
    status = to ? page_recognize(p, to, &picture, err) : 0;
    mem_free(picture.gray);
    return status;
}
