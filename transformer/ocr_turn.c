/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_turn - pages that lie on their side or upside down.
 *
 * The nets read something in any ink, but hardly ever the words of a report
 * where there are none.
 */
#include "transformer/ocr_turn.h"

#include <string.h>

#include "common/mem.h"

/* Characters of a page that say enough of it. */
#define ENOUGH 24

static const char common[] = "政府信息公开申请年度其他法律机关行处理工作数总计";

struct picture ocr_turned(const struct picture *from, int quarters)
{
    struct picture to = *from;
    size_t w = from->width, h = from->height;

    if (quarters != 2) {
        to.width = from->height;
        to.height = from->width;
    }
    to.gray = mem_alloc_n(w, h);
    for (size_t y = 0; y < h; y++)
        for (size_t x = 0; x < w; x++) {
            size_t at = quarters == 2   ? (h - 1 - y) * w + (w - 1 - x)
                        : quarters == 1 ? x * h + (h - 1 - y)
                                        : (w - 1 - x) * h + y;

            to.gray[at] = from->gray[y * w + x];
        }
    return to;
}

static bool is_common(const char *character)
{
    for (const char *p = common; *p; p += 3)
        if (memcmp(p, character, 3) == 0)
            return true;
    return false;
}

int ocr_sense(const struct page *page)
{
    int all = 0, known = 0;

    for (uint32_t i = 0; i < page->run_n; i++) {
        struct slice t = page->runs[i].text;

        for (size_t k = 0; k + 2 < t.len; k++)
            if ((unsigned char)t.p[k] >= 0xe4 &&
                (unsigned char)t.p[k] <= 0xe9) {
                all++;
                known += is_common(t.p + k) ? 1 : 0;
                k += 2;
            }
    }
    return all < ENOUGH ? -1 : known * 1000 / all;
}
