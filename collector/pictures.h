/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pictures - a report page that is little but pictures, and these.
 *
 * A page of scanned pages is one document only with its pictures, so they
 * are fetched within the visit of the page and kept with it as one MHTML
 * document (RFC 2557), the same bytes whenever the portal serves the same.
 */
#ifndef COLLECTOR_PICTURES_H
#define COLLECTOR_PICTURES_H

#include <stdbool.h>
#include <stddef.h>

#include "collector/fetch.h"
#include "common/buf.h"
#include "common/ledger.h"
#include "common/slice.h"

/* A picture as the page names it, and where that is. */
struct pictures_address {
    const char *src, *url;
};

struct pictures;

/* `page` came from `at`; all is copied.  With `strict` a picture that cannot
 * be had sets the page aside; otherwise it is left out. */
struct pictures *pictures_new(const struct fetch_result *page, const char *at,
    const struct pictures_address *address, size_t n, bool strict);
void pictures_free(struct pictures *p);

/* The address to fetch next, or NULL after the last. */
const char *pictures_next(const struct pictures *p);

/* What came from there. */
void pictures_take(struct pictures *p, const struct fetch_result *r);

/* It cannot be had: "<code>: <words>". */
void pictures_lose(struct pictures *p, const char *error);

/* The document to keep, once there is no next one: borrowed from `p`; what
 * is known of it goes to `f`, whose `reason` says why it is set aside.  That
 * is the page as it came where a picture is missing or none is large enough
 * to be a page. */
struct slice pictures_document(struct pictures *p, struct ledger_fetch *f);

#endif
