/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ole_directory - what is in an OLE2 compound file, looked at in place.
 *
 * The allocation table is read through the header's list each time, which
 * costs little: files of LIMIT_BODY_BYTES need four sectors more of that
 * list (109 in the header, 127 or more in a sector).
 */
#include "transformer/ole_directory.h"

#include "transformer/bytes.h"
#include "transformer/sniff.h"

enum {
    HEADER_BYTES = 512,
    HEADER_LIST = 76, /* where the list of the table's sectors begins */
    HEADER_LIST_N = 109,
    ENTRY_BYTES = 128,
    MINI_SHIFT = 6,
    MINI_CUTOFF = 4096,
};

#define SECTOR_LAST 0xfffffffau /* larger numbers mean something else */
#define CHAIN_END 0xfffffffeu
#define NO_ENTRY 0xffffffffu

enum entry_type {
    ENTRY_STORAGE = 1,
    ENTRY_STREAM = 2,
    ENTRY_ROOT = 5,
};

/* ---- sectors
 * ---------------------------------------------------------------- */

/* Bytes of sector `n`, empty past the file. */
static struct slice sector(const struct ole_directory *d, uint32_t n)
{
    if (n >= d->sector_n)
        return (struct slice){ NULL, 0 };
    return bytes_part(d->in, ((size_t)n + 1) << d->shift, 1u << d->shift);
}

/* The sector that holds part `i` of the allocation table ([MS-CFB] 2.5). */
static uint32_t table_sector(const struct ole_directory *d, uint32_t i)
{
    uint32_t per = (1u << (d->shift - 2)) - 1;
    uint32_t at = bytes_u32(d->in, 68);
    struct slice list;

    if (i >= bytes_u32(d->in, 44))
        return NO_ENTRY;
    if (i < HEADER_LIST_N)
        return bytes_u32(d->in, HEADER_LIST + (size_t)4 * i);
    for (i -= HEADER_LIST_N; i >= per; i -= per)
        at = bytes_u32(sector(d, at), (size_t)4 * per);
    list = sector(d, at);
    return list.len ? bytes_u32(list, (size_t)4 * i) : NO_ENTRY;
}

/* The sector after `n` in its chain, CHAIN_END, or what is no sector. */
static uint32_t after(const struct ole_directory *d, uint32_t n)
{
    uint32_t per_shift = d->shift - 2;
    struct slice table;

    if (n >= d->sector_n)
        return NO_ENTRY;
    table = sector(d, table_sector(d, n >> per_shift));
    return table.len
               ? bytes_u32(table, (size_t)4 * (n & ((1u << per_shift) - 1)))
               : NO_ENTRY;
}

/* Sectors in the chain from `start`; -1 when it leaves the file or loops. */
static int64_t chain_length(const struct ole_directory *d, uint32_t start)
{
    int64_t n = 0;

    while (start != CHAIN_END) {
        if (start >= d->sector_n || n > d->sector_n)
            return -1;
        n++;
        start = after(d, start);
    }
    return n;
}

/* ---- entries
 * ---------------------------------------------------------------- */

static struct slice entry(const struct ole_directory *d, uint32_t i)
{
    uint32_t per_shift = d->shift - 7;

    if (i >= d->entry_n)
        return (struct slice){ NULL, 0 };
    return bytes_part(sector(d, d->directory[i >> per_shift]),
        (size_t)(i & ((1u << per_shift) - 1)) * ENTRY_BYTES, ENTRY_BYTES);
}

static bool name_is(struct slice e, const char *name)
{
    size_t n = strlen(name);

    if (e.len == 0 || bytes_u16(e, 64) != 2 * (n + 1) || n > 31)
        return false;
    for (size_t i = 0; i < n; i++) {
        uint32_t a = bytes_u16(e, 2 * i), b = (unsigned char)name[i];

        if ((a >= 'A' && a <= 'Z' ? a + 32 : a) !=
            (b >= 'A' && b <= 'Z' ? b + 32 : b))
            return false;
    }
    return true;
}

static struct slice find(const struct ole_directory *d, const char *name)
{
    for (uint32_t i = 0; i < d->child_n; i++) {
        struct slice e = entry(d, d->child[i]);

        if (name_is(e, name))
            return e;
    }
    return (struct slice){ NULL, 0 };
}

/* The tree of names; each entry once, or it loops. */
struct tour {
    uint32_t n;
    uint16_t queue[LIMIT_OLE_ENTRIES];
    bool seen[LIMIT_OLE_ENTRIES];
    bool top[LIMIT_OLE_ENTRIES]; /* right below the root */
};

static bool visit(
    struct tour *t, const struct ole_directory *d, uint32_t i, bool top)
{
    if (i == NO_ENTRY)
        return true;
    if (i >= d->entry_n || t->seen[i])
        return false;
    t->seen[i] = true;
    t->top[i] = top;
    t->queue[t->n++] = (uint16_t)i;
    return true;
}

static bool visit_all(struct tour *t, struct ole_directory *d)
{
    t->seen[0] = true;
    if (!visit(t, d, bytes_u32(entry(d, 0), 76), true))
        return false;
    for (uint32_t done = 0; done < t->n; done++) {
        uint32_t i = t->queue[done];
        struct slice e = entry(d, i);
        uint32_t type = bytes_u8(e, 66);

        if (t->top[i])
            d->child[d->child_n++] = (uint16_t)i;
        if (type != ENTRY_STORAGE && type != ENTRY_STREAM)
            return false;
        if (!visit(t, d, bytes_u32(e, 68), t->top[i]) ||
            !visit(t, d, bytes_u32(e, 72), t->top[i]))
            return false;
        if (type == ENTRY_STORAGE && !visit(t, d, bytes_u32(e, 76), false))
            return false;
    }
    return true;
}

/* ---- opening
 * ---------------------------------------------------------------- */

static int broken(struct err *err, const char *what)
{
    return err_set(err, ERR_INPUT, "reader.broken: OLE2 file: %s", what);
}

static int read_directory(struct ole_directory *d, struct err *err)
{
    uint32_t at = bytes_u32(d->in, 48);

    for (; at != CHAIN_END; at = after(d, at)) {
        if (at >= d->sector_n)
            return broken(err, "its directory leaves the file");
        if (d->directory_n >= LIMIT_OLE_ENTRIES >> (d->shift - 7))
            return err_set(err, ERR_LIMIT,
                "reader.size: OLE2 file: a directory of more than %u entries",
                LIMIT_OLE_ENTRIES);
        d->directory[d->directory_n++] = at;
    }
    d->entry_n = d->directory_n << (d->shift - 7);
    if (bytes_u8(entry(d, 0), 66) != ENTRY_ROOT)
        return broken(err, "no root");
    return 0;
}

int ole_directory_open(
    struct ole_directory *d, struct slice in, struct err *err)
{
    struct tour tour = { .n = 0 };

    *d = (struct ole_directory){ .in = in, .shift = bytes_u16(in, 30) };
    if (!slice_starts(in, OLE_MAGIC))
        return broken(err, "no signature");
    if (in.len < HEADER_BYTES || (d->shift != 9 && d->shift != 12) ||
        bytes_u16(in, 32) != MINI_SHIFT || bytes_u32(in, 56) != MINI_CUTOFF)
        return broken(err, "sizes in its header make no sense");
    d->sector_n = (uint32_t)(in.len >> d->shift);
    d->sector_n -= d->sector_n > 0;
    if (bytes_u32(in, 44) > d->sector_n || bytes_u32(in, 72) > d->sector_n)
        return broken(err, "its allocation table leaves the file");
    if (read_directory(d, err) < 0)
        return -1;
    if (!visit_all(&tour, d))
        return broken(err, "its directory loops");
    return 0;
}

/* ---- asking
 * ----------------------------------------------------------------- */

bool ole_directory_has(const struct ole_directory *d, const char *name)
{
    return find(d, name).len > 0;
}

bool ole_directory_is_class(const struct ole_directory *d, uint32_t first)
{
    return bytes_u32(entry(d, 0), 80) == first;
}

/* Small streams lie in sectors of 64 bytes in the root's own stream, with a
 * table of their own ([MS-CFB] 2.4). */
static uint32_t after_mini(
    const struct ole_directory *d, uint32_t n, uint32_t mini_n)
{
    uint32_t per_shift = d->shift - 2;
    uint32_t at = bytes_u32(d->in, 60);
    struct slice table;

    if (n >= mini_n)
        return NO_ENTRY;
    for (uint32_t i = n >> per_shift; i > 0 && at < d->sector_n; i--)
        at = after(d, at);
    table = sector(d, at);
    return table.len
               ? bytes_u32(table, (size_t)4 * (n & ((1u << per_shift) - 1)))
               : NO_ENTRY;
}

static bool mini_chain_is_sound(
    const struct ole_directory *d, uint32_t start, uint32_t size)
{
    struct slice root = entry(d, 0);
    uint32_t root_size = bytes_u32(root, 120);
    uint32_t mini_n = root_size >> MINI_SHIFT;
    int64_t root_n = chain_length(d, bytes_u32(root, 116));
    int64_t table_n = chain_length(d, bytes_u32(d->in, 60));
    uint32_t n = 0;

    if (root_n < 0 || table_n < 0 || (uint64_t)root_n << d->shift < root_size)
        return false;
    while (start != CHAIN_END) {
        if (start >= mini_n || n >= MINI_CUTOFF >> MINI_SHIFT)
            return false;
        n++;
        start = after_mini(d, start, mini_n);
    }
    return n << MINI_SHIFT >= size;
}

int ole_directory_stream(const struct ole_directory *d, const char *name,
    uint32_t *size, struct err *err)
{
    struct slice e = find(d, name);
    uint32_t start = bytes_u32(e, 116);

    *size = bytes_u32(e, 120);
    if (bytes_u8(e, 66) != ENTRY_STREAM)
        return err_set(err, ERR_INPUT,
            "reader.broken: OLE2 file: it has no stream \"%s\"", name);
    if (*size > d->in.len)
        return err_set(err, ERR_INPUT,
            "reader.broken: OLE2 file: \"%s\" is larger than the file", name);
    if (*size == 0)
        return 0;
    if (*size < MINI_CUTOFF
            ? mini_chain_is_sound(d, start, *size)
            : chain_length(d, start) >= (int64_t)((*size - 1) >> d->shift) + 1)
        return 0;
    return err_set(err, ERR_INPUT,
        "reader.broken: OLE2 file: the sectors of \"%s\" loop or end early",
        name);
}

/* ---- what it is
 * ------------------------------------------------------------- */

/* What a file with this name in it is, the first that fits.  Encrypted
 * packages hold a DOCX or XLSX ([MS-OFFCRYPTO] 2.3.4). */
static const struct {
    const char *name, *type;
} kinds[] = {
    { "EncryptedPackage", SNIFF_OLE_ENCRYPTED },
    { "WordDocument", SNIFF_DOC },
    { "Workbook", SNIFF_XLS },
    { "Book", SNIFF_XLS },
    { "PowerPoint Document", "application/vnd.ms-powerpoint" },
    { "FileHeader", "application/x-hwp" },
    { "__properties_version1.0", "application/vnd.ms-outlook" },
};

const char *ole_directory_type(struct slice in)
{
    struct ole_directory d;
    struct err err;

    if (ole_directory_open(&d, in, &err) < 0)
        return SNIFF_OLE;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (ole_directory_has(&d, kinds[i].name))
            return kinds[i].type;
    /* The class of installers, {000C1084-...} and its patches. */
    if (ole_directory_is_class(&d, 0x000c1084u) ||
        ole_directory_is_class(&d, 0x000c1086u))
        return "application/x-msi";
    return SNIFF_OLE;
}
