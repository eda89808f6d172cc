/* SPDX-License-Identifier: Apache-2.0 */
/*
 * datapackage - datapackage.json: what is in the files, for programs.
 *
 * Frictionless Data Package with one resource a file: `<table>` is the CSV,
 * `<table>-parquet` the same rows as Parquet, both with the table's schema.
 * Chinese names are in `label_zh`, which the standard lets be.
 */
#include "loader/datapackage.h"

#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

#include <jansson.h>

#include "common/clock.h"
#include "common/mem.h"
#include "loader/output.h"
#include "loader/writer.h"

/* ---- schema ----------------------------------------------------------- */

static const char *schema_type(enum field_type t)
{
    switch (t) {
    case FIELD_TEXT:
        return "string";
    case FIELD_INTEGER:
    case FIELD_BIGINT:
        return "integer";
    case FIELD_DECIMAL:
    case FIELD_SUM:
    case FIELD_REAL:
        return "number";
    case FIELD_DATE:
        return "date";
    case FIELD_TIME:
        return "datetime";
    }
    return NULL;
}

/* "a|b" as ["a", "b"]. */
static json_t *value_list(const char *values)
{
    json_t *list = json_array();
    size_t len;

    for (; *values; values += len + (values[len] == '|')) {
        len = strcspn(values, "|");
        json_array_append_new(list, json_stringn(values, len));
    }
    return list;
}

static json_t *constraints(const struct field *f)
{
    json_t *c = json_object();

    if (f->required)
        json_object_set_new(c, "required", json_true());
    if (f->values)
        json_object_set_new(c, "enum", value_list(f->values));
    return c;
}

static json_t *field_object(const struct field *f)
{
    json_t *o = json_pack("{ss ss ss ss ss}", "name", f->name, "type",
        schema_type(f->type), "title", f->title, "label_zh", f->label,
        "description", f->description);

    if (f->required || f->values)
        json_object_set_new(o, "constraints", constraints(f));
    return o;
}

static json_t *name_list(const char *const *names)
{
    json_t *list = json_array();

    for (; *names; names++)
        json_array_append_new(list, json_string(*names));
    return list;
}

static json_t *foreign_keys(const struct table *t)
{
    json_t *list = json_array();
    const struct foreign_key *k;

    for (k = t->foreign; k && k->fields; k++)
        json_array_append_new(
            list, json_pack("{so s{ss so}}", "fields", name_list(k->fields),
                      "reference", "resource", k->table, "fields",
                      name_list(k->their_fields)));
    return list;
}

static json_t *schema_object(const struct table *t)
{
    json_t *fields = json_array();
    json_t *o;
    size_t i;

    for (i = 0; i < t->field_n; i++)
        json_array_append_new(fields, field_object(&t->field[i]));
    o = json_pack("{so s[s] so}", "fields", fields, "missingValues", "",
        "primaryKey", name_list(t->primary_key));
    if (t->foreign && t->foreign->fields)
        json_object_set_new(o, "foreignKeys", foreign_keys(t));
    return o;
}

/* ---- resources -------------------------------------------------------- */

/* Size and digest of the file; NULL when it cannot be read. */
static json_t *file_object(const char *dir, const char *path, struct err *err)
{
    char *full = mem_printf("%s/%s", dir, path);
    char hex[OUTPUT_SHA256_LEN + 1];
    struct stat st;
    json_t *o = NULL;

    if (stat(full, &st) != 0)
        err_set_errno(err, ERR_RETRY, "%s", full);
    else if (output_sha256(full, hex, err) == 0)
        o = json_pack("{ss sI}", "path", path, "bytes", (json_int_t)st.st_size);
    if (o)
        json_object_set_new(o, "hash", json_sprintf("sha256:%s", hex));
    mem_free(full);
    return o;
}

static void set_dialect(json_t *o)
{
    json_object_set_new(o, "encoding", json_string("utf-8"));
    json_object_set_new(o, "dialect",
        json_pack("{ss ss ss sb sb sb}", "delimiter", ",", "lineTerminator",
            "\r\n", "quoteChar", "\"", "doubleQuote", 1, "header", 1,
            "skipInitialSpace", 0));
}

static json_t *resource_object(const char *dir, const struct dataset_table *t,
    const struct writer *w, struct err *err)
{
    const struct table *table = t->table;
    bool is_csv = strcmp(w->name, "csv") == 0;
    char *path = mem_printf("data/%s%s", table->name, w->suffix);
    json_t *o = file_object(dir, path, err);

    mem_free(path);
    if (!o)
        return NULL;
    json_object_set_new(o, "name",
        is_csv ? json_string(table->name)
               : json_sprintf("%s-%s", table->name, w->name));
    json_object_set_new(o, "title", json_string(table->title));
    json_object_set_new(o, "label_zh", json_string(table->label));
    json_object_set_new(o, "description", json_string(table->description));
    json_object_set_new(o, "format", json_string(w->name));
    json_object_set_new(o, "mediatype", json_string(w->media_type));
    json_object_set_new(o, "rows", json_integer((json_int_t)t->row_n));
    if (is_csv) {
        json_object_set_new(o, "profile", json_string("tabular-data-resource"));
        set_dialect(o);
    }
    json_object_set_new(o, "schema", schema_object(table));
    return o;
}

static json_t *resource_list(
    const char *dir, const struct dataset *d, struct err *err)
{
    json_t *list = json_array();
    size_t i, w;

    for (i = 0; i < d->table_n; i++)
        for (w = 0; writers[w]; w++) {
            json_t *o = resource_object(dir, &d->table[i], writers[w], err);

            if (!o) {
                json_decref(list);
                return NULL;
            }
            json_array_append_new(list, o);
        }
    return list;
}

/* ---- the package ------------------------------------------------------ */

static json_t *package_object(
    const char *name, const struct run *run, json_t *resources)
{
    char at[21];
    char *id = mem_strdup(name);
    char *c;
    json_t *o;

    /* The profile allows lower case, digits, '.', '-', '_'. */
    for (c = id; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    clock_format(run->started_at, at);
    o = json_pack("{ss ss ss ss ss ss ss so}", "profile", "data-package",
        "name", id, "title",
        "Annual open-government reports of Chinese public bodies", "label_zh",
        "政府信息公开工作年度报告", "version", SCHEMA_VERSION, "run", run->name,
        "created", at, "resources", resources);
    mem_free(id);
    return o;
}

int datapackage_write(const char *dir, const char *name, const struct run *run,
    const struct dataset *d, struct err *err)
{
    json_t *resources = resource_list(dir, d, err);
    char *path = mem_printf("%s/datapackage.json", dir);
    json_t *package = NULL;
    char *text = NULL;
    int rc = -1;

    if (!resources)
        goto out;
    package = package_object(name, run, resources);
    text = json_dumps(package, JSON_INDENT(2));
    if (!text) {
        err_set(err, ERR_FATAL, "datapackage.json: a text is no UTF-8");
        goto out;
    }
    rc = output_write(path, slice_str(text), err);
out:
    json_decref(package);
    free(text); /* jansson's */
    mem_free(path);
    return rc;
}
