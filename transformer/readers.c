/* SPDX-License-Identifier: Apache-2.0 */
/*
 * readers - the highest bid takes a document.
 *
 * Which readers there are to bid says the table of each program:
 * readers_light.c, readers_pdf.c, readers_ocr.c.
 */
#include "transformer/reader.h"

#include <stdlib.h>

#include "transformer/sniff.h"

static int compare_bytes(const void *a, const void *b)
{
    return *(const char *)a - *(const char *)b;
}

void readers_prepare(void)
{
    /* The C library's qsort asks the system how much memory there is when
     * it first sorts more than a kilobyte. */
    char some[2048] = { 0 };

    qsort(some, sizeof(some), 1, compare_bytes);
    for (size_t i = 0; readers[i]; i++)
        if (readers[i]->prepare)
            readers[i]->prepare();
}

const struct reader *reader_find(struct slice in)
{
    const struct reader *best = NULL;
    int best_bid = 0;

    for (size_t i = 0; readers[i]; i++) {
        int bid = readers[i]->bid(in);

        if (bid > best_bid) {
            best = readers[i];
            best_bid = bid;
        }
    }
    return best;
}

/* Whether numbers of it were seen in a picture: then it is a scan, whatever
 * format it is wrapped in. */
static bool is_recognized(const struct document *doc)
{
    for (uint32_t t = 0; t < doc->table_n; t++)
        for (uint32_t i = 0; i < doc->tables[t].cell_n; i++)
            if (doc->tables[t].cells[i].reading != READING_TEXT)
                return true;
    return false;
}

int reader_read(struct slice in, const struct cage_hints *hints,
    struct document *doc, struct err *err)
{
    const struct reader *reader = reader_find(in);

    if (hints->unpack && (!reader || strcmp(reader->name, "container") != 0))
        return 0; /* no container: it keeps its emptiness */
    if (slice_trim(in).len == 0)
        return err_set(err, ERR_INPUT, "reader.none: the document is empty");
    if (!reader) {
        const char *binary = sniff_binary(in);
        return err_set(err, ERR_INPUT, "reader.none: no reader for %s",
            binary ? binary : "text/plain");
    }
    doc->reader = slice_str(reader->name);
    doc->media_type = slice_str(reader->media_type);
    if (reader->read(in, hints, doc, err) < 0)
        return -1;
    if (is_recognized(doc))
        doc->reader = arena_printf(doc->arena, "%s-ocr", reader->name);
    return 0;
}
