/* SPDX-License-Identifier: Apache-2.0 */
/*
 * print_jsonl - one JSON object a line, the keys of docs/DATA_DICTIONARY.md.
 *
 * Written by hand rather than through a tree of objects: the order of keys
 * is fixed and a record is printed as it is walked.  Bytes that are no UTF-8
 * (in path names) become U+FFFD, so every line is valid JSON.
 */
#include "transformer/print.h"

#include <utf8proc.h>

static void put_escaped(FILE *out, const char *p, size_t len)
{
    unsigned char c = (unsigned char)p[0];

    if (c == '"' || c == '\\')
        fprintf(out, "\\%c", c);
    else if (c == '\n')
        fputs("\\n", out);
    else if (c == '\t')
        fputs("\\t", out);
    else if (c == '\r')
        fputs("\\r", out);
    else if (c < 0x20 || c == 0x7F)
        fprintf(out, "\\u%04x", c);
    else
        fwrite(p, 1, len, out);
}

static void put_text(FILE *out, struct slice s)
{
    utf8proc_ssize_t n;
    utf8proc_int32_t c;

    if (!s.p) {
        fputs("null", out);
        return;
    }
    fputc('"', out);
    for (size_t i = 0; i<s.len; i += n> 0 ? (size_t)n : 1) {
        n = utf8proc_iterate((const utf8proc_uint8_t *)s.p + i,
            (utf8proc_ssize_t)(s.len - i), &c);
        if (n > 0)
            put_escaped(out, s.p + i, (size_t)n);
        else
            fputs("\xef\xbf\xbd", out);
    }
    fputc('"', out);
}

/* ,"key":"text" */
static void put(FILE *out, const char *key, struct slice s)
{
    fprintf(out, ",\"%s\":", key);
    put_text(out, s);
}

/* An index of the document tree, null for -1. */
static void put_index(FILE *out, const char *key, int32_t i)
{
    if (i < 0)
        fprintf(out, "\"%s\":null", key);
    else
        fprintf(out, "\"%s\":%d", key, i);
}

static void put_source(FILE *out, const struct cell_source *s)
{
    fputs(",\"source\":{", out);
    put_index(out, "table", s->table);
    fputc(',', out);
    put_index(out, "row", s->row);
    fputc(',', out);
    put_index(out, "column", s->col);
    put(out, "reading", cell_reading_text(s));
    if (s->page == 0) {
        fputs(",\"page\":null,\"box\":null}", out);
        return;
    }
    fprintf(out, ",\"page\":%u,\"box\":[%.2f,%.2f,%.2f,%.2f]}", s->page,
        (double)s->box[0], (double)s->box[1], (double)s->box[2],
        (double)s->box[3]);
}

static void put_cell(FILE *out, const struct cell *c)
{
    fputs("{\"table\":", out);
    put_text(out, c->table);
    put(out, "row", c->row);
    put(out, "column", c->column);
    put(out, "value", c->value);
    put(out, "raw", c->raw);
    put(out, "state", slice_str(cell_state_name(c->state)));
    put(out, "unit", c->unit);
    put(out, "value_cny", c->value_cny);
    put(out, "proposed", c->proposed);
    put(out, "evidence", c->evidence);
    put_source(out, &c->source);
    fputc('}', out);
}

static void put_check(FILE *out, const struct check *c)
{
    fputs("{\"rule\":", out);
    put_text(out, c->rule);
    put(out, "form", c->form.len > 0 ? c->form : (struct slice){ NULL, 0 });
    put(out, "source", c->source);
    put(out, "severity", slice_str(check_severity_name(c->severity)));
    put(out, "status", slice_str(check_status_name(c->status)));
    put(out, "left", c->left);
    put(out, "right", c->right);
    put(out, "difference", c->difference);
    put(out, "left_cells", c->left_cells);
    put(out, "right_cells", c->right_cells);
    put(out, "message", c->message);
    fputc('}', out);
}

static void put_section(FILE *out, const struct section *s)
{
    fprintf(out, "{\"number\":%u", s->number);
    put(out, "heading", s->heading);
    put(out, "text", s->text);
    fputc('}', out);
}

static void put_head(FILE *out, const char *source, const struct record *rec)
{
    fputs("{\"source\":", out);
    put_text(out, slice_str(source));
    put(out, "sha256", rec->sha256);
    put(out, "media_type", rec->media_type);
    put(out, "charset", rec->charset);
    put(out, "reader", rec->reader);
    put(out, "title", rec->title);
    put(out, "organization", rec->organization);
    if (rec->year == 0)
        fputs(",\"year\":null", out);
    else
        fprintf(out, ",\"year\":%u", rec->year);
    put(out, "published", rec->published);
    fputs(",\"forms\":{\"proactive\":", out);
    put_text(out, rec->form_proactive);
    put(out, "requests", rec->form_requests);
    put(out, "review", rec->form_review);
    if (rec->form_statistics.len > 0)
        put(out, "statistics", rec->form_statistics);
    fputc('}', out);
    put(out, "status", slice_str(report_status_name(rec->status)));
}

static void print_record(
    const struct print *p, const char *source, const struct record *rec)
{
    FILE *out = p->out;

    put_head(out, source, rec);
    fputs(",\"reasons\":[", out);
    for (uint32_t i = 0; i < rec->reason_n; i++) {
        fputs(i > 0 ? "," : "", out);
        put_text(out, rec->reasons[i]);
    }
    fputs("],\"cells\":[", out);
    for (uint32_t i = 0; i < rec->cell_n; i++) {
        fputs(i > 0 ? "," : "", out);
        put_cell(out, &rec->cells[i]);
    }
    fputs("],\"checks\":[", out);
    for (uint32_t i = 0; i < rec->check_n; i++) {
        fputs(i > 0 ? "," : "", out);
        put_check(out, &rec->checks[i]);
    }
    fputs("],\"sections\":[", out);
    for (uint32_t i = 0; i < rec->section_n; i++) {
        fputs(i > 0 ? "," : "", out);
        put_section(out, &rec->sections[i]);
    }
    fputs("]}\n", out);
}

const struct printer printer_jsonl = { "jsonl", NULL, print_record };
