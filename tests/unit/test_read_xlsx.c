/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_read_xlsx - SpreadsheetML written by hand to what is read of it.
 */
#include "tests/check.h"

#include "common/limits.h"
#include "tests/package.h"
#include "tests/reading.h"

#define S "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define R "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define SHEET(text) "<worksheet xmlns='" S "'>" text "</worksheet>"
#define DATA(rows) SHEET("<sheetData>" rows "</sheetData>")
#define ROW(cells) "<row>" cells "</row>"
#define N(value) "<c><v>" value "</v></c>"
#define T(text) "<c t='inlineStr'><is><t>" text "</t></is></c>"
#define STYLED(style, value) "<c s='" style "'><v>" value "</v></c>"

/* Styles: 0 General, 1 0.00, 2 #,##0, 3 a date, 4 ruled, 5 accounting,
 * 6 percent, 7 with a text, 8 struck out. */
static const char styles[] =
    "<styleSheet xmlns='" S "'><numFmts count='2'>"
    "<numFmt numFmtId='164' formatCode='yyyy&quot;年&quot;m&quot;月&quot;d"
    "&quot;日&quot;;@'/>"
    "<numFmt numFmtId='165' formatCode='[Red]0\"件\";-0\"件\";\"无\"'/>"
    "</numFmts><fonts><font/><font><strike/></font></"
    "fonts><borders><border><left/></border><border>"
    "<left style='thin'/></border></borders>"
    "<cellStyleXfs><xf numFmtId='10'/></cellStyleXfs><cellXfs>"
    "<xf numFmtId='0' borderId='0'/><xf numFmtId='2'/><xf numFmtId='3'/>"
    "<xf numFmtId='164'/><xf numFmtId='0' borderId='1'/><xf numFmtId='43'/>"
    "<xf numFmtId='9'/><xf numFmtId='165'/><xf "
    "fontId='1'/></cellXfs></styleSheet>";

static const char strings[] =
    "<sst xmlns='" S "'><si><t>甲</t></si><si><r><rPr/><t>乙</t></r><r>"
    "<t xml:space='preserve'> 丙</t></r><rPh><t>bing</t></rPh></si>"
    "<si><t>a_x000D_b_x005F_c</t></si>"
    "<si><r><t>12</t></r><r><rPr><vertAlign val='superscript'/></rPr>"
    "<t>1</t></r><r><t>件</t></r></si>"
    "<si><r><rPr><strike/></rPr><t>1</t></r><r><t>2</t></r></si></sst>";

static const char workbook[] =
    "<workbook xmlns='" S "' xmlns:r='" R "'><sheets>"
    "<sheet name='a' sheetId='1' r:id='r1'/>"
    "<sheet name='b' sheetId='2' state='hidden' r:id='r2'/>"
    "<sheet name='module' sheetId='3' r:id=''/></sheets>"
    "</workbook>";

/* The dump of a book whose first sheet this is; free() it. */
static char *read_sheet(const char *sheet)
{
    const struct package_part parts[] = {
        PACKAGE_PART("_rels/.rels",
            PACKAGE_LINKS(PACKAGE_LINK("r1", "officeDocument", "xl/b.xml"))),
        { "xl/b.xml", { workbook, sizeof(workbook) - 1 }, 0 },
        PACKAGE_PART("xl/_rels/b.xml.rels",
            PACKAGE_LINKS(PACKAGE_LINK("r1", "worksheet", "/xl/1.xml")
                    PACKAGE_LINK("r2", "worksheet", "2.xml")
                        PACKAGE_LINK("r3", "styles", "s.xml")
                            PACKAGE_LINK("r4", "sharedStrings", "t.xml"))),
        { "xl/1.xml", slice_str(sheet), 0 },
        PACKAGE_PART("xl/2.xml", DATA(ROW(T("hidden") N("9")))),
        { "xl/s.xml", { styles, sizeof(styles) - 1 }, 0 },
        { "xl/t.xml", { strings, sizeof(strings) - 1 }, 0 },
    };
    struct buf zip;
    char *text;

    buf_init(&zip, 64u << 20);
    package_zip(&zip, parts, sizeof(parts) / sizeof(parts[0]));
    text = reading(buf_slice(&zip), NULL);
    buf_clear(&zip);
    return text;
}

#define assert_sheet(sheet, expected)                                          \
    do {                                                                       \
        char *is_ = read_sheet(sheet);                                         \
                                                                               \
        assert_string_equal(is_, expected);                                    \
        free(is_);                                                             \
    } while (0)

/* One row as a table of one row. */
#define assert_row(cells, n, expected)                                         \
    assert_sheet(DATA(ROW(cells)), "TABLE 0: 1 rows, " n " columns, " n        \
                                   " cells, depth 0\n  " expected "\n")

static void texts_come_from_the_book_and_the_cell(void **state)
{
    (void)state;
    assert_row("<c t='s'><v>0</v></c><c t='s'><v>1</v></c>"
               "<c t='s'><v>2</v></c>" T("丁"),
        "4", "0,0 甲 | 0,1 乙 丙 | 0,2 ab_c | 0,3 丁");
}

static void raised_digits_are_marks(void **state)
{
    (void)state;
    assert_row("<c t='s'><v>3</v></c><c t='inlineStr'><is><r><t>4</t></r><r>"
               "<rPr><vertAlign val='superscript'/></rPr><t>2</t></r></is></c>",
        "2", "0,0 12¹件 | 0,1 4²");
}

static void struck_digits_keep_their_line(void **state)
{
    (void)state;
    assert_row("<c t='inlineStr'><is><r><rPr><strike/></rPr><t>9</t></r><r>"
               "<rPr><strike val='0'/></rPr><t>4</t></r></is></c>"
               "<c t='s'><v>4</v></c>" STYLED("8", "12"),
        "3", "0,0 9\u03364 | 0,1 1\u03362 | 0,2 1\u03362\u0336");
}

static void numbers_show_as_formatted(void **state)
{
    (void)state;
    assert_row(STYLED("0", "0.30000000000000004") STYLED("1", "2.675")
                   STYLED("2", "1234567.5") STYLED("0", "1E-5")
                       STYLED("0", "123456789012"),
        "5",
        "0,0 0.3 | 0,1 2.68 | 0,2 1,234,568 | 0,3 0.00001 | "
        "0,4 123456789012");
    assert_row(STYLED("5", "0") STYLED("5", "-1234.5") STYLED("6", "0.125")
                   STYLED("7", "3") STYLED("7", "0") STYLED("7", "-2"),
        "6", "0,0 - | 0,1 -1,234.50 | 0,2 13% | 0,3 3件 | 0,4 无 | 0,5 -2件");
    assert_row(STYLED("1", "9.999") STYLED("1", "-0.001") STYLED("1", "0.5"),
        "3", "0,0 10.00 | 0,1 0.00 | 0,2 0.50");
}

static void dates_show_as_formatted(void **state)
{
    (void)state;
    assert_row(STYLED("3", "45321") STYLED("3", "60") STYLED("3", "1"), "3",
        "0,0 2024年1月30日 | 0,1 1900年2月29日 | 0,2 1900年1月1日");
}

static void results_of_formulas_are_read(void **state)
{
    (void)state;
    assert_row("<c><f>A1+1</f><v>7</v></c><c t='str'><f>A</f><v>x</v></c>"
               "<c t='b'><v>1</v></c><c t='e'><v>#DIV/0!</v></c>"
               "<c><f>SUM(A1:B1)</f></c>",
        "5", "0,0 7 | 0,1 x | 0,2 TRUE | 0,3 #DIV/0! | 0,4 =SUM(A1:B1)");
}

static void merged_ranges_become_spans(void **state)
{
    (void)state;
    assert_sheet(SHEET("<sheetData><row r='1'><c r='A1'><v>1</v></c>"
                       "<c r='C1'><v>2</v></c></row><row r='2'>"
                       "<c r='A2'><v>9</v></c><c r='C2'><v>3</v></c></row>"
                       "<row r='3'><c r='A3'><v>4</v></c><c r='B3'><v>5</v>"
                       "</c></row></sheetData><mergeCells>"
                       "<mergeCell ref='A1:B2'/></mergeCells>"),
        "TABLE 0: 3 rows, 3 columns, 6 cells, depth 0\n"
        "  0,0[2x2] 1 | 0,2 2\n  1,2 3\n  2,0 4 | 2,1 5 | 2,2 \n");
}

static void columns_that_are_the_same_become_one(void **state)
{
    (void)state;
    assert_sheet(SHEET("<sheetData><row r='1'><c r='A1'><v>1</v></c>"
                       "<c r='D1'><v>2</v></c></row><row r='2'>"
                       "<c r='A2'><v>3</v></c><c r='D2'><v>4</v></c></row>"
                       "</sheetData><mergeCells><mergeCell ref='A1:C1'/>"
                       "<mergeCell ref='A2:C2'/><mergeCell ref='D1:I1'/>"
                       "<mergeCell ref='D2:I2'/></mergeCells>"),
        "TABLE 0: 2 rows, 2 columns, 4 cells, depth 0\n"
        "  0,0 1 | 0,1 2\n  1,0 3 | 1,1 4\n");
}

static void blank_rows_part_tables_and_titles_are_paragraphs(void **state)
{
    (void)state;
    assert_sheet(
        SHEET("<sheetData><row r='1'><c r='A1' t='s'><v>0</v></c></row>"
              "<row r='2'><c r='A2'><v>1</v></c><c r='B2'><v>2</v></c></row>"
              "<row r='4'><c r='A4'><v>3</v></c><c r='B4'><v>4</v></c></row>"
              "</sheetData>"),
        "P 甲\nTABLE 0: 1 rows, 2 columns, 2 cells, depth 0\n"
        "  0,0 1 | 0,1 2\n"
        "TABLE 1: 1 rows, 2 columns, 2 cells, depth 0\n  0,0 3 | 0,1 4\n");
}

static void ruled_rows_stay_in_their_table(void **state)
{
    (void)state;
    assert_sheet(
        SHEET("<sheetData><row r='1'><c r='A1' t='s'><v>0</v></c></row>"
              "<row r='2'><c r='A2' s='4'><v>1</v></c><c r='B2' s='4'/></row>"
              "<row r='3'><c r='A3' s='4'/><c r='B3' s='4'/></row>"
              "<row r='4'><c r='A4' s='4'><v>3</v></c>"
              "<c r='B4' s='4'><v>4</v></c></row>"
              "<row r='5'><c r='A5'><v>7</v></c></row></sheetData>"),
        "P 甲\nTABLE 0: 3 rows, 2 columns, 6 cells, depth 0\n"
        "  0,0 1 | 0,1 \n  1,0  | 1,1 \n  2,0 3 | 2,1 4\nP 7\n");
}

static void what_is_hidden_is_left_out(void **state)
{
    (void)state;
    assert_sheet(
        SHEET("<cols><col min='2' max='2' hidden='1'/></cols>"
              "<sheetData>" ROW(N("1") N("2") N("3")) "<row hidden='1'>" N("4")
                  N("5")
                      N("6") "</row>" ROW(N("7") N("8") N("9")) "</sheetData>"),
        "TABLE 0: 2 rows, 2 columns, 4 cells, depth 0\n"
        "  0,0 1 | 0,1 3\n  1,0 7 | 1,1 9\n");
}

static void far_cells_cost_nothing(void **state)
{
    (void)state;
    assert_sheet(SHEET("<sheetData><row r='1'><c r='A1'><v>1</v></c>"
                       "<c r='XFD1'><v>2</v></c></row><row r='1048576'>"
                       "<c r='XFD1048576'><v>3</v></c></row></sheetData>"),
        "TABLE 0: 1 rows, 2 columns, 2 cells, depth 0\n  0,0 1 | 0,1 2\n"
        "P 3\n");
}

static void merges_that_overlap_are_ignored(void **state)
{
    (void)state;
    assert_sheet(SHEET("<sheetData>" ROW(N("1") N("2")) ROW(N("3") N(
                     "4")) "</sheetData><mergeCells><mergeCell ref='A1:B1'/>"
                           "<mergeCell ref='A1:A2'/><mergeCell ref='B2:A1'/>"
                           "<mergeCell ref='ZZZZ1:B2'/></mergeCells>"),
        "P 1\nTABLE 0: 2 rows, 2 columns, 3 cells, depth 0\n"
        "  0,0[1x2] 1\n  1,0 3 | 1,1 4\n");
}

/* As some programs name the parts. */
static void names_of_parts_have_any_case_and_slash(void **state)
{
    static const char book[] =
        "<workbook xmlns='" S "' xmlns:r='" R
        "'><sheets><sheet name='a' sheetId='1' r:id='r1'/></sheets></workbook>";
    const struct package_part parts[] = {
        PACKAGE_PART("[content_types].xml", ""),
        PACKAGE_PART("_rels\\.rels",
            PACKAGE_LINKS(PACKAGE_LINK("r1", "officeDocument", "xl/B.xml"))),
        { "XL\\b.xml", { book, sizeof(book) - 1 }, 0 },
        PACKAGE_PART("XL\\_rels\\b.xml.rels",
            PACKAGE_LINKS(PACKAGE_LINK("r1", "worksheet", "1.xml"))),
        PACKAGE_PART("XL\\1.xml", DATA(ROW(N("1") N("2")))),
    };
    struct buf zip;
    char *is;

    (void)state;
    buf_init(&zip, 1u << 20);
    package_zip(&zip, parts, sizeof(parts) / sizeof(parts[0]));
    is = reading(buf_slice(&zip), NULL);
    assert_string_equal(
        is, "TABLE 0: 1 rows, 2 columns, 2 cells, depth 0\n  0,0 1 | 0,1 2\n");
    free(is);
    buf_clear(&zip);
}

static void sheets_that_contradict_themselves_are_refused(void **state)
{
    (void)state;
    assert_sheet(DATA(ROW("<c t='s'><v>7</v></c>")),
        "input: reader.broken: a sheet with a text that the book does not "
        "have\n");
    assert_sheet(DATA("<row r='2'/><row r='1'/>"),
        "input: reader.broken: a sheet with rows out of order\n");
    assert_sheet(DATA("<row r='1'><c r='B1'/><c r='A1'/></row>"),
        "input: reader.broken: a sheet with cells out of order\n");
    assert_sheet(DATA("<row r='1'><c r='A2'/></row>"),
        "input: reader.broken: a sheet with a cell in another row than it "
        "says\n");
}

static void tables_beyond_the_limits_are_refused(void **state)
{
    struct buf text;
    char *is;

    (void)state;
    buf_init(&text, 1 << 20);
    buf_add_str(&text, "<worksheet xmlns='" S "'><sheetData>");
    for (int i = 0; i < 2001; i++)
        buf_add_str(&text, ROW(N("1") N("2")));
    buf_add_str(&text, "</sheetData></worksheet>");
    buf_add_char(&text, '\0');
    is = read_sheet(text.p);
    assert_string_equal(
        is, "limit: reader.size: a table of more than 2000 rows\n");
    free(is);
    buf_clear(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_come_from_the_book_and_the_cell),
        cmocka_unit_test(raised_digits_are_marks),
        cmocka_unit_test(struck_digits_keep_their_line),
        cmocka_unit_test(numbers_show_as_formatted),
        cmocka_unit_test(dates_show_as_formatted),
        cmocka_unit_test(results_of_formulas_are_read),
        cmocka_unit_test(merged_ranges_become_spans),
        cmocka_unit_test(columns_that_are_the_same_become_one),
        cmocka_unit_test(blank_rows_part_tables_and_titles_are_paragraphs),
        cmocka_unit_test(ruled_rows_stay_in_their_table),
        cmocka_unit_test(what_is_hidden_is_left_out),
        cmocka_unit_test(far_cells_cost_nothing),
        cmocka_unit_test(merges_that_overlap_are_ignored),
        cmocka_unit_test(names_of_parts_have_any_case_and_slash),
        cmocka_unit_test(sheets_that_contradict_themselves_are_refused),
        cmocka_unit_test(tables_beyond_the_limits_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
