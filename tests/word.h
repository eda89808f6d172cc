/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word - Word's binary files made by hand for tests.
 *
 * Text is added in pieces, runs and paragraphs with the bytes of their
 * modifiers; each run and paragraph gets a page of properties of its own.
 * What is wrong in a test is changed in the bytes afterwards.
 */
#ifndef TESTS_WORD_H
#define TESTS_WORD_H

#include <uchar.h>

#include "tests/ole.h"

enum {
    WORD_TEXT = 2048, /* where the text begins */
    WORD_MAX = 400,   /* pieces, runs, paragraphs */
    WORD_PAGE = 512,
};

struct word_piece {
    uint32_t cp, fc;
    bool wide;
    uint32_t prm;
};

/* Properties of the characters before `fc_end`. */
struct word_look {
    uint32_t fc_end;
    char bytes[200];
    size_t len;
};

struct word {
    struct buf text;
    uint32_t cp, box_cp; /* characters so far; the main text's, or 0 */
    struct word_piece piece[WORD_MAX];
    uint32_t piece_n;
    struct word_look run[WORD_MAX], paragraph[WORD_MAX];
    uint32_t run_n, paragraph_n;
    struct slice run_look; /* of the open run */
    struct buf lists;      /* that pieces point to */
    struct slice data;     /* the stream "Data" */
    struct slice part[93]; /* of the table stream, by number */
    uint32_t flags;        /* more for the header */
};

static inline void word_init(struct word *w)
{
    memset(w, 0, sizeof(*w));
    buf_init(&w->text, 1u << 20);
    buf_init(&w->lists, 1u << 16);
}

static inline void word_clear(struct word *w)
{
    buf_clear(&w->text);
    buf_clear(&w->lists);
}

static inline uint32_t word_fc(const struct word *w)
{
    return WORD_TEXT + (uint32_t)w->text.len;
}

/* What follows is a piece of its own; `prm` as in [MS-DOC] 2.9.214. */
static inline void word_start_piece(struct word *w, bool wide, uint32_t prm)
{
    assert(w->piece_n < WORD_MAX);
    w->piece[w->piece_n++] =
        (struct word_piece){ w->cp, word_fc(w), wide, prm };
}

/* A list of modifiers, and the prm that points to it. */
static inline uint32_t word_add_list(struct word *w, struct slice list)
{
    uint32_t n = 0;

    for (size_t at = 0; at < w->lists.len; n++)
        at += 3 + (size_t)(unsigned char)w->lists.p[at + 1];
    buf_add_char(&w->lists, 1);
    buf_add_char(&w->lists, (char)list.len);
    buf_add_char(&w->lists, 0);
    buf_add_slice(&w->lists, list);
    return n << 1 | 1;
}

static inline void word_add_look(
    struct word_look *to, uint32_t *n, uint32_t fc_end, struct slice look)
{
    assert(*n < WORD_MAX && look.len <= sizeof(to->bytes));
    to += (*n)++;
    to->fc_end = fc_end;
    to->len = look.len;
    if (look.len)
        memcpy(to->bytes, look.p, look.len);
}

/* What follows has these modifiers; empty for none. */
static inline void word_start_run(struct word *w, struct slice look)
{
    word_add_look(w->run, &w->run_n, word_fc(w), w->run_look);
    w->run_look = look;
}

/* One character in the open piece. */
static inline void word_put(struct word *w, uint32_t c)
{
    if (!w->piece_n)
        word_start_piece(w, true, 0);
    buf_add_char(&w->text, (char)(c & 0xff));
    if (w->piece[w->piece_n - 1].wide)
        buf_add_char(&w->text, (char)(c >> 8 & 0xff));
    w->cp++;
}

static inline void word_add(struct word *w, const char16_t *s)
{
    for (; *s; s++)
        word_put(w, *s);
}

/* The mark at the end of a paragraph, and its modifiers; style 0. */
static inline void word_end(struct word *w, uint32_t mark, struct slice look)
{
    struct word_look *p = &w->paragraph[w->paragraph_n];

    word_put(w, mark);
    word_add_look(w->paragraph, &w->paragraph_n, word_fc(w), look);
    memmove(p->bytes + 2, p->bytes, sizeof(p->bytes) - 2);
    memset(p->bytes, 0, 2);
    p->len += 2;
}

/* As word_end, of a style. */
static inline void word_end_styled(struct word *w, char style)
{
    word_end(w, 0x0d, (struct slice){ NULL, 0 });
    w->paragraph[w->paragraph_n - 1].bytes[0] = style;
}

/* The definition of a row with `n` cells: edges and flags. */
static inline struct slice word_row(
    char *to, uint32_t n, const int16_t *edge, const uint16_t *flags)
{
    size_t len = 1 + 2 * ((size_t)n + 1) + (size_t)20 * n;

    memset(to, 0, 4 + len);
    ole_put(to, 0xd608, 2);
    ole_put(to + 2, (uint32_t)len + 1, 2);
    to[4] = (char)n;
    for (uint32_t i = 0; i <= n; i++)
        ole_put(to + 5 + 2 * i, (uint16_t)edge[i], 2);
    for (uint32_t i = 0; flags && i < n; i++)
        ole_put(to + 5 + 2 * (n + 1) + 20 * i, flags[i], 2);
    return (struct slice){ to, 4 + len };
}

/* ---- the file ---------------------------------------------------------- */

/* A page with one entry from `fc` on; its number. */
static inline uint32_t word_page(
    struct buf *main, uint32_t fc, const struct word_look *l, bool of_run)
{
    char page[WORD_PAGE] = { 0 };
    size_t at = 256;

    ole_put(page, fc, 4);
    ole_put(page + 4, l->fc_end, 4);
    page[8] = (char)(at / 2);
    if (of_run) {
        page[at++] = (char)l->len;
    } else if (l->len % 2) {
        page[at++] = (char)((l->len + 1) / 2);
    } else {
        page[at++] = 0;
        page[at++] = (char)(l->len / 2);
    }
    memcpy(page + at, l->bytes, l->len);
    page[WORD_PAGE - 1] = 1;
    buf_add(main, page, sizeof(page));
    return (uint32_t)(main->len / WORD_PAGE - 1);
}

static inline void word_put_u32(struct buf *to, uint32_t value)
{
    char le[4];

    ole_put(le, value, 4);
    buf_add(to, le, 4);
}

/* Pages for all looks, and the list of them. */
static inline void word_pages(struct buf *main, struct buf *list,
    const struct word_look *look, uint32_t n, bool of_run)
{
    uint32_t fc = WORD_TEXT;

    word_put_u32(list, fc);
    for (uint32_t i = 0; i < n; i++)
        word_put_u32(list, look[i].fc_end);
    for (uint32_t i = 0; i < n; i++) {
        word_put_u32(list, word_page(main, fc, &look[i], of_run));
        fc = look[i].fc_end;
    }
}

static inline void word_pieces(const struct word *w, struct buf *out)
{
    buf_add_slice(out, buf_slice(&w->lists));
    buf_add_char(out, 2);
    word_put_u32(out, 4 * (w->piece_n + 1) + 8 * w->piece_n);
    for (uint32_t i = 0; i < w->piece_n; i++)
        word_put_u32(out, w->piece[i].cp);
    word_put_u32(out, w->cp);
    for (uint32_t i = 0; i < w->piece_n; i++) {
        const struct word_piece *p = &w->piece[i];

        buf_add(out, "\0\0", 2);
        word_put_u32(out, p->wide ? p->fc : p->fc * 2 | 0x40000000u);
        buf_add_char(out, (char)(p->prm & 0xff));
        buf_add_char(out, (char)(p->prm >> 8 & 0xff));
    }
}

static inline void word_header(const struct word *w, char *h)
{
    uint32_t main_n = w->box_cp ? w->box_cp : w->cp;

    memset(h, 0, WORD_TEXT);
    ole_put(h, 0xa5ec, 2);
    ole_put(h + 2, 193, 2);
    ole_put(h + 10, 0x0200 | w->flags, 2);
    ole_put(h + 32, 14, 2);
    ole_put(h + 62, 22, 2);
    ole_put(h + 76, main_n, 4);
    ole_put(h + 100, w->cp - main_n, 4); /* text boxes */
    ole_put(h + 152, 93, 2);
}

/* Append the whole file to `out`. */
static inline void word_make(struct word *w, struct buf *out)
{
    char header[WORD_TEXT];
    char zeros[WORD_PAGE] = { 0 };
    struct buf main, table, made[3];
    static const int made_part[] = { 33, 13, 12 };
    struct ole_stream streams[3];

    word_start_run(w, (struct slice){ NULL, 0 });
    buf_init(&main, 4u << 20);
    buf_init(&table, 4u << 20);
    for (int i = 0; i < 3; i++)
        buf_init(&made[i], 1u << 20);
    word_header(w, header);
    buf_add(&main, header, sizeof(header));
    buf_add_slice(&main, buf_slice(&w->text));
    buf_add(&main, zeros, WORD_PAGE - main.len % WORD_PAGE);
    word_pieces(w, &made[0]);
    word_pages(&main, &made[1], w->paragraph, w->paragraph_n, false);
    word_pages(&main, &made[2], w->run, w->run_n, true);
    for (int i = 0; i < 3; i++)
        if (!w->part[made_part[i]].p)
            w->part[made_part[i]] = buf_slice(&made[i]);
    for (uint32_t i = 0; i < 93; i++) {
        ole_put(main.p + 154 + 8 * i, (uint32_t)table.len, 4);
        ole_put(main.p + 158 + 8 * i, (uint32_t)w->part[i].len, 4);
        buf_add_slice(&table, w->part[i]);
    }
    streams[0] = (struct ole_stream){ "WordDocument", buf_slice(&main) };
    streams[1] = (struct ole_stream){ "1Table", buf_slice(&table) };
    streams[2] = (struct ole_stream){ "Data", w->data };
    ole_make(out, streams, 3);
    for (int i = 0; i < 3; i++)
        buf_clear(&made[i]);
    buf_clear(&main);
    buf_clear(&table);
}

#endif
