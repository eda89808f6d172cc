/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_wordml - Word documents that are one XML file.
 *
 * The format of Word 2003, which offices fill in as a template and send out
 * as .doc, and the packages of DOCX written flat (pkg:package).  The words
 * are those of DOCX, so its parts read them; numbers of lists stand in the
 * text of Word 2003 (wx:t).
 */
#include "transformer/read_docx.h"

#include "transformer/reader.h"
#include "transformer/sniff.h"

/* Markup whose root is one of those two; it may stand behind comments. */
static int wordml_bid(struct slice in)
{
    char buf[SNIFF_BYTES];
    struct slice head;

    if (sniff_binary(in))
        return 0;
    head = sniff_head(in, buf);
    if (!slice_starts(head, SLICE_LIT("<?xml")) &&
        !slice_starts(head, SLICE_LIT("<w:worddocument")) &&
        !slice_starts(head, SLICE_LIT("<pkg:package")))
        return 0;
    return slice_find(head, SLICE_LIT("<w:worddocument")) >= 0 ||
                   slice_find(head, SLICE_LIT("<pkg:package")) >= 0
               ? 110
               : 0;
}

static int wordml_read(struct slice in, const struct cage_hints *hints,
    struct document *doc, struct err *err)
{
    static const struct slice all = { "", 0 };
    struct docx_styles styles = { .arena = doc->arena };
    struct docx_numbers numbers = { .arena = doc->arena };
    struct zip_package flat;
    struct tree tree;

    (void)hints;
    doc->charset = SLICE_LIT("UTF-8");
    tree_init(&tree, doc);
    zip_package_flat(&flat, slice_trim(in));
    if (docx_styles_read(&styles, &flat, all, doc->arena, err) < 0 ||
        docx_numbers_read(&numbers, &flat, all, doc->arena, err) < 0 ||
        docx_body_read(&flat, all, &styles, &numbers, NULL, &tree, err) < 0)
        return -1;
    return tree_end(&tree, err);
}

extern const struct reader wordml_reader;
const struct reader wordml_reader = { "wordml", "application/msword",
    wordml_bid, wordml_read, NULL };
