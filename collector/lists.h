/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lists - what a source's list pages lead to.
 *
 * A list page is hostile input like any other: the caged reader parses it,
 * and only its links come back.  What is found goes to the ledger as URLs to
 * visit.  Per column the links are counted against the number the page
 * itself declares, so a column that was not seen whole is known.
 */
#ifndef COLLECTOR_LISTS_H
#define COLLECTOR_LISTS_H

#include <stdint.h>

#include "collector/batch.h"
#include "collector/pictures.h"
#include "collector/select.h"
#include "common/arena.h"
#include "common/cage.h"
#include "common/conf.h"
#include "common/ledger.h"

struct lists;

/* For one source; all that is given must outlive it. */
struct lists *lists_new(const struct conf_source *src,
    const struct selector *selector, struct batch *batch, int64_t run);
void lists_free(struct lists *l);

/* Put the first pages of all columns into the ledger. */
int lists_seed(struct lists *l, struct err *err);

/* A page as it came. */
struct lists_page {
    const struct ledger_url *url; /* as in the ledger */
    const char *at;               /* after redirects */
    struct slice body;
    const char *media_type, *charset; /* or NULL */
};

/* Read a list page in the cage and put its reports and further pages into
 * the ledger.  `arena` is scratch, reset here.  0 with `*incomplete` NULL or
 * a message (in `arena`) when the column's last page was read and it
 * declares more documents than were linked.  Errors are those of cage_read
 * and of the ledger. */
int lists_read(struct lists *l, const struct lists_page *page,
    struct cage *cage, struct arena *arena, const char **incomplete,
    struct err *err);

/* What else a report page needs to be read. */
struct lists_found {
    size_t attachment_n;
    size_t picture_n; /* of a page that is little but pictures: where we may
                       * go for them, in its order; in the arena */
    struct pictures_address *pictures;
};

/* Read a report page and put its attachments into the ledger; its pictures
 * are told.  A page that cannot be read has none of either: that is the
 * transformer's to judge. */
int lists_attachments(struct lists *l, const struct lists_page *page,
    struct cage *cage, struct arena *arena, struct lists_found *found,
    struct err *err);

#endif
