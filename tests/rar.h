/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rar - RAR files made by hand for tests, right or wrong on purpose.
 *
 * There is no free writer; the headers are simple and the data is stored.
 * RAR 4 as in the technote of RAR 3.x, RAR 5 as in its public description.
 */
#ifndef TESTS_RAR_H
#define TESTS_RAR_H

#include <stdint.h>

#include "tests/package.h"

enum {
    RAR4_SOLID = 0x10,     /* of a file */
    RAR4_ENCRYPTED = 0x04, /* of a file */
    RAR4_UNICODE = 0x200,  /* of a file: its name, in UTF-8 here */
};

/* A block of RAR 4: its CRC covers all behind itself. */
static inline void rar4_block(
    struct buf *out, int type, unsigned flags, const struct buf *rest)
{
    struct buf head;

    buf_init(&head, 1 << 16);
    package_put(&head, (uint64_t)type, 1);
    package_put(&head, flags, 2);
    package_put(&head, 7 + rest->len, 2);
    buf_add_slice(&head, buf_slice(rest));
    package_put(out, package_crc(buf_slice(&head)) & 0xffff, 2);
    buf_add_slice(out, buf_slice(&head));
    buf_clear(&head);
}

/* A name as WinRAR writes it: in the system's own charset, then packed UTF-16,
 * four characters after a byte that says "two bytes each".  `name` has
 * characters of one and of three bytes. */
static inline void rar4_wide_name(struct buf *out, const char *name)
{
    const unsigned char *p = (const unsigned char *)name;

    buf_add(out, "?\0\0", 3);
    for (int i = 0; *p; i++) {
        unsigned c = *p;

        if (c < 0x80)
            p++;
        else {
            c = (c & 15u) << 12 | (p[1] & 63u) << 6 | (p[2] & 63u);
            p += 3;
        }
        if (i % 4 == 0)
            buf_add_char(out, (char)0xaa);
        package_put(out, c, 2);
    }
}

static inline void rar4_file(struct buf *out, const struct package_part *part)
{
    struct buf rest, name;

    buf_init(&name, 1 << 12);
    if (part->flags & RAR4_UNICODE)
        rar4_wide_name(&name, part->name);
    else
        buf_add_str(&name, part->name);
    buf_init(&rest, 1 << 16);
    package_put(&rest, part->text.len, 4);
    package_put(&rest, part->text.len, 4);
    package_put(&rest, 2, 1); /* Windows */
    package_put(&rest, package_crc(part->text), 4);
    package_put(&rest, 0x58210000, 4); /* 2024-01-01 */
    package_put(&rest, 29, 1);
    package_put(&rest, 0x30, 1); /* stored */
    package_put(&rest, name.len, 2);
    package_put(&rest, 0x20, 4);
    buf_add_slice(&rest, buf_slice(&name));
    buf_clear(&name);
    rar4_block(out, 0x74, 0x8000u | part->flags, &rest);
    buf_add_slice(out, part->text);
    buf_clear(&rest);
}

/* A RAR 4 file; `flags` of a part are those of its block. */
static inline void rar4(
    struct buf *out, const struct package_part *part, size_t n)
{
    struct buf rest;

    buf_init(&rest, 64);
    buf_add(out, "Rar!\x1a\7\0", 7);
    package_put(&rest, 0, 6);
    rar4_block(out, 0x73, 0, &rest);
    for (size_t i = 0; i < n; i++)
        rar4_file(out, &part[i]);
    buf_reset(&rest);
    rar4_block(out, 0x7b, 0x4000, &rest);
    buf_clear(&rest);
}

/* A number of RAR 5: seven bits a byte. */
static inline void rar5_number(struct buf *out, uint64_t v)
{
    for (; v >= 0x80; v >>= 7)
        buf_add_char(out, (char)((v & 0x7f) | 0x80));
    buf_add_char(out, (char)v);
}

/* A block of RAR 5: its size, all of `rest`, and a CRC over both. */
static inline void rar5_block(struct buf *out, const struct buf *rest)
{
    struct buf head;

    buf_init(&head, 1 << 16);
    rar5_number(&head, rest->len);
    buf_add_slice(&head, buf_slice(rest));
    package_put(out, package_crc(buf_slice(&head)), 4);
    buf_add_slice(out, buf_slice(&head));
    buf_clear(&head);
}

static inline void rar5_file(struct buf *out, const struct package_part *part)
{
    struct buf rest;

    buf_init(&rest, 1 << 16);
    rar5_number(&rest, 2); /* a file */
    rar5_number(&rest, 2); /* with data */
    rar5_number(&rest, part->text.len);
    rar5_number(&rest, 4); /* with a CRC */
    rar5_number(&rest, part->text.len);
    rar5_number(&rest, 0x20);
    package_put(&rest, package_crc(part->text), 4);
    rar5_number(&rest, 0); /* stored */
    rar5_number(&rest, 0); /* Windows */
    rar5_number(&rest, strlen(part->name));
    buf_add_str(&rest, part->name);
    rar5_block(out, &rest);
    buf_add_slice(out, part->text);
    buf_clear(&rest);
}

static inline void rar5(
    struct buf *out, const struct package_part *part, size_t n)
{
    struct buf rest;

    buf_init(&rest, 64);
    buf_add(out, "Rar!\x1a\7\1\0", 8);
    rar5_number(&rest, 1);
    rar5_number(&rest, 0);
    rar5_number(&rest, 0);
    rar5_block(out, &rest);
    for (size_t i = 0; i < n; i++)
        rar5_file(out, &part[i]);
    buf_reset(&rest);
    rar5_number(&rest, 5);
    rar5_number(&rest, 0);
    rar5_number(&rest, 0);
    rar5_block(out, &rest);
    buf_clear(&rest);
}

#endif
