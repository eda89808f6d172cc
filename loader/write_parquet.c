/* SPDX-License-Identifier: Apache-2.0 */
/*
 * write_parquet - rows to Apache Parquet, by DuckDB's C API.
 *
 * Rows wait in a file of our own; at the end DuckDB reads it through a table
 * function and COPY writes the Parquet file.  A table inside DuckDB would
 * have to hold them all: 18,000 rows of 240 columns do not fit into 100 MB.
 * One thread, a fixed memory limit and no settings from outside: the same
 * rows give the same bytes.  This file alone knows <duckdb.h>; the library
 * is at work only while a file is finished.
 */
#include <assert.h>
#include <duckdb.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "common/buf.h"
#include "common/limits.h"
#include "common/mem.h"
#include "common/service.h"
#include "loader/output.h"
#include "loader/writer.h"

/* DuckDB's own ceiling; what does not fit it spills beside the output. */
#define MEMORY_LIMIT "100MB"

enum {
    SQL_MAX = 1024 * 1024,
    /* A row group is buffered whole: at most so many cells and bytes of
     * text.  Its rows are a multiple of DuckDB's vector and at most
     * DuckDB's default. */
    GROUP_CELLS = 1024 * 1024,
    GROUP_BYTES = 16 * 1024 * 1024,
    GROUP_ROWS_STEP = 2048,
    GROUP_ROWS_MAX = 122880,
};

/* Length of a null in the spool, where each cell is a length and bytes. */
#define SPOOL_NULL UINT32_MAX

struct parquet {
    const struct table *table;
    char *path;
    char *spool_path;
    FILE *spool;
    uint64_t row_n, bytes; /* in the spool */
    uint64_t read_n;       /* rows that DuckDB has taken */
    char *text;            /* of the cell at hand */
    size_t text_cap;
    bool stopped; /* COPY failed because we were asked to stop */
};

/* ---- rows wait -------------------------------------------------------- */

static void parquet_close(void *state)
{
    struct parquet *p = state;

    if (!p)
        return;
    if (p->spool)
        fclose(p->spool);
    output_remove(p->spool_path);
    mem_free(p->text);
    mem_free(p->spool_path);
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
    p->spool_path = mem_printf("%s.spool", path);
    p->spool = fopen(p->spool_path, "w+e");
    if (!p->spool)
        return err_set_errno(err, ERR_RETRY, "%s", p->spool_path);
    return 0;
}

static int parquet_row(void *state, const char *const *cell, struct err *err)
{
    struct parquet *p = state;
    size_t i;

    for (i = 0; i < p->table->field_n; i++) {
        size_t len = cell[i] ? strlen(cell[i]) : 0;
        uint32_t mark = cell[i] ? (uint32_t)len : SPOOL_NULL;

        if (len > LIMIT_RECORD_BYTES)
            return err_set(err, ERR_FATAL, "%s.%s: text of %zu bytes",
                p->table->name, p->table->field[i].name, len);
        fwrite(&mark, sizeof(mark), 1, p->spool);
        fwrite(cell[i] ? cell[i] : "", 1, len, p->spool);
        p->bytes += len;
    }
    p->row_n++;
    if (ferror(p->spool))
        return err_set_errno(err, ERR_RETRY, "%s", p->spool_path);
    return 0;
}

/* ---- DuckDB takes them ------------------------------------------------ */

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

/* Every cell is a text here; the query casts. */
static void rows_bind(duckdb_bind_info info)
{
    const struct parquet *p = duckdb_bind_get_extra_info(info);
    duckdb_logical_type text = duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR);
    size_t i;

    for (i = 0; i < p->table->field_n; i++)
        duckdb_bind_add_result_column(info, p->table->field[i].name, text);
    duckdb_bind_set_cardinality(info, p->row_n, true);
    duckdb_destroy_logical_type(&text);
}

static void rows_init(duckdb_init_info info)
{
    duckdb_init_set_max_threads(info, 1);
}

/* The next cell of the spool into row `row` of the vector. */
static bool take_cell(struct parquet *p, duckdb_vector vector, idx_t row)
{
    uint32_t len;

    if (fread(&len, sizeof(len), 1, p->spool) != 1)
        return false;
    if (len == SPOOL_NULL) {
        duckdb_vector_ensure_validity_writable(vector);
        duckdb_validity_set_row_invalid(
            duckdb_vector_get_validity(vector), row);
        return true;
    }
    if (len > LIMIT_RECORD_BYTES)
        return false;
    if (len > p->text_cap) {
        p->text_cap = 2 * (size_t)len;
        p->text = mem_realloc_n(p->text, p->text_cap, 1);
    }
    if (len > 0 && fread(p->text, 1, len, p->spool) != len)
        return false;
    duckdb_vector_assign_string_element_len(
        vector, row, len > 0 ? p->text : "", len);
    return true;
}

static void rows_next(duckdb_function_info info, duckdb_data_chunk chunk)
{
    struct parquet *p = duckdb_function_get_extra_info(info);
    idx_t row, want = duckdb_vector_size();
    size_t i;

    service_alive();
    if (service_stopping()) {
        p->stopped = true;
        duckdb_function_set_error(info, "asked to stop");
        return;
    }
    if (want > p->row_n - p->read_n)
        want = p->row_n - p->read_n;
    for (row = 0; row < want; row++)
        for (i = 0; i < p->table->field_n; i++)
            if (!take_cell(p, duckdb_data_chunk_get_vector(chunk, i), row)) {
                duckdb_function_set_error(info, "spool is cut short");
                return;
            }
    p->read_n += want;
    duckdb_data_chunk_set_size(chunk, want);
}

static int register_rows(
    struct parquet *p, duckdb_connection con, struct err *err)
{
    duckdb_table_function f = duckdb_create_table_function();
    int rc = 0;

    duckdb_table_function_set_name(f, "rows");
    duckdb_table_function_set_extra_info(f, p, NULL);
    duckdb_table_function_set_bind(f, rows_bind);
    duckdb_table_function_set_init(f, rows_init);
    duckdb_table_function_set_function(f, rows_next);
    if (duckdb_register_table_function(con, f) != DuckDBSuccess)
        rc = err_set(err, ERR_FATAL, "duckdb: no table function");
    duckdb_destroy_table_function(&f);
    return rc;
}

/* ---- and writes ------------------------------------------------------- */

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

static uint64_t group_rows(const struct parquet *p)
{
    uint64_t by_bytes = GROUP_BYTES * p->row_n / (p->bytes + 1);
    uint64_t rows;

    assert(p->table->field_n > 0);
    rows = GROUP_CELLS / p->table->field_n;
    if (rows > by_bytes)
        rows = by_bytes;
    rows -= rows % GROUP_ROWS_STEP;
    if (rows < GROUP_ROWS_STEP)
        return GROUP_ROWS_STEP;
    return rows > GROUP_ROWS_MAX ? GROUP_ROWS_MAX : rows;
}

static void put_copy(const struct parquet *p, struct buf *sql)
{
    size_t i;

    buf_add_str(sql, "COPY (SELECT ");
    for (i = 0; i < p->table->field_n; i++) {
        const struct field *f = &p->table->field[i];

        buf_add_str(sql, i > 0 ? ", CAST(" : "CAST(");
        put_quoted(sql, f->name, '"');
        buf_printf(sql, " AS %s) AS ", sql_type(f->type));
        put_quoted(sql, f->name, '"');
    }
    buf_add_str(sql, " FROM rows()) TO ");
    put_quoted(sql, p->path, '\'');
    buf_printf(sql,
        " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE %llu,"
        " KV_METADATA {nianbao_schema: '" SCHEMA_VERSION "',"
        " nianbao_table: '%s'})",
        (unsigned long long)group_rows(p), p->table->name);
    buf_add_char(sql, '\0');
}

/* The disk may have room tomorrow; what is left is our own mistake. */
static enum err_kind kind_of(const struct parquet *p, duckdb_result *result)
{
    duckdb_error_type type = duckdb_result_error_type(result);

    return p->stopped || type == DUCKDB_ERROR_IO ? ERR_RETRY : ERR_FATAL;
}

static int copy_rows(struct parquet *p, duckdb_connection con, struct err *err)
{
    duckdb_result result;
    struct buf sql;
    int rc;

    buf_init(&sql, SQL_MAX);
    put_copy(p, &sql);
    rc = buf_check(&sql, "COPY", err);
    if (rc == 0) {
        if (duckdb_query(con, sql.p, &result) != DuckDBSuccess)
            rc = err_set(err, kind_of(p, &result), "%s.parquet: %s",
                p->table->name, duckdb_result_error(&result));
        duckdb_destroy_result(&result);
    }
    buf_clear(&sql);
    return rc;
}

static int open_database(
    duckdb_database *db, const char *spill, struct err *err)
{
    const char *const settings[][2] = {
        { "threads", "1" },
        { "memory_limit", MEMORY_LIMIT },
        { "temp_directory", spill },
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
    if (rc == 0 && duckdb_open_ext(NULL, db, config, &why) != DuckDBSuccess)
        rc = err_set(err, ERR_FATAL, "duckdb: %s", why ? why : "not opened");
    duckdb_free(why);
    duckdb_destroy_config(&config);
    return rc;
}

static int parquet_finish(void *state, struct err *err)
{
    struct parquet *p = state;
    char *spill = mem_printf("%s.spill", p->path);
    duckdb_database db = NULL;
    duckdb_connection con = NULL;
    int rc = -1;

    if (fflush(p->spool) != 0 || fseek(p->spool, 0, SEEK_SET) != 0) {
        err_set_errno(err, ERR_RETRY, "%s", p->spool_path);
        goto out;
    }
    if (open_database(&db, spill, err) != 0)
        goto out;
    if (duckdb_connect(db, &con) != DuckDBSuccess) {
        err_set(err, ERR_FATAL, "duckdb: no connection");
        goto out;
    }
    if (register_rows(p, con, err) != 0 || copy_rows(p, con, err) != 0)
        goto out;
    rc = 0;
out:
    duckdb_disconnect(&con);
    duckdb_close(&db);
    output_remove(spill);
    mem_free(spill);
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
