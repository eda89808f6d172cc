/* SPDX-License-Identifier: Apache-2.0 */
/*
 * doubt - cells that may be read in several ways.
 *
 * The numbers of doubtful cells are left to the sums: all doubtful cells
 * are unknowns of one system, and a reading is taken only where the certain
 * cells alone force that number.  Readings are not tried against each other:
 * a cell and its total, both misread alike, add up as well as before.
 */
#include "transformer/doubt.h"

#include <string.h>

#include "transformer/decimal.h"
#include "transformer/localize.h"
#include "transformer/number.h"

#define SHOWN_BYTES 48u /* of one reading in the evidence */

_Static_assert(LINEAR_ROWS <= 64, "sums of a part are bits of one number");

/* ---- readings -------------------------------------------------------------
 */

/* The next reading of a cell: its text, then one alternative after another.
 * `next` starts at 0; false when there are no more. */
static bool next_reading(struct slice text, struct slice alternatives,
    size_t *next, struct slice *out)
{
    struct slice rest;
    ptrdiff_t end;

    if (*next == 0) {
        *out = text.p ? text : SLICE_LIT("");
        *next = 1;
        return true;
    }
    if (alternatives.len == 0 || *next > alternatives.len + 1)
        return false;
    rest = slice_skip(alternatives, *next - 1);
    end = slice_find(rest, SLICE_LIT("\n"));
    *out = rest;
    if (end >= 0)
        out->len = (size_t)end;
    *next += out->len + 1;
    return true;
}

/* 1 2 or 1, new line, 2: digits that may belong together. */
static bool join_digits(struct slice text, char *out, size_t max)
{
    size_t n = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (char_is_one_of(text.p[i], " \n\t"))
            continue;
        if (text.p[i] < '0' || text.p[i] > '9' || n + 1 == max)
            return false;
        out[n++] = text.p[i];
    }
    out[n] = '\0';
    return n > 0 && n <= DECIMAL_DIGITS;
}

/* What number a reading says; false when it says none. */
static bool number_of(struct slice reading, struct decimal *out)
{
    char digits[NUMBER_TEXT];
    struct number n;

    number_read(reading, NUMBER_COUNT, &n);
    *out = (struct decimal){ 0, 0 };
    if (n.state == CELL_BLANK || n.state == CELL_DASH)
        return true;
    if (n.value[0])
        return decimal_parse(slice_str(n.value), out);
    return join_digits(reading, digits, sizeof(digits)) &&
           decimal_parse(slice_str(digits), out);
}

static bool says_nothing(struct slice reading)
{
    enum number_look look = number_look(reading);

    return look == LOOK_BLANK || look == LOOK_DASH;
}

struct slice doubt_reading(const struct cell *cell, struct slice number)
{
    struct slice found = { NULL, 0 };
    struct slice one;
    struct decimal want;
    struct decimal is;
    size_t next = 0;

    if (!decimal_parse(number, &want))
        return found;
    for (uint32_t i = 0;
         i < DOUBT_READINGS_MAX &&
         next_reading(cell->raw, cell->alternatives, &next, &one);
         i++)
        if (number_of(one, &is) && decimal_compare(is, want) == 0 &&
            (!found.p || says_nothing(one)))
            found = one;
    return found;
}

bool doubt_may_be_number(const struct document_cell *cell)
{
    struct slice one;
    size_t next = 0;

    while (next_reading(cell->text, cell->alternatives, &next, &one))
        switch (number_look(one)) {
        case LOOK_NUMBER:
        case LOOK_DASH:
        case LOOK_ODD:
        case LOOK_PAGE:
            return true;
        case LOOK_BLANK:
        case LOOK_TEXT:
            break;
        }
    return false;
}

/* Bytes of a reading that are shown: what is longer is no number anyway. */
static int shown_len(struct slice s)
{
    size_t n = s.len;

    if (n <= SHOWN_BYTES || !s.p)
        return (int)n;
    n = SHOWN_BYTES;
    while (n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    return (int)n;
}

void doubt_set(
    const struct document_cell *from, struct arena *arena, struct cell *cell)
{
    struct slice words = { "", 0 };
    struct slice one;
    size_t next = 0;

    cell->state = CELL_UNREADABLE;
    cell->value = (struct slice){ NULL, 0 };
    cell->proposed = (struct slice){ NULL, 0 };
    cell->raw = from->text.p ? from->text : SLICE_LIT("");
    cell->alternatives =
        from->alternatives.p ? from->alternatives : SLICE_LIT("");
    for (uint32_t i = 0;
         i < DOUBT_READINGS_MAX &&
         next_reading(from->text, from->alternatives, &next, &one);
         i++)
        words = arena_printf(arena, "%.*s%s'%.*s'", SLICE_ARG(words),
            i > 0 ? " or " : "", one.p ? shown_len(one) : 0,
            one.p ? one.p : "");
    cell->evidence =
        arena_printf(arena, "in doubt: it may say %.*s", SLICE_ARG(words));
}

/* ---- what the sums choose -------------------------------------------------
 */

static bool is_doubtful(const struct seat *s)
{
    return seat_is_unknown(s) && s->operand->cell->alternatives.p &&
           !seat_is_money(s);
}

/* The reading that says what the sums force; `value` is scaled. */
static struct slice forced_reading(const struct part *p, const struct seat *s,
    int64_t value, struct arena *arena)
{
    if (!is_doubtful(s) || !seat_may_be(p, s, value))
        return (struct slice){ NULL, 0 };
    return doubt_reading(s->operand->cell, part_text(p, value, arena));
}

static void take(
    const struct part *p, struct seat *s, int64_t value, struct arena *arena)
{
    struct cell *cell = s->operand->cell;
    struct slice reading = forced_reading(p, s, value, arena);
    struct slice text = part_text(p, value, arena);
    struct number n;

    number_read(reading, NUMBER_COUNT, &n);
    cell->raw = reading;
    cell->alternatives = (struct slice){ NULL, 0 };
    cell->evidence = arena_printf(arena, "%.*s; the sums allow only %.*s: %.*s",
        SLICE_ARG(cell->evidence), SLICE_ARG(text),
        SLICE_ARG(part_sums(p, s, arena)));
    cell->state = n.state == CELL_UNREADABLE ? CELL_READ : n.state;
    if (says_nothing(reading)) {
        s->operand->known = KNOWN_BLANK;
        return;
    }
    cell->value = text;
    decimal_parse(text, &s->operand->value);
    s->operand->known = KNOWN_PRINTED;
}

static uint32_t count_of(struct slice text, int c)
{
    uint32_t n = 0;

    for (size_t i = 0; i < text.len; i++)
        n += text.p[i] == c ? 1 : 0;
    return n;
}

/* In which digits the readings of a cell differ from the one taken, as bits
 * 0-9; all of its digits where it is the only one. */
static uint32_t digits_in_doubt(const struct cell *cell, struct slice taken)
{
    uint32_t bits = 0;
    uint32_t n = 0;
    struct slice one;
    size_t next = 0;

    while (n < DOUBT_READINGS_MAX &&
           next_reading(cell->raw, cell->alternatives, &next, &one)) {
        for (int c = '0'; c <= '9'; c++)
            if (count_of(one, c) != count_of(taken, c))
                bits |= 1u << (c - '0');
        n++;
    }
    for (size_t i = 0; i < taken.len && n == 1; i++)
        if (taken.p[i] >= '0' && taken.p[i] <= '9')
            bits |= 1u << (taken.p[i] - '0');
    return bits;
}

static bool has_digit_of(struct slice text, uint32_t bits)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.p[i] >= '0' && text.p[i] <= '9' &&
            (bits >> (text.p[i] - '0') & 1u) != 0)
            return true;
    return false;
}

/* The number rests on a recognized cell that no other sum checks and that
 * has the digits in doubt: both may be misread alike. */
static bool is_alike(const struct part *p, uint32_t row, struct slice taken,
    const struct blind *b)
{
    const struct linear *l = &p->known;
    uint32_t bits =
        digits_in_doubt(p->seat[l->owner[row]].operand->cell, taken);

    for (uint32_t i = 0; i < b->n; i++) {
        const struct seat *s = &p->seat[b->seat[i]];

        if (s->operand->cell->source.reading == READING_RECOGNIZED &&
            linear_at(l, row, &s->column) != 0 &&
            has_digit_of(s->operand->cell->raw, bits))
            return true;
    }
    return false;
}

/* The sums over a cell, as bits. */
static uint64_t sums_of(const struct seat *s)
{
    uint64_t bits = 0;

    for (uint32_t k = 0; k < s->column.n; k++)
        bits |= (uint64_t)1 << s->column.row[k];
    return bits;
}

/* The number forced on the doubtful cell of a row of the system. */
static bool is_forced(const struct part *p, uint32_t row, int64_t *value)
{
    return p->known.lead[row] != 0 &&
           is_doubtful(&p->seat[p->known.owner[row]]) &&
           linear_value(&p->known, row, value) == LINEAR_WHOLE;
}

/* All sums hold: take what they force where it is a reading.  Where it is
 * none, or no more than misread alike, the cells around are no better. */
static void choose_all(struct part *p, struct arena *arena)
{
    uint64_t wrong = 0;
    struct blind blind;
    int64_t value;

    part_find_blind(p, &p->known, &blind);
    for (uint32_t r = 0; r < p->known.row_n; r++) {
        struct seat *s = &p->seat[p->known.owner[r]];
        struct slice reading;

        if (!is_forced(p, r, &value))
            continue;
        reading = forced_reading(p, s, value, arena);
        if (!reading.p || is_alike(p, r, reading, &blind))
            wrong |= sums_of(s);
    }
    for (uint32_t r = 0; r < p->known.row_n; r++) {
        struct seat *s = &p->seat[p->known.owner[r]];

        if (is_forced(p, r, &value) && (sums_of(s) & wrong) == 0)
            take(p, s, value, arena);
    }
}

/* Sums fail elsewhere: cells that are the only ones without a number in each
 * of their sums, two or more, which all force the same reading. */
static void choose_alone(struct part *p, struct arena *arena)
{
    int64_t value[LOCALIZE_CELLS];
    bool chosen[LOCALIZE_CELLS];

    for (uint32_t i = 0; i < p->seat_n; i++) {
        struct seat *s = &p->seat[i];

        chosen[i] = is_doubtful(s) && s->column.n > 1 &&
                    part_alone(p, s, KNOWN_BLANK, &value[i]) == s->column.n &&
                    forced_reading(p, s, value[i], arena).p;
    }
    for (uint32_t i = 0; i < p->seat_n; i++)
        if (chosen[i])
            take(p, &p->seat[i], value[i], arena);
}

void equations_choose(struct equations *e, struct arena *arena)
{
    struct part *p;
    uint32_t *place;
    bool *done;
    bool any = false;

    for (uint32_t i = 0; i < e->operand_n && !any; i++)
        any = e->operand[i].cell->source.reading == READING_DOUBTFUL;
    if (!any)
        return;
    p = arena_alloc(arena, sizeof(*p));
    place = arena_alloc_n(arena, e->operand_n + 1, sizeof(*place));
    done = arena_alloc_n(arena, e->n + 1, sizeof(*done));
    while (part_next(e, place, done, p)) {
        if (p->given_up)
            continue;
        if (part_is_solved(p, &p->known))
            choose_all(p, arena);
        else
            choose_alone(p, arena);
    }
}
