/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_pages - the further pages of a list.
 */
#include "tests/check.h"

#include "collector/pages.h"

#define LIST "http://a.cn/nb/index.html"

static struct pages_script scan(const char *text)
{
    struct pages_script s;

    pages_scan(slice_str(text), &s);
    return s;
}

/* ---- scripts --------------------------------------------------------- */

static void create_page_html_is_read_with_its_names(void **state)
{
    struct pages_script s =
        scan("<script>createPageHTML(5, 0, \"index\", \"html\");</script>");

    (void)state;
    assert_int_equal(s.total, 5);
    assert_string_equal(s.name, "index");
    assert_string_equal(s.suffix, "html");
    s = scan("createPageHTML('page-div',12,1,'list_1','shtml',98)");
    assert_int_equal(s.total, 12);
    assert_string_equal(s.name, "list_1");
    assert_string_equal(s.suffix, "shtml");
}

static void the_function_itself_is_no_call(void **state)
{
    struct pages_script s =
        scan("function createPageHTML(_nPageCount, _nCurrIndex, _sPageName,"
             "_sPageExt){}\ncreatePageHTML(3,0,\"index\",\"htm\")");

    (void)state;
    assert_int_equal(s.total, 3);
    assert_string_equal(s.suffix, "htm");
}

static void declared_numbers_are_read(void **state)
{
    (void)state;
    assert_int_equal(scan("var totalPage = 7;").total, 7);
    assert_int_equal(scan("countPage='4'").total, 4);
    assert_int_equal(scan("{\"pageCount\": 9}").total, 9);
    assert_int_equal(scan("recordCount: '20', x").records, 20);
    assert_int_equal(scan("ms-if=\"pageCount>0\"").total, 0);
    assert_int_equal(scan("pgCountMode: \"recordCount\", n: 2").records, 0);
    assert_int_equal(scan("totalPage = 1700000000000").total, 0);
}

static void hostile_scripts_say_nothing(void **state)
{
    (void)state;
    assert_string_equal(
        scan("createPageHTML(2,0,\"../../x\",\"html\")").name, "");
    assert_int_equal(scan("createPageHTML(").total, 0);
    assert_int_equal(scan("createPageHTML(5,0,\"index").total, 0);
    assert_int_equal(scan("recordCount").records, 0);
    assert_int_equal(scan("recordCount=").records, 0);
}

/* ---- addresses ------------------------------------------------------- */

struct expect {
    const char *url;
    uint32_t page;
    struct pages_script script;
    struct pages_link links[8];
    const char *want[8]; /* pages 2.. */
};

static void check(const struct expect *e)
{
    struct pages_found f;
    size_t n = 0, want_n = 0;

    while (n < 8 && e->links[n].url)
        n++;
    pages_find(e->url, e->page, &e->script, e->links, n, 20, &f);
    for (uint32_t page = 2; page <= f.max; page++) {
        const char *want = want_n < 8 ? e->want[want_n] : NULL;

        if (page == e->page) {
            assert_null(f.url[page]);
            continue;
        }
        if (want)
            assert_string_equal(f.url[page] ? f.url[page] : "(none)", want);
        else
            assert_null(f.url[page]);
        want_n += want != NULL;
    }
    pages_found_clear(&f);
}

#define LINK(address, words)                                                   \
    {                                                                          \
        .url = (address), .text = {(words), sizeof(words) - 1 }                \
    }

static void index_1_is_the_second_page(void **state)
{
    struct expect e = { .url = "http://a.cn/nb/",
        .page = 1,
        .script = { .total = 3, .name = "index", .suffix = "html" },
        .want = {
            "http://a.cn/nb/index_1.html", "http://a.cn/nb/index_2.html" } };

    (void)state;
    check(&e);
}

static void numbered_links_are_pages(void **state)
{
    struct expect e = { .url = LIST,
        .page = 1,
        .links = { LINK("http://a.cn/nb/index.html", "1"),
            LINK("http://a.cn/nb/index_2.html", "2"),
            LINK("http://a.cn/nb/index_3.html", "[3]") },
        .want = {
            "http://a.cn/nb/index_2.html", "http://a.cn/nb/index_3.html" } };

    (void)state;
    check(&e);
}

static void gaps_are_filled_up_to_the_last_page(void **state)
{
    struct expect e = { .url = "http://a.cn/nb/list.jsp?id=7&page=1",
        .page = 1,
        .links = { LINK("http://a.cn/nb/list.jsp?id=7&page=2", "下一页"),
            LINK("http://a.cn/nb/list.jsp?id=7&page=4", "尾页") },
        .want = { "http://a.cn/nb/list.jsp?id=7&page=2",
            "http://a.cn/nb/list.jsp?id=7&page=3",
            "http://a.cn/nb/list.jsp?id=7&page=4" } };

    (void)state;
    check(&e);
}

static void the_last_link_alone_is_enough(void **state)
{
    struct expect e = { .url = LIST,
        .page = 1,
        .links = { LINK("http://a.cn/nb/index_2.html", "末页") },
        .want = {
            "http://a.cn/nb/index_1.html", "http://a.cn/nb/index_2.html" } };

    (void)state;
    check(&e);
}

static void a_declared_total_extends_the_links(void **state)
{
    struct expect e = { .url = "http://a.cn/nb/",
        .page = 1,
        .script = { .total = 4 },
        .links = { LINK("http://a.cn/nb/2.html", "下一页") },
        .want = { "http://a.cn/nb/2.html", "http://a.cn/nb/3.html",
            "http://a.cn/nb/4.html" } };

    (void)state;
    check(&e);
}

static void a_total_and_a_parameter_are_enough(void **state)
{
    struct expect e = { .url = "http://a.cn/nb/l.jsp?pageNum=1&x=9",
        .page = 1,
        .script = { .total = 3 },
        .want = { "http://a.cn/nb/l.jsp?pageNum=2&x=9",
            "http://a.cn/nb/l.jsp?pageNum=3&x=9" } };

    (void)state;
    check(&e);
}

static void a_total_alone_leads_nowhere(void **state)
{
    struct expect e = { .url = LIST, .page = 1, .script = { .total = 9 } };

    (void)state;
    check(&e);
}

static void menus_and_years_are_no_pages(void **state)
{
    struct expect e = { .url = LIST,
        .page = 1,
        .links = { LINK("http://a.cn/nb/2023/index.html", "2"),
            LINK("http://a.cn/other/index_2.html", "3"),
            LINK("http://b.cn/nb/index_2.html", "4"),
            LINK("http://a.cn/nb/gknb2017.html", "2017"),
            LINK("http://a.cn/nb/index_5.html", "5年") } };

    (void)state;
    check(&e);
}

static void the_page_itself_is_not_found_again(void **state)
{
    struct expect e = { .url = "http://a.cn/nb/index_1.html",
        .page = 2,
        .script = { .total = 3, .name = "index", .suffix = "html" },
        .links = { LINK("http://a.cn/nb/index_1.html", "2"),
            LINK("http://a.cn/nb/index_2.html", "下一页") },
        .want = { "http://a.cn/nb/index_2.html" } };

    (void)state;
    check(&e);
}

static void the_number_of_pages_is_bounded(void **state)
{
    struct pages_script script = {
        .total = 1000000, .name = "index", .suffix = "html"
    };
    struct pages_found f;

    (void)state;
    pages_find(LIST, 1, &script, NULL, 0, 3, &f);
    assert_int_equal(f.max, 3);
    assert_non_null(f.url[2]);
    assert_string_equal(f.url[3], "http://a.cn/nb/index_2.html");
    pages_found_clear(&f);
}

static void the_last_page_may_say_nonsense(void **state)
{
    struct expect e = { .url = "http://a.cn/nb/l?page=1",
        .page = 1,
        .links = { LINK("http://a.cn/nb/l?page=0", "尾页"),
            LINK("http://a.cn/nb/l?page=99999999999999", "末页") } };

    (void)state;
    check(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(create_page_html_is_read_with_its_names),
        cmocka_unit_test(the_function_itself_is_no_call),
        cmocka_unit_test(declared_numbers_are_read),
        cmocka_unit_test(hostile_scripts_say_nothing),
        cmocka_unit_test(index_1_is_the_second_page),
        cmocka_unit_test(numbered_links_are_pages),
        cmocka_unit_test(gaps_are_filled_up_to_the_last_page),
        cmocka_unit_test(the_last_link_alone_is_enough),
        cmocka_unit_test(a_declared_total_extends_the_links),
        cmocka_unit_test(a_total_and_a_parameter_are_enough),
        cmocka_unit_test(a_total_alone_leads_nowhere),
        cmocka_unit_test(menus_and_years_are_no_pages),
        cmocka_unit_test(the_page_itself_is_not_found_again),
        cmocka_unit_test(the_number_of_pages_is_bounded),
        cmocka_unit_test(the_last_page_may_say_nonsense),
    };

    return cmocka_run_group_tests_name("pages", tests, NULL, NULL);
}
