/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_docx - Word's and WPS's XML documents to paragraphs and grids.
 *
 * Headers, footers, footnotes and comments are parts of their own and stay
 * there.
 */
#include "transformer/read_docx.h"

#include "transformer/reader.h"
#include "transformer/sniff.h"

int docx_bid(struct slice in)
{
    const char *type = sniff_binary(in);

    return type && strcmp(type, SNIFF_DOCX) == 0 ? 100 : 0;
}

/* Name of the part of this type, empty when there is none. */
static struct slice part_of(const struct ooxml *o, const char *type)
{
    const struct ooxml_link *link = ooxml_find(o, type, NULL);

    if (!link || !zip_package_has(&o->zip, link->part))
        return (struct slice){ NULL, 0 };
    return link->part;
}

static int build(struct ooxml *o, struct docx_chunks *chunks, struct tree *tree,
    struct err *err)
{
    struct arena *arena = tree->doc->arena;
    struct docx_styles styles = { .arena = arena };
    struct docx_numbers numbers = { .arena = arena };
    struct slice part;

    part = part_of(o, "styles");
    if (part.len && docx_styles_read(&styles, &o->zip, part, arena, err) < 0)
        return -1;
    part = part_of(o, "numbering");
    if (part.len && docx_numbers_read(&numbers, &o->zip, part, arena, err) < 0)
        return -1;
    if (docx_body_read(&o->zip, o->main, &styles, &numbers, chunks, tree, err) <
        0)
        return -1;
    return tree_end(tree, err);
}

int docx_read_at(
    struct slice in, uint32_t depth, struct document *doc, struct err *err)
{
    struct ooxml o;
    struct tree tree;
    struct docx_chunks chunks = { .n = 0 };

    doc->charset = SLICE_LIT("UTF-8");
    tree_init(&tree, doc);
    if (ooxml_open(&o, in, &tree, err) < 0)
        return -1;
    if (build(&o, &chunks, &tree, err) < 0)
        return -1;
    return docx_chunks_read(&chunks, &o, depth, doc, err);
}

static int docx_read(struct slice in, const struct cage_hints *hints,
    struct document *doc, struct err *err)
{
    (void)hints;
    return docx_read_at(in, 0, doc, err);
}

extern const struct reader docx_reader;
const struct reader docx_reader = { "docx", SNIFF_DOCX, docx_bid, docx_read,
    zip_package_prepare };
