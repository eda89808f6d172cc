/* SPDX-License-Identifier: Apache-2.0 */
/*
 * package - zip files made by hand for tests, right or wrong on purpose.
 *
 * Parts are stored, not packed, so that a test says each byte of them.
 */
#ifndef TESTS_PACKAGE_H
#define TESTS_PACKAGE_H

#include <stdint.h>
#include <string.h>

#include "common/buf.h"
#include "common/slice.h"

struct package_part {
    const char *name;
    struct slice text;
    uint16_t flags; /* of the zip file: 1 is "encrypted" */
};

static inline uint32_t package_crc(struct slice s)
{
    uint32_t crc = 0xffffffffu;

    for (size_t i = 0; i < s.len; i++) {
        crc ^= (unsigned char)s.p[i];
        for (int k = 0; k < 8; k++)
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
    }
    return ~crc;
}

static inline void package_put(struct buf *out, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_add_char(out, (char)(value >> (8 * i) & 0xff));
}

/* What a local header and a directory entry say of a part. */
static inline void package_put_part(
    struct buf *out, const struct package_part *part)
{
    package_put(out, part->flags, 2);
    package_put(out, 0, 2);          /* stored */
    package_put(out, 0x58210000, 4); /* 2024-01-01 */
    package_put(out, package_crc(part->text), 4);
    package_put(out, part->text.len, 4);
    package_put(out, part->text.len, 4);
    package_put(out, strlen(part->name), 2);
}

/* A zip file of `n` parts, appended to `out`, which is empty. */
static inline void package_zip(
    struct buf *out, const struct package_part *part, size_t n)
{
    size_t at[64] = { 0 }, directory;

    for (size_t i = 0; i < n && i < 64; i++) {
        at[i] = out->len;
        buf_add(out, "PK\3\4\24\0", 6);
        package_put_part(out, &part[i]);
        package_put(out, 0, 2);
        buf_add_str(out, part[i].name);
        buf_add_slice(out, part[i].text);
    }
    directory = out->len;
    for (size_t i = 0; i < n && i < 64; i++) {
        buf_add(out, "PK\1\2\24\0\24\0", 8);
        package_put_part(out, &part[i]);
        package_put(out, 0, 8);
        package_put(out, 0, 4);
        package_put(out, at[i], 4);
        buf_add_str(out, part[i].name);
    }
    package_put(out, 0x06054b50, 4);
    package_put(out, 0, 4);
    package_put(out, n, 2);
    package_put(out, n, 2);
    package_put(out, out->len - 12 - directory, 4);
    package_put(out, directory, 4);
    package_put(out, 0, 2);
}

#define PACKAGE_PART(name, text)                                               \
    {                                                                          \
        name, { text, sizeof(text) - 1 }, 0                                    \
    }

#define PACKAGE_RELS                                                           \
    "http://schemas.openxmlformats.org/package/2006/relationships"
#define PACKAGE_TYPES                                                          \
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

#define PACKAGE_LINK(id, type, target)                                         \
    "<Relationship Id='" id "' Type='" PACKAGE_TYPES type "' Target='" target  \
    "'/>"
#define PACKAGE_LINKS(links)                                                   \
    "<Relationships xmlns='" PACKAGE_RELS "'>" links "</Relationships>"

#endif
