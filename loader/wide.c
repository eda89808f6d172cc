/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wide - one row a report revision, one column a key.
 *
 * The value columns hold what was printed, in the unit of the document: the
 * same number as in `cells`.  As documents give amounts in yuan or in 10,000
 * yuan, every amount has a column in yuan beside it, to be compared.
 */
#include "loader/wide.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/arena.h"
#include "common/mem.h"

/* Columns of reports that come first. */
static const char *const head[] = { "report_id", "revision", "region",
    "organization", "year", "status" };

enum {
    HEAD_N = sizeof(head) / sizeof(head[0]),
    KEY_MAX = 512, /* bytes of "table.row.column" */
};

static const char *const primary_key[] = { "report_id", "revision", NULL };
static const struct foreign_key foreign[] = {
    { primary_key, "reports", primary_key },
    { NULL, NULL, NULL },
};

struct wide {
    const struct keys *keys;
    struct table table;
    struct field *field; /* of the table */
    size_t *column;      /* of each key's value in the table */
    struct arena names;  /* owns the fields' texts */
    char *spool_path;
    FILE *spool; /* heads, each HEAD_N texts that end with NUL */
    char *line;  /* of the spool */
    size_t line_cap;
    bool reading;       /* the spool is read, no longer written */
    bool has_row;       /* a report is being filled */
    const char **cell;  /* its row */
    struct arena texts; /* owns the row's texts */
    size_t hit;         /* key found last; the next one is near */
    uint64_t unknown_n;
    size_t head_col[HEAD_N]; /* in reports */
    size_t cell_col[7];      /* in cells, see CELL_* */
};

enum {
    CELL_REPORT,
    CELL_REVISION,
    CELL_TABLE,
    CELL_ROW,
    CELL_COLUMN,
    CELL_VALUE,
    CELL_CNY
};

static const char *const cell_names[] = { "report_id", "revision", "table",
    "row", "column", "value", "value_cny" };

/* ---- the table -------------------------------------------------------- */

static void find_columns(struct wide *w)
{
    size_t i;

    for (i = 0; i < HEAD_N; i++)
        w->head_col[i] = schema_column(schema_table(EXPORT_REPORTS), head[i]);
    for (i = 0; i < sizeof(cell_names) / sizeof(cell_names[0]); i++)
        w->cell_col[i] =
            schema_column(schema_table(EXPORT_CELLS), cell_names[i]);
}

static void add_key_fields(struct wide *w, size_t i)
{
    const struct key *k = &w->keys->key[i];
    size_t n = w->table.field_n;

    w->column[i] = n;
    w->field[n++] = (struct field){
        .name = k->name,
        .type = FIELD_DECIMAL,
        .title = k->name,
        .label = k->label,
        .description = k->is_amount ? "Value as printed, in the unit of the "
                                      "document (see cells.unit)"
                                    : "Value as printed",
    };
    if (k->is_amount)
        w->field[n++] = (struct field){
            .name = arena_printf(&w->names, "%s.cny", k->name).p,
            .type = FIELD_SUM,
            .title = arena_printf(&w->names, "%s in yuan", k->name).p,
            .label = arena_printf(&w->names, "%s（元）", k->label).p,
            .description = "The same amount in yuan",
        };
    w->table.field_n = n;
}

static void make_table(struct wide *w)
{
    const struct table *reports = schema_table(EXPORT_REPORTS);
    size_t i;

    w->table = (struct table){
        .name = "reports_wide",
        .title = "Reports, one column a cell",
        .label = "年度报告（宽表）",
        .description = "One row for each revision of a report, one column for "
                       "each cell that the forms have. Null where the report "
                       "has no number there; why, is in cells.state.",
        .field = w->field,
        .primary_key = primary_key,
        .foreign = foreign,
    };
    for (i = 0; i < HEAD_N; i++)
        w->field[i] = reports->field[w->head_col[i]];
    w->table.field_n = HEAD_N;
    for (i = 0; i < w->keys->key_n; i++)
        add_key_fields(w, i);
}

struct wide *wide_open(
    const struct keys *keys, const char *spool, struct err *err)
{
    struct wide *w = mem_alloc(sizeof(*w));
    size_t field_max = HEAD_N + 2 * keys->key_n;

    w->keys = keys;
    arena_init(&w->names, 0);
    arena_init(&w->texts, 0);
    w->field = mem_alloc_n(field_max, sizeof(*w->field));
    w->cell = mem_alloc_n(field_max, sizeof(*w->cell));
    w->column = mem_alloc_n(keys->key_n + 1, sizeof(*w->column));
    find_columns(w);
    make_table(w);
    w->spool_path = mem_strdup(spool);
    w->spool = fopen(spool, "w+e");
    if (!w->spool) {
        err_set_errno(err, ERR_RETRY, "%s", spool);
        wide_close(w);
        return NULL;
    }
    return w;
}

void wide_close(struct wide *w)
{
    if (!w)
        return;
    if (w->spool) {
        fclose(w->spool);
        remove(w->spool_path);
    }
    free(w->line); /* getdelim's */
    mem_free(w->spool_path);
    mem_free(w->field);
    mem_free(w->cell);
    mem_free(w->column);
    arena_clear(&w->names);
    arena_clear(&w->texts);
    mem_free(w);
}

const struct table *wide_table(const struct wide *w)
{
    return &w->table;
}

uint64_t wide_unknown_n(const struct wide *w)
{
    return w->unknown_n;
}

/* ---- heads wait in the spool ------------------------------------------ */

int wide_report(struct wide *w, const char *const *cell, struct err *err)
{
    size_t i;

    for (i = 0; i < HEAD_N; i++) {
        const char *text = cell[w->head_col[i]];

        fputc(text ? 'v' : 'n', w->spool);
        fputs(text ? text : "", w->spool);
        fputc('\0', w->spool);
    }
    if (ferror(w->spool))
        return err_set_errno(err, ERR_RETRY, "%s", w->spool_path);
    return 0;
}

/* Start the next row from the spool: 1, 0 at its end, -1. */
static int next_row(struct wide *w, struct err *err)
{
    size_t i;

    memset(w->cell, 0, w->table.field_n * sizeof(*w->cell));
    arena_reset(&w->texts);
    for (i = 0; i < HEAD_N; i++) {
        if (getdelim(&w->line, &w->line_cap, '\0', w->spool) <= 0)
            break;
        if (w->line[0] == 'v')
            w->cell[i] = arena_str(&w->texts, w->line + 1);
    }
    w->has_row = i == HEAD_N;
    w->hit = 0;
    if (ferror(w->spool) || (!w->has_row && i > 0))
        return err_set(err, ERR_RETRY, "%s: cut short", w->spool_path);
    return w->has_row;
}

/* From writing to reading, once. */
static int start_reading(struct wide *w, struct err *err)
{
    if (w->reading)
        return 0;
    w->reading = true;
    if (fflush(w->spool) != 0 || fseek(w->spool, 0, SEEK_SET) != 0)
        return err_set_errno(err, ERR_RETRY, "%s", w->spool_path);
    return next_row(w, err) < 0 ? -1 : 0;
}

/* Hand the row out, and start the next one. */
static int emit_row(
    struct wide *w, wide_row_fn *row, void *ctx, struct err *err)
{
    if (row(ctx, w->cell, err) != 0)
        return -1;
    return next_row(w, err) < 0 ? -1 : 0;
}

/* ---- cells ------------------------------------------------------------ */

static bool same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

/* Whether the cell belongs to the report being filled. */
static bool is_of_row(const struct wide *w, const char *const *cell)
{
    return same(w->cell[0], cell[w->cell_col[CELL_REPORT]]) &&
           same(w->cell[1], cell[w->cell_col[CELL_REVISION]]);
}

/* Index of the cell's key, or key_n.  Cells come in the forms' order, so the
 * search begins behind the last one. */
static size_t find_key(struct wide *w, const char *const *cell)
{
    char name[KEY_MAX];
    size_t i;
    int len;

    len =
        snprintf(name, sizeof(name), "%s.%s.%s", cell[w->cell_col[CELL_TABLE]],
            cell[w->cell_col[CELL_ROW]], cell[w->cell_col[CELL_COLUMN]]);
    if (len < 0 || (size_t)len >= sizeof(name))
        return w->keys->key_n;
    for (i = 0; i < w->keys->key_n; i++) {
        size_t at = (w->hit + i) % w->keys->key_n;

        if (strcmp(w->keys->key[at].name, name) == 0) {
            w->hit = at + 1;
            return at;
        }
    }
    return w->keys->key_n;
}

static const char *keep(struct wide *w, const char *text)
{
    return text ? arena_str(&w->texts, text) : NULL;
}

int wide_cell(struct wide *w, const char *const *cell, wide_row_fn *row,
    void *ctx, struct err *err)
{
    size_t key;

    if (start_reading(w, err) != 0)
        return -1;
    while (w->has_row && !is_of_row(w, cell))
        if (emit_row(w, row, ctx, err) != 0)
            return -1;
    if (!w->has_row)
        return err_set(err, ERR_FATAL,
            "ledger: cell of report %s that is not in its place",
            cell[w->cell_col[CELL_REPORT]]);
    key = find_key(w, cell);
    if (key == w->keys->key_n) {
        /* The rows of a statistics table are whatever it prints. */
        if (strcmp(cell[w->cell_col[CELL_TABLE]], "statistics") != 0)
            w->unknown_n++;
        return 0;
    }
    w->cell[w->column[key]] = keep(w, cell[w->cell_col[CELL_VALUE]]);
    if (w->keys->key[key].is_amount)
        w->cell[w->column[key] + 1] = keep(w, cell[w->cell_col[CELL_CNY]]);
    return 0;
}

int wide_finish(struct wide *w, wide_row_fn *row, void *ctx, struct err *err)
{
    if (start_reading(w, err) != 0)
        return -1;
    while (w->has_row)
        if (emit_row(w, row, ctx, err) != 0)
            return -1;
    return 0;
}
