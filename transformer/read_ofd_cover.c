/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_ofd_cover - texts that something opaque is painted over.
 *
 * An edited number lies below a white rectangle, the text of a scan that was
 * recognised elsewhere below its picture: nobody sees them, so they are not
 * what the page says.  Objects are painted in their order; what may be
 * transparent (PNG, masks) covers nothing.
 */
#include "transformer/read_ofd.h"

#include <math.h>
#include <strings.h>

/* Comparisons on one page; a real one has some thousand glyphs and shades. */
#define WORK_MAX 50000000u

/* Share of the page from which a picture is taken for the page. */
#define PAGE_SHARE 0.4

static bool is_below(const struct page_run *r, const struct ofd_box *b)
{
    double x = ((double)r->x0 + (double)r->x1) / 2;
    double y = ((double)r->y0 + (double)r->y1) / 2;

    return x > b->x0 && x < b->x1 && y > b->y0 && y < b->y1;
}

static bool is_white_space(struct slice text)
{
    return slice_trim(text).len == 0 || slice_eq_str(text, "\xc2\xa0") ||
           slice_eq_str(text, "\xe3\x80\x80");
}

void ofd_cover(struct ofd_page *p, const struct ofd_box *box)
{
    struct page *page = p->page;
    uint32_t kept = 0;

    if (page->run_n > WORK_MAX - p->cover_work)
        return;
    p->cover_work += page->run_n;
    for (uint32_t i = 0; i < page->run_n; i++) {
        if (!is_below(&page->runs[i], box)) {
            page->runs[kept++] = page->runs[i];
            continue;
        }
        if (p->glyph_n > 0 && !is_white_space(page->runs[i].text))
            p->glyph_n--;
    }
    page->run_n = kept;
    if (p->glyph_n == 0)
        memset(p->turned, 0, sizeof(p->turned));
}

static bool ends_with(struct slice name, const char *suffix)
{
    size_t n = strlen(suffix);

    return name.len >= n && strncasecmp(name.p + name.len - n, suffix, n) == 0;
}

static bool is_opaque(struct slice part)
{
    static const char *const suffixes[] = { ".jpg", ".jpeg", ".jb2", ".jbig2",
        ".bmp", ".tif", ".tiff", NULL };

    for (size_t i = 0; suffixes[i]; i++)
        if (ends_with(part, suffixes[i]))
            return true;
    return false;
}

void ofd_cover_image(struct ofd_page *p)
{
    const struct ofd_matrix *m = &p->object.matrix;
    const struct ofd_resource *r =
        ofd_resource_find(&p->doc->resources, OFD_MEDIA, p->object.resource);
    struct ofd_box box = { fmin(m->e, m->e + m->a), fmin(m->f, m->f + m->d),
        fmax(m->e, m->e + m->a), fmax(m->f, m->f + m->d) };

    if (!r || !is_opaque(r->part) || m->b != 0 || m->c != 0 ||
        (box.x1 - box.x0) * (box.y1 - box.y0) <
            PAGE_SHARE * (double)p->page->width * (double)p->page->height)
        return;
    ofd_cover(p, &box);
}
