/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_text - text dumps of reports to paragraphs and tables.
 *
 * Takes what no other reader claims and is not binary.  The work is done by
 * charset (bytes to UTF-8) and text_lines (lines to tables).
 */
#include "common/limits.h"
#include "transformer/charset.h"
#include "transformer/reader.h"
#include "transformer/sniff.h"
#include "transformer/text_lines.h"
#include "transformer/tree.h"

static int text_bid(struct slice in)
{
    return in.len > 0 && !sniff_binary(in);
}

static int text_read(struct slice in, const struct cage_hints *hints,
    struct document *doc, struct err *err)
{
    struct charset_text decoded;
    struct tree tree;

    if (in.len > LIMIT_PAGE_BYTES)
        return err_set(err, ERR_LIMIT,
            "reader.size: a text of more than %u bytes", LIMIT_PAGE_BYTES);
    decoded = charset_decode(in, hints->charset, doc->arena);
    doc->charset = slice_str(decoded.name);
    doc->replaced_n = decoded.replaced_n;
    tree_init(&tree, doc);
    text_lines(&tree, decoded.text);
    return tree_end(&tree, err);
}

extern const struct reader text_reader;
const struct reader text_reader = { "text", "text/plain", text_bid, text_read,
    charset_open };
