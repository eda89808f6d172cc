/* SPDX-License-Identifier: Apache-2.0 */
/*
 * html_page - the HTML reader, for formats that hold a page and its pictures.
 */
#ifndef TRANSFORMER_HTML_PAGE_H
#define TRANSFORMER_HTML_PAGE_H

#include <stdbool.h>

#include "common/cage.h"
#include "common/document.h"
#include "common/err.h"
#include "common/slice.h"

/* What lies beside a page in the same file. */
struct html_beside {
    /* The bytes of the picture with this address; false when it is not
     * there. */
    bool (*find)(void *ctx, struct slice src, struct slice *bytes);
    void *ctx;
};

/* As the `read` of struct reader; `beside` may be NULL. */
int html_page_read(struct slice in, const struct cage_hints *hints,
    const struct html_beside *beside, struct document *doc, struct err *err);

#endif
