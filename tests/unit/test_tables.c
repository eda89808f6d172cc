/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_tables - documents to cells, each claim about one kind of trouble.
 *
 * Values are distinct, so that a shifted or exchanged one shows.
 */
#include "tests/check.h"

#include "tests/sheet.h"
#include "transformer/extract.h"

static struct forms *forms;
static struct arena arena;
static struct document doc;
static struct record rec;

static void start(void)
{
    arena_clear(&arena);
    doc_init(&doc, &arena);
    memset(&rec, 0, sizeof(rec));
    rec.arena = &arena;
    rec.year = 2022;
}

static void finish(void)
{
    struct err err = { .kind = ERR_NONE };

    assert_int_equal(extract_tables(&doc, forms, &rec, &err), 0);
}

static void read(const char *table)
{
    start();
    doc_sheet(&doc, table);
    finish();
}

static const struct cell *cell_find(
    const char *table, const char *row, const char *column)
{
    for (uint32_t i = 0; i < rec.cell_n; i++)
        if (slice_eq_str(rec.cells[i].table, table) &&
            slice_eq_str(rec.cells[i].row, row) &&
            slice_eq_str(rec.cells[i].column, column))
            return &rec.cells[i];
    return NULL;
}

static void is(
    const char *table, const char *row, const char *column, const char *value)
{
    const struct cell *c = cell_find(table, row, column);

    if (!c)
        fail_msg("no cell %s.%s.%s", table, row, column);
    if (value ? !slice_eq_str(c->value, value) : c->value.p != NULL)
        fail_msg("%s.%s.%s is '%.*s', expected %s", table, row, column,
            SLICE_ARG(c->value), value ? value : "null");
}

static bool has_reason(const char *code)
{
    for (uint32_t i = 0; i < rec.reason_n; i++)
        if (slice_starts(rec.reasons[i], slice_str(code)))
            return true;
    return false;
}

#define HEAD                                                                                                    \
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）{3," \
    "3}|申请人情况{7}\n"                                                                                   \
    "自然人{1,2}|法人或其他组织{5}|总计{1,2}\n"                                                     \
    "商业企业|科研机构|社会公益组织|法律服务机构|其他\n"
#define NEW "一、本年新收政府信息公开申请数量{3}"
#define OVER "二、上年结转政府信息公开申请数量{3}"
#define BLOCK1                                                                 \
    "第二十条第（一）项{4}\n信息内容|本年制发件数|本年废止件数|现行有效件数\n"

static void columns_are_named_by_their_labels(void **state)
{
    (void)state;
    read(BLOCK1 "规章|1|2|3\n行政规范性文件|4|5|6");
    is("proactive", "normative_documents", "repealed", "5");
    read("信息内容|现行有效件数|本年废止件数|本年制发件数\n规章|1|2|3");
    is("proactive", "regulations", "issued", "3");
    is("proactive", "regulations", "in_force", "1");
}

static void grouped_headers_give_the_order_of_leaves(void **state)
{
    (void)state;
    read(HEAD NEW "|1|2|3|4|5|6|21");
    is("requests", "new", "natural_person", "1");
    is("requests", "new", "other_org", "6");
    is("requests", "new", "total", "21");
    read("项目{1,2}|总计{1,2}|法人或其他组织{5}|自然人{1,2}\n"
         "其他|法律服务机构|社会公益组织|科研机构|商业企业\n"
         "一、本年新收政府信息公开申请数量|21|6|5|4|3|2|1");
    is("requests", "new", "natural_person", "1");
    is("requests", "new", "business", "2");
    is("requests", "new", "total", "21");
}

static void leaves_of_a_group_in_two_rows_stand_where_they_are(void **state)
{
    (void)state;
    read("项目{1,3}|自然人{1,3}|法人或其他组织{5}|总计{1,3}\n"
         "商业企业|科研机构|||其他\n||社会公益组织|法律服务机构|\n"
         "一、本年新收政府信息公开申请数量|1|2|3|4|5|6|21");
    is("requests", "new", "research", "3");
    is("requests", "new", "ngo", "4");
    is("requests", "new", "legal_service", "5");
    is("requests", "new", "other_org", "6");
}

static void header_cells_may_be_empty_or_repeated_for_spans(void **state)
{
    (void)state;
    read("项目|||申请人情况||||||\n|||自然人|法人或其他组织|||||总计\n"
         "||||商业企业|科研机构|社会公益组织|法律服务机构|其他|\n"
         "一、本年新收政府信息公开申请数量|||1|2|3|4|5|6|21");
    is("requests", "new", "natural_person", "1");
    is("requests", "new", "total", "21");
    read("项目|自然人|法人或其他组织|法人或其他组织|法人或其他组织|法人或其他"
         "组织|法人或其他组织|总计\n"
         "项目|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计\n"
         "一、本年新收政府信息公开申请数量|1|2|3|4|5|6|21");
    is("requests", "new", "natural_person", "1");
    is("requests", "new", "other_org", "6");
}

static void drifting_spans_are_read_in_order(void **state)
{
    (void)state;
    read("第二十条第（五）项{5}\n信息内容|上一年项目数量|本年增/"
         "减{2}|处理决定数量\n"
         "行政许可|7{2}|8|9");
    is("proactive", "licensing", "items_prev", "7");
    is("proactive", "licensing", "change", "8");
    is("proactive", "licensing", "decisions", "9");
}

static void a_row_with_too_few_values_is_not_read(void **state)
{
    (void)state;
    read(HEAD NEW "|1|2|3|4|5|21\n" OVER "|7|0|0|0|0|0|7");
    is("requests", "new", "natural_person", NULL);
    is("requests", "new", "total", NULL);
    is("requests", "carried_over", "total", "7");
    assert_int_equal(
        cell_find("requests", "new", "total")->state, CELL_MISSING);
}

static void a_blank_edge_with_a_failing_sum_is_a_shifted_row(void **state)
{
    (void)state;
    read(HEAD NEW "||1|2|3|4|5|6\n" OVER "|1|2|3|4|5|15|");
    is("requests", "new", "business", NULL);
    is("requests", "carried_over", "natural_person", NULL);
}

static void groups_may_stand_in_the_label_cell(void **state)
{
    (void)state;
    read(HEAD
        "三、本年度办理结果{3}|||||||\n"
        "（三）不予公开 1.属于国家秘密{3}|1|0|0|0|0|0|1\n"
        "三、本年度办理结果（三）不予公开2.其他法律行政法规禁止公开{3}|2|0|"
        "0|0|0|0|2");
    is("requests", "denied_state_secret", "total", "1");
    is("requests", "denied_law", "natural_person", "2");
}

static void labels_may_be_torn_over_cells_and_rows(void **state)
{
    (void)state;
    read(HEAD "1.属于|国家|秘密|1|0|0|0|0|0|1\n"
              "2.其他法律行政{3}|||||||\n法规禁止公开{3}|2|0|0|0|0|0|2");
    is("requests", "denied_state_secret", "total", "1");
    is("requests", "denied_law", "total", "2");
}

static void typos_are_placed_by_likeness_and_order(void **state)
{
    (void)state;
    read(HEAD NEW "|1|0|0|0|0|0|1\n二、上年结转政俯信息公开申情数量{3}|2|0|0|0|"
                  "0|0|2\n（一）予以公幵{3}|3|0|0|0|0|0|3\n"
                  "2.重复中请{3}|4|0|0|0|0|0|4");
    is("requests", "carried_over", "total", "2");
    is("requests", "granted", "total", "3");
    is("requests", "rejected_repeat", "total", "4");
}

static void a_row_of_another_name_is_no_typo(void **state)
{
    (void)state;
    read("第二十条第（六）项\n信息内容|本年处理决定数量\n行政处罚|1\n行政奖励|"
         "2\n"
         "行政强制|3");
    is("proactive", "penalty", "decisions", "1");
    is("proactive", "coercion", "decisions", "3");
    is("proactive", "licensing", "decisions", NULL);
}

static void a_bare_row_needs_exactly_one_place(void **state)
{
    (void)state;
    read(HEAD NEW "|1|0|0|0|0|0|1\n{3}|2|0|0|0|0|0|2\n"
                  "（一）予以公开{3}|3|0|0|0|0|0|3");
    is("requests", "carried_over", "total", "2");
    read(HEAD NEW "|1|0|0|0|0|0|1\n{3}|2|0|0|0|0|0|2\n"
                  "1.属于国家秘密{3}|3|0|0|0|0|0|3");
    is("requests", "carried_over", "total", NULL);
    is("requests", "granted", "total", NULL);
}

static void a_split_table_goes_on_without_header(void **state)
{
    (void)state;
    start();
    doc_sheet(&doc, HEAD NEW "|1|2|3|4|5|6|21");
    doc_text(&doc, "- 3 -");
    doc_sheet(&doc, "二、上年结转政府信息公开申请数量|7|8|9|10|11|12|57\n"
                    "（一）予以公开|1|0|0|0|0|0|1");
    finish();
    is("requests", "new", "total", "21");
    is("requests", "carried_over", "other_org", "12");
    assert_false(has_reason("header.missing"));
}

static void rows_repeated_on_the_next_page_are_one(void **state)
{
    (void)state;
    start();
    doc_sheet(&doc, HEAD NEW "|1|2|3|4|5|6|21\n" OVER "|7|0|0|0|0|0|7");
    doc_sheet(
        &doc, HEAD OVER "|7|0|0|0|0|0|7\n（一）予以公开{3}|1|0|0|0|0|0|1");
    finish();
    is("requests", "new", "total", "21");
    is("requests", "carried_over", "total", "7");
    is("requests", "granted", "total", "1");
    assert_false(has_reason("table.repeated"));
}

static void two_rows_that_claim_one_and_differ_are_unreadable(void **state)
{
    const struct cell *c;

    (void)state;
    read(HEAD NEW "|1|0|0|0|0|0|1\n" NEW "|2|0|0|0|0|0|2\n" OVER
                  "|7|0|0|0|0|0|7");
    c = cell_find("requests", "new", "total");
    assert_int_equal(c->state, CELL_UNREADABLE);
    assert_null(c->value.p);
    assert_true(c->evidence.len > 0);
    is("requests", "new", "business", "0");
}

static void a_second_table_is_never_mixed_in(void **state)
{
    (void)state;
    start();
    doc_sheet(&doc, BLOCK1 "规章|1|2|3\n行政规范性文件|4|5|6");
    doc_sheet(&doc, BLOCK1 "规章|7|8|9\n行政规范性文件|10|11|12");
    finish();
    is("proactive", "regulations", "issued", "1");
    is("proactive", "normative_documents", "in_force", "6");
    assert_true(has_reason("table.repeated"));
    start();
    doc_sheet(&doc, BLOCK1 "规章|1|2|3\n行政规范性文件|4|5|6");
    doc_sheet(&doc, BLOCK1 "规章|1|2|3\n行政规范性文件|4|5|6");
    finish();
    assert_false(has_reason("table.repeated"));
}

static void columns_of_the_publishers_own_are_left_out(void **state)
{
    (void)state;
    read("序号|信息内容|本年制发件数|本年废止件数|现行有效件数|备注\n"
         "1|规章|7|8|9|\n2|行政规范性文件|4|5|6|含转发文件");
    is("proactive", "regulations", "issued", "7");
    is("proactive", "regulations", "in_force", "9");
    is("proactive", "normative_documents", "in_force", "6");
}

static void rows_of_a_city_replace_the_one_they_split(void **state)
{
    (void)state;
    rec.year = 2020;
    read("第二十条第（五）项{5}\n信息内容{2}|上一年项目数量|本年增/"
         "减|处理决定数量\n"
         "行政许可{2}|1|2|3\n其他对外管理服务事项{1,2}|行政检查|4|5|6\n"
         "行政确认|7|8|9");
    is("proactive", "inspection", "change", "5");
    is("proactive", "confirmation", "decisions", "9");
    assert_null(cell_find("proactive", "other_services", "change"));
    read("第二十条第（五）项{4}\n信息内容|上一年项目数量|本年增/"
         "减|处理决定数量\n"
         "行政许可|1|2|3\n其他对外管理服务事项|4|5|6");
    is("proactive", "other_services", "change", "5");
    assert_null(cell_find("proactive", "inspection", "change"));
}

#define REVIEW_HEAD                                                                                  \
    "行政复议{5}|行政诉讼{10}\n结果维持{1,2}|结果纠正{1,2}|其他结果{1,2}|尚未" \
    "审结{1,2}|总计{1,2}|未经复议直接起诉{5}|复议后起诉{5}\n结果维持|"          \
    "结果纠正|"                                                                                  \
    "其他结果|尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计\n"

static void a_wide_review_is_fifteen_values(void **state)
{
    (void)state;
    read(REVIEW_HEAD "1|2|3|4|10|5|6|7|8|26|9|10|11|12|42");
    is("review", "reconsideration", "upheld", "1");
    is("review", "litigation_direct", "total", "26");
    is("review", "litigation_after_reconsideration", "pending", "12");
    assert_true(slice_eq_str(rec.form_review, "2021"));
}

static void a_review_may_have_three_rows(void **state)
{
    (void)state;
    read("类型|结果维持|结果纠正|其他结果|尚未审结|总计\n行政复议|1|2|3|4|10\n"
         "未经复议直接起诉|5|6|7|8|26\n复议后起诉|9|10|11|12|42");
    is("review", "reconsideration", "total", "10");
    is("review", "litigation_after_reconsideration", "upheld", "9");
}

static void a_review_without_header_needs_its_sums(void **state)
{
    (void)state;
    read("1|2|3|4|10|5|6|7|8|26|9|10|11|12|42");
    is("review", "litigation_direct", "upheld", "5");
    assert_true(has_reason("header.missing"));
    read("1|2|3|4|10|5|6|7|8|26|9|10|11|12|43");
    is("review", "litigation_direct", "upheld", NULL);
}

static void streams_are_read_only_when_the_numbers_fit(void **state)
{
    (void)state;
    read("信息内容\n本年制发\n件数\n本年废止件数\n现行有效件数\n规章\n1\n2\n3\n"
         "行政规范性\n文件\n4\n5\n6");
    is("proactive", "regulations", "repealed", "2");
    is("proactive", "normative_documents", "in_force", "6");
    read("信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n1\n2\n"
         "行政规范性文件\n4\n5\n6");
    is("proactive", "regulations", "issued", NULL);
    is("proactive", "normative_documents", "in_force", "6");
}

static void each_table_has_its_own_form(void **state)
{
    (void)state;
    start();
    doc_sheet(&doc, BLOCK1 "规章|1|2|3\n行政规范性文件|4|5|6");
    doc_sheet(&doc, HEAD NEW "|1|0|0|0|0|0|1\n（六）其他处理{3}|1|0|0|0|0|0|1");
    finish();
    assert_true(slice_eq_str(rec.form_proactive, "2021"));
    assert_true(slice_eq_str(rec.form_requests, "2019"));
    assert_null(rec.form_review.p);
    is("requests", "other", "total", "1");
    assert_true(has_reason("table.missing: review"));
}

static void a_header_of_another_form_is_not_taken_for_ours(void **state)
{
    (void)state;
    read("第二十条第（一）项{4}\n信息内容|本年制发件数|本年废止件数|"
         "现行有效件数\n"
         "规章|1|2|3\n第二十条第（五）项{4}\n信息内容|上一年项目数量|本年增/"
         "减|处"
         "理决定数量\n行政许可|4|5|6\n第二十条第（九）项{4}\n信息内容|"
         "采购项目数量"
         "|采购总金额{2}\n政府集中采购|7|8{2}");
    is("proactive", "licensing", "items_prev", "4");
    is("proactive", "regulations", "made", NULL);
}

static void amounts_carry_the_unit_that_is_stated(void **state)
{
    const struct cell *c;

    (void)state;
    read("信息内容|采购项目数量|采购总金额\n政府集中采购|7|251000元");
    c = cell_find("proactive", "procurement", "amount");
    assert_int_equal(c->state, CELL_ANNOTATED);
    assert_true(slice_eq_str(c->unit, "cny"));
    assert_true(slice_eq_str(c->value_cny, "251000"));
    read("信息内容|采购项目数量|采购总金额（万元，保留四位小数）\n"
         "政府集中采购|7|0.5950");
    c = cell_find("proactive", "procurement", "amount");
    assert_true(slice_eq_str(c->value, "0.5950"));
    assert_true(slice_eq_str(c->unit, "cny_10k"));
    assert_true(slice_eq_str(c->value_cny, "5950"));
    read("信息内容|采购项目数量|采购总金额单位;万元)\n政府集中采购|7|0.5950");
    c = cell_find("proactive", "procurement", "amount");
    assert_true(slice_eq_str(c->value, "0.5950"));
    assert_true(slice_eq_str(c->unit, "cny_10k"));
    read("信息内容|采购项目数量|采购总金额\n政府集中采购|7|8");
    c = cell_find("proactive", "procurement", "amount");
    assert_null(c->value_cny.p);
    assert_true(c->evidence.len > 0);
}

static void a_menu_with_words_of_the_form_is_no_table(void **state)
{
    (void)state;
    start();
    doc_sheet(&doc, "行政许可|行政处罚|");
    doc_sheet(&doc,
        "第二十条第（五）项{2}\n信息内容|本年处理决定数量\n行政许可|1\n"
        "第二十条第（六）项{2}\n信息内容|本年处理决定数量\n行政处罚|2\n"
        "行政强制|3");
    finish();
    is("proactive", "licensing", "decisions", "1");
    is("proactive", "penalty", "decisions", "2");
}

static void cells_know_where_they_were_read(void **state)
{
    const struct cell *c;

    (void)state;
    read(BLOCK1 "规章|1|2|3");
    c = cell_find("proactive", "regulations", "repealed");
    assert_int_equal(c->source.table, 0);
    assert_int_equal(c->source.row, 2);
    assert_int_equal(c->source.col, 2);
    assert_true(slice_eq_str(c->raw, "2"));
    c = cell_find("proactive", "normative_documents", "repealed");
    assert_int_equal(c->source.table, -1);
}

static int set_up(void **state)
{
    struct err err = { .kind = ERR_NONE };

    (void)state;
    forms = forms_read("conf/forms", &err);
    return forms ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_clear(&arena);
    forms_free(forms);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_named_by_their_labels),
        cmocka_unit_test(grouped_headers_give_the_order_of_leaves),
        cmocka_unit_test(leaves_of_a_group_in_two_rows_stand_where_they_are),
        cmocka_unit_test(header_cells_may_be_empty_or_repeated_for_spans),
        cmocka_unit_test(drifting_spans_are_read_in_order),
        cmocka_unit_test(a_row_with_too_few_values_is_not_read),
        cmocka_unit_test(a_blank_edge_with_a_failing_sum_is_a_shifted_row),
        cmocka_unit_test(groups_may_stand_in_the_label_cell),
        cmocka_unit_test(labels_may_be_torn_over_cells_and_rows),
        cmocka_unit_test(typos_are_placed_by_likeness_and_order),
        cmocka_unit_test(a_row_of_another_name_is_no_typo),
        cmocka_unit_test(a_bare_row_needs_exactly_one_place),
        cmocka_unit_test(a_split_table_goes_on_without_header),
        cmocka_unit_test(rows_repeated_on_the_next_page_are_one),
        cmocka_unit_test(two_rows_that_claim_one_and_differ_are_unreadable),
        cmocka_unit_test(a_second_table_is_never_mixed_in),
        cmocka_unit_test(columns_of_the_publishers_own_are_left_out),
        cmocka_unit_test(rows_of_a_city_replace_the_one_they_split),
        cmocka_unit_test(a_wide_review_is_fifteen_values),
        cmocka_unit_test(a_review_may_have_three_rows),
        cmocka_unit_test(a_review_without_header_needs_its_sums),
        cmocka_unit_test(streams_are_read_only_when_the_numbers_fit),
        cmocka_unit_test(each_table_has_its_own_form),
        cmocka_unit_test(a_header_of_another_form_is_not_taken_for_ours),
        cmocka_unit_test(amounts_carry_the_unit_that_is_stated),
        cmocka_unit_test(a_menu_with_words_of_the_form_is_no_table),
        cmocka_unit_test(cells_know_where_they_were_read),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
