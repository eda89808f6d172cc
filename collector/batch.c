/* SPDX-License-Identifier: Apache-2.0 */
/*
 * batch - the ledger's group commit, one transaction per turn of the loop.
 */
#include "collector/batch.h"

int batch_join(struct batch *b, struct err *err)
{
    b->write_n++;
    if (b->open)
        return 0;
    if (ledger_begin(b->ledger, err) < 0)
        return -1;
    b->open = true;
    return 0;
}

int batch_commit(struct batch *b, struct err *err)
{
    b->write_n = 0;
    if (!b->open)
        return 0;
    b->open = false;
    return ledger_commit(b->ledger, err);
}

bool batch_is_full(const struct batch *b)
{
    return b->write_n >= BATCH_MAX;
}
