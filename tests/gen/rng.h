/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rng - small deterministic random numbers (splitmix64).
 *
 * The same seed gives the same documents on every machine, so a failing
 * case is a seed.
 */
#ifndef TESTS_GEN_RNG_H
#define TESTS_GEN_RNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rng {
    uint64_t state;
};

/* Streams of different `salt` are independent for the same seed. */
void rng_init(struct rng *r, uint64_t seed, uint64_t salt);

uint64_t rng_next(struct rng *r);

/* Evenly from 0 to n - 1; n > 0. */
uint32_t rng_below(struct rng *r, uint32_t n);

/* Evenly from low to high, both included. */
int64_t rng_range(struct rng *r, int64_t low, int64_t high);

/* True `percent` times out of 100. */
bool rng_chance(struct rng *r, uint32_t percent);

#endif
