/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_picture - a picture becomes a page of the size that it was on paper.
 *
 * The one thing that readers of pictures share; what they see, the hook says.
 */
#include "transformer/page_picture.h"

/* Paper in points: what a picture shows whose resolution says nothing. */
#define A4_SHORT 595.0f
#define A4_LONG 842.0f

/* Widths that a stated resolution may give: from A5 to A3 across.  Cameras
 * and portals write 72 or 96 into everything. */
#define WIDTH_LEAST 400.0f
#define WIDTH_MOST 1250.0f

static float width_of(const struct picture *p)
{
    float width = p->dpi > 0 ? (float)p->width * 72 / p->dpi : 0;

    if (width >= WIDTH_LEAST && width <= WIDTH_MOST)
        return width;
    return p->width > p->height ? A4_LONG : A4_SHORT;
}

int picture_page_read(
    struct pages *pages, const struct picture *picture, struct err *err)
{
    float width = width_of(picture);
    struct page *page = pages_add(
        pages, width, width * (float)picture->height / (float)picture->width);

    if (!page)
        return 0; /* pages_to_tree says why */
    return page_recognize(pages, page, picture, err);
}
