/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_text - runs to lines, lines to the text of a cell.
 *
 * Lines are what stands at one height, whatever the order of the content;
 * text written downwards keeps its order, which knows more than places do.
 * A number that was broken over two lines is joined only where the first
 * line has no room for one more digit; elsewhere the break stays in the
 * text, which then is no number.
 */
#include <math.h>
#include <stdlib.h>

#include "common/limits.h"
#include "transformer/page_parts.h"
#include "transformer/raised.h"
#include "transformer/struck.h"

/* Parts of the height of a letter: a gap between words; how far apart two
 * glyphs start that are one drawn twice for a bold look, or lie upon each
 * other; what a space must leave free to be seen. */
#define WORD_GAP 0.3f
#define DOUBLE_STRIKE 0.18f
#define SEEN_SPACE 0.1f

/* Parts of the height of a digit: a smaller one so much off its line is the
 * mark of a note.  Where the line is in the height of a letter. */
#define MARK_HEIGHT 0.92f
#define MARK_OFF 0.1f
#define BASELINE 0.88f

/* Neighbours to the left that a glyph is compared with. */
#define OVERLAY_REACH 4u

uint32_t text_code(const char *p, size_t len, size_t *bytes)
{
    unsigned char c = (unsigned char)p[0];
    size_t n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    uint32_t cp = n == 1 ? c : c & (0xffu >> (n + 1));

    *bytes = n < len ? n : len;
    for (size_t i = 1; i < *bytes; i++)
        cp = cp << 6 | ((unsigned char)p[i] & 0x3f);
    return cp;
}

static bool is_space(uint32_t c)
{
    return c <= ' ' || c == 0xa0 || c == 0x3000 ||
           (c >= 0x2000 && c <= 0x200f) || c == 0x202f || c == 0x205f ||
           c == 0xfeff || c == 0xad;
}

bool text_is_blank(struct slice text)
{
    size_t step;

    for (size_t i = 0; i < text.len; i += step)
        if (!is_space(text_code(text.p + i, text.len - i, &step)))
            return false;
    return true;
}

static int by_height(const void *a, const void *b)
{
    const struct page_run *const *r = a;
    const struct page_run *const *s = b;
    float y = (*r)->y0 + (*r)->y1;
    float z = (*s)->y0 + (*s)->y1;

    if ((*r)->vertical != (*s)->vertical)
        return (*r)->vertical ? 1 : -1;
    if (y != z)
        return y < z ? -1 : 1;
    return (*r > *s) - (*r < *s);
}

static int by_left(const void *a, const void *b)
{
    const struct page_run *const *r = a;
    const struct page_run *const *s = b;

    if ((*r)->x0 != (*s)->x0)
        return (*r)->x0 < (*s)->x0 ? -1 : 1;
    return (*r > *s) - (*r < *s);
}

static int by_content(const void *a, const void *b)
{
    const struct page_run *const *r = a;
    const struct page_run *const *s = b;

    return (*r > *s) - (*r < *s);
}

static float height(const struct page_run *r)
{
    return r->y1 - r->y0;
}

/* ---- one line ------------------------------------------------------------ */

/* Take out glyphs drawn twice; is any drawn upon another? */
static bool clean(const struct page_run **runs, uint32_t *n)
{
    uint32_t kept = 0;
    bool overlaid = false;

    for (uint32_t i = 0; i < *n; i++) {
        const struct page_run *r = runs[i];
        bool twice = false;

        for (uint32_t k = kept; k-- > 0 && kept - k <= OVERLAY_REACH;) {
            const struct page_run *s = runs[k];
            float near = DOUBLE_STRIKE * fminf(height(r), height(s));

            if (r->x0 - s->x0 > near || text_is_blank(s->text) ||
                text_is_blank(r->text))
                continue;
            if (slice_eq(r->text, s->text))
                twice = true;
            else
                overlaid = true;
        }
        if (!twice)
            runs[kept++] = r;
    }
    *n = kept;
    return overlaid;
}

static bool is_one_digit(const struct page_run *r)
{
    return r->text.len == 1 && r->text.p[0] >= '0' && r->text.p[0] <= '9';
}

static float baseline(const struct page_run *r)
{
    return r->y0 + BASELINE * height(r);
}

/* Is the digit `r` smaller than the digit `of` and off its line? */
static bool is_small_off(const struct page_run *r, const struct page_run *of)
{
    return height(r) < MARK_HEIGHT * height(of) &&
           fabsf(baseline(r) - baseline(of)) > MARK_OFF * height(of);
}

/* Is run i the mark of a note beside a number?  A digit that touches a larger
 * one it is off the line of, or such a mark. */
static bool is_mark(const struct page_run **runs, uint32_t n, uint32_t i)
{
    const struct page_run *r = runs[i];
    uint32_t from = i;

    if (r->vertical || !is_one_digit(r))
        return false;
    if (i + 1 < n && is_one_digit(runs[i + 1]) && is_small_off(r, runs[i + 1]))
        return true;
    while (from > 0 && is_one_digit(runs[from - 1]) &&
           runs[from]->x0 - runs[from - 1]->x1 <= WORD_GAP * height(r)) {
        from--;
        if (is_small_off(r, runs[from]))
            return true;
    }
    return false;
}

/* Is white space seen between two runs? */
static bool is_apart(
    const struct page_run *last, const struct page_run *r, bool space)
{
    float gap = r->x0 - last->x1;

    return !r->vertical && (gap > WORD_GAP * height(r) ||
                               (space && gap > SEEN_SPACE * height(r)));
}

static size_t put_plain(char *to, struct slice text)
{
    memcpy(to, text.p, text.len);
    return text.len;
}

/* In at most three times the bytes. */
static size_t put_struck(char *to, struct slice text)
{
    struct buf b;
    size_t len;

    buf_init(&b, 3 * text.len);
    buf_add_slice(&b, text);
    struck_take(&b, 0);
    len = put_plain(to, buf_slice(&b));
    buf_clear(&b);
    return len;
}

struct slice line_text(
    struct arena *arena, const struct page_run **runs, uint32_t n)
{
    const struct page_run *last = NULL;
    bool space = false;
    size_t len = 0;
    char *text;

    for (uint32_t i = 0; i < n; i++)
        len += 3 * runs[i]->text.len + 4; /* a mark takes three bytes */
    text = arena_alloc(arena, len + 1);
    len = 0;
    for (uint32_t i = 0; i < n; i++) {
        const struct page_run *r = runs[i];
        struct slice of = r->text;

        if (text_is_blank(of)) {
            space = true;
            continue;
        }
        if (last && is_apart(last, r, space))
            text[len++] = ' ';
        if (is_mark(runs, n, i))
            of = slice_str(raised_digit(of.p[0]));
        len +=
            r->struck ? put_struck(text + len, of) : put_plain(text + len, of);
        last = r;
        space = false;
    }
    return (struct slice){ text, len };
}

static void line_make(const struct page_run **runs, uint32_t n, float room,
    bool vertical, struct arena *arena, struct page_line *line)
{
    qsort(runs, n, sizeof(struct page_run *), vertical ? by_content : by_left);
    *line = (struct page_line){ .runs = runs, .run_n = n, .room = room };
    if (!vertical)
        line->overlaid = clean(runs, &line->run_n);
    line->text = line_text(arena, runs, line->run_n);
    for (uint32_t i = 0; i < line->run_n; i++) {
        const struct page_run *r = runs[i];

        if (text_is_blank(r->text))
            continue;
        if (line->size == 0) {
            line->x0 = r->x0;
            line->y0 = r->y0;
            line->x1 = r->x1;
            line->y1 = r->y1;
        }
        line->x0 = fminf(line->x0, r->x0);
        line->y0 = fminf(line->y0, r->y0);
        line->x1 = fmaxf(line->x1, r->x1);
        line->y1 = fmaxf(line->y1, r->y1);
        line->size = fmaxf(line->size, fmaxf(height(r), 0.1f));
    }
}

/* Is the run at the height of a line whose middle and letters are given? */
static bool is_level(const struct page_run *r, float middle, float size)
{
    return fabsf((r->y0 + r->y1) / 2 - middle) <=
           fmaxf(0.5f * fminf(height(r), size), 0.1f);
}

/* One past the last run of the line that starts at `from`. */
static uint32_t line_end(
    const struct page_run **runs, uint32_t n, uint32_t from)
{
    float middle = (runs[from]->y0 + runs[from]->y1) / 2;
    float size = height(runs[from]);
    uint32_t to = from + 1;

    while (to < n && is_level(runs[to], middle, size)) {
        float part = 1.0f / (float)(to - from + 1);

        middle += part * ((runs[to]->y0 + runs[to]->y1) / 2 - middle);
        size += part * (height(runs[to]) - size);
        to++;
    }
    return to;
}

/* How many of the runs make lines across; what is written downwards is a
 * line of its own behind them, and in a cell all of it when it is most. */
static uint32_t level_runs(const struct page_run **runs, uint32_t n, float room)
{
    uint32_t down = 0;

    for (uint32_t i = 0; i < n; i++)
        down += runs[i]->vertical ? 1 : 0;
    if (room > 0 && 2 * down > n)
        return 0;
    if (n > 0)
        qsort(runs, n, sizeof(struct page_run *), by_height);
    return n - down;
}

struct page_line *page_lines_make(const struct page_run **runs, uint32_t n,
    float room, struct arena *arena, uint32_t *line_n)
{
    struct page_line *lines;
    uint32_t level = level_runs(runs, n, room);
    uint32_t kept = 0;

    *line_n = level < n ? 1 : 0;
    for (uint32_t at = 0; at < level; (*line_n)++)
        at = line_end(runs, level, at);
    lines = arena_alloc_n(arena, *line_n + 1, sizeof(*lines));
    for (uint32_t from = 0, to; from < n; from = to) {
        bool down = from >= level;

        to = down ? n : line_end(runs, level, from);
        line_make(runs + from, to - from, room, down, arena, &lines[kept]);
        kept += lines[kept].size > 0 ? 1 : 0;
    }
    *line_n = kept;
    return lines;
}

/* ---- what texts are ------------------------------------------------------ */

static bool is_cjk_digit(uint32_t c)
{
    static const uint32_t digits[] = { 0x4e00, 0x4e8c, 0x4e09, 0x56db, 0x4e94,
        0x516d, 0x4e03, 0x516b, 0x4e5d, 0x5341, 0x3007, 0 };

    for (uint32_t i = 0; digits[i]; i++)
        if (c == digits[i])
            return true;
    return false;
}

static bool is_digit(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 0xff10 && c <= 0xff19);
}

static bool is_in(uint32_t c, const uint32_t *set)
{
    for (; *set; set++)
        if (c == *set)
            return true;
    return false;
}

bool text_is_enumerated(struct slice text)
{
    static const uint32_t open[] = { '(', 0xff08, 0x3010, 0x3014, 0 };
    static const uint32_t close[] = { ')', 0xff09, 0x3011, 0x3015, 0x3001, '.',
        0xff0e, 0x3002, 0xff0c, ',', 0 };
    static const uint32_t law[] = { 0x6761, 0x6b3e, 0x9879, 0x7ae0, 0 };
    uint32_t digits = 0;
    bool bracket = false;
    bool ordinal = false;
    size_t step;

    for (size_t i = 0; i < text.len && digits < 4; i += step) {
        uint32_t c = text_code(text.p + i, text.len - i, &step);

        if (is_space(c))
            continue;
        if (digits == 0 &&
            ((c >= 0x2460 && c <= 0x249b) || (c >= 0x3220 && c <= 0x3229)))
            return true;
        if (is_digit(c) || is_cjk_digit(c))
            digits++;
        else if (digits == 0 && is_in(c, open))
            bracket = true;
        else if (digits == 0 && c == 0x7b2c)
            ordinal = true;
        else
            return digits > 0 && (ordinal ? is_in(c, law) : is_in(c, close));
    }
    return bracket && digits > 0;
}

bool text_is_digits(struct slice text)
{
    static const uint32_t within[] = { '.', ',', 0xff0c, 0xff0e, 0 };
    bool any = false;
    size_t step;

    for (size_t i = 0; i < text.len; i += step) {
        uint32_t c = text_code(text.p + i, text.len - i, &step);

        if (!is_digit(c) && !is_in(c, within))
            return false;
        any = true;
    }
    return any;
}

/* ---- the text of a cell -------------------------------------------------- */

static bool is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What could stand in the middle of a number. */
static bool is_of_number(uint32_t c)
{
    static const uint32_t signs[] = { '.', ',', '-', 0xff0c, 0xff0e, 0x2212,
        0xff0d, 0x2014, 0x2013, 0 };

    return is_digit(c) || is_in(c, signs);
}

static uint32_t last_code(struct slice s)
{
    size_t at = s.len - 1;
    size_t step;

    while (at > 0 && ((unsigned char)s.p[at] & 0xc0) == 0x80)
        at--;
    return text_code(s.p + at, s.len - at, &step);
}

bool line_is_full(const struct page_line *line, float padding)
{
    const struct page_run *last = line->runs[line->run_n - 1];

    return line->room - 2 * padding - (line->x1 - line->x0) <
           fmaxf(last->x1 - last->x0, 0.4f * line->size);
}

static bool is_of_digits(const struct page_line *line)
{
    return text_is_digits(line->text);
}

/* What belongs between two lines of a cell: "", " " or "\n". */
static const char *between(const struct page_line *a, const struct page_line *b,
    float padding, bool *doubtful)
{
    size_t step;
    uint32_t end = last_code(a->text);
    uint32_t start = text_code(b->text.p, b->text.len, &step);

    if (is_of_number(end) && is_of_number(start)) {
        if (line_is_full(a, padding) && is_digit(end) && is_digit(start))
            return "";
        *doubtful = *doubtful || (is_of_digits(a) && is_of_digits(b));
        return "\n";
    }
    if (is_ascii_letter(a->text.p[a->text.len - 1]) &&
        is_ascii_letter(b->text.p[0]))
        return " ";
    return "";
}

void cell_text(struct arena *arena, struct page_cell *cell, float padding)
{
    size_t len = 0;
    char *text;

    for (uint32_t i = 0; i < cell->line_n; i++)
        len += cell->lines[i].text.len + 1;
    text = arena_alloc(arena, len + 1);
    len = 0;
    for (uint32_t i = 0; i < cell->line_n; i++) {
        const struct page_line *line = &cell->lines[i];

        if (i > 0) {
            const char *gap = between(line - 1, line, padding, &cell->doubtful);

            while (*gap)
                text[len++] = *gap++;
        }
        memcpy(text + len, line->text.p, line->text.len);
        len += line->text.len;
        cell->doubtful = cell->doubtful || line->overlaid;
    }
    cell->text = (struct slice){ text, len };
}
