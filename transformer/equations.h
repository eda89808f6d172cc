/* SPDX-License-Identifier: Apache-2.0 */
/*
 * equations - the instances of a form's checks over the cells of a record.
 */
#ifndef TRANSFORMER_EQUATIONS_H
#define TRANSFORMER_EQUATIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/record.h"
#include "transformer/decimal.h"
#include "transformer/form.h"

/* What is known of a cell's number. */
enum known {
    KNOWN_PRINTED, /* it has a value */
    KNOWN_ZERO,    /* blank or dash, and a printed total proves it 0 */
    KNOWN_BLANK,   /* blank or dash, unproven */
    KNOWN_NOT,     /* missing or unreadable */
};

struct operand {
    struct cell *cell;
    enum known known;
    struct decimal value; /* 0 unless printed */
};

/* One check for one row or column.  Operands are shared: two equations
 * over a cell point to the same one. */
struct equation {
    const struct form *form;
    const struct form_check *check;
    const char *key; /* of the row or column, behind the check's id */
    struct operand **left, **right;
    uint32_t left_n, right_n;
};

struct equations {
    struct equation *eq;
    uint32_t n;
    struct operand *operand; /* one for each cell of the record */
    uint32_t operand_n;
};

/* Build all instances for the record's tables, in the order of the forms'
 * checks; arrays live in rec->arena. */
void equations_make(
    const struct forms *forms, struct record *rec, struct equations *out);

/* Give doubtful cells the reading that the sums over certain cells force
 * (doubt.c). */
void equations_choose(struct equations *e, struct arena *arena);

/* Mark blanks that a printed total proves to be zeros, with proposal and
 * evidence in their cells. */
void equations_prove_blanks(struct equations *e, struct arena *arena);

/* Propose values for cells that cannot be read and for cells that failed
 * sums single out (localize.c). */
void equations_propose(struct equations *e, struct arena *arena);

/* "requests.row.new": the check's id and the key of its row or column. */
struct slice equation_name(const struct equation *q, struct arena *arena);

/* Sum of a side; false when a cell of it is not known. */
bool operands_sum(struct operand *const *side, uint32_t n, struct decimal *sum);

/* True for rules that must hold: equal sums, not only a warning. */
bool equation_is_sum(const struct equation *q);

#endif
