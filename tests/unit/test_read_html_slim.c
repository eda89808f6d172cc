/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_read_html_slim - claims about transformer/read_html_slim.c,
 * read_html_mode.c and read_html_tokens.c
 */
#include "tests/check.h"

#include <stdlib.h>

#include "common/buf.h"
#include "common/limits.h"
#include "tests/slim.h"

/* Fragments of which pages are made: every way to begin, to end and to hide
 * a tag that gumbo's tokenizer knows. */
static const char *const pieces[] = { "<p>", "</p>", "<p class=x>",
    "<p style='color:red' hidden>", "a", " ", "\n", "1 < 2", "<", "</", "</>",
    "</ b>", "</3 <i>>", "<!", "<!>", "<!->", "<!-- x -->", "<!-- x --!>",
    "<!-->", "<!--->", "<!---->", "<!----!>", "<!--", "-->", "--!>", "--->",
    "<!--x--", "!>", "<!-- <p class=a> -->", "<![if x]>", "<![endif]-->",
    "<!--[if x]><p><![endif]-->", "<?xml a?>", "<![CDATA[<b>]]>",
    "<!DOCTYPE html>", "<!doctype html public \"a>b\">", "<span lang=EN-US>",
    "<span style='x:y'\n>", "</span>", "</span x=1>", "<span a=\"b>c\">",
    "<span a='b>c' style=display:none>", "<span =x==y>", "<span a = b>",
    "<span a /= b>", "<span a/b/>", "<span a=/>", "<span a='1'b='2'>",
    "<span a=\"", "\">", "'>", "<span a='", ">",
    "<span style=a style='display:none'>",
    "<span style='display:none' style=a>", "<span STYLE='DISPLAY:NONE'>",
    "<span style='&#100;isplay:none'>", "<span a=&gt;>", "<span a=&quot>",
    "<table>", "</table>", "<table class=a border=1>", "<tr class=a>", "<tr>",
    "<td width=1 colspan=2 style=x>", "<td colspan=2 colspan=3 a>", "<td>",
    "</td>", "<th>", "</tr>", "<tbody>", "<caption a=1>", "<col width=1>",
    "<colgroup a>", "<b>", "</b>", "<b class=a>", "<b class=b>",
    "<font color=a>", "<font color=b>", "<font size=1 hidden>", "</font>",
    "<i>", "</i>", "<a href=x class=y>", "</a>", "<nobr a>", "<div a=1>",
    "</div>", "<select a=1>", "</select>", "<option a=1>",
    "<input type=hidden class=a>", "<input a>", "<textarea a=1>", "</textarea>",
    "<title a>", "</title>", "<style a>", "</style>", "</STYLE >",
    "<script a=1>", "</script>", "</script/>", "</scripty>", "<script><!--",
    "<script>", "<!--<script>", "<xmp>", "</xmp>", "<iframe src=a b=c>",
    "</iframe>", "<noscript a>", "</noscript>", "<noframes>", "</noframes>",
    "<noembed a>", "</noembed>", "<plaintext a>", "<svg a=1>", "</svg>",
    "<math a>", "</math>", "<desc a>", "<template a>", "</template>",
    "<frameset a>", "<frame src=x>", "</frameset>", "<html style=a class=b>",
    "<html style='display:none'>", "<head a>", "</head>", "<body class=a>",
    "<body hidden>", "</body>", "</html>", "<br class=a/>", "<br a>",
    "<img src=a style=b>", "<image a>", "<isindex prompt=a>", "<form a=1>",
    "</form>", "<button a>", "</button>", "<object data=x a>", "</object>",
    "<applet a>", "<h1 a>", "</h1>", "<li a=1>", "<dd a>", "<pre a>\n",
    "</pre>", "<o:p a=1>", "</o:p>", "<publishtime a>", "</publishtime>",
    "<p\fa>", "<p\r\na\r>", "<td\"x\">", "<P ALIGN=a>", "<hr a>", "<ruby a>",
    "<rt a>", "<keygen a>", "\xc3\xa9" };

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void assert_alike(struct slice page)
{
    if (slim_reads_alike(page))
        return;
    print_error("another document is read from: %.*s\n", (int)page.len, page.p);
    fail();
}

static void the_same_is_read_from_any_page(void **state)
{
    const uint32_t piece_n = sizeof(pieces) / sizeof(pieces[0]);
    const char *more = getenv("PAGES");
    uint32_t pages = more ? (uint32_t)strtoul(more, NULL, 10) : 4000, seed = 1;
    struct buf page;

    (void)state;
    buf_init(&page, LIMIT_PAGE_BYTES);
    for (uint32_t i = 0; i < pages; i++) {
        uint32_t n = 1 + next_random(&seed) % 24;
        const char *some[8]; /* so that they meet again and again */

        for (size_t j = 0; j < 8; j++)
            some[j] = pieces[next_random(&seed) % piece_n];
        buf_reset(&page);
        while (n-- > 0)
            buf_add_str(&page, next_random(&seed) % 4
                                   ? some[next_random(&seed) % 8]
                                   : pieces[next_random(&seed) % piece_n]);
        assert_alike(buf_slice(&page));
    }
    buf_clear(&page);
}

static void the_same_is_read_from_every_pair_of_pieces(void **state)
{
    const size_t piece_n = sizeof(pieces) / sizeof(pieces[0]);
    struct buf page;

    (void)state;
    buf_init(&page, LIMIT_PAGE_BYTES);
    for (size_t i = 0; i < piece_n * piece_n; i++) {
        buf_reset(&page);
        buf_add_str(&page, pieces[i / piece_n]);
        buf_add_str(&page, pieces[i % piece_n]);
        buf_add_str(&page, "<p class=a>b");
        assert_alike(buf_slice(&page));
    }
    buf_clear(&page);
}

/* ---- what goes --------------------------------------------------------- */

static void assert_slim(struct slice page, const char *expected)
{
    struct arena arena;
    struct slice copy;
    struct err err;

    arena_init(&arena, 0);
    assert_int_equal(html_scan(page, &arena, &copy, &err), 0);
    assert_int_equal(copy.len, strlen(expected));
    assert_memory_equal(copy.p, expected, copy.len);
    arena_clear(&arena);
}

static void what_nobody_reads_goes(void **state)
{
    (void)state;
    assert_slim(SLICE_LIT("<p class=MsoNormal style='x:y'>a<!-- b -->"
                          "<script>c</script><td width=9 colspan=2 a>"),
        "<p>a<!----><script></script><td colspan=2>");
}

static void what_the_tree_or_the_walk_reads_stays(void **state)
{
    static const char page[] =
        "<!DOCTYPE html><html lang=a><meta name=b content=c><a class=d "
        "href=e><font color=f>g<span style='display: none'>h<pre hidden>"
        "<iframe src=i></iframe><title>j<p class=k></title>";

    (void)state;
    assert_slim(slice_str(page), page);
}

static void spans_around_plain_text_go(void **state)
{
    (void)state;
    assert_slim(SLICE_LIT("<p><span lang=EN-US>第二<span>十</span></span>"
                          "<span a>条<o:p></o:p></span>\n  <td>"
                          "<span>1</span>"),
        "<p>第二十条\n<td>1");
}

static void spans_that_part_what_they_stand_between_stay(void **state)
{
    (void)state;
    assert_slim(SLICE_LIT("<p>1<span>2</span>"), "<p>1<span>2</span>");
    assert_slim(SLICE_LIT("<p>&am<span>p;</span>"), "<p>&am<span>p;</span>");
    assert_slim(SLICE_LIT("<p>a<<span>b</span>"), "<p>a<<span>b</span>");
    assert_slim(SLICE_LIT("<p>a<span>1</span>2"), "<p>a<span>1</span>2");
    assert_slim(SLICE_LIT("<p><span></span>"), "<p><span></span>");
    assert_slim(SLICE_LIT("<pre><span>\n</span>"), "<pre><span>\n</span>");
}

static void spans_between_cells_stay(void **state)
{
    (void)state;
    assert_slim(SLICE_LIT("<table><span>a</span><td><span>b</span></td>"
                          "<span>c</span>"),
        "<table><span>a</span><td>b</td><span>c</span>");
    assert_slim(
        SLICE_LIT("<select><td><span>a</span>"), "<select><td><span>a</span>");
}

static void of_an_attribute_written_twice_the_first_counts(void **state)
{
    (void)state;
    assert_slim(
        SLICE_LIT("<td nowrap nowrap colspan=2 colspan=3>"), "<td colspan=2>");
}

static void what_other_rules_hold_for_stays(void **state)
{
    (void)state;
    assert_slim(SLICE_LIT("<p a=1><svg><p a=1>"), "<p><svg><p a=1>");
    assert_slim(SLICE_LIT("<select a=1><style><p a=1></style>"),
        "<select><style><p a=1></style>");
    assert_slim(SLICE_LIT("<script><!--<script></script><p a=1>"),
        "<script><!--<script></script><p a=1>");
    assert_slim(SLICE_LIT("<p a=1><!-- <p a=1>"), "<p><!-- <p a=1>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_is_read_from_any_page),
        cmocka_unit_test(the_same_is_read_from_every_pair_of_pieces),
        cmocka_unit_test(what_nobody_reads_goes),
        cmocka_unit_test(what_the_tree_or_the_walk_reads_stays),
        cmocka_unit_test(spans_around_plain_text_go),
        cmocka_unit_test(spans_that_part_what_they_stand_between_stay),
        cmocka_unit_test(spans_between_cells_stay),
        cmocka_unit_test(of_an_attribute_written_twice_the_first_counts),
        cmocka_unit_test(what_other_rules_hold_for_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
