/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_reasons - valid or flagged, and why.
 */
#include "tests/check.h"

#include "common/limits.h"
#include "transformer/extract.h"
#include "transformer/reasons.h"

static struct arena arena;
static struct record rec;
static struct cell cells[4];
static struct check check;

/* A record of two rows with two cells each, all read, one check passed. */
static void start(void)
{
    arena_clear(&arena);
    arena_init(&arena, LIMIT_ARENA_BYTES);
    memset(&rec, 0, sizeof(rec));
    memset(cells, 0, sizeof(cells));
    memset(&check, 0, sizeof(check));
    for (int i = 0; i < 4; i++) {
        cells[i].table = SLICE_LIT("requests");
        cells[i].row = i < 2 ? SLICE_LIT("new") : SLICE_LIT("total");
        cells[i].column = i % 2 ? SLICE_LIT("total") : SLICE_LIT("business");
        cells[i].state = CELL_READ;
        cells[i].value = SLICE_LIT("1");
    }
    check.rule = SLICE_LIT("requests.row.new");
    check.form = SLICE_LIT("2021");
    check.status = CHECK_PASS;
    check.severity = SEVERITY_ERROR;
    rec.arena = &arena;
    rec.cells = cells;
    rec.cell_n = 4;
    rec.checks = &check;
    rec.check_n = 1;
}

static void only_reason(const char *text)
{
    extract_verdict(&rec);
    assert_int_equal(rec.status, REPORT_FLAGGED);
    assert_int_equal(rec.reason_n, 1);
    if (!slice_eq_str(rec.reasons[0], text))
        fail_msg("'%.*s', expected '%s'", SLICE_ARG(rec.reasons[0]), text);
}

static void all_read_and_passed_is_valid(void **state)
{
    (void)state;
    start();
    extract_verdict(&rec);
    assert_int_equal(rec.status, REPORT_VALID);
    assert_int_equal(rec.reason_n, 0);
}

static void whole_rows_are_named_once(void **state)
{
    (void)state;
    start();
    cells[0].state = CELL_MISSING;
    cells[2].state = cells[3].state = CELL_MISSING;
    only_reason("cells.missing: requests.new.business, requests.total.*");
}

static void blanks_flag_unless_proven_zero(void **state)
{
    (void)state;
    start();
    cells[1].state = CELL_BLANK;
    cells[1].proposed = SLICE_LIT("0");
    extract_verdict(&rec);
    assert_int_equal(rec.status, REPORT_VALID);
    start();
    cells[1].state = CELL_DASH;
    only_reason("cells.blank: not proven to be 0: requests.new.total");
}

static void a_proposal_is_no_value(void **state)
{
    (void)state;
    start();
    cells[1].state = CELL_UNREADABLE;
    cells[1].proposed = SLICE_LIT("12");
    only_reason("cells.unreadable: requests.new.total");
}

static void warnings_do_not_flag(void **state)
{
    (void)state;
    start();
    check.status = CHECK_FAIL;
    check.severity = SEVERITY_WARNING;
    extract_verdict(&rec);
    assert_int_equal(rec.status, REPORT_VALID);
}

static void failures_tell_both_sides(void **state)
{
    (void)state;
    start();
    check.status = CHECK_FAIL;
    check.left = SLICE_LIT("2348");
    check.right = SLICE_LIT("2347");
    check.left_cells = SLICE_LIT("requests.new.business");
    only_reason("check.failed: requests.row.new: 2348 printed on one side, "
                "2347 on the other");
}

static void a_sum_that_cannot_be_made_flags(void **state)
{
    (void)state;
    start();
    check.status = CHECK_NOT_EVALUABLE;
    extract_verdict(&rec);
    assert_int_equal(rec.status, REPORT_FLAGGED);
    start();
    check.status = CHECK_NOT_EVALUABLE;
    check.form = (struct slice){ NULL, 0 };
    extract_verdict(&rec);
    assert_int_equal(rec.status, REPORT_VALID);
}

static void doubts_of_earlier_steps_are_kept(void **state)
{
    (void)state;
    start();
    reason_add(&rec, "header.missing: %s", "review");
    only_reason("header.missing: review");
}

static void no_cells_are_never_valid(void **state)
{
    (void)state;
    start();
    rec.cell_n = 0;
    extract_verdict(&rec);
    assert_int_equal(rec.status, REPORT_FLAGGED);
}

static int tear_down(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_read_and_passed_is_valid),
        cmocka_unit_test(whole_rows_are_named_once),
        cmocka_unit_test(blanks_flag_unless_proven_zero),
        cmocka_unit_test(a_proposal_is_no_value),
        cmocka_unit_test(warnings_do_not_flag),
        cmocka_unit_test(failures_tell_both_sides),
        cmocka_unit_test(a_sum_that_cannot_be_made_flags),
        cmocka_unit_test(doubts_of_earlier_steps_are_kept),
        cmocka_unit_test(no_cells_are_never_valid),
    };

    return cmocka_run_group_tests(tests, NULL, tear_down);
}
