/* SPDX-License-Identifier: Apache-2.0 */
/*
 * write_csv - rows to delimited text, RFC 4180.
 *
 * UTF-8 without BOM, a header line, records end with CR LF as the RFC says.
 * Null is nothing between the commas, the empty text is "".  A text that a
 * spreadsheet would run as a formula gets a ' in front; so does one that
 * begins with ', and therefore a reader that takes one leading ' away from
 * text columns has the text as it was.  Numbers and times are never touched.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "common/formula.h"
#include "common/mem.h"
#include "loader/writer.h"

struct csv {
    FILE *f;
    const struct table *table;
};

static bool is_guarded(const struct field *field, const char *text)
{
    return field->type == FIELD_TEXT &&
           (text[0] == '\'' || formula_is(slice_str(text)));
}

static void put_quoted(FILE *f, const char *text)
{
    const char *quote;

    while ((quote = strchr(text, '"')) != NULL) {
        fwrite(text, 1, (size_t)(quote - text) + 1, f);
        putc('"', f);
        text = quote + 1;
    }
    fputs(text, f);
}

/* Write errors stay in the stream until check_stream. */
static void put_cell(FILE *f, const struct field *field, const char *text)
{
    const char *guard = is_guarded(field, text) ? "'" : "";

    if (text[0] != '\0' && text[strcspn(text, "\",\r\n")] == '\0') {
        fputs(guard, f);
        fputs(text, f);
        return;
    }
    putc('"', f);
    fputs(guard, f);
    put_quoted(f, text);
    putc('"', f);
}

static int check_stream(const struct csv *csv, struct err *err)
{
    if (!ferror(csv->f))
        return 0;
    return err_set_errno(err, ERR_RETRY, "%s.csv", csv->table->name);
}

static int csv_row(void *state, const char *const *cell, struct err *err)
{
    struct csv *csv = state;
    size_t i;

    for (i = 0; i < csv->table->field_n; i++) {
        if (i > 0)
            putc(',', csv->f);
        if (cell[i])
            put_cell(csv->f, &csv->table->field[i], cell[i]);
    }
    fputs("\r\n", csv->f);
    return check_stream(csv, err);
}

static int csv_header(struct csv *csv, struct err *err)
{
    size_t i;

    for (i = 0; i < csv->table->field_n; i++)
        fprintf(csv->f, "%s%s", i > 0 ? "," : "", csv->table->field[i].name);
    fputs("\r\n", csv->f);
    return check_stream(csv, err);
}

static void csv_close(void *state)
{
    struct csv *csv = state;

    if (csv && csv->f)
        fclose(csv->f);
    mem_free(csv);
}

static int csv_open(
    void **state, const char *path, const struct table *table, struct err *err)
{
    struct csv *csv = mem_alloc(sizeof(*csv));

    csv->table = table;
    csv->f = fopen(path, "we");
    if (!csv->f) {
        csv_close(csv);
        return err_set_errno(err, ERR_RETRY, "%s", path);
    }
    *state = csv;
    return csv_header(csv, err);
}

static int csv_finish(void *state, struct err *err)
{
    struct csv *csv = state;

    if (fflush(csv->f) != 0)
        return err_set_errno(err, ERR_RETRY, "%s.csv", csv->table->name);
    return check_stream(csv, err);
}

const struct writer csv_writer = {
    .name = "csv",
    .suffix = ".csv",
    .media_type = "text/csv",
    .open = csv_open,
    .row = csv_row,
    .finish = csv_finish,
    .close = csv_close,
};
