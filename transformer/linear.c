/* SPDX-License-Identifier: Apache-2.0 */
/*
 * linear - small systems of sums in whole numbers, solved exactly.
 *
 * No fractions: a row is multiplied before another is taken from it, then
 * divided by what all its numbers have in common.  The factors of sums are
 * 1 and -1, so they stay small; what grows past LINEAR_MAX is given up.
 */
#include "transformer/linear.h"

#include <assert.h>
#include <string.h>

__extension__ typedef __int128 wide;

void linear_init(struct linear *l, const int64_t *rhs, uint32_t n)
{
    assert(n <= LINEAR_ROWS);
    memset(l, 0, sizeof(*l));
    l->row_n = n;
    for (uint32_t i = 0; i < n; i++) {
        l->rhs[i] = rhs[i];
        l->mix[i][i] = 1;
        l->given_up =
            l->given_up || rhs[i] > LINEAR_MAX || -rhs[i] > LINEAR_MAX;
    }
}

int64_t linear_at(
    const struct linear *l, uint32_t row, const struct linear_column *column)
{
    int64_t sum = 0;

    for (uint32_t i = 0; i < column->n; i++)
        sum += column->factor[i] * l->mix[row][column->row[i]];
    return sum;
}

static int64_t gcd(int64_t a, int64_t b)
{
    a = a < 0 ? -a : a;
    b = b < 0 ? -b : b;
    while (b > 0) {
        int64_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

static bool combine(int64_t *to, int64_t times, int64_t from, int64_t less)
{
    wide sum = (wide)*to * times - (wide)from * less;

    *to = (int64_t)sum;
    return sum <= LINEAR_MAX && -sum <= LINEAR_MAX;
}

/* Row `to` times `times`, less row `from` times `less`, made small. */
static void combine_rows(
    struct linear *l, uint32_t to, int64_t times, uint32_t from, int64_t less)
{
    bool fits = combine(&l->rhs[to], times, l->rhs[from], less);
    int64_t common;

    fits = combine(&l->lead[to], times, 0, 0) && fits;
    for (uint32_t i = 0; i < l->row_n; i++)
        fits = combine(&l->mix[to][i], times, l->mix[from][i], less) && fits;
    if (!fits) {
        l->given_up = true;
        return;
    }
    common = gcd(l->rhs[to], l->lead[to]);
    for (uint32_t i = 0; i < l->row_n && common != 1; i++)
        common = gcd(l->mix[to][i], common);
    if (common <= 1)
        return;
    l->rhs[to] /= common;
    l->lead[to] /= common;
    for (uint32_t i = 0; i < l->row_n; i++)
        l->mix[to][i] /= common;
}

void linear_add(
    struct linear *l, uint32_t id, const struct linear_column *column)
{
    uint32_t own = l->row_n;
    int64_t at;

    for (uint32_t i = 0; i < l->row_n && own == l->row_n; i++)
        if (l->lead[i] == 0 && linear_at(l, i, column) != 0)
            own = i;
    if (own == l->row_n) {
        if (l->loose_n == LINEAR_UNKNOWNS)
            l->given_up = true;
        else
            l->loose[l->loose_n++] = column;
        return;
    }
    at = linear_at(l, own, column);
    for (uint32_t i = 0; i < l->row_n && !l->given_up; i++) {
        int64_t other = i == own ? 0 : linear_at(l, i, column);
        int64_t common = gcd(at, other);

        if (other != 0)
            combine_rows(l, i, at / common, own, other / common);
    }
    l->lead[own] = at;
    l->owner[own] = id;
}

uint32_t linear_broken(const struct linear *l)
{
    for (uint32_t i = 0; i < l->row_n; i++)
        if (l->lead[i] == 0 && l->rhs[i] != 0)
            return i;
    return l->row_n;
}

bool linear_holds(const struct linear *l)
{
    return !l->given_up && linear_broken(l) == l->row_n;
}

bool linear_explains(const struct linear *l, const struct linear_column *column)
{
    uint32_t first = linear_broken(l);
    int64_t at;

    if (l->given_up || first == l->row_n)
        return false;
    at = linear_at(l, first, column);
    if (at == 0)
        return false;
    for (uint32_t i = 0; i < l->row_n; i++)
        if (l->lead[i] == 0 &&
            (wide)l->rhs[i] * at !=
                (wide)l->rhs[first] * linear_at(l, i, column))
            return false;
    return true;
}

bool linear_sees(const struct linear *l, const struct linear_column *column)
{
    for (uint32_t i = 0; i < l->row_n; i++)
        if (l->lead[i] == 0 && linear_at(l, i, column) != 0)
            return true;
    return false;
}

enum linear_answer linear_value(
    const struct linear *l, uint32_t row, int64_t *value)
{
    *value = 0;
    for (uint32_t i = 0; i < l->loose_n; i++)
        if (linear_at(l, row, l->loose[i]) != 0)
            return LINEAR_LOOSE;
    if (l->rhs[row] % l->lead[row] != 0)
        return LINEAR_FRACTION;
    *value = l->rhs[row] / l->lead[row];
    return LINEAR_WHOLE;
}
