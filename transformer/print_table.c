/* SPDX-License-Identifier: Apache-2.0 */
/*
 * print_table - a report for people: the three forms as printed.
 *
 * Every doubt shows without colour too: (0) is a blank that a printed total
 * proves zero, ? is a blank or text that nothing proves, ! a number that a
 * failed check accuses, -- a cell that the document does not have.
 */
#include <string.h>

#include "common/plain.h"
#include "transformer/print_grid.h"

#define KEYS_SHOWN 4u /* cells named in a failed check */

/* ---- cells ----------------------------------------------------------------
 */

struct marks {
    bool proven, doubt, accused, missing, words;
};

struct sheet {
    const struct print *p;
    const struct record *rec;
    struct arena *arena;
    struct marks marks; /* used so far; the legend explains these */
};

static const struct cell *find_cell(const struct record *rec, const char *table,
    const char *row, const char *column)
{
    for (uint32_t i = 0; i < rec->cell_n; i++) {
        if (slice_eq_str(rec->cells[i].row, row) &&
            slice_eq_str(rec->cells[i].column, column) &&
            slice_eq_str(rec->cells[i].table, table))
            return &rec->cells[i];
    }
    return NULL;
}

static bool has_row(
    const struct record *rec, const char *table, const char *row)
{
    for (uint32_t i = 0; i < rec->cell_n; i++) {
        if (slice_eq_str(rec->cells[i].row, row) &&
            slice_eq_str(rec->cells[i].table, table))
            return true;
    }
    return false;
}

/* A failed error check whose one side is this cell alone accuses it. */
static bool is_accused(
    const struct record *rec, const struct cell *c, struct arena *a)
{
    struct slice key = arena_printf(a, "%.*s.%.*s.%.*s", SLICE_ARG(c->table),
        SLICE_ARG(c->row), SLICE_ARG(c->column));

    if (c->proposed.p)
        return true;
    for (uint32_t i = 0; i < rec->check_n; i++) {
        const struct check *k = &rec->checks[i];
        if (k->status == CHECK_FAIL && k->severity == SEVERITY_ERROR &&
            (slice_eq(k->left_cells, key) || slice_eq(k->right_cells, key)))
            return true;
    }
    return false;
}

static struct grid_cell value_cell(
    struct sheet *s, struct slice text, const struct cell *c)
{
    if (!is_accused(s->rec, c, s->arena))
        return (struct grid_cell){ text, LOOK_PLAIN };
    s->marks.accused = true;
    return (struct grid_cell){ arena_printf(s->arena, "%.*s!", SLICE_ARG(text)),
        LOOK_BAD };
}

static struct grid_cell blank_cell(struct sheet *s, const struct cell *c)
{
    if (slice_eq_str(c->proposed, "0")) {
        s->marks.proven = true;
        return (struct grid_cell){ SLICE_LIT("(0)"), LOOK_FAINT };
    }
    s->marks.doubt = true;
    return (struct grid_cell){
        arena_printf(s->arena, "%.*s?", SLICE_ARG(c->raw)), LOOK_WARN
    };
}

static struct grid_cell show_cell(struct sheet *s, const struct cell *c)
{
    if (!c) /* the form has no such cell */
        return (struct grid_cell){ SLICE_LIT(""), LOOK_PLAIN };
    switch (c->state) {
    case CELL_READ:
        return value_cell(s, c->value, c);
    case CELL_ANNOTATED:
        s->marks.words = true;
        return value_cell(
            s, arena_printf(s->arena, "%.*s*", SLICE_ARG(c->value)), c);
    case CELL_BLANK:
    case CELL_DASH:
        return blank_cell(s, c);
    case CELL_UNREADABLE:
        s->marks.doubt = true;
        return (struct grid_cell){ arena_printf(s->arena, "%.*s?",
                                       SLICE_ARG(print_fit(c->raw, 24))),
            LOOK_BAD };
    case CELL_MISSING:
        s->marks.missing = true;
        return (struct grid_cell){ SLICE_LIT("--"), LOOK_BAD };
    }
    return (struct grid_cell){ SLICE_LIT("?"), LOOK_BAD };
}

/* ---- tables ---------------------------------------------------------------
 */

/* Rows of groups that open with this row: labels that its predecessor does
 * not share. */
static void put_groups(struct sheet *s, struct grid *g,
    const struct form_row *row, const struct form_row *before)
{
    struct grid_cell *cells;
    bool shared = before != NULL;

    for (unsigned i = 0; i < row->groups_count; i++) {
        shared = shared && i < before->groups_count &&
                 strcmp(row->groups[i], before->groups[i]) == 0;
        if (shared)
            continue;
        cells = grid_row(g);
        cells[0].text =
            arena_printf(s->arena, "%*s%s", (int)(2 * i), "", row->groups[i]);
    }
}

static void put_header(struct grid *g, const struct form_block *b)
{
    struct grid_cell *cells = grid_row(g);

    cells[0].text = slice_str(b->label ? b->label : "");
    for (unsigned i = 0; i < b->columns_count && i + 1 < g->col_n; i++)
        cells[i + 1].text = slice_str(b->columns[i].label);
    for (size_t i = 0; i < g->col_n; i++)
        cells[i].look = LOOK_HEAD;
}

static void put_row(struct sheet *s, struct grid *g, const struct form_table *t,
    const struct form_block *b, const struct form_row *row)
{
    struct grid_cell *cells = grid_row(g);

    cells[0].text = arena_printf(
        s->arena, "%*s%s", (int)(2 * row->groups_count), "", row->label);
    for (unsigned i = 0; i < b->columns_count && i + 1 < g->col_n; i++)
        cells[i + 1] = show_cell(
            s, find_cell(s->rec, t->key, row->key, b->columns[i].key));
}

static void print_block(
    struct sheet *s, const struct form_table *t, const struct form_block *b)
{
    const struct form_row *before = NULL;
    struct grid g;
    size_t rows = 1, cols = 1u + b->columns_count;

    for (unsigned i = 0; i < b->rows_count; i++)
        rows += 1u + b->rows[i].groups_count;
    grid_init(&g, s->arena, cols < GRID_COLS_MAX ? cols : GRID_COLS_MAX, rows);
    put_header(&g, b);
    for (unsigned i = 0; i < b->rows_count; i++) {
        if (!has_row(s->rec, t->key, b->rows[i].key))
            continue;
        put_groups(s, &g, &b->rows[i], before);
        put_row(s, &g, t, b, &b->rows[i]);
        before = &b->rows[i];
    }
    if (g.row_n > 1)
        grid_print(&g, s->p);
}

static void print_form_table(
    struct sheet *s, const char *key, struct slice form_id)
{
    const struct form *form;
    const struct form_table *t = NULL;

    if (form_id.len == 0)
        return;
    form = forms_find(s->p->forms, arena_slice(s->arena, form_id).p);
    if (form)
        t = form_table_find(form, key);
    if (!t)
        return;
    grid_colour(s->p, LOOK_HEAD);
    fprintf(s->p->out, "\n%s", t->label);
    grid_colour(s->p, LOOK_PLAIN);
    fprintf(s->p->out, "  (%s, form %s)\n", key, form->id);
    for (unsigned i = 0; i < t->blocks_count; i++)
        print_block(s, t, &t->blocks[i]);
}

/* The statistics table as it was printed: its rows are those of the
 * document. */
static void print_statistics(struct sheet *s)
{
    struct slice columns[GRID_COLS_MAX - 2];
    struct slice row = { NULL, 0 };
    struct grid_cell *cells = NULL;
    struct grid g;
    size_t n = 0;

    if (s->rec->form_statistics.len == 0)
        return;
    for (uint32_t i = 0; i < s->rec->cell_n; i++) {
        const struct cell *c = &s->rec->cells[i];
        size_t k = 0;

        while (k < n && !slice_eq(columns[k], c->column))
            k++;
        if (k == n && n + 2 < GRID_COLS_MAX &&
            slice_eq_str(c->table, "statistics"))
            columns[n++] = c->column;
    }
    grid_init(&g, s->arena, n + 2, (size_t)s->rec->cell_n + 1);
    cells = grid_row(&g);
    for (size_t k = 0; k < n; k++)
        cells[k + 2] = (struct grid_cell){ columns[k], LOOK_HEAD };
    for (uint32_t i = 0; i < s->rec->cell_n; i++) {
        const struct cell *c = &s->rec->cells[i];

        if (!slice_eq_str(c->table, "statistics"))
            continue;
        if (!slice_eq(row, c->row)) {
            row = c->row;
            cells = grid_row(&g);
            cells[0].text = c->row;
            cells[1].text = c->unit;
        }
        for (size_t k = 0; k < n; k++)
            if (slice_eq(columns[k], c->column))
                cells[k + 2] = show_cell(s, c);
    }
    grid_colour(s->p, LOOK_HEAD);
    fputs("\n政府信息公开情况统计表", s->p->out);
    grid_colour(s->p, LOOK_PLAIN);
    fprintf(s->p->out, "  (statistics, form %.*s)\n",
        SLICE_ARG(s->rec->form_statistics));
    grid_print(&g, s->p);
}

static void print_legend(const struct sheet *s)
{
    FILE *out = s->p->out;

    if (s->marks.proven)
        fputs("  (0)  blank, proven zero by a printed total\n", out);
    if (s->marks.doubt)
        fputs(
            "  ?    blank or unreadable, and nothing proves the value\n", out);
    if (s->marks.accused)
        fputs("  !    printed so, but contradicted by a check\n", out);
    if (s->marks.words)
        fputs("  *    the cell holds words beside the number\n", out);
    if (s->marks.missing)
        fputs("  --   the document does not have this cell\n", out);
}

/* ---- checks ---------------------------------------------------------------
 */

static const char *row_label(const struct form_table *t, struct slice key)
{
    for (unsigned b = 0; b < t->blocks_count; b++) {
        for (unsigned i = 0; i < t->blocks[b].rows_count; i++) {
            if (slice_eq_str(key, t->blocks[b].rows[i].key))
                return t->blocks[b].rows[i].label;
        }
    }
    return NULL;
}

static const char *column_label(const struct form_table *t, struct slice key)
{
    for (unsigned b = 0; b < t->blocks_count; b++) {
        for (unsigned i = 0; i < t->blocks[b].columns_count; i++) {
            if (slice_eq_str(key, t->blocks[b].columns[i].key))
                return t->blocks[b].columns[i].label;
        }
    }
    return NULL;
}

/* Cut *rest at the first `mark`. */
static struct slice take_until(struct slice *rest, struct slice mark)
{
    ptrdiff_t at = slice_find(*rest, mark);
    struct slice s = *rest;

    if (at < 0) {
        *rest = slice_from(*rest, rest->len);
        return s;
    }
    s.len = (size_t)at;
    *rest = slice_from(*rest, (size_t)at + mark.len);
    return s;
}

/* requests.new.total as 一、本年新收政府信息公开申请数量/总计. */
static void print_key(
    const struct sheet *s, const struct check *c, struct slice key)
{
    struct slice rest = key, table = take_until(&rest, SLICE_LIT(".")),
                 row = take_until(&rest, SLICE_LIT("."));
    const char *row_words = NULL, *column_words = NULL;
    const struct form *form = NULL;
    const struct form_table *t = NULL;

    if (c->form.len > 0)
        form = forms_find(s->p->forms, arena_slice(s->arena, c->form).p);
    if (form && table.len > 0)
        t = form_table_find(form, arena_slice(s->arena, table).p);
    if (t) {
        row_words = row_label(t, row);
        column_words = column_label(t, rest);
    }
    if (row_words && column_words)
        fprintf(s->p->out, "%s/%s", row_words, column_words);
    else
        fprintf(s->p->out, "%.*s", SLICE_ARG(key));
}

static void print_side(
    const struct sheet *s, const struct check *c, struct slice keys)
{
    struct slice rest = keys;
    unsigned n = 0;

    for (; rest.len > 0; n++)
        take_until(&rest, SLICE_LIT(" + "));
    if (n > KEYS_SHOWN) {
        fprintf(s->p->out, "%u cells", n);
        return;
    }
    rest = keys;
    for (unsigned i = 0; rest.len > 0; i++) {
        fputs(i > 0 ? " + " : "", s->p->out);
        print_key(s, c, take_until(&rest, SLICE_LIT(" + ")));
    }
}

static void print_failed(const struct sheet *s, const struct check *c)
{
    bool is_error = c->severity == SEVERITY_ERROR;
    FILE *out = s->p->out;

    grid_colour(s->p, is_error ? LOOK_BAD : LOOK_WARN);
    fprintf(
        out, "  %s %.*s", is_error ? "error  " : "warning", SLICE_ARG(c->rule));
    grid_colour(s->p, LOOK_PLAIN);
    if (c->message.len > 0)
        fprintf(out, ": %.*s", SLICE_ARG(c->message));
    fputc('\n', out);
    if (c->left.p && c->right.p && c->left_cells.len > 0) {
        fputs("          ", out);
        print_side(s, c, c->left_cells);
        fprintf(out, " = %.*s; ", SLICE_ARG(c->left));
        print_side(s, c, c->right_cells);
        fprintf(out, " = %.*s", SLICE_ARG(c->right));
        if (c->difference.p)
            fprintf(out, "; difference %.*s", SLICE_ARG(c->difference));
        fputc('\n', out);
    }
}

static void print_checks(const struct sheet *s)
{
    unsigned n[3] = { 0, 0, 0 };

    for (uint32_t i = 0; i < s->rec->check_n; i++)
        n[s->rec->checks[i].status]++;
    fprintf(s->p->out, "\nChecks: %u passed, %u failed, %u not evaluable\n",
        n[CHECK_PASS], n[CHECK_FAIL], n[CHECK_NOT_EVALUABLE]);
    for (uint32_t i = 0; i < s->rec->check_n; i++) {
        if (s->rec->checks[i].status == CHECK_FAIL)
            print_failed(s, &s->rec->checks[i]);
    }
}

static void print_proposals(const struct sheet *s)
{
    for (uint32_t i = 0; i < s->rec->cell_n; i++) {
        const struct cell *c = &s->rec->cells[i];
        if (!c->proposed.p || !c->value.p)
            continue;
        fprintf(s->p->out,
            "  %.*s.%.*s.%.*s: printed %.*s, %.*s would fit: %.*s\n",
            SLICE_ARG(c->table), SLICE_ARG(c->row), SLICE_ARG(c->column),
            SLICE_ARG(c->raw), SLICE_ARG(c->proposed), SLICE_ARG(c->evidence));
    }
}

/* ---- the whole ------------------------------------------------------------
 */

static void print_head(
    const struct sheet *s, struct slice source, const struct record *rec)
{
    static const enum grid_look looks[] = {
        [REPORT_VALID] = LOOK_HEAD,
        [REPORT_FLAGGED] = LOOK_WARN,
        [REPORT_UNRECOGNIZED] = LOOK_BAD,
    };
    FILE *out = s->p->out;

    fprintf(out, "%.*s\n", SLICE_ARG(source));
    if (rec->title.len > 0)
        fprintf(out, "  title      %.*s\n", SLICE_ARG(rec->title));
    if (rec->organization.len > 0)
        fprintf(out, "  body       %.*s\n", SLICE_ARG(rec->organization));
    if (rec->year != 0)
        fprintf(out, "  year       %u\n", rec->year);
    if (rec->published.len > 0)
        fprintf(out, "  published  %.*s\n", SLICE_ARG(rec->published));
    fputs("  status     ", out);
    grid_colour(s->p, looks[rec->status]);
    fputs(report_status_name(rec->status), out);
    grid_colour(s->p, LOOK_PLAIN);
    fputc('\n', out);
    for (uint32_t i = 0; i < rec->reason_n; i++)
        fprintf(out, "             %.*s\n", SLICE_ARG(rec->reasons[i]));
}

static void print_record(
    const struct print *p, const char *source, const struct record *rec)
{
    struct record plain = plain_record(rec->arena, rec);
    struct sheet s = { .p = p, .rec = &plain, .arena = rec->arena };

    rec = &plain;
    print_head(&s, plain_text(rec->arena, slice_str(source)), rec);
    print_form_table(&s, "proactive", rec->form_proactive);
    print_form_table(&s, "requests", rec->form_requests);
    print_form_table(&s, "review", rec->form_review);
    print_statistics(&s);
    print_legend(&s);
    if (rec->check_n > 0)
        print_checks(&s);
    print_proposals(&s);
    fputc('\n', p->out);
}

const struct printer printer_table = { "table", NULL, print_record };
