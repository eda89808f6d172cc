/* SPDX-License-Identifier: Apache-2.0 */
/*
 * files - what lies under the portal's root.
 *
 * Beside page.html, page.html.headers may hold lines "Header: value", which
 * are sent with it; "Status: 503" among them sets the status.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "common/mem.h"
#include "tests/portal/portal.h"

/* Larger files are not served. */
#define FILE_BYTES_MAX (64L * 1024 * 1024)

static const struct {
    const char *suffix, *media_type;
} media_types[] = { { ".html", "text/html" }, { ".htm", "text/html" },
    { ".shtml", "text/html" }, { ".txt", "text/plain" }, { ".xml", "text/xml" },
    { ".pdf", "application/pdf" }, { ".doc", "application/msword" },
    { ".docx", "application/vnd.openxmlformats-officedocument"
               ".wordprocessingml.document" },
    { ".xls", "application/vnd.ms-excel" },
    { ".xlsx", "application/vnd.openxmlformats-officedocument"
               ".spreadsheetml.sheet" },
    { ".zip", "application/zip" } };

static const char *media_type_of(const char *path)
{
    size_t len = strlen(path);

    for (size_t i = 0; i < sizeof media_types / sizeof *media_types; i++) {
        size_t n = strlen(media_types[i].suffix);

        if (len > n && strcasecmp(path + len - n, media_types[i].suffix) == 0)
            return media_types[i].media_type;
    }
    return "application/octet-stream";
}

/* The bytes of a regular file, NULL when there is none. */
static char *read_file(const char *path, size_t *len)
{
    FILE *f = fopen(path, "rb");
    struct stat st;
    char *out = NULL;

    if (!f)
        return NULL;
    if (fstat(fileno(f), &st) == 0 && S_ISREG(st.st_mode) &&
        st.st_size <= FILE_BYTES_MAX) {
        out = mem_alloc((size_t)st.st_size + 1);
        *len = fread(out, 1, (size_t)st.st_size, f);
    }
    fclose(f);
    return out;
}

/* FNV-1a: an ETag needs to differ, not to resist. */
static void set_etag(struct portal_file *f)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < f->len; i++)
        h = (h ^ (unsigned char)f->body[i]) * UINT64_C(0x100000001b3);
    snprintf(f->etag, sizeof f->etag, "\"%016llx\"", (unsigned long long)h);
}

static void add_header(struct portal_file *f, char *line)
{
    char *colon = strchr(line, ':');
    char *value;

    if (!colon)
        return;
    *colon = '\0';
    value = colon + 1 + strspn(colon + 1, " \t");
    if (strcasecmp(line, "Status") == 0) {
        unsigned long status = strtoul(value, NULL, 10);

        if (status >= 200 && status <= 599)
            f->status = (unsigned)status;
        return;
    }
    if (strcasecmp(line, "Content-Type") == 0)
        f->media_type = NULL;
    if (f->header_n == PORTAL_HEADERS_MAX)
        return;
    f->name[f->header_n] = mem_strdup(line);
    f->value[f->header_n++] = mem_strdup(value);
}

/* Read the sidecar of `path`; false when it has none. */
static bool read_sidecar(struct portal_file *f, const char *path)
{
    char *name = mem_printf("%s.headers", path);
    size_t len = 0;
    char *text = read_file(name, &len);
    char *rest = text;
    char *line;

    mem_free(name);
    if (!text)
        return false;
    while ((line = strsep(&rest, "\r\n")) != NULL)
        add_header(f, line);
    mem_free(text);
    return true;
}

static bool open_path(const char *path, struct portal_file *f)
{
    bool sidecar;

    f->status = 200;
    f->media_type = media_type_of(path);
    sidecar = read_sidecar(f, path);
    f->body = read_file(path, &f->len);
    if (!f->body && !sidecar)
        return false;
    if (!f->body)
        f->body = mem_alloc(1);
    set_etag(f);
    return true;
}

bool portal_file_open(
    const char *root, const char *target, struct portal_file *out)
{
    size_t path = strcspn(target, "?");
    const char *index = path > 0 && target[path - 1] == '/' ? "index.html" : "";
    char *name;
    bool found;

    *out = (struct portal_file){ .body = NULL };
    if (target[0] != '/' || strstr(target, "/..") || strstr(target, ".headers"))
        return false;
    name = mem_printf("%s%s", root, target);
    found = open_path(name, out);
    mem_free(name);
    if (found)
        return true;
    name = mem_printf("%s%.*s%s", root, (int)path, target, index);
    found = open_path(name, out);
    mem_free(name);
    return found;
}

void portal_file_clear(struct portal_file *f)
{
    mem_free(f->body);
    for (size_t i = 0; i < f->header_n; i++) {
        mem_free(f->name[i]);
        mem_free(f->value[i]);
    }
}
