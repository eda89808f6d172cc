/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ole_summary - what an OLE2 file says of itself: its title.
 *
 * [MS-OLEPS] 2.21 and 3.1.2: a stream of property sets, of which the first
 * is the summary; its strings are in the code page that it names.
 */
#include "transformer/ole_summary.h"

#include "common/limits.h"
#include "transformer/bytes.h"
#include "transformer/charset.h"

#define STREAM "\005SummaryInformation"

enum {
    SECTION_AT = 44, /* where the stream says where the first set is */
    ID_CODEPAGE = 1,
    ID_TITLE = 2,
    TYPE_I2 = 2,
    TYPE_BYTES = 30,
    TYPE_WIDE = 31,
    CODEPAGE_UTF16 = 1200,
    PROPERTIES_MAX = 256, /* the summary has 19 */
};

/* A property from its type on, empty without it. */
static struct slice property(struct slice set, uint32_t id)
{
    uint32_t n = bytes_u32(set, 4);

    for (uint32_t i = 0; i < n && i < PROPERTIES_MAX; i++)
        if (bytes_u32(set, 8 + 8 * (size_t)i) == id)
            return slice_from(set, bytes_u32(set, 12 + 8 * (size_t)i));
    return (struct slice){ NULL, 0 };
}

static void add_wide(struct buf *out, struct slice s)
{
    uint32_t high = 0;

    for (size_t i = 0; i + 2 <= s.len && bytes_u16(s, i); i += 2) {
        uint32_t c = bytes_u16(s, i);

        if (high && c >= 0xdc00 && c < 0xe000)
            c = 0x10000 + ((high - 0xd800) << 10) + (c - 0xdc00);
        high = c >= 0xd800 && c < 0xdc00 ? c : 0;
        if (!high)
            charset_add_char(out, c);
    }
}

static void add_title(struct buf *out, struct slice set)
{
    struct slice title = property(set, ID_TITLE);
    struct slice said = property(set, ID_CODEPAGE);
    uint32_t type = bytes_u16(title, 0);
    size_t len = bytes_u32(title, 4);
    uint32_t codepage =
        bytes_u16(said, 0) == TYPE_I2 ? bytes_u16(said, 4) : 1252;
    struct slice text;

    if (len > LIMIT_BODY_BYTES)
        return;
    text = bytes_part(title, 8, type == TYPE_WIDE ? len * 2 : len);
    if (type == TYPE_WIDE || (type == TYPE_BYTES && codepage == CODEPAGE_UTF16))
        add_wide(out, text);
    else if (type == TYPE_BYTES && text.len)
        charset_add(
            out, (struct slice){ text.p, strnlen(text.p, text.len) }, codepage);
}

struct slice ole_summary_title(struct ole_package *o, struct tree *tree)
{
    struct err ignored;
    struct slice stream, title;
    struct buf text;

    if (!ole_package_has(o, STREAM) ||
        ole_package_stream(o, STREAM, &stream, &ignored) < 0)
        return (struct slice){ NULL, 0 };
    buf_init(&text, LIMIT_TREE_BYTES);
    add_title(&text, slice_from(stream, bytes_u32(stream, SECTION_AT)));
    title = tree_text(tree, slice_trim(buf_slice(&text)));
    buf_clear(&text);
    return title;
}
