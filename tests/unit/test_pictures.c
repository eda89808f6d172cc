/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_pictures - a page and its pictures to the document that is kept.
 */
#include "tests/check.h"

#include "collector/pictures.h"
#include "common/limits.h"
#include "common/mem.h"

/* Headers of PNG files: a page, an icon. */
#define PAGE "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\4\0\0\0\6\0"
#define ICON "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x40\0\0\0\x40"
#define PAGE_HASH                                                              \
    "bebcbe06a9c51d5d1c1f390c0d55a7a360e2ba18c9e39e26338ccfb6f62683a5"

static const struct pictures_address addresses[] = {
    { "../a.png", "http://h/a.png" },
    { "b.png", "http://h/x/b.png" },
};

static struct fetch_result answer(struct slice body, const char *media_type)
{
    return (struct fetch_result){ .status = 200,
        .bytes = body.len + 1,
        .body = body,
        .media_type = media_type };
}

static struct pictures *open_page(bool strict)
{
    struct fetch_result page = answer(SLICE_LIT("<p>x"), "text/html");

    page.charset = "gbk";
    page.etag = "\"1\"";
    return pictures_new(&page, "http://h/x/y.html", addresses, 2, strict);
}

static void take(struct pictures *p, struct slice body, const char *type)
{
    struct fetch_result r = answer(body, type);

    pictures_take(p, &r);
}

static void a_page_with_its_pictures_is_one_document(void **state)
{
    static const char expected[] =
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; "
        "type=\"text/html\"; boundary=\"" PAGE_HASH "\"\r\n\r\n--" PAGE_HASH
        "\r\nContent-Type: text/html; charset=gbk\r\n"
        "Content-Transfer-Encoding: binary\r\n"
        "Content-Location: http://h/x/y.html\r\n\r\n<p>x\r\n--" PAGE_HASH
        "\r\nContent-Type: image/png\r\n"
        "Content-Transfer-Encoding: binary\r\n"
        "Content-Location: ../a.png\r\n\r\n" PAGE "\r\n--" PAGE_HASH
        "\r\nContent-Type: application/octet-stream\r\n"
        "Content-Transfer-Encoding: binary\r\n"
        "Content-Location: b.png\r\n\r\n" ICON "\r\n--" PAGE_HASH "--\r\n";
    struct pictures *p = open_page(true);
    struct ledger_fetch f;
    struct slice got;

    (void)state;
    assert_string_equal(pictures_next(p), "http://h/a.png");
    take(p, SLICE_LIT(PAGE), "image/png");
    assert_string_equal(pictures_next(p), "http://h/x/b.png");
    take(p, SLICE_LIT(ICON), "a \"b\"");
    assert_null(pictures_next(p));
    got = pictures_document(p, &f);
    assert_int_equal(got.len, sizeof(expected) - 1);
    assert_memory_equal(got.p, expected, got.len);
    assert_string_equal(f.media_type, "multipart/related");
    assert_string_equal(f.final_url, "http://h/x/y.html");
    assert_null(f.reason);
    assert_null(f.charset);
    assert_null(f.etag); /* it would not tell of another picture */
    assert_int_equal(f.bytes, 5 + 25 + 25);
    pictures_free(p);
}

static void icons_leave_the_page_as_it_came(void **state)
{
    struct pictures *p = open_page(true);
    struct ledger_fetch f;

    (void)state;
    take(p, SLICE_LIT(ICON), "image/png");
    take(p, SLICE_LIT(ICON), "image/png");
    assert_true(slice_eq_str(pictures_document(p, &f), "<p>x"));
    assert_string_equal(f.media_type, "text/html");
    assert_string_equal(f.etag, "\"1\"");
    assert_null(f.reason);
    pictures_free(p);
}

static void a_picture_that_is_missing_sets_the_page_aside(void **state)
{
    struct pictures *p = open_page(true);
    struct ledger_fetch f;

    (void)state;
    take(p, SLICE_LIT(PAGE), NULL);
    pictures_lose(p, "http: 404");
    assert_null(pictures_next(p));
    assert_true(slice_eq_str(pictures_document(p, &f), "<p>x"));
    assert_string_equal(f.reason,
        "reader.scan: picture 2 of 2 could not be fetched: http: 404");
    assert_null(f.etag); /* it may come yet */
    pictures_free(p);
}

static void a_page_instead_of_a_picture_is_none(void **state)
{
    struct pictures *p = open_page(true);
    struct ledger_fetch f;

    (void)state;
    take(p, SLICE_LIT(" <html>"), "image/png");
    take(p, SLICE_LIT(PAGE), "text/html");
    pictures_document(p, &f);
    assert_string_equal(f.reason,
        "reader.scan: picture 1 of 2 could not be fetched: "
        "soft404: a page instead of the file");
    pictures_free(p);
}

static void beside_an_attachment_a_missing_picture_is_left_out(void **state)
{
    struct pictures *p = open_page(false);
    struct ledger_fetch f;
    struct slice got;

    (void)state;
    pictures_lose(p, "robots: disallowed");
    take(p, SLICE_LIT(PAGE), "image/png");
    got = pictures_document(p, &f);
    assert_null(f.reason);
    assert_true(slice_find(got, SLICE_LIT("b.png")) > 0);
    assert_int_equal(slice_find(got, SLICE_LIT("a.png")), -1);
    pictures_free(p);
}

static void too_large_together_is_told(void **state)
{
    struct pictures *p = open_page(true);
    size_t len = LIMIT_BODY_BYTES / 2 + 1;
    char *large = mem_alloc(len);
    struct ledger_fetch f;

    (void)state;
    memcpy(large, PAGE, sizeof(PAGE) - 1);
    take(p, (struct slice){ large, len }, "image/png");
    take(p, (struct slice){ large, len }, "image/png");
    assert_null(pictures_next(p));
    assert_true(slice_eq_str(pictures_document(p, &f), "<p>x"));
    assert_string_equal(f.reason,
        "reader.scan: picture 2 of 2 could not be fetched: "
        "the page and its pictures are too large");
    mem_free(large);
    pictures_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_with_its_pictures_is_one_document),
        cmocka_unit_test(icons_leave_the_page_as_it_came),
        cmocka_unit_test(a_picture_that_is_missing_sets_the_page_aside),
        cmocka_unit_test(a_page_instead_of_a_picture_is_none),
        cmocka_unit_test(beside_an_attachment_a_missing_picture_is_left_out),
        cmocka_unit_test(too_large_together_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
