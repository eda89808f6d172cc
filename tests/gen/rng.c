/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rng - small deterministic random numbers (splitmix64, public domain
 * algorithm by Sebastiano Vigna).
 */
#include "tests/gen/rng.h"

#include <assert.h>

void rng_init(struct rng *r, uint64_t seed, uint64_t salt)
{
    r->state = seed * 0x9E3779B97F4A7C15u + salt * 0xD1B54A32D192ED03u;
    rng_next(r);
}

uint64_t rng_next(struct rng *r)
{
    uint64_t z = (r->state += 0x9E3779B97F4A7C15u);

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

uint32_t rng_below(struct rng *r, uint32_t n)
{
    assert(n > 0);
    return (uint32_t)(rng_next(r) % n);
}

int64_t rng_range(struct rng *r, int64_t low, int64_t high)
{
    assert(low <= high);
    return low + (int64_t)(rng_next(r) % (uint64_t)(high - low + 1));
}

bool rng_chance(struct rng *r, uint32_t percent)
{
    return rng_below(r, 100) < percent;
}
