/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_read_wordml - Word documents of one XML file to what is read of them.
 */
#include "tests/check.h"

#include "tests/reading.h"

#define OLD                                                                    \
    "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\r\n"              \
    "<?mso-application progid='Word.Document'?>\r\n"                           \
    "<w:wordDocument "                                                         \
    "xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml' "          \
    "xmlns:wx='http://schemas.microsoft.com/office/word/2003/auxHint' "        \
    "xmlns:aml='http://schemas.microsoft.com/aml/2001/core' "                  \
    "xmlns:o='urn:schemas-microsoft-com:office:office'>"                       \
    "<o:DocumentProperties><o:Title>题</o:Title></o:DocumentProperties>"      \
    "<w:fonts><w:defaultFonts w:ascii='Calibri'/></w:fonts>"                   \
    "<w:styles><w:style w:type='paragraph' w:styleId='1'>"                     \
    "<w:name w:val='heading 1'/></w:style></w:styles><w:body><wx:sect>"
#define OLD_END                                                                \
    "<w:sectPr><w:hdr><w:p><w:r><w:t>页眉</w:t></w:r></w:p></w:hdr>"         \
    "</w:sectPr></wx:sect></w:body></w:wordDocument>"
#define P(look, text)                                                          \
    "<w:p><w:pPr>" look "</w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
#define TC(look, text) "<w:tc><w:tcPr>" look "</w:tcPr>" P("", text) "</w:tc>"

static void the_format_of_word_2003_is_read(void **state)
{
    (void)state;
    assert_reads(OLD P("<w:pStyle w:val='1'/>", "甲") P("", "乙") OLD_END,
        "H1 甲\nP 乙\n");
}

static void its_merged_cells_are_one(void **state)
{
    (void)state;
    assert_reads(OLD "<w:tbl><w:tr>" TC("<w:vmerge w:val='restart'/>", "a")
                     TC("<w:gridSpan w:val='2'/>", "b") "</w:tr><w:tr>" TC(
                         "<w:vmerge/>", "") TC("<w:hmerge w:val='restart'/>",
                         "c") TC("<w:hmerge/>", "") "</w:tr></w:tbl>" OLD_END,
        "TABLE 0: 2 rows, 3 columns, 3 cells, depth 0\n"
        "  0,0[2x1] a | 0,1[1x2] b\n  1,1[1x2] c\n");
}

static void its_numbers_of_lists_are_as_it_says(void **state)
{
    (void)state;
    assert_reads(OLD P("<w:listPr><w:ilvl w:val='0'/><w:ilfo w:val='1'/>"
                       "<wx:t wx:val='一、'/></w:listPr>",
                     "甲") P("<w:listPr><wx:t wx:val='·'/></w:listPr>", "乙")
                     OLD_END,
        "P 一、 甲\nP 乙\n");
}

static void its_deleted_text_is_left_out(void **state)
{
    (void)state;
    assert_reads(OLD
        "<w:p><aml:annotation w:type='Word.Deletion'><aml:content><w:r>"
        "<w:delText>9</w:delText></w:r></aml:content></aml:annotation>"
        "<w:r><w:t>1</w:t></w:r></w:p>" OLD_END,
        "P 1\n");
}

#define PKG "http://schemas.microsoft.com/office/2006/xmlPackage"
#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define PART(type, xml)                                                        \
    "<pkg:part pkg:name='/x' pkg:contentType='application/vnd.openxmlformats-" \
    "officedocument.wordprocessingml." type "+xml'><pkg:xmlData>" xml          \
    "</pkg:xmlData></pkg:part>"

static void packages_written_flat_are_read(void **state)
{
    (void)state;
    assert_reads(
        "<?xml version='1.0'?><pkg:package xmlns:pkg='" PKG
        "'>" PART("header", "<w:hdr xmlns:w='" W "'>" P("", "页眉") "</w:hdr>")
            PART("document.main",
                "<w:document xmlns:w='" W "'><w:body>" P(
                    "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='2'/>"
                    "</w:numPr>",
                    "甲") "</w:body></w:document>") PART("numbering",
                "<w:numbering xmlns:w='" W "'><w:abstractNum "
                "w:abstractNumId='1'><w:lvl w:ilvl='0'>"
                "<w:start w:val='3'/><w:numFmt w:val='decimal'/>"
                "<w:lvlText w:val='%1.'/></w:lvl></w:abstractNum>"
                "<w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>"
                "</w:numbering>") "</pkg:package>",
        "P 3. 甲\n");
}

static void broken_ones_are_told(void **state)
{
    (void)state;
    assert_reads(OLD "<w:p><w:r></w:p>",
        "input: reader.broken: XML, line 3: mismatched tag\n");
    assert_reads("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]>"
                 "<w:wordDocument xmlns:w='x'>&a;</w:wordDocument>",
        "input: reader.entities: a part declares entities\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_format_of_word_2003_is_read),
        cmocka_unit_test(its_merged_cells_are_one),
        cmocka_unit_test(its_numbers_of_lists_are_as_it_says),
        cmocka_unit_test(its_deleted_text_is_left_out),
        cmocka_unit_test(packages_written_flat_are_read),
        cmocka_unit_test(broken_ones_are_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
