/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_numbers - the cells that hold a number, digit by digit.
 *
 * How many digits there are, and where points, commas and a minus stand, is
 * measured on the ink; recognisers only say which digit each one is.  Three
 * witnesses are heard: the net for Chinese text, the net for Latin text (two
 * ways), and the other digits of the page.  Two must agree with none against
 * them, or the cell is doubtful.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "transformer/ocr_cells.h"
#include "transformer/ocr_shapes.h"
#include "transformer/ocr_strip.h"

/* Digits of one cell. */
#define DIGITS_MOST 20

/* How much more like one digit than like any other a shape must be. */
#define MARGIN 0.03f

/* Of the height of digits. */
#define DIGIT_PART 0.8f /* the least height of a digit */
#define POINT_PART 0.45f
#define DASH_WIDE 2.0f   /* of its height */
#define HYPHEN_WIDE 1.3f /* the same, in front of digits */

/* Darkness (of 255, averaged) between two digits that may be a point: at
 * most, and of the darkest of the digit before it. */
#define FAINT 45
#define FAINT_PART 0.2f
#define FAINT_LEAST 20

/* Of the height of digits: how much farther than usual two are from each
 * other that have room for a sign between them; how many neighbours on the
 * page say what is usual, and how far digits are apart at most where too few
 * do (0.74 in Times, 0.98 in Courier, 1.11 with a space between). */
#define ROOM 0.25f
#define NEIGHBOURS_LEAST 8u
#define PITCH_MOST 1.0f

/* How far a slash leans, at least: a net that knows digits takes it for 1. */
#define SLASH 0.32f

enum witness {
    CHINESE,
    LATIN,
    LATIN_DENSE,
    RECOGNIZERS,
};

/* One cell while it is read. */
struct number {
    struct ocr_cell *cell;
    uint32_t first, n;                        /* its digits' shapes */
    char said[RECOGNIZERS][DIGITS_MOST + 1];  /* digits; empty: no vote */
    char marks[RECOGNIZERS][DIGITS_MOST + 1]; /* the other signs */
    bool doubt;
};

struct numbers {
    uint32_t n, shape_n;
    float pitch; /* from digit to digit mostly, of their height; 0: unknown */
    struct number *items;
    struct ocr_shape *shapes;
    struct ocr_piece *pieces;
};

static bool is_digit(const struct ocr_cell *c, const struct ocr_box *m)
{
    float h = (float)(m->y1 - m->y0), w = (float)(m->x1 - m->x0);

    return h >= POINT_PART * (float)c->tallest && w < DASH_WIDE * h;
}

/* ---- the witnesses ----------------------------------------------------- */

static void gather(
    const struct ocr_sheet *s, struct ocr_cells *cells, struct numbers *out)
{
    uint32_t shape_cap = 0;

    for (uint32_t i = 0; i < cells->n; i++)
        shape_cap +=
            cells->items[i].content == OCR_NUMBER ? cells->items[i].marks.n : 0;
    out->items = mem_alloc_n(cells->n + 1, sizeof(*out->items));
    out->pieces = mem_alloc_n(cells->n + 1, sizeof(*out->pieces));
    out->shapes = mem_alloc_n(shape_cap + 1, sizeof(*out->shapes));
    for (uint32_t i = 0; i < cells->n; i++) {
        struct ocr_cell *c = &cells->items[i];
        struct number *n = &out->items[out->n];
        struct ocr_box b = c->ink;

        if (c->content != OCR_NUMBER)
            continue;
        *n = (struct number){ .cell = c, .first = out->shape_n };
        for (uint32_t k = 0; k < c->marks.n; k++)
            if (is_digit(c, &c->marks.items[k]) && n->n < DIGITS_MOST) {
                ocr_shape_of(
                    s, &c->marks.items[k], &out->shapes[out->shape_n++]);
                n->n++;
            }
        b.x0 -= 2, b.y0 -= 2, b.x1 += 2, b.y1 += 2;
        out->pieces[out->n++] =
            (struct ocr_piece){ .box = b, .height = c->tallest };
    }
}

/* Split what a recogniser says of a cell into digits and other signs. */
static void hear(struct number *n, enum witness who, const char *text)
{
    size_t digits = 0, marks = 0;

    for (; *text && digits < DIGITS_MOST && marks < DIGITS_MOST; text++) {
        if (*text >= '0' && *text <= '9')
            n->said[who][digits++] = *text;
        else
            n->marks[who][marks++] = *text;
    }
    n->said[who][digits] = n->marks[who][marks] = '\0';
}

static void ask(const struct ocr_sheet *s, struct numbers *all)
{
    static const struct {
        enum ocr_model model;
        int letter;
        float between;
    } how[RECOGNIZERS] = { { OCR_DIGITS2, 32, 0.8f }, { OCR_DIGITS, 36, 1.2f },
        { OCR_DIGITS, 24, 0.15f } };

    for (int who = 0; who < RECOGNIZERS; who++) {
        ocr_read_pieces(s, how[who].model, how[who].letter, how[who].between,
            all->pieces, all->n);
        for (uint32_t i = 0; i < all->n; i++)
            hear(&all->items[i], (enum witness)who, all->pieces[i].text);
    }
}

/* Does a recogniser count other digits than there are? */
static bool is_mute(const struct number *n, int who)
{
    return strlen(n->said[who]) != n->n;
}

/* What a recogniser says digit `k` is, -1 when it counts other digits. */
static int vote(const struct number *n, enum witness who, uint32_t k)
{
    return strlen(n->said[who]) == n->n ? n->said[who][k] - '0' : -1;
}

/* What two of three say, or nothing. */
static const char *majority(const struct ocr_piece *three)
{
    for (int i = 0; i < 2; i++)
        for (int k = i + 1; k < 3; k++)
            if (strcmp(three[i].text, three[k].text) == 0)
                return three[i].text;
    return "";
}

/* Who had no word on a cell is shown it thrice in a row: lone digits are
 * taken for dirt. */
static void ask_again(const struct ocr_sheet *s, struct numbers *all)
{
    static const enum ocr_model models[] = { OCR_DIGITS2, OCR_DIGITS };
    struct ocr_piece *pieces = mem_alloc_n(3 * all->n + 1, sizeof(*pieces));

    for (int who = CHINESE; who <= LATIN; who++) {
        uint32_t n = 0, at = 0;

        for (uint32_t i = 0; i < all->n; i++)
            for (int k = 0; k < 3 && is_mute(&all->items[i], who); k++)
                pieces[n++] = (struct ocr_piece){ .box = all->pieces[i].box,
                    .height = all->pieces[i].height };
        ocr_read_pieces(s, models[who], 28, 0.5f, pieces, n);
        for (uint32_t i = 0; i < all->n; i++)
            if (is_mute(&all->items[i], who)) {
                hear(&all->items[i], (enum witness)who, majority(&pieces[at]));
                at += 3;
            }
    }
    mem_free(pieces);
}

/* Digits that both nets agree on are what shapes are compared with. */
static void teach(struct numbers *all)
{
    for (uint32_t i = 0; i < all->n; i++)
        for (uint32_t k = 0; k < all->items[i].n; k++) {
            const struct number *n = &all->items[i];
            int a = vote(n, CHINESE, k), b = vote(n, LATIN, k),
                c = vote(n, LATIN_DENSE, k);

            if (a >= 0 && (a == b || a == c) && (b < 0 || c < 0 || b == c))
                all->shapes[n->first + k].digit = a;
        }
}

/* ---- the verdict ------------------------------------------------------- */

/* A digit, and the others it may be. */
struct verdict {
    int digit; /* -1: nobody knows */
    bool sure;
    bool also[10];
};

static struct verdict judge(
    const struct numbers *all, const struct number *n, uint32_t k)
{
    int a = vote(n, CHINESE, k), b = vote(n, LATIN, k),
        c = vote(n, LATIN_DENSE, k);
    float margin = 0;
    int shape =
        ocr_shape_like(all->shapes, all->shape_n, n->first + k, &margin);
    int votes[] = { a, shape, b, c };
    struct verdict v = { .digit = -1 };

    if (margin < MARGIN)
        shape = -1;
    for (size_t i = 0; i < sizeof(votes) / sizeof(votes[0]); i++) {
        if (votes[i] >= 0)
            v.also[votes[i]] = true;
        if (v.digit < 0)
            v.digit = votes[i];
    }
    if (a >= 0 && a == shape)
        v.sure = b == a || c == a ||
                 (!n->cell->joined && (b < 0 || c < 0 || b != c));
    else if (a >= 0 && shape < 0)
        v.sure = (a == b && (c == a || c < 0)) || (a == c && b < 0);
    else if (a < 0 && shape >= 0 && shape == b && b == c)
        v.sure = true, v.digit = shape;
    if (v.digit >= 0)
        v.also[v.digit] = false;
    return v;
}

static int darkest_in(const struct ocr_sheet *s, int x0, int y0, int x1, int y1)
{
    int most = 0;

    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++) {
            int dark = ocr_dark_around(&s->gray, x, y, 1, 1);

            most = dark > most ? dark : most;
        }
    return most;
}

/* Is there something between two digits that is no mark?  The point of thin
 * type is fainter than others. */
static bool is_dirty(
    const struct ocr_sheet *s, const struct ocr_box *a, const struct ocr_box *b)
{
    int y0 = a->y0 + (a->y1 - a->y0) * 6 / 10;
    int faint =
        (int)(FAINT_PART * (float)darkest_in(s, a->x0, a->y0, a->x1, a->y1));

    faint = faint < FAINT_LEAST ? FAINT_LEAST : faint > FAINT ? FAINT : faint;
    return darkest_in(s, a->x1 + 2, y0, b->x0 - 2, a->y1) > faint;
}

/* From the middle of a digit to that of the next, of their height. */
static float pitch_of(
    const struct ocr_cell *c, const struct ocr_box *a, const struct ocr_box *b)
{
    return (float)(b->x0 + b->x1 - a->x0 - a->x1) / 2 / (float)c->tallest;
}

static int compare_float(const void *a, const void *b)
{
    float p = *(const float *)a, q = *(const float *)b;

    return p < q ? -1 : p > q;
}

/* How far the digits of a page mostly are from each other. */
static void measure_pitch(struct numbers *all)
{
    float *pitches = mem_alloc_n(all->shape_n + 1, sizeof(*pitches));
    uint32_t n = 0;

    for (uint32_t i = 0; i < all->n; i++) {
        const struct ocr_cell *c = all->items[i].cell;

        for (uint32_t k = 1; k < c->marks.n && n < all->shape_n; k++) {
            const struct ocr_box *a = &c->marks.items[k - 1], *b = a + 1;

            if (is_digit(c, a) && is_digit(c, b))
                pitches[n++] = pitch_of(c, a, b);
        }
    }
    qsort(pitches, n, sizeof(*pitches), compare_float);
    all->pitch = n >= NEIGHBOURS_LEAST ? pitches[n / 2] : 0;
    mem_free(pitches);
}

/* Is there room between two digits for a sign that is not seen? */
static bool has_room(const struct numbers *all, const struct ocr_cell *c,
    const struct ocr_box *a, const struct ocr_box *b)
{
    float most = all->pitch > 0 ? all->pitch + ROOM : PITCH_MOST;

    return pitch_of(c, a, b) > most;
}

/* The sign that a small mark is, 0 for none. */
static char sign_of(const struct number *n, const struct ocr_box *m,
    const struct ocr_box *before)
{
    const struct ocr_cell *c = n->cell;
    int middle = (c->ink.y0 + c->ink.y1) / 2;
    float w = (float)(m->x1 - m->x0), h = (float)(m->y1 - m->y0);

    if (w >= HYPHEN_WIDE * h && m->y1 < c->ink.y1 - c->tallest / 5)
        return '-';
    if (!before || m->y0 < middle)
        return 0;
    return m->y1 > before->y1 + c->tallest / 10 ? ',' : '.';
}

/* Do the recognisers see this sign, as the only kind? */
static bool is_seen(const struct number *n, char sign)
{
    for (int who = 0; who < RECOGNIZERS; who++) {
        const char *marks = n->marks[who];

        if (marks[0] &&
            strspn(marks, sign == '-' ? "-" : "-.,") == strlen(marks) &&
            strchr(marks, sign))
            return true;
    }
    return false;
}

/* The signs of all small marks, where both nets say the same; or NULL.  Below
 * 200 dpi a comma and a point are the same few pixels. */
static const char *agreed_signs(const struct number *n, size_t count)
{
    const char *said = n->marks[CHINESE];

    if (count == 0 || strlen(said) != count || is_mute(n, CHINESE))
        return NULL;
    for (int who = LATIN; who <= LATIN_DENSE; who++)
        if (!is_mute(n, who) && strcmp(n->marks[who], said) == 0)
            return said;
    return NULL;
}

/* Is there a sign that a recogniser that counts right sees, and we do not? */
static bool is_unseen(const struct number *n, const char *text)
{
    for (int who = 0; who < RECOGNIZERS; who++)
        if (strlen(n->said[who]) == n->n)
            for (const char *p = n->marks[who]; *p; p++)
                if (who == CHINESE && (*p == '.' || *p == ',') &&
                    !strpbrk(text, ".,") && n->n > 1)
                    return true;
    return false;
}

/* Append a line that is not there yet. */
static void add_alternative(char *list, size_t cap, const char *text)
{
    size_t have = strlen(list), more = strlen(text);

    if (more == 0 || have + more + 2 > cap)
        return;
    for (const char *p = list; p && *p; p = strchr(p, '\n')) {
        p += *p == '\n';
        if (strncmp(p, text, more) == 0 && (p[more] == '\n' || !p[more]))
            return;
    }
    if (have)
        list[have++] = '\n';
    memcpy(list + have, text, more + 1);
}

/* Texts with one other digit or sign, then what the recognisers said as a
 * whole. */
static void list_alternatives(const struct number *n, const char *text,
    const struct verdict *verdicts, const int *places, char *list, size_t cap)
{
    for (uint32_t k = 0; k < n->n; k++)
        for (int d = 0; d < 10; d++)
            if (verdicts[k].also[d]) {
                char other[2 * DIGITS_MOST + 2];

                snprintf(other, sizeof(other), "%s", text);
                other[places[k]] = (char)('0' + d);
                add_alternative(list, cap, other);
            }
    for (const char *p = text; *p; p++)
        if (*p == '.' || *p == ',') {
            char other[2 * DIGITS_MOST + 2];

            snprintf(other, sizeof(other), "%s", text);
            other[p - text] = *p == '.' ? ',' : '.';
            add_alternative(list, cap, other);
        }
    for (int who = 0; who < RECOGNIZERS; who++)
        if (strlen(n->said[who]) != n->n)
            add_alternative(list, cap, n->said[who]);
}

/* The first word of those who count other digits than there are marks. */
static void guess(const struct number *n, char *text, size_t cap)
{
    snprintf(text, cap, "?");
    for (int who = RECOGNIZERS - 1; who >= 0; who--)
        if (n->said[who][0])
            snprintf(text, cap, "%s", n->said[who]);
}

/* What its marks make of a number. */
struct spelling {
    char text[2 * DIGITS_MOST + 2];
    size_t len;
    struct verdict verdicts[DIGITS_MOST];
    int places[DIGITS_MOST]; /* of the digits, in the text */
    uint32_t digit_n;
    bool sure;
};

static void spell_digit(const struct ocr_sheet *s, const struct numbers *all,
    const struct number *n, const struct ocr_box *m,
    const struct ocr_box *before, struct spelling *to)
{
    uint32_t k = to->digit_n++;
    int digit;

    to->verdicts[k] = judge(all, n, k);
    to->places[k] = (int)to->len;
    to->sure &= to->verdicts[k].sure &&
                (float)(m->y1 - m->y0) >= DIGIT_PART * (float)n->cell->tallest;
    if (before)
        to->sure &=
            !is_dirty(s, before, m) && !has_room(all, n->cell, before, m);
    digit = to->verdicts[k].digit;
    to->sure &= digit != 1 || ocr_lean(s, m) < SLASH;
    to->text[to->len] = '?';
    if (digit >= 0)
        to->text[to->len] = "0123456789"[digit];
    to->len++;
}

/* Put the number together from its marks. */
static void spell(const struct ocr_sheet *s, const struct numbers *all,
    const struct number *n, struct spelling *to)
{
    const struct ocr_cell *c = n->cell;
    const char *signs = agreed_signs(n, c->marks.n - n->n);
    const struct ocr_box *before = NULL; /* the digit just before */
    const struct ocr_box *last = NULL;   /* the last digit */
    size_t sign_n = 0;

    *to = (struct spelling){ .sure = !c->cut && !c->raised };
    for (uint32_t i = 0; i < c->marks.n && to->len + 2 < sizeof(to->text);
         i++) {
        const struct ocr_box *m = &c->marks.items[i];
        char sign;

        if (is_digit(c, m) && to->digit_n < n->n) {
            spell_digit(s, all, n, m, before, to);
            before = last = m;
            continue;
        }
        sign = sign_of(n, m, last);
        before = NULL;
        to->sure &= sign != 0 && (signs || is_seen(n, sign));
        if (sign && signs)
            sign = signs[sign_n];
        sign_n++;
        to->sure &= sign != '-' || i == 0;
        if (sign)
            to->text[to->len++] = sign;
    }
    to->sure &= to->digit_n == n->n && !is_unseen(n, to->text);
}

static void conclude(const struct ocr_sheet *s, const struct numbers *all,
    struct number *n, struct arena *arena)
{
    struct ocr_cell *c = n->cell;
    struct spelling made;
    char *text = made.text;
    char list[400] = "";
    bool sure;

    spell(s, all, n, &made);
    sure = made.sure;
    if (strchr(text, '?')) {
        sure = false;
        guess(n, text, sizeof(made.text));
        for (int who = 0; who < RECOGNIZERS; who++)
            if (strcmp(n->said[who], text) != 0)
                add_alternative(list, sizeof(list), n->said[who]);
    } else if (!sure) {
        list_alternatives(
            n, text, made.verdicts, made.places, list, sizeof(list));
    }
    c->texts = arena_alloc(arena, sizeof(*c->texts));
    c->text_n = 1;
    *c->texts = (struct ocr_text){ .box = c->ink,
        .reading = sure ? READING_RECOGNIZED : READING_DOUBTFUL,
        .text = slice_str(arena_str(arena, text)),
        .alternatives = slice_str(arena_str(arena, list)) };
}

void ocr_read_numbers(
    const struct ocr_sheet *s, struct ocr_cells *c, struct arena *arena)
{
    struct numbers all = { .n = 0 };

    gather(s, c, &all);
    measure_pitch(&all);
    ask(s, &all);
    ask_again(s, &all);
    teach(&all);
    for (uint32_t i = 0; i < all.n; i++)
        conclude(s, &all, &all.items[i], arena);
    mem_free(all.items);
    mem_free(all.shapes);
    mem_free(all.pieces);
}
