/* SPDX-License-Identifier: Apache-2.0 */
/*
 * conf - nianbao.yaml and sources.d/ as plain structs, read once.
 *
 * The schemas below mirror the files key by key; every number has a range
 * and a default in one table, so that what the file may say, what is
 * checked and what is assumed stand in one place.
 */
#include "common/conf.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/limits.h"
#include "common/log.h"
#include "common/mem.h"
#include "common/yaml.h"

/* ---- the files as libcyaml sees them; pointers are NULL when absent ---- */

#define TEXT(key, type, member)                                                \
    CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,      \
        type, member, 0, CYAML_UNLIMITED)
#define NUMBER(key, type, member)                                              \
    CYAML_FIELD_UINT_PTR(                                                      \
        key, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, type, member)
#define SWITCH(key, type, member)                                              \
    CYAML_FIELD_BOOL_PTR(                                                      \
        key, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, type, member)
#define TEXTS(key, type, member)                                               \
    CYAML_FIELD_SEQUENCE(key, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, type,  \
        member, &text_entry, 0, 256)

static const cyaml_schema_value_t text_entry = { CYAML_VALUE_STRING(
    CYAML_FLAG_POINTER, char, 1, CYAML_UNLIMITED) };

struct main_file {
    char *state_dir, *out_dir, *run_dir, *forms_dir, *sources_dir;
    char *program_dir, *user_agent, *clock, *log_level;
    uint32_t *workers, *lease_ms, *heartbeat_ms, *attempts_max, *credit;
    uint32_t *reader_cpu_s, *reader_wall_ms, *reader_memory_mb;
    uint32_t *ocr_cpu_s, *ocr_wall_ms, *ocr_memory_mb;
    uint32_t *office_cpu_s, *office_wall_ms, *office_memory_mb;
    uint32_t *body_max_bytes;
};

static const cyaml_schema_field_t main_fields[] = {
    TEXT("state_dir", struct main_file, state_dir),
    TEXT("out_dir", struct main_file, out_dir),
    TEXT("run_dir", struct main_file, run_dir),
    TEXT("forms_dir", struct main_file, forms_dir),
    TEXT("sources_dir", struct main_file, sources_dir),
    TEXT("program_dir", struct main_file, program_dir),
    TEXT("user_agent", struct main_file, user_agent),
    TEXT("clock", struct main_file, clock),
    TEXT("log_level", struct main_file, log_level),
    NUMBER("workers", struct main_file, workers),
    NUMBER("lease_ms", struct main_file, lease_ms),
    NUMBER("heartbeat_ms", struct main_file, heartbeat_ms),
    NUMBER("attempts_max", struct main_file, attempts_max),
    NUMBER("credit", struct main_file, credit),
    NUMBER("reader_cpu_s", struct main_file, reader_cpu_s),
    NUMBER("reader_wall_ms", struct main_file, reader_wall_ms),
    NUMBER("reader_memory_mb", struct main_file, reader_memory_mb),
    NUMBER("ocr_cpu_s", struct main_file, ocr_cpu_s),
    NUMBER("ocr_wall_ms", struct main_file, ocr_wall_ms),
    NUMBER("ocr_memory_mb", struct main_file, ocr_memory_mb),
    NUMBER("office_cpu_s", struct main_file, office_cpu_s),
    NUMBER("office_wall_ms", struct main_file, office_wall_ms),
    NUMBER("office_memory_mb", struct main_file, office_memory_mb),
    NUMBER("body_max_bytes", struct main_file, body_max_bytes),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t main_schema = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_POINTER, struct main_file, main_fields) };

struct source_file {
    char *name, *title, *region, *organization;
    bool *enabled, *allow_private;
    struct conf_column *columns;
    unsigned columns_count;
    char **link_patterns, **title_patterns, **title_excludes;
    unsigned link_patterns_count, title_patterns_count, title_excludes_count;
    uint32_t *delay_ms, *timeout_ms, *list_pages_max, *retries_max;
};

static const cyaml_schema_field_t column_fields[] = {
    CYAML_FIELD_STRING_PTR(
        "url", CYAML_FLAG_POINTER, struct conf_column, url, 1, LIMIT_URL_BYTES),
    TEXT("organization", struct conf_column, organization),
    TEXT("region", struct conf_column, region),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t column_entry = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct conf_column, column_fields) };

static const cyaml_schema_field_t source_fields[] = {
    CYAML_FIELD_STRING_PTR(
        "name", CYAML_FLAG_POINTER, struct source_file, name, 1, 64),
    CYAML_FIELD_STRING_PTR(
        "title", CYAML_FLAG_POINTER, struct source_file, title, 1, 256),
    CYAML_FIELD_STRING_PTR(
        "region", CYAML_FLAG_POINTER, struct source_file, region, 6, 6),
    TEXT("organization", struct source_file, organization),
    SWITCH("enabled", struct source_file, enabled),
    SWITCH("allow_private", struct source_file, allow_private),
    CYAML_FIELD_SEQUENCE("columns", CYAML_FLAG_POINTER, struct source_file,
        columns, &column_entry, 1, 1000),
    TEXTS("link_patterns", struct source_file, link_patterns),
    TEXTS("title_patterns", struct source_file, title_patterns),
    TEXTS("title_excludes", struct source_file, title_excludes),
    NUMBER("delay_ms", struct source_file, delay_ms),
    NUMBER("timeout_ms", struct source_file, timeout_ms),
    NUMBER("list_pages_max", struct source_file, list_pages_max),
    NUMBER("retries_max", struct source_file, retries_max),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t source_schema = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_POINTER, struct source_file, source_fields) };

/* ---- checks ------------------------------------------------------------ */

/* One number: where it was read, where it goes, what it may be. */
struct range {
    const char *key;
    const uint32_t *given;
    uint32_t *to;
    uint32_t standard, min, max;
};

static int take_numbers(
    const struct range *r, size_t n, const char *path, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        *r[i].to = r[i].given ? *r[i].given : r[i].standard;
        if (*r[i].to < r[i].min || *r[i].to > r[i].max)
            return yaml_error(err, path, r[i].key, 0,
                "%u is out of range, use %u to %u", *r[i].to, r[i].min,
                r[i].max);
    }
    return 0;
}

static int check_patterns(char *const *patterns, unsigned n, const char *key,
    const char *path, struct err *err)
{
    for (unsigned i = 0; i < n; i++) {
        regex_t re;
        int rc = regcomp(&re, patterns[i], REG_EXTENDED | REG_NOSUB);

        if (rc != 0) {
            char why[128];

            regerror(rc, &re, why, sizeof(why));
            return yaml_error(err, path, key, 0,
                "pattern %u '%s': %s; write a POSIX extended expression", i + 1,
                patterns[i], why);
        }
        regfree(&re);
    }
    return 0;
}

static bool is_region(const char *text)
{
    return strlen(text) == 6 && strspn(text, "0123456789") == 6;
}

static int check_columns(const struct conf_source *s, struct err *err)
{
    for (unsigned i = 0; i < s->columns_count; i++) {
        const struct conf_column *c = &s->columns[i];

        if (strncmp(c->url, "http://", 7) != 0 &&
            strncmp(c->url, "https://", 8) != 0)
            return yaml_error(err, s->file, "url", i,
                "'%s' must begin with http:// or https://", c->url);
        if (c->region && !is_region(c->region))
            return yaml_error(err, s->file, "region", i + 1,
                "'%s' must be a GB/T 2260 code of six digits", c->region);
    }
    return 0;
}

static int check_source(const struct conf_source *s, struct err *err)
{
    const char *safe = "abcdefghijklmnopqrstuvwxyz"
                       "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";

    if (strspn(s->name, safe) != strlen(s->name) || s->name[0] == '.')
        return yaml_error(err, s->file, "name", 0,
            "'%s' must be letters, digits, '.', '-' and '_'", s->name);
    if (!is_region(s->region))
        return yaml_error(err, s->file, "region", 0,
            "'%s' must be a GB/T 2260 code of six digits", s->region);
    if (check_columns(s, err) != 0 ||
        check_patterns(s->link_patterns, s->link_patterns_count,
            "link_patterns", s->file, err) != 0 ||
        check_patterns(s->title_patterns, s->title_patterns_count,
            "title_patterns", s->file, err) != 0 ||
        check_patterns(s->title_excludes, s->title_excludes_count,
            "title_excludes", s->file, err) != 0)
        return -1;
    if (s->delay_ms < 500 && !s->allow_private)
        return yaml_error(err, s->file, "delay_ms", 0,
            "%u is too fast for a public portal, use at least 500",
            s->delay_ms);
    return 0;
}

/* ---- reading ------------------------------------------------------------ */

static char *take_text(char **from)
{
    char *text = *from;

    *from = NULL;
    return text;
}

/* Move the parts of a read file into the public struct. */
static int take_source(
    struct source_file *f, struct conf_source *s, struct err *err)
{
    const struct range numbers[] = {
        { "delay_ms", f->delay_ms, &s->delay_ms, 2000, 0, 3600000 },
        { "timeout_ms", f->timeout_ms, &s->timeout_ms, 60000, 100, 600000 },
        { "list_pages_max", f->list_pages_max, &s->list_pages_max, 50, 1,
            1000 },
        { "retries_max", f->retries_max, &s->retries_max, 3, 0, 20 },
    };

    s->name = take_text(&f->name);
    s->title = take_text(&f->title);
    s->region = take_text(&f->region);
    s->organization = take_text(&f->organization);
    s->enabled = f->enabled ? *f->enabled : true;
    s->allow_private = f->allow_private ? *f->allow_private : false;
    s->columns = f->columns;
    s->columns_count = f->columns_count;
    f->columns = NULL;
    f->columns_count = 0;
    s->link_patterns = f->link_patterns;
    s->link_patterns_count = f->link_patterns_count;
    f->link_patterns = NULL;
    f->link_patterns_count = 0;
    s->title_patterns = f->title_patterns;
    s->title_patterns_count = f->title_patterns_count;
    f->title_patterns = NULL;
    f->title_patterns_count = 0;
    s->title_excludes = f->title_excludes;
    s->title_excludes_count = f->title_excludes_count;
    f->title_excludes = NULL;
    f->title_excludes_count = 0;
    return take_numbers(
        numbers, sizeof(numbers) / sizeof(numbers[0]), s->file, err);
}

static void free_texts(char **texts, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        mem_free(texts[i]);
    mem_free(texts);
}

static void free_source(struct conf_source *s)
{
    if (!s)
        return;
    for (unsigned i = 0; i < s->columns_count; i++) {
        mem_free(s->columns[i].url);
        mem_free(s->columns[i].organization);
        mem_free(s->columns[i].region);
    }
    mem_free(s->columns);
    free_texts(s->link_patterns, s->link_patterns_count);
    free_texts(s->title_patterns, s->title_patterns_count);
    free_texts(s->title_excludes, s->title_excludes_count);
    mem_free(s->name);
    mem_free(s->title);
    mem_free(s->region);
    mem_free(s->organization);
    mem_free(s->file);
    mem_free(s);
}

static struct conf_source *read_source(const char *path, struct err *err)
{
    struct conf_source *s = mem_alloc(sizeof(*s));
    void *file = NULL;
    int rc;

    s->file = mem_strdup(path);
    rc = yaml_load(path, &source_schema, &file, err);
    if (rc == 0)
        rc = take_source(file, s, err);
    if (rc == 0)
        rc = check_source(s, err);
    yaml_unload(&source_schema, file);
    if (rc == 0)
        return s;
    free_source(s);
    return NULL;
}

static int is_yaml(const struct dirent *e)
{
    size_t len = strlen(e->d_name);

    return len > 5 && e->d_name[0] != '.' &&
           strcmp(e->d_name + len - 5, ".yaml") == 0;
}

static int add_source(struct conf *conf, struct conf_source *s, struct err *err)
{
    const struct conf_source *twin = conf_source_find(conf, s->name);

    conf->sources = mem_realloc_n(
        conf->sources, conf->sources_count + 1, sizeof(struct conf_source *));
    conf->sources[conf->sources_count++] = s;
    if (twin)
        return yaml_error(err, s->file, "name", 0,
            "'%s' is taken by %s; every source needs its own", s->name,
            twin->file);
    return 0;
}

static int by_name(const void *a, const void *b)
{
    const struct conf_source *const *x = a;
    const struct conf_source *const *y = b;

    return strcmp((*x)->name, (*y)->name);
}

static int read_sources(struct conf *conf, struct err *err)
{
    struct dirent **entries = NULL;
    int n = scandir(conf->sources_dir, &entries, is_yaml, alphasort);
    int rc = 0;

    if (n < 0)
        return err_set_errno(err, ERR_FATAL, "%s:%u: key 'sources_dir': %s",
            conf->file, yaml_line(conf->file, "sources_dir", 0),
            conf->sources_dir);
    for (int i = 0; i < n && rc == 0; i++) {
        char *path = mem_printf("%s/%s", conf->sources_dir, entries[i]->d_name);
        struct conf_source *s = read_source(path, err);

        rc = s ? add_source(conf, s, err) : -1;
        mem_free(path);
    }
    for (int i = 0; i < n; i++)
        free(entries[i]);
    free(entries);
    if (rc == 0 && conf->sources_count > 1)
        qsort(conf->sources, conf->sources_count, sizeof(struct conf_source *),
            by_name);
    return rc;
}

/* `given` (or `standard`) as an absolute path, relative ones to `base`. */
static char *take_path(
    const char *base, const char *given, const char *standard)
{
    const char *path = given && *given ? given : standard;

    return path[0] == '/' ? mem_strdup(path) : mem_printf("%s/%s", base, path);
}

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? mem_strndup(path, (size_t)(slash - path)) : mem_strdup(".");
}

/* Folder of the running program. */
static char *program_folder(void)
{
    char path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);

    if (n <= 0)
        return mem_strdup(".");
    path[n] = '\0';
    return folder_of(path);
}

/* nianbao.yaml of the build tree (conf/) or of the installed tree
 * (etc/nianbao/) the program stands in, or NULL. */
static char *find_around(const char *folder)
{
    static const char *const places[] = { "conf", "etc/nianbao" };
    static const char steps[] = "/../../../..";

    for (int i = 0; i < 8; i++) {
        char *path = mem_printf("%s%.*s/%s/nianbao.yaml", folder,
            3 * (i / 2 + 1), steps, places[i % 2]);

        if (access(path, R_OK) == 0)
            return path;
        mem_free(path);
    }
    return NULL;
}

/* The absolute path of the file to read; mem_free it. */
static char *find_file(const char *path, struct err *err)
{
    char *folder = program_folder();
    char *found = path ? mem_strdup(path) : find_around(folder);
    char *real;
    char *copy = NULL;

    if (!found)
        found = mem_strdup(NIANBAO_SYSCONF "/nianbao.yaml");
    real = realpath(found, NULL);
    if (real)
        copy = mem_strdup(real);
    else
        err_set(err, ERR_FATAL,
            "%s: %s; name a configuration with --config FILE", found,
            strerror(errno));
    free(real);
    mem_free(found);
    mem_free(folder);
    return copy;
}

static int take_main_numbers(
    const struct main_file *f, struct conf *c, struct err *err)
{
    const struct range numbers[] = {
        { "workers", f->workers, &c->workers, 2, 1, LIMIT_WORKERS },
        { "lease_ms", f->lease_ms, &c->lease_ms, 60000, 1000, 3600000 },
        { "heartbeat_ms", f->heartbeat_ms, &c->heartbeat_ms, 1000, 100,
            600000 },
        { "attempts_max", f->attempts_max, &c->attempts_max, 5, 1, 100 },
        { "credit", f->credit, &c->credit, 4, 1, LIMIT_CREDIT },
        { "reader_cpu_s", f->reader_cpu_s, &c->reader_cpu_s, 10, 1, 600 },
        { "reader_wall_ms", f->reader_wall_ms, &c->reader_wall_ms, 20000, 100,
            600000 },
        { "reader_memory_mb", f->reader_memory_mb, &c->reader_memory_mb, 512,
            64, 4096 },
        { "ocr_cpu_s", f->ocr_cpu_s, &c->ocr_cpu_s, 60, 1, 600 },
        { "ocr_wall_ms", f->ocr_wall_ms, &c->ocr_wall_ms, 120000, 100, 600000 },
        { "ocr_memory_mb", f->ocr_memory_mb, &c->ocr_memory_mb, 1024, 64,
            4096 },
        { "office_cpu_s", f->office_cpu_s, &c->office_cpu_s, 15, 0, 600 },
        { "office_wall_ms", f->office_wall_ms, &c->office_wall_ms, 30000, 100,
            600000 },
        { "office_memory_mb", f->office_memory_mb, &c->office_memory_mb, 1024,
            512, 4096 },
        { "body_max_bytes", f->body_max_bytes, &c->body_max_bytes,
            LIMIT_BODY_BYTES, 1024, LIMIT_BODY_BYTES },
    };

    if (take_numbers(
            numbers, sizeof(numbers) / sizeof(numbers[0]), c->file, err) != 0)
        return -1;
    if (c->lease_ms < 2 * c->heartbeat_ms ||
        c->lease_ms < c->reader_wall_ms + c->heartbeat_ms)
        return yaml_error(err, c->file, "lease_ms", 0,
            "%u is too short: it must cover reader_wall_ms (%u) plus "
            "heartbeat_ms (%u), and two heartbeats",
            c->lease_ms, c->reader_wall_ms, c->heartbeat_ms);
    return 0;
}

static int take_main(struct main_file *f, struct conf *c, struct err *err)
{
    char *base = folder_of(c->file);
    char *programs = program_folder();
    struct err bad = { .kind = ERR_NONE };
    int rc;

    c->state_dir = take_path(base, f->state_dir, "../out/state");
    c->out_dir = take_path(base, f->out_dir, "../out/archives");
    c->run_dir = take_path(base, f->run_dir, "../out/run");
    c->forms_dir = take_path(base, f->forms_dir, "forms");
    c->sources_dir = take_path(base, f->sources_dir, "sources.d");
    c->program_dir = take_path(base, f->program_dir, programs);
    c->user_agent = f->user_agent ? take_text(&f->user_agent)
                                  : mem_strdup("nianbao/" NIANBAO_VERSION);
    c->clock = f->clock ? take_text(&f->clock) : mem_strdup("");
    c->log_level = f->log_level ? take_text(&f->log_level) : mem_strdup("info");
    rc = take_main_numbers(f, c, err);
    if (rc == 0 && clock_fix(c->clock, &bad) != 0)
        rc = yaml_error(err, c->file, "clock", 0, "%s", bad.msg);
    if (rc == 0 && log_level_find(c->log_level) < 0)
        rc = yaml_error(err, c->file, "log_level", 0,
            "'%s' must be error, warn, info or debug", c->log_level);
    if (rc == 0 && strlen(c->run_dir) > 80)
        rc = yaml_error(err, c->file, "run_dir", 0,
            "%zu bytes are too long for socket paths, use at most 80",
            strlen(c->run_dir));
    mem_free(base);
    mem_free(programs);
    return rc;
}

struct conf *conf_read(const char *path, struct err *err)
{
    struct conf *c = mem_alloc(sizeof(*c));
    void *file = NULL;
    int rc;

    c->file = find_file(path, err);
    rc = c->file ? yaml_load(c->file, &main_schema, &file, err) : -1;
    if (rc == 0)
        rc = take_main(file, c, err);
    if (rc == 0)
        rc = read_sources(c, err);
    yaml_unload(&main_schema, file);
    if (rc == 0)
        return c;
    conf_free(c);
    return NULL;
}

void conf_free(struct conf *c)
{
    if (!c)
        return;
    for (unsigned i = 0; i < c->sources_count; i++)
        free_source(c->sources[i]);
    mem_free(c->sources);
    mem_free(c->state_dir);
    mem_free(c->out_dir);
    mem_free(c->run_dir);
    mem_free(c->forms_dir);
    mem_free(c->sources_dir);
    mem_free(c->program_dir);
    mem_free(c->user_agent);
    mem_free(c->clock);
    mem_free(c->log_level);
    mem_free(c->file);
    mem_free(c);
}

const struct conf_source *conf_source_find(
    const struct conf *conf, const char *name)
{
    for (unsigned i = 0; i < conf->sources_count; i++)
        if (strcmp(conf->sources[i]->name, name) == 0)
            return conf->sources[i];
    return NULL;
}

char *conf_program(const struct conf *conf, const char *program)
{
    return mem_printf("%s/%s", conf->program_dir, program);
}

char *conf_address(const struct conf *conf, const char *socket)
{
    return mem_printf("ipc://%s/%s", conf->run_dir, socket);
}
