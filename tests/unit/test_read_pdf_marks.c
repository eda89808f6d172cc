/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_read_pdf_marks - what lies on a page and is none of its text.
 */
#include "tests/check.h"

#include "tests/pdf.h"
#include "tests/reading.h"

#define TABLE_CONTENT                                                          \
    "50 250 m 250 250 l S 50 220 m 250 220 l S 50 190 m 250 190 l S\n"         \
    "50 190 m 50 250 l S 150 190 m 150 250 l S 250 190 m 250 250 l S\n"        \
    "BT /F 10 Tf 60 235 Td (ab) Tj ET BT /F 10 Tf 160 235 Td (12) Tj ET\n"     \
    "BT /F 10 Tf 60 205 Td (cd) Tj ET\n"
#define TABLE                                                                  \
    "TABLE 0: 2 rows, 2 columns, 4 cells, depth 0\n"                           \
    "  0,0@1 ab | 0,1 12\n"                                                    \
    "  1,0 cd | 1,1 \n"

/* A watermark's digit in an empty cell is no number of the table. */
static void writing_aslant_is_not_read(void **state)
{
    struct pdf_file f;

    (void)state;
    pdf_page(&f, (struct pdf_page){ NULL, NULL, NULL },
        TABLE_CONTENT "BT /F 30 Tf .707 .707 -.707 .707 195 195 Tm (7) Tj ET\n"
                      "BT /F 10 Tf .94 .34 -.34 .94 170 200 Tm (2023) Tj ET\n");
    assert_reading(pdf_end(&f, ""), NULL, TABLE);
    buf_clear(&f.out);
}

static void frames_of_notes_and_links_part_no_cells(void **state)
{
    struct pdf_file f;

    (void)state;
    pdf_page(&f,
        (struct pdf_page){ NULL, "/Annots [9 0 R 10 0 R 11 0 R 12 0 R]", NULL },
        TABLE_CONTENT);
    for (unsigned n = f.n + 1; n < 9; n++)
        pdf_object(&f, "null");
    pdf_object(&f, "<< /Type /Annot /Subtype /Link /Rect [70 180 120 235] "
                   "/Border [0 0 1] >>");
    pdf_object(&f, "<< /Type /Annot /Subtype /Text /Rect [140 200 160 220] "
                   "/Contents (99) >>");
    pdf_object(&f, "<< /Type /Annot /Subtype /Square /Rect [155 195 225 240] "
                   "/C [1 0 0] /BS << /W 1 >> >>");
    pdf_object(&f, "<< /Type /Annot /Subtype /Popup /Rect [140 200 260 260] "
                   "/Parent 10 0 R /Open true >>");
    assert_reading(pdf_end(&f, ""), NULL, TABLE);
    buf_clear(&f.out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writing_aslant_is_not_read),
        cmocka_unit_test(frames_of_notes_and_links_part_no_cells),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
