/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_office - text documents by way of LibreOffice and DOCX.
 *
 * The only reader of nianbao-reader-office, which is asked when the direct
 * reader cannot read a document or its tables do not add up.
 */
#include <string.h>

#include "transformer/office.h"
#include "transformer/reader.h"
#include "transformer/sniff.h"

extern const struct reader docx_reader;

/* What its file name would end in, for LibreOffice; NULL: not Word's. */
static const char *extension(struct slice in)
{
    static const struct {
        const char *media_type, *extension;
    } kinds[] = {
        { SNIFF_DOC, "doc" },
        { SNIFF_DOCX, "docx" },
        { "application/rtf", "rtf" },
        { SNIFF_ODT, "odt" },
    };
    const char *type = sniff_binary(in);

    for (size_t i = 0; type && i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (strcmp(type, kinds[i].media_type) == 0)
            return kinds[i].extension;
    return NULL;
}

static int bid(struct slice in)
{
    return extension(in) ? 16 : 0;
}

static int read_office(struct slice in, const struct cage_hints *hints,
    struct document *doc, struct err *err)
{
    struct slice docx;

    if (office_docx(in, extension(in), doc->arena, &docx, err) < 0)
        return -1;
    doc->media_type = slice_str(sniff_binary(in));
    return docx_reader.read(docx, hints, doc, err);
}

static void prepare(void)
{
    office_prepare();
    docx_reader.prepare();
}

const struct reader office_reader = {
    .name = "libreoffice",
    .media_type = "application/msword",
    .bid = bid,
    .read = read_office,
    .prepare = prepare,
};
