/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sink_archive - the folder of archives, out_dir.
 *
 * The tree, then the tar.zst, then latest.json get their names; a reader
 * that goes by latest.json sees the old archive or the new one, whole.
 * Killed in between, the next delivery puts the same bytes in their place.
 */
#include <errno.h>
#include <string.h>

#include <jansson.h>

#include "common/mem.h"
#include "loader/sink.h"

static const char manifest_name[] = "latest.json";

/* ---- latest.json ------------------------------------------------------ */

/* The archive before this one: what latest.json names now, or what it says
 * of it when it names this one already.  NULL without. */
static json_t *previous_archive(const char *out_dir, const char *archive)
{
    char *path = mem_printf("%s/%s", out_dir, manifest_name);
    json_t *old = json_load_file(path, 0, NULL);
    const char *named = json_string_value(json_object_get(old, "archive"));
    const char *field =
        named && strcmp(named, archive) == 0 ? "previous" : "archive";
    const char *text = json_string_value(json_object_get(old, field));
    json_t *previous = text ? json_string(text) : json_null();

    json_decref(old);
    mem_free(path);
    return previous;
}

static json_t *row_counts(const struct dataset *d)
{
    json_t *o = json_object();
    size_t i;

    for (i = 0; i < d->table_n; i++)
        json_object_set_new(o, d->table[i].table->name,
            json_integer((json_int_t)d->table[i].row_n));
    return o;
}

static int write_manifest(const char *out_dir, const char *path,
    const struct publication *p, struct err *err)
{
    json_t *o = json_pack("{ss ss ss ss ss sI so so}", "run", p->run->name,
        "schema_version", SCHEMA_VERSION, "archive", p->archive, "tree",
        p->name, "sha256", p->sha256, "bytes", (json_int_t)p->bytes, "rows",
        row_counts(&p->dataset), "previous",
        previous_archive(out_dir, p->archive));
    char *text = json_dumps(o, JSON_INDENT(2));
    char *line;
    int rc;

    json_decref(o);
    if (!text)
        return err_set(err, ERR_FATAL, "%s: cannot be made", path);
    line = mem_printf("%s\n", text);
    free(text); /* jansson's */
    rc = output_write(path, slice_str(line), err);
    mem_free(line);
    return rc == 0 ? output_sync(path, err) : -1;
}

/* ---- delivery --------------------------------------------------------- */

/* `name` from the staging folder to out_dir. */
static int place(const char *out_dir, const struct publication *p,
    const char *name, struct err *err)
{
    char *from = mem_printf("%s/%s", p->staging, name);
    char *to = mem_printf("%s/%s", out_dir, name);
    char *aside = mem_printf("%s/replaced", p->staging);
    int rc = output_place(from, to, aside, err);

    mem_free(aside);
    mem_free(to);
    mem_free(from);
    return rc;
}

static int deliver(
    const struct conf *conf, const struct publication *p, struct err *err)
{
    char *manifest = mem_printf("%s/%s", p->staging, manifest_name);
    int rc = write_manifest(conf->out_dir, manifest, p, err);

    mem_free(manifest);
    if (rc != 0 || place(conf->out_dir, p, p->name, err) != 0 ||
        place(conf->out_dir, p, p->archive, err) != 0 ||
        place(conf->out_dir, p, manifest_name, err) != 0)
        return -1;
    return 0;
}

const struct sink archive_sink = { .name = "archive", .deliver = deliver };
