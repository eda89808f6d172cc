/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_docx_chunks - whole documents that a DOCX brings in (w:altChunk).
 *
 * Programs that make a DOCX of a web page, or of several documents, leave
 * the reading to Word: the main part is empty but for a name.  What is
 * brought in comes behind the text of the main part.
 */
#include "transformer/read_docx.h"

#include "transformer/reader.h"

/* A DOCX in a DOCX in a DOCX is nobody's. */
#define CHUNK_DEPTH_MAX 2u

void docx_chunks_add(struct docx_chunks *c, struct tree *tree, const char *id)
{
    if (!c || !id)
        return;
    if (c->n == DOCX_CHUNKS_MAX)
        tree_fail(tree, "reader.size: more than %u documents brought in",
            DOCX_CHUNKS_MAX);
    else
        c->id[c->n++] = arena_slice(tree->doc->arena, slice_str(id));
}

static int take(void *to, struct slice block, struct err *err)
{
    (void)err; /* the package has its limit */
    buf_add_slice(to, block);
    return 0;
}

/* The other readers do not know that they read a part of something. */
static int read_chunk(
    struct slice in, uint32_t depth, struct document *doc, struct err *err)
{
    const struct cage_hints nothing = { .unpack = false };
    struct document kept = *doc;
    const struct reader *reader = reader_find(in);
    int status;

    if (reader && reader->bid == docx_bid)
        return docx_read_at(in, depth + 1, doc, err);
    status = reader_read(in, &nothing, doc, err);
    doc->reader = kept.reader;
    doc->media_type = kept.media_type;
    if (kept.title.len)
        doc->title = kept.title;
    return status;
}

int docx_chunks_read(const struct docx_chunks *c, struct ooxml *o,
    uint32_t depth, struct document *doc, struct err *err)
{
    int status = 0;

    if (c->n && depth >= CHUNK_DEPTH_MAX)
        return err_set(err, ERR_LIMIT,
            "reader.depth: documents brought in more than %u deep",
            CHUNK_DEPTH_MAX);
    for (uint32_t i = 0; status == 0 && i < c->n; i++) {
        const struct ooxml_link *link = ooxml_find(o, NULL, c->id[i].p);
        struct buf bytes;

        if (!link)
            return err_set(err, ERR_INPUT,
                "reader.broken: a document brought in is not there");
        buf_init(&bytes, LIMIT_BODY_BYTES);
        status = zip_package_read(&o->zip, link->part, take, &bytes, err);
        if (status == 0)
            status = buf_check(&bytes, "a document brought in", err);
        if (status == 0)
            status = read_chunk(
                arena_slice(doc->arena, buf_slice(&bytes)), depth, doc, err);
        buf_clear(&bytes);
    }
    return status;
}
