/* SPDX-License-Identifier: Apache-2.0 */
/*
 * localize_part - sums that hang together, as a system of whole numbers.
 */
#include <string.h>

#include "transformer/localize.h"

/* Larger numbers are left alone: LINEAR_MAX must hold sums of them. */
#define BASE_MAX ((int64_t)1 << 34)

/* ---- which sums -----------------------------------------------------------
 */

static struct seat *seat_of(struct part *p, struct operand *o, uint32_t *place)
{
    if (*place != 0)
        return &p->seat[*place - 1];
    if (p->seat_n == LOCALIZE_CELLS)
        return NULL;
    *place = p->seat_n + 1;
    p->seat[p->seat_n] = (struct seat){ .operand = o };
    return &p->seat[p->seat_n++];
}

static void seat_side(struct part *p, const struct equations *e,
    uint32_t *place, struct operand *const *side, uint32_t n, int32_t factor)
{
    for (uint32_t i = 0; i < n; i++) {
        struct seat *s = seat_of(p, side[i], &place[side[i] - e->operand]);

        if (!s || s->column.n == LINEAR_WEIGHT) {
            p->given_up = true;
            return;
        }
        s->column.row[s->column.n] = p->sum_n;
        s->column.factor[s->column.n++] = factor;
    }
}

static void add_sum(struct part *p, const struct equations *e, uint32_t *place,
    const struct equation *q)
{
    if (p->sum_n == LINEAR_ROWS) {
        p->given_up = true;
        return;
    }
    seat_side(p, e, place, q->left, q->left_n, 1);
    seat_side(p, e, place, q->right, q->right_n, -1);
    p->sum[p->sum_n++] = q;
}

static bool touches(
    const struct equations *e, const uint32_t *place, const struct equation *q)
{
    for (uint32_t i = 0; i < q->left_n; i++)
        if (place[q->left[i] - e->operand] != 0)
            return true;
    for (uint32_t i = 0; i < q->right_n; i++)
        if (place[q->right[i] - e->operand] != 0)
            return true;
    return false;
}

/* Its cells may be in sums that were looked at before: join them as well. */
static void grow(
    const struct equations *e, uint32_t *place, bool *done, struct part *p)
{
    bool more = true;

    while (more && !p->given_up) {
        more = false;
        for (uint32_t i = 0; i < e->n && !p->given_up; i++) {
            if (done[i] || !equation_is_sum(&e->eq[i]) ||
                !touches(e, place, &e->eq[i]))
                continue;
            done[i] = true;
            more = true;
            add_sum(p, e, place, &e->eq[i]);
        }
    }
}

/* ---- as whole numbers -----------------------------------------------------
 */

static bool scaled(struct decimal d, uint32_t scale, int64_t *out)
{
    while (d.scale < scale) {
        if (d.units > BASE_MAX || -d.units > BASE_MAX)
            return false;
        d.units *= 10;
        d.scale++;
    }
    *out = (int64_t)d.units;
    return d.units <= BASE_MAX && -d.units <= BASE_MAX;
}

bool seat_is_unknown(const struct seat *s)
{
    return s->operand->known == KNOWN_NOT;
}

static void make_system(struct part *p)
{
    uint32_t unknown_n = 0;

    for (uint32_t i = 0; i < p->seat_n; i++)
        if (p->seat[i].operand->value.scale > p->scale)
            p->scale = p->seat[i].operand->value.scale;
    for (uint32_t i = 0; i < p->seat_n; i++) {
        struct seat *s = &p->seat[i];

        if (!scaled(s->operand->value, p->scale, &s->base))
            p->given_up = true;
        for (uint32_t k = 0; k < s->column.n; k++)
            p->rest[s->column.row[k]] -= s->column.factor[k] * s->base;
        unknown_n += seat_is_unknown(s) ? 1 : 0;
    }
    linear_init(&p->known, p->rest, p->sum_n);
    if (unknown_n > LINEAR_UNKNOWNS)
        p->given_up = true;
    for (uint32_t i = 0; i < p->seat_n && !p->given_up; i++)
        if (seat_is_unknown(&p->seat[i]))
            linear_add(&p->known, i, &p->seat[i].column);
    p->given_up = p->given_up || p->known.given_up;
}

static bool is_sound(const struct equation *q)
{
    struct decimal left;
    struct decimal right;

    return operands_sum(q->left, q->left_n, &left) &&
           operands_sum(q->right, q->right_n, &right) &&
           decimal_compare(left, right) == 0;
}

bool part_next(
    const struct equations *e, uint32_t *place, bool *done, struct part *p)
{
    for (uint32_t i = 0; i < e->n; i++) {
        if (done[i] || !equation_is_sum(&e->eq[i]) || is_sound(&e->eq[i]))
            continue;
        memset(p, 0, sizeof(*p));
        done[i] = true;
        add_sum(p, e, place, &e->eq[i]);
        grow(e, place, done, p);
        if (!p->given_up)
            make_system(p);
        return true;
    }
    return false;
}

/* ---- solutions ------------------------------------------------------------
 */

bool seat_is_money(const struct seat *s)
{
    return slice_starts(s->operand->cell->unit, SLICE_LIT("cny"));
}

static int64_t power_of_ten(uint32_t n)
{
    int64_t one = 1;

    while (n-- > 0)
        one *= 10;
    return one;
}

bool seat_may_be(const struct part *p, const struct seat *s, int64_t value)
{
    return value >= 0 &&
           (seat_is_money(s) || value % power_of_ten(p->scale) == 0);
}

static bool is_possible(
    const struct part *p, const struct linear *l, uint32_t row)
{
    const struct seat *s = &p->seat[l->owner[row]];
    int64_t value;

    switch (linear_value(l, row, &value)) {
    case LINEAR_LOOSE:
        return true;
    case LINEAR_FRACTION:
        return false;
    case LINEAR_WHOLE:
        break;
    }
    return seat_may_be(p, s, s->base + value);
}

bool part_is_solved(const struct part *p, const struct linear *l)
{
    for (uint32_t i = 0; i < l->row_n; i++)
        if (l->lead[i] != 0 && !is_possible(p, l, i))
            return false;
    return linear_holds(l);
}

void part_add_set(const struct part *p, const struct set *set, struct linear *l)
{
    for (uint32_t i = 0; i < set->n; i++)
        linear_add(l, set->seat[i], &p->seat[set->seat[i]].column);
}

bool part_is_alone(
    const struct part *p, uint32_t sum, const struct seat *own, enum known most)
{
    for (uint32_t i = 0; i < p->seat_n; i++) {
        const struct seat *s = &p->seat[i];

        for (uint32_t k = 0; k < s->column.n; k++)
            if (s != own && s->column.row[k] == sum && s->operand->known > most)
                return false;
    }
    return true;
}

uint32_t part_alone(
    const struct part *p, const struct seat *s, enum known most, int64_t *value)
{
    uint32_t n = 0;

    *value = 0;
    for (uint32_t k = 0; k < s->column.n; k++) {
        uint32_t sum = s->column.row[k];
        int64_t one = p->rest[sum] * s->column.factor[k];

        if (!part_is_alone(p, sum, s, most))
            continue;
        if (n > 0 && one != *value)
            return 0;
        *value = one;
        n++;
    }
    return n;
}

void part_find_blind(
    const struct part *p, const struct linear *l, struct blind *b)
{
    bool own[LOCALIZE_CELLS] = { false };

    for (uint32_t r = 0; r < l->row_n; r++)
        if (l->lead[r] != 0)
            own[l->owner[r]] = true;
    b->n = 0;
    for (uint32_t i = 0; i < p->seat_n; i++)
        if (!own[i] && !seat_is_unknown(&p->seat[i]) &&
            !linear_sees(l, &p->seat[i].column))
            b->seat[b->n++] = i;
}

/* ---- in words ------------------------------------------------------------ */

struct slice part_text(const struct part *p, int64_t value, struct arena *arena)
{
    struct decimal d = { value, p->scale };

    while (d.scale > 0 && d.units % 10 == 0) {
        d.units /= 10;
        d.scale--;
    }
    return decimal_text(arena, d);
}

struct slice part_sums(
    const struct part *p, const struct seat *s, struct arena *arena)
{
    struct slice text = { "", 0 };

    for (uint32_t i = 0; i < s->column.n; i++) {
        struct slice name = equation_name(p->sum[s->column.row[i]], arena);

        text = arena_printf(arena, "%.*s%s%.*s", SLICE_ARG(text),
            i > 0 ? ", " : "", SLICE_ARG(name));
    }
    return text;
}
