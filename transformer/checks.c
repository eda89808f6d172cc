/* SPDX-License-Identifier: Apache-2.0 */
/*
 * checks - every check of the forms, with both sums and a word on it.
 *
 * All results are published, not only failures.  Blanks count as zero only
 * where a printed total proves it, and the message says so.
 */
#include "transformer/checks.h"

#include <string.h>

#include "transformer/decimal.h"
#include "transformer/equations.h"
#include "transformer/extract.h"

#define CELLS_BYTES_MAX 4096u /* keys of one side; real ones take 700 */

static size_t append(char *text, size_t len, struct slice more)
{
    memcpy(text + len, more.p, more.len);
    return len + more.len;
}

/* Keys of the cells joined by " + ". */
static struct slice side_keys(
    struct operand *const *side, uint32_t n, struct arena *arena)
{
    char text[CELLS_BYTES_MAX];
    size_t len = 0;

    for (uint32_t i = 0; i < n; i++) {
        const struct cell *c = side[i]->cell;
        size_t need = c->table.len + c->row.len + c->column.len + 5;

        if (len + need > sizeof(text))
            break;
        if (i > 0)
            len = append(text, len, SLICE_LIT(" + "));
        len = append(text, len, c->table);
        len = append(text, len, SLICE_LIT("."));
        len = append(text, len, c->row);
        len = append(text, len, SLICE_LIT("."));
        len = append(text, len, c->column);
    }
    return arena_slice(arena, (struct slice){ text, len });
}

static const struct operand *first_unknown(const struct equation *q)
{
    for (uint32_t i = 0; i < q->left_n; i++)
        if (q->left[i]->known >= KNOWN_BLANK)
            return q->left[i];
    for (uint32_t i = 0; i < q->right_n; i++)
        if (q->right[i]->known >= KNOWN_BLANK)
            return q->right[i];
    return NULL;
}

static uint32_t count_zeros(const struct equation *q)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < q->left_n; i++)
        n += q->left[i]->known == KNOWN_ZERO ? 1 : 0;
    for (uint32_t i = 0; i < q->right_n; i++)
        n += q->right[i]->known == KNOWN_ZERO ? 1 : 0;
    return n;
}

static const char *state_words(const struct operand *o)
{
    switch (o->cell->state) {
    case CELL_MISSING:
        return "missing";
    case CELL_BLANK:
        return "blank and not proven to be 0";
    case CELL_DASH:
        return "a dash and not proven to be 0";
    case CELL_UNREADABLE:
    case CELL_READ:
    case CELL_ANNOTATED:
        break;
    }
    return "unreadable";
}

static void not_evaluable(
    struct check *c, const struct operand *o, struct arena *arena)
{
    c->status = CHECK_NOT_EVALUABLE;
    c->message = arena_printf(arena, "%.*s.%.*s.%.*s is %s",
        SLICE_ARG(o->cell->table), SLICE_ARG(o->cell->row),
        SLICE_ARG(o->cell->column), state_words(o));
}

static void set_sums(struct check *c, struct decimal left, struct decimal right,
    struct arena *arena)
{
    c->left = decimal_text(arena, left);
    c->right = decimal_text(arena, right);
    c->difference = decimal_text(arena, decimal_sub(left, right));
}

/* Equal, or at least: two sums. */
static void compare(
    const struct equation *q, struct check *c, struct arena *arena)
{
    struct decimal left;
    struct decimal right;
    uint32_t zeros = count_zeros(q);
    bool ok;

    if (!operands_sum(q->left, q->left_n, &left) ||
        !operands_sum(q->right, q->right_n, &right)) {
        const struct operand *o = first_unknown(q);

        if (o)
            not_evaluable(c, o, arena);
        return;
    }
    set_sums(c, left, right, arena);
    ok = q->check->relation == RELATION_EQUAL
             ? decimal_compare(left, right) == 0
             : decimal_compare(left, right) >= 0;
    c->status = ok ? CHECK_PASS : CHECK_FAIL;
    if (!ok)
        c->message =
            arena_printf(arena, "%s: %.*s on one side, %.*s on the other",
                q->check->message, SLICE_ARG(c->left), SLICE_ARG(c->right));
    else if (zeros > 0)
        c->message =
            arena_printf(arena, "%u blank cells were counted as 0", zeros);
}

/* Each cell on its own: what is blank is not judged. */
static void each_not_negative(
    const struct equation *q, struct check *c, struct arena *arena)
{
    const struct operand *unknown = NULL;

    c->status = CHECK_PASS;
    for (uint32_t i = 0; i < q->left_n; i++) {
        const struct operand *o = q->left[i];

        if (o->known == KNOWN_NOT)
            unknown = unknown ? unknown : o;
        if (o->value.units >= 0)
            continue;
        c->status = CHECK_FAIL;
        c->left = o->cell->value;
        c->right = SLICE_LIT("0");
        c->difference = o->cell->value;
        c->message =
            arena_printf(arena, "%s: %.*s.%.*s.%.*s is %.*s", q->check->message,
                SLICE_ARG(o->cell->table), SLICE_ARG(o->cell->row),
                SLICE_ARG(o->cell->column), SLICE_ARG(o->cell->value));
        return;
    }
    if (unknown)
        not_evaluable(c, unknown, arena);
}

static void at_most(
    const struct equation *q, struct check *c, struct arena *arena)
{
    struct decimal sum = { 0, 0 };
    struct decimal limit;

    for (uint32_t i = 0; i < q->left_n; i++) {
        const struct cell *cell = q->left[i]->cell;
        struct decimal d;

        if (!decimal_parse(
                cell->value_cny.p ? cell->value_cny : cell->value, &d)) {
            not_evaluable(c, q->left[i], arena);
            return;
        }
        sum = decimal_add(sum, d);
    }
    if (!decimal_parse(slice_str(q->check->limit), &limit))
        return;
    set_sums(c, sum, limit, arena);
    c->status = decimal_compare(sum, limit) <= 0 ? CHECK_PASS : CHECK_FAIL;
    if (c->status == CHECK_FAIL)
        c->message = arena_printf(
            arena, "%s: %.*s", q->check->message, SLICE_ARG(c->left));
}

static void evaluate(
    const struct equation *q, struct check *c, struct arena *arena)
{
    memset(c, 0, sizeof(*c));
    c->rule = arena_printf(arena, "%s.%s", q->check->id, q->key);
    c->form = slice_str(q->form->id);
    c->source = slice_str(q->check->source);
    c->severity = q->check->warning ? SEVERITY_WARNING : SEVERITY_ERROR;
    c->status = CHECK_NOT_EVALUABLE;
    c->message = SLICE_LIT("");
    c->left_cells = side_keys(q->left, q->left_n, arena);
    if (q->right_n > 0)
        c->right_cells = side_keys(q->right, q->right_n, arena);
    switch (q->check->relation) {
    case RELATION_EQUAL:
    case RELATION_AT_LEAST:
        compare(q, c, arena);
        return;
    case RELATION_NOT_NEGATIVE:
        each_not_negative(q, c, arena);
        return;
    case RELATION_AT_MOST:
        at_most(q, c, arena);
        return;
    }
}

void checks_make(struct equations *e, struct record *rec)
{
    equations_choose(e, rec->arena);
    equations_prove_blanks(e, rec->arena);
    equations_propose(e, rec->arena);
    rec->checks = arena_alloc_n(rec->arena, e->n + 1, sizeof(*rec->checks));
    rec->check_n = e->n;
    for (uint32_t i = 0; i < e->n; i++)
        evaluate(&e->eq[i], &rec->checks[i], rec->arena);
}

void extract_checks(const struct forms *forms, struct record *rec)
{
    struct equations e;

    equations_make(forms, rec, &e);
    checks_make(&e, rec);
}
