/* SPDX-License-Identifier: Apache-2.0 */
/*
 * biff - workbooks of Excel 97 made record by record, right or wrong on
 * purpose, for tests.
 */
#ifndef TESTS_BIFF_H
#define TESTS_BIFF_H

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "common/buf.h"
#include "common/slice.h"
#include "tests/ole.h"

#define BIFF_SHEETS_MAX 300

static inline void biff_put(struct buf *out, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_add_char(out, (char)(value >> (8 * i) & 0xff));
}

static inline void biff_put_double(struct buf *out, double value)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof(bits));
    biff_put(out, bits, 8);
}

/* A record of these bytes. */
static inline void biff_record(
    struct buf *out, uint32_t type, const void *bytes, size_t len)
{
    biff_put(out, type, 2);
    biff_put(out, len, 2);
    buf_add(out, bytes, len);
}

/* A record as `how` says, a letter for each argument: b w d (1, 2, 4 bytes
 * as unsigned), f (a double), s (bytes up to NUL), t (ASCII with a NUL
 * after each character, as UTF-16). */
static inline void biff_add(
    struct buf *out, uint32_t type, const char *how, ...)
{
    struct buf body;
    va_list ap;

    buf_init(&body, 1u << 16);
    va_start(ap, how);
    for (; *how; how++) {
        const char *s;

        switch (*how) {
        case 'b':
            biff_put(&body, va_arg(ap, unsigned), 1);
            break;
        case 'w':
            biff_put(&body, va_arg(ap, unsigned), 2);
            break;
        case 'd':
            biff_put(&body, va_arg(ap, unsigned), 4);
            break;
        case 'f':
            biff_put_double(&body, va_arg(ap, double));
            break;
        case 's':
            buf_add_str(&body, va_arg(ap, const char *));
            break;
        case 't':
            for (s = va_arg(ap, const char *); *s; s++)
                biff_put(&body, (unsigned char)*s, 2);
            break;
        default:
            assert(0);
        }
    }
    va_end(ap);
    biff_record(out, type, body.p, body.len);
    buf_clear(&body);
}

/* A book being made. */
struct biff {
    struct buf globals;                /* records before its sheets' names */
    struct buf sheet[BIFF_SHEETS_MAX]; /* records of each */
    uint32_t flags[BIFF_SHEETS_MAX];   /* hidden (1), chart (0x200) */
    uint32_t sheet_n;
    uint32_t version;     /* 0x0600, or 0x0500 */
    struct slice summary; /* of the file, or empty */
};

static inline void biff_init(struct biff *b, uint32_t sheet_n)
{
    memset(b, 0, sizeof(*b));
    b->version = 0x0600;
    b->sheet_n = sheet_n;
    buf_init(&b->globals, 1u << 26);
    for (uint32_t i = 0; i < sheet_n; i++)
        buf_init(&b->sheet[i], 1u << 26);
}

static inline void biff_clear(struct biff *b)
{
    buf_clear(&b->globals);
    for (uint32_t i = 0; i < b->sheet_n; i++)
        buf_clear(&b->sheet[i]);
}

/* Its stream. */
static inline void biff_stream(const struct biff *b, struct buf *out)
{
    size_t name_at[BIFF_SHEETS_MAX] = { 0 };

    biff_add(out, 0x0809, "wwd", b->version, 5u, 0u);
    buf_add_slice(out, buf_slice(&b->globals));
    for (uint32_t i = 0; i < b->sheet_n; i++) {
        name_at[i] = out->len + 4;
        if (b->version == 0x0600)
            biff_add(out, 0x0085, "dwbbs", 0u, b->flags[i], 1u, 0u, "s");
        else
            biff_add(out, 0x0085, "dwbs", 0u, b->flags[i], 1u, "s");
    }
    biff_add(out, 0x000a, "");
    for (uint32_t i = 0; i < b->sheet_n; i++) {
        ole_put(out->p + name_at[i], (uint32_t)out->len, 4);
        biff_add(out, 0x0809, "wwd", b->version, 0x10u, 0u);
        buf_add_slice(out, buf_slice(&b->sheet[i]));
        biff_add(out, 0x000a, "");
    }
}

/* Its file, appended to `out`, which is empty. */
static inline void biff_file(const struct biff *b, struct buf *out)
{
    struct ole_stream streams[] = {
        { b->version == 0x0600 ? "Workbook" : "Book", { NULL, 0 } },
        { "\005SummaryInformation", b->summary },
    };
    struct buf bytes;

    buf_init(&bytes, 1u << 26);
    biff_stream(b, &bytes);
    streams[0].bytes = buf_slice(&bytes);
    ole_make(out, streams, b->summary.len ? 2 : 1);
    buf_clear(&bytes);
}

#endif
