/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_words - the cells that hold words.
 *
 * Their lines are shown as one, whichever way they run: labels stand in
 * narrow columns, a character or two a line.  Words are read once: they are
 * compared with the form's labels, which forgive much.  A cell of words with
 * digits among them is doubtful.
 */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "transformer/ocr_cells.h"
#include "transformer/ocr_strip.h"

#define LETTER 34    /* pixels */
#define BETWEEN 1.0f /* of a letter, between cells */
#define LINES_MOST 64u

/* Of its height: the least width of a Chinese character. */
#define CHARACTER_WIDE 0.8f

/* Of the height of a line: marks within it are on it. */
#define SPLIT 0.3f

static int compare_y(const void *a, const void *b)
{
    const struct ocr_box *p = a, *q = b;

    return p->y0 != q->y0 ? p->y0 - q->y0 : p->x0 - q->x0;
}

/* The lines of the marks in `cell`, from the top. */
static void find_lines(const struct ocr_sheet *s, const struct ocr_cell *cell,
    struct ocr_boxes *lines)
{
    struct ocr_boxes inside = { .n = 0 };
    struct ocr_box *line = NULL;

    lines->n = 0;
    for (uint32_t i = 0; i < s->marks.n; i++) {
        const struct ocr_box *m = &s->marks.items[i];
        int x = (m->x0 + m->x1) / 2, y = (m->y0 + m->y1) / 2;

        if (x >= cell->box.x0 && x < cell->box.x1 && y >= cell->box.y0 &&
            y < cell->box.y1)
            ocr_boxes_add(&inside, *m);
    }
    if (inside.n)
        qsort(inside.items, inside.n, sizeof(*inside.items), compare_y);
    for (uint32_t i = 0; i < inside.n; i++) {
        const struct ocr_box *m = &inside.items[i];

        if (line && (m->y0 < line->y1 || lines->n == LINES_MOST)) {
            line->x0 = m->x0 < line->x0 ? m->x0 : line->x0;
            line->x1 = m->x1 > line->x1 ? m->x1 : line->x1;
            line->y1 = m->y1 > line->y1 ? m->y1 : line->y1;
            continue;
        }
        ocr_boxes_add(lines, *m);
        line = &lines->items[lines->n - 1];
    }
    mem_free(inside.items);
}

/* The strokes of 三 and the dots of 六 are no lines of their own. */
static void unite_lines(struct ocr_boxes *lines)
{
    int tallest = 0;
    uint32_t n = 0;

    for (uint32_t i = 0; i < lines->n; i++) {
        int h = lines->items[i].y1 - lines->items[i].y0;

        tallest = h > tallest ? h : tallest;
    }
    for (uint32_t i = 0; i < lines->n; i++) {
        struct ocr_box *b = &lines->items[i];
        struct ocr_box *last = n ? &lines->items[n - 1] : NULL;

        if (last && (float)(b->y1 - last->y0) <= 1.25f * (float)tallest) {
            last->x0 = b->x0 < last->x0 ? b->x0 : last->x0;
            last->x1 = b->x1 > last->x1 ? b->x1 : last->x1;
            last->y1 = b->y1;
        } else {
            lines->items[n++] = *b;
        }
    }
    lines->n = n;
}

static int tallest_of(const struct ocr_boxes *lines)
{
    int tallest = 1;

    for (uint32_t i = 0; i < lines->n; i++)
        if (lines->items[i].y1 - lines->items[i].y0 > tallest)
            tallest = lines->items[i].y1 - lines->items[i].y0;
    return tallest;
}

/* Fill the lines of a cell; how high their letters are.  A piece is one line,
 * of letters that may be all as low as 一. */
static int lines_of(const struct ocr_sheet *s, const struct ocr_cell *cell,
    struct ocr_boxes *lines)
{
    int height;

    if (cell->em > 0) {
        lines->n = 0;
        ocr_boxes_add(lines, cell->ink);
        height = (int)(OCR_LETTER * cell->em);
        return cell->ink.y1 - cell->ink.y0 > height
                   ? cell->ink.y1 - cell->ink.y0
                   : height;
    }
    find_lines(s, cell, lines);
    unite_lines(lines);
    return tallest_of(lines);
}

static bool has_digit(const char *text)
{
    return strpbrk(text, "0123456789") != NULL;
}

/* A character of three bytes from U+4E00 on. */
static bool has_chinese(const char *text)
{
    for (const unsigned char *p = (const unsigned char *)text; *p; p++)
        if (*p >= 0xe4 && *p <= 0xe9)
            return true;
    return false;
}

/* Is there room for the Chinese characters of `text` on one line in the ink of
 * a cell?  The nets take a lone 1 for them. */
static bool has_room(const struct ocr_cell *c, const char *text)
{
    float wide = (float)(c->ink.x1 - c->ink.x0);
    int n = 0;

    for (const unsigned char *p = (const unsigned char *)text; *p; p++)
        n += *p >= 0xe4 && *p <= 0xe9;
    return wide >= CHARACTER_WIDE * (float)n * (float)c->tallest;
}

/* Is `text` what the nets make of a digit they do not know: letters, or
 * characters that there is no room for? */
static bool is_no_word(const struct ocr_cell *c, const char *text)
{
    if (has_chinese(text))
        return !has_room(c, text);
    return strpbrk(text, "abcdefghijklmnopqrstuvwxyz"
                         "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != NULL;
}

/* The nets see a quote or comma in the gap before a cell's words. */
static const char *skip_gap(const char *text)
{
    static const char *const signs[] = { "\xe2\x80\x9c", "\xe2\x80\x9d",
        "\xe2\x80\x98", "\xe2\x80\x99", "\xef\xbc\x8c", "\xe3\x80\x82",
        "\xe3\x80\x81", "_", "\"", "'", "," };
    const char *at = text;

    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
        if (strncmp(at, signs[i], strlen(signs[i])) == 0) {
            at += strlen(signs[i]);
            i = SIZE_MAX; /* all again */
        }
    return *at ? at : text;
}

/* Give the cell its lines, unless it is better off as a number. */
static void settle(struct ocr_cell *c, const struct ocr_piece *pieces,
    uint32_t n, struct arena *arena)
{
    bool chinese = false, digits = false;

    for (uint32_t i = 0; i < n; i++) {
        chinese |= has_chinese(pieces[i].text) && has_room(c, pieces[i].text);
        digits |= has_digit(pieces[i].text);
    }
    if (c->content == OCR_NUMBER && !chinese)
        return;
    c->content = OCR_WORDS;
    c->text_n = 0;
    c->texts = arena_alloc_n(arena, n ? n : 1, sizeof(*c->texts));
    for (uint32_t i = 0; i < n; i++) {
        const char *text = skip_gap(pieces[i].text);
        bool unknown = !*text || (n == 1 && !chinese && is_no_word(c, text));

        c->texts[c->text_n++] = (struct ocr_text){ .box = pieces[i].box,
            .reading =
                digits || unknown ? READING_DOUBTFUL : READING_RECOGNIZED,
            .text = slice_str(arena_str(arena, unknown ? "?" : text)) };
    }
}

static bool is_wanted(const struct ocr_cell *c)
{
    return c->content == OCR_WORDS ||
           (c->content == OCR_NUMBER && c->text_n &&
               c->texts[0].reading == READING_DOUBTFUL);
}

void ocr_read_words(
    const struct ocr_sheet *s, struct ocr_cells *c, struct arena *arena)
{
    struct ocr_boxes lines = { .n = 0 };
    struct ocr_piece *pieces = NULL;
    uint32_t n = 0, cap = 0, at = 0;

    for (uint32_t i = 0; i < c->n; i++) {
        int height;

        if (!is_wanted(&c->items[i]))
            continue;
        height = lines_of(s, &c->items[i], &lines);
        if (n + lines.n > cap) {
            cap = 2 * (n + lines.n);
            pieces = mem_realloc_n(pieces, cap, sizeof(*pieces));
        }
        for (uint32_t k = 0; k < lines.n; k++) {
            struct ocr_box b = lines.items[k];

            b.x0 -= 2, b.y0 -= 2, b.x1 += 2, b.y1 += 2;
            pieces[n++] = (struct ocr_piece){
                .box = b, .height = height, .joined = k > 0
            };
        }
    }
    ocr_read_pieces(s, OCR_TEXT, LETTER, BETWEEN, pieces, n);
    for (uint32_t i = 0; i < c->n; i++) {
        uint32_t first = at;

        if (!is_wanted(&c->items[i]))
            continue;
        for (at += at < n; at < n && pieces[at].joined; at++) {
        }
        settle(&c->items[i], pieces + first, at - first, arena);
    }
    mem_free(pieces);
    mem_free(lines.items);
}
