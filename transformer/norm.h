/* SPDX-License-Identifier: Apache-2.0 */
/*
 * norm - a label reduced to what identifies it.
 *
 * Letters and digits only, NFKC, a small fold for what NFKC leaves; white
 * space, punctuation and brackets are gone.  A leading enumerator
 * （一） / 一、 / 1. / ① is taken off and kept beside the body as evidence:
 * publishers renumber, so it supports a match but never makes one.
 */
#ifndef TRANSFORMER_NORM_H
#define TRANSFORMER_NORM_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/slice.h"

/* Code points of a label; the longest official one has 60, merged with its
 * group 75.  Longer text is prose. */
#define NORM_MAX 160u

enum norm_mark {
    MARK_NONE,
    MARK_CHINESE, /* 一、 */
    MARK_BRACKET, /* （一） */
    MARK_DIGIT,   /* 1. or ① */
};

struct norm {
    const uint32_t *cp;   /* body, then nothing: not terminated */
    uint32_t n;           /* code points of the body */
    uint32_t bare_n;      /* of the body without its bracketed parts */
    const uint32_t *bare; /* equals cp when nothing was in brackets */
    uint64_t hash, bare_hash;
    enum norm_mark mark;
    uint32_t number; /* of the enumerator, 0 without */
};

/* Room for one label's code points, twice: body and bare. */
struct norm_room {
    uint32_t cp[2 * NORM_MAX];
};

/* Reduce `text` into `room`; false when it is longer than a label may be or
 * is no UTF-8.  `out` points into `room`. */
bool norm_make(struct slice text, struct norm_room *room, struct norm *out);

/* As norm_make, in the arena and only as large as needed. */
bool norm_arena(struct slice text, struct arena *a, struct norm *out);

bool norm_equal(const uint32_t *a, uint32_t an, const uint32_t *b, uint32_t bn);

/* Hash of code points, as in struct norm. */
uint64_t norm_hash(const uint32_t *cp, uint32_t n);

/* Levenshtein distance in code points, or max + 1 when it is larger. */
uint32_t norm_distance(const uint32_t *a, uint32_t an, const uint32_t *b,
    uint32_t bn, uint32_t max);

/* 100 for equal, 0 for nothing in common: 100 * (1 - distance / length of
 * the longer one); 0 when below `least`. */
uint32_t norm_similarity(const uint32_t *a, uint32_t an, const uint32_t *b,
    uint32_t bn, uint32_t least);

/* `text` as UTF-8 with only its letters and digits, folded, enumerator
 * included; any length.  For searching in prose and headings. */
struct slice norm_text(struct arena *a, struct slice text);

#endif
