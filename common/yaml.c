/* SPDX-License-Identifier: Apache-2.0 */
/*
 * yaml - a YAML file into a C struct, errors with file, line and key.
 *
 * libcyaml reports through a log callback: first what is wrong, then a
 * backtrace from the innermost field outwards, each with line and column.
 * The innermost field is the place a person has to go to.  libyaml's own
 * syntax errors name the line in the text of the message.
 */
#include "common/yaml.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/mem.h"
#include "common/slice.h"

/* What was learnt from the log of one load. */
struct trouble {
    char what[256]; /* first message */
    char field[96]; /* innermost mapping field */
    unsigned line;  /* its line, 0: not told */
};

static void *allocate(void *ctx, void *p, size_t size)
{
    (void)ctx;
    if (size == 0) {
        mem_free(p);
        return NULL;
    }
    return mem_realloc_n(p, size, 1);
}

static void read_line_number(const char *text, struct trouble *t)
{
    const char *at = strstr(text, "line: ");

    if (!at)
        at = strstr(text, "line ");
    if (at && t->line == 0)
        t->line = (unsigned)strtoul(at + strcspn(at, "0123456789"), NULL, 10);
}

static void read_field(const char *text, struct trouble *t)
{
    const char *from = strstr(text, "mapping field '");
    const char *to;

    if (!from || t->field[0])
        return;
    from += strlen("mapping field '");
    to = strchr(from, '\'');
    if (to)
        snprintf(t->field, sizeof(t->field), "%.*s", (int)(to - from), from);
}

/* libcyaml hands its format through; it is no literal here. */
__attribute__((format(printf, 3, 0))) static void note(
    cyaml_log_t level, void *ctx, const char *fmt, va_list args)
{
    struct trouble *t = ctx;
    char line[512];
    char *text = line;

    if (level < CYAML_LOG_WARNING)
        return;
    vsnprintf(line, sizeof(line), fmt, args);
    line[strcspn(line, "\n")] = '\0';
    if (strncmp(text, "Load: ", 6) == 0)
        text += 6;
    read_field(text, t);
    read_line_number(text, t);
    if (!t->what[0] && strcmp(text, "Backtrace:") != 0)
        snprintf(
            t->what, sizeof(t->what), "%.*s", (int)sizeof(t->what) - 1, text);
}

int yaml_load(const char *path, const cyaml_schema_value_t *schema, void **out,
    struct err *err)
{
    struct trouble t = { .line = 0 };
    cyaml_config_t config = {
        .log_fn = note,
        .log_ctx = &t,
        .mem_fn = allocate,
        .log_level = CYAML_LOG_WARNING,
        .flags = CYAML_CFG_NO_ALIAS,
    };
    /* libcyaml names the line of the mapping, not that of the key. */
    static const char unexpected[] = "Unexpected key: ";
    cyaml_err_t rc;

    *out = NULL;
    if (access(path, R_OK) != 0)
        return err_set_errno(err, ERR_FATAL, "%s", path);
    rc = cyaml_load_file(path, &config, schema, out, NULL);
    if (rc == CYAML_OK && *out)
        return 0;
    if (strncmp(t.what, unexpected, strlen(unexpected)) == 0)
        t.line = yaml_line(path, t.what + strlen(unexpected), 0);
    return err_set(err, ERR_FATAL, "%s:%u: %s%s%s%s", path, t.line ? t.line : 1,
        t.field[0] ? "key '" : "", t.field, t.field[0] ? "': " : "",
        t.what[0] ? t.what : cyaml_strerror(rc));
}

void yaml_unload(const cyaml_schema_value_t *schema, void *data)
{
    cyaml_config_t config = { .mem_fn = allocate };

    if (data)
        cyaml_free(&config, schema, data, 0);
}

static bool line_has_key(const char *line, const char *key)
{
    size_t len = strlen(key);

    line += strspn(line, " \t-{");
    return strncmp(line, key, len) == 0 && line[len] == ':';
}

unsigned yaml_line(const char *path, const char *key, unsigned nth)
{
    FILE *f = fopen(path, "re");
    char *line = NULL;
    size_t cap = 0;
    unsigned number = 0;
    unsigned found = 0;

    if (!f)
        return 1;
    while (!found && getline(&line, &cap, f) > 0) {
        number++;
        if (line_has_key(line, key) && nth-- == 0)
            found = number;
    }
    free(line);
    fclose(f);
    return found ? found : 1;
}

int yaml_error(struct err *err, const char *path, const char *key, unsigned nth,
    const char *fmt, ...)
{
    char what[384];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(what, sizeof(what), fmt, ap);
    va_end(ap);
    return err_set(err, ERR_FATAL, "%s:%u: key '%s': %s", path,
        yaml_line(path, key, nth), key, what);
}
