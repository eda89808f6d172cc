/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_read_mhtml - web pages in one file, written by hand, to what is read.
 */
#include "tests/check.h"

#include "common/buf.h"
#include "tests/reading.h"

#define HEAD "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
#define PART "--B\r\nContent-Type: text/html; charset=\"utf-8\"\r\n"

static void the_first_page_is_read(void **state)
{
    (void)state;
    assert_reads(HEAD "\tboundary=\"B\"\r\n\r\nnot shown\r\n"
                      "--B\r\nContent-Type: image/png\r\n\r\n<p>no\r\n" PART
                      "\r\n<p>yes</p>\r\n--B\r\nContent-Type: text/html\r\n"
                      "\r\n<p>second\r\n--B--\r\n<p>after",
        "P yes\n");
}

static void the_page_that_start_names_is_read(void **state)
{
    (void)state;
    assert_reads("From: <Saved by Blink>\nSubject: =?utf-8?Q?x?=\n"
                 "Content-Type: multipart/related; boundary=B; "
                 "start=\"<main>\"\n\n"
                 "--B\nContent-Type: text/html\n\n<p>no\n"
                 "--B\ncontent-type: TEXT/HTML\nContent-ID: <main>\n\n"
                 "<p>yes\n--B--\n",
        "P yes\n");
}

static void quoted_printable_is_decoded(void **state)
{
    (void)state;
    assert_reads(HEAD "\tboundary=B\r\n\r\n" PART
                      "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
                      "<p cl=\r\nass=3Da>=E5=85=AC= \r\n=e5=bc=80 a=zb=\r\n"
                      "</p>=\r\n--B--\r\n",
        "P 公开 a=zb\n");
    /* The charset is the part's: these two bytes are no UTF-8. */
    assert_reads(HEAD "\tboundary=B\r\n\r\n--B\r\nContent-Type: text/html;"
                      " charset=gb2312\r\n"
                      "Content-Transfer-Encoding: Quoted-Printable\r\n\r\n"
                      "<p>=B9=AB=BF=AA</p>\r\n--B--\r\n",
        "P 公开\n");
}

static void base64_is_decoded(void **state)
{
    (void)state;
    assert_reads(HEAD "\tboundary=B\r\n\r\n" PART
                      "Content-Transfer-Encoding: base64\r\n\r\n"
                      "PHA+5YWs\r\n5byAPC!9wPg==\r\njunk\r\n--B--\r\n",
        "P 公开\n");
}

static void multiparts_nest(void **state)
{
    (void)state;
    assert_reads(HEAD "\tboundary=BB\r\n\r\n--BB\r\nContent-Type: "
                      "multipart/alternative; boundary=B\r\n\r\n"
                      "--B\r\nContent-Type: text/plain\r\n\r\nplain\r\n" PART
                      "\r\n<p>yes</p>\r\n--BB\r\nContent-Type: text/html\r\n"
                      "\r\n<p>no\r\n--BB--\r\n",
        "P yes\n");
}

static void a_page_with_headers_is_a_page(void **state)
{
    (void)state;
    assert_reads("MIME-Version: 1.0\r\nContent-Type: text/html\r\n"
                 "Content-Location: http://a.cn/b.htm\r\n\r\n<p>x",
        "BASE http://a.cn/b.htm\nP x\n");
}

static void links_stand_on_the_location(void **state)
{
    (void)state;
    assert_reads(HEAD "\tboundary=B\r\n\r\n" PART
                      "Content-Location: https://a.cn/b/\r\n\r\n<p>x</p>\r\n"
                      "--B--\r\n",
        "BASE https://a.cn/b/\nP x\n");
    assert_reads(HEAD "\tboundary=B\r\n\r\n" PART
                      "Content-Location: file:///C:/b.htm\r\n\r\n<p>x</p>\r\n"
                      "--B--\r\n",
        "P x\n");
}

static void sheets_behind_a_frame_are_read(void **state)
{
    (void)state;
    assert_reads(HEAD
        "\tboundary=B\r\n\r\n" PART
        "\r\n<html><frameset><frame src=a></frameset></html>\r\n" PART
        "\r\n<html><body><a href=x>tab</a></body></html>\r\n" PART
        "\r\n<html><table><tr><td>1<td>2</table></html>\r\n" PART
        "\r\n<html><table><tr><td>3<td>4</table></html>\r\n"
        "--B--\r\n",
        "TABLE 0: 1 rows, 2 columns, 2 cells, depth 0\n  0,0 1 | 0,1 2\n"
        "TABLE 1: 1 rows, 2 columns, 2 cells, depth 0\n  0,0 3 | 0,1 4\n");
}

static void what_is_cut_off_is_broken(void **state)
{
    (void)state;
    assert_reads(HEAD "\tboundary=B\r\n\r\n" PART "\r\n<p>x</p>12",
        "input: reader.broken: the document is cut off\n");
    assert_reads(HEAD "\tboundary=B\r\n\r\n" PART
                      "\r\n<html><p>x</p></html>\r\n",
        "P x\n");
    assert_reads(HEAD "\tboundary=B\r\n\r\n--B\r\nContent-Type: text/plain"
                      "\r\n\r\nx\r\n--B--\r\n",
        "input: reader.broken: no part of it is a web page\n");
    assert_reads("MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n",
        "input: reader.broken: no part of it is a web page\n");
}

static void limits_hold(void **state)
{
    struct buf b;
    char *is;

    (void)state;
    buf_init(&b, 1u << 20);
    buf_add_str(&b, "MIME-Version: 1.0\n");
    for (int i = 0; i < 20; i++)
        buf_printf(&b,
            "Content-Type: multipart/mixed; boundary=B%02d\n\n--B%02d\n", i, i);
    is = reading(buf_slice(&b), NULL);
    assert_string_equal(
        is, "limit: reader.depth: multiparts nested too deep\n");
    free(is);
    buf_reset(&b);
    buf_add_str(&b, HEAD "\tboundary=B\r\n\r\n");
    for (int i = 0; i < 5000; i++)
        buf_add_str(&b, "--B\r\n\r\n");
    is = reading(buf_slice(&b), NULL);
    assert_string_equal(
        is, "limit: reader.size: more parts than any page has\n");
    free(is);
    buf_clear(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_page_is_read),
        cmocka_unit_test(the_page_that_start_names_is_read),
        cmocka_unit_test(quoted_printable_is_decoded),
        cmocka_unit_test(base64_is_decoded),
        cmocka_unit_test(multiparts_nest),
        cmocka_unit_test(a_page_with_headers_is_a_page),
        cmocka_unit_test(links_stand_on_the_location),
        cmocka_unit_test(sheets_behind_a_frame_are_read),
        cmocka_unit_test(what_is_cut_off_is_broken),
        cmocka_unit_test(limits_hold),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
