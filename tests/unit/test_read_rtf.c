/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_read_rtf - Rich Text written by hand to what is read of it, as Word,
 * WPS and LibreOffice each write it.
 */
#include "tests/check.h"

#include "common/buf.h"
#include "common/limits.h"
#include "tests/reading.h"

#define FONTS                                                                  \
    "{\\fonttbl{\\f0\\froman\\fcharset0 Times;}{\\f1\\fnil\\fcharset134 "      \
    "{\\*\\falt SimSun}\\'cb\\'ce\\'cc\\'e5;}{\\f2\\fcharset2 Symbol;}"        \
    "{\\f3\\fcharset2 Wingdings;}{\\f4\\fcharset136 MingLiU;}}"
#define RTF(text) "{\\rtf1\\ansi\\ansicpg936\\deff0" FONTS text "}"

static void words_in_a_code_page_are_read(void **state)
{
    (void)state;
    assert_reads(RTF("\\pard\\f1 \\'b9\\'ab\\'bf\\'aa 3\\par"), "P 公开 3\n");
    /* The second byte may be a letter, a brace, or in another group. */
    assert_reads(
        RTF("\\f1 \\'81@\\'81\\{{\\b\\'b9}{\\i\\'ab}\\par"), "P 丂亄公\n");
    /* Fonts that say nothing have the document's code page. */
    assert_reads(
        RTF("\\f0 \\'b9\\'ab\\par \\f9 \\'b9\\'ab\\par"), "P 公\nP 公\n");
    /* A stray byte is one of Windows-1252. */
    assert_reads(RTF("\\f0 a\\'b7b\\par"), "P a·b\n");
    assert_reads(RTF("\\f4 \\'a4\\'a4\\par"), "P 中\n");
    assert_reads("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 A;}}"
                 "\\'a0caf\\'e9\\'80\\par}",
        "P \xc2\xa0"
        "café€\n");
}

static void bytes_without_escapes_are_read(void **state)
{
    (void)state;
    assert_reads(RTF("\\f1 \xb9\xab\\par"), "P 公\n");
}

static void unicode_takes_the_place_of_what_follows(void **state)
{
    (void)state;
    assert_reads(RTF("\\u20844?\\u24320\\'3f\\par"), "P 公开\n");
    assert_reads(
        RTF("\\uc2\\u20844\\'b9\\'ab\\u24320\\'bf\\'aa1\\par"), "P 公开1\n");
    assert_reads(RTF("\\uc0\\u20844 5{\\uc1\\u-28440 ?}\\u20844 6\\par"),
        "P 公5部公6\n");
    /* A character beyond 16 bits is two halves; a half alone is none. */
    assert_reads(RTF("\\u-10179?\\u-8704?\\u-10178?x\\par"),
        "REPLACED 1 bytes\nP 😀�x\n");
    /* The end of a group, a paragraph or a cell is never skipped. */
    assert_reads(
        RTF("{\\u20844}1\\par\\u20844\\par 2\\par"), "P 公1\nP 公\nP 2\n");
    assert_reads(RTF("\\uc900000\\u20844 gone\\par 2\\par"), "P 公\nP 2\n");
}

static void characters_with_names_are_read(void **state)
{
    (void)state;
    assert_reads(RTF("a\\tab b\\line c\\~d\\_e\\-f\\emdash\\ldblquote\\\\"
                     "\\{\\}\\bullet\\par"),
        "P a\tb\\nc\xc2\xa0"
        "d-ef—“\\{}•\n");
    assert_reads(RTF("one\\\ntwo\\sect three"), "P one\nP two\nP three\n");
}

static void signs_of_fonts_stay_private(void **state)
{
    (void)state;
    assert_reads(
        RTF("\\f2 5\\'b7\\f3 5\\par"), "P 5\xef\x82\xb7\xef\x80\xb5\n");
}

static void raised_digits_are_marks(void **state)
{
    (void)state;
    assert_reads(RTF("12{\\super 1}3\\super 4\\nosupersub\\par"
                     "\\super\\u49?2\\par"),
        "P 12¹3⁴\nP 12\n");
}

static void struck_digits_keep_their_line(void **state)
{
    (void)state;
    assert_reads(RTF("{\\strike 9}4\\striked1 1\\striked0 2\\strike\\'31"
                     "\\u50?\\plain 3\\par"),
        "P 9\u033641\u033621\u03362\u03363\n");
}

static void what_is_not_shown_is_left_out(void **state)
{
    (void)state;
    assert_reads(RTF("{\\*\\generator x;}{\\info{\\author a}}{\\header h}"
                     "{\\pict 00ff}{\\*\\unknown u}{\\footnote f}"
                     "a{\\v hidden}b{\\deleted gone}\\v c\\v0 d\\v e\\plain "
                     "f\\par"),
        "P abdf\n");
    assert_reads(RTF("{\\field{\\*\\fldinst PAGE}{\\fldrslt 7}}"
                     "{\\listtext\\f1 \\'d2\\'bb\\'a1\\'a2\\tab}x\\par"),
        "P 7一、\tx\n");
    assert_reads(RTF("a{\\deleted\\par}b\\par"), "P ab\n");
}

static void bytes_behind_bin_are_passed_over(void **state)
{
    (void)state;
    assert_reads(RTF("a{\\pict\\bin5 }}}{{}b\\par"), "P ab\n");
    assert_reads(RTF("a\\bin99999 b\\par"),
        "input: reader.broken: \\bin says more bytes than there are\n");
}

static void title_and_headings_are_known(void **state)
{
    (void)state;
    assert_reads(RTF("{\\stylesheet{Normal;}{\\s1\\b heading 1;}"
                     "{\\s2\\'b1\\'ea\\'cc\\'e2 2;}{\\s3 toc 1;}"
                     "{\\*\\cs9 heading 3;}{\\s4\\outlinelevel2 x;}}"
                     "{\\info{\\title T\\'b9\\'ab}{\\author a}}"
                     "\\pard\\s1 a\\par\\pard\\s2 b\\par\\pard\\s3 c\\par"
                     "\\pard\\s4 d\\par\\pard\\outlinelevel0 e\\par"
                     "\\pard\\outlinelevel9 f\\par"),
        "TITLE T公\nH1 a\nH2 b\nH3 d\nH1 e\nP f\n");
    assert_reads(RTF("{\\info{\\title ????2022????}}x"), "P x\n");
}

static void rows_make_tables(void **state)
{
    (void)state;
    assert_reads(RTF("a\\par\\trowd\\cellx1000\\cellx2000 "
                     "\\pard\\intbl 1\\cell 2\\par 3\\cell\\row"
                     "\\pard\\intbl 4\\cell\\cell\\row\\pard b\\par"),
        "P a\n"
        "TABLE 0: 2 rows, 2 columns, 4 cells, depth 0\n"
        "  0,0 1 | 0,1 2\\n3\n"
        "  1,0 4 | 1,1 \n"
        "P b\n");
}

static void rows_told_after_their_cells_count(void **state)
{
    (void)state;
    /* As Word: before and after, the last one holds. */
    assert_reads(RTF("\\trowd\\trleft-108\\cellx900\\cellx2000\\pard\\intbl "
                     "1\\cell 2\\cell\\pard\\intbl{\\trowd\\trleft-108"
                     "\\cellx900\\cellx2000\\row}\\trowd\\trleft-108"
                     "\\cellx2010\\pard\\intbl 3\\cell{\\trowd\\trleft-108"
                     "\\cellx2010\\row}\\pard\\par"),
        "TABLE 0: 2 rows, 2 columns, 3 cells, depth 0\n"
        "  0,0 1 | 0,1 2\n"
        "  1,0[1x2] 3\n");
}

static void columns_are_the_edges_of_all_rows(void **state)
{
    (void)state;
    assert_reads(
        RTF("\\trowd\\cellx1000\\cellx3000\\intbl a\\cell b\\cell\\row"
            "\\trowd\\cellx2000\\cellx3015\\intbl c\\cell d\\cell\\row"),
        "TABLE 0: 2 rows, 3 columns, 4 cells, depth 0\n"
        "  0,0 a | 0,1[1x2] b\n"
        "  1,0[1x2] c | 1,2 d\n");
    /* A cell narrower than what dragging leaves is a cell all the same. */
    assert_reads(RTF("\\trowd\\cellx10\\cellx12\\intbl a\\cell b\\cell\\row"),
        "TABLE 0: 1 rows, 2 columns, 2 cells, depth 0\n  0,0 a | 0,1 b\n");
    assert_reads(RTF("\\trowd\\cellx500\\cellx400\\intbl a\\cell b\\cell\\row"),
        "TABLE 0: 1 rows, 2 columns, 2 cells, depth 0\n  0,0 a | 0,1 b\n");
}

static void merged_cells_are_one(void **state)
{
    (void)state;
    assert_reads(
        RTF("\\trowd\\clvmgf\\cellx1000\\clmgf\\cellx2000\\clmrg\\cellx3000"
            "\\intbl a\\cell b\\cell\\cell\\row"
            "\\trowd\\clvmrg\\cellx1000\\cellx2000\\cellx3000"
            "\\intbl\\cell c\\cell d\\cell\\row"),
        "TABLE 0: 2 rows, 3 columns, 4 cells, depth 0\n"
        "  0,0[2x1] a | 0,1[1x2] b\n"
        "  1,1 c | 1,2 d\n");
    /* One that continues nothing stands for itself. */
    assert_reads(RTF("\\trowd\\clvmrg\\cellx1000\\clmrg\\cellx2000"
                     "\\intbl a\\cell b\\cell\\row"),
        "TABLE 0: 1 rows, 1 columns, 1 cells, depth 0\n  0,0 a\nP a\nP b\n");
}

static void tables_nest(void **state)
{
    (void)state;
    assert_reads(
        RTF("\\trowd\\cellx5000\\pard\\intbl a\\par\\pard\\intbl\\itap2 "
            "1\\nestcell{\\nonesttables\\par}2\\nestcell"
            "{\\*\\nesttableprops\\trowd\\cellx1000\\cellx2000\\nestrow}"
            "\\pard\\intbl b\\cell\\row\\pard c\\par"),
        "TABLE 0: 1 rows, 1 columns, 1 cells, depth 0\n"
        "  0,0 a\\nb\n"
        "P a\n"
        "TABLE 1: 1 rows, 2 columns, 2 cells, depth 1\n"
        "  0,0 1 | 0,1 2\n"
        "P b\nP c\n");
}

static void rows_that_say_nothing_are_read(void **state)
{
    (void)state;
    assert_reads(RTF("\\intbl a\\cell b\\cell\\row c\\cell\\row"),
        "TABLE 0: 2 rows, 2 columns, 3 cells, depth 0\n"
        "  0,0 a | 0,1 b\n  1,0 c\n");
    assert_reads(RTF("\\pard\\intbl a\\par\\pard b\\par"),
        "TABLE 0: 1 rows, 1 columns, 1 cells, depth 0\n  0,0 a\nP a\nP b\n");
    /* More cells than it says, and fewer. */
    assert_reads(RTF("\\trowd\\cellx100\\intbl a\\cell b\\cell\\row"
                     "\\trowd\\cellx100\\cellx1100\\intbl c\\cell\\row"),
        "TABLE 0: 2 rows, 2 columns, 4 cells, depth 0\n"
        "  0,0 a | 0,1 b\n  1,0 c | 1,1 \n");
    assert_reads(RTF("\\row\\nestrow\\row a\\par"), "P a\n");
}

static void text_boxes_are_read_where_they_stand(void **state)
{
    (void)state;
    assert_reads(RTF("a{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv 1}}{\\shptxt "
                     "\\pard box\\par\\pard\\intbl 1\\cell\\row}}"
                     "{\\shprslt{\\*\\do{\\dptxbxtext twice}}}}b\\par"),
        "P box\nTABLE 0: 1 rows, 1 columns, 1 cells, depth 0\n  0,0 1\nP 1\n"
        "P ab\n");
}

static void what_is_cut_off_is_broken(void **state)
{
    static const char broken[] =
        "input: reader.broken: the document is cut off\n";

    (void)state;
    assert_reads(RTF("\\trowd\\cellx9\\intbl 12\\cell{\\b 3"), broken);
    assert_reads("{\\rtf1 \\trowd\\cellx9\\intbl 12\\cell 3", broken);
    assert_reads("{\\rtf1 the last brace is forgotten", "P the last brace is "
                                                        "forgotten\n");
    assert_reads("{\\rtf1 text}} more {", "P text\n");
    assert_reads("{\\rtf1 a\\", "P a\n");
}

/* The same text many times between two others; free() the dump. */
static char *read_many(const char *open, const char *each, uint32_t n)
{
    struct buf b;
    char *text;

    buf_init(&b, 64u << 20);
    buf_add_str(&b, open);
    for (uint32_t i = 0; i < n; i++)
        buf_add_str(&b, each);
    buf_add_char(&b, '}');
    text = reading(buf_slice(&b), NULL);
    buf_clear(&b);
    return text;
}

#define assert_many(open, each, n, expected)                                   \
    do {                                                                       \
        char *is_ = read_many(open, each, n);                                  \
                                                                               \
        assert_string_equal(is_, expected);                                    \
        free(is_);                                                             \
    } while (0)

static void limits_hold(void **state)
{
    (void)state;
    assert_many("{\\rtf1 ", "{", 100000,
        "limit: reader.depth: more than 2000 groups nested\n");
    assert_reads("{\\rtf1\\intbl\\itap2000000000 a\\par}",
        "limit: reader.depth: more than 64 tables nested\n");
    assert_many("{\\rtf1\\trowd", "\\cellx9", 1000,
        "limit: reader.size: a table of more than 200 columns\n");
    assert_many("{\\rtf1\\intbl", "\\cell", 1000,
        "limit: reader.size: a table of more than 200 columns\n");
    assert_many("{\\rtf1\\trowd\\cellx9\\intbl", "\\cell\\row", 3000,
        "limit: reader.size: a table of more than 2000 rows\n");
    assert_many("{\\rtf1", "{\\shp{\\*\\shpinst{\\shptxt ", 50,
        "limit: reader.depth: more than 16 text boxes nested\n");
    assert_many("{\\rtf1", "\\par\\pard\\intbl\\cell\\row\\pard", 3000,
        "limit: reader.size: more than 2000 tables\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_in_a_code_page_are_read),
        cmocka_unit_test(bytes_without_escapes_are_read),
        cmocka_unit_test(unicode_takes_the_place_of_what_follows),
        cmocka_unit_test(characters_with_names_are_read),
        cmocka_unit_test(signs_of_fonts_stay_private),
        cmocka_unit_test(raised_digits_are_marks),
        cmocka_unit_test(struck_digits_keep_their_line),
        cmocka_unit_test(what_is_not_shown_is_left_out),
        cmocka_unit_test(bytes_behind_bin_are_passed_over),
        cmocka_unit_test(title_and_headings_are_known),
        cmocka_unit_test(rows_make_tables),
        cmocka_unit_test(rows_told_after_their_cells_count),
        cmocka_unit_test(columns_are_the_edges_of_all_rows),
        cmocka_unit_test(merged_cells_are_one),
        cmocka_unit_test(tables_nest),
        cmocka_unit_test(rows_that_say_nothing_are_read),
        cmocka_unit_test(text_boxes_are_read_where_they_stand),
        cmocka_unit_test(what_is_cut_off_is_broken),
        cmocka_unit_test(limits_hold),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
