/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_read_sheetxml - workbooks in one XML file, written by hand.
 */
#include "tests/check.h"

#include "tests/reading.h"

#define S "urn:schemas-microsoft-com:office:spreadsheet"
#define BOOK(text)                                                             \
    "<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?>"            \
    "<Workbook xmlns='" S "' xmlns:ss='" S "' "                                \
    "xmlns:x='urn:schemas-microsoft-com:office:excel' "                        \
    "xmlns:html='http://www.w3.org/TR/REC-html40'>" text "</Workbook>"
#define STYLES                                                                 \
    "<Styles><Style ss:ID='a'><NumberFormat ss:Format='Standard'/></Style>"    \
    "<Style ss:ID='b'><NumberFormat ss:Format='yyyy\\-m\\-d;@'/></Style>"      \
    "<Style ss:ID='c'><Borders><Border ss:LineStyle='Continuous'/></Borders>"  \
    "</Style></Styles>"
#define SHEET(text) "<Worksheet><Table>" text "</Table></Worksheet>"
#define ROW(cells) "<Row>" cells "</Row>"
#define T(text) "<Cell><Data ss:Type='String'>" text "</Data></Cell>"
#define N(style, value)                                                        \
    "<Cell ss:StyleID='" style "'><Data ss:Type='Number'>" value               \
    "</Data></Cell>"

static void cells_of_all_kinds_are_read(void **state)
{
    (void)state;
    assert_reads(
        BOOK(STYLES SHEET(ROW(T("a<html:B>b</html:B>") N("a", "1234.5") N(
            "x", "7") N("b",
            "45321") "<Cell ss:StyleID='b'><Data ss:Type='DateTime'>"
                     "2024-01-30T00:00:00.000</Data></Cell>"
                     "<Cell ss:Formula='=1'><Data ss:Type='Boolean'>1</Data>"
                     "<Comment><ss:Data>no</ss:Data></Comment></Cell>"
                     "<Cell><Data ss:Type='Error'>#N/A</Data></Cell>"))),
        "TABLE 0: 1 rows, 7 columns, 7 cells, depth 0\n"
        "  0,0 ab | 0,1 1,234.50 | 0,2 7 | 0,3 2024-1-30 | 0,4 2024-1-30 | "
        "0,5 TRUE | 0,6 #N/A\n");
}

static void places_are_as_told(void **state)
{
    (void)state;
    assert_reads(BOOK(SHEET("<Column ss:Index='3' ss:Hidden='1'/>" ROW(
                     "<Cell ss:MergeDown='1'><Data>a</Data></Cell>" T("b")
                         T("hidden") "<Cell "
                                     "ss:MergeAcross='1'><Data>c</Data></"
                                     "Cell>") "<Row ss:Index='2'><Cell "
                                              "ss:Index='2'><Data>d</Data></"
                                              "Cell>"
                                              "<Cell "
                                              "ss:Index='5'><Data>e</Data></"
                                              "Cell></Row>"
                                              "<Row "
                                              "ss:Hidden='1'><Cell><Data>"
                                              "hidden</Data></Cell></Row>")),
        "TABLE 0: 2 rows, 4 columns, 6 cells, depth 0\n"
        "  0,0[2x1] a | 0,1 b | 0,2[1x2] c\n"
        "  1,1 d | 1,2  | 1,3 e\n");
    /* As LibreOffice: nothing is said behind a cell merged from above. */
    assert_reads(
        BOOK(SHEET(ROW("<Cell ss:MergeDown='1'><Data>a</Data></Cell>" T("b"))
                ROW(T("c")))),
        "TABLE 0: 2 rows, 2 columns, 3 cells, depth 0\n"
        "  0,0[2x1] a | 0,1 b\n  1,1 c\n");
}

static void hidden_sheets_are_left_out(void **state)
{
    (void)state;
    assert_reads(
        BOOK("<Worksheet><Table>" ROW(T("a")
                T("b")) "</Table>"
                        "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible>"
                        "</x:WorksheetOptions></Worksheet>" SHEET(
                            ROW(T("c") T("d")))),
        "TABLE 0: 1 rows, 2 columns, 2 cells, depth 0\n  0,0 c | 0,1 d\n");
}

static void ruled_rows_are_tables(void **state)
{
    (void)state;
    assert_reads(BOOK(STYLES SHEET(ROW(T("title")) ROW(N("c", "1"))
                         ROW("<Cell ss:StyleID='c'/>") ROW(N("c", "2")))),
        "P title\nTABLE 0: 3 rows, 1 columns, 3 cells, depth 0\n"
        "  0,0 1\n  1,0 \n  2,0 2\n");
}

static void bytes_of_gbk_are_read(void **state)
{
    (void)state;
    assert_reads("<?xml version='1.0' encoding='gb2312'?><Workbook xmlns='" S
                 "'><Worksheet><Table><Row><Cell><Data>\xb9\xab\xbf\xaa"
                 "</Data></Cell></Row></Table></Worksheet></Workbook>",
        "P 公开\n");
}

static void what_is_wrong_is_broken(void **state)
{
    (void)state;
    assert_reads(BOOK(SHEET("<Row ss:Index='2'/><Row ss:Index='2'/>")),
        "input: reader.broken: a sheet with rows out of order\n");
    assert_reads(BOOK(SHEET(ROW("<Cell/><Cell ss:Index='1'/>"))),
        "input: reader.broken: a sheet with cells out of order\n");
    assert_reads(
        BOOK(SHEET(ROW("<Cell ss:Index='16384' ss:MergeAcross='1'/>"))),
        "input: reader.broken: a sheet with cells out of order\n");
    assert_reads("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><Workbook "
                 "xmlns='" S "'/>",
        "input: reader.entities: a part declares entities\n");
    assert_reads("<?xml version='1.0'?><a xmlns='" S "'/>",
        "input: reader.broken: no workbook in it\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_of_all_kinds_are_read),
        cmocka_unit_test(places_are_as_told),
        cmocka_unit_test(hidden_sheets_are_left_out),
        cmocka_unit_test(ruled_rows_are_tables),
        cmocka_unit_test(bytes_of_gbk_are_read),
        cmocka_unit_test(what_is_wrong_is_broken),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
