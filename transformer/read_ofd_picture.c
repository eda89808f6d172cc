/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_ofd_picture - pages that are pictures: put together and recognised.
 *
 * Scanners cut a page into strips, turn it and leave margins; so the page is
 * drawn as one gray picture of its own size, whatever it is made of.
 */
#include "transformer/read_ofd.h"

#include <math.h>

#include "common/limits.h"
#include "common/mem.h"
#include "transformer/page_picture.h"

/* Glyphs of a page that is a picture all the same: its number, a stamp. */
#define GLYPHS_FEW 12u

/* Share of the page that its pictures take. */
#define COVER_SHARE 0.4

/* Dots per inch of the drawn page. */
#define DPI_MIN 150.0
#define DPI_MAX 300.0

/* Area of a picture on the page in square points. */
static double area(const struct ofd_image *i)
{
    return fabs(i->matrix.a * i->matrix.d - i->matrix.b * i->matrix.c);
}

static bool is_picture(const struct ofd_page *p)
{
    double covered = 0, wide = (double)p->page->width,
           tall = (double)p->page->height;

    for (uint32_t i = 0; i < p->image_n; i++)
        covered += area(&p->image[i]);
    return p->glyph_n < GLYPHS_FEW && covered > COVER_SHARE * wide * tall;
}

static int take(void *to, struct slice block, struct err *err)
{
    buf_add_slice(to, block);
    return buf_check(to, "reader.size: a picture", err);
}

/* 1 with `out`, 0 when it is not there, -1. */
static int decode(struct ofd_page *p, const struct ofd_image *image,
    struct picture *out, struct err *err)
{
    const struct ofd_resource *r =
        ofd_resource_find(&p->doc->resources, OFD_MEDIA, image->resource);
    struct buf bytes;
    int status;

    if (!r)
        return 0;
    buf_init(&bytes, LIMIT_BODY_BYTES);
    status = zip_package_read(p->doc->zip, r->part, take, &bytes, err);
    if (status == 0)
        status = picture_decode(buf_slice(&bytes), 0, out, err);
    buf_clear(&bytes);
    return status;
}

/* ---- drawing --------------------------------------------------------------
 */

/* Dots per inch of a picture where it lies. */
static double dpi_of(const struct ofd_image *i, const struct picture *picture)
{
    double wide = hypot(i->matrix.a, i->matrix.b);

    return wide > 0 ? picture->width / wide * 72 : 0;
}

/* The page in white. */
static int open_canvas(
    const struct ofd_page *p, double dpi, struct picture *out, struct err *err)
{
    double wide, tall;

    dpi = fmin(fmax(dpi, DPI_MIN), DPI_MAX);
    wide = ceil((double)p->page->width / 72 * dpi);
    tall = ceil((double)p->page->height / 72 * dpi);
    if (wide > LIMIT_PICTURE_SIDE || tall > LIMIT_PICTURE_SIDE ||
        wide * tall > LIMIT_PICTURE_PIXELS || wide < 1 || tall < 1)
        return err_set(err, ERR_LIMIT,
            "reader.size: a picture of %.0f x %.0f dots", wide, tall);
    *out = (struct picture){
        .width = (uint32_t)wide, .height = (uint32_t)tall, .dpi = (float)dpi
    };
    out->gray = mem_alloc((size_t)out->width * out->height);
    memset(out->gray, 255, (size_t)out->width * out->height);
    return 0;
}

/* The way back: points of the page to the unit square. */
static bool invert(const struct ofd_matrix *m, struct ofd_matrix *out)
{
    double size = m->a * m->d - m->b * m->c;

    if (fabs(size) < 1e-6)
        return false;
    *out = (struct ofd_matrix){
        .a = m->d / size, .b = -m->b / size, .c = -m->c / size, .d = m->a / size
    };
    out->e = -(out->a * m->e + out->c * m->f);
    out->f = -(out->b * m->e + out->d * m->f);
    return true;
}

/* The gray around a place of a picture, in parts of its size; the mean of
 * `n` x `n` dots where the page has fewer.  -1 outside. */
static int sample(const struct picture *from, double u, double v, uint32_t n)
{
    uint32_t x, y, sum = 0, count = 0;

    if (!(u >= 0 && u < 1 && v >= 0 && v < 1))
        return -1;
    x = (uint32_t)(u * from->width);
    y = (uint32_t)(v * from->height);
    x = x > n / 2 ? x - n / 2 : 0;
    y = y > n / 2 ? y - n / 2 : 0;
    for (uint32_t j = y; j < y + n && j < from->height; j++)
        for (uint32_t i = x; i < x + n && i < from->width; i++, count++)
            sum += from->gray[(size_t)j * from->width + i];
    return count ? (int)(sum / count) : -1;
}

static void draw(const struct picture *from, const struct ofd_image *image,
    struct picture *to)
{
    double scale = 72.0 / (double)to->dpi;
    double dots = dpi_of(image, from) / (double)to->dpi;
    uint32_t n = dots > 1.5 ? (uint32_t)fmin(dots + 0.5, 8) : 1;
    struct ofd_matrix back;

    if (!invert(&image->matrix, &back))
        return;
    for (uint32_t y = 0; y < to->height; y++)
        for (uint32_t x = 0; x < to->width; x++) {
            double u = (x + 0.5) * scale, v = (y + 0.5) * scale;
            int gray;

            ofd_apply(&back, &u, &v);
            gray = sample(from, u, v, n);
            if (gray >= 0)
                to->gray[(size_t)y * to->width + x] = (uint8_t)gray;
        }
}

/* The pictures one over the other; the first that is there gives the size
 * of the dots. */
static int draw_all(struct ofd_page *p, struct picture *canvas, struct err *err)
{
    for (uint32_t i = 0; i < p->image_n; i++) {
        const struct ofd_image *image = &p->image[i];
        struct picture one = { .gray = NULL };
        int status = decode(p, image, &one, err);

        if (status > 0 && !canvas->gray)
            status = open_canvas(p, dpi_of(image, &one), canvas, err);
        if (status >= 0 && one.gray && canvas->gray)
            draw(&one, image, canvas);
        mem_free(one.gray);
        if (status < 0)
            return -1;
    }
    return 0;
}

int ofd_picture_read(struct ofd_page *p, struct err *err)
{
    struct picture canvas = { .gray = NULL };
    int status;

    if (!is_picture(p))
        return 0;
    if (!page_recognize || !picture_decode)
        return err_set(err, ERR_INPUT, "reader.scan: page %u is a picture",
            p->pages->page_n);
    status = draw_all(p, &canvas, err);
    if (status == 0 && canvas.gray)
        status = page_recognize(p->pages, p->page, &canvas, err);
    mem_free(canvas.gray);
    return status;
}
