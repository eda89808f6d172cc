/* SPDX-License-Identifier: Apache-2.0 */
/*
 * site - a sample portal as a folder of files for tests/portal.
 *
 * Columns with paginated list pages, generated reports, some broken
 * documents, a non-report, an attachment, a robots.txt.  A file
 * `<name>.headers` beside a page holds the headers it is served with.
 */
#ifndef TESTS_GEN_SITE_H
#define TESTS_GEN_SITE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/slice.h"

struct site_order {
    const char *dir;    /* made if it is not there */
    const char *corpus; /* folder of further documents, or NULL */
    uint64_t seed;
    int report_n; /* generated reports; 0: six years of twelve bodies */
};

/* Write the portal; returns 0, ends the process on trouble. */
int site_make(const struct site_order *order);

/* Write `<path>.<suffix>`, making folders on the way; ends the process on
 * trouble. */
void site_write(const char *path, const char *suffix, struct slice bytes);

/* ---- site_list.c ------------------------------------------------------- */

enum {
    SITE_ENTRY_MAX = 4096,
};

struct site_entry {
    const char *href; /* relative to the column's folder */
    const char *title;
    const char *date; /* YYYY-MM-DD */
};

enum site_pager {
    PAGER_SCRIPT,  /* createPageHTML(n, 0, "index", "html") */
    PAGER_NUMBERS, /* links 1 2 3 next last */
    PAGER_NONE,
};

struct site_column {
    const char *path; /* folder below the site's */
    const char *name; /* for people */
    enum site_pager pager;
    bool gb;      /* GB2312-declared pages */
    int page_len; /* entries of a list page */
    int entry_n;
    struct site_entry entry[SITE_ENTRY_MAX];
};

/* Newest first, as portals list them; writes index.html, index_1.html … */
void site_list_write(const char *dir, struct site_column *column);

#endif
