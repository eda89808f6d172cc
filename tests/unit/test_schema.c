/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_schema - the schema describes what the ledger exports.
 */
#include <string.h>

#include "loader/schema.h"
#include "tests/check.h"

static void columns_are_those_of_the_export(void **state)
{
    int t;

    (void)state;
    for (t = 0; t < SCHEMA_TABLES; t++) {
        const struct table *table = schema_table((enum export_table)t);
        const char *const *column = ledger_export_columns((enum export_table)t);
        size_t i;

        for (i = 0; i < table->field_n; i++)
            assert_string_equal(column[i], table->field[i].name);
        assert_null(column[i]);
    }
}

static void everything_is_described(void **state)
{
    int t;

    (void)state;
    for (t = 0; t < SCHEMA_TABLES; t++) {
        const struct table *table = schema_table((enum export_table)t);
        size_t i;

        assert_non_null(table->label);
        assert_non_null(table->description);
        for (i = 0; i < table->field_n; i++) {
            assert_true(strlen(table->field[i].title) > 0);
            assert_true(strlen(table->field[i].label) > 0);
            assert_true(strlen(table->field[i].description) > 0);
        }
    }
}

static void keys_are_columns_that_are_never_null(void **state)
{
    int t;

    (void)state;
    for (t = 0; t < SCHEMA_TABLES; t++) {
        const struct table *table = schema_table((enum export_table)t);
        const char *const *key;

        for (key = table->primary_key; *key; key++)
            assert_true(table->field[schema_column(table, *key)].required);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_those_of_the_export),
        cmocka_unit_test(everything_is_described),
        cmocka_unit_test(keys_are_columns_that_are_never_null),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
