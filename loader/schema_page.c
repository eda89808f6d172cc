/* SPDX-License-Identifier: Apache-2.0 */
/*
 * schema_page - the archive's tables for docs/DATA_DICTIONARY.md.
 *
 * reports_wide has a column for each key of the forms, so it is described
 * by them and not listed here.
 */
#include "loader/schema_page.h"

#include "loader/schema.h"

static const char *type_name(enum field_type t)
{
    switch (t) {
    case FIELD_TEXT:
        return "text";
    case FIELD_INTEGER:
        return "integer";
    case FIELD_BIGINT:
        return "integer, 64 bits";
    case FIELD_DECIMAL:
        return "decimal(18,6)";
    case FIELD_SUM:
        return "decimal(24,6)";
    case FIELD_REAL:
        return "real";
    case FIELD_DATE:
        return "date";
    case FIELD_TIME:
        return "time, UTC";
    }
    return "text";
}

/* "a|b|c" as `a`, `b`, `c`: a bar would end the column. */
static void print_values(FILE *out, const char *values)
{
    fputs(": `", out);
    for (; *values; values++) {
        if (*values == '|')
            fputs("`, `", out);
        else
            fputc(*values, out);
    }
    fputc('`', out);
}

static void print_field(FILE *out, const struct field *f)
{
    fprintf(out, "| `%s` | %s | %s | %s | %s", f->name, type_name(f->type),
        f->required ? "no" : "yes", f->label, f->description);
    if (f->values)
        print_values(out, f->values);
    fputs(" |\n", out);
}

void schema_page(FILE *out)
{
    const struct table *t;

    fputs("\n## Tables of the archive\n\n"
          "`data/<table>.csv` and `data/<table>.parquet`. `reports_wide` "
          "repeats the columns of\n`reports` and adds one column "
          "`table.row.column` for each cell of the forms, with a\nsecond one "
          "`.cny` where it is an amount.\n",
        out);
    for (unsigned i = 0; i < SCHEMA_TABLES; i++) {
        t = schema_table((enum export_table)i);
        fprintf(out,
            "\n### %s\n\n%s. %s\n\n"
            "| column | type | null | label | meaning |\n"
            "|---|---|---|---|---|\n",
            t->name, t->label, t->description);
        for (size_t k = 0; k < t->field_n; k++)
            print_field(out, &t->field[k]);
    }
}
