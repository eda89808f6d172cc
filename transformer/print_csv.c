/* SPDX-License-Identifier: Apache-2.0 */
/*
 * print_csv - RFC 4180: one header line, one row a cell.
 *
 * A document without cells (unrecognized, unreadable) is one row with empty
 * cell fields, so that no file vanishes from the output.  Texts that a
 * spreadsheet would take for a formula get a leading apostrophe; numbers,
 * also negative ones, do not.
 */
#include "common/formula.h"
#include "transformer/print.h"

#include <inttypes.h>
#include <string.h>

static void begin(const struct print *p)
{
    fputs("source,sha256,organization,year,status,reasons,form,table,row,"
          "column,value,raw,state,unit,value_cny,proposed,evidence,"
          "source_table,source_row,source_column,page,reading\r\n",
        p->out);
}

static bool is_number(struct slice s)
{
    size_t digits = 0;

    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] >= '0' && s.p[i] <= '9')
            digits++;
        else if (s.p[i] != '.' && !(s.p[i] == '-' && i == 0))
            return false;
    }
    return digits > 0;
}

/* A field without the comma before it. */
static void put_first(FILE *out, struct slice s)
{
    bool guard = formula_is(s) && !is_number(s), quote = false;

    for (size_t i = 0; i < s.len && !quote; i++)
        quote =
            s.p[i] == '"' || s.p[i] == ',' || s.p[i] == '\n' || s.p[i] == '\r';
    if (quote)
        fputc('"', out);
    if (guard)
        fputc('\'', out);
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] == '"')
            fputc('"', out);
        fputc(s.p[i], out);
    }
    if (quote)
        fputc('"', out);
}

static void put(FILE *out, struct slice s)
{
    fputc(',', out);
    put_first(out, s);
}

static void put_index(FILE *out, int32_t i)
{
    fputc(',', out);
    if (i >= 0)
        fprintf(out, "%" PRId32, i);
}

static void put_report(FILE *out, const char *source, const struct record *rec)
{
    put_first(out, slice_str(source));
    put(out, rec->sha256);
    put(out, rec->organization);
    fputc(',', out);
    if (rec->year != 0)
        fprintf(out, "%" PRIu32, rec->year);
    put(out, slice_str(report_status_name(rec->status)));
    fputs(",\"", out);
    for (uint32_t i = 0; i < rec->reason_n; i++) {
        fputs(i > 0 ? "; " : "", out);
        for (size_t k = 0; k < rec->reasons[i].len; k++) {
            if (rec->reasons[i].p[k] == '"')
                fputc('"', out);
            fputc(rec->reasons[i].p[k], out);
        }
    }
    fputc('"', out);
}

static struct slice form_of(const struct record *rec, struct slice table)
{
    if (slice_eq_str(table, "proactive"))
        return rec->form_proactive;
    if (slice_eq_str(table, "requests"))
        return rec->form_requests;
    if (slice_eq_str(table, "review"))
        return rec->form_review;
    return rec->form_statistics;
}

static void put_cell(FILE *out, const struct record *rec, const struct cell *c)
{
    put(out, form_of(rec, c->table));
    put(out, c->table);
    put(out, c->row);
    put(out, c->column);
    put(out, c->value);
    put(out, c->raw);
    put(out, slice_str(cell_state_name(c->state)));
    put(out, c->unit);
    put(out, c->value_cny);
    put(out, c->proposed);
    put(out, c->evidence);
    put_index(out, c->source.table);
    put_index(out, c->source.row);
    put_index(out, c->source.col);
    put_index(out, c->source.page > 0 ? (int32_t)c->source.page : -1);
    put(out, cell_reading_text(&c->source));
    fputs("\r\n", out);
}

static void print_record(
    const struct print *p, const char *source, const struct record *rec)
{
    for (uint32_t i = 0; i < rec->cell_n; i++) {
        put_report(p->out, source, rec);
        put_cell(p->out, rec, &rec->cells[i]);
    }
    if (rec->cell_n > 0)
        return;
    put_report(p->out, source, rec);
    fputs(",,,,,,,,,,,,,,,,\r\n", p->out);
}

const struct printer printer_csv = { "csv", begin, print_record };
