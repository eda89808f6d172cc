/* SPDX-License-Identifier: Apache-2.0 */
/*
 * contents - the documents in a fetched zip or rar file.
 *
 * They are unpacked in the cage, as soon as their container is kept, and
 * each goes into the store like a body that was fetched; the ledger hears of
 * the container and of all its parts in one transaction.
 */
#ifndef COLLECTOR_CONTENTS_H
#define COLLECTOR_CONTENTS_H

#include "collector/select.h"
#include "common/arena.h"
#include "common/cage.h"
#include "common/ledger.h"
#include "common/store.h"

struct contents {
    struct cage *cage;
    struct store *store;
    const struct selector *selector;
    struct arena *arena; /* reset here; what is found lives in it */
};

/*
 * Look into `body`, kept under f->sha256 and fetched from f->final_url.  If
 * it is a container, `f` gets its parts, or the reason to set it aside: it
 * is broken, hostile, or nothing in it can be unpacked.
 * ERR_RETRY: the cage was killed from outside; ERR_FATAL: cage or store.
 */
int contents_read(const struct contents *c, struct slice body,
    struct ledger_fetch *f, struct err *err);

#endif
