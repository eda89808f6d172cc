/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "tests/doc.h"
#include "transformer/print.h"
#include "transformer/print_grid.h"

struct fixture {
    struct arena arena;
    struct record rec;
    struct cell cells[32];
    struct check checks[2];
    struct section section;
    struct slice reason;
    char *out;
    size_t out_len;
};

static int setup(void **state)
{
    static struct fixture f;

    memset(&f, 0, sizeof(f));
    arena_init(&f.arena, LIMIT_ARENA_BYTES);
    f.rec.arena = &f.arena;
    f.rec.title = SLICE_LIT("标题 \"甲\"");
    f.rec.organization = SLICE_LIT("云岭县");
    f.rec.year = 2022;
    f.rec.form_requests = SLICE_LIT("2021");
    f.rec.cells = f.cells;
    f.rec.checks = f.checks;
    f.rec.sections = &f.section;
    f.rec.reasons = &f.reason;
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    arena_clear(&f->arena);
    free(f->out);
    f->out = NULL;
    return 0;
}

static struct cell *add_cell(struct fixture *f, const char *row,
    const char *column, const char *value, const char *raw)
{
    struct cell *c = &f->cells[f->rec.cell_n++];

    *c = (struct cell){ .table = SLICE_LIT("requests"),
        .row = slice_str(row),
        .column = slice_str(column),
        .value = slice_str(value),
        .raw = slice_str(raw),
        .unit = SLICE_LIT("count"),
        .source = { .table = 1, .row = 3, .col = 4 } };
    return c;
}

static void run(struct fixture *f, const char *format)
{
    const struct printer *printer = printer_find(format);
    struct print p = { .forms = doc_forms() };

    free(f->out);
    p.out = open_memstream(&f->out, &f->out_len);
    assert_non_null(p.out);
    assert_non_null(printer);
    if (printer->begin)
        printer->begin(&p);
    printer->record(&p, "a,b.html", &f->rec);
    assert_int_equal(fclose(p.out), 0);
}

static void assert_has(const struct fixture *f, const char *part)
{
    if (!strstr(f->out, part))
        fail_msg("no \"%s\" in:\n%s", part, f->out);
}

static void json_line_has_the_documented_keys(void **state)
{
    struct fixture *f = *state;
    json_error_t why;
    json_t *root, *cell;

    add_cell(f, "new", "total", "12", "１２");
    add_cell(f, "granted", "total", NULL, "\x01\"\\\n");
    f->rec.check_n = 1;
    f->checks[0] =
        (struct check){ .rule = SLICE_LIT("requests.balance.total") };
    f->rec.section_n = 1;
    f->section = (struct section){ 1, SLICE_LIT("一"), SLICE_LIT("甲\n乙") };
    run(f, "jsonl");
    assert_int_equal(f->out[f->out_len - 1], '\n');
    root = json_loads(f->out, JSON_REJECT_DUPLICATES, &why);
    assert_non_null(root);
    assert_string_equal(
        json_string_value(json_object_get(root, "source")), "a,b.html");
    assert_int_equal(json_integer_value(json_object_get(root, "year")), 2022);
    assert_string_equal(
        json_string_value(json_object_get(root, "title")), "标题 \"甲\"");
    assert_true(json_is_null(
        json_object_get(json_object_get(root, "forms"), "review")));
    cell = json_array_get(json_object_get(root, "cells"), 1);
    assert_true(json_is_null(json_object_get(cell, "value")));
    assert_string_equal(
        json_string_value(json_object_get(cell, "raw")), "\x01\"\\\n");
    assert_int_equal(json_integer_value(json_object_get(
                         json_object_get(cell, "source"), "column")),
        4);
    json_decref(root);
}

static void json_survives_bytes_that_are_no_text(void **state)
{
    struct fixture *f = *state;
    json_t *root;

    f->rec.title = SLICE_LIT("\xff\xfe\x80");
    f->rec.year = 0;
    run(f, "jsonl");
    root = json_loads(f->out, 0, NULL);
    assert_non_null(root);
    assert_true(json_is_null(json_object_get(root, "year")));
    json_decref(root);
}

/* Fields of the line that begins at `p`, quotes respected. */
static unsigned count_fields(const char *p)
{
    unsigned n = 1;
    bool quoted = false;

    for (; *p && (quoted || *p != '\r'); p++) {
        quoted = quoted != (*p == '"');
        n += *p == ',' && !quoted;
    }
    return n;
}

static void csv_rows_have_as_many_fields_as_the_header(void **state)
{
    struct fixture *f = *state;
    unsigned n;

    add_cell(f, "new", "total", "12", "1,\"2");
    run(f, "csv");
    n = count_fields(f->out);
    assert_int_equal(count_fields(strstr(f->out, "\r\n") + 2), n);
    f->rec.cell_n = 0;
    run(f, "csv");
    assert_int_equal(count_fields(strstr(f->out, "\r\n") + 2), n);
}

static void csv_guards_formulas_but_not_numbers(void **state)
{
    struct fixture *f = *state;

    add_cell(f, "new", "total", "-3", "=cmd()");
    run(f, "csv");
    assert_has(f, ",-3,'=cmd(),");
    assert_has(f, "\"a,b.html\"");
}

static void table_shows_labels_and_marks_doubts(void **state)
{
    struct fixture *f = *state;

    add_cell(f, "new", "natural_person", "71", "71");
    add_cell(f, "new", "business", NULL, "")->state = CELL_BLANK;
    f->cells[1].proposed = SLICE_LIT("0");
    add_cell(f, "new", "research", NULL, "")->state = CELL_BLANK;
    add_cell(f, "new", "total", "74", "74");
    add_cell(f, "granted", "total", NULL, NULL)->state = CELL_MISSING;
    add_cell(f, "total", "total", NULL, "甲乙")->state = CELL_UNREADABLE;
    f->rec.check_n = 1;
    f->checks[0] = (struct check){ .rule = SLICE_LIT("requests.row.new"),
        .form = SLICE_LIT("2021"),
        .status = CHECK_FAIL,
        .left = SLICE_LIT("71"),
        .right = SLICE_LIT("74"),
        .difference = SLICE_LIT("-3"),
        .left_cells = SLICE_LIT("requests.new.natural_person + "
                                "requests.new.business"),
        .right_cells = SLICE_LIT("requests.new.total"),
        .message = SLICE_LIT("the columns do not add up") };
    run(f, "table");
    assert_has(f, "一、本年新收政府信息公开申请数量");
    assert_has(f, "三、本年度办理结果\n");
    assert_has(f, "(0)");
    assert_has(f, "74!");
    assert_has(f, "甲乙?");
    assert_has(f, "--");
    assert_has(f, "error   requests.row.new: the columns do not add up");
    assert_has(f, "一、本年新收政府信息公开申请数量/总计 = 74");
    assert_null(strstr(f->out, "\033"));
}

static void table_of_no_report_says_why(void **state)
{
    struct fixture *f = *state;

    f->rec.status = REPORT_UNRECOGNIZED;
    f->rec.reason_n = 1;
    f->reason = SLICE_LIT("report.none: a letter");
    f->rec.form_requests = (struct slice){ NULL, 0 };
    run(f, "table");
    assert_has(f, "unrecognized\n");
    assert_has(f, "report.none: a letter\n");
}

/* A document has no say over the terminal that it is shown on. */
static void table_holds_no_control_characters(void **state)
{
    struct fixture *f = *state;

    f->rec.title = SLICE_LIT("\033]0;owned\a年报");
    f->rec.organization = SLICE_LIT("甲\n  status     valid");
    f->rec.reason_n = 1;
    f->reason = SLICE_LIT("table.missing: \xc2\x9b"
                          "2J");
    add_cell(f, "new", "total", NULL, "\033[8m1")->state = CELL_UNREADABLE;
    run(f, "table");
    assert_null(strchr(f->out, '\033'));
    assert_null(strchr(f->out, '\a'));
    assert_null(strstr(f->out, "\xc2\x9b"));
    assert_null(strstr(f->out, "\n  status     valid\n  year"));
    assert_has(f, "?]0;owned?年报");
}

static void ideographs_take_two_columns(void **state)
{
    (void)state;
    assert_int_equal(print_width(slice_str("总计12")), 6);
    assert_int_equal(print_fit(slice_str("总计12"), 3).len, 3);
    assert_int_equal(print_width(slice_str("\xff")), 1);
}

static void columns_line_up(void **state)
{
    struct fixture *f = *state;
    struct print p = { .forms = NULL };
    struct grid_cell *row;
    struct grid g;

    grid_init(&g, &f->arena, 2, 2);
    row = grid_row(&g);
    row[0].text = SLICE_LIT("总计");
    row[1].text = SLICE_LIT("7");
    row = grid_row(&g);
    row[0].text = SLICE_LIT("a");
    row[1].text = SLICE_LIT("1234");
    p.out = open_memstream(&f->out, &f->out_len);
    grid_print(&g, &p);
    fclose(p.out);
    assert_string_equal(f->out, "  总计     7\n  a     1234\n");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(json_line_has_the_documented_keys),
        CASE(json_survives_bytes_that_are_no_text),
        CASE(csv_rows_have_as_many_fields_as_the_header),
        CASE(csv_guards_formulas_but_not_numbers),
        CASE(table_shows_labels_and_marks_doubts),
        CASE(table_of_no_report_says_why),
        CASE(table_holds_no_control_characters),
        CASE(ideographs_take_two_columns),
        CASE(columns_line_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
