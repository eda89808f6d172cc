/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ooxml - what DOCX and XLSX have in common: parts found by relationships.
 *
 * The names of parts mean nothing (ECMA-376 part 2, section 6.5): _rels/.rels
 * names the main part, and the relationships beside a part name what it
 * uses.  Types are compared by their last word, which is the same in the
 * transitional and the strict form.
 */
#ifndef TRANSFORMER_OOXML_H
#define TRANSFORMER_OOXML_H

#include <stdbool.h>
#include <stdint.h>

#include "common/document.h"
#include "common/err.h"
#include "common/slice.h"
#include "transformer/tree.h"
#include "transformer/xml_walk.h"
#include "transformer/zip_package.h"

struct ooxml_link {
    struct slice id;
    struct slice type; /* last word: "styles", "worksheet", ... */
    struct slice part; /* name in the package */
};

struct ooxml_links {
    struct arena *arena;
    struct slice of; /* name of the part they belong to, or empty */
    struct ooxml_link *link;
    uint32_t link_n, link_cap;
    bool too_many;
};

struct ooxml {
    struct zip_package zip;
    struct slice main;        /* name of the main part */
    struct ooxml_links links; /* of the main part */
};

/* Open the package, find its main part, take its title and dates into the
 * tree.  ERR_INPUT, ERR_LIMIT as in zip_package.h and xml_walk.h. */
int ooxml_open(
    struct ooxml *o, struct slice in, struct tree *tree, struct err *err);

/* The part that the main part uses as `type`, or with this `id` (one of
 * them is NULL); NULL when there is none or it is outside. */
const struct ooxml_link *ooxml_find(
    const struct ooxml *o, const char *type, const char *id);

#endif
