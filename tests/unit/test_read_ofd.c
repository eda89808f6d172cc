/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_read_ofd - OFD files with their documents, right and wrong.
 */
#include "tests/check.h"

#include "common/limits.h"
#include "tests/package.h"
#include "tests/reading.h"

#define NS " xmlns:o='http://www.ofdspec.org/2016'"

#define OFD(bodies) PACKAGE_PART("OFD.xml", "<o:OFD" NS ">" bodies "</o:OFD>")
#define BODY(rest, root)                                                       \
    "<o:DocBody>" rest "<o:DocRoot>" root "</o:DocRoot></o:DocBody>"
#define DOCUMENT(name, pages)                                                  \
    PACKAGE_PART(name, "<o:Document" NS "><o:CommonData/><o:Pages>" pages      \
                       "</o:Pages></o:Document>")
#define PAGE_OF(loc) "<o:Page ID='1' BaseLoc='" loc "'/>"
#define TEXT_AT(y, text)                                                       \
    "<o:TextObject Size='5'><o:TextCode X='30' Y='" y "'>" text                \
    "</o:TextCode></o:TextObject>"
#define LINE(data)                                                             \
    "<o:PathObject><o:AbbreviatedData>" data "</o:AbbreviatedData>"            \
    "</o:PathObject>"
#define PAGE(name, objects)                                                    \
    PACKAGE_PART(name, "<o:Page" NS "><o:Content><o:Layer>" objects            \
                       "</o:Layer></o:Content></o:Page>")

/* Two cells. */
#define TABLE                                                                  \
    LINE("M 20 80 L 120 80 M 20 95 L 120 95 M 20 80 L 20 95 M 70 80 L 70 95 "  \
         "M 120 80 L 120 95")                                                  \
    TEXT_AT("90", "甲")                                                        \
    "<o:TextObject Size='5'><o:TextCode X='80' Y='90'>7"                       \
    "</o:TextCode></o:TextObject>"

static void check(const struct package_part *part, size_t n, const char *says)
{
    struct buf bytes;

    buf_init(&bytes, 64u << 20);
    package_zip(&bytes, part, n);
    assert_reading(buf_slice(&bytes), NULL, says);
    buf_clear(&bytes);
}

#define assert_parts(parts, says)                                              \
    check(parts, sizeof(parts) / sizeof((parts)[0]), says)

static void paragraphs_and_tables_of_a_page_are_read(void **state)
{
    static const struct package_part parts[] = {
        OFD(BODY("<o:DocInfo><o:Title> 年报 </o:Title><o:Author>某</o:Author>"
                 "<o:CreationDate>2024-01-05</o:CreationDate></o:DocInfo>",
            "Doc_0/Document.xml")),
        DOCUMENT("Doc_0/Document.xml", PAGE_OF("Pages/P.xml")),
        PAGE("Doc_0/Pages/P.xml", TEXT_AT("60", "一、总体情况") TABLE),
    };

    (void)state;
    assert_parts(parts,
        "TITLE 年报\nMETA title\n  = 年报\nMETA created\n  = 2024-01-05\n"
        "P 一、总体情况\nTABLE 0: 1 rows, 2 columns, 2 cells, depth 0\n"
        "  0,0@1 甲 | 0,1 7\n");
}

static void parts_are_found_however_they_are_named(void **state)
{
    static const struct package_part parts[] = {
        OFD(BODY("", "\\DOC_0\\document.xml")),
        DOCUMENT("Doc_0/Document.xml",
            PAGE_OF("/Doc_0/a.xml") PAGE_OF("Doc_0/b.xml")
                PAGE_OF("./p/../c.xml")),
        PAGE("Doc_0/a.xml", TEXT_AT("60", "甲。")),
        PAGE("Doc_0/b.xml", TEXT_AT("60", "乙。")),
        PAGE("Doc_0\\c.xml", TEXT_AT("60", "丙。")),
    };

    (void)state;
    assert_parts(parts, "P 甲。乙。丙。\n");
}

static void all_documents_of_a_file_are_read(void **state)
{
    static const struct package_part parts[] = {
        OFD(BODY("<o:DocInfo><o:Title>一</o:Title></o:DocInfo>", "a.xml")
                BODY("<o:DocInfo><o:Title>二</o:Title></o:DocInfo>", "b.xml")),
        DOCUMENT("a.xml", PAGE_OF("p.xml")),
        DOCUMENT("b.xml", PAGE_OF("q.xml") PAGE_OF("p.xml")),
        PAGE("p.xml", TABLE),
        PAGE("q.xml", TEXT_AT("60", "乙。")),
    };

    (void)state;
    assert_parts(parts,
        "TITLE 一\nMETA title\n  = 一\n"
        "TABLE 0: 1 rows, 2 columns, 2 cells, depth 0\n  0,0@1 甲 | 0,1 7\n"
        "P 乙。\n"
        "TABLE 1: 1 rows, 2 columns, 2 cells, depth 0\n  0,0@3 甲 | 0,1 7\n");
}

static void the_current_version_counts(void **state)
{
    static const struct package_part parts[] = {
        OFD(BODY("<o:Versions><o:Version ID='1' BaseLoc='none.xml'/>"
                 "<o:Version ID='2' Current='true' BaseLoc='v/2.xml'/>"
                 "</o:Versions>",
            "old.xml")),
        PACKAGE_PART("v/2.xml", "<o:DocVersion" NS "><o:DocRoot>new.xml"
                                "</o:DocRoot></o:DocVersion>"),
        DOCUMENT("old.xml", PAGE_OF("p.xml")),
        DOCUMENT("v/new.xml", PAGE_OF("q.xml")),
        PAGE("p.xml", TEXT_AT("60", "旧。")),
        PAGE("v/q.xml", TEXT_AT("60", "新。")),
    };

    (void)state;
    assert_parts(parts, "P 新。\n");
}

static void stamps_are_not_read(void **state)
{
    static const struct package_part parts[] = { OFD(BODY("", "d.xml")),
        PACKAGE_PART("d.xml",
            "<o:Document" NS "><o:Pages>" PAGE_OF(
                "p.xml") "</o:Pages><o:Annotations>n.xml</o:Annotations>"
                         "</o:Document>"),
        PAGE("p.xml", TEXT_AT("60", "甲。")),
        PACKAGE_PART("n.xml", "<o:Annotations" NS "><o:Page PageID='1'>"
                              "<o:FileLoc>a.xml</o:FileLoc></o:Page>"
                              "</o:Annotations>"),
        PAGE("a.xml", TEXT_AT("60", "印章")) };

    (void)state;
    assert_parts(parts, "P 甲。\n");
}

/* ---- hostile --------------------------------------------------------------
 */

static void encrypted_files_are_told(void **state)
{
    static const struct package_part parts[] = { OFD(BODY("", "d.xml")),
        PACKAGE_PART("Encryptions.xml", "<o:Encryptions" NS "/>") };

    (void)state;
    assert_parts(parts,
        "input: reader.encrypted: the parts of the OFD file are encrypted\n");
}

static void missing_parts_are_named(void **state)
{
    static const struct package_part none[] = { OFD("") };
    static const struct package_part root[] = { OFD("<o:DocBody/>") };
    static const struct package_part document[] = { OFD(BODY("", "d.xml")) };
    static const struct package_part page[] = { OFD(BODY("", "d.xml")),
        DOCUMENT("d.xml", PAGE_OF("p.xml")) };

    (void)state;
    assert_parts(none, "input: reader.broken: OFD.xml names no document\n");
    assert_parts(root, "input: reader.broken: the zip file has no part \"\"\n");
    assert_parts(
        document, "input: reader.broken: the zip file has no part \"d.xml\"\n");
    assert_parts(
        page, "input: reader.broken: the zip file has no part \"p.xml\"\n");
}

static void declared_entities_are_refused(void **state)
{
    static const struct package_part parts[] = { OFD(BODY("", "d.xml")),
        DOCUMENT("d.xml", PAGE_OF("p.xml")),
        PACKAGE_PART("p.xml", "<!DOCTYPE a [<!ENTITY a 'aaaa'><!ENTITY b "
                              "'&a;&a;&a;&a;'>]><Page>&b;</Page>") };

    (void)state;
    assert_parts(parts, "input: reader.entities: a part declares entities\n");
}

static void pages_without_end_are_refused(void **state)
{
    struct package_part parts[] = { OFD(BODY("", "d.xml") BODY("", "e.xml")),
        { "d.xml", { NULL, 0 }, 0 },
        DOCUMENT("e.xml", PAGE_OF("p.xml") PAGE_OF("p.xml")),
        PAGE("p.xml", TEXT_AT("60", "甲。")) };
    struct buf text;

    (void)state;
    buf_init(&text, 1 << 20);
    buf_add_str(&text, "<Document><Pages>");
    for (unsigned i = 0; i + 1 < LIMIT_PAGES; i++)
        buf_add_str(&text, "<Page BaseLoc='p.xml'/>");
    buf_add_str(&text, "</Pages></Document>");
    parts[1].text = buf_slice(&text);
    assert_parts(parts, "limit: reader.size: more than 500 pages\n");
    buf_clear(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paragraphs_and_tables_of_a_page_are_read),
        cmocka_unit_test(parts_are_found_however_they_are_named),
        cmocka_unit_test(all_documents_of_a_file_are_read),
        cmocka_unit_test(the_current_version_counts),
        cmocka_unit_test(stamps_are_not_read),
        cmocka_unit_test(encrypted_files_are_told),
        cmocka_unit_test(missing_parts_are_named),
        cmocka_unit_test(declared_entities_are_refused),
        cmocka_unit_test(pages_without_end_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
