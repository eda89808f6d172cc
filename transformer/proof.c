/* SPDX-License-Identifier: Apache-2.0 */
/*
 * proof - which blanks the sums prove to be zeros.
 *
 * Counts are never negative: when the printed parts of a sum already make
 * its printed total, the blank ones are zeros.
 */
#include <string.h>

#include "transformer/equations.h"

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
        SLICE_ARG(equation_name(q, arena)),
        SLICE_ARG(decimal_text(arena, total)));
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
