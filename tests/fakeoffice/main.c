/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nianbao-fakeoffice - stands in for nianbao-reader-office where LibreOffice
 * is not installed.
 *
 * Takes Word documents as that does, and reads the HTML that stands in their
 * bytes behind "<html"; one without it is broken.  The rest is
 * transformer/reader_main.c.
 */
#include "transformer/page_picture.h"
#include "transformer/reader.h"
#include "transformer/sniff.h"

extern const struct reader html_reader;

static int bid(struct slice in)
{
    return sniff_binary(in) ? 16 : 0;
}

static int read_inside(struct slice in, const struct cage_hints *hints,
    struct document *doc, struct err *err)
{
    ptrdiff_t at = slice_find(in, SLICE_LIT("<html"));

    if (at < 0)
        return err_set(err, ERR_INPUT, "reader.broken: no HTML in it");
    return html_reader.read(slice_from(in, (size_t)at), hints, doc, err);
}

static const struct reader inside_reader = {
    .name = "libreoffice",
    .media_type = SNIFF_DOC,
    .bid = bid,
    .read = read_inside,
};

const char readers_program[] = "nianbao-fakeoffice";

const struct reader *const readers[] = { &inside_reader, NULL };

sandbox_fn *const readers_sandbox = sandbox_enter;
page_recognize_fn *const page_recognize = NULL;
picture_decode_fn *const picture_decode = NULL;
