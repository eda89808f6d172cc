/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_doc - Word's and WPS's binary documents to paragraphs and grids.
 *
 * [MS-DOC], Word 97 and later, and what WPS writes under the names .doc and
 * .wps.  Headers, footers, notes and comments are not read; text boxes are
 * where they hold tables.
 */
#include "transformer/read_doc.h"

#include "common/mem.h"
#include "transformer/ole_package.h"
#include "transformer/ole_summary.h"
#include "transformer/reader.h"
#include "transformer/sniff.h"

/* Compound files that nobody knows come here to be told why not. */
static int doc_bid(struct slice in)
{
    const char *type = sniff_binary(in);

    if (!type)
        return 0;
    if (strcmp(type, SNIFF_DOC) == 0 || strcmp(type, SNIFF_OLE_ENCRYPTED) == 0)
        return 100;
    return strcmp(type, SNIFF_OLE) == 0 ? 1 : 0;
}

static int read_streams(
    struct ole_package *o, struct doc_file *f, struct err *err)
{
    const char *table;

    if (ole_package_has(o, "EncryptedPackage"))
        return err_set(err, ERR_INPUT,
            "reader.encrypted: the document opens with a password only");
    if (!ole_package_has(o, "WordDocument"))
        return err_set(err, ERR_INPUT,
            "reader.none: an OLE2 file without a document that we know");
    if (ole_package_stream(o, "WordDocument", &f->main, err) < 0 ||
        doc_file_check(f->main, err) < 0)
        return -1;
    table = doc_file_has_table_1(f->main) ? "1Table" : "0Table";
    if (ole_package_stream(o, table, &f->table, err) < 0)
        return -1;
    if (ole_package_has(o, "Data"))
        return ole_package_stream(o, "Data", &f->data, err);
    return 0;
}

static int build(struct doc_file *f, struct tree *tree, struct err *err)
{
    struct doc_styles styles;
    struct docx_numbers numbers;

    if (doc_file_read(f, err) < 0)
        return -1;
    doc_styles_read(&styles, f);
    if (doc_lists_read(&numbers, f, err) < 0 ||
        doc_body_read(f, &styles, &numbers, tree, err) < 0)
        return -1;
    return tree_end(tree, err);
}

static int doc_read(struct slice in, const struct cage_hints *hints,
    struct document *doc, struct err *err)
{
    struct ole_package *o = mem_alloc(sizeof(*o));
    struct doc_file f = { .arena = doc->arena };
    struct tree tree;
    int status;

    (void)hints;
    doc->charset = SLICE_LIT("UTF-16LE");
    tree_init(&tree, doc);
    status = ole_package_open(o, in, doc->arena, err);
    if (status == 0)
        status = read_streams(o, &f, err);
    if (status == 0)
        doc->title = ole_summary_title(o, &tree);
    ole_package_close(o);
    mem_free(o);
    return status < 0 ? -1 : build(&f, &tree, err);
}

extern const struct reader doc_reader;
const struct reader doc_reader = { "doc", SNIFF_DOC, doc_bid, doc_read,
    ole_package_prepare };
