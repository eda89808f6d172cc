/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_keys - every cell of every form, once, in an order that stays.
 */
#include "loader/keys.h"
#include "tests/loader_case.h"

static const char old_form[] =
    "id: \"2019\"\n"
    "tables:\n"
    "  - key: p\n"
    "    label: 表\n"
    "    blocks:\n"
    "      - label: 块\n"
    "        columns:\n"
    "          - {key: made, label: 制作}\n"
    "          - {key: amount, label: 金额, unit: cny_10k}\n"
    "        rows:\n"
    "          - {key: r1, label: 甲}\n"
    "          - {key: r2, label: 乙, optional: true}\n"
    "  - key: q\n"
    "    label: 问\n"
    "    blocks:\n"
    "      - columns:\n"
    "          - {key: total, label: 总计}\n"
    "        rows:\n"
    "          - {key: new, label: 新收}\n";

static const char new_form[] = "id: \"2021\"\n"
                               "tables:\n"
                               "  - key: p\n"
                               "    label: 表\n"
                               "    blocks:\n"
                               "      - columns:\n"
                               "          - {key: made, label: 制发}\n"
                               "          - {key: repealed, label: 废止}\n"
                               "        rows:\n"
                               "          - {key: r1, label: 甲}\n";

static struct keys *make(struct loader_case *c)
{
    struct err err = { 0 };
    struct keys *keys;

    case_write(c, "2019.yaml", old_form);
    case_write(c, "2021.yaml", new_form);
    keys = keys_read(c->dir, &err);
    if (!keys)
        fail_msg("%s", err.msg);
    return keys;
}

static void tables_keep_together_and_new_forms_add_at_their_end(void **state)
{
    static const char *const names[] = { "p.r1.made", "p.r1.amount",
        "p.r2.made", "p.r2.amount", "p.r1.repealed", "q.new.total" };
    struct keys *keys = make(*state);
    size_t i;

    assert_int_equal(keys->key_n, 6);
    for (i = 0; i < 6; i++)
        assert_string_equal(keys->key[i].name, names[i]);
    keys_free(keys);
}

static void labels_are_those_of_the_form_that_came_first(void **state)
{
    struct keys *keys = make(*state);

    assert_string_equal(keys->key[0].label, "表 | 甲 | 制作");
    keys_free(keys);
}

static void money_is_known_by_its_unit(void **state)
{
    struct keys *keys = make(*state);

    assert_false(keys->key[0].is_amount);
    assert_true(keys->key[1].is_amount);
    keys_free(keys);
}

static void a_broken_form_is_named(void **state)
{
    struct loader_case *c = *state;
    struct err err = { 0 };

    case_write(c, "2019.yaml", "tables: 5\n");
    assert_null(keys_read(c->dir, &err));
    assert_int_equal(err.kind, ERR_FATAL);
    assert_non_null(strstr(err.msg, "2019.yaml"));
}

static void a_folder_without_forms_is_an_error(void **state)
{
    struct loader_case *c = *state;
    struct err err = { 0 };

    assert_null(keys_read(c->dir, &err));
    assert_int_equal(err.kind, ERR_FATAL);
}

static void the_forms_of_the_project_have_their_cells(void **state)
{
    struct err err = { 0 };
    struct keys *keys = keys_read("conf/forms", &err);
    bool total = false, fees = false;
    size_t i;

    (void)state;
    if (!keys)
        fail_msg("%s", err.msg);
    for (i = 0; i < keys->key_n; i++) {
        total |= strcmp(keys->key[i].name, "requests.new.total") == 0;
        fees |= strcmp(keys->key[i].name, "proactive.fees.amount") == 0 &&
                keys->key[i].is_amount;
    }
    assert_true(total);
    assert_true(fees);
    keys_free(keys);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, case_setup, case_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(tables_keep_together_and_new_forms_add_at_their_end),
        TEST(labels_are_those_of_the_form_that_came_first),
        TEST(money_is_known_by_its_unit),
        TEST(a_broken_form_is_named),
        TEST(a_folder_without_forms_is_an_error),
        TEST(the_forms_of_the_project_have_their_cells),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
