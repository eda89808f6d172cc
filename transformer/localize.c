/* SPDX-License-Identifier: Apache-2.0 */
/*
 * localize - which cells the failed sums accuse, and what cells that cannot
 * be read must be.
 *
 * Sums that share cells are looked at together.  Cells without a number are
 * unknowns; then the smallest set of printed cells is sought whose change
 * makes every sum hold, blanks counting as 0.  All sets of that size are
 * tried, so "the only one" is exact; larger ones than LOCALIZE_SET_MAX are
 * not searched.
 */
#include "transformer/localize.h"

static void found(const struct part *p, const struct set *set, struct search *s)
{
    struct linear l = p->known;

    if (s->found == 1 && set->n == 2 && s->set.seat[0] == set->seat[1] &&
        s->set.seat[1] == set->seat[0])
        return;
    part_add_set(p, set, &l);
    if (l.given_up)
        s->found = 2; /* not known to be the only one */
    if (l.given_up || !part_is_solved(p, &l))
        return;
    if (s->found == 0)
        s->set = *set;
    s->found++;
}

/* Every cell that, changed besides those of `set`, mends what `l` says is
 * broken. */
static void search_one(const struct part *p, const struct linear *l,
    const struct set *set, struct search *s)
{
    for (uint32_t i = 0; i < p->seat_n && s->found < 2; i++) {
        struct set more = *set;

        if (seat_is_unknown(&p->seat[i]) ||
            !linear_explains(l, &p->seat[i].column))
            continue;
        more.seat[more.n++] = i;
        found(p, &more, s);
    }
}

/* The broken check that the fewest cells have a part in: one of them is in
 * every set. */
static uint32_t narrowest(const struct part *p, const struct linear *l)
{
    uint32_t best = l->row_n;
    uint32_t least = UINT32_MAX;

    for (uint32_t r = 0; r < l->row_n; r++) {
        uint32_t n = 0;

        if (l->lead[r] != 0 || l->rhs[r] == 0)
            continue;
        for (uint32_t i = 0; i < p->seat_n; i++)
            n += linear_at(l, r, &p->seat[i].column) != 0 ? 1 : 0;
        if (n < least) {
            least = n;
            best = r;
        }
    }
    return best;
}

static void search_two(const struct part *p, struct search *s)
{
    uint32_t row = narrowest(p, &p->known);

    for (uint32_t i = 0; i < p->seat_n && s->found < 2; i++) {
        struct set set = { .n = 1, .seat = { i } };
        struct linear l;

        if (seat_is_unknown(&p->seat[i]) ||
            linear_at(&p->known, row, &p->seat[i].column) == 0)
            continue;
        l = p->known;
        linear_add(&l, i, &p->seat[i].column);
        if (l.given_up)
            s->found = 2;
        search_one(p, &l, &set, s);
    }
}

/* One cell changes no more checks than its weight. */
static bool two_can_do(const struct part *p)
{
    uint32_t most = 0;
    uint32_t broken = 0;

    for (uint32_t i = 0; i < p->seat_n; i++) {
        uint32_t n = 0;

        for (uint32_t r = 0; r < p->known.row_n; r++)
            n += p->known.lead[r] == 0 &&
                         linear_at(&p->known, r, &p->seat[i].column) != 0
                     ? 1
                     : 0;
        most = n > most ? n : most;
    }
    for (uint32_t r = 0; r < p->known.row_n; r++)
        broken += p->known.lead[r] == 0 && p->known.rhs[r] != 0 ? 1 : 0;
    return broken <= 2 * most;
}

struct search localize(const struct part *p)
{
    const struct set none = { .n = 0 };
    struct search s = { .found = 0 };

    if (part_is_solved(p, &p->known)) {
        s.found = 1;
        return s;
    }
    search_one(p, &p->known, &none, &s);
    if (s.found == 0 && !linear_holds(&p->known) && two_can_do(p))
        search_two(p, &s);
    return s;
}

void equations_propose(struct equations *e, struct arena *arena)
{
    struct part *p = arena_alloc(arena, sizeof(*p));
    uint32_t *place = arena_alloc_n(arena, e->operand_n + 1, sizeof(*place));
    bool *done = arena_alloc_n(arena, e->n + 1, sizeof(*done));

    while (part_next(e, place, done, p)) {
        struct search s;

        if (p->given_up)
            continue;
        s = localize(p);
        localize_propose(p, &s, arena);
    }
}
