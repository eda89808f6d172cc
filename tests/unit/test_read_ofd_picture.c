/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_read_ofd_picture - pages of pictures as one picture.
 *
 * The hooks are the test's own: a picture is a part of two digits (width and
 * height) and a byte a dot, what is recognised is looked at.
 */
#include "tests/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/mem.h"
#include "tests/package.h"
#include "transformer/page_picture.h"
#include "transformer/read_ofd.h"
#include "transformer/reader.h"

static struct picture seen; /* what was to be recognised */

static int decode(
    struct slice in, uint32_t index, struct picture *out, struct err *err)
{
    if (in.len < 2)
        return err_set(err, ERR_INPUT, "reader.broken: no picture");
    if (index > 0)
        return 0;
    *out = (struct picture){ .width = (uint32_t)(in.p[0] - '0'),
        .height = (uint32_t)(in.p[1] - '0') };
    out->gray = mem_alloc((size_t)out->width * out->height);
    memcpy(out->gray, in.p + 2, (size_t)out->width * out->height);
    return 1;
}

static int recognize(struct pages *p, struct page *page,
    const struct picture *picture, struct err *err)
{
    struct page_run run = { .x0 = 1,
        .y0 = 1,
        .x1 = 9,
        .y1 = 9,
        .reading = READING_RECOGNIZED,
        .text = SLICE_LIT("7") };
    size_t size = (size_t)picture->width * picture->height;

    (void)err;
    seen = *picture;
    seen.gray = mem_alloc(size);
    memcpy(seen.gray, picture->gray, size);
    page_add_run(p, page, &run);
    return 0;
}

extern const struct reader ofd_reader;
const char readers_program[] = "test_read_ofd_picture";
const struct reader *const readers[] = { &ofd_reader, NULL };
page_recognize_fn *const page_recognize = recognize;
picture_decode_fn *const picture_decode = decode;

#define MEDIA(id, file)                                                        \
    "<MultiMedia ID='" id "'><MediaFile>" file "</MediaFile></MultiMedia>"

#define IMAGE(id, boundary, matrix)                                            \
    "<ImageObject ResourceID='" id "' Boundary='" boundary "' CTM='" matrix    \
    "'/>"

/* A page of an inch square; 0 or the error in `err`. */
static int read_page(const char *objects, struct pages *pages,
    struct arena *arena, struct err *err)
{
    struct zip_package zip;
    struct ofd_document d = { .zip = &zip, .arena = arena };
    struct buf page, bytes;
    struct package_part parts[] = {
        PACKAGE_PART("D.xml",
            "<Document><CommonData><PageArea><PhysicalBox>0 0 25.4 25.4"
            "</PhysicalBox></PageArea><PublicRes>R.xml</PublicRes>"
            "</CommonData><Pages><Page ID='1' BaseLoc='P.xml'/></Pages>"
            "</Document>"),
        PACKAGE_PART("R.xml",
            "<Res BaseLoc='i'><MultiMedias>" MEDIA("1", "four")
                MEDIA("2", "none") MEDIA("3", "half") MEDIA("4", "bad")
                    MEDIA("5", "scan.JPG") "</MultiMedias></Res>"),
        PACKAGE_PART("i/scan.JPG", "22abcd"),
        PACKAGE_PART("i/four", "22abcd"),
        PACKAGE_PART("half", "11x"),
        PACKAGE_PART("i/bad", "1"),
        { "P.xml", { NULL, 0 }, 0 },
    };
    int status = -1;

    mem_free(seen.gray);
    seen = (struct picture){ .gray = NULL };
    buf_init(&page, 1 << 16);
    buf_init(&bytes, 1 << 20);
    buf_printf(
        &page, "<Page><Content><Layer>%s</Layer></Content></Page>", objects);
    parts[6].text = buf_slice(&page);
    package_zip(&bytes, parts, sizeof(parts) / sizeof(parts[0]));
    pages_init(pages, arena);
    if (zip_package_open(&zip, buf_slice(&bytes), arena, err) == 0 &&
        ofd_document_read(&d, SLICE_LIT("D.xml"), err) == 0)
        status = ofd_page_read(&d, d.page[0], pages, err);
    buf_clear(&page);
    buf_clear(&bytes);
    return status;
}

/* The gray at a place of what was recognised, in parts of the page. */
static char at(double x, double y)
{
    uint32_t column = (uint32_t)(x * seen.width);
    uint32_t row = (uint32_t)(y * seen.height);

    return (char)seen.gray[(size_t)row * seen.width + column];
}

static void check(const char *objects, const char *corners)
{
    struct arena arena;
    struct pages pages;
    struct err err = { ERR_NONE, "" };
    char is[5] = { 0 };

    arena_init(&arena, 0);
    assert_int_equal(read_page(objects, &pages, &arena, &err), 0);
    assert_non_null(seen.gray);
    is[0] = at(0.25, 0.25);
    is[1] = at(0.75, 0.25);
    is[2] = at(0.25, 0.75);
    is[3] = at(0.75, 0.75);
    assert_string_equal(is, corners);
    assert_int_equal(pages.pages[0].run_n, 1);
    assert_int_equal(pages.pages[0].runs[0].reading, READING_RECOGNIZED);
    arena_clear(&arena);
}

static void a_picture_over_the_page_is_recognised(void **state)
{
    (void)state;
    check(IMAGE("1", "0 0 25.4 25.4", "25.4 0 0 25.4 0 0"), "abcd");
    assert_int_equal(seen.width, 150);
    assert_true(seen.dpi == 150.0f);
}

static void turned_and_mirrored_pictures_are_drawn_so(void **state)
{
    (void)state;
    check(IMAGE("1", "0 0 25.4 25.4", "0 25.4 -25.4 0 25.4 0"), "cadb");
    check(IMAGE("1", "0 0 25.4 25.4", "-25.4 0 0 25.4 25.4 0"), "badc");
}

static void strips_are_put_together(void **state)
{
    (void)state;
    check(IMAGE("3", "0 0 25.4 12.7", "25.4 0 0 12.7 0 0")
              IMAGE("1", "0 12.7 25.4 12.7", "25.4 0 0 12.7 0 0"),
        "xxcd");
}

static void what_no_picture_covers_is_white(void **state)
{
    (void)state;
    check(IMAGE("3", "0 0 12.7 25.4", "12.7 0 0 25.4 0 0"), "x\xffx\xff");
}

static void pictures_that_cannot_be_read_are_told(void **state)
{
    static const struct {
        const char *id, *says;
    } cases[] = { { "2", "reader.broken: the zip file has no part \"none\"" },
        { "4", "reader.broken: no picture" } };
    struct arena arena;
    struct pages pages;

    (void)state;
    arena_init(&arena, 0);
    for (size_t i = 0; i < 2; i++) {
        struct err err = { ERR_NONE, "" };
        char *objects =
            mem_printf("<ImageObject ResourceID='%s' Boundary='0 0 9 9' "
                       "CTM='25.4 0 0 25.4 0 0'/>",
                cases[i].id);

        assert_int_equal(read_page(objects, &pages, &arena, &err), -1);
        assert_int_equal(err.kind, ERR_INPUT);
        assert_string_equal(err.msg, cases[i].says);
        mem_free(objects);
    }
    arena_clear(&arena);
}

static void pages_beyond_all_paper_are_refused(void **state)
{
    struct arena arena;
    struct pages pages;
    struct err err = { ERR_NONE, "" };

    (void)state;
    arena_init(&arena, 0);
    assert_int_equal(
        read_page("</Layer></Content><Area><PhysicalBox>0 0 9999 9999"
                  "</PhysicalBox></Area><Content><Layer>" IMAGE(
                      "1", "0 0 1 1", "9999 0 0 9999 0 0"),
            &pages, &arena, &err),
        -1);
    assert_int_equal(err.kind, ERR_LIMIT);
    assert_memory_equal(err.msg, "reader.size: ", 13);
    arena_clear(&arena);
}

#define SCAN_TEXT                                                              \
    "<TextObject Size='1'><TextCode X='0' Y='9' DeltaX='1'>"                   \
    "\xe4\xb8\x80\xe4\xba\x8c 1 2 3 4 5 6 7 8 9 10 11 12 13</TextCode>"        \
    "</TextObject>"
#define WHOLE "25.4 0 0 25.4 0 0"

/* Runs of a page whose text does not make way for a picture. */
static void check_kept(const char *objects)
{
    struct arena arena;
    struct pages pages;
    struct err err = { ERR_NONE, "" };

    arena_init(&arena, 0);
    assert_int_equal(read_page(objects, &pages, &arena, &err), 0);
    assert_null(seen.gray);
    assert_true(pages.pages[0].run_n > 12);
    arena_clear(&arena);
}

static void text_below_an_opaque_scan_is_not_there(void **state)
{
    (void)state;
    check(SCAN_TEXT IMAGE("5", "0 0 25.4 25.4", WHOLE), "abcd");
    check_kept(IMAGE("5", "0 0 25.4 25.4", WHOLE) SCAN_TEXT);
    check_kept(SCAN_TEXT IMAGE("1", "0 0 25.4 25.4", WHOLE));
    check_kept(SCAN_TEXT IMAGE("5", "0 0 9 9", "9 0 0 9 0 0"));
    check_kept(SCAN_TEXT "<ImageObject ResourceID='5' Alpha='99' Boundary="
                         "'0 0 25.4 25.4' CTM='" WHOLE "'/>");
}

static int forget(void **state)
{
    (void)state;
    mem_free(seen.gray);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_over_the_page_is_recognised),
        cmocka_unit_test(turned_and_mirrored_pictures_are_drawn_so),
        cmocka_unit_test(strips_are_put_together),
        cmocka_unit_test(what_no_picture_covers_is_white),
        cmocka_unit_test(pictures_that_cannot_be_read_are_told),
        cmocka_unit_test(pages_beyond_all_paper_are_refused),
        cmocka_unit_test(text_below_an_opaque_scan_is_not_there),
    };

    return cmocka_run_group_tests(tests, NULL, forget);
}
