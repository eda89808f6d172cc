/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_robots - robots.txt as RFC 9309 says.
 */
#include "tests/check.h"

#include <stdio.h>

#include "collector/robots.h"
#include "common/mem.h"

static const char agent[] = "nianbao/0.1.0 (+https://example.org/)";

static bool allows(const char *text, const char *path)
{
    struct robots *r = robots_parse(slice_str(text), agent);
    bool out = robots_allows(r, path);

    robots_free(r);
    return out;
}

static uint32_t delay(const char *text)
{
    struct robots *r = robots_parse(slice_str(text), agent);
    uint32_t out = robots_delay_ms(r);

    robots_free(r);
    return out;
}

static void an_empty_file_allows_all(void **state)
{
    (void)state;
    assert_true(allows("", "/"));
    assert_true(allows("# nothing\n\n", "/x"));
    assert_true(allows("User-agent: *\nDisallow:\n", "/x"));
}

static void a_slash_forbids_all_but_robots_txt(void **state)
{
    const char *text = "User-agent: *\nDisallow: /\n";

    (void)state;
    assert_false(allows(text, "/"));
    assert_false(allows(text, "/zfxxgk/index.html"));
    assert_true(allows(text, "/robots.txt"));
}

static void rules_match_from_the_start_of_the_path(void **state)
{
    const char *text = "User-agent: *\nDisallow: /fish\n";

    (void)state;
    assert_false(allows(text, "/fish"));
    assert_false(allows(text, "/fish.html"));
    assert_false(allows(text, "/fish/salmon.html"));
    assert_false(allows(text, "/fish.php?id=anything"));
    assert_true(allows(text, "/Fish.asp"));
    assert_true(allows(text, "/catfish"));
    assert_true(allows(text, "/?id=fish"));
}

static void stars_match_anything(void **state)
{
    const char *text = "User-agent: *\nDisallow: /*.php\n"
                       "Disallow: /a*b*c\n";

    (void)state;
    assert_false(allows(text, "/filename.php"));
    assert_false(allows(text, "/folder/any.php.file.html"));
    assert_true(allows(text, "/windows.PHP"));
    assert_false(allows(text, "/a/x/b/y/c/z"));
    assert_false(allows(text, "/abc"));
    assert_true(allows(text, "/acb"));
}

static void a_dollar_means_the_end(void **state)
{
    const char *text = "User-agent: *\nDisallow: /*.php$\n"
                       "Disallow: /exact$\nDisallow: /x*y*z$\n";

    (void)state;
    assert_false(allows(text, "/a.php"));
    assert_true(allows(text, "/a.php?x=1"));
    assert_false(allows(text, "/exact"));
    assert_true(allows(text, "/exactly"));
    assert_false(allows(text, "/xyzz"));
    assert_true(allows(text, "/xz"));
    assert_true(allows(text, "/xyza"));
}

static void the_longest_match_wins(void **state)
{
    const char *text = "User-agent: *\nDisallow: /a/\nAllow: /a/b/\n"
                       "Disallow: /a/b/c/\n";

    (void)state;
    assert_false(allows(text, "/a/x"));
    assert_true(allows(text, "/a/b/x"));
    assert_false(allows(text, "/a/b/c/x"));
}

static void allow_wins_a_tie(void **state)
{
    (void)state;
    assert_true(
        allows("User-agent: *\nDisallow: /page\nAllow: /page\n", "/page"));
    assert_true(
        allows("User-agent: *\nAllow: /page\nDisallow: /page\n", "/page"));
}

static void our_group_beats_the_one_of_all(void **state)
{
    const char *text = "User-agent: *\nDisallow: /\n\n"
                       "User-agent: NianBao\nDisallow: /private/\n";

    (void)state;
    assert_true(allows(text, "/public"));
    assert_false(allows(text, "/private/x"));
}

static void an_empty_group_of_ours_allows_all(void **state)
{
    (void)state;
    assert_true(allows("User-agent: *\nDisallow: /\n\n"
                       "User-agent: nianbao/2.0\nDisallow:\n",
        "/x"));
}

static void groups_of_others_do_not_concern_us(void **state)
{
    (void)state;
    assert_true(allows("User-agent: nianbaobot\nDisallow: /\n", "/x"));
    assert_true(allows("User-agent: nian\nDisallow: /\n", "/x"));
    assert_true(allows("Disallow: /\n", "/x")); /* of no group at all */
}

static void agents_in_a_row_share_their_rules(void **state)
{
    (void)state;
    assert_false(allows("User-agent: other\nUser-agent: nianbao\n"
                        "User-agent: third\nDisallow: /x\n",
        "/x"));
}

static void several_groups_of_ours_are_joined(void **state)
{
    const char *text = "User-agent: nianbao\nDisallow: /a\n\n"
                       "User-agent: x\nDisallow: /\n\n"
                       "User-agent: nianbao\nDisallow: /b\n";

    (void)state;
    assert_false(allows(text, "/a"));
    assert_false(allows(text, "/b"));
    assert_true(allows(text, "/c"));
}

static void other_lines_do_not_end_a_group(void **state)
{
    (void)state;
    assert_false(allows("User-agent: nianbao\nSitemap: http://x/s.xml\n"
                        "User-agent: other\nDisallow: /x\n",
        "/x"));
    assert_false(allows("User-agent: nianbao\nFoo: bar\nDisallow: /x\n", "/x"));
}

static void percent_encoding_is_one_spelling(void **state)
{
    (void)state;
    assert_false(allows("User-agent: *\nDisallow: /%7Ejoe/\n", "/~joe/x"));
    assert_false(allows("User-agent: *\nDisallow: /~joe/\n", "/%7ejoe/x"));
    assert_false(allows(
        "User-agent: *\nDisallow: /年报\n", "/%E5%B9%B4%e6%8a%a5/1.html"));
    assert_true(allows("User-agent: *\nDisallow: /a%2Fb\n", "/a/b"));
    assert_false(allows("User-agent: *\nDisallow: /100%\n", "/100%/x"));
}

static void line_ends_and_comments_of_all_kinds_are_read(void **state)
{
    (void)state;
    assert_false(allows("\xef\xbb\xbfUser-agent: *\r\nDisallow: /x # no\r\n"
                        "Disallow : /y",
        "/x"));
    assert_false(allows("user-AGENT:*\rDISALLOW:/x\r", "/x"));
    assert_false(allows("User-agent: *\nDisallow : /y", "/y"));
    assert_true(allows("User-agent: *\nDisallow /x\n", "/x"));
}

static void crawl_delay_is_read_for_our_group(void **state)
{
    (void)state;
    assert_int_equal(delay("User-agent: *\nCrawl-delay: 2\n"), 2000);
    assert_int_equal(delay("User-agent: *\nCrawl-delay: 0.5\n"), 500);
    assert_int_equal(delay("User-agent: x\nCrawl-delay: 2\n"), 0);
    assert_int_equal(delay("User-agent: nianbao\nDisallow: /a\n\n"
                           "User-agent: *\nCrawl-delay: 9\n"),
        0);
    assert_int_equal(delay("User-agent: *\nCrawl-delay: soon\n"), 0);
    assert_int_equal(delay("User-agent: *\nCrawl-delay: nan\n"), 0);
    assert_int_equal(delay("User-agent: *\nCrawl-delay: -3\n"), 0);
    assert_int_equal(delay("User-agent: *\nCrawl-delay: 1e99\n"), 300000);
}

static void hostile_patterns_take_one_pass(void **state)
{
    char text[2000] = "User-agent: *\nDisallow: /";
    char path[2001] = "/";

    (void)state;
    for (size_t i = strlen(text); i + 3 < sizeof text; i += 2)
        memcpy(text + i, "*a", 3);
    memset(path + 1, 'a', sizeof path - 2);
    path[sizeof path - 2] = 'b';
    assert_false(allows(text, path));
    memcpy(text + strlen(text), "$", 2);
    assert_true(allows(text, path));
}

static void noise_is_skipped(void **state)
{
    struct slice noise = { "\0\0:\0\nUser-agent\0: *\n::::\nDisallow: /\n",
        38 };
    struct robots *r = robots_parse(noise, agent);

    (void)state;
    assert_true(robots_allows(r, "/"));
    robots_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_file_allows_all),
        cmocka_unit_test(a_slash_forbids_all_but_robots_txt),
        cmocka_unit_test(rules_match_from_the_start_of_the_path),
        cmocka_unit_test(stars_match_anything),
        cmocka_unit_test(a_dollar_means_the_end),
        cmocka_unit_test(the_longest_match_wins),
        cmocka_unit_test(allow_wins_a_tie),
        cmocka_unit_test(our_group_beats_the_one_of_all),
        cmocka_unit_test(an_empty_group_of_ours_allows_all),
        cmocka_unit_test(groups_of_others_do_not_concern_us),
        cmocka_unit_test(agents_in_a_row_share_their_rules),
        cmocka_unit_test(several_groups_of_ours_are_joined),
        cmocka_unit_test(other_lines_do_not_end_a_group),
        cmocka_unit_test(percent_encoding_is_one_spelling),
        cmocka_unit_test(line_ends_and_comments_of_all_kinds_are_read),
        cmocka_unit_test(crawl_delay_is_read_for_our_group),
        cmocka_unit_test(hostile_patterns_take_one_pass),
        cmocka_unit_test(noise_is_skipped),
    };

    return cmocka_run_group_tests_name("robots", tests, NULL, NULL);
}
