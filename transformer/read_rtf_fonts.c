/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_rtf_fonts - fonts and their charsets, styles and their headings.
 */
#include <strings.h>

#include "transformer/read_rtf.h"

uint16_t rtf_codepage_of(int32_t charset)
{
    static const struct {
        uint8_t charset;
        uint16_t codepage;
    } known[] = {
        { 2, RTF_CODEPAGE_SYMBOL },
        { 77, 10000 },
        { 128, 932 },
        { 129, 949 },
        { 130, 1361 },
        { 134, 936 },
        { 136, 950 },
        { 161, 1253 },
        { 162, 1254 },
        { 163, 1258 },
        { 177, 1255 },
        { 178, 1256 },
        { 186, 1257 },
        { 204, 1251 },
        { 222, 874 },
        { 238, 1250 },
    };

    /* 0 is ANSI and 1 the default; programs of Chinese makers write bytes
     * of the document's code page under both. */
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (known[i].charset == charset)
            return known[i].codepage;
    return 0;
}

/* The number behind a prefix, any case: "Heading 2"; 0 for others. */
static uint8_t numbered(struct slice name, const char *prefix)
{
    size_t len = strlen(prefix);
    struct slice rest;

    if (name.len <= len || strncasecmp(name.p, prefix, len) != 0)
        return 0;
    rest = slice_trim(slice_skip(name, len));
    if (rest.len != 1 || rest.p[0] < '1' || rest.p[0] > '9')
        return 0;
    return (uint8_t)(rest.p[0] - '0');
}

struct rtf_style rtf_style_of(struct slice name)
{
    static const char *const headings[] = { "heading", "标题" };
    static const char *const tocs[] = { "toc", "目录", "contents" };
    struct rtf_style style = { .heading = 0 };

    for (size_t i = 0; i < sizeof(headings) / sizeof(headings[0]); i++)
        if (numbered(name, headings[i]))
            style.heading = numbered(name, headings[i]);
    if (style.heading > 6)
        style.heading = 6;
    for (size_t i = 0; i < sizeof(tocs) / sizeof(tocs[0]); i++)
        style.is_toc = style.is_toc || numbered(name, tocs[i]);
    return style;
}
