/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_strokes - which pieces of a line on a scanned page go on, from one line
 * across it to the next.
 */
#include "transformer/ocr_strokes.h"

#include <string.h>

#include "transformer/ocr_track.h"

/* What counts as a dark pixel of a line, at least. */
#define DARK_LEAST 14

/* Letters are darker than this. */
#define BOLD 120

/* The share of paper in a piece of a faint line. */
#define FAINT_PAPER 0.2f

/* In inches. */
#define HOLE 0.015f     /* in a line, from noise */
#define TRACK 0.3f      /* of a line that may bend */
#define SHORT 0.35f     /* a piece that may be a letter's stroke */
#define REACH 0.04f     /* between the end of a line and one across it */
#define CROSSING 0.015f /* around a line, where none across it shows */

int ocr_ink_of_line(int darkness)
{
    int dark = darkness * 2 / 5;

    return dark < DARK_LEAST ? DARK_LEAST : dark;
}

/* Does the line through `b` stop nowhere from x0 to x1?  A short one that is
 * as dark as a letter must not even seem to. */
static bool goes_on(
    const struct ocr_sheet *s, const struct ocr_gray *g, struct ocr_box b)
{
    struct ocr_track track;
    int len = b.x1 - b.x0, worst = 0, run = 0, all, dark;
    float paper = 0;
    bool bold;

    ocr_track_find(g, &b, ocr_px(s, TRACK), &track);
    all = ocr_track_darkness(&track);
    dark = ocr_ink_of_line(all);
    bold = all >= BOLD && len < ocr_px(s, SHORT);
    for (int x = b.x0; x < b.x1; x++) {
        bool white = ocr_track_least(&track, x, bold ? 1 : 3) > 255 - dark;

        paper += white ? 1.0f : 0.0f;
        run = white ? run + 1 : 0;
        worst = run > worst ? run : worst;
    }
    return bold ? worst < ocr_px(s, HOLE) : paper <= FAINT_PAPER * (float)len;
}

/* Where lines of `across` cross `b`, from the left.  One of both is as on the
 * page, the other on its side. */
static int crossings(const struct ocr_boxes *across, const struct ocr_box *b,
    int reach, int *at, int most)
{
    int n = 0, y = (b->y0 + b->y1) / 2;

    for (uint32_t i = 0; i < across->n && n < most; i++) {
        const struct ocr_box *a = &across->items[i];
        int x = (a->y0 + a->y1) / 2;

        if (x >= b->x0 - reach && x < b->x1 + reach && y >= a->x0 - reach &&
            y < a->x1 + reach)
            at[n++] = x;
    }
    ocr_sort(at, (size_t)n);
    return n;
}

enum {
    CROSSINGS_MOST = 256
};

/* The piece between two crossings: a line goes on there. */
static bool is_piece(const struct ocr_sheet *s, const struct ocr_gray *g,
    struct ocr_box part, bool is_end)
{
    int len = part.x1 - part.x0;

    if (!is_end && len <= 2 * ocr_px(s, CROSSING))
        return true; /* two lines across, side by side */
    return len > (is_end ? ocr_px(s, REACH) : 0) && goes_on(s, g, part);
}

/* Append what is left of one line; `at` has room for two more at its ends. */
static void split_line(const struct ocr_sheet *s, const struct ocr_gray *g,
    struct ocr_box b, int *at, int n, bool apart, struct ocr_boxes *out)
{
    int edge = ocr_px(s, CROSSING);
    struct ocr_box piece = b;
    bool open = false;

    memmove(at + 1, at, (size_t)n * sizeof(*at));
    at[0] = b.x0 < at[1] ? b.x0 : at[1];
    at[n + 1] = b.x1 > at[n] ? b.x1 : at[n];
    for (int k = 0; k <= n; k++) {
        struct ocr_box part = { at[k] + edge, b.y0, at[k + 1] - edge, b.y1 };
        bool good = is_piece(s, g, part, k == 0 || k == n);

        if ((!good || apart) && open && at[k] > piece.x0) {
            piece.x1 = at[k];
            ocr_boxes_add(out, piece);
        }
        if (good && (!open || apart))
            piece.x0 = at[k];
        open = good;
    }
    if (open) {
        piece.x1 = at[n + 1];
        ocr_boxes_add(out, piece);
    }
}

bool ocr_add_pieces(const struct ocr_sheet *s, const struct ocr_gray *g,
    const struct ocr_boxes *across, const struct ocr_box *line, bool apart,
    struct ocr_boxes *out)
{
    int at[CROSSINGS_MOST + 2];
    int n = crossings(across, line, ocr_px(s, REACH), at, CROSSINGS_MOST);

    if (n > 0)
        split_line(s, g, *line, at, n, apart, out);
    return n > 0;
}
