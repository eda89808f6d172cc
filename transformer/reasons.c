/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reasons - valid or flagged, and every reason for it.
 *
 * Valid means: each cell read, or blank and proven zero, and each sum that
 * must hold does.  Anything short of that has a reason here; warnings never
 * flag by themselves.
 */
#include "transformer/reasons.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "transformer/extract.h"

#define REASON_BYTES_MAX 600u /* what a person still reads */

void reason_add(struct record *rec, const char *fmt, ...)
{
    char text[REASON_BYTES_MAX];
    struct slice *more =
        arena_alloc_n(rec->arena, rec->reason_n + 1, sizeof(*more));
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    if (rec->reason_n > 0)
        memcpy(more, rec->reasons, rec->reason_n * sizeof(*more));
    more[rec->reason_n++] = arena_slice(rec->arena, slice_str(text));
    rec->reasons = more;
}

/* ---- cells --------------------------------------------------------------- */

static bool is_missing(const struct cell *c)
{
    return c->state == CELL_MISSING;
}

static bool is_doubtful(const struct cell *c)
{
    return c->state == CELL_UNREADABLE && c->source.reading == READING_DOUBTFUL;
}

static bool is_unreadable(const struct cell *c)
{
    return c->state == CELL_UNREADABLE && !is_doubtful(c);
}

static bool is_unproven(const struct cell *c)
{
    return (c->state == CELL_BLANK || c->state == CELL_DASH) &&
           !slice_eq_str(c->proposed, "0");
}

/* Keys in one line: a whole row as table.row.*, at most what fits. */
struct key_list {
    char text[REASON_BYTES_MAX - 100];
    size_t len;
    uint32_t n, left_out;
};

static void list_add(struct key_list *l, const struct cell *c, bool whole_row)
{
    char key[160];
    int n = snprintf(key, sizeof(key), "%s%.*s.%.*s.%.*s", l->n > 0 ? ", " : "",
        SLICE_ARG(c->table), SLICE_ARG(c->row),
        whole_row ? 1 : (int)c->column.len, whole_row ? "*" : c->column.p);

    if (n < 0 || l->len + (size_t)n >= sizeof(l->text)) {
        l->left_out++;
        return;
    }
    memcpy(l->text + l->len, key, (size_t)n + 1);
    l->len += (size_t)n;
    l->n++;
}

static uint32_t row_end(const struct record *rec, uint32_t i)
{
    uint32_t to = i;

    while (to < rec->cell_n &&
           slice_eq(rec->cells[to].row, rec->cells[i].row) &&
           slice_eq(rec->cells[to].table, rec->cells[i].table))
        to++;
    return to;
}

static void add_cells(struct record *rec, bool (*is)(const struct cell *),
    const char *code, const char *words)
{
    struct key_list list = { .len = 0 };

    for (uint32_t i = 0; i < rec->cell_n;) {
        uint32_t to = row_end(rec, i);
        uint32_t n = 0;

        for (uint32_t k = i; k < to; k++)
            n += is(&rec->cells[k]) ? 1 : 0;
        if (n > 1 && n == to - i)
            list_add(&list, &rec->cells[i], true);
        else
            for (uint32_t k = i; k < to && n > 0; k++)
                if (is(&rec->cells[k]))
                    list_add(&list, &rec->cells[k], false);
        i = to;
    }
    if (list.n + list.left_out == 0)
        return;
    if (list.left_out > 0)
        reason_add(
            rec, "%s: %s%s and %u more", code, words, list.text, list.left_out);
    else
        reason_add(rec, "%s: %s%s", code, words, list.text);
}

/* ---- checks -------------------------------------------------------------- */

static void add_failed(struct record *rec)
{
    for (uint32_t i = 0; i < rec->check_n; i++) {
        const struct check *c = &rec->checks[i];

        if (c->severity != SEVERITY_ERROR || c->status != CHECK_FAIL)
            continue;
        if (c->left.p && c->right.p && c->left_cells.len > 0)
            reason_add(rec,
                "check.failed: %.*s: %.*s printed on one side, %.*s on the "
                "other",
                SLICE_ARG(c->rule), SLICE_ARG(c->left), SLICE_ARG(c->right));
        else
            reason_add(rec, "check.failed: %.*s: %.*s", SLICE_ARG(c->rule),
                SLICE_ARG(c->message));
    }
}

static void add_not_evaluable(struct record *rec)
{
    uint32_t n = 0;
    const struct check *first = NULL;

    for (uint32_t i = 0; i < rec->check_n; i++) {
        const struct check *c = &rec->checks[i];

        /* Checks of the whole report have no form: what a report does not
         * state is none of its numbers. */
        if (c->severity != SEVERITY_ERROR || c->status != CHECK_NOT_EVALUABLE ||
            c->form.len == 0)
            continue;
        first = first ? first : c;
        n++;
    }
    if (first)
        reason_add(rec,
            "check.not_evaluable: %u checks could not be made, the first is "
            "%.*s: %.*s",
            n, SLICE_ARG(first->rule), SLICE_ARG(first->message));
}

void extract_verdict(struct record *rec)
{
    if (rec->cell_n == 0)
        reason_add(rec, "cells.missing: no cell of any form");
    add_cells(rec, is_missing, "cells.missing", "");
    add_cells(rec, is_unreadable, "cells.unreadable", "");
    add_cells(rec, is_doubtful, "cells.doubtful", "no sums choose a reading: ");
    add_cells(rec, is_unproven, "cells.blank", "not proven to be 0: ");
    add_failed(rec);
    add_not_evaluable(rec);
    rec->status = rec->reason_n == 0 ? REPORT_VALID : REPORT_FLAGGED;
}
