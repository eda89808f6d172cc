/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_localize - which cells failed sums accuse, and what is proposed.
 */
#include "tests/check.h"

#include "tests/requests.h"
#include "tests/sheet.h"
#include "transformer/extract.h"

static struct forms *forms;
static struct arena arena;
static struct document doc;
static struct record rec;

static const struct requests sound = {
    .received = "12|3|0|0|0|1|16",
    .over = "2|0|0|0|0|0|2",
    .granted = "10|1|0|0|0|0|11",
    .partial = "3|2|0|0|0|0|5",
    .total = "13|3|0|0|0|0|16",
    .forward = "1|0|0|0|0|1|2",
};

static void read_sheet(const char *sheet)
{
    struct err err = { .kind = ERR_NONE };

    arena_clear(&arena);
    doc_init(&doc, &arena);
    memset(&rec, 0, sizeof(rec));
    rec.arena = &arena;
    rec.year = 2019;
    doc_sheet(&doc, sheet);
    assert_int_equal(extract_tables(&doc, forms, &rec, &err), 0);
    extract_checks(forms, &rec);
    extract_verdict(&rec);
}

static void read_requests(const struct requests *r)
{
    read_sheet(requests_sheet(r));
}

static const struct cell *cell_named(
    const char *table, const char *row, const char *column)
{
    for (uint32_t i = 0; i < rec.cell_n; i++)
        if (slice_eq_str(rec.cells[i].table, table) &&
            slice_eq_str(rec.cells[i].row, row) &&
            slice_eq_str(rec.cells[i].column, column))
            return &rec.cells[i];
    fail_msg("no cell %s.%s.%s", table, row, column);
    return NULL;
}

/* value or proposed NULL: null. */
static void is(const char *row, const char *column, const char *value,
    const char *proposed)
{
    const struct cell *c = cell_named("requests", row, column);

    if (value ? !slice_eq_str(c->value, value) : c->value.p != NULL)
        fail_msg("%s.%s is '%.*s'", row, column, SLICE_ARG(c->value));
    if (proposed ? !slice_eq_str(c->proposed, proposed) : c->proposed.p != NULL)
        fail_msg("%s.%s proposed '%.*s' (%.*s)", row, column,
            SLICE_ARG(c->proposed), SLICE_ARG(c->evidence));
}

static void none_is_proposed(void)
{
    for (uint32_t i = 0; i < rec.cell_n; i++)
        if (rec.cells[i].proposed.p)
            fail_msg("%.*s.%.*s proposed '%.*s'", SLICE_ARG(rec.cells[i].row),
                SLICE_ARG(rec.cells[i].column),
                SLICE_ARG(rec.cells[i].proposed));
}

static bool says(const char *row, const char *column, const char *words)
{
    return slice_find(cell_named("requests", row, column)->evidence,
               slice_str(words)) >= 0;
}

static void a_sound_table_has_no_proposal(void **state)
{
    (void)state;
    read_requests(&sound);
    none_is_proposed();
}

static void one_misread_cell_is_restored_beside_its_value(void **state)
{
    struct requests r = sound;

    (void)state;
    r.granted = "70|1|0|0|0|0|11";
    read_requests(&r);
    is("granted", "natural_person", "70", "10");
    assert_true(says("granted", "natural_person", "one digit changed"));
    assert_true(says("granted", "natural_person", "requests.row.granted"));
    assert_int_equal(rec.status, REPORT_FLAGGED);
}

static void a_misread_total_is_restored_as_well(void **state)
{
    struct requests r = sound;

    (void)state;
    r.total = "13|3|0|0|0|0|61";
    read_requests(&r);
    is("total", "total", "61", "16");
    assert_true(says("total", "total", "two digits exchanged"));
}

static void what_no_typing_error_explains_is_told_but_not_proposed(void **state)
{
    struct requests r = sound;

    (void)state;
    r.granted = "45|1|0|0|0|0|11";
    read_requests(&r);
    is("granted", "natural_person", "45", NULL);
    assert_true(says("granted", "natural_person", "would be 10"));
    none_is_proposed();
}

static void two_misread_cells_are_told_apart(void **state)
{
    struct requests r = sound;

    (void)state;
    r.granted = "10|7|0|0|0|0|11";
    r.partial = "8|2|0|0|0|0|5";
    read_requests(&r);
    is("granted", "business", "7", "1");
    is("partial", "natural_person", "8", "3");
    assert_true(says("granted", "business", "no other two"));
}

static void errors_that_cancel_each_other_stay_open(void **state)
{
    struct requests r = sound;

    (void)state;
    /* Three pairs explain it: new, carried over, carried forward. */
    r.forward = "2|0|0|0|0|1|3";
    read_requests(&r);
    none_is_proposed();
    assert_int_equal(rec.status, REPORT_FLAGGED);
}

static void three_misread_cells_stay_open(void **state)
{
    struct requests r = sound;

    (void)state;
    r.received = "17|3|0|0|0|1|16";
    r.granted = "10|4|0|0|0|0|11";
    r.partial = "3|2|0|0|0|1|5";
    read_requests(&r);
    none_is_proposed();
}

static void unreadable_cells_are_solved_together(void **state)
{
    struct requests r = sound;

    (void)state;
    r.received = "12|?|0|0|0|1|16";
    r.granted = "10|?|0|0|0|0|11";
    r.partial = "3|？|0|0|0|0|5";
    r.total = "13|?|0|0|0|0|16";
    read_requests(&r);
    is("new", "business", NULL, "3");
    is("granted", "business", NULL, "1");
    is("partial", "business", NULL, "2");
    is("total", "business", NULL, "3");
}

static void an_unreadable_and_a_misread_cell_are_told_apart(void **state)
{
    struct requests r = sound;

    (void)state;
    r.granted = "70|?|0|0|0|0|11";
    read_requests(&r);
    is("granted", "natural_person", "70", "10");
    is("granted", "business", NULL, "1");
}

static void unknown_cells_that_no_second_sum_checks_stay_open(void **state)
{
    struct requests r = sound;

    (void)state;
    /* Four unknowns at the corners of a rectangle: any could be more, the
     * others less. */
    r.granted = "?|?|0|0|0|0|11";
    r.partial = "?|?|0|0|0|0|5";
    read_requests(&r);
    none_is_proposed();
}

static void a_negative_solution_is_no_count(void **state)
{
    struct requests r = sound;

    (void)state;
    r.granted = "?|1|0|0|0|0|11";
    r.total = "2|3|0|0|0|0|5";
    r.received = "1|3|0|0|0|1|5";
    r.forward = "1|0|0|0|0|1|2";
    read_requests(&r);
    none_is_proposed();
}

static void a_blank_that_is_no_zero_is_restored(void **state)
{
    struct requests r = sound;

    (void)state;
    r.granted = "|1|||||11";
    r.partial = "3|2|||||5";
    r.total = "13|3|||||16";
    read_requests(&r);
    is("granted", "natural_person", NULL, "10");
    is("granted", "research", NULL, "0");
    assert_true(says("granted", "natural_person", "the cell is blank"));
}

static void a_row_of_blanks_is_restored_from_its_columns(void **state)
{
    struct requests r = sound;

    (void)state;
    r.total = "||||||";
    read_requests(&r);
    is("total", "natural_person", NULL, "13");
    is("total", "total", NULL, "16");
}

static void a_zero_that_another_sum_denies_is_not_proven(void **state)
{
    struct requests r = sound;

    (void)state;
    /* Both the part and its total are lost: the row holds with 0 = 0. */
    r.over = "||||||0";
    r.forward = "1|0|0|0|0|1|2";
    read_requests(&r);
    is("carried_over", "natural_person", NULL, NULL);
    assert_true(says("carried_over", "natural_person", "not certain"));
}

static void digits_that_slipped_to_the_neighbour_are_put_back(void **state)
{
    struct requests r = sound;

    (void)state;
    r.granted = "101||0|0|0|0|11";
    read_requests(&r);
    is("granted", "natural_person", "101", "10");
    is("granted", "business", NULL, "1");
    assert_true(says("granted", "business", "two neighbouring cells"));
}

static void a_review_row_with_one_sum_accuses_nobody(void **state)
{
    (void)state;
    read_sheet("项目|结果维持|结果纠正|其他结果|尚未审结|总计\n"
               "行政复议|3|1|0|0|7\n"
               "未经复议直接起诉|0|?|0|0|1\n"
               "复议后起诉|2|0|0|0|2");
    none_is_proposed();
    assert_true(slice_eq_str(
        cell_named("review", "reconsideration", "total")->value, "7"));
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
        cmocka_unit_test(a_sound_table_has_no_proposal),
        cmocka_unit_test(one_misread_cell_is_restored_beside_its_value),
        cmocka_unit_test(a_misread_total_is_restored_as_well),
        cmocka_unit_test(
            what_no_typing_error_explains_is_told_but_not_proposed),
        cmocka_unit_test(two_misread_cells_are_told_apart),
        cmocka_unit_test(errors_that_cancel_each_other_stay_open),
        cmocka_unit_test(three_misread_cells_stay_open),
        cmocka_unit_test(unreadable_cells_are_solved_together),
        cmocka_unit_test(an_unreadable_and_a_misread_cell_are_told_apart),
        cmocka_unit_test(unknown_cells_that_no_second_sum_checks_stay_open),
        cmocka_unit_test(a_negative_solution_is_no_count),
        cmocka_unit_test(a_blank_that_is_no_zero_is_restored),
        cmocka_unit_test(a_row_of_blanks_is_restored_from_its_columns),
        cmocka_unit_test(a_zero_that_another_sum_denies_is_not_proven),
        cmocka_unit_test(digits_that_slipped_to_the_neighbour_are_put_back),
        cmocka_unit_test(a_review_row_with_one_sum_accuses_nobody),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
