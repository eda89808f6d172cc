/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nianbao-scan - makes a scan of pages: turned, noisy, blurred, stamped,
 * squeezed.
 *
 * Reads pictures of pages (pdftoppm makes them), writes one file: a PDF of
 * JPEG pictures, a TIFF of many pages, or a JPEG, PNG or BMP of one.  The
 * same options write the same bytes.
 */
#include <getopt.h>
#include <leptonica/allheaders.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/log.h"
#include "tests/gen/rng.h"
#include "tests/pdf.h"

static const char usage[] =
    "usage: nianbao-scan [--dpi N] [--skew DEGREES] [--noise SIGMA]\n"
    "           [--blur PIXELS] [--quality N] [--specks N] [--stamp]\n"
    "           [--gray] [--bilevel] [--seed N] --out "
    "FILE.(pdf|tif|jpg|png|bmp) PAGE...\n"
    "\n"
    "Example: nianbao-scan --skew 0.7 --noise 15 --quality 50 \\\n"
    "             --out report.pdf page-1.ppm page-2.ppm\n";

struct damage {
    int dpi, quality, specks;
    double skew, noise, blur;
    bool stamp, gray, bilevel;
    uint64_t seed;
};

/* ---- damage ------------------------------------------------------------ */

static void replace(PIX **from, PIX *to)
{
    if (!to)
        fatal("leptonica cannot do this");
    pixDestroy(from);
    *from = to;
}

static uint32_t clamp(double v)
{
    return v < 0 ? 0 : v > 255 ? 255 : (uint32_t)v;
}

static double gauss(struct rng *r)
{
    double u = (rng_below(r, 1u << 30) + 1.0) / (1 << 30);
    double v = rng_below(r, 1u << 30) * 2 * M_PI / (1 << 30);

    return sqrt(-2 * log(u)) * cos(v);
}

static void add_noise(PIX *pix, double sigma, struct rng *r)
{
    for (int y = 0; y < pixGetHeight(pix); y++) {
        l_uint32 *line = pixGetData(pix) + (ptrdiff_t)y * pixGetWpl(pix);

        for (int x = 0; x < pixGetWidth(pix); x++) {
            double n = gauss(r) * sigma;

            line[x] = clamp((line[x] >> 24) + n) << 24 |
                      clamp((line[x] >> 16 & 255) + n) << 16 |
                      clamp((line[x] >> 8 & 255) + n) << 8;
        }
    }
}

/* Red ink at a point lets the paper's darkness through. */
static void ink_red(PIX *pix, int x, int y)
{
    l_uint32 *p;

    if (x < 0 || y < 0 || x >= pixGetWidth(pix) || y >= pixGetHeight(pix))
        return;
    p = pixGetData(pix) + (ptrdiff_t)y * pixGetWpl(pix) + x;
    *p = ((*p >> 24) * 225 / 255) << 24 | ((*p >> 16 & 255) * 50 / 255) << 16 |
         ((*p >> 8 & 255) * 45 / 255) << 8;
}

/* A seal: a ring 40 mm wide with a disk in its middle. */
static void add_stamp(PIX *pix, int dpi, struct rng *r)
{
    int radius = (int)(dpi * 0.8);
    int cx = pixGetWidth(pix) / 3 + (int)rng_below(r, (uint32_t)dpi * 3);
    int cy = pixGetHeight(pix) / 5 + (int)rng_below(r, (uint32_t)dpi * 5);

    for (int y = -radius; y <= radius; y++)
        for (int x = -radius; x <= radius; x++) {
            double d = sqrt(x * x + y * y) / radius;

            if ((d > 0.93 && d <= 1) || d < 0.25)
                ink_red(pix, cx + x, cy + y);
        }
}

/* Dirt: spots of two or three pixels anywhere. */
static void add_specks(PIX *pix, int n, struct rng *r)
{
    for (int i = 0; i < n; i++) {
        int x = (int)rng_below(r, (uint32_t)pixGetWidth(pix) - 4);
        int y = (int)rng_below(r, (uint32_t)pixGetHeight(pix) - 4);
        int side = 1 + (int)rng_below(r, 2);

        pixRasterop(pix, x, y, side, side, PIX_CLR, NULL, 0, 0);
    }
}

static PIX *scan(const char *path, const struct damage *d, struct rng *r)
{
    PIX *raw = pixRead(path), *pix;

    if (!raw)
        fatal("%s: no picture", path);
    pix = pixConvertTo32(raw);
    pixDestroy(&raw);
    if (d->stamp)
        add_stamp(pix, d->dpi, r);
    add_specks(pix, d->specks, r);
    if (d->skew != 0)
        replace(&pix, pixRotate(pix, (l_float32)(d->skew * M_PI / 180),
                          L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0));
    if (d->blur > 0) {
        L_KERNEL *k = makeGaussianKernel(2, 2, (l_float32)d->blur, 1);

        replace(&pix, pixConvolveRGB(pix, k));
        kernelDestroy(&k);
    }
    if (d->noise > 0)
        add_noise(pix, d->noise, r);
    if (d->gray || d->bilevel)
        replace(&pix, pixConvertTo8(pix, 0));
    if (d->bilevel)
        replace(&pix, pixThresholdToBinary(pix, 190));
    pixSetResolution(pix, d->dpi, d->dpi);
    return pix;
}

/* ---- files ------------------------------------------------------------- */

static bool ends(const char *path, const char *suffix)
{
    size_t n = strlen(path), m = strlen(suffix);

    return n >= m && strcmp(path + n - m, suffix) == 0;
}

static void write_file(const char *path, struct slice bytes)
{
    FILE *f = fopen(path, "wb");

    if (!f || fwrite(bytes.p, 1, bytes.len, f) != bytes.len || fclose(f) != 0)
        fatal("%s: cannot be written", path);
}

/* Objects 1 and 2 are catalogue and pages, then three a page. */
static void write_pdf(
    const char *path, PIX **pages, int n, const struct damage *d)
{
    static struct pdf_file f;
    struct buf kids;

    buf_init(&kids, 65536);
    for (int i = 0; i < n; i++)
        buf_printf(&kids, "%d 0 R ", 3 + 3 * i);
    buf_add_char(&kids, '\0');
    pdf_start(&f);
    pdf_object(&f, "<< /Type /Catalog /Pages 2 0 R >>");
    pdf_object(&f, "<< /Type /Pages /Kids [ %s] /Count %d >>", kids.p, n);
    for (int i = 0; i < n; i++) {
        double w = pixGetWidth(pages[i]) * 72.0 / d->dpi;
        double h = pixGetHeight(pages[i]) * 72.0 / d->dpi;
        l_uint8 *data = NULL;
        size_t len = 0;
        char text[256];

        pdf_object(&f,
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f] "
            "/Contents %d 0 R /Resources << /XObject << /I %d 0 R >> >> >>",
            w, h, 4 + 3 * i, 5 + 3 * i);
        snprintf(text, sizeof(text), "%.2f 0 0 %.2f 0 0 cm /I Do", w, h);
        pdf_stream(&f, "", slice_str(text));
        if (pixWriteMemJpeg(&data, &len, pages[i], d->quality, 0) != 0)
            fatal("no JPEG");
        snprintf(text, sizeof(text),
            "/Type /XObject /Subtype /Image /Width %d /Height %d "
            "/BitsPerComponent 8 /ColorSpace /%s /Filter /DCTDecode",
            pixGetWidth(pages[i]), pixGetHeight(pages[i]),
            d->gray ? "DeviceGray" : "DeviceRGB");
        pdf_stream(&f, text, (struct slice){ (const char *)data, len });
        lept_free(data);
    }
    pdf_end(&f, "");
    if (f.out.failed)
        fatal("a PDF of more than %u bytes", LIMIT_BODY_BYTES);
    write_file(path, buf_slice(&f.out));
    buf_clear(&kids);
}

static void write_tiff(const char *path, PIX **pages, int n)
{
    for (int i = 0; i < n; i++)
        if (pixWriteTiff(path, pages[i],
                pixGetDepth(pages[i]) == 1 ? IFF_TIFF_G4 : IFF_TIFF_LZW,
                i ? "a" : "w") != 0)
            fatal("%s: cannot be written", path);
}

static void write_one(const char *path, PIX *pix, const struct damage *d)
{
    l_int32 status;

    if (ends(path, ".jpg"))
        status = pixWriteJpeg(path, pix, d->quality, 0);
    else
        status = pixWrite(path, pix, ends(path, ".png") ? IFF_PNG : IFF_BMP);
    if (status != 0)
        fatal("%s: cannot be written", path);
}

/* ---- main -------------------------------------------------------------- */

/* A number of the command line. */
static double number(const char *text)
{
    char *end;
    double value = strtod(text, &end);

    if (end == text || *end)
        fatal("%s is no number", text);
    return value;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        { "dpi", required_argument, NULL, 'd' },
        { "skew", required_argument, NULL, 's' },
        { "noise", required_argument, NULL, 'n' },
        { "blur", required_argument, NULL, 'b' },
        { "quality", required_argument, NULL, 'q' },
        { "specks", required_argument, NULL, 'k' },
        { "stamp", no_argument, NULL, 't' },
        { "gray", no_argument, NULL, 'g' },
        { "bilevel", no_argument, NULL, 'l' },
        { "seed", required_argument, NULL, 'r' },
        { "out", required_argument, NULL, 'o' },
        { NULL, 0, NULL, 0 },
    };
    struct damage d = { .dpi = 200, .quality = 75, .seed = 1 };
    const char *out = NULL;
    PIX *pages[64] = { NULL };
    struct rng r;
    int opt, n = 0;

    log_init("nianbao-scan", LOG_LEVEL_INFO);
    while ((opt = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (opt) {
        case 'd':
            d.dpi = (int)number(optarg);
            break;
        case 's':
            d.skew = number(optarg);
            break;
        case 'n':
            d.noise = number(optarg);
            break;
        case 'b':
            d.blur = number(optarg);
            break;
        case 'q':
            d.quality = (int)number(optarg);
            break;
        case 'k':
            d.specks = (int)number(optarg);
            break;
        case 't':
            d.stamp = true;
            break;
        case 'g':
            d.gray = true;
            break;
        case 'l':
            d.bilevel = true;
            break;
        case 'r':
            d.seed = strtoull(optarg, NULL, 10);
            break;
        case 'o':
            out = optarg;
            break;
        default:
            fputs(usage, stderr);
            return 2;
        }
    }
    if (!out || optind == argc || argc - optind > 64 || d.dpi < 50) {
        fputs(usage, stderr);
        return 2;
    }
    rng_init(&r, d.seed, 0);
    for (; optind < argc; optind++)
        pages[n++] = scan(argv[optind], &d, &r);
    if (ends(out, ".pdf"))
        write_pdf(out, pages, n, &d);
    else if (ends(out, ".tif"))
        write_tiff(out, pages, n);
    else
        write_one(out, pages[0], &d);
    while (n > 0)
        pixDestroy(&pages[--n]);
    return 0;
}
