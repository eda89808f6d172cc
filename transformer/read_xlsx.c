/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_xlsx - workbooks of Excel, WPS and others to paragraphs and tables.
 *
 * Sheets in the order of their tabs; hidden ones are left out, as nobody
 * sees them.
 */
#include "transformer/read_xlsx.h"

#include "transformer/reader.h"
#include "transformer/sniff.h"

static int xlsx_bid(struct slice in)
{
    const char *type = sniff_binary(in);

    return type && strcmp(type, SNIFF_XLSX) == 0 ? 100 : 0;
}

static int read_sheet(struct ooxml *o, struct xlsx_book *book,
    const struct xlsx_sheet_name *name, struct tree *tree, struct err *err)
{
    const struct ooxml_link *link = ooxml_find(o, NULL, name->id.p);
    struct sheet sheet;
    int status;

    /* Modules of Excel 5's macros have a name and nothing else. */
    if (!name->id.len)
        return 0;
    if (!link)
        return err_set(err, ERR_INPUT,
            "reader.broken: the workbook does not say where a sheet is");
    /* Sheets of charts and dialogues have no cells. */
    if (!slice_eq_str(link->type, "worksheet"))
        return 0;
    status = xlsx_sheet_read(&sheet, &o->zip, link->part, book, err);
    if (status == 0) {
        sheet_tables(&sheet, tree);
        status = tree_end(tree, err);
    }
    sheet_clear(&sheet);
    return status;
}

static int build(
    struct ooxml *o, struct xlsx_book *book, struct tree *tree, struct err *err)
{
    if (xlsx_book_read(book, o, err) < 0)
        return -1;
    for (uint32_t i = 0; i < book->sheet_n; i++)
        if (!book->sheet[i].hidden &&
            read_sheet(o, book, &book->sheet[i], tree, err) < 0)
            return -1;
    return tree_end(tree, err);
}

static int xlsx_read(struct slice in, const struct cage_hints *hints,
    struct document *doc, struct err *err)
{
    struct ooxml o;
    struct tree tree;
    struct xlsx_book book;
    int status;

    (void)hints;
    doc->charset = SLICE_LIT("UTF-8");
    tree_init(&tree, doc);
    if (ooxml_open(&o, in, &tree, err) < 0)
        return -1;
    xlsx_book_init(&book, doc->arena);
    status = build(&o, &book, &tree, err);
    xlsx_book_clear(&book);
    return status;
}

extern const struct reader xlsx_reader;
const struct reader xlsx_reader = { "xlsx", SNIFF_XLSX, xlsx_bid, xlsx_read,
    zip_package_prepare };
