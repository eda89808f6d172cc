/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_record - claims about common/record.c
 */
#include "tests/check.h"

#include <stdlib.h>

#include "common/mem.h"
#include "common/record.h"

static struct cell cells[] = {
    { .table = { "requests", 8 },
        .row = { "new", 3 },
        .column = { "total", 5 },
        .value = { "2209", 4 },
        .raw = { "2,209", 5 },
        .state = CELL_READ,
        .unit = { "count", 5 },
        .source = { .table = 2,
            .row = 3,
            .col = 4,
            .page = 1,
            .box = { 1, 2, 3.5f, 4 } } },
    { .table = { "proactive", 9 },
        .row = { "fees", 4 },
        .column = { "amount", 6 },
        .state = CELL_MISSING,
        .unit = { "cny_10k", 7 },
        .value_cny = { "10000", 5 },
        .proposed = { "0", 1 },
        .evidence = { "sum", 3 },
        .source = { .table = -1, .row = -1, .col = -1 } },
};
static struct check checks[] = {
    { .rule = { "requests.balance.total", 22 },
        .form = { "2021", 4 },
        .source = { "note 1", 6 },
        .severity = SEVERITY_WARNING,
        .status = CHECK_NOT_EVALUABLE,
        .left = { "1", 1 },
        .right = { "2", 1 },
        .difference = { "-1", 2 },
        .left_cells = { "a + b", 5 },
        .right_cells = { "c", 1 },
        .message = { "m", 1 } },
};
static struct section sections[] = {
    { 1, { "h", 1 }, { "a\nb", 3 } },
};
static struct slice reasons[] = { { "cells.missing: x", 16 } };

static const struct record sample = {
    .sha256 = { "ab", 2 },
    .media_type = { "text/html", 9 },
    .charset = { "UTF-8", 5 },
    .reader = { "html", 4 },
    .title = { "t", 1 },
    .year = 2022,
    .published = { "2023-01-19", 10 },
    .form_proactive = { "2021", 4 },
    .form_review = { "2019", 4 },
    .status = REPORT_FLAGGED,
    .reason_n = 1,
    .reasons = reasons,
    .cell_n = 2,
    .cells = cells,
    .check_n = 1,
    .checks = checks,
    .section_n = 1,
    .sections = sections,
};

struct fixture {
    struct arena arena;
    struct buf bytes; /* the sample, encoded */
};

static int setup(void **state)
{
    struct fixture *f = mem_alloc(sizeof(*f));

    arena_init(&f->arena, 0);
    buf_init(&f->bytes, 65536);
    record_encode(&sample, &f->bytes);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    arena_clear(&f->arena);
    buf_clear(&f->bytes);
    mem_free(f);
    return 0;
}

static void a_record_comes_back_as_it_was(void **state)
{
    struct fixture *f = *state;
    struct record rec;
    struct err err;
    struct buf again;

    assert_int_equal(
        record_decode(buf_slice(&f->bytes), &f->arena, &rec, &err), 0);
    assert_int_equal(rec.year, 2022);
    assert_null(rec.organization.p);
    assert_null(rec.form_requests.p);
    assert_int_equal(rec.status, REPORT_FLAGGED);
    assert_true(slice_eq(rec.reasons[0], reasons[0]));
    assert_int_equal(rec.cell_n, 2);
    assert_true(slice_eq_str(rec.cells[0].raw, "2,209"));
    assert_null(rec.cells[1].value.p);
    assert_int_equal(rec.cells[1].state, CELL_MISSING);
    assert_int_equal(rec.cells[1].source.table, -1);
    assert_true(rec.cells[0].source.box[2] == 3.5f);
    assert_int_equal(rec.checks[0].status, CHECK_NOT_EVALUABLE);
    assert_true(slice_eq_str(rec.sections[0].text, "a\nb"));

    buf_init(&again, 65536);
    record_encode(&rec, &again);
    assert_true(slice_eq(buf_slice(&again), buf_slice(&f->bytes)));
    buf_clear(&again);
}

static void an_unrecognized_document_has_no_arrays(void **state)
{
    struct fixture *f = *state;
    struct record empty = { .status = REPORT_UNRECOGNIZED };
    struct record rec;
    struct err err;

    buf_reset(&f->bytes);
    record_encode(&empty, &f->bytes);
    assert_int_equal(
        record_decode(buf_slice(&f->bytes), &f->arena, &rec, &err), 0);
    assert_int_equal(rec.status, REPORT_UNRECOGNIZED);
    assert_int_equal(rec.cell_n, 0);
}

static void a_record_cut_anywhere_is_refused(void **state)
{
    struct fixture *f = *state;
    struct record rec;
    struct err err;

    for (size_t len = 0; len < f->bytes.len; len++) {
        char *cut = mem_alloc_n(len, 1);

        memcpy(cut, f->bytes.p, len);
        arena_reset(&f->arena);
        assert_int_equal(
            record_decode((struct slice){ cut, len }, &f->arena, &rec, &err),
            -1);
        assert_int_equal(err.kind, ERR_INPUT);
        mem_free(cut);
    }
}

/* Every single byte changed in turn, then noise: no crash, and what still
 * decodes can be encoded again. */
static void changed_bytes_never_crash(void **state)
{
    struct fixture *f = *state;
    struct record rec;
    struct err err;
    struct buf again;
    unsigned seed = 7;

    buf_init(&again, 1u << 20);
    for (int round = 0; round < 20000; round++) {
        size_t len = f->bytes.len;
        char *p = mem_alloc_n(len, 1);

        memcpy(p, f->bytes.p, len);
        p[(size_t)round % len] = (char)rand_r(&seed);
        if ((size_t)round >= len)
            for (int i = 0; i < 8; i++)
                p[(size_t)rand_r(&seed) % len] = (char)rand_r(&seed);
        arena_reset(&f->arena);
        if (record_decode((struct slice){ p, len }, &f->arena, &rec, &err) ==
            0) {
            buf_reset(&again);
            record_encode(&rec, &again);
            assert_int_equal(again.len, len);
        }
        mem_free(p);
    }
    buf_clear(&again);
}

static void names_are_those_of_the_data_model(void **state)
{
    (void)state;
    assert_string_equal(cell_state_name(CELL_UNREADABLE), "unreadable");
    assert_string_equal(
        check_status_name(CHECK_NOT_EVALUABLE), "not_evaluable");
    assert_string_equal(check_severity_name(SEVERITY_ERROR), "error");
    assert_string_equal(
        report_status_name(REPORT_UNRECOGNIZED), "unrecognized");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_record_comes_back_as_it_was, setup, teardown),
        cmocka_unit_test_setup_teardown(
            an_unrecognized_document_has_no_arrays, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_record_cut_anywhere_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(
            changed_bytes_never_crash, setup, teardown),
        cmocka_unit_test(names_are_those_of_the_data_model),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
