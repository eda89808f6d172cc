/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ole_package - streams of an OLE2 compound file (DOC, XLS).
 *
 * GLib opens files and sockets when it first logs, sorts names or knows a
 * time zone; none of this may happen in the sandbox, so ole_package_prepare
 * writes and reads a small file of its own, and logging is turned off.
 */
#include "transformer/ole_package.h"

#include <gsf/gsf.h>

/* ---- preparing
 * -------------------------------------------------------------- */

/* What the library warns of shows in what it returns. */
static void say_nothing(const gchar *domain, GLogLevelFlags level,
    const gchar *message, gpointer unused)
{
    (void)domain;
    (void)level;
    (void)message;
    (void)unused;
}

/* One stream larger and one smaller than the library's block sizes. */
static void write_stream(GsfOutfile *file, const char *name, size_t len)
{
    static const guint8 zeros[8192] = { 0 };
    GsfOutput *out = gsf_outfile_new_child(file, name, FALSE);

    gsf_output_write(out, len, zeros);
    gsf_output_close(out);
    g_object_unref(out);
}

static void try_stream(struct ole_package *o, const char *name)
{
    struct slice bytes;
    struct err err;

    ole_package_stream(o, name, &bytes, &err);
}

static void try_all(struct slice in)
{
    struct ole_package o;
    struct arena arena;
    struct err err;

    arena_init(&arena, 0);
    if (ole_package_open(&o, in, &arena, &err) == 0) {
        try_stream(&o, "Small");
        try_stream(&o, "Large");
    }
    ole_package_close(&o);
    arena_clear(&arena);
}

void ole_package_prepare(void)
{
    static bool done;
    GsfOutput *bytes;
    GsfOutfile *file;

    if (done)
        return;
    done = true;
    gsf_init();
    g_log_set_default_handler(say_nothing, NULL);
    bytes = gsf_output_memory_new();
    file = gsf_outfile_msole_new(bytes);
    write_stream(file, "Small", 100);
    write_stream(file, "Large", 8192);
    gsf_output_close(GSF_OUTPUT(file));
    try_all((struct slice){
        (const char *)gsf_output_memory_get_bytes(GSF_OUTPUT_MEMORY(bytes)),
        (size_t)gsf_output_size(bytes) });
    g_object_unref(file);
    g_object_unref(bytes);
}

/* ---- opening
 * ---------------------------------------------------------------- */

/* Some writers leave the last sector short: filled up with zeros. */
static struct slice whole_sectors(struct slice in, struct arena *arena)
{
    size_t size = in.len >= 32 && in.p[30] == 12 ? 4096 : 512;
    size_t rest = in.len % size;
    char *copy;

    if (rest == 0)
        return in;
    copy = arena_alloc(arena, in.len + size - rest);
    memcpy(copy, in.p, in.len);
    return (struct slice){ copy, in.len + size - rest };
}

int ole_package_open(struct ole_package *o, struct slice in,
    struct arena *arena, struct err *err)
{
    GsfInput *input;

    o->arena = arena;
    o->file = NULL;
    ole_package_prepare();
    in = whole_sectors(in, arena);
    if (ole_directory_open(&o->directory, in, err) < 0)
        return -1;
    /* The library takes its bytes without const and does not change them. */
    input =
        gsf_input_memory_new((const guint8 *)in.p, (gsf_off_t)in.len, FALSE);
    o->file = gsf_infile_msole_new(input, NULL);
    g_object_unref(input);
    if (!o->file)
        return err_set(err, ERR_INPUT,
            "reader.broken: OLE2 file: its allocation table is wrong");
    return 0;
}

void ole_package_close(struct ole_package *o)
{
    if (o->file)
        g_object_unref(o->file);
    o->file = NULL;
}

/* ---- streams
 * ---------------------------------------------------------------- */

bool ole_package_has(const struct ole_package *o, const char *name)
{
    return ole_directory_has(&o->directory, name);
}

/* The library compares names with their case, programs write them so and
 * so; NULL when it cannot open the one we found. */
static GsfInput *open_stream(GsfInfile *file, const char *name)
{
    int n = gsf_infile_num_children(file);

    for (int i = 0; i < n; i++) {
        const char *is = gsf_infile_name_by_index(file, i);

        if (is && g_ascii_strcasecmp(is, name) == 0)
            return gsf_infile_child_by_index(file, i);
    }
    return NULL;
}

static bool read_stream(GsfInput *input, char *to, uint32_t size)
{
    return input && gsf_input_size(input) == (gsf_off_t)size &&
           (size == 0 || gsf_input_read(input, size, (guint8 *)to));
}

int ole_package_stream(struct ole_package *o, const char *name,
    struct slice *bytes, struct err *err)
{
    uint32_t size;
    GsfInput *input;
    char *to;
    bool is_read;

    *bytes = (struct slice){ NULL, 0 };
    if (ole_directory_stream(&o->directory, name, &size, err) < 0)
        return -1;
    to = arena_alloc(o->arena, (size_t)size + 1);
    input = open_stream(o->file, name);
    is_read = read_stream(input, to, size);
    if (input)
        g_object_unref(input);
    if (!is_read)
        return err_set(err, ERR_INPUT,
            "reader.broken: OLE2 file: \"%s\" cannot be read", name);
    *bytes = (struct slice){ to, size };
    return 0;
}
