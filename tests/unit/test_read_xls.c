/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_read_xls - workbooks made record by record to what is read of them.
 */
#include "tests/check.h"

#include <math.h>

#include "common/limits.h"
#include "tests/biff.h"
#include "tests/reading.h"

/* The dump of a book; clears it.  free() it. */
static char *read_book(struct biff *b)
{
    struct buf file;
    char *text;

    buf_init(&file, 64u << 20);
    biff_file(b, &file);
    text = reading(buf_slice(&file), NULL);
    buf_clear(&file);
    biff_clear(b);
    return text;
}

#define assert_book(b, expected)                                               \
    do {                                                                       \
        char *is_ = read_book(b);                                              \
                                                                               \
        assert_string_equal(is_, expected);                                    \
        free(is_);                                                             \
    } while (0)

#define ROW1(n, cells)                                                         \
    "TABLE 0: 1 rows, " n " columns, " n " cells, depth 0\n  " cells "\n"

/* An XF of this number format, with a border or none. */
static void add_style(struct biff *b, uint32_t format, uint32_t border)
{
    biff_add(&b->globals, 0x00e0, "wwwwwwdd", 0u, format, 1u, 0u, 0u, border,
        0u, 0u);
}

static void add_label(struct biff *b, uint32_t row, uint32_t col, const char *s)
{
    biff_add(&b->sheet[0], 0x0204, "wwwwbs", row, col, 0u, (unsigned)strlen(s),
        0u, s);
}

static void add_number(
    struct biff *b, uint32_t row, uint32_t col, uint32_t style, double value)
{
    biff_add(&b->sheet[0], 0x0203, "wwwf", row, col, style, value);
}

static void add_shared(struct biff *b, uint32_t row, uint32_t col, uint32_t i)
{
    biff_add(&b->sheet[0], 0x00fd, "wwwd", row, col, 0u, i);
}

static void cells_of_all_kinds_are_read(void **state)
{
    struct biff b;

    (void)state;
    biff_init(&b, 1);
    add_label(&b, 0, 0, "label");
    add_number(&b, 0, 1, 0, 0.30000000000000004);
    biff_add(&b.sheet[0], 0x027e, "wwwd", 0u, 2u, 0u, 7u << 2 | 2u);
    /* 123 hundredths; -5; the top of 1.5 */
    biff_add(&b.sheet[0], 0x00bd, "wwwdwdwdw", 0u, 3u, 0u, 123u << 2 | 3u, 0u,
        (unsigned)-5 << 2 | 2u, 0u, 0x3ff80000u, 5u);
    biff_add(&b.sheet[0], 0x0205, "wwwbb", 0u, 6u, 0u, 1u, 0u);
    biff_add(&b.sheet[0], 0x0205, "wwwbb", 0u, 7u, 0u, 0x2au, 1u);
    biff_add(&b.sheet[0], 0x00d6, "wwwwbsww", 0u, 8u, 0u, 2u, 0u, "ri", 1u, 0u);
    assert_book(&b,
        ROW1("9", "0,0 label | 0,1 0.3 | 0,2 7 | 0,3 1.23 | 0,4 -5 | 0,5 1.5 | "
                  "0,6 TRUE | 0,7 #N/A | 0,8 ri"));
}

static void results_of_formulas_are_read(void **state)
{
    struct biff b;
    struct buf *s = &b.sheet[0];

    (void)state;
    biff_init(&b, 1);
    biff_add(s, 0x0006, "wwwfwdw", 0u, 0u, 0u, 42.0, 0u, 0u, 0u);
    biff_add(s, 0x0006, "wwwbbbwbwwdw", 0u, 1u, 0u, 0u, 0u, 0u, 0u, 0u, 0xffffu,
        0u, 0u, 0u);
    biff_add(s, 0x04bc, "w", 0u); /* a shared formula between the two */
    biff_add(s, 0x0207, "wbs", 3u, 0u, "abc");
    biff_add(s, 0x0006, "wwwbbbwbwwdw", 0u, 2u, 0u, 1u, 0u, 0u, 0u, 0u, 0xffffu,
        0u, 0u, 0u);
    biff_add(s, 0x0006, "wwwbbbwbwwdw", 0u, 3u, 0u, 2u, 0u, 7u, 0u, 0u, 0xffffu,
        0u, 0u, 0u);
    biff_add(s, 0x0006, "wwwbbbwbwwdw", 0u, 4u, 0u, 3u, 0u, 0u, 0u, 0u, 0xffffu,
        0u, 0u, 0u);
    /* Saved without being calculated. */
    biff_add(s, 0x0006, "wwwfwdw", 0u, 5u, 0u, 0.0, 3u, 0u, 0u);
    biff_add(s, 0x0207, "wbs", 3u, 0u, "not mine");
    /* By the numbers that Excel 3 and 4 had for them. */
    biff_add(s, 0x0206, "wwwfwdw", 0u, 6u, 0u, 7.0, 0u, 0u, 0u);
    biff_add(s, 0x0406, "wwwfwdw", 0u, 7u, 0u, 8.0, 0u, 0u, 0u);
    assert_book(&b, ROW1("7", "0,0 42 | 0,1 abc | 0,2 FALSE | 0,3 #DIV/0! | "
                              "0,4 =? | 0,5 7 | 0,6 8"));
}

static void numbers_show_as_formatted(void **state)
{
    struct biff b;

    (void)state;
    biff_init(&b, 1);
    biff_add(&b.globals, 0x041e, "wwbs", 164u, 4u, 0u, "0.00");
    biff_add(&b.globals, 0x041e, "wwbt", 165u, 7u, 1u, "General");
    add_style(&b, 0, 0);
    add_style(&b, 164, 0);
    add_style(&b, 3, 0);
    add_style(&b, 31, 0);
    add_style(&b, 165, 0);
    add_number(&b, 0, 0, 1, 2.675);
    add_number(&b, 0, 1, 2, 1234567);
    add_number(&b, 0, 2, 3, 45321);
    add_number(&b, 0, 3, 4, 5);
    add_number(&b, 0, 4, 99, 6);
    assert_book(&b, ROW1("5", "0,0 2.68 | 0,1 1,234,567 | 0,2 2024年1月30日 | "
                              "0,3 5 | 0,4 6"));
    biff_init(&b, 1);
    add_style(&b, 2, 0);
    add_number(&b, 0, 0, 0, (double)INFINITY);
    add_number(&b, 0, 1, 0, (double)NAN);
    add_number(&b, 0, 2, 0, 1e300);
    assert_book(&b, ROW1("3", "0,0 #NUM! | 0,1 #NUM! | 0,2 1e+300"));
    biff_init(&b, 1);
    biff_add(&b.globals, 0x041e, "wwbs", 164u, 5u, 0u, "0.00");
    add_style(&b, 164, 0);
    add_number(&b, 0, 0, 0, 1.5);
    assert_book(&b, "P 1.50\n");
    biff_init(&b, 1);
    biff_add(&b.globals, 0x0022, "w", 1u);
    add_style(&b, 14, 0);
    add_number(&b, 0, 0, 0, 0);
    add_number(&b, 0, 1, 0, 1);
    assert_book(&b, ROW1("2", "0,0 1904/1/1 | 0,1 1904/1/2"));
}

static void zeros_that_are_not_shown_are_blank(void **state)
{
    struct biff b;

    (void)state;
    biff_init(&b, 1);
    add_number(&b, 0, 0, 0, 1);
    add_number(&b, 0, 1, 0, 0);
    add_number(&b, 0, 2, 0, 2);
    biff_add(&b.sheet[0], 0x023e, "wwwd", 0x06a6u, 0u, 0u, 0u);
    assert_book(&b, ROW1("2", "0,0 1 | 0,1 2"));
}

/* The texts of a book: compressed, wide, rich, with a reading. */
static void shared_texts_are_read(void **state)
{
    struct biff b;

    (void)state;
    biff_init(&b, 1);
    biff_add(&b.globals, 0x00fc,
        "dd"
        "wbs"
        "wbww"
        "wbwsdd"
        "wbdst"
        "wb",
        5u, 5u, 2u, 0u, "ab", 2u, 1u, 0x516cu, 0x5f00u, 2u, 8u, 2u, "cd", 0u,
        0u, 2u, 4u, 4u, "ef", "xy", 0u, 0u);
    for (uint32_t i = 0; i < 5; i++)
        add_shared(&b, 0, i, i);
    assert_book(&b, ROW1("4", "0,0 ab | 0,1 公开 | 0,2 cd | 0,3 ef"));
}

/* Four fonts, and as there is no number 4, the fifth is number 5. */
static void raised_digits_are_marks(void **state)
{
    struct biff b;

    (void)state;
    biff_init(&b, 1);
    for (uint32_t i = 0; i < 5; i++)
        biff_add(&b.globals, 0x0031, "wwwwww", 200u, 0u, 8u, 400u, i == 4, 0u);
    biff_add(&b.globals, 0x00fc,
        "dd"
        "wbwsww"
        "wbwwwwwwwww",
        2u, 2u, 3u, 8u, 1u, "121", 2u, 5u, 4u, 9u, 2u, 0xd83du, 0xde00u, 0x31u,
        0x32u, 3u, 5u, 4u, 1u);
    add_shared(&b, 0, 0, 0);
    add_shared(&b, 0, 1, 1);
    assert_book(&b, ROW1("2", "0,0 12¹ | 0,1 😀1²"));
}

/* The second font has a line through it: of a cell, and of a run. */
static void struck_digits_keep_their_line(void **state)
{
    struct biff b;

    (void)state;
    biff_init(&b, 1);
    for (uint32_t i = 0; i < 2; i++)
        biff_add(&b.globals, 0x0031, "wwwwwww", 200u, i ? 8u : 0u, 8u, 400u, 0u,
            0u, 0u);
    for (uint32_t font = 0; font < 2; font++)
        biff_add(
            &b.globals, 0x00e0, "wwwwwwdd", font, 0u, 1u, 0u, 0u, 0u, 0u, 0u);
    biff_add(&b.globals, 0x00fc, "ddwbwsww", 1u, 1u, 2u, 8u, 1u, "94", 1u, 0u);
    add_number(&b, 0, 0, 0, 12);
    add_number(&b, 0, 1, 1, 12);
    biff_add(&b.sheet[0], 0x00fd, "wwwd", 0u, 2u, 1u, 0u);
    biff_add(&b.sheet[0], 0x0204, "wwwwbs", 0u, 3u, 1u, 1u, 0u, "7");
    add_number(&b, 0, 4, 0, 3);
    assert_book(
        &b, ROW1("5", "0,0 12 | 0,1 1\u03362\u0336 | 0,2 9\u03364\u0336 | "
                      "0,3 7\u0336 | 0,4 3"));
}

/* Records are cut anywhere; characters change their width at a cut. */
static void texts_go_on_in_the_next_record(void **state)
{
    struct biff b;

    (void)state;
    biff_init(&b, 1);
    biff_add(&b.globals, 0x00fc, "ddwbs", 4u, 4u, 4u, 0u, "ab");
    biff_add(
        &b.globals, 0x003c, "bwwwbws", 1u, 0x516cu, 0x5f00u, 2u, 8u, 1u, "c");
    biff_add(&b.globals, 0x003c, "bsw", 0u, "d", 0u);
    biff_add(&b.globals, 0x003c, "w", 0u);
    biff_add(&b.globals, 0x003c, "wbw", 1u, 1u, 0x516cu);
    biff_add(&b.globals, 0x003c, "wb", 2u, 1u);
    biff_add(&b.globals, 0x003c, "bww", 1u, 0xd83du, 0xde00u);
    for (uint32_t i = 0; i < 4; i++)
        add_shared(&b, 0, i, i);
    assert_book(&b, ROW1("4", "0,0 ab公开 | 0,1 cd | 0,2 公 | 0,3 😀"));
}

static void merged_and_hidden_cells_are_as_on_paper(void **state)
{
    struct biff b;

    (void)state;
    biff_init(&b, 1);
    biff_add(&b.sheet[0], 0x007d, "wwwwww", 2u, 2u, 0u, 0u, 1u, 0u);
    biff_add(
        &b.sheet[0], 0x0208, "wwwwwwdd", 1u, 0u, 4u, 0u, 0u, 0u, 0x20u, 0u);
    add_label(&b, 0, 0, "a");
    add_label(&b, 0, 1, "b");
    add_label(&b, 0, 2, "hidden");
    add_label(&b, 0, 3, "c");
    add_label(&b, 1, 0, "hidden");
    add_label(&b, 2, 1, "d");
    add_label(&b, 2, 3, "e");
    biff_add(&b.sheet[0], 0x00e5, "wwwww", 1u, 0u, 2u, 0u, 0u);
    assert_book(&b, "TABLE 0: 2 rows, 3 columns, 5 cells, depth 0\n"
                    "  0,0[2x1] a | 0,1 b | 0,2 c\n"
                    "  1,1 d | 1,2 e\n");
}

static void hidden_sheets_and_charts_are_left_out(void **state)
{
    struct biff b;

    (void)state;
    biff_init(&b, 3);
    b.flags[1] = 1;
    b.flags[2] = 0x200;
    add_label(&b, 0, 0, "a");
    biff_add(&b.sheet[0], 0x0809, "wwd", 0x0600u, 0x20u, 0u);
    add_label(&b, 5, 5, "in a chart");
    biff_add(&b.sheet[0], 0x000a, "");
    add_label(&b, 0, 1, "b");
    biff_add(&b.sheet[1], 0x0204, "wwwwbs", 0u, 0u, 0u, 1u, 0u, "x");
    biff_add(&b.sheet[2], 0x0204, "wwwwbs", 0u, 0u, 0u, 1u, 0u, "y");
    assert_book(&b, ROW1("2", "0,0 a | 0,1 b"));
}

static void ruled_rows_are_tables(void **state)
{
    struct biff b;

    (void)state;
    biff_init(&b, 1);
    add_style(&b, 0, 0);
    add_style(&b, 0, 1);
    add_label(&b, 0, 0, "title");
    biff_add(&b.sheet[0], 0x0204, "wwwwbs", 1u, 0u, 1u, 1u, 0u, "a");
    biff_add(&b.sheet[0], 0x00be, "wwwwww", 2u, 0u, 1u, 1u, 1u, 0u);
    biff_add(&b.sheet[0], 0x0201, "www", 3u, 0u, 1u);
    biff_add(&b.sheet[0], 0x0204, "wwwwbs", 4u, 1u, 1u, 1u, 0u, "b");
    add_label(&b, 5, 0, "note");
    assert_book(&b, "P title\n"
                    "TABLE 0: 4 rows, 2 columns, 8 cells, depth 0\n"
                    "  0,0 a | 0,1 \n  1,0  | 1,1 \n  2,0  | 2,1 \n"
                    "  3,0  | 3,1 b\nP note\n");
}

static void books_of_excel_5_are_read(void **state)
{
    struct biff b;

    (void)state;
    biff_init(&b, 1);
    b.version = 0x0500;
    biff_add(&b.globals, 0x0042, "w", 936u);
    biff_add(&b.globals, 0x041e, "wbs", 164u, 4u, "0.00");
    biff_add(&b.globals, 0x00e0, "wwwwdd", 0u, 164u, 0u, 0u, 0u, 0u);
    biff_add(&b.sheet[0], 0x0204, "wwwws", 0u, 0u, 0u, 4u, "\xb9\xab\xbf\xaa");
    add_number(&b, 0, 1, 0, 3);
    biff_add(&b.sheet[0], 0x00d6, "wwwwsw", 0u, 2u, 0u, 2u, "ri", 0u);
    assert_book(&b, ROW1("3", "0,0 公开 | 0,1 3.00 | 0,2 ri"));
}

/* A summary of a code page and a title of `type`, cut after `len` bytes. */
static void assert_title(uint32_t codepage, uint32_t type, const char *title,
    size_t title_len, size_t len, const char *expected)
{
    struct buf s;
    struct biff b;

    biff_init(&b, 1);
    add_label(&b, 0, 0, "x");
    buf_init(&s, 4096);
    biff_put(&s, 0xfffe, 8);
    biff_put(&s, 0, 8);
    biff_put(&s, 0, 8);
    biff_put(&s, 1, 4);
    biff_put(&s, 0, 8);
    biff_put(&s, 0, 8);
    biff_put(&s, 48, 4);
    biff_put(&s, 0, 4);
    biff_put(&s, 2, 4);
    biff_put(&s, 1, 4);
    biff_put(&s, 24, 4);
    biff_put(&s, 2, 4);
    biff_put(&s, 32, 4);
    biff_put(&s, 2, 4);
    biff_put(&s, codepage, 4);
    biff_put(&s, type, 4);
    biff_put(&s, type == 31 ? title_len / 2 : title_len, 4);
    buf_add(&s, title, title_len);
    b.summary = (struct slice){ s.p, s.len < len ? s.len : len };
    assert_book(&b, expected);
    buf_clear(&s);
}

static void title_is_that_of_the_summary(void **state)
{
    (void)state;
    assert_title(936, 30, "\xb9\xab\0", 3, 999, "TITLE 公\nP x\n");
    assert_title(1200, 31, "\x6c\x51\0\0", 4, 999, "TITLE 公\nP x\n");
    assert_title(1200, 30, "\x6c\x51\0\0", 4, 999, "TITLE 公\nP x\n");
    /* Not all there, or of another kind: no title. */
    assert_title(936, 30, "abc", 3, 90, "P x\n");
    assert_title(936, 3, "abc", 3, 999, "P x\n");
    assert_title(936, 30, "abc", 3, 40, "P x\n");
}

static void a_password_is_the_reason(void **state)
{
    struct biff b;

    (void)state;
    biff_init(&b, 1);
    biff_add(&b.globals, 0x002f, "www", 1u, 1u, 1u);
    assert_book(
        &b, "input: reader.encrypted: the workbook asks for a password\n");
}

static void what_is_wrong_is_broken(void **state)
{
    struct biff b;

    (void)state;
    biff_init(&b, 1);
    add_shared(&b, 0, 0, 0);
    assert_book(&b, "input: reader.broken: a sheet with a text that the book "
                    "does not have\n");
    biff_init(&b, 1);
    biff_add(&b.globals, 0x00fc, "ddwbs", 9u, 0xffffffffu, 2u, 0u, "ab");
    assert_book(&b, "input: reader.broken: the book is cut off\n");
    biff_init(&b, 1);
    biff_add(&b.globals, 0x00fc, "ddwbs", 1u, 1u, 60000u, 0u, "ab");
    assert_book(&b, "input: reader.broken: the book is cut off\n");
    biff_init(&b, 1);
    biff_add(&b.globals, 0x00fc, "ddwbds", 1u, 1u, 2u, 4u, 0xfffffff0u, "ab");
    assert_book(&b, "input: reader.broken: the book is cut off\n");
    biff_init(&b, 1);
    biff_add(&b.sheet[0], 0x0203, "wwwd", 0u, 0u, 0u, 1u);
    assert_book(
        &b, "input: reader.broken: a sheet with a cell that is cut off\n");
    biff_init(&b, 1);
    biff_add(&b.sheet[0], 0x0204, "wwwwbs", 0u, 0u, 0u, 99u, 0u, "a");
    assert_book(
        &b, "input: reader.broken: a sheet with a text without its end\n");
    biff_init(&b, 1);
    biff_add(&b.sheet[0], 0x0809, "wwd", 0x0600u, 0x20u, 0u);
    assert_book(&b, "input: reader.broken: a sheet is cut off\n");
    biff_init(&b, 1);
    biff_put(&b.sheet[0], 0xffff0203u, 4);
    assert_book(&b, "input: reader.broken: a sheet is cut off\n");
    biff_init(&b, 1);
    b.version = 0x0400;
    assert_book(&b, "input: reader.none: no reader for workbooks of Excel 4 "
                    "or older\n");
}

/* 300 names for one sheet, or for none at all. */
static void sheets_are_few_and_apart(void **state)
{
    struct biff b;

    (void)state;
    biff_init(&b, 300);
    assert_book(&b, "limit: reader.size: a book of too many sheets\n");
    /* The sheet at offset 68 again and again. */
    biff_init(&b, 1);
    for (int i = 0; i < 3; i++)
        biff_add(&b.globals, 0x0085, "dwbbs", 68u, 0u, 1u, 0u, "s");
    add_label(&b, 0, 0, "a");
    biff_add(&b.sheet[0], 0x00be, "ww", 0u, 0u);
    assert_book(&b, "input: reader.broken: sheets lie over each other\n");
    biff_init(&b, 1);
    biff_add(&b.globals, 0x0085, "dwbbs", 0xfffffff0u, 0u, 1u, 0u, "s");
    assert_book(&b, "input: reader.broken: the workbook does not say where a "
                    "sheet is\n");
}

static void limits_hold(void **state)
{
    struct biff b;

    (void)state;
    biff_init(&b, 1);
    for (uint32_t i = 0; i < 2100; i++)
        add_label(&b, i, 0, "a");
    assert_book(&b, "limit: reader.size: a table of more than 2000 rows\n");
    biff_init(&b, 1);
    add_label(&b, 0, 0xffff, "a");
    assert_book(&b, "input: reader.broken: a sheet with a cell beyond the last "
                    "column\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_of_all_kinds_are_read),
        cmocka_unit_test(results_of_formulas_are_read),
        cmocka_unit_test(numbers_show_as_formatted),
        cmocka_unit_test(zeros_that_are_not_shown_are_blank),
        cmocka_unit_test(shared_texts_are_read),
        cmocka_unit_test(raised_digits_are_marks),
        cmocka_unit_test(struck_digits_keep_their_line),
        cmocka_unit_test(texts_go_on_in_the_next_record),
        cmocka_unit_test(merged_and_hidden_cells_are_as_on_paper),
        cmocka_unit_test(hidden_sheets_and_charts_are_left_out),
        cmocka_unit_test(ruled_rows_are_tables),
        cmocka_unit_test(books_of_excel_5_are_read),
        cmocka_unit_test(title_is_that_of_the_summary),
        cmocka_unit_test(a_password_is_the_reason),
        cmocka_unit_test(what_is_wrong_is_broken),
        cmocka_unit_test(sheets_are_few_and_apart),
        cmocka_unit_test(limits_hold),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
