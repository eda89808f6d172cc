/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ledger_url - which addresses are due, and in which order.
 */
#include "tests/ledger_case.h"

static size_t next(struct ledger_case *c, int64_t now_s, struct ledger_url *out)
{
    struct err err;
    size_t n;

    must(ledger_url_next(c->l, c->run, "s", now_s, &c->a, out, 10, &n, &err));
    return n;
}

static void visit(struct ledger_case *c, int64_t url, int64_t retry_at)
{
    struct ledger_fetch f = { .run = c->run,
        .url = url,
        .status = retry_at ? 503 : 200,
        .retry_at = retry_at };
    struct err err;

    must(ledger_fetch_put(c->l, &f, &err));
}

static void next_run(struct ledger_case *c)
{
    case_finish(c);
    case_open_run(c);
}

static void addresses_are_due_in_the_order_of_discovery(void **state)
{
    struct ledger_case *c = *state;
    struct ledger_url out[10];

    case_url(c, "s", "http://z/");
    case_url(c, "s", "http://a/");
    visit(c, case_url(c, "s", "http://m/"), 0);
    case_url(c, "s", "http://z/");
    assert_int_equal(next(c, 0, out), 2);
    assert_string_equal(out[0].url, "http://z/");
    assert_string_equal(out[1].url, "http://a/");
}

static void visited_address_is_not_due_again_in_the_same_run(void **state)
{
    struct ledger_case *c = *state;
    struct ledger_url out[10];
    struct ledger_url u = {
        .source = "s", .url = "http://a/", .kind = URL_DOCUMENT
    };
    bool is_new;
    struct err err;

    must(ledger_url_put(c->l, c->run, &u, &is_new, &err));
    assert_true(is_new);
    visit(c, 1, 0);
    must(ledger_url_put(c->l, c->run, &u, &is_new, &err));
    assert_false(is_new);
    assert_int_equal(next(c, 0, out), 0);
    next_run(c);
    must(ledger_url_put(c->l, c->run, &u, &is_new, &err));
    assert_false(is_new);
    assert_int_equal(next(c, 0, out), 1);
}

static void failed_visit_is_due_at_its_time(void **state)
{
    struct ledger_case *c = *state;
    struct ledger_url out[10];
    uint64_t left;
    int64_t next_at;
    struct err err;

    visit(c, case_url(c, "s", "http://a/"), 500);
    assert_int_equal(next(c, 499, out), 0);
    must(ledger_url_left(c->l, c->run, "s", &left, &next_at, &err));
    assert_int_equal(left, 1);
    assert_int_equal(next_at, 500);
    assert_int_equal(next(c, 500, out), 1);
    assert_int_equal(out[0].tries, 1);
    case_url(c, "s", "http://b/");
    must(ledger_url_left(c->l, c->run, "s", &left, &next_at, &err));
    assert_int_equal(left, 2);
    assert_int_equal(next_at, 0);
}

static void validators_of_the_last_full_answer_come_back(void **state)
{
    struct ledger_case *c = *state;
    int64_t id = case_url(c, "s", "http://a/");
    struct ledger_fetch full = { .run = c->run,
        .url = id,
        .status = 200,
        .etag = "\"e\"",
        .last_modified = "then" };
    struct ledger_fetch same = { .url = id, .status = 304 };
    struct ledger_fetch bad = { .url = id, .status = 500, .etag = "\"x\"" };
    struct ledger_url out[10];
    struct err err;

    must(ledger_fetch_put(c->l, &full, &err));
    next_run(c);
    case_url(c, "s", "http://a/");
    same.run = bad.run = c->run;
    must(ledger_fetch_put(c->l, &same, &err));
    must(ledger_fetch_put(c->l, &bad, &err));
    next_run(c);
    case_url(c, "s", "http://a/");
    assert_int_equal(next(c, 0, out), 1);
    assert_string_equal(out[0].etag, "\"e\"");
    assert_string_equal(out[0].last_modified, "then");
}

static void known_documents_are_requeued_behind_what_is_due(void **state)
{
    struct ledger_case *c = *state;
    struct ledger_url list = {
        .source = "s", .url = "http://list/", .kind = URL_LIST, .page = 1
    };
    struct ledger_url out[10];
    struct err err;

    must(ledger_url_put(c->l, c->run, &list, NULL, &err));
    visit(c, 1, 0);
    visit(c, case_url(c, "s", "http://b/"), 0);
    visit(c, case_url(c, "s", "http://a/"), 0);
    next_run(c);
    must(ledger_url_put(c->l, c->run, &list, NULL, &err));
    must(ledger_url_requeue(c->l, c->run, "s", &err));
    must(ledger_url_requeue(c->l, c->run, "s", &err));
    assert_int_equal(next(c, 0, out), 3);
    assert_string_equal(out[0].url, "http://list/");
    assert_int_equal(out[0].kind, URL_LIST);
    assert_string_equal(out[1].url, "http://b/");
    assert_string_equal(out[2].url, "http://a/");
}

static void later_lists_add_what_they_know_and_take_nothing_away(void **state)
{
    struct ledger_case *c = *state;
    struct ledger_url first = { .source = "s",
        .url = "http://a/",
        .kind = URL_LIST,
        .page = 1,
        .title = "t" };
    struct ledger_url second = { .source = "s",
        .url = "http://a/",
        .kind = URL_DOCUMENT,
        .list_date = "2023-01-20",
        .organization = "o" };
    struct ledger_url out[10];
    struct err err;

    must(ledger_url_put(c->l, c->run, &first, NULL, &err));
    must(ledger_url_put(c->l, c->run, &second, NULL, &err));
    assert_int_equal(next(c, 0, out), 1);
    assert_int_equal(out[0].kind, URL_LIST);
    assert_int_equal(out[0].page, 1);
    assert_string_equal(out[0].title, "t");
    assert_string_equal(out[0].list_date, "2023-01-20");
    assert_string_equal(out[0].organization, "o");
}

static void sources_do_not_see_each_others_addresses(void **state)
{
    struct ledger_case *c = *state;
    struct ledger_url out[10];

    case_source(c, "t", "310000", NULL);
    case_url(c, "t", "http://a/");
    assert_int_equal(next(c, 0, out), 0);
    case_url(c, "s", "http://a/");
    assert_int_equal(next(c, 0, out), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, case_setup, case_teardown)
        CASE(addresses_are_due_in_the_order_of_discovery),
        CASE(visited_address_is_not_due_again_in_the_same_run),
        CASE(failed_visit_is_due_at_its_time),
        CASE(validators_of_the_last_full_answer_come_back),
        CASE(known_documents_are_requeued_behind_what_is_due),
        CASE(later_lists_add_what_they_know_and_take_nothing_away),
        CASE(sources_do_not_see_each_others_addresses),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
