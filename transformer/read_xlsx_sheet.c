/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_xlsx_sheet - one sheet's cells, merges, hidden rows and columns.
 *
 * A formula whose result was not saved is shown as the formula, which is no
 * number.
 */
#include "transformer/read_xlsx.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/limits.h"
#include "common/mem.h"
#include "transformer/struck.h"

struct reading {
    struct sheet *sheet;
    struct xlsx_book *book;
    uint32_t row, col; /* of the open row and cell */
    bool ruled;        /* the open row has a bordered cell */
    bool row_is_out;
    const struct xlsx_style *style; /* of the open cell, or NULL */
    char type[12];
    struct buf value, text, formula; /* <v>, <t>, <f> of the open cell */
    struct buf shown_text;
    bool has_formula, has_value;
    struct buf *into; /* where text goes, or NULL */
    struct xlsx_run run;
    bool in_data, in_cell, no_zeros;
    char broken[128];
};

static void broken(struct xml_walk *w, const char *what)
{
    struct reading *r = w->to;

    snprintf(
        r->broken, sizeof(r->broken), "reader.broken: a sheet with %s", what);
    xml_stop(w);
}

/* ---- places ---------------------------------------------------------- */

/* "AB12" to 0-based row and column; bytes read, or 0. */
static size_t parse_place(const char *s, uint32_t *row, uint32_t *col)
{
    uint64_t c = 0, r = 0;
    size_t i = 0;

    for (; s[i] >= 'A' && s[i] <= 'Z' && c <= SHEET_COLS; i++)
        c = c * 26 + (uint64_t)(s[i] - 'A' + 1);
    if (i == 0)
        return 0;
    for (; s[i] >= '0' && s[i] <= '9' && r <= SHEET_ROWS; i++)
        r = r * 10 + (uint64_t)(s[i] - '0');
    if (c > SHEET_COLS || r == 0 || r > SHEET_ROWS)
        return 0;
    *row = (uint32_t)r - 1;
    *col = (uint32_t)c - 1;
    return i;
}

/* ---- rows and cells -------------------------------------------------- */

static void open_row(struct xml_walk *w, const char *const *attributes)
{
    struct reading *r = w->to;
    const char *number = xml_attribute(attributes, XML_NS_NONE, "r");
    uint32_t next = r->row == UINT32_MAX ? 1 : r->row + 2;
    uint32_t row = xml_number(number, SHEET_ROWS, next);

    if (row == 0 || row > SHEET_ROWS || (r->row != UINT32_MAX && row < next)) {
        broken(w, "rows out of order");
        return;
    }
    r->row = row - 1;
    r->col = UINT32_MAX;
    r->ruled = false;
    r->row_is_out =
        xml_is_on(xml_attribute(attributes, XML_NS_NONE, "hidden"), false);
    if (r->row_is_out)
        sheet_hide_row(r->sheet, r->row);
}

static void close_row(const struct reading *r)
{
    if (r->ruled && !r->row_is_out)
        sheet_rule_row(r->sheet, r->row);
}

static void open_cell(struct xml_walk *w, const char *const *attributes)
{
    struct reading *r = w->to;
    const struct xlsx_book *book = r->book;
    const char *place = xml_attribute(attributes, XML_NS_NONE, "r");
    const char *type = xml_attribute(attributes, XML_NS_NONE, "t");
    uint32_t style =
        xml_number(xml_attribute(attributes, XML_NS_NONE, "s"), UINT32_MAX, 0);
    uint32_t row = r->row;
    uint32_t col = r->col == UINT32_MAX ? 0 : r->col + 1;
    uint32_t next = col;

    if (place && (!parse_place(place, &row, &col) || row != r->row)) {
        broken(w, "a cell in another row than it says");
        return;
    }
    if (col < next || col >= SHEET_COLS) {
        broken(w, "cells out of order");
        return;
    }
    r->col = col;
    snprintf(r->type, sizeof(r->type), "%s", type ? type : "n");
    r->style = style < book->style_n ? &book->style[style] : NULL;
    r->ruled = r->ruled || (r->style && r->style->bordered);
    buf_reset(&r->value);
    buf_reset(&r->text);
    buf_reset(&r->formula);
    xlsx_run_begin(&r->run);
    r->has_formula = r->has_value = false;
    r->in_cell = true;
}

/* A number that XML Schema knows (xsd:double), and is one. */
static bool parse(const char *value, double *out)
{
    char *end;

    if (!*value || strspn(value, "0123456789+-.eE") != strlen(value))
        return false;
    *out = strtod(value, &end);
    return *end == '\0' && isfinite(*out);
}

/* A number, or with showZeros off nothing for 0; what is none is shown as
 * it is. */
static void put_number(struct reading *r, struct buf *out)
{
    struct slice format =
        r->style ? r->style->format : (struct slice){ NULL, 0 };

    double value;

    buf_add_char(&r->value, '\0');
    if (r->value.failed)
        return;
    if (!parse(r->value.p, &value))
        buf_add_str(out, r->value.p);
    else if (!r->no_zeros || value != 0)
        sheet_format(format, value, r->book->from_1904, out);
}

static void put_shared(struct xml_walk *w, struct buf *out)
{
    struct reading *r = w->to;
    const struct xlsx_book *book = r->book;
    uint32_t i;

    buf_add_char(&r->value, '\0');
    i = xml_number(r->value.p, UINT32_MAX, UINT32_MAX);
    if (i >= book->string_n) {
        broken(w, "a text that the book does not have");
        return;
    }
    xlsx_text_add(out, book->string[i]);
}

static void put_value(struct xml_walk *w, struct buf *out)
{
    struct reading *r = w->to;
    struct slice value = slice_trim(buf_slice(&r->value));

    if (strcmp(r->type, "inlineStr") == 0) {
        xlsx_text_add(out, buf_slice(&r->text));
    } else if (r->has_formula && !r->has_value) {
        buf_add_char(out, '=');
        buf_add_slice(out, buf_slice(&r->formula));
    } else if (!r->has_value) {
        return;
    } else if (strcmp(r->type, "s") == 0) {
        put_shared(w, out);
    } else if (strcmp(r->type, "b") == 0) {
        buf_add_str(out, slice_eq_str(value, "0") ? "FALSE" : "TRUE");
    } else if (strcmp(r->type, "n") == 0) {
        put_number(r, out);
    } else {
        xlsx_text_add(out, buf_slice(&r->value));
    }
}

/* The sheet has more than we allow: no more of it. */
static void check_size(struct xml_walk *w)
{
    const struct reading *r = w->to;

    if (r->sheet->trouble[0])
        xml_stop(w);
}

static void close_cell(struct xml_walk *w)
{
    struct reading *r = w->to;

    r->in_cell = false;
    buf_reset(&r->shown_text);
    put_value(w, &r->shown_text);
    if (r->style && r->style->struck)
        struck_take(&r->shown_text, 0);
    if (r->value.failed || r->text.failed || r->formula.failed ||
        r->shown_text.failed)
        sheet_fail(r->sheet, LIMIT_TREE_BYTES, "bytes in a cell");
    else
        sheet_cell(r->sheet, r->row, r->col, buf_slice(&r->shown_text));
    check_size(w);
}

/* ---- around them ----------------------------------------------------- */

static void read_cols(struct reading *r, const char *const *attributes)
{
    uint32_t from = xml_number(
        xml_attribute(attributes, XML_NS_NONE, "min"), SHEET_COLS, 0);
    uint32_t to = xml_number(
        xml_attribute(attributes, XML_NS_NONE, "max"), SHEET_COLS, 0);

    if (from &&
        xml_is_on(xml_attribute(attributes, XML_NS_NONE, "hidden"), false))
        sheet_hide_cols(r->sheet, from - 1, to);
}

static void read_merge(struct xml_walk *w, const char *const *attributes)
{
    struct reading *r = w->to;
    const char *ref = xml_attribute(attributes, XML_NS_NONE, "ref");
    struct sheet_range m;
    size_t n;

    n = ref ? parse_place(ref, &m.row, &m.col) : 0;
    if (!n || ref[n] != ':' ||
        !parse_place(ref + n + 1, &m.row_end, &m.col_end) ||
        m.row_end < m.row || m.col_end < m.col)
        return; /* one cell, or nothing */
    m.row_end++;
    m.col_end++;
    sheet_merge(r->sheet, &m);
    check_size(w);
}

static void open_in_cell(struct reading *r, struct xml_walk *w,
    const char *name, const char *const *attributes)
{
    if (strcmp(name, "v") == 0) {
        r->has_value = true;
        r->into = &r->value;
    } else if (strcmp(name, "f") == 0) {
        r->has_formula = true;
        r->into = &r->formula;
    } else if (strcmp(name, "t") == 0) {
        r->into = &r->text;
    } else if (strcmp(name, "rPh") == 0 || strcmp(name, "extLst") == 0) {
        xml_skip(w);
    } else {
        xlsx_run_open(&r->run, name, attributes);
    }
}

static void open_element(struct xml_walk *w, enum xml_ns ns, const char *name,
    const char *const *attributes)
{
    struct reading *r = w->to;

    if (ns == XML_NS_MC && strcmp(name, "Choice") == 0)
        xml_skip(w);
    if (ns != XML_NS_S)
        return;
    if (r->in_cell)
        open_in_cell(r, w, name, attributes);
    else if (strcmp(name, "sheetData") == 0)
        r->in_data = true;
    else if (strcmp(name, "row") == 0 && r->in_data)
        open_row(w, attributes);
    else if (strcmp(name, "c") == 0 && r->in_data && r->row != UINT32_MAX)
        open_cell(w, attributes);
    else if (strcmp(name, "col") == 0)
        read_cols(r, attributes);
    else if (strcmp(name, "mergeCell") == 0)
        read_merge(w, attributes);
    else if (strcmp(name, "sheetView") == 0)
        r->no_zeros = !xml_is_on(
            xml_attribute(attributes, XML_NS_NONE, "showZeros"), true);
}

static void close_element(struct xml_walk *w, enum xml_ns ns, const char *name)
{
    struct reading *r = w->to;

    r->into = NULL;
    if (ns != XML_NS_S)
        return;
    if (strcmp(name, "c") == 0 && r->in_cell)
        close_cell(w);
    else if (strcmp(name, "row") == 0 && r->in_data)
        close_row(r);
    else if (strcmp(name, "sheetData") == 0)
        r->in_data = false;
}

static void on_text(struct xml_walk *w, struct slice text)
{
    struct reading *r = w->to;

    if (r->into == &r->text)
        xlsx_run_add(&r->run, &r->text, text);
    else if (r->into)
        buf_add_slice(r->into, text);
}

/* ---- all ----------------------------------------------------------------- */

int xlsx_sheet_read(struct sheet *s, struct zip_package *z, struct slice name,
    struct xlsx_book *book, struct err *err)
{
    static const struct xml_calls calls = { open_element, close_element,
        on_text };
    struct reading *r = mem_alloc(sizeof(*r));
    int status;

    sheet_init(s, book->arena, &book->text_total);
    r->sheet = s;
    r->book = book;
    r->row = UINT32_MAX;
    buf_init(&r->value, LIMIT_TREE_BYTES);
    buf_init(&r->text, LIMIT_TREE_BYTES);
    buf_init(&r->formula, LIMIT_TREE_BYTES);
    buf_init(&r->shown_text, LIMIT_TREE_BYTES);
    status = xml_walk(z, name, &calls, r, err);
    if (status == 0 && r->broken[0])
        status = err_set(err, ERR_INPUT, "%s", r->broken);
    if (status == 0)
        status = sheet_end(s, err);
    buf_clear(&r->value);
    buf_clear(&r->text);
    buf_clear(&r->formula);
    buf_clear(&r->shown_text);
    mem_free(r);
    return status;
}
