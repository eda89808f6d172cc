/* SPDX-License-Identifier: Apache-2.0 */
/*
 * write_parquet - rows to Apache Parquet, by DuckDB's C API.
 *
 * Rows are appended to a table in memory, which DuckDB spills beside the
 * output when it grows, and COPY writes the file.  One thread, a fixed
 * memory limit and no settings from outside: the same rows give the same
 * bytes.  This file alone knows <duckdb.h>; the library is at work only
 * while a Parquet file is open.
 */
#include <duckdb.h>
#include <inttypes.h>
#include <stdint.h>
#include <string.h>

#include "common/buf.h"
#include "common/mem.h"
#include "loader/output.h"
#include "loader/writer.h"

/* DuckDB's own ceiling.  Its code, the appender's chunk and the Parquet
 * buffers come on top: some 60 MB. */
#define MEMORY_LIMIT "100MB"

enum {
    SQL_MAX = 1024 * 1024,
    /* Cells of a row group: it is buffered whole.  Rows are a multiple of
     * DuckDB's vector, at most its default. */
    GROUP_CELLS = 1024 * 1024,
    GROUP_ROWS_STEP = 2048,
    GROUP_ROWS_MAX = 122880,
};

struct parquet {
    const struct table *table;
    char *path;
    char *spill; /* folder for what does not fit into memory */
    duckdb_database db;
    duckdb_connection con;
    duckdb_appender rows;
};

static const char *sql_type(enum field_type t)
{
    switch (t) {
    case FIELD_TEXT:
        return "VARCHAR";
    case FIELD_INTEGER:
        return "INTEGER";
    case FIELD_BIGINT:
        return "BIGINT";
    case FIELD_DECIMAL:
        return "DECIMAL(18,6)";
    case FIELD_SUM:
        return "DECIMAL(24,6)";
    case FIELD_REAL:
        return "FLOAT";
    case FIELD_DATE:
        return "DATE";
    case FIELD_TIME:
        return "TIMESTAMP";
    }
    return NULL;
}

/* `text` between `quote`s, those inside doubled. */
static void put_quoted(struct buf *sql, const char *text, char quote)
{
    buf_add_char(sql, quote);
    for (; *text; text++) {
        if (*text == quote)
            buf_add_char(sql, quote);
        buf_add_char(sql, *text);
    }
    buf_add_char(sql, quote);
}

/* The disk may have room tomorrow; anything else is our own mistake. */
static enum err_kind kind_of(duckdb_result *result)
{
    return duckdb_result_error_type(result) == DUCKDB_ERROR_IO ? ERR_RETRY
                                                               : ERR_FATAL;
}

/* Run the statement in `sql`, and empty it. */
static int run(struct parquet *p, struct buf *sql, struct err *err)
{
    duckdb_result result;
    int rc;

    buf_add_char(sql, '\0');
    rc = buf_check(sql, "SQL", err);
    if (rc != 0)
        return rc;
    if (duckdb_query(p->con, sql->p, &result) != DuckDBSuccess)
        rc = err_set(err, kind_of(&result), "parquet %s: %s", p->table->name,
            duckdb_result_error(&result));
    duckdb_destroy_result(&result);
    buf_reset(sql);
    return rc;
}

static int create_table(struct parquet *p, struct err *err)
{
    struct buf sql;
    size_t i;
    int rc;

    buf_init(&sql, SQL_MAX);
    buf_add_str(&sql, "CREATE TABLE t (");
    for (i = 0; i < p->table->field_n; i++) {
        const struct field *f = &p->table->field[i];

        buf_add_str(&sql, i > 0 ? ", " : "");
        put_quoted(&sql, f->name, '"');
        buf_printf(
            &sql, " %s%s", sql_type(f->type), f->required ? " NOT NULL" : "");
    }
    buf_add_str(&sql, ")");
    rc = run(p, &sql, err);
    buf_clear(&sql);
    return rc;
}

static int open_database(struct parquet *p, struct err *err)
{
    const char *const settings[][2] = {
        { "threads", "1" },
        { "memory_limit", MEMORY_LIMIT },
        { "temp_directory", p->spill },
        { "autoinstall_known_extensions", "false" },
        { "autoload_known_extensions", "false" },
    };
    duckdb_config config = NULL;
    char *why = NULL;
    size_t i;
    int rc = 0;

    if (duckdb_create_config(&config) != DuckDBSuccess)
        return err_set(err, ERR_FATAL, "duckdb: no configuration");
    for (i = 0; i < sizeof(settings) / sizeof(settings[0]) && rc == 0; i++)
        if (duckdb_set_config(config, settings[i][0], settings[i][1]) !=
            DuckDBSuccess)
            rc = err_set(
                err, ERR_FATAL, "duckdb: no setting %s", settings[i][0]);
    if (rc == 0 &&
        (duckdb_open_ext(NULL, &p->db, config, &why) != DuckDBSuccess ||
            duckdb_connect(p->db, &p->con) != DuckDBSuccess))
        rc = err_set(err, ERR_FATAL, "duckdb: %s", why ? why : "no connection");
    duckdb_free(why);
    duckdb_destroy_config(&config);
    return rc;
}

static void parquet_close(void *state)
{
    struct parquet *p = state;

    if (!p)
        return;
    duckdb_appender_destroy(&p->rows);
    duckdb_disconnect(&p->con);
    duckdb_close(&p->db);
    if (p->spill)
        output_remove(p->spill);
    mem_free(p->spill);
    mem_free(p->path);
    mem_free(p);
}

static int parquet_open(
    void **state, const char *path, const struct table *table, struct err *err)
{
    struct parquet *p = mem_alloc(sizeof(*p));

    *state = p;
    p->table = table;
    p->path = mem_strdup(path);
    p->spill = mem_printf("%s.spill", path);
    if (open_database(p, err) != 0 || create_table(p, err) != 0)
        return -1;
    if (duckdb_appender_create(p->con, NULL, "t", &p->rows) != DuckDBSuccess)
        return err_set(err, ERR_FATAL, "duckdb: no appender");
    return 0;
}

static int append_failed(struct parquet *p, struct err *err)
{
    const char *why = duckdb_appender_error(p->rows);

    return err_set(
        err, ERR_FATAL, "parquet %s: %s", p->table->name, why ? why : "append");
}

static int parquet_row(void *state, const char *const *cell, struct err *err)
{
    struct parquet *p = state;
    duckdb_state ok;
    size_t i;

    for (i = 0; i < p->table->field_n; i++) {
        if (cell[i])
            ok = duckdb_append_varchar(p->rows, cell[i]);
        else
            ok = duckdb_append_null(p->rows);
        if (ok != DuckDBSuccess) {
            append_failed(p, err);
            return err_in(err, "column %s", p->table->field[i].name);
        }
    }
    if (duckdb_appender_end_row(p->rows) != DuckDBSuccess)
        return append_failed(p, err);
    return 0;
}

static size_t group_rows(const struct table *t)
{
    size_t rows = GROUP_CELLS / t->field_n / GROUP_ROWS_STEP * GROUP_ROWS_STEP;

    if (rows < GROUP_ROWS_STEP)
        return GROUP_ROWS_STEP;
    return rows > GROUP_ROWS_MAX ? GROUP_ROWS_MAX : rows;
}

static int parquet_finish(void *state, struct err *err)
{
    struct parquet *p = state;
    struct buf sql;
    int rc;

    if (duckdb_appender_close(p->rows) != DuckDBSuccess)
        return append_failed(p, err);
    buf_init(&sql, SQL_MAX);
    buf_add_str(&sql, "COPY t TO ");
    put_quoted(&sql, p->path, '\'');
    buf_printf(&sql,
        " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE %zu,"
        " KV_METADATA {nianbao_schema: '" SCHEMA_VERSION "',"
        " nianbao_table: '%s'})",
        group_rows(p->table), p->table->name);
    rc = run(p, &sql, err);
    buf_clear(&sql);
    return rc;
}

const struct writer parquet_writer = {
    .name = "parquet",
    .suffix = ".parquet",
    .media_type = "application/vnd.apache.parquet",
    .open = parquet_open,
    .row = parquet_row,
    .finish = parquet_finish,
    .close = parquet_close,
};
