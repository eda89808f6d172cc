/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dataset - the ledger's tables to data files, in every format.
 *
 * Rows stream: a table is walked once and each row goes to all writers.
 * Texts that came from strangers and were never checked (addresses, headers)
 * are made UTF-8 on the way, so that no writer can fail on one.
 */
#include "loader/dataset.h"

#include <stdbool.h>
#include <string.h>

#include "common/buf.h"
#include "common/limits.h"
#include "common/log.h"
#include "common/mem.h"
#include "common/service.h"
#include "loader/text.h"
#include "loader/writer.h"

enum {
    WRITERS_MAX = 8,
    ALIVE_ROWS = 1024, /* rows between two looks at the world */
    SCRUB_MAX = LIMIT_RECORD_BYTES,
};

/* One table on its way to all writers. */
struct tee {
    struct dataset_table *out;
    void *state[WRITERS_MAX];
    const char **cell; /* the row with scrubbed texts */
    size_t *offset;    /* of each scrubbed text, SIZE_MAX: it was clean */
    struct buf scrubbed;
};

static int tee_open(
    struct tee *t, struct dataset_table *out, const char *dir, struct err *err)
{
    size_t i;
    int rc = 0;

    *t = (struct tee){ .out = out };
    t->cell = mem_alloc_n(out->table->field_n, sizeof(*t->cell));
    t->offset = mem_alloc_n(out->table->field_n, sizeof(*t->offset));
    buf_init(&t->scrubbed, SCRUB_MAX);
    for (i = 0; writers[i] && rc == 0; i++) {
        char *path =
            mem_printf("%s/%s%s", dir, out->table->name, writers[i]->suffix);

        rc = writers[i]->open(&t->state[i], path, out->table, err);
        mem_free(path);
    }
    return rc;
}

static void tee_close(struct tee *t)
{
    size_t i;

    for (i = 0; writers[i]; i++)
        writers[i]->close(t->state[i]);
    buf_clear(&t->scrubbed);
    mem_free(t->cell);
    mem_free(t->offset);
}

static int tee_finish(struct tee *t, struct err *err)
{
    size_t i;

    for (i = 0; writers[i]; i++) {
        service_alive();
        if (writers[i]->finish(t->state[i], err) != 0)
            return -1;
    }
    return 0;
}

static bool is_clean(const char *text)
{
    struct slice s = slice_str(text);

    return !text || text_utf8_len(s) == s.len;
}

/* Copy the row, with what is no UTF-8 replaced. */
static int scrub(struct tee *t, const char *const *cell, struct err *err)
{
    size_t n = t->out->table->field_n;
    size_t i;

    buf_reset(&t->scrubbed);
    for (i = 0; i < n; i++) {
        t->cell[i] = cell[i];
        t->offset[i] = SIZE_MAX;
        if (is_clean(cell[i]))
            continue;
        t->offset[i] = t->scrubbed.len;
        text_scrub(slice_str(cell[i]), &t->scrubbed);
        buf_add_char(&t->scrubbed, '\0');
    }
    for (i = 0; i < n; i++)
        if (t->offset[i] != SIZE_MAX)
            t->cell[i] = t->scrubbed.p + t->offset[i];
    return buf_check(&t->scrubbed, "row", err);
}

static int tee_row(void *ctx, const char *const *cell, struct err *err)
{
    struct tee *t = ctx;
    size_t i;

    if (t->out->row_n % ALIVE_ROWS == 0) {
        service_alive();
        if (service_stopping())
            return err_set(err, ERR_RETRY, "asked to stop");
    }
    if (scrub(t, cell, err) != 0)
        return -1;
    for (i = 0; writers[i]; i++)
        if (writers[i]->row(t->state[i], t->cell, err) != 0)
            return -1;
    t->out->row_n++;
    return 0;
}

/* ---- the ledger's tables ---------------------------------------------- */

/* The ledger and the schema are two descriptions of one thing. */
static int check_columns(enum export_table t, struct err *err)
{
    const char *const *column = ledger_export_columns(t);
    const struct table *table = schema_table(t);
    size_t i;

    for (i = 0; i < table->field_n && column[i]; i++)
        if (strcmp(column[i], table->field[i].name) != 0)
            break;
    if (i == table->field_n && !column[i])
        return 0;
    return err_set(err, ERR_FATAL,
        "table %s: column %zu is %s in the ledger, %s in the schema",
        table->name, i + 1, column[i] ? column[i] : "absent",
        i < table->field_n ? table->field[i].name : "absent");
}

struct walk {
    struct tee *tee;
    struct wide *wide; /* that is told of every row too, or NULL */
};

static int walk_row(void *ctx, const struct export_row *r, struct err *err)
{
    struct walk *w = ctx;

    if (tee_row(w->tee, r->v, err) != 0)
        return -1;
    return w->wide ? wide_report(w->wide, w->tee->cell, err) : 0;
}

static int write_table(struct dataset *d, struct ledger *ledger,
    enum export_table t, const char *dir, struct err *err)
{
    struct dataset_table *out = &d->table[d->table_n++];
    struct tee tee;
    struct walk walk = { &tee, t == EXPORT_REPORTS ? d->wide : NULL };
    int rc;

    out->table = schema_table(t);
    rc = tee_open(&tee, out, dir, err);
    if (rc == 0)
        rc = check_columns(t, err);
    if (rc == 0)
        rc = ledger_export(ledger, t, walk_row, &walk, err);
    if (rc == 0)
        rc = tee_finish(&tee, err);
    tee_close(&tee);
    return rc == 0 ? 0 : err_in(err, "table %s", out->table->name);
}

/* ---- the wide table --------------------------------------------------- */

static int wide_walk_row(void *ctx, const struct export_row *r, struct err *err)
{
    struct walk *w = ctx;

    return wide_cell(w->wide, r->v, tee_row, w->tee, err);
}

static int write_wide(
    struct dataset *d, struct ledger *ledger, const char *dir, struct err *err)
{
    struct dataset_table *out = &d->table[d->table_n++];
    struct tee tee;
    struct walk walk = { &tee, d->wide };
    int rc;

    out->table = wide_table(d->wide);
    rc = tee_open(&tee, out, dir, err);
    if (rc == 0)
        rc = ledger_export(ledger, EXPORT_CELLS, wide_walk_row, &walk, err);
    if (rc == 0)
        rc = wide_finish(d->wide, tee_row, &tee, err);
    if (rc == 0)
        rc = tee_finish(&tee, err);
    tee_close(&tee);
    if (wide_unknown_n(d->wide) > 0)
        log_info("table=%s cells_in_long_only=%llu", out->table->name,
            (unsigned long long)wide_unknown_n(d->wide));
    return rc == 0 ? 0 : err_in(err, "table %s", out->table->name);
}

int dataset_write(struct dataset *d, struct ledger *ledger,
    const struct keys *keys, const char *dir, const char *tmp, struct err *err)
{
    char *spool = mem_printf("%s/wide.spool", tmp);
    int rc = -1;

    *d = (struct dataset){ .wide = wide_open(keys, spool, err) };
    if (!d->wide)
        goto out;
    if (write_table(d, ledger, EXPORT_DOCUMENTS, dir, err) != 0 ||
        write_table(d, ledger, EXPORT_REPORTS, dir, err) != 0 ||
        write_table(d, ledger, EXPORT_CELLS, dir, err) != 0 ||
        write_wide(d, ledger, dir, err) != 0 ||
        write_table(d, ledger, EXPORT_CHECKS, dir, err) != 0 ||
        write_table(d, ledger, EXPORT_SECTIONS, dir, err) != 0)
        goto out;
    rc = 0;
out:
    mem_free(spool);
    return rc;
}

void dataset_clear(struct dataset *d)
{
    wide_close(d->wide);
    *d = (struct dataset){ .wide = NULL };
}
