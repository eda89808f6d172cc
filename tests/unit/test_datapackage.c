/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_datapackage - JSON that names every file, column and key.
 */
#include <jansson.h>

#include "loader/datapackage.h"
#include "loader/readme.h"
#include "tests/loader_case.h"

static const struct run run = { .name = "20260131T000000Z",
    .started_at = 1769817600 };

/* A data set of the ledger's tables with a few bytes in each file. */
static void fill(struct loader_case *c, struct dataset *d)
{
    size_t i;

    *d = (struct dataset){ .table_n = SCHEMA_TABLES };
    case_make_dir(c, "data");
    for (i = 0; i < SCHEMA_TABLES; i++) {
        const char *name = schema_table((enum export_table)i)->name;

        d->table[i] =
            (struct dataset_table){ schema_table((enum export_table)i),
                10 + i };
        case_write(c, arena_printf(&c->a, "data/%s.csv", name).p, "abc");
        case_write(c, arena_printf(&c->a, "data/%s.parquet", name).p, "abcd");
    }
}

static json_t *make(struct loader_case *c)
{
    struct dataset d;
    json_t *package;
    struct err err;

    fill(c, &d);
    must(datapackage_write(c->dir, "nianbao-20260131T000000Z", &run, &d, &err));
    package = json_load_file(case_path(c, "datapackage.json"), 0, NULL);
    assert_non_null(package);
    return package;
}

static const char *text(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));

    return s ? s : "";
}

static const json_t *find(const json_t *package, const char *name)
{
    const json_t *list = json_object_get(package, "resources");
    size_t i;

    for (i = 0; i < json_array_size(list); i++)
        if (strcmp(text(json_array_get(list, i), "name"), name) == 0)
            return json_array_get(list, i);
    fail_msg("no resource %s", name);
    return NULL;
}

static void every_table_is_there_in_both_formats(void **state)
{
    json_t *package = make(*state);
    const json_t *csv = find(package, "cells");
    const json_t *parquet = find(package, "cells-parquet");

    assert_int_equal(json_array_size(json_object_get(package, "resources")),
        2 * SCHEMA_TABLES);
    assert_string_equal(text(csv, "path"), "data/cells.csv");
    assert_string_equal(text(csv, "hash"),
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f2001"
        "5ad");
    assert_int_equal(json_integer_value(json_object_get(csv, "bytes")), 3);
    assert_int_equal(
        json_integer_value(json_object_get(csv, "rows")), 10 + EXPORT_CELLS);
    assert_string_equal(text(parquet, "path"), "data/cells.parquet");
    assert_string_equal(text(parquet, "format"), "parquet");
    json_decref(package);
}

static void every_column_is_described(void **state)
{
    json_t *package = make(*state);
    size_t t, i;

    for (t = 0; t < SCHEMA_TABLES; t++) {
        const struct table *table = schema_table((enum export_table)t);
        const json_t *fields = json_object_get(
            json_object_get(find(package, table->name), "schema"), "fields");

        assert_int_equal(json_array_size(fields), table->field_n);
        for (i = 0; i < table->field_n; i++) {
            const json_t *f = json_array_get(fields, i);

            assert_string_equal(text(f, "name"), table->field[i].name);
            assert_true(*text(f, "type") && *text(f, "title") &&
                        *text(f, "label_zh") && *text(f, "description"));
        }
    }
    json_decref(package);
}

static void keys_and_nulls_are_declared(void **state)
{
    json_t *package = make(*state);
    const json_t *schema = json_object_get(find(package, "cells"), "schema");
    const json_t *foreign =
        json_array_get(json_object_get(schema, "foreignKeys"), 0);

    assert_int_equal(json_array_size(json_object_get(schema, "primaryKey")), 5);
    assert_string_equal(json_string_value(json_array_get(
                            json_object_get(schema, "missingValues"), 0)),
        "");
    assert_string_equal(
        text(json_object_get(foreign, "reference"), "resource"), "reports");
    json_decref(package);
}

static void values_of_a_state_are_listed(void **state)
{
    json_t *package = make(*state);
    const json_t *fields = json_object_get(
        json_object_get(find(package, "reports"), "schema"), "fields");
    const json_t *status = json_array_get(
        fields, schema_column(schema_table(EXPORT_REPORTS), "status"));
    const json_t *values =
        json_object_get(json_object_get(status, "constraints"), "enum");

    assert_int_equal(json_array_size(values), 2);
    assert_string_equal(json_string_value(json_array_get(values, 0)), "valid");
    assert_string_equal(
        json_string_value(json_array_get(values, 1)), "flagged");
    json_decref(package);
}

static void the_package_is_dated_by_its_run(void **state)
{
    json_t *package = make(*state);

    assert_string_equal(text(package, "created"), "2026-01-31T00:00:00Z");
    assert_string_equal(text(package, "run"), run.name);
    assert_string_equal(text(package, "name"), "nianbao-20260131t000000z");
    json_decref(package);
}

static void a_missing_file_is_an_error(void **state)
{
    struct loader_case *c = *state;
    struct err err = { 0 };
    struct dataset d;

    fill(c, &d);
    assert_int_equal(unlink(case_path(c, "data/checks.parquet")), 0);
    assert_int_equal(datapackage_write(c->dir, "n", &run, &d, &err), -1);
    assert_non_null(strstr(err.msg, "checks.parquet"));
}

static void the_readme_names_every_table_with_its_rows(void **state)
{
    struct loader_case *c = *state;
    struct dataset d;
    struct slice words;
    struct err err;

    fill(c, &d);
    must(readme_write(c->dir, "nianbao-x", &run, &d, &err));
    words = case_read(c, "README.md");
    assert_true(slice_starts(words, SLICE_LIT("# nianbao-x\n")));
    assert_true(
        slice_find(words, SLICE_LIT("| `documents` 采集文件 | 10 | 19 |")) > 0);
    assert_true(slice_find(words, SLICE_LIT("| `sections` ")) > 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, case_setup, case_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_table_is_there_in_both_formats),
        TEST(every_column_is_described),
        TEST(keys_and_nulls_are_declared),
        TEST(values_of_a_state_are_listed),
        TEST(the_package_is_dated_by_its_run),
        TEST(a_missing_file_is_an_error),
        TEST(the_readme_names_every_table_with_its_rows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
