/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_select - which links of a source are reports.
 */
#include "tests/check.h"

#include "collector/select.h"
#include "common/mem.h"

/* Patterns as the configuration hands them over. */
static char links[] = "/t[0-9]{8}_[0-9]+\\.html?$";
static char files[] = "^https://files\\.example\\.cn/";
static char titles[] = "信息公开.*(年报|年度报告)";
static char excludes[] = "自查|汇总";
static char column_url[] = "http://www.Example.cn/zfxxgk/nb/";

static struct conf_column columns[] = { { .url = column_url } };
static char *link_patterns[] = { links, files };
static char *title_patterns[] = { titles };
static char *title_excludes[] = { excludes };
static char source_name[] = "www.example.cn";

static struct selector *make(bool with_patterns)
{
    static struct conf_source src;
    struct err err = { ERR_NONE, "" };
    struct selector *s;

    src = (struct conf_source){
        .name = source_name, .columns = columns, .columns_count = 1
    };
    if (with_patterns) {
        src.link_patterns = link_patterns;
        src.link_patterns_count = 2;
        src.title_patterns = title_patterns;
        src.title_patterns_count = 1;
        src.title_excludes = title_excludes;
        src.title_excludes_count = 1;
    }
    s = select_new(&src, &err);
    assert_non_null(s);
    return s;
}

static const struct slice none = { NULL, 0 };

static void text_or_title_may_name_the_report(void **state)
{
    struct selector *s = make(true);

    (void)state;
    assert_true(select_title(s, slice_str("2023年政府信息公开年报"), none));
    assert_true(select_title(s, slice_str("2023年政府信息公..."),
        slice_str("2023年政府信息公开工作年度报告")));
    assert_false(select_title(s, slice_str("2023年工作总结"), none));
    assert_false(select_title(s, none, none));
    select_free(s);
}

static void exclusions_win(void **state)
{
    struct selector *s = make(true);

    (void)state;
    assert_false(select_title(s, slice_str("政府信息公开年报汇总"), none));
    assert_false(select_title(s, slice_str("政府信息公开年报"),
        slice_str("政府信息公开年报自查报告")));
    select_free(s);
}

static void without_patterns_the_usual_words_and_the_host_decide(void **state)
{
    struct selector *s = make(false);

    (void)state;
    assert_true(select_title(s, slice_str("某局2020年年报"), none));
    assert_true(select_title(s, slice_str("某局年度报告"), none));
    assert_false(select_title(s, slice_str("某局公告"), none));
    assert_true(select_address(s, "http://www.example.cn/any/where"));
    assert_true(select_address(s, "https://www.example.cn:8443/x"));
    assert_false(select_address(s, "http://other.example.cn/x"));
    select_free(s);
}

static void link_patterns_decide_on_the_whole_address(void **state)
{
    struct selector *s = make(true);

    (void)state;
    assert_true(select_address(
        s, "http://www.example.cn/nb/202401/t20240117_123.html"));
    assert_false(select_address(s, "http://www.example.cn/nb/index.html"));
    assert_true(select_address(s, "https://files.example.cn/a.pdf"));
    select_free(s);
}

static void hosts_are_ours_or_named_by_a_pattern(void **state)
{
    struct selector *s = make(true);

    (void)state;
    assert_true(select_host(s, "http://www.example.cn/anything"));
    assert_true(select_host(s, "https://files.example.cn/a"));
    assert_false(select_host(s, "http://www.example.cn.evil.org/"));
    assert_false(select_host(s, "http://evil.org/www.example.cn/"));
    select_free(s);
}

static void a_bad_pattern_is_named(void **state)
{
    static char bad[] = "([0-9]";
    static char *patterns[] = { bad };
    struct conf_source src = {
        .name = source_name, .link_patterns = patterns, .link_patterns_count = 1
    };
    struct err err = { ERR_NONE, "" };

    (void)state;
    assert_null(select_new(&src, &err));
    assert_int_equal(err.kind, ERR_FATAL);
    assert_non_null(strstr(err.msg, "([0-9]"));
    assert_non_null(strstr(err.msg, "link_patterns"));
}

static void bare_titles_name_neither_body_nor_year(void **state)
{
    (void)state;
    assert_true(select_is_bare(SLICE_LIT("附件：政府信息公开工作年度报告")));
    assert_true(select_is_bare(SLICE_LIT("附件1. 信息公开年报.pdf")));
    assert_true(select_is_bare(SLICE_LIT("年度报告")));
    assert_false(select_is_bare(SLICE_LIT("附件：2022年度政府信息公开年报")));
    assert_false(select_is_bare(SLICE_LIT("水务局政府信息公开年度报告")));
    assert_false(select_is_bare(SLICE_LIT("附件")));
    assert_false(select_is_bare(SLICE_LIT("")));
}

static void attachments_are_known_by_their_suffix(void **state)
{
    (void)state;
    assert_true(select_is_attachment("http://a/x.pdf"));
    assert_true(select_is_attachment("http://a/x.DOCX?download=1"));
    assert_false(select_is_attachment("http://a/x.html?file=y.pdf"));
    assert_false(select_is_attachment("http://a/pdf"));
}

static void expect_attachment(const char *url, const char *want)
{
    char *got = select_attachment(url);

    if (want)
        assert_string_equal(got, want);
    else
        assert_null(got);
    mem_free(got);
}

static void viewers_lead_to_their_file(void **state)
{
    (void)state;
    expect_attachment("http://a/v/x.pdf", "http://a/v/x.pdf");
    expect_attachment("http://a/web/viewer.html?file=/f/%E5%B9%B4.pdf",
        "http://a/f/%E5%B9%B4.pdf");
    expect_attachment("http://a/web/viewer.html?x=1&file=..%2Fy.ofd#page=1",
        "http://a/y.ofd");
    expect_attachment("http://a/web/viewer.html?file={{qzbFile}}", NULL);
    expect_attachment("http://a/web/viewer.html?file=index.html", NULL);
    expect_attachment("http://a/index.html", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_or_title_may_name_the_report),
        cmocka_unit_test(exclusions_win),
        cmocka_unit_test(without_patterns_the_usual_words_and_the_host_decide),
        cmocka_unit_test(link_patterns_decide_on_the_whole_address),
        cmocka_unit_test(hosts_are_ours_or_named_by_a_pattern),
        cmocka_unit_test(a_bad_pattern_is_named),
        cmocka_unit_test(bare_titles_name_neither_body_nor_year),
        cmocka_unit_test(attachments_are_known_by_their_suffix),
        cmocka_unit_test(viewers_lead_to_their_file),
    };

    return cmocka_run_group_tests_name("select", tests, NULL, NULL);
}
