/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_ofd_path - AbbreviatedData to rulings (GB/T 33190-2016, 9.1).
 *
 * Straight lines that are drawn, and long thin rectangles that are filled,
 * as many programs draw their lines.  Curves only move the pen.  What leaves
 * the object's boundary is cut off, as viewers do.
 */
#include "transformer/read_ofd.h"

#include <math.h>

/* Points: what is filled and thinner is a line, what is shorter is none. */
#define THIN 4.0
#define SHORT 1.0

/* Corners that are kept to see whether a figure is a rectangle. */
enum {
    CORNER_MAX = 8,
};

struct pen {
    struct ofd_page *p;
    bool strokes, fills;
    bool covers;                  /* with white what is below */
    double x, y;                  /* in object space */
    double start_x, start_y;      /* of the open figure */
    double corner[CORNER_MAX][2]; /* in points of the page */
    int corner_n;
    bool is_curved; /* no rectangle any more */
};

/* How far beside a boundary a line may still be seen: its width. */
#define BESIDE 3.0

/* Cut a line that runs along an axis (0: x) at the boundary; false when
 * nothing is left of it. */
static bool cut(const struct pen *pen, int along, double *from, double *to)
{
    const struct ofd_box *b = &pen->p->object.boundary;
    const double low[2] = { b->x0, b->y0 }, high[2] = { b->x1, b->y1 };
    int across = 1 - along;

    if (from[across] < low[across] - BESIDE ||
        from[across] > high[across] + BESIDE)
        return false;
    if (high[along] - low[along] < SHORT)
        return true; /* a boundary that was not thought about */
    from[along] = fmin(fmax(from[along], low[along]), high[along]);
    to[along] = fmin(fmax(to[along], low[along]), high[along]);
    return true;
}

static void add_line(struct pen *pen, const double *start, const double *end)
{
    double from[2] = { start[0], start[1] }, to[2] = { end[0], end[1] };
    bool is_level = fabs(from[1] - to[1]) < SHORT;

    if (pen->p->object.is_cut && (is_level || fabs(from[0] - to[0]) < SHORT) &&
        !cut(pen, is_level ? 0 : 1, from, to))
        return;
    if (fabs(from[0] - to[0]) < SHORT && fabs(from[1] - to[1]) < SHORT)
        return;
    page_add_ruling(pen->p->pages, pen->p->page, (float)from[0], (float)from[1],
        (float)to[0], (float)to[1]);
}

static void flush_lines(struct pen *pen)
{
    if (pen->strokes)
        for (int i = 1; i < pen->corner_n; i++)
            add_line(pen, pen->corner[i - 1], pen->corner[i]);
    if (pen->corner_n > 1) {
        memcpy(pen->corner[0], pen->corner[pen->corner_n - 1],
            sizeof(pen->corner[0]));
        pen->corner_n = 1;
    }
}

static void add_shade(struct ofd_page *p, const double *low, const double *high)
{
    if (p->shade_n < OFD_PAGE_SHADES)
        p->shade[p->shade_n++] = (struct ofd_shade){ (float)low[0],
            (float)low[1], (float)high[0], (float)high[1] };
}

/* The box of the corners; false unless its sides are those of the figure. */
static bool box_of(const struct pen *pen, double *low, double *high)
{
    if (pen->is_curved || pen->corner_n < 4)
        return false;
    memcpy(low, pen->corner[0], sizeof(pen->corner[0]));
    memcpy(high, pen->corner[0], sizeof(pen->corner[0]));
    for (int i = 1; i < pen->corner_n; i++) {
        const double *at = pen->corner[i], *before = pen->corner[i - 1];

        if (fabs(at[0] - before[0]) > 0.5 && fabs(at[1] - before[1]) > 0.5)
            return false;
        for (int k = 0; k < 2; k++) {
            low[k] = fmin(low[k], at[k]);
            high[k] = fmax(high[k], at[k]);
        }
    }
    return true;
}

/* Cut a filled rectangle at the boundary. */
static void cut_box(const struct pen *pen, double *low, double *high)
{
    const struct ofd_box *b = &pen->p->object.boundary;

    if (!pen->p->object.is_cut)
        return;
    low[0] = fmax(low[0], b->x0);
    low[1] = fmax(low[1], b->y0);
    high[0] = fmin(high[0], b->x1);
    high[1] = fmin(high[1], b->y1);
}

/* The middle line of a filled rectangle that is thin; false for others. */
static bool add_bar(struct pen *pen)
{
    double low[2], high[2], wide, tall;

    if (!pen->fills || !box_of(pen, low, high))
        return false;
    cut_box(pen, low, high);
    if (pen->covers) {
        ofd_cover(
            pen->p, &(struct ofd_box){ low[0], low[1], high[0], high[1] });
        return true;
    }
    wide = high[0] - low[0];
    tall = high[1] - low[1];
    if (tall <= THIN && wide > 2 * tall) {
        low[1] = high[1] = (low[1] + high[1]) / 2;
    } else if (wide <= THIN && tall > 2 * wide) {
        low[0] = high[0] = (low[0] + high[0]) / 2;
    } else {
        add_shade(pen->p, low, high);
        return false;
    }
    add_line(pen, low, high);
    return true;
}

static void end_figure(struct pen *pen)
{
    if (!add_bar(pen))
        flush_lines(pen);
    pen->corner_n = 0;
    pen->is_curved = false;
}

static void add_corner(struct pen *pen, double x, double y)
{
    if (pen->corner_n == CORNER_MAX) {
        flush_lines(pen);
        pen->is_curved = true;
    }
    pen->x = x;
    pen->y = y;
    ofd_apply(&pen->p->object.matrix, &x, &y);
    pen->corner[pen->corner_n][0] = x;
    pen->corner[pen->corner_n][1] = y;
    pen->corner_n++;
}

static void move_to(struct pen *pen, double x, double y)
{
    end_figure(pen);
    add_corner(pen, x, y);
    pen->start_x = x;
    pen->start_y = y;
}

static void curve_to(struct pen *pen, double x, double y)
{
    flush_lines(pen);
    pen->corner_n = 0;
    add_corner(pen, x, y);
    pen->is_curved = true;
}

/* Numbers behind a command; its point is the last two. */
static int arguments(char command)
{
    switch (command) {
    case 'S':
    case 'M':
    case 'L':
        return 2;
    case 'Q':
        return 4;
    case 'B':
        return 6;
    case 'A':
        return 7;
    case 'C':
        return 0;
    default:
        return -1;
    }
}

static void draw(struct pen *pen, char command, const double *at)
{
    switch (command) {
    case 'S':
    case 'M':
        move_to(pen, at[0], at[1]);
        break;
    case 'L':
        add_corner(pen, at[0], at[1]);
        break;
    case 'C':
        add_corner(pen, pen->start_x, pen->start_y);
        end_figure(pen);
        add_corner(pen, pen->start_x, pen->start_y);
        break;
    default:
        curve_to(pen, at[0], at[1]);
        break;
    }
}

/* `data` up to the first thing that is no path. */
static void follow(struct pen *pen, const char *data)
{
    for (;;) {
        double at[2] = { 0, 0 };
        char command;
        int n;

        while (char_is_one_of(*data, " \t\r\n,"))
            data++;
        command = *data;
        n = arguments(command);
        if (n < 0)
            return;
        data++;
        for (int i = 0; i < n; i++) {
            double value;

            if (!ofd_next_number(&data, &value))
                return;
            at[0] = at[1];
            at[1] = value;
        }
        draw(pen, command, at);
    }
}

static void draw_path(struct pen *pen)
{
    buf_add_char(&pen->p->text, '\0');
    if (pen->p->text.failed)
        return;
    follow(pen, pen->p->text.p);
    end_figure(pen);
}

void ofd_path_add(struct ofd_page *p, bool strokes, bool fills)
{
    struct pen pen = { .p = p, .strokes = strokes, .fills = fills };

    if (strokes || fills)
        draw_path(&pen);
}

void ofd_path_cover(struct ofd_page *p)
{
    struct pen pen = { .p = p, .fills = true, .covers = true };

    draw_path(&pen);
}
