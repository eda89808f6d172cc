/* SPDX-License-Identifier: Apache-2.0 */
/*
 * keys - the cells that the forms know, as columns of reports_wide.
 *
 * The order: tables as the oldest form has them, in each table the forms by
 * file name, in each form its own order; a key that is there already is not
 * repeated.  So a new generation adds columns and moves none within a form.
 * Whether the forms are right is checked by their owner, the transformer;
 * what is not needed here is skipped.
 */
#include "loader/keys.h"

#include <glob.h>
#include <string.h>

#include <cyaml/cyaml.h>

#include "common/mem.h"

enum {
    KEYS_MAX = 2000, /* columns; the two forms have some 350 cells */
};

struct item {
    char *key, *label, *unit; /* unit of columns only, may be NULL */
};

struct block {
    struct item *columns, *rows;
    unsigned columns_count, rows_count;
};

struct form_table {
    char *key, *label;
    struct block *blocks;
    unsigned blocks_count;
};

struct form {
    struct form_table *tables;
    unsigned tables_count;
};

/* One form file as loaded. */
struct loaded {
    struct form *form;
};

struct forms {
    struct loaded *file;
    size_t file_n;
};

/* ---- the part of a form file that is of interest ---------------------- */

static const cyaml_config_t config = {
    .log_level = CYAML_LOG_ERROR,
    .mem_fn = cyaml_mem,
    .flags = CYAML_CFG_IGNORE_UNKNOWN_KEYS,
};

static const cyaml_schema_field_t item_fields[] = {
    CYAML_FIELD_STRING_PTR(
        "key", CYAML_FLAG_POINTER, struct item, key, 1, CYAML_UNLIMITED),
    CYAML_FIELD_STRING_PTR(
        "label", CYAML_FLAG_POINTER, struct item, label, 0, CYAML_UNLIMITED),
    CYAML_FIELD_STRING_PTR("unit", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
        struct item, unit, 0, CYAML_UNLIMITED),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t item_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct item, item_fields),
};

static const cyaml_schema_field_t block_fields[] = {
    CYAML_FIELD_SEQUENCE("columns", CYAML_FLAG_POINTER, struct block, columns,
        &item_schema, 0, CYAML_UNLIMITED),
    CYAML_FIELD_SEQUENCE("rows", CYAML_FLAG_POINTER, struct block, rows,
        &item_schema, 0, CYAML_UNLIMITED),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t block_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct block, block_fields),
};

static const cyaml_schema_field_t table_fields[] = {
    CYAML_FIELD_STRING_PTR(
        "key", CYAML_FLAG_POINTER, struct form_table, key, 1, CYAML_UNLIMITED),
    CYAML_FIELD_STRING_PTR("label", CYAML_FLAG_POINTER, struct form_table,
        label, 0, CYAML_UNLIMITED),
    CYAML_FIELD_SEQUENCE("blocks", CYAML_FLAG_POINTER, struct form_table,
        blocks, &block_schema, 0, CYAML_UNLIMITED),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t table_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct form_table, table_fields),
};

static const cyaml_schema_field_t form_fields[] = {
    CYAML_FIELD_SEQUENCE("tables", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
        struct form, tables, &table_schema, 0, CYAML_UNLIMITED),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t form_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct form, form_fields),
};

static int form_load(const char *path, struct form **form, struct err *err)
{
    cyaml_data_t *data = NULL;
    cyaml_err_t bad = cyaml_load_file(path, &config, &form_schema, &data, NULL);

    *form = data;
    if (bad != CYAML_OK)
        return err_set(err, ERR_FATAL, "%s: %s", path, cyaml_strerror(bad));
    return 0;
}

static void forms_clear(struct forms *forms)
{
    size_t i;

    for (i = 0; i < forms->file_n; i++)
        cyaml_free(&config, &form_schema, forms->file[i].form, 0);
    mem_free(forms->file);
}

/* All files that glob found, in its order: by name. */
static int forms_load(const glob_t *found, struct forms *forms, struct err *err)
{
    size_t i;

    forms->file = mem_alloc_n(found->gl_pathc, sizeof(*forms->file));
    for (i = 0; i < found->gl_pathc; i++) {
        if (form_load(found->gl_pathv[i], &forms->file[i].form, err) != 0)
            return -1;
        forms->file_n++;
    }
    return 0;
}

/* ---- keys of the forms ------------------------------------------------ */

static bool is_known(const struct keys *keys, const char *name)
{
    size_t i;

    for (i = 0; i < keys->key_n; i++)
        if (strcmp(keys->key[i].name, name) == 0)
            return true;
    return false;
}

static int add_cell(struct keys *keys, const struct form_table *t,
    const struct item *row, const struct item *column, struct err *err)
{
    struct key *k = &keys->key[keys->key_n];

    if (keys->key_n == KEYS_MAX)
        return err_set(err, ERR_FATAL, "more than %d cells", KEYS_MAX);
    k->name =
        arena_printf(&keys->arena, "%s.%s.%s", t->key, row->key, column->key).p;
    if (is_known(keys, k->name))
        return 0;
    k->label = arena_printf(
        &keys->arena, "%s | %s | %s", t->label, row->label, column->label)
                   .p;
    k->is_amount = column->unit && strncmp(column->unit, "cny", 3) == 0;
    keys->key_n++;
    return 0;
}

static int add_table(
    struct keys *keys, const struct form_table *t, struct err *err)
{
    unsigned b, r, c;

    for (b = 0; b < t->blocks_count; b++)
        for (r = 0; r < t->blocks[b].rows_count; r++)
            for (c = 0; c < t->blocks[b].columns_count; c++)
                if (add_cell(keys, t, &t->blocks[b].rows[r],
                        &t->blocks[b].columns[c], err) != 0)
                    return -1;
    return 0;
}

/* The tables of all forms that have this key. */
static int add_tables(struct keys *keys, const struct forms *forms,
    const char *table, struct err *err)
{
    size_t i;
    unsigned t;

    for (i = 0; i < forms->file_n; i++)
        for (t = 0; t < forms->file[i].form->tables_count; t++)
            if (strcmp(forms->file[i].form->tables[t].key, table) == 0 &&
                add_table(keys, &forms->file[i].form->tables[t], err) != 0)
                return -1;
    return 0;
}

static int add_forms(
    struct keys *keys, const struct forms *forms, struct err *err)
{
    size_t i;
    unsigned t;

    for (i = 0; i < forms->file_n; i++)
        for (t = 0; t < forms->file[i].form->tables_count; t++)
            if (add_tables(
                    keys, forms, forms->file[i].form->tables[t].key, err) != 0)
                return -1;
    return 0;
}

/* The keys of the files found; on failure the caller gives `keys` back. */
static int read_forms(struct keys *keys, const glob_t *found, struct err *err)
{
    struct forms forms = { NULL, 0 };
    int rc = forms_load(found, &forms, err);

    if (rc == 0)
        rc = add_forms(keys, &forms, err);
    forms_clear(&forms);
    return rc;
}

struct keys *keys_read(const char *dir, struct err *err)
{
    char *pattern = mem_printf("%s/*.yaml", dir);
    struct keys *keys = mem_alloc(sizeof(*keys));
    glob_t found = { 0 };
    int rc;

    arena_init(&keys->arena, 0);
    keys->key = mem_alloc_n(KEYS_MAX, sizeof(*keys->key));
    if (glob(pattern, 0, NULL, &found) == 0)
        rc = read_forms(keys, &found, err);
    else
        rc = err_set(err, ERR_FATAL, "%s: no form files", pattern);
    globfree(&found);
    mem_free(pattern);
    if (rc == 0)
        return keys;
    keys_free(keys);
    return NULL;
}

void keys_free(struct keys *keys)
{
    if (!keys)
        return;
    arena_clear(&keys->arena);
    mem_free(keys->key);
    mem_free(keys);
}
