/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_doc_lists - lists, for the counters of read_docx_numbers.c.
 *
 * A list (2.9.147) is what DOCX calls an abstract numbering, its use
 * (2.9.131) what it calls a numbering; the formats of numbers have names
 * there and numbers here ([MS-OSHARED] 2.2.1.3).
 */
#include "transformer/read_doc.h"

#include "transformer/bytes.h"
#include "transformer/utf16.h"

enum {
    LIST_BYTES = 28,
    USE_BYTES = 16,
    LEVEL_BYTES = 28,
    FOLLOW_NOTHING = 2,
    LEVEL_TEXT_MAX = 1024, /* bytes */
};

static const char *const formats[] = { "decimal", "upperRoman", "lowerRoman",
    "upperLetter", "lowerLetter", "decimal", "decimal", "decimal", "decimal",
    "decimal", "ideographDigital", "japaneseCounting", "decimal", "decimal",
    "decimalFullWidth", "decimal", "chineseLegalSimplified",
    "japaneseDigitalTenThousand", "decimalEnclosedCircle", "decimalFullWidth2",
    "decimal", "decimal", "decimalZero", "bullet", "decimal", "decimal",
    "decimalEnclosedFullstop", "decimalEnclosedParen",
    "decimalEnclosedCircleChinese", "ideographEnclosedCircle",
    "ideographTraditional", "ideographZodiac", "ideographZodiac",
    "taiwaneseCounting", "chineseLegalSimplified", "taiwaneseCountingThousand",
    "taiwaneseDigital", "chineseCounting", "chineseLegalSimplified",
    "chineseCountingThousand" };

static const char *format_name(uint32_t n)
{
    if (n == 0xff)
        return "none";
    return n < sizeof(formats) / sizeof(formats[0]) ? formats[n] : "decimal";
}

/* The text of a level: characters below 9 stand for the number of a level,
 * which DOCX writes as %1 to %9. */
static struct slice level_text(const struct doc_file *f, struct slice s)
{
    uint32_t n = bytes_u16(s, 0);
    struct utf16 u = { .high = 0 };
    struct slice text;
    struct buf out;

    buf_init(&out, LEVEL_TEXT_MAX);
    for (uint32_t i = 0; i < n && i < s.len / 2; i++) {
        uint32_t c = bytes_u16(s, 2 + (size_t)2 * i);

        if (c < DOCX_LEVELS)
            buf_printf(&out, "%%%u", c + 1);
        else
            utf16_put(&u, &out, c);
    }
    utf16_end(&u, &out);
    text = arena_slice(f->arena, buf_slice(&out));
    buf_clear(&out);
    return text;
}

/* The level at the start of `in`, which moves behind it (2.9.150). */
static struct docx_level *read_level(const struct doc_file *f, struct slice *in)
{
    struct docx_level *l = arena_alloc(f->arena, sizeof(*l));
    size_t looks = (size_t)bytes_u8(*in, 24) + bytes_u8(*in, 25);
    struct slice text = slice_from(*in, LEVEL_BYTES + looks);

    l->start = bytes_u32(*in, 0);
    l->has_start = true;
    l->format = slice_str(format_name(bytes_u8(*in, 4)));
    l->legal = bytes_u8(*in, 5) & 4;
    l->tight = bytes_u8(*in, 15) == FOLLOW_NOTHING;
    l->text = level_text(f, text);
    *in = slice_from(text, 2 + (size_t)2 * bytes_u16(text, 0));
    return l;
}

static int read_lists(
    struct docx_numbers *n, const struct doc_file *f, struct err *err)
{
    struct slice in = doc_file_part_on(f, DOC_PART_LISTS);
    uint32_t list_n = bytes_u16(in, 0);
    struct slice level = slice_from(in, 2 + (size_t)list_n * LIST_BYTES);

    if (list_n > LIMIT_NUMBERINGS)
        return err_set(err, ERR_LIMIT, "reader.size: more than %u lists",
            LIMIT_NUMBERINGS);
    n->abstract.item =
        arena_alloc_n(n->arena, (size_t)list_n + 1, sizeof(*n->abstract.item));
    for (uint32_t i = 0; i < list_n && level.len >= LEVEL_BYTES; i++) {
        struct slice s = slice_from(in, 2 + (size_t)i * LIST_BYTES);
        uint32_t level_n = bytes_u8(s, 26) & 1 ? 1 : DOCX_LEVELS;
        struct docx_numbering *a = &n->abstract.item[n->abstract.n++];

        a->id = bytes_u32(s, 0);
        for (uint32_t k = 0; k < level_n && level.len >= LEVEL_BYTES; k++)
            a->level[k] = read_level(f, &level);
    }
    return 0;
}

/* What one use of a list has of its own (2.9.132). */
static void read_own_levels(const struct doc_file *f,
    struct docx_numbering *num, uint32_t level_n, struct slice *in)
{
    *in = slice_from(*in, 4);
    for (uint32_t i = 0; i < level_n && in->len >= 8; i++) {
        uint32_t start = bytes_u32(*in, 0);
        uint32_t flags = bytes_u32(*in, 4);
        uint32_t level = flags & 0xf;
        struct docx_level *own = NULL;

        *in = slice_from(*in, 8);
        if (flags & 0x20)
            own = read_level(f, in);
        if (level >= DOCX_LEVELS)
            continue;
        num->level[level] = own;
        if (flags & 0x10)
            num->restart[level] = (own ? own->start : start) % 1000000 + 1;
    }
}

static int read_uses(
    struct docx_numbers *n, const struct doc_file *f, struct err *err)
{
    struct slice in = doc_file_part_on(f, DOC_PART_LIST_USES);
    uint32_t use_n = bytes_u32(in, 0);
    struct slice own;

    if (use_n > LIMIT_NUMBERINGS)
        return err_set(err, ERR_LIMIT, "reader.size: more than %u lists",
            LIMIT_NUMBERINGS);
    own = slice_from(in, 4 + (size_t)use_n * USE_BYTES);
    n->num.item =
        arena_alloc_n(n->arena, (size_t)use_n + 1, sizeof(*n->num.item));
    for (uint32_t i = 0; i < use_n; i++) {
        struct slice s = slice_from(in, 4 + (size_t)i * USE_BYTES);
        struct docx_numbering *num = &n->num.item[n->num.n++];

        num->id = i + 1;
        num->abstract = bytes_u32(s, 0);
        read_own_levels(f, num, bytes_u8(s, 12), &own);
    }
    return 0;
}

int doc_lists_read(
    struct docx_numbers *n, const struct doc_file *f, struct err *err)
{
    *n = (struct docx_numbers){ .arena = f->arena, .override = DOCX_LEVELS };
    if (read_lists(n, f, err) < 0 || read_uses(n, f, err) < 0)
        return -1;
    docx_numbers_sort(n);
    return 0;
}
