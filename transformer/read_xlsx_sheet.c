/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_xlsx_sheet - one sheet's cells, merges, hidden rows and columns.
 *
 * Merged ranges and what is hidden are known at the end only, so the cells
 * with text are gathered first and put in order then.  Hidden rows and
 * columns are taken out, as on paper; a merged range shows the text of its
 * first cell as long as any of it is shown.  A formula whose result was not
 * saved is shown as the formula, which is no number.
 */
#include "transformer/read_xlsx.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/limits.h"
#include "common/mem.h"

/* Merged ranges of a sheet: a report's three tables have some 120. */
#define MERGES_MAX 20000u

struct merge {
    uint32_t row, col, row_end, col_end;
};

struct reading {
    struct xlsx_sheet *sheet;
    struct merge *merge;
    uint32_t merge_n, merge_cap;
    uint32_t *hidden; /* rows, ascending */
    uint32_t hidden_n, hidden_cap;
    uint32_t shown[XLSX_COLS + 1]; /* columns before this one that show */
    bool col_is_out[XLSX_COLS];
    uint32_t row, col; /* of the open row and cell */
    bool ruled;        /* the open row has a bordered cell */
    bool row_is_out;
    const struct xlsx_style *style; /* of the open cell, or NULL */
    char type[12];
    struct buf value, text, formula; /* <v>, <t>, <f> of the open cell */
    struct buf shown_text;
    bool has_formula, has_value;
    struct buf *into; /* where text goes, or NULL */
    bool in_data, in_cell, no_zeros;
    char trouble[128]; /* of size */
    char broken[128];
};

static void too_many(struct xml_walk *w, uint32_t max, const char *what)
{
    struct reading *r = w->to;

    snprintf(r->trouble, sizeof(r->trouble),
        "reader.size: a sheet of more than %u %s", max, what);
    xml_stop(w);
}

static void broken(struct xml_walk *w, const char *what)
{
    struct reading *r = w->to;

    snprintf(
        r->broken, sizeof(r->broken), "reader.broken: a sheet with %s", what);
    xml_stop(w);
}

/* Room for one more of an array on the heap. */
static void *grow(void *array, uint32_t n, uint32_t *cap, size_t size)
{
    if (n < *cap)
        return array;
    *cap = *cap ? *cap * 2 : 64;
    return mem_realloc_n(array, *cap, size);
}

/* ---- places
 * ------------------------------------------------------------------------ */

/* "AB12" to 0-based row and column; bytes read, or 0. */
static size_t parse_place(const char *s, uint32_t *row, uint32_t *col)
{
    uint64_t c = 0, r = 0;
    size_t i = 0;

    for (; s[i] >= 'A' && s[i] <= 'Z' && c <= XLSX_COLS; i++)
        c = c * 26 + (uint64_t)(s[i] - 'A' + 1);
    if (i == 0)
        return 0;
    for (; s[i] >= '0' && s[i] <= '9' && r <= XLSX_ROWS; i++)
        r = r * 10 + (uint64_t)(s[i] - '0');
    if (c > XLSX_COLS || r == 0 || r > XLSX_ROWS)
        return 0;
    *row = (uint32_t)r - 1;
    *col = (uint32_t)c - 1;
    return i;
}

/* ---- rows and cells
 * ------------------------------------------------------------------ */

static void open_row(struct xml_walk *w, const char *const *attributes)
{
    struct reading *r = w->to;
    const char *number = xml_attribute(attributes, XML_NS_NONE, "r");
    uint32_t next = r->row == UINT32_MAX ? 1 : r->row + 2;
    uint32_t row = xml_number(number, XLSX_ROWS, next);

    if (row == 0 || row > XLSX_ROWS || (r->row != UINT32_MAX && row < next)) {
        broken(w, "rows out of order");
        return;
    }
    r->row = row - 1;
    r->col = UINT32_MAX;
    r->ruled = false;
    r->row_is_out =
        xml_is_on(xml_attribute(attributes, XML_NS_NONE, "hidden"), false);
    if (!r->row_is_out)
        return;
    if (r->hidden_n == XLSX_ROWS)
        return;
    r->hidden =
        grow(r->hidden, r->hidden_n, &r->hidden_cap, sizeof(*r->hidden));
    r->hidden[r->hidden_n++] = r->row;
}

static void close_row(struct reading *r)
{
    struct xlsx_sheet *s = r->sheet;

    if (!r->ruled || r->row_is_out)
        return;
    s->ruled = grow(s->ruled, s->ruled_n, &s->ruled_cap, sizeof(*s->ruled));
    s->ruled[s->ruled_n++] = r->row;
}

static void open_cell(struct xml_walk *w, const char *const *attributes)
{
    struct reading *r = w->to;
    const struct xlsx_book *book = r->sheet->book;
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
    if (col < next || col >= XLSX_COLS) {
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
    r->has_formula = r->has_value = false;
    r->in_cell = true;
}

/* A number, or with showZeros off nothing for 0. */
static void put_number(struct reading *r, struct buf *out)
{
    struct slice format =
        r->style ? r->style->format : (struct slice){ NULL, 0 };

    buf_add_char(&r->value, '\0');
    if (r->value.failed || (r->no_zeros && strtod(r->value.p, NULL) == 0))
        return;
    xlsx_format(format, r->value.p, r->sheet->book->from_1904, out);
}

static void put_shared(struct xml_walk *w, struct buf *out)
{
    struct reading *r = w->to;
    const struct xlsx_book *book = r->sheet->book;
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

static void close_cell(struct xml_walk *w)
{
    struct reading *r = w->to;
    struct xlsx_sheet *s = r->sheet;
    struct slice text;

    r->in_cell = false;
    buf_reset(&r->shown_text);
    put_value(w, &r->shown_text);
    if (r->value.failed || r->text.failed || r->formula.failed ||
        r->shown_text.failed) {
        too_many(w, LIMIT_TREE_BYTES, "bytes in a cell");
        return;
    }
    text = slice_trim(buf_slice(&r->shown_text));
    if (!text.len)
        return;
    s->book->text_total += text.len;
    if (s->item_n == LIMIT_CELLS || s->book->text_total > LIMIT_TREE_BYTES) {
        too_many(w, LIMIT_CELLS, "cells, or of too much text");
        return;
    }
    s->item = grow(s->item, s->item_n, &s->item_cap, sizeof(*s->item));
    s->item[s->item_n++] = (struct xlsx_item){
        .row = r->row,
        .col = r->col,
        .row_end = r->row + 1,
        .col_end = r->col + 1,
        .text = arena_slice(s->book->arena, text),
    };
}

/* ---- around them
 * ------------------------------------------------------------------------ */

static void read_cols(struct reading *r, const char *const *attributes)
{
    uint32_t from =
        xml_number(xml_attribute(attributes, XML_NS_NONE, "min"), XLSX_COLS, 0);
    uint32_t to =
        xml_number(xml_attribute(attributes, XML_NS_NONE, "max"), XLSX_COLS, 0);

    if (from == 0 ||
        !xml_is_on(xml_attribute(attributes, XML_NS_NONE, "hidden"), false))
        return;
    for (uint32_t i = from; i <= to; i++)
        r->col_is_out[i - 1] = true;
}

static void read_merge(struct xml_walk *w, const char *const *attributes)
{
    struct reading *r = w->to;
    const char *ref = xml_attribute(attributes, XML_NS_NONE, "ref");
    struct merge m;
    size_t n;

    n = ref ? parse_place(ref, &m.row, &m.col) : 0;
    if (!n || ref[n] != ':' ||
        !parse_place(ref + n + 1, &m.row_end, &m.col_end) ||
        m.row_end < m.row || m.col_end < m.col)
        return; /* one cell, or nothing */
    if (r->merge_n == MERGES_MAX) {
        too_many(w, MERGES_MAX, "merged ranges");
        return;
    }
    m.row_end++;
    m.col_end++;
    r->merge = grow(r->merge, r->merge_n, &r->merge_cap, sizeof(*r->merge));
    r->merge[r->merge_n++] = m;
}

static void open_in_cell(
    struct reading *r, struct xml_walk *w, const char *name)
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
        open_in_cell(r, w, name);
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

    if (r->into)
        buf_add_slice(r->into, text);
}

/* ---- putting it in order
 * ------------------------------------------------------------------ */

static int compare_items(const void *a, const void *b)
{
    const struct xlsx_item *x = a, *y = b;

    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    if (x->col != y->col)
        return x->col < y->col ? -1 : 1;
    return y->merged - x->merged;
}

/* Merged ranges become items, with the text of their first cell. */
static void add_merges(struct reading *r)
{
    struct xlsx_sheet *s = r->sheet;
    uint32_t cell_n = s->item_n;

    for (uint32_t i = 0; i < r->merge_n; i++) {
        const struct merge *m = &r->merge[i];
        struct xlsx_item item = { .row = m->row,
            .col = m->col,
            .row_end = m->row_end,
            .col_end = m->col_end,
            .merged = true };
        struct xlsx_item *first =
            cell_n
                ? bsearch(&(struct xlsx_item){ .row = m->row, .col = m->col },
                      s->item, cell_n, sizeof(*s->item), compare_items)
                : NULL;

        if (first) {
            item.text = first->text;
            first->out = true;
        }
        s->item = grow(s->item, s->item_n, &s->item_cap, sizeof(*s->item));
        s->item[s->item_n++] = item;
    }
}

/* Rows before `row` that show. */
static uint32_t shown_row(const struct reading *r, uint32_t row)
{
    uint32_t low = 0, high = r->hidden_n;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (r->hidden[middle] < row)
            low = middle + 1;
        else
            high = middle;
    }
    return row - low;
}

/* Count only what is shown; drop what is not. */
static void close_up(struct reading *r)
{
    struct xlsx_sheet *s = r->sheet;
    uint32_t n = 0;

    for (uint32_t i = 0; i < XLSX_COLS; i++)
        r->shown[i + 1] = r->shown[i] + !r->col_is_out[i];
    for (uint32_t i = 0; i < s->item_n; i++) {
        struct xlsx_item item = s->item[i];

        item.row = shown_row(r, item.row);
        item.row_end = shown_row(r, item.row_end);
        item.col = r->shown[item.col];
        item.col_end = r->shown[item.col_end];
        if (!item.out && item.row < item.row_end && item.col < item.col_end)
            s->item[n++] = item;
    }
    s->item_n = n;
    for (uint32_t i = 0; i < s->ruled_n; i++)
        s->ruled[i] = shown_row(r, s->ruled[i]);
    if (n)
        qsort(s->item, n, sizeof(*s->item), compare_items);
}

void xlsx_sheet_clear(struct xlsx_sheet *s)
{
    mem_free(s->item);
    mem_free(s->ruled);
}

int xlsx_sheet_read(struct xlsx_sheet *s, struct zip_package *z,
    struct slice name, struct xlsx_book *book, struct err *err)
{
    static const struct xml_calls calls = { open_element, close_element,
        on_text };
    struct reading *r = mem_alloc(sizeof(*r));
    int status;

    *s = (struct xlsx_sheet){ .book = book };
    r->sheet = s;
    r->row = UINT32_MAX;
    buf_init(&r->value, LIMIT_TREE_BYTES);
    buf_init(&r->text, LIMIT_TREE_BYTES);
    buf_init(&r->formula, LIMIT_TREE_BYTES);
    buf_init(&r->shown_text, LIMIT_TREE_BYTES);
    status = xml_walk(z, name, &calls, r, err);
    if (status == 0 && r->broken[0])
        status = err_set(err, ERR_INPUT, "%s", r->broken);
    if (status == 0 && r->trouble[0])
        status = err_set(err, ERR_LIMIT, "%s", r->trouble);
    if (status == 0) {
        add_merges(r);
        close_up(r);
    }
    buf_clear(&r->value);
    buf_clear(&r->text);
    buf_clear(&r->formula);
    buf_clear(&r->shown_text);
    mem_free(r->merge);
    mem_free(r->hidden);
    mem_free(r);
    return status;
}
