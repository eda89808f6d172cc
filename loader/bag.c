/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bag - a folder with its manifests, as RFC 8493 (BagIt) has it.
 *
 * The manifests have the form that `sha256sum -c` reads.
 */
#include "loader/bag.h"

#include <inttypes.h>
#include <stdbool.h>

#include "common/buf.h"
#include "common/clock.h"
#include "common/mem.h"
#include "common/service.h"
#include "loader/output.h"

enum {
    MANIFEST_MAX = 1024 * 1024, /* bytes; a line is some 90 */
};

struct bag {
    struct buf manifest;   /* of the payload, or of the tags */
    bool payload;          /* which of the two */
    uint64_t bytes, files; /* of the payload */
};

static int write_text(
    const char *dir, const char *name, const struct buf *text, struct err *err)
{
    char *path = mem_printf("%s/%s", dir, name);
    int rc = buf_check(text, path, err);

    if (rc == 0)
        rc = output_write(path, buf_slice(text), err);
    mem_free(path);
    return rc;
}

static int add_line(void *ctx, const struct output_entry *e, struct err *err)
{
    struct bag *bag = ctx;
    bool payload = slice_starts(slice_str(e->name), SLICE_LIT("data/"));
    char hex[OUTPUT_SHA256_LEN + 1];

    if (e->is_dir || payload != bag->payload)
        return 0;
    service_alive();
    if (output_sha256(e->path, hex, err) != 0)
        return -1;
    buf_printf(&bag->manifest, "%s  %s\n", hex, e->name);
    if (payload) {
        bag->bytes += e->size;
        bag->files++;
    }
    return 0;
}

static int write_declaration(const char *dir, struct err *err)
{
    struct buf text;
    int rc;

    buf_init(&text, MANIFEST_MAX);
    buf_add_str(&text, "BagIt-Version: 1.0\n"
                       "Tag-File-Character-Encoding: UTF-8\n");
    rc = write_text(dir, "bagit.txt", &text, err);
    buf_clear(&text);
    return rc;
}

static int write_info(const char *dir, const char *name, int64_t made_at_s,
    const struct bag *bag, struct err *err)
{
    char at[21];
    struct buf text;
    int rc;

    clock_format(made_at_s, at);
    buf_init(&text, MANIFEST_MAX);
    buf_printf(&text,
        "Bag-Software-Agent: nianbao " NIANBAO_VERSION "\n"
        "Bagging-Date: %.10s\n"
        "External-Identifier: %s\n"
        "External-Description: Annual open-government reports of Chinese "
        "public bodies\n"
        "Payload-Oxum: %" PRIu64 ".%" PRIu64 "\n",
        at, name, bag->bytes, bag->files);
    rc = write_text(dir, "bag-info.txt", &text, err);
    buf_clear(&text);
    return rc;
}

int bag_write(
    const char *dir, const char *name, int64_t made_at_s, struct err *err)
{
    struct bag bag = { .payload = true };
    int rc = -1;

    buf_init(&bag.manifest, MANIFEST_MAX);
    if (output_walk(dir, add_line, &bag, err) != 0 ||
        write_text(dir, "manifest-sha256.txt", &bag.manifest, err) != 0 ||
        write_declaration(dir, err) != 0 ||
        write_info(dir, name, made_at_s, &bag, err) != 0)
        goto out;
    bag.payload = false;
    buf_reset(&bag.manifest);
    if (output_walk(dir, add_line, &bag, err) != 0 ||
        write_text(dir, "tagmanifest-sha256.txt", &bag.manifest, err) != 0)
        goto out;
    rc = 0;
out:
    buf_clear(&bag.manifest);
    return rc;
}
