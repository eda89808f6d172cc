/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_sheetxml - workbooks of Excel 2002 and 2003 in one XML file, mostly
 * with the name of an XLS.
 *
 * XML Spreadsheet Reference (Microsoft, 2001).  Whether a sheet is hidden
 * stands behind its cells.
 */
#include <stdio.h>
#include <stdlib.h>

#include "common/limits.h"
#include "common/mem.h"
#include "transformer/charset.h"
#include "transformer/reader.h"
#include "transformer/sheet.h"
#include "transformer/sniff.h"
#include "transformer/xml_walk.h"

struct style {
    struct slice id, format;
    bool bordered;
};

struct book {
    struct tree *tree;
    struct style *style;
    uint32_t style_n, style_cap;
    struct sheet sheet; /* the open one */
    size_t text_total;
    uint32_t row, col, next_col; /* of the open cell; the one after it */
    uint32_t last_row;           /* that has been told */
    uint32_t *taken; /* of SHEET_COLS: the row to which a merge reaches */
    const struct style *look; /* of the open cell, or NULL */
    char type[12];
    struct buf text, shown;
    bool begun, in_sheet, hidden, in_cell, in_data, in_visible;
    struct err *err;
    int status;
};

/* ---- styles -------------------------------------------------------------- */

static struct slice format_of(const char *name)
{
    static const struct {
        const char *name, *code;
    } named[] = {
        { "General", "" },
        { "General Number", "" },
        { "Fixed", "0.00" },
        { "Standard", "#,##0.00" },
        { "Currency", "#,##0.00" },
        { "Percent", "0.00%" },
        { "General Date", "yyyy/m/d h:mm" },
        { "Long Date", "yyyy\"年\"m\"月\"d\"日\"" },
        { "Medium Date", "yyyy/m/d" },
        { "Short Date", "yyyy/m/d" },
    };

    for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++)
        if (strcmp(named[i].name, name) == 0)
            return slice_str(named[i].code);
    return slice_str(name);
}

static void open_style(struct xml_walk *w, const char *id)
{
    struct book *b = w->to;
    struct arena *arena = b->tree->doc->arena;

    if (b->style_n == LIMIT_STYLES) {
        tree_fail(b->tree, "reader.size: a book of too many styles");
        xml_stop(w);
        return;
    }
    if (b->style_n == b->style_cap) {
        b->style_cap = b->style_cap ? b->style_cap * 2 : 64;
        b->style = mem_realloc_n(b->style, b->style_cap, sizeof(*b->style));
    }
    b->style[b->style_n++] =
        (struct style){ .id = arena_slice(arena, slice_str(id ? id : "")) };
}

/* What stands in the open style. */
static void read_style(
    struct book *b, const char *name, const char *const *attributes)
{
    struct style *style = b->style_n ? &b->style[b->style_n - 1] : NULL;
    const char *format = xml_attribute(attributes, XML_NS_SS, "Format");
    const char *line = xml_attribute(attributes, XML_NS_SS, "LineStyle");

    if (!style)
        return;
    if (strcmp(name, "NumberFormat") == 0 && format)
        style->format = arena_slice(b->tree->doc->arena, format_of(format));
    if (strcmp(name, "Border") == 0 && line && strcmp(line, "None") != 0)
        style->bordered = true;
}

static const struct style *find_style(const struct book *b, const char *id)
{
    for (uint32_t i = 0; id && i < b->style_n; i++)
        if (slice_eq_str(b->style[i].id, id))
            return &b->style[i];
    return NULL;
}

/* ---- places -------------------------------------------------------------- */

static uint32_t number(const char *const *attributes, const char *name,
    uint32_t max, uint32_t otherwise)
{
    return xml_number(
        xml_attribute(attributes, XML_NS_SS, name), max, otherwise);
}

static void broken(struct xml_walk *w, const char *what)
{
    struct book *b = w->to;

    b->status =
        err_set(b->err, ERR_INPUT, "reader.broken: a sheet with %s", what);
    xml_stop(w);
}

static bool is_hidden(const char *const *attributes)
{
    return xml_is_on(xml_attribute(attributes, XML_NS_SS, "Hidden"), false);
}

static void open_column(struct book *b, const char *const *attributes)
{
    uint32_t col = number(attributes, "Index", SHEET_COLS, b->next_col + 1);
    uint32_t span = number(attributes, "Span", SHEET_COLS, 0);

    b->next_col = col + span;
    if (col && is_hidden(attributes))
        sheet_hide_cols(&b->sheet, col - 1, col + span);
}

/* Rows count from 1; one may stand for `Span` more that look like it. */
static void open_row(struct xml_walk *w, const char *const *attributes)
{
    struct book *b = w->to;
    uint32_t row = number(attributes, "Index", SHEET_ROWS, b->last_row + 1);
    uint32_t span = number(attributes, "Span", SHEET_ROWS, 0);

    if (row <= b->last_row || row + span > SHEET_ROWS) {
        broken(w, "rows out of order");
        return;
    }
    b->row = row;
    b->last_row = row + span;
    b->next_col = 0;
    for (uint32_t i = row; is_hidden(attributes) && i <= b->last_row; i++)
        sheet_hide_row(&b->sheet, i - 1);
}

/* The column, from 1, of a cell that does not say it: behind the one before,
 * and behind what is merged down to here, which Excel asks to be said and
 * LibreOffice does not say. */
static uint32_t free_column(const struct book *b)
{
    uint32_t col = b->next_col;

    while (col < SHEET_COLS && b->taken[col] >= b->row)
        col++;
    return col + 1;
}

static void open_cell(struct xml_walk *w, const char *const *attributes)
{
    struct book *b = w->to;
    uint32_t col = number(attributes, "Index", SHEET_COLS, free_column(b));
    uint32_t across = number(attributes, "MergeAcross", SHEET_COLS, 0);
    uint32_t down = number(attributes, "MergeDown", SHEET_ROWS, 0);

    if (b->row == 0 || col <= b->next_col || col + across > SHEET_COLS ||
        b->row + down > SHEET_ROWS) {
        broken(w, "cells out of order");
        return;
    }
    b->col = col - 1;
    b->next_col = col + across;
    b->look = find_style(b, xml_attribute(attributes, XML_NS_SS, "StyleID"));
    if (b->look && b->look->bordered)
        sheet_rule_row(&b->sheet, b->row - 1);
    if (across || down)
        sheet_merge(&b->sheet, &(struct sheet_range){ .row = b->row - 1,
                                   .col = b->col,
                                   .row_end = b->row + down,
                                   .col_end = col + across });
    for (uint32_t i = 0; down && i <= across; i++)
        b->taken[b->col + i] = b->row + down;
    buf_reset(&b->text);
    b->type[0] = '\0';
    b->in_cell = true;
}

/* ---- values -------------------------------------------------------------- */

/* The number in the digits at `*s`, which go on behind `after`; -1 when
 * there are none. */
static int next_digits(const char **s, char after)
{
    int value = -1;

    for (; **s >= '0' && **s <= '9' && value < 10000; ++*s)
        value = (value < 0 ? 0 : value * 10) + (**s - '0');
    if (**s == after)
        ++*s;
    return value;
}

/* Days since 1900 as Excel counts them, from "2024-01-30T12:00:00.000". */
static bool serial_of(const char *text, double *serial)
{
    static const int before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273,
        304, 334 };
    int year = next_digits(&text, '-');
    int month = next_digits(&text, '-');
    int day = next_digits(&text, 'T');
    int hour = next_digits(&text, ':');
    int minute = next_digits(&text, ':');
    long days;

    if (year < 1901 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > 31 || hour > 23 || minute > 59)
        return false;
    days = (year - 1900) * 365L + (year - 1901) / 4 - (year - 1901) / 100 +
           (year - 1601) / 400 + before[month - 1] + day + 1;
    if (month > 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
        days++;
    *serial = (double)days + (hour > 0 ? hour : 0) / 24.0 +
              (minute > 0 ? minute : 0) / 1440.0;
    return true;
}

/* Is the text of the open cell, terminated, a number or a date to format? */
static bool value_of(const struct book *b, struct slice format, double *value)
{
    const char *text = b->text.p;
    char *end;

    if (strcmp(b->type, "DateTime") == 0)
        return format.len && serial_of(text, value);
    if (strcmp(b->type, "Number") != 0 ||
        strspn(text, "0123456789+-.eE") != strlen(text))
        return false;
    *value = strtod(text, &end);
    return end != text && *end == '\0';
}

/* The text of the open cell as its style shows it. */
static void show(struct book *b)
{
    struct slice format = b->look ? b->look->format : SLICE_LIT("");
    double value = 0;

    buf_reset(&b->shown);
    buf_add_char(&b->text, '\0');
    if (b->text.failed)
        return;
    if (value_of(b, format, &value))
        sheet_format(format, value, false, &b->shown);
    else if (strcmp(b->type, "Boolean") == 0)
        buf_add_str(&b->shown, b->text.p[0] == '1' ? "TRUE" : "FALSE");
    else
        buf_add_str(&b->shown, b->text.p);
}

static void close_cell(struct xml_walk *w)
{
    struct book *b = w->to;

    b->in_cell = false;
    if (b->text.len)
        show(b);
    if (b->text.failed || b->shown.failed)
        sheet_fail(&b->sheet, LIMIT_TREE_BYTES, "bytes in a cell");
    else if (b->text.len)
        sheet_cell(&b->sheet, b->row - 1, b->col, buf_slice(&b->shown));
    if (b->sheet.trouble[0])
        xml_stop(w);
}

/* ---- sheets -------------------------------------------------------------- */

static void open_sheet(struct book *b)
{
    sheet_init(&b->sheet, b->tree->doc->arena, &b->text_total);
    memset(b->taken, 0, SHEET_COLS * sizeof(*b->taken));
    b->in_sheet = true;
    b->hidden = false;
    b->row = b->last_row = b->next_col = 0;
}

static void close_sheet(struct xml_walk *w)
{
    struct book *b = w->to;

    b->in_sheet = false;
    b->status = sheet_end(&b->sheet, b->err);
    if (b->status == 0 && !b->hidden)
        sheet_tables(&b->sheet, b->tree);
    sheet_clear(&b->sheet);
    if (b->status < 0 || tree_failed(b->tree))
        xml_stop(w);
}

static void open_element(struct xml_walk *w, enum xml_ns ns, const char *name,
    const char *const *attributes)
{
    struct book *b = w->to;
    const char *type;

    if (b->in_sheet && ns == XML_NS_X && strcmp(name, "Visible") == 0)
        b->in_visible = true;
    if (ns != XML_NS_SS)
        return;
    if (strcmp(name, "Workbook") == 0) {
        b->begun = true;
    } else if (strcmp(name, "Style") == 0) {
        open_style(w, xml_attribute(attributes, XML_NS_SS, "ID"));
    } else if (strcmp(name, "Worksheet") == 0 && !b->in_sheet) {
        open_sheet(b);
    } else if (!b->in_sheet) {
        read_style(b, name, attributes);
    } else if (strcmp(name, "Column") == 0) {
        open_column(b, attributes);
    } else if (strcmp(name, "Row") == 0) {
        open_row(w, attributes);
    } else if (strcmp(name, "Cell") == 0 && !b->in_cell) {
        open_cell(w, attributes);
    } else if (strcmp(name, "Comment") == 0) {
        xml_skip(w);
    } else if (strcmp(name, "Data") == 0 && b->in_cell) {
        type = xml_attribute(attributes, XML_NS_SS, "Type");
        snprintf(b->type, sizeof(b->type), "%s", type ? type : "String");
        b->in_data = true;
    }
}

static void close_element(struct xml_walk *w, enum xml_ns ns, const char *name)
{
    struct book *b = w->to;

    if (ns == XML_NS_X)
        b->in_visible = false;
    if (ns != XML_NS_SS)
        return;
    if (strcmp(name, "Data") == 0)
        b->in_data = false;
    else if (strcmp(name, "Cell") == 0 && b->in_cell)
        close_cell(w);
    else if (strcmp(name, "Worksheet") == 0 && b->in_sheet)
        close_sheet(w);
}

static void on_text(struct xml_walk *w, struct slice text)
{
    struct book *b = w->to;

    if (b->in_data)
        buf_add_slice(&b->text, text);
    if (b->in_visible && slice_find(text, SLICE_LIT("Hidden")) >= 0)
        b->hidden = true;
}

/* ---- all ----------------------------------------------------------------- */

static int read_book(struct book *b, struct slice text, struct err *err)
{
    static const struct xml_calls calls = { open_element, close_element,
        on_text };
    struct err of_walk = { .kind = ERR_NONE };

    if (xml_walk_text(text, &calls, b, &of_walk) < 0) {
        *err = of_walk;
        return -1;
    }
    if (b->status < 0)
        return -1;
    if (b->in_sheet && b->sheet.trouble[0])
        return sheet_end(&b->sheet, err);
    if (!b->begun)
        return err_set(err, ERR_INPUT, "reader.broken: no workbook in it");
    return tree_end(b->tree, err);
}

static int sheetxml_bid(struct slice in)
{
    char buf[SNIFF_BYTES];
    struct slice head;

    if (sniff_binary(in))
        return 0;
    head = sniff_head(in, buf);
    if (!slice_starts(head, SLICE_LIT("<?xml")) &&
        !slice_starts(head, SLICE_LIT("<workbook")) &&
        !slice_starts(head, SLICE_LIT("<ss:workbook")))
        return 0;
    return slice_find(head,
               SLICE_LIT("urn:schemas-microsoft-com:office:spreadsheet")) >= 0
               ? 110
               : 0;
}

static int sheetxml_read(struct slice in, const struct cage_hints *hints,
    struct document *doc, struct err *err)
{
    struct charset_text decoded =
        charset_decode(in, hints->charset, doc->arena);
    struct tree tree;
    struct book b = { .tree = &tree, .err = err };
    int status;

    doc->charset = slice_str(decoded.name);
    doc->replaced_n = decoded.replaced_n;
    tree_init(&tree, doc);
    b.taken = mem_alloc_n(SHEET_COLS, sizeof(*b.taken));
    buf_init(&b.text, LIMIT_TREE_BYTES);
    buf_init(&b.shown, LIMIT_TREE_BYTES);
    status = read_book(&b, slice_trim(decoded.text), err);
    if (b.in_sheet)
        sheet_clear(&b.sheet);
    buf_clear(&b.text);
    buf_clear(&b.shown);
    mem_free(b.style);
    mem_free(b.taken);
    return status;
}

extern const struct reader sheetxml_reader;
const struct reader sheetxml_reader = { "sheetxml", SNIFF_XLS, sheetxml_bid,
    sheetxml_read, charset_open };
