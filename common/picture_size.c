/* SPDX-License-Identifier: Apache-2.0 */
/*
 * picture_size - what a picture may be, by the size in its header alone.
 *
 * Tells icons from pages where nothing is there that decodes pictures.
 */
#include "common/picture_size.h"

/* Within both it is an icon: a page as wide would have 90 dots per inch. */
#define ICON_WIDTH 744u
#define ICON_HEIGHT 600u

/* Both sides of what may be a whole page: A4 at 68 dots per inch. */
#define PAGE_SIDE 560u

static uint32_t get8(struct slice in, size_t at)
{
    return at < in.len ? (unsigned char)in.p[at] : 0;
}

static uint32_t get16(struct slice in, size_t at)
{
    return get8(in, at) << 8 | get8(in, at + 1);
}

static uint32_t get32(struct slice in, size_t at)
{
    return get16(in, at) << 16 | get16(in, at + 2);
}

static uint32_t get32_little(struct slice in, size_t at)
{
    return get8(in, at) | get8(in, at + 1) << 8 | get8(in, at + 2) << 16 |
           get8(in, at + 3) << 24;
}

/* ISO/IEC 10918-1, B.2.2: the frame header, all but DHT, JPG and DAC. */
static bool is_frame(uint32_t marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 &&
           marker != 0xc8 && marker != 0xcc;
}

/* From segment to segment up to the frame header. */
static bool jpeg_size(struct slice in, uint32_t *width, uint32_t *height)
{
    size_t at = 2;

    while (at + 9 <= in.len && get8(in, at) == 0xff) {
        uint32_t marker = get8(in, at + 1), len = get16(in, at + 2);

        if (marker == 0xff) { /* fill */
            at++;
            continue;
        }
        if (is_frame(marker)) {
            *height = get16(in, at + 5);
            *width = get16(in, at + 7);
            return true;
        }
        if (len < 2)
            return false;
        at += 2 + len;
    }
    return false;
}

bool picture_size(struct slice in, uint32_t *width, uint32_t *height)
{
    if (slice_starts(in, SLICE_LIT("\xff\xd8\xff")))
        return jpeg_size(in, width, height);
    if (slice_starts(in, SLICE_LIT("\x89PNG\r\n")) && in.len >= 24) {
        *width = get32(in, 16);
        *height = get32(in, 20);
        return true;
    }
    if (slice_starts(in, SLICE_LIT("BM")) && in.len >= 26) {
        int32_t tall = (int32_t)get32_little(in, 22);

        *width = get32_little(in, 18);
        /* below zero: the rows are stored from the top */
        *height = tall < 0 ? 0u - (uint32_t)tall : (uint32_t)tall;
        return true;
    }
    return false;
}

bool picture_is_icon(struct slice in)
{
    uint32_t width, height;

    return picture_size(in, &width, &height) && width < ICON_WIDTH &&
           height < ICON_HEIGHT;
}

bool picture_may_be_page(struct slice in)
{
    uint32_t width, height;

    return !picture_size(in, &width, &height) ||
           (width >= PAGE_SIDE && height >= PAGE_SIDE);
}
