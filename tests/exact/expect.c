/* SPDX-License-Identifier: Apache-2.0 */
/*
 * expect - what is known of a document, and how a record compares to it.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/limits.h"
#include "tests/exact/exact.h"

enum {
    WORDS_MAX = 3000, /* bytes of troubles told per document */
};

/* ---- comparison ---------------------------------------------------------- */

static void tell(struct outcome *o, const char *what, const struct gen_cell *c,
    struct slice got)
{
    if (o->words.len < WORDS_MAX)
        buf_printf(&o->words, "#   %s %s.%s.%s: expected %s%s, got %.*s\n",
            what, c->table, c->row, c->column,
            c->truth == TRUTH_MAYBE ? "null or " : "",
            c->truth == TRUTH_NULL ? "null" : c->value,
            got.p == NULL ? 4 : (int)got.len, got.p == NULL ? "null" : got.p);
}

static bool cell_is(const struct cell *c, const struct gen_cell *key)
{
    return slice_eq_str(c->column, key->column) &&
           slice_eq_str(c->row, key->row) && slice_eq_str(c->table, key->table);
}

/* Both lists are in the form's order, so the search goes on from the last
 * hit. */
static const struct cell *find_cell(
    const struct record *rec, const struct gen_cell *key, uint32_t *from)
{
    for (uint32_t i = 0; i < rec->cell_n; i++) {
        uint32_t at = (*from + i) % rec->cell_n;

        if (cell_is(&rec->cells[at], key)) {
            *from = at + 1;
            return &rec->cells[at];
        }
    }
    return NULL;
}

/* Not printed, or a zero: none may be read where sums prove it. */
static bool is_zero(const char *value)
{
    return value[0] == '\0' || strcmp(value, "0") == 0;
}

static void compare_cell(
    const struct gen_cell *want, const struct cell *c, struct outcome *o)
{
    struct slice got = { NULL, 0 };

    if (c != NULL)
        got = c->value;
    o->compared++;
    if (got.p == NULL) {
        if (want->truth == TRUTH_NULL || want->truth == TRUTH_ANY) {
            o->exact++;
            o->open += want->truth == TRUTH_ANY && !is_zero(want->value);
        } else {
            o->lost++;
            o->lost_sure += want->truth == TRUTH_VALUE;
            if (want->truth == TRUTH_VALUE)
                tell(o, "lost", want, got);
        }
    } else if (want->truth == TRUTH_ANY) {
        o->exact++;
        o->open += !slice_eq_str(got, want->value);
    } else if (want->truth == TRUTH_NULL || !slice_eq_str(got, want->value)) {
        o->wrong++;
        tell(o, "WRONG", want, got);
    } else if (want->unit != NULL && !slice_eq_str(c->unit, want->unit)) {
        o->wrong++;
        tell(o, "unit of", want, c->unit);
    } else {
        o->exact++;
    }
}

/* A value under a key that the document does not have is invented. */
static void compare_rest(
    const struct expect *e, const struct record *rec, struct outcome *o)
{
    for (uint32_t i = 0; i < rec->cell_n; i++) {
        const struct cell *c = &rec->cells[i];
        bool known = c->value.p == NULL;

        for (int k = 0; k < e->cell_n && !known; k++)
            known = cell_is(c, &e->cell[k]);
        if (known)
            continue;
        o->wrong++;
        if (o->words.len < WORDS_MAX)
            buf_printf(&o->words,
                "#   WRONG %.*s.%.*s.%.*s: the document has none, got "
                "%.*s\n",
                SLICE_ARG(c->table), SLICE_ARG(c->row), SLICE_ARG(c->column),
                SLICE_ARG(c->value));
    }
}

static void compare_head(
    const struct expect *e, const struct record *rec, struct outcome *o)
{
    if (e->year != 0 && rec->year != (uint32_t)e->year) {
        buf_printf(
            &o->words, "#   year: expected %d, got %u\n", e->year, rec->year);
        o->inexact = true;
    }
    if (e->organization != NULL &&
        !slice_eq_str(rec->organization, e->organization)) {
        buf_printf(&o->words, "#   organization: expected %s, got %.*s\n",
            e->organization, SLICE_ARG(rec->organization));
        o->inexact = true;
    }
}

static bool is_alarm(const struct expect *e, const struct check *c)
{
    if (c->status != CHECK_FAIL)
        return false;
    if (c->severity == SEVERITY_ERROR)
        return true;
    return !e->warnings && (slice_starts(c->rule, SLICE_LIT("text.")) ||
                               slice_starts(c->rule, SLICE_LIT("proactive.")));
}

/* A sound report that is not valid, or in which a check failed. */
static void compare_sound(
    const struct expect *e, const struct record *rec, struct outcome *o)
{
    if (!o->valid) {
        o->alarm = true;
        buf_printf(&o->words, "#   not valid:");
        for (uint32_t i = 0; i < rec->reason_n && i < 4; i++)
            buf_printf(&o->words, " [%.*s]", SLICE_ARG(rec->reasons[i]));
        buf_add_str(&o->words, "\n");
    }
    for (uint32_t i = 0; i < rec->check_n; i++) {
        const struct check *c = &rec->checks[i];

        if (!is_alarm(e, c))
            continue;
        o->alarm = true;
        buf_printf(&o->words, "#   alarm %.*s: %.*s against %.*s\n",
            SLICE_ARG(c->rule), SLICE_ARG(c->left), SLICE_ARG(c->right));
    }
}

static void compare_verdict(
    const struct expect *e, const struct record *rec, struct outcome *o)
{
    bool unrecognized = rec->status == REPORT_UNRECOGNIZED;

    if (o->valid && e->verdict == VERDICT_FLAGGED)
        o->silent = true;
    if (e->unrecognized != unrecognized && (e->unrecognized || e->exact)) {
        o->inexact = true;
        buf_printf(
            &o->words, "#   status: %s\n", report_status_name(rec->status));
    }
    if (e->verdict == VERDICT_VALID)
        compare_sound(e, rec, o);
}

void expect_compare(
    const struct expect *e, const struct record *rec, struct outcome *o)
{
    uint32_t from = 0;

    o->valid = rec->status == REPORT_VALID;
    if (e->exact)
        compare_head(e, rec, o);
    for (int i = 0; i < e->cell_n; i++) {
        compare_cell(&e->cell[i], find_cell(rec, &e->cell[i], &from), o);
    }
    if (e->alone)
        compare_rest(e, rec, o);
    if (o->wrong > 0 || (o->lost_sure > 0 && e->exact))
        o->inexact = true;
    if (o->valid && (o->lost > 0 || o->wrong > 0 || (o->open > 0 && e->alone)))
        o->silent = true;
    compare_verdict(e, rec, o);
}

bool outcome_is_good(const struct outcome *o)
{
    return !o->silent && !o->alarm && !o->inexact;
}

/* ---- where expectations come from -----------------------------------------
 */

void expect_from_doc(const struct gen_doc *d, struct expect *e)
{
    memset(e, 0, sizeof *e);
    memcpy(e->cell, d->model.cell, sizeof d->model.cell);
    e->cell_n = d->model.cell_n;
    e->verdict = d->verdict;
    e->exact = d->exact || d->verdict == VERDICT_VALID;
    e->alone = true;
    e->year = d->model.year;
    e->organization = d->model.body->name;
}

static int read_status(const char *word, struct expect *e)
{
    e->exact = strcmp(word, "either") != 0;
    e->unrecognized = strcmp(word, "unrecognized") == 0;
    if (strcmp(word, "valid") == 0)
        e->verdict = VERDICT_VALID;
    else if (strcmp(word, "either") == 0)
        e->verdict = VERDICT_EITHER;
    else if (strcmp(word, "flagged") == 0 || e->unrecognized)
        e->verdict = VERDICT_FLAGGED;
    else
        return -1;
    return 0;
}

static int read_remark(char *line, struct arena *arena, struct expect *e)
{
    if (strncmp(line, "# status: ", 10) == 0)
        return read_status(line + 10, e);
    if (strncmp(line, "# year: ", 8) == 0)
        e->year = (int)strtol(line + 8, NULL, 10);
    if (strcmp(line, "# warnings: any") == 0)
        e->warnings = true;
    if (strncmp(line, "# organization: ", 16) == 0)
        e->organization = arena_str(arena, line + 16);
    return 0;
}

static int read_line(char *line, struct arena *arena, struct expect *e)
{
    struct gen_cell *c = &e->cell[e->cell_n];
    char *field[4], *rest = line;

    line[strcspn(line, "\r\n")] = '\0';
    if (line[0] == '#')
        return read_remark(line, arena, e);
    if (line[0] == '\0' || strncmp(line, "table\t", 6) == 0)
        return 0;
    for (int i = 0; i < 4; i++) {
        field[i] = strsep(&rest, "\t");
        if (field[i] == NULL)
            return -1;
    }
    if (e->cell_n == EXPECT_CELL_MAX)
        return -1;
    e->cell_n++;
    c->table = arena_str(arena, field[0]);
    c->row = arena_str(arena, field[1]);
    c->column = arena_str(arena, field[2]);
    c->truth = TRUTH_VALUE;
    if (field[3][0] == '\0')
        c->truth = TRUTH_NULL;
    else if (strcmp(field[3], "?") == 0)
        c->truth = TRUTH_ANY;
    else if (field[3][0] == '~')
        c->truth = TRUTH_MAYBE;
    c->value = arena_str(arena, field[3] + (field[3][0] == '~'));
    return 0;
}

int expect_read(
    const char *path, struct arena *arena, struct expect *e, struct err *err)
{
    struct buf bytes;
    char *text, *rest, *line;
    int number = 0, result = -1;

    memset(e, 0, sizeof *e);
    e->exact = true;
    buf_init(&bytes, LIMIT_BODY_BYTES);
    if (exact_read_file(path, &bytes, err) != 0)
        goto out;
    text = arena_slice(arena, buf_slice(&bytes)).len > 0
               ? arena_str(arena, arena_slice(arena, buf_slice(&bytes)).p)
               : arena_str(arena, "");
    rest = text;
    while ((line = strsep(&rest, "\n")) != NULL) {
        number++;
        if (read_line(line, arena, e) != 0) {
            err_set(err, ERR_INPUT, "%s:%d: not a line of a truth file", path,
                number);
            goto out;
        }
    }
    result = 0;
out:
    buf_clear(&bytes);
    return result;
}

int exact_read_file(const char *path, struct buf *out, struct err *err)
{
    char block[65536];
    size_t n;
    FILE *f = fopen(path, "r");

    if (f == NULL)
        return err_set(err, ERR_INPUT, "%s: %s", path, strerror(errno));
    while ((n = fread(block, 1, sizeof block, f)) > 0)
        buf_add(out, block, n);
    fclose(f);
    return buf_check(out, path, err);
}
