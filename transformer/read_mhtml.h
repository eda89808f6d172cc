/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_mhtml - the parts of the MHTML reader, for each other only.
 *
 *   read_mhtml.c          bid, which part is the page, on to the HTML reader
 *   read_mhtml_parts.c    headers, boundaries, parts
 *   read_mhtml_decode.c   quoted-printable and base64 to bytes
 */
#ifndef TRANSFORMER_READ_MHTML_H
#define TRANSFORMER_READ_MHTML_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/err.h"
#include "common/slice.h"

/* Multiparts inside each other: an answer in an answer is rare. */
#define MHTML_DEPTH_MAX 8u

/* Parts of a document: a saved page has one for each picture. */
#define MHTML_PARTS_MAX 4096u

/* A part that has no parts; everything points into the document or the
 * arena. */
struct mhtml_part {
    struct slice type;     /* without parameters, as written */
    struct slice charset;  /* or empty */
    struct slice encoding; /* Content-Transfer-Encoding, or empty */
    struct slice location; /* Content-Location, or empty */
    struct slice id;       /* Content-ID, or empty */
    struct slice boundary; /* of a multipart */
    struct slice start;    /* Content-ID of a multipart's main part */
    struct slice body;     /* not decoded */
    bool cut;              /* the document ends before the part does */
};

struct mhtml_parts {
    struct mhtml_part *part;
    uint32_t n, cap;
    struct slice start;    /* as the outermost multipart says, or empty */
    struct slice location; /* of all */
};

/* Find the parts.  ERR_INPUT "reader.broken", ERR_LIMIT "reader.depth",
 * "reader.size". */
int mhtml_parts_read(struct mhtml_parts *parts, struct slice in,
    struct arena *arena, struct err *err);

/* Are two words of headers the same, whatever their case? */
bool mhtml_is(struct slice s, const char *word);

/* The body's bytes, in `arena` or where they are. */
struct slice mhtml_decode(const struct mhtml_part *part, struct arena *arena);

/* The bytes of an address: %2B is a plus sign. */
struct slice mhtml_percent(struct slice s, struct arena *arena);

#endif
