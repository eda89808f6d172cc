/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_place - the room that pieces of text take in type.
 *
 * Tables without rulings are known by the boxes of their glyphs, which are as
 * high as the letters and as wide as these move on.  Ink is narrower, and the
 * lower the fewer letters there are.
 */
#include "transformer/ocr_bare.h"

/* In ems: what may be a bracket; a quote, which may be read as nothing.  Which
 * part of its letter is empty before one that opens, behind one that closes,
 * and behind a comma. */
#define BRACKET_WIDE 0.4f
#define BRACKET_HIGH 0.75f
#define QUOTE_WIDE 0.4f
#define QUOTE_HIGH 0.35f
#define ROOM 0.5f
#define REST 0.65f

/* In ems: what is higher is of larger letters than the page's. */
#define USUAL_MOST 1.2f

/* What the ink of brackets is read as; radicals look like them as well. */
static const char *const openings[] = { "（", "(", "《", "【", "〔", "“",
    NULL };

static bool starts_with(struct slice text, const char *const *set)
{
    for (; *set; set++)
        if (slice_starts(text, slice_str(*set)))
            return true;
    return false;
}

/* A character of three bytes from U+4E00 on. */
static bool ends_in_letter(struct slice text)
{
    unsigned char first =
        text.len >= 3 ? (unsigned char)text.p[text.len - 3] : 0;

    return first >= 0xe4 && first <= 0xe9;
}

/* "1" becomes "1.", up to the label behind it. */
static void end_ordinal(
    struct ocr_cell *c, struct ocr_text *t, struct arena *arena)
{
    t->box.x1 = c->box.x1;
    t->text = arena_printf(arena, "%.*s.", (int)t->text.len, t->text.p);
}

/* The nets take brackets at the start for those of titles, which close. */
static void mend_bracket(struct ocr_text *t, struct arena *arena)
{
    static const char *const seen[][2] = { { "〈", "〉" }, { "《", "》" } };

    for (size_t i = 0; i < sizeof(seen) / sizeof(seen[0]); i++) {
        struct slice open = slice_str(seen[i][0]), rest;

        if (!slice_starts(t->text, open) ||
            slice_find(t->text, slice_str(seen[i][1])) >= 0)
            continue;
        rest = slice_skip(t->text, open.len);
        t->text = arena_printf(arena, "（%.*s", (int)rest.len, rest.p);
    }
}

static bool is_bracket(const struct ocr_cell *c, const struct ocr_box *m)
{
    return (float)(m->x1 - m->x0) < BRACKET_WIDE * c->em &&
           (float)(m->y1 - m->y0) > BRACKET_HIGH * c->em;
}

/* Is the mark, the first of its piece, of a quote: small, and high? */
static bool is_quote(const struct ocr_cell *c, const struct ocr_box *m)
{
    return (float)(m->x1 - m->x0) < QUOTE_WIDE * c->em &&
           (float)(m->y1 - m->y0) < QUOTE_HIGH * c->em &&
           2 * m->y1 < c->ink.y0 + c->ink.y1;
}

/* Widen the box of words that begin or end with a sign whose letter is mostly
 * empty. */
static void place_signs(const struct ocr_sheet *s, const struct ocr_cell *c,
    struct ocr_text *t, float em)
{
    const struct ocr_box *marks = c->marks.items;

    if ((starts_with(t->text, openings) && is_bracket(c, &marks[0])) ||
        is_quote(c, &marks[0]))
        t->box.x0 -= (int)(ROOM * em);
    if (ends_in_letter(t->text))
        return;
    if (is_bracket(c, &marks[c->marks.n - 1]) || ocr_has_comma(s, c))
        t->box.x1 += (int)(REST * em);
}

static void place(const struct ocr_sheet *s, struct ocr_cell *c,
    struct ocr_text *t, struct arena *arena)
{
    float high = (float)(c->ink.y1 - c->ink.y0);
    float em = c->em;
    int middle = (c->ink.y0 + c->ink.y1) / 2, half;

    if (high > USUAL_MOST * em)
        em = high / OCR_LETTER;
    half = (int)(em / 2);
    t->box =
        (struct ocr_box){ c->ink.x0, middle - half, c->ink.x1, middle + half };
    if (c->ordinal)
        end_ordinal(c, t, arena);
    mend_bracket(t, arena);
    if (c->content == OCR_WORDS && c->marks.n > 0)
        place_signs(s, c, t, em);
}

void ocr_place_pieces(
    const struct ocr_sheet *s, struct ocr_cells *c, struct arena *arena)
{
    for (uint32_t i = 0; i < c->n; i++)
        for (uint32_t k = 0; k < c->items[i].text_n && c->items[i].em > 0; k++)
            place(s, &c->items[i], &c->items[i].texts[k], arena);
}
