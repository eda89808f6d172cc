/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ole - OLE2 compound files made by hand for tests.
 *
 * Version 3: sectors of 512 bytes, streams right below the root, small ones
 * in the mini stream.  The tree of names is a list to the right, which every
 * reader takes.  What is wrong in a test is changed in the bytes afterwards;
 * OLE_* say where.
 */
#ifndef TESTS_OLE_H
#define TESTS_OLE_H

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "common/buf.h"
#include "common/slice.h"

struct ole_stream {
    const char *name; /* ASCII */
    struct slice bytes;
};

enum {
    OLE_SECTOR = 512,
    OLE_STREAMS_MAX = 15,
    OLE_TABLE = 512, /* where the allocation table begins: sector 0 */
    OLE_TABLE_MAX = 109,
};

static inline void ole_put(char *at, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        at[i] = (char)(value >> (8 * i) & 0xff);
}

/* The sectors of a file being made. */
struct ole_maker {
    uint32_t next[OLE_TABLE_MAX * 128]; /* the allocation table */
    uint32_t sector_n;
    uint32_t table_n; /* of them, the first ones hold the table */
    struct buf body;
};

/* Append `bytes` as a chain; its first sector. */
static inline uint32_t ole_chain(struct ole_maker *m, struct slice bytes)
{
    static const char zeros[OLE_SECTOR] = { 0 };
    uint32_t first = m->sector_n;

    if (bytes.len == 0)
        return 0xfffffffeu;
    buf_add_slice(&m->body, bytes);
    if (bytes.len % OLE_SECTOR)
        buf_add(&m->body, zeros, OLE_SECTOR - bytes.len % OLE_SECTOR);
    while (m->sector_n < first + (bytes.len + OLE_SECTOR - 1) / OLE_SECTOR) {
        m->next[m->sector_n] = m->sector_n + 1;
        m->sector_n++;
    }
    m->next[m->sector_n - 1] = 0xfffffffeu;
    return first;
}

static inline void ole_entry(char *e, const char *name, int type,
    uint32_t right, uint32_t child, uint32_t first, uint32_t size)
{
    size_t len = strlen(name);

    memset(e, 0, 128);
    for (size_t i = 0; i < len; i++)
        e[2 * i] = name[i];
    ole_put(e + 64, (uint32_t)(2 * len + 2), 2);
    e[66] = (char)type;
    e[67] = 1; /* black */
    ole_put(e + 68, 0xffffffffu, 4);
    ole_put(e + 72, right, 4);
    ole_put(e + 76, child, 4);
    ole_put(e + 116, first, 4);
    ole_put(e + 120, size, 4);
}

static inline void ole_header(const struct ole_maker *m, struct buf *out,
    uint32_t directory, uint32_t mini, uint32_t mini_n)
{
    char h[512];

    memset(h, 0, sizeof(h));
    memcpy(h, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
    ole_put(h + 24, 0x003e, 2);
    ole_put(h + 26, 3, 2);
    ole_put(h + 28, 0xfffe, 2);
    ole_put(h + 30, 9, 2);
    ole_put(h + 32, 6, 2);
    ole_put(h + 44, m->table_n, 4);
    ole_put(h + 48, directory, 4);
    ole_put(h + 56, 4096, 4);
    ole_put(h + 60, mini, 4);
    ole_put(h + 64, mini_n, 4);
    ole_put(h + 68, 0xfffffffeu, 4);
    for (uint32_t i = 0; i < OLE_TABLE_MAX; i++)
        ole_put(h + 76 + 4 * i, i < m->table_n ? i : 0xffffffffu, 4);
    buf_add(out, h, sizeof(h));
}

/* Append an OLE2 file with these streams to `out`. */
static inline void ole_make(
    struct buf *out, const struct ole_stream *stream, uint32_t n)
{
    static struct ole_maker m;
    char directory[(OLE_STREAMS_MAX + 1) * 128] = { 0 };
    uint32_t mini_next[OLE_STREAMS_MAX * 64];
    uint32_t mini_n = 0, total = 0, at, table_at;
    struct buf mini;

    assert(n <= OLE_STREAMS_MAX);
    for (uint32_t i = 0; i < n; i++)
        total += (uint32_t)stream[i].bytes.len / OLE_SECTOR + 2;
    m.table_n = (total + 40) / 127 + 1;
    assert(m.table_n <= OLE_TABLE_MAX);
    m.sector_n = m.table_n;
    for (uint32_t i = 0; i < m.table_n; i++)
        m.next[i] = 0xfffffffdu;
    buf_init(&m.body, 64u << 20);
    buf_init(&mini, 1u << 20);
    for (uint32_t i = 0; i < n; i++) {
        struct slice b = stream[i].bytes;
        uint32_t first = 0xfffffffeu;

        if (b.len >= 4096) {
            first = ole_chain(&m, b);
        } else if (b.len) {
            static const char zeros[64] = { 0 };

            first = mini_n;
            buf_add_slice(&mini, b);
            if (b.len % 64)
                buf_add(&mini, zeros, 64 - b.len % 64);
            while (mini_n < mini.len / 64) {
                mini_next[mini_n] = mini_n + 1;
                mini_n++;
            }
            mini_next[mini_n - 1] = 0xfffffffeu;
        }
        ole_entry(directory + 128 * (i + 1), stream[i].name, 2,
            i + 1 < n ? i + 2 : 0xffffffffu, 0xffffffffu, first,
            (uint32_t)b.len);
    }
    at = ole_chain(&m, buf_slice(&mini));
    ole_entry(directory, "Root Entry", 5, 0xffffffffu, n ? 1 : 0xffffffffu, at,
        (uint32_t)mini.len);
    table_at = ole_chain(
        &m, (struct slice){ (const char *)mini_next, (size_t)4 * mini_n });
    at = ole_chain(
        &m, (struct slice){ directory, (n / 4 + 1) * (size_t)OLE_SECTOR });
    ole_header(&m, out, at, table_at, mini_n ? (mini_n + 127) / 128 : 0);
    for (uint32_t i = 0; i < m.table_n * 128; i++) {
        char le[4];

        ole_put(le, i < m.sector_n ? m.next[i] : 0xffffffffu, 4);
        buf_add(out, le, 4);
    }
    buf_add_slice(out, buf_slice(&m.body));
    buf_clear(&m.body);
    buf_clear(&mini);
}

#endif
