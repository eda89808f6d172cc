/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_read_docx - WordprocessingML written by hand to what is read of it.
 */
#include "tests/check.h"

#include "common/limits.h"
#include "common/mem.h"
#include "tests/package.h"
#include "tests/reading.h"

#define MATH "http://schemas.openxmlformats.org/officeDocument/2006/math"
#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define MC "http://schemas.openxmlformats.org/markup-compatibility/2006"
#define BODY(text)                                                             \
    "<w:document xmlns:w='" W "' xmlns:mc='" MC "' xmlns:m='" MATH             \
    "'><w:body>" text "</w:body></w:document>"
#define P(text) "<w:p>" R(text) "</w:p>"
#define R(text) "<w:r>" T(text) "</w:r>"
#define T(text) "<w:t>" text "</w:t>"
#define TC(look, text) "<w:tc><w:tcPr>" look "</w:tcPr>" P(text) "</w:tc>"
#define TR(cells) "<w:tr>" cells "</w:tr>"
#define TBL(rows) "<w:tbl>" rows "</w:tbl>"

static const char styles[] =
    "<w:styles xmlns:w='" W "'>"
    "<w:style w:type='paragraph' w:styleId='1'><w:name w:val='heading 1'/>"
    "<w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='2'><w:name w:val='Mine'/>"
    "<w:basedOn w:val='1'/><w:pPr><w:numPr><w:numId w:val='7'/></w:numPr>"
    "</w:pPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='3'><w:name w:val='loop'/>"
    "<w:basedOn w:val='3'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='4'><w:name w:val='toc 1'/>"
    "</w:style><w:style w:type='paragraph' w:styleId='5'><w:rPr><w:vanish/>"
    "</w:rPr></w:style><w:style w:type='character' w:styleId='6'>"
    "<w:basedOn w:val='7'/></w:style><w:style w:type='character' "
    "w:styleId='7'><w:rPr><w:vanish/></w:rPr></w:style>"
    "<w:style w:type='character' w:styleId='8'><w:rPr><w:vertAlign "
    "w:val='superscript'/></w:rPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='9'><w:rPr><w:strike/></w:rPr>"
    "</w:style><w:style w:type='character' w:styleId='10'><w:rPr><w:strike/>"
    "</w:rPr></w:style></w:styles>";

static const char numbering[] =
    "<w:numbering xmlns:w='" W "'>"
    "<w:abstractNum w:abstractNumId='3'>"
    "<w:lvl w:ilvl='0'><w:start w:val='1'/>"
    "<w:numFmt w:val='chineseCountingThousand'/><w:suff w:val='nothing'/>"
    "<w:lvlText w:val='%1、'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/>"
    "<w:isLgl/><w:lvlText w:val='%1.%2'/></w:lvl></w:abstractNum>"
    "<w:num w:numId='7'><w:abstractNumId w:val='3'/></w:num>"
    "<w:num w:numId='8'><w:abstractNumId w:val='3'/>"
    "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='11'/></w:lvlOverride>"
    "</w:num></w:numbering>";

/* The dump of a package with this main part; free() it. */
static char *read_main(const char *main_part)
{
    const struct package_part parts[] = {
        PACKAGE_PART("_rels/.rels",
            PACKAGE_LINKS(PACKAGE_LINK("r1", "officeDocument", "/d/m.xml"))),
        { "d/m.xml", slice_str(main_part), 0 },
        PACKAGE_PART("d/_rels/m.xml.rels",
            PACKAGE_LINKS(PACKAGE_LINK("r1", "styles", "../s.xml")
                    PACKAGE_LINK("r2", "numbering", "./n.xml"))),
        { "s.xml", { styles, sizeof(styles) - 1 }, 0 },
        { "d/n.xml", { numbering, sizeof(numbering) - 1 }, 0 },
        PACKAGE_PART("[Content_Types].xml", ""),
    };
    struct buf zip;
    char *text;

    buf_init(&zip, 64u << 20);
    package_zip(&zip, parts, sizeof(parts) / sizeof(parts[0]));
    text = reading(buf_slice(&zip), NULL);
    buf_clear(&zip);
    return text;
}

#define assert_main(main_part, expected)                                       \
    do {                                                                       \
        char *is_ = read_main(main_part);                                      \
                                                                               \
        assert_string_equal(is_, expected);                                    \
        free(is_);                                                             \
    } while (0)
#define assert_body(text, expected) assert_main(BODY(text), expected)

static void parts_are_found_by_relationships(void **state)
{
    (void)state;
    assert_body(P("甲"), "P 甲\n");
}

static void the_strict_form_reads_like_the_transitional(void **state)
{
    (void)state;
    assert_main("<w:document xmlns:w='http://purl.oclc.org/ooxml/"
                "wordprocessingml/main'><w:body>" P("甲") "</w:body>"
                                                          "</w:document>",
        "P 甲\n");
}

static void tracked_deletions_are_left_out(void **state)
{
    (void)state;
    assert_body(
        "<w:p>" R(
            "1") "<w:del><w:r><w:delText>9</w:delText></w:r>"
                 "</w:del><w:ins>" R("2") "</w:ins><w:moveFrom>" R(
                     "8") "</w:moveFrom><w:moveTo>" R("3") "</w:moveTo></w:p>",
        "P 123\n");
    assert_body(
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" R("甲") "</w:p>" P("乙"),
        "P 甲乙\n");
    assert_body(TBL(TR(TC("", "1")) "<w:tr><w:trPr><w:del/></w:trPr>" TC(
                    "", "2") "</w:tr>" TR(TC("", "3"))),
        "TABLE 0: 2 rows, 1 columns, 2 cells, depth 0\n  0,0 1\n  1,0 3\n");
}

static void old_looks_of_tracked_changes_do_not_count(void **state)
{
    (void)state;
    assert_body(TBL(TR(TC("<w:gridSpan w:val='2'/><w:tcPrChange><w:tcPr>"
                          "<w:gridSpan w:val='5'/></w:tcPr></w:tcPrChange>",
                    "1") TC("", "2"))),
        "TABLE 0: 1 rows, 3 columns, 2 cells, depth 0\n"
        "  0,0[1x2] 1 | 0,2 2\n");
}

static void spans_and_skipped_columns_place_cells(void **state)
{
    (void)state;
    assert_body(TBL("<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>" TC(
                    "<w:gridSpan w:val='2'/>", "1") TC("", "2") "</w:tr>"),
        "TABLE 0: 1 rows, 4 columns, 2 cells, depth 0\n"
        "  0,1[1x2] 1 | 0,3 2\n");
}

static void vertical_merges_take_the_cells_below(void **state)
{
    (void)state;
    assert_body(TBL(TR(TC("<w:vMerge w:val='restart'/>", "甲") TC("", "1")) TR(
                    TC("<w:vMerge/>", "") TC("", "2"))
                        TR(TC("<w:vMerge w:val='continue'/>", "") TC("", "3"))),
        "TABLE 0: 3 rows, 2 columns, 4 cells, depth 0\n"
        "  0,0[3x1] 甲 | 0,1 1\n  1,1 2\n  2,1 3\n");
}

static void merges_that_fit_no_cell_stand_alone(void **state)
{
    (void)state;
    assert_body(TBL(TR(TC("<w:vMerge/>", "1") TC("", "2"))
                        TR(TC("<w:gridSpan w:val='2'/><w:vMerge/>", "3"))
                            TR(TC("", "4") TC("<w:vMerge/>", "5"))),
        "TABLE 0: 3 rows, 2 columns, 5 cells, depth 0\n"
        "  0,0 1 | 0,1 2\n  1,0[1x2] 3\n  2,0 4 | 2,1 5\n");
}

static void two_merges_in_a_row_do_not_run_together(void **state)
{
    (void)state;
    assert_body(
        TBL(TR(TC("<w:vMerge w:val='restart'/>", "1")) TR(TC("<w:vMerge/>", ""))
                TR(TC("<w:vMerge w:val='restart'/>", "2"))
                    TR(TC("<w:vMerge/>", ""))),
        "TABLE 0: 4 rows, 1 columns, 2 cells, depth 0\n"
        "  0,0[2x1] 1\n  2,0[2x1] 2\n");
}

static void old_horizontal_merges_count(void **state)
{
    (void)state;
    assert_body(TBL(TR(TC("<w:hMerge w:val='restart'/>", "1")
                        TC("<w:hMerge/>", "") TC("", "2"))),
        "TABLE 0: 1 rows, 3 columns, 2 cells, depth 0\n"
        "  0,0[1x2] 1 | 0,2 2\n");
}

static void nested_tables_are_tables_of_their_own(void **state)
{
    (void)state;
    assert_body(
        TBL(TR("<w:tc>" P("前") TBL(TR(TC("", "内"))) P("后") "</w:tc>")),
        "TABLE 0: 1 rows, 1 columns, 1 cells, depth 0\n  0,0 前\\n后\n"
        "P 前\n"
        "TABLE 1: 1 rows, 1 columns, 1 cells, depth 1\n  0,0 内\n"
        "P 后\n");
}

static void content_controls_and_links_are_looked_through(void **state)
{
    (void)state;
    assert_body(
        "<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>"
        "<w:p><w:hyperlink>" R("甲") "</w:hyperlink><w:smartTag>" R(
            "乙") "</w:smartTag></w:p></w:sdtContent></w:sdt>" TBL("<w:sdt><w:"
                                                                   "sdtContent"
                                                                   ">" TR(TC("",
                                                                       "1")) "<"
                                                                             "/"
                                                                             "w"
                                                                             ":"
                                                                             "s"
                                                                             "d"
                                                                             "t"
                                                                             "C"
                                                                             "o"
                                                                             "n"
                                                                             "t"
                                                                             "e"
                                                                             "n"
                                                                             "t"
                                                                             ">"
                                                                             "<"
                                                                             "/"
                                                                             "w"
                                                                             ":"
                                                                             "s"
                                                                             "d"
                                                                             "t"
                                                                             ">"),
        "P 甲乙\n"
        "TABLE 0: 1 rows, 1 columns, 1 cells, depth 0\n  0,0 1\n");
}

static void fields_show_their_results(void **state)
{
    (void)state;
    assert_body(
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r>"
        "<w:instrText>DATE</w:instrText></w:r>" R(
            "x") "<w:r><w:fldChar "
                 "w:fldCharType='"
                 "separate'/></w:r>" R("2"
                                       "0"
                                       "2"
                                       "4") "<w:r><w:fldChar "
                                            "w:fldCharType='end'/></"
                                            "w:r>" R("年") "<w:"
                                                           "fldSimple "
                                                           "w:instr='A'"
                                                           ">" R("5") "</"
                                                                      "w:"
                                                                      "fl"
                                                                      "dS"
                                                                      "im"
                                                                      "pl"
                                                                      "e>"
                                                                      "</"
                                                                      "w:"
                                                                      "p"
                                                                      ">",
        "P 2024年5\n");
    assert_body(
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r></w:p>" P("甲"),
        "P 甲\n");
}

static void one_of_two_alternatives_is_read(void **state)
{
    (void)state;
    assert_body(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        "<w:txbxContent>" P(
            "框") "</w:txbxContent></mc:Choice>"
                  "<mc:Fallback><w:txbxContent>" P(
                      "旧") "</w:txbxContent>"
                            "</mc:Fallback></mc:AlternateContent></w:r>" R(
                                "外") "</w:p>",
        "P 框\nP 外\n");
    assert_body(
        "<w:p><mc:AlternateContent><mc:Choice Requires='new'>" R(
            "新") "</mc:Choice><mc:Fallback>" R("旧") "</mc:Fallback></"
                                                      "mc:AlternateContent></"
                                                      "w:p>",
        "P 旧\n");
}

static void special_characters_become_text(void **state)
{
    (void)state;
    assert_body("<w:p><w:r><w:t xml:space='preserve'> 甲 </w:t><w:tab/>"
                "<w:t> 乙 </w:t><w:br/><w:noBreakHyphen/><w:t>3</w:t><w:cr/>"
                "<w:sym w:font='Symbol' w:char='F035'/>"
                "<w:sym w:font='Wingdings' w:char='F035'/></w:r></w:p>",
        "P 甲 \t乙\\n-3\\n5\xef\x80\xb5\n");
}

/* A run with these looks. */
#define LOOK(look, text) "<w:r><w:rPr>" look "</w:rPr>" T(text) "</w:r>"

static void styles_hide_and_raise(void **state)
{
    (void)state;
    assert_body("<w:p>" R("1") LOOK("<w:rStyle w:val='6'/>", "9")
                    LOOK("<w:rStyle w:val='6'/><w:vanish w:val='0'/>", "2")
                        LOOK("<w:rStyle w:val='8'/>",
                            "3") "</w:p>"
                                 "<w:p><w:pPr><w:pStyle "
                                 "w:val='5'/></w:pPr>" R("9")
                                     LOOK("<w:rStyle w:val='7'/>", "4") LOOK(
                                         "<w:vanish w:val='0'/>", "5") "</w:p>",
        "P 12³\nP 45\n");
    assert_body(TBL(TR(TC("", "1")) "<w:tr><w:trPr><w:hidden/></w:trPr>" TC(
                    "", "9") "</w:tr>" TR(TC("", "2"))),
        "TABLE 0: 2 rows, 1 columns, 2 cells, depth 0\n  0,0 1\n  1,0 2\n");
}

static void raised_digits_are_marks(void **state)
{
    (void)state;
    assert_body("<w:p>" R("12") "<w:r><w:rPr><w:vertAlign w:val='superscript'/>"
                                "</w:rPr><w:t>1</w:t></w:r>" R("件") "</w:p>",
        "P 12¹件\n");
}

static void struck_digits_keep_their_line(void **state)
{
    (void)state;
    assert_body(
        "<w:p>" LOOK("<w:strike/>", "9") LOOK("<w:dstrike/>", "1")
            LOOK("<w:strike w:val='0'/><w:dstrike w:val='0'/>", "4") "</w:p>",
        "P 9\u03361\u03364\n");
    /* The style of a run takes back what the paragraph's style says. */
    assert_body("<w:p><w:pPr><w:pStyle w:val='9'/></w:pPr>" R("9")
                    LOOK("<w:rStyle w:val='10'/>", "4") "</w:p>",
        "P 9\u03364\n");
}

#define M(name, inside) "<m:" name ">" inside "</m:" name ">"
#define MR(text) M("r", M("t", text))

static void formulas_stand_on_one_line(void **state)
{
    (void)state;
    assert_body(
        "<w:p>" M("oMath", M("sSup", M("e", MR("12")) M("sup", MR("3"))))
            R("件") "</w:p>",
        "P 12³件\n");
    assert_body("<w:p>" M("oMath",
                    M("f", M("num", MR("1")) M("den", MR("2")))) "</w:p>",
        "P 1/2\n");
}

static void hidden_text_notes_and_headers_are_left_out(void **state)
{
    (void)state;
    assert_body(
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r>"
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>1</w:t></w:r>"
        "<w:r><w:footnoteReference w:id='2'/></w:r>" R("2") "<w:ruby><w:rt>" R(
            "8") "</w:rt><w:rubyBase>" R("3") "</w:rubyBase></w:ruby></"
                                              "w:p><w:sectPr><w:"
                                              "headerReference/>"
                                              "</w:sectPr>",
        "P 123\n");
}

static void headings_follow_from_styles(void **state)
{
    (void)state;
    assert_body(
        "<w:p><w:pPr><w:pStyle w:val='1'/></w:pPr>" R(
            "甲") "</w:p>"
                  "<w:p><w:pPr><w:pStyle w:val='1'/><w:outlineLvl w:val='9'/>"
                  "</w:pPr>" R(
                      "乙") "</w:p>"
                            "<w:p><w:pPr><w:pStyle w:val='3'/></w:pPr>" R(
                                "丙") "</w:p>"
                                      "<w:p><w:pPr><w:pStyle "
                                      "w:val='4'/></w:pPr>" R("丁") "</w:p>",
        "H1 甲\nP 乙\nP 丙\n");
}

static void automatic_numbers_are_printed(void **state)
{
    (void)state;
    assert_body(
        "<w:p><w:pPr><w:pStyle w:val='2'/></w:pPr>" R(
            "总体情况") "</w:p>"
                        "<w:p><w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId "
                        "w:val='7'/>"
                        "</w:numPr></w:pPr>" R(
                            "甲") "</w:p>"
                                  "<w:p><w:pPr><w:numPr><w:ilvl "
                                  "w:val='1'/><w:numId w:val='7'/>"
                                  "</w:numPr></w:pPr>" R(
                                      "乙") "</w:p>"
                                            "<w:p><w:pPr><w:pStyle "
                                            "w:val='2'/></w:pPr>" R(
                                                "主动公开") "</w:p>"
                                                            "<w:p><w:pPr><w:"
                                                            "numPr><w:ilvl "
                                                            "w:val='1'/"
                                                            "><w:numId "
                                                            "w:val='7'/>"
                                                            "</w:numPr></"
                                                            "w:pPr>" R(
                                                                "丙") "</w:p>"
                                                                      "<w:p><w:"
                                                                      "pPr><w:"
                                                                      "pStyle "
                                                                      "w:val='"
                                                                      "2'/"
                                                                      "><w:"
                                                                      "numPr><"
                                                                      "w:numId "
                                                                      "w:val='"
                                                                      "0'/>"
                                                                      "</"
                                                                      "w:numPr>"
                                                                      "</"
                                                                      "w:"
                                                                      "pPr>" R(
                                                                          "无"
                                                                          "号") "</w:p>"
                                                                                "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='8'/>"
                                                                                "</w:numPr></w:pPr>" R(
                                                                                    "续") "</w:p>",
        "H1 一、总体情况\nP 1.1 甲\nP 1.2 乙\nH1 二、主动公开\nP 2.1 丙\n"
        "H1 无号\nP 十一、续\n");
}

/* ---- what is refused --------------------------------------------------------
 */

static void entities_are_refused(void **state)
{
    (void)state;
    assert_main(
        "<!DOCTYPE d [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]>" BODY(P("&b;")),
        "input: reader.entities: a part declares entities\n");
}

static void deep_nesting_is_refused(void **state)
{
    struct buf text;

    (void)state;
    buf_init(&text, 1 << 20);
    buf_add_str(&text, "<w:document xmlns:w='" W "'><w:body>");
    for (int i = 0; i < 3000; i++)
        buf_add_str(&text, "<w:tbl><w:tr><w:tc>");
    buf_add_char(&text, '\0');
    assert_main(text.p, "limit: reader.depth: elements nested too deep\n");
    buf_clear(&text);
}

static void a_huge_attribute_is_refused(void **state)
{
    struct buf text;
    char *is;

    (void)state;
    buf_init(&text, 8 << 20);
    buf_add_str(&text, "<w:document xmlns:w='" W "' a='");
    for (int i = 0; i < 3 << 20; i++)
        buf_add_char(&text, 'x');
    buf_add_char(&text, '\0');
    is = read_main(text.p);
    assert_memory_equal(is, "limit: reader.size:", 19);
    free(is);
    buf_clear(&text);
}

static void tables_beyond_the_limits_are_refused(void **state)
{
    (void)state;
    assert_body(TBL(TR(TC("<w:gridSpan w:val='4000000000'/>", "1"))
                        TR(TC("<w:gridSpan w:val='201'/>", "1"))),
        "limit: reader.size: a table of more than 200 columns\n");
    assert_body(TBL("<w:tr><w:trPr><w:gridBefore w:val='999999999999'/>"
                    "</w:trPr>" TC("", "1") "</w:tr>"),
        "limit: reader.size: a table of more than 200 columns\n");
}

static void broken_parts_are_refused(void **state)
{
    (void)state;
    assert_main("<w:document xmlns:w='" W "'><w:body>",
        "input: reader.broken: XML, line 1: no element found\n");
    assert_main("<html/>", "input: reader.broken: d/m.xml is no text "
                           "document\n");
}

static void wrong_relationships_are_refused(void **state)
{
    static const struct package_part nowhere[] = {
        PACKAGE_PART("_rels/.rels", PACKAGE_LINKS(PACKAGE_LINK("r1",
                                        "officeDocument", "../../x/y.xml"))),
        PACKAGE_PART("word/document.xml", BODY(P("甲"))),
    };
    static const struct package_part none[] = {
        PACKAGE_PART("word/document.xml", BODY(P("甲"))),
    };
    struct buf zip;

    (void)state;
    buf_init(&zip, 1 << 20);
    package_zip(&zip, nowhere, 2);
    assert_reading(buf_slice(&zip), NULL,
        "input: reader.broken: the zip file has no part \"x/y.xml\"\n");
    buf_reset(&zip);
    package_zip(&zip, none, 1);
    assert_reading(buf_slice(&zip), NULL,
        "input: reader.broken: the package does not say which part is the "
        "document\n");
    buf_clear(&zip);
}

/* ---- documents brought in ---------------------------------------------- */

#define CHUNK(id)                                                              \
    "<w:altChunk xmlns:r='http://schemas.openxmlformats.org/officeDocument/"   \
    "2006/relationships' r:id='" id "'/>"

/* A package whose main part is this and that brings in `chunk`. */
static void make_with_chunk(
    struct buf *zip, const char *main_part, struct slice chunk)
{
    const struct package_part parts[] = {
        PACKAGE_PART("_rels/.rels",
            PACKAGE_LINKS(PACKAGE_LINK("r1", "officeDocument", "/d/m.xml"))),
        { "d/m.xml", slice_str(main_part), 0 },
        PACKAGE_PART("d/_rels/m.xml.rels",
            PACKAGE_LINKS(PACKAGE_LINK("r1", "aFChunk", "/d/chunk"))),
        { "d/chunk", chunk, 0 },
        PACKAGE_PART("[Content_Types].xml", ""),
    };

    package_zip(zip, parts, sizeof(parts) / sizeof(parts[0]));
}

static void assert_zip(const struct buf *zip, const char *expected)
{
    char *is = reading(buf_slice(zip), NULL);

    assert_string_equal(is, expected);
    free(is);
}

static void documents_brought_in_are_read(void **state)
{
    struct buf zip, outer, far;

    (void)state;
    buf_init(&zip, 1u << 20);
    buf_init(&outer, 1u << 20);
    buf_init(&far, 1u << 20);
    make_with_chunk(&zip, BODY(P("甲") CHUNK("r1")),
        SLICE_LIT("<!doctype html><p>乙<table><tr><td>1<td>2</table>"));
    assert_zip(&zip,
        "P 甲\nP 乙\nTABLE 0: 1 rows, 2 columns, 2 cells, depth 0\n"
        "  0,0 1 | 0,1 2\n");
    make_with_chunk(&outer, BODY(CHUNK("r1")), buf_slice(&zip));
    assert_zip(&outer, "P 甲\nP 乙\nTABLE 0: 1 rows, 2 columns, 2 cells, depth "
                       "0\n  0,0 1 | 0,1 2\n");
    make_with_chunk(&far, BODY(CHUNK("r1")), buf_slice(&outer));
    assert_zip(&far, "limit: reader.depth: documents brought in more than 2 "
                     "deep\n");
    buf_reset(&zip);
    make_with_chunk(&zip, BODY(CHUNK("r9")), SLICE_LIT("x"));
    assert_zip(&zip, "input: reader.broken: a document brought in is not "
                     "there\n");
    buf_clear(&zip);
    buf_clear(&outer);
    buf_clear(&far);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_found_by_relationships),
        cmocka_unit_test(the_strict_form_reads_like_the_transitional),
        cmocka_unit_test(tracked_deletions_are_left_out),
        cmocka_unit_test(old_looks_of_tracked_changes_do_not_count),
        cmocka_unit_test(spans_and_skipped_columns_place_cells),
        cmocka_unit_test(vertical_merges_take_the_cells_below),
        cmocka_unit_test(merges_that_fit_no_cell_stand_alone),
        cmocka_unit_test(two_merges_in_a_row_do_not_run_together),
        cmocka_unit_test(old_horizontal_merges_count),
        cmocka_unit_test(nested_tables_are_tables_of_their_own),
        cmocka_unit_test(content_controls_and_links_are_looked_through),
        cmocka_unit_test(fields_show_their_results),
        cmocka_unit_test(one_of_two_alternatives_is_read),
        cmocka_unit_test(special_characters_become_text),
        cmocka_unit_test(documents_brought_in_are_read),
        cmocka_unit_test(styles_hide_and_raise),
        cmocka_unit_test(raised_digits_are_marks),
        cmocka_unit_test(struck_digits_keep_their_line),
        cmocka_unit_test(formulas_stand_on_one_line),
        cmocka_unit_test(hidden_text_notes_and_headers_are_left_out),
        cmocka_unit_test(headings_follow_from_styles),
        cmocka_unit_test(automatic_numbers_are_printed),
        cmocka_unit_test(entities_are_refused),
        cmocka_unit_test(deep_nesting_is_refused),
        cmocka_unit_test(a_huge_attribute_is_refused),
        cmocka_unit_test(tables_beyond_the_limits_are_refused),
        cmocka_unit_test(broken_parts_are_refused),
        cmocka_unit_test(wrong_relationships_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
