/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_flow - lines outside of tables: what is furniture of the page, and
 * which lines are one paragraph.
 *
 * A line goes on in the next one when it reaches the right edge of the text
 * and the next one starts at its left edge: Chinese paragraphs start with
 * an indent of two letters.  This holds over page breaks as well.
 */
#include <math.h>
#include <stdlib.h>

#include "common/limits.h"
#include "transformer/page_parts.h"

/* Parts of the page's height where page numbers and running lines stand. */
#define FOOT 0.85f
#define HEAD 0.12f

/* Running lines are looked for among so many from either end, as many pages
 * away, and stand at the same height within points. */
#define RUNNING_ITEMS 3u
#define RUNNING_PAGES 2u
#define RUNNING_SHIFT 4.0f

/* In heights of letters: a line is full; it is indented. */
#define FULL 1.6f
#define INDENT 0.8f

/* Lines of one paragraph are so far apart, in usual distances of lines. */
#define LEADING 1.3f

/* Share of lines that may stick out of the text at either side. */
#define OUTLIERS 0.1f

/* ---- furniture ----------------------------------------------------------- */

static bool is_one_of(uint32_t c, const uint32_t *set)
{
    for (; *set; set++)
        if (c == *set)
            return true;
    return false;
}

bool text_is_page_number(struct slice text, bool bare)
{
    static const uint32_t dashes[] = { '-', '_', '~', 0x2014, 0x2013, 0x2012,
        0x2015, 0x2212, 0xff0d, 0xff5e, 0x2500, 0x4e00, 0xb7, 0x2022, 0 };
    static const uint32_t words[] = { 0x7b2c, 0x9875, 0x5171, '/', 0xff0f, '|',
        ',', 0xff0c, '(', ')', 0 };
    uint32_t groups = 0;
    uint32_t digits = 0;
    bool leading = false;
    bool trailing = false;
    bool said = false;
    size_t step;

    for (size_t i = 0; i < text.len; i += step) {
        uint32_t c = text_code(text.p + i, text.len - i, &step);

        if (text_is_blank((struct slice){ text.p + i, step })) {
            digits = 0;
        } else if ((c >= '0' && c <= '9') || (c >= 0xff10 && c <= 0xff19)) {
            groups += digits == 0 ? 1 : 0;
            if (++digits > 4 || groups > 2 || trailing)
                return false;
        } else if (is_one_of(c, dashes)) {
            leading = leading || groups == 0;
            trailing = trailing || groups > 0;
            digits = 0;
        } else if (is_one_of(c, words)) {
            said = said || c == 0x9875;
            digits = 0;
        } else {
            return false;
        }
    }
    if (groups == 0)
        return false;
    return bare || said || (groups == 1 && leading && trailing);
}

/* The same words at the same height; numbers in them may differ. */
static bool is_same_running(
    const struct page_line *a, const struct page_line *b)
{
    size_t i = 0;
    size_t k = 0;
    uint32_t letters = 0;

    if (fabsf(a->y0 - b->y0) > RUNNING_SHIFT)
        return false;
    for (;;) {
        while (i < a->text.len && a->text.p[i] >= '0' && a->text.p[i] <= '9')
            i++;
        while (k < b->text.len && b->text.p[k] >= '0' && b->text.p[k] <= '9')
            k++;
        if (i == a->text.len || k == b->text.len)
            break;
        if (a->text.p[i] != b->text.p[k])
            return false;
        letters += (unsigned char)a->text.p[i] > ' ' ? 1 : 0;
        i++;
        k++;
    }
    return i == a->text.len && k == b->text.len && letters >= 4;
}

/* Item `i` from the top or the bottom; NULL past the end. */
static struct page_item *from_edge(
    const struct page_layout *p, bool top, uint32_t i)
{
    if (i >= p->item_n)
        return NULL;
    return &p->items[top ? i : p->item_n - 1 - i];
}

static bool is_at_edge(
    const struct page_layout *p, bool top, const struct page_item *item)
{
    float y = (item->line.y0 + item->line.y1) / 2;

    return !item->table && (top ? y < HEAD * p->height : y > FOOT * p->height);
}

static bool runs_on(const struct page_layout *pages, uint32_t page_n,
    uint32_t p, bool top, const struct page_item *item)
{
    uint32_t from = p < RUNNING_PAGES ? 0 : p - RUNNING_PAGES;

    for (uint32_t q = from; q < page_n && q <= p + RUNNING_PAGES; q++)
        for (uint32_t i = 0; q != p && i < RUNNING_ITEMS; i++) {
            const struct page_item *other = from_edge(&pages[q], top, i);

            if (other && is_at_edge(&pages[q], top, other) &&
                is_same_running(&item->line, &other->line))
                return true;
        }
    return false;
}

void furniture_find(struct page_layout *pages, uint32_t page_n)
{
    for (uint32_t p = 0; p < page_n; p++)
        for (int top = 0; top < 2; top++)
            for (uint32_t i = 0; i < RUNNING_ITEMS; i++) {
                struct page_item *item = from_edge(&pages[p], top, i);

                if (!item || !is_at_edge(&pages[p], top, item) ||
                    !(text_is_page_number(item->line.text, true) ||
                        runs_on(pages, page_n, p, top, item)))
                    break;
                item->furniture = true;
            }
}

/* ---- paragraphs ---------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
    const float *x = a;
    const float *y = b;

    return (*x > *y) - (*x < *y);
}

/* Half of the lines that follow a full one are nearer. */
static void find_pitch(struct flow *f, const struct page_layout *pages,
    uint32_t page_n, size_t max)
{
    float *pitch = arena_alloc_n(f->arena, max + 1, sizeof(*pitch));
    size_t n = 0;

    for (uint32_t p = 0; p < page_n; p++)
        for (uint32_t i = 1; i < pages[p].item_n; i++) {
            const struct page_item *item = &pages[p].items[i];

            if (item->table || item->furniture || item[-1].table ||
                item[-1].furniture ||
                item[-1].line.x1 < f->right - FULL * item->line.size ||
                item->y - item[-1].y < item->line.size / 2)
                continue;
            pitch[n++] = item->y - item[-1].y;
        }
    qsort(pitch, n, sizeof(*pitch), by_value);
    f->pitch = n ? pitch[n / 2] : 0;
}

static void find_edges(
    struct flow *f, const struct page_layout *pages, uint32_t page_n)
{
    size_t all = 0, n = 0;
    float *left, *right;

    for (uint32_t p = 0; p < page_n; p++)
        all += pages[p].item_n;
    left = arena_alloc_n(f->arena, all + 1, sizeof(*left));
    right = arena_alloc_n(f->arena, all + 1, sizeof(*right));
    for (uint32_t p = 0; p < page_n; p++)
        for (uint32_t i = 0; i < pages[p].item_n; i++) {
            const struct page_item *item = &pages[p].items[i];

            if (item->table || item->furniture || item->line.x0 < 0 ||
                item->line.x1 > pages[p].width)
                continue;
            left[n] = item->line.x0;
            right[n++] = item->line.x1;
        }
    if (n == 0)
        return;
    qsort(left, n, sizeof(*left), by_value);
    qsort(right, n, sizeof(*right), by_value);
    f->left = left[(size_t)((float)n * OUTLIERS)];
    f->right = right[n - 1 - (size_t)((float)n * OUTLIERS)];
    find_pitch(f, pages, page_n, all);
}

void flow_init(struct flow *f, struct tree *tree, struct arena *arena,
    const struct page_layout *pages, uint32_t page_n)
{
    *f = (struct flow){ .tree = tree, .arena = arena };
    buf_init(&f->text, LIMIT_TREE_BYTES);
    find_edges(f, pages, page_n);
}

/* A line that ends a sentence, and one with an enumerator below it. */
static bool starts_anew(
    const struct page_line *last, const struct page_line *line)
{
    static const uint32_t ends[] = { 0x3002, 0xff1b, 0xff1a, 0xff01, ';', ':',
        0xff1f, 0 };
    size_t at = last->text.len - 1;
    size_t step;

    while (at > 0 && ((unsigned char)last->text.p[at] & 0xc0) == 0x80)
        at--;
    return is_one_of(text_code(last->text.p + at, last->text.len - at, &step),
               ends) &&
           text_is_enumerated(line->text);
}

static bool goes_on(
    const struct flow *f, const struct page_line *line, uint32_t page)
{
    const struct page_line *last = f->last;

    if (!last || starts_anew(last, line) ||
        last->x1 < f->right - FULL * last->size ||
        line->x0 > f->left + INDENT * line->size ||
        fabsf(last->size - line->size) > 0.25f * line->size)
        return false;
    return page != f->last_page ||
           (line->y0 > last->y0 && line->y0 - last->y0 < f->pitch * LEADING);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void flow_line(struct flow *f, const struct page_line *line, uint32_t page)
{
    if (!goes_on(f, line, page)) {
        flow_end(f);
        f->page = page;
    } else if (f->text.len > 0 && is_letter(f->text.p[f->text.len - 1]) &&
               is_letter(line->text.p[0])) {
        buf_add(&f->text, " ", 1);
    }
    buf_add_slice(&f->text, line->text);
    f->last = line;
    f->last_page = page;
}

void flow_end(struct flow *f)
{
    struct document *doc = f->tree->doc;

    if (!f->last)
        return;
    tree_paragraph(f->tree, 0, buf_slice(&f->text));
    if (!tree_failed(f->tree) && doc->block_n > 0)
        doc->blocks[doc->block_n - 1].page = f->page;
    buf_reset(&f->text);
    f->last = NULL;
}

void flow_clear(struct flow *f)
{
    buf_clear(&f->text);
}
