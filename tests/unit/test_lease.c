/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_lease - which worker holds which documents.
 */
#include "tests/check.h"

#include <stdio.h>

#include "collector/lease.h"
#include "common/limits.h"

static struct link_peer peer(const char *name)
{
    struct link_peer p = { .len = (uint8_t)strlen(name) };

    memcpy(p.id, name, p.len);
    return p;
}

static struct lease_worker *put(
    struct lease_table *t, const char *name, uint32_t credit, int64_t now_ms)
{
    struct link_peer p = peer(name);
    struct lease_worker *w = lease_worker_put(t, &p, now_ms);

    lease_set_credit(w, credit);
    return w;
}

static void a_worker_is_found_by_its_whole_name(void **state)
{
    struct lease_table t = { .credit_max = 9 };
    struct link_peer a = peer("a"), ab = peer("ab");
    struct lease_worker *w = put(&t, "a", 1, 0);

    (void)state;
    assert_ptr_equal(lease_find(&t, &a), w);
    assert_null(lease_find(&t, &ab));
    assert_ptr_equal(put(&t, "a", 1, 5), w);
    assert_int_equal(t.worker_n, 1);
    lease_clear(&t);
}

static void a_document_costs_a_credit_and_gives_it_back(void **state)
{
    struct lease_table t = { .credit_max = 9 };
    struct lease_worker *w = put(&t, "a", 2, 0);

    (void)state;
    lease_add(w, 7, 1, 100);
    lease_add(w, 8, 1, 100);
    assert_int_equal(w->credit, 0);
    assert_null(lease_taker(&t));
    assert_int_equal(lease_total(&t), 2);
    assert_true(lease_end(w, 7, 1));
    assert_ptr_equal(lease_taker(&t), w);
    assert_int_equal(w->lease[0].job, 8);
    lease_clear(&t);
}

static void an_older_attempt_ends_nothing(void **state)
{
    struct lease_table t = { .credit_max = 9 };
    struct lease_worker *w = put(&t, "a", 1, 0);

    (void)state;
    lease_add(w, 7, 2, 100);
    assert_false(lease_end(w, 7, 1));
    assert_false(lease_end(w, 6, 2));
    assert_int_equal(lease_total(&t), 1);
    lease_clear(&t);
}

static void silent_workers_expire_and_others_do_not(void **state)
{
    struct lease_table t = { .credit_max = 9 };
    struct lease_worker *silent = put(&t, "a", 1, 1000);
    struct lease_worker *speaking = put(&t, "b", 1, 1000);

    (void)state;
    assert_null(lease_expired(&t, 1500, 500));
    speaking->seen_ms = 1400;
    assert_ptr_equal(lease_expired(&t, 1501, 500), silent);
    lease_worker_drop(&t, silent);
    assert_null(lease_expired(&t, 1501, 500));
    assert_int_equal(t.worker_n, 1);
    lease_clear(&t);
}

static void workers_take_turns(void **state)
{
    struct lease_table t = { .credit_max = 9 };
    struct lease_worker *a = put(&t, "a", 9, 0);
    struct lease_worker *b = put(&t, "b", 9, 0);
    struct lease_worker *c = put(&t, "c", 0, 0);

    (void)state;
    assert_ptr_equal(lease_taker(&t), a);
    assert_ptr_equal(lease_taker(&t), b);
    assert_ptr_equal(lease_taker(&t), a);
    lease_set_credit(c, 1);
    assert_ptr_equal(lease_taker(&t), b);
    assert_ptr_equal(lease_taker(&t), c);
    lease_clear(&t);
}

static void held_and_taken_never_pass_the_maximum(void **state)
{
    struct lease_table t = { .credit_max = 2 };
    struct lease_worker *w = put(&t, "a", UINT32_MAX, 0);

    (void)state;
    assert_int_equal(w->credit, 2);
    lease_add(w, 1, 1, 100);
    lease_set_credit(w, 5);
    assert_int_equal(w->credit, 1);
    lease_add(w, 2, 1, 100);
    lease_set_credit(w, 5);
    assert_int_equal(w->credit, 0);
    lease_clear(&t);
}

static void large_documents_go_one_by_one(void **state)
{
    struct lease_table t = { .credit_max = 4 };
    struct lease_worker *w = put(&t, "a", 4, 0);

    (void)state;
    lease_add(w, 1, 1, LIMIT_LEASED_BYTES - 1);
    assert_ptr_equal(lease_taker(&t), w);
    lease_add(w, 2, 1, 1);
    assert_null(lease_taker(&t));
    assert_true(lease_end(w, 1, 1));
    assert_ptr_equal(lease_taker(&t), w);
    lease_clear(&t);
}

static void what_a_predecessor_leased_gives_credit_too(void **state)
{
    struct lease_table t = { .credit_max = 2 };
    struct lease_worker *w = put(&t, "a", 0, 0);

    (void)state;
    assert_false(lease_end(w, 7, 1));
    assert_int_equal(w->credit, 1);
    assert_false(lease_end(w, 8, 1));
    assert_false(lease_end(w, 9, 1));
    assert_int_equal(w->credit, 2);
    lease_clear(&t);
}

static void the_table_does_not_grow_without_end(void **state)
{
    struct lease_table t = { .credit_max = 9 };
    struct link_peer last = peer("one too many");

    (void)state;
    for (unsigned i = 0; i < LIMIT_WORKERS; i++) {
        char name[16];

        snprintf(name, sizeof name, "w%u", i);
        assert_non_null(put(&t, name, 1, 0));
    }
    assert_null(lease_worker_put(&t, &last, 0));
    lease_clear(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_worker_is_found_by_its_whole_name),
        cmocka_unit_test(a_document_costs_a_credit_and_gives_it_back),
        cmocka_unit_test(an_older_attempt_ends_nothing),
        cmocka_unit_test(silent_workers_expire_and_others_do_not),
        cmocka_unit_test(workers_take_turns),
        cmocka_unit_test(held_and_taken_never_pass_the_maximum),
        cmocka_unit_test(large_documents_go_one_by_one),
        cmocka_unit_test(what_a_predecessor_leased_gives_credit_too),
        cmocka_unit_test(the_table_does_not_grow_without_end),
    };

    return cmocka_run_group_tests_name("lease", tests, NULL, NULL);
}
