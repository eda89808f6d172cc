/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_xls - workbooks of Excel 5 to 2003, and of WPS, to paragraphs and
 * tables.
 *
 * Sheets in the order of their tabs; hidden ones are left out, as nobody
 * sees them.  The same book saved as XLSX gives the same tree.
 */
#include "transformer/read_xls.h"

#include "common/mem.h"
#include "transformer/charset.h"
#include "transformer/ole_package.h"
#include "transformer/ole_summary.h"
#include "transformer/reader.h"
#include "transformer/sniff.h"

static int xls_bid(struct slice in)
{
    const char *type = sniff_binary(in);

    return type && strcmp(type, SNIFF_XLS) == 0 ? 100 : 0;
}

static int read_sheet(struct xls_book *book, const struct xls_sheet_name *name,
    struct tree *tree, struct err *err)
{
    struct sheet sheet;
    int status;

    status = xls_sheet_read(&sheet, book, name->at, err);
    if (status == 0) {
        sheet_tables(&sheet, tree);
        status = tree_end(tree, err);
    }
    sheet_clear(&sheet);
    return status;
}

static int build(struct xls_book *book, struct tree *tree, struct err *err)
{
    if (xls_book_read(book, err) < 0)
        return -1;
    tree->doc->charset = book->biff5
                             ? slice_str(charset_codepage_name(book->codepage))
                             : SLICE_LIT("UTF-16LE");
    for (uint32_t i = 0; i < book->sheet_n; i++)
        if (!book->sheet[i].hidden && book->sheet[i].cells &&
            read_sheet(book, &book->sheet[i], tree, err) < 0)
            return -1;
    return tree_end(tree, err);
}

/* The stream of the book, newest form first. */
static int open_stream(
    struct ole_package *o, struct slice *stream, struct err *err)
{
    const char *name = ole_package_has(o, "Workbook") ? "Workbook" : "Book";

    return ole_package_stream(o, name, stream, err);
}

static int xls_read(struct slice in, const struct cage_hints *hints,
    struct document *doc, struct err *err)
{
    struct xls_book book = { .arena = doc->arena };
    struct ole_package *o = mem_alloc(sizeof(*o));
    struct tree tree;
    int status;

    (void)hints;
    tree_init(&tree, doc);
    status = ole_package_open(o, in, doc->arena, err);
    if (status == 0)
        status = open_stream(o, &book.stream, err);
    if (status == 0)
        status = build(&book, &tree, err);
    if (status == 0)
        doc->title = ole_summary_title(o, &tree);
    xls_book_clear(&book);
    ole_package_close(o);
    mem_free(o);
    doc->replaced_n = book.replaced_n;
    return status;
}

static void prepare(void)
{
    ole_package_prepare();
    charset_open();
}

extern const struct reader xls_reader;
const struct reader xls_reader = { "xls", SNIFF_XLS, xls_bid, xls_read,
    prepare };
