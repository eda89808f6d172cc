/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "tests/doc.h"
#include "transformer/recognize.h"

struct fixture {
    struct arena arena;
    struct document doc;
    struct record rec;
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

static void assert_text(struct slice got, const char *want)
{
    if (!slice_eq_str(got, want))
        fail_msg("\"%.*s\" is not \"%s\"", SLICE_ARG(got), want);
}

static void find_sections(struct fixture *f)
{
    const struct extract_hints hints = { .title = { NULL, 0 } };
    struct outline o;

    outline_make(&f->doc, doc_forms(), &hints, &f->arena, &o);
    extract_sections(&o, &f->rec);
}

static void run(struct fixture *f, const char *const *texts)
{
    doc_texts(&f->doc, texts);
    find_sections(f);
}

static const struct section *section(const struct fixture *f, uint32_t n)
{
    static const struct section none;

    for (uint32_t i = 0; i < f->rec.section_n; i++) {
        if (f->rec.sections[i].number == n)
            return &f->rec.sections[i];
    }
    fail_msg("no section %u", n);
    return &none;
}

static void six_sections_are_told_apart(void **state)
{
    struct fixture *f = *state;
    static const char *const texts[] = { "首页", "标题", "一、总体情况",
        "第一段。", "（一）主动公开情况", "第二段。",
        "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况", "不足。", "六、其他需要报告的事项",
        "无。", NULL };

    run(f, texts);
    assert_int_equal(f->rec.section_n, 6);
    assert_text(section(f, 1)->heading, "一、总体情况");
    assert_text(section(f, 1)->text, "第一段。\n（一）主动公开情况\n第二段。");
    assert_text(section(f, 2)->text, "");
    assert_text(section(f, 5)->text, "不足。");
    assert_text(section(f, 6)->text, "无。");
}

static void headings_without_numerals_or_with_typos_are_found(void **state)
{
    struct fixture *f = *state;
    static const char *const texts[] = { "总体情况", "甲。", "1. 主动公开情况",
        "乙。", "依申请公开办理情况", "丙。", "二、主动公开政府信息情况",
        "收到和处理政府信息公开申请情况",
        "四、政府信息公开行政法复议、行政诉讼情况",
        "五、政府信息公开工作存在的主要问题及改进情况", "丁。", NULL };

    run(f, texts);
    assert_int_equal(f->rec.section_n, 5);
    assert_text(section(f, 1)->text,
        "甲。\n1. 主动公开情况\n乙。\n依申请公开办理情况\n丙。");
    assert_text(
        section(f, 4)->heading, "四、政府信息公开行政法复议、行政诉讼情况");
    assert_text(section(f, 5)->text, "丁。");
}

static void variant_heading_of_section_four_is_found(void **state)
{
    struct fixture *f = *state;
    static const char *const texts[] = { "一、总体情况", "甲。",
        "三、收到和处理政府信息公开申请情况",
        "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "乙。",
        NULL };

    run(f, texts);
    assert_text(section(f, 4)->text, "乙。");
}

static void contents_before_the_text_are_passed_over(void **state)
{
    struct fixture *f = *state;
    static const char *const texts[] = { "一、总体情况",
        "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
        "一、总体情况", "甲。", "二、主动公开政府信息情况", "乙。",
        "三、收到和处理政府信息公开申请情况", "丙。", NULL };

    run(f, texts);
    assert_text(section(f, 1)->text, "甲。");
    assert_text(section(f, 3)->text, "丙。");
}

static void footers_end_the_last_section(void **state)
{
    struct fixture *f = *state;
    static const char *const texts[] = { "一、总体情况", "甲。",
        "六、其他需要报告的事项", "无。", "【打印本页】【关闭窗口】",
        "版权所有：某某政府", NULL };

    run(f, texts);
    assert_text(section(f, 6)->text, "无。");
}

static void line_breaks_in_one_paragraph_separate_headings(void **state)
{
    struct fixture *f = *state;
    static const char *const texts[] = {
        "一、总体情况\n　　甲。\n二、主动公开政府信息情况\n乙。", NULL
    };

    run(f, texts);
    assert_int_equal(f->rec.section_n, 2);
    assert_text(section(f, 1)->text, "甲。");
    assert_text(section(f, 2)->text, "乙。");
}

static void headings_inside_a_stream_of_cells_are_found(void **state)
{
    struct fixture *f = *state;
    static const char *const cells[] = { "二、主动公开政府信息情况", "规章",
        "0", "三、收到和处理政府信息公开申请情况", "四、结转下年度继续办理",
        "0", NULL };

    doc_text(&f->doc, "一、总体情况");
    doc_table(&f->doc, 1, cells);
    doc_text(&f->doc, "五、存在的主要问题及改进情况");
    find_sections(f);
    assert_int_equal(f->rec.section_n, 4);
    assert_text(section(f, 3)->text, "");
}

static void table_around_the_text_is_layout(void **state)
{
    struct fixture *f = *state;
    static const char *const cell[] = {
        "一、总体情况\n甲。\n二、主动公开政府信息情况\n乙。", NULL
    };

    doc_table(&f->doc, 1, cell);
    find_sections(f);
    assert_int_equal(f->rec.section_n, 2);
    assert_text(section(f, 1)->text, "甲。");
}

static void prose_is_no_heading(void **state)
{
    struct fixture *f = *state;
    static const char *const texts[] = { "一、总体情况",
        "本机关无行政复议、行政诉讼情况", "本年度没有其他需要报告的事项。",
        NULL };

    run(f, texts);
    assert_int_equal(f->rec.section_n, 1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(six_sections_are_told_apart),
        CASE(headings_without_numerals_or_with_typos_are_found),
        CASE(variant_heading_of_section_four_is_found),
        CASE(contents_before_the_text_are_passed_over),
        CASE(footers_end_the_last_section),
        CASE(line_breaks_in_one_paragraph_separate_headings),
        CASE(headings_inside_a_stream_of_cells_are_found),
        CASE(table_around_the_text_is_layout),
        CASE(prose_is_no_heading),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
