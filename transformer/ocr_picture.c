/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_picture - PNG, JPEG, TIFF and BMP to gray, through leptonica.
 *
 * The size that a header claims is compared with the limits before anything
 * is decoded.  Half a picture is no picture: its lower rows would pass for
 * blank cells, so whatever the decoders complain of ends it.
 */
#include "transformer/page_picture.h"

#include <leptonica/allheaders.h>

#include "common/limits.h"
#include "common/mem.h"
#include "transformer/ocr_picture.h"

/* Resolutions that a scanner may claim. */
#define DPI_LEAST 60
#define DPI_MOST 1300

static int check_size(l_int32 w, l_int32 h, struct err *err)
{
    if (w <= 0 || h <= 0)
        return err_set(err, ERR_INPUT, "reader.broken: picture of no size");
    if ((uint32_t)w > LIMIT_PICTURE_SIDE || (uint32_t)h > LIMIT_PICTURE_SIDE ||
        (uint64_t)w * (uint64_t)h > LIMIT_PICTURE_PIXELS)
        return err_set(err, ERR_LIMIT,
            "reader.size: picture of %d x %d pixels, at most %u", w, h,
            LIMIT_PICTURE_PIXELS);
    return 0;
}

/* What the header says, before anything is decoded. */
static int check_header(struct slice in, uint32_t index, struct err *err)
{
    l_int32 format = IFF_UNKNOWN, w = 0, h = 0, bits = 0, samples = 0;

    if (pixReadHeaderMem((const l_uint8 *)in.p, in.len, &format, &w, &h, &bits,
            &samples, NULL) != 0)
        return err_set(err, ERR_INPUT, "reader.broken: the picture's header");
    if (format >= IFF_TIFF && format <= IFF_TIFF_ZIP && index > 0 &&
        readHeaderMemTiff((const l_uint8 *)in.p, in.len, (l_int32)index, &w, &h,
            &bits, &samples, NULL, NULL, NULL) != 0)
        return err_set(err, ERR_INPUT, "reader.broken: the picture's header");
    if (bits * samples > 64)
        return err_set(err, ERR_INPUT,
            "reader.broken: picture of %d samples of %d bits", samples, bits);
    return check_size(w, h, err);
}

static bool is_tiff(struct slice in)
{
    return slice_starts(in, SLICE_LIT("II*")) ||
           slice_starts(in, (struct slice){ "MM\0*", 4 });
}

static PIX *decode(struct slice in, uint32_t index)
{
    const l_uint8 *p = (const l_uint8 *)in.p;
    l_int32 warnings = 0;
    PIX *pix;

    if (is_tiff(in))
        return pixReadMemTiff(p, in.len, (l_int32)index);
    if (!slice_starts(in, SLICE_LIT("\xff\xd8\xff")))
        return pixReadMem(p, in.len);
    pix = pixReadMemJpeg(p, in.len, 0, 1, &warnings, 0);
    if (warnings)
        pixDestroy(&pix);
    return pix;
}

/* The gray of one row of 32-bit pixels, whose alpha lies on paper. */
static void gray_of_colours(
    const l_uint32 *line, uint32_t width, bool alpha, uint8_t *out)
{
    for (uint32_t x = 0; x < width; x++) {
        uint32_t r = line[x] >> 24, g = line[x] >> 16 & 255,
                 b = line[x] >> 8 & 255, a = alpha ? line[x] & 255 : 255;

        r = (r * a + 255 * (255 - a)) / 255;
        g = (g * a + 255 * (255 - a)) / 255;
        b = (b * a + 255 * (255 - a)) / 255;
        out[x] = picture_gray((uint8_t)r, (uint8_t)g, (uint8_t)b);
    }
}

/* `pix` without colour map, at 8 or 32 bits. */
static PIX *flatten(PIX *pix)
{
    PIX *plain = pixRemoveColormap(pix, REMOVE_CMAP_BASED_ON_SRC);
    PIX *deep;

    if (!plain || pixGetDepth(plain) == 32 || pixGetDepth(plain) == 8)
        return plain;
    deep = pixConvertTo8(plain, 0);
    pixDestroy(&plain);
    return deep;
}

static void fill(PIX *pix, struct picture *out)
{
    bool colours = pixGetDepth(pix) == 32, alpha = pixGetSpp(pix) == 4;
    l_int32 dpi = pixGetXRes(pix), words = pixGetWpl(pix);
    l_uint32 *data = pixGetData(pix);

    out->width = (uint32_t)pixGetWidth(pix);
    out->height = (uint32_t)pixGetHeight(pix);
    out->dpi = dpi >= DPI_LEAST && dpi <= DPI_MOST ? (float)dpi : 0;
    out->gray = mem_alloc_n(out->width, out->height);
    for (uint32_t y = 0; y < out->height; y++) {
        l_uint32 *line = data + (size_t)y * (size_t)words;
        uint8_t *to = out->gray + (size_t)y * out->width;

        if (colours)
            gray_of_colours(line, out->width, alpha, to);
        else
            for (uint32_t x = 0; x < out->width; x++)
                to[x] = GET_DATA_BYTE(line, x);
    }
}

static l_int32 tiff_pages(struct slice in)
{
    l_int32 n = 0;
    FILE *f = fopenReadFromMemory((const l_uint8 *)in.p, in.len);

    if (f) {
        if (tiffGetCount(f, &n) != 0)
            n = 0;
        fclose(f);
    }
    return n;
}

int ocr_picture_decode(
    struct slice in, uint32_t index, struct picture *out, struct err *err)
{
    PIX *pix, *flat;
    int status = -1;

    if (index > 0 && !is_tiff(in))
        return 0;
    if (picture_is_jbig2(in))
        return picture_decode_jbig2(in, out, err);
    if (index >= LIMIT_PAGES)
        return err_set(
            err, ERR_LIMIT, "reader.size: more than %u pictures", LIMIT_PAGES);
    if (index > 0 && (l_int32)index >= tiff_pages(in))
        return 0;
    if (check_header(in, index, err) < 0)
        return -1;
    pix = decode(in, index);
    flat = pix ? flatten(pix) : NULL;
    if (!flat) {
        err_set(err, ERR_INPUT, "reader.broken: the picture does not decode");
        goto out;
    }
    if (check_size(pixGetWidth(flat), pixGetHeight(flat), err) < 0)
        goto out;
    fill(flat, out);
    status = 1;
out:
    pixDestroy(&flat);
    pixDestroy(&pix);
    return status;
}
