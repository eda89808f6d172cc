/* SPDX-License-Identifier: Apache-2.0 */
/*
 * form - the generations of the official tables, read from conf/forms/.
 *
 * The schema below mirrors the files key by key.  What it cannot say is
 * checked by form_validate in form_validate.c.
 */
#include "transformer/form.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "common/limits.h"
#include "common/mem.h"
#include "common/yaml.h"
#include "transformer/label.h"
#include "transformer/statistics.h"

#define TEXT(key, type, member, min)                                           \
    CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER, type, member, min, 1000)
#define TEXT_IF(key, type, member)                                             \
    CYAML_FIELD_STRING_PTR(                                                    \
        key, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, type, member, 1, 1000)
#define LIST(key, type, member, entry, max)                                    \
    CYAML_FIELD_SEQUENCE(key, CYAML_FLAG_POINTER, type, member, entry, 1, max)
#define LIST_IF(key, type, member, entry, max)                                 \
    CYAML_FIELD_SEQUENCE(key, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, type,  \
        member, entry, 1, max)

static const cyaml_schema_value_t text_entry = { CYAML_VALUE_STRING(
    CYAML_FLAG_POINTER, char, 1, 1000) };

static const cyaml_strval_t unit_names[] = {
    { "count", UNIT_COUNT },
    { "cny", UNIT_CNY },
    { "cny_10k", UNIT_CNY_10K },
};

static const cyaml_strval_t layout_names[] = {
    { "blocks", LAYOUT_BLOCKS },
    { "matrix", LAYOUT_MATRIX },
    { "wide", LAYOUT_WIDE },
};

static const cyaml_strval_t relation_names[] = {
    { "equal", RELATION_EQUAL },
    { "at_least", RELATION_AT_LEAST },
    { "not_negative", RELATION_NOT_NEGATIVE },
    { "at_most", RELATION_AT_MOST },
};

static const cyaml_strval_t each_names[] = {
    { "column", EACH_COLUMN },
    { "row", EACH_ROW },
};

static const cyaml_schema_field_t column_fields[] = {
    TEXT("key", struct form_column, key, 1),
    TEXT("label", struct form_column, label, 1),
    TEXT("english", struct form_column, english, 1),
    LIST_IF("variants", struct form_column, variants, &text_entry, 64),
    TEXT_IF("group", struct form_column, group),
    CYAML_FIELD_ENUM("unit", CYAML_FLAG_OPTIONAL, struct form_column, unit,
        unit_names, CYAML_ARRAY_LEN(unit_names)),
    CYAML_FIELD_BOOL(
        "negative", CYAML_FLAG_OPTIONAL, struct form_column, negative),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t column_entry = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct form_column, column_fields) };

static const cyaml_schema_field_t row_fields[] = {
    TEXT("key", struct form_row, key, 1),
    TEXT("label", struct form_row, label, 1),
    TEXT("english", struct form_row, english, 1),
    LIST_IF("variants", struct form_row, variants, &text_entry, 64),
    LIST_IF("groups", struct form_row, groups, &text_entry, 4),
    CYAML_FIELD_BOOL(
        "optional", CYAML_FLAG_OPTIONAL, struct form_row, optional),
    TEXT_IF("replaces", struct form_row, replaces),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t row_entry = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct form_row, row_fields) };

static const cyaml_schema_field_t block_fields[] = {
    TEXT_IF("label", struct form_block, label),
    LIST("columns", struct form_block, columns, &column_entry, FORM_COLUMNS),
    LIST("rows", struct form_block, rows, &row_entry, FORM_ROWS),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t block_entry = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct form_block, block_fields) };

static const cyaml_schema_field_t table_fields[] = {
    TEXT("key", struct form_table, key, 1),
    TEXT("label", struct form_table, label, 1),
    TEXT("english", struct form_table, english, 1),
    CYAML_FIELD_UINT("section", CYAML_FLAG_DEFAULT, struct form_table, section),
    CYAML_FIELD_ENUM("layout", CYAML_FLAG_DEFAULT, struct form_table, layout,
        layout_names, CYAML_ARRAY_LEN(layout_names)),
    LIST_IF("headers", struct form_table, headers, &text_entry, 32),
    LIST("blocks", struct form_table, blocks, &block_entry, 32),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t table_entry = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct form_table, table_fields) };

static const cyaml_schema_field_t check_fields[] = {
    TEXT("id", struct form_check, id, 1),
    TEXT("table", struct form_check, table, 1),
    CYAML_FIELD_ENUM("each", CYAML_FLAG_DEFAULT, struct form_check, each,
        each_names, CYAML_ARRAY_LEN(each_names)),
    CYAML_FIELD_ENUM("relation", CYAML_FLAG_DEFAULT, struct form_check,
        relation, relation_names, CYAML_ARRAY_LEN(relation_names)),
    LIST("left", struct form_check, left, &text_entry, FORM_ROWS),
    LIST_IF("right", struct form_check, right, &text_entry, FORM_ROWS),
    TEXT_IF("limit", struct form_check, limit),
    CYAML_FIELD_BOOL(
        "warning", CYAML_FLAG_OPTIONAL, struct form_check, warning),
    TEXT("source", struct form_check, source, 1),
    TEXT("message", struct form_check, message, 1),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t check_entry = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct form_check, check_fields) };

static const cyaml_schema_field_t indicator_fields[] = {
    TEXT("key", struct form_indicator, key, 1),
    TEXT("label", struct form_indicator, label, 1),
    TEXT("english", struct form_indicator, english, 1),
    LIST_IF("variants", struct form_indicator, variants, &text_entry, 64),
    TEXT_IF("parent", struct form_indicator, parent),
    TEXT_IF("same_as", struct form_indicator, same_as),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t indicator_entry = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct form_indicator, indicator_fields) };

static const cyaml_schema_field_t section_fields[] = {
    CYAML_FIELD_UINT("number", CYAML_FLAG_DEFAULT, struct form_section, number),
    TEXT("heading", struct form_section, heading, 1),
    LIST_IF("variants", struct form_section, variants, &text_entry, 64),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t section_entry = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct form_section, section_fields) };

static const cyaml_schema_field_t form_fields[] = {
    TEXT("id", struct form, id, 1),
    TEXT("title", struct form, title, 1),
    TEXT("basis", struct form, basis, 1),
    CYAML_FIELD_UINT("year_from", CYAML_FLAG_DEFAULT, struct form, year_from),
    CYAML_FIELD_UINT("year_to", CYAML_FLAG_DEFAULT, struct form, year_to),
    LIST_IF("sections", struct form, sections, &section_entry, 12),
    LIST_IF("tables", struct form, tables, &table_entry, FORM_TABLES),
    LIST_IF("indicators", struct form, indicators, &indicator_entry,
        FORM_INDICATORS),
    LIST("checks", struct form, checks, &check_entry, 100),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t form_schema = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_POINTER, struct form, form_fields) };

const char *form_unit_name(enum form_unit unit)
{
    switch (unit) {
    case UNIT_COUNT:
        return "count";
    case UNIT_CNY:
        return "cny";
    case UNIT_CNY_10K:
        return "cny_10k";
    }
    return "count";
}

static void form_free(struct form *f)
{
    if (!f)
        return;
    mem_free(f->file);
    f->file = NULL;
    yaml_unload(&form_schema, f);
}

static struct form *form_read(const char *path, struct err *err)
{
    void *data = NULL;
    struct form *f;

    if (yaml_load(path, &form_schema, &data, err) != 0)
        return NULL;
    f = data;
    f->file = mem_strdup(path);
    if (form_validate(f, err) != 0) {
        form_free(f);
        return NULL;
    }
    return f;
}

static int is_yaml(const struct dirent *e)
{
    size_t len = strlen(e->d_name);

    return len > 5 && e->d_name[0] != '.' &&
           strcmp(e->d_name + len - 5, ".yaml") == 0;
}

static int by_id(const void *a, const void *b)
{
    const struct form *const *x = a;
    const struct form *const *y = b;

    return strcmp((*x)->id, (*y)->id);
}

static int read_all(struct forms *f, const char *dir, struct dirent **names,
    int n, struct err *err)
{
    f->form = mem_alloc_n((size_t)n, sizeof(void *));
    for (int i = 0; i < n; i++) {
        char *path = mem_printf("%s/%s", dir, names[i]->d_name);
        struct form *one = form_read(path, err);

        mem_free(path);
        if (!one)
            return -1;
        if (forms_find(f, one->id)) {
            yaml_error(err, one->file, "id", 0,
                "'%s' is taken by another file, use an id of its own", one->id);
            form_free(one);
            return -1;
        }
        if (one->indicators_count == 0) {
            f->form[f->form_n++] = one;
        } else if (f->statistics) {
            yaml_error(err, one->file, "indicators", 0,
                "%s has them already, keep all in one file",
                f->statistics->file);
            form_free(one);
            return -1;
        } else {
            f->statistics = one;
        }
    }
    if (forms_validate(f, err) != 0)
        return -1;
    qsort(f->form, f->form_n, sizeof(void *), by_id);
    f->labels = labels_new(f);
    if (f->statistics)
        f->indicators = indicators_new(f->statistics);
    return 0;
}

struct forms *forms_read(const char *dir, struct err *err)
{
    struct dirent **names = NULL;
    struct forms *f = mem_alloc(sizeof(*f));
    int n = scandir(dir, &names, is_yaml, alphasort);
    int rc = -1;

    if (n < 0)
        err_set_errno(err, ERR_FATAL, "%s", dir);
    else if (n == 0 || n > (int)LIMIT_FORMS)
        err_set(err, ERR_FATAL, "%s: %d *.yaml files, use 1 to %u", dir, n,
            LIMIT_FORMS);
    else
        rc = read_all(f, dir, names, n, err);
    for (int i = 0; i < n; i++)
        free(names[i]);
    free(names);
    if (rc != 0) {
        forms_free(f);
        return NULL;
    }
    return f;
}

void forms_free(struct forms *f)
{
    if (!f)
        return;
    labels_free(f->labels);
    for (unsigned i = 0; i < f->form_n; i++)
        form_free(f->form[i]);
    indicators_free(f->indicators);
    form_free(f->statistics);
    mem_free(f->form);
    mem_free(f);
}

const struct form *forms_find(const struct forms *f, const char *id)
{
    for (unsigned i = 0; i < f->form_n; i++)
        if (strcmp(f->form[i]->id, id) == 0)
            return f->form[i];
    if (f->statistics && strcmp(f->statistics->id, id) == 0)
        return f->statistics;
    return NULL;
}

const struct form_indicator *form_indicator_find(
    const struct form *f, const char *key)
{
    for (unsigned i = 0; i < f->indicators_count; i++)
        if (strcmp(f->indicators[i].key, key) == 0)
            return &f->indicators[i];
    return NULL;
}

const struct form_table *form_table_find(const struct form *f, const char *key)
{
    for (unsigned i = 0; i < f->tables_count; i++)
        if (strcmp(f->tables[i].key, key) == 0)
            return &f->tables[i];
    return NULL;
}
