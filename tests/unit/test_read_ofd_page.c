/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_read_ofd_page - objects of OFD pages as runs and rulings.
 */
#include "tests/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/mem.h"
#include "tests/package.h"
#include "transformer/read_ofd.h"

#define NS " xmlns:o='http://www.ofdspec.org/2016'"

#define DOCUMENT                                                               \
    "<o:Document" NS "><o:CommonData><o:PageArea><o:PhysicalBox>0 0 254 508"   \
    "</o:PhysicalBox></o:PageArea><o:PublicRes>R.xml</o:PublicRes>"            \
    "<o:TemplatePage ID='7' BaseLoc='T.xml'/>"                                 \
    "<o:TemplatePage ID='8' BaseLoc='U.xml'/></o:CommonData><o:Pages>"         \
    "<o:Page ID='1' BaseLoc='P.xml'/></o:Pages></o:Document>"

/* 254 mm are 720 points. */
#define PAGE(rest, objects)                                                    \
    "<o:Page" NS ">" rest "<o:Content><o:Layer>" objects                       \
    "</o:Layer></o:Content></o:Page>"

#define TEXT(attributes, code, text)                                           \
    "<o:TextObject Size='25.4' " attributes                                    \
    "><o:TextCode X='0' Y='25.4' " code ">" text                               \
    "</o:TextCode></o:TextObject>"

#define PATH(attributes, colours, data)                                        \
    "<o:PathObject " attributes ">" colours "<o:AbbreviatedData>" data         \
    "</o:AbbreviatedData></o:PathObject>"

#define WHITE "<o:StrokeColor Value='255 255 255'/>"

/* One page as text: size, "x,y text" for runs (the left end of the base
 * line), "x,y-x,y" for rulings, all in points rounded; errors. */
static char *page_text(const char *page, const char *resources,
    const char *template, const char *other_template)
{
    const struct package_part parts[] = {
        PACKAGE_PART("D.xml", DOCUMENT), { "P.xml", slice_str(page), 0 },
        { "R.xml", slice_str(resources ? resources : "<Res/>"), 0 },
        { "T.xml", slice_str(template ? template : "<Page/>"), 0 },
        { "U.xml", slice_str(other_template ? other_template : "<Page/>"), 0 }
    };
    struct arena arena;
    struct zip_package zip;
    struct ofd_document d = { .zip = &zip, .arena = &arena };
    struct err err = { ERR_NONE, "" };
    struct pages pages;
    struct buf bytes;
    char *text = NULL;
    size_t len;
    FILE *to = open_memstream(&text, &len);

    arena_init(&arena, 0);
    buf_init(&bytes, 64u << 20);
    package_zip(&bytes, parts, sizeof(parts) / sizeof(parts[0]));
    pages_init(&pages, &arena);
    if (zip_package_open(&zip, buf_slice(&bytes), &arena, &err) < 0 ||
        ofd_document_read(&d, SLICE_LIT("D.xml"), &err) < 0 ||
        ofd_page_read(&d, d.page[0], &pages, &err) < 0) {
        fprintf(to, "%s: %s", err_kind_name(err.kind), err.msg);
    } else {
        const struct page *p = &pages.pages[0];

        fprintf(to, "%.0fx%.0f", (double)p->width, (double)p->height);
        for (uint32_t i = 0; i < p->run_n; i++) {
            const struct page_run *r = &p->runs[i];
            double tall = (double)(r->y1 - r->y0);

            fprintf(to, "%s %.0f,%.0f %.*s", r->vertical ? " |" : "",
                (double)r->x0, (double)r->y0 + tall * 0.86, SLICE_ARG(r->text));
        }
        for (uint32_t i = 0; i < p->ruling_n; i++)
            fprintf(to, " %.0f,%.0f-%.0f,%.0f", (double)p->rulings[i].x0,
                (double)p->rulings[i].y0, (double)p->rulings[i].x1,
                (double)p->rulings[i].y1);
    }
    fclose(to);
    buf_clear(&bytes);
    arena_clear(&arena);
    return text;
}

static void check(const char *page, const char *resources, const char *template,
    const char *other_template, const char *expected)
{
    char *is = page_text(page, resources, template, other_template);

    assert_string_equal(is, expected);
    free(is);
}

#define assert_page(page, expected) check(page, NULL, NULL, NULL, expected)
#define assert_objects(objects, expected)                                      \
    assert_page(PAGE("", objects), "720x1440" expected)

/* ---- texts ----------------------------------------------------------------
 */

static void glyphs_stand_where_their_steps_lead(void **state)
{
    (void)state;
    assert_objects(
        TEXT("Boundary='25.4 0 100 30'", "DeltaX='25.4 50.8'", "甲乙丙"),
        " 72,72 甲 144,72 乙 288,72 丙");
    assert_objects(
        TEXT("Boundary='0 25.4 100 30'", "DeltaX='g 2 25.4 50.8'", "甲乙丙丁"),
        " 0,144 甲 72,144 乙 144,144 丙 288,144 丁");
    assert_objects(
        TEXT("", "DeltaX='25.4'", "一二三"), " 0,72 一 72,72 二 144,72 三");
}

static void counts_of_steps_cost_nothing(void **state)
{
    (void)state;
    assert_objects(
        TEXT("", "DeltaX='g 999999999 25.4'", "一二"), " 0,72 一 72,72 二");
    assert_objects(TEXT("", "DeltaX='g 0 1 g -5 2 g 1e300 25.4'", "一二"),
        " 0,72 一 72,72 二");
    assert_objects(TEXT("", "DeltaX='g g g 25.4'", "一二"), " 0,72 一 0,72 二");
}

static void texts_without_steps_are_spread(void **state)
{
    (void)state;
    assert_objects(
        TEXT("", "", "甲12乙"), " 0,72 甲 72,72 1 108,72 2 144,72 乙");
    assert_objects(TEXT("HScale='0.5'", "", "甲乙"), " 0,72 甲 36,72 乙");
    assert_objects(
        TEXT("ReadDirection='90'", "", "甲乙"), " | 0,72 甲 | 0,144 乙");
}

static void a_place_that_is_not_said_is_that_of_the_text_before(void **state)
{
    (void)state;
    assert_objects("<o:TextObject Size='25.4'><o:TextCode X='25.4' Y='25.4'>"
                   "甲</o:TextCode><o:TextCode Y='50.8'>乙</o:TextCode>"
                   "<o:TextCode X='50.8'>丙</o:TextCode></o:TextObject>",
        " 72,72 甲 72,144 乙 144,144 丙");
}

static void matrices_scale_and_move_before_the_boundary_does(void **state)
{
    (void)state;
    assert_objects("<o:TextObject Size='1' CTM='25.4 0 0 25.4 25.4 0' "
                   "Boundary='25.4 0 1 1'><o:TextCode X='1' Y='1' "
                   "DeltaX='2'>甲乙</o:TextCode></o:TextObject>",
        " 216,72 甲 360,72 乙");
}

static void downward_steps_are_vertical(void **state)
{
    (void)state;
    assert_objects(TEXT("", "DeltaY='25.4'", "甲乙"), " | 0,72 甲 | 0,144 乙");
}

static void references_and_line_ends_are_decoded(void **state)
{
    (void)state;
    assert_objects(
        TEXT("", "DeltaX='25.4'", "\n&#x7532;&lt;\n"), " 0,72 甲 72,72 <");
}

static void what_is_not_seen_is_left_out(void **state)
{
    (void)state;
    assert_objects(TEXT("Visible='false'", "", "甲") TEXT("Alpha='0'", "", "乙")
                       TEXT("Fill='false'", "", "丙")
                           TEXT("Boundary='300 0 9 9'", "", "丁") TEXT(
                               "CTM='0.8 -0.6 0.6 0.8 30 30'", "", "戊")
                               PATH("Visible='false'", "", "M 0 0 L 90 0")
                                   PATH("Stroke='false'", "", "M 0 0 L 90 0")
                                       PATH("", WHITE, "M 0 0 L 90 0"),
        "");
}

#define WHITE_TEXT                                                             \
    "<o:TextObject Size='25.4'><o:FillColor Value='255 255 255'/>"             \
    "<o:TextCode X='0' Y='25.4'>甲</o:TextCode></o:TextObject>"

static void white_text_is_seen_on_shades_only(void **state)
{
    (void)state;
    assert_objects(WHITE_TEXT, "");
    assert_objects(PATH("Stroke='false' Fill='true'", "",
                       "M 0 0 L 90 0 L 90 30 L 0 30 C") WHITE_TEXT,
        " 0,72 甲");
    assert_objects(
        PATH("Stroke='false' Fill='true'", "<o:FillColor Value='255 255 255'/>",
            "M 0 0 L 90 0 L 90 30 L 0 30 C") WHITE_TEXT,
        "");
}

#define COVER(object, colour, inner)                                           \
    PATH("Stroke='false' Fill='true' " object,                                 \
        "<o:FillColor Value='255 255 255' " colour "/>" inner,                 \
        "M 0 0 L 90 0 L 90 30 L 0 30 C")

static void what_white_is_painted_over_is_gone(void **state)
{
    (void)state;
    assert_objects(
        TEXT("", "", "甲") COVER("", "", "") TEXT("", "", "乙"), " 0,72 乙");
    assert_objects(
        TEXT("", "", "甲") COVER("Boundary='50 0 90 90'", "", ""), " 0,72 甲");
    assert_objects(TEXT("", "", "甲") COVER("Alpha='99'", "", ""), " 0,72 甲");
    assert_objects(TEXT("", "", "甲") COVER("", "Alpha='99'", ""), " 0,72 甲");
    assert_objects(TEXT("", "", "甲") COVER("", "", "<o:Clips/>"), " 0,72 甲");
    assert_objects(
        TEXT("", "", "甲") "</o:Layer><o:Layer Type='Background'>" COVER(
            "", "", ""),
        " 0,72 甲");
}

static void glyph_numbers_change_nothing(void **state)
{
    (void)state;
    assert_objects("<o:TextObject Size='25.4'><o:CGTransform CodePosition='0'>"
                   "<o:Glyphs>9 9</o:Glyphs></o:CGTransform>"
                   "<o:TextCode X='0' Y='25.4'>甲</o:TextCode></o:TextObject>",
        " 0,72 甲");
}

static void sideways_pages_are_set_upright(void **state)
{
    (void)state;
    /* Clockwise: what is right on the page was above. */
    assert_page(PAGE("", TEXT("CTM='0 1 -1 0 0 0' Boundary='254 25.4 9 9'",
                             "DeltaX='25.4'", "甲乙")
                             PATH("", "", "M 228.6 0 L 228.6 50.8")),
        "1440x720 72,72 甲 144,72 乙 0,72-144,72");
    assert_page(PAGE("", TEXT("CTM='0 -1 1 0 0 0' Boundary='0 482.6 9 9'",
                             "DeltaX='25.4'", "甲乙")),
        "1440x720 72,72 甲 144,72 乙");
}

/* ---- paths ----------------------------------------------------------------
 */

static void straight_lines_are_rulings(void **state)
{
    (void)state;
    assert_objects(
        PATH("Boundary='25.4 0 26 9'", "", "M 0 0 L 25.4 0"), " 72,0-144,0");
    assert_objects(
        PATH("", "", "M0 0L25.4,0L25.4 25.4"), " 0,0-72,0 72,0-72,72");
    assert_objects(PATH("", "", "S 0 0 M 0 0 L 25.4 0 L 25.4 25.4 C"),
        " 0,0-72,0 72,0-72,72");
    assert_objects(PATH("", "", "M 0 0 L 25.4 25.4"), "");
}

static void what_leaves_its_boundary_is_cut_off(void **state)
{
    (void)state;
    assert_objects(PATH("Boundary='25.4 25.4 50.8 0.4'", "",
                       "M -300 0.2 L 600 0.2 M 0 9 L 9 9"),
        " 72,73-216,73");
    assert_objects(
        PATH("Boundary='25.4 25.4 0.4 50.8'", "", "M 0.2 -300 L 0.2 600"),
        " 73,72-73,216");
    assert_objects(PATH("Boundary='25.4 25.4 50.8 0.4' Fill='true' "
                        "Stroke='false'",
                       "", "M -9 -9 L 90 -9 L 90 90 L -9 90 C"),
        " 72,73-216,73");
    assert_objects(
        PATH("Boundary='0 0 0 0'", "", "M 0 0 L 25.4 0"), " 0,0-72,0");
    assert_objects(
        PATH("Boundary='25.4 0 0.2 0'", "", "M 0 0 L 0 25.4"), " 72,0-72,72");
}

static void closed_figures_have_their_last_side(void **state)
{
    (void)state;
    assert_objects(
        PATH("", "", "M 0 0 L 25.4 0 L 25.4 25.4 L 0 25.4 C M 0 50.8 L 9 50.8"),
        " 0,0-72,0 72,0-72,72 0,72-72,72 0,0-0,72 0,144-26,144");
}

static void curves_move_the_pen_only(void **state)
{
    (void)state;
    assert_objects(PATH("", "",
                       "M 0 0 B 1 1 2 2 25.4 0 L 50.8 0 "
                       "Q 1 1 50.8 25.4 A 1 1 0 0 1 25.4 25.4 L 0 "
                       "25.4"),
        " 72,0-144,0 0,72-72,72");
}

static void thin_filled_rectangles_are_their_middle_line(void **state)
{
    (void)state;
    assert_objects(PATH("Stroke='false' Fill='true'", "",
                       "M 0 25.2 L 25.4 25.2 L 25.4 25.6 L 0 25.6 C"),
        " 0,72-72,72");
    assert_objects(
        PATH("Fill='true'", "", "M 25.2 0 L 25.6 0 L 25.6 25.4 L 25.2 25.4 C"),
        " 72,0-72,72");
    assert_objects(PATH("Stroke='false' Fill='true'", "",
                       "M 0 0 L 25.4 0 L 25.4 25.4 L 0 25.4 C"),
        "");
}

static void a_path_that_breaks_off_keeps_what_it_drew(void **state)
{
    (void)state;
    assert_objects(PATH("", "", "M 0 0 L 25.4 0 L 3"), " 0,0-72,0");
    assert_objects(PATH("", "", "M 0 0 L 25.4 0 X 9 9 L 0 0"), " 0,0-72,0");
    assert_objects(PATH("", "", "C C C L 25.4 0"), " 0,0-72,0");
}

static void paths_of_clips_and_patterns_are_not_drawn(void **state)
{
    (void)state;
    assert_objects(
        PATH("",
            "<o:Clips><o:Clip><o:Area><o:Path><o:AbbreviatedData>M 0 0 L 9 0"
            "</o:AbbreviatedData></o:Path></o:Area></o:Clip></o:Clips>"
            "<o:FillColor><o:Pattern><o:CellContent>" PATH(
                "", "", "M 0 9 L 90 9") "</o:CellContent></o:Pattern>"
                                        "</o:FillColor>",
            "M 0 0 L 25.4 0"),
        " 0,0-72,0");
}

/* ---- resources, templates, groups ------------------------------------------
 */

#define RESOURCES                                                              \
    "<o:Res" NS "><o:DrawParams><o:DrawParam ID='3'><o:StrokeColor "           \
    "Value='#ff #ff #ff'/></o:DrawParam><o:DrawParam ID='4' Relative='3'/>"    \
    "<o:DrawParam ID='5' Relative='5'/></o:DrawParams>"                        \
    "<o:CompositeGraphicUnits><o:CompositeGraphicUnit "                        \
    "ID='20'><o:Content>" TEXT("", "",                                         \
        "甲") "<o:CompositeObject ResourceID='21' "                            \
              "Boundary='0 25.4 1 1'/></o:Content></o:CompositeGraphicUnit>"   \
              "<o:CompositeGraphicUnit ID='21'><o:Content>" TEXT("", "",       \
                  "乙") "</o:Content></o:CompositeGraphicUnit>"                \
                        "<o:CompositeGraphicUnit ID='22'><o:Content>"          \
                        "<o:CompositeObject ResourceID='22'/></o:Content>"     \
                        "</o:CompositeGraphicUnit></"                          \
                        "o:CompositeGraphicUnits></o:Res>"

static void inks_come_from_draw_parameters(void **state)
{
    (void)state;
    check(PAGE("",
              PATH("DrawParam='3'", "", "M 0 0 L 90 0") PATH(
                  "DrawParam='4'", "", "M 0 0 L 90 0") PATH("DrawParam='5'", "",
                  "M 0 0 L 25.4 0") PATH("DrawParam='9'", "", "M 0 0 L 50.8 0")
                  PATH("DrawParam='4'", "<o:StrokeColor Value='0 0 0'/>",
                      "M 0 0 L 12.7 0")),
        RESOURCES, NULL, NULL, "720x1440 0,0-72,0 0,0-144,0 0,0-36,0");
}

static void layers_lend_their_draw_parameter(void **state)
{
    (void)state;
    check("<o:Page" NS "><o:Content><o:Layer DrawParam='4'>" PATH(
              "", "", "M 0 0 L 90 0") "</o:Layer><o:Layer>" PATH("", "",
              "M 0 0 L 25.4 0") "</o:Layer></o:Content></o:Page>",
        RESOURCES, NULL, NULL, "720x1440 0,0-72,0");
}

static void groups_are_drawn_where_they_are_put(void **state)
{
    (void)state;
    check(PAGE("", "<o:CompositeObject ResourceID='20' "
                   "Boundary='25.4 0 9 9'/>"),
        RESOURCES, NULL, NULL, "720x1440 72,72 甲 72,144 乙");
}

static void groups_in_themselves_are_refused(void **state)
{
    (void)state;
    check(PAGE("", "<o:CompositeObject ResourceID='22'/>"), RESOURCES, NULL,
        NULL,
        "limit: reader.size: more than 256 groups on a page or 2000 in all");
}

static void templates_are_drawn_once_each(void **state)
{
    (void)state;
    check(PAGE("<o:Template TemplateID='7'/>", TEXT("", "", "甲")), NULL,
        PAGE("<o:Template TemplateID='8'/><o:Area><o:PhysicalBox>0 0 1 1"
             "</o:PhysicalBox></o:Area>",
            TEXT("", "", "乙")),
        PAGE("<o:Template TemplateID='7'/><o:Template TemplateID='8'/>",
            TEXT("", "", "丙")),
        "720x1440 0,72 甲 0,72 乙 0,72 丙");
}

static void pages_have_their_own_size_and_resources(void **state)
{
    (void)state;
    assert_page(PAGE("<o:Area><o:PhysicalBox>0 0 508 254</o:PhysicalBox>"
                     "</o:Area>",
                    ""),
        "1440x720");
    assert_page(PAGE("<o:PageRes>none.xml</o:PageRes>", ""), "720x1440");
}

static void objects_in_blocks_are_objects(void **state)
{
    (void)state;
    assert_objects("<o:PageBlock><o:PageBlock>" TEXT(
                       "", "", "甲") "</o:PageBlock></o:PageBlock>",
        " 0,72 甲");
}

static void deep_blocks_are_refused(void **state)
{
    struct buf page;
    char *is;

    (void)state;
    buf_init(&page, 1 << 20);
    buf_add_str(&page, "<Page><Content>");
    for (int i = 0; i < 3000; i++)
        buf_add_str(&page, "<PageBlock>");
    buf_add_char(&page, '\0');
    is = page_text(page.p, NULL, NULL, NULL);
    assert_string_equal(is, "limit: reader.depth: elements nested too deep");
    free(is);
    buf_clear(&page);
}

static void endless_paths_are_refused(void **state)
{
    struct buf page;
    char *is;

    (void)state;
    buf_init(&page, 8u << 20);
    buf_add_str(&page, "<Page><Content><PathObject><AbbreviatedData>");
    for (int i = 0; i < 400000; i++)
        buf_add_str(&page, "M 0 0 L 9 9 ");
    buf_add_str(&page, "</AbbreviatedData></PathObject></Content></Page>");
    buf_add_char(&page, '\0');
    is = page_text(page.p, NULL, NULL, NULL);
    assert_string_equal(is, "limit: reader.size: a text or path of an object: "
                            "over 4194304 bytes");
    free(is);
    buf_clear(&page);
}

static void pages_that_are_pictures_are_told(void **state)
{
    (void)state;
    assert_page(PAGE("", "<o:ImageObject ResourceID='9' "
                         "Boundary='0 0 254 508' CTM='254 0 0 508 0 0'/>"),
        "input: reader.scan: page 1 is a picture");
    assert_objects("<o:ImageObject ResourceID='9' Boundary='0 0 50 50' "
                   "CTM='50 0 0 50 0 0'/>",
        "");
    assert_objects("<o:ImageObject ResourceID='9' Boundary='0 0 254 508' "
                   "CTM='254 0 0 508 0 0'/>" TEXT("", "DeltaX='g 20 1'",
                       "一二三四五六七八九十甲乙") TEXT("", "", ""),
        " 0,72 一 3,72 二 6,72 三 9,72 四 11,72 五 14,72 六 17,72 七 20,72 八 "
        "23,72 九 26,72 十 28,72 甲 31,72 乙");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(glyphs_stand_where_their_steps_lead),
        cmocka_unit_test(counts_of_steps_cost_nothing),
        cmocka_unit_test(texts_without_steps_are_spread),
        cmocka_unit_test(a_place_that_is_not_said_is_that_of_the_text_before),
        cmocka_unit_test(matrices_scale_and_move_before_the_boundary_does),
        cmocka_unit_test(downward_steps_are_vertical),
        cmocka_unit_test(references_and_line_ends_are_decoded),
        cmocka_unit_test(what_is_not_seen_is_left_out),
        cmocka_unit_test(white_text_is_seen_on_shades_only),
        cmocka_unit_test(what_white_is_painted_over_is_gone),
        cmocka_unit_test(glyph_numbers_change_nothing),
        cmocka_unit_test(sideways_pages_are_set_upright),
        cmocka_unit_test(straight_lines_are_rulings),
        cmocka_unit_test(what_leaves_its_boundary_is_cut_off),
        cmocka_unit_test(closed_figures_have_their_last_side),
        cmocka_unit_test(curves_move_the_pen_only),
        cmocka_unit_test(thin_filled_rectangles_are_their_middle_line),
        cmocka_unit_test(a_path_that_breaks_off_keeps_what_it_drew),
        cmocka_unit_test(paths_of_clips_and_patterns_are_not_drawn),
        cmocka_unit_test(inks_come_from_draw_parameters),
        cmocka_unit_test(layers_lend_their_draw_parameter),
        cmocka_unit_test(groups_are_drawn_where_they_are_put),
        cmocka_unit_test(groups_in_themselves_are_refused),
        cmocka_unit_test(templates_are_drawn_once_each),
        cmocka_unit_test(pages_have_their_own_size_and_resources),
        cmocka_unit_test(objects_in_blocks_are_objects),
        cmocka_unit_test(deep_blocks_are_refused),
        cmocka_unit_test(endless_paths_are_refused),
        cmocka_unit_test(pages_that_are_pictures_are_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
