/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_doc_looks - properties of runs and paragraphs.
 *
 * They stand in pages of 512 bytes in the main stream (2.9.33, 2.9.175),
 * found by the offset of a character in the file, not in the text.
 */
#include "transformer/read_doc.h"

#include "transformer/bytes.h"

enum {
    PAGE_BYTES = 512,
    RUN_BYTES = 1,        /* of an entry, behind the offsets */
    PARAGRAPH_BYTES = 13, /* likewise */
};

/* Properties of all paragraphs and runs of one document; those of the
 * largest report seen have 2 MB. */
#define LOOK_BYTES_MAX (64u << 20)

/* ---- modifiers
 * -------------------------------------------------------------- */

enum sprm {
    SPRM_RUN_DELETED = 0x0800,
    SPRM_RUN_HIDDEN = 0x083c,
    SPRM_RUN_STRUCK = 0x0837,
    SPRM_RUN_STRUCK_TWICE = 0x2a53,
    SPRM_RUN_SPECIAL = 0x0855,
    SPRM_RUN_STYLE = 0x4a30,
    SPRM_RUN_PLAIN = 0x2a33,
    SPRM_RUN_RAISED = 0x2a48, /* or below the line */
    SPRM_RUN_SYMBOL = 0x6a09,
    SPRM_IN_TABLE = 0x2416,
    SPRM_ROW_END = 0x2417,
    SPRM_INNER_CELL_END = 0x244b,
    SPRM_INNER_ROW_END = 0x244c,
    SPRM_LIST_LEVEL = 0x260a,
    SPRM_OUTLINE = 0x2640,
    SPRM_LIST = 0x460b,
    SPRM_DEPTH = 0x6649,
    SPRM_DEPTH_MORE = 0x664a,
    SPRM_FAR = 0x6645,
    SPRM_FAR_ALL = 0x6646,
    SPRM_FAR_TABLE = 0x646b,
    SPRM_TABS = 0xc615,
    SPRM_ROW_CELLS = 0xd608,
    SPRM_ROW_CELLS_OLD = 0xd606,
};

/* Bytes of the operand and of the count before it (2.2.5.1). */
static size_t operand_len(uint32_t code, struct slice list, size_t *count_len)
{
    static const uint8_t fixed[] = { 1, 1, 2, 4, 2, 2, 0, 3 };
    uint32_t kind = code >> 13;
    size_t len;

    *count_len = 0;
    if (kind != 6)
        return fixed[kind];
    *count_len = 1;
    len = bytes_u8(list, 2);
    if (code == SPRM_ROW_CELLS || code == SPRM_ROW_CELLS_OLD) {
        *count_len = 2;
        len = bytes_u16(list, 2);
        return len ? len - 1 : 0;
    }
    if (code == SPRM_TABS && len == 255) {
        size_t del_n = bytes_u8(list, 3);

        return 2 + 4 * del_n + 3 * (size_t)bytes_u8(list, 4 + 4 * del_n);
    }
    return len;
}

bool doc_sprm_next(struct slice *list, struct doc_sprm *s)
{
    size_t count_len, len;

    if (list->len < 3)
        return false;
    s->code = bytes_u16(*list, 0);
    len = operand_len(s->code, *list, &count_len);
    if (list->len < 2 + count_len || list->len - 2 - count_len < len)
        return false;
    s->operand = (struct slice){ list->p + 2 + count_len, len };
    *list = slice_skip(*list, 2 + count_len + len);
    return true;
}

struct slice doc_look_far(const struct doc_file *f, const struct doc_sprm *s)
{
    uint32_t at;

    if (s->code != SPRM_FAR && s->code != SPRM_FAR_ALL &&
        s->code != SPRM_FAR_TABLE)
        return (struct slice){ NULL, 0 };
    at = bytes_u32(s->operand, 0);
    return bytes_part(
        slice_from(f->data, at), 2, bytes_u16(slice_from(f->data, at), 0));
}

/* Hostile files let every paragraph point to the same long list. */
static bool is_too_much(struct doc_file *f, struct slice list)
{
    f->look_bytes += list.len;
    if (f->look_bytes > LOOK_BYTES_MAX)
        f->broken = "its properties are endless";
    return f->look_bytes > LOOK_BYTES_MAX;
}

/* ---- runs
 * ------------------------------------------------------------------- */

/* 128 stands for what the style says and 129 for its opposite. */
static bool is_on(const struct doc_sprm *s, bool in_style)
{
    uint32_t value = bytes_u8(s->operand, 0);

    if (value & 0x80)
        return in_style != (value & 1);
    return value;
}

void doc_run_apply(struct doc_file *f, struct doc_run *r, struct slice list)
{
    struct doc_sprm s;

    if (is_too_much(f, list))
        return;
    while (doc_sprm_next(&list, &s)) {
        switch (s.code) {
        case SPRM_RUN_DELETED:
            r->deleted = is_on(&s, false);
            break;
        case SPRM_RUN_HIDDEN:
            r->hidden = is_on(&s, r->hidden_style);
            break;
        case SPRM_RUN_STRUCK:
            r->struck = is_on(&s, r->struck_style);
            break;
        case SPRM_RUN_STRUCK_TWICE:
            r->struck_twice = is_on(&s, false);
            break;
        case SPRM_RUN_SPECIAL:
            r->special = is_on(&s, false);
            break;
        case SPRM_RUN_PLAIN:
            r->hidden = r->hidden_style;
            r->struck = r->struck_style;
            r->raised = r->struck_twice = false;
            break;
        case SPRM_RUN_STYLE:
            r->style = bytes_u16(s.operand, 0);
            break;
        case SPRM_RUN_RAISED:
            r->raised = bytes_u8(s.operand, 0) != 0;
            break;
        case SPRM_RUN_SYMBOL:
            r->has_symbol = true;
            r->font = bytes_u16(s.operand, 0);
            r->symbol = bytes_u16(s.operand, 2);
            break;
        default:
            break;
        }
    }
}

/* ---- paragraphs
 * ------------------------------------------------------------- */

/* Numbers of lists count from 1; 0 and those from 0xf801 on mean none. */
static void set_list(struct docx_look *look, uint32_t list)
{
    look->has_num = true;
    look->num = list >= 1 && list < 0x7ff ? list : 0;
}

static void apply_one(struct doc_paragraph *p, const struct doc_sprm *s)
{
    uint32_t value = bytes_u8(s->operand, 0);

    switch (s->code) {
    case SPRM_IN_TABLE:
        p->in_table = value;
        break;
    case SPRM_ROW_END:
        p->row_end = value;
        break;
    case SPRM_INNER_CELL_END:
        p->inner_cell_end = value;
        break;
    case SPRM_INNER_ROW_END:
        p->inner_row_end = value;
        break;
    case SPRM_DEPTH:
        p->depth = (int32_t)bytes_u32(s->operand, 0);
        break;
    case SPRM_DEPTH_MORE:
        p->depth += (int32_t)bytes_u32(s->operand, 0);
        break;
    case SPRM_OUTLINE:
        p->look.has_heading = true;
        p->look.heading = value < 6 ? value + 1 : 0;
        break;
    case SPRM_LIST:
        set_list(&p->look, bytes_u16(s->operand, 0));
        break;
    case SPRM_LIST_LEVEL:
        p->look.has_level = true;
        p->look.level = value < DOCX_LEVELS ? value : 0;
        break;
    default:
        break;
    }
}

void doc_paragraph_apply(
    struct doc_file *f, struct doc_paragraph *p, struct slice list)
{
    struct doc_sprm s, far;

    if (is_too_much(f, list))
        return;
    while (doc_sprm_next(&list, &s)) {
        struct slice more = doc_look_far(f, &s);

        if (is_too_much(f, more))
            return;
        while (doc_sprm_next(&more, &far))
            apply_one(p, &far);
        apply_one(p, &s);
    }
}

/* ---- pages
 * ------------------------------------------------------------------ */

/* The last of `n` offsets at `at` that is not behind `fc`, or -1. */
static int64_t search(struct slice s, size_t at, uint32_t n, uint32_t fc)
{
    uint32_t low = 0, high = n;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (bytes_u32(s, at + (size_t)4 * middle) <= fc)
            low = middle + 1;
        else
            high = middle;
    }
    return (int64_t)low - 1;
}

/* The bytes behind an entry: a count and a list.  A count of a paragraph is
 * in words, and where it is 0 another follows. */
static struct slice entry_list(struct slice page, uint32_t at, bool of_run)
{
    uint32_t count = bytes_u8(page, at);

    if (at == 0)
        return (struct slice){ NULL, 0 };
    if (of_run)
        return bytes_part(page, at + 1, count);
    if (count)
        return bytes_part(page, at + 1, (size_t)2 * count - 1);
    return bytes_part(page, at + 2, (size_t)2 * bytes_u8(page, at + 1));
}

static struct slice find_in_page(struct doc_file *f, struct slice page,
    bool of_run, uint32_t fc, uint32_t *end)
{
    uint32_t n = bytes_u8(page, PAGE_BYTES - 1);
    uint32_t size = of_run ? RUN_BYTES : PARAGRAPH_BYTES;
    uint32_t first;
    int64_t i;

    if (page.len == 0 || n == 0 || 4 * (n + 1) + size * n >= PAGE_BYTES) {
        f->broken = "a page of properties is damaged";
        return (struct slice){ NULL, 0 };
    }
    i = search(page, 0, n + 1, fc);
    if (i < 0) {
        *end = bytes_u32(page, 0);
        return (struct slice){ NULL, 0 };
    }
    if (i == n)
        return (struct slice){ NULL, 0 };
    *end = bytes_u32(page, (size_t)4 * ((size_t)i + 1));
    first = 4 * (n + 1) + size * (uint32_t)i;
    return entry_list(page, 2 * bytes_u8(page, first), of_run);
}

struct slice doc_look_find(
    struct doc_file *f, enum doc_part pages, uint32_t fc, uint32_t *end)
{
    struct slice plc = doc_file_part(f, pages);
    uint32_t n = plc.len < 4 ? 0 : (uint32_t)((plc.len - 4) / 8);
    int64_t i = search(plc, 0, n, fc);
    struct slice found;
    uint32_t page;

    *end = UINT32_MAX;
    if (plc.len && bytes_u32(plc, (size_t)4 * (size_t)(i + 1)) > fc)
        *end = bytes_u32(plc, (size_t)4 * (size_t)(i + 1));
    if (i < 0)
        return (struct slice){ NULL, 0 };
    page =
        bytes_u32(plc, (size_t)4 * (n + 1) + (size_t)4 * (size_t)i) & 0x3fffff;
    found = find_in_page(f,
        bytes_part(f->main, (size_t)page * PAGE_BYTES, PAGE_BYTES),
        pages == DOC_PART_RUN_PAGES, fc, end);
    if (*end <= fc)
        *end = fc + 1;
    return found;
}
