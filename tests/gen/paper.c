/* SPDX-License-Identifier: Apache-2.0 */
/*
 * paper - blocks of a report laid out on pages.
 *
 * Columns as wide as their numbers need, labels with what is left; rows as
 * high as their lines; a page ends where the next row does not fit, or
 * before a row that the order names.
 */
#include "tests/gen/ofd.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define LEFT 25.0
#define RIGHT 185.0
#define TOP 28.0
#define BOTTOM 268.0
#define PAD 1.2
#define LEADING 1.3

size_t paper_char(const char *p, double *width)
{
    size_t n = 1;

    while ((p[n] & 0xC0) == 0x80)
        n++;
    *width = n > 2 ? 1 : 0.5;
    return n;
}

static void *grow(struct paper *p, void *array, int n, int *cap, size_t size)
{
    void *more;

    if (n < *cap)
        return array;
    *cap = *cap > 0 ? *cap * 2 : 64;
    more = arena_alloc_n(p->arena, (size_t)*cap, size);
    if (n > 0)
        memcpy(more, array, (size_t)n * size);
    return more;
}

static struct paper_page *last_page(struct paper *p)
{
    return &p->page[p->page_n - 1];
}

static void add_text(struct paper *p, double x, double y, double size,
    const char *text, bool down)
{
    struct paper_page *page = last_page(p);

    page->text =
        grow(p, page->text, page->text_n, &page->text_cap, sizeof *page->text);
    page->text[page->text_n++] = (struct paper_text){ x, y, size, text, down };
}

static void add_cell(struct paper *p, const struct paper_cell *cell)
{
    struct paper_page *page = last_page(p);

    page->cell =
        grow(p, page->cell, page->cell_n, &page->cell_cap, sizeof *page->cell);
    page->cell[page->cell_n++] = *cell;
}

static void add_page(struct paper *p)
{
    assert(p->page_n < 64);
    p->page_n++;
    p->y = TOP;
    add_text(
        p, 101, 282, 3.5, arena_printf(p->arena, "— %d —", p->page_n).p, false);
}

/* ---- lines ----------------------------------------------------------------
 */

enum {
    LINE_MAX_N = 64,
};

struct lines {
    const char *line[LINE_MAX_N];
    double width[LINE_MAX_N]; /* in sizes */
    int n;
};

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || c == '.' || c == ',' || c == '-';
}

/* Bytes that stay together: a character, or a number. */
static size_t next_piece(const char *text, double *width)
{
    size_t n = paper_char(text, width);

    while (is_word(text[n - 1]) && is_word(text[n])) {
        *width += 0.5;
        n++;
    }
    return n;
}

static void add_line(
    struct lines *l, struct arena *a, const char *from, size_t n, double width)
{
    assert(l->n < LINE_MAX_N);
    l->line[l->n] = arena_slice(a, (struct slice){ from, n }).p;
    l->width[l->n++] = width;
}

/* Break `text` into lines of at most `room` sizes. */
static void wrap(
    struct lines *l, struct arena *a, const char *text, double room)
{
    const char *from = text;
    double width = 0;

    l->n = 0;
    while (*text != '\0') {
        double piece;
        size_t n = next_piece(text, &piece);

        if (*text == '\n' || (text > from && width + piece > room)) {
            add_line(l, a, from, (size_t)(text - from), width);
            text += *text == '\n';
            from = text;
            width = 0;
            continue;
        }
        text += n;
        width += piece;
    }
    if (text > from)
        add_line(l, a, from, (size_t)(text - from), width);
}

/* ---- tables ---------------------------------------------------------------
 */

struct grid {
    struct paper *p;
    const struct gen_sheet *s;
    struct gen_place (*place)[GEN_SHEET_COLS];
    int width; /* columns */
    double size;
    double x[GEN_SHEET_COLS + 1];
    double height[GEN_SHEET_ROWS];
    double y[GEN_SHEET_ROWS + 1];             /* on the page that is filled */
    int done[GEN_SHEET_ROWS][GEN_SHEET_COLS]; /* lines that are printed */
    double cut[GEN_SHEET_ROWS]; /* of the height, on the page before */
    int header_n;               /* rows that are repeated on this page */
};

static double widest(const char *text)
{
    double most = 0, width = 0;

    while (*text != '\0') {
        double one;
        size_t n = paper_char(text, &one);

        width = *text == '\n' ? 0 : width + one;
        most = fmax(most, width);
        text += n;
    }
    return most;
}

/* Widths of the columns at this size; false when they do not fit. */
static bool set_columns(struct grid *g)
{
    double need[GEN_SHEET_COLS] = { 0 }, sum = 0, rest;
    bool value[GEN_SHEET_COLS] = { false }, group[GEN_SHEET_COLS] = { false };
    int label_n = 0;

    for (int r = 0; r < g->s->n; r++)
        for (int c = 0; c < g->width; c++) {
            const struct gen_slot *slot = g->place[r][c].slot;

            if (slot == NULL || slot->colspan > 1)
                continue;
            if (slot->cell >= 0 || slot->role == ROLE_VALUE) {
                value[c] = true;
                need[c] = fmax(need[c], widest(slot->text) * g->size);
            }
            group[c] |= slot->role == ROLE_GROUP;
        }
    for (int c = 0; c < g->width; c++) {
        if (value[c])
            need[c] = fmax(need[c] + 2 * PAD + 0.4, 2.7 * g->size);
        else if (group[c])
            need[c] = 12;
        else
            label_n++;
        sum += need[c];
    }
    rest = RIGHT - LEFT - sum;
    if (rest < label_n * 14.0)
        return false;
    for (int c = 0; c < g->width; c++) {
        double wide = value[c] || group[c] ? need[c] : rest / label_n;

        if (label_n == 0)
            wide += rest / g->width;
        g->x[c + 1] = g->x[c] + wide;
    }
    return true;
}

static void wrap_slot(
    const struct grid *g, int c, const struct gen_slot *slot, struct lines *l)
{
    int end = c + slot->colspan;
    double wide;

    if (end > g->width)
        end = g->width;
    wide = g->x[end] - g->x[c] - 2 * PAD;
    wrap(l, g->p->arena, slot->text, wide / g->size + 0.01);
}

static double lines_height(const struct grid *g, int n)
{
    return n * g->size * LEADING + 2 * PAD;
}

static int last_row(const struct grid *g, int r, const struct gen_slot *slot)
{
    int end = r + slot->rowspan;

    return (end > g->s->n ? g->s->n : end) - 1;
}

static void set_heights(struct grid *g)
{
    for (int r = 0; r < g->s->n; r++)
        g->height[r] = lines_height(g, 1);
    for (int r = 0; r < g->s->n; r++)
        for (int c = 0; c < g->width; c++) {
            const struct gen_place *at = &g->place[r][c];
            double need, has = 0;
            struct lines l;
            int last;

            if (at->slot == NULL || !at->first_row || !at->first_col)
                continue;
            wrap_slot(g, c, at->slot, &l);
            need = lines_height(g, l.n);
            last = last_row(g, r, at->slot);
            for (int i = r; i <= last; i++)
                has += g->height[i];
            if (need > has)
                g->height[last] += need - has;
        }
}

static bool print_down(
    struct grid *g, const struct gen_slot *slot, const struct paper_cell *box)
{
    double wide;
    int n = 0;
    const char *t = slot->text;

    if ((g->p->order->ways & OFD_VERTICAL) == 0 || slot->role != ROLE_GROUP ||
        slot->rowspan < 2 || strchr(t, '\n') != NULL)
        return false;
    for (; *t != '\0'; n++)
        t += paper_char(t, &wide);
    if (n * g->size > box->y1 - box->y0 - 0.5)
        return false;
    add_text(g->p, (box->x0 + box->x1 - g->size) / 2,
        (box->y0 + box->y1 - n * g->size) / 2 + 0.86 * g->size, g->size,
        slot->text, true);
    return true;
}

/* Print what is left of a cell's lines in the part of it on this page. */
static void print_lines(struct grid *g, int *done, const struct gen_slot *slot,
    const struct lines *l, const struct paper_cell *box)
{
    double step = g->size * LEADING, tall = box->y1 - box->y0;
    int n = l->n - *done;
    int fit = (int)((tall - 0.4) / step);

    if (n <= 0)
        return;
    if (box->open_bottom && n > fit)
        n = fit;
    if (n > fit)
        step = (tall - 0.4) / n;
    for (int i = 0; i < n; i++) {
        double wide = l->width[*done + i] * g->size;
        double x = box->x0 + PAD;
        double top = (box->y0 + box->y1 - n * step) / 2;

        if (slot->role != ROLE_LABEL)
            x = (box->x0 + box->x1 - wide) / 2;
        add_text(g->p, x,
            top + i * step + (step - g->size) / 2 + 0.86 * g->size, g->size,
            l->line[*done + i], false);
    }
    *done += n;
}

/* The rows from..end-1 on one page; `more`: row end-1 goes on on the next. */
struct part {
    int from, end;
    bool more;
};

/* Where the border of a cell would lie along a page break; its first row is
 * `r` of the part, its last one `last` of the table. */
static void open_borders(const struct grid *g, const struct part *part, int r,
    int last, struct paper_cell *box)
{
    bool is_header = part->from == 0 && part->end == g->header_n;
    bool goes_on = part->from > 0 || g->cut[part->from] > 0;

    box->open_top =
        r == part->from && (is_header || (goes_on && g->header_n == 0));
    box->open_bottom = last >= part->end - 1 && !is_header &&
                       (part->end < g->s->n || part->more);
}

/* Print a cell, or what is left of it, from row `r` on. */
static void print_cell(struct grid *g, const struct part *part, int r, int c)
{
    const struct gen_slot *slot = g->place[r][c].slot;
    int right = c + slot->colspan, first = r, last;
    struct paper_cell box;
    struct lines l;

    while (!g->place[first][c].first_row)
        first--;
    last = last_row(g, first, slot);
    box = (struct paper_cell){ .x0 = g->x[c],
        .y0 = g->y[r],
        .x1 = g->x[right > g->width ? g->width : right],
        .y1 = g->y[last < part->end ? last + 1 : part->end],
        .open_bottom =
            last >= part->end || (part->more && last == part->end - 1) };
    wrap_slot(g, c, slot, &l);
    if (first != r || box.open_bottom || !print_down(g, slot, &box))
        print_lines(g, &g->done[first][c], slot, &l, &box);
    open_borders(g, part, r, last, &box);
    add_cell(g->p, &box);
}

static void print_part(struct grid *g, int from, int end, bool more)
{
    const struct part part = { from, end, more };

    for (int r = from; r < end; r++)
        for (int c = 0; c < g->width; c++) {
            const struct gen_place *at = &g->place[r][c];

            if (at->slot != NULL && at->first_col &&
                (at->first_row || r == from))
                print_cell(g, &part, r, c);
        }
}

/* The header rows once more, on a page that goes on with row `from`. */
static void repeat_header(struct grid *g, int from)
{
    int n = 0;
    double y = g->p->y;

    g->header_n = 0;
    if ((g->p->order->ways & OFD_HEADER) == 0)
        return;
    while (n < from && g->s->row[n].kind == ROW_HEADER)
        n++;
    if (n == 0)
        return;
    for (int i = 0; i < n; i++) {
        for (int c = 0; c < g->width; c++) {
            const struct gen_slot *slot = g->place[i][c].slot;

            if (slot != NULL && i + slot->rowspan > n &&
                g->place[i][c].first_row)
                return; /* the header reaches into the rows */
            g->done[i][c] = 0;
        }
        g->y[i] = y;
        y += g->height[i];
    }
    g->y[n] = y;
    g->header_n = n;
    print_part(g, 0, n, false);
    g->p->y = y;
}

/* Does a row have a cell of several lines, to be torn after its first? */
static bool can_tear(const struct grid *g, int r)
{
    bool some = false;

    for (int c = 0; c < g->width; c++) {
        const struct gen_place *at = &g->place[r][c];
        struct lines l;

        if (at->slot == NULL || !at->first_col || !at->first_row)
            continue;
        wrap_slot(g, c, at->slot, &l);
        some |= l.n > 1 && at->slot->rowspan == 1;
    }
    return some && g->s->row[r].kind == ROW_DATA;
}

static void print_sheet(struct paper *p, const struct gen_sheet *s)
{
    struct grid *g = arena_alloc(p->arena, sizeof *g);
    int from = 0;

    g->p = p;
    g->s = s;
    g->width = gen_sheet_width(s);
    g->place = arena_alloc(p->arena, sizeof(*g->place) * GEN_SHEET_ROWS);
    gen_sheet_place(s, g->place);
    g->x[0] = LEFT;
    g->size = 3.6;
    while (!set_columns(g) && g->size > 1.2)
        g->size *= 0.93;
    set_heights(g);
    g->y[0] = p->y;
    for (int r = 0; r < s->n; r++, p->row_n++) {
        bool ends = p->row_n == p->order->break_row && r > from;
        double tear = lines_height(g, 1);

        if (!ends && g->y[r] + g->height[r] <= BOTTOM) {
            g->y[r + 1] = g->y[r] + g->height[r];
            continue;
        }
        if ((p->order->ways & OFD_TORN) != 0 && can_tear(g, r) &&
            g->height[r] > 1.5 * tear && g->y[r] + tear <= BOTTOM) {
            g->y[r + 1] = g->y[r] + tear;
            print_part(g, from, r + 1, true);
            g->cut[r] = tear;
        } else {
            print_part(g, from, r, false);
        }
        add_page(p);
        repeat_header(g, r);
        from = r;
        g->y[r] = p->y;
        g->y[r + 1] = g->y[r] + g->height[r] - fmin(g->cut[r], tear);
    }
    print_part(g, from, s->n, false);
    p->y = g->y[s->n] + 6;
}

/* ---- blocks ---------------------------------------------------------------
 */

static void print_text(
    struct paper *p, const char *text, double size, bool centred, bool indented)
{
    struct lines l;

    wrap(&l, p->arena,
        indented ? arena_printf(p->arena, "　　%s", text).p : text,
        (RIGHT - LEFT) / size);
    for (int i = 0; i < l.n; i++) {
        double x = LEFT;

        if (p->y + size * 1.7 > BOTTOM)
            add_page(p);
        if (centred)
            x = (LEFT + RIGHT - l.width[i] * size) / 2;
        add_text(p, x, p->y + size, size, l.line[i], false);
        p->y += size * 1.7;
    }
}

struct paper *paper_new(
    const struct gen_doc *d, const struct ofd_order *order, struct arena *arena)
{
    struct paper *p = arena_alloc(arena, sizeof *p);
    int second = gen_block_find(d, TABLE_REVIEW);

    p->arena = arena;
    p->order = order;
    add_page(p);
    for (int i = 0; i < d->block_n; i++) {
        const struct gen_block *b = &d->block[i];

        switch (b->kind) {
        case BLOCK_TITLE:
            print_text(p, b->text, 6.2, true, false);
            p->y += 6;
            break;
        case BLOCK_HEADING:
            if ((order->ways & OFD_TWO) != 0 && i + 1 == second) {
                add_page(p);
                last_page(p)->starts_document = true;
            }
            print_text(p, b->text, 5, false, true);
            break;
        case BLOCK_TEXT:
            print_text(p, b->text, 4.5, false, true);
            break;
        case BLOCK_SHEET:
            print_sheet(p, b->sheet);
            break;
        }
    }
    return p;
}
