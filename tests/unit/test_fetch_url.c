/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_fetch_url - what a URL means.
 */
#include "tests/check.h"

#include <string.h>

#include "collector/fetch_url.h"
#include "common/mem.h"

static void expect(const char *base, const char *href, const char *want)
{
    char *got = fetch_url_resolve(base, slice_str(href));

    if (!want && got)
        fail_msg("%s became %s", href, got);
    if (want)
        assert_string_equal(got ? got : "(none)", want);
    mem_free(got);
}

static void links_are_resolved_against_their_page(void **state)
{
    const char *base = "http://a.cn/nb/index.html?x=1";

    (void)state;
    expect(base, "./202503/t1.htm", "http://a.cn/nb/202503/t1.htm");
    expect(base, "../../../x", "http://a.cn/x");
    expect(base, "/y", "http://a.cn/y");
    expect(base, "?page=2", "http://a.cn/nb/index.html?page=2");
    expect(base, "//b.cn/z", "http://b.cn/z");
    expect(base, "https://b.cn", "https://b.cn/");
    expect(base, "  /a\nb ", "http://a.cn/ab");
    expect(base, "x\\y.html", "http://a.cn/nb/x/y.html");
}

static void one_address_has_one_spelling(void **state)
{
    (void)state;
    expect(NULL, "HTTP://A.Cn:80/x#top", "http://a.cn/x");
    expect(NULL, "https://a.cn:443/x", "https://a.cn/x");
    expect(NULL, "http://a.cn:8080/x", "http://a.cn:8080/x");
    expect("http://a.cn/", "年报 1.html",
        "http://a.cn/%e5%b9%b4%e6%8a%a5%201.html");
}

static void what_is_no_address_is_none(void **state)
{
    static const char *const bad[] = { "", "  ", "#", "#top", "javascript:;",
        "JavaScript:void(0)", "mailto:a@b.cn", "tel:123", "data:text/html,x",
        "file:///etc/passwd", "ftp://a.cn/", "http://", "http://u@a.cn/",
        "http://u:p@a.cn/", "about:blank" };

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        expect("http://a.cn/nb/", bad[i], NULL);
}

static void endless_addresses_are_none(void **state)
{
    char long_href[LIMIT_URL_BYTES + 2];
    char encoded[LIMIT_URL_BYTES];
    char *got;

    (void)state;
    memset(long_href, 'a', sizeof long_href - 1);
    long_href[sizeof long_href - 1] = '\0';
    expect("http://a.cn/", long_href, NULL);
    memset(encoded, '\xe5', sizeof encoded - 1); /* grows threefold */
    encoded[sizeof encoded - 1] = '\0';
    expect("http://a.cn/", encoded, NULL);
    got = fetch_url_resolve("http://a.cn/", (struct slice){ "a\0b", 3 });
    assert_null(got);
}

static void an_address_is_taken_apart(void **state)
{
    struct fetch_url u;

    (void)state;
    assert_true(fetch_url_split("https://WWW.A.cn/x/y?z=1", &u));
    assert_true(u.secure);
    assert_string_equal(u.host, "www.a.cn");
    assert_string_equal(u.origin, "https://www.a.cn:443");
    assert_string_equal(u.path, "/x/y?z=1");
    assert_true(fetch_url_split("http://a.cn", &u));
    assert_string_equal(u.path, "/");
    assert_false(fetch_url_split("nonsense", &u));
    assert_false(fetch_url_split("file:///x", &u));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links_are_resolved_against_their_page),
        cmocka_unit_test(one_address_has_one_spelling),
        cmocka_unit_test(what_is_no_address_is_none),
        cmocka_unit_test(endless_addresses_are_none),
        cmocka_unit_test(an_address_is_taken_apart),
    };

    return cmocka_run_group_tests_name("fetch", tests, NULL, NULL);
}
