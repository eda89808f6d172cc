/* SPDX-License-Identifier: Apache-2.0 */
/*
 * localize_propose - proposals from what was localized, with their evidence.
 *
 * A proposal needs more than being the only way to make the sums hold: the
 * numbers it rests on must themselves be checked by other sums, and from
 * the printed number it must be one error of typing away.
 */
#include "transformer/doubt.h"
#include "transformer/localize.h"
#include "transformer/misprint.h"

/* A row of a solved system: what its cell must be. */
struct answer {
    struct seat *seat;
    struct slice text; /* decimal text; { NULL, 0 } when not determined */
    bool checked;      /* an error in any cell it rests on would show */
};

static bool is_checked(const struct part *p, const struct linear *l,
    uint32_t row, const struct blind *b)
{
    for (uint32_t i = 0; i < b->n; i++)
        if (linear_at(l, row, &p->seat[b->seat[i]].column) != 0)
            return false;
    return true;
}

static struct answer answer_of(struct part *p, const struct linear *l,
    uint32_t row, const struct blind *b, struct arena *arena)
{
    struct answer a = { .seat = &p->seat[l->owner[row]] };
    int64_t value;

    if (linear_value(l, row, &value) != LINEAR_WHOLE)
        return a;
    a.text = part_text(p, a.seat->base + value, arena);
    a.checked = is_checked(p, l, row, b);
    return a;
}

/* Keep what is known already: it, then `more`. */
static void add_evidence(
    struct cell *cell, struct slice more, struct arena *arena)
{
    cell->evidence = cell->evidence.p
                         ? arena_printf(arena, "%.*s; %.*s",
                               SLICE_ARG(cell->evidence), SLICE_ARG(more))
                         : more;
}

/* What the cell itself says instead of this number, in words; { NULL, 0 }
 * when it says nothing else. */
static struct slice other_reading(
    const struct cell *cell, struct slice number, struct arena *arena)
{
    if (cell->alternatives.p && !doubt_reading(cell, number).p)
        return SLICE_LIT("none of these");
    if (cell->proposed.p && !slice_eq(cell->proposed, number))
        return arena_printf(
            arena, "that would be %.*s", SLICE_ARG(cell->proposed));
    return (struct slice){ NULL, 0 };
}

/* A cell without a number: the sums alone say what it is.  Blanks are never
 * proven 0 this way, and another reading of the text is not overruled. */
static void propose_unknown(
    const struct part *p, const struct answer *a, struct arena *arena)
{
    struct cell *cell = a->seat->operand->cell;
    struct slice sums = part_sums(p, a->seat, arena);
    struct slice other;

    if (!a->text.p || !a->checked ||
        (a->seat->operand->known == KNOWN_BLANK && slice_eq_str(a->text, "0")))
        return;
    other = other_reading(cell, a->text, arena);
    if (other.p) {
        add_evidence(cell,
            arena_printf(arena, "%.*s, but the sums need %.*s: %.*s",
                SLICE_ARG(other), SLICE_ARG(a->text), SLICE_ARG(sums)),
            arena);
        cell->proposed = (struct slice){ NULL, 0 };
        return;
    }
    cell->proposed = a->text;
    add_evidence(cell,
        arena_printf(arena, "the only number with which the sums hold: %.*s",
            SLICE_ARG(sums)),
        arena);
}

static struct slice text_of(const struct seat *s)
{
    return s->operand->cell->value.p ? s->operand->cell->value : SLICE_LIT("");
}

static bool are_neighbours(const struct seat *left, const struct seat *right)
{
    return left->operand + 1 == right->operand &&
           slice_eq(left->operand->cell->row, right->operand->cell->row);
}

/* Digits of one cell that were printed in the next, or the other way. */
static bool is_parted(
    const struct answer *all, uint32_t n, const struct answer *a)
{
    for (uint32_t i = 0; i < n; i++) {
        const struct answer *b = &all[i];

        if (!b->text.p || !a->text.p)
            continue;
        if ((are_neighbours(a->seat, b->seat) &&
                misprint_is_parted(
                    text_of(a->seat), text_of(b->seat), a->text, b->text)) ||
            (are_neighbours(b->seat, a->seat) &&
                misprint_is_parted(
                    text_of(b->seat), text_of(a->seat), b->text, a->text)))
            return true;
    }
    return false;
}

/* What makes the change of a printed cell likely, or NULL. */
static const char *support(
    const struct answer *all, uint32_t n, const struct answer *a)
{
    if (is_parted(all, n, a))
        return "the digits stand in two neighbouring cells, parted at another "
               "place";
    switch (a->seat->operand->known) {
    case KNOWN_PRINTED:
        return misprint_words(text_of(a->seat), a->text);
    case KNOWN_ZERO: /* proven by one sum, which is one of the failed */
    case KNOWN_BLANK:
        return "the cell is blank";
    case KNOWN_NOT:
        break;
    }
    return NULL;
}

static bool is_of(const struct set *set, uint32_t seat)
{
    for (uint32_t i = 0; i < set->n; i++)
        if (set->seat[i] == seat)
            return true;
    return false;
}

static void propose_change(const struct part *p, const struct set *set,
    const struct answer *a, const char *why, struct arena *arena)
{
    struct cell *cell = a->seat->operand->cell;
    struct slice sums = part_sums(p, a->seat, arena);
    const char *only =
        set->n == 1 ? "the only change of one cell with which every sum holds"
                    : "one of two cells whose change makes every sum hold, and "
                      "no other two do";

    if (why)
        cell->proposed = a->text;
    add_evidence(cell,
        why ? arena_printf(arena, "%s: %s; %.*s", only, why, SLICE_ARG(sums))
            : arena_printf(arena,
                  "%s would be %.*s, but no single error of typing explains "
                  "it; %.*s",
                  only, SLICE_ARG(a->text), SLICE_ARG(sums)),
        arena);
}

/* Write what the system says of the cells of `set` and of the unknowns. */
static void propose(struct part *p, const struct linear *l,
    const struct set *set, struct arena *arena)
{
    struct answer all[LINEAR_ROWS];
    struct blind blind;
    uint32_t n = 0;
    bool sure = true;

    part_find_blind(p, l, &blind);
    for (uint32_t i = 0; i < l->row_n; i++)
        if (l->lead[i] != 0)
            all[n++] = answer_of(p, l, i, &blind, arena);
    for (uint32_t i = 0; i < n; i++)
        if (is_of(set, (uint32_t)(all[i].seat - p->seat)))
            sure = sure && all[i].checked && support(all, n, &all[i]);
    for (uint32_t i = 0; i < n; i++) {
        const char *why = support(all, n, &all[i]);

        if (!is_of(set, (uint32_t)(all[i].seat - p->seat))) {
            if (sure)
                propose_unknown(p, &all[i], arena);
        } else if (all[i].checked && all[i].text.p) {
            propose_change(p, set, &all[i], sure ? why : NULL, arena);
        }
    }
}

/* Nothing mends the sums: perhaps whole rows or columns were left blank.
 * Then blanks are unknowns as well. */
static void propose_blanks(struct part *p, struct arena *arena)
{
    const struct set none = { .n = 0 };
    struct linear l = p->known;
    bool any = false;

    for (uint32_t i = 0; i < p->seat_n; i++) {
        if (p->seat[i].operand->known != KNOWN_BLANK)
            continue;
        linear_add(&l, i, &p->seat[i].column);
        any = true;
    }
    if (any && part_is_solved(p, &l))
        propose(p, &l, &none, arena);
}

/* All else failing: a cell without a number, and two sums or more in which
 * all others have one agree on what it is. */
static void propose_alone(struct part *p, struct seat *s, struct arena *arena)
{
    struct answer a = { .seat = s, .checked = true };
    int64_t value;

    if (part_alone(p, s, KNOWN_ZERO, &value) < 2 || !seat_may_be(p, s, value))
        return;
    a.text = part_text(p, value, arena);
    propose_unknown(p, &a, arena);
}

/* A blank proven 0 by one sum, while another over it fails and nobody knows
 * why: no longer proven. */
static void doubt_zero(
    const struct part *p, const struct seat *s, struct arena *arena)
{
    for (uint32_t k = 0; k < s->column.n; k++) {
        uint32_t sum = s->column.row[k];

        if (p->rest[sum] == 0 || !part_is_alone(p, sum, s, KNOWN_BLANK))
            continue;
        s->operand->cell->proposed = (struct slice){ NULL, 0 };
        add_evidence(s->operand->cell,
            arena_printf(arena, "but %.*s fails, so it is not certain",
                SLICE_ARG(equation_name(p->sum[sum], arena))),
            arena);
        return;
    }
}

void localize_propose(
    struct part *p, const struct search *s, struct arena *arena)
{
    struct linear l = p->known;

    if (s->found == 1) {
        part_add_set(p, &s->set, &l);
        propose(p, &l, &s->set, arena);
    } else if (s->found == 0) {
        propose_blanks(p, arena);
    }
    for (uint32_t i = 0; i < p->seat_n; i++) {
        struct seat *one = &p->seat[i];

        if (seat_is_unknown(one) && !one->operand->cell->proposed.p)
            propose_alone(p, one, arena);
        if (one->operand->known == KNOWN_ZERO && s->found != 1)
            doubt_zero(p, one, arena);
    }
}
