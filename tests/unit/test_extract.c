/* SPDX-License-Identifier: Apache-2.0 */
/*
 * With the real forms: the tests run in the root of the project.
 */
#include "tests/check.h"

#include "tests/doc.h"
#include "transformer/extract.h"
#include "transformer/recognize.h"

struct fixture {
    struct arena arena;
    struct document doc;
    struct record rec;
    struct forms *forms;
};

static int setup(void **state)
{
    static struct fixture f;
    struct err err = { .kind = ERR_NONE };

    memset(&f, 0, sizeof(f));
    doc_init(&f.doc, &f.arena);
    f.rec.arena = &f.arena;
    f.forms = forms_read("conf/forms", &err);
    if (!f.forms)
        fail_msg("%s", err.msg);
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    arena_clear(&f->arena);
    forms_free(f->forms);
    return 0;
}

static int run(struct fixture *f, struct err *err)
{
    const struct extract_hints hints = { .title = { NULL, 0 } };

    return extract(&f->doc, f->forms, &hints, &f->rec, err);
}

static void no_report_has_a_reason_and_no_cells(void **state)
{
    struct fixture *f = *state;
    struct err err = { .kind = ERR_NONE };

    doc_text(&f->doc, "云岭县关于召开会议的通知");
    assert_int_equal(run(f, &err), 0);
    assert_int_equal(f->rec.status, REPORT_UNRECOGNIZED);
    assert_int_equal(f->rec.reason_n, 1);
    assert_int_equal(f->rec.cell_n, 0);
    assert_int_equal(f->rec.check_n, 0);
    assert_true(slice_eq_str(f->rec.media_type, "text/html"));
}

static void report_without_tables_is_flagged_with_all_cells_missing(
    void **state)
{
    struct fixture *f = *state;
    static const char *const texts[] = { "云岭县2022年政府信息公开工作年度报告",
        "一、总体情况", "甲。", "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况", NULL };
    struct err err = { .kind = ERR_NONE };

    doc_texts(&f->doc, texts);
    assert_int_equal(run(f, &err), 0);
    assert_int_equal(f->rec.status, REPORT_FLAGGED);
    assert_int_equal(f->rec.year, 2022);
    assert_int_equal(f->rec.section_n, 4);
    assert_true(f->rec.reason_n > 0);
    assert_true(f->rec.cell_n > 175);
    for (uint32_t i = 0; i < f->rec.cell_n; i++) {
        assert_int_equal(f->rec.cells[i].state, CELL_MISSING);
        assert_null(f->rec.cells[i].value.p);
    }
}

static void endless_lines_are_refused(void **state)
{
    struct fixture *f = *state;
    struct err err = { .kind = ERR_NONE };
    size_t n = (size_t)2 * (LINES_MAX + 1);
    char *text = arena_alloc(&f->arena, n + 1);

    for (size_t i = 0; i < n; i++)
        text[i] = i % 2 == 0 ? 'x' : '\n';
    doc_text(&f->doc, text);
    assert_int_equal(run(f, &err), -1);
    assert_int_equal(err.kind, ERR_LIMIT);
    assert_true(slice_starts(slice_str(err.msg), SLICE_LIT("report.lines: ")));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(no_report_has_a_reason_and_no_cells),
        CASE(report_without_tables_is_flagged_with_all_cells_missing),
        CASE(endless_lines_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
