/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_read_pdf - what is read from PDF files written by hand.
 */
#include "tests/check.h"

#include "common/limits.h"
#include "common/mem.h"
#include "tests/pdf.h"
#include "tests/reading.h"

/* A page with this content reads so. */
/* NOLINTBEGIN(bugprone-macro-parentheses): a list in braces */
#define assert_page(page, content, expected)                                   \
    do {                                                                       \
        struct pdf_file f_;                                                    \
                                                                               \
        pdf_page(&f_, (struct pdf_page)page, content);                         \
        assert_reading(pdf_end(&f_, ""), NULL, expected);                      \
        buf_clear(&f_.out);                                                    \
    } while (0)
/* NOLINTEND(bugprone-macro-parentheses) */

#define PLAIN                                                                  \
    {                                                                          \
        NULL, NULL, NULL                                                       \
    }

/* A word at x, y of the page, from its lower left corner. */
#define WORD(x, y, word) "BT /F 10 Tf " #x " " #y " Td (" word ") Tj ET\n"

/* Four cells with rulings around them, and their words. */
#define WORDS                                                                  \
    WORD(60, 235, "ab")                                                        \
    WORD(160, 235, "12") WORD(60, 205, "cd") WORD(160, 205, "34")
#define LINES                                                                  \
    "50 250 m 250 250 l S 50 220 m 250 220 l S 50 190 m 250 190 l S\n"         \
    "50 190 m 50 250 l S 150 190 m 150 250 l S 250 190 m 250 250 l S\n"
#define TABLE                                                                  \
    "TABLE 0: 2 rows, 2 columns, 4 cells, depth 0\n"                           \
    "  0,0@1 ab | 0,1 12\n"                                                    \
    "  1,0 cd | 1,1 34\n"

/* ---- lines ------------------------------------------------------------- */

static void strokes_are_lines(void **state)
{
    (void)state;
    assert_page(PLAIN, LINES WORDS, TABLE);
}

static void sides_of_boxes_are_lines(void **state)
{
    (void)state;
    assert_page(PLAIN,
        "50 220 100 30 re 150 220 100 30 re S\n"
        "50 190 100 30 re 150 190 100 30 re S\n" WORDS,
        TABLE);
}

static void thin_boxes_are_lines(void **state)
{
    (void)state;
    assert_page(PLAIN,
        "50 250 200 .5 re 50 220 200 .5 re 50 190 200 .5 re f\n"
        "50 190 .5 60 re f 150 190 .5 60 re f 250 190 .5 60 re f\n" WORDS,
        TABLE);
}

static void dashes_and_dots_are_lines(void **state)
{
    struct pdf_file f;
    struct buf content;

    (void)state;
    assert_page(PLAIN, "[3 2] 0 d\n" LINES WORDS, TABLE);
    buf_init(&content, 1 << 20);
    for (int i = 0; i <= 100; i++)
        for (int row = 0; row < 3; row++)
            buf_printf(
                &content, "%d %d .5 .5 re f\n", 50 + 2 * i, 190 + 30 * row);
    for (int i = 0; i <= 30; i++)
        for (int col = 0; col < 3; col++)
            buf_printf(
                &content, "%d %d .5 .5 re f\n", 50 + 100 * col, 190 + 2 * i);
    buf_add(&content, WORDS, sizeof(WORDS));
    pdf_page(&f, (struct pdf_page)PLAIN, content.p);
    assert_reading(pdf_end(&f, ""), NULL, TABLE);
    buf_clear(&content);
    buf_clear(&f.out);
}

static void a_box_in_a_box_is_a_frame(void **state)
{
    (void)state;
    assert_page(PLAIN,
        "50 190 200 60 re 51 191 198 58 re f*\n"
        "50 220 200 .5 re f 150 190 .5 60 re f\n" WORDS,
        TABLE);
}

static void thin_pictures_are_lines(void **state)
{
    (void)state;
#define DOT "BI /W 1 /H 1 /CS /G /BPC 8 ID \x01 EI Q\n"
    assert_page(PLAIN,
        "q 200 0 0 1 50 250 cm " DOT "q 200 0 0 1 50 220 cm " DOT
        "q 200 0 0 1 50 190 cm " DOT "q 1 0 0 60 50 190 cm " DOT
        "q 1 0 0 60 150 190 cm " DOT "q 1 0 0 60 250 190 cm " DOT WORDS,
        TABLE);
}

/* Each dot is a square, and so a piece of both directions. */
static void dots_of_long_lines_are_no_lines_across(void **state)
{
    struct pdf_file f;
    struct buf content;

    (void)state;
    buf_init(&content, 1 << 20);
    buf_add_str(&content, LINES WORDS);
    for (int col = 0; col < 60; col++)
        for (int i = 0; i < 100; i++)
            buf_printf(
                &content, "%d %d .75 .75 re f\n", 10 + 6 * col, 300 + 2 * i);
    pdf_page(&f, (struct pdf_page)PLAIN, content.p);
    assert_reading(pdf_end(&f, ""), NULL, TABLE);
    buf_clear(&content);
    buf_clear(&f.out);
}

static void white_lines_part_shaded_cells(void **state)
{
    (void)state;
    assert_page(PLAIN,
        ".8 g 50 190 200 60 re f 1 G\n"
        "50 250 m 250 250 l S 50 220 m 250 220 l S 50 190 m 250 190 l S\n"
        "50 190 m 50 250 l S 1 g 150 190 .5 60 re f 250 190 m 250 250 l S\n"
        "0 g\n" WORDS,
        TABLE);
}

static void white_lines_are_none(void **state)
{
    (void)state;
    assert_page(PLAIN,
        LINES "1 G 1 g 50 205 m 250 205 l S 100 190 .5 60 re f 0 g\n" WORDS,
        TABLE);
}

static void clipped_lines_end_at_the_clip(void **state)
{
    (void)state;
    assert_page(PLAIN,
        "q 50 190 200 60 re W n 0 220 m 400 220 l S 150 0 m 150 300 l S\n"
        "q 0 0 10 10 re W n 100 190 m 100 250 l S Q Q\n"
        "50 190 200 60 re S\n" WORDS,
        TABLE);
}

static void slanted_lines_and_curves_are_none(void **state)
{
    (void)state;
    assert_page(PLAIN,
        LINES
        "50 250 m 150 220 l S 60 200 m 80 260 120 190 140 240 c S\n" WORDS,
        TABLE);
}

/* ---- what is seen ------------------------------------------------------ */

static void invisible_text_is_not_read(void **state)
{
    (void)state;
    assert_page(
        PLAIN, WORD(50, 200, "seen") "3 Tr\n" WORD(50, 100, "not"), "P seen\n");
}

static void white_text_is_read_on_dark_ground_only(void **state)
{
    (void)state;
    assert_page(PLAIN,
        "0 0 .5 rg 40 190 100 30 re f 1 g\n" WORD(50, 200, "seen")
            WORD(50, 100, "not"),
        "P seen\n");
}

static void text_painted_over_is_not_read(void **state)
{
    (void)state;
    assert_page(PLAIN,
        WORD(50, 200, "seen") WORD(50, 100, "not") "1 g 40 90 100 30 re f\n",
        "P seen\n");
}

static void text_under_a_marker_is_read(void **state)
{
    struct pdf_page page = { "/ExtGState << /M << /BM /Multiply >> >>", NULL,
        NULL };
    struct pdf_file f;

    (void)state;
    pdf_page(
        &f, page, WORD(50, 200, "seen") "/M gs 1 1 0 rg 40 190 100 30 re f\n");
    assert_reading(pdf_end(&f, ""), NULL, "P seen\n");
    buf_clear(&f.out);
}

static void clipped_text_is_not_read(void **state)
{
    (void)state;
    assert_page(PLAIN,
        "q 40 190 100 30 re W n\n" WORD(50, 200, "seen")
            WORD(50, 100, "not") "Q\n",
        "P seen\n");
}

static void text_beside_the_page_is_not_read(void **state)
{
    struct pdf_file f;
    struct pdf_page page = { NULL, "/CropBox [0 150 400 300]", NULL };

    (void)state;
    assert_page(PLAIN, WORD(50, 200, "seen") WORD(500, 200, "not"), "P seen\n");
    pdf_page(&f, page, WORD(50, 200, "seen") WORD(50, 100, "not"));
    assert_reading(pdf_end(&f, ""), NULL, "P seen\n");
    buf_clear(&f.out);
}

static void text_drawn_twice_is_read_once(void **state)
{
    (void)state;
    assert_page(PLAIN,
        WORD(50, 200, "1100") WORD(50.3, 200, "1100") ".5 g\n" WORD(50, 100,
            "22") "0 g\n" WORD(51, 101, "22") "2 Tr\n" WORD(50, 50, "33"),
        "P 11002233\n");
}

static void like_letters_side_by_side_are_all_read(void **state)
{
    (void)state;
    assert_page(PLAIN, WORD(50, 200, "...iill11111000"), "P ...iill11111000\n");
}

/* ---- directions -------------------------------------------------------- */

static void a_rotated_page_is_read_as_it_is_shown(void **state)
{
    struct pdf_file f;
    struct pdf_page page = { NULL, "/Rotate 90", NULL };

    (void)state;
    pdf_page(&f, page, "0 1 -1 0 400 0 cm\n" LINES WORDS);
    assert_reading(pdf_end(&f, ""), NULL, TABLE);
    buf_clear(&f.out);
}

static void a_table_on_its_side_is_turned(void **state)
{
    (void)state;
    assert_page(PLAIN, "0 1 -1 0 300 0 cm\n" LINES WORDS, TABLE);
    assert_page(PLAIN, "0 -1 1 0 0 300 cm\n" LINES WORDS, TABLE);
    assert_page(PLAIN, "-1 0 0 -1 400 300 cm\n" LINES WORDS, TABLE);
}

/* 总计 and 合计 in UCS-2. */
static void chinese_is_read_across_and_downwards(void **state)
{
    (void)state;
    assert_page(PLAIN, "BT /G 10 Tf 50 200 Td <603B8BA1> Tj ET\n",
        "P \xe6\x80\xbb\xe8\xae\xa1\n");
    assert_page(PLAIN,
        LINES "BT /V 10 Tf 100 245 Td <603B8BA1> Tj ET\n" WORD(160, 235, "12")
            WORD(60, 205, "cd") WORD(160, 205, "34"),
        "TABLE 0: 2 rows, 2 columns, 4 cells, depth 0\n"
        "  0,0@1 \xe6\x80\xbb\xe8\xae\xa1 | 0,1 12\n"
        "  1,0 cd | 1,1 34\n");
}

/* ---- parts of a page --------------------------------------------------- */

static void forms_and_annotations_are_read(void **state)
{
    struct pdf_file f;
    struct pdf_page page = { "/XObject << /X 8 0 R >>",
        "/Annots [9 0 R 10 0 R]", NULL };
#define FORM                                                                   \
    "/Type /XObject /Subtype /Form /BBox [0 0 100 30] "                        \
    "/Resources << /Font << /F 5 0 R >> >>"

    (void)state;
    pdf_page(&f, page, WORD(50, 250, "page") "q 1 0 0 1 50 200 cm /X Do Q\n");
    pdf_stream(&f, FORM, SLICE_LIT(WORD(0, 5, "form")));
    pdf_object(&f, "<< /Type /Annot /Subtype /Stamp /Rect [50 100 150 130] "
                   "/AP << /N 11 0 R >> >>");
    pdf_object(&f, "<< /Type /Annot /Subtype /Stamp /Rect [50 50 150 80] /F 2 "
                   "/AP << /N 11 0 R >> >>");
    pdf_stream(&f, FORM, SLICE_LIT(WORD(0, 5, "stamp")));
    assert_reading(pdf_end(&f, ""), NULL, "P page form stamp\n");
    buf_clear(&f.out);
}

static void layers_that_are_off_are_not_read(void **state)
{
    struct pdf_file f;
    struct pdf_page page = { "/Properties << /L 8 0 R >>", NULL, NULL };
    struct slice in;
    char *catalogue;

    (void)state;
    pdf_page(&f, page,
        WORD(50, 200, "seen") "/OC /L BDC\n" WORD(50, 100, "not") "EMC\n");
    pdf_object(&f, "<< /Type /OCG /Name (L) >>");
    /* A later catalogue, as after an update. */
    pdf_object(&f,
        "<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [8 0 R] "
        "/D << /OFF [8 0 R] >> >> >>");
    in = pdf_end(&f, "");
    catalogue = strstr(f.out.p, "/Root 1 0 R");
    assert_non_null(catalogue);
    catalogue[6] = '9';
    assert_reading(in, NULL, "P seen\n");
    buf_clear(&f.out);
}

/* ---- characters -------------------------------------------------------- */

/* A font whose codes say nothing: Identity, without /ToUnicode. */
#define NAMELESS                                                               \
    "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H "       \
    "/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X "    \
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "                \
    "/Supplement 0 >> /DW 500 /FontDescriptor << /Type /FontDescriptor "       \
    "/FontName /X /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 "          \
    "/Ascent 800 /Descent -200 /StemV 80 >> >>] >>"

static void a_glyph_without_a_character_is_said_so(void **state)
{
    struct pdf_file f;
    struct pdf_page page = { "/Font << /F 5 0 R /X 8 0 R >>", NULL, NULL };

    (void)state;
    pdf_page(&f, page,
        WORD(50, 200, "some words ") "BT /X 10 Tf 50 100 Td <0007> Tj ET\n");
    pdf_object(&f, NAMELESS);
    assert_reading(
        pdf_end(&f, ""), NULL, "REPLACED 1 bytes\nP some words\xef\xbf\xbd\n");
    buf_clear(&f.out);
}

/* ---- pictures ---------------------------------------------------------- */

#define PICTURE "/Type /XObject /Subtype /Image /Width 1000 /Height 1000 "

static void assert_picture_page(
    const char *dictionary, const char *content, const char *expected)
{
    struct pdf_file f;
    struct pdf_page page = { "/XObject << /P 8 0 R >>", NULL, NULL };

    pdf_page(&f, page, content);
    pdf_stream(&f, dictionary, SLICE_LIT("no picture at all"));
    assert_reading(pdf_end(&f, ""), NULL, expected);
    buf_clear(&f.out);
}

#define SHOW "q 380 0 0 280 10 10 cm /P Do Q\n"
#define SCAN "input: reader.scan: page 1 is a picture\n"
#define GRAY "/ColorSpace /DeviceGray /BitsPerComponent 8 "

static void a_page_that_is_a_picture_is_for_recognition(void **state)
{
    (void)state;
    assert_picture_page(PICTURE GRAY "/Filter /DCTDecode", SHOW, SCAN);
    assert_picture_page(
        PICTURE GRAY "/Filter /DCTDecode", SHOW WORD(50, 20, "7"), SCAN);
}

static void the_text_of_a_scanner_is_not_believed(void **state)
{
    (void)state;
    assert_picture_page(
        PICTURE GRAY "/Filter /DCTDecode", SHOW "3 Tr\n" WORDS, SCAN);
    /* drawn first, then covered */
    assert_picture_page(PICTURE GRAY "/Filter /DCTDecode", WORDS SHOW, SCAN);
}

static void pictures_are_not_decoded(void **state)
{
    (void)state;
    assert_picture_page(PICTURE "/Filter /JPXDecode", SHOW, SCAN);
    assert_picture_page(PICTURE GRAY "/Filter /JBIG2Decode", SHOW, SCAN);
    assert_picture_page(PICTURE "/Filter [/JPXDecode]", SHOW, SCAN);
    assert_picture_page("/Type /XObject /Subtype /Image /Width 2000000000 "
                        "/Height 2000000000 /Filter /JPXDecode",
        SHOW, "input: reader.broken: no page can be read\n");
}

static void a_picture_beside_text_is_left_alone(void **state)
{
    (void)state;
    assert_picture_page(PICTURE GRAY "/Filter /DCTDecode",
        "q 50 0 0 50 300 10 cm /P Do Q\n" WORD(50, 200, "text"), "P text\n");
}

static void letters_drawn_as_curves_are_for_recognition(void **state)
{
    struct pdf_file f;
    struct buf content;

    (void)state;
    buf_init(&content, 1 << 20);
    for (int i = 0; i < 60; i++)
        buf_printf(&content, "%d 200 m %d 210 %d 190 %d 205 c h f\n", 5 * i,
            5 * i + 1, 5 * i + 3, 5 * i + 4);
    buf_add_char(&content, '\0');
    pdf_page(&f, (struct pdf_page)PLAIN, content.p);
    assert_reading(pdf_end(&f, ""), NULL,
        "input: reader.scan: page 1 has drawings and no text\n");
    buf_clear(&content);
    buf_clear(&f.out);
}

/* Latin letters with accents among the glyphs: the table of characters is
 * broken, and who knows what it says of digits. */
static void characters_that_cannot_be_are_for_recognition(void **state)
{
    struct pdf_file f;

    (void)state;
    pdf_page(&f, (struct pdf_page)PLAIN,
        WORD(50, 200, "1\xd0\xff\xf3") WORD(50, 100, "\xe0 23"));
    assert_reading(pdf_end(&f, ""), NULL,
        "input: reader.scan: page 1 has glyphs that do not tell their "
        "characters\n");
    buf_clear(&f.out);
}

/* ---- the file ---------------------------------------------------------- */

static void title_and_dates_are_kept(void **state)
{
    struct pdf_file f;

    (void)state;
    pdf_page(&f, (struct pdf_page)PLAIN, WORD(50, 200, "x"));
    pdf_object(&f, "<< /Title <FEFF603B8BA1> /Author (A. Person) "
                   "/CreationDate (D:20240131102030+08'00') >>");
    assert_reading(pdf_end(&f, "/Info 8 0 R"), NULL,
        "TITLE \xe6\x80\xbb\xe8\xae\xa1\n"
        "META title\n  = \xe6\x80\xbb\xe8\xae\xa1\n"
        "META created\n  = 2024-01-31\n"
        "P x\n");
    buf_clear(&f.out);
}

static void a_file_with_a_password_is_refused(void **state)
{
    static const char standard[] =
        "/ID [<00> <00>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 "
        "/P -44 /O <0123456789012345678901234567890101234567890123456789"
        "012345678901> /U <01234567890123456789012345678901012345678901"
        "23456789012345678901> >>";
    struct pdf_file f;

    (void)state;
    pdf_page(&f, (struct pdf_page)PLAIN, WORD(50, 200, "x"));
    assert_reading(pdf_end(&f, standard), NULL,
        "input: reader.encrypted: the document opens with a password only\n");
    buf_clear(&f.out);
    pdf_page(&f, (struct pdf_page)PLAIN, WORD(50, 200, "x"));
    assert_reading(
        pdf_end(&f, "/ID [<00> <00>] /Encrypt << /Filter /Other /V 1 >>"), NULL,
        "input: reader.encrypted: unknown encryption handler: 'Other'\n");
    buf_clear(&f.out);
}

/* Three pages below nodes with these counts. */
static void assert_three_pages(int root_count, int node_count)
{
    struct pdf_file f;

    pdf_start(&f);
    pdf_object(&f, "<< /Type /Catalog /Pages 2 0 R >>");
    pdf_object(&f,
        "<< /Type /Pages /Kids [3 0 R 6 0 R] /Count %d "
        "/MediaBox [0 0 400 300] /Resources << /Font << /F 10 0 R >> >> >>",
        root_count);
    pdf_object(&f,
        "<< /Type /Pages /Parent 2 0 R /Kids [4 0 R 5 0 R] /Count %d >>",
        node_count);
    pdf_object(&f, "<< /Type /Page /Parent 3 0 R /Contents 7 0 R >>");
    pdf_object(&f, "<< /Type /Page /Parent 3 0 R /Contents 8 0 R >>");
    pdf_object(&f, "<< /Type /Page /Parent 2 0 R /Contents 9 0 R >>");
    pdf_stream(&f, "", SLICE_LIT(WORD(50, 200, "one")));
    pdf_stream(&f, "", SLICE_LIT(WORD(50, 200, "two")));
    pdf_stream(&f, "", SLICE_LIT(WORD(50, 200, "three")));
    pdf_object(&f, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    assert_reading(pdf_end(&f, ""), NULL, "P one two three\n");
    buf_clear(&f.out);
}

static void no_page_is_lost_to_wrong_counts(void **state)
{
    (void)state;
    assert_three_pages(3, 2);
    assert_three_pages(1, 1);
    assert_three_pages(2, 2);
    assert_three_pages(3, 1);
    assert_three_pages(3, 900);
    assert_three_pages(0, 0);
    assert_three_pages(-1, -5);
}

static void a_page_tree_that_bites_its_tail_ends(void **state)
{
    struct pdf_file f;

    (void)state;
    pdf_start(&f);
    pdf_object(&f, "<< /Type /Catalog /Pages 2 0 R >>");
    pdf_object(&f,
        "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R 2 0 R] /Count 9 >>");
    pdf_object(
        &f, "<< /Type /Pages /Parent 3 0 R /Kids [3 0 R 2 0 R] /Count 9 >>");
    assert_reading(pdf_end(&f, ""), NULL, "input: reader.broken: no pages\n");
    buf_clear(&f.out);
}

static void too_many_pages_are_refused(void **state)
{
    struct pdf_file f;
    struct buf kids;

    (void)state;
    buf_init(&kids, 1 << 20);
    for (unsigned i = 0; i <= LIMIT_PAGES; i++)
        buf_add_str(&kids, "3 0 R ");
    buf_add_char(&kids, '\0');
    pdf_start(&f);
    pdf_object(&f, "<< /Type /Catalog /Pages 2 0 R >>");
    pdf_object(&f, "<< /Type /Pages /Kids [%s] /Count 501 >>", kids.p);
    pdf_object(&f, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] >>");
    assert_reading(
        pdf_end(&f, ""), NULL, "limit: reader.size: more than 500 pages\n");
    buf_clear(&kids);
    buf_clear(&f.out);
}

static void a_page_that_breaks_off_is_doubtful(void **state)
{
    (void)state;
    assert_page(PLAIN, LINES WORDS "BT /F 10 Tf 10 10 Td (x) Tj <<",
        "TABLE 0: 2 rows, 2 columns, 4 cells, depth 0\n"
        "  0,0@1 ?ab | 0,1 ?12\n"
        "  1,0 ?cd | 1,1 ?34\n"
        "P x\n");
    /* the picture cannot even be opened */
    assert_picture_page("/Type /XObject /Subtype /Image /Width 2000000000 "
                        "/Height 2000000000 /Filter /JPXDecode",
        LINES WORDS SHOW WORD(10, 10, "not"),
        "TABLE 0: 2 rows, 2 columns, 4 cells, depth 0\n"
        "  0,0@1 ?ab | 0,1 ?12\n"
        "  1,0 ?cd | 1,1 ?34\n");
}

static void more_glyphs_than_a_page_has_are_refused(void **state)
{
    struct pdf_file f;
    struct buf content;

    (void)state;
    buf_init(&content, 8 << 20);
    for (unsigned i = 0; i < 5 * 290; i++)
        buf_printf(&content, "BT /F 2.5 Tf %u %u Td (%040u) Tj ET\n",
            10 + 70 * (i % 5), 1 + i / 5, i);
    buf_add_char(&content, '\0');
    pdf_page(&f, (struct pdf_page)PLAIN, content.p);
    assert_reading(pdf_end(&f, ""), NULL,
        "limit: reader.size: more than 50000 glyphs on one page\n");
    buf_clear(&content);
    buf_clear(&f.out);
}

static void a_cut_file_is_read_or_refused_at_every_length(void **state)
{
    struct pdf_file f;
    struct slice in;

    (void)state;
    pdf_page(&f, (struct pdf_page)PLAIN, LINES WORDS);
    in = pdf_end(&f, "");
    for (size_t n = 0; n < in.len; n += 7) {
        /* on the heap, so that a sanitizer sees a byte too far */
        char *copy = mem_alloc(n + 1);
        char *is;

        memcpy(copy, in.p, n);
        is = reading((struct slice){ copy, n }, NULL);
        assert_non_null(is);
        free(is);
        mem_free(copy);
    }
    buf_clear(&f.out);
}

static void what_is_no_pdf_is_broken(void **state)
{
    char *is = reading(SLICE_LIT("%PDF-1.4\nnothing more"), NULL);

    (void)state;
    assert_memory_equal(is, "input: reader.broken: ", 22);
    free(is);
    assert_reading(SLICE_LIT("%!PS-Adobe"), NULL,
        "input: reader.none: no reader for text/plain\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strokes_are_lines),
        cmocka_unit_test(sides_of_boxes_are_lines),
        cmocka_unit_test(thin_boxes_are_lines),
        cmocka_unit_test(dashes_and_dots_are_lines),
        cmocka_unit_test(a_box_in_a_box_is_a_frame),
        cmocka_unit_test(thin_pictures_are_lines),
        cmocka_unit_test(dots_of_long_lines_are_no_lines_across),
        cmocka_unit_test(white_lines_part_shaded_cells),
        cmocka_unit_test(white_lines_are_none),
        cmocka_unit_test(clipped_lines_end_at_the_clip),
        cmocka_unit_test(slanted_lines_and_curves_are_none),
        cmocka_unit_test(invisible_text_is_not_read),
        cmocka_unit_test(white_text_is_read_on_dark_ground_only),
        cmocka_unit_test(text_painted_over_is_not_read),
        cmocka_unit_test(text_under_a_marker_is_read),
        cmocka_unit_test(clipped_text_is_not_read),
        cmocka_unit_test(text_beside_the_page_is_not_read),
        cmocka_unit_test(text_drawn_twice_is_read_once),
        cmocka_unit_test(like_letters_side_by_side_are_all_read),
        cmocka_unit_test(a_rotated_page_is_read_as_it_is_shown),
        cmocka_unit_test(a_table_on_its_side_is_turned),
        cmocka_unit_test(chinese_is_read_across_and_downwards),
        cmocka_unit_test(forms_and_annotations_are_read),
        cmocka_unit_test(layers_that_are_off_are_not_read),
        cmocka_unit_test(a_glyph_without_a_character_is_said_so),
        cmocka_unit_test(a_page_that_is_a_picture_is_for_recognition),
        cmocka_unit_test(the_text_of_a_scanner_is_not_believed),
        cmocka_unit_test(pictures_are_not_decoded),
        cmocka_unit_test(a_picture_beside_text_is_left_alone),
        cmocka_unit_test(letters_drawn_as_curves_are_for_recognition),
        cmocka_unit_test(characters_that_cannot_be_are_for_recognition),
        cmocka_unit_test(title_and_dates_are_kept),
        cmocka_unit_test(a_file_with_a_password_is_refused),
        cmocka_unit_test(no_page_is_lost_to_wrong_counts),
        cmocka_unit_test(a_page_tree_that_bites_its_tail_ends),
        cmocka_unit_test(too_many_pages_are_refused),
        cmocka_unit_test(a_page_that_breaks_off_is_doubtful),
        cmocka_unit_test(more_glyphs_than_a_page_has_are_refused),
        cmocka_unit_test(a_cut_file_is_read_or_refused_at_every_length),
        cmocka_unit_test(what_is_no_pdf_is_broken),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
