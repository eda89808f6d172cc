/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ledger_parts - containers and what is in them, in the ledger.
 */
#include "tests/check.h"

#include "tests/ledger_case.h"

static const char *key_of(struct ledger_case *c, const char *body)
{
    store_key(slice_str(body), c->key);
    return arena_str(&c->a, c->key);
}

/* Visit `url` and find a container of these parts there. */
static void fetch_container(struct ledger_case *c, const char *url,
    const char *body, const struct ledger_inner *part, size_t n)
{
    struct ledger_fetch f = { .run = c->run,
        .url = case_url(c, "s", url),
        .at = 1000,
        .status = 200,
        .sha256 = key_of(c, body),
        .final_url = url,
        .size = strlen(body),
        .is_container = true,
        .part = part,
        .part_n = n };
    struct err err;

    must(ledger_fetch_put(c->l, &f, &err));
}

/* "内/甲.doc", and a container with "乙.doc" in it. */
static void fetch_usual(struct ledger_case *c, const char *url)
{
    const struct ledger_inner parts[] = {
        { .path = "内/甲.doc", .title = "甲", .sha256 = key_of(c, "1") },
        { .path = "b.zip", .sha256 = key_of(c, "zip"), .is_container = true },
        { .within = 2, .path = "乙.doc", .sha256 = key_of(c, "2") },
        { .path = "c.doc",
            .sha256 = key_of(c, "note"),
            .reason = "reader.encrypted: the entry asks for a password" },
    };

    fetch_container(c, url, url, parts, 4);
}

static int count_broken(struct ledger_case *c);

static void parts_are_documents_at_the_containers_address(void **state)
{
    struct ledger_case *c = *state;

    fetch_usual(c, "http://x/a.zip");
    assert_string_equal(
        case_text(c, "SELECT group_concat(url || '|' || inner_path || '|' || "
                     "title, ' ') FROM (SELECT * FROM urls WHERE inner_path "
                     "IS NOT NULL ORDER BY id)"),
        "http://x/a.zip#内/甲.doc|内/甲.doc|甲 "
        "http://x/a.zip#b.zip|b.zip|http://x/a.zip "
        "http://x/a.zip#b.zip#乙.doc|乙.doc|http://x/a.zip "
        "http://x/a.zip#c.doc|c.doc|http://x/a.zip");
    assert_int_equal(case_number(c, "SELECT count(*) FROM documents"), 5);
    assert_int_equal(
        case_number(c, "SELECT count(*) FROM leases WHERE state = 'queued'"),
        2);
    assert_string_equal(case_text(c, "SELECT reason FROM quarantine"),
        "reader.encrypted: the entry asks for a password");
    assert_int_equal(count_broken(c), 0);
}

static void parts_are_never_visited(void **state)
{
    struct ledger_case *c = *state;
    struct err err;

    fetch_usual(c, "http://x/a.zip");
    case_load_all(c);
    case_finish(c);
    case_open_run(c);
    must(ledger_url_requeue(c->l, c->run, "s", &err));
    assert_string_equal(
        case_text(c, "SELECT group_concat(url) FROM urls WHERE state = 'due'"),
        "http://x/a.zip");
}

static void a_container_fetched_again_changes_nothing(void **state)
{
    struct ledger_case *c = *state;
    int64_t documents;

    fetch_usual(c, "http://x/a.zip");
    case_load_all(c);
    documents = case_number(c, "SELECT count(*) FROM documents");
    fetch_usual(c, "http://x/a.zip");
    assert_int_equal(
        case_number(c, "SELECT count(*) FROM documents"), documents);
    assert_int_equal(case_number(c, "SELECT count(*) FROM parts"), 4);
    assert_int_equal(
        case_number(c, "SELECT count(*) FROM leases WHERE state = 'queued'"),
        0);
    assert_int_equal(count_broken(c), 0);
}

static void a_changed_container_queues_only_what_is_new(void **state)
{
    struct ledger_case *c = *state;
    struct ledger_inner parts[3];

    fetch_usual(c, "http://x/a.zip");
    case_load_all(c);
    parts[0] =
        (struct ledger_inner){ .path = "内/甲.doc", .sha256 = key_of(c, "1") };
    parts[1] =
        (struct ledger_inner){ .path = "乙.doc", .sha256 = key_of(c, "new") };
    parts[2] =
        (struct ledger_inner){ .path = "乙.doc", .sha256 = key_of(c, "new") };
    fetch_container(c, "http://x/a.zip", "changed", parts, 3);
    assert_int_equal(
        case_number(c, "SELECT count(*) FROM leases WHERE state = 'queued'"),
        1);
    assert_int_equal(count_broken(c), 0);
}

static void the_same_container_elsewhere_holds_duplicates(void **state)
{
    struct ledger_case *c = *state;
    struct run_summary sum;
    struct err err;
    const struct ledger_inner parts[] = {
        { .path = "a.doc", .sha256 = key_of(c, "1") },
    };

    fetch_container(c, "http://x/2.zip", "zip", parts, 1);
    fetch_container(c, "http://x/1.zip", "zip", parts, 1);
    assert_string_equal(
        case_text(c, "SELECT u.url FROM leases j JOIN documents d "
                     "ON d.id = j.document JOIN urls u ON u.id = d.url"),
        "http://x/1.zip#a.doc");
    must(ledger_run_summary(c->l, c->run, &sum, &err));
    assert_int_equal(sum.fetched, 4);
    assert_int_equal(sum.unpacked, 2);
    assert_int_equal(sum.duplicates, 1);
    assert_int_equal(count_broken(c), 0);
}

static void a_body_may_be_set_aside_at_once(void **state)
{
    struct ledger_case *c = *state;
    struct ledger_fetch f = { .run = c->run,
        .url = case_url(c, "s", "http://x/a.zip"),
        .status = 200,
        .sha256 = key_of(c, "bomb"),
        .size = 4,
        .reason = "reader.ratio: bomb" };
    struct err err;

    must(ledger_fetch_put(c->l, &f, &err));
    f.url = case_url(c, "s", "http://x/0.zip"); /* comes first: started over */
    must(ledger_fetch_put(c->l, &f, &err));
    assert_string_equal(
        case_text(c, "SELECT state FROM leases"), "quarantined");
    assert_string_equal(
        case_text(c, "SELECT reason FROM quarantine"), "reader.ratio: bomb");
    assert_int_equal(count_broken(c), 0);
}

static void a_lost_part_is_told_by_the_audit(void **state)
{
    struct ledger_case *c = *state;

    fetch_usual(c, "http://x/a.zip");
    case_sql(c, "DELETE FROM parts WHERE seq = 2");
    assert_int_equal(count_broken(c), 1);
}

static void hear(void *ctx, const struct audit_line *line)
{
    int *broken_n = ctx;

    *broken_n += !line->holds;
}

static int count_broken(struct ledger_case *c)
{
    struct err err;
    int broken_n = 0;

    must(ledger_audit(c->l, hear, &broken_n, &err));
    return broken_n;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, case_setup, case_teardown)
        TEST(parts_are_documents_at_the_containers_address),
        TEST(parts_are_never_visited),
        TEST(a_container_fetched_again_changes_nothing),
        TEST(a_changed_container_queues_only_what_is_new),
        TEST(the_same_container_elsewhere_holds_duplicates),
        TEST(a_body_may_be_set_aside_at_once),
        TEST(a_lost_part_is_told_by_the_audit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
