/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pages - the further pages of a list.
 *
 * Portals say it in three ways: a script (createPageHTML, totalPage,
 * recordCount), numbered links, and links called next or last.  Scripts are
 * not run: the raw bytes are scanned for these few words.
 */
#ifndef COLLECTOR_PAGES_H
#define COLLECTOR_PAGES_H

#include <stddef.h>
#include <stdint.h>

#include "common/slice.h"

/* Numbers that scripts of the page declare; 0: not said. */
struct pages_script {
    uint32_t total;            /* pages */
    uint32_t records;          /* documents in all pages */
    char name[64], suffix[16]; /* of createPageHTML: "index", "html" */
};

/* Scan raw bytes of a page in any ASCII-compatible encoding. */
void pages_scan(struct slice body, struct pages_script *out);

/* A link of the page, made absolute. */
struct pages_link {
    const char *url;
    struct slice text;
};

struct pages_found {
    uint32_t max; /* the list_pages_max it was made for */
    char **url;   /* [1..max]: address of that page or NULL; [0] unused */
};

/* Addresses of other pages of the list whose page number `page` (from 1)
 * is at `url`, up to page `max`.  The caller clears with
 * pages_found_clear. */
void pages_find(const char *url, uint32_t page,
    const struct pages_script *script, const struct pages_link *links,
    size_t link_n, uint32_t max, struct pages_found *out);

void pages_found_clear(struct pages_found *f);

#endif
