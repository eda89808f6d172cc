/* SPDX-License-Identifier: Apache-2.0 */
/*
 * proof - what the sums say about cells that were not read.
 *
 * Counts are never negative: when the printed parts of a sum already make
 * its printed total, the blank ones are zeros.  And a single cell that
 * would mend every failed sum over it is named, with the value that does.
 */
#include <string.h>

#include "transformer/equations.h"

/* ---- blanks -------------------------------------------------------------- */

/* Sum of what is printed on a side; false when blanks there cannot be
 * proven: none is blank, one cannot be read, or one is below 0. */
static bool printed_part(
    struct operand *const *side, uint32_t n, struct decimal *sum)
{
    bool blank = false;

    *sum = (struct decimal){ 0, 0 };
    for (uint32_t i = 0; i < n; i++) {
        if (side[i]->known == KNOWN_NOT || side[i]->value.units < 0)
            return false;
        blank = blank || side[i]->known == KNOWN_BLANK;
        *sum = decimal_add(*sum, side[i]->value);
    }
    return blank;
}

static struct slice rule_name(const struct equation *q, struct arena *arena)
{
    return arena_printf(arena, "%s.%s", q->check->id, q->key);
}

/* A side of one cell is a total: its own parts never prove it. */
static bool prove_side(const struct equation *q, struct operand **side,
    uint32_t n, struct operand *const *other, uint32_t other_n,
    struct arena *arena)
{
    struct decimal part;
    struct decimal total;
    struct slice evidence;

    if (n < 2 || !printed_part(side, n, &part) ||
        !operands_sum(other, other_n, &total) ||
        decimal_compare(part, total) != 0)
        return false;
    evidence = arena_printf(arena,
        "%.*s: what is printed already adds up to %.*s, so the blanks are 0",
        SLICE_ARG(rule_name(q, arena)), SLICE_ARG(decimal_text(arena, total)));
    for (uint32_t i = 0; i < n; i++) {
        if (side[i]->known != KNOWN_BLANK)
            continue;
        side[i]->known = KNOWN_ZERO;
        side[i]->cell->proposed = SLICE_LIT("0");
        side[i]->cell->evidence = evidence;
    }
    return true;
}

void equations_prove_blanks(struct equations *e, struct arena *arena)
{
    bool more = true;

    while (more) {
        more = false;
        for (uint32_t i = 0; i < e->n; i++) {
            struct equation *q = &e->eq[i];

            if (!equation_is_sum(q))
                continue;
            more = prove_side(
                       q, q->left, q->left_n, q->right, q->right_n, arena) ||
                   more;
            more = prove_side(
                       q, q->right, q->right_n, q->left, q->left_n, arena) ||
                   more;
        }
    }
}

/* ---- corrections --------------------------------------------------------- */

/* What the sums over one cell say. */
struct verdict_on {
    uint32_t passed, failed;
    bool agree; /* all failed ones ask for the same change */
    struct decimal change;
};

static bool on_side(
    struct operand *const *side, uint32_t n, const struct operand *o)
{
    for (uint32_t i = 0; i < n; i++)
        if (side[i] == o)
            return true;
    return false;
}

/* +1 on the left, -1 on the right, 0 not in it. */
static int place_in(const struct equation *q, const struct operand *o)
{
    if (on_side(q->left, q->left_n, o))
        return 1;
    return on_side(q->right, q->right_n, o) ? -1 : 0;
}

static void weigh(struct verdict_on *v, const struct equation *q, int place)
{
    struct decimal left;
    struct decimal right;
    struct decimal change;

    if (!operands_sum(q->left, q->left_n, &left) ||
        !operands_sum(q->right, q->right_n, &right))
        return;
    change = place > 0 ? decimal_sub(right, left) : decimal_sub(left, right);
    if (change.units == 0) {
        v->passed++;
        return;
    }
    v->agree =
        v->failed == 0 || (v->agree && decimal_compare(change, v->change) == 0);
    v->change = change;
    v->failed++;
}

static struct verdict_on weigh_all(
    const struct equations *e, const struct operand *o)
{
    struct verdict_on v = { 0, 0, true, { 0, 0 } };

    for (uint32_t i = 0; i < e->n; i++) {
        int place = equation_is_sum(&e->eq[i]) ? place_in(&e->eq[i], o) : 0;

        if (place != 0)
            weigh(&v, &e->eq[i], place);
    }
    return v;
}

static uint32_t count_failed(const struct equations *e)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < e->n; i++) {
        struct decimal left;
        struct decimal right;

        n += equation_is_sum(&e->eq[i]) &&
                     operands_sum(e->eq[i].left, e->eq[i].left_n, &left) &&
                     operands_sum(e->eq[i].right, e->eq[i].right_n, &right) &&
                     decimal_compare(left, right) != 0
                 ? 1
                 : 0;
    }
    return n;
}

static bool propose_to(struct operand *o, struct decimal value, const char *why,
    struct arena *arena)
{
    if (value.units < 0)
        return false;
    o->cell->proposed = decimal_text(arena, value);
    o->cell->evidence = (struct slice){ why, strlen(why) };
    return true;
}

/* The one cell whose change mends every failed sum and breaks none. */
static void accuse_one(struct equations *e, struct arena *arena)
{
    uint32_t failed = count_failed(e);
    struct operand *accused = NULL;
    struct decimal value = { 0, 0 };

    if (failed < 2)
        return;
    for (uint32_t i = 0; i < e->operand_n; i++) {
        struct operand *o = &e->operand[i];
        struct verdict_on v;

        if (o->known != KNOWN_PRINTED && o->known != KNOWN_BLANK)
            continue;
        v = weigh_all(e, o);
        if (v.failed != failed || v.passed > 0 || !v.agree)
            continue;
        if (accused)
            return;
        accused = o;
        value = decimal_add(o->value, v.change);
    }
    if (accused)
        propose_to(accused, value,
            "the only cell whose change mends every failed sum", arena);
}

/* What an unknown cell must be for a sum in which all else is known. */
static bool solve(
    const struct equation *q, struct operand *o, struct decimal *value)
{
    enum known was = o->known;
    struct decimal left;
    struct decimal right;
    bool ok;

    o->known = KNOWN_ZERO;
    ok = operands_sum(q->left, q->left_n, &left) &&
         operands_sum(q->right, q->right_n, &right);
    o->known = was;
    if (ok)
        *value = place_in(q, o) > 0 ? decimal_sub(right, left)
                                    : decimal_sub(left, right);
    return ok;
}

/* At least two sums must agree: one alone only says what would fit. */
static void solve_unknown(
    struct equations *e, struct operand *o, struct arena *arena)
{
    struct decimal value = { 0, 0 };
    uint32_t n = 0;

    for (uint32_t i = 0; i < e->n; i++) {
        struct decimal one;

        if (!equation_is_sum(&e->eq[i]) || place_in(&e->eq[i], o) == 0 ||
            !solve(&e->eq[i], o, &one))
            continue;
        if (n > 0 && decimal_compare(one, value) != 0)
            return;
        value = one;
        n++;
    }
    if (n >= 2)
        propose_to(o, value, "the sums over this cell agree on it", arena);
}

void equations_propose(struct equations *e, struct arena *arena)
{
    for (uint32_t i = 0; i < e->operand_n; i++)
        if (e->operand[i].known == KNOWN_NOT && !e->operand[i].cell->proposed.p)
            solve_unknown(e, &e->operand[i], arena);
    accuse_one(e, arena);
}
