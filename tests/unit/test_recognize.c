/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "tests/doc.h"
#include "transformer/recognize.h"

static const char *const headings[] = { "一、总体情况", "本年度工作有序开展。",
    "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项", NULL };

struct fixture {
    struct arena arena;
    struct document doc;
    struct record rec;
    struct extract_hints hints;
    enum report_kind kind;
};

static int setup(void **state)
{
    static struct fixture f;

    memset(&f, 0, sizeof(f));
    doc_init(&f.doc, &f.arena);
    f.rec.arena = &f.arena;
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    arena_clear(&f->arena);
    return 0;
}

static void run(struct fixture *f)
{
    struct outline o;

    outline_make(&f->doc, doc_forms(), &f->hints, &f->arena, &o);
    f->kind = extract_recognize(&f->doc, &o, &f->hints, doc_forms(), &f->rec);
}

static void assert_text(struct slice got, const char *want)
{
    if (!slice_eq_str(got, want))
        fail_msg("\"%.*s\" is not \"%s\"", SLICE_ARG(got), want);
}

static void titled(
    struct fixture *f, const char *title, const char *body, uint32_t year)
{
    doc_text(&f->doc, title);
    doc_texts(&f->doc, headings);
    run(f);
    assert_int_equal(f->kind, REPORT_TABLES);
    assert_int_equal(f->rec.year, year);
    assert_text(f->rec.organization, body);
}

static void body_stands_behind_the_year(void **state)
{
    titled(*state, "2019年海州市人民政府办公厅政府信息公开工作年度报告",
        "海州市人民政府办公厅", 2019);
}

static void body_stands_before_the_year(void **state)
{
    titled(*state, "岚山综合实验区2022年度政府信息公开工作年度报告",
        "岚山综合实验区", 2022);
}

static void chinese_digits_are_a_year(void **state)
{
    titled(*state, "青浦镇人民政府关于二〇二一年度政府信息公开工作年度报告",
        "青浦镇人民政府", 2021);
}

static void circle_and_letter_o_are_a_zero(void **state)
{
    titled(
        *state, "附件1：南湖街道二○一九年政府信息公开年报", "南湖街道", 2019);
}

static void year_may_stand_behind_the_subject(void **state)
{
    titled(*state, "云岭县财政局政府信息公开工作2023年度报告", "云岭县财政局",
        2023);
}

static void year_without_its_word_is_read(void **state)
{
    titled(*state, "高峰镇_2020_政府信息公开年度报告", "高峰镇", 2020);
}

static void typo_in_the_subject_is_forgiven(void **state)
{
    titled(*state, "云岭县财政局2021年政府信息公工作年度报告", "云岭县财政局",
        2021);
}

static void office_reports_about_its_county(void **state)
{
    titled(*state,
        "云岭县人民政府办公室关于云岭县2021年政府信息公开工作年度报告",
        "云岭县", 2021);
}

static void body_may_stand_behind_the_title(void **state)
{
    titled(*state, "2021年政府信息公开工作年度报告（云岭县水利局）",
        "云岭县水利局", 2021);
}

static void title_over_several_paragraphs_is_joined(void **state)
{
    struct fixture *f = *state;
    static const char *const lines[] = { "附海州市对外联络服务办公室",
        "（海州市支援合作工作", "领导小组办公室）",
        "2020年政府信息公开工作年度报告", NULL };

    doc_texts(&f->doc, lines);
    doc_texts(&f->doc, headings);
    run(f);
    assert_int_equal(f->kind, REPORT_TABLES);
    assert_int_equal(f->rec.year, 2020);
    assert_text(f->rec.organization,
        "海州市对外联络服务办公室（海州市支援合作工作领导小组办公室）");
}

static void title_words_torn_in_two_are_joined(void **state)
{
    struct fixture *f = *state;
    static const char *const lines[] = { "白云区人民政府", "2022年",
        "政府信息公开工作", "年度报告", NULL };

    doc_texts(&f->doc, lines);
    doc_texts(&f->doc, headings);
    run(f);
    assert_int_equal(f->rec.year, 2022);
    assert_text(f->rec.organization, "白云区人民政府");
}

static void menu_words_are_no_title(void **state)
{
    struct fixture *f = *state;
    static const char *const lines[] = { "首页", "政府信息公开年报",
        "首页 > 政务公开 > 年报", "柳河县水利局2021年政府信息公开工作年度报告",
        NULL };

    doc_texts(&f->doc, lines);
    doc_texts(&f->doc, headings);
    run(f);
    assert_text(f->rec.title, "柳河县水利局2021年政府信息公开工作年度报告");
    assert_text(f->rec.organization, "柳河县水利局");
}

static void site_suffix_is_cut_from_the_page_title(void **state)
{
    struct fixture *f = *state;

    f->doc.title = SLICE_LIT(
        "云岭县2021年政府信息公开工作年度报告_政府信息公开年报_云岭县政府网");
    doc_texts(&f->doc, headings);
    run(f);
    assert_text(f->rec.title, "云岭县2021年政府信息公开工作年度报告");
    assert_text(f->rec.organization, "云岭县");
}

static void period_gives_the_year_of_an_untitled_text(void **state)
{
    struct fixture *f = *state;

    doc_texts(&f->doc, headings);
    doc_text(
        &f->doc, "本报告所列数据的统计期限,自 2019年1月1日起至12月31日止。");
    run(f);
    assert_int_equal(f->kind, REPORT_TABLES);
    assert_int_equal(f->rec.year, 2019);
    assert_null(f->rec.organization.p);
}

static void date_of_publication_alone_gives_no_year(void **state)
{
    struct fixture *f = *state;

    doc_meta(&f->doc, "PubDate", "2023-02-20 15:07");
    doc_texts(&f->doc, headings);
    run(f);
    assert_int_equal(f->kind, REPORT_TABLES);
    assert_int_equal(f->rec.year, 0);
    assert_text(f->rec.published, "2023-02-20");
}

static void signature_names_the_body(void **state)
{
    struct fixture *f = *state;

    doc_text(&f->doc, "2020年度政府信息公开工作年度报告");
    doc_texts(&f->doc, headings);
    doc_text(&f->doc, "无其他需要报告的事项。");
    doc_text(&f->doc, "云岭县财政金融局");
    doc_text(&f->doc, "2021年1月27日");
    run(f);
    assert_text(f->rec.organization, "云岭县财政金融局");
}

static void source_names_the_body_of_last_resort(void **state)
{
    struct fixture *f = *state;

    f->hints.organization = SLICE_LIT("云岭县人民政府");
    doc_text(&f->doc, "2020年度政府信息公开工作年度报告");
    doc_texts(&f->doc, headings);
    run(f);
    assert_text(f->rec.organization, "云岭县人民政府");
}

static void date_above_the_text_is_the_publication(void **state)
{
    struct fixture *f = *state;

    doc_text(&f->doc, "云岭县2020年政府信息公开工作年度报告");
    doc_text(&f->doc, "　发布日期：2021年1月9日");
    doc_texts(&f->doc, headings);
    run(f);
    assert_text(f->rec.published, "2021-01-09");
}

/* ---- what is no report -------------------------------------------------- */

static void refused(struct fixture *f, const char *reason)
{
    run(f);
    assert_int_equal(f->kind, REPORT_NONE);
    assert_int_equal(f->rec.status, REPORT_UNRECOGNIZED);
    assert_int_equal(f->rec.reason_n, 1);
    if (!text_starts(f->rec.reasons[0], reason))
        fail_msg("%.*s", SLICE_ARG(f->rec.reasons[0]));
}

static void self_check_is_refused_though_its_sections_are_there(void **state)
{
    struct fixture *f = *state;

    doc_text(&f->doc, "云岭县2021年政府信息公开工作自查报告");
    doc_texts(&f->doc, headings);
    refused(f, "report.none: a self-check");
}

static void notice_that_lists_the_sections_is_refused(void **state)
{
    struct fixture *f = *state;

    doc_text(
        &f->doc, "云岭县关于做好2021年政府信息公开工作年度报告编制工作的通知");
    doc_texts(&f->doc, headings);
    refused(f, "report.none: a notice");
}

static void notice_that_carries_the_filled_table_is_read(void **state)
{
    struct fixture *f = *state;
    static const char *const cells[] = { "", "自然人", "商业企业", "总计",
        "一、本年新收政府信息公开申请数量", "1", "2", "3",
        "二、上年结转政府信息公开申请数量", "1", "2", "3", "（一）予以公开",
        "1", "2", "3", "（七）总计", "1", "2", "3", NULL };

    doc_text(&f->doc, "云岭县关于公布2021年政府信息公开工作年度报告的通知");
    doc_table(&f->doc, 4, cells);
    run(f);
    assert_int_equal(f->kind, REPORT_TABLES);
    assert_int_equal(f->rec.year, 2021);
    assert_text(f->rec.organization, "云岭县");
}

static void other_yearly_report_is_refused(void **state)
{
    struct fixture *f = *state;

    doc_text(&f->doc, "云岭县2021年法治政府建设年度报告");
    doc_text(&f->doc, "一、总体情况");
    refused(f, "report.none: ");
}

static void title_without_body_is_refused(void **state)
{
    struct fixture *f = *state;

    doc_text(&f->doc, "云岭县2021年政府信息公开工作年度报告");
    doc_link(&f->doc, "P020220101.pdf", "附件");
    refused(f, "report.body_missing: ");
}

static void list_page_is_refused(void **state)
{
    struct fixture *f = *state;

    f->doc.title = SLICE_LIT("政府信息公开年报_云岭县政府网");
    doc_text(&f->doc, "政府信息公开年报");
    doc_link(&f->doc, "a.htm", "云岭县2021年政府信息公开工作年度报告");
    doc_link(&f->doc, "b.htm", "云岭县2020年政府信息公开工作年度报告");
    doc_link(&f->doc, "c.htm", "云岭县2019年政府信息公开工作年度报告");
    refused(f, "report.none: a list of 3 reports");
}

static void empty_and_error_pages_are_refused(void **state)
{
    struct fixture *f = *state;

    refused(f, "report.none: the document holds no text");
    doc_text(&f->doc, "404 Not Found");
    refused(f, "report.none: an error page");
}

static void damaged_title_with_good_table_is_a_report(void **state)
{
    struct fixture *f = *state;
    static const char *const cells[] = { "", "自然人", "商业企业", "总计",
        "一、本年新收政府信息公开申请数量", "1", "2", "3",
        "二、上年结转政府信息公开申请数量", "1", "2", "3", NULL };

    doc_text(&f->doc, "20??????");
    doc_table(&f->doc, 4, cells);
    run(f);
    assert_int_equal(f->kind, REPORT_TABLES);
    assert_int_equal(f->rec.year, 0);
}

/* ---- folded text ----------------------------------------------------------
 */

static void folding_keeps_letters_and_drops_space(void **state)
{
    struct fixture *f = *state;

    assert_text(
        text_fold(&f->arena, slice_str("㈠　２０２２ 年（总 计）“\xc2\xa0” ⒈")),
        "(一)2022年(总计)\"\"1.");
    assert_text(
        text_letters(&f->arena, slice_str("(一)、2022年.")), "一2022年");
}

static void distance_counts_characters(void **state)
{
    (void)state;
    assert_int_equal(
        text_distance(slice_str("行政法复议"), slice_str("行政复议"), 2), 1);
    assert_int_equal(text_distance(slice_str("总体"), slice_str("其他"), 1), 2);
    assert_int_equal(text_distance(slice_str(""), slice_str("其他"), 2), 2);
}

static void years_and_dates_are_found(void **state)
{
    struct fixture *f = *state;
    struct text_year y;

    y = text_find_year(slice_str("国办〔2021〕30号,2022年"), 0, true);
    assert_int_equal(y.year, 2022);
    y = text_find_year(slice_str("1234567年"), 0, false);
    assert_int_equal(y.year, 0);
    assert_text(
        text_find_date(&f->arena, slice_str("时间:2023/1/8")), "2023-01-08");
    assert_null(text_find_date(&f->arena, slice_str("2023年13月1日")).p);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(body_stands_behind_the_year),
        CASE(body_stands_before_the_year),
        CASE(chinese_digits_are_a_year),
        CASE(circle_and_letter_o_are_a_zero),
        CASE(year_may_stand_behind_the_subject),
        CASE(year_without_its_word_is_read),
        CASE(typo_in_the_subject_is_forgiven),
        CASE(office_reports_about_its_county),
        CASE(body_may_stand_behind_the_title),
        CASE(title_over_several_paragraphs_is_joined),
        CASE(title_words_torn_in_two_are_joined),
        CASE(menu_words_are_no_title),
        CASE(site_suffix_is_cut_from_the_page_title),
        CASE(period_gives_the_year_of_an_untitled_text),
        CASE(date_of_publication_alone_gives_no_year),
        CASE(signature_names_the_body),
        CASE(source_names_the_body_of_last_resort),
        CASE(date_above_the_text_is_the_publication),
        CASE(self_check_is_refused_though_its_sections_are_there),
        CASE(notice_that_lists_the_sections_is_refused),
        CASE(notice_that_carries_the_filled_table_is_read),
        CASE(other_yearly_report_is_refused),
        CASE(title_without_body_is_refused),
        CASE(list_page_is_refused),
        CASE(empty_and_error_pages_are_refused),
        CASE(damaged_title_with_good_table_is_a_report),
        CASE(folding_keeps_letters_and_drops_space),
        CASE(distance_counts_characters),
        CASE(years_and_dates_are_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
