/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_read_html_pictures - pages that are little but pictures.
 *
 * The hooks are the test's own: a picture is the header of a PNG with its
 * size and a letter, and the letter is what is recognised.
 */
#include "tests/check.h"

#include "common/buf.h"
#include "common/mem.h"
#include "common/picture_size.h"
#include "tests/reading.h"
#include "transformer/page_picture.h"
#include "transformer/read_html.h"

#define HEADER_LEN 24u

static int decode(
    struct slice in, uint32_t index, struct picture *out, struct err *err)
{
    if (in.len <= HEADER_LEN)
        return err_set(err, ERR_INPUT, "reader.broken: no picture");
    if (index > 0)
        return 0;
    picture_size(in, &out->width, &out->height);
    out->gray = mem_alloc(1);
    out->gray[0] = (uint8_t)in.p[HEADER_LEN];
    return 1;
}

static int recognize(struct pages *p, struct page *page,
    const struct picture *picture, struct err *err)
{
    char letter = (char)picture->gray[0];
    struct page_run run = { .x0 = 100,
        .y0 = 100,
        .x1 = 109,
        .y1 = 109,
        .reading = READING_RECOGNIZED,
        .text = { &letter, 1 } };

    if (letter == '!')
        return err_set(err, ERR_INPUT, "reader.scan: too coarse");
    page_add_run(p, page, &run);
    return 0;
}

extern const struct reader html_reader, mhtml_reader;
const char readers_program[] = "test_read_html_pictures";
const struct reader *const readers[] = { &html_reader, &mhtml_reader, NULL };
page_recognize_fn *const page_recognize = recognize;
picture_decode_fn *const picture_decode = decode;

/* ---- pictures in the page ------------------------------------------------ */

static void put_header(struct buf *to, uint32_t width, uint32_t height)
{
    const unsigned char size[] = { (unsigned char)(width >> 24),
        (unsigned char)(width >> 16), (unsigned char)(width >> 8),
        (unsigned char)width, (unsigned char)(height >> 24),
        (unsigned char)(height >> 16), (unsigned char)(height >> 8),
        (unsigned char)height };

    buf_add(to, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    buf_add(to, size, sizeof(size));
}

static void put_base64(struct buf *to, struct slice in)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    assert_true(in.len % 3 == 0);
    for (size_t i = 0; i < in.len; i += 3) {
        uint32_t bits = (uint32_t)(unsigned char)in.p[i] << 16 |
                        (uint32_t)(unsigned char)in.p[i + 1] << 8 |
                        (unsigned char)in.p[i + 2];

        for (unsigned k = 4; k-- > 0;)
            buf_add_char(to, digits[bits >> (6 * k) & 63]);
    }
}

/* <img> with a picture of `len` bytes in its address. */
static void put_picture(struct buf *to, uint32_t width, uint32_t height,
    char letter, size_t len, const char *attributes)
{
    struct buf bytes;

    buf_init(&bytes, 1 << 20);
    put_header(&bytes, width, height);
    buf_add_char(&bytes, letter);
    while (bytes.len < len || bytes.len % 3 != 0)
        buf_add_char(&bytes, '\0');
    buf_printf(to, "<img %s src='data:image/png;base64,", attributes);
    put_base64(to, buf_slice(&bytes));
    buf_add_str(to, "'>");
    buf_clear(&bytes);
}

static void check(struct buf *page, const char *expected)
{
    assert_int_equal(buf_check(page, "page", &(struct err){ ERR_NONE, "" }), 0);
    assert_reading(buf_slice(page), NULL, expected);
    buf_reset(page);
}

static void a_page_of_pictures_is_its_text_and_theirs(void **state)
{
    struct buf page;

    (void)state;
    buf_init(&page, 1 << 20);
    buf_add_str(&page, "<p>Title<p>");
    put_picture(&page, 1000, 1400, 'A', 2000, "");
    put_picture(&page, 1000, 1400, 'B', 2000, "width='100%'");
    buf_add_str(&page, "<p>Foot");
    check(&page, "P Title\nP A B\nP Foot\n");
    buf_clear(&page);
}

static void icons_are_no_pages(void **state)
{
    struct buf page;

    (void)state;
    buf_init(&page, 1 << 20);
    put_picture(&page, 1000, 1400, 'A', 2000, "");
    put_picture(&page, 430, 430, 'B', 2000, "");
    put_picture(&page, 1000, 1400, 'C', 2000, "width=120");
    put_picture(&page, 1000, 1400, 'D', 900, "");
    put_picture(&page, 1000, 200, 'E', 2000, "");
    check(&page, "P A E\n"); /* a strip may be one */
    buf_add_str(&page, "<p>x");
    put_picture(&page, 1000, 200, 'E', 2000, "");
    check(&page, "P x\n"); /* but not alone */
    buf_add_str(&page, "<p>x<div style='display:none'>");
    put_picture(&page, 1000, 1400, 'A', 2000, "");
    check(&page, "P x\n");
    buf_clear(&page);
}

static void a_page_with_tables_or_prose_keeps_its_pictures_to_itself(
    void **state)
{
    struct buf page;

    (void)state;
    buf_init(&page, 1 << 20);
    buf_add_str(&page, "<table>");
    for (int i = 0; i < 13; i++)
        buf_add_str(&page, "<tr><td>1<td>a");
    buf_add_str(&page, "</table>");
    put_picture(&page, 1000, 1400, 'A', 2000, "");
    check(&page, "TABLE 0: 13 rows, 2 columns, 26 cells, depth 0\n"
                 "  0,0 1 | 0,1 a\n"
                 "  1,0 1 | 1,1 a\n"
                 "  2,0 1 | 2,1 a\n"
                 "  3,0 1 | 3,1 a\n"
                 "  4,0 1 | 4,1 a\n"
                 "  5,0 1 | 5,1 a\n"
                 "  6,0 1 | 6,1 a\n"
                 "  7,0 1 | 7,1 a\n"
                 "  8,0 1 | 8,1 a\n"
                 "  9,0 1 | 9,1 a\n"
                 "  10,0 1 | 10,1 a\n"
                 "  11,0 1 | 11,1 a\n"
                 "  12,0 1 | 12,1 a\n");
    buf_clear(&page);
}

static void a_picture_that_cannot_be_read_is_named(void **state)
{
    struct buf page;

    (void)state;
    buf_init(&page, 1 << 20);
    put_picture(&page, 1000, 1400, 'A', 2000, "");
    put_picture(&page, 1000, 1400, '!', 2000, "");
    check(&page, "input: reader.scan: too coarse (picture 2 of 2)\n");
    buf_clear(&page);
}

static void percent_signs_in_an_address_are_decoded(void **state)
{
    struct buf page, escaped;
    struct slice s;

    (void)state;
    buf_init(&page, 1 << 20);
    buf_init(&escaped, 1 << 20);
    put_picture(&page, 1000, 0xfbe, 'x', 2000, "");
    s = buf_slice(&page);
    assert_true(slice_find(s, SLICE_LIT("+")) > 0);
    for (size_t i = 0; i < s.len; i++)
        if (s.p[i] == '+' && i > 10)
            buf_add_str(&escaped, "%2B");
        else
            buf_add_char(&escaped, s.p[i]);
    check(&escaped, "P x\n");
    buf_clear(&page);
    buf_clear(&escaped);
}

/* ---- pictures beside the page -------------------------------------------- */

#define HEAD                                                                   \
    "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n" \
    "--B\r\nContent-Type: text/html\r\nContent-Location: http://h/a/b.htm"     \
    "\r\n\r\n"

static void put_part(struct buf *to, const char *headers, char letter)
{
    buf_printf(to, "\r\n--B\r\nContent-Type: image/png\r\n%s\r\n\r\n", headers);
    put_header(to, 1000, 1400);
    buf_add_char(to, letter);
}

static void pictures_beside_the_page_are_found_by_name(void **state)
{
    struct buf page;

    (void)state;
    buf_init(&page, 1 << 20);
    buf_add_str(&page, HEAD "<p>T<img src='../i/1.png'><img src=cid:x@y>"
                            "<img src=a.gif data-src='z.files/3.png?v=1'>"
                            "<img src='elsewhere.png'><p>F");
    put_part(&page, "Content-Location: http://h/z.files/3.png?v=1", 'C');
    put_part(&page, "Content-ID: <x@y>", 'B');
    put_part(&page, "Content-Location: ../i/1.png", 'A');
    buf_add_str(&page, "\r\n--B--\r\n");
    check(&page, "BASE http://h/a/b.htm\nP T\nP A B C\nP F\n");
    buf_clear(&page);
}

static void names_tell_what_is_no_page(void **state)
{
    struct buf page;

    (void)state;
    buf_init(&page, 1 << 20);
    buf_add_str(&page, HEAD "<p>T<img src='/i/logo.png'><img src='/i/x.gif'>");
    put_part(&page, "Content-Location: /i/logo.png", 'A');
    put_part(&page, "Content-Location: /i/x.gif", 'B');
    buf_add_str(&page, "\r\n--B--\r\n");
    check(&page, "BASE http://h/a/b.htm\nP T\n");
    buf_clear(&page);
}

/* ---- pictures elsewhere ---------------------------------------------------
 */

static void check_links(const char *page, const char *expected)
{
    const struct cage_hints hints = { .links = true };
    struct arena arena;
    struct document doc = { .arena = &arena };
    struct err err = { ERR_NONE, "" };
    struct buf got;

    arena_init(&arena, 0);
    buf_init(&got, 1 << 16);
    assert_int_equal(reader_read(slice_str(page), &hints, &doc, &err), 0);
    for (uint32_t i = 0; i < doc.picture_n; i++)
        buf_printf(&got, "%.*s\n", SLICE_ARG(doc.pictures[i].src));
    buf_add_char(&got, '\0');
    assert_string_equal(got.p, expected);
    buf_clear(&got);
    arena_clear(&arena);
}

static void who_asks_for_links_is_told_of_pictures(void **state)
{
    (void)state;
    check_links("<p>T<img src=' a&amp;b.png '><img src=t.gif data-original=c>"
                "<img width=20 src=d.png><img src='e\nf.png'>",
        "a&b.png\nc\n");
    check_links("<p>T", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_of_pictures_is_its_text_and_theirs),
        cmocka_unit_test(icons_are_no_pages),
        cmocka_unit_test(
            a_page_with_tables_or_prose_keeps_its_pictures_to_itself),
        cmocka_unit_test(a_picture_that_cannot_be_read_is_named),
        cmocka_unit_test(percent_signs_in_an_address_are_decoded),
        cmocka_unit_test(pictures_beside_the_page_are_found_by_name),
        cmocka_unit_test(names_tell_what_is_no_page),
        cmocka_unit_test(who_asks_for_links_is_told_of_pictures),
    };

    readers_prepare();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
